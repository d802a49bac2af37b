// SPDX-License-Identifier: MIT
#ifndef ATTACK_STATISTIC_H
#define ATTACK_STATISTIC_H

#include "pipeline/attack/attack_release.h"

/**
 * A test, a measure of association or the interval of a change is a function of counts: of all that
 * the masked ones can be, only those that give what is printed remain. Narrows what it can of one
 * release, and says whether it did; call it after a solution, and solve again.
 */
bool attack_statistics(struct attack_facts *facts, const struct attack_release *release,
                       bool assumed);

/** Can anything be made of a statistic of that method and measure? */
bool attack_knows_statistic(const char *method, const char *measure);

#endif
