// SPDX-License-Identifier: MIT
#include "render/chart_cells_priv.h"

#include "pipeline/base/rk_text.h"
#include "render/chart_priv.h"
#include "render/number.h"

#include <math.h>
#include <string.h>

/* Everything of a figure block that is not rows, columns or measure. The arrays of the spec
 * are this room's own, made by chart_fill a moment ago, so that it may still write to them.
 */

static struct chart_group *groups_of(const struct chart_reading *reading)
{
    struct chart_group *groups =
        RK_ARRAY(reading->arena, struct chart_group, reading->spec->group_count);
    memcpy(groups, reading->spec->groups, reading->spec->group_count * sizeof *groups);
    reading->spec->groups = groups;
    return groups;
}

/* --- Names --- */

/** head="At first; Latest review": the series in the reader's words. */
static rk_status put_heads(struct chart_reading *reading)
{
    const char *text = reading->wishes[WISH_HEAD];
    struct chart_spec *spec = reading->spec;
    struct chart_series *series =
        RK_ARRAY(reading->arena, struct chart_series, spec->series_count);
    size_t count = 0;
    if (!text) return RK_OK;
    memcpy(series, spec->series, spec->series_count * sizeof *series);
    while (*text) {
        size_t bytes = strcspn(text, ";");
        if (count == spec->series_count)
            return chart_wish_fail(reading,
                                   "head= has more names than there are series (%zu)",
                                   spec->series_count);
        series[count++].label = rk_text_trim(rk_arena_copy_n(reading->arena, text, bytes));
        text += bytes + (text[bytes] == ';');
    }
    spec->series = series;
    return RK_OK;
}

static rk_status put_focus(struct chart_reading *reading)
{
    struct chart_spec *spec = reading->spec;
    if (!reading->wishes[WISH_FOCUS]) return RK_OK;
    struct chart_words asked = chart_words_of(reading->arena, reading->wishes[WISH_FOCUS]);
    struct chart_group *groups = groups_of(reading);
    struct chart_words known = {RK_ARRAY(reading->arena, const char *, spec->group_count),
                                0, 0};
    for (size_t i = 0; i < spec->group_count; i++)
        known.words[known.count++] = groups[i].code;
    for (size_t i = 0; i < asked.count; i++) {
        bool found = false;
        for (size_t g = 0; g < spec->group_count; g++)
            if (!strcmp(groups[g].code, asked.words[i])) found = groups[g].focus = true;
        if (!found) return chart_wish_unknown(reading, "row", asked.words[i], &known);
    }
    return RK_OK;
}

/* --- Reference line --- */

/** reference= a cell's address, "all" (the total of the first series) or a number such as a
 *  cut-off of a scale. */
static rk_status put_reference(struct chart_reading *reading)
{
    struct chart_spec *spec = reading->spec;
    const char *wish = reading->wishes[WISH_REFERENCE];
    const char *name = NULL;
    if (!wish) return RK_OK;
    if (!rk_text_number(wish, &spec->reference)) {
        const struct cell *cell =
            strcmp(wish, "all")
                ? results_find(reading->results, wish)
                : chart_cell(reading, reading->names.words[0], "all",
                             reading->columns.picks[0].code, reading->measure);
        if (!cell)
            return chart_wish_fail(reading, "reference=%s is neither a number nor a cell",
                                   wish);
        if (cell->mark == MARK_MASKED || isnan(cell->value)) return RK_OK;
        spec->reference = cell->value;
        name = cell->row_label && *cell->row_label ? cell->row_label : "All";
    }
    bool halves = spec->decimals == 0 && fmod(fabs(spec->reference), 1) == 0.5;
    const char *value = chart_number(reading->arena, spec->reference, spec->unit,
                                     halves ? 1 : spec->decimals);
    if (reading->wishes[WISH_REFERENCE_LABEL]) name = reading->wishes[WISH_REFERENCE_LABEL];
    if (name) spec->reference_label = rk_arena_printf(reading->arena, "%s %s", name, value);
    else if (spec->reference != 0) spec->reference_label = value; /* the axis names its 0 */
    return RK_OK;
}

/* --- Notes column --- */

static const char *note_text(const struct chart_reading *reading, const struct cell *cell)
{
    struct rk_arena *arena = reading->arena;
    if (!cell) return NULL;
    if (cell->mark == MARK_MASKED) return "[c]";
    if (isnan(cell->value)) return "[x]";
    int decimals = chart_decimals(reading, cell->unit);
    bool change = !strcmp(cell->column, "change") || cell->unit == UNIT_POINTS;
    enum cell_unit unit = change && cell->unit != UNIT_PERCENT ? UNIT_POINTS : cell->unit;
    const char *value = chart_number(arena, cell->value, unit, decimals);
    if (cell->mark == MARK_INTERVAL) return rk_arena_printf(arena, "%s ([c])", value);
    if (isnan(cell->low) || isnan(cell->high)) return value;
    return rk_arena_printf(arena, "%s (%s)", value,
                           chart_interval(arena, cell->low, cell->high, unit, decimals));
}

static const char *note_head(const struct chart_reading *reading, const struct cell *cell)
{
    const char *what = cell->unit == UNIT_POINTS         ? "Change, percentage points"
                       : !strcmp(cell->column, "change") ? "Change"
                       : cell->column_label && *cell->column_label ? cell->column_label
                                                                   : cell->measure;
    if (isnan(cell->level)) return what;
    return rk_arena_printf(
        reading->arena, "%s (%s%% CI)", what,
        render_number(reading->arena, cell->level * 100, 0, NUMBER_PLAIN));
}

/** "change.points", or for dumbbells and slopes whatever measure of change there is. */
static const char *note_address(const struct chart_reading *reading)
{
    static const char *const usual[] = {"change.points", "change.mean"};
    const char *wish = reading->wishes[WISH_NOTE];
    if (wish) return strcmp(wish, "no") ? wish : NULL;
    if (reading->kind != CHART_DUMBBELL) return NULL;
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) {
        const struct chart_pick *row = &reading->rows.picks[0];
        if (results_find(reading->results,
                         rk_arena_printf(reading->arena, "%s.%s.%s", row->result, row->code,
                                         usual[i])))
            return usual[i];
    }
    return NULL;
}

static rk_status put_notes(struct chart_reading *reading)
{
    struct chart_spec *spec = reading->spec;
    const char *address = note_address(reading);
    const struct cell *any = NULL;
    spec->note_label = reading->wishes[WISH_NOTE_LABEL];
    if (!address || spec->group_count != reading->rows.count) return RK_OK;
    struct chart_group *groups = groups_of(reading);
    for (size_t i = 0; i < spec->group_count; i++) {
        const struct chart_pick *row = &reading->rows.picks[i];
        const struct cell *cell = results_find(
            reading->results,
            rk_arena_printf(reading->arena, "%s.%s.%s", row->result, row->code, address));
        groups[i].note = note_text(reading, cell);
        if (cell && (!any || isnan(any->level))) any = cell;
    }
    if (!any) return chart_wish_fail(reading, "note=%s is no cell of these rows", address);
    if (!spec->note_label) spec->note_label = note_head(reading, any);
    return RK_OK;
}

/** Dots and forests write their own numbers at the right; only the head is missing. */
static void head_own_notes(struct chart_reading *reading)
{
    struct chart_spec *spec = reading->spec;
    const struct cell *cell =
        chart_cell(reading, reading->rows.picks[0].result, reading->rows.picks[0].code,
                   reading->columns.picks[0].code, reading->measure);
    bool own = spec->kind == CHART_DOTS || spec->kind == CHART_FOREST;
    if (!own || spec->note_label || !cell || isnan(cell->level)) return;
    const char *what = spec->unit == UNIT_POINTS    ? "Points"
                       : spec->unit == UNIT_PERCENT ? "Share"
                                                    : "Mean";
    spec->note_label =
        rk_arena_printf(reading->arena, "%s (%s%% CI)", what,
                        render_number(reading->arena, cell->level * 100, 0, NUMBER_PLAIN));
}

/* --- Part months --- */

/** "Feb 2015 (to 25 February 2015)": the bracket is the legend's to say, not the axis'. */
static void strip_part(struct chart_reading *reading, const char *code)
{
    struct chart_spec *spec = reading->spec;
    struct chart_group *groups = groups_of(reading);
    for (size_t i = 0; i < spec->group_count; i++) {
        const char *bracket = strstr(groups[i].label, " (");
        if (strcmp(groups[i].code, code) || !bracket) continue;
        if (!spec->part_label) spec->part_label = groups[i].label;
        groups[i].label = rk_arena_copy_n(reading->arena, groups[i].label,
                                          (size_t)(bracket - groups[i].label));
    }
}

/** The study says on which day the data end; the month of that day is hatched. */
static void put_part(struct chart_reading *reading)
{
    struct chart_spec *spec = reading->spec;
    const struct study *study = reading->run->study;
    const struct study_result *result =
        study ? study_result(study, reading->names.words[0]) : NULL;
    long year;
    int month, day;
    if (!result || result->kind != RESULT_MONTHS || result->part == (long)RK_NO_VALUE)
        return;
    rk_date_civil(result->part, &year, &month, &day);
    const char *code = rk_arena_printf(reading->arena, "%04ld_%02d", year, month);
    strip_part(reading, code);
    struct chart_point *points =
        RK_ARRAY(reading->arena, struct chart_point, spec->point_count);
    memcpy(points, spec->points, spec->point_count * sizeof *points);
    for (size_t i = 0; i < spec->point_count; i++)
        points[i].part = !strcmp(spec->groups[points[i].group].code, code) &&
                         spec->series[points[i].series].role == CHART_PLAIN;
    spec->points = points;
    if (!spec->part_label)
        spec->part_label = rk_arena_printf(reading->arena, "Part month, up to %s",
                                           render_date(reading->arena, result->part));
}

/* --- The good direction --- */

/** The variable that a result is about: what it measures, or the columns of its table. */
static const struct study_column *variable_of(const struct chart_reading *reading,
                                              const struct study_source **source)
{
    const struct study *study = reading->run->study;
    const struct study_result *result =
        study ? study_result(study, reading->names.words[0]) : NULL;
    if (!result) return NULL;
    *source = study_source(study, result->source);
    if (!*source) *source = study->people;
    const char *name = result->of                   ? result->of
                       : result->variable_count > 1 ? result->variables[1]
                       : result->variable_count     ? result->variables[0]
                                                    : NULL;
    return name ? study_column(*source, name) : NULL;
}

/** What the study says of that variable, or of the one it was recoded from. */
static enum better better_of(const struct chart_reading *reading)
{
    const struct study_source *source = NULL;
    const struct study_column *column = variable_of(reading, &source);
    for (int depth = 0; column && depth < 8; depth++) {
        if (column->better != BETTER_NONE) return column->better;
        bool recoded = column->derive && column->derive->kind == DERIVE_RECODE;
        column = recoded ? study_column(source, column->derive->of) : NULL;
    }
    return BETTER_NONE;
}

static void put_better(struct chart_reading *reading)
{
    struct chart_spec *spec = reading->spec;
    if (reading->wishes[WISH_BETTER])
        spec->better =
            chart_wish_is(reading, WISH_BETTER, "high") ? BETTER_HIGH : BETTER_LOW;
    else if (spec->unit == UNIT_SCORE || spec->kind == CHART_DIVERGING)
        spec->better = better_of(reading);
}

/* --- Sizes --- */

/** "150" or "150mm". */
static rk_status millimetres(const struct chart_reading *reading, enum chart_wish wish,
                             const char *name, double *out)
{
    const char *text = reading->wishes[wish];
    if (!text) return RK_OK;
    char *copy = rk_arena_copy(reading->arena, text);
    size_t length = strlen(copy);
    if (length > 2 && !strcmp(copy + length - 2, "mm")) copy[length - 2] = '\0';
    if (rk_text_number(rk_text_trim(copy), out) && *out >= 30 && *out <= 400) return RK_OK;
    return chart_wish_fail(reading, "%s=%s is no length between 30mm and 400mm", name,
                           text);
}

/** Kinds that show one series. */
static rk_status check_series(const struct chart_reading *reading)
{
    const struct chart_spec *spec = reading->spec;
    size_t plain = 0;
    for (size_t i = 0; i < spec->series_count; i++)
        plain += spec->series[i].role == CHART_PLAIN;
    bool one = spec->kind == CHART_BARS || spec->kind == CHART_FOREST ||
               spec->kind == CHART_BULLET || spec->kind == CHART_FUNNEL;
    if (one && plain != 1)
        return chart_wish_fail(reading,
                               "chart=%s shows one series and there are %zu; choose with "
                               "columns=, or use chart=grouped",
                               chart_kind_name(spec->kind), plain);
    if (spec->kind == CHART_DUMBBELL && plain != 2)
        return chart_wish_fail(reading,
                               "chart=dumbbell shows two columns and there are %zu; "
                               "choose with columns=",
                               plain);
    return RK_OK;
}

rk_status chart_extras(struct chart_reading *reading)
{
    struct chart_spec *spec = reading->spec;
    spec->axis_label = reading->wishes[WISH_AXIS];
    spec->x_label = reading->wishes[WISH_X];
    spec->part_label = reading->wishes[WISH_PART];
    spec->hide_values = chart_wish_is(reading, WISH_VALUES, "no");
    if (chart_wish_is(reading, WISH_ORDER, "largest")) spec->sort = CHART_LARGEST_FIRST;
    if (chart_wish_is(reading, WISH_ORDER, "smallest")) spec->sort = CHART_SMALLEST_FIRST;
    RK_TRY(check_series(reading));
    RK_TRY(millimetres(reading, WISH_WIDTH, "width", &spec->width_mm));
    RK_TRY(millimetres(reading, WISH_HEIGHT, "height", &spec->height_mm));
    RK_TRY(put_heads(reading));
    RK_TRY(put_focus(reading));
    RK_TRY(put_reference(reading));
    RK_TRY(put_notes(reading));
    head_own_notes(reading);
    put_part(reading);
    put_better(reading);
    return RK_OK;
}
