// SPDX-License-Identifier: MIT
#include "render/chart_priv.h"

#include <math.h>
#include <stdlib.h>

/** Heights, in points. */
enum { PLOT_HEIGHT = 190, HEADROOM = 10, LEADING = 10, AT_RISK_ROOM = 28 };

static struct chart_frame frame_of(const struct chart_plot *plot)
{
    return plot->panels[plot->panel_count - 1].frame;
}

/* --- Words of the vertical axis --- */

double chart_up_words_height(const struct chart_spec *spec)
{
    return spec->axis_label || spec->better != BETTER_NONE ? 15 : 0;
}

void chart_up_words(struct chart_plot *plot)
{
    static const char *const directions[] = {[BETTER_NONE] = NULL,
                                             [BETTER_HIGH] = "\u2191 higher is better",
                                             [BETTER_LOW] = "\u2193 lower is better"};
    const struct chart_spec *spec = plot->spec;
    const struct chart_panel *panel = &plot->panels[plot->panel_count - 1];
    struct chart_type type = chart_small_type(plot);
    double y = panel->frame.bottom + panel->frame.height + HEADROOM + 8,
           x = panel->slot_left;
    if (spec->panels) y += 14;
    if (spec->axis_label) {
        chart_label(plot, type, x, y, CHART_LEFT, spec->axis_label);
        x += chart_text_width(plot, type, spec->axis_label) + 12;
    }
    type.face = CHART_ITALIC;
    if (directions[spec->better])
        chart_label(plot, type, x, y, CHART_LEFT, directions[spec->better]);
}

/* --- Points of a series along the number axis --- */

static int by_x(const void *left, const void *right)
{
    double a = (*(const struct chart_point *const *)left)->x;
    double b = (*(const struct chart_point *const *)right)->x;
    return (a > b) - (a < b);
}

static const struct chart_point **along(const struct chart_plot *plot, size_t series,
                                        size_t *count)
{
    const struct chart_spec *spec = plot->spec;
    const struct chart_point **points =
        RK_ARRAY(plot->arena, const struct chart_point *, spec->point_count + 1);
    *count = 0;
    for (size_t i = 0; i < spec->point_count; i++)
        if (spec->points[i].series == series && !chart_is_masked(&spec->points[i]))
            points[(*count)++] = &spec->points[i];
    qsort(points, *count, sizeof *points, by_x);
    return points;
}

/** Round ticks, but it ends where the data end, so that curves reach the names at their
 * ends. */
static struct chart_axis number_axis(const struct chart_spec *spec)
{
    double high = 0;
    for (size_t i = 0; i < spec->point_count; i++)
        if (!chart_is_masked(&spec->points[i])) high = fmax(high, spec->points[i].x);
    struct chart_axis axis = chart_axis_make(0, high, 6);
    if (high > 0) axis.high = high;
    return axis;
}

/* --- Funnel --- */

static void limit_curves(struct chart_plot *plot, size_t series, size_t nth)
{
    struct chart_ink ink = {.colour = plot->style->soft_ink, .width = 0.8};
    size_t count;
    const struct chart_point **points = along(plot, series, &count);
    struct chart_xy *low = RK_ARRAY(plot->arena, struct chart_xy, count + 1);
    struct chart_xy *high = RK_ARRAY(plot->arena, struct chart_xy, count + 1);
    if (nth == 0) ink.on = 3, ink.off = 2;
    for (size_t i = 0; i < count; i++) {
        low[i] = (struct chart_xy){points[i]->x, points[i]->low};
        high[i] = (struct chart_xy){points[i]->x, points[i]->high};
    }
    if (!count) return;
    chart_stroke(plot, ink, low, count);
    chart_stroke(plot, ink, high, count);
}

static size_t limit_ends(struct chart_plot *plot, struct chart_end *ends)
{
    const struct chart_spec *spec = plot->spec;
    size_t used = 0;
    for (size_t series = 0; series < spec->series_count; series++) {
        size_t count;
        const struct chart_point **points = along(plot, series, &count);
        if (spec->series[series].role != CHART_LIMIT || !count) continue;
        ends[used++] =
            (struct chart_end){chart_y_points(plot, points[count - 1]->high),
                               spec->series[series].label, plot->style->soft_ink};
    }
    if (!isnan(spec->reference) && spec->reference_label)
        ends[used++] = (struct chart_end){chart_y_points(plot, spec->reference),
                                          spec->reference_label, plot->style->soft_ink};
    return used;
}

/** No label may cross this stretch of a curve: small squares along it are taken. */
static void take_stretch(struct chart_plot *plot, struct chart_places *places,
                         struct chart_xy from, struct chart_xy to)
{
    double x0 = chart_x_points(plot, from.x), y0 = chart_y_points(plot, from.y);
    double x1 = chart_x_points(plot, to.x), y1 = chart_y_points(plot, to.y);
    int steps = (int)(hypot(x1 - x0, y1 - y0) / 3) + 1;
    for (int i = 0; i <= steps; i++) {
        double x = x0 + (x1 - x0) * i / steps, y = y0 + (y1 - y0) * i / steps;
        chart_take(plot, places, (struct chart_rect){x - 1, y - 1, x + 1, y + 1});
    }
}

static void take_lines(struct chart_plot *plot, struct chart_places *places)
{
    const struct chart_spec *spec = plot->spec;
    struct chart_frame frame = frame_of(plot);
    for (size_t series = 0; series < spec->series_count; series++) {
        size_t count;
        const struct chart_point **points = along(plot, series, &count);
        for (size_t i = 1; spec->series[series].role == CHART_LIMIT && i < count; i++) {
            const struct chart_point *a = points[i - 1], *b = points[i];
            take_stretch(plot, places, (struct chart_xy){a->x, a->low},
                         (struct chart_xy){b->x, b->low});
            take_stretch(plot, places, (struct chart_xy){a->x, a->high},
                         (struct chart_xy){b->x, b->high});
        }
    }
    if (!isnan(spec->reference))
        take_stretch(plot, places, (struct chart_xy){frame.x0, spec->reference},
                     (struct chart_xy){frame.x1, spec->reference});
}

/** The first of eight places round the dot that is free; none: the label is left out, since
 * the numbers also stand in a table. */
static void label_dot(struct chart_plot *plot, struct chart_places *places,
                      const char *text, double x, double y)
{
    static const struct {
        double right, up;
        enum chart_align align;
    } around[] = {
        {6,  0,  CHART_LEFT  },
        {-6, 0,  CHART_RIGHT },
        {0,  8,  CHART_MIDDLE},
        {0,  -8, CHART_MIDDLE},
        {5,  6,  CHART_LEFT  },
        {5,  -6, CHART_LEFT  },
        {-5, 6,  CHART_RIGHT },
        {-5, -6, CHART_RIGHT }
    };
    struct chart_frame frame = frame_of(plot);
    struct chart_type type = chart_small_type(plot);
    for (size_t i = 0; i < sizeof around / sizeof *around; i++) {
        double at_x = x + around[i].right, at_y = y + around[i].up;
        struct chart_rect rect =
            chart_text_rect(plot, type, at_x, at_y, around[i].align, text);
        bool inside = rect.left >= frame.left && rect.right <= frame.left + frame.width &&
                      rect.bottom >= frame.bottom &&
                      rect.top <= frame.bottom + frame.height;
        if (!inside || !chart_is_free(places, rect)) continue;
        chart_take(plot, places, rect);
        chart_label_clear(plot, type, at_x, at_y, around[i].align, text);
        return;
    }
}

/** Far from the middle for its base: what the chart is read for. */
static double oddness(const struct chart_spec *spec, const struct chart_point *point)
{
    double middle = isnan(spec->reference) ? 0 : spec->reference;
    return fabs(point->value - middle) * sqrt(fmax(point->x, 0));
}

/** Whether the point lies beyond the limits of a series, which are straight between its
 * points. */
static bool beyond(const struct chart_plot *plot, size_t series,
                   const struct chart_point *point)
{
    size_t count;
    const struct chart_point **limits = along(plot, series, &count);
    for (size_t i = 1; i < count; i++) {
        const struct chart_point *a = limits[i - 1], *b = limits[i];
        if (point->x < a->x || point->x > b->x || a->x == b->x) continue;
        double part = (point->x - a->x) / (b->x - a->x);
        return point->value < a->low + part * (b->low - a->low) ||
               point->value > a->high + part * (b->high - a->high);
    }
    return false;
}

/** In a crowd only those beyond the first limits have their names. */
static bool deserves_name(const struct chart_plot *plot, const struct chart_point *point,
                          size_t crowd)
{
    const struct chart_spec *spec = plot->spec;
    if (!chart_has_value(point)) return false;
    for (size_t i = 0; crowd > 12 && i < spec->series_count; i++)
        if (spec->series[i].role == CHART_LIMIT) return beyond(plot, i, point);
    return true;
}

static void label_dots(struct chart_plot *plot, struct chart_places *places,
                       const struct chart_point **points, size_t count)
{
    const struct chart_spec *spec = plot->spec;
    bool *done = RK_ARRAY(plot->arena, bool, count + 1);
    for (size_t turn = 0; turn < count; turn++) {
        size_t next = count;
        for (size_t i = 0; i < count; i++)
            if (!done[i] && deserves_name(plot, points[i], count) &&
                (next == count || oddness(spec, points[i]) > oddness(spec, points[next])))
                next = i;
        if (next == count) return;
        done[next] = true;
        label_dot(plot, places, spec->groups[points[next]->group].label,
                  chart_x_points(plot, points[next]->x),
                  chart_y_points(plot, points[next]->value));
    }
}

static void funnel_dots(struct chart_plot *plot, size_t series)
{
    struct chart_ink mark = chart_series_mark(plot, series);
    struct chart_places places = {0};
    size_t count;
    const struct chart_point **points = along(plot, series, &count);
    mark.size = 6;
    for (size_t i = 0; i < count; i++) {
        if (!chart_has_value(points[i])) continue;
        double x = chart_x_points(plot, points[i]->x),
               y = chart_y_points(plot, points[i]->value);
        chart_dot(plot, mark, points[i]->x, points[i]->value);
        chart_take(plot, &places, (struct chart_rect){x - 4, y - 4, x + 4, y + 4});
    }
    take_lines(plot, &places);
    label_dots(plot, &places, points, count);
}

static void paint_funnel(struct chart_plot *plot)
{
    const struct chart_spec *spec = plot->spec;
    const struct chart_ink middle = {
        .depth = CHART_GRID, .colour = plot->style->soft_ink, .width = 0.8};
    struct chart_frame frame = frame_of(plot);
    struct chart_end *ends =
        RK_ARRAY(plot->arena, struct chart_end, spec->series_count + 1);
    if (!isnan(spec->reference))
        chart_segment(plot, middle, frame.x0, spec->reference, frame.x1, spec->reference);
    for (size_t i = 0, nth = 0; i < spec->series_count; i++)
        if (spec->series[i].role == CHART_LIMIT) limit_curves(plot, i, nth++);
    for (size_t i = 0; i < spec->series_count; i++)
        if (spec->series[i].role != CHART_LIMIT) funnel_dots(plot, i);
    chart_put_ends(plot, ends, limit_ends(plot, ends));
}

/* --- Survival --- */

static unsigned pale(unsigned colour)
{
    unsigned out = 0;
    for (int shift = 0; shift < 24; shift += 8)
        out |= (255 - (255 - (colour >> shift & 0xFF)) * 15 / 100) << shift;
    return out;
}

/** A line through the days that the result tells of: what lies between them is not known, and
 * steps would say that nothing happens there. `which`: value, low, high; without limits, such
 * as before the first event, the value. */
static size_t through_days(const struct chart_point **points, size_t count, int which,
                           struct chart_xy *out)
{
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        double limit = which < 0 ? points[i]->low : points[i]->high;
        double y = which == 0 || isnan(limit) ? points[i]->value : limit;
        if (!isnan(y)) out[used++] = (struct chart_xy){points[i]->x, y};
    }
    return used;
}

static void survival_band(struct chart_plot *plot, const struct chart_point **points,
                          size_t count, unsigned colour)
{
    struct chart_xy *ring = RK_ARRAY(plot->arena, struct chart_xy, 2 * count + 2);
    struct chart_xy *low = RK_ARRAY(plot->arena, struct chart_xy, count + 1);
    size_t used = through_days(points, count, 1, ring);
    size_t below = through_days(points, count, -1, low);
    while (below > 0)
        ring[used++] = low[--below];
    if (used > 3) chart_area(plot, (struct chart_ink){.colour = pale(colour)}, ring, used);
}

static void survival_dots(struct chart_plot *plot, size_t series, const struct chart_xy *days,
                          size_t count)
{
    struct chart_ink mark = chart_series_mark(plot, series);
    mark.size = 5;
    for (size_t i = 0; i < count; i++)
        chart_dot(plot, mark, days[i].x, days[i].y);
}

/** "Salford 9.1%"; of a single series the number alone. */
static const char *end_words(struct chart_plot *plot, size_t series, double value)
{
    const struct chart_spec *spec = plot->spec;
    const char *number = chart_number(plot->arena, value, spec->unit, spec->decimals);
    if (spec->series_count == 1) return number;
    return rk_arena_printf(plot->arena, "%s %s", spec->series[series].label, number);
}

static void paint_survival(struct chart_plot *plot)
{
    const struct chart_spec *spec = plot->spec;
    struct chart_end *ends = RK_ARRAY(plot->arena, struct chart_end, spec->series_count);
    size_t used = 0;
    for (int pass = 0; pass < 2; pass++)
        for (size_t series = 0; series < spec->series_count; series++) {
            struct chart_ink ink = chart_series_line(plot, series);
            size_t count;
            const struct chart_point **points = along(plot, series, &count);
            struct chart_xy *days = RK_ARRAY(plot->arena, struct chart_xy, count + 1);
            size_t known = through_days(points, count, 0, days);
            if (!known) continue;
            if (pass == 0) {
                survival_band(plot, points, count, ink.colour);
                continue;
            }
            chart_stroke(plot, ink, days, known);
            survival_dots(plot, series, days, known);
            ends[used++] = (struct chart_end){chart_y_points(plot, days[known - 1].y),
                                              end_words(plot, series, days[known - 1].y),
                                              plot->style->ink};
        }
    chart_put_ends(plot, ends, used);
}

static bool knows_bases(const struct chart_spec *spec)
{
    for (size_t i = 0; i < spec->point_count; i++)
        if (spec->points[i].n >= 0) return true;
    return false;
}

/** How many were still followed at each day: a row a series under the axis. */
static void put_at_risk(struct chart_plot *plot)
{
    const struct chart_spec *spec = plot->spec;
    struct chart_frame frame = frame_of(plot);
    struct chart_type type = chart_small_type(plot);
    double y = frame.bottom - 17 - (spec->x_label ? 11 : 0);
    chart_label(plot, chart_bold(type), frame.left, y, CHART_LEFT, "Still followed");
    for (size_t series = 0; series < spec->series_count; series++) {
        size_t count;
        const struct chart_point **points = along(plot, series, &count);
        y -= LEADING;
        if (spec->series_count > 1)
            chart_label(plot, type, frame.left - 14, y, CHART_RIGHT,
                        spec->series[series].label);
        double free = -INFINITY;
        for (size_t i = 0; i < count; i++) {
            double x = chart_x_points(plot, points[i]->x);
            if (points[i]->n < 0 || x < free) continue;
            chart_label(plot, type, x, y, CHART_MIDDLE,
                        chart_number(plot->arena, (double)points[i]->n, UNIT_NUMBER, 0));
            free = x + AT_RISK_ROOM;
        }
    }
}

/* --- Assembling --- */

/** The number axis counts plainly, whatever the values are, and has no better direction. */
static void axis_below(struct chart_plot *plot, const struct chart_axis *axis)
{
    struct chart_spec plain = *plot->spec;
    const struct chart_spec *spec = plot->spec;
    plain.unit = UNIT_NUMBER;
    plain.better = BETTER_NONE;
    plot->spec = &plain;
    chart_axis_across(plot, axis, plain.x_label);
    plot->spec = spec;
}

static double depth_below(struct chart_plot *plot)
{
    const struct chart_spec *spec = plot->spec;
    double depth = 13 + (spec->x_label ? 11 : 0);
    if (spec->kind == CHART_SURVIVAL && knows_bases(spec))
        depth += 10 + LEADING * (double)spec->series_count;
    return depth;
}

static bool paint(struct chart_plot *plot, const struct chart_pads *pads, void *context)
{
    const struct chart_spec *spec = plot->spec;
    struct chart_axis up = chart_value_axis(spec, 5), across = number_axis(spec);
    double below = depth_below(plot);
    const struct chart_frame frame = {
        .left = pads->left,
        .bottom = below,
        .width = plot->width - pads->left - pads->right,
        .height = plot->height - below - HEADROOM - chart_up_words_height(spec),
        .x0 = across.low,
        .x1 = across.high,
        .y0 = up.low,
        .y1 = up.high,
    };
    (void)context;
    if (frame.width < 60) return false;
    chart_plot_clear(plot);
    chart_open_page(plot);
    chart_open_panel(plot, frame, 0, plot->width);
    chart_axis_up(plot, &up);
    axis_below(plot, &across);
    chart_up_words(plot);
    if (spec->kind == CHART_FUNNEL)
        paint_funnel(plot);
    else
        paint_survival(plot);
    if (spec->kind == CHART_SURVIVAL && knows_bases(spec)) put_at_risk(plot);
    return true;
}

rk_status chart_curves(struct chart_plot *plot, struct rk_diag *diag)
{
    const struct chart_spec *spec = plot->spec;
    if (spec->kind == CHART_SLOPE) return chart_slope(plot, diag);
    plot->height = depth_below(plot) + PLOT_HEIGHT + HEADROOM + chart_up_words_height(spec);
    plot->height = fmax(plot->height, spec->height_mm * 72 / 25.4);
    return chart_settle(plot, diag, (struct chart_pads){20, 4}, paint, NULL);
}
