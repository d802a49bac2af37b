// SPDX-License-Identifier: MIT
#ifndef ATTACK_NAMES_H
#define ATTACK_NAMES_H

#include "pipeline/attack/attack_release.h"

/**
 * Counts that have the same name in several tables, and names that are parts of others. A base is
 * named after what it counts, "people|area=salford&sex=*|", with * for "any that is known"; a row
 * "female" of it is then "people|area=salford&sex=female|", and where another table has a base of
 * that name the two are one number.
 */
void attack_names(struct attack_facts *facts, const struct attack_release *release);

#endif
