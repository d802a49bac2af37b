// SPDX-License-Identifier: MIT
#ifndef MASK_RELEASE_H
#define MASK_RELEASE_H

#include "pipeline/contract/about.h"
#include "pipeline/mask/mask_problem.h"

/** Takes out of the cells and bases what the problem says is masked. Returns the cells masked, and
 *  how many more have lost no more than their interval. */
size_t mask_apply(const struct mask_problem *problem, struct results *results,
                  size_t *intervals);

/** Writes 40-release: cells.csv, bases.csv, release.csv, tables/RESULT.csv, one for each result, and
 *  datapackage.json. */
rk_status mask_release(struct rk_run *run, const struct results *results,
                       const struct about *about) RK_MUST_CHECK;

/** Writes 35-masking (0700): each masked quantity with its value and its reason. For the people
 *  who answer for the report, never for its readers. */
rk_status mask_log(struct rk_run *run, const struct mask_problem *problem,
                   const struct results *results) RK_MUST_CHECK;

#endif
