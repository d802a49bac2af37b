// SPDX-License-Identifier: MIT
/**
 * Estimates from records that are not independent (several services of one client) or do
 * not weigh the same. Taylor linearisation with ultimate clusters: only the totals per
 * cluster count, whatever happens inside them.
 */
#ifndef STATS_STATS_CLUSTER_H
#define STATS_STATS_CLUSTER_H

#include "stats/stats_types.h"

/**
 * How n records were come by; arrays borrowed, one entry per record unless said otherwise.
 * Clusters and strata are numbered from 0; a cluster lies within one stratum.
 */
struct stats_design {
    size_t n;
    const double *weight;  /**< >= 0; NULL when all weigh 1 */
    const size_t *cluster; /**< NULL when every record is its own cluster */
    size_t clusters;       /**< of the whole sample, also those outside a domain */
    const size_t *stratum; /**< NULL when there is one */
    size_t strata;         /**< ignored when stratum is NULL */
    const double *fpc; /**< clusters in the population of the record's stratum; NULL when
                            the records are all there are, or the population endless */
    double *work;      /**< 2 * clusters + 4 * strata numbers (n for clusters and 1 for
                            strata where those are NULL): stats_design_work() */
};

/** Numbers of workspace a design needs. */
size_t stats_design_work(const struct stats_design *design);

/**
 * Variance of a total whose linearised score per record is u (weights already in it):
 *
 *     v = sum over strata of (1 - f) G/(G-1) sum over clusters (u_j - mean u)^2
 *
 * @return STATS_OK; STATS_EMPTY; STATS_DOMAIN for a cluster or stratum number out of range;
 *         STATS_UNDEFINED if a stratum has one cluster only.
 * Source: Korn & Graubard (1999), Analysis of Health Surveys, ch. 2; as R's survey package.
 */
STATS_MUST_CHECK stats_status stats_design_variance(const struct stats_design *design,
                                                    const double *u, double *variance);

/**
 * Degrees of freedom of t limits: clusters less strata, counting those with a record of
 * positive weight in the domain (NULL: all records). 0 when there are none.
 */
double stats_design_df(const struct stats_design *design, const char *domain);

/** A mean or proportion from a design. */
struct stats_design_mean {
    double estimate, se;
    double df;   /**< clusters less strata, of those with records in the domain */
    double n;    /**< records in the domain */
    double deff; /**< variance over that of a simple random sample, (n-1) divisor; NAN for a
                      constant answer */
    double n_eff; /**< n / deff */
};

/**
 * Mean of y over the records of a domain; all clusters stay in G/(G-1), with scores of zero
 * outside the domain.
 *
 * @param y       one number per record; ignored outside the domain
 * @param domain  non-zero inside; NULL for all records
 * @param score   n numbers of workspace (the linearised scores on return)
 * @param out     on STATS_UNDEFINED (one cluster) estimate and n are set and se is NAN
 * @return as stats_design_variance; STATS_EMPTY if the domain has no weight.
 * Checked against: R survey svymean, svymean on subset(); a second implementation.
 */
STATS_MUST_CHECK stats_status stats_design_mean(const struct stats_design *design,
                                                const double *y, const char *domain,
                                                double *score,
                                                struct stats_design_mean *out);

/** estimate -+ t_df se. STATS_UNDEFINED if se is not a number or df < 1. */
STATS_MUST_CHECK stats_status stats_design_t(const struct stats_design_mean *mean,
                                             double conf, struct stats_interval *out);

/**
 * Interval for a proportion from records within clients, the default: t limits on the
 * logit, logit(p) -+ t_df se / (p (1 - p)), turned back.
 *
 * @return STATS_OK; STATS_DOMAIN; STATS_UNDEFINED if se is not a number or df < 1, and when
 * p is 0 or 1: then print the exact interval on the number of clients
 *         (stats_clopper_pearson).
 * Source: Korn & Graubard (1998), Surv. Methodol. 24, 193-201. Checked against: R
 * svyciprop.
 */
STATS_MUST_CHECK stats_status stats_cluster_logit(const struct stats_design_mean *p,
                                                  double conf, struct stats_interval *out);

/**
 * Korn-Graubard: Clopper-Pearson with an effective sample size, times (t_{n-1}/t_df)^2.
 * Returns as stats_cluster_logit. Checked against: R svyciprop(method = "beta").
 */
STATS_MUST_CHECK stats_status stats_cluster_beta(const struct stats_design_mean *p,
                                                 double conf, struct stats_interval *out);

/**
 * Rao-Scott likelihood interval: the shares q whose binomial deviance
 * 2n (p log(p/q) + (1-p) log((1-p)/(1-q))) is at most F(conf; 1, df) times the design's
 * variance over that of n independent records, n/(n-1) included.
 *
 * Returns as stats_cluster_logit; STATS_NO_CONVERGENCE.
 * Source: Rao & Scott (1984); Lumley & Scott (2014), Aust. N. Z. J. Stat. 56, 1-14.
 * Checked against: R svyciprop(method = "likelihood"), which interpolates, to 5e-6.
 */
STATS_MUST_CHECK stats_status stats_cluster_likelihood(const struct stats_design_mean *p,
                                                       double conf,
                                                       struct stats_interval *out);

/** Wilson's interval on n / deff. Returns as stats_cluster_logit. */
STATS_MUST_CHECK stats_status stats_cluster_wilson(const struct stats_design_mean *p,
                                                   double conf, struct stats_interval *out);

#endif
