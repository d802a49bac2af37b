// SPDX-License-Identifier: MIT
/**
 * Two independent groups, one yes/no answer: difference first minus second, ratios, tests.
 * Never for the same people at two times: that is stats_paired.h.
 */
#ifndef STATS_STATS_DIFF_H
#define STATS_STATS_DIFF_H

#include "stats/stats_types.h"

/** Counts of two independent groups; 0 <= yes <= n in each. */
struct stats_two_groups {
    long yes1, n1, yes2, n2;
};

/**
 * Newcombe's method 10: difference of two proportions from their Wilson limits, the
 * default.
 *
 *     low = d - sqrt((p1-l1)^2 + (u2-p2)^2),  high = d + sqrt((u1-p1)^2 + (p2-l2)^2)
 *
 * @param conf  0.95, not 95
 * @param out   fractions in [-1, 1]: times 100 they are percentage points
 * @return STATS_OK; STATS_EMPTY if a group is empty; STATS_DOMAIN if impossible.
 *
 * Source: Newcombe (1998), Stat. Med. 17, 873-890.
 * Checked against: 40-digit arithmetic.
 */
STATS_MUST_CHECK stats_status stats_newcombe(const struct stats_two_groups *groups,
                                             double conf, struct stats_interval *out);

/**
 * Agresti-Caffo: Wald interval after adding one success and one failure to each group, cut
 * at -1 and 1. `estimate` is the plain difference. Parameters, returns as stats_newcombe.
 *
 * Source: Agresti & Caffo (2000), Am. Stat. 54, 280-288. Checked against: statsmodels.
 */
STATS_MUST_CHECK stats_status stats_agresti_caffo(const struct stats_two_groups *groups,
                                                  double conf, struct stats_interval *out);

/**
 * Mee's score interval: the differences not rejected by the score test whose variance uses
 * the likeliest proportions with that difference. Parameters, returns as stats_newcombe.
 *
 * Source: Mee (1984), Biometrics 40, 1175-1176. Checked against: 40-digit bisection.
 */
STATS_MUST_CHECK stats_status stats_mee(const struct stats_two_groups *groups, double conf,
                                        struct stats_interval *out);

/**
 * Miettinen-Nurminen: Mee's interval with the variance times N/(N-1).
 * Source: Miettinen & Nurminen (1985), Stat. Med. 4, 213-226. Checked against: as Mee.
 */
STATS_MUST_CHECK stats_status stats_miettinen_nurminen(
    const struct stats_two_groups *groups, double conf, struct stats_interval *out);

/**
 * Risk ratio p1/p2 with Katz's log interval; `estimate`, `low`, `high` are ratios.
 *
 * @return as stats_newcombe; STATS_UNDEFINED when either count of yes is 0, or when both
 *         groups are all yes (the log ratio then has no variance).
 * Source: Katz et al. (1978), Biometrics 34, 469-474. Checked against: statsmodels
 * Table2x2.
 */
STATS_MUST_CHECK stats_status stats_risk_ratio_katz(const struct stats_two_groups *groups,
                                                    double conf,
                                                    struct stats_interval *out);

/**
 * Odds ratio with Woolf's log interval.
 *
 * @return as stats_newcombe; STATS_UNDEFINED when any of the four cells is 0: nothing is
 *         ever added behind the caller's back (stats_logistic_firth answers such tables).
 * Source: Woolf (1955), Ann. Hum. Genet. 19, 251-253. Checked against: statsmodels
 * Table2x2.
 */
STATS_MUST_CHECK stats_status stats_odds_ratio_woolf(const struct stats_two_groups *groups,
                                                     double conf,
                                                     struct stats_interval *out);

/** Chi-square tests of a 2x2 table, 1 df each, no continuity correction. */
struct stats_chisq_2x2 {
    struct stats_test pearson;
    struct stats_test
        nminus1; /**< times (N-1)/N: the better one when expected counts are small */
    struct stats_test
        yates; /**< continuity-corrected: for comparison only, never printed */
    double min_expected;
};

/**
 * @return STATS_OK; STATS_EMPTY; STATS_DOMAIN; STATS_UNDEFINED when everybody, or nobody,
 * said yes. Source: Pearson (1900); Campbell (2007), Stat. Med. 26, 3661-3675. Checked
 * against: R chisq.test(correct = FALSE), scipy.
 */
STATS_MUST_CHECK stats_status stats_chisq_2x2(const struct stats_two_groups *groups,
                                              struct stats_chisq_2x2 *out);

/** Fisher's exact test, conditional on both margins. */
struct stats_fisher_2x2 {
    double two_sided; /**< all tables no likelier than the one seen */
    double midp;      /**< less likely tables + half the equally likely: the one to print */
};

/**
 * @return STATS_OK; STATS_EMPTY if a group is empty; STATS_DOMAIN. A table with an empty
 *         margin has one arrangement only: two_sided 1, midp 0.5.
 *
 * Source: Fisher (1934); mid-p: Lancaster (1961), JASA 56, 223-234. Tables count as equally
 * likely within a relative 1e-7.
 * Checked against: R fisher.test, exact integer enumeration.
 */
STATS_MUST_CHECK stats_status stats_fisher_2x2(const struct stats_two_groups *groups,
                                               struct stats_fisher_2x2 *out);

/** Which test of a 2x2 table a small sample allows. */
enum stats_2x2_choice { STATS_2X2_NMINUS1, STATS_2X2_FISHER_MIDP };

/**
 * Campbell's rule: the N-1 chi-square while every expected count is at least 1, otherwise
 * Fisher's mid-p. The choice belongs in the cell's method.
 * @return as stats_chisq_2x2; out->statistic and out->df are NAN for Fisher.
 */
STATS_MUST_CHECK stats_status stats_test_2x2(const struct stats_two_groups *groups,
                                             enum stats_2x2_choice *choice,
                                             struct stats_test *out);

#endif
