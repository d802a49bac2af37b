// SPDX-License-Identifier: MIT
#include "render/diagram_priv.h"

#include <math.h>

/** Narrowest space between two arrows that land on one box; nearer than `straight_slack` to
 * its start an arrow is simply straight. */
static const double least_port = 9, straight_slack = 1.5;

/** Of a label beside an arrow down the page. */
static const double widest_label = 110;

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
        const struct diagram_box *upper = &diagram->boxes[hop->upper];
        hop->leaves = upper->across + (back && !upper->passing ? least_port : 0);
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

/** Arrows that meet do not cross when the shortest way turns first: of those that go one
 * way the last start, of the others the first. */
static bool turns_before(const struct diagram_hop *a, const struct diagram_hop *b)
{
    bool a_way = a->lands > a->leaves, b_way = b->lands > b->leaves;
    if (a_way != b_way) return a_way;
    return a_way ? a->leaves > b->leaves : a->leaves < b->leaves;
}

static bool overlap(const struct diagram_hop *a, const struct diagram_hop *b)
{
    return fmin(a->leaves, a->lands) < fmax(b->leaves, b->lands) &&
           fmin(b->leaves, b->lands) < fmax(a->leaves, a->lands);
}

static struct diagram_hop **in_turning_order(const struct diagram *diagram,
                                             const struct diagram_step *step)
{
    struct diagram_hop **order =
        RK_ARRAY(diagram->arena, struct diagram_hop *, step->hop_count + 1);
    for (size_t i = 0; i < step->hop_count; i++) {
        size_t at = i;
        for (; at > 0 && turns_before(&step->hops[i], order[at - 1]); at--)
            order[at] = order[at - 1];
        order[at] = &step->hops[i];
    }
    return order;
}

/** Hops of one start share a track; starts share one when they keep out of each other's
 * way. */
static void find_tracks(const struct diagram *diagram, struct diagram_step *step)
{
    struct diagram_hop **order = in_turning_order(diagram, step);
    for (size_t i = 0; i < step->hop_count; i++)
        step->hops[i].track = diagram->box_count; /* none yet */
    for (size_t i = 0; i < step->hop_count; i++) {
        struct diagram_hop *hop = order[i];
        double low, high;
        size_t track = 0;
        for (size_t k = 0; k < i; k++) /* behind those that turned before it */
            if (!order[k]->straight && order[k]->lower == hop->lower &&
                overlap(order[k], hop) && order[k]->track >= track)
                track = order[k]->track + 1;
        if (hop->straight || hop->track < diagram->box_count) continue;
        reach(step, hop->upper, &low, &high);
        while (!track_is_free(step, hop->upper, track, low, high))
            track++;
        for (size_t k = 0; k < step->hop_count; k++)
            if (step->hops[k].upper == hop->upper && !step->hops[k].straight)
                step->hops[k].track = track;
        if (track + 1 > step->tracks) step->tracks = track + 1;
    }
}

/** In a flow down the page a label stands beside the arrow, on the side where the next one
 * is farther away. */
static double label_room(const struct diagram *diagram, const struct diagram_step *step,
                         struct diagram_hop *hop)
{
    double left = hop->lands - diagram->label_low, right = diagram->label_high - hop->lands;
    for (size_t i = 0; i < step->hop_count; i++) {
        double apart = step->hops[i].lands - hop->lands;
        if (apart > straight_slack) right = fmin(right, apart);
        if (apart < -straight_slack) left = fmin(left, -apart);
    }
    hop->label_left = left > right && right < widest_label + 8;
    return fmax(24, fmin(widest_label, (hop->label_left ? left : right) - 8));
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
        double room = label_width > 0 ? label_width : label_room(diagram, step, hop);
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
