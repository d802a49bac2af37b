// SPDX-License-Identifier: MIT
#ifndef TABULATE_MERGE_H
#define TABULATE_MERGE_H

#include "pipeline/tabulate/tabulate_question.h"

/**
 * `masking: merge` of a study: categories that tables and groups show as one. Which ones is decided
 * from 20-people before anything is tabulated, so that every result of every stage shows the same.
 * Conditions, models and answers at two points keep the codes as they are.
 */

/** Decides the merges of the study. After tab_desk_open, before any result is made. */
rk_status tab_merge_open(struct tab_desk *desk) RK_MUST_CHECK;
/** The variable as tables show it: changed in place where its column is merged. */
void tab_merge_apply(const struct tab_desk *desk, struct tab_variable *variable);
/**
 * Makes a result. Where a variable of it is merged, its counts by every code are told, too (no cell
 * shows them): whoever masks must know what a merged count is made of.
 */
rk_status tab_merge_make(struct tab_desk *desk, const struct study_result *asked,
                         rk_status (*make)(struct tab_desk *, const struct study_result *))
    RK_MUST_CHECK;
/** Says which counts every merged count is the sum of. After all results are made. */
void tab_merge_tie(struct tab_desk *desk);
/** What was merged, a line each for rk_run_report. */
void tab_merge_report(const struct tab_desk *desk, const char *stage);

#endif
