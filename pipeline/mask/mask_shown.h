// SPDX-License-Identifier: MIT
#ifndef MASK_SHOWN_H
#define MASK_SHOWN_H

#include "pipeline/contract/study.h"
#include "pipeline/mask/mask_problem.h"

/**
 * Makes the cells of a release follow from the rounded counts: counts are those, percentages,
 * their differences and their intervals are computed from them; means, medians and spreads are
 * given to the decimals of the study with an interval for the rounded base; all else that was
 * computed from a count that is rounded now is masked, since it would give it away.
 * @param all      every cell of 30-results: what a difference is made of may not be released
 * @param results  the release; mask_apply comes after this
 * @return cells that show a rounded number, which have the mark "r"
 */
size_t mask_show_rounded(const struct mask_problem *problem, const struct study *study,
                         const struct results *all, struct results *results);

/** The effects and odds ratios of models are given to the decimals of the study (docs/study.md says
 *  why). */
void mask_show_models(const struct study *study, struct results *results);

#endif
