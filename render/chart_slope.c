// SPDX-License-Identifier: MIT
#include "render/chart_priv.h"

#include <math.h>

/** Points between two lines' labels, and the plot's height. */
enum { HEADROOM = 20, LEAST_HEIGHT = 130, MOST_HEIGHT = 500 };
static const double leading = 10.5;

/** A long name stands at the left post only: its line leads to the other value. */
static bool named_once(const struct chart_plot *plot, const struct chart_group *group)
{
    return chart_text_width(plot, chart_label_type(plot), group->label) >
           0.25 * plot->width;
}

static const char *words_at(const struct chart_plot *plot, size_t group, size_t series,
                            bool left)
{
    const struct chart_spec *spec = plot->spec;
    const struct chart_group *about = &spec->groups[group];
    const struct chart_point *point = chart_find(spec, group, series, 0);
    const char *value = chart_is_masked(point)   ? "[c]"
                        : chart_has_value(point) ? chart_number(plot->arena, point->value,
                                                                spec->unit, spec->decimals)
                                                 : "no data";
    const char *low = about->low ? " [low]" : "";
    if (!left && named_once(plot, about)) return value;
    if (!left) return rk_arena_printf(plot->arena, "%s  %s", value, about->label);
    if (about->base)
        return rk_arena_printf(plot->arena, "%s (%s)%s  %s", about->label, about->base, low,
                               value);
    if (about->n < 0)
        return rk_arena_printf(plot->arena, "%s%s  %s", about->label, low, value);
    return rk_arena_printf(plot->arena, "%s (n=%ld)%s  %s", about->label, about->n, low,
                           value);
}

static struct chart_type type_of(const struct chart_plot *plot, size_t group)
{
    struct chart_type type = chart_label_type(plot);
    const struct chart_group *about = &plot->spec->groups[group];
    if (about->focus || about->total) return chart_bold(type);
    return chart_any_focus(plot->spec) ? chart_soft(plot, type) : type;
}

/** The most groups that a post has no value for: they stand below it. */
static size_t absent_count(const struct chart_spec *spec)
{
    size_t most = 0;
    for (size_t series = 0; series < spec->series_count; series++) {
        size_t absent = 0;
        for (size_t i = 0; i < spec->group_count; i++)
            absent += !chart_has_value(chart_find(spec, i, series, 0));
        if (absent > most) most = absent;
    }
    return most;
}

/** Labels of one post, spread so that none covers another. */
static void post_labels(struct chart_plot *plot, size_t series, bool left)
{
    const struct chart_spec *spec = plot->spec;
    const struct chart_frame frame = plot->panels[plot->panel_count - 1].frame;
    double *y = RK_ARRAY(plot->arena, double, spec->group_count);
    double x = chart_x_points(plot, (double)series) + (left ? -8 : 8);
    for (size_t i = 0; i < spec->group_count; i++) {
        const struct chart_point *point = chart_find(spec, i, series, 0);
        y[i] = chart_has_value(point) ? chart_y_points(plot, point->value) : 0;
    }
    chart_spread(plot, y, spec->group_count, leading, 5, frame.bottom + frame.height + 6);
    for (size_t i = 0; i < spec->group_count; i++)
        chart_label(plot, type_of(plot, i), x, y[i], left ? CHART_RIGHT : CHART_LEFT,
                    words_at(plot, i, series, left));
}

static void slope_line(struct chart_plot *plot, size_t group)
{
    const struct chart_spec *spec = plot->spec;
    bool grey = chart_any_focus(spec) && !spec->groups[group].focus;
    unsigned colour = grey ? plot->style->muted : plot->style->focus;
    const struct chart_ink line = {.colour = colour, .width = grey ? 1.2 : 1.7};
    for (size_t series = 0; series < spec->series_count; series++) {
        const struct chart_point *here = chart_find(spec, group, series, 0);
        const struct chart_point *next =
            series + 1 < spec->series_count ? chart_find(spec, group, series + 1, 0) : NULL;
        if (chart_has_value(here) && chart_has_value(next))
            chart_segment(plot, line, (double)series, here->value, (double)series + 1,
                          next->value);
    }
}

static void slope_dots(struct chart_plot *plot, size_t group)
{
    const struct chart_spec *spec = plot->spec;
    bool grey = chart_any_focus(spec) && !spec->groups[group].focus;
    for (size_t series = 0; series < spec->series_count; series++) {
        const struct chart_point *here = chart_find(spec, group, series, 0);
        struct chart_ink mark = chart_series_mark(plot, series);
        mark.size = 6;
        if (grey) mark.colour = plot->style->muted;
        if (chart_has_value(here)) chart_dot(plot, mark, (double)series, here->value);
    }
}

/** From the lowest to the highest value: posts have no ticks that would have to be round.
 */
static struct chart_axis slope_axis(const struct chart_spec *spec)
{
    struct chart_axis axis = {.low = INFINITY, .high = -INFINITY};
    for (size_t i = 0; i < spec->point_count; i++) {
        if (!chart_has_value(&spec->points[i])) continue;
        axis.low = fmin(axis.low, spec->points[i].value);
        axis.high = fmax(axis.high, spec->points[i].value);
    }
    if (axis.low < axis.high) return axis;
    return chart_value_axis(spec, 5);
}

static bool paint(struct chart_plot *plot, const struct chart_pads *pads, void *context)
{
    const struct chart_spec *spec = plot->spec;
    struct chart_axis axis = slope_axis(spec);
    size_t absent = absent_count(spec);
    double below = 8 + (absent ? leading * (double)absent + 3 : 0);
    const struct chart_frame frame = {
        .left = pads->left,
        .bottom = below,
        .width = plot->width - pads->left - pads->right,
        .height = plot->height - HEADROOM - below - 4,
        .x0 = -0.02,
        .x1 = (double)spec->series_count - 1 + 0.02,
        .y0 = axis.low,
        .y1 = axis.high,
    };
    const struct chart_ink post = {.colour = plot->style->muted, .width = 0.7};
    (void)context;
    if (frame.width < 50) return false;
    chart_plot_clear(plot);
    chart_open_page(plot);
    chart_open_panel(plot, frame, 0, plot->width);
    for (size_t i = 0; i < spec->series_count; i++) {
        chart_segment(plot, post, (double)i, frame.y0, (double)i, frame.y1);
        chart_label(plot, chart_bold(chart_label_type(plot)),
                    chart_x_points(plot, (double)i), plot->height - 6, CHART_MIDDLE,
                    spec->series[i].label);
    }
    for (size_t i = 0; i < spec->group_count; i++)
        slope_line(plot, i);
    for (size_t i = 0; i < spec->group_count; i++)
        slope_dots(plot, i);
    post_labels(plot, 0, true);
    post_labels(plot, spec->series_count - 1, false);
    return true;
}

rk_status chart_slope(struct chart_plot *plot, struct rk_diag *diag)
{
    const struct chart_spec *spec = plot->spec;
    double needed =
        leading * (double)(spec->group_count + absent_count(spec)) + HEADROOM + 20;
    plot->height = fmax(fmax(needed, LEAST_HEIGHT), spec->height_mm * 72 / 25.4);
    if (plot->height > MOST_HEIGHT)
        return rk_fail(diag, RK_STUDY, spec->place,
                       "chart %s: %zu lines are too many for a slope; use a dumbbell",
                       spec->id, spec->group_count);
    return chart_settle(plot, diag, (struct chart_pads){4, 4}, paint, NULL);
}
