// SPDX-License-Identifier: MIT
#ifndef ATTACK_STAGE_H
#define ATTACK_STAGE_H

#include "pipeline/base/rk_run.h"

/** The last stage of a run: attacks what it has made, as reckon-attack does, and fails when a guess
 *  is right. */
extern const struct rk_stage attack_stage;

#endif
