// SPDX-License-Identifier: MIT
#ifndef MASK_PATTERN_H
#define MASK_PATTERN_H

#include "pipeline/mask/mask_problem.h"

/**
 * Chooses what is masked: every small count, and then so much more that no small count can be
 * narrowed by linear programming over the whole report to a range of less than `threshold`.
 *
 * Each small count gets witnesses: other states of the world that agree with what is published and
 * in which it counts so many more or less. Whatever must be hidden for a witness is masked, as
 * cheaply as can be; then each of those is tried to be published after all. That search leaves out
 * equations among counts that nobody sees. In the end the whole is attacked with every equation,
 * and mended where the attack succeeds, until it succeeds nowhere.
 * Deterministic: the search is limited by its steps, not by time. Where it ends before it has found
 * what is enough, all that stands beside an unsafe count is masked, then all beside that, until the
 * attack finds nothing: more than need be, never less.
 * RK_CHECK when the promise cannot be kept; then nothing may be released.
 */
struct mask_tally {
    size_t small, further; /**< quantities masked for their size, and to protect those */
    size_t followed;       /**< rounded and not small, and known from what is shown exactly */
    size_t exact;          /**< parts that hang together and are masked as little as can be */
    size_t programmes;     /**< linear programmes of the search */
    size_t rounds;         /**< of mending after an attack */
    size_t work;           /**< steps of the simplex method in the search */
    bool cut_off;          /**< the search ended before its time: more is masked than need be */
};
rk_status mask_pattern(struct mask_problem *problem, struct mask_tally *tally) RK_MUST_CHECK;

#endif
