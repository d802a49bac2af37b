// SPDX-License-Identifier: MIT
/**
 * Trend over ordered groups of different people, e.g. quarters of enrolment. Such a trend
 * compares cohorts: it is not anybody's change.
 */
#ifndef STATS_STATS_TREND_H
#define STATS_STATS_TREND_H

#include "stats/stats_types.h"

/** Scores of people in groups 0, 1, ... groups - 1; borrowed. A group may be empty. */
struct stats_groups {
    const double *x;     /**< n finite scores */
    const size_t *group; /**< n group numbers, each < groups */
    size_t n, groups;
};

/** STATS_OK; STATS_EMPTY; STATS_DOMAIN if a score is not finite or a group number too
 * large. */
STATS_MUST_CHECK stats_status stats_check_groups(const struct stats_groups *groups);

/** A straight line through group scores. */
struct stats_trend {
    struct stats_interval slope; /**< change in score per step of group score */
    struct stats_test test;      /**< t on n - 2 df */
    double se, intercept;
};

/**
 * Least-squares slope of the scores on group scores 1, 2, ..., with a t interval.
 *
 * @param scores  one finite number per group, or NULL for 1, 2, ...; an empty group keeps
 * its place
 * @return STATS_OK; STATS_EMPTY; STATS_DOMAIN; STATS_UNDEFINED if fewer than 3 people, all
 * in one group, or all on the line. Checked against: R lm, statsmodels OLS.
 */
STATS_MUST_CHECK stats_status stats_trend_linear(const struct stats_groups *groups,
                                                 const double *scores, double conf,
                                                 struct stats_trend *out);

/** Jonckheere-Terpstra: pairs of people rising with the order of their groups. */
struct stats_jonckheere {
    double j, expected, variance; /**< ties count half; variance corrected for ties */
    double z, p;                  /**< normal, two-sided, no continuity correction */
};

/**
 * @param order  n numbers of workspace
 * @param count  2 * groups numbers of workspace
 * @return STATS_OK; STATS_EMPTY; STATS_DOMAIN; STATS_UNDEFINED if only one group has people
 * or all scores are equal. Source: Jonckheere (1954), Biometrika 41, 133-145; variance:
 * Hollander & Wolfe (1999), 6.2. Checked against: the identity with Var(Kendall's S) / 4.
 */
STATS_MUST_CHECK stats_status stats_jonckheere(const struct stats_groups *groups,
                                               size_t *order, long *count,
                                               struct stats_jonckheere *out);

/** Trend in proportions over ordered groups. */
struct stats_cochran_armitage {
    double z;                  /**< with N in the variance; z^2 is the usual chi-square */
    struct stats_test trend;   /**< z^2, 1 df */
    struct stats_test nminus1; /**< z^2 (N-1)/N */
    struct stats_test
        departure; /**< Pearson chi-square less z^2, groups - 2 df; p NAN at 0 df */
    double slope;  /**< change in proportion per step of score */
};

/**
 * @param yes, n   counts per group, 0 <= yes <= n; empty groups are passed over
 * @param scores   one per group, or NULL for 1, 2, ...
 * @return STATS_OK; STATS_EMPTY; STATS_DOMAIN; STATS_UNDEFINED if everybody, or nobody,
 * said yes, or all are in one group. Source: Cochran (1954), Biometrics 10, 417-451;
 * Armitage (1955), Biometrics 11, 375-386. Checked against: R prop.trend.test, statsmodels.
 */
STATS_MUST_CHECK stats_status stats_cochran_armitage(const long *yes, const long *n,
                                                     const double *scores, size_t groups,
                                                     struct stats_cochran_armitage *out);

#endif
