// SPDX-License-Identifier: MIT
/**
 * Means of scores: their t intervals, two groups (Welch), the same people twice (paired).
 * Describe first, then ask: every interval and test is computed from the moments.
 */
#ifndef STATS_STATS_MEAN_H
#define STATS_STATS_MEAN_H

#include "stats/stats_types.h"

/** What a set of scores looks like; in the scale's own units. */
struct stats_moments {
    size_t n;
    double mean;
    double sd; /**< divisor n - 1; NAN when n is 1 */
    double se; /**< sd / sqrt(n); NAN when n is 1 */
};

/**
 * @param x  n finite scores
 * @return STATS_OK; STATS_EMPTY if n is 0; STATS_DOMAIN if a score is not finite.
 *
 * Source: two-pass sums in extended precision (Chan, Golub & LeVeque 1983).
 * Checked against: NIST StRD, all nine univariate sets: the mean to 15 digits, the sd to 15
 * except NumAcc3 (9.5) and NumAcc4 (8.2), where reading the data as doubles already costs
 * that.
 */
STATS_MUST_CHECK stats_status stats_describe(const double *x, size_t n,
                                             struct stats_moments *out);

/**
 * Student's t interval for a mean: mean -+ t_{n-1} se.
 *
 * @param conf  0.95, not 95
 * @return STATS_OK; STATS_DOMAIN for a bad conf; STATS_UNDEFINED if n < 2 or all scores are
 *         equal.
 * Checked against: R t.test.
 */
STATS_MUST_CHECK stats_status stats_mean_t(const struct stats_moments *x, double conf,
                                           struct stats_interval *out);

/** A difference of means, first minus second (or latest minus initial), with its t test. */
struct stats_comparison {
    struct stats_interval difference;
    struct stats_test test;
    double se;
};

/**
 * Welch's unequal-variances t test and interval: the default for two independent groups.
 *
 *     v = s^2/n;  df = (v1+v2)^2 / (v1^2/(n1-1) + v2^2/(n2-1))
 *
 * @return STATS_OK; STATS_DOMAIN for a bad conf; STATS_UNDEFINED if a group has fewer than
 * 2 scores, or neither varies. Source: Welch (1947), Biometrika 34, 28-35. Checked against:
 * R t.test, scipy ttest_ind.
 */
STATS_MUST_CHECK stats_status stats_welch_t(const struct stats_moments *first,
                                            const struct stats_moments *second, double conf,
                                            struct stats_comparison *out);

/**
 * Student's pooled t test: assumes equal variances, for comparison with other software
 * only. Returns as stats_welch_t, but one group may be a single score.
 */
STATS_MUST_CHECK stats_status stats_pooled_t(const struct stats_moments *first,
                                             const struct stats_moments *second,
                                             double conf, struct stats_comparison *out);

/** The same people scored twice. */
struct stats_pair_moments {
    struct stats_moments initial, latest;
    struct stats_moments change; /**< of latest - initial, person by person */
    double r;                    /**< correlation of the two; NAN if either is constant */
};

/**
 * Moments of n complete pairs: leave out anyone with one score missing, and say how many.
 * @return STATS_OK; STATS_EMPTY; STATS_DOMAIN if a score is not finite.
 */
STATS_MUST_CHECK stats_status stats_describe_pairs(const double *initial,
                                                   const double *latest, size_t n,
                                                   struct stats_pair_moments *out);

/**
 * Paired t: mean change (latest minus initial) with its interval and test, df = n - 1.
 * @return STATS_OK; STATS_DOMAIN; STATS_UNDEFINED if n < 2 or everybody changed by the
 * same. Checked against: R t.test(paired = TRUE), scipy ttest_rel.
 */
STATS_MUST_CHECK stats_status stats_paired_t(const struct stats_pair_moments *pairs,
                                             double conf, struct stats_comparison *out);

/**
 * Lag-1 autocorrelation of a series in order of time.
 * @return STATS_OK; STATS_EMPTY; STATS_DOMAIN; STATS_UNDEFINED for a constant series.
 * Checked against: NIST StRD univariate sets.
 */
STATS_MUST_CHECK stats_status stats_autocorrelation(const double *x, size_t n, double *r);

#endif
