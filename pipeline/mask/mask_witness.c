// SPDX-License-Identifier: MIT
#include "pipeline/mask/mask_witness.h"

#include <string.h>

static const double SLACK = 1e-6;

struct mask_witnesses *mask_witnesses_new(struct mask_problem *problem)
{
    struct mask_witnesses *witnesses = RK_NEW(problem->arena, struct mask_witnesses);

    witnesses->problem = problem;
    witnesses->small = RK_ARRAY(problem->arena, struct mask_small, problem->count + 1);
    witnesses->small_at = RK_ARRAY(problem->arena, size_t, problem->count + 1);
    witnesses->needed = RK_ARRAY(problem->arena, bool, problem->count + 1);
    for (size_t i = 0; i < problem->count; i++) {
        if (!mask_is_small(problem, i))
            continue;
        problem->unknowns[i].masked = MASK_PRIMARY;
        problem->unknowns[i].because = "small count";
        mask_witness_hold(witnesses, i);
    }
    return witnesses;
}

size_t mask_witness_hold(struct mask_witnesses *witnesses, size_t unknown)
{
    if (!witnesses->small_at[unknown]) {
        witnesses->small[witnesses->small_count++].unknown = unknown;
        witnesses->small_at[unknown] = witnesses->small_count;
    }
    return witnesses->small_at[unknown] - 1;
}

bool mask_is_safe(const struct mask_witnesses *witnesses, size_t small)
{
    const struct mask_small *s = &witnesses->small[small];

    return s->high - s->low >= mask_wanted(witnesses->problem, s->unknown) - SLACK;
}

/** What witness `at` says of the small counts that it moves. */
static void learn(struct mask_witnesses *witnesses, size_t at)
{
    const struct mask_move *move = &witnesses->moves[at];

    for (size_t i = 0; i < move->count; i++) {
        size_t small = witnesses->small_at[move->unknown[i]];
        if (!small)
            continue;
        struct mask_small *s = &witnesses->small[small - 1];
        if (move->by[i] > s->high) {
            s->high = move->by[i];
            s->high_from = at + 1;
        }
        if (move->by[i] < s->low) {
            s->low = move->by[i];
            s->low_from = at + 1;
        }
    }
}

static void learn_all(struct mask_witnesses *witnesses)
{
    for (size_t i = 0; i < witnesses->small_count; i++)
        witnesses->small[i] = (struct mask_small){.unknown = witnesses->small[i].unknown};
    for (size_t i = 0; i < witnesses->count; i++)
        if (!witnesses->dropped[i])
            learn(witnesses, i);
}

static void make_room(struct mask_witnesses *witnesses)
{
    struct rk_arena *arena = witnesses->problem->arena;
    size_t count = witnesses->count, cap = 2 * count + 64;

    if (count < witnesses->flags_cap)
        return;
    witnesses->dropped =
        rk_arena_grow(arena, witnesses->dropped, count, cap, sizeof *witnesses->dropped);
    witnesses->used = rk_arena_grow(arena, witnesses->used, count, cap, sizeof *witnesses->used);
    witnesses->flags_cap = cap;
}

void mask_witness_add(struct mask_witnesses *witnesses, const struct mask_move *move,
                      const char *because)
{
    struct mask_problem *problem = witnesses->problem;

    for (size_t i = 0; i < move->count; i++) {
        struct mask_unknown *u = &problem->unknowns[move->unknown[i]];
        if (mask_hidden(problem, move->unknown[i]))
            continue;
        u->masked = MASK_SECONDARY;
        u->because = because;
    }
    make_room(witnesses);
    RK_ROOM(problem->arena, witnesses->moves, witnesses->count, witnesses->cap);
    witnesses->dropped[witnesses->count] = false;
    witnesses->moves[witnesses->count++] = *move;
    learn(witnesses, witnesses->count - 1);
}

void mask_witness_forget(struct mask_witnesses *witnesses, size_t small)
{
    witnesses->small[small] = (struct mask_small){.unknown = witnesses->small[small].unknown};
}

static bool moves(const struct mask_move *move, size_t unknown)
{
    for (size_t i = 0; i < move->count; i++)
        if (move->unknown[i] == unknown)
            return true;
    return false;
}

void mask_witness_drop(struct mask_witnesses *witnesses, size_t unknown)
{
    for (size_t i = 0; i < witnesses->count; i++)
        witnesses->dropped[i] |= moves(&witnesses->moves[i], unknown);
    learn_all(witnesses);
}

void mask_witness_keep(struct mask_witnesses *witnesses, size_t count, const bool *dropped)
{
    witnesses->count = count;
    memcpy(witnesses->dropped, dropped, count * sizeof *dropped);
    learn_all(witnesses);
}

/* ---- what is rested on ---- */

static void find_used(struct mask_witnesses *witnesses)
{
    memset(witnesses->used, 0, witnesses->count * sizeof *witnesses->used);
    for (size_t i = 0; i < witnesses->small_count; i++) {
        const struct mask_small *s = &witnesses->small[i];
        if (s->high_from)
            witnesses->used[s->high_from - 1] = true;
        if (s->low_from)
            witnesses->used[s->low_from - 1] = true;
    }
}

void mask_witness_tidy(struct mask_witnesses *witnesses)
{
    struct mask_problem *problem = witnesses->problem;

    if (!witnesses->count)
        return;
    find_used(witnesses);
    memset(witnesses->needed, 0, problem->count * sizeof *witnesses->needed);
    for (size_t i = 0; i < witnesses->count; i++) {
        const struct mask_move *move = &witnesses->moves[i];
        witnesses->dropped[i] |= !witnesses->used[i];
        for (size_t k = 0; witnesses->used[i] && k < move->count; k++)
            witnesses->needed[move->unknown[k]] = true;
    }
    for (size_t i = 0; i < problem->count; i++)
        if (problem->unknowns[i].masked == MASK_SECONDARY && !witnesses->needed[i])
            problem->unknowns[i].masked = MASK_NO;
}
