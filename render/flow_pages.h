// SPDX-License-Identifier: MIT
#ifndef RENDER_FLOW_PAGES_H
#define RENDER_FLOW_PAGES_H

#include "render/flow_priv.h"

enum { WALK_REGIONS = 16, WALK_OFF = 64 };

/** Footnotes that did not fit on the page of their marks and go on on the next. */
struct carry {
    struct note_part *parts;
    size_t count, cap;
    bool waits; /**< more than this page can take: no new notes on it */
};

struct walk_region {
    struct region *region;
    size_t frame; /**< position in plan->frames */
};

/** A place to end the page. */
struct cut {
    bool found;
    struct node *at; /**< first node of the next page; NULL: the list ends here */
    double cost;
    size_t off_count; /**< groups put off by then */
};

/** A page on its way: how high it is so far, what is open, what was put off. */
struct walk {
    struct flow *flow;
    struct plan *plan; /**< NULL while looking for the cut */
    double height, y, space, notes_height;
    bool any, turned, carry_waits;
    struct walk_region open[WALK_REGIONS];
    size_t open_count;
    struct group *off[WALK_OFF];
    size_t off_count;
    struct note **notes;
    size_t note_count, note_cap;
    const struct heading *section;
    struct cut cut, resort;
};

/* flow_carry.c */
/** What carried footnotes take of a page of `height`, gap included; sets carry->waits.
 * `text`: there is text for the page as well. */
double carry_height(const struct flow *flow, struct carry *carry, double height, bool text);
/** Puts carried and new notes on the page, as far as `room` goes; carries the rest. */
void carry_place(struct flow *flow, struct carry *carry, struct plan *plan,
                 struct note *const *notes, size_t count, double room);

#endif
