// SPDX-License-Identifier: MIT
#ifndef ATTACK_GUESS_H
#define ATTACK_GUESS_H

#include "pipeline/attack/attack_facts.h"

/**
 * Tries out every whole number that a few unknowns can be, all rules kept, and asks of each set
 * whether it gives what is printed.
 */
struct attack_guess {
    const size_t *vars; /**< what `fits` looks at, known or not */
    size_t count;
    bool assumed; /**< rules that are only assumed count, too */
    /** Do these values, one for each of vars, give what is printed? */
    bool (*fits)(const double *values, const void *printed);
    const void *printed;
};

/**
 * Narrows the unknowns among vars to the range of what fits. Nothing where nothing fits (then some
 * rule is wrong) or where there are too many sets to try. True if any was narrowed.
 */
bool attack_guess(struct attack_facts *facts, const struct attack_guess *guess);

#endif
