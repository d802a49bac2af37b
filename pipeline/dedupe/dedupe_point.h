// SPDX-License-Identifier: MIT
#ifndef DEDUPE_POINT_H
#define DEDUPE_POINT_H

#include "pipeline/dedupe/dedupe_priv.h"

/** The record of each person at a point: a row of the frame, or -1. `frame` is the
 * source's, with records of people known and derived variables made. In the stage's arena.
 */
rk_status dedupe_point_take(struct dedupe *stage, const struct dedupe_rows *rows,
                            const struct study_point *point, int64_t **taken) RK_MUST_CHECK;
/** What people's variables take from a source in hand: has and from of its points, counts
 * of its records. Remembered in stage->late. */
rk_status dedupe_point_late(struct dedupe *stage, const struct dedupe_rows *rows,
                            const struct study_point *point,
                            const int64_t *taken) RK_MUST_CHECK;
rk_status dedupe_point_counts(struct dedupe *stage,
                              const struct dedupe_rows *rows) RK_MUST_CHECK;

#endif
