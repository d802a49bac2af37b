// SPDX-License-Identifier: MIT
#include "pipeline/mask/mask_near.h"

#include <stdint.h>

static const struct {
    size_t hidden, published; /**< so many of an equation's terms, the best first */
    size_t most;              /**< so many unknowns in all */
} reaches[] = {
    [MASK_HIDDEN] = {2, 0, 200},
    [MASK_CLOSE] = {2, 2, 120},
    [MASK_WIDER] = {3, 3, 400},
    [MASK_EVERYWHERE] = {SIZE_MAX, SIZE_MAX, SIZE_MAX},
};

struct near {
    const struct mask_problem *problem;
    size_t hidden, published, most;
    size_t *members, count;
    bool *seen;      /**< of each unknown */
    bool *visited;   /**< of each equation */
};

static size_t term(const struct mask_equation *equation, size_t i)
{
    return i < equation->count ? equation->parts[i] : equation->total;
}

static void take(struct near *near, size_t unknown)
{
    if (near->seen[unknown] || near->count >= near->most)
        return;
    near->seen[unknown] = true;
    near->members[near->count++] = unknown;
}

/** Hidden terms: the longer the chain of equations that hangs on one the worse, and a large count
 *  can give more than a small one. Published ones: what they cost. */
static bool is_better(const struct mask_problem *problem, size_t a, size_t b)
{
    const struct mask_unknown *x = &problem->unknowns[a], *y = &problem->unknowns[b];

    if (!mask_hidden(problem, a))
        return mask_cost(problem, a) < mask_cost(problem, b);
    if ((x->equation_count == 1) != (y->equation_count == 1))
        return x->equation_count == 1;
    return x->value > y->value;
}

/** The best term that is not taken; false when there is none. */
static bool best_of(const struct near *near, const struct mask_equation *equation, bool hidden,
                    size_t *out)
{
    bool found = false;

    for (size_t i = 0; i <= equation->count; i++) {
        size_t unknown = term(equation, i);
        if (near->seen[unknown] || !mask_movable(near->problem, unknown) ||
            mask_hidden(near->problem, unknown) != hidden ||
            (found && !is_better(near->problem, unknown, *out)))
            continue;
        *out = unknown;
        found = true;
    }
    return found;
}

static void take_best(struct near *near, const struct mask_equation *equation, bool hidden,
                      size_t wanted)
{
    size_t next = 0;

    for (size_t i = 0; i <= equation->count; i++)
        if (near->seen[term(equation, i)] && mask_hidden(near->problem, term(equation, i)) == hidden)
            wanted -= wanted > 0;
    while (wanted > 0 && near->count < near->most && best_of(near, equation, hidden, &next)) {
        take(near, next);
        wanted--;
    }
}

static void take_equation(struct near *near, size_t at)
{
    const struct mask_equation *equation = &near->problem->equations[at];

    if (near->visited[at] || !mask_counts(near->problem, at))
        return;
    near->visited[at] = true;
    if (near->most < SIZE_MAX) {
        take_best(near, equation, true, near->hidden);
        take_best(near, equation, false, near->published);
        return;
    }
    for (size_t i = 0; i <= equation->count; i++)
        if (mask_movable(near->problem, term(equation, i)))
            take(near, term(equation, i));
}

size_t mask_near(const struct mask_problem *problem, size_t unknown, enum mask_reach reach,
                 const size_t **out)
{
    struct near near = {
        .problem = problem,
        .hidden = reaches[reach].hidden,
        .published = reaches[reach].published,
        .most = reaches[reach].most,
        .members = RK_ARRAY(problem->scratch, size_t, problem->count + 1),
        .seen = RK_ARRAY(problem->scratch, bool, problem->count + 1),
        .visited = RK_ARRAY(problem->scratch, bool, problem->equation_count + 1),
    };

    take(&near, unknown);
    for (size_t next = 0; next < near.count; next++) {
        const struct mask_unknown *u = &problem->unknowns[near.members[next]];
        for (size_t k = 0; k < u->equation_count; k++)
            take_equation(&near, u->equations[k]);
    }
    *out = near.members;
    return near.count;
}
