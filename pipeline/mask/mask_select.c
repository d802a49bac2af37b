// SPDX-License-Identifier: MIT
#include "pipeline/mask/mask_select.h"

#include "pipeline/base/rk_text.h"

#include <string.h>

/* ---- does `release` name columns that are there? ---- */

/** Codes of a result's columns. */
static size_t columns_of(struct rk_arena *arena, const struct results *results,
                         const char *result, const char ***out)
{
    struct rk_map *seen = rk_map_new(arena);
    const char **codes = NULL;
    size_t count = 0, cap = 0;

    for (size_t i = 0; i < results->cell_count; i++) {
        const struct cell *cell = &results->cells[i];
        if (strcmp(cell->result, result) != 0 || rk_map_find(seen, cell->column) >= 0)
            continue;
        rk_map_add(seen, cell->column);
        RK_ROOM(arena, codes, count, cap);
        codes[count++] = cell->column;
    }
    *out = codes;
    return count;
}

static bool among(const char *code, const char *const *codes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(codes[i], code) == 0)
            return true;
    return false;
}

/** A change has columns that only some kinds of question fill, and data may lack a code of a list;
 *  so it is a mistake only if none of the columns is there. */
static rk_status check_release(struct rk_run *run, const struct study_result *result,
                               const struct results *results)
{
    const char **codes;
    size_t count = columns_of(run->arena, results, result->name, &codes), found = 0;

    for (size_t i = 0; i < result->released_count; i++)
        found += among(result->released[i], codes, count);
    if (found || !count)
        return RK_OK;
    const char *near = rk_text_nearest(result->released[0], codes, count);
    return rk_fail(run->diag, RK_STUDY, result->place,
                   "%s: release: the result has no column \"%s\"%s%s%s", result->name,
                   result->released[0], near ? "; did you mean \"" : "", near ? near : "",
                   near ? "\"?" : "");
}

/* ---- what is let through ---- */

static bool is_released(const struct study *study, const struct cell *cell)
{
    const struct study_result *result = study_result(study, cell->result);

    return !result || study_result_releases(result, cell->column);
}

static void take_base(const struct results *from, const char *id, struct results *to)
{
    const struct base *base = id ? results_find_base(from, id) : NULL;

    if (!base || results_find_base(to, id))
        return;
    results_base(to, base->id, base->unit, base->n, base->sentence, base->parent, base->rule);
    take_base(from, base->parent, to);
}

static void take_links(const struct results *from, struct results *to)
{
    to->links = RK_ARRAY(to->arena, struct cell_link, from->link_count + 1);
    for (size_t i = 0; i < from->link_count; i++)
        if (results_find(to, from->links[i].cell))
            to->links[to->link_count++] = from->links[i];
}

rk_status mask_select(struct rk_run *run, const struct study *study,
                      const struct results *results, struct results **out)
{
    struct results *to = results_new(run->arena);

    for (size_t i = 0; i < study->result_count; i++)
        if (study->results[i].release == RELEASE_COLUMNS)
            RK_TRY(check_release(run, &study->results[i], results));
    for (size_t i = 0; i < results->cell_count; i++) {
        const struct cell *cell = &results->cells[i];
        if (!is_released(study, cell))
            continue;
        *results_cell(to, cell->result, cell->row, cell->column, cell->measure, cell->unit) =
            *cell;
        take_base(results, cell->base_id, to);
    }
    to->quantities = results->quantities;
    to->quantity_count = to->quantity_cap = results->quantity_count;
    to->quantity_index = results->quantity_index;
    to->sums = results->sums;
    to->sum_count = to->sum_cap = results->sum_count;
    take_links(results, to);
    *out = to;
    return RK_OK;
}

/* ---- what nobody is hidden in ---- */

/** Of each cell: one of the counts it gives away is held to the threshold. */
static bool *held_cells(const struct results *results)
{
    bool *held = RK_ARRAY(results->arena, bool, results->cell_count + 1);

    for (size_t i = 0; i < results->link_count; i++) {
        long cell = rk_map_find(results->cell_index, results->links[i].cell);
        long at = rk_map_find(results->quantity_index, results->links[i].quantity);
        if (cell >= 0 && at >= 0 && !results->quantities[at].open)
            held[cell] = true;
    }
    return held;
}

/** Results that reckon makes by itself, and those of which the study says so, are exempt even where
 *  they share a count with one that is not: such a count is masked in both. */
static bool is_exempt(const struct study *study, const char *name, bool held)
{
    const struct study_result *result = study_result(study, name);

    return !held || !result || !result->mask;
}

static const char *reason_of(const struct study *study, const char *name)
{
    const struct study_result *result = study_result(study, name);

    return result && result->mask_reason ? result->mask_reason
                                         : "counts rows and answers, not what is true of people";
}

void mask_exempt(const struct study *study, const struct results *results, struct about *about)
{
    struct rk_map *names = rk_map_new(results->arena);
    bool *held = held_cells(results), *strict;
    size_t count;

    for (size_t i = 0; i < results->cell_count; i++)
        rk_map_add(names, results->cells[i].result);
    count = rk_map_count(names);
    strict = RK_ARRAY(results->arena, bool, count + 1);
    for (size_t i = 0; i < results->cell_count; i++)
        strict[rk_map_find(names, results->cells[i].result)] |= held[i];
    about->exempt = RK_ARRAY(results->arena, const char *, count + 1);
    about->reasons = RK_ARRAY(results->arena, const char *, count + 1);
    for (size_t i = 0; i < count; i++) {
        if (!is_exempt(study, rk_map_key(names, i), strict[i]))
            continue;
        about->exempt[about->exempt_count] = rk_map_key(names, i);
        about->reasons[about->exempt_count++] = reason_of(study, rk_map_key(names, i));
    }
}

/* ---- an order that does not tell ---- */

enum { BEHIND = 50000 };

static bool is_ranked(const struct study *study, const struct cell *cell)
{
    const struct study_result *result = study_result(study, cell->result);

    return result && (result->order_by_count || result->top > 0) &&
           strcmp(cell->row, "all") != 0;
}

static const char *row_key(struct rk_arena *arena, const struct cell *cell)
{
    return rk_arena_printf(arena, "%s.%s", cell->result, cell->row);
}

/** Ranked rows whose counts are rounded, and what is shown of them: of a row "all" of its columns. */
struct ranking {
    const struct cell **rows;
    size_t count;
};

static struct ranking ranking_of(const struct study *study, const struct results *results)
{
    struct ranking ranking = {
        RK_ARRAY(results->arena, const struct cell *, results->cell_count + 1), 0};

    for (size_t i = 0; i < results->cell_count; i++) {
        const struct cell *cell = &results->cells[i];
        if (cell->mark == MARK_ROUNDED && is_ranked(study, cell) &&
            strcmp(cell->column, "all") == 0 && strcmp(cell->measure, "count") == 0)
            ranking.rows[ranking.count++] = cell;
    }
    return ranking;
}

static long rank_of(const struct ranking *ranking, const struct cell *row)
{
    long before = 0;

    for (size_t i = 0; i < ranking->count; i++) {
        const struct cell *other = ranking->rows[i];
        before += strcmp(other->result, row->result) == 0 &&
                  (other->value > row->value ||
                   (other->value == row->value && strcmp(other->row, row->row) < 0));
    }
    return before;
}

/** Rounded counts stand in the order of what is shown: the true one would narrow them. */
static void order_rounded(const struct study *study, struct results *results)
{
    struct ranking ranking = ranking_of(study, results);
    struct rk_map *keys = rk_map_new(results->arena);
    long *ranks = RK_ARRAY(results->arena, long, ranking.count + 1);

    for (size_t i = 0; i < ranking.count; i++) {
        rk_map_add(keys, row_key(results->arena, ranking.rows[i]));
        ranks[i] = rank_of(&ranking, ranking.rows[i]);
    }
    for (size_t i = 0; ranking.count && i < results->cell_count; i++) {
        struct cell *cell = &results->cells[i];
        long at = is_ranked(study, cell) ? rk_map_find(keys, row_key(results->arena, cell)) : -1;
        if (at >= 0)
            cell->row_order = ranks[at] + 1;
    }
}

void mask_order(const struct study *study, struct results *results)
{
    order_rounded(study, results);
    struct rk_map *behind = rk_map_new(results->arena);

    for (size_t i = 0; i < results->cell_count; i++) {
        const struct cell *cell = &results->cells[i];
        if (cell->mark == MARK_MASKED && is_ranked(study, cell))
            rk_map_add(behind, row_key(results->arena, cell));
    }
    if (!rk_map_count(behind))
        return;
    for (size_t i = 0; i < results->cell_count; i++) {
        struct cell *cell = &results->cells[i];
        if (is_ranked(study, cell) &&
            rk_map_find(behind, row_key(results->arena, cell)) >= 0)
            cell->row_order = BEHIND;
    }
}
