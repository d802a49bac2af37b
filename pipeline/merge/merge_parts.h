// SPDX-License-Identifier: MIT
#ifndef MERGE_PARTS_H
#define MERGE_PARTS_H

#include "pipeline/contract/part.h"

/** The parts of one study, in their order, whole and fitting. */
struct merge_parts {
    struct rk_run *runs; /**< of each: out_dir is its folder, part what it holds */
    size_t count;
};

/** Finds the parts in `folders`, or where none is given in OUT, and holds them against the study,
 *  its extracts and each other. RK_CHECK after everything that does not fit has been said. */
rk_status merge_parts_open(struct rk_run *run, const char *const *folders, size_t count,
                           struct merge_parts *out) RK_MUST_CHECK;

#endif
