// SPDX-License-Identifier: MIT
#include "pipeline/mask/mask_attack.h"

#include "pipeline/mask/mask_lp.h"

/*
 * Counts are taken as moves against the truth, so that the truth itself is a solution and what is
 * published does not stand in an equation at all. A hidden count that stands in one equation only
 * is no more than its slack: as a part it lets the equation be missed by its own value, as a total
 * it lets it go.
 */
struct attack {
    const struct mask_problem *problem;
    size_t *left;     /**< of each unknown: equations that still need it */
    bool *gone;       /**< of each unknown: published, or a slack */
    bool *let_go;     /**< of each equation */
    double *slack;    /**< of each equation, see mask_part */
    size_t *queue, queued, next; /**< unknowns that have become slacks */
};

static size_t term(const struct mask_equation *equation, size_t i)
{
    return i < equation->count ? equation->parts[i] : equation->total;
}

static bool is_held(const struct attack *attack, size_t unknown)
{
    return mask_is_held(attack->problem, unknown);
}

/** One equation less needs the unknown; with one left it is a slack, with none it is free. */
static void need_less(struct attack *attack, size_t unknown)
{
    if (--attack->left[unknown] == 1 && !is_held(attack, unknown))
        attack->queue[attack->queued++] = unknown;
}

static void let_go(struct attack *attack, size_t equation)
{
    const struct mask_equation *e = &attack->problem->equations[equation];

    attack->let_go[equation] = true;
    for (size_t i = 0; i <= e->count; i++)
        if (!attack->gone[term(e, i)])
            need_less(attack, term(e, i));
}

static void make_slack(struct attack *attack, size_t unknown)
{
    const struct mask_unknown *u = &attack->problem->unknowns[unknown];

    if (attack->gone[unknown])
        return;
    for (size_t k = 0; k < u->equation_count; k++) {
        size_t at = u->equations[k];
        if (attack->let_go[at])
            continue;
        attack->gone[unknown] = true;
        if (attack->problem->equations[at].total == unknown)
            let_go(attack, at);
        else
            attack->slack[at] = fmax(attack->slack[at], 0) + (double)u->value;
    }
}

static void open_attack(const struct mask_problem *problem, struct attack *out)
{
    struct rk_arena *arena = problem->scratch;

    *out = (struct attack){
        .problem = problem,
        .left = RK_ARRAY(arena, size_t, problem->count + 1),
        .gone = RK_ARRAY(arena, bool, problem->count + 1),
        .let_go = RK_ARRAY(arena, bool, problem->equation_count + 1),
        .slack = RK_ARRAY(arena, double, problem->equation_count + 1),
        .queue = RK_ARRAY(arena, size_t, problem->count + 1),
    };
    for (size_t i = 0; i < problem->equation_count; i++)
        out->slack[i] = -1;
    for (size_t i = 0; i < problem->count; i++) {
        out->gone[i] = !mask_hidden(problem, i);
        out->left[i] = problem->unknowns[i].equation_count;
        if (!out->gone[i] && out->left[i] == 1 && !is_held(out, i))
            out->queue[out->queued++] = i;
    }
    while (out->next < out->queued)
        make_slack(out, out->queue[out->next++]);
}

/* ---- what hangs together ---- */

static size_t component(const struct attack *attack, size_t start, bool *seen, size_t *members)
{
    const struct mask_problem *problem = attack->problem;
    size_t count = 0;

    seen[start] = true;
    members[count++] = start;
    for (size_t next = 0; next < count; next++) {
        const struct mask_unknown *u = &problem->unknowns[members[next]];
        for (size_t k = 0; k < u->equation_count; k++) {
            const struct mask_equation *e = &problem->equations[u->equations[k]];
            for (size_t i = 0; i <= e->count && !attack->let_go[u->equations[k]]; i++) {
                size_t unknown = term(e, i);
                if (seen[unknown] || attack->gone[unknown])
                    continue;
                seen[unknown] = true;
                members[count++] = unknown;
            }
        }
    }
    return count;
}

rk_status mask_attack(const struct mask_problem *problem, bool *safe, size_t *unsafe,
                      double *lowest, size_t *unsafe_count)
{
    struct attack attack;
    bool *seen;
    size_t *members;

    open_attack(problem, &attack);
    seen = RK_ARRAY(problem->scratch, bool, problem->count + 1);
    members = RK_ARRAY(problem->scratch, size_t, problem->count + 1);
    *unsafe_count = 0;
    for (size_t i = 0; i < problem->count; i++) {
        if (seen[i] || safe[i] || !is_held(&attack, i))
            continue;
        struct mask_part part = {problem, members, component(&attack, i, seen, members),
                                 attack.let_go, attack.slack, lowest};
        RK_TRY(mask_lp_widths(&part, safe));
        for (size_t k = 0; k < part.count; k++)
            if (is_held(&attack, part.members[k]) && !safe[part.members[k]])
                unsafe[(*unsafe_count)++] = part.members[k];
    }
    rk_arena_reset(problem->scratch);
    return RK_OK;
}
