// SPDX-License-Identifier: MIT
#ifndef TABULATE_CROSS_H
#define TABULATE_CROSS_H

#include "pipeline/tabulate/tabulate_question.h"

/**
 * Counts of a table of one, two or three variables with all its margins, from one pass over
 * the rows. A slot is a level of its variable or what comes after the levels:
 *
 *     layers   0 .. layers - 1, all
 *     rows     0 .. rows - 1, missing, all
 *     columns  0 .. columns - 1, all
 *
 * A table without columns or layers has `all` alone there. A row of the data counts when
 * columns and layers are answered, and the row variable too unless `show_missing`.
 */
struct tab_cross {
    const struct tab_question *question;
    struct tab_variable row, column, layer;
    bool has_column, has_layer, show_missing;
    size_t rows, columns, layers;
    long *count;   /**< tab_cross_at */
    long *clients; /**< the same, of distinct clients; NULL unless asked for */
};

struct tab_slot {
    size_t layer, row, column;
};

rk_status tab_cross_open(const struct tab_question *question,
                         struct tab_cross *out) RK_MUST_CHECK;

size_t tab_cross_slots(const struct tab_cross *cross);
size_t tab_cross_at(const struct tab_cross *cross, struct tab_slot slot);
/** Where a row of the frame falls; false when it is outside the table. */
bool tab_cross_find(const struct tab_cross *cross, size_t row, struct tab_slot *slot);

static inline size_t tab_row_missing(const struct tab_cross *cross)
{
    return cross->rows;
}
static inline size_t tab_row_all(const struct tab_cross *cross)
{
    return cross->rows + 1;
}

/** Does the slot lie within another, whose margins hold all of theirs? */
bool tab_slot_within(const struct tab_cross *cross, struct tab_slot slot,
                     struct tab_slot whole);

/** Who stands in a slot. */
struct tab_who tab_cross_who(const struct tab_cross *cross, struct tab_slot slot);

/** Whose records they are: a number for each row of the frame. A record that names nobody
 * is a cluster of its own in the design, and no distinct client. */
struct tab_clusters {
    const char *name; /**< the column that names them */
    bool people;      /**< clients of the programme: the column is the key or the link */
    const size_t *of_row;
    size_t count; /**< those beyond `known` are records that name nobody */
    size_t known;
};
rk_status tab_clusters_open(const struct tab_question *question, const char *column,
                            struct tab_clusters *out) RK_MUST_CHECK;
/** Every row for itself: no name, and as many as rows. */
void tab_clusters_single(const struct tab_question *question, struct tab_clusters *out);

/** How many different ones each slot has, as cross->count: of the known ones, or with each record
 * that names nobody as one more. */
long *tab_cross_distinct(const struct tab_cross *cross, const struct tab_clusters *clusters,
                         bool nameless_too);

/** Rows of the question in the order of their clusters; row i of cluster c at start[c] ..
 */
struct tab_by_cluster {
    const uint32_t *rows;
    const size_t *start; /**< count + 1 */
};
struct tab_by_cluster tab_by_cluster(const struct tab_question *question,
                                     const struct tab_clusters *clusters);

#endif
