// SPDX-License-Identifier: MIT
#include "pipeline/tabulate/tabulate_merge.h"

#include "pipeline/tabulate/tabulate_merge_priv.h"

#include <string.h>

/* ---- what a merged variable looks like ---- */

/** Bands of a number are named by where they begin and end. */
static const char *band_label(struct rk_arena *arena, const struct study_derive *derive,
                              size_t first, size_t last)
{
    double from = first ? derive->at[first - 1] : 0;

    if (last == derive->at_count)
        return rk_arena_printf(arena, "%g or over", from);
    if (!first)
        return rk_arena_printf(arena, "under %g", derive->at[last]);
    return rk_arena_printf(arena, "%g to under %g", from, derive->at[last]);
}

/** So many categories a label names; more are "others". */
enum { LISTED = 4 };

static size_t members_of(const struct tab_merge *merge, const struct code_list *codes, size_t first)
{
    size_t count = 0;

    for (size_t i = 0; i < codes->count; i++)
        count += merge->group[i] == (long)first;
    return count;
}

static const char *joined_label(struct rk_arena *arena, const struct tab_merge *merge,
                                const struct code_list *codes, size_t first)
{
    const char *text = codes->labels[first];
    size_t last = first;

    for (size_t i = first + 1; i < codes->count; i++)
        if (merge->group[i] == (long)first)
            last = i;
    if (merge->asked->column->derive && merge->asked->column->derive->kind == DERIVE_CUT)
        return band_label(arena, merge->asked->column->derive, first, last);
    if (merge->asked->column->ordered)
        return rk_arena_printf(arena, "%s to %s", text, codes->labels[last]);
    if (members_of(merge, codes, first) > LISTED)
        return rk_arena_printf(arena, "Others (%zu categories)", members_of(merge, codes, first));
    for (size_t i = first + 1; i <= last; i++)
        if (merge->group[i] == (long)first)
            text = rk_arena_printf(arena, "%s%s%s", text, i == last ? " or " : ", ",
                                   codes->labels[i]);
    return text;
}

/** The study's own label of the group that holds the code; NULL when it gives none. */
static const char *own_label(const struct tab_merge *merge, const char *code)
{
    for (size_t g = 0; g < merge->asked->group_count; g++)
        for (size_t i = 0; i < merge->asked->groups[g].count; i++)
            if (strcmp(merge->asked->groups[g].codes[i], code) == 0)
                return merge->asked->groups[g].label;
    return NULL;
}

static const char *free_code(struct rk_arena *arena, const struct code_list *codes,
                             const char *label)
{
    const char *code = rk_text_code(arena, label);

    while (code_list_find(codes, code) >= 0)
        code = rk_arena_printf(arena, "%s_merged", code);
    return code;
}

bool tab_merge_is_alone(const struct tab_merge *merge, size_t code)
{
    for (size_t i = 0; i < merge->asked->column->codes->count; i++)
        if (i != code && merge->group[i] == (long)code)
            return false;
    return true;
}

/** One level of what tables show: the group that begins with the code. */
static void add_level(struct rk_arena *arena, struct tab_merge *merge, size_t first)
{
    const struct study_column *column = merge->asked->column;
    const struct code_list *codes = column->codes;
    const char *label = own_label(merge, codes->codes[first]);
    size_t at = merge->levels++;

    for (size_t i = 0; i < codes->count; i++)
        if (merge->group[i] == (long)first)
            merge->level[i] = (long)at;
    merge->apart[at] = column->apart && column->apart[first];
    merge->codes[at] = codes->codes[first];
    merge->labels[at] = codes->labels[first];
    if (tab_merge_is_alone(merge, first))
        return;
    merge->labels[at] = label ? label : joined_label(arena, merge, codes, first);
    merge->codes[at] = free_code(arena, codes, merge->labels[at]);
    merge->any = true;
}

bool tab_merge_is_ordered(const struct tab_merge *merge)
{
    const struct study_column *column = merge->asked->column;

    return column->ordered || (column->derive && column->derive->kind == DERIVE_CUT);
}

/** Groups stand where their first code does; without an order, behind those that are no groups. */
void tab_merge_name(struct rk_arena *arena, struct tab_merge *merge)
{
    const struct code_list *codes = merge->asked->column->codes;

    merge->level = RK_ARRAY(arena, long, codes->count + 1);
    merge->codes = RK_ARRAY(arena, const char *, codes->count + 1);
    merge->labels = RK_ARRAY(arena, const char *, codes->count + 1);
    merge->apart = RK_ARRAY(arena, bool, codes->count + 1);
    for (int behind = 0; behind < 2; behind++)
        for (size_t i = 0; i < codes->count; i++)
            if (merge->group[i] == (long)i &&
                behind == (!tab_merge_is_ordered(merge) && !tab_merge_is_alone(merge, i)))
                add_level(arena, merge, i);
}

const struct tab_merge *tab_merge_of(const struct tab_desk *desk,
                                     const struct study_column *column)
{
    for (size_t i = 0; column && i < desk->merge_count; i++)
        if (desk->merges[i].asked->column == column && desk->merges[i].any)
            return &desk->merges[i];
    return NULL;
}

void tab_merge_apply(const struct tab_desk *desk, struct tab_variable *variable)
{
    const struct tab_merge *merge = tab_merge_of(desk, variable->column->declared);
    bool *used;

    if (!merge || desk->by_code)
        return;
    used = RK_ARRAY(desk->scratch, bool, merge->levels + 1);
    for (size_t i = 0; i < variable->levels; i++)
        used[merge->level[i]] |= variable->used[i];
    variable->merged = merge->level;
    variable->used = used;
    variable->levels = merge->levels;
    variable->codes = merge->codes;
    variable->labels = merge->labels;
    variable->apart = merge->asked->column->apart ? merge->apart : NULL;
}

/* ---- what a merged count is made of ---- */

static bool is_concerned(const struct tab_desk *desk, const struct study_result *asked)
{
    for (size_t i = 0; i < desk->merge_count; i++) {
        const char *name = desk->merges[i].asked->column->name;
        if (!desk->merges[i].any)
            continue;
        for (size_t k = 0; k < asked->variable_count + (asked->by != NULL); k++) {
            const char *axis = k < asked->variable_count ? asked->variables[k] : asked->by;
            const char *dot = strrchr(axis, '.');
            if (strcmp(dot ? dot + 1 : axis, name) == 0)
                return true;
        }
    }
    return false;
}

static void copy_counts(const struct results *from, struct results *to)
{
    for (size_t i = 0; i < from->quantity_count; i++) {
        const struct quantity *q = &from->quantities[i];
        results_quantity(to, NULL, q->id, q->value, q->open);
        if (q->people < q->value)
            results_quantity_people(to, q->id, q->people);
    }
    for (size_t i = 0; i < from->sum_count; i++)
        results_sum(to, from->sums[i].total, from->sums[i].parts, from->sums[i].count);
}

rk_status tab_merge_make(struct tab_desk *desk, const struct study_result *asked,
                         rk_status (*make)(struct tab_desk *, const struct study_result *))
{
    struct results *shown = desk->results, *by_code;

    if (is_concerned(desk, asked)) {
        desk->results = by_code = results_new(desk->arena);
        desk->by_code = true;
        rk_status status = make(desk, asked);
        desk->by_code = false;
        desk->results = shown;
        RK_TRY(status);
        copy_counts(by_code, shown);
    }
    return make(desk, asked);
}

/** Position of a merged code of the merge, or -1. */
static long merged_level(const struct tab_merge *merge, const char *code)
{
    for (size_t i = 0; i < merge->levels; i++)
        if (strcmp(merge->codes[i], code) == 0)
            return code_list_find(merge->asked->column->codes, code) < 0 ? (long)i : -1;
    return -1;
}

static bool is_named(const struct tab_merge *merge, const char *variable)
{
    const char *dot = strrchr(variable, '.');

    return strcmp(dot ? dot + 1 : variable, merge->asked->column->name) == 0;
}

static struct tab_who with_code(const struct tab_who *who, size_t term, const char *code)
{
    struct tab_who out = *who;

    memmove(&out.terms[term], &out.terms[term + 1],
            (out.count - term - 1) * sizeof *out.terms);
    out.count--;
    tab_who_add(&out, who->terms[term].variable, code);
    return out;
}

static void tie(struct tab_desk *desk, const struct tab_merge *merge, const char *total,
                const struct tab_who *who, size_t term, long level)
{
    const struct code_list *codes = merge->asked->column->codes;
    const char **parts = RK_ARRAY(desk->arena, const char *, codes->count + 1);
    const struct results *results = desk->results;
    long rest = results->quantities[rk_map_find(results->quantity_index, total)].value;
    size_t count = 0;

    for (size_t i = 0; i < codes->count; i++) {
        if (merge->level[i] != level)
            continue;
        struct tab_who part = with_code(who, term, codes->codes[i]);
        parts[count] = tab_who_id(desk->arena, &part);
        long at = rk_map_find(results->quantity_index, parts[count++]);
        if (at < 0)
            return; /* nobody counted it: it is as unknown as can be */
        rest -= results->quantities[at].value;
    }
    if (rest == 0) /* clients counted once may stand in several codes, and add up to more */
        results_sum(desk->results, total, parts, count);
}

void tab_merge_tie(struct tab_desk *desk)
{
    size_t count = desk->results->quantity_count;

    for (size_t m = 0; m < desk->merge_count; m++)
        for (size_t i = 0; desk->merges[m].any && i < count; i++) {
            const char *id = desk->results->quantities[i].id;
            struct tab_who who;
            if (!tab_who_parse(desk->arena, id, &who))
                continue;
            for (size_t t = 0; t < who.count; t++) {
                long level = is_named(&desk->merges[m], who.terms[t].variable)
                                 ? merged_level(&desk->merges[m], who.terms[t].code)
                                 : -1;
                if (level >= 0)
                    tie(desk, &desk->merges[m], id, &who, t, level);
            }
        }
}

/** "Others (5 categories)" = A, B, C, D, E. */
static const char *members_text(const struct tab_desk *desk, const struct tab_merge *merge,
                                size_t level)
{
    const struct code_list *codes = merge->asked->column->codes;
    const char *text = "";

    for (size_t i = 0; i < codes->count; i++)
        if (merge->level[i] == (long)level)
            text = rk_arena_printf(desk->arena, "%s%s%s", text, *text ? ", " : "",
                                   codes->labels[i]);
    return rk_arena_printf(desk->arena, "\"%s\" for %s", merge->labels[level], text);
}

void tab_merge_report(const struct tab_desk *desk, const char *stage)
{
    for (size_t m = 0; m < desk->merge_count; m++) {
        const struct tab_merge *merge = &desk->merges[m];
        const char *text = "";
        for (size_t i = 0; i < merge->levels; i++)
            if (merged_level(merge, merge->codes[i]) >= 0)
                text = rk_arena_printf(desk->arena, "%s%s%s", text, *text ? "; " : "",
                                       members_text(desk, merge, i));
        rk_run_report(desk->run, stage, "%s: %s", merge->asked->name,
                      *text ? text : "nothing had to be merged");
    }
}
