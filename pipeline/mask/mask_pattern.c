// SPDX-License-Identifier: MIT
#include "pipeline/mask/mask_pattern.h"

#include "pipeline/mask/mask_lp.h"

#include <string.h>

enum { MASK_ROUNDS = 60 };
static const double SLACK = 1e-6;

static void hide(struct mask_problem *problem, size_t unknown, enum mask_reason reason,
                 const char *because)
{
    problem->unknowns[unknown].masked = reason;
    problem->unknowns[unknown].because = because;
}

static void hide_small(struct mask_problem *problem)
{
    for (size_t i = 0; i < problem->count; i++)
        if (mask_is_small(problem, i))
            hide(problem, i, MASK_PRIMARY, "small count");
}

/* ---- a first pattern: an equation with one hidden term gives it away ---- */

static size_t term(const struct mask_equation *equation, size_t i)
{
    return i < equation->count ? equation->parts[i] : equation->total;
}

/** May be hidden to protect another; a zero protects nothing. */
static bool can_hide(const struct mask_problem *problem, size_t unknown)
{
    const struct mask_unknown *u = &problem->unknowns[unknown];

    return u->published && u->masked == MASK_NO && !u->open && u->value > 0;
}

/** Parts before totals, small before large, then by name. */
static bool better_choice(const struct mask_problem *problem, size_t a, size_t b)
{
    const struct mask_unknown *x = &problem->unknowns[a], *y = &problem->unknowns[b];

    if (x->total != y->total)
        return !x->total;
    if (x->value != y->value)
        return x->value < y->value;
    return strcmp(x->id, y->id) < 0;
}

/** Hides a second term where just one is hidden; true if it did. */
static bool pair_up(struct mask_problem *problem, const struct mask_equation *equation)
{
    size_t hidden = 0, only = 0, best = 0;
    bool found = false;

    for (size_t i = 0; i <= equation->count; i++) {
        size_t t = term(equation, i);
        if (mask_hidden(problem, t)) {
            hidden++;
            only = t;
        } else if (can_hide(problem, t) && (!found || better_choice(problem, t, best))) {
            best = t;
            found = true;
        }
    }
    if (hidden != 1 || !found || problem->unknowns[only].masked == MASK_NO)
        return false;
    hide(problem, best, MASK_SECONDARY, problem->unknowns[only].id);
    return true;
}

static void pair_up_all(struct mask_problem *problem)
{
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < problem->equation_count; i++)
            more |= pair_up(problem, &problem->equations[i]);
    }
}

/* ---- components of hidden unknowns that equations tie together ---- */

struct component {
    size_t *members;
    size_t count;
};

/** Everything reached from `start` over equations through unknowns that `may_pass` accepts. */
static struct component reach(const struct mask_problem *problem, size_t start, bool hidden_only,
                              size_t steps, bool *seen)
{
    struct component c = {RK_ARRAY(problem->scratch, size_t, problem->count + 1), 0};
    size_t layer_end = 1, next = 0;

    c.members[c.count++] = start;
    seen[start] = true;
    while (next < c.count) {
        if (next == layer_end) {
            layer_end = c.count;
            if (--steps == 0)
                break;
        }
        const struct mask_unknown *u = &problem->unknowns[c.members[next++]];
        for (size_t k = 0; k < u->equation_count; k++) {
            const struct mask_equation *e = &problem->equations[u->equations[k]];
            for (size_t i = 0; i <= e->count; i++) {
                size_t t = term(e, i);
                if (seen[t] || (hidden_only && !mask_hidden(problem, t)))
                    continue;
                seen[t] = true;
                c.members[c.count++] = t;
            }
        }
    }
    return c;
}

/* ---- the attack, and what is still open to it ---- */

static bool wide_enough(const struct mask_problem *problem, struct mask_range range)
{
    return range.high - range.low >= (double)problem->threshold - SLACK;
}

/** Adds the small counts of a component that are pinned too narrowly to `unsafe`. */
static rk_status attack_component(const struct mask_problem *problem,
                                  const struct component *c, size_t *unsafe, size_t *count)
{
    size_t *wanted = RK_ARRAY(problem->scratch, size_t, c->count + 1), wanted_count = 0;

    for (size_t i = 0; i < c->count; i++)
        if (problem->unknowns[c->members[i]].masked == MASK_PRIMARY)
            wanted[wanted_count++] = i;
    struct mask_range *ranges =
        RK_ARRAY(problem->scratch, struct mask_range, wanted_count + 1);
    RK_TRY(mask_lp_attack(problem, c->members, c->count, wanted, wanted_count, ranges));
    for (size_t i = 0; i < wanted_count; i++)
        if (!wide_enough(problem, ranges[i]))
            unsafe[(*count)++] = c->members[wanted[i]];
    return RK_OK;
}

static rk_status attack_all(const struct mask_problem *problem, size_t *unsafe, size_t *count)
{
    bool *seen = RK_ARRAY(problem->arena, bool, problem->count + 1);

    *count = 0;
    for (size_t i = 0; i < problem->count; i++) {
        if (seen[i] || problem->unknowns[i].masked != MASK_PRIMARY)
            continue;
        struct component c = reach(problem, i, true, problem->count + 1, seen);
        RK_TRY(attack_component(problem, &c, unsafe, count));
        rk_arena_reset(problem->scratch);
    }
    return RK_OK;
}

/* ---- mending ---- */

/** Hides what lets `unknown` move by the threshold; looks nearby first, then everywhere. */
static rk_status mend(struct mask_problem *problem, size_t unknown)
{
    static const size_t reaches[] = {2, 4, 1000000};
    bool found = false;

    for (size_t r = 0; r < sizeof reaches / sizeof reaches[0] && !found; r++) {
        bool *seen = RK_ARRAY(problem->scratch, bool, problem->count + 1);
        struct component near = reach(problem, unknown, false, reaches[r], seen);
        size_t *extra = RK_ARRAY(problem->scratch, size_t, near.count + 1), count;
        RK_TRY(mask_lp_complement(problem, unknown, (double)problem->threshold, near.members,
                                  near.count, extra, &count, &found));
        for (size_t i = 0; found && i < count; i++)
            hide(problem, extra[i], MASK_SECONDARY, problem->unknowns[unknown].id);
        rk_arena_reset(problem->scratch);
    }
    if (!found)
        return rk_fail(problem->diag, RK_CHECK, RK_NOWHERE,
                       "a small count cannot be protected: all that could hide it is published "
                       "as it is (mask: no); nothing is released");
    return RK_OK;
}

static void count_tally(const struct mask_problem *problem, struct mask_tally *tally)
{
    for (size_t i = 0; i < problem->count; i++) {
        tally->small += problem->unknowns[i].masked == MASK_PRIMARY;
        tally->further += problem->unknowns[i].masked == MASK_SECONDARY;
    }
}

static rk_status choose(struct mask_problem *problem, struct mask_tally *tally)
{
    size_t *unsafe = RK_ARRAY(problem->arena, size_t, problem->count + 1), count = 0;

    hide_small(problem);
    pair_up_all(problem);
    RK_TRY(attack_all(problem, unsafe, &count));
    while (count && tally->rounds++ < MASK_ROUNDS) {
        for (size_t i = 0; i < count; i++)
            RK_TRY(mend(problem, unsafe[i]));
        RK_TRY(attack_all(problem, unsafe, &count));
    }
    if (count)
        return rk_fail(problem->diag, RK_CHECK, RK_NOWHERE,
                       "%zu small counts are still not protected after %d rounds; nothing is "
                       "released",
                       count, MASK_ROUNDS);
    count_tally(problem, tally);
    return RK_OK;
}

rk_status mask_pattern(struct mask_problem *problem, struct mask_tally *tally)
{
    rk_status status;

    *tally = (struct mask_tally){0};
    problem->scratch = rk_arena_new();
    status = choose(problem, tally);
    rk_arena_free(problem->scratch);
    problem->scratch = NULL;
    return status;
}
