// SPDX-License-Identifier: MIT
#include "render/chart_priv.h"

#include <math.h>

/** Gaps, in points. */
enum {
    LABEL_GAP = 7, /**< between row labels and the plot */
    NOTE_GAP = 12, /**< between the plot and the notes column */
    PANEL_GAP = 14,
    BAND = 13,        /**< a line of words above the plot */
    LEADING = 10,     /**< of wrapped row labels */
    MOST_HEIGHT = 660 /**< what a page can hold with its caption */
};

/** How tall rows are: with room, at most 12 rows, and in a crowd. */
struct row_kind {
    chart_paint_row *paint;
    double roomy, crowded;
    bool per_series; /**< heights are those of one series' share of the row */
    bool notes;      /**< value and interval are written in a column at the right */
    bool marks;      /**< the legend shows marks instead of boxes */
};

static const struct row_kind row_kinds[] = {
    [CHART_BARS] = {chart_paint_bar,       19,   13,   false, false, false},
    [CHART_GROUPED] = {chart_paint_grouped,   11.5, 9,    true,  false, false},
    [CHART_STACKED] = {chart_paint_stacked,   20,   13.5, false, false, false},
    [CHART_SHARES] = {chart_paint_stacked,   20,   13.5, false, false, false},
    [CHART_DIVERGING] = {chart_paint_diverging, 20,   13.5, false, false, false},
    [CHART_DUMBBELL] = {chart_paint_dumbbell,  21,   14,   false, false, true },
    [CHART_DOTS] = {chart_paint_dots,      11.5, 9,    true,  true,  true },
    [CHART_FOREST] = {chart_paint_forest,    17,   13,   false, true,  true },
    [CHART_BULLET] = {chart_paint_bullet,    24,   16,   false, false, false},
};

/** Heights of what stands above and below the panels. */
struct around {
    double above, axis;
};

struct rows {
    const struct row_kind *kind;
    struct chart_row *rows;
    size_t count;
    double label_width;
    const char **notes; /**< per row; NULL: no column */
    double note_width;
    struct chart_lines note_head;
    struct chart_legend_entry *legend;
    size_t legend_count;
    double plot_height;
    struct chart_axis axis;
    struct around around;
    struct chart_pads pads; /**< what texts of the panels need beyond the axis */
};

/* --- Rows and their labels --- */

static double sort_value(const struct chart_spec *spec, size_t group)
{
    const struct chart_point *point = chart_find(spec, group, 0, 0);
    return chart_has_value(point) ? point->value : NAN;
}

/** Whether `a` must stand above `b`, which came first. Groups without a value sink to the
 * end. */
static bool goes_before(const struct chart_spec *spec, size_t a, size_t b)
{
    double va = sort_value(spec, a), vb = sort_value(spec, b);
    if (spec->groups[b].total) return !spec->groups[a].total;
    if (spec->groups[a].total || isnan(va)) return false;
    if (isnan(vb)) return true;
    return spec->sort == CHART_LARGEST_FIRST ? va > vb : va < vb;
}

static void order_rows(const struct chart_spec *spec, struct rows *rows)
{
    for (size_t i = 0; i < spec->group_count; i++) {
        size_t at = i;
        if (spec->sort != CHART_AS_GIVEN)
            for (; at > 0 && goes_before(spec, i, rows->rows[at - 1].group); at--)
                rows->rows[at].group = rows->rows[at - 1].group;
        rows->rows[at].group = i;
    }
}

static const char *suffix(struct rk_arena *arena, const struct chart_group *group)
{
    const char *low = group->low ? " [low]" : "";
    if (group->base) return rk_arena_printf(arena, " (%s)%s", group->base, low);
    if (group->n < 0) return low;
    return rk_arena_printf(arena, " (n=%s)%s",
                           chart_number(arena, (double)group->n, UNIT_NUMBER, 0), low);
}

static struct chart_type row_type(const struct chart_plot *plot,
                                  const struct chart_row *row)
{
    struct chart_type type = chart_label_type(plot);
    return plot->spec->groups[row->group].total ? chart_bold(type) : type;
}

/** Wraps the label and finds room for the base behind its last line, or below it. */
static double label_row(struct chart_plot *plot, struct chart_row *row, double most)
{
    const struct chart_group *group = &plot->spec->groups[row->group];
    struct chart_type type = row_type(plot, row);
    row->suffix = suffix(plot->arena, group);
    row->label = chart_wrap(plot, type, group->label, most);
    double after = chart_text_width(plot, chart_soft(plot, type), row->suffix);
    double last = chart_text_width(plot, type, row->label.text[row->label.count - 1]);
    row->suffix_apart = after > 0 && last + after > most;
    return fmax(row->label.widest, row->suffix_apart ? after : last + after);
}

static double usual_height(const struct chart_spec *spec, const struct row_kind *kind)
{
    double height = kind->roomy;
    size_t all = spec->group_count * (kind->per_series ? spec->series_count : 1);
    if (all > 12) height = (kind->roomy + kind->crowded) / 2;
    if (all > 22) height = kind->crowded;
    return kind->per_series ? height * (double)spec->series_count + 8 : height;
}

static void measure_rows(struct chart_plot *plot, struct rows *rows)
{
    double most = plot->width * (chart_panel_count(plot->spec) > 1 ? 0.3 : 0.38);
    double usual = usual_height(plot->spec, rows->kind);
    rows->rows = RK_ARRAY(plot->arena, struct chart_row, plot->spec->group_count);
    rows->count = plot->spec->group_count;
    order_rows(plot->spec, rows);
    for (size_t i = 0; i < rows->count; i++) {
        struct chart_row *row = &rows->rows[i];
        rows->label_width = fmax(rows->label_width, label_row(plot, row, most));
        size_t lines = row->label.count + row->suffix_apart;
        row->position = i;
        row->height = fmax(usual, (double)lines * LEADING + 5);
        rows->plot_height += row->height;
    }
}

/** A height that was asked for is shared out to the rows; too little of it is not obeyed.
 */
static void stretch_rows(const struct chart_plot *plot, struct rows *rows, double around)
{
    double wanted = plot->spec->height_mm * 72 / 25.4 - around;
    double extra = fmax(0, wanted - rows->plot_height) / (double)rows->count;
    double top = rows->plot_height += extra * (double)rows->count;
    for (size_t i = 0; i < rows->count; i++) {
        rows->rows[i].height += extra;
        rows->rows[i].y = top - rows->rows[i].height / 2;
        top -= rows->rows[i].height;
    }
}

static void put_label(struct chart_plot *plot, const struct rows *rows,
                      const struct chart_row *row, double bottom)
{
    struct chart_type type = row_type(plot, row), soft = chart_soft(plot, type);
    size_t lines = row->label.count + row->suffix_apart;
    double x = rows->label_width, y = bottom + row->y + LEADING * (double)(lines - 1) / 2;
    double after = chart_text_width(plot, soft, row->suffix);
    for (size_t i = 0; i < row->label.count; i++, y -= LEADING) {
        bool last = i + 1 == row->label.count && !row->suffix_apart;
        chart_label(plot, type, last ? x - after : x, y, CHART_RIGHT, row->label.text[i]);
        if (last && after > 0) chart_label(plot, soft, x, y, CHART_RIGHT, row->suffix);
    }
    if (row->suffix_apart) chart_label(plot, soft, x, y, CHART_RIGHT, row->suffix);
}

/* --- Notes: the column at the right --- */

static const char *own_note(const struct chart_plot *plot, size_t group)
{
    const struct chart_spec *spec = plot->spec;
    const struct chart_point *point = chart_find(spec, group, 0, 0);
    if (!chart_has_value(point)) return NULL;
    const char *value = chart_number(plot->arena, point->value, spec->unit, spec->decimals);
    if (point->mark == MARK_INTERVAL)
        return rk_arena_printf(plot->arena, "%s ([c])", value);
    if (!chart_has_limits(point)) return value;
    return rk_arena_printf(
        plot->arena, "%s (%s)", value,
        chart_interval(plot->arena, point->low, point->high, spec->unit, spec->decimals));
}

static void measure_notes(struct chart_plot *plot, struct rows *rows)
{
    const struct chart_spec *spec = plot->spec;
    bool own = rows->kind->notes && spec->series_count == 1 &&
               chart_panel_count(spec) == 1 && !spec->hide_values;
    const char **notes = RK_ARRAY(plot->arena, const char *, rows->count);
    for (size_t i = 0; i < rows->count; i++) {
        const char *given = spec->groups[rows->rows[i].group].note;
        notes[i] = given ? given : own ? own_note(plot, rows->rows[i].group) : NULL;
        if (!notes[i]) continue;
        rows->notes = notes;
        struct chart_type type = row_type(plot, &rows->rows[i]);
        rows->note_width = fmax(rows->note_width, chart_text_width(plot, type, notes[i]));
    }
    if (!rows->notes || !spec->note_label) return;
    rows->note_head = chart_wrap(plot, chart_small_type(plot), spec->note_label,
                                 fmax(rows->note_width, 70));
    rows->note_width = fmax(rows->note_width, rows->note_head.widest);
}

static void put_notes(struct chart_plot *plot, const struct rows *rows, double bottom)
{
    double left = plot->width - rows->note_width;
    for (size_t i = 0; rows->notes && i < rows->count; i++)
        if (rows->notes[i])
            chart_label(plot, row_type(plot, &rows->rows[i]), left,
                        bottom + rows->rows[i].y, CHART_LEFT, rows->notes[i]);
    double y = bottom + rows->plot_height + 7 + LEADING * (double)rows->note_head.count;
    for (size_t i = 0; i < rows->note_head.count; i++)
        chart_label(plot, chart_small_type(plot), left, y -= LEADING, CHART_LEFT,
                    rows->note_head.text[i]);
}

static struct chart_axis axis_of(const struct chart_plot *plot, const struct rows *rows)
{
    double room = (plot->width - rows->label_width - rows->note_width) /
                  (double)chart_panel_count(plot->spec);
    int most = room > 180 ? 6 : room > 100 ? 4 : 2;
    if (plot->spec->kind == CHART_DIVERGING) return chart_diverging_axis(plot->spec);
    return chart_value_axis(plot->spec, most);
}

/* --- Legend --- */

/** Whether each piece of the first bar is wide enough to carry its own name above it. */
static bool pieces_hold_names(struct chart_plot *plot, const struct rows *rows)
{
    const struct chart_spec *spec = plot->spec;
    struct chart_axis axis = axis_of(plot, rows);
    double inner =
        plot->width - rows->label_width - LABEL_GAP - rows->note_width - NOTE_GAP;
    double unit = 0.9 * inner / (axis.high - axis.low);
    for (size_t i = 0; i < spec->series_count; i++) {
        const struct chart_point *point = chart_find(spec, rows->rows[0].group, i, 0);
        double name = chart_text_width(plot, chart_small_type(plot), spec->series[i].label);
        if (!chart_has_value(point) || point->value * unit < name + 6) return false;
    }
    return true;
}

/** Names beside what they name are better than a legend, where there is room for them. */
static bool names_fit(struct chart_plot *plot, const struct rows *rows)
{
    const struct chart_spec *spec = plot->spec;
    size_t first = rows->rows[0].group;
    if (spec->series_count < 2 || chart_panel_count(spec) > 1 || !isnan(spec->reference))
        return false;
    if (spec->kind == CHART_DUMBBELL)
        return chart_has_value(chart_find(spec, first, 0, 0)) &&
               chart_has_value(chart_find(spec, first, 1, 0));
    bool pieces = spec->kind == CHART_STACKED || spec->kind == CHART_SHARES ||
                  spec->kind == CHART_DIVERGING;
    return pieces && pieces_hold_names(plot, rows);
}

static void make_legend(struct chart_plot *plot, struct rows *rows)
{
    const struct chart_spec *spec = plot->spec;
    rows->rows[0].names = names_fit(plot, rows);
    if (spec->series_count < 2 || rows->rows[0].names) return;
    rows->legend = RK_ARRAY(plot->arena, struct chart_legend_entry, spec->series_count);
    for (size_t i = 0; i < spec->series_count; i++) {
        struct chart_legend_entry *entry = &rows->legend[rows->legend_count++];
        entry->label = spec->series[i].label;
        entry->kind = rows->kind->marks ? CHART_KEY_MARK : CHART_KEY_BOX;
        entry->ink =
            rows->kind->marks ? chart_series_mark(plot, i) : chart_series_fill(plot, i);
        if (spec->series[i].role != CHART_TARGET) continue;
        entry->kind = CHART_KEY_POST;
        entry->ink = (struct chart_ink){.colour = plot->style->ink, .width = 2};
    }
}

/* --- Assembling --- */

/** The legend shares its lines with the head of the notes. */
static double legend_width(const struct chart_plot *plot, const struct rows *rows)
{
    return rows->note_head.count ? plot->width - rows->note_width - NOTE_GAP : plot->width;
}

static struct around measure_around(const struct chart_plot *plot, const struct rows *rows)
{
    const struct chart_spec *spec = plot->spec;
    struct around around;
    double legend = chart_legend_height(plot, rows->legend, rows->legend_count,
                                        legend_width(plot, rows));
    bool reference = !isnan(spec->reference) && spec->reference_label;
    double bands =
        (reference || rows->rows[0].names ? BAND : 0) + (spec->panels ? BAND : 0);
    double head = LEADING * (double)rows->note_head.count + 2;
    around.above = fmax(legend + (legend > 0 ? 3 : 0) + bands, head) + 3;
    around.axis = chart_axis_depth(plot, spec->axis_label,
                                   plot->width - rows->label_width - rows->note_width - 60);
    return around;
}

/** Dashed, behind the data, its label above the plot where it has room on both sides. */
static void put_reference(struct chart_plot *plot, bool labelled)
{
    const struct chart_spec *spec = plot->spec;
    const struct chart_panel *panel = &plot->panels[plot->panel_count - 1];
    const struct chart_ink ink = {.depth = CHART_GRID,
                                  .colour = plot->style->soft_ink,
                                  .width = 0.9,
                                  .on = 3,
                                  .off = 2};
    if (isnan(spec->reference)) return;
    if (spec->reference == 0 && !spec->reference_label) return; /* the axis draws its 0 */
    chart_segment(plot, ink, spec->reference, panel->frame.y0, spec->reference,
                  panel->frame.y1 + 2);
    if (!labelled || !spec->reference_label) return;
    struct chart_type type = chart_small_type(plot);
    double half = chart_text_width(plot, type, spec->reference_label) / 2;
    double x = chart_x_points(plot, spec->reference);
    x = fmax(panel->slot_left + half, fmin(x, panel->slot_right - half));
    chart_label(plot, type, x, panel->frame.bottom + panel->frame.height + 7, CHART_MIDDLE,
                spec->reference_label);
}

static void paint_panel(struct chart_plot *plot, const struct rows *rows,
                        const struct chart_axis *axis, struct chart_frame frame,
                        size_t panel)
{
    const struct chart_spec *spec = plot->spec;
    frame.x0 = axis->low;
    frame.x1 = axis->high;
    frame.y1 = frame.height;
    double right = frame.left + frame.width + rows->pads.right;
    chart_open_panel(plot, frame, frame.left - rows->pads.left, right);
    chart_axis_across(plot, axis, panel == 0 ? spec->axis_label : NULL);
    put_reference(plot, panel == 0);
    if (spec->panels) {
        double up = isnan(spec->reference) || !spec->reference_label ? 7 : 7 + BAND;
        chart_label(plot, chart_bold(chart_label_type(plot)), frame.left,
                    frame.bottom + frame.height + up, CHART_LEFT, spec->panels[panel]);
    }
    for (size_t i = 0; i < rows->count; i++)
        if (!chart_paint_absent(plot, &rows->rows[i], panel))
            rows->kind->paint(plot, &rows->rows[i], panel);
}

static void put_total_rules(struct chart_plot *plot, const struct rows *rows, double bottom)
{
    const struct chart_ink rule = {.colour = plot->style->muted, .width = 0.6};
    for (size_t i = 1; i < rows->count; i++) {
        const struct chart_row *row = &rows->rows[i];
        if (!plot->spec->groups[row->group].total) continue;
        double y = bottom + row->y + row->height / 2;
        chart_segment(plot, rule, 0, y, plot->width, y);
    }
}

static void paint_rows(struct chart_plot *plot, const struct rows *rows,
                       const struct chart_axis *axis, const struct around *around)
{
    size_t panels = chart_panel_count(plot->spec);
    double left = rows->label_width + LABEL_GAP;
    double right = plot->width - (rows->notes ? rows->note_width + NOTE_GAP : 2);
    double slot = (right - left - PANEL_GAP * (double)(panels - 1)) / (double)panels;

    chart_plot_clear(plot);
    chart_open_page(plot);
    chart_legend_draw(plot, rows->legend, rows->legend_count, 0, plot->height,
                      legend_width(plot, rows));
    put_total_rules(plot, rows, around->axis);
    for (size_t i = 0; i < rows->count; i++)
        put_label(plot, rows, &rows->rows[i], around->axis);
    put_notes(plot, rows, around->axis);
    for (size_t i = 0; i < panels; i++) {
        struct chart_frame frame = {
            .left = left + (slot + PANEL_GAP) * (double)i + rows->pads.left,
            .bottom = around->axis,
            .width = slot - rows->pads.left - rows->pads.right,
            .height = rows->plot_height,
        };
        paint_panel(plot, rows, axis, frame, i);
    }
}

/** Room for at least this much between the axis' ends. */
static bool fits(const struct chart_plot *plot, const struct rows *rows)
{
    size_t panels = chart_panel_count(plot->spec);
    double inner =
        plot->width - rows->label_width - LABEL_GAP - rows->note_width - NOTE_GAP;
    double slot = (inner - PANEL_GAP * (double)(panels - 1)) / (double)panels;
    return slot - rows->pads.left - rows->pads.right >= 30;
}

static bool paint(struct chart_plot *plot, const struct chart_pads *pads, void *context)
{
    struct rows *rows = context;
    rows->pads = *pads;
    if (!fits(plot, rows)) return false;
    paint_rows(plot, rows, &rows->axis, &rows->around);
    return true;
}

rk_status chart_rows(struct chart_plot *plot, struct rk_diag *diag)
{
    struct rows rows = {.kind = &row_kinds[plot->spec->kind]};
    measure_rows(plot, &rows);
    measure_notes(plot, &rows);
    make_legend(plot, &rows);
    rows.around = measure_around(plot, &rows);
    rows.axis = axis_of(plot, &rows);
    stretch_rows(plot, &rows, rows.around.above + rows.around.axis);
    plot->height = rows.around.above + rows.plot_height + rows.around.axis;
    if (plot->height > MOST_HEIGHT)
        return rk_fail(
            diag, RK_STUDY, plot->spec->place,
            "chart %s: %zu rows are more than a page holds; show fewer (rows=...) or "
            "split the chart",
            plot->spec->id, rows.count);
    return chart_settle(plot, diag, (struct chart_pads){0, 0}, paint, &rows);
}
