// SPDX-License-Identifier: MIT
#ifndef DRIVER_EFFECT_STAGE_H
#define DRIVER_EFFECT_STAGE_H

#include "pipeline/base/rk_run.h"

/** What becomes of the study's headline cells when dedupe must be surer, or less sure, to join
 * two records: dedupe, tabulate and change once more at `strict` and `loose`, in a hidden folder
 * that goes afterwards, and a cell `effect.RESULT/ROW/COLUMN.range.MEASURE` for each, with the
 * value as it is and the lowest and highest of the three as its limits. */
extern const struct rk_stage effect_stage;

#endif
