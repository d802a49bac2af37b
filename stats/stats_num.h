// SPDX-License-Identifier: MIT
/**
 * The numerical ground the other modules stand on: exact binomial sums, quantiles that GSL
 * lacks or gets wrong, and noncentral distributions. Pure functions; nothing is allocated.
 */
#ifndef STATS_STATS_NUM_H
#define STATS_STATS_NUM_H

#include "stats/stats_types.h"

/** A function of one unknown with its constants behind `given`. */
typedef double (*stats_function)(double x, const void *given);

/**
 * A zero of a continuous f inside [low, high], where f changes sign (or is zero at an end).
 * Chandrupatla's method: inverse quadratic steps where they are safe, bisection elsewhere,
 * until the bracket is two units in the last place wide.
 *
 * @return STATS_OK; STATS_NO_CONVERGENCE if f has the same sign, or is no number, at both
 * ends.
 *
 * Source: Chandrupatla (1997), Adv. Eng. Software 28, 145-149.
 */
STATS_MUST_CHECK stats_status stats_root(stats_function f, const void *given, double low,
                                         double high, double *root);

/**
 * The confidence limit between an observed value and the end of its range, for a margin
 * that is positive inside the interval and negative outside. Where the margin is 0 at the
 * observed value itself (no variance there) the search starts just beside it.
 *
 * @return STATS_OK, with the end itself when observed == end or the margin never turns
 *         negative; STATS_NO_CONVERGENCE if no point inside was found.
 */
STATS_MUST_CHECK stats_status stats_limit(stats_function margin, const void *given,
                                          double observed, double end, double *limit);

/** Whether conf is a usable confidence level: a fraction strictly between 0 and 1. */
int stats_is_conf(double conf);

/** The normal quantile z with P(|Z| <= z) = conf; conf as a fraction, 0.95 gives 1.96. */
double stats_z(double conf);

/** The t quantile with P(|T| <= t) = conf on df degrees of freedom, df > 0. */
double stats_t(double conf, double df);

/** Two-sided p-value of a standard normal statistic. */
double stats_p_normal(double z);

/** Two-sided p-value of a t statistic on df degrees of freedom. */
double stats_p_t(double t, double df);

/** Upper tail of chi-square at x; 1 when x <= 0. */
double stats_p_chisq(double x, double df);

/** log(n!) in extended precision; n >= 0. */
long double stats_log_factorial(long n);

/**
 * P(X = k) for X ~ Binomial(n, p), 0 <= k <= n, 0 <= p <= 1.
 * Relative error about 1e-15 for n up to a million: the logarithms are extended precision.
 */
long double stats_binomial_pmf(long k, long n, double p);

/** P(X <= k); 0 for k < 0 and 1 for k >= n, exactly. Summed from the smaller tail. */
double stats_binomial_lower(long k, long n, double p);

/** P(X >= k); 1 for k <= 0 and 0 for k > n, exactly. */
double stats_binomial_upper(long k, long n, double p);

/**
 * The x with P(B <= x) = prob for B ~ Beta(a, b); a, b > 0, 0 <= prob <= 1.
 *
 * GSL 2.7.1's gsl_cdf_beta_Pinv fails on ordinary inputs (NaN for the upper Clopper-Pearson
 * limit of 2 of 260), so this is a bracketed root of gsl_cdf_beta_P or _Q.
 * @return STATS_OK; STATS_DOMAIN; STATS_NO_CONVERGENCE.
 */
STATS_MUST_CHECK stats_status stats_beta_quantile(double prob, double a, double b,
                                                  double *x);

/**
 * P(T <= t) for a noncentral t with df degrees of freedom and noncentrality ncp.
 *
 * GSL has none. P is the mean of Phi(t S - ncp) over S = chi_df / sqrt(df); with S = exp(u)
 * the integrand is analytic and falls off on both sides, so the plain trapezoidal sum over
 * u converges faster than any power of the step. Absolute error below 1e-14 for df >= 1.
 * Checked against: R pt(ncp=), 40-digit limits in the reference rows.
 */
double stats_nct_lower(double t, double df, double ncp);

/**
 * The ncp for which P(T_df(ncp) <= t) = prob, 0 < prob < 1: confidence limits for effect
 * sizes take prob = 1 - alpha/2 (lower) and alpha/2 (upper).
 */
STATS_MUST_CHECK stats_status stats_nct_ncp(double prob, double t, double df, double *ncp);

/** Confidence limits of the noncentrality behind an observed t (quantity `nct_limits`). */
STATS_MUST_CHECK stats_status stats_nct_limits(double t, double df, double conf,
                                               struct stats_interval *out);

/** P(X <= x) for a noncentral chi-square: Poisson mixture of central ones, all terms
 * positive. */
double stats_ncx2_lower(double x, double df, double ncp);

/** The ncp >= 0 for which P(X <= x) = prob; 0 when even the central P(X <= x) is below
 * prob. */
STATS_MUST_CHECK stats_status stats_ncx2_ncp(double prob, double x, double df, double *ncp);

/** Sum of n numbers in extended precision. */
long double stats_sum(const double *x, size_t n);

/**
 * Mean and sum of squared deviations in extended precision, by the corrected two-pass
 * algorithm; both exact for constant data. n >= 1.
 *
 * Source: Chan, Golub & LeVeque (1983), Am. Stat. 37, 242-247. Checked against: NIST StRD.
 */
struct stats_two_pass {
    long double mean, squares;
};
struct stats_two_pass stats_two_pass(const double *x, size_t n);

/**
 * later - earlier, rounded to 9 decimals so that equal changes are equal: 0.3 - 0.2 is 0.2
 * - 0.1. Differences too large to have 9 decimals are left alone.
 */
double stats_rounded_difference(double later, double earlier);

/** Clamp to [low, high]. */
double stats_clamp(double x, double low, double high);

#endif
