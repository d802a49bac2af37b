// SPDX-License-Identifier: MIT
/**
 * Firth's penalised logistic regression: finite answers where ordinary maximum likelihood
 * has none (a cell of the data without any Yes) and less biased ones where events are few;
 * use it below about ten events per parameter. Designs are as in stats_logit.h.
 */
#ifndef STATS_STATS_FIRTH_H
#define STATS_STATS_FIRTH_H

#include "stats/stats_types.h"

/** long doubles of workspace for p columns and n rows. */
size_t stats_firth_workspace(size_t n, size_t p);

/**
 * Maximum of the likelihood times the root of the information's determinant.
 *
 *     score_j = sum (y - pi + h (1/2 - pi)) x_j,  h the leverages; steps capped at 0.5
 *
 * @param beta        p coefficients
 * @param covariance  inverse information at beta, p by p (for Wald standard errors; the
 *                    profile limits are better)
 * @param loglik      the penalised log-likelihood there
 * @return STATS_OK; STATS_EMPTY; STATS_DOMAIN; STATS_UNDEFINED if a column is a combination
 *         of the others; STATS_NO_CONVERGENCE.
 *
 * Source: Firth (1993), Biometrika 80, 27-38; Heinze & Schemper (2002), Stat. Med. 21,
 * 2409-19.
 * Checked against: R logistf, reference rows `logistic_firth`.
 */
STATS_MUST_CHECK stats_status stats_firth_fit(const double *x, const double *y, size_t n,
                                              size_t p, double *beta, double *covariance,
                                              long double *work, double *loglik);

/**
 * Profile penalised-likelihood interval of one coefficient and the test that it is 0.
 *
 *     limits: 2 (l(beta) - max over the others of l | beta_j) = chi-square quantile
 *
 * @param beta,covariance,loglik  from stats_firth_fit
 * @param j      the coefficient
 * @param trial  p doubles of workspace
 * @param out    a limit further than 1000 standard errors away is infinite
 * @param p_value of the penalised likelihood ratio for beta_j = 0
 * @return as stats_firth_fit.
 *
 * Source: Heinze & Schemper (2002).
 */
STATS_MUST_CHECK stats_status stats_firth_profile(
    const double *x, const double *y, size_t n, size_t p, const double *beta,
    const double *covariance, double loglik, size_t j, double conf, double *trial,
    long double *work, struct stats_interval *out, double *p_value);

#endif
