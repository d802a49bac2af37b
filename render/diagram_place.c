// SPDX-License-Identifier: MIT
#include "render/diagram_priv.h"

#include <math.h>

double diagram_neighbours(const struct diagram *diagram, size_t box, bool above,
                          double (*measure)(const struct diagram_box *box))
{
    double sum = 0;
    size_t count = 0;
    for (size_t i = 0; i < diagram->arrow_count; i++) {
        const struct diagram_arrow *arrow = &diagram->arrows[i];
        for (size_t k = 1; !arrow->side && k < arrow->path_count; k++) {
            size_t here = arrow->path[above ? k : k - 1];
            size_t there = arrow->path[above ? k - 1 : k];
            if (here != box) continue;
            sum += measure(&diagram->boxes[there]);
            count++;
        }
    }
    return count ? sum / (double)count : NAN;
}

static double middle_of(const struct diagram_box *box)
{
    return box->across;
}

/** A run of boxes that push each other: their common shift and how many want it. */
struct run {
    double shift, weight;
    size_t count;
};

/** Middles of a step as near as can be (in squares) to what is wanted, in order and apart.
 * Shifts from the closest packing must not fall from box to box: isotonic regression. */
static void align_step(struct diagram *diagram, const struct diagram_step *step, bool above,
                       double gap, double low, double high)
{
    struct run *runs = RK_ARRAY(diagram->arena, struct run, step->count + 1);
    double *packed = RK_ARRAY(diagram->arena, double, step->count + 1);
    size_t used = 0, next = 0;
    double at = 0;
    for (size_t i = 0; i < step->count; i++) {
        const struct diagram_box *box = &diagram->boxes[step->boxes[i]];
        packed[i] = at + box->across_size / 2;
        at += box->across_size + gap;
        double wanted = diagram_neighbours(diagram, step->boxes[i], above, middle_of);
        /* A box with nobody to stand by keeps its place, lightly; straight arrows weigh
         * most. */
        double weight = isnan(wanted) ? 0.05 : box->passing ? 4 : 1;
        if (isnan(wanted)) wanted = box->across;
        runs[used++] = (struct run){wanted - packed[i], weight, 1};
        while (used > 1 && runs[used - 2].shift > runs[used - 1].shift) {
            struct run *a = &runs[used - 2], *b = &runs[used - 1];
            a->shift =
                (a->shift * a->weight + b->shift * b->weight) / (a->weight + b->weight);
            a->weight += b->weight;
            a->count += b->count;
            used--;
        }
    }
    double most = high - (at - gap);
    for (size_t r = 0; r < used; r++) {
        double shift = fmax(low, fmin(runs[r].shift, most));
        for (size_t k = 0; k < runs[r].count; k++, next++)
            diagram->boxes[step->boxes[next]].across = packed[next] + shift;
    }
}

static void pack(struct diagram *diagram, double gap, double low, double high)
{
    for (size_t s = 0; s < diagram->step_count; s++) {
        const struct diagram_step *step = &diagram->steps[s];
        double total = -gap;
        for (size_t i = 0; i < step->count; i++)
            total += diagram->boxes[step->boxes[i]].across_size + gap;
        double at = (low + high - total) / 2;
        for (size_t i = 0; i < step->count; i++) {
            struct diagram_box *box = &diagram->boxes[step->boxes[i]];
            box->across = at + box->across_size / 2;
            at += box->across_size + gap;
        }
    }
}

/** Room on both sides of a passing place, should it stand at `across`. */
static bool has_room(const struct diagram *diagram, size_t place, double across)
{
    const struct diagram_box *box = &diagram->boxes[place];
    const struct diagram_step *step = &diagram->steps[box->step];
    for (size_t i = 0; i < step->count; i++) {
        const struct diagram_box *other = &diagram->boxes[step->boxes[i]];
        double apart = other->across - across;
        bool right = other->position > box->position;
        if (other == box) continue;
        if ((right ? apart : -apart) < other->across_size / 2 + 5) return false;
    }
    return true;
}

/** A small jog in a long arrow is uglier than a place that is a little off. */
static void take_out_jogs(struct diagram *diagram)
{
    for (size_t i = 0; i < diagram->arrow_count; i++) {
        const struct diagram_arrow *arrow = &diagram->arrows[i];
        for (size_t k = 1; k + 1 < arrow->path_count; k++) {
            struct diagram_box *place = &diagram->boxes[arrow->path[k]];
            double before = diagram->boxes[arrow->path[k - 1]].across;
            if (fabs(before - place->across) < 14 &&
                has_room(diagram, arrow->path[k], before))
                place->across = before;
        }
    }
}

void diagram_align(struct diagram *diagram, double gap, double low, double high)
{
    pack(diagram, gap, low, high);
    for (int sweep = 0; sweep < 12; sweep++) {
        bool above = sweep % 2 == 0;
        for (size_t s = 0; s < diagram->step_count; s++)
            align_step(diagram, &diagram->steps[above ? s : diagram->step_count - 1 - s],
                       above, gap, low, high);
    }
    take_out_jogs(diagram);
}
