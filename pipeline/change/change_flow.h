// SPDX-License-Identifier: MIT
#ifndef CHANGE_FLOW_H
#define CHANGE_FLOW_H

#include "pipeline/change/change_points.h"

/** What is said of one point: that there is a record, an answer, this answer, another
 * answer, or a record without an answer. */
enum change_say { SAY_RECORD, SAY_ANSWERED, SAY_IS, SAY_OTHERWISE, SAY_BLANK };

/** Where those with a record at both points stood, one table per group, from one pass. */
struct change_flow {
    const struct change *change;
    size_t categories;
    const char **codes,
        **labels;      /**< those of the first point, then those only the second has */
    const bool *apart; /**< per category; NULL when all are levels of the scale */
    bool ordered;
    enum better better;
    size_t slots;
    long *n;     /**< slots x states x states; states: blank, categories */
    long *first; /**< slots x states: everybody with a record at the first point */
};

void change_flow_open(const struct change *change, struct change_flow *out);

/** People of a slot of whom both things are true; the categories are for SAY_IS and
 * SAY_OTHERWISE. */
long change_count(const struct change_flow *flow, size_t slot, enum change_say from,
                  size_t from_category, enum change_say to, size_t to_category);

/** The same people named, in every slot; the slots sum to `all`. */
struct tab_group *change_groups(const struct change_flow *flow, enum change_say from,
                                size_t from_category, enum change_say to,
                                size_t to_category);
/** The same of everybody with a record at the first point, linked or not. */
struct tab_group *change_first_groups(const struct change_flow *flow, enum change_say from,
                                      size_t category);
/** Sums the slots of named groups to `all`. */
void change_sum_slots(const struct change *change, const struct tab_group *groups);

/** Flow from category to category in a slot, row-major, `out` of categories^2. */
void change_square(const struct change_flow *flow, size_t slot, long *out);

/** Place of a cell of a slot: its row is the group, or `all`. */
struct tab_place change_place(const struct change *change, size_t slot);
/** The same below the categories of the slot, which it sums up. */
struct tab_place change_total_place(const struct change *change, size_t slot);
/** The same of a category: CATEGORY, or GROUP/CATEGORY with `by`. */
struct tab_place change_category_place(const struct change_flow *flow, size_t slot,
                                       size_t category);

#endif
