// SPDX-License-Identifier: MIT
#include "render/chart_draw_priv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/** A family of parallel strokes: direction (cos, sin) and distance in points. */
struct strokes {
    double cosine, sine, gap;
};

#define HALF_ROOT 0.70710678118654752
static const struct strokes slash = {HALF_ROOT, HALF_ROOT, 3.0};
static const struct strokes backslash = {HALF_ROOT, -HALF_ROOT, 3.0};
static const struct strokes level = {1, 0, 2.6};
static const double stroke_width = 0.9;

static int by_value(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/** Where along the stroke at distance `offset` the polygon's edges are met, sorted. */
static size_t crossings(const struct strokes *family, double offset,
                        const struct chart_xy *corners, size_t count, double *along)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        const struct chart_xy *a = &corners[i], *b = &corners[(i + 1) % count];
        double da = a->y * family->cosine - a->x * family->sine - offset;
        double db = b->y * family->cosine - b->x * family->sine - offset;
        if ((da < 0) == (db < 0)) continue;
        double part = da / (da - db);
        double x = a->x + part * (b->x - a->x), y = a->y + part * (b->y - a->y);
        along[found++] = x * family->cosine + y * family->sine;
    }
    qsort(along, found, sizeof *along, by_value);
    return found;
}

static void stroke(struct rk_arena *arena, struct chart_draw *draw, unsigned colour,
                   const struct strokes *family, double offset, double from, double to)
{
    struct chart_item *line = chart_draw_add(arena, draw, CHART_OP_LINE, 2);
    double ends[2] = {from, to};
    line->colour = colour;
    line->width = stroke_width;
    for (int i = 0; i < 2; i++) {
        line->at[i].x = ends[i] * family->cosine - offset * family->sine;
        line->at[i].y = ends[i] * family->sine + offset * family->cosine;
    }
}

/** Strokes lie on one lattice for the whole chart, so that neighbours look alike. */
static void fill_with(struct rk_arena *arena, struct chart_draw *draw, unsigned colour,
                      const struct strokes *family, const struct chart_xy *corners,
                      size_t count)
{
    double low = INFINITY, high = -INFINITY;
    double *along = RK_ARRAY(arena, double, count);
    for (size_t i = 0; i < count; i++) {
        double d = corners[i].y * family->cosine - corners[i].x * family->sine;
        low = fmin(low, d);
        high = fmax(high, d);
    }
    for (double k = ceil(low / family->gap); k * family->gap < high; k++) {
        size_t found = crossings(family, k * family->gap, corners, count, along);
        for (size_t i = 0; i + 1 < found; i += 2)
            stroke(arena, draw, colour, family, k * family->gap, along[i], along[i + 1]);
    }
}

static void outline(struct rk_arena *arena, struct chart_draw *draw, unsigned colour,
                    const struct chart_xy *corners, size_t count)
{
    struct chart_item *line = chart_draw_add(arena, draw, CHART_OP_LINE, count + 1);
    line->colour = colour;
    line->width = 0.7;
    memcpy(line->at, corners, count * sizeof *corners);
    line->at[count] = corners[0];
}

void chart_hatch(struct rk_arena *arena, struct chart_draw *draw, int kind, unsigned colour,
                 const struct chart_xy *corners, size_t count)
{
    struct chart_item *paper = chart_draw_add(arena, draw, CHART_OP_FILL, count);
    paper->colour = 0xFFFFFF;
    memcpy(paper->at, corners, count * sizeof *corners);
    int pattern = kind % 4;
    if (pattern == 1 || pattern == 0)
        fill_with(arena, draw, colour, &slash, corners, count);
    if (pattern == 2 || pattern == 0)
        fill_with(arena, draw, colour, &backslash, corners, count);
    if (pattern == 3) fill_with(arena, draw, colour, &level, corners, count);
    outline(arena, draw, colour, corners, count);
}
