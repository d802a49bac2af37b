// SPDX-License-Identifier: MIT
#include "render/chart_priv.h"

#include <math.h>
#include <string.h>

/** Heights and gaps, in points. */
enum {
    PLOT_HEIGHT = 150,
    SMALL_PLOT = 96, /**< of several panels */
    HEADROOM = 12,   /**< above the plot: numbers on the highest column */
    PANEL_TITLE = 14,
    PANEL_GAP = 16,
    LEADING = 9
};

/** A column fills its slot; a line may begin and end near the edges of the plot. */
static const struct {
    chart_paint_panel *paint;
    double inset; /**< what is cut off the first and the last slot */
} column_kinds[] = {
    [CHART_COLUMNS] = {chart_paint_columns,    0  },
    [CHART_CUMULATIVE] = {chart_paint_cumulative, 0.3},
    [CHART_RUN] = {chart_paint_run,        0.3},
};

struct columns {
    struct chart_axis axis;
    struct chart_legend_entry legend[8];
    size_t legend_count;
    double legend_height;
    size_t across, down; /**< panels */
    double plot_height;
    struct chart_lines *labels; /**< under each group */
    size_t label_lines, stride; /**< every how manieth group has its label */
    struct chart_pads pads;
};

/* --- Words under the columns --- */

/** "Mar 2014" ends in a year. */
static const char *year_of(const char *label)
{
    size_t length = strlen(label);
    if (length < 6 || label[length - 5] != ' ') return NULL;
    return strspn(label + length - 4, "0123456789") == 4 ? label + length - 4 : NULL;
}

/** When every label ends in a year, the year stands under the first of its months only. */
static bool all_have_years(const struct chart_spec *spec)
{
    for (size_t i = 0; i < spec->group_count; i++)
        if (!year_of(spec->groups[i].label)) return false;
    return true;
}

static struct chart_lines month_lines(struct chart_plot *plot, const char *label,
                                      bool with_year)
{
    const char *year = year_of(label);
    struct chart_lines lines = {.text = RK_ARRAY(plot->arena, const char *, 2)};
    lines.text[lines.count++] =
        rk_arena_copy_n(plot->arena, label, (size_t)(year - label) - 1);
    if (with_year) lines.text[lines.count++] = year;
    for (size_t i = 0; i < lines.count; i++)
        lines.widest = fmax(lines.widest,
                            chart_text_width(plot, chart_small_type(plot), lines.text[i]));
    return lines;
}

static double make_labels(struct chart_plot *plot, struct columns *columns, double slot)
{
    const struct chart_spec *spec = plot->spec;
    bool months = all_have_years(spec);
    const char *shown = "";
    double widest = 0;
    columns->label_lines = 1;
    for (size_t i = 0; i < spec->group_count; i++) {
        const char *label = spec->groups[i].label;
        if (months) {
            bool new_year = i % columns->stride == 0 && strcmp(shown, year_of(label)) != 0;
            columns->labels[i] = month_lines(plot, label, new_year);
            if (new_year) shown = year_of(label);
        } else {
            columns->labels[i] = chart_wrap(plot, chart_small_type(plot), label, slot);
        }
        if (i % columns->stride) continue;
        widest = fmax(widest, columns->labels[i].widest);
        columns->label_lines = columns->labels[i].count > columns->label_lines
                                   ? columns->labels[i].count
                                   : columns->label_lines;
    }
    return widest;
}

/** Fewer labels until each has room; words are broken only when one label in eight is not
 *  enough. */
static void fit_labels(struct chart_plot *plot, struct columns *columns, double slot)
{
    columns->labels = RK_ARRAY(plot->arena, struct chart_lines, plot->spec->group_count);
    for (columns->stride = 1; columns->stride < 8; columns->stride++) {
        double room = slot * (double)columns->stride - 3;
        double widest = make_labels(plot, columns, fmax(room, 24));
        if (widest <= room && columns->label_lines <= 3) break;
    }
}

static void put_labels(struct chart_plot *plot, const struct columns *columns)
{
    const struct chart_spec *spec = plot->spec;
    const struct chart_frame frame = plot->panels[plot->panel_count - 1].frame;
    for (size_t i = 0; i < spec->group_count; i += columns->stride) {
        double y = frame.bottom - 8, x = chart_x_points(plot, (double)i + 0.5);
        for (size_t k = 0; k < columns->labels[i].count; k++, y -= LEADING)
            chart_label(plot, chart_small_type(plot), x, y, CHART_MIDDLE,
                        columns->labels[i].text[k]);
        if (spec->groups[i].n < 0) continue;
        y = frame.bottom - 8 - LEADING * (double)columns->label_lines;
        chart_label(plot, chart_small_type(plot), x, y, CHART_MIDDLE,
                    rk_arena_printf(plot->arena, "%sn=%ld",
                                    spec->groups[i].low ? "[low] " : "",
                                    spec->groups[i].n));
    }
}

static double labels_depth(const struct chart_plot *plot, const struct columns *columns)
{
    bool bases = false;
    for (size_t i = 0; i < plot->spec->group_count; i++)
        bases = bases || plot->spec->groups[i].n >= 0;
    return 5 + LEADING * (double)(columns->label_lines + bases);
}

/* --- Legend --- */

static void add_entry(struct columns *columns, enum chart_key_kind kind,
                      struct chart_ink ink, const char *label)
{
    if (columns->legend_count == sizeof columns->legend / sizeof *columns->legend) return;
    columns->legend[columns->legend_count++] =
        (struct chart_legend_entry){kind, ink, label};
}

static bool any_part(const struct chart_spec *spec)
{
    for (size_t i = 0; i < spec->point_count; i++)
        if (spec->points[i].part) return true;
    return false;
}

/** Lines are named at their ends; columns need a key when there is more than one thing to
 * tell. */
static void make_legend(struct chart_plot *plot, struct columns *columns)
{
    const struct chart_spec *spec = plot->spec;
    if (spec->kind != CHART_COLUMNS || (spec->series_count < 2 && !any_part(spec))) return;
    for (size_t i = 0; spec->series_count > 1 && i < spec->series_count; i++) {
        bool profile = spec->series[i].role == CHART_PROFILE;
        add_entry(columns, profile ? CHART_KEY_LINE : CHART_KEY_BOX,
                  profile ? chart_series_line(plot, i) : chart_series_fill(plot, i),
                  spec->series[i].label);
    }
    struct chart_ink part = chart_series_fill(plot, 0);
    part.hatch = 1;
    if (any_part(spec))
        add_entry(columns, CHART_KEY_BOX, part,
                  spec->part_label ? spec->part_label : "Part of the month only");
}

/* --- Assembling --- */

static double cell_height(const struct chart_plot *plot, const struct columns *columns)
{
    double title = plot->spec->panels ? PANEL_TITLE : 0;
    return title + HEADROOM + columns->plot_height + labels_depth(plot, columns);
}

static void paint_panel(struct chart_plot *plot, const struct columns *columns,
                        size_t panel)
{
    const struct chart_spec *spec = plot->spec;
    double across = (double)columns->across;
    double wide = (plot->width - PANEL_GAP * (across - 1)) / across;
    double left = (wide + PANEL_GAP) * (double)(panel % columns->across);
    double top =
        plot->height - columns->legend_height - chart_up_words_height(spec) -
        (cell_height(plot, columns) + PANEL_GAP) * (double)(panel / columns->across);
    double title = spec->panels ? PANEL_TITLE : 0, inset = column_kinds[spec->kind].inset;
    const struct chart_frame frame = {
        .left = left + columns->pads.left,
        .bottom = top - title - HEADROOM - columns->plot_height,
        .width = wide - columns->pads.left - columns->pads.right,
        .height = columns->plot_height,
        .x0 = inset,
        .x1 = (double)spec->group_count - inset,
        .y0 = columns->axis.low,
        .y1 = columns->axis.high,
    };
    chart_open_panel(plot, frame, left, left + wide);
    chart_axis_up(plot, &columns->axis);
    if (panel == 0) chart_up_words(plot);
    if (spec->panels)
        chart_label(plot, chart_bold(chart_label_type(plot)), frame.left, top - 5,
                    CHART_LEFT, spec->panels[panel]);
    column_kinds[spec->kind].paint(plot, panel);
    put_labels(plot, columns);
}

static void paint_all(struct chart_plot *plot, const struct columns *columns)
{
    chart_plot_clear(plot);
    chart_open_page(plot);
    chart_legend_draw(plot, columns->legend, columns->legend_count, 0, plot->height,
                      plot->width);
    for (size_t i = 0; i < chart_panel_count(plot->spec); i++)
        paint_panel(plot, columns, i);
}

static void measure(struct chart_plot *plot, struct columns *columns)
{
    double across = (double)columns->across;
    double wide = (plot->width - PANEL_GAP * (across - 1)) / across - columns->pads.left -
                  columns->pads.right;
    fit_labels(plot, columns, wide / (double)plot->spec->group_count);
    double down = (double)columns->down;
    double fixed = columns->legend_height + chart_up_words_height(plot->spec) +
                   PANEL_GAP * (down - 1) + 1;
    if (plot->spec->height_mm > 0) {
        double each = (plot->spec->height_mm * 72 / 25.4 - fixed) / down;
        columns->plot_height += fmax(0, each - cell_height(plot, columns));
    }
    plot->height = fixed + cell_height(plot, columns) * down;
}

static bool paint(struct chart_plot *plot, const struct chart_pads *pads, void *context)
{
    struct columns *columns = context;
    double across = (double)columns->across;
    double wide = (plot->width - PANEL_GAP * (across - 1)) / across;
    if (wide - pads->left - pads->right < 4 * (double)plot->spec->group_count) return false;
    columns->pads = *pads;
    measure(plot, columns);
    paint_all(plot, columns);
    return true;
}

rk_status chart_columns(struct chart_plot *plot, struct rk_diag *diag)
{
    const struct chart_spec *spec = plot->spec;
    size_t panels = chart_panel_count(spec);
    struct columns columns = {
        .axis = chart_value_axis(spec, panels > 1 ? 4 : 5),
        .across = panels < 2                  ? 1
                  : panels == 3 || panels > 4 ? 3
                                              : 2,
        .plot_height = panels > 1 ? SMALL_PLOT : PLOT_HEIGHT,
    };
    columns.down = (panels + columns.across - 1) / columns.across;
    make_legend(plot, &columns);
    columns.legend_height =
        chart_legend_height(plot, columns.legend, columns.legend_count, plot->width);
    return chart_settle(plot, diag, (struct chart_pads){20, 0}, paint, &columns);
}
