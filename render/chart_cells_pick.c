// SPDX-License-Identifier: MIT
#include "render/chart_cells_priv.h"

#include <string.h>

/* Which rows, columns and measure of the results a figure shows: what it asks for, else
 * what the kind of chart usually shows. */

static bool wanted_result(const struct chart_reading *reading, const char *name)
{
    for (size_t i = 0; i < reading->names.count; i++)
        if (!strcmp(reading->names.words[i], name)) return true;
    return false;
}

/* --- The measure --- */

static bool has_measure(const struct chart_reading *reading, const char *measure)
{
    for (size_t i = 0; i < reading->results->cell_count; i++) {
        const struct cell *cell = &reading->results->cells[i];
        if (!strcmp(cell->measure, measure) && wanted_result(reading, cell->result))
            return true;
    }
    return false;
}

static struct chart_words measures_of(const struct chart_reading *reading)
{
    struct rk_map *seen = rk_map_new(reading->arena);
    struct chart_words words = {0};
    for (size_t i = 0; i < reading->results->cell_count; i++)
        if (wanted_result(reading, reading->results->cells[i].result))
            rk_map_add(seen, reading->results->cells[i].measure);
    words.count = rk_map_count(seen);
    words.words = RK_ARRAY(reading->arena, const char *, words.count + 1);
    for (size_t i = 0; i < words.count; i++)
        words.words[i] = rk_map_key(seen, i);
    return words;
}

/** What each kind is about, in order of preference. */
static const char *usual_measures(enum chart_kind kind)
{
    switch (kind) {
    case CHART_COLUMNS:
    case CHART_RUN:
        return "sum mean count percent";
    case CHART_STACKED:
        return "count sum percent mean";
    case CHART_CUMULATIVE:
        return "cumulative count";
    case CHART_FOREST:
        return "points difference mean percent";
    case CHART_SURVIVAL:
        return "survival percent";
    default:
        return "percent mean points count sum value";
    }
}

static rk_status pick_measure(struct chart_reading *reading)
{
    struct chart_words known = measures_of(reading);
    const char *asked = reading->wishes[WISH_SHOW];
    if (asked && has_measure(reading, asked)) {
        reading->measure = asked;
        return RK_OK;
    }
    if (asked) return chart_wish_unknown(reading, "measure", asked, &known);
    struct chart_words usual =
        chart_words_of(reading->arena, usual_measures(reading->kind));
    for (size_t i = 0; i < usual.count; i++) {
        if (!has_measure(reading, usual.words[i])) continue;
        reading->measure = usual.words[i];
        return RK_OK;
    }
    return chart_wish_unknown(reading, "measure", usual.words[0], &known);
}

/* --- Rows and columns --- */

static void add_pick(struct chart_reading *reading, struct chart_picks *picks,
                     struct chart_pick pick)
{
    RK_ROOM(reading->arena, picks->picks, picks->count, picks->cap);
    size_t at = picks->count++;
    for (; at > 0 && picks->picks[at - 1].order > pick.order; at--)
        picks->picks[at] = picks->picks[at - 1];
    picks->picks[at] = pick;
}

static long pick_find(const struct chart_picks *picks, const char *result, const char *code)
{
    for (size_t i = 0; i < picks->count; i++)
        if (!strcmp(picks->picks[i].code, code) &&
            (!result || !strcmp(picks->picks[i].result, result)))
            return (long)i;
    return -1;
}

/** Every row of `result` (or column of any result) with a cell of the measure, in their
 * order. */
static struct chart_picks available(struct chart_reading *reading, const char *result,
                                    bool rows)
{
    struct chart_picks picks = {0};
    for (size_t i = 0; i < reading->results->cell_count; i++) {
        const struct cell *cell = &reading->results->cells[i];
        if (strcmp(cell->measure, reading->measure)) continue;
        if (result ? strcmp(cell->result, result) != 0
                   : !wanted_result(reading, cell->result))
            continue;
        struct chart_pick pick = {
            .result = rows ? cell->result : NULL,
            .code = rows ? cell->row : cell->column,
            .label = rows ? cell->row_label : cell->column_label,
            .order = rows ? cell->row_order : cell->column_order,
        };
        if (rows && reading->columns.count &&
            pick_find(&reading->columns, NULL, cell->column) < 0)
            continue;
        if (pick_find(&picks, rows ? cell->result : NULL, pick.code) < 0)
            add_pick(reading, &picks, pick);
    }
    return picks;
}

static struct chart_words codes_of(const struct chart_reading *reading,
                                   const struct chart_picks *picks)
{
    struct chart_words words = {0};
    words.words = RK_ARRAY(reading->arena, const char *, picks->count + 1);
    for (size_t i = 0; i < picks->count; i++)
        words.words[words.count++] = picks->picks[i].code;
    return words;
}

/** Those that the figure names, in its order. "initial.percent" names column and measure.
 */
static rk_status chosen(struct chart_reading *reading, enum chart_wish wish,
                        const char *what, const struct chart_picks *all,
                        struct chart_picks *out)
{
    struct chart_words asked = chart_words_of(reading->arena, reading->wishes[wish]);
    for (size_t i = 0; i < asked.count; i++) {
        long at = pick_find(all, NULL, asked.words[i]);
        if (at < 0) {
            struct chart_words known = codes_of(reading, all);
            return chart_wish_unknown(reading, what, asked.words[i], &known);
        }
        struct chart_pick pick = all->picks[at];
        pick.order = (long)(out->count + i);
        add_pick(reading, out, pick);
    }
    return RK_OK;
}

static bool is_time_chart(enum chart_kind kind)
{
    return kind == CHART_COLUMNS || kind == CHART_CUMULATIVE || kind == CHART_RUN;
}

/** First and latest of a change; over time the total; else everything but the total. */
static bool usual_column(const struct chart_reading *reading, const struct chart_picks *all,
                         const char *code)
{
    bool panels = chart_wish_is(reading, WISH_PANELS, "columns");
    if (pick_find(all, NULL, "initial") >= 0 && pick_find(all, NULL, "latest") >= 0)
        return !strcmp(code, "initial") || !strcmp(code, "latest");
    bool has_total = pick_find(all, NULL, "all") >= 0 && all->count > 1;
    if (!has_total) return true;
    bool total = !strcmp(code, "all");
    return is_time_chart(reading->kind) && !panels ? total : !total;
}

static rk_status pick_columns(struct chart_reading *reading)
{
    struct chart_picks all = available(reading, NULL, false);
    if (reading->wishes[WISH_COLUMNS])
        return chosen(reading, WISH_COLUMNS, "column", &all, &reading->columns);
    for (size_t i = 0; i < all.count; i++)
        if (usual_column(reading, &all, all.picks[i].code))
            add_pick(reading, &reading->columns, all.picks[i]);
    return RK_OK;
}

/** A total that is 100% by its nature says nothing in a chart of shares. */
static bool is_whole(const struct chart_reading *reading, const struct chart_pick *row)
{
    bool whole = true;
    for (size_t i = 0; i < reading->columns.count; i++) {
        const struct cell *cell =
            chart_cell(reading, row->result, row->code, reading->columns.picks[i].code,
                       reading->measure);
        if (cell)
            whole = whole && cell->unit == UNIT_PERCENT && cell->numerator == cell->base;
    }
    return whole;
}

/** A row in which there is nobody has nothing to show. */
static bool is_empty(const struct chart_reading *reading, const struct chart_pick *row)
{
    for (size_t i = 0; i < reading->columns.count; i++) {
        const struct cell *cell =
            chart_cell(reading, row->result, row->code, reading->columns.picks[i].code,
                       reading->measure);
        if (cell && (cell->base != 0 || cell->mark == MARK_MASKED)) return false;
    }
    return true;
}

static bool usual_row(const struct chart_reading *reading, const struct chart_picks *all,
                      const struct chart_pick *row)
{
    if (all->count == 1) return true;
    if (strcmp(row->code, "all")) return !is_empty(reading, row);
    if (chart_wish_is(reading, WISH_TOTAL, "no") || is_time_chart(reading->kind))
        return false;
    if (reading->kind == CHART_FUNNEL || reading->kind == CHART_STACKED) return false;
    if (reading->kind == CHART_BARS && !strcmp(reading->measure, "count")) return false;
    return !is_whole(reading, row);
}

static rk_status pick_rows(struct chart_reading *reading)
{
    for (size_t i = 0; i < reading->names.count; i++) {
        struct chart_picks all = available(reading, reading->names.words[i], true);
        struct chart_picks some = {0};
        if (reading->wishes[WISH_ROWS])
            RK_TRY(chosen(reading, WISH_ROWS, "row", &all, &some));
        for (size_t k = 0; !reading->wishes[WISH_ROWS] && k < all.count; k++)
            if (usual_row(reading, &all, &all.picks[k]))
                add_pick(reading, &some, all.picks[k]);
        for (size_t k = 0; k < some.count; k++) {
            some.picks[k].order = (long)reading->rows.count;
            add_pick(reading, &reading->rows, some.picks[k]);
        }
    }
    return RK_OK;
}

rk_status chart_pick(struct chart_reading *reading)
{
    RK_TRY(pick_measure(reading));
    RK_TRY(pick_columns(reading));
    RK_TRY(pick_rows(reading));
    if (!reading->rows.count || !reading->columns.count)
        return chart_wish_fail(reading, "%s has nothing of \"%s\" to show",
                               reading->names.words[0], reading->measure);
    return RK_OK;
}
