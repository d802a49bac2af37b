// SPDX-License-Identifier: MIT
#ifndef CELLS_PRIV_H
#define CELLS_PRIV_H

#include "pipeline/contract/cells.h"

/** What quantities, sums and results say in `stages` of a stage. */
unsigned results_stage_bit(const char *stage);
/** Text that is the same for the same sum, whatever the order of its parts. */
const char *results_sum_key(struct rk_arena *arena, const struct sum *sum);
/** Adds a cell that is whole, its id with it; texts are borrowed. */
struct cell *results_add_cell(struct results *results, const struct cell *cell);
/** Adds a link to a cell and a quantity that are there. */
void results_add_link(struct results *results, const struct cell *cell, const char *quantity,
                      enum link_part part);
/** Marks all of `results` as made by a stage. */
void results_name_stage(struct results *results, const char *stage);
/** `results` of a stage and what the other stages have in 30-results (`there`, or NULL to read it),
 *  marked by who made it. */
rk_status results_merge(struct rk_run *run, const struct results *results, const char *stage,
                        const struct results *there, struct results **out) RK_MUST_CHECK;

#endif
