// SPDX-License-Identifier: MIT
#ifndef MASK_SELECT_H
#define MASK_SELECT_H

#include "pipeline/contract/about.h"
#include "pipeline/contract/study.h"
#include "pipeline/mask/mask_problem.h"

/**
 * What the study releases: the cells of its results that `release` lets through, their links, the
 * bases they name and the bases these are part of. Quantities and sums stay, since they are true
 * whether or not they are published. RK_STUDY when `release` names a column that a result has not.
 */
rk_status mask_select(struct rk_run *run, const struct study *study,
                      const struct results *results, struct results **out) RK_MUST_CHECK;

/** Results of which every count may be published whatever its size, and why: into `about`. */
void mask_exempt(const struct study *study, const struct results *results, struct about *about);

/** Rows of a result that the largest lead stand in the order of their counts. Those with a masked
 *  cell go behind the others, in the order of their codes, so that their place tells nothing. */
void mask_order(const struct study *study, struct results *results);

#endif
