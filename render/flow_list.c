// SPDX-License-Identifier: MIT
/* The list of nodes: adding, cutting, measuring. */
#include "render/flow_priv.h"

#include <stddef.h>

void list_append(struct list *list, struct node *node)
{
    node->prev = list->last;
    node->next = NULL;
    if (list->last)
        list->last->next = node;
    else
        list->first = node;
    list->last = node;
}

void list_unlink(struct list *list, struct node *first, struct node *last)
{
    if (first->prev)
        first->prev->next = last->next;
    else
        list->first = last->next;
    if (last->next)
        last->next->prev = first->prev;
    else
        list->last = first->prev;
    first->prev = last->next = NULL;
}

void list_insert(struct list *list, struct node *before, struct node *first,
                 struct node *last)
{
    struct node *prev = before ? before->prev : list->last;

    first->prev = prev;
    last->next = before;
    if (prev)
        prev->next = first;
    else
        list->first = first;
    if (before)
        before->prev = last;
    else
        list->last = last;
}

double list_height(const struct list *list)
{
    double height = 0, space = 0;

    for (const struct node *node = list->first; node; node = node->next) {
        if (node->kind == NODE_SPACE) {
            space = node->height > space ? node->height : space;
        } else if (node->kind == NODE_BOX) {
            height += (height > 0 ? space : 0) + node->height;
            space = 0;
        }
    }
    return height;
}

void list_draw(struct emitting *emitting, const struct list *list, double top)
{
    double at = top, space = 0;

    for (const struct node *node = list->first; node; node = node->next) {
        if (node->kind == NODE_SPACE) {
            space = node->height > space ? node->height : space;
        } else if (node->kind == NODE_BOX) {
            at -= at < top ? space : 0;
            if (node->draw) node->draw(emitting, node, at);
            at -= node->height;
            space = 0;
        }
    }
}

/* The cost set for the next node, used up. A box right after a space never parts from it.
 */
static int take_break_cost(struct flow *flow, enum node_kind kind)
{
    const struct node *last = flow->list->last;
    int cost = flow->next_break;

    if (kind == NODE_BOX && last && last->kind == NODE_SPACE) {
        flow->next_break = -1;
        return KEEP;
    }
    if (kind == NODE_BOX) flow->next_break = -1;
    return cost >= 0 ? cost : 0;
}

static struct node *add(struct flow *flow, enum node_kind kind, double height)
{
    struct node *node = RK_NEW(flow->arena, struct node);

    node->kind = kind;
    node->height = height;
    node->x = flow->x;
    node->break_before = take_break_cost(flow, kind);
    node->region = flow->region;
    node->group = flow->group;
    list_append(flow->list, node);
    if (flow->group && !flow->group->first) flow->group->first = node;
    for (struct region *region = flow->region; region && !region->first;
         region = region->parent)
        region->first = node;
    return node;
}

struct node *flow_box(struct flow *flow, double height, node_draw *draw, const void *data)
{
    struct node *node = add(flow, NODE_BOX, height);

    node->draw = draw;
    node->data = data;
    return node;
}

/* At the top of a region, also below the padding of a frame, space would only add to it. */
static bool at_region_top(const struct flow *flow)
{
    const struct node *last = flow->list->last;

    if (!flow->region) return false;
    return !flow->region->first || (last == flow->region->first && !last->draw);
}

void flow_space(struct flow *flow, double height)
{
    struct node *last = flow->list->last;

    if (at_region_top(flow) || height <= 0) return;
    if (last && last->kind == NODE_SPACE && last->group == flow->group &&
        last->region == flow->region) {
        if (height > last->height) last->height = height;
        if (flow->next_break > last->break_before) last->break_before = flow->next_break;
        return;
    }
    add(flow, NODE_SPACE, height);
}

void flow_break_cost(struct flow *flow, int cost)
{
    if (cost > flow->next_break) flow->next_break = cost;
}

void flow_keep(struct flow *flow)
{
    flow_break_cost(flow, KEEP);
}

void flow_tie(struct flow *flow, int cost)
{
    struct node *last = flow->list->last;

    if (last && last->kind == NODE_SPACE && last->break_before < cost && !last->barrier)
        last->break_before = cost;
}

void flow_new_page(struct flow *flow)
{
    struct node *node = add(flow, NODE_PAGE, 0);

    node->barrier = true;
    node->break_before = 0;
    flow->next_break = -1;
}

struct outer flow_enter(struct flow *flow, struct list *list, double x, double width)
{
    struct outer outer = {flow->list,  flow->region,     flow->group, flow->x,
                          flow->width, flow->next_break, flow->depth};

    flow->list = list;
    flow->region = NULL;
    flow->group = NULL;
    flow->x = x;
    flow->width = width;
    flow->next_break = -1;
    flow->depth++;
    return outer;
}

void flow_leave(struct flow *flow, struct outer outer)
{
    flow->list = outer.list;
    flow->region = outer.region;
    flow->group = outer.group;
    flow->x = outer.x;
    flow->width = outer.width;
    flow->next_break = outer.next_break;
    flow->depth = outer.depth;
}

struct region *region_open(struct flow *flow)
{
    struct region *region = RK_NEW(flow->arena, struct region);

    region->parent = flow->region;
    flow->region = region;
    return region;
}

void region_close(struct flow *flow, struct region *region)
{
    region->last = flow->list->last;
    flow->region = region->parent;
}

struct group *group_open(struct flow *flow, const char *kind)
{
    struct group *group;

    if (flow->depth > 0 || flow->group) return NULL;
    group = RK_NEW(flow->arena, struct group);
    group->kind = kind;
    flow->group = group;
    return group;
}

void group_close(struct flow *flow, struct group *group)
{
    struct list span;

    if (!group) return;
    flow->group = NULL;
    group->last = flow->list->last;
    span = (struct list){group->first, group->last};
    group->height = list_height(&span);
}
