// SPDX-License-Identifier: MIT
#ifndef MASK_NEAR_H
#define MASK_NEAR_H

#include "pipeline/mask/mask_problem.h"

/** How far around a small count a move is looked for. A move found among few is a move. */
enum mask_reach { MASK_HIDDEN, MASK_CLOSE, MASK_WIDER, MASK_EVERYWHERE };

/** The unknowns around one that may move, itself first: over equations, those that are hidden
 *  already and the cheapest of the others. In problem->scratch. */
size_t mask_near(const struct mask_problem *problem, size_t unknown, enum mask_reach reach,
                 const size_t **out);

#endif
