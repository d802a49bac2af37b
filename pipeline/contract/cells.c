// SPDX-License-Identifier: MIT
#include "pipeline/contract/cells.h"
#include "pipeline/contract/cells_priv.h"

#include <assert.h>
#include <string.h>

static const char *const unit_names[] = {
    [UNIT_CLIENTS] = "clients", [UNIT_RECORDS] = "records", [UNIT_PERCENT] = "percent",
    [UNIT_POINTS] = "points",   [UNIT_SCORE] = "score",     [UNIT_DAYS] = "days",
    [UNIT_YEARS] = "years",     [UNIT_RATIO] = "ratio",     [UNIT_P] = "p",
    [UNIT_NUMBER] = "number",
};

static const char *const mark_names[] = {
    [MARK_NONE] = "",           [MARK_MASKED] = "c",
    [MARK_LOW] = "low",         [MARK_NOT_APPLICABLE] = "z",
    [MARK_NOT_AVAILABLE] = "x", [MARK_INTERVAL] = "ci",
    [MARK_ROUNDED] = "r",
};

static const char *const part_names[] = {
    [LINK_VALUE] = "value",
    [LINK_INTERVAL] = "interval",
};

const char *cell_unit_name(enum cell_unit unit)
{
    return unit_names[unit];
}

const char *cell_mark_name(enum cell_mark mark)
{
    return mark_names[mark];
}

const char *link_part_name(enum link_part part)
{
    return part_names[part];
}

static bool name_position(const char *name, const char *const *names, size_t count,
                          int *out)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i], name) == 0) {
            *out = (int)i;
            return true;
        }
    }
    return false;
}

bool cell_unit_parse(const char *name, enum cell_unit *unit)
{
    int at = 0;
    bool known =
        name_position(name, unit_names, sizeof unit_names / sizeof *unit_names, &at);

    *unit = (enum cell_unit)at;
    return known;
}

bool cell_mark_parse(const char *name, enum cell_mark *mark)
{
    int at = 0;
    bool known =
        name_position(name, mark_names, sizeof mark_names / sizeof *mark_names, &at);

    *mark = (enum cell_mark)at;
    return known;
}

bool link_part_parse(const char *name, enum link_part *part)
{
    int at = 0;
    bool known =
        name_position(name, part_names, sizeof part_names / sizeof *part_names, &at);

    *part = (enum link_part)at;
    return known;
}

struct results *results_new(struct rk_arena *arena)
{
    struct results *results = RK_NEW(arena, struct results);

    results->arena = arena;
    results->cell_index = rk_map_new(arena);
    results->base_index = rk_map_new(arena);
    results->quantity_index = rk_map_new(arena);
    return results;
}

struct cell *results_add_cell(struct results *results, const struct cell *cell)
{
    size_t at = rk_map_add(results->cell_index, cell->id);
    struct cell *added;

    assert(at == results->cell_count && "a cell is added once");
    RK_ROOM(results->arena, results->cells, results->cell_count, results->cell_cap);
    added = &results->cells[results->cell_count++];
    *added = *cell;
    added->id = rk_map_key(results->cell_index, at);
    return added;
}

struct cell *results_cell(struct results *results, const char *result, const char *row,
                          const char *column, const char *measure, enum cell_unit unit)
{
    struct rk_arena *arena = results->arena;
    struct cell cell = {
        .id = rk_arena_printf(arena, "%s.%s.%s.%s", result, row, column, measure),
        .result = rk_arena_copy(arena, result),
        .row = rk_arena_copy(arena, row),
        .column = rk_arena_copy(arena, column),
        .measure = rk_arena_copy(arena, measure),
        .row_label = "",
        .column_label = "",
        .unit = unit,
        .value = NAN,
        .low = NAN,
        .high = NAN,
        .level = NAN,
        .numerator = -1,
        .base = -1,
        .base_id = "",
        .method = "",
    };

    return results_add_cell(results, &cell);
}

const struct base *results_base(struct results *results, const char *id, const char *unit,
                                long n, const char *sentence, const char *parent,
                                const char *rule)
{
    struct rk_arena *arena = results->arena;
    size_t at = rk_map_add(results->base_index, id);
    struct base *base;

    if (at < results->base_count) {
        base = &results->bases[at];
        assert(base->n == n && strcmp(base->sentence, sentence) == 0 &&
               "a base says one thing");
        return base;
    }
    RK_ROOM(arena, results->bases, results->base_count, results->base_cap);
    base = &results->bases[results->base_count++];
    *base = (struct base){
        .id = rk_map_key(results->base_index, at),
        .unit = rk_arena_copy(arena, unit),
        .n = n,
        .sentence = rk_arena_copy(arena, sentence),
        .parent = rk_arena_copy(arena, parent ? parent : ""),
        .rule = rk_arena_copy(arena, rule ? rule : ""),
    };
    return base;
}

static void give(struct results *results, const struct cell *cell, const char *id,
                 long value, bool open, enum link_part part)
{
    size_t at = rk_map_add(results->quantity_index, id);
    const char *name = rk_map_key(results->quantity_index, at);

    if (at < results->quantity_count) {
        struct quantity *known = &results->quantities[at];

        assert(known->value == value && "the same people counted twice are as many");
        known->open = known->open && open;
    } else {
        RK_ROOM(results->arena, results->quantities, results->quantity_count,
                results->quantity_cap);
        results->quantities[results->quantity_count++] =
            (struct quantity){.id = name, .value = value, .people = value, .open = open};
    }
    if (!cell) return;
    RK_ROOM(results->arena, results->links, results->link_count, results->link_cap);
    results->links[results->link_count++] = (struct cell_link){cell->id, name, part};
}

void results_quantity(struct results *results, const struct cell *cell, const char *id,
                      long value, bool open)
{
    give(results, cell, id, value, open, LINK_VALUE);
}

void results_quantity_people(struct results *results, const char *id, long people)
{
    long at = rk_map_find(results->quantity_index, id);

    assert(at >= 0 && "a quantity is named before its people are counted");
    if (people > 0 && people < results->quantities[at].people)
        results->quantities[at].people = people;
}

void results_quantity_interval(struct results *results, const struct cell *cell,
                               const char *id, long value, bool open)
{
    give(results, cell, id, value, open, LINK_INTERVAL);
}

void results_sum(struct results *results, const char *total, const char *const *parts,
                 size_t count)
{
    struct rk_arena *arena = results->arena;
    struct sum *sum;

    RK_ROOM(arena, results->sums, results->sum_count, results->sum_cap);
    sum = &results->sums[results->sum_count++];
    *sum = (struct sum){
        .total = rk_arena_copy(arena, total),
        .parts = RK_ARRAY(arena, const char *, count),
        .count = count,
    };
    for (size_t i = 0; i < count; i++)
        sum->parts[i] = rk_arena_copy(arena, parts[i]);
}

const struct cell *results_find(const struct results *results, const char *cell_id)
{
    long at = rk_map_find(results->cell_index, cell_id);

    return at < 0 ? NULL : &results->cells[at];
}

const struct base *results_find_base(const struct results *results, const char *base_id)
{
    long at = rk_map_find(results->base_index, base_id);

    return at < 0 ? NULL : &results->bases[at];
}
