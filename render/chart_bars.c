// SPDX-License-Identifier: MIT
#include "render/chart_priv.h"

#include <math.h>

/** Between a bar's end and its number. */
static const double value_gap = 4;

static double bar_height(double room)
{
    return fmin(room * 0.64, 13);
}

/** Start of the row inside the axis: zero where the axis has it. */
static double row_start(const struct chart_plot *plot)
{
    const struct chart_frame *frame = &plot->panels[plot->panel_count - 1].frame;
    return fmax(frame->x0, fmin(0, frame->x1));
}

/** The masked series of a row: by name while they are few, else how many. */
static const char *masked_names(struct chart_plot *plot, const struct chart_row *row,
                                size_t panel)
{
    const struct chart_spec *spec = plot->spec;
    const char *names = NULL;
    size_t count = 0;
    for (size_t i = 0; i < spec->series_count; i++) {
        if (!chart_is_masked(chart_find(spec, row->group, i, panel))) continue;
        names = count++
                    ? rk_arena_printf(plot->arena, "%s, %s", names, spec->series[i].label)
                    : spec->series[i].label;
    }
    return count > 2 ? rk_arena_printf(plot->arena, "%zu more", count) : names;
}

bool chart_paint_absent(struct chart_plot *plot, const struct chart_row *row, size_t panel)
{
    const struct chart_spec *spec = plot->spec;
    const struct chart_frame frame = plot->panels[plot->panel_count - 1].frame;
    bool masked = false;
    for (size_t i = 0; i < spec->series_count; i++) {
        const struct chart_point *point = chart_find(spec, row->group, i, panel);
        if (chart_has_value(point) && spec->series[i].role != CHART_TARGET) return false;
        masked = masked || chart_is_masked(point);
    }
    struct chart_type type = chart_small_type(plot);
    if (!masked) type.face = CHART_ITALIC;
    chart_label(plot, type, chart_x_points(plot, row_start(plot)) + value_gap,
                frame.bottom + row->y, CHART_LEFT, masked ? "[c]" : "no data");
    return true;
}

/** A thin interval in a colour that can be read on the bar, and dark beside it. */
static void whisker(struct chart_plot *plot, const struct chart_point *point, double y,
                    struct chart_ink bar)
{
    const struct chart_ink beside = {.colour = plot->style->ink, .width = 1};
    struct chart_ink inside = beside;
    double start = fmin(0, point->value), end = fmax(0, point->value);
    if (!chart_has_limits(point)) return;
    if (!bar.hatch) inside.colour = chart_ink_on(bar.colour);
    double low = fmax(start, point->low), high = fmin(end, point->high);
    if (point->low < start) chart_segment(plot, beside, point->low, y, start, y);
    if (low < high) chart_segment(plot, inside, low, y, high, y);
    if (point->high > end) chart_segment(plot, beside, end, y, point->high, y);
}

/** The number beyond the bar and its interval. */
static void value_label(struct chart_plot *plot, const struct chart_point *point, double y,
                        struct chart_type type)
{
    const struct chart_spec *spec = plot->spec;
    if (spec->hide_values) return;
    double end = point->value;
    bool negative = end < 0;
    if (chart_has_limits(point))
        end = negative ? fmin(end, point->low) : fmax(end, point->high);
    double bottom = plot->panels[plot->panel_count - 1].frame.bottom;
    chart_label_clear(
        plot, type, chart_x_points(plot, end) + (negative ? -value_gap : value_gap),
        bottom + y, negative ? CHART_RIGHT : CHART_LEFT, chart_point_text(plot, point));
}

static void bar(struct chart_plot *plot, struct chart_ink ink, double value, double y,
                double height)
{
    double start = row_start(plot);
    chart_box(plot, ink, start, y - height / 2, value, y + height / 2);
}

void chart_paint_bar(struct chart_plot *plot, const struct chart_row *row, size_t panel)
{
    const struct chart_group *group = &plot->spec->groups[row->group];
    const struct chart_point *point = chart_find(plot->spec, row->group, 0, panel);
    struct chart_ink ink = {.colour = plot->style->focus};
    if (chart_any_focus(plot->spec) && !group->focus) ink.colour = plot->style->muted;
    struct chart_type type = chart_label_type(plot);
    if (group->total || group->focus) type = chart_bold(type);
    bar(plot, ink, point->value, row->y, bar_height(row->height));
    whisker(plot, point, row->y, ink);
    value_label(plot, point, row->y, type);
}

void chart_paint_grouped(struct chart_plot *plot, const struct chart_row *row, size_t panel)
{
    const struct chart_spec *spec = plot->spec;
    double room = (row->height - 7) / (double)spec->series_count;
    double y = row->y + room * (double)(spec->series_count - 1) / 2;
    double bottom = plot->panels[plot->panel_count - 1].frame.bottom;
    for (size_t i = 0; i < spec->series_count; i++, y -= room) {
        const struct chart_point *point = chart_find(spec, row->group, i, panel);
        if (chart_has_value(point)) {
            struct chart_ink ink = chart_series_fill(plot, i);
            bar(plot, ink, point->value, y, fmin(room - 1, 11));
            whisker(plot, point, y, ink);
            value_label(plot, point, y, chart_small_type(plot));
        } else {
            chart_label(plot, chart_small_type(plot),
                        chart_x_points(plot, row_start(plot)) + value_gap, bottom + y,
                        CHART_LEFT, chart_is_masked(point) ? "[c]" : "no data");
        }
    }
}

/* --- Stacked --- */

/** A piece of a stacked bar. */
struct piece {
    size_t series;
    double from, to, value;
    bool first, last; /**< at the ends of the bar, where a number has room outside */
};

static double panel_middle(const struct chart_plot *plot, const struct chart_row *row)
{
    return plot->panels[plot->panel_count - 1].frame.bottom + row->y;
}

/** Inside when it fits, with fewer decimals if need be; beside the bar at its ends; else
 * the table has it. Returns the room it takes behind the bar. */
static double piece_number(struct chart_plot *plot, const struct piece *piece,
                           const struct chart_row *row, unsigned background)
{
    const struct chart_spec *spec = plot->spec;
    struct chart_type inside = chart_small_type(plot), outside = inside;
    double left = chart_x_points(plot, piece->from),
           right = chart_x_points(plot, piece->to);
    double y = panel_middle(plot, row), room = right - left;
    const char *text = chart_number(plot->arena, piece->value, spec->unit, spec->decimals);
    const char *shorter = chart_number(plot->arena, piece->value, spec->unit, 0);
    inside.colour = chart_ink_on(background);
    if (chart_text_width(plot, inside, text) + 4 <= room)
        chart_label(plot, inside, (left + right) / 2, y, CHART_MIDDLE, text);
    else if (chart_text_width(plot, inside, shorter) + 3 <= room)
        chart_label(plot, inside, (left + right) / 2, y, CHART_MIDDLE, shorter);
    else if (piece->last)
        chart_label_clear(plot, outside, right + value_gap, y, CHART_LEFT, text);
    else if (piece->first)
        chart_label_clear(plot, outside, left - value_gap, y, CHART_RIGHT, text);
    return piece->last && chart_text_width(plot, inside, shorter) + 3 > room
               ? value_gap + chart_text_width(plot, outside, text)
               : 0;
}

static double put_piece(struct chart_plot *plot, const struct piece *piece,
                        const struct chart_row *row)
{
    const struct chart_frame *frame = &plot->panels[plot->panel_count - 1].frame;
    const struct chart_ink gap = {.colour = 0xFFFFFF, .width = 1.2};
    struct chart_ink ink = chart_series_fill(plot, piece->series);
    double half = bar_height(row->height) / 2;
    chart_box(plot, ink, piece->from, row->y - half, piece->to, row->y + half);
    if (!piece->last &&
        chart_x_points(plot, piece->to) - chart_x_points(plot, piece->from) > 1)
        chart_segment(plot, gap, piece->to, row->y - half, piece->to, row->y + half);
    if (row->names)
        chart_page_label(plot, chart_small_type(plot),
                         chart_x_points(plot, (piece->from + piece->to) / 2),
                         frame->bottom + frame->height + 5, CHART_MIDDLE,
                         plot->spec->series[piece->series].label);
    return plot->spec->hide_values || piece->value == 0
               ? 0
               : piece_number(plot, piece, row, ink.colour);
}

/** Whether a later series of the row has something to show; levels only when asked. */
static bool more_follow(const struct chart_plot *plot, const struct chart_row *row,
                        size_t panel, size_t series, bool levels_only)
{
    const struct chart_spec *spec = plot->spec;
    for (size_t i = series + 1; i < spec->series_count; i++) {
        const struct chart_point *point = chart_find(spec, row->group, i, panel);
        if (levels_only && spec->series[i].role == CHART_APART) continue;
        if (chart_is_masked(point) || (chart_has_value(point) && point->value != 0))
            return true;
    }
    return false;
}

/** Behind the bar, which ends at `at`, and the `taken` points of its last number. */
static void masked_note(struct chart_plot *plot, const struct chart_row *row, size_t panel,
                        double at, double taken)
{
    const char *names = masked_names(plot, row, panel);
    if (!names) return;
    chart_label_clear(plot, chart_small_type(plot),
                      chart_x_points(plot, at) + taken + value_gap,
                      plot->panels[plot->panel_count - 1].frame.bottom + row->y, CHART_LEFT,
                      rk_arena_printf(plot->arena, "[c] %s", names));
}

void chart_paint_stacked(struct chart_plot *plot, const struct chart_row *row, size_t panel)
{
    const struct chart_spec *spec = plot->spec;
    double at = 0, taken = 0;
    for (size_t i = 0; i < spec->series_count; i++) {
        const struct chart_point *point = chart_find(spec, row->group, i, panel);
        if (!chart_has_value(point)) continue;
        const struct piece piece = {.series = i,
                                    .from = at,
                                    .to = at + point->value,
                                    .value = point->value,
                                    .last = !more_follow(plot, row, panel, i, false)};
        taken = fmax(taken, put_piece(plot, &piece, row));
        at += point->value;
    }
    if (at > 0 || masked_names(plot, row, panel)) {
        masked_note(plot, row, panel, at, taken);
        return;
    }
    chart_label(plot, chart_small_type(plot), chart_x_points(plot, 0) + value_gap,
                panel_middle(plot, row), CHART_LEFT,
                chart_number(plot->arena, 0, spec->unit, spec->decimals));
}

/* --- Diverging --- */

/** How far a row reaches to both sides of the middle, and what stands apart. */
struct reach {
    double left, right, apart;
};

static size_t levels_of(const struct chart_spec *spec)
{
    size_t levels = 0;
    for (size_t i = 0; i < spec->series_count; i++)
        levels += spec->series[i].role != CHART_APART;
    return levels;
}

static struct reach reach_of(const struct chart_spec *spec, size_t group, size_t panel)
{
    struct reach reach = {0, 0, 0};
    size_t levels = levels_of(spec);
    for (size_t i = 0; i < spec->series_count; i++) {
        const struct chart_point *point = chart_find(spec, group, i, panel);
        if (!chart_has_value(point)) continue;
        if (spec->series[i].role == CHART_APART) {
            reach.apart += point->value;
        } else if (levels % 2 && i == levels / 2) {
            reach.left += point->value / 2;
            reach.right += point->value / 2;
        } else if (i < levels / 2) {
            reach.left += point->value;
        } else {
            reach.right += point->value;
        }
    }
    return reach;
}

static struct reach widest_reach(const struct chart_spec *spec)
{
    struct reach most = {0, 0, 0};
    for (size_t panel = 0; panel < chart_panel_count(spec); panel++)
        for (size_t group = 0; group < spec->group_count; group++) {
            struct reach reach = reach_of(spec, group, panel);
            most.left = fmax(most.left, reach.left);
            most.right = fmax(most.right, reach.right);
            most.apart = fmax(most.apart, reach.apart);
        }
    return most;
}

/** Where the bars that stand apart begin: the same in every row. */
static double apart_start(const struct reach *most)
{
    return most->right + 6;
}

struct chart_axis chart_diverging_axis(const struct chart_spec *spec)
{
    struct reach most = widest_reach(spec);
    double high = most.apart > 0 ? apart_start(&most) + most.apart : most.right;
    struct chart_axis axis = {.low = -most.left, .high = high};
    if (!(axis.high > axis.low)) axis.high = axis.low + 100;
    return axis;
}

void chart_paint_diverging(struct chart_plot *plot, const struct chart_row *row,
                           size_t panel)
{
    const struct chart_spec *spec = plot->spec;
    struct reach most = widest_reach(spec), reach = reach_of(spec, row->group, panel);
    double at = -reach.left, taken = 0;
    bool apart = false, begun = false;
    for (size_t i = 0; i < spec->series_count; i++) {
        const struct chart_point *point = chart_find(spec, row->group, i, panel);
        if (!chart_has_value(point)) continue;
        if (spec->series[i].role == CHART_APART && !apart) {
            at = apart_start(&most);
            apart = true;
        }
        const struct piece piece = {.series = i,
                                    .from = at,
                                    .to = at + point->value,
                                    .value = point->value,
                                    .first = !begun,
                                    .last = !more_follow(plot, row, panel, i, !apart)};
        taken = fmax(taken, put_piece(plot, &piece, row));
        begun = begun || point->value != 0;
        at += point->value;
    }
    masked_note(plot, row, panel, fmax(at, reach.right), at < reach.right ? 0 : taken);
}

/* --- Bullet --- */

static const struct chart_point *target_of(const struct chart_spec *spec, size_t group,
                                           size_t panel)
{
    for (size_t i = 0; i < spec->series_count; i++)
        if (spec->series[i].role == CHART_TARGET) return chart_find(spec, group, i, panel);
    return NULL;
}

static void bullet_label(struct chart_plot *plot, const struct chart_row *row,
                         const struct chart_point *actual, const struct chart_point *target)
{
    const struct chart_spec *spec = plot->spec;
    const char *value =
        chart_number(plot->arena, actual->value, spec->unit, spec->decimals);
    double end =
        chart_has_limits(actual) ? fmax(actual->high, actual->value) : actual->value;
    if (chart_has_value(target)) {
        end = fmax(end, target->value);
        value = rk_arena_printf(
            plot->arena, "%s, target %s", value,
            chart_number(plot->arena, target->value, spec->unit, spec->decimals));
    }
    if (!spec->hide_values)
        chart_label_clear(
            plot, chart_label_type(plot), chart_x_points(plot, end) + value_gap + 1,
            plot->panels[plot->panel_count - 1].frame.bottom + row->y, CHART_LEFT, value);
}

/** A pale bed up to the target, the actual bar on it, the target as a post across. */
void chart_paint_bullet(struct chart_plot *plot, const struct chart_row *row, size_t panel)
{
    const struct chart_spec *spec = plot->spec;
    const struct chart_point *actual = chart_find(spec, row->group, 0, panel);
    const struct chart_point *target = target_of(spec, row->group, panel);
    double tall = fmin(row->height * 0.62, 15);
    const struct chart_ink bed = {.colour = 0xE6E6E6},
                           solid = {.colour = plot->style->focus};
    const struct chart_ink post = {.colour = plot->style->ink, .width = 2};
    if (chart_has_value(target)) bar(plot, bed, target->value, row->y, tall);
    if (chart_has_value(actual)) bar(plot, solid, actual->value, row->y, tall * 0.46);
    if (chart_has_value(target))
        chart_segment(plot, post, target->value, row->y - tall / 2 - 1, target->value,
                      row->y + tall / 2 + 1);
    if (!chart_has_value(actual)) return;
    whisker(plot, actual, row->y, solid);
    bullet_label(plot, row, actual, target);
}
