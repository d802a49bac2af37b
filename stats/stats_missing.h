// SPDX-License-Identifier: MIT
/** How far off a figure could be, had those who did not answer said what suits it least. */
#ifndef STATS_STATS_MISSING_H
#define STATS_STATS_MISSING_H

#include "stats/stats_paired.h"
#include "stats/stats_types.h"

/** Worst-case bounds of a proportion with missing answers. */
struct stats_missing_bounds {
    double answered;      /**< yes / answered */
    double response_rate; /**< answered / eligible */
    double lower;         /**< every missing answer a no: also "missing counted as no" */
    double upper;         /**< every missing answer a yes */
};

/**
 * @param yes       people who answered yes; 0 <= yes <= answered
 * @param eligible  people who should have answered; answered <= eligible
 * @param out       `answered` is NAN when nobody answered
 * @return STATS_OK; STATS_EMPTY if nobody was eligible; STATS_DOMAIN.
 * Source: Manski (1990), Am. Econ. Rev. 80, 319-323. Checked against: arithmetic.
 */
STATS_MUST_CHECK stats_status stats_missing_bounds(long yes, long answered, long eligible,
                                                   struct stats_missing_bounds *out);

/**
 * Imbens-Manski interval: covers the true proportion with conf, wherever in the bounds it
 * lies: low = lower - C se_lower, high = upper + C se_upper, with C between the one- and
 * two-sided quantiles solving Phi(C + (upper - lower) / max se) - Phi(-C) = conf.
 *
 * @param out     `estimate` is the answered share (NAN if nobody answered); limits cut at
 * 0, 1
 * @param factor  C; may be NULL
 * @return as stats_missing_bounds; STATS_UNDEFINED if neither bound has any spread.
 * Source: Imbens & Manski (2004), Econometrica 72, 1845-1857. Checked against: scipy root.
 */
STATS_MUST_CHECK stats_status stats_imbens_manski(long yes, long answered, long eligible,
                                                  double conf, struct stats_interval *out,
                                                  double *factor);

/**
 * Bounds of a paired change when some were never reviewed: every unreviewed yes turned no,
 * or every unreviewed no turned yes.
 *
 * @param unreviewed_yes, unreviewed_no  people with an initial answer only
 * @param out  `estimate` among the pairs (NAN without any), low and high over everyone
 * @return STATS_OK; STATS_EMPTY if there is nobody; STATS_DOMAIN.
 * Source: Manski (1990). Checked against: arithmetic.
 */
STATS_MUST_CHECK stats_status stats_change_bounds(const struct stats_pairs *pairs,
                                                  long unreviewed_yes, long unreviewed_no,
                                                  struct stats_interval *out);

/**
 * The same of a score: everybody without a second score moved to the lowest, or to the
 * highest, that the scale has.
 *
 *     low  = (change + missing lowest  - missing_initial) / (pairs + missing)
 *     high = (change + missing highest - missing_initial) / (pairs + missing)
 *
 * @param change           sum over the pairs of latest less initial
 * @param missing_initial  sum of the first scores of those without a second
 * @param out  `estimate` is the mean change of the pairs (NAN without any)
 * @return STATS_OK; STATS_EMPTY if there is nobody; STATS_DOMAIN for a negative number of
 *         people or ends that are none.
 * Source: Manski (1990). Checked against: arithmetic.
 */
STATS_MUST_CHECK stats_status stats_mean_change_bounds(double change, long pairs,
                                                       double missing_initial, long missing,
                                                       double lowest, double highest,
                                                       struct stats_interval *out);

#endif
