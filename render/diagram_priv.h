// SPDX-License-Identifier: MIT
#ifndef RENDER_DIAGRAM_PRIV_H
#define RENDER_DIAGRAM_PRIV_H

#include "render/chart_priv.h"
#include "render/diagram.h"

/* Layout speaks of two directions: `along` the flow (down the page, or to the right) and
 * `across` it; only diagram_draw.c turns them into x and y. */

struct diagram_box {
    const char *id, *title, *body; /**< body: smaller words, or NULL */
    bool passing;                  /**< no box: where an arrow passes a step */
    bool side;                     /**< stands beside another box of its step */
    size_t step, position;         /**< which step, which place in it */
    long fixed_step;               /**< from a `layer` line, or -1 */
    struct chart_lines title_lines, body_lines;
    double along, across;           /**< middle, points */
    double along_size, across_size; /**< a passing place is narrow */
};

/** One stretch of an arrow, from a step to the next. */
struct diagram_hop {
    size_t arrow;
    size_t upper, lower;  /**< boxes or passing places */
    double leaves, lands; /**< across: where it leaves the one and lands on the other */
    size_t track;         /**< in the gap; straight hops need none */
    bool straight;
    struct chart_lines label; /**< beside its end; no lines: none */
    bool label_left;          /**< down the page: before the arrow, not behind it */
};

struct diagram_arrow {
    size_t from, to;
    const char *label; /**< NULL: none */
    bool side;         /**< within one step */
    bool backwards;    /**< against the flow: the head is at the upper end */
    size_t *path;      /**< boxes and passing places from the upper end to the lower */
    size_t path_count;
};

struct diagram_step {
    const char *heading; /**< NULL: none */
    size_t *boxes;       /**< in their order across */
    size_t count;
    double along, along_size; /**< start and thickness */
    struct diagram_hop *hops; /**< from this step to the next */
    size_t hop_count;
    size_t tracks; /**< side by side between this step and the next */
    double gap;    /**< to the next step */
};

struct diagram {
    struct rk_arena *arena;
    struct rk_place place;
    bool decided, down;
    struct diagram_box *boxes;
    size_t box_count, box_cap;
    struct diagram_arrow *arrows;
    size_t arrow_count, arrow_cap;
    struct diagram_step *steps;
    size_t step_count, step_cap;
    struct rk_map *ids;
    double label_low, label_high; /**< across: how far labels may reach */
};

/** A box by its id, made when it is new. */
size_t diagram_box(struct diagram *diagram, const char *id);
/** Steps of all boxes, passing places for long arrows, order within steps
 * (diagram_steps.c). */
void diagram_arrange(struct diagram *diagram);
/** Where arrows leave and land, and on which tracks they change sides (diagram_route.c);
 * middles across must be known. `label_width`: room of a label when the flow is to the
 * right, 0 else. */
void diagram_route(struct diagram *diagram, const struct chart_plot *plot,
                   double label_width);
/** Mean of a measure over a box's neighbours on one side; NAN when there are none. */
double diagram_neighbours(const struct diagram *diagram, size_t box, bool above,
                          double (*measure)(const struct diagram_box *box));
/** Middles across: near their neighbours, `gap` apart, within low..high (diagram_place.c).
 */
void diagram_align(struct diagram *diagram, double gap, double low, double high);

#endif
