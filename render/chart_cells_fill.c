// SPDX-License-Identifier: MIT
#include "render/chart_cells_priv.h"

#include <math.h>
#include <string.h>

/* Rows and columns become groups, series and panels. A row "AREA/SEX" of a three-way table
 * may be parted: series=rows makes AREA the group and SEX the series, panels=rows makes
 * AREA the panel and SEX the group. */

/** Where things stand while the spec is being filled. */
struct filling {
    struct chart_reading *reading;
    struct chart_group *groups;
    struct chart_series *series;
    const char **panels;
    struct chart_point *points;
    size_t group_count, series_count, panel_count, point_count;
    struct rk_map *group_codes, *series_codes, *panel_codes;
    bool transposed, series_in_rows;
};

/** "manchester/male", "Manchester, Male" to their parts at the first `mark`; without one
 * all of it is the last. */
static void part_text(struct rk_arena *arena, const char *text, char mark,
                      const char **first, const char **last)
{
    const char *at = strchr(text, mark), *end = at;
    *first = "";
    *last = text;
    if (!at) return;
    while (end > text && end[-1] == ' ')
        end--;
    *first = rk_arena_copy_n(arena, text, (size_t)(end - text));
    *last = at + 1 + strspn(at + 1, " ");
}

/** The label of a part of a row's code as the study's code lists have it, or NULL. */
static const char *label_of_code(const struct chart_reading *reading,
                                 const char *result_name, const char *code)
{
    const struct study *study = reading->run->study;
    const struct study_result *result = study ? study_result(study, result_name) : NULL;
    if (!strcmp(code, "all")) return "All";
    if (!result) return NULL;
    const struct study_source *source = study_source(study, result->source);
    for (size_t i = 0; i < result->variable_count; i++) {
        const char *name = result->variables[i];
        const struct study_column *column = source ? study_column(source, name) : NULL;
        if (!column) column = study_column(study->people, name);
        int at = column && column->codes ? code_list_find(column->codes, code) : -1;
        if (at >= 0) return column->codes->labels[at];
    }
    return NULL;
}

static size_t group_at(struct filling *filling, const char *result, const char *code,
                       const char *label)
{
    struct rk_arena *arena = filling->reading->arena;
    const char *key = rk_arena_printf(arena, "%s.%s", result, code);
    long known = rk_map_find(filling->group_codes, key);
    if (known >= 0) return (size_t)known;
    filling->groups[filling->group_count] = (struct chart_group){
        .code = code,
        .label = *label ? label : "All",
        .n = -1,
        .total = !strcmp(code, "all"),
    };
    filling->group_count++;
    return rk_map_add(filling->group_codes, key);
}

static size_t series_at(struct filling *filling, const char *code, const char *label)
{
    long known = rk_map_find(filling->series_codes, code);
    if (known >= 0) return (size_t)known;
    filling->series[filling->series_count++] =
        (struct chart_series){.code = code, .label = *label ? label : "All"};
    return rk_map_add(filling->series_codes, code);
}

static size_t panel_at(struct filling *filling, const char *code, const char *label)
{
    long known = rk_map_find(filling->panel_codes, code);
    if (known >= 0) return (size_t)known;
    filling->panels[filling->panel_count++] = *label ? label : "All";
    return rk_map_add(filling->panel_codes, code);
}

static void place_point(struct filling *filling, const struct chart_pick *row,
                        const struct chart_pick *column, struct chart_point *point)
{
    struct chart_reading *reading = filling->reading;
    const char *outer, *inner, *outer_label, *inner_label, *known;
    part_text(reading->arena, row->code, '/', &outer, &inner);
    part_text(reading->arena, row->label, strchr(row->label, '/') ? '/' : ',', &outer_label,
              &inner_label);
    if ((known = label_of_code(reading, row->result, outer))) outer_label = known;
    if ((known = label_of_code(reading, row->result, inner))) inner_label = known;
    if (filling->series_in_rows && *outer) {
        point->group = group_at(filling, row->result, outer, outer_label);
        point->series = series_at(filling, inner, inner_label);
    } else if (chart_wish_is(reading, WISH_PANELS, "rows") && *outer) {
        point->panel = panel_at(filling, outer, outer_label);
        point->group = group_at(filling, row->result, inner, inner_label);
        point->series = series_at(filling, column->code, column->label);
    } else if (chart_wish_is(reading, WISH_PANELS, "columns")) {
        point->panel = panel_at(filling, column->code, column->label);
        point->group = group_at(filling, row->result, row->code, row->label);
        point->series = series_at(filling, reading->measure, reading->measure);
    } else if (filling->transposed) {
        point->group = group_at(filling, "", column->code, column->label);
        point->series = series_at(filling, row->code, row->label);
    } else {
        point->group = group_at(filling, row->result, row->code, row->label);
        point->series = series_at(filling, column->code, column->label);
    }
}

static struct chart_point point_of(const struct chart_reading *reading,
                                   const struct cell *cell)
{
    bool intervals =
        !chart_wish_is(reading, WISH_INTERVAL, "no") &&
        (reading->kind != CHART_DUMBBELL || chart_wish_is(reading, WISH_INTERVAL, "yes"));
    struct chart_point point = {.value = NAN, .low = NAN, .high = NAN, .n = -1};
    if (!cell) return point;
    point.mark = cell->mark;
    if (cell->mark == MARK_MASKED) return point;
    point.value = cell->value;
    point.n = cell->base;
    point.x = (double)cell->base;
    if (intervals) {
        point.low = cell->low;
        point.high = cell->high;
    }
    return point;
}

/** A survival curve runs over the days of its columns; those still waiting are its n. */
static void along_days(const struct chart_reading *reading, const struct chart_pick *row,
                       const struct chart_pick *column, struct chart_point *point)
{
    const struct cell *waiting =
        chart_cell(reading, row->result, row->code, column->code, "at_risk");
    point->x = (double)column->order;
    point->n = waiting && !isnan(waiting->value) ? (long)waiting->value : -1;
}

static void fill_points(struct filling *filling)
{
    struct chart_reading *reading = filling->reading;
    const struct cell *first = NULL;
    for (size_t r = 0; r < reading->rows.count; r++)
        for (size_t c = 0; c < reading->columns.count; c++) {
            const struct chart_pick *row = &reading->rows.picks[r];
            const struct chart_pick *column = &reading->columns.picks[c];
            const struct cell *cell =
                chart_cell(reading, row->result, row->code, column->code, reading->measure);
            struct chart_point *point = &filling->points[filling->point_count++];
            *point = point_of(reading, cell);
            if (reading->kind == CHART_SURVIVAL) along_days(reading, row, column, point);
            place_point(filling, row, column, point);
            if (cell && !first) first = cell;
            if (cell && cell->mark == MARK_LOW) filling->groups[point->group].low = true;
        }
    reading->spec->unit = first ? first->unit : UNIT_NUMBER;
    reading->spec->decimals = chart_decimals(reading, reading->spec->unit);
}

/* --- Series that belong to the points: profile, target, limits --- */

/** Adds a series whose cells stand beside the shown ones under another measure. */
static void beside(struct filling *filling, const char *measure, const char *label,
                   enum chart_role role)
{
    struct chart_reading *reading = filling->reading;
    size_t before = filling->series_count, found = 0;
    size_t shown = reading->rows.count * reading->columns.count;
    for (size_t i = 0; i < shown; i++) {
        const struct chart_pick *row = &reading->rows.picks[i / reading->columns.count];
        const struct chart_pick *column =
            &reading->columns.picks[i % reading->columns.count];
        const struct cell *cell =
            chart_cell(reading, row->result, row->code, column->code, measure);
        if (!cell) continue;
        struct chart_point *point = &filling->points[filling->point_count + found++];
        *point = point_of(reading, cell);
        point->group = filling->points[i].group;
        point->panel = filling->points[i].panel;
        point->series = before;
        if (role == CHART_LIMIT) {
            point->low = cell->low;
            point->high = cell->high;
            point->value = NAN;
        } else {
            point->low = point->high = NAN;
        }
    }
    if (!found) return;
    filling->point_count += found;
    filling->series[filling->series_count++] =
        (struct chart_series){.code = measure, .label = label, .role = role};
}

/** What else a kind shows when the result has it. */
static const struct {
    enum chart_kind kind;
    const char *shown, *measure, *label;
    enum chart_role role;
} companions[] = {
    {CHART_COLUMNS,    "count",      "profile",            "Profile",      CHART_PROFILE},
    {CHART_CUMULATIVE, "cumulative", "profile_cumulative", "Profile",      CHART_PROFILE},
    {CHART_BULLET,     NULL,         "target",             "Target",       CHART_TARGET },
    {CHART_BULLET,     NULL,         "profile",            "Profile",      CHART_TARGET },
    {CHART_FUNNEL,     NULL,         "limit95",            "95% limits",   CHART_LIMIT  },
    {CHART_FUNNEL,     NULL,         "limit998",           "99.8% limits", CHART_LIMIT  },
};

static void add_companions(struct filling *filling)
{
    const struct chart_reading *reading = filling->reading;
    if (chart_wish_is(reading, WISH_PROFILE, "no")) return;
    for (size_t i = 0; i < sizeof companions / sizeof *companions; i++) {
        if (companions[i].kind != reading->kind) continue;
        if (companions[i].shown && strcmp(companions[i].shown, reading->measure)) continue;
        beside(filling, companions[i].measure, companions[i].label, companions[i].role);
    }
}

/* --- Bases --- */

/** The base that all points of a group (or series) share; -1 none, -2 they differ. */
static long shared_base(const struct filling *filling, bool by_group, size_t which)
{
    long base = -1;
    for (size_t i = 0; i < filling->point_count; i++) {
        const struct chart_point *point = &filling->points[i];
        if ((by_group ? point->group : point->series) != which || point->n < 0) continue;
        if (filling->series[point->series].role != CHART_PLAIN) continue;
        if (base >= 0 && base != point->n) return -2;
        base = point->n;
    }
    return base;
}

static bool all_share(const struct filling *filling, bool by_group)
{
    size_t count = by_group ? filling->group_count : filling->series_count;
    for (size_t i = 0; i < count; i++)
        if (shared_base(filling, by_group, i) == -2) return false;
    return true;
}

static bool one_base(const struct filling *filling)
{
    long base = -1;
    for (size_t i = 0; i < filling->point_count; i++) {
        if (filling->points[i].n < 0) continue;
        if (base >= 0 && base != filling->points[i].n) return false;
        base = filling->points[i].n;
    }
    return filling->group_count > 1;
}

/** Kinds that can say the base of each point behind its number. */
static bool can_say_bases(const struct filling *filling)
{
    enum chart_kind kind = filling->reading->kind;
    return (kind == CHART_GROUPED || kind == CHART_DOTS) && filling->series_count > 1;
}

/** "n=326 and 315": the bases of a group's series, each once, in their order. */
static const char *several_bases(const struct filling *filling, size_t group)
{
    const char *text = NULL;
    long last = -1;
    for (size_t i = 0; i < filling->point_count; i++) {
        const struct chart_point *point = &filling->points[i];
        if (point->group != group || point->n < 0 || point->n == last) continue;
        if (filling->series[point->series].role != CHART_PLAIN) continue;
        text = text ? rk_arena_printf(filling->reading->arena, "%s and %ld", text, point->n)
                    : rk_arena_printf(filling->reading->arena, "n=%ld", point->n);
        last = point->n;
    }
    return text;
}

/** n belongs beside the group, or beside the series when each of those has one base; a base
 * that the whole chart shares is the subtitle's to say. Counts have none. */
static void put_bases(struct filling *filling)
{
    struct chart_reading *reading = filling->reading;
    enum cell_unit unit = reading->spec->unit;
    bool counts = unit == UNIT_CLIENTS || unit == UNIT_RECORDS || unit == UNIT_NUMBER;
    bool none = counts || one_base(filling) || reading->kind == CHART_FUNNEL;
    if (chart_wish_is(reading, WISH_BASE, "yes")) none = false;
    if (none || chart_wish_is(reading, WISH_BASE, "no")) return;
    if (!all_share(filling, true) && all_share(filling, false)) {
        for (size_t i = 0; i < filling->series_count; i++) {
            long base = shared_base(filling, false, i);
            if (base >= 0 && filling->series[i].role == CHART_PLAIN)
                filling->series[i].label = rk_arena_printf(reading->arena, "%s (n=%ld)",
                                                           filling->series[i].label, base);
        }
        return;
    }
    if (!all_share(filling, true) && can_say_bases(filling)) {
        reading->spec->point_bases = true;
        return;
    }
    for (size_t i = 0; i < filling->group_count; i++) {
        long base = shared_base(filling, true, i);
        filling->groups[i].n = base > 0 ? base : -1;
        if (base == -2) filling->groups[i].base = several_bases(filling, i);
    }
}

/* --- Assembling --- */

static void reserve(struct filling *filling)
{
    struct rk_arena *arena = filling->reading->arena;
    size_t rows = filling->reading->rows.count, columns = filling->reading->columns.count;
    filling->groups = RK_ARRAY(arena, struct chart_group, rows + columns);
    filling->series = RK_ARRAY(arena, struct chart_series, rows + columns + 4);
    filling->panels = RK_ARRAY(arena, const char *, rows + columns);
    filling->points = RK_ARRAY(arena, struct chart_point, 4 * rows * columns);
    filling->group_codes = rk_map_new(arena);
    filling->series_codes = rk_map_new(arena);
    filling->panel_codes = rk_map_new(arena);
}

/** A result with a single row is told by its title, not by "All". */
static void name_results(struct filling *filling)
{
    struct chart_reading *reading = filling->reading;
    const struct study *study = reading->run->study;
    if (!study || reading->rows.count != reading->names.count || filling->transposed)
        return;
    if (filling->group_count != reading->rows.count) return;
    for (size_t i = 0; i < filling->group_count; i++) {
        const struct study_result *result =
            study_result(study, reading->rows.picks[i].result);
        filling->groups[i].total = false;
        if (result && result->title) filling->groups[i].label = result->title;
    }
}

/** Beside a profile or a target, the numbers themselves are the actual ones. */
static void name_actual(struct filling *filling)
{
    bool beside_plan = false;
    for (size_t i = 0; i < filling->series_count; i++)
        beside_plan = beside_plan || filling->series[i].role == CHART_PROFILE ||
                      filling->series[i].role == CHART_TARGET;
    if (beside_plan && !strcmp(filling->series[0].code, "all"))
        filling->series[0].label = "Actual";
}

/** series=rows, and bars in groups of a three-way table, of which one column is shown. */
static bool wants_series_in_rows(const struct chart_reading *reading)
{
    if (reading->wishes[WISH_SERIES]) return chart_wish_is(reading, WISH_SERIES, "rows");
    if (reading->kind != CHART_GROUPED || reading->columns.count != 1) return false;
    if (reading->wishes[WISH_PANELS] || reading->wishes[WISH_TRANSPOSE]) return false;
    for (size_t i = 0; i < reading->rows.count; i++)
        if (strchr(reading->rows.picks[i].code, '/')) return true;
    return false;
}

/** Rows that are parted have two parts: "all", and "manchester/all" beside single sexes,
 * are totals of another kind and left out unless the figure names its rows. */
static void keep_parted_rows(struct chart_reading *reading)
{
    size_t kept = 0;
    for (size_t i = 0; i < reading->rows.count; i++) {
        const char *slash = strchr(reading->rows.picks[i].code, '/');
        if (slash && strcmp(slash + 1, "all") != 0)
            reading->rows.picks[kept++] = reading->rows.picks[i];
    }
    reading->rows.count = kept;
}

rk_status chart_fill(struct chart_reading *reading)
{
    struct filling filling = {.reading = reading};
    struct chart_spec *spec = reading->spec;
    filling.transposed = chart_wish_is(reading, WISH_TRANSPOSE, "yes") ||
                         reading->kind == CHART_SURVIVAL;
    filling.series_in_rows = wants_series_in_rows(reading);
    if (filling.series_in_rows && reading->columns.count != 1)
        return chart_wish_fail(reading,
                               "series=rows shows one column: name it in columns=");
    bool parted = filling.series_in_rows || chart_wish_is(reading, WISH_PANELS, "rows");
    if (parted && !reading->wishes[WISH_ROWS]) keep_parted_rows(reading);
    if (!reading->rows.count)
        return chart_wish_fail(reading, "%s has no rows like \"area/sex\" to part",
                               reading->names.words[0]);
    reserve(&filling);
    fill_points(&filling);
    name_results(&filling);
    add_companions(&filling);
    name_actual(&filling);
    put_bases(&filling);
    spec->groups = filling.groups;
    spec->group_count = filling.group_count;
    spec->series = filling.series;
    spec->series_count = filling.series_count;
    spec->panels = filling.panel_count ? filling.panels : NULL;
    spec->panel_count = filling.panel_count;
    spec->points = filling.points;
    spec->point_count = filling.point_count;
    return RK_OK;
}
