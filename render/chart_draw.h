// SPDX-License-Identifier: MIT
#ifndef RENDER_CHART_DRAW_H
#define RENDER_CHART_DRAW_H

#include "pipeline/base/rk_arena.h"
#include "pipeline/base/rk_diag.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/**
 * A draw list: a finished chart or diagram as strokes, fills, marks and texts, in points,
 * origin at the lower left. It is what lies in 50-charts/ID.draw, and what a page or an SVG
 * replays.
 *
 *     reckon-draw 1
 *     size 453.54 210
 *     line 0.5 #D9D9D9 - 2 100 20 100 190            width colour dash points x y x y ...
 *     line 0.8 #505050 2,1.5 2 300 20 300 190        dash: on,off in points
 *     fill #12436D 4 100 30 240 30 240 41 100 41     colour points x y ...
 *     mark circle 6 1 #12436D #FFFFFF 240 35         shape size width outline fill x y
 *     text 8.5 bold right #333333 94 35.5 "Salford"  size face align colour x y "text"
 *     end 4                                          how many records stand before it
 *
 * One record a line, fields parted by one blank, numbers with at most two decimals. A
 * text's x is its left end, middle or right end, its y the middle of its capitals. In texts
 * \" \\ \n \t and \xHH (control characters) are escapes; everything else is UTF-8 as it is.
 */

enum chart_op { CHART_OP_LINE, CHART_OP_FILL, CHART_OP_MARK, CHART_OP_TEXT };
enum chart_shape {
    CHART_CIRCLE,
    CHART_SQUARE,
    CHART_DIAMOND,
    CHART_TRIANGLE,
    CHART_TRIANGLE_DOWN
};
enum chart_face { CHART_REGULAR, CHART_BOLD, CHART_ITALIC };
enum chart_align { CHART_LEFT, CHART_MIDDLE, CHART_RIGHT };

struct chart_xy {
    double x, y;
};

struct chart_item {
    enum chart_op op;
    unsigned colour;          /**< 0xRRGGBB: stroke, fill, outline or ink */
    unsigned fill;            /**< MARK */
    double width;             /**< LINE and MARK: stroke width */
    double dash_on, dash_off; /**< LINE; 0: solid */
    double size;              /**< MARK: diameter; TEXT: font size */
    enum chart_shape shape;
    enum chart_face face;
    enum chart_align align;
    const char *text;
    struct chart_xy *at; /**< MARK and TEXT: one */
    size_t at_count;
};

struct chart_draw {
    double width, height; /**< points */
    struct chart_item *items;
    size_t count, cap;
};

/** Reads ID.draw. Garbled or cut short: RK_WORLD naming file and line. */
rk_status chart_draw_read(struct rk_arena *arena, struct rk_diag *diag, const char *path,
                          struct chart_draw *out) RK_MUST_CHECK;
/** The same from memory; `name` stands in messages. */
rk_status chart_draw_parse(struct rk_arena *arena, struct rk_diag *diag, const char *name,
                           const char *text, size_t bytes,
                           struct chart_draw *out) RK_MUST_CHECK;
/** Writes the format above; errors show in ferror(file). */
void chart_draw_write(FILE *file, const struct chart_draw *draw);

/** An empty item at the end of the list, for filling in; `points` of them zeroed in `at`.
 */
struct chart_item *chart_draw_add(struct rk_arena *arena, struct chart_draw *draw,
                                  enum chart_op op, size_t points);

struct render_page;
/** Paints the list on a page, lower left corner at x, y (points), unscaled. The caller has
 * opened the figure's marked content. */
void chart_replay(const struct chart_draw *draw, struct render_page *page, double x,
                  double y);

#endif
