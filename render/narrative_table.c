// SPDX-License-Identifier: MIT
/** A `.table` block: one result, or several under one another. */
#include "render/narrative_plan_priv.h"

#include "pipeline/base/rk_text.h"

#include <string.h>

/** A table of one row, the total of its result: the title says what it is of. */
static bool is_alone(const struct doc_table *table, size_t heads)
{
    return table->count == heads + 1 && table->rows[heads].role == DOC_ROW_TOTAL;
}

static size_t head_rows(const struct doc_table *table)
{
    size_t heads = 0;

    while (heads < table->count && table->rows[heads].role == DOC_ROW_HEAD)
        heads++;
    return heads;
}

static void name_alone(struct plan *plan, struct doc_row *row)
{
    row->role = DOC_ROW_BODY;
    row->indent = 0;
    if (plan->result->title)
        grid_set_cell(plan, row, 0, plan->result->title, 1);
}

/** Adds the rows of a further result under a group head of its own; a single row has none. */
static void append(struct plan *plan, struct doc_table *table, const struct doc_table *more)
{
    size_t heads = head_rows(more), cap = table->count;
    bool alone = more->count == heads + 1;

    if (!alone)
        grid_group_row(plan, table, &cap, plan->result->title, table->columns);
    for (size_t r = heads; r < more->count; r++) {
        RK_ROOM(plan->reading->arena, table->rows, table->count, cap);
        struct doc_row *row = &table->rows[table->count++];
        *row = more->rows[r];
        row->indent = 1;
        if (alone)
            name_alone(plan, row);
    }
}

static struct doc_table *one_result(struct reading *reading, const struct fence *fence,
                                    const char *name, const struct study_result **result)
{
    struct plan plan = {.reading = reading, .fence = fence};

    plan.result = *result = study_result(reading->study, name);
    if (!plan.result) {
        const char **names = RK_ARRAY(reading->arena, const char *, reading->study->result_count + 1);
        for (size_t i = 0; i < reading->study->result_count; i++)
            names[i] = reading->study->results[i].name;
        const char *near = rk_text_nearest(name, names, reading->study->result_count);
        narrative_error(reading, fence->place, "the study has no result \"%s\"%s%s%s", name,
                        near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
        return NULL;
    }
    plan_make(&plan);
    if (!plan.row_count || !plan.column_count) {
        narrative_error(reading, fence->place, "%s has no cells to show so", name);
        return NULL;
    }
    return grid_build(&plan);
}

struct doc_table *narrative_table(struct reading *reading, const struct fence *fence,
                                  const struct study_result **first)
{
    const char *wanted = fence_value(fence, "result"), **names;
    struct doc_table *table = NULL;
    size_t count = wanted ? plan_split(reading->arena, wanted, " ", &names) : 0;

    *first = NULL;
    if (!count)
        narrative_error(reading, fence->place, "a .table says which result it shows: result=NAME; or a Markdown table is typed in it");
    for (size_t i = 0; i < count; i++) {
        const struct study_result *result;
        struct doc_table *one = one_result(reading, fence, names[i], &result);
        if (!one)
            return NULL;
        if (!table && count > 1) {
            struct doc_table *all = RK_NEW(reading->arena, struct doc_table);
            struct plan plan = {.reading = reading, .fence = fence, .result = result};
            size_t heads = head_rows(one);
            *all = *one;
            all->count = heads;
            all->rows = rk_arena_grow(reading->arena, one->rows, heads, heads ? heads : 1,
                                      sizeof *one->rows);
            append(&plan, all, one);
            table = all;
        } else if (table) {
            struct plan plan = {.reading = reading, .fence = fence, .result = result};
            if (one->columns != table->columns)
                narrative_error(reading, fence->place,
                                "%s has other columns than the results before it", names[i]);
            else
                append(&plan, table, one);
        } else {
            struct plan plan = {.reading = reading, .fence = fence, .result = result};
            table = one;
            if (is_alone(one, head_rows(one)))
                name_alone(&plan, &one->rows[one->count - 1]);
        }
        if (!*first)
            *first = result;
    }
    return table;
}

/* ---- typed tables ---- */

/** Words in the first cell alone head a group of rows. */
static bool is_group(const struct md_node *row)
{
    for (size_t c = 1; c < row->count; c++)
        if (row->children[c]->text.count)
            return false;
    return row->count > 1 && row->children[0]->text.count;
}

static void typed_row(struct reading *reading, const struct md_node *row, struct doc_row *out)
{
    bool group = out->role != DOC_ROW_HEAD && is_group(row);

    if (group)
        out->role = DOC_ROW_GROUP;
    out->count = group ? 1 : row->count;
    out->cells = RK_ARRAY(reading->arena, struct doc_cell, out->count + 1);
    for (size_t c = 0; c < out->count; c++)
        out->cells[c] = (struct doc_cell){narrative_text(reading, row->children[c]->text),
                                          group ? row->count : 1};
}

struct doc_table *narrative_typed(struct reading *reading, const struct md_node *node)
{
    struct doc_table *table = RK_NEW(reading->arena, struct doc_table);
    const struct md_node *head = node->children[0];

    table->columns = head->count;
    table->align = RK_ARRAY(reading->arena, enum doc_align, head->count + 1);
    for (size_t c = 0; c < head->count; c++)
        table->align[c] = head->children[c]->align;
    table->count = node->count;
    table->rows = RK_ARRAY(reading->arena, struct doc_row, node->count);
    for (size_t r = 0; r < node->count; r++) {
        table->rows[r].role = r ? DOC_ROW_BODY : DOC_ROW_HEAD;
        typed_row(reading, node->children[r], &table->rows[r]);
    }
    return table;
}
