// SPDX-License-Identifier: MIT
/** Effect sizes, each under its own name, with limits from the noncentral t. */
#ifndef STATS_STATS_EFFECT_H
#define STATS_STATS_EFFECT_H

#include "stats/stats_mean.h"
#include "stats/stats_types.h"

/** Standardised changes of the same people; the sign follows latest minus initial. */
struct stats_paired_effects {
    double d_av;  /**< mean change / sqrt((s1^2 + s2^2) / 2): the default */
    double d_z;   /**< mean change / sd of change */
    double glass; /**< mean change / initial sd; NAN when that is 0 */
    double g_av;  /**< d_av times Hedges' J on n - 1 df */
};

/**
 * @return STATS_OK; STATS_UNDEFINED if n < 2, or everybody changed by the same, or neither
 *         score varies.
 * Source: Cumming (2012), Understanding the New Statistics, ch. 11 (d_av); Cohen (1988)
 * (d_z). Checked against: a second implementation; R.
 */
STATS_MUST_CHECK stats_status stats_paired_effect(const struct stats_pair_moments *pairs,
                                                  struct stats_paired_effects *out);

/**
 * Interval for d_z: noncentrality limits of the paired t, divided by sqrt(n).
 * @return as stats_paired_effect; STATS_DOMAIN for a bad conf; STATS_NO_CONVERGENCE.
 */
STATS_MUST_CHECK stats_status stats_effect_dz(const struct stats_pair_moments *pairs,
                                              double conf, struct stats_interval *out);

/**
 * Interval for d_av: the limits of d_z rescaled by sd of change over the average sd.
 * Source: Algina & Keselman (2003), Educ. Psychol. Meas. 63, 537-553.
 * Checked against: 40-digit bisection.
 */
STATS_MUST_CHECK stats_status stats_effect_dav(const struct stats_pair_moments *pairs,
                                               double conf, struct stats_interval *out);

/**
 * Cohen's d of two independent groups (first minus second, pooled sd) with noncentral-t
 * limits.
 * @return STATS_OK; STATS_DOMAIN; STATS_UNDEFINED as stats_pooled_t; STATS_NO_CONVERGENCE.
 * Source: Cohen (1988). Checked against: 40-digit bisection.
 */
STATS_MUST_CHECK stats_status stats_cohen_d(const struct stats_moments *first,
                                            const struct stats_moments *second, double conf,
                                            struct stats_interval *out);

/**
 * Hedges' J on df degrees of freedom, the exact small-sample factor
 * Gamma(df/2) / (sqrt(df/2) Gamma((df-1)/2)); df > 1. NAN otherwise.
 * Source: Hedges (1981), J. Educ. Stat. 6, 107-128.
 */
double stats_hedges_j(double df);

/** Hedges' g: J times Cohen's d and its limits. Returns as stats_cohen_d. */
STATS_MUST_CHECK stats_status stats_hedges_g(const struct stats_moments *first,
                                             const struct stats_moments *second,
                                             double conf, struct stats_interval *out);

#endif
