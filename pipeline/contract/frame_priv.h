// SPDX-License-Identifier: MIT
#ifndef FRAME_PRIV_H
#define FRAME_PRIV_H

#include "pipeline/contract/frame.h"

/** Codes of periods as they were met to a list in order and without gaps, which the column
 *  gets; `places` of each met in that list. False when one is no period. */
bool frame_periods_order(struct rk_arena *arena, struct frame_column *column,
                         const char *const *met, size_t count, int64_t **places)
    RK_MUST_CHECK;

/** Does a frame of the folder have all the columns that it should? */
const struct study_column *frame_lacks(const struct frame *frame, bool people);
bool frame_has_columns(const struct frame *frame, bool people);

/** Are the persons of its records in the column file? */
bool frame_store_knows_person(const struct frame *frame);

#endif
