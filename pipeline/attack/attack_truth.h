// SPDX-License-Identifier: MIT
#ifndef ATTACK_TRUTH_H
#define ATTACK_TRUTH_H

#include "pipeline/attack/attack_find.h"
#include "pipeline/contract/cells.h"

/**
 * Is a finding a disclosure? The attacker has only guessed that tables add up; whoever answers for
 * the report can look. It is none when the range misses the true count, when the true count is not
 * small (it was masked to protect another, which is still hidden), or when it may be published
 * whatever its size. What cannot be looked up counts as right.
 * @param truths  true results of every release, by its number
 */
bool attack_is_right(const struct attack_finding *finding, struct results *const *truths,
                     long suppress_below);

#endif
