// SPDX-License-Identifier: MIT
#ifndef TABULATE_STAGE_H
#define TABULATE_STAGE_H

#include "pipeline/base/rk_run.h"

/** reckon-tabulate: counts, tables, means, months, targets of 20-people into 30-results. */
extern const struct rk_stage tabulate_stage;

#endif
