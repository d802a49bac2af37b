// SPDX-License-Identifier: MIT
#ifndef DRAFT_DRAFT_H
#define DRAFT_DRAFT_H

#include "pipeline/base/rk_run.h"

/**
 * Drafts the study of run->study_dir from the extracts in `from`: study.yaml, codes/,
 * scales/ of its own, a first report and README.md, which says what to check. The folder
 * must not be there yet, or be empty: RK_USAGE otherwise, and nothing is changed. RK_WORLD
 * when there is no extract or nothing can be written.
 */
rk_status draft_study(struct rk_run *run, const char *from) RK_MUST_CHECK;

#endif
