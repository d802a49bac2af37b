// SPDX-License-Identifier: MIT
#ifndef MASK_ATTACK_H
#define MASK_ATTACK_H

#include "pipeline/mask/mask_problem.h"

/**
 * What an attacker can make of everything published together: every equation, every count that is
 * not masked, and that no count is below zero. Each small count is looked at by linear programming
 * over the hidden counts that hang together with it.
 * @param safe    of each unknown: small counts that have withstood an attack are not attacked again,
 *                since masking more can only widen what is possible; those that do now are set
 * @param unsafe  receives the small counts that can be narrowed to a range of less than the
 *                threshold; room for all unknowns
 * @param lowest  of each unknown: receives the least that an unsafe one can be; NULL: not asked
 */
rk_status mask_attack(const struct mask_problem *problem, bool *safe, size_t *unsafe,
                      double *lowest, size_t *unsafe_count) RK_MUST_CHECK;

#endif
