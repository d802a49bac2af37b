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

/** Hidden unknowns that hang together, as moves against the truth. */
struct mask_part {
    const struct mask_problem *problem;
    const size_t *members;
    size_t count;
    const bool *let_go;  /**< of each equation: it ties nothing */
    const double *slack; /**< of each equation: its parts may come to so much more than its total, and
                              to any less; negative: they may not miss it */
    double *lowest;      /**< of each unknown, see mask_attack; NULL: not asked */
};

/** Which small counts among the members can move by the threshold, from lowest to highest: sets
 *  `safe` of these unknowns; those that are safe already are not looked at. RK_CHECK when the arithmetic fails. */
rk_status mask_lp_widths(const struct mask_part *part, bool *safe) RK_MUST_CHECK;

/** Another state of the world that agrees with every equation: who counts how many more. */
struct mask_move {
    size_t *unknown;
    double *by;
    size_t count;
    double cost; /**< of what is published and would have to be hidden for it; 0: nothing */
};

/**
 * The cheapest move in which `unknown` counts `by` more (less, if negative): no equation broken,
 * no count below zero, what is published and not masked as little as can be (Kelly, Golden &
 * Assad 1992, Networks 22, 397-417).
 * @param near   the unknowns that may move, `unknown` among them
 * Its steps are counted (problem->work).
 * @return false when there is none, or it is not found within the work that is left; `out` lives in
 * `arena`
 */
bool mask_lp_move(struct mask_problem *problem, struct rk_arena *arena, size_t unknown,
                  double by, const size_t *near, size_t near_count, struct mask_move *out);

#endif
