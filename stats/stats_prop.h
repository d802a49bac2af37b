// SPDX-License-Identifier: MIT
/** One proportion: intervals and tests against a target. Fractions throughout. */
#ifndef STATS_STATS_PROP_H
#define STATS_STATS_PROP_H

#include "stats/stats_types.h"

/**
 * Wilson score interval for a proportion, the default of the reports.
 *
 *     centre = (p + z^2/2n) / (1 + z^2/n)
 *     half   = z sqrt(p(1-p)/n + z^2/4n^2) / (1 + z^2/n)
 *
 * computed so that small limits keep all their digits; the lower is exactly 0 when yes = 0,
 * the upper exactly 1 when yes = n.
 *
 * @param yes   people with the attribute; 0 <= yes <= n
 * @param n     people with a usable answer: the base printed with the figure
 * @param conf  confidence level as a fraction: 0.95, not 95
 * @param out   fractions in [0, 1]; untouched on failure
 * @return STATS_OK; STATS_EMPTY if n is 0 (print a dash, never 0%); STATS_DOMAIN if
 * impossible.
 *
 * Source: Wilson (1927), JASA 22, 209-212; Brown, Cai & DasGupta (2001), Stat. Sci. 16,
 * 101-133. Checked against: R prop.test(correct = FALSE), 40-digit arithmetic.
 */
STATS_MUST_CHECK stats_status stats_wilson(long yes, long n, double conf,
                                           struct stats_interval *out);

/**
 * Wilson's interval from a proportion and an effective sample size, which need not be
 * whole: for clustered records n_eff = n / deff.
 *
 * @return as stats_wilson; STATS_DOMAIN unless 0 <= p <= 1 and n > 0.
 */
STATS_MUST_CHECK stats_status stats_wilson_effective(double p, double n, double conf,
                                                     struct stats_interval *out);

/**
 * Clopper-Pearson "exact" interval: never covers less than conf, usually more.
 * Limits are the quantiles B(alpha/2; x, n-x+1) and B(1-alpha/2; x+1, n-x); 0 and 1 at the
 * ends. Parameters and returns as stats_wilson.
 *
 * Source: Clopper & Pearson (1934), Biometrika 26, 404-413.
 * Checked against: R binom.test, 40-digit arithmetic; every n up to 600 gives a number.
 */
STATS_MUST_CHECK stats_status stats_clopper_pearson(long yes, long n, double conf,
                                                    struct stats_interval *out);

/**
 * Jeffreys interval: quantiles of Beta(x + 1/2, n - x + 1/2), with the lower limit set to 0
 * at x = 0 and the upper to 1 at x = n. Parameters and returns as stats_wilson.
 *
 * Source: Brown, Cai & DasGupta (2001), Stat. Sci. 16, 101-133.
 * Checked against: R qbeta, 40-digit arithmetic.
 */
STATS_MUST_CHECK stats_status stats_jeffreys(long yes, long n, double conf,
                                             struct stats_interval *out);

/**
 * Mid-p interval: the p at which P(X > x) + P(X = x)/2 is alpha/2 (lower) and 1 - alpha/2
 * (upper). Covers conf on average. Parameters and returns as stats_wilson.
 *
 * Source: Newcombe (1998), Stat. Med. 17, 857-872, method 6.
 * Checked against: 40-digit bisection.
 */
STATS_MUST_CHECK stats_status stats_prop_midp(long yes, long n, double conf,
                                              struct stats_interval *out);

/** Exact binomial tests of a target; every member is a p-value. */
struct stats_prop_test {
    double less;        /**< P(X <= x) */
    double greater;     /**< P(X >= x) */
    double two_minlike; /**< all outcomes no likelier than x, as R's binom.test */
    double two_double;  /**< twice the smaller tail, at most 1 */
    double two_midp;    /**< twice the smaller tail less P(X = x): the one to print */
};

/**
 * Exact tests of "the true proportion is target".
 *
 * @param target  fraction in [0, 1]
 * @return STATS_OK; STATS_EMPTY if n is 0; STATS_DOMAIN if impossible.
 *
 * Source: the binomial distribution; outcomes count as equally likely within 1e-7, as in R.
 * Checked against: R binom.test, 40-digit sums.
 */
STATS_MUST_CHECK stats_status stats_prop_test_exact(long yes, long n, double target,
                                                    struct stats_prop_test *out);

/**
 * Score test: z = (x/n - target) / sqrt(target (1 - target) / n), null variance, no
 * continuity correction. `out->df` is NAN.
 *
 * @return as above; STATS_UNDEFINED when target is 0 or 1 (no variance under the null).
 * Checked against: R prop.test(correct = FALSE).
 */
STATS_MUST_CHECK stats_status stats_prop_test_score(long yes, long n, double target,
                                                    struct stats_test *out);

#endif
