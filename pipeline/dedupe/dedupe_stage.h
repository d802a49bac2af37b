// SPDX-License-Identifier: MIT
#ifndef DEDUPE_STAGE_H
#define DEDUPE_STAGE_H

#include "pipeline/base/rk_run.h"

/** The stage: OUT/10-clean to OUT/20-people. */
extern const struct rk_stage dedupe_stage;

#endif
