// SPDX-License-Identifier: MIT
#ifndef MASK_ROUND_H
#define MASK_ROUND_H

#include "pipeline/mask/mask_problem.h"

/**
 * Controlled rounding of the whole report: every rounded count becomes the multiple of the base
 * below or above it (a multiple stays what it is), so that every sum of the linked problem whose
 * terms are shown still holds. Which way is drawn, up with the chance rest / base, from a hash of
 * all true counts, and the sums are kept with as few departures from the draw as can be (integer
 * programming): rounding to the nearest would tell 0 to base / 2 from the rest to whoever knows
 * the rule. What has not grown since an earlier release shows the same, what has grown no less.
 *
 * Source: Cox (1987), JASA 82, 520-524 (unbiased controlled rounding); Fellegi (1975).
 * The search is limited by its work (simplex iterations and branches), not by time. Where it ends
 * without an answer, sums of that part of the report are let go: each count is as it was drawn.
 */
struct mask_rounding {
    size_t rounded;   /**< counts */
    size_t apart;     /**< of those, in parts where the sums had to be let go */
    size_t sums;      /**< that hold among what is shown */
};
void mask_round(struct mask_problem *problem, struct mask_rounding *out);

#endif
