// SPDX-License-Identifier: MIT
#include "render/diagram_priv.h"

#include <math.h>

/** Narrowest space between two arrows that land on one box; nearer than `straight_slack` to
 * its start an arrow is simply straight. */
static const double least_port = 9, straight_slack = 1.5;

static void collect_hops(struct diagram *diagram)
{
    for (size_t s = 0; s < diagram->step_count; s++)
        diagram->steps[s].hops =
            RK_ARRAY(diagram->arena, struct diagram_hop, diagram->arrow_count + 1);
    for (size_t i = 0; i < diagram->arrow_count; i++) {
        const struct diagram_arrow *arrow = &diagram->arrows[i];
        for (size_t k = 0; k + 1 < arrow->path_count; k++) {
            size_t upper = arrow->path[k];
            struct diagram_step *step = &diagram->steps[diagram->boxes[upper].step];
            step->hops[step->hop_count++] = (struct diagram_hop){
                .arrow = i, .upper = upper, .lower = arrow->path[k + 1]};
        }
    }
}

/** Hops that land on `box`, from the leftmost start to the rightmost. */
static size_t landing(const struct diagram *diagram, struct diagram_step *step, size_t box,
                      struct diagram_hop **out)
{
    size_t count = 0;
    for (size_t i = 0; i < step->hop_count; i++) {
        if (step->hops[i].lower != box) continue;
        double start = diagram->boxes[step->hops[i].upper].across;
        size_t at = count++;
        for (; at > 0 && diagram->boxes[out[at - 1]->upper].across > start; at--)
            out[at] = out[at - 1];
        out[at] = &step->hops[i];
    }
    return count;
}

/** An arrow that starts above the box may fall straight down on it, if its neighbours leave
 * it the room. */
static void straighten(const struct diagram_box *box, struct diagram_hop **hops,
                       size_t count, double space)
{
    double edge = box->across_size / 2 - 7;
    double apart = fmin(space, 2 * least_port);
    for (size_t i = 0; i < count && !box->passing; i++) {
        double start = hops[i]->leaves;
        bool above = fabs(start - box->across) <= edge;
        if (i > 0 && start < hops[i - 1]->lands + apart) above = false;
        if (i + 1 < count && start > hops[i + 1]->lands - apart) above = false;
        if (above) hops[i]->lands = start;
    }
}

/** Arrows leave from the middle, those that point back a little beside it; they land side
 * by side, each as straight below its start as the box is wide. */
static void find_ports(struct diagram *diagram, struct diagram_step *step)
{
    struct diagram_hop **hops =
        RK_ARRAY(diagram->arena, struct diagram_hop *, step->hop_count + 1);
    for (size_t i = 0; i < step->hop_count; i++) {
        struct diagram_hop *hop = &step->hops[i];
        bool back = diagram->arrows[hop->arrow].backwards;
        hop->leaves = diagram->boxes[hop->upper].across + (back ? least_port : 0);
    }
    for (size_t b = 0; b < diagram->box_count; b++) {
        const struct diagram_box *box = &diagram->boxes[b];
        size_t count = landing(diagram, step, b, hops);
        double space = fmax(least_port, box->across_size / (double)(count + 1));
        for (size_t i = 0; i < count; i++) {
            hops[i]->lands =
                box->passing ? box->across
                             : box->across + space * ((double)i - (double)(count - 1) / 2);
        }
        straighten(box, hops, count, space);
        for (size_t i = 0; i < count; i++) {
            hops[i]->straight = fabs(hops[i]->lands - hops[i]->leaves) < straight_slack;
            if (hops[i]->straight) hops[i]->lands = hops[i]->leaves;
        }
    }
}

/** Stretch across that the hops from one start need. */
static void reach(const struct diagram_step *step, size_t upper, double *low, double *high)
{
    *low = INFINITY;
    *high = -INFINITY;
    for (size_t i = 0; i < step->hop_count; i++) {
        const struct diagram_hop *hop = &step->hops[i];
        if (hop->upper != upper || hop->straight) continue;
        *low = fmin(*low, fmin(hop->leaves, hop->lands));
        *high = fmax(*high, fmax(hop->leaves, hop->lands));
    }
}

static bool track_is_free(const struct diagram_step *step, size_t upper, size_t track,
                          double low, double high)
{
    for (size_t i = 0; i < step->hop_count; i++) {
        const struct diagram_hop *other = &step->hops[i];
        double other_low, other_high;
        if (other->straight || other->upper == upper || other->track != track) continue;
        reach(step, other->upper, &other_low, &other_high);
        if (low < other_high + 3 && other_low < high + 3) return false;
    }
    return true;
}

/** Hops of one start share a track; starts share one when they keep out of each other's
 * way. */
static void find_tracks(const struct diagram *diagram, struct diagram_step *step)
{
    for (size_t i = 0; i < step->hop_count; i++)
        step->hops[i].track = diagram->box_count; /* none yet */
    for (size_t i = 0; i < step->hop_count; i++) {
        struct diagram_hop *hop = &step->hops[i];
        double low, high;
        size_t track = 0;
        if (hop->straight || hop->track < diagram->box_count) continue;
        reach(step, hop->upper, &low, &high);
        while (!track_is_free(step, hop->upper, track, low, high))
            track++;
        for (size_t k = i; k < step->hop_count; k++)
            if (step->hops[k].upper == hop->upper && !step->hops[k].straight)
                step->hops[k].track = track;
        if (track + 1 > step->tracks) step->tracks = track + 1;
    }
}

/** The label stands at the end that the arrow points to. */
static void wrap_labels(struct diagram *diagram, const struct chart_plot *plot,
                        struct diagram_step *step, double label_width)
{
    for (size_t i = 0; i < step->hop_count; i++) {
        struct diagram_hop *hop = &step->hops[i];
        const struct diagram_arrow *arrow = &diagram->arrows[hop->arrow];
        size_t end = arrow->backwards ? arrow->path[0] : arrow->path[arrow->path_count - 1];
        bool at_end = arrow->backwards ? hop->upper == end : hop->lower == end;
        if (!arrow->label || !at_end) continue;
        double room = label_width;
        if (room <= 0) {
            size_t landings = 0;
            for (size_t k = 0; k < step->hop_count; k++)
                landings += step->hops[k].lower == hop->lower;
            room = fmax(
                40, diagram->boxes[hop->lower].across_size / (double)(landings + 1) - 6);
        }
        hop->label = chart_wrap(plot, chart_small_type(plot), arrow->label, room);
    }
}

void diagram_route(struct diagram *diagram, const struct chart_plot *plot,
                   double label_width)
{
    collect_hops(diagram);
    for (size_t s = 0; s < diagram->step_count; s++) {
        struct diagram_step *step = &diagram->steps[s];
        find_ports(diagram, step);
        find_tracks(diagram, step);
        wrap_labels(diagram, plot, step, label_width);
    }
}
