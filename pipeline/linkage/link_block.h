// SPDX-License-Identifier: MIT
#ifndef LINKAGE_BLOCK_H
#define LINKAGE_BLOCK_H

#include "pipeline/linkage/link_table.h"

/** A key with its value for every value of its column: 0 says nothing. */
struct link_block_key {
    struct link_key key;
    uint32_t *of_value; /**< NULL for LINK_BOTH, which looks at two columns */
    double chance;      /**< that two rows at random agree in it */
    size_t largest;     /**< rows with its commonest value */
};

struct link_block_rule {
    size_t keys[LINK_KEYS_MAX]; /**< positions in the plan's keys */
    size_t count;
    size_t blocks_left_out, rows_left_out, largest; /**< blocks beyond LINK_BLOCK_MAX */
};

/** Which pairs are worth comparing: those that agree in all keys of at least one rule. */
struct link_plan {
    const struct link_table *table;
    struct rk_arena *arena;
    struct link_block_key *keys;
    size_t key_count, key_cap;
    struct link_block_rule rules[LINK_RULES_MAX];
    size_t rule_count;
    double expected;    /**< pairs, of rules chosen from the data */
    bool all;           /**< so few rows that every pair is compared */
    uint64_t *left_out; /**< by row: bits of rules whose block of it is too large */
    size_t block_max;
    size_t workers;     /**< threads: 1, or 2 */
    uint64_t *sorted;   /**< hash and row, of the rule in hand; two of them by turns */
    uint64_t *spare;
};

/** A block of more rows than this is left out, with a message: its pairs are compared where
 *  another rule brings them together. Keeps time in line with rows. The study's own rules are trusted with
 *  larger ones. */
enum { LINK_BLOCK_MAX = 400, LINK_BLOCK_MAX_OWN = 5000, LINK_ALL_PAIRS_UP_TO = 1400 };

/**
 * The study's rules, or, without any, rules chosen from the data: every combination of up
 * to three parts of different fields that is rare enough to be worth comparing, so that any
 * two fields that agree bring a pair together. What is chosen depends on the rows' content,
 * not their order.
 */
void link_plan_make(struct link_plan *plan, struct rk_arena *arena,
                    const struct link_table *table, const struct link_rule *rules,
                    size_t count);

typedef void link_pair_function(void *context, uint32_t a, uint32_t b);

/** Calls `each` of `workers` (1 or 2) contexts, a thread each, for its share of the pairs:
 *  every pair once, a < b. Which worker meets which pair, and when, is left open. */
void link_plan_pairs(struct link_plan *plan, link_pair_function *each, void *const *contexts,
                     size_t workers);

/** "surname (sound), born (year)" for messages. */
const char *link_plan_rule_words(struct rk_arena *arena, const struct link_plan *plan,
                                 const struct link_block_rule *rule);

#endif
