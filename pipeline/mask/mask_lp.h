// SPDX-License-Identifier: MIT
#ifndef MASK_LP_H
#define MASK_LP_H

#include "pipeline/mask/mask_problem.h"

/** Linear programmes over a mask_problem; the one door to GLPK. */

/** What an attacker can say of an unknown: it lies in [low, high]; high may be HUGE_VAL. */
struct mask_range {
    double low, high;
};

/**
 * Bounds of some hidden unknowns, all of one component (they and the equations that tie them).
 * @param members   the component's hidden unknowns
 * @param wanted    which of them are asked for, positions in members
 * @param out       a range for each wanted one
 */
rk_status mask_lp_attack(const struct mask_problem *problem, const size_t *members,
                         size_t member_count, const size_t *wanted, size_t wanted_count,
                         struct mask_range *out) RK_MUST_CHECK;

/**
 * The cheapest way to let `unknown` be `by` higher: which published unknowns must be hidden for
 * it (deviations that keep every equation, none below zero; Kelly, Golden & Assad 1992).
 * @param near      the unknowns that may move
 * @param extra     receives those that must be masked
 * @return RK_OK with *found false when there is no way among `near`.
 */
rk_status mask_lp_complement(const struct mask_problem *problem, size_t unknown, double by,
                             const size_t *near, size_t near_count, size_t *extra,
                             size_t *extra_count, bool *found) RK_MUST_CHECK;

#endif
