// SPDX-License-Identifier: MIT
#include "pipeline/mask/mask_pattern.h"

#include "pipeline/mask/mask_attack.h"
#include "pipeline/mask/mask_exact.h"
#include "pipeline/mask/mask_near.h"
#include "pipeline/mask/mask_witness.h"

#include <stdlib.h>
#include <string.h>

struct search {
    struct mask_problem *problem;
    struct mask_witnesses *witnesses;
    size_t programmes;
    bool *safe; /**< of each unknown: it has withstood an attack, and always will: more is hidden since */
};

/* ---- one small count ---- */

/** Looks for a move nearby first, then further away, and no further than `last`. */
static bool find_move(struct search *search, size_t unknown, double by, enum mask_reach last,
                      struct mask_move *out)
{
    struct mask_problem *problem = search->problem;
    bool found = false;

    for (enum mask_reach reach = MASK_HIDDEN; !found && reach <= last; reach++) {
        const size_t *near;
        size_t count = mask_near(problem, unknown, reach, &near);
        if (count == 1 && problem->unknowns[unknown].equation_count)
            continue;
        found = mask_lp_move(problem, problem->arena, unknown, by, near, count, out);
        search->programmes++;
        rk_arena_reset(problem->scratch);
    }
    return found;
}

/** A small count can go down no further than to zero; that is of use where nothing need be masked
 *  for it, or where it cannot go up. */
static bool go_down(struct search *search, size_t small, bool goes_up, struct mask_move *out)
{
    const struct mask_small *s = &search->witnesses->small[small];
    double most = (double)search->problem->unknowns[s->unknown].value -
                  mask_lowest(search->problem, s->unknown);

    return -s->low < most &&
           find_move(search, s->unknown, -most, goes_up ? MASK_HIDDEN : MASK_EVERYWHERE, out);
}

static bool go_up(struct search *search, size_t small, struct mask_move *out)
{
    const struct mask_small *s = &search->witnesses->small[small];

    return find_move(search, s->unknown, mask_wanted(search->problem, s->unknown) + s->low,
                     MASK_EVERYWHERE, out);
}

/** Adds a move unless it costs more than is left. */
static bool afford(struct search *search, size_t small, const struct mask_move *move,
                   double *left)
{
    if (move->cost > *left)
        return false;
    *left -= move->cost;
    mask_witness_add(search->witnesses, move,
                     search->problem->unknowns[search->witnesses->small[small].unknown].id);
    return true;
}

static bool is_let_go(const struct search *search, size_t small)
{
    const struct mask_unknown *u =
        &search->problem->unknowns[search->witnesses->small[small].unknown];

    return u->unprinted && !u->published;
}

/** Up as far as is wanting; where that costs cells and going down does not, down first. What is
 *  masked for it may cost up to `left`. */
static bool protect(struct search *search, size_t small, double *left)
{
    struct mask_move up, down;
    bool goes_up;

    if (mask_is_safe(search->witnesses, small) || is_let_go(search, small))
        return true;
    goes_up = go_up(search, small, &up);
    if ((!goes_up || up.cost > 0) && go_down(search, small, goes_up, &down)) {
        if (!afford(search, small, &down, left))
            return false;
        if (mask_is_safe(search->witnesses, small))
            return true;
        goes_up = go_up(search, small, &up);
    }
    return goes_up && afford(search, small, &up, left);
}

/**
 * Nobody prints it, and what narrows it is published by the study's own will (mask: no): then it is
 * let go. True if it was of that kind.
 */
static bool let_go(struct search *search, size_t small)
{
    struct mask_unknown *u =
        &search->problem->unknowns[search->witnesses->small[small].unknown];

    if (!u->unprinted)
        return false;
    u->published = false;
    u->masked = MASK_NO;
    return true;
}

static rk_status cannot(const struct search *search, size_t small)
{
    size_t unknown = search->witnesses->small[small].unknown;

    return rk_fail(search->problem->diag, RK_CHECK, RK_NOWHERE,
                   "a small count cannot be protected: all that could hide it is published as it "
                   "is (mask: no) or zero; nothing is released. It counts %s",
                   search->problem->unknowns[unknown].id);
}

static void hide_rounded(struct search *search, size_t unknown)
{
    struct mask_unknown *u = &search->problem->unknowns[unknown];

    u->rounded = false;
    u->masked = MASK_PRIMARY;
    u->because = "small count";
}

/** Hides what is rounded in the equations of an unknown; how many there were. */
static size_t hide_around(struct search *search, size_t unknown)
{
    const struct mask_problem *problem = search->problem;
    const struct mask_unknown *u = &problem->unknowns[unknown];
    size_t count = 0;

    for (size_t k = 0; k < u->equation_count; k++) {
        const struct mask_equation *equation = &problem->equations[u->equations[k]];
        for (size_t i = 0; i <= equation->count; i++) {
            size_t at = i < equation->count ? equation->parts[i] : equation->total;
            if (!problem->unknowns[at].rounded || problem->unknowns[at].open)
                continue;
            hide_rounded(search, at);
            count++;
        }
    }
    return count;
}

/** Rounded counts move by no more than a base. Where that is not enough for a small count, they are
 *  hidden: those beside it first, then those beside all that are hidden. */
static bool protect_by_hiding(struct search *search, size_t small)
{
    struct mask_problem *problem = search->problem;
    double left = HUGE_VAL;
    size_t more = hide_around(search, search->witnesses->small[small].unknown);

    while (!protect(search, small, &left)) {
        for (size_t i = 0; !more && i < problem->count; i++)
            if (mask_hidden(problem, i) && !problem->unknowns[i].rounded)
                more += hide_around(search, i);
        if (!more)
            return false;
        more = 0;
    }
    return true;
}

/** Has the search made all the steps that it may? */
static bool is_spent(const struct search *search)
{
    return search->problem->work >= search->problem->work_limit;
}

/** What is not found once the steps are spent is left to mask_beside. */
static rk_status protect_somehow(struct search *search, size_t small)
{
    double left = HUGE_VAL;

    if (is_spent(search) || protect(search, small, &left) || let_go(search, small) ||
        protect_by_hiding(search, small) || is_spent(search))
        return RK_OK;
    return cannot(search, small);
}

static rk_status protect_all(struct search *search)
{
    for (size_t i = 0; i < search->witnesses->small_count; i++)
        RK_TRY(protect_somehow(search, i));
    return RK_OK;
}

/* ---- doing without ---- */

struct candidate {
    size_t unknown;
    double cost;
};

static int dearest_first(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;

    if (x->cost != y->cost)
        return x->cost < y->cost ? 1 : -1;
    return x->unknown < y->unknown ? -1 : x->unknown > y->unknown;
}

/** Everything needed to go back to how it was; one of them serves all tries. */
struct state {
    size_t count, cap;
    bool *dropped;
    enum mask_reason *masked;
};

static void remember(const struct search *search, struct state *state)
{
    const struct mask_problem *problem = search->problem;
    const struct mask_witnesses *witnesses = search->witnesses;

    if (witnesses->count > state->cap) {
        state->cap = 2 * witnesses->count;
        state->dropped = RK_ARRAY(problem->arena, bool, state->cap);
    }
    state->count = witnesses->count;
    memcpy(state->dropped, witnesses->dropped, state->count * sizeof *state->dropped);
    for (size_t i = 0; i < problem->count; i++)
        state->masked[i] = problem->unknowns[i].masked;
}

static void go_back(struct search *search, const struct state *state)
{
    for (size_t i = 0; i < search->problem->count; i++)
        search->problem->unknowns[i].masked = state->masked[i];
    mask_witness_keep(search->witnesses, state->count, state->dropped);
}

/** Publishes what was masked to protect others, if these can be protected for less. */
static void do_without(struct search *search, const struct candidate *candidate,
                       struct state *before)
{
    struct mask_unknown *u = &search->problem->unknowns[candidate->unknown];
    double left = candidate->cost - 1e-9;
    bool safe = true;

    remember(search, before);
    u->masked = MASK_NO;
    u->pinned = true;
    mask_witness_drop(search->witnesses, candidate->unknown);
    for (size_t i = 0; safe && i < search->witnesses->small_count; i++)
        safe = protect(search, i, &left);
    u->pinned = false;
    if (!safe)
        go_back(search, before);
}

static void prune(struct search *search)
{
    struct mask_problem *problem = search->problem;
    struct candidate *candidates = RK_ARRAY(problem->arena, struct candidate, problem->count + 1);
    struct state state = {.masked = RK_ARRAY(problem->arena, enum mask_reason, problem->count + 1)};
    size_t count = 0;

    mask_witness_tidy(search->witnesses);
    for (size_t i = 0; i < problem->count; i++)
        if (problem->unknowns[i].masked == MASK_SECONDARY && !problem->unknowns[i].settled)
            candidates[count++] = (struct candidate){i, mask_cost(problem, i)};
    qsort(candidates, count, sizeof *candidates, dearest_first);
    for (size_t i = 0; i < count && !is_spent(search); i++) {
        if (problem->unknowns[candidates[i].unknown].masked != MASK_SECONDARY)
            continue;
        do_without(search, &candidates[i], &state);
        mask_witness_tidy(search->witnesses);
    }
}

/* ---- the whole ---- */

enum { ROUNDS = 60 };

/**
 * A rounded count that what is shown exactly narrows. It is let be when it is not small; a small one
 * is protected like those that are masked while that costs less than hiding it, too. What is out
 * already cannot be hidden. True when there is no more to do.
 */
static bool give_up_rounding(struct search *search, size_t small)
{
    size_t unknown = search->witnesses->small[small].unknown;
    struct mask_unknown *u = &search->problem->unknowns[unknown];
    double left = mask_cost(search->problem, unknown);

    if (!u->rounded)
        return false;
    if (u->people <= 0 || u->people >= search->problem->threshold) {
        u->followed = true;
        return true;
    }
    if (u->open)
        return false;
    if (protect(search, small, &left))
        return true;
    hide_rounded(search, unknown);
    return false;
}

/** Those that the attack can narrow are protected again, with every equation in view. */
static rk_status mend(struct search *search, const size_t *unsafe, size_t count)
{
    struct mask_witnesses *witnesses = search->witnesses;

    for (size_t i = 0; i < count; i++) {
        size_t small = mask_witness_hold(witnesses, unsafe[i]);
        mask_witness_forget(witnesses, small);
        if (give_up_rounding(search, small))
            continue;
        RK_TRY(protect_somehow(search, small));
    }
    return RK_OK;
}

/** Masks all that may be masked in the equations of an unknown; how many there were. */
static size_t mask_around(struct search *search, size_t unknown, const char *because)
{
    const struct mask_problem *problem = search->problem;
    const struct mask_unknown *u = &problem->unknowns[unknown];
    size_t count = hide_around(search, unknown);

    for (size_t k = 0; k < u->equation_count; k++) {
        const struct mask_equation *equation = &problem->equations[u->equations[k]];
        for (size_t i = 0; i <= equation->count; i++) {
            size_t at = i < equation->count ? equation->parts[i] : equation->total;
            if (mask_hidden(problem, at) || !mask_movable(problem, at))
                continue;
            problem->unknowns[at].masked = MASK_SECONDARY;
            problem->unknowns[at].because = because;
            count++;
        }
    }
    return count;
}

/** No search any more: all beside the unsafe counts, or beside all that is hidden, is masked. */
static rk_status mask_beside(struct search *search, const size_t *unsafe, size_t count)
{
    struct mask_problem *problem = search->problem;
    size_t known = problem->count, more = 0;
    bool *hidden = RK_ARRAY(problem->arena, bool, known + 1);

    for (size_t i = 0; i < count; i++) {
        struct mask_unknown *u = &problem->unknowns[unsafe[i]];
        if (u->rounded && u->people >= problem->threshold)
            u->followed = ++more;
        else
            more += mask_around(search, unsafe[i], u->id);
    }
    for (size_t i = 0; i < known; i++)
        hidden[i] = mask_hidden(problem, i);
    for (size_t i = 0; !more && i < known; i++)
        if (hidden[i])
            more += mask_around(search, i, problem->unknowns[unsafe[0]].id);
    for (size_t i = 0; !more && i < count; i++)
        if (!let_go(search, mask_witness_hold(search->witnesses, unsafe[i])))
            return cannot(search, mask_witness_hold(search->witnesses, unsafe[i]));
    return RK_OK;
}

static rk_status attack_and_mend(struct search *search, struct mask_tally *tally)
{
    size_t *unsafe = RK_ARRAY(search->problem->arena, size_t, search->problem->count + 1), count;

    for (tally->rounds = 0;; tally->rounds++) {
        RK_TRY(mask_attack(search->problem, search->safe, unsafe, NULL, &count));
        if (!count)
            return RK_OK;
        if (tally->rounds >= ROUNDS || is_spent(search)) {
            tally->cut_off = true;
            RK_TRY(mask_beside(search, unsafe, count));
        } else {
            RK_TRY(mend(search, unsafe, count));
        }
    }
}

/** A count that nobody prints and that would be small if somebody did. */
static bool is_unprinted(const struct mask_problem *problem, size_t unknown)
{
    const struct mask_unknown *u = &problem->unknowns[unknown];

    return unknown < problem->own && !u->published && !u->open && u->equation_count > 0 && u->people > 0 &&
           u->people < problem->threshold;
}

static void publish_unprinted(struct mask_problem *problem, const size_t *unknowns,
                              const double *low, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct mask_unknown *u = &problem->unknowns[unknowns[i]];
        if (u->published || low[unknowns[i]] < 0.5)
            continue;
        u->unprinted = true;
        u->published = true;
    }
}

/**
 * Small counts that nobody prints are held to the promise, too, where what is printed says that
 * there is somebody and narrows how many: they then stand for published ones. Looked at before
 * anything else is hidden, which can only widen what is possible.
 */
static rk_status find_unprinted(struct mask_problem *problem, bool *safe)
{
    size_t *unsafe = RK_ARRAY(problem->arena, size_t, problem->count + 1), count;
    double *low = RK_ARRAY(problem->arena, double, problem->count + 1);

    for (size_t i = 0; i < problem->count; i++)
        if (mask_is_small(problem, i) || is_unprinted(problem, i))
            problem->unknowns[i].masked = MASK_PRIMARY;
    RK_TRY(mask_attack(problem, safe, unsafe, low, &count));
    for (size_t i = 0; i < problem->count; i++)
        problem->unknowns[i].masked = MASK_NO;
    publish_unprinted(problem, unsafe, low, count);
    if (count)
        mask_mark_far(problem);
    return RK_OK;
}

static rk_status choose(struct search *search, struct mask_tally *tally)
{
    struct mask_problem *problem = search->problem;

    tally->exact = mask_exact(search->witnesses);
    problem->coarse = true;
    RK_TRY(protect_all(search));
    prune(search);
    problem->coarse = false;
    RK_TRY(attack_and_mend(search, tally));
    for (size_t i = 0; i < problem->own; i++) {
        tally->small += problem->unknowns[i].masked == MASK_PRIMARY;
        tally->further += problem->unknowns[i].masked == MASK_SECONDARY;
        tally->followed += problem->unknowns[i].followed;
    }
    tally->programmes = search->programmes;
    tally->work = problem->work;
    tally->cut_off |= is_spent(search);
    return RK_OK;
}

rk_status mask_pattern(struct mask_problem *problem, struct mask_tally *tally)
{
    struct search search = {.problem = problem};
    rk_status status;

    *tally = (struct mask_tally){0};
    if (!problem->work_limit)
        problem->work_limit = MASK_WORK;
    problem->scratch = rk_arena_new();
    search.safe = RK_ARRAY(problem->arena, bool, problem->count + 1);
    status = find_unprinted(problem, search.safe);
    if (status == RK_OK) {
        search.witnesses = mask_witnesses_new(problem);
        status = choose(&search, tally);
    }
    rk_arena_free(problem->scratch);
    problem->scratch = NULL;
    return status;
}
