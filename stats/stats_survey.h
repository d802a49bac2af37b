// SPDX-License-Identifier: MIT
/** What the clustered or weighted design of stats_cluster.h allows beyond a mean. */
#ifndef STATS_STATS_SURVEY_H
#define STATS_STATS_SURVEY_H

#include "stats/stats_cluster.h"
#include "stats/stats_mean.h"
#include "stats/stats_types.h"

/**
 * Ratio of two totals, e.g. outcomes per contact.
 *
 * @param score  n numbers of workspace
 * @param se     standard error
 * @return as stats_design_variance; STATS_UNDEFINED also if the lower total is 0.
 * Checked against: R survey svyratio.
 */
STATS_MUST_CHECK stats_status stats_design_ratio(const struct stats_design *design,
                                                 const double *above, const double *below,
                                                 double *score, double *ratio, double *se);

/**
 * Difference of two domain means, first minus second, df one less than the design's.
 *
 * @param group  per record 1 for the first group, 2 for the second, 0 for neither
 * @param score  n numbers of workspace
 * @return as stats_design_mean; STATS_UNDEFINED also if nothing varies or df < 1.
 * Checked against: R survey svyttest.
 */
STATS_MUST_CHECK stats_status stats_design_ttest(const struct stats_design *design,
                                                 const double *y, const char *group,
                                                 double conf, double *score,
                                                 struct stats_comparison *out);

/** Standard errors of a plain mean whose records lie in clusters. */
struct stats_sandwich {
    double mean;
    double cr0; /**< no adjustment */
    double cr1; /**< times sqrt(G / (G - 1)): for a mean (n-1)/(n-k) adds nothing */
};

/**
 * @param cluster  n cluster numbers below `clusters`
 * @param total    `clusters` numbers of workspace
 * @return STATS_OK; STATS_EMPTY; STATS_DOMAIN; STATS_UNDEFINED if only one cluster has
 * records. Source: Liang & Zeger (1986), Biometrika 73, 13-22. Checked against: R sandwich
 * vcovCL.
 */
STATS_MUST_CHECK stats_status stats_cluster_sandwich(const double *y, const size_t *cluster,
                                                     size_t n, size_t clusters,
                                                     double *total,
                                                     struct stats_sandwich *out);

/** Rao-Scott second-order corrected chi-square test. */
struct stats_rao_scott {
    double f, df1, df2, p;
    double
        pearson; /**< the naive X2 on the weighted shares, n records: never print its p */
};

/** Workspace of stats_rao_scott, in doubles. */
size_t stats_rao_scott_work(size_t n, size_t rows, size_t cols);

/**
 * Are two classifications of clustered records related?
 *
 *     Delta = (C' D C / n)^-1 C' D V D C;  F = X2 / tr Delta,
 *     df1 = (tr Delta)^2 / tr Delta^2,  df2 = df1 times the design's degrees of freedom
 *
 * where C are interaction contrasts, D the inverse shares and V the design covariance of
 * shares.
 *
 * @param row, col  the record's row < rows and column < cols
 * @param domain    non-zero for records that take part; NULL for all
 * @param work      stats_rao_scott_work(n, rows, cols) numbers
 * @return as stats_design_variance; STATS_UNDEFINED also if a row or column is empty (leave
 * it out and renumber), fewer than two remain, or so many cells are empty that the contrasts
 * hang together. Source: Rao & Scott (1984), Ann. Stat. 12,
 * 46-60. Checked against: R survey svychisq.
 */
STATS_MUST_CHECK stats_status stats_rao_scott(const struct stats_design *design,
                                              const size_t *row, const size_t *col,
                                              size_t rows, size_t cols, const char *domain,
                                              double *work, struct stats_rao_scott *out);

#endif
