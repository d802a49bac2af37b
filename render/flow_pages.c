// SPDX-License-Identifier: MIT
/*
 * Nodes to pages. A page is walked twice: once to find the break that costs least (the hole
 * it leaves, what it tears apart, what it puts off), once to write down what stands where.
 * Groups that float and do not fit are put off: the text after them fills the page, and
 * they come first on the next.
 */
#include "render/flow_pages.h"

#include <math.h>

enum { SPLIT_NOTE = 150, PARTED = 120, PUT_OFF = 25, MOST_COST = 1000000 };

/* A hair more than fits is let pass: sums of lines carry rounding. */
#define SLACK 0.01

/* --- The walk: heights as they add up, regions as they open and close --- */

static size_t region_chain(const struct node *node, struct region *chain[WALK_REGIONS])
{
    size_t count = 0;

    for (struct region *r = node ? node->region : NULL; r && count < WALK_REGIONS;
         r = r->parent)
        chain[count++] = r;
    for (size_t i = 0; i < count / 2; i++) {
        struct region *swap = chain[i];

        chain[i] = chain[count - 1 - i];
        chain[count - 1 - i] = swap;
    }
    return count;
}

static size_t common_regions(const struct walk *walk, struct region *const *chain,
                             size_t count)
{
    size_t same = 0;

    while (same < count && same < walk->open_count &&
           walk->open[same].region == chain[same])
        same++;
    return same;
}

static void close_regions(struct walk *walk, size_t keep, double bottom, bool ends)
{
    while (walk->open_count > keep) {
        struct walk_region *open = &walk->open[--walk->open_count];

        if (walk->plan && open->region->frame) {
            walk->plan->frames[open->frame].bottom = bottom;
            walk->plan->frames[open->frame].ends = ends;
        }
    }
}

static void open_region(struct walk *walk, struct region *region, const struct node *node)
{
    struct walk_region *open = &walk->open[walk->open_count++];
    bool starts = region->first == node;
    struct plan *plan = walk->plan;

    *open = (struct walk_region){.region = region};
    if (plan && region->frame) {
        RK_ROOM(walk->flow->arena, plan->frames, plan->frame_count, plan->frame_cap);
        open->frame = plan->frame_count;
        plan->frames[plan->frame_count++] = (struct framed){
            .frame = region->frame, .top = walk->y, .bottom = walk->y, .starts = starts};
    }
    if (starts) return;
    if (plan && region->draw_again) {
        RK_ROOM(walk->flow->arena, plan->repeats, plan->repeat_count, plan->repeat_cap);
        plan->repeats[plan->repeat_count++] = (struct repeated){region, walk->y};
    }
    walk->y += region->again;
}

/* Height that regions need below a break before `node`: those that go on after it. */
static double foot_before(const struct walk *walk, const struct node *node)
{
    struct region *chain[WALK_REGIONS];
    size_t count = common_regions(walk, chain, region_chain(node, chain));
    double foot = 0;

    for (size_t i = 0; i < count; i++)
        foot += chain[i]->foot;
    return foot;
}

/* Height at the top that regions will take again before `node`. */
static double again_before(const struct walk *walk, const struct node *node)
{
    struct region *chain[WALK_REGIONS];
    size_t count = region_chain(node, chain), same = common_regions(walk, chain, count);
    double again = 0;

    for (size_t i = same; i < count; i++)
        again += chain[i]->first == node ? 0 : chain[i]->again;
    return again;
}

static void walk_note(struct walk *walk, long index)
{
    struct note *note = &walk->flow->notes[index];

    if (!note->lines.first) return;
    for (size_t i = 0; i < walk->note_count; i++)
        if (walk->notes[i] == note) return;
    RK_ROOM(walk->flow->arena, walk->notes, walk->note_count, walk->note_cap);
    if (walk->notes_height <= 0) walk->notes_height = flow_notes_gap(walk->flow);
    walk->notes[walk->note_count++] = note;
    walk->notes_height += note->height;
}

/* What a note could do without if it were split after its second line. */
static double note_saves(const struct note *note)
{
    double least = 0;
    int lines = 0;

    for (const struct node *node = note->lines.first; node && lines < 2;
         node = node->next) {
        least += node->height;
        lines += node->kind == NODE_BOX;
    }
    return fmax(0, note->height - least - 2);
}

/* Only the last note of a page may be split. */
static double split_saves(const struct walk *walk)
{
    return walk->note_count ? note_saves(walk->notes[walk->note_count - 1]) : 0;
}

static void place_anchors(struct walk *walk, const struct node *node)
{
    struct flow *flow = walk->flow;
    size_t plan = flow->plan_count - 1;

    if (node->anchor) {
        size_t at = rk_map_add(flow->anchors, node->anchor);

        RK_ROOM(flow->arena, flow->anchor_plan, at, flow->anchor_cap);
        flow->anchor_plan[at] = plan;
    }
    if (node->heading && node->heading->block->level == 1) {
        if (!walk->section) walk->plan->section = node->heading;
        walk->section = node->heading;
    }
    for (size_t i = 0; i < node->part_count; i++)
        for (const struct node *part = node->parts[i].first; part; part = part->next)
            place_anchors(walk, part);
}

static void walk_box(struct walk *walk, const struct node *node)
{
    struct region *chain[WALK_REGIONS];
    size_t count = region_chain(node, chain);

    close_regions(walk, common_regions(walk, chain, count), walk->y, true);
    if (walk->any) walk->y += walk->space;
    walk->space = 0;
    while (walk->open_count < count)
        open_region(walk, chain[walk->open_count], node);
    for (size_t i = 0; i < node->note_count; i++)
        walk_note(walk, node->notes[i]);
    if (walk->plan) {
        struct plan *plan = walk->plan;

        RK_ROOM(walk->flow->arena, plan->placed, plan->count, plan->cap);
        plan->placed[plan->count++] = (struct placed){node, walk->y};
        place_anchors(walk, node);
    }
    walk->y += node->height;
    walk->any = true;
}

static void walk_node(struct walk *walk, const struct node *node)
{
    if (node->kind == NODE_BOX)
        walk_box(walk, node);
    else if (node->kind == NODE_SPACE && node->height > walk->space)
        walk->space = node->height;
}

/* --- Where to break --- */

static double hole_badness(const struct walk *walk, double used)
{
    double share = fmax(0, walk->height - used) / walk->height;

    return 10000 * share * share;
}

/* Figures and tables that fill most of the next page part the lines of a paragraph. */
static double parting_cost(const struct walk *walk, double penalty)
{
    double height = 0;

    for (size_t i = 0; i < walk->off_count; i++)
        height += walk->off[i]->height;
    return penalty == INSIDE_PARAGRAPH && height > 0.4 * walk->height ? PARTED : 0;
}

/* Weighs a break before `node` (NULL: at the end of the list). */
static void weigh(struct walk *walk, struct node *node, double penalty, bool forced)
{
    double used = walk->y + foot_before(walk, node) + walk->notes_height;
    double saved = split_saves(walk), cost;

    if (!walk->any || used - saved > walk->height + SLACK) return;
    cost = penalty + PUT_OFF * (double)walk->off_count + parting_cost(walk, penalty);
    if (used > walk->height + SLACK)
        cost += SPLIT_NOTE;
    else if (!forced)
        cost += hole_badness(walk, used);
    if (forced) cost = -1;
    if (walk->cut.found && cost > walk->cut.cost) return;
    walk->cut = (struct cut){true, node, cost, walk->off_count};
}

/* When nothing allowed fits, the fullest page is taken, whatever it tears apart. */
static void weigh_last_resort(struct walk *walk, struct node *node)
{
    double used =
        walk->y + foot_before(walk, node) + walk->notes_height - split_saves(walk);

    if (walk->any && used <= walk->height + SLACK)
        walk->resort = (struct cut){true, node, MOST_COST, walk->off_count};
}

static bool is_put_off(const struct walk *walk, const struct group *group)
{
    for (size_t i = 0; i < walk->off_count; i++)
        if (walk->off[i] == group) return true;
    return false;
}

static bool same_kind_put_off(const struct walk *walk, const struct group *group)
{
    for (size_t i = 0; i < walk->off_count; i++)
        if (walk->off[i]->kind == group->kind) return true;
    return false;
}

/* Whether the group that starts at `node` goes to a later page. */
static bool puts_off(const struct walk *walk, const struct node *node)
{
    const struct group *group = node->group;

    if (!group || group->first != node || walk->off_count == WALK_OFF) return false;
    if (group->turned) return !walk->turned;
    if (same_kind_put_off(walk, group)) return true;
    if (!group->floats || (!walk->any && walk->notes_height <= 0)) return false;
    return walk->y + walk->space + group->height + walk->notes_height >
           walk->height + SLACK;
}

/* What the footnotes would take if the node were on the page, the last one split. */
static double notes_with(const struct walk *walk, const struct node *node)
{
    double height = walk->notes_height;
    const struct note *last = NULL;

    if (node->note_count == 0) return height - split_saves(walk);
    if (height <= 0) height = flow_notes_gap(walk->flow);
    for (size_t i = 0; i < node->note_count; i++) {
        last = &walk->flow->notes[node->notes[i]];
        height += last->height;
    }
    return height - note_saves(last);
}

static bool overflows(const struct walk *walk, const struct node *node)
{
    if (node->kind != NODE_BOX || !walk->any) return false;
    if (walk->carry_waits && node->note_count) return true;
    return walk->y + walk->space + again_before(walk, node) + node->height +
               notes_with(walk, node) >
           walk->height + SLACK;
}

/* A landscape group ends its page. */
static bool leaves_turned(const struct walk *walk, const struct node *node)
{
    return walk->turned && walk->any && (!node->group || !node->group->turned);
}

/* Weighs the break before a node; true: the page cannot go on past it. */
static bool weigh_node(struct walk *walk, struct node *node)
{
    bool page = node->kind == NODE_PAGE, barrier = node->barrier && walk->off_count > 0;
    bool cramped = walk->any && node->need > 0 &&
                   walk->y + walk->notes_height + node->need > walk->height;

    if (page || cramped || leaves_turned(walk, node)) {
        weigh(walk, node, 0, true);
        return walk->any;
    }
    if (node->break_before < KEEP)
        weigh(walk, node, node->break_before, false);
    else
        weigh_last_resort(walk, node);
    if (barrier && walk->any) return true;
    return false;
}

/* What follows a group that is put off; the spaces around it go with it. */
static struct node *walk_past(struct walk *walk, const struct node *node)
{
    struct node *next = node->group->last->next;

    walk->space = fmin(walk->space, walk->flow->theme->gap);
    if (next && next->kind == NODE_SPACE && !next->barrier &&
        next->height <= walk->flow->theme->block_gap)
        next = next->next;
    return next;
}

/* Walks from `node` until the page is full; leaves the best break in walk->cut. */
static void find_cut(struct walk *walk, struct node *node)
{
    struct node *start = node;

    while (node) {
        if (weigh_node(walk, node)) return;
        if (puts_off(walk, node)) {
            walk->off[walk->off_count++] = node->group;
            node = walk_past(walk, node);
            continue;
        }
        if (overflows(walk, node)) break;
        walk_node(walk, node);
        node = node->next;
    }
    if (!node) weigh(walk, NULL, 0, walk->off_count == 0);
    if (!walk->cut.found) walk->cut = walk->resort;
    if (!walk->cut.found) {
        /* One thing taller than a page: it gets the page, and hangs over its foot. */
        while (start && start->kind != NODE_BOX)
            start = start->next;
        walk->cut = (struct cut){true, start ? start->next : NULL, 0, 0};
    }
}

/* --- Writing the page down --- */

struct plan *flow_plan(struct flow *flow, enum plan_kind kind)
{
    RK_ROOM(flow->arena, flow->plans, flow->plan_count, flow->plan_cap);
    flow->plans[flow->plan_count] = (struct plan){.kind = kind};
    return &flow->plans[flow->plan_count++];
}

double flow_text_height(const struct flow *flow, bool turned)
{
    double paper = turned ? flow->theme->width : flow->theme->height;

    return paper - flow->theme->top - flow->theme->bottom;
}

static void place_nodes(struct walk *walk, struct node *node)
{
    while (node && node != walk->cut.at) {
        if (node->group && node->group->first == node && is_put_off(walk, node->group)) {
            node = walk_past(walk, node);
            continue;
        }
        walk_node(walk, node);
        node = node->next;
    }
    walk->y += foot_before(walk, walk->cut.at);
    close_regions(walk, 0, walk->y, false);
}

static struct node *new_space(struct flow *flow)
{
    struct node *space = RK_NEW(flow->arena, struct node);

    space->kind = NODE_SPACE;
    space->height = flow->theme->block_gap;
    return space;
}

/* Moves what was put off to the start of the next page; returns the node that starts it. */
static struct node *move_put_off(struct walk *walk, struct list *list)
{
    struct node *at = walk->cut.at, *start = at;

    for (size_t i = 0; i < walk->off_count; i++) {
        struct group *group = walk->off[i];
        struct node *space = new_space(walk->flow);

        list_unlink(list, group->first, group->last);
        list_insert(list, at, group->first, group->last);
        list_insert(list, at, space, space);
        if (i == 0) start = group->first;
    }
    return start;
}

static struct walk begin_page(struct flow *flow, const struct node *start,
                              struct carry *carry)
{
    struct walk walk = {.flow = flow, .section = NULL};
    const struct node *first = start;

    while (first && first->kind != NODE_BOX)
        first = first->next;
    walk.turned = first && first->group && first->group->turned;
    walk.height = flow_text_height(flow, walk.turned);
    walk.notes_height = carry_height(flow, carry, walk.height, start != NULL);
    walk.carry_waits = carry->waits;
    return walk;
}

static const struct heading *last_section(const struct walk *walk,
                                          const struct heading *running)
{
    return walk->section ? walk->section : running;
}

/* One page from `start`; returns where the next begins, NULL at the end. */
static struct node *make_page(struct flow *flow, struct list *list, struct node *start,
                              struct carry *carry, const struct heading **running,
                              bool front)
{
    struct walk walk = begin_page(flow, start, carry), place = walk;
    struct plan *plan;

    find_cut(&walk, start);
    plan = flow_plan(flow, PLAN_TEXT);
    plan->front = front;
    plan->turned = walk.turned;
    plan->section = *running;
    place.plan = plan;
    place.cut = walk.cut;
    place.off_count = walk.cut.off_count;
    for (size_t i = 0; i < place.off_count; i++)
        place.off[i] = walk.off[i];
    place.notes_height = 0;
    place_nodes(&place, start);
    *running = last_section(&place, *running);
    carry_place(flow, carry, plan, place.notes, place.note_count, place.height - place.y);
    return move_put_off(&place, list);
}

/* Spaces and page starts at the top of a page are nothing. */
static struct node *skip_to_content(struct node *node)
{
    while (node && node->kind != NODE_BOX)
        node = node->next;
    return node;
}

void flow_paginate(struct flow *flow, struct list *list, bool front)
{
    struct carry carry = {0};
    const struct heading *running = NULL;
    struct node *start = skip_to_content(list->first);

    while (start || carry.count)
        start = skip_to_content(make_page(flow, list, start, &carry, &running, front));
}
