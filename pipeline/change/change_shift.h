// SPDX-License-Identifier: MIT
#ifndef CHANGE_SHIFT_H
#define CHANGE_SHIFT_H

#include "pipeline/change/change_flow.h"

/** Of what a base is made of: those who improved, stayed and got worse. */
struct change_movers {
    const struct tab_group *base;
    const struct tab_group *improved, *same, *worse;
};
/** Columns `improved`, `same` and `worse` with count and percent; `net`: improved less
 * worse in points with Tango's interval, and the sign test's mid-p. */
void change_tell_movers(const struct change *change, const struct tab_place *place,
                        const struct change_movers *movers);

/** Pairs of ordered answers, named and summed; answers apart from the scale are left out.
 */
struct change_shift {
    const struct change_flow *flow;
    size_t levels;
    size_t *level; /**< categories that are levels of the scale, in its order */
    struct tab_group *base, *improved, *same, *worse; /**< of each slot */
};

/** False when the answers have no order, or no direction is said to be better. `pairs` are
 * all who answered twice, of each slot. */
bool change_shift_open(const struct change_flow *flow, const struct tab_group *pairs,
                       struct change_shift *out);
/** Is going from one level to another an improvement? */
bool change_is_better(const struct change_flow *flow, size_t from, size_t to);
/** Tells the movers of every slot, below the slot's categories. */
void change_shift_tell(const struct change_shift *shift, const struct tab_group *pairs);

#endif
