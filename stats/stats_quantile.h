// SPDX-License-Identifier: MIT
/** Medians and quantiles, with an interval that assumes nothing about the distribution. */
#ifndef STATS_STATS_QUANTILE_H
#define STATS_STATS_QUANTILE_H

#include "stats/stats_types.h"

/** Sorts n numbers into rising order, in place. */
void stats_sort(double *x, size_t n);

/** Median with its order-statistic interval. */
struct stats_median {
    double median;
    double low, high; /**< the k-th score from each end; NAN if k is 0 */
    long k;           /**< largest with P(Binomial(n, 1/2) <= k - 1) <= (1 - conf) / 2 */
    double achieved;  /**< true confidence of low..high: print it; NAN if k is 0 */
};

/**
 * @param sorted  n finite scores, rising
 * @return STATS_OK; STATS_EMPTY; STATS_DOMAIN for a bad conf, or scores not rising.
 * Source: Thompson (1936), Ann. Math. Stat. 7, 122-128. Checked against: R qbinom, scipy.
 */
STATS_MUST_CHECK stats_status stats_median(const double *sorted, size_t n, double conf,
                                           struct stats_median *out);

/**
 * Sample quantile by Hyndman & Fan's numbering: type 7 is R's and Excel's default and the
 * one the reports use, 2 averages at steps (SAS), 6 is SPSS's, 8 the authors' advice.
 *
 * @param prob  in [0, 1]
 * @return STATS_OK; STATS_EMPTY; STATS_DOMAIN for another type or a bad prob.
 * Source: Hyndman & Fan (1996), Am. Stat. 50, 361-365. Checked against: R quantile, numpy.
 */
STATS_MUST_CHECK stats_status stats_quantile(const double *sorted, size_t n, double prob,
                                             int type, double *out);

#endif
