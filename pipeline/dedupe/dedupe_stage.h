// SPDX-License-Identifier: MIT
#ifndef DEDUPE_STAGE_H
#define DEDUPE_STAGE_H

#include "pipeline/base/rk_run.h"
#include "pipeline/contract/part_ties.h"

/** The stage: OUT/10-clean to OUT/20-people. */
extern const struct rk_stage dedupe_stage;

/** Finds who is who among the people of OUT/10-clean, and ties each reference that the extract gives
 *  to the key of its person. Writes nothing. */
rk_status dedupe_ties(struct rk_run *run, struct part_ties *ties) RK_MUST_CHECK;

#endif
