// SPDX-License-Identifier: MIT
#ifndef RENDER_CHART_DRAW_PRIV_H
#define RENDER_CHART_DRAW_PRIV_H

#include "render/chart_draw.h"

/** Where a reader of draw lists stands. The text is cut up in place. */
struct chart_scan {
    struct rk_arena *arena;
    char *at; /**< in the current line, NUL-terminated */
    char *next, *end;
    size_t line;
    const char *wrong; /**< the first thing that was wrong, or NULL */
};

/** Moves to the next line; false at the end or after something wrong. */
bool chart_scan_next(struct chart_scan *scan);
/** Reads the line as "size W H". */
void chart_scan_size(struct chart_scan *scan, struct chart_draw *draw);
/** Reads the line as a record and adds it. Also knows "hatch KIND COLOUR N x y ...". */
void chart_scan_record(struct chart_scan *scan, struct chart_draw *draw);

/** A hatched polygon as a white area, strokes and an outline. `kind`: 1 /, 2 \, 3 -, 4
 * crossed; others count on from there. */
void chart_hatch(struct rk_arena *arena, struct chart_draw *draw, int kind, unsigned colour,
                 const struct chart_xy *corners, size_t count);

/** Corners of a mark's outline; 0 for a circle. */
size_t chart_mark_corners(const struct chart_item *mark, struct chart_xy corners[4]);

#endif
