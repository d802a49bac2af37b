// SPDX-License-Identifier: MIT
#include "render/chart_priv.h"

#include <math.h>

static struct chart_frame frame_of(const struct chart_plot *plot)
{
    return plot->panels[plot->panel_count - 1].frame;
}

struct chart_ink chart_series_line(const struct chart_plot *plot, size_t series)
{
    const struct chart_spec *spec = plot->spec;
    size_t plain = 0;
    for (size_t i = 0; i < series; i++)
        plain += spec->series[i].role == CHART_PLAIN;
    if (spec->series[series].role == CHART_PROFILE)
        return (struct chart_ink){.colour = plot->style->palette[3], .width = 1.6};
    if (spec->series[series].role == CHART_TARGET)
        return (struct chart_ink){
            .colour = plot->style->ink, .width = 1.2, .on = 3, .off = 2};
    struct chart_ink ink = {.colour = plot->style->palette[plain % 4], .width = 1.8};
    if (plain % 4 == 1) ink.on = 5, ink.off = 2;
    if (plain % 4 == 2) ink.on = 2, ink.off = 1.5;
    if (plain % 4 == 3) ink.on = 8, ink.off = 3;
    return ink;
}

/** "[c]", or "[x]" for nothing at all, at a height in points. */
static void absent_mark(struct chart_plot *plot, const struct chart_point *point, double x,
                        double y)
{
    const char *mark = chart_is_masked(point) ? "[c]" : "[x]";
    chart_label(plot, chart_small_type(plot), chart_x_points(plot, x), y, CHART_MIDDLE,
                mark);
}

/** On the axis. */
static double absent_low(const struct chart_plot *plot)
{
    return frame_of(plot).bottom + 6;
}

/* --- Columns --- */

static size_t plain_count(const struct chart_spec *spec)
{
    size_t plain = 0;
    for (size_t i = 0; i < spec->series_count; i++)
        plain += spec->series[i].role == CHART_PLAIN;
    return plain;
}

static const struct chart_point *profile_at(const struct chart_spec *spec, size_t group,
                                            size_t panel)
{
    for (size_t i = 0; i < spec->series_count; i++)
        if (spec->series[i].role == CHART_PROFILE) return chart_find(spec, group, i, panel);
    return NULL;
}

/** A level for every group, joined by risers: what was planned for the whole of each month.
 */
static void profile_line(struct chart_plot *plot, size_t series, size_t panel)
{
    const struct chart_spec *spec = plot->spec;
    const struct chart_ink casing = {.colour = 0xFFFFFF, .width = 3.4};
    struct chart_xy *steps = RK_ARRAY(plot->arena, struct chart_xy, 2 * spec->group_count);
    size_t count = 0;
    for (size_t i = 0; i <= spec->group_count; i++) {
        const struct chart_point *point =
            i < spec->group_count ? chart_find(spec, i, series, panel) : NULL;
        if (chart_has_value(point)) {
            steps[count++] = (struct chart_xy){(double)i, point->value};
            steps[count++] = (struct chart_xy){(double)i + 1, point->value};
        } else if (count) {
            chart_stroke(plot, casing, steps, count);
            chart_stroke(plot, chart_series_line(plot, series), steps, count);
            count = 0;
        }
    }
}

/** Above the column, or above the profile where that would strike it through. */
static void column_value(struct chart_plot *plot, const struct chart_point *point, double x,
                         size_t panel)
{
    const struct chart_spec *spec = plot->spec;
    const struct chart_point *profile = profile_at(spec, point->group, panel);
    double top = chart_has_limits(point) ? fmax(point->high, point->value) : point->value;
    double y = chart_y_points(plot, fmax(top, 0)) + 6.5;
    if (chart_has_value(profile)) {
        double line = chart_y_points(plot, profile->value);
        if (fabs(line - y) < 6) y = line + 7;
    }
    chart_label_clear(plot, chart_small_type(plot), chart_x_points(plot, x), y,
                      CHART_MIDDLE,
                      chart_number(plot->arena, point->value, spec->unit, spec->decimals));
}

static bool values_fit(const struct chart_plot *plot, double room)
{
    const struct chart_spec *spec = plot->spec;
    for (size_t i = 0; i < spec->point_count; i++) {
        const struct chart_point *point = &spec->points[i];
        if (!chart_has_value(point)) continue;
        const char *text =
            chart_number(plot->arena, point->value, spec->unit, spec->decimals);
        if (chart_text_width(plot, chart_small_type(plot), text) > room - 1) return false;
    }
    return !spec->hide_values;
}

void chart_paint_columns(struct chart_plot *plot, size_t panel)
{
    const struct chart_spec *spec = plot->spec;
    double each = 0.7 / (double)plain_count(spec);
    double slot = frame_of(plot).width / (double)spec->group_count;
    bool values = values_fit(plot, plain_count(spec) == 1 ? slot : slot * each);
    for (size_t series = 0, nth = 0; series < spec->series_count; series++) {
        if (spec->series[series].role != CHART_PLAIN) continue;
        for (size_t i = 0; i < spec->group_count; i++) {
            const struct chart_point *point = chart_find(spec, i, series, panel);
            double left = (double)i + 0.15 + each * (double)nth, x = left + each / 2;
            struct chart_ink ink = chart_series_fill(plot, series);
            if (!chart_has_value(point)) {
                absent_mark(plot, point, x, absent_low(plot));
                continue;
            }
            if (point->part) ink.hatch = 1;
            chart_box(plot, ink, left, 0, left + each, point->value);
            const struct chart_ink line = {.colour = plot->style->ink, .width = 1};
            if (chart_has_limits(point))
                chart_segment(plot, line, x, point->low, x, point->high);
        }
        nth++;
    }
    for (size_t series = 0; series < spec->series_count; series++)
        if (spec->series[series].role == CHART_PROFILE) profile_line(plot, series, panel);
    for (size_t series = 0, nth = 0; values && series < spec->series_count; series++) {
        if (spec->series[series].role != CHART_PLAIN) continue;
        for (size_t i = 0; i < spec->group_count; i++) {
            const struct chart_point *point = chart_find(spec, i, series, panel);
            double x = (double)i + 0.15 + each * ((double)nth + 0.5);
            if (chart_has_value(point)) column_value(plot, point, x, panel);
        }
        nth++;
    }
}

/* --- Lines --- */

void chart_put_ends(struct chart_plot *plot, struct chart_end *ends, size_t count)
{
    struct chart_frame frame = frame_of(plot);
    double *y = RK_ARRAY(plot->arena, double, count + 1);
    for (size_t i = 0; i < count; i++)
        y[i] = ends[i].y;
    chart_spread(plot, y, count, plot->style->label_pt * 1.15, frame.bottom + 4,
                 frame.bottom + frame.height + 8);
    for (size_t i = 0; i < count; i++) {
        struct chart_type type = chart_label_type(plot);
        type.colour = ends[i].colour;
        chart_label(plot, type, frame.left + frame.width + 6, y[i], CHART_LEFT,
                    ends[i].text);
    }
}

/** Stretches of a series between its gaps; a part period is reached by a dotted stretch. */
static void series_path(struct chart_plot *plot, size_t series, size_t panel)
{
    const struct chart_spec *spec = plot->spec;
    struct chart_ink ink = chart_series_line(plot, series), dotted = ink;
    if (spec->series[series].role == CHART_PROFILE) ink.on = 4, ink.off = 2.5;
    dotted.on = 1.5;
    dotted.off = 1.5;
    for (size_t i = 0; i + 1 < spec->group_count; i++) {
        const struct chart_point *a = chart_find(spec, i, series, panel);
        const struct chart_point *b = chart_find(spec, i + 1, series, panel);
        if (!chart_has_value(a) || !chart_has_value(b)) continue;
        chart_segment(plot, b->part ? dotted : ink, (double)i + 0.5, a->value,
                      (double)i + 1.5, b->value);
    }
}

static const struct chart_point *last_value(const struct chart_spec *spec, size_t series,
                                            size_t panel)
{
    for (size_t i = spec->group_count; i > 0; i--) {
        const struct chart_point *point = chart_find(spec, i - 1, series, panel);
        if (chart_has_value(point)) return point;
    }
    return NULL;
}

static size_t line_ends(struct chart_plot *plot, size_t panel, struct chart_end *ends)
{
    const struct chart_spec *spec = plot->spec;
    size_t count = 0;
    for (size_t series = 0; series < spec->series_count; series++) {
        const struct chart_point *point = last_value(spec, series, panel);
        if (!point) continue;
        const char *value =
            chart_number(plot->arena, point->value, spec->unit, spec->decimals);
        ends[count++] = (struct chart_end){
            .y = chart_y_points(plot, point->value),
            .text = spec->series_count > 1 || spec->kind == CHART_CUMULATIVE
                        ? rk_arena_printf(plot->arena, "%s %s", spec->series[series].label,
                                          value)
                        : value,
            .colour = plot->style->ink,
        };
    }
    return count;
}

static void series_dots(struct chart_plot *plot, size_t series, size_t panel, double size)
{
    const struct chart_spec *spec = plot->spec;
    struct chart_ink mark = chart_series_mark(plot, series);
    mark.size = size;
    mark.hollow = false;
    mark.colour = chart_series_line(plot, series).colour;
    for (size_t i = 0; i < spec->group_count; i++) {
        const struct chart_point *point = chart_find(spec, i, series, panel);
        const struct chart_ink line = {.colour = mark.colour, .width = 0.9};
        if (!chart_has_value(point)) continue;
        if (chart_has_limits(point))
            chart_segment(plot, line, (double)i + 0.5, point->low, (double)i + 0.5,
                          point->high);
        mark.hollow = point->part;
        chart_dot(plot, mark, (double)i + 0.5, point->value);
    }
}

/** As low as no line of that month is in the way. */
static double absent_height(const struct chart_plot *plot, size_t group, size_t panel)
{
    const struct chart_spec *spec = plot->spec;
    double y = absent_low(plot);
    for (size_t tries = 0; tries <= spec->series_count; tries++)
        for (size_t series = 0; series < spec->series_count; series++) {
            const struct chart_point *point = chart_find(spec, group, series, panel);
            double at = chart_has_value(point) ? chart_y_points(plot, point->value) : -100;
            if (fabs(at - y) < 8.5) y = at + 9;
        }
    return y;
}

/** One mark a month, however many series have nothing there. */
static void absent_marks(struct chart_plot *plot, size_t panel)
{
    const struct chart_spec *spec = plot->spec;
    for (size_t i = 0; i < spec->group_count; i++) {
        const struct chart_point *absent = NULL;
        bool any = false;
        for (size_t series = spec->series_count; series-- > 0;) {
            const struct chart_point *point = chart_find(spec, i, series, panel);
            if (spec->series[series].role != CHART_PLAIN || chart_has_value(point))
                continue;
            any = true;
            if (!chart_is_masked(absent)) absent = point;
        }
        if (any) absent_mark(plot, absent, (double)i + 0.5, absent_height(plot, i, panel));
    }
}

void chart_paint_cumulative(struct chart_plot *plot, size_t panel)
{
    const struct chart_spec *spec = plot->spec;
    struct chart_end *ends = RK_ARRAY(plot->arena, struct chart_end, spec->series_count);
    for (size_t series = spec->series_count; series-- > 0;)
        series_path(plot, series, panel);
    for (size_t series = 0; series < spec->series_count; series++)
        if (spec->series[series].role == CHART_PLAIN) series_dots(plot, series, panel, 4.5);
    absent_marks(plot, panel);
    chart_put_ends(plot, ends, line_ends(plot, panel, ends));
}

void chart_paint_run(struct chart_plot *plot, size_t panel)
{
    const struct chart_spec *spec = plot->spec;
    struct chart_end *ends =
        RK_ARRAY(plot->arena, struct chart_end, spec->series_count + 1);
    const struct chart_ink middle = {.depth = CHART_GRID,
                                     .colour = plot->style->soft_ink,
                                     .width = 0.9,
                                     .on = 3,
                                     .off = 2};
    size_t count;
    if (!isnan(spec->reference))
        chart_segment(plot, middle, frame_of(plot).x0, spec->reference, frame_of(plot).x1,
                      spec->reference);
    for (size_t series = 0; series < spec->series_count; series++) {
        series_path(plot, series, panel);
        series_dots(plot, series, panel, 5.5);
    }
    absent_marks(plot, panel);
    count = line_ends(plot, panel, ends);
    if (!isnan(spec->reference) && spec->reference_label)
        ends[count++] = (struct chart_end){.y = chart_y_points(plot, spec->reference),
                                           .text = spec->reference_label,
                                           .colour = plot->style->soft_ink};
    chart_put_ends(plot, ends, count);
}
