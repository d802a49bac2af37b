// SPDX-License-Identifier: MIT
#ifndef CHANGE_STAGE_H
#define CHANGE_STAGE_H

#include "pipeline/base/rk_run.h"

/** reckon-change: the same people at two points, and where they moved, of 20-people into
 *  30-results, beside what tabulate wrote there. */
extern const struct rk_stage change_stage;

#endif
