// SPDX-License-Identifier: MIT
#ifndef RENDER_NARRATIVE_PLAN_PRIV_H
#define RENDER_NARRATIVE_PLAN_PRIV_H

#include "render/narrative_priv.h"

/** What a `.table` block asks for: which rows and columns of a result, in which words. */

enum part { PART_VALUE, PART_INTERVAL, PART_BASE, PART_NUMERATOR };

struct table_column {
    const char *result; /**< the table's, or another whose rows have the same codes */
    const char *column, *measure;
    enum part part;
    const char *head; /**< from head=, or NULL */
    const char *over; /**< from head="over > head": a head above several columns; or NULL */
};

struct table_row {
    const char *code, *label;
    const char *group; /**< label of the group it stands in (three-way), or NULL */
    long order;
};

struct plan {
    struct reading *reading;
    const struct fence *fence;
    const struct study_result *result;
    struct table_column *columns;
    size_t column_count, column_cap;
    struct table_row *rows;
    size_t row_count, row_cap;
    bool masked, rounded, low, missing, not_applicable, bare_counts, none; /**< marks met, for the notes */
    struct rk_map *reasons[2]; /**< of [x] and of [z], in words */
    const char *methods[8]; /**< of the intervals shown */
    size_t method_count;
};

/* narrative_plan.c: the block's keys to rows and columns */
/** Fills rows and columns from the block; mistakes are said. */
void plan_make(struct plan *plan);
const struct cell *plan_cell(const struct plan *plan, const char *row,
                             const struct table_column *column);
/** Words between any of `marks`. */
size_t plan_split(struct rk_arena *arena, const char *text, const char *marks,
                  const char ***out);

/** The rows or columns that a result has, in the study's order. */
struct axis {
    const char *code, *label;
    long order;
};
size_t plan_axis(const struct plan *plan, const char *result, bool rows, struct axis **out);
const char *plan_label(const struct axis *axis, size_t count, const char *code);

/* narrative_grid.c: the words of each cell, heads, bases and notes */
struct doc_table *grid_build(struct plan *plan);
/** receipt=yes (narrative_receipt.c): what stands under the table, line by line. */
size_t grid_receipt(struct plan *plan, const char ***lines);
/** Plain words in a cell, bold in a head. */
void grid_set_cell(struct plan *plan, struct doc_row *row, size_t at, const char *text,
                   size_t span);
/** A row that heads those after it. */
void grid_group_row(struct plan *plan, struct doc_table *table, size_t *cap, const char *label,
                    size_t columns);

#endif
