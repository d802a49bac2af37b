// SPDX-License-Identifier: MIT
/**
 * Logistic regression: which characteristics go with a Yes. The words are "associated
 * with".
 *
 * `x` is a design of n rows by p columns, row after row, with its column of ones; y is 0 or
 * 1. Coefficients are logarithms of odds ratios; readers understand average marginal
 * effects (differences of probabilities, as fractions) better.
 */
#ifndef STATS_STATS_LOGIT_H
#define STATS_STATS_LOGIT_H

#include "stats/stats_types.h"

/** How a logistic model fits. */
struct stats_logit {
    double loglik, null_loglik; /**< of the model, and of the overall share alone */
    size_t events;              /**< rows with y = 1 */
    int iterations;
};

/** long doubles of workspace for a fit with p columns. */
size_t stats_logit_workspace(size_t p);

/**
 * Maximum likelihood by iteratively reweighted least squares, steps halved when they
 * overshoot, to |change of beta| <= 1e-12 (1 + |beta|); the covariance is taken at the
 * final beta.
 *
 * @param beta        p coefficients
 * @param covariance  inverse information, p by p
 * @param work        stats_logit_workspace(p)
 * @return STATS_OK; STATS_EMPTY if n is 0; STATS_DOMAIN if y is not 0 or 1 or x no number;
 *         STATS_UNDEFINED if a column is a combination of the others; STATS_NO_CONVERGENCE
 *         if the estimate does not exist: some combination of columns separates Yes from No
 *         (then use stats_firth_fit).
 *
 * Source: McCullagh & Nelder (1989), Generalized Linear Models, ch. 4; on separation Albert
 * & Anderson (1984), Biometrika 71, 1-10.
 * Checked against: R glm restarted from its own solution, reference rows `logistic`.
 */
STATS_MUST_CHECK stats_status stats_logit_fit(const double *x, const double *y, size_t n,
                                              size_t p, double *beta, double *covariance,
                                              long double *work, struct stats_logit *out);

/** 1 / (1 + exp(-eta)), without overflow. */
double stats_expit(double eta);

/**
 * Fitted probabilities, one per row.
 */
void stats_logit_fitted(const double *x, size_t n, size_t p, const double *beta,
                        double *fitted);

/** What a marginal effect compares. */
struct stats_effect {
    size_t column; /**< of x */
    int indicator; /**< 1: from 0 to 1 (a level against its reference); 0: slope */
    const size_t
        *rivals; /**< columns of the same factor, set to 0 in both; may include it */
    size_t n_rivals;
};

/**
 * Average marginal effect of one column: by how much the probability of Yes differs on
 * average over the rows, with its delta-method standard error.
 *
 *     indicator: mean of p(x with it 1) - p(x with it 0), its rival levels 0 in both
 *     slope:     mean of p (1 - p) beta_j
 *
 * @param work  2 p doubles
 * @param out   estimate and limits as fractions; se through the pointer
 * @return STATS_OK; STATS_EMPTY; STATS_DOMAIN.
 *
 * Source: Bartus (2005), Stata J. 5, 309-329.
 * Checked against: R margins, a numeric gradient; reference rows `logistic_ame`.
 */
STATS_MUST_CHECK stats_status stats_logit_effect(const double *x, size_t n, size_t p,
                                                 const double *beta,
                                                 const double *covariance,
                                                 const struct stats_effect *effect,
                                                 double conf, double *work, double *se,
                                                 struct stats_interval *out);

/**
 * Area under the ROC curve: P(a Yes has a higher fitted probability than a No), ties half.
 *
 * @param work  n doubles
 * @param brier mean squared distance of fitted from y; may be NULL
 * @return STATS_OK; STATS_EMPTY if there is no Yes or no No.
 *
 * Source: Hanley & McNeil (1982), Radiology 143, 29-36; Brier (1950), Mon. Weather Rev. 78,
 * 1-3.
 * Checked against: scipy rank sums, reference rows `logistic_auc`.
 */
STATS_MUST_CHECK stats_status stats_auc(const double *fitted, const double *y, size_t n,
                                        double *work, double *auc, double *brier);

#endif
