// SPDX-License-Identifier: MIT
#include "pipeline/linkage/link_block.h"

#include "pipeline/linkage/link_priv.h"

#include <pthread.h>
#include <string.h>

static uint64_t mix(uint64_t hash, uint32_t value)
{
    hash = (hash ^ value) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ (hash >> 31);
}

/* ---- keys of rows ---- */

static uint32_t both_names(const struct link_table *table, uint32_t row)
{
    const struct link_column *given = &table->columns[table->swap[0]];
    const struct link_column *surname = &table->columns[table->swap[1]];
    uint32_t a = given->list->sounds[given->value[row]];
    uint32_t b = surname->list->sounds[surname->value[row]];
    uint32_t key = (uint32_t)mix(mix(0, a < b ? a : b), a < b ? b : a);

    return a && b ? key | 1U : 0;
}

static uint32_t key_of(const struct link_plan *plan, size_t key, uint32_t row)
{
    const struct link_block_key *of = &plan->keys[key];

    return of->of_value ? of->of_value[plan->table->columns[of->key.field].value[row]]
                        : both_names(plan->table, row);
}

static bool row_hash(const struct link_plan *plan, const struct link_block_rule *rule,
                     uint32_t row, uint32_t *out)
{
    uint64_t hash = 0;

    for (size_t i = 0; i < rule->count; i++) {
        uint32_t key = key_of(plan, rule->keys[i], row);

        if (!key) return false;
        hash = mix(hash, key);
    }
    *out = (uint32_t)(hash >> 16);
    return true;
}

static bool rule_agrees(const struct link_plan *plan, const struct link_block_rule *rule,
                        uint32_t a, uint32_t b)
{
    for (size_t i = 0; i < rule->count; i++) {
        uint32_t key = key_of(plan, rule->keys[i], a);

        if (!key || key != key_of(plan, rule->keys[i], b)) return false;
    }
    return true;
}

/* ---- the rows of a rule, equal keys side by side ---- */

static void sort_pass(const uint64_t *from, uint64_t *to, size_t count, int shift)
{
    size_t starts[2048] = {0}, at = 0;

    for (size_t i = 0; i < count; i++)
        starts[(from[i] >> shift) & 2047]++;
    for (size_t i = 0; i < 2048; i++) {
        size_t here = starts[i];

        starts[i] = at;
        at += here;
    }
    for (size_t i = 0; i < count; i++)
        to[starts[(from[i] >> shift) & 2047]++] = from[i];
}

static size_t sort_rows(struct link_plan *plan, const struct link_block_rule *rule)
{
    size_t count = 0;
    uint32_t hash;

    for (uint32_t row = 0; row < plan->table->rows; row++)
        if (row_hash(plan, rule, row, &hash))
            plan->spare[count++] = (uint64_t)hash << 32 | row;
    sort_pass(plan->spare, plan->sorted, count, 32);
    sort_pass(plan->sorted, plan->spare, count, 43);
    sort_pass(plan->spare, plan->sorted, count, 54);
    return count;
}

static void leave_out(struct link_plan *plan, size_t number, size_t from, size_t to)
{
    struct link_block_rule *rule = &plan->rules[number];

    if (!plan->left_out) plan->left_out = RK_ARRAY(plan->arena, uint64_t, plan->table->rows);
    for (size_t i = from; i < to; i++)
        plan->left_out[(uint32_t)plan->sorted[i]] |= UINT64_C(1) << number;
    rule->blocks_left_out++;
    rule->rows_left_out += to - from;
    if (to - from > rule->largest) rule->largest = to - from;
}

/* ---- pairs ---- */

struct worker {
    struct link_plan *plan;
    size_t number, count; /* rule, rows sorted */
    size_t share, shares;
    link_pair_function *each;
    void *context;
};

static bool is_new(const struct worker *worker, uint32_t a, uint32_t b)
{
    const struct link_plan *plan = worker->plan;
    const struct link_table *table = plan->table;

    if (table->side && table->side[a] == table->side[b]) return false;
    if (!rule_agrees(plan, &plan->rules[worker->number], a, b)) return false;
    for (size_t r = 0; r < worker->number; r++)
        if (!(plan->left_out && (plan->left_out[a] >> r & 1)) &&
            rule_agrees(plan, &plan->rules[r], a, b))
            return false;
    return true;
}

static void run_block(const struct worker *worker, size_t from, size_t to)
{
    const uint64_t *sorted = worker->plan->sorted;

    for (size_t i = from; i < to; i++)
        for (size_t j = i + 1; j < to; j++) {
            uint32_t a = (uint32_t)sorted[i], b = (uint32_t)sorted[j];

            if (is_new(worker, a, b)) worker->each(worker->context, a, b);
        }
}

static size_t block_end(const struct link_plan *plan, size_t from, size_t count)
{
    size_t to = from + 1;

    while (to < count && plan->sorted[to] >> 32 == plan->sorted[from] >> 32)
        to++;
    return to;
}

/* Blocks are dealt out by their keys, so that each worker has its share whatever their
 * number. */
static void *run_share(void *context)
{
    const struct worker *worker = context;
    size_t to;

    for (size_t from = 0; from < worker->count; from = to) {
        to = block_end(worker->plan, from, worker->count);
        if (to - from > 1 && to - from <= worker->plan->block_max &&
            (worker->plan->sorted[from] >> 32) % worker->shares == worker->share)
            run_block(worker, from, to);
    }
    return NULL;
}

static void *run_all(void *context)
{
    const struct worker *worker = context;
    const struct link_table *table = worker->plan->table;

    for (uint32_t a = (uint32_t)worker->share; a < table->rows; a += (uint32_t)worker->shares)
        for (uint32_t b = a + 1; b < table->rows; b++)
            if (!table->side || table->side[a] != table->side[b])
                worker->each(worker->context, a, b);
    return NULL;
}

/* Without a second thread the shares are worked through one after the other. */
static void run_workers(struct worker *workers, size_t count, void *(*work)(void *))
{
    pthread_t threads[LINK_WORKERS];
    bool started[LINK_WORKERS] = {false};

    for (size_t i = 1; i < count; i++)
        started[i] = pthread_create(&threads[i], NULL, work, &workers[i]) == 0;
    work(&workers[0]);
    for (size_t i = 1; i < count; i++) {
        if (started[i])
            pthread_join(threads[i], NULL);
        else
            work(&workers[i]);
    }
}

static void mark_large_blocks(struct link_plan *plan, size_t number, size_t count)
{
    size_t to;

    for (size_t from = 0; from < count; from = to) {
        to = block_end(plan, from, count);
        if (to - from > plan->block_max) leave_out(plan, number, from, to);
    }
}

void link_plan_pairs(struct link_plan *plan, link_pair_function *each, void *const *contexts,
                     size_t workers)
{
    struct worker shares[LINK_WORKERS];
    size_t rules = plan->all ? 1 : plan->rule_count;

    for (size_t r = 0; r < rules; r++) {
        struct link_block_rule *rule = &plan->rules[r];
        size_t count = 0;

        if (!plan->all) {
            rule->blocks_left_out = rule->rows_left_out = 0;
            count = sort_rows(plan, rule);
            mark_large_blocks(plan, r, count);
        }
        for (size_t i = 0; i < workers; i++)
            shares[i] = (struct worker){plan, r, count, i, workers, each, contexts[i]};
        run_workers(shares, workers, plan->all ? run_all : run_share);
    }
}
