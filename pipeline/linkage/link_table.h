// SPDX-License-Identifier: MIT
#ifndef LINKAGE_TABLE_H
#define LINKAGE_TABLE_H

#include "pipeline/contract/study_link.h"
#include "pipeline/linkage/link_text.h"

/**
 * Records to be compared. Each field's distinct values stand once in a list; a row holds a
 * number per field (0: missing), so that equal values compare as numbers and a million rows
 * need four bytes a field. Names share one list, so that a surname given as a first name is
 * the same number.
 */
struct link_list {
    struct rk_arena *arena;
    struct link_text *values; /**< [0] is missing */
    uint32_t *sounds;         /**< of names and addresses, by value */
    size_t count, cap;
    uint32_t *slots; /**< value, 0: free */
    size_t slot_count;
};

struct link_column {
    const struct link_field *field;
    struct link_list *list;
    uint32_t *value;  /**< by row */
    uint32_t *counts; /**< rows by value: term frequency */
    size_t answered;  /**< rows with a value */
};

struct link_table {
    struct rk_arena *arena;
    size_t rows;
    struct link_column columns[LINK_FIELDS_MAX];
    size_t column_count;
    const unsigned char *side; /**< two sources: which one a row is of; NULL: one */
    int swap[2];               /**< columns of given name and surname, or -1 */
    struct link_list *lists[LINK_KINDS];
};

/** Rows are given in an order that depends on their content alone (ties: equal rows), so
 * that all that follows does, too. */
void link_table_init(struct link_table *table, struct rk_arena *arena, size_t rows,
                     const struct link_field *fields, size_t count);
/** `text` as it stands in the extract (dates in figures), NULL when missing. */
void link_table_put(struct link_table *table, size_t column, size_t row, const char *text);
/** Counts frequencies; call when all is put. */
void link_table_close(struct link_table *table);

static inline struct link_text link_table_text(const struct link_column *column,
                                               uint32_t value)
{
    return column->list->values[value];
}

#endif
