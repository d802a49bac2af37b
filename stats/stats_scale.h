// SPDX-License-Identifier: MIT
/**
 * Questionnaire scales: from items to a score, from a score to a band or another metric,
 * how much of a change is more than noise, and whether the items belong together.
 *
 * Which scale has which items, bands, conversion table and reliability is the caller's
 * data. A missing item is NAN; scores are in the scale's own points.
 */
#ifndef STATS_STATS_SCALE_H
#define STATS_STATS_SCALE_H

#include "stats/stats_types.h"

/**
 * Sum of a person's items under a stated rule for missing ones.
 *
 * Nothing missing: the plain sum. Up to `may_miss` missing: the mean of the answered items
 * times the number of items (prorated, unrounded). More: no total.
 *
 * @param items     n items, NAN where not answered
 * @param n         items of the scale, >= 1
 * @param low,high  the range of one item; an answer outside it is STATS_DOMAIN
 * @param may_miss  0 where the scale's authors allow none (WSAS, SWEMWBS), else the number
 * @param total     in [n low, n high]
 * @return STATS_OK; STATS_EMPTY if no item is answered; STATS_UNDEFINED if too few are.
 *
 * Checked against: hand sums; the rule is each scale's own (config/scales names its
 * source).
 */
STATS_MUST_CHECK stats_status stats_scale_total(const double *items, size_t n, double low,
                                                double high, long may_miss, double *total);

/** The mirror of an answer on its range, for items worded the other way; NAN stays NAN. */
double stats_scale_reverse(double answer, double low, double high);

/**
 * Convert a score through a published table, exactly: no interpolation between its rows.
 *
 * @param from,to  n pairs, raw and converted, in any order
 * @return STATS_OK; STATS_EMPTY for a NAN score; STATS_UNDEFINED if the table has no such
 *         row (a prorated 21.5 has no SWEMWBS metric score).
 */
STATS_MUST_CHECK stats_status stats_scale_convert(double score, const double *from,
                                                  const double *to, size_t n,
                                                  double *converted);

/**
 * Which band a score falls in: low[b] <= score <= high[b]. A score between two bands'
 * limits (a prorated 9.5 between "0-9" and "10-20") belongs to the lower one: it has not
 * reached the next.
 *
 * @param low,high  the n bands' limits, ascending, not overlapping
 * @return STATS_OK; STATS_EMPTY for NAN; STATS_DOMAIN below the first or above the last
 *         band.
 */
STATS_MUST_CHECK stats_status stats_scale_band(double score, const double *low,
                                               const double *high, size_t n, size_t *band);

/** How much change is more than measurement noise; all in scale points but `rci`. */
struct stats_reliable {
    double sem;       /**< standard error of one measurement, s sqrt(1 - r) */
    double s_diff;    /**< of a difference of two, sem sqrt(2) */
    double rci;       /**< (latest - initial) / s_diff */
    double threshold; /**< smallest |change| that counts: z s_diff, 1.96 s_diff at 95% */
};

/**
 * Reliable change index.
 *
 * @param sd           standard deviation of the scale in a reference sample, > 0
 * @param reliability  of the scale there, in [0, 1)
 * @param conf         0.95 for the customary 1.96 (unrounded: 1.959964)
 * @return STATS_OK; STATS_DOMAIN; STATS_UNDEFINED if reliability is 1 (every change is
 *         real).
 *
 * Source: Jacobson & Truax (1991), J. Consult. Clin. Psychol. 59, 12-19.
 * Checked against: second implementation in the reference rows `reliable_change`.
 */
STATS_MUST_CHECK stats_status stats_reliable_change(double initial, double latest,
                                                    double sd, double reliability,
                                                    double conf,
                                                    struct stats_reliable *out);

/** What a change amounts to; "better" is up or down as the scale says. */
enum stats_change {
    STATS_CHANGE_WORSE = -1,
    STATS_CHANGE_NONE = 0,
    STATS_CHANGE_BETTER = 1
};

/**
 * A change of exactly the threshold counts, as in the paper's "|RCI| > 1.96" only in name:
 * thresholds are irrational and scores whole, so equality happens only for a threshold set
 * by hand, where "at least 5 points" is what is meant.
 *
 * @param higher_is_better  0 for scales of impairment such as WSAS
 */
enum stats_change stats_scale_change(double initial, double latest, double threshold,
                                     int higher_is_better);

/**
 * Clinical cut-off c: the score equally far, in standard deviations, from a clinical and a
 * general population.
 *
 *     c = (sd_clinical mean_general + sd_general mean_clinical)
 *         / (sd_clinical + sd_general)
 *
 * @return STATS_OK; STATS_DOMAIN if an sd is negative or not a number; STATS_UNDEFINED if
 *         both are 0.
 *
 * Source: Jacobson & Truax (1991), criterion c.
 * Checked against: closed form in the reference rows `clinical_cutoff_c`.
 */
STATS_MUST_CHECK stats_status stats_clinical_cutoff(double mean_clinical,
                                                    double sd_clinical, double mean_general,
                                                    double sd_general, double *c);

/**
 * Cronbach's alpha with Feldt's interval.
 *
 *     alpha = k/(k-1) (1 - sum of item variances / variance of the total)
 *     limits 1 - (1 - alpha) F(1 -+ a/2; n-1, (n-1)(k-1))
 *
 * @param items   n people by k items, row after row, complete
 * @param out     estimate may be negative: items that disagree
 * @return STATS_OK; STATS_EMPTY if n < 2; STATS_DOMAIN if k < 2 or an item is missing;
 *         STATS_UNDEFINED if nobody's total differs.
 *
 * Source: Cronbach (1951), Psychometrika 16, 297-334; Feldt (1965), Psychometrika 30,
 * 357-370.
 * Checked against: R psych::alpha in the reference rows `cronbach_alpha`.
 */
STATS_MUST_CHECK stats_status stats_cronbach_alpha(const double *items, size_t n, size_t k,
                                                   double conf, struct stats_interval *out);

#endif
