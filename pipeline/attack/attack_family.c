// SPDX-License-Identifier: MIT
#include "pipeline/attack/attack_structure.h"

#include <string.h>

static const double NOISE = 1e-6;

void attack_family_add(struct attack_family *family, size_t total, const size_t *parts,
                       size_t count)
{
    struct rk_arena *arena = family->facts->arena;
    size_t *copy = RK_ARRAY(arena, size_t, count + 1);

    for (size_t i = 0; i < count; i++)
        copy[i] = parts[i];
    RK_ROOM(arena, family->sums, family->count, family->cap);
    family->sums[family->count].total = total;
    family->sums[family->count].parts = copy;
    family->sums[family->count++].count = count;
}

/** As it is printed. */
static double shown_of(const struct attack_var *var)
{
    return var->base ? var->shown : var->low;
}

enum verdict { HOLDS, FAILS, OPEN };

/** Does a sum hold as far as it can be read? One of zeros proves nothing. */
static enum verdict judge(const struct attack_family *family, size_t at)
{
    const struct attack_facts *facts = family->facts;
    double low = 0, high = 0, shown = 0;
    const struct attack_var *total = &facts->vars[family->sums[at].total];
    bool read = attack_is_read(facts, family->sums[at].total);

    for (size_t i = 0; i < family->sums[at].count; i++) {
        size_t part = family->sums[at].parts[i];
        low += facts->vars[part].low;
        high += facts->vars[part].high;
        shown += shown_of(&facts->vars[part]);
        read = read && attack_is_read(facts, part);
    }
    if (low > total->high + NOISE || high < total->low - NOISE)
        return FAILS;
    return read && fabs(shown - shown_of(total)) < NOISE && shown > 0 ? HOLDS : OPEN;
}

void attack_family_believe(struct attack_family *family)
{
    size_t holds = 0;

    for (size_t i = 0; i < family->count; i++) {
        enum verdict verdict = judge(family, i);
        if (verdict == FAILS)
            return;
        holds += verdict == HOLDS;
    }
    for (size_t i = 0; i < family->count; i++)
        attack_sum(family->facts, family->sums[i].total, family->sums[i].parts,
                   family->sums[i].count, holds == 0, family->why);
}
