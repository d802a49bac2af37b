// SPDX-License-Identifier: MIT
#ifndef ATTACK_RELEASE_H
#define ATTACK_RELEASE_H

#include "pipeline/attack/attack_facts.h"
#include "pipeline/contract/about.h"

/** A place of a table: cells with the same result, row and column that speak of one count. */
struct attack_spot {
    const char *result, *row, *column;
    const char *family;     /**< "count", "clients"; what its cells count */
    const char *row_label, *column_label;
    const char *base;       /**< the name of its base, "" for none; without "#RESULT" */
    size_t number;          /**< the unknown that is its count */
    size_t of;              /**< the unknown that is its base; ATTACK_NONE */
    size_t others;          /**< base less count; ATTACK_NONE */
    size_t grown;           /**< the unknown that is what has come since the release before */
    bool counted;           /**< has a count at all: not only a mean or a difference */
    bool masked;            /**< a cell of it is [c] */
    bool average;           /**< a mean, median or spread of it is printed */
    bool exempt;
    double sd;              /**< of the scores at the place, when it is printed; else NAN */
    size_t table_row, table_column; /**< of a table of anyone's: where it stands */
};
#define ATTACK_NONE ((size_t)-1)

/** A statistic in print that is a function of counts (attack_statistic.h). */
struct attack_statistic {
    const char *method, *measure;
    const char *result, *row, *column;
    double value, low, high, level; /**< NAN: not there */
    double off;                     /**< how far rounding may have taken it */
    bool assumed;                   /**< how it was made is not said */
};

struct attack_release {
    const char *place;      /**< the folder or PDF */
    size_t number;          /**< from 0 */
    struct about about;
    struct attack_spot *spots;
    size_t spot_count, spot_cap;
    struct rk_map *index;   /**< "result.row.column.family" */
    struct attack_statistic *statistics;
    size_t statistic_count, statistic_cap;
    struct attack_shown { /**< cells with a value, see attack_text */
        double value, low, high;
        const char *row_label, *column_label;
    } *values;
    size_t value_count, value_cap;
};

/**
 * Reads cells.csv and bases.csv as they are published: every count, and everything from which a
 * count follows by itself: percentages with and without their base (a percentage as precise as a
 * file gives it is a fraction, and the fraction tells the base), and intervals. `bases` may be NULL.
 */
rk_status attack_release_read(struct attack_facts *facts, struct attack_release *release,
                              const char *cells, const char *bases) RK_MUST_CHECK;

#endif
