// SPDX-License-Identifier: MIT
#ifndef MASK_TABLE_H
#define MASK_TABLE_H

#include "pipeline/base/rk_arena.h"

#include <stdbool.h>
#include <stddef.h>

/**
 * Exact answers for one two-way table with its margins: what an attacker can say, the fewest
 * cells to hide, controlled rounding. Integer programmes through GLPK. Positions are row-major in
 * the table with margins, (rows + 1) x (columns + 1); the last row and column are the totals.
 */
struct mask_table {
    size_t rows, columns;     /**< without margins */
    const double *value;      /**< with margins; see mask_table_margins */
    const bool *suppressed;   /**< with margins; NULL: none */
};

/** The table with its margins, from `rows` x `columns` counts. */
double *mask_table_margins(struct rk_arena *arena, const double *counts, size_t rows,
                           size_t columns);

/** What an attacker knows besides the published cells. */
enum mask_knowledge {
    MASK_KNOWS_TABLE,     /**< counts are whole and not negative */
    MASK_KNOWS_THRESHOLD, /**< and suppressed cells below the threshold are told from the others
                               by their mark: 1 to threshold - 1 against threshold and more */
};

/** Range of one suppressed cell. False when no table fits what is published. */
bool mask_table_attack(struct rk_arena *arena, const struct mask_table *table, size_t cell,
                       enum mask_knowledge knowledge, double threshold, double *low,
                       double *high);

/**
 * The best pattern: cells of 1 to threshold - 1 (margins too) are hidden, and the least further
 * ones so that each of those has a range of at least `width`. The grand total stays published.
 * Model of Fischetti & Salazar (1999), Math. Program. 84, 283-312.
 * @param by_counts  minimise the sum of the hidden counts instead of the number of cells
 * @param pattern    with margins; receives the pattern
 * @return the optimum; NAN when there is none
 */
double mask_table_minimum(struct rk_arena *arena, const struct mask_table *table,
                          double threshold, double width, bool by_counts, bool *pattern);

/**
 * Rounds cells and margins to multiples of `base`, up or down, multiples as they are, so that
 * rows and columns still add up, with the least sum of changes (Cox & Ernst 1982).
 * @param rounded  with margins; receives the table
 * @return the sum of absolute changes over cells and margins; NAN when there is no such table
 */
double mask_table_round(struct rk_arena *arena, const struct mask_table *table, double base,
                        double *rounded);

#endif
