// SPDX-License-Identifier: MIT
/** Do several independent groups differ? Empty groups are passed over. */
#ifndef STATS_STATS_ANOVA_H
#define STATS_STATS_ANOVA_H

#include "stats/stats_trend.h"
#include "stats/stats_types.h"

/** What is kept of a group between the passes over the data. */
struct stats_group_sums {
    size_t n;
    long double mean, squares;
};

/**
 * Size, mean and squared deviations of each group, by corrected two-pass sums.
 * @param sums  `groups->groups` entries
 * @return STATS_OK; STATS_EMPTY; STATS_DOMAIN.
 */
STATS_MUST_CHECK stats_status stats_group_sums(const struct stats_groups *groups,
                                               struct stats_group_sums *sums);

/** One-way analysis of variance. */
struct stats_anova {
    double ss_between, ss_within;
    double ms_between, ms_within;
    double df_between, df_within;
    double f, p;
    double eta2;   /**< ss_between over the total */
    double omega2; /**< the same less what chance gives; may be negative */
};

/**
 * F test of equal means, assuming equal variances. F and p are NAN if nobody differs from
 * their group's mean.
 *
 * @param work  groups->groups entries
 * @return STATS_OK; STATS_EMPTY; STATS_DOMAIN; STATS_UNDEFINED if fewer than two groups
 * have people, or no group has two. Source: Fisher (1925); omega2: Hays (1963). Checked
 * against: R anova(lm), NIST StRD: SmLs01-03 to 12 digits, SmLs04-06 to 10, SmLs07-09 to 4,
 * which is what their data keep when read as doubles.
 */
STATS_MUST_CHECK stats_status stats_anova(const struct stats_groups *groups,
                                          struct stats_group_sums *work,
                                          struct stats_anova *out);

/** F with its degrees of freedom. */
struct stats_f_test {
    double f, df1, df2, p;
};

/**
 * Welch's analysis of variance, which lets variances differ: the default.
 *
 * @return as stats_anova; STATS_UNDEFINED also if a group has a single person or no spread.
 * Source: Welch (1951), Biometrika 38, 330-336. Checked against: R oneway.test,
 * statsmodels.
 */
STATS_MUST_CHECK stats_status stats_anova_welch(const struct stats_groups *groups,
                                                struct stats_group_sums *work,
                                                struct stats_f_test *out);

/** Kruskal-Wallis: do several groups differ in rank? */
struct stats_kruskal {
    struct stats_test test; /**< H, corrected for ties, as chi-square on groups - 1 df */
    double epsilon2;        /**< H (N+1) / (N^2-1): effect between 0 and 1 */
};

/**
 * @param order  n numbers of workspace
 * @param rank   n numbers of workspace
 * @param work   groups->groups entries
 * @return STATS_OK; STATS_EMPTY; STATS_DOMAIN; STATS_UNDEFINED if only one group has people
 * or all scores are equal. Source: Kruskal & Wallis (1952), JASA 47, 583-621. Checked
 * against: R kruskal.test, scipy.
 */
STATS_MUST_CHECK stats_status stats_kruskal_wallis(const struct stats_groups *groups,
                                                   size_t *order, double *rank,
                                                   struct stats_group_sums *work,
                                                   struct stats_kruskal *out);

/** How alike records of one cluster are. */
struct stats_icc {
    double icc;  /**< may be negative */
    double m0;   /**< typical cluster size */
    double deff; /**< 1 + (m0 - 1) icc */
};

/**
 * Intraclass correlation from a one-way analysis of variance over clusters:
 * (MSB - MSW) / (MSB + (m0 - 1) MSW), m0 = (N - sum m^2 / N) / (k - 1).
 *
 * @return as stats_anova; STATS_UNDEFINED also if nothing varies.
 * Source: Donner (1986), Int. Stat. Rev. 54, 67-82. Checked against: a second
 * implementation.
 */
STATS_MUST_CHECK stats_status stats_icc_anova(const struct stats_groups *clusters,
                                              struct stats_group_sums *work,
                                              struct stats_icc *out);

#endif
