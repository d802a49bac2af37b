// SPDX-License-Identifier: MIT
#ifndef CONTRACT_PART_TIES_H
#define CONTRACT_PART_TIES_H

#include "pipeline/base/rk_arena.h"

#include <stdbool.h>
#include <stdint.h>

/**
 * References whose rows must be in one part, because the study joins them: those of one person, and
 * those that stand on records of one number. Known by their hashes: two references of one hash
 * would come to one part without need, and nothing else. Only references that are tied to others take
 * memory.
 */
struct part_ties {
    struct rk_arena *arena; /**< the caller's */
    struct part_tie {
        uint64_t one, other;
    } * ties;
    size_t count, cap;
    uint64_t *known, *first; /**< once settled: tied references in order, and the first tied to each */
    size_t known_count;
};

/** Hash of a text; the same on every machine, and in every release that can merge. */
uint64_t part_hash(const char *text);
void part_ties_add(struct part_ties *ties, uint64_t one, uint64_t other);
/** When all have been added: chains of ties are one. */
void part_ties_settle(struct part_ties *ties);
/** The first of all that a reference is tied to; itself when it is tied to none. */
uint64_t part_ties_first(const struct part_ties *ties, uint64_t reference);

#endif
