// SPDX-License-Identifier: MIT
#ifndef RENDER_REPORT_STAGE_H
#define RENDER_REPORT_STAGE_H

#include "pipeline/base/rk_run.h"

/** reckon-report: narratives, released cells and charts to OUT/NAME.pdf. */
extern const struct rk_stage report_stage;

#endif
