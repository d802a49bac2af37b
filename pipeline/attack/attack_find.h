// SPDX-License-Identifier: MIT
#ifndef ATTACK_FIND_H
#define ATTACK_FIND_H

#include "pipeline/attack/attack_release.h"

/** What an attack has come to: one line of its report. */
enum attack_kind {
    ATTACK_NARROWED, /**< a masked count lies in a range smaller than promised */
    ATTACK_PRINTED,  /**< a small count is printed */
    ATTACK_REST,     /**< a count and its base are printed, and few are left of the base */
    ATTACK_GROWN,    /**< two releases are printed, and few have come between them */
    ATTACK_AVERAGE,  /**< a mean or spread of a few people is printed */
    ATTACK_WORDS,    /**< a sentence, a line or an alt text gives a number for a masked place */
};

struct attack_finding {
    enum attack_kind kind;
    const char *cell;      /**< "ethnicity.indian.all", "" for a base */
    const char *words, *place;
    double low, high;      /**< in counts; of ATTACK_WORDS the number as printed */
    bool percent;          /**< of ATTACK_WORDS: a percentage */
    bool assumed;          /**< rests on sums that look so but cannot be checked */
    bool others;           /**< it is not the count but what is left of its base */
    size_t release;
    const struct attack_spot *spot; /**< NULL: a base or a plain table */
};

struct attack_findings {
    struct rk_arena *arena;
    struct attack_finding *all;
    size_t count, cap;
};

void attack_find_add(struct attack_findings *findings, const struct attack_finding *finding);

/**
 * What is known by now that should not be. Call it after a solution; with `assumed` it adds only
 * what was not found before.
 */
void attack_find(const struct attack_facts *facts, const struct attack_release *releases,
                 size_t count, bool assumed, struct attack_findings *findings);

const char *attack_kind_name(enum attack_kind kind);
/** A sentence. */
const char *attack_say(struct rk_arena *arena, const struct attack_finding *finding);

#endif
