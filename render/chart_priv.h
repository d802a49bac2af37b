// SPDX-License-Identifier: MIT
#ifndef RENDER_CHART_PRIV_H
#define RENDER_CHART_PRIV_H

#include "render/chart.h"
#include "render/chart_draw.h"

/**
 * A chart on its way to gnuplot. Layout knows every width from the page's own fonts and
 * places every word itself, in points; gnuplot gets numbers and tokens and draws. Kinds are
 * in chart_bars.c, chart_dots.c (rows of groups), chart_columns.c (groups along the bottom)
 * and chart_curves.c (number axes).
 */

/* --- What gnuplot is told (chart_plot.c) --- */

/** How a text looks. */
struct chart_type {
    double size;
    enum chart_face face;
    unsigned colour;
};

/** A word that stands in the script as its number: "~0007". */
struct chart_token {
    const char *text;
    struct chart_type type;
};

/** What lies on what: the grid, patches of paper under numbers, then areas, strokes, dots.
 */
enum chart_depth { CHART_AS_KIND, CHART_GRID, CHART_PAPER };

/** How a shape looks; what does not apply stays 0. */
struct chart_ink {
    enum chart_depth depth;
    unsigned colour;
    double width;   /**< of strokes, points */
    double on, off; /**< dash, points; 0: solid */
    int hatch;      /**< areas: chart_hatch's kind; 0: solid */
    enum chart_shape shape;
    bool hollow;
    double size; /**< marks: diameter */
};

/** One panel: its plot area in points and what its axes count. */
struct chart_frame {
    double left, bottom, width, height;
    double x0, x1, y0, y1;
};

enum chart_element_kind { CHART_BOX, CHART_STROKE, CHART_DOT, CHART_AREA };

/** A run of numbers drawn in one go: a datablock and its line of the plot command. */
struct chart_element {
    enum chart_element_kind kind;
    struct chart_ink ink;
    struct chart_xy *at; /**< BOX: two corners each; others: points; NAN parts strokes */
    size_t count, cap;
};

struct chart_label {
    double x, y; /**< points on the page of the chart */
    enum chart_align align;
    size_t token;
};

struct chart_panel {
    struct chart_frame frame;
    double slot_left, slot_right; /**< no text of this panel may pass these, points */
    struct chart_element *elements;
    size_t element_count, element_cap;
    struct chart_label *labels;
    size_t label_count, label_cap;
};

struct chart_plot {
    struct rk_arena *arena;
    const struct chart_spec *spec;
    const struct chart_style *style;
    struct fonts *fonts;
    double width, height; /**< points */
    struct chart_token *tokens;
    size_t token_count, token_cap;
    struct chart_panel *panels;
    size_t panel_count, panel_cap;
};

/** Everything drawn after it belongs to this panel, until the next one. */
void chart_open_panel(struct chart_plot *plot, struct chart_frame frame, double slot_left,
                      double slot_right);
/** The whole page in points as a panel: for whatever lies outside plot areas. */
void chart_open_page(struct chart_plot *plot);
/** Forgets everything drawn: layout is tried again with other margins. */
void chart_plot_clear(struct chart_plot *plot);
/** How far texts stick out of their slots to the left and right, points; 0 when none does.
 * The page has no slot: its texts stand where they were put. */
void chart_overflow(const struct chart_plot *plot, double *left, double *right);
/** From an axis to points and back into the current panel's frame. */
double chart_x_points(const struct chart_plot *plot, double x);
double chart_y_points(const struct chart_plot *plot, double y);

void chart_box(struct chart_plot *plot, struct chart_ink ink, double x0, double y0,
               double x1, double y1);
void chart_segment(struct chart_plot *plot, struct chart_ink ink, double x0, double y0,
                   double x1, double y1);
void chart_stroke(struct chart_plot *plot, struct chart_ink ink, const struct chart_xy *at,
                  size_t count);
void chart_dot(struct chart_plot *plot, struct chart_ink ink, double x, double y);
void chart_area(struct chart_plot *plot, struct chart_ink ink, const struct chart_xy *at,
                size_t count);
/** A text at a place in points. */
void chart_label(struct chart_plot *plot, struct chart_type type, double x, double y,
                 enum chart_align align, const char *text);
/** The same on a patch of white: for numbers that stand on grid lines. */
void chart_label_clear(struct chart_plot *plot, struct chart_type type, double x, double y,
                       enum chart_align align, const char *text);
/** The same outside every slot, and a line there: on the page, which is the first panel. */
void chart_page_label(struct chart_plot *plot, struct chart_type type, double x, double y,
                      enum chart_align align, const char *text);
void chart_page_segment(struct chart_plot *plot, struct chart_ink ink, double x0, double y0,
                        double x1, double y1);

/** The whole script of one chart; `number` comes back as CHART_ID. */
void chart_plot_script(const struct chart_plot *plot, size_t number, FILE *file);

/**
 * Finds chart `number` in what gnuplot printed, checks that it is whole (its own end mark,
 * every record, every token once) and puts the words in. NULL, or in words what is wrong
 * with it.
 */
const char *chart_answer(const struct chart_plot *plot, size_t number, const char *printed,
                         size_t bytes, struct chart_draw *out);

/* --- Words and numbers (chart_text.c) --- */

struct chart_type chart_label_type(const struct chart_plot *plot);
struct chart_type chart_small_type(const struct chart_plot *plot);
struct chart_type chart_bold(struct chart_type type);
struct chart_type chart_soft(const struct chart_plot *plot, struct chart_type type);

double chart_text_width(const struct chart_plot *plot, struct chart_type type,
                        const char *text);

struct chart_lines {
    const char **text;
    size_t count;
    double widest;
};
/** Breaks at blanks, and inside a word only when it alone is wider than `width`. */
struct chart_lines chart_wrap(const struct chart_plot *plot, struct chart_type type,
                              const char *text, double width);

/** A value as people read it: "38.6%", "+7.4", "1,897". Half away from zero, decimally. */
const char *chart_number(struct rk_arena *arena, double value, enum cell_unit unit,
                         int decimals);
/** "48.2 to 59.9": without units. */
const char *chart_interval(struct rk_arena *arena, double low, double high,
                           enum cell_unit unit, int decimals);

/* --- Axes (chart_axis.c) --- */

struct chart_axis {
    double low, high;
    double step; /**< 0: no ticks, only the line at zero */
    int decimals;
};
/** Round ticks that hold low..high; at most `most` steps. */
struct chart_axis chart_axis_make(double low, double high, int most);
/** The value axis of a spec: bars from 0, limits and references inside, percent within
 * 0..100. */
struct chart_axis chart_value_axis(const struct chart_spec *spec, int most);
/** Grid lines up the panel at each tick, tick numbers and the axis label below it. */
void chart_axis_across(struct chart_plot *plot, const struct chart_axis *axis,
                       const char *label);
/** The same for a vertical axis on the left; its label stands above the panel's left end.
 */
void chart_axis_up(struct chart_plot *plot, const struct chart_axis *axis);
/** Room below the panel for the first of them, when the panel is `width` wide. */
double chart_axis_depth(const struct chart_plot *plot, const char *label, double width);

/* --- Finding free places (chart_place.c) --- */

struct chart_rect {
    double left, bottom, right, top;
};
struct chart_places {
    struct chart_rect *taken;
    size_t count, cap;
};
void chart_take(struct chart_plot *plot, struct chart_places *places,
                struct chart_rect rect);
bool chart_is_free(const struct chart_places *places, struct chart_rect rect);
struct chart_rect chart_text_rect(const struct chart_plot *plot, struct chart_type type,
                                  double x, double y, enum chart_align align,
                                  const char *text);
/** Moves `count` heights (each `size` tall, in any order) apart, as little as it can,
 * within low..high. */
void chart_spread(struct chart_plot *plot, double *y, size_t count, double size, double low,
                  double high);

/* --- Legend (chart_legend.c) --- */

enum chart_key_kind { CHART_KEY_BOX, CHART_KEY_MARK, CHART_KEY_LINE, CHART_KEY_POST };
struct chart_legend_entry {
    enum chart_key_kind kind;
    struct chart_ink ink;
    const char *label;
};
/** Lines that the entries take in `width`, each chart_legend_line high. */
double chart_legend_height(const struct chart_plot *plot,
                           const struct chart_legend_entry *entries, size_t count,
                           double width);
/** Draws them on the page from its left end, `top` being their upper edge. */
void chart_legend_draw(struct chart_plot *plot, const struct chart_legend_entry *entries,
                       size_t count, double left, double top, double width);

/* --- Rows (chart_rows.c) --- */

/** A group as a row of the chart. */
struct chart_row {
    size_t group;
    size_t position; /**< from the top, 0 first */
    struct chart_lines label;
    const char *suffix; /**< " (n=197)", "" */
    bool suffix_apart;  /**< on a line of its own */
    bool names;         /**< the first row carries the names of the series */
    double y;           /**< its middle, points above the panel's bottom */
    double height;
};
/** Draws one row of one panel; x counts values, y points. */
typedef void chart_paint_row(struct chart_plot *plot, const struct chart_row *row,
                             size_t panel);
chart_paint_row chart_paint_bar, chart_paint_grouped, chart_paint_stacked,
    chart_paint_diverging, chart_paint_bullet, chart_paint_dumbbell, chart_paint_dots,
    chart_paint_forest;
/** "[c]" or "no data" at the start of the row when there is nothing else; true if it was.
 */
bool chart_paint_absent(struct chart_plot *plot, const struct chart_row *row, size_t panel);
struct chart_axis chart_diverging_axis(const struct chart_spec *spec);
rk_status chart_rows(struct chart_plot *plot, struct rk_diag *diag) RK_MUST_CHECK;
rk_status chart_columns(struct chart_plot *plot, struct rk_diag *diag) RK_MUST_CHECK;
rk_status chart_curves(struct chart_plot *plot, struct rk_diag *diag) RK_MUST_CHECK;
rk_status chart_slope(struct chart_plot *plot, struct rk_diag *diag) RK_MUST_CHECK;

/* --- Groups along the bottom (chart_columns.c, chart_lines.c) --- */

/** A label that stands at the end of a line and may be moved up or down. */
struct chart_end {
    double y; /**< points */
    const char *text;
    unsigned colour;
};
/** Puts them right of the current panel, apart from each other. */
void chart_put_ends(struct chart_plot *plot, struct chart_end *ends, size_t count);
/** Draws one panel whose x counts groups: group i from i to i + 1. */
typedef void chart_paint_panel(struct chart_plot *plot, size_t panel);
chart_paint_panel chart_paint_columns, chart_paint_cumulative, chart_paint_run;
/** The axis label and the good direction above the left end of a panel with a vertical
 * axis, and the height they take. */
void chart_up_words(struct chart_plot *plot);
double chart_up_words_height(const struct chart_spec *spec);
/** Line of a series: dashed for a profile. */
struct chart_ink chart_series_line(const struct chart_plot *plot, size_t series);

/* --- The kinds --- */

/** The point of a group, series and panel, or NULL. */
const struct chart_point *chart_find(const struct chart_spec *spec, size_t group,
                                     size_t series, size_t panel);
/** The point's number as its label says it, with its base when the spec wants that. */
const char *chart_point_text(const struct chart_plot *plot,
                             const struct chart_point *point);
bool chart_is_masked(const struct chart_point *point);
bool chart_has_value(const struct chart_point *point);
bool chart_has_limits(const struct chart_point *point);
bool chart_any_focus(const struct chart_spec *spec);
size_t chart_panel_count(const struct chart_spec *spec);

/** Ink of a series' bars: colour, and hatching where colour alone would carry it; stacked
 * and diverging kinds shade from dark to light instead. */
struct chart_ink chart_series_fill(const struct chart_plot *plot, size_t series);
/** Ink of a series' marks: shape differs with the series, the first of two is hollow. */
struct chart_ink chart_series_mark(const struct chart_plot *plot, size_t series);
/** Black or white, whichever can be read on it. */
unsigned chart_ink_on(unsigned background);

/** What the texts of a chart need beside its plot areas. */
struct chart_pads {
    double left, right;
};
/** Paints the whole chart with these pads; false when they leave no room for a plot. */
typedef bool chart_paint_all(struct chart_plot *plot, const struct chart_pads *pads,
                             void *context);
/** Paints, sees what sticks out, makes room, and paints again until nothing does. RK_STUDY:
 * the chart is too narrow. */
rk_status chart_settle(struct chart_plot *plot, struct rk_diag *diag,
                       struct chart_pads pads, chart_paint_all *paint,
                       void *context) RK_MUST_CHECK;

/** RK_STUDY after a message when the spec cannot be laid out. */
rk_status chart_layout(struct rk_arena *arena, struct rk_diag *diag,
                       const struct chart_spec *spec, struct fonts *fonts,
                       struct chart_plot *plot) RK_MUST_CHECK;

#endif
