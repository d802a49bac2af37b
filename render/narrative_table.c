// SPDX-License-Identifier: MIT
/** A `.table` block: one result, or several under one another. */
#include "render/narrative_plan_priv.h"

#include "pipeline/base/rk_text.h"
#include "render/number.h"

#include <string.h>

/** Adds the rows of a further result under a group head of its own; a result that has one
 * row, its total, is a row that its title names. */
static void append(struct plan *plan, struct doc_table *table, const struct doc_table *more,
                   const char *title)
{
    size_t heads = 0, cap = table->count;

    while (heads < more->count && more->rows[heads].role == DOC_ROW_HEAD)
        heads++;
    bool alone = more->count == heads + 1 && more->rows[heads].role == DOC_ROW_TOTAL;
    if (!alone)
        grid_group_row(plan, table, &cap, title, table->columns);
    for (size_t r = heads; r < more->count; r++) {
        RK_ROOM(plan->reading->arena, table->rows, table->count, cap);
        struct doc_row *row = &table->rows[table->count++];
        *row = more->rows[r];
        row->indent = !alone;
        if (alone) {
            row->role = DOC_ROW_BODY;
            grid_set_cell(plan, row, 0, title, 1);
        }
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
        narrative_error(reading, fence->place, "a .table says which result it shows: result=NAME");
    for (size_t i = 0; i < count; i++) {
        const struct study_result *result;
        struct doc_table *one = one_result(reading, fence, names[i], &result);
        if (!one)
            return NULL;
        if (!table && count > 1) {
            struct doc_table *all = RK_NEW(reading->arena, struct doc_table);
            struct plan plan = {.reading = reading, .fence = fence, .result = result};
            size_t heads = 0;
            *all = *one;
            while (heads < one->count && one->rows[heads].role == DOC_ROW_HEAD)
                heads++;
            all->count = heads;
            all->rows = rk_arena_grow(reading->arena, one->rows, heads, heads ? heads : 1,
                                      sizeof *one->rows);
            append(&plan, all, one, result->title);
            table = all;
        } else if (table) {
            struct plan plan = {.reading = reading, .fence = fence, .result = result};
            if (one->columns != table->columns)
                narrative_error(reading, fence->place,
                                "%s has other columns than the results before it", names[i]);
            else
                append(&plan, table, one, result->title);
        } else {
            table = one;
        }
        if (!*first)
            *first = result;
    }
    return table;
}

const char *narrative_source_line(struct reading *reading, const struct study_result *result)
{
    const char *name = result ? result->source : NULL;
    const struct study *study = reading->study;
    const struct study_source *source = name ? study_source(study, name) : NULL;
    const struct study_point *point =
        result && result->to && result->kind != RESULT_MONTHS ? study_point(study, result->to)
        : name                                                ? study_point(study, name)
                                                              : NULL;
    const char *second = "";

    if (!source && point)
        source = point->source;
    if (!source)
        source = study->people;
    if (result && result->kind == RESULT_CHANGE && source != study->people)
        second = rk_arena_printf(reading->arena, "%s and ",
                                 study_point(study, result->from) &&
                                         study_point(study, result->from)->source != source
                                     ? study_point(study, result->from)->source->label
                                     : "");
    if (strcmp(second, " and ") == 0)
        second = "";
    return rk_arena_printf(reading->arena, "%s%s, to %s", second, source->label,
                           render_date(reading->arena, study->cut_off));
}
