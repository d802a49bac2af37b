// SPDX-License-Identifier: MIT
#include "pipeline/contract/cells_priv.h"

#include "pipeline/contract/contract_priv.h"
#include "pipeline/contract/manifest.h"

#include <stdlib.h>
#include <string.h>

static int by_text(const void *a, const void *b)
{
    const char *const *left = a;
    const char *const *right = b;

    return strcmp(*left, *right);
}

const char *results_sum_key(struct rk_arena *arena, const struct sum *sum)
{
    const char **parts = RK_ARRAY(arena, const char *, sum->count + 1);
    size_t bytes = strlen(sum->total) + 2;
    char *key, *end;

    for (size_t i = 0; i < sum->count; i++) {
        parts[i] = sum->parts[i];
        bytes += strlen(parts[i]) + 1;
    }
    qsort(parts, sum->count, sizeof *parts, by_text);
    key = rk_arena_alloc(arena, bytes, 1);
    end = stpcpy(key, sum->total);
    for (size_t i = 0; i < sum->count; i++) {
        *end++ = i ? '\1' : '\2';
        end = stpcpy(end, parts[i]);
    }
    return key;
}

void results_name_stage(struct results *results, const char *stage)
{
    unsigned bit = results_stage_bit(stage);
    struct rk_map *seen = rk_map_new(results->arena);

    for (size_t i = 0; i < results->quantity_count; i++)
        results->quantities[i].stages |= bit;
    for (size_t i = 0; i < results->sum_count; i++)
        results->sums[i].stages |= bit;
    results->stages = NULL;
    results->stage_count = results->stage_cap = 0;
    for (size_t i = 0; i < results->cell_count; i++) {
        const char *name = results->cells[i].result;

        if (rk_map_add(seen, name) < results->stage_count) continue;
        RK_ROOM(results->arena, results->stages, results->stage_count, results->stage_cap);
        results->stages[results->stage_count++] = (struct result_stage){name, bit};
    }
}

void results_add_link(struct results *results, const struct cell *cell, const char *quantity,
                      enum link_part part)
{
    long at = rk_map_find(results->quantity_index, quantity);
    long value = results->quantities[at].value;

    if (part == LINK_INTERVAL)
        results_quantity_interval(results, cell, quantity, value, true);
    else
        results_quantity(results, cell, quantity, value, true);
}

/* A copy whose lists can grow without touching those of the original. */
static struct results *copy_of(const struct results *from)
{
    struct results *to = results_new(from->arena);

    for (size_t i = 0; i < from->cell_count; i++)
        results_add_cell(to, &from->cells[i]);
    for (size_t i = 0; i < from->base_count; i++) {
        const struct base *base = &from->bases[i];

        results_base(to, base->id, base->unit, base->n, base->sentence, base->parent,
                     base->rule);
    }
    for (size_t i = 0; i < from->quantity_count; i++) {
        const struct quantity *quantity = &from->quantities[i];

        results_quantity(to, NULL, quantity->id, quantity->value, quantity->open);
        results_quantity_people(to, quantity->id, quantity->people);
    }
    for (size_t i = 0; i < from->sum_count; i++)
        results_sum(to, from->sums[i].total, from->sums[i].parts, from->sums[i].count);
    for (size_t i = 0; i < from->link_count; i++) {
        const struct cell_link *link = &from->links[i];

        results_add_link(to, results_find(to, link->cell), link->quantity, link->part);
    }
    return to;
}

/* The results that the other stage wrote and this one does not. */
static struct rk_map *kept_results(const struct results *old, const struct results *now,
                                   unsigned bit)
{
    struct rk_map *made = rk_map_new(now->arena);
    struct rk_map *kept = rk_map_new(now->arena);

    for (size_t i = 0; i < now->stage_count; i++)
        rk_map_add(made, now->stages[i].result);
    for (size_t i = 0; i < old->stage_count; i++)
        if (old->stages[i].stage != bit && rk_map_find(made, old->stages[i].result) < 0)
            rk_map_add(kept, old->stages[i].result);
    return kept;
}

static void keep_base(const struct results *old, const char *id, struct results *into)
{
    const struct base *base = results_find_base(old, id);

    if (!base || results_find_base(into, id)) return;
    results_base(into, base->id, base->unit, base->n, base->sentence, base->parent,
                 base->rule);
    keep_base(old, base->parent, into);
}

static void keep_cells(const struct results *old, const struct rk_map *kept,
                       struct results *into)
{
    for (size_t i = 0; i < old->cell_count; i++) {
        const struct cell *cell = &old->cells[i];

        if (rk_map_find(kept, cell->result) < 0) continue;
        results_add_cell(into, cell);
        keep_base(old, cell->base_id, into);
    }
}

/* When both stages counted the same people the count of this run stands. */
static void keep_quantities(const struct results *old, unsigned bit, struct results *into)
{
    for (size_t i = 0; i < old->quantity_count; i++) {
        const struct quantity *quantity = &old->quantities[i];
        unsigned others = quantity->stages & ~bit;
        long at = rk_map_find(into->quantity_index, quantity->id);

        if (!others) continue;
        if (at < 0) {
            results_quantity(into, NULL, quantity->id, quantity->value, quantity->open);
            results_quantity_people(into, quantity->id, quantity->people);
            at = (long)into->quantity_count - 1;
        }
        into->quantities[at].stages |= others;
        into->quantities[at].open = into->quantities[at].open && quantity->open;
    }
}

static void keep_sums(const struct results *old, unsigned bit, struct results *into)
{
    struct rk_map *keys = rk_map_new(into->arena);

    for (size_t i = 0; i < into->sum_count; i++)
        rk_map_add(keys, results_sum_key(into->arena, &into->sums[i]));
    for (size_t i = 0; i < old->sum_count; i++) {
        const struct sum *sum = &old->sums[i];
        unsigned others = sum->stages & ~bit;
        long at = rk_map_find(keys, results_sum_key(into->arena, sum));

        if (!others) continue;
        if (at < 0) {
            results_sum(into, sum->total, sum->parts, sum->count);
            at = (long)into->sum_count - 1;
        }
        into->sums[at].stages |= others;
    }
}

static void keep_links(const struct results *old, const struct rk_map *kept,
                       struct results *into)
{
    for (size_t i = 0; i < old->link_count; i++) {
        const struct cell_link *link = &old->links[i];
        const struct cell *cell = results_find(old, link->cell);
        long at = rk_map_find(into->quantity_index, link->quantity);

        if (rk_map_find(kept, cell->result) < 0 || at < 0) continue;
        results_add_link(into, results_find(into, link->cell), link->quantity, link->part);
    }
}

static void keep_stages(const struct results *old, const struct rk_map *kept,
                        struct results *into)
{
    for (size_t i = 0; i < old->stage_count; i++) {
        if (rk_map_find(kept, old->stages[i].result) < 0) continue;
        RK_ROOM(into->arena, into->stages, into->stage_count, into->stage_cap);
        into->stages[into->stage_count++] = old->stages[i];
    }
}

const char *results_so_far(const struct rk_run *run)
{
    const char *staged = manifest_staged(run, "30-results");

    return run->of_many && contract_exists(run, staged, "cells.csv") ? staged : "30-results";
}

bool results_read_again(struct rk_run *run, struct results **out)
{
    struct rk_run quiet = *run;
    bool fine;

    if (!contract_exists(run, results_so_far(run), "cells.csv")) return false;
    quiet.diag = rk_diag_new(NULL);
    fine = results_read(&quiet, results_so_far(run), out) == RK_OK;
    rk_diag_free(quiet.diag);
    return fine;
}

static void say_lost(struct rk_run *run, const char *stage)
{
    if (!contract_exists(run, "30-results", "cells.csv")) return;
    rk_diag_say(run->diag, RK_DIAG_WARNING, RK_AT(rk_run_path(run, "30-results", NULL), 0, 0),
                "was written by another version of reckon, or is damaged; it is made anew, and "
                "`reckon %s` has to run, too",
                strcmp(stage, "change") == 0 ? "tabulate" : "change");
}

rk_status results_merge(struct rk_run *run, const struct results *results,
                        const char *stage, const struct results *there, struct results **out)
{
    unsigned bit = results_stage_bit(stage);
    struct results *into = copy_of(results), *read;
    const struct results *old = there;
    struct rk_map *kept;

    results_name_stage(into, stage);
    *out = into;
    if (!there) {
        if (!results_read_again(run, &read)) {
            say_lost(run, stage);
            return RK_OK;
        }
        old = read;
    }
    kept = kept_results(old, into, bit);
    keep_cells(old, kept, into);
    keep_quantities(old, bit, into);
    keep_sums(old, bit, into);
    keep_links(old, kept, into);
    keep_stages(old, kept, into);
    return RK_OK;
}
