// SPDX-License-Identifier: MIT
#include "pipeline/dedupe/dedupe_derive.h"

#include "pipeline/base/rk_text.h"
#include "pipeline/contract/period.h"
#include "stats/stats_scale.h"

#include <limits.h>
#include <math.h>
#include <string.h>

/* One variable at work. */
struct deriving {
    struct rk_run *run;
    const struct study *study;
    const struct frame_view *view;
    struct frame *frame;
    const struct study_derive *derive;
    struct frame_column *out;
};

/* A column that the variable uses. */
struct operand {
    const struct frame_column *column; /* NULL: a constant day */
    bool of_person;
    double day;
};

void dedupe_derive_room(struct rk_run *run, struct frame *frame)
{
    frame->columns = rk_arena_grow(run->arena, frame->columns, frame->count,
                                   frame->count + frame->source->derived_count + 1,
                                   sizeof *frame->columns);
}

struct frame_column *dedupe_derive_column(struct rk_run *run, struct frame *frame,
                                          const struct study_column *declared)
{
    struct frame_column *column = &frame->columns[frame->count++];
    size_t rows = frame->rows + 1;

    *column = (struct frame_column){.name = declared->name,
                                    .type = declared->type,
                                    .codes = declared->codes,
                                    .declared = declared};
    if (declared->type == COLUMN_NUMBER) {
        column->number = RK_ARRAY(run->arena, double, rows);
        for (size_t row = 0; row < rows; row++)
            column->number[row] = NAN;
    } else if (declared->type == COLUMN_ID || declared->type == COLUMN_TEXT) {
        column->text = RK_ARRAY(run->arena, const char *, rows);
    } else {
        column->whole = RK_ARRAY(run->arena, int64_t, rows);
        for (size_t row = 0; row < rows; row++)
            column->whole[row] = RK_NO_VALUE;
    }
    return column;
}

static struct operand find(const struct deriving *deriving, const char *name)
{
    struct operand operand = {NULL, false, NAN};

    if (strcmp(name, "cut_off") == 0)
        operand.day = (double)deriving->study->cut_off;
    else if (strcmp(name, "period_start") == 0)
        operand.day = (double)deriving->study->period_start;
    else
        operand.column = frame_view_column(deriving->view, name, &operand.of_person);
    return operand;
}

static double number_of(const struct deriving *deriving, const struct operand *operand,
                        size_t row)
{
    struct value value;

    if (!operand->column) return operand->day;
    value = frame_view_value(deriving->view, operand->column, operand->of_person, row);
    return value.state == VALUE_THERE ? value.number : NAN;
}

/* ---- time between two dates ---- */

/* Whole months that have gone by; a birthday on the 29th of February comes with the 1st of
 * March. */
static long months_between(long start, long end)
{
    long start_year, end_year;
    int start_month, end_month, start_day, end_day;

    rk_date_civil(start, &start_year, &start_month, &start_day);
    rk_date_civil(end, &end_year, &end_month, &end_day);
    return (end_year - start_year) * 12 + end_month - start_month - (end_day < start_day);
}

static rk_status derive_age(struct deriving *deriving)
{
    const struct study_derive *derive = deriving->derive;
    struct operand start = find(deriving, derive->start), end = find(deriving, derive->end);

    for (size_t row = 0; row < deriving->frame->rows; row++) {
        double from = number_of(deriving, &start, row), to = number_of(deriving, &end, row);
        long months;

        if (isnan(from) || isnan(to) || (to < from && strcmp(derive->unit, "days") != 0))
            continue;
        if (strcmp(derive->unit, "days") == 0) {
            deriving->out->whole[row] = (int64_t)(to - from);
            continue;
        }
        months = months_between((long)from, (long)to);
        deriving->out->whole[row] =
            strcmp(derive->unit, "years") == 0 ? months / 12 : months;
    }
    return RK_OK;
}

/* ---- numbers to codes ---- */

static rk_status derive_cut(struct deriving *deriving)
{
    const struct study_derive *derive = deriving->derive;
    struct operand of = find(deriving, derive->of);

    for (size_t row = 0; row < deriving->frame->rows; row++) {
        double number = number_of(deriving, &of, row);
        int64_t band = 0;

        if (isnan(number)) continue;
        while ((size_t)band < derive->at_count && number >= derive->at[band])
            band++;
        deriving->out->whole[row] = band;
    }
    return RK_OK;
}

/* Where a period stands in an ascending list, or would. */
static size_t place_of(const long *periods, size_t count, long period)
{
    size_t low = 0;

    while (low < count) {
        size_t middle = low + (count - low) / 2;

        if (periods[middle] < period)
            low = middle + 1;
        else
            count = middle;
    }
    return low;
}

static long period_at(const struct deriving *deriving, const struct operand *of,
                      enum period_unit unit, size_t row)
{
    double day = number_of(deriving, of, row);

    return isnan(day) ? LONG_MIN : period_of_day(unit, (long)day);
}

/* The periods that occur, in their order: whatever the order of the rows. */
static size_t find_periods(const struct deriving *deriving, const struct operand *of,
                           enum period_unit unit, long **out)
{
    size_t count = 0, cap = 0;
    long *periods = NULL;

    for (size_t row = 0; row < deriving->frame->rows; row++) {
        long period = period_at(deriving, of, unit, row);
        size_t at = place_of(periods, count, period);

        if (period == LONG_MIN || (at < count && periods[at] == period)) continue;
        RK_ROOM(deriving->run->arena, periods, count, cap);
        memmove(periods + at + 1, periods + at, (count - at) * sizeof *periods);
        periods[at] = period;
        count++;
    }
    *out = periods;
    return count;
}

static rk_status derive_period(struct deriving *deriving)
{
    const struct code_list *declared = deriving->out->declared->codes;
    struct rk_arena *arena = deriving->run->arena;
    struct code_list *list = code_list_new(arena, declared->name, declared->path);
    struct operand of = find(deriving, deriving->derive->of);
    enum period_unit unit = PERIOD_MONTH;
    size_t count;
    long *periods;

    period_unit_parse(deriving->derive->unit, &unit);
    list->open = true;
    list->period = declared->period;
    deriving->out->codes = list;
    count = find_periods(deriving, &of, unit, &periods);
    for (size_t i = 0; i < count; i++)
        code_list_add(arena, list, period_code(arena, unit, periods[i]),
                      period_label(arena, unit, periods[i]));
    for (size_t row = 0; row < deriving->frame->rows; row++) {
        long period = period_at(deriving, &of, unit, row);

        if (period != LONG_MIN)
            deriving->out->whole[row] = (int64_t)place_of(periods, count, period);
    }
    return RK_OK;
}

static rk_status derive_recode(struct deriving *deriving)
{
    struct operand of = find(deriving, deriving->derive->of);

    for (size_t row = 0; row < deriving->frame->rows; row++) {
        double code = number_of(deriving, &of, row);

        if (!isnan(code) && deriving->derive->to && deriving->derive->to[(size_t)code] >= 0)
            deriving->out->whole[row] = deriving->derive->to[(size_t)code];
    }
    return RK_OK;
}

static rk_status derive_cases(struct deriving *deriving)
{
    const struct study_derive *derive = deriving->derive;
    struct condition **conditions =
        RK_ARRAY(deriving->run->arena, struct condition *, derive->case_count + 1);

    for (size_t i = 0; i < derive->case_count; i++)
        RK_TRY(frame_view_condition(deriving->run, deriving->view, derive->cases[i].place,
                                    derive->cases[i].when, &conditions[i]));
    for (size_t row = 0; row < deriving->frame->rows; row++) {
        for (size_t i = 0; i < derive->case_count; i++) {
            if (!frame_view_holds(deriving->view, conditions[i], row)) continue;
            deriving->out->whole[row] = derive->cases[i].code;
            break;
        }
    }
    return RK_OK;
}

/* ---- scales ---- */

static double scale_score(const struct deriving *deriving, const double *items)
{
    const struct study_scale *scale = deriving->derive->scale;
    double total, metric;

    if (stats_scale_total(items, deriving->derive->item_count, scale->item_low,
                          scale->item_high, scale->may_miss, &total) != STATS_OK)
        return NAN;
    if (!deriving->derive->metric) return total;
    return stats_scale_convert(total, scale->metric_raw, scale->metric, scale->metric_count,
                               &metric) == STATS_OK
               ? metric
               : NAN;
}

static rk_status derive_scale(struct deriving *deriving)
{
    const struct study_derive *derive = deriving->derive;
    struct rk_arena *arena = deriving->run->arena;
    struct operand *operands = RK_ARRAY(arena, struct operand, derive->item_count + 1);
    double *items = RK_ARRAY(arena, double, derive->item_count + 1);

    for (size_t i = 0; i < derive->item_count; i++)
        operands[i] = find(deriving, derive->items[i]);
    for (size_t row = 0; row < deriving->frame->rows; row++) {
        for (size_t i = 0; i < derive->item_count; i++)
            items[i] = number_of(deriving, &operands[i], row);
        deriving->out->number[row] = scale_score(deriving, items);
    }
    return RK_OK;
}

static rk_status derive_band(struct deriving *deriving)
{
    const struct study_scale *scale = deriving->derive->scale;
    struct rk_arena *arena = deriving->run->arena;
    struct operand of = find(deriving, deriving->derive->of);
    double *low = RK_ARRAY(arena, double, scale->band_count + 1);
    double *high = RK_ARRAY(arena, double, scale->band_count + 1);

    for (size_t i = 0; i < scale->band_count; i++) {
        low[i] = scale->bands[i].low;
        high[i] = scale->bands[i].high;
    }
    for (size_t row = 0; row < deriving->frame->rows; row++) {
        double score = number_of(deriving, &of, row);
        size_t band;

        if (stats_scale_band(score, low, high, scale->band_count, &band) == STATS_OK)
            deriving->out->whole[row] = (int64_t)band;
    }
    return RK_OK;
}

/* ---- points over people themselves ---- */

static void take_value(struct frame_column *out, size_t row, struct value value)
{
    if (value.state != VALUE_THERE) return;
    if (out->text)
        out->text[row] = value.text;
    else if (out->number)
        out->number[row] = value.number;
    else
        out->whole[row] = (int64_t)value.number;
}

static rk_status derive_at_own_point(struct deriving *deriving)
{
    const char *of = deriving->derive->of;
    const char *dot = strchr(of, '.');
    const char *name =
        dot ? rk_arena_copy_n(deriving->run->arena, of, (size_t)(dot - of)) : of;
    const struct study_point *point = study_point(deriving->study, name);
    struct operand column = {NULL, false, NAN};
    struct condition *where;

    RK_TRY(frame_view_condition(deriving->run, deriving->view, point->where_place,
                                point->where, &where));
    if (dot) column = find(deriving, dot + 1);
    for (size_t row = 0; row < deriving->frame->rows; row++) {
        bool there = frame_view_holds(deriving->view, where, row);

        if (!dot)
            deriving->out->whole[row] = there ? 0 : 1;
        else if (there)
            take_value(
                deriving->out, row,
                frame_view_value(deriving->view, column.column, column.of_person, row));
    }
    if (dot) deriving->out->codes = column.column->codes;
    return RK_OK;
}

static rk_status compute(struct deriving *deriving)
{
    switch (deriving->derive->kind) {
    case DERIVE_AGE:
        return derive_age(deriving);
    case DERIVE_CUT:
        return derive_cut(deriving);
    case DERIVE_PERIOD:
        return derive_period(deriving);
    case DERIVE_RECODE:
        return derive_recode(deriving);
    case DERIVE_CASES:
        return derive_cases(deriving);
    case DERIVE_SCALE:
        return derive_scale(deriving);
    case DERIVE_BAND:
        return derive_band(deriving);
    default:
        return derive_at_own_point(deriving);
    }
}

rk_status dedupe_derive(struct rk_run *run, const struct frame_view *view,
                        struct frame *frame, const struct study_column *variable,
                        const struct frame_column *made)
{
    struct deriving deriving = {
        .run = run, .view = view, .frame = frame, .derive = variable->derive};

    RK_TRY(study_open(run, &deriving.study));
    if (made && made->name) {
        frame->columns[frame->count++] = *made;
        return RK_OK;
    }
    deriving.out = dedupe_derive_column(run, frame, variable);
    return compute(&deriving);
}
