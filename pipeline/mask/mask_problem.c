// SPDX-License-Identifier: MIT
#include "pipeline/mask/mask_problem.h"

#include <string.h>

bool mask_is_small(const struct mask_problem *problem, size_t unknown)
{
    const struct mask_unknown *u = &problem->unknowns[unknown];

    return u->published && !u->open && u->value > 0 && u->value < problem->threshold;
}

static void make_unknowns(struct mask_problem *problem, const struct results *results,
                          struct rk_map *index)
{
    problem->count = results->quantity_count;
    problem->unknowns = RK_ARRAY(problem->arena, struct mask_unknown, problem->count + 1);
    for (size_t i = 0; i < results->quantity_count; i++) {
        const struct quantity *q = &results->quantities[i];
        size_t at = rk_map_add(index, q->id);
        problem->unknowns[at] =
            (struct mask_unknown){.id = q->id, .value = q->value, .open = q->open};
    }
    for (size_t i = 0; i < results->link_count; i++) {
        long at = rk_map_find(index, results->links[i].quantity);
        if (at >= 0)
            problem->unknowns[at].published = true;
    }
}

static void stands_in(struct mask_problem *problem, size_t unknown, size_t equation)
{
    struct mask_unknown *u = &problem->unknowns[unknown];

    RK_ROOM(problem->arena, u->equations, u->equation_count, u->equation_cap);
    u->equations[u->equation_count++] = equation;
}

static const char *equation_key(struct mask_problem *problem, const struct sum *sum)
{
    const char *key = sum->total;

    for (size_t i = 0; i < sum->count; i++)
        key = rk_arena_printf(problem->arena, "%s\n%s", key, sum->parts[i]);
    return key;
}

static rk_status add_equation(struct mask_problem *problem, const struct sum *sum,
                              const struct rk_map *index)
{
    struct mask_equation *equation = &problem->equations[problem->equation_count];
    long total = rk_map_find(index, sum->total), rest;

    if (total < 0)
        return rk_fail(problem->diag, RK_CHECK, RK_NOWHERE, "sums.csv: there is no quantity %s",
                       sum->total);
    rest = problem->unknowns[total].value;
    equation->total = (size_t)total;
    equation->parts = RK_ARRAY(problem->arena, size_t, sum->count + 1);
    for (size_t i = 0; i < sum->count; i++) {
        long part = rk_map_find(index, sum->parts[i]);
        if (part < 0)
            return rk_fail(problem->diag, RK_CHECK, RK_NOWHERE,
                           "sums.csv: there is no quantity %s", sum->parts[i]);
        equation->parts[equation->count++] = (size_t)part;
        rest -= problem->unknowns[part].value;
        stands_in(problem, (size_t)part, problem->equation_count);
    }
    if (rest != 0)
        return rk_fail(problem->diag, RK_CHECK, RK_NOWHERE,
                       "sums.csv: the parts of %s miss it by %ld; nothing is released",
                       sum->total, rest);
    stands_in(problem, equation->total, problem->equation_count);
    problem->unknowns[total].total = true;
    problem->equation_count++;
    return RK_OK;
}

rk_status mask_problem_make(struct rk_run *run, const struct results *results, long threshold,
                            struct mask_problem **out)
{
    struct mask_problem *problem = RK_NEW(run->arena, struct mask_problem);
    struct rk_map *index = rk_map_new(run->arena), *seen = rk_map_new(run->arena);

    *problem =
        (struct mask_problem){.arena = run->arena, .diag = run->diag, .threshold = threshold};
    make_unknowns(problem, results, index);
    problem->equations = RK_ARRAY(run->arena, struct mask_equation, results->sum_count + 1);
    for (size_t i = 0; i < results->sum_count; i++) {
        size_t known = rk_map_count(seen);
        if (rk_map_add(seen, equation_key(problem, &results->sums[i])) == known)
            RK_TRY(add_equation(problem, &results->sums[i], index));
    }
    *out = problem;
    return RK_OK;
}
