// SPDX-License-Identifier: MIT
#ifndef RENDER_CHART_STAGE_H
#define RENDER_CHART_STAGE_H

#include "pipeline/base/rk_run.h"

/** Draws every figure of every narrative of the study: 40-release to 50-charts. */
extern const struct rk_stage chart_stage;

#endif
