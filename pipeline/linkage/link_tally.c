// SPDX-License-Identifier: MIT
#include "pipeline/linkage/link_tally.h"

#include "pipeline/linkage/link_priv.h"

#include <stdlib.h>
#include <string.h>

/* ---- a count for each pattern ---- */

struct counter {
    const struct link_table *table;
    struct rk_arena *arena;
    link_pattern *patterns;
    uint64_t *counts;
    size_t count, slot_count;
    uint64_t every; /* of so many pairs one is counted */
};

static uint64_t scatter(uint64_t x)
{
    x = (x ^ (x >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
    return x ^ (x >> 31);
}

static struct counter counter_new(const struct link_table *table, uint64_t every)
{
    struct counter counter = {.table = table, .arena = rk_arena_new(), .every = every};

    counter.slot_count = 1024;
    counter.patterns = RK_ARRAY(counter.arena, link_pattern, counter.slot_count);
    counter.counts = RK_ARRAY(counter.arena, uint64_t, counter.slot_count);
    return counter;
}

static void put(struct counter *counter, link_pattern pattern, uint64_t pairs);

static void grow(struct counter *counter)
{
    struct counter old = *counter;

    counter->slot_count *= 2;
    counter->count = 0;
    counter->patterns = RK_ARRAY(counter->arena, link_pattern, counter->slot_count);
    counter->counts = RK_ARRAY(counter->arena, uint64_t, counter->slot_count);
    for (size_t i = 0; i < old.slot_count; i++)
        if (old.counts[i]) put(counter, old.patterns[i], old.counts[i]);
}

static void put(struct counter *counter, link_pattern pattern, uint64_t pairs)
{
    size_t at = (size_t)scatter(pattern) & (counter->slot_count - 1);

    while (counter->counts[at] && counter->patterns[at] != pattern)
        at = (at + 1) & (counter->slot_count - 1);
    counter->count += !counter->counts[at];
    counter->patterns[at] = pattern;
    counter->counts[at] += pairs;
    if (2 * counter->count > counter->slot_count) grow(counter);
}

static void count_pair(void *context, uint32_t a, uint32_t b)
{
    struct counter *counter = context;

    if (counter->every > 1 && scatter((uint64_t)a << 32 | b) % counter->every) return;
    put(counter, link_compare(counter->table, a, b), 1);
}

/* ---- in order ---- */

struct entry {
    link_pattern pattern;
    uint64_t count;
};

static int by_pattern(const void *a, const void *b)
{
    const struct entry *left = a;
    const struct entry *right = b;

    return (left->pattern > right->pattern) - (left->pattern < right->pattern);
}

static void finish(struct rk_arena *arena, const struct counter *counter,
                   struct link_tally *out)
{
    struct entry *entries = RK_ARRAY(arena, struct entry, counter->count + 1);
    size_t count = 0;

    for (size_t i = 0; i < counter->slot_count; i++)
        if (counter->counts[i])
            entries[count++] = (struct entry){counter->patterns[i], counter->counts[i]};
    qsort(entries, count, sizeof *entries, by_pattern);
    *out = (struct link_tally){.patterns = RK_ARRAY(arena, link_pattern, count + 1),
                               .counts = RK_ARRAY(arena, double, count + 1),
                               .count = count};
    for (size_t i = 0; i < count; i++) {
        out->patterns[i] = entries[i].pattern;
        out->counts[i] = (double)(entries[i].count * counter->every);
    }
}

/* ---- pairs of a plan ---- */

enum { PAIRS_COUNTED = 6000000 };

/* Of many rows a part of the pairs tells as much as all. */
static uint64_t one_of(const struct link_plan *plan)
{
    return (uint64_t)(plan->expected / PAIRS_COUNTED) + 1;
}

void link_tally_blocked(struct rk_arena *arena, struct link_plan *plan,
                        struct link_tally *out)
{
    struct counter counters[LINK_WORKERS];
    void *contexts[LINK_WORKERS];
    uint64_t every = one_of(plan);

    for (int i = 0; i < LINK_WORKERS; i++) {
        counters[i] = counter_new(plan->table, every);
        contexts[i] = &counters[i];
    }
    link_plan_pairs(plan, count_pair, contexts, plan->workers);
    for (int i = 1; i < LINK_WORKERS; i++) {
        for (size_t at = 0; at < counters[i].slot_count; at++)
            if (counters[i].counts[at])
                put(&counters[0], counters[i].patterns[at], counters[i].counts[at]);
        rk_arena_free(counters[i].arena);
    }
    finish(arena, &counters[0], out);
    rk_arena_free(counters[0].arena);
}

/* ---- pairs at random ---- */

enum { RANDOM_PAIRS = 1000000 };

double link_tally_pairs(const struct link_table *table)
{
    double rows = (double)table->rows, ones = 0;

    if (!table->side) return rows * (rows - 1) / 2;
    for (size_t row = 0; row < table->rows; row++)
        ones += table->side[row] != 0;
    return ones * (rows - ones);
}

static void count_all(struct counter *counter)
{
    const struct link_table *table = counter->table;

    for (uint32_t a = 0; a < table->rows; a++)
        for (uint32_t b = a + 1; b < table->rows; b++)
            if (!table->side || table->side[a] != table->side[b])
                count_pair(counter, a, b);
}

static void count_some(struct counter *counter)
{
    const struct link_table *table = counter->table;
    uint64_t seed = 0;
    long tries = 0;

    for (long done = 0; done < RANDOM_PAIRS && tries < 50L * RANDOM_PAIRS; tries++) {
        uint64_t a = scatter(++seed * UINT64_C(0x9E3779B97F4A7C15)) % table->rows;
        uint64_t b = scatter(++seed * UINT64_C(0x9E3779B97F4A7C15)) % table->rows;

        if (a == b || (table->side && table->side[a] == table->side[b])) continue;
        count_pair(counter, (uint32_t)a, (uint32_t)b);
        done++;
    }
}

void link_tally_random(struct rk_arena *arena, const struct link_table *table,
                       struct link_tally *out)
{
    struct counter counter = counter_new(table, 1);

    if ((double)table->rows * (double)(table->rows - 1) / 2 <= RANDOM_PAIRS)
        count_all(&counter);
    else if (table->rows > 1)
        count_some(&counter);
    finish(arena, &counter, out);
    rk_arena_free(counter.arena);
}
