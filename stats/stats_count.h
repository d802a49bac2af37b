// SPDX-License-Identifier: MIT
/** Counts of events against what was expected of them: referrals against a profile. */
#ifndef STATS_STATS_COUNT_H
#define STATS_STATS_COUNT_H

#include "stats/stats_types.h"

/**
 * Garwood's exact interval for the mean of a Poisson count:
 * chi2(alpha/2; 2x)/2 to chi2(1-alpha/2; 2x+2)/2, from 0 when x is 0.
 *
 * @return STATS_OK; STATS_DOMAIN for a negative count or a bad conf.
 * Source: Garwood (1936), Biometrika 28, 437-442. Checked against: R poisson.test.
 */
STATS_MUST_CHECK stats_status stats_garwood(long observed, double conf,
                                            struct stats_interval *out);

/**
 * Byar's approximation to Garwood's interval, as public-health guidance uses it.
 * Returns as stats_garwood. Source: Breslow & Day (1987), Statistical Methods in Cancer
 * Research II, 69.
 */
STATS_MUST_CHECK stats_status stats_byar(long observed, double conf,
                                         struct stats_interval *out);

/** A count against the number the profile set. */
struct stats_count_ratio {
    struct stats_interval count; /**< Garwood's interval of the count */
    struct stats_interval ratio; /**< the same divided by the profile */
    double p;                    /**< exact Poisson test of "the mean is the profile" */
};

/**
 * @param profile  expected number, > 0, not necessarily whole; taken as known
 * @return STATS_OK; STATS_EMPTY if profile is 0; STATS_DOMAIN.
 * Source: p sums all counts no likelier than the one seen (within 1e-7), as R's
 * poisson.test. Checked against: R poisson.test, scipy.
 */
STATS_MUST_CHECK stats_status stats_count_vs_profile(long observed, double profile,
                                                     double conf,
                                                     struct stats_count_ratio *out);

/** P(X <= k) and P(X >= k) of a Poisson count with this mean; exact sums, mean >= 0. */
double stats_poisson_lower(long k, double mean);
double stats_poisson_upper(long k, double mean);

#endif
