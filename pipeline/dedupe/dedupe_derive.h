// SPDX-License-Identifier: MIT
#ifndef DEDUPE_DERIVE_H
#define DEDUPE_DERIVE_H

#include "pipeline/dedupe/dedupe_priv.h"

/** Makes room in a frame for all derived variables of its source. */
void dedupe_derive_room(struct rk_run *run, struct frame *frame);
/** Appends a column with no values yet. */
struct frame_column *dedupe_derive_column(struct rk_run *run, struct frame *frame,
                                          const struct study_column *declared);
/** Computes one variable for every row and appends it to the frame of the view. Of a
 * variable made from other sources (count, has and from of a point of another source) the
 * values are taken from `made`, which is NULL for the others. */
rk_status dedupe_derive(struct rk_run *run, const struct frame_view *view,
                        struct frame *frame, const struct study_column *variable,
                        const struct frame_column *made) RK_MUST_CHECK;

#endif
