// SPDX-License-Identifier: MIT
#ifndef ATTACK_WAVES_H
#define ATTACK_WAVES_H

#include "pipeline/attack/attack_release.h"

/**
 * Two releases of one study: a programme's counts grow from one to the next, so that what is new
 * is a count of its own. In a table where some count went down nothing is assumed.
 */
void attack_waves(struct attack_facts *facts, const struct attack_release *earlier,
                  struct attack_release *later);

#endif
