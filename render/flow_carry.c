// SPDX-License-Identifier: MIT
/* Footnotes on pages: whole where they fit, cut between lines where they must. */
#include "render/flow_pages.h"

/* Carried notes leave at least this share of a page to the text. */
#define TEXT_SHARE 0.4

#define AFTER_NOTE 2.0

static double part_height(const struct node *first, const struct node *end)
{
    double height = AFTER_NOTE;

    for (const struct node *node = first; node && node != end; node = node->next)
        height += node->height;
    return height;
}

double carry_height(const struct flow *flow, struct carry *carry, double height, bool text)
{
    double most = text ? (1 - TEXT_SHARE) * height : height;
    double total = carry->count ? flow_notes_gap(flow) : 0;

    for (size_t i = 0; i < carry->count; i++)
        total += carry->parts[i].height;
    carry->waits = total > most;
    return carry->waits ? most : total;
}

static void add_part(struct flow *flow, struct plan *plan, const struct node *first,
                     const struct node *end)
{
    RK_ROOM(flow->arena, plan->notes, plan->note_count, plan->note_cap);
    plan->notes[plan->note_count++] =
        (struct note_part){first, end, part_height(first, end)};
}

static void carry_on(struct flow *flow, struct carry *carry, const struct node *first)
{
    RK_ROOM(flow->arena, carry->parts, carry->count, carry->cap);
    carry->parts[carry->count++] =
        (struct note_part){first, NULL, part_height(first, NULL)};
}

/* Places the lines from `first` on that fit; the rest is carried. Once something is
 * carried, everything after it is. */
static void place_part(struct flow *flow, struct carry *carry, struct plan *plan,
                       const struct node *first, double *room)
{
    const struct node *end = first;
    double used = AFTER_NOTE;

    while (end && carry->count == 0 && used + end->height <= *room + 0.01) {
        used += end->height;
        end = end->next;
    }
    if (end != first) {
        add_part(flow, plan, first, end);
        *room -= used;
    }
    if (end) carry_on(flow, carry, end);
}

void carry_place(struct flow *flow, struct carry *carry, struct plan *plan,
                 struct note *const *notes, size_t count, double room)
{
    struct carry before = *carry;

    *carry = (struct carry){0};
    room -= flow_notes_gap(flow);
    for (size_t i = 0; i < before.count; i++)
        place_part(flow, carry, plan, before.parts[i].first, &room);
    for (size_t i = 0; i < count; i++)
        place_part(flow, carry, plan, notes[i]->lines.first, &room);
    /* A page that takes no line at all would be made again and again. */
    if (plan->note_count == 0 && plan->count == 0 && carry->count) {
        const struct node *first = carry->parts[0].first;

        add_part(flow, plan, first, first->next);
        carry->parts[0] =
            (struct note_part){first->next, NULL, part_height(first->next, NULL)};
        if (!first->next) carry->count = 0;
    }
}
