// SPDX-License-Identifier: MIT
#ifndef MASK_STAGE_H
#define MASK_STAGE_H

#include "pipeline/base/rk_run.h"

/** reckon-mask: what of 30-results may be published, in 40-release. */
extern const struct rk_stage mask_stage;

#endif
