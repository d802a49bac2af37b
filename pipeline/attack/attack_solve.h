// SPDX-License-Identifier: MIT
#ifndef ATTACK_SOLVE_H
#define ATTACK_SOLVE_H

#include "pipeline/attack/attack_facts.h"

/**
 * Narrows every masked unknown as far as the rules allow, by linear programming over the unknowns
 * that hang together with it: sets low and high. Rules that are only assumed count if `assumed`
 * says so; where they contradict what is known, they are dropped for that part.
 * The door to GLPK of this room; it shares none of the masker's.
 */
void attack_solve(struct attack_facts *facts, bool assumed);

#endif
