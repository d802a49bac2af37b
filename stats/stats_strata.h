// SPDX-License-Identifier: MIT
/**
 * Two things related within strata (areas, quarters): one answer for all strata, and
 * whether they agree. Empty strata, and strata without variation, contribute nothing.
 */
#ifndef STATS_STATS_STRATA_H
#define STATS_STATS_STRATA_H

#include "stats/stats_diff.h"
#include "stats/stats_types.h"

/** Cochran-Mantel-Haenszel test, 1 df. */
struct stats_cmh {
    struct stats_test test;      /**< no continuity correction */
    struct stats_test corrected; /**< with: for comparison only */
};

/**
 * Is yes/no related to the group, given the stratum?
 *
 * @param strata  n pairs of groups, 0 <= yes <= n in each
 * @return STATS_OK; STATS_EMPTY if nobody is in any; STATS_DOMAIN; STATS_UNDEFINED if no
 *         stratum has both groups and both answers.
 * Source: Mantel & Haenszel (1959), JNCI 22, 719-748.
 * Checked against: R mantelhaen.test(correct = FALSE), statsmodels StratifiedTable.
 */
STATS_MUST_CHECK stats_status stats_cmh(const struct stats_two_groups *strata, size_t n,
                                        struct stats_cmh *out);

/**
 * Mantel-Haenszel common odds ratio with the Robins-Breslow-Greenland interval.
 * @return as stats_cmh; STATS_UNDEFINED if the ratio is 0 or infinite.
 * Source: Robins, Breslow & Greenland (1986), Biometrics 42, 311-323. Checked against: as
 * above.
 */
STATS_MUST_CHECK stats_status stats_mh_odds_ratio(const struct stats_two_groups *strata,
                                                  size_t n, double conf,
                                                  struct stats_interval *out);

/**
 * Mantel-Haenszel common difference of proportions, Sato's variance.
 *
 * @param se   standard error; may be NULL
 * @return as stats_cmh; STATS_UNDEFINED if no stratum has both groups.
 * Source: Sato (1989), Biometrics 45, 1323-1324. Checked against: a second implementation.
 */
STATS_MUST_CHECK stats_status stats_mh_difference(const struct stats_two_groups *strata,
                                                  size_t n, double conf,
                                                  struct stats_interval *out, double *se);

/** Do the strata share one odds ratio? */
struct stats_breslow_day {
    struct stats_test plain;  /**< Breslow & Day's */
    struct stats_test tarone; /**< with Tarone's correction: the one to print */
};

/**
 * @return as stats_mh_odds_ratio; STATS_UNDEFINED also if fewer than two strata contribute.
 * Source: Breslow & Day (1980), Statistical Methods in Cancer Research I, 4.4; Tarone
 * (1985), Biometrika 72, 91-95. Checked against: statsmodels StratifiedTable.
 */
STATS_MUST_CHECK stats_status stats_breslow_day(const struct stats_two_groups *strata,
                                                size_t n, struct stats_breslow_day *out);

/** Workspace of stats_cmh_general, in doubles. */
size_t stats_cmh_general_work(size_t rows, size_t cols);

/**
 * Generalised Cochran-Mantel-Haenszel test of association of two unordered classifications,
 * df = (rows - 1)(cols - 1).
 *
 * @param count  strata tables of rows x cols counts, one after another, row-major
 * @param work   stats_cmh_general_work(rows, cols) numbers
 * @return STATS_OK; STATS_EMPTY; STATS_DOMAIN; STATS_UNDEFINED below 2 x 2, or if a row or
 *         column is empty throughout (leave it out), or its parts never meet in a stratum.
 * Source: Landis, Heyman & Koch (1978), Int. Stat. Rev. 46, 237-254.
 * Checked against: R mantelhaen.test.
 */
STATS_MUST_CHECK stats_status stats_cmh_general(const long *count, size_t rows, size_t cols,
                                                size_t strata, double *work,
                                                struct stats_test *out);

#endif
