// SPDX-License-Identifier: MIT
#include "render/chart_priv.h"

#include <math.h>

enum { TICK_GAP = 7, LINE_GAP = 11 };

/** 1, 2 or 5 and their tens; 25 and 250, but not 2.5: whole numbers are read sooner. */
static double round_step(double rough)
{
    static const double steps[] = {1, 2, 2.5, 5, 10};
    double power = pow(10, floor(log10(rough)));
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (steps[i] * power >= rough * (1 - 1e-9) && (steps[i] != 2.5 || power > 1))
            return steps[i] * power;
    return 10 * power;
}

static int step_decimals(double step)
{
    int decimals = 0;
    while (decimals < 6 && fabs(step - round(step)) > 1e-9 * step) {
        step *= 10;
        decimals++;
    }
    return decimals;
}

struct chart_axis chart_axis_make(double low, double high, int most)
{
    struct chart_axis axis;
    if (!(high > low)) {
        double spread = fmax(1, fabs(low) * 0.1);
        low -= spread;
        high += spread;
    }
    axis.step = round_step((high - low) / most);
    axis.low = axis.step * floor(low / axis.step + 1e-9);
    axis.high = axis.step * ceil(high / axis.step - 1e-9);
    axis.decimals = step_decimals(axis.step);
    return axis;
}

/** Whether lengths are what is compared, so that the axis must hold 0. */
static bool starts_at_zero(enum chart_kind kind)
{
    switch (kind) {
    case CHART_BARS:
    case CHART_GROUPED:
    case CHART_STACKED:
    case CHART_SHARES:
    case CHART_BULLET:
    case CHART_COLUMNS:
    case CHART_CUMULATIVE:
    case CHART_SURVIVAL:
        return true;
    default:
        return false;
    }
}

static void widen(double *low, double *high, double value)
{
    if (isnan(value)) return;
    *low = fmin(*low, value);
    *high = fmax(*high, value);
}

/** The longest bar: values of one group and panel added up. */
static double stacked_height(const struct chart_spec *spec)
{
    double most = 0;
    for (size_t panel = 0; panel < chart_panel_count(spec); panel++)
        for (size_t group = 0; group < spec->group_count; group++) {
            double sum = 0;
            for (size_t series = 0; series < spec->series_count; series++) {
                const struct chart_point *point = chart_find(spec, group, series, panel);
                if (chart_has_value(point)) sum += point->value;
            }
            most = fmax(most, sum);
        }
    return most;
}

static void data_range(const struct chart_spec *spec, double *low, double *high)
{
    *low = INFINITY;
    *high = -INFINITY;
    for (size_t i = 0; i < spec->point_count; i++) {
        const struct chart_point *point = &spec->points[i];
        if (chart_is_masked(point)) continue;
        widen(low, high, point->value);
        widen(low, high, point->low);
        widen(low, high, point->high);
    }
    widen(low, high, spec->reference);
    if (spec->kind == CHART_STACKED) widen(low, high, stacked_height(spec));
    if (spec->kind == CHART_SHARES) widen(low, high, 100);
}

struct chart_axis chart_value_axis(const struct chart_spec *spec, int most)
{
    double low, high;
    data_range(spec, &low, &high);
    if (low > high) low = high = 0;
    /* Zero also where it costs little: dots of 20% to 45% read better from 0%. */
    bool zero = starts_at_zero(spec->kind) || (low > 0 && low < 0.6 * high);
    if (zero) widen(&low, &high, 0);
    if (low == 0 && high == 0) high = 1;
    if (!isnan(spec->axis_low)) low = spec->axis_low;
    if (!isnan(spec->axis_high)) high = spec->axis_high;
    struct chart_axis axis = chart_axis_make(low, high, most);
    if (spec->unit == UNIT_PERCENT && low >= 0 && high <= 100) {
        axis.low = fmax(axis.low, 0);
        axis.high = fmin(axis.high, 100);
    }
    bool counts = spec->unit == UNIT_CLIENTS || spec->unit == UNIT_RECORDS;
    if (counts && axis.step < 1) axis = chart_axis_make(0, fmax(1, axis.high), 1);
    return axis;
}

static double tick(const struct chart_axis *axis, int number)
{
    return (floor(axis->low / axis->step + 1e-9) + number) * axis->step;
}

static bool within(const struct chart_axis *axis, double value)
{
    double slack = 1e-9 * axis->step;
    return value >= axis->low - slack && value <= axis->high + slack;
}

static const char *tick_text(const struct chart_plot *plot, const struct chart_axis *axis,
                             double value)
{
    double whole = fabs(value) < 1e-9 * axis->step ? 0 : value;
    return chart_number(plot->arena, whole, plot->spec->unit, axis->decimals);
}

static struct chart_ink grid_ink(const struct chart_plot *plot, double value)
{
    bool zero = fabs(value) < 1e-12;
    return (struct chart_ink){.depth = CHART_GRID,
                              .colour = zero ? plot->style->soft_ink : plot->style->grid,
                              .width = zero ? 0.6 : 0.5};
}

static const char *better_text(const struct chart_spec *spec)
{
    /* Where colours and their order tell good from bad, the axis has no direction of its
     * own. */
    if (spec->kind == CHART_DIVERGING || spec->kind == CHART_SHARES) return NULL;
    switch (spec->better) {
    case BETTER_LOW:
        return "\u2190 lower is better";
    case BETTER_HIGH:
        return "higher is better \u2192";
    case BETTER_NONE:
        break;
    }
    return NULL;
}

/** Whether axis label and direction need a line each. */
static bool two_lines(const struct chart_plot *plot, const char *label, double width)
{
    const char *better = better_text(plot->spec);
    struct chart_type type = chart_small_type(plot);
    return label && better &&
           chart_text_width(plot, type, label) + chart_text_width(plot, type, better) + 12 >
               width;
}

double chart_axis_depth(const struct chart_plot *plot, const char *label, double width)
{
    if (plot->spec->kind == CHART_DIVERGING) return label ? LINE_GAP + 3 : 4;
    double depth = TICK_GAP + 6;
    if (label || better_text(plot->spec)) depth += LINE_GAP;
    if (two_lines(plot, label, width)) depth += LINE_GAP;
    return depth;
}

static void put_axis_words(struct chart_plot *plot, const char *label)
{
    const struct chart_frame *frame = &plot->panels[plot->panel_count - 1].frame;
    const char *better = better_text(plot->spec);
    struct chart_type type = chart_small_type(plot);
    bool no_ticks = plot->spec->kind == CHART_DIVERGING;
    double y = frame->bottom - (no_ticks ? 0 : TICK_GAP) - LINE_GAP + (no_ticks ? 2 : 0);
    if (label) chart_label(plot, type, frame->left, y, CHART_LEFT, label);
    if (!better) return;
    if (two_lines(plot, label, frame->width)) y -= LINE_GAP;
    type.face = CHART_ITALIC;
    chart_label(plot, type, frame->left + frame->width, y, CHART_RIGHT, better);
}

void chart_axis_across(struct chart_plot *plot, const struct chart_axis *axis,
                       const char *label)
{
    const struct chart_frame frame = plot->panels[plot->panel_count - 1].frame;
    struct chart_type type = chart_small_type(plot);
    if (axis->step == 0) chart_segment(plot, grid_ink(plot, 0), 0, frame.y0, 0, frame.y1);
    for (int i = 0; axis->step > 0 && tick(axis, i) <= axis->high + axis->step / 2; i++) {
        double value = tick(axis, i);
        if (!within(axis, value)) continue;
        chart_segment(plot, grid_ink(plot, value), value, frame.y0, value, frame.y1);
        chart_label(plot, type, chart_x_points(plot, value), frame.bottom - TICK_GAP,
                    CHART_MIDDLE, tick_text(plot, axis, value));
    }
    put_axis_words(plot, label);
}

void chart_axis_up(struct chart_plot *plot, const struct chart_axis *axis)
{
    const struct chart_frame frame = plot->panels[plot->panel_count - 1].frame;
    struct chart_type type = chart_small_type(plot);
    for (int i = 0; tick(axis, i) <= axis->high + axis->step / 2; i++) {
        double value = tick(axis, i);
        if (!within(axis, value)) continue;
        chart_segment(plot, grid_ink(plot, value), frame.x0, value, frame.x1, value);
        chart_label(plot, type, frame.left - 5, chart_y_points(plot, value), CHART_RIGHT,
                    tick_text(plot, axis, value));
    }
}
