// SPDX-License-Identifier: MIT
#include "render/diagram_priv.h"

#include <math.h>

/* --- Which step --- */

enum visit { NOT_YET, ON_THE_WAY, DONE };

/** Depth first; an arrow to a box that is on the way would close a circle: it goes
 * backwards. */
static void turn_circles(struct diagram *diagram, size_t box, enum visit *visits)
{
    visits[box] = ON_THE_WAY;
    for (size_t i = 0; i < diagram->arrow_count; i++) {
        struct diagram_arrow *arrow = &diagram->arrows[i];
        if (arrow->from != box) continue;
        if (visits[arrow->to] == ON_THE_WAY) arrow->backwards = true;
        if (visits[arrow->to] == NOT_YET) turn_circles(diagram, arrow->to, visits);
    }
    visits[box] = DONE;
}

static size_t upper(const struct diagram_arrow *arrow)
{
    return arrow->backwards ? arrow->to : arrow->from;
}

static size_t lower(const struct diagram_arrow *arrow)
{
    return arrow->backwards ? arrow->from : arrow->to;
}

/** Every box one step below the lowest box that leads to it; boxes at the side in the same
 * step. Without circles this settles after as many rounds as there are boxes. */
static void find_steps(struct diagram *diagram)
{
    bool moved = true;
    for (size_t i = 0; i < diagram->box_count; i++)
        if (diagram->boxes[i].fixed_step >= 0)
            diagram->boxes[i].step = (size_t)diagram->boxes[i].fixed_step;
    for (size_t round = 0; moved && round <= diagram->box_count; round++) {
        moved = false;
        for (size_t i = 0; i < diagram->arrow_count; i++) {
            const struct diagram_arrow *arrow = &diagram->arrows[i];
            struct diagram_box *below = &diagram->boxes[lower(arrow)];
            size_t least = diagram->boxes[upper(arrow)].step + !arrow->side;
            if (below->fixed_step >= 0 || below->step >= least) continue;
            below->step = least;
            moved = true;
        }
    }
}

/** Layers that were given can turn arrows round, or put both ends into one step. */
static void settle_arrows(struct diagram *diagram)
{
    for (size_t i = 0; i < diagram->arrow_count; i++) {
        struct diagram_arrow *arrow = &diagram->arrows[i];
        size_t from = diagram->boxes[arrow->from].step, to = diagram->boxes[arrow->to].step;
        arrow->side = from == to;
        arrow->backwards = from > to;
    }
}

/* --- Passing places --- */

static size_t passing_place(struct diagram *diagram, size_t step)
{
    RK_ROOM(diagram->arena, diagram->boxes, diagram->box_count, diagram->box_cap);
    diagram->boxes[diagram->box_count] =
        (struct diagram_box){.id = "", .title = "", .passing = true, .step = step};
    return diagram->box_count++;
}

static void make_path(struct diagram *diagram, struct diagram_arrow *arrow)
{
    size_t top = upper(arrow), bottom = lower(arrow);
    size_t first = diagram->boxes[top].step, last = diagram->boxes[bottom].step;
    arrow->path = RK_ARRAY(diagram->arena, size_t, last - first + 2);
    arrow->path[arrow->path_count++] = top;
    for (size_t step = first + 1; step < last; step++)
        arrow->path[arrow->path_count++] = passing_place(diagram, step);
    arrow->path[arrow->path_count++] = bottom;
}

static void fill_steps(struct diagram *diagram)
{
    for (size_t i = 0; i < diagram->box_count; i++)
        while (diagram->boxes[i].step >= diagram->step_count) {
            RK_ROOM(diagram->arena, diagram->steps, diagram->step_count, diagram->step_cap);
            diagram->steps[diagram->step_count++] = (struct diagram_step){0};
        }
    for (size_t s = 0; s < diagram->step_count; s++)
        diagram->steps[s].boxes = RK_ARRAY(diagram->arena, size_t, diagram->box_count);
    for (size_t i = 0; i < diagram->box_count; i++) {
        struct diagram_step *step = &diagram->steps[diagram->boxes[i].step];
        diagram->boxes[i].position = step->count;
        step->boxes[step->count++] = i;
    }
}

/* --- Order within steps --- */

static double position_of(const struct diagram_box *box)
{
    return (double)box->position;
}

/** Where its neighbours above (or below) stand on average; its own place when it has none.
 */
static double wanted_position(const struct diagram *diagram, size_t box, bool above)
{
    double wanted = diagram_neighbours(diagram, box, above, position_of);
    return isnan(wanted) ? position_of(&diagram->boxes[box]) : wanted;
}

/** Stable insertion sort of a step by what its boxes want. */
static void sort_step(struct diagram *diagram, struct diagram_step *step, bool above)
{
    double *wanted = RK_ARRAY(diagram->arena, double, diagram->box_count);
    for (size_t i = 0; i < step->count; i++)
        wanted[step->boxes[i]] = wanted_position(diagram, step->boxes[i], above);
    for (size_t i = 1; i < step->count; i++) {
        size_t box = step->boxes[i], at = i;
        for (; at > 0 && wanted[step->boxes[at - 1]] > wanted[box]; at--)
            step->boxes[at] = step->boxes[at - 1];
        step->boxes[at] = box;
    }
    for (size_t i = 0; i < step->count; i++)
        diagram->boxes[step->boxes[i]].position = i;
}

static bool crosses(const struct diagram *diagram, const struct diagram_arrow *a, size_t ka,
                    const struct diagram_arrow *b, size_t kb)
{
    const struct diagram_box *boxes = diagram->boxes;
    if (boxes[a->path[ka]].step != boxes[b->path[kb]].step) return false;
    long above = (long)boxes[a->path[ka]].position - (long)boxes[b->path[kb]].position;
    long below =
        (long)boxes[a->path[ka + 1]].position - (long)boxes[b->path[kb + 1]].position;
    return (above < 0 && below > 0) || (above > 0 && below < 0);
}

static size_t count_crossings(const struct diagram *diagram)
{
    size_t crossings = 0;
    for (size_t i = 0; i < diagram->arrow_count; i++)
        for (size_t j = i + 1; j < diagram->arrow_count; j++) {
            const struct diagram_arrow *a = &diagram->arrows[i], *b = &diagram->arrows[j];
            if (a->side || b->side) continue;
            for (size_t ka = 0; ka + 1 < a->path_count; ka++)
                for (size_t kb = 0; kb + 1 < b->path_count; kb++)
                    crossings += crosses(diagram, a, ka, b, kb);
        }
    return crossings;
}

static void restore(struct diagram *diagram, const size_t *positions)
{
    for (size_t i = 0; i < diagram->box_count; i++) {
        diagram->boxes[i].position = positions[i];
        diagram->steps[diagram->boxes[i].step].boxes[positions[i]] = i;
    }
}

/** Sweeps down and up, keeps the order with the fewest crossings. */
static void untangle(struct diagram *diagram)
{
    size_t *best = RK_ARRAY(diagram->arena, size_t, diagram->box_count);
    size_t fewest = count_crossings(diagram);
    for (size_t i = 0; i < diagram->box_count; i++)
        best[i] = diagram->boxes[i].position;
    for (int sweep = 0; sweep < 8 && fewest > 0; sweep++) {
        bool down = sweep % 2 == 0;
        for (size_t s = 0; s < diagram->step_count; s++)
            sort_step(diagram, &diagram->steps[down ? s : diagram->step_count - 1 - s],
                      down);
        size_t crossings = count_crossings(diagram);
        if (crossings >= fewest) continue;
        fewest = crossings;
        for (size_t i = 0; i < diagram->box_count; i++)
            best[i] = diagram->boxes[i].position;
    }
    restore(diagram, best);
}

/** Side boxes stand right behind the box they belong to. */
static void place_sides(struct diagram *diagram)
{
    for (size_t i = 0; i < diagram->arrow_count; i++) {
        const struct diagram_arrow *arrow = &diagram->arrows[i];
        if (!arrow->side || !diagram->boxes[arrow->to].side) continue;
        struct diagram_step *step = &diagram->steps[diagram->boxes[arrow->to].step];
        size_t at = diagram->boxes[arrow->to].position;
        size_t wanted = diagram->boxes[arrow->from].position + 1;
        for (; at > wanted; at--)
            step->boxes[at] = step->boxes[at - 1];
        for (; at + 1 < wanted; at++)
            step->boxes[at] = step->boxes[at + 1];
        step->boxes[at] = arrow->to;
        for (size_t k = 0; k < step->count; k++)
            diagram->boxes[step->boxes[k]].position = k;
    }
}

void diagram_arrange(struct diagram *diagram)
{
    enum visit *visits = RK_ARRAY(diagram->arena, enum visit, diagram->box_count);
    for (size_t i = 0; i < diagram->box_count; i++)
        if (visits[i] == NOT_YET) turn_circles(diagram, i, visits);
    find_steps(diagram);
    settle_arrows(diagram);
    for (size_t i = 0; i < diagram->arrow_count; i++)
        if (!diagram->arrows[i].side) make_path(diagram, &diagram->arrows[i]);
    fill_steps(diagram);
    untangle(diagram);
    place_sides(diagram);
}
