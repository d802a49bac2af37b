// SPDX-License-Identifier: MIT
#ifndef CLEAN_RULES_H
#define CLEAN_RULES_H

#include "pipeline/clean/clean_priv.h"

/** Parses the source's exclusions and those checks that need no other source. */
rk_status clean_rules_init(struct clean_source *source) RK_MUST_CHECK;
/** The first exclusion that fits the row in hand, or NULL; counts it. */
const struct study_exclusion *clean_rules_exclude(struct clean_source *source);
/** Runs the checks on a row that stays: notes, warnings, emptied cells, a stop. */
void clean_rules_check(struct clean_source *source);

#endif
