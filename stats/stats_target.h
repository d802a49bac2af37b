// SPDX-License-Identifier: MIT
/**
 * Target attainment: how sure are we that the rate is at or above the target, and how
 * likely is the programme to reach its number by the end. Probabilities are fractions.
 *
 * Only clients followed for long enough may be counted: a cohort still waiting for its
 * outcome belongs in a survival estimate (stats_survival), not here.
 */
#ifndef STATS_STATS_TARGET_H
#define STATS_STATS_TARGET_H

#include "stats/stats_types.h"

/** Belief about a rate before the data: Beta(a, b); {0.5, 0.5} is Jeffreys' choice. */
struct stats_prior {
    double a, b;
};

/** Belief about a rate after the data. */
struct stats_posterior {
    double at_least;                /**< P(rate >= target) */
    struct stats_interval credible; /**< estimate is the posterior mean */
};

/**
 * Posterior of a rate after x of n, against a target.
 *
 *     rate ~ Beta(a + x, b + n - x)
 *
 * With n = 0 the prior itself is reported: not an error, but say so.
 *
 * @param target  0 to 1; @param conf mass of the central credible interval
 * @return STATS_OK; STATS_DOMAIN; STATS_NO_CONVERGENCE.
 *
 * Source: the conjugate beta-binomial model, e.g. Gelman et al., Bayesian Data Analysis
 * (3rd ed.), section 2.4. Checked against: R pbeta, qbeta in the reference rows
 * `target_posterior`.
 */
STATS_MUST_CHECK stats_status stats_target_posterior(long x, long n, double target,
                                                     struct stats_prior prior, double conf,
                                                     struct stats_posterior *out);

/** What the end of the programme may look like. */
struct stats_prediction {
    double reach;          /**< P(total >= goal) given the data so far */
    double expected_total; /**< successes at the end on average */
    double if_on_target;   /**< P(total >= goal) if the true rate is goal / clients */
};

/**
 * Chance of reaching `goal` successes among `clients` in all, after x of n.
 *
 * The remaining clients - n outcomes are beta-binomial with the posterior's parameters.
 * A goal already reached is 1, one out of reach 0, exactly.
 *
 * @return STATS_OK; STATS_DOMAIN (also when clients < n); STATS_EMPTY if clients is 0.
 *
 * Source: as stats_target_posterior. Checked against: 40-digit sums in the reference rows
 * `target_predictive`.
 */
STATS_MUST_CHECK stats_status stats_target_predict(long x, long n, long clients, long goal,
                                                   struct stats_prior prior,
                                                   struct stats_prediction *out);

#endif
