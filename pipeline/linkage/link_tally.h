// SPDX-License-Identifier: MIT
#ifndef LINKAGE_TALLY_H
#define LINKAGE_TALLY_H

#include "pipeline/linkage/link_model.h"

/** Among the pairs of a plan; beyond a few million of them a sample chosen by the pair's own
 *  hash, weighted up. */
void link_tally_blocked(struct rk_arena *arena, struct link_plan *plan,
                        struct link_tally *out);
/** Among pairs at random: all when they are no more than a million, else a million. */
void link_tally_random(struct rk_arena *arena, const struct link_table *table,
                       struct link_tally *out);
/** All pairs of rows that could be compared. */
double link_tally_pairs(const struct link_table *table);

#endif
