// SPDX-License-Identifier: MIT
#ifndef TABULATE_KIN_H
#define TABULATE_KIN_H

#include "pipeline/contract/cells.h"
#include "pipeline/contract/study.h"

/**
 * Ties the counts of a derived variable to those of the variable it comes from, or of a finer cut of
 * the same number: "55 or over" is "55-64" and "65 or over", "arthritis" is two of the conditions.
 * Whoever knows the study subtracts one table from the other; so must the masker. Variables of
 * people, by cut, recode, or cases that look at one list of codes.
 *
 * `others` are the counts of the stage before (NULL: none); what is missing of either is not tied.
 */
rk_status tab_kin(struct rk_run *run, const struct study *study, struct results *results,
                  const struct results *others) RK_MUST_CHECK;

#endif
