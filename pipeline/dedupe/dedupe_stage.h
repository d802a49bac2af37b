// SPDX-License-Identifier: MIT
#ifndef DEDUPE_STAGE_H
#define DEDUPE_STAGE_H

#include "pipeline/base/rk_run.h"

/** The stage: OUT/10-clean to OUT/20-people. */
extern const struct rk_stage dedupe_stage;

/** Every reference given in the people source, and the part of the person it is of. */
struct dedupe_owners {
    struct rk_arena *arena; /**< the caller's; holds the rest */
    struct rk_map *references;
    long *parts;
};
/** Finds who is who in OUT/10-clean for the part of the run; writes nothing. */
rk_status dedupe_owners(struct rk_run *run, struct dedupe_owners *out) RK_MUST_CHECK;

#endif
