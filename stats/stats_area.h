// SPDX-License-Identifier: MIT
/**
 * Areas (or teams) compared fairly: how far from a common share each may lie by chance, and
 * what to expect of each once chance is allowed for. Shares are fractions.
 */
#ifndef STATS_STATS_AREA_H
#define STATS_STATS_AREA_H

#include "stats/stats_types.h"

/**
 * Exact binomial funnel limits at one size of area, interpolated between whole counts.
 *
 *     r = smallest count with P(X <= r) >= p,  X ~ Bin(n, target)
 *     limit = (r - (P(X <= r) - p) / P(X = r)) / n, not below 0;  p = (1 -+ conf) / 2
 *
 * @param n       clients of the area; @param target the common share, 0 < target < 1
 * @param conf    0.95 and 0.998 are customary
 * @param out     estimate is the target
 * @return STATS_OK; STATS_EMPTY if n is 0; STATS_DOMAIN.
 *
 * Source: Spiegelhalter (2005), Stat. Med. 24, 1185-1202, appendix A.1.1.
 * Checked against: scipy binom in the reference rows `funnel_exact_binomial`.
 */
STATS_MUST_CHECK stats_status stats_funnel_exact(long n, double target, double conf,
                                                 struct stats_interval *out);

/**
 * Normal funnel limits, target -+ z sqrt(target (1 - target) / n + tau2), kept in [0, 1].
 *
 * @param tau2  extra variance between areas (stats_overdispersion), 0 for none
 * @return STATS_OK; STATS_EMPTY if n is 0; STATS_DOMAIN.
 *
 * Source: Spiegelhalter (2005). Checked against: reference rows `funnel_normal`.
 */
STATS_MUST_CHECK stats_status stats_funnel_normal(long n, double target, double tau2,
                                                  double conf, struct stats_interval *out);

/** Do areas differ by more than chance? */
struct stats_overdispersion {
    double target; /**< the pooled share */
    double phi;    /**< mean squared winsorised z: 1 if chance explains the spread */
    double tau2;   /**< variance between areas, on the scale of squared shares */
};

/**
 * Overdispersion of shares around the pooled one.
 *
 *     z_i = (p_i - m) / sqrt(m (1 - m) / n_i), tails pulled in to the winsor quantiles
 *     phi = mean z^2;  tau2 = max(0, (I phi - (I - 1)) / (W - sum w^2 / W)),
 *     w_i = n_i / (m (1 - m)), W = sum w
 *
 * @param winsor  0.1 pulls the lowest and highest tenth in (type-7 quantiles); 0 to below
 *         0.5
 * @param z       I unwinsorised z-scores, written on success
 * @param work    I doubles of workspace
 * @return STATS_OK; STATS_DOMAIN; STATS_EMPTY if an area has nobody; STATS_UNDEFINED for
 *         fewer than 2 areas or a pooled share of 0 or 1.
 *
 * Source: Spiegelhalter (2005); Spiegelhalter et al. (2012), JRSS A 175, 1-47.
 * Checked against: second implementation in the reference rows `funnel_overdispersion`.
 */
STATS_MUST_CHECK stats_status stats_overdispersion(const long *yes, const long *n,
                                                   size_t areas, double winsor, double *z,
                                                   double *work,
                                                   struct stats_overdispersion *out);

/**
 * Empirical-Bayes shrinkage of each area's share towards the pooled one.
 *
 *     m = sum x / sum n;  s2 = sum n_i (p_i - m)^2 / sum n
 *     A = max(0, s2 - m (1 - m) / nbar)
 *     weight_i = A / (A + m (1 - m) / n_i);  shrunk_i = m + weight_i (p_i - m)
 *
 * An area with nobody takes the pooled share (weight 0) and does not enter nbar.
 *
 * @param between  A, the variance between areas
 * @param weight,shrunk  one per area
 * @return STATS_OK; STATS_DOMAIN; STATS_EMPTY if there is nobody at all.
 *
 * Source: Marshall (1991), Appl. Stat. 40, 283-294, the global estimator; for shares that
 * are not rare Martuzzi & Elliott (1996), Stat. Med. 15, 1867-1873. Checked against: second
 * implementation in the reference rows `eb_shrinkage`.
 */
STATS_MUST_CHECK stats_status stats_shrink(const long *yes, const long *n, size_t areas,
                                           double *pooled, double *between, double *weight,
                                           double *shrunk);

/** A random-effects summary on the logit scale. */
struct stats_random_effects {
    double mu, se; /**< mean logit over areas and its standard error */
    double tau2;   /**< between-area variance of logits */
    double q;      /**< Cochran's Q on areas - 1 degrees of freedom */
    double i2;     /**< percent of the spread that is not chance, 0 to 100 */
};

/**
 * Random-effects mean of logit shares, DerSimonian and Laird.
 *
 *     v_i = 1/x_i + 1/(n_i - x_i), half a case added to both sides of an area with a 0
 *     tau2 = max(0, (Q - (k-1)) / (sum w - sum w^2 / sum w)), w = 1/v
 *
 * @return STATS_OK; STATS_DOMAIN; STATS_EMPTY if there is no area or an area has nobody.
 *
 * Source: DerSimonian & Laird (1986), Control. Clin. Trials 7, 177-188.
 * Checked against: R metafor rma(method = "DL") in the reference rows.
 */
STATS_MUST_CHECK stats_status stats_random_effects_logit(const long *yes, const long *n,
                                                         size_t areas,
                                                         struct stats_random_effects *out);

#endif
