// SPDX-License-Identifier: MIT
#include "render/chart_draw.h"
#include "render/chart_draw_priv.h"
#include "render/page.h"

#include <assert.h>

static const enum font_face faces[] = {FONT_REGULAR, FONT_BOLD, FONT_ITALIC};
static const enum page_align aligns[] = {PAGE_LEFT, PAGE_MIDDLE, PAGE_RIGHT};

/** Corners in units of the radius, sized so that the shapes look equally heavy. */
static const struct {
    size_t count;
    struct chart_xy corners[4];
} outlines[] = {
    [CHART_CIRCLE] = {0, {{0, 0}}                                            },
    [CHART_SQUARE] = {4, {{-.88, -.88}, {.88, -.88}, {.88, .88}, {-.88, .88}}},
    [CHART_DIAMOND] = {4, {{0, -1.2}, {1.2, 0}, {0, 1.2}, {-1.2, 0}}          },
    [CHART_TRIANGLE] = {3, {{-1.15, -.8}, {1.15, -.8}, {0, 1.2}}               },
    [CHART_TRIANGLE_DOWN] = {3, {{-1.15, .8}, {1.15, .8}, {0, -1.2}}                },
};

size_t chart_mark_corners(const struct chart_item *mark, struct chart_xy corners[4])
{
    size_t count = outlines[mark->shape].count;
    for (size_t i = 0; i < count; i++) {
        corners[i].x = mark->at->x + mark->size / 2 * outlines[mark->shape].corners[i].x;
        corners[i].y = mark->at->y + mark->size / 2 * outlines[mark->shape].corners[i].y;
    }
    return count;
}

static_assert(sizeof(struct chart_xy) == 2 * sizeof(double), "points are pairs of numbers");

static void replay_line(const struct chart_item *item, struct render_page *page)
{
    const double dashes[2] = {item->dash_on, item->dash_off};
    page_pen(page, colour_rgb(item->colour));
    page_line_width(page, item->width);
    page_dash(page, dashes, item->dash_on > 0 ? 2 : 0);
    page_polyline(page, &item->at->x, item->at_count);
}

static void replay_fill(const struct chart_item *item, struct render_page *page)
{
    page_ink(page, colour_rgb(item->colour));
    page_polygon(page, &item->at->x, item->at_count, PAGE_FILL);
}

static void replay_mark(const struct chart_item *item, struct render_page *page)
{
    struct chart_xy corners[4];
    size_t count = chart_mark_corners(item, corners);
    page_pen(page, colour_rgb(item->colour));
    page_ink(page, colour_rgb(item->fill));
    page_line_width(page, item->width);
    page_dash(page, NULL, 0);
    if (count)
        page_polygon(page, &corners->x, count, PAGE_FILL_STROKE);
    else
        page_circle(page, item->at->x, item->at->y, item->size / 2, PAGE_FILL_STROKE);
}

static void replay_text(const struct chart_item *item, struct render_page *page)
{
    struct font *font = page_face(page, faces[item->face]);
    double baseline = item->at->y - font_cap_height(font, item->size) / 2;
    page_ink(page, colour_rgb(item->colour));
    page_text(page, font, item->size, item->at->x, baseline, aligns[item->align],
              item->text);
}

void chart_replay(const struct chart_draw *draw, struct render_page *page, double x,
                  double y)
{
    static void (*const players[])(const struct chart_item *, struct render_page *) = {
        replay_line, replay_fill, replay_mark, replay_text};
    page_save(page);
    page_move_origin(page, x, y, 0);
    page_line_ends(page, PAGE_CAP_BUTT, PAGE_JOIN_MITRE);
    for (size_t i = 0; i < draw->count; i++)
        players[draw->items[i].op](&draw->items[i], page);
    page_restore(page);
}
