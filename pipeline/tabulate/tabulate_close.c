// SPDX-License-Identifier: MIT
#include "pipeline/tabulate/tabulate_close.h"

#include "pipeline/tabulate/tabulate_behind.h"
#include "pipeline/tabulate/tabulate_who.h"

#include <string.h>

/* Looser descriptions tried for one count before giving up; four variables have 4^4. */
enum { MOST_TRIED = 512 };

struct closing {
    struct tab_desk *desk;
    struct rk_arena *arena, *scratch;
    struct results *results;
    const struct results *others;
    size_t own;            /* quantities before closing */
    struct rk_map *stated; /* "total\npart" */
};

/* A larger set on the way up from a count. */
struct looser {
    struct tab_who who;
    bool missing_only; /* nothing but missing answers lies between */
    bool first;        /* it is the count itself */
    const char *id;
    const char *between; /* after one step: who lies between; else NULL */
};

static const struct quantity *find(const struct closing *closing, const char *id, bool *own)
{
    long at = rk_map_find(closing->results->quantity_index, id);

    *own = at >= 0 && (size_t)at < closing->own;
    if (*own) return &closing->results->quantities[at];
    at = closing->others ? rk_map_find(closing->others->quantity_index, id) : -1;
    return at < 0 ? NULL : &closing->others->quantities[at];
}

static const char *pair_key(struct rk_arena *arena, const char *total, const char *part)
{
    return rk_arena_printf(arena, "%s\n%s", total, part);
}

static void note_sums(struct closing *closing, const struct results *results)
{
    for (size_t i = 0; results && i < results->sum_count; i++) {
        for (size_t j = 0; j < results->sums[i].count; j++)
            rk_map_add(closing->stated, pair_key(closing->scratch, results->sums[i].total,
                                                 results->sums[i].parts[j]));
    }
}

/* The people between, by their own name where that is free. */
static const char *between_name(const struct closing *closing, const struct quantity *total,
                                const struct quantity *part, const char *between,
                                bool *open)
{
    long at = between ? rk_map_find(closing->results->quantity_index, between) : -1;

    if (at >= 0 && closing->results->quantities[at].value == total->value - part->value) {
        *open = true; /* as it is */
        return between;
    }
    if (between && at < 0) return between;
    return rk_arena_printf(closing->arena, "%s less %s", total->id, part->id);
}

static void state(struct closing *closing, const struct quantity *total,
                  const struct quantity *part, const struct looser *looser)
{
    const char *key = pair_key(closing->scratch, total->id, part->id), *parts[2];
    bool open = looser->missing_only, known;
    struct quantity whole = *total, within = *part;

    if (rk_map_find(closing->stated, key) >= 0 || whole.value < within.value) return;
    rk_map_add(closing->stated, key);
    parts[0] = within.id;
    parts[1] = between_name(closing, &whole, &within, looser->between, &open);
    if (strcmp(parts[1], whole.id) == 0) return; /* nobody can be in the part */
    results_quantity(closing->results, NULL, whole.id, whole.value, whole.open);
    results_quantity(closing->results, NULL, within.id, within.value, within.open);
    results_quantity_people(closing->results, whole.id, whole.people);
    results_quantity_people(closing->results, within.id, within.people);
    known = rk_map_find(closing->results->quantity_index, parts[1]) >= 0;
    results_quantity(closing->results, NULL, parts[1], whole.value - within.value, open);
    if (!known)
        results_quantity_people(
            closing->results, parts[1],
            tab_behind_least(closing->desk, looser->who.frame, &whole, &within));
    results_sum(closing->results, whole.id, parts, 2);
}

static bool is_missing_step(const struct tab_who *who, size_t way)
{
    if (way < who->count)
        return strcmp(who->terms[way].code, TAB_ANSWERED) == 0 ||
               strcmp(who->terms[way].code, TAB_ASKED) == 0;
    return way < who->count + who->where_count &&
           who->where[way - who->count][0] == TAB_KNOWN;
}

struct list {
    struct looser *items;
    size_t count, cap;
};

static void push(struct closing *closing, struct list *list, const struct looser *looser)
{
    if (list->count == MOST_TRIED) return;
    RK_ROOM(closing->scratch, list->items, list->count, list->cap);
    list->items[list->count++] = *looser;
}

/* The sets still to be loosened, and those that are counted. */
struct climb {
    struct list open, counted;
    struct rk_map *seen;
};

/* One step in one direction. */
static void step(struct closing *closing, struct climb *climb, const struct looser *at,
                 size_t way)
{
    bool own;
    struct looser looser = {.missing_only =
                                at->missing_only && is_missing_step(&at->who, way)};
    struct tab_who between;

    tab_who_weaker(closing->scratch, &at->who, way, &looser.who, &between);
    looser.id = tab_who_id(closing->scratch, &looser.who);
    if (rk_map_find(climb->seen, looser.id) >= 0) return;
    rk_map_add(climb->seen, looser.id);
    /* A client may have both a record that fits and one that does not. */
    if (at->first && !strchr(at->who.frame, '.'))
        looser.between = tab_who_id(closing->scratch, &between);
    push(closing, find(closing, looser.id, &own) ? &climb->counted : &climb->open, &looser);
}

/* Only the nearest: what lies beyond another that is counted follows from that one. */
static bool is_nearest(const struct list *counted, size_t at)
{
    for (size_t i = 0; i < counted->count; i++) {
        if (i != at && tab_who_within(&counted->items[i].who, &counted->items[at].who))
            return false;
    }
    return true;
}

static void state_nearest(struct closing *closing, const struct list *counted,
                          const struct quantity *part, bool own)
{
    for (size_t i = 0; i < counted->count; i++) {
        const struct looser *looser = &counted->items[i];
        bool total_own;
        const struct quantity *total = find(closing, looser->id, &total_own);

        if ((own || total_own) && is_nearest(counted, i))
            state(closing, total, part, looser);
    }
}

/* Differences that a closing made, and steps of the flow, lie within nothing but their
 * total. */
static bool stands_apart(const char *id)
{
    return strstr(id, ".flow|") || strstr(id, " less ") || strchr(id, '~');
}

/* Up from a count in every direction, as far as the nearest counts that stand. */
static void climb(struct closing *closing, const struct quantity *part, bool own)
{
    struct climb climb = {.seen = rk_map_new(closing->scratch)};
    struct looser from = {.missing_only = true};
    struct quantity copy = *part;

    if (stands_apart(copy.id) || !tab_who_parse(closing->scratch, copy.id, &from.who))
        return;
    push(closing, &climb.open, &from);
    for (size_t next = 0; next < climb.open.count; next++) {
        struct looser at = climb.open.items[next];

        at.first = next == 0;
        for (size_t way = 0; way < tab_who_ways(&at.who); way++)
            step(closing, &climb, &at, way);
    }
    state_nearest(closing, &climb.counted, &copy, own);
}

void tab_close(struct tab_desk *desk, const struct results *others)
{
    struct rk_arena *keep = rk_arena_new();
    struct results *results = desk->results;
    struct closing closing = {
        .desk = desk,
        .arena = desk->arena,
        .scratch = keep,
        .results = results,
        .others = others,
        .own = results->quantity_count,
        .stated = rk_map_new(desk->arena),
    };

    note_sums(&closing, results);
    note_sums(&closing, others);
    for (size_t i = 0; i < closing.own; i++) {
        rk_arena_reset(keep);
        climb(&closing, &results->quantities[i], true);
    }
    for (size_t i = 0; others && i < others->quantity_count; i++) {
        long at = rk_map_find(results->quantity_index, others->quantities[i].id);

        rk_arena_reset(keep);
        if (at < 0 || (size_t)at >= closing.own)
            climb(&closing, &others->quantities[i], false);
    }
    rk_arena_free(keep);
}
