// SPDX-License-Identifier: MIT
/* Half a year later: the same clients, further on, and new ones. */
#ifndef GENERATE_LATER_H
#define GENERATE_LATER_H

#include "sample-data/generate_people.h"

/** Carries the sample's world from 13 March to 30 September 2015. */
void later_extend(struct world *world, struct rng *rng);

#endif
