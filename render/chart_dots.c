// SPDX-License-Identifier: MIT
#include "render/chart_priv.h"

#include <math.h>

static const double value_gap = 3.5;

static double panel_bottom(const struct chart_plot *plot)
{
    return plot->panels[plot->panel_count - 1].frame.bottom;
}

static void interval(struct chart_plot *plot, const struct chart_point *point, double y,
                     unsigned colour)
{
    const struct chart_ink line = {.colour = colour, .width = 1.1};
    if (chart_has_limits(point)) chart_segment(plot, line, point->low, y, point->high, y);
}

/* --- Dumbbell --- */

/** Where the row's drawing ends on one side, points: a dot's edge or the end of an
 * interval. */
static double outer_end(const struct chart_plot *plot,
                        const struct chart_point *const two[2], bool left)
{
    double half = chart_series_mark(plot, 0).size / 2, end = left ? INFINITY : -INFINITY;
    for (int i = 0; i < 2; i++) {
        double dot = chart_x_points(plot, two[i]->value), limit = dot;
        if (chart_has_limits(two[i]))
            limit = chart_x_points(plot, left ? two[i]->low : two[i]->high);
        end =
            left ? fmin(end, fmin(dot - half, limit)) : fmax(end, fmax(dot + half, limit));
    }
    return end;
}

/** Numbers go outwards, so that two dots that meet never cover them. */
static void outward_label(struct chart_plot *plot, const struct chart_point *const two[2],
                          int which, bool left, const struct chart_row *row)
{
    const struct chart_spec *spec = plot->spec;
    const char *text =
        chart_number(plot->arena, two[which]->value, spec->unit, spec->decimals);
    double x = outer_end(plot, two, left) + (left ? -value_gap : value_gap);
    double axis = plot->panels[plot->panel_count - 1].frame.left;
    if (left && x > axis - 2 &&
        x - chart_text_width(plot, chart_small_type(plot), text) < axis + 2)
        x = axis - 2; /* beside the axis, not across it */
    if (!spec->hide_values)
        chart_label_clear(plot, chart_small_type(plot), x, panel_bottom(plot) + row->y,
                          left ? CHART_RIGHT : CHART_LEFT, text);
}

/** Names of the two dots above those of the first row, growing outwards as well, but
 * neither into each other nor out of the panel. */
static void dot_names(struct chart_plot *plot, const struct chart_row *row,
                      const struct chart_point *const two[2], bool first_left)
{
    const struct chart_panel *panel = &plot->panels[plot->panel_count - 1];
    const struct chart_series *series = plot->spec->series;
    struct chart_type type = chart_bold(chart_small_type(plot));
    double top = panel->frame.bottom + panel->frame.height + 7;
    double half = chart_series_mark(plot, 0).size / 2;
    int l = first_left ? 0 : 1, r = 1 - l;
    if (row->position || !row->names) return;
    double left = chart_x_points(plot, two[l]->value) + half;
    double right = chart_x_points(plot, two[r]->value) - half;
    double middle = (left + right) / 2;
    left = fmin(left, middle - 4);
    right = fmax(right, middle + 4);
    double most = panel->slot_right - chart_text_width(plot, type, series[r].label);
    right = fmin(right, most);
    left = fmin(left, right - 8);
    chart_page_label(plot, type, left, top, CHART_RIGHT, series[l].label);
    chart_page_label(plot, type, right, top, CHART_LEFT, series[r].label);
}

/** One of the two is missing: the other dot, and why it stands alone. */
static void lone_dot(struct chart_plot *plot, const struct chart_row *row,
                     const struct chart_point *const two[2])
{
    const struct chart_spec *spec = plot->spec;
    int there = chart_has_value(two[0]) ? 0 : 1;
    const char *why = chart_is_masked(two[1 - there]) ? "[c]" : "no data";
    const struct chart_point *point = two[there];
    interval(plot, point, row->y, plot->style->muted);
    chart_dot(plot, chart_series_mark(plot, (size_t)there), point->value, row->y);
    double x = chart_x_points(plot, chart_has_limits(point) ? point->high : point->value);
    chart_label_clear(
        plot, chart_small_type(plot), x + 8, panel_bottom(plot) + row->y, CHART_LEFT,
        rk_arena_printf(plot->arena, "%s (%s: %s)",
                        chart_number(plot->arena, point->value, spec->unit, spec->decimals),
                        spec->series[1 - there].label, why));
}

void chart_paint_dumbbell(struct chart_plot *plot, const struct chart_row *row,
                          size_t panel)
{
    const struct chart_spec *spec = plot->spec;
    const struct chart_point *two[2] = {chart_find(spec, row->group, 0, panel),
                                        chart_find(spec, row->group, 1, panel)};
    if (!chart_has_value(two[0]) || !chart_has_value(two[1])) {
        lone_dot(plot, row, two);
        return;
    }
    const struct chart_ink bridge = {.colour = plot->style->muted, .width = 3};
    bool first_left = two[0]->value <= two[1]->value;
    interval(plot, two[0], row->y + 3.2, plot->style->muted);
    interval(plot, two[1], row->y - 3.2, plot->style->focus);
    chart_segment(plot, bridge, two[0]->value, row->y, two[1]->value, row->y);
    for (size_t i = 0; i < 2; i++)
        chart_dot(plot, chart_series_mark(plot, i), two[i]->value, row->y);
    outward_label(plot, two, 0, first_left, row);
    outward_label(plot, two, 1, !first_left, row);
    dot_names(plot, row, two, first_left);
}

/* --- Dots with intervals --- */

static void dot(struct chart_plot *plot, const struct chart_row *row,
                const struct chart_point *point, size_t series, double y)
{
    const struct chart_group *group = &plot->spec->groups[row->group];
    struct chart_ink mark = chart_series_mark(plot, series);
    if (chart_any_focus(plot->spec) && !group->focus) {
        mark.colour = plot->style->soft_ink;
        mark.hollow = true;
    }
    if (group->total) mark.shape = CHART_DIAMOND;
    interval(plot, point, y, mark.colour);
    chart_dot(plot, mark, point->value, y);
}

void chart_paint_dots(struct chart_plot *plot, const struct chart_row *row, size_t panel)
{
    const struct chart_spec *spec = plot->spec;
    size_t count = spec->series_count;
    double room = (row->height - 8) / (double)count;
    double y = row->y + room * (double)(count - 1) / 2;
    bool values = count > 1 && !spec->hide_values;
    for (size_t i = 0; i < count; i++, y -= room) {
        const struct chart_point *point = chart_find(spec, row->group, i, panel);
        const struct chart_frame *frame = &plot->panels[plot->panel_count - 1].frame;
        if (!chart_has_value(point)) {
            chart_label(plot, chart_small_type(plot), frame->left + value_gap,
                        frame->bottom + y, CHART_LEFT,
                        chart_is_masked(point) ? "[c]" : "no data");
            continue;
        }
        dot(plot, row, point, i, y);
        if (!values) continue;
        double end =
            chart_has_limits(point) ? fmax(point->high, point->value) : point->value;
        double x =
            fmax(chart_x_points(plot, end), chart_x_points(plot, point->value) + 3.5);
        chart_label_clear(plot, chart_small_type(plot), x + value_gap, frame->bottom + y,
                          CHART_LEFT, chart_point_text(plot, point));
    }
}

/* --- Forest --- */

/** Area in proportion to the base, between readable and plump. */
static double square_size(const struct chart_spec *spec, long n)
{
    long most = 1;
    for (size_t i = 0; i < spec->point_count; i++)
        if (!spec->groups[spec->points[i].group].total && spec->points[i].n > most)
            most = spec->points[i].n;
    return n < 0 ? 6 : fmax(3.5, fmin(10, 10 * sqrt((double)n / (double)most)));
}

void chart_paint_forest(struct chart_plot *plot, const struct chart_row *row, size_t panel)
{
    const struct chart_spec *spec = plot->spec;
    const struct chart_point *point = chart_find(spec, row->group, 0, panel);
    unsigned colour = plot->style->focus;
    if (spec->groups[row->group].total && chart_has_limits(point)) {
        double half = fmin(5, row->height / 3);
        const struct chart_xy diamond[] = {
            {point->low,   row->y       },
            {point->value, row->y + half},
            {point->high,  row->y       },
            {point->value, row->y - half}
        };
        chart_area(plot, (struct chart_ink){.colour = colour}, diamond, 4);
        return;
    }
    interval(plot, point, row->y, plot->style->ink);
    const struct chart_ink square = {.colour = colour,
                                     .width = 0.5,
                                     .shape = CHART_SQUARE,
                                     .size = square_size(spec, point->n)};
    chart_dot(plot, square, point->value, row->y);
}
