// SPDX-License-Identifier: MIT
#ifndef DRAFT_SUGGEST_H
#define DRAFT_SUGGEST_H

#include "pipeline/base/rk_run.h"

/**
 * Looks through the extracts for spellings of a code list of the study that may be one, and
 * writes codes/LIST.suggestions.csv for a person to confirm. Decisions that stand there are
 * kept; suggestions without one are made anew. RK_USAGE when the study has no such list in
 * a file.
 */
rk_status draft_suggest(struct rk_run *run, const char *list) RK_MUST_CHECK;

#endif
