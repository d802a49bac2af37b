// SPDX-License-Identifier: MIT
/** Weights that make the people who answered look like those they stand for. */
#ifndef STATS_STATS_WEIGHT_H
#define STATS_STATS_WEIGHT_H

#include "stats/stats_cluster.h"
#include "stats/stats_types.h"

/** One classification whose totals are known. */
struct stats_margin {
    const size_t *class_of; /**< per record, < classes */
    size_t classes;
    const double *target; /**< people in each class, > 0 */
};

/**
 * Multiply the weights within each class so that they sum to its target:
 * post-stratification.
 *
 * @param weight  n weights >= 0, changed in place
 * @param work    margin->classes numbers of workspace
 * @return STATS_OK; STATS_EMPTY; STATS_DOMAIN; STATS_UNDEFINED if a class has no record
 * (merge it with another): weights are then unchanged. Source: Holt & Smith (1979), JRSS A
 * 142, 33-46. Checked against: R survey postStratify.
 */
STATS_MUST_CHECK stats_status stats_poststratify(const struct stats_margin *margin,
                                                 size_t n, double *work, double *weight);

/**
 * Raking: post-stratify on one margin after another until all agree to a relative 1e-12.
 *
 * @param margins  count margins
 * @param work     as many numbers as the largest margin has classes
 * @return as stats_poststratify; STATS_NO_CONVERGENCE after 1000 rounds, e.g. if the
 * targets of two margins do not have the same sum. Source: Deming & Stephan (1940), Ann.
 * Math. Stat. 11, 427-444. Checked against: R survey rake.
 */
STATS_MUST_CHECK stats_status stats_rake(const struct stats_margin *margins, size_t count,
                                         size_t n, double *work, double *weight);

/**
 * Kish's design effect of unequal weights, n sum w^2 / (sum w)^2, and n over it.
 * @return STATS_OK; STATS_EMPTY if no weight is positive; STATS_DOMAIN if one is negative.
 * Source: Kish (1965), Survey Sampling, 11.7.
 */
STATS_MUST_CHECK stats_status stats_kish(const double *weight, size_t n, double *deff,
                                         double *n_eff);

/**
 * Mean of y with post-stratified weights and the linearised standard error that credits the
 * known totals: within each class only the deviation from the class mean is left.
 *
 * @param design  its weight must be what stats_poststratify returned
 * @param score   n numbers of workspace
 * @param work    2 * margin->classes numbers of workspace
 * @param se      NAN on STATS_UNDEFINED, where *mean is set
 * @return as stats_design_mean.
 * Checked against: R survey postStratify + svymean with equal weights within classes.
 */
STATS_MUST_CHECK stats_status stats_poststratified_mean(const struct stats_design *design,
                                                        const struct stats_margin *margin,
                                                        const double *y, double *score,
                                                        double *work, double *mean,
                                                        double *se);

#endif
