// SPDX-License-Identifier: MIT
#ifndef MASK_PATTERN_H
#define MASK_PATTERN_H

#include "pipeline/mask/mask_problem.h"

/**
 * Chooses what is masked: every small count, and then so much more that no small count can be
 * narrowed by linear programming over the whole report to a range of less than `threshold`.
 * Deterministic. RK_CHECK when the promise cannot be kept; then nothing may be released.
 */
struct mask_tally {
    size_t small, further; /**< quantities masked for their size, and to protect those */
    size_t rounds;
};
rk_status mask_pattern(struct mask_problem *problem, struct mask_tally *tally) RK_MUST_CHECK;

#endif
