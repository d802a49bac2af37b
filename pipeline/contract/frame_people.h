// SPDX-License-Identifier: MIT
#ifndef FRAME_PEOPLE_H
#define FRAME_PEOPLE_H

#include "pipeline/contract/study.h"

/** Which row of 20-people/people.csv a reference is. Remembered as long as the file stays. */
struct frame_people;

/** What a new study starts with. */
struct frame_people *frame_people_new(struct rk_arena *arena);
/** The rows of people by their key, in the order of the file. */
rk_status frame_people_find(struct rk_run *run, const struct study *study,
                            const struct rk_map **out) RK_MUST_CHECK;

#endif
