// SPDX-License-Identifier: MIT
/** How two ordered or measured things go together. */
#ifndef STATS_STATS_ASSOC_H
#define STATS_STATS_ASSOC_H

#include "stats/stats_cross.h"
#include "stats/stats_types.h"

/** A person's two numbers. */
struct stats_xy {
    double x, y;
};

/** Correlations of n pairs. */
struct stats_correlation {
    struct stats_interval
        pearson;      /**< limits by Fisher's z; NAN below 4 pairs or at |r| = 1 */
    double p_pearson; /**< t on n - 2 df; NAN below 3 pairs */
    double spearman, p_spearman; /**< Pearson of the midranks, p by t */
    double tau_b;                /**< Kendall's, ties allowed for */
};

/**
 * @param x, y   n finite numbers each: complete pairs only
 * @param order  n numbers of workspace
 * @param work   2 n numbers of workspace
 * @param pairs  2 n pairs of workspace
 * @return STATS_OK; STATS_EMPTY; STATS_DOMAIN; STATS_UNDEFINED if n < 2 or x or y is
 * constant. Source: Fisher (1921), Metron 1, 3-32; Spearman (1904); Kendall (1945),
 * Biometrika 33, 239-251; tau by Knight (1966), JASA 61, 436-439. Checked against: R
 * cor.test, cor; scipy.
 */
STATS_MUST_CHECK stats_status stats_correlation(const double *x, const double *y, size_t n,
                                                double conf, size_t *order, double *work,
                                                struct stats_xy *pairs,
                                                struct stats_correlation *out);

/** Association of two ordered classifications, from -1 to 1. */
struct stats_ordinal_association {
    double gamma;    /**< Goodman-Kruskal; NAN if every pair is tied */
    double tau_b;    /**< Kendall's */
    double spearman; /**< of the midranks of rows and columns */
};

/**
 * @return as stats_chisq.
 * Source: Goodman & Kruskal (1954), JASA 49, 732-764. Checked against: R cor, scipy.
 */
STATS_MUST_CHECK stats_status stats_ordinal_association(
    const struct stats_table *table, struct stats_ordinal_association *out);

/** Linear-by-linear association: M2 = (n - 1) r^2 on 1 df. */
struct stats_linear_by_linear {
    double r; /**< Pearson correlation of the scores */
    struct stats_test test;
};

/**
 * @param row_scores, col_scores  one per row, per column, or NULL for 1, 2, ...
 * @return STATS_OK; STATS_EMPTY; STATS_DOMAIN; STATS_UNDEFINED if either score is constant.
 * Source: Mantel (1963), JASA 58, 690-700. Checked against: a second implementation.
 */
STATS_MUST_CHECK stats_status stats_linear_by_linear(const struct stats_table *table,
                                                     const double *row_scores,
                                                     const double *col_scores,
                                                     struct stats_linear_by_linear *out);

#endif
