// SPDX-License-Identifier: MIT
/**
 * Counts over time: is a month's figure news, or the usual coming and going?
 *
 * Give whole periods only: a month that is still running reads as a fall.
 */
#ifndef STATS_STATS_SPC_H
#define STATS_STATS_SPC_H

#include "stats/stats_types.h"

/** Individuals (XmR) chart; limits in the unit of the data. */
struct stats_xmr {
    double centre;         /**< mean */
    double mean_range;     /**< mean moving range, mean |x_i - x_(i-1)| */
    double low, high;      /**< centre -+ 3 mean_range / 1.128 */
    double range_high;     /**< 3.267 mean_range: a larger step is itself a signal */
    double screened_range; /**< mean range without ranges above range_high */
    double screened_low, screened_high; /**< limits from it */
    long outside;                       /**< points beyond low or high */
};

/**
 * XmR limits. Limits below 0 are left as they are: for counts, print 0.
 *
 * @param x  n values in order of time, n >= 2
 * @return STATS_OK; STATS_EMPTY if n < 2; STATS_DOMAIN if a value is no number.
 *
 * Source: Provost & Murray (2011), The Health Care Data Guide, ch. 5; the screening of
 * moving ranges is Nelson (1982), J. Qual. Technol. 14, 172-173.
 * Checked against: R qicharts2's constants, reference rows `spc_xmr`.
 */
STATS_MUST_CHECK stats_status stats_xmr(const double *x, size_t n, struct stats_xmr *out);

/**
 * p chart: limits for each period's share, pooled p -+ 3 sigma_i, kept in [0, 1].
 *
 * @param yes,n   counts of `periods` periods; a period with n = 0 has limits NAN
 * @param pooled  sum yes / sum n
 * @param low,high  one per period, fractions
 * @param sigma_z Laney's factor: mean |z_i - z_(i-1)| / 1.128 over periods with n > 0; his
 *                limits are pooled -+ 3 sigma_i sigma_z. NAN with fewer than two periods or
 *                when everyone or no one answers yes.
 * @return STATS_OK; STATS_DOMAIN; STATS_EMPTY if there is nobody at all.
 *
 * Source: Laney (2002), Qual. Eng. 14, 531-537.
 * Checked against: second implementation in the reference rows `spc_p_chart`.
 */
STATS_MUST_CHECK stats_status stats_p_chart(const long *yes, const long *n, size_t periods,
                                            double *pooled, double *low, double *high,
                                            double *sigma_z);

/** Run chart: too long a run on one side of the median, or too few crossings of it? */
struct stats_run_chart {
    double median;
    long useful; /**< points not on the median: the only ones that count */
    long longest_run;
    long longest_max; /**< a longer run than this is a signal: round(log2 useful) + 3 */
    long crossings;
    long crossings_min; /**< fewer is a signal: 5% point of Bin(useful - 1, 1/2) */
    int signal;         /**< 1 if either rule fires */
};

/**
 * @param x     n values in order of time, n >= 1
 * @param work  n doubles of workspace
 * @return STATS_OK; STATS_EMPTY if n is 0; STATS_DOMAIN if a value is no number. With no
 *         useful point (all on the median) the counts are 0 and there is no signal.
 *
 * Source: Anhoej & Olesen (2014), PLoS ONE 9, e113825.
 * Checked against: R qicharts2's rules, reference rows `run_chart`.
 */
STATS_MUST_CHECK stats_status stats_run_chart(const double *x, size_t n, double *work,
                                              struct stats_run_chart *out);

#endif
