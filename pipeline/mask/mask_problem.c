// SPDX-License-Identifier: MIT
#include "pipeline/mask/mask_problem.h"

#include "pipeline/mask/mask_earlier.h"

#include <string.h>

bool mask_is_small(const struct mask_problem *problem, size_t unknown)
{
    const struct mask_unknown *u = &problem->unknowns[unknown];

    return u->published && !u->open && !u->rounded &&
           u->people > 0 && u->people < problem->threshold;
}

double mask_cost(const struct mask_problem *problem, size_t unknown)
{
    const struct mask_unknown *u = &problem->unknowns[unknown];

    return u->worth * log2(2 + (double)u->value);
}

/** A base has the name of its quantity, and "#RESULT" behind it if a result words it its own way. */
long mask_of_base(const struct results *results, const char *base_id)
{
    const char *end = strrchr(base_id, '#');
    long at = rk_map_find(results->quantity_index, base_id);

    if (at >= 0 || !end)
        return at;
    return rk_map_find(results->quantity_index,
                       rk_arena_copy_n(results->arena, base_id, (size_t)(end - base_id)));
}

/* ---- what is published ---- */

/** What is known of each cell while links are gone through. */
struct giving {
    size_t *links;              /**< how many quantities it gives away */
    bool *no_value, *no_limits; /**< masked already, since a small count would be given away */
};

static long cell_of(const struct results *results, const struct cell_link *link)
{
    long at = rk_map_find(results->cell_index, link->cell);
    const struct cell *cell = at < 0 ? NULL : &results->cells[at];
    bool gives = cell && (link->part == LINK_VALUE || !isnan(cell->low) || !isnan(cell->high));

    return gives ? at : -1;
}

/** A margin stands for all that it sums up. */
static double worth_of(const struct cell *cell, enum link_part part)
{
    double margin = strcmp(cell->row, "all") == 0      ? 20
                    : strcmp(cell->column, "all") == 0 ? 4
                                                       : 1;

    return part == LINK_INTERVAL ? 0.1 * margin : margin;
}

static void publish(struct mask_problem *problem, long at, double worth)
{
    if (at < 0)
        return;
    problem->unknowns[at].published = true;
    problem->unknowns[at].worth += worth;
}

static void note_cell(struct mask_problem *problem, long at, size_t cell)
{
    struct mask_unknown *u = at < 0 ? NULL : &problem->unknowns[at];

    if (!u)
        return;
    RK_ROOM(problem->arena, u->cells, u->cell_count, u->cell_cap);
    u->cells[u->cell_count++] = cell;
}

static void publish_links(struct mask_problem *problem, const struct results *results,
                          const struct giving *giving)
{
    for (size_t i = 0; i < results->link_count; i++) {
        const struct cell_link *link = &results->links[i];
        long cell = cell_of(results, link);
        if (cell < 0 ||
            (link->part == LINK_VALUE ? giving->no_value[cell] : giving->no_limits[cell]))
            continue;
        if (link->part == LINK_VALUE)
            note_cell(problem, rk_map_find(results->quantity_index, link->quantity), (size_t)cell);
        publish(problem, rk_map_find(results->quantity_index, link->quantity),
                worth_of(&results->cells[cell], link->part) / (double)giving->links[cell]);
    }
}

static void publish_bases(struct mask_problem *problem, const struct results *results)
{
    for (size_t i = 0; i < results->cell_count; i++)
        if (results->cells[i].base >= 0)
            publish(problem, mask_of_base(results, results->cells[i].base_id),
                    0.1 * worth_of(&results->cells[i], LINK_VALUE));
}

static void mask_givers(const struct mask_problem *problem, const struct results *results,
                        struct giving *giving)
{
    for (size_t i = 0; i < results->link_count; i++) {
        const struct cell_link *link = &results->links[i];
        long cell = cell_of(results, link);
        long at = rk_map_find(results->quantity_index, link->quantity);
        if (cell < 0 || at < 0 || !mask_is_small(problem, (size_t)at))
            continue;
        giving->no_limits[cell] = true;
        giving->no_value[cell] |= link->part == LINK_VALUE;
    }
}

/** Cells that give a small count away are masked in any case. What no other cell gives away, be it
 *  zero, is not published at all. */
static void publish_all(struct mask_problem *problem, const struct results *results)
{
    struct giving giving = {
        RK_ARRAY(problem->arena, size_t, results->cell_count + 1),
        RK_ARRAY(problem->arena, bool, results->cell_count + 1),
        RK_ARRAY(problem->arena, bool, results->cell_count + 1),
    };

    for (size_t i = 0; i < results->link_count; i++) {
        long cell = cell_of(results, &results->links[i]);
        giving.links[cell < 0 ? (long)results->cell_count : cell]++;
    }
    publish_links(problem, results, &giving);
    publish_bases(problem, results);
    mask_givers(problem, results, &giving);
    for (size_t i = 0; i < problem->count; i++) {
        problem->unknowns[i].published = mask_is_small(problem, i);
        problem->unknowns[i].worth = 0;
        problem->unknowns[i].cell_count = 0;
    }
    publish_links(problem, results, &giving);
    publish_bases(problem, results);
}

/** Is it shown rounded where that is asked for? Many records of few people are not: a multiple of
 *  the base would still say that there are few. */
static bool can_round(const struct mask_problem *problem, long at)
{
    const struct mask_unknown *u = at < 0 ? NULL : &problem->unknowns[at];

    return u && !u->open && (u->people == u->value || u->people == 0 || u->people >= problem->threshold);
}

/** A count has one look: rounded wherever one of the cells that speak of it is. */
static void mark_rounded(struct mask_problem *problem, const struct results *results,
                         const bool *rounds)
{
    for (size_t i = 0; rounds && i < results->link_count; i++) {
        long cell = cell_of(results, &results->links[i]);
        long at = rk_map_find(results->quantity_index, results->links[i].quantity);
        if (cell >= 0 && rounds[cell] && can_round(problem, at))
            problem->unknowns[at].rounded = true;
    }
    for (size_t i = 0; rounds && i < results->cell_count; i++) {
        long at = results->cells[i].base < 0 ? -1 : mask_of_base(results, results->cells[i].base_id);
        if (rounds[i] && can_round(problem, at))
            problem->unknowns[at].rounded = true;
    }
}

/** With room for `more` of earlier releases. */
static void make_unknowns(struct mask_problem *problem, const struct results *results,
                          const bool *rounds, size_t more)
{
    problem->count = problem->own = results->quantity_count;
    problem->unknowns = RK_ARRAY(problem->arena, struct mask_unknown, problem->count + more + 1);
    for (size_t i = 0; i < results->quantity_count; i++) {
        const struct quantity *q = &results->quantities[i];
        problem->unknowns[i] =
            (struct mask_unknown){.id = q->id, .value = q->value, .people = q->people, .open = q->open};
    }
    mark_rounded(problem, results, rounds);
    publish_all(problem, results);
}

/* ---- equations ---- */

static void stands_in(struct mask_problem *problem, size_t unknown, size_t equation)
{
    struct mask_unknown *u = &problem->unknowns[unknown];

    RK_ROOM(problem->arena, u->equations, u->equation_count, u->equation_cap);
    u->equations[u->equation_count++] = equation;
}

rk_status mask_equation_add(struct mask_problem *problem, size_t total, const size_t *parts,
                            size_t count)
{
    struct mask_equation *equation = &problem->equations[problem->equation_count];
    long rest = problem->unknowns[total].value;

    equation->total = total;
    equation->parts = RK_ARRAY(problem->arena, size_t, count + 1);
    for (size_t i = 0; i < count; i++) {
        equation->parts[equation->count++] = parts[i];
        rest -= problem->unknowns[parts[i]].value;
        stands_in(problem, parts[i], problem->equation_count);
    }
    if (rest != 0)
        return rk_fail(problem->diag, RK_CHECK, RK_NOWHERE,
                       "sums.csv: the parts of %s miss it by %ld; nothing is released",
                       problem->unknowns[total].id, rest);
    stands_in(problem, total, problem->equation_count);
    problem->equation_count++;
    return RK_OK;
}

static const char *sum_key(struct rk_arena *arena, const struct sum *sum)
{
    const char *key = sum->total;

    for (size_t i = 0; i < sum->count; i++)
        key = rk_arena_printf(arena, "%s\n%s", key, sum->parts[i]);
    return key;
}

static rk_status position(const struct mask_problem *problem, const struct rk_map *index,
                          const char *quantity, size_t first, size_t *out)
{
    long at = rk_map_find(index, quantity);

    if (at < 0)
        return rk_fail(problem->diag, RK_CHECK, RK_NOWHERE, "sums.csv: there is no quantity %s",
                       quantity);
    *out = first + (size_t)at;
    return RK_OK;
}

static rk_status add_sum(struct mask_problem *problem, const struct sum *sum,
                         const struct rk_map *index, size_t first)
{
    size_t *parts = RK_ARRAY(problem->arena, size_t, sum->count + 1), total = 0;

    RK_TRY(position(problem, index, sum->total, first, &total));
    for (size_t i = 0; i < sum->count; i++)
        RK_TRY(position(problem, index, sum->parts[i], first, &parts[i]));
    return mask_equation_add(problem, total, parts, sum->count);
}

rk_status mask_sums_add(struct mask_problem *problem, const struct results *results,
                        size_t first)
{
    struct rk_map *seen = rk_map_new(problem->arena);

    for (size_t i = 0; i < results->sum_count; i++) {
        size_t known = rk_map_count(seen);
        if (rk_map_add(seen, sum_key(problem->arena, &results->sums[i])) == known)
            RK_TRY(add_sum(problem, &results->sums[i], results->quantity_index, first));
    }
    return RK_OK;
}

/* ---- what follows from what is published ---- */

/** The one term of an equation that is not known; false when there are none or several. */
static bool only_unknown(const struct mask_equation *equation, const bool *known, size_t *out)
{
    size_t count = 0;

    for (size_t i = 0; i <= equation->count; i++) {
        size_t at = i < equation->count ? equation->parts[i] : equation->total;
        if (known[at])
            continue;
        *out = at;
        if (++count > 1)
            return false;
    }
    return count == 1;
}

/**
 * A count that nobody prints but that follows by subtraction from what is printed is as good as
 * published: "9 records, 8 of them Yes" says 1. Small ones then count as small.
 */
static void publish_implied(struct mask_problem *problem)
{
    bool *known = RK_ARRAY(problem->arena, bool, problem->count + 1);
    size_t at;

    for (size_t i = 0; i < problem->count; i++)
        known[i] = problem->unknowns[i].published && !problem->unknowns[i].rounded &&
                   !mask_is_small(problem, i);
    for (bool more = true; more;) {
        more = false;
        for (size_t e = 0; e < problem->equation_count; e++) {
            if (!only_unknown(&problem->equations[e], known, &at) ||
                problem->unknowns[at].published)
                continue;
            problem->unknowns[at].published = true;
            known[at] = !mask_is_small(problem, at);
            if (known[at])
                problem->unknowns[at].published = false;
            more = true;
        }
    }
}

void mask_mark_far(struct mask_problem *problem)
{
    for (size_t e = 0; e < problem->equation_count; e++) {
        struct mask_equation *equation = &problem->equations[e];
        equation->far = true;
        for (size_t i = 0; i < equation->count; i++)
            equation->far = equation->far && !problem->unknowns[equation->parts[i]].published;
    }
}

rk_status mask_problem_make(struct rk_run *run, const struct results *results, long threshold,
                            struct mask_problem **out)
{
    const struct mask_terms terms = {.threshold = threshold};

    return mask_problem_make_after(run, results, &terms, &(struct mask_history){0}, out);
}

rk_status mask_problem_make_after(struct rk_run *run, const struct results *results,
                                  const struct mask_terms *terms,
                                  const struct mask_history *history,
                                  struct mask_problem **out)
{
    struct mask_problem *problem = RK_NEW(run->arena, struct mask_problem);

    *problem = (struct mask_problem){.arena = run->arena,
                                     .diag = run->diag,
                                     .threshold = terms->threshold,
                                     .base = terms->base,
                                     .work_limit = terms->work ? terms->work : MASK_WORK};
    problem->equations =
        RK_ARRAY(run->arena, struct mask_equation,
                 results->sum_count + mask_history_sums(history, results) + 1);
    make_unknowns(problem, results, terms->rounds, mask_history_room(history, results));
    RK_TRY(mask_sums_add(problem, results, 0));
    RK_TRY(mask_history_add(history, results, problem));
    publish_implied(problem);
    mask_mark_far(problem);
    *out = problem;
    return RK_OK;
}
