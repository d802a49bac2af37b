// SPDX-License-Identifier: MIT
#ifndef DEDUPE_STAGE_H
#define DEDUPE_STAGE_H

#include "pipeline/base/rk_run.h"
#include "pipeline/contract/part_ties.h"

/** The stage: OUT/10-clean to OUT/20-people. */
extern const struct rk_stage dedupe_stage;

struct dedupe;
/** Begins the stage for a part: finds who is who among the people of FOLDER/10-clean, and ties each
 *  reference that the extract gives to the key of its person. The stage goes on from there
 *  (run_part.begun). It lives in the run's arena. */
rk_status dedupe_begin(struct rk_run *run, const char *folder, struct part_ties *ties,
                       struct dedupe **out) RK_MUST_CHECK;
/** Instead of going on: nothing is left. */
void dedupe_abandon(struct dedupe *begun);

#endif
