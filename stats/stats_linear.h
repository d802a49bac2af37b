// SPDX-License-Identifier: MIT
/**
 * Linear regression by least squares, with standard errors that allow for unequal variances
 * or for several records of one person.
 *
 * `x` is a design of n rows by p columns, row after row, with its column of ones if an
 * intercept is wanted. Matrices of covariances are p by p.
 */
#ifndef STATS_STATS_LINEAR_H
#define STATS_STATS_LINEAR_H

#include "stats/stats_types.h"

/** How well a line fits. */
struct stats_linear {
    double rss;       /**< residual sum of squares */
    double sigma;     /**< residual standard deviation, sqrt(rss / (n - p)); NAN if n = p */
    double r_squared; /**< share of the variance about the mean; NAN if y never varies */
};

/** long doubles of workspace for a fit of n rows and p columns. */
size_t stats_linear_workspace(size_t n, size_t p);

/**
 * Ordinary least squares.
 *
 * @param beta    p coefficients
 * @param inverse (x'x)^-1; the classical covariance is sigma^2 times it
 * @param work    stats_linear_workspace(n, p)
 * @return STATS_OK; STATS_EMPTY if n < p; STATS_DOMAIN if a value is no number;
 *         STATS_UNDEFINED if a column is a combination of the others.
 *
 * Solved by Householder reflections in extended precision: Longley's data keep 12 digits.
 * Checked against: NIST StRD certified values, reference rows `nist_linreg`.
 */
STATS_MUST_CHECK stats_status stats_linear_fit(const double *x, const double *y, size_t n,
                                               size_t p, double *beta, double *inverse,
                                               long double *work, struct stats_linear *out);

/**
 * Which correction a heteroscedasticity-consistent covariance makes for fitted residuals.
 */
enum stats_hc {
    STATS_HC0, /**< e^2 */
    STATS_HC1, /**< e^2 n / (n - p) */
    STATS_HC2, /**< e^2 / (1 - h) */
    STATS_HC3  /**< e^2 / (1 - h)^2: the one for small samples */
};

/**
 * Heteroscedasticity-consistent covariance of a least-squares fit.
 *
 *     inverse (sum w_i x_i x_i') inverse, w_i as the type says, h_i = x_i' inverse x_i
 *
 * @param meat  p * p doubles of workspace
 * @return STATS_OK; STATS_UNDEFINED if n = p for HC1, or some h_i is 1 for HC2 and HC3.
 *
 * Source: MacKinnon & White (1985), J. Econometrics 29, 305-325.
 * Checked against: R sandwich::vcovHC, reference rows `ols_hc_robust`.
 */
STATS_MUST_CHECK stats_status stats_linear_hc(const double *x, const double *y, size_t n,
                                              size_t p, const double *beta,
                                              const double *inverse, enum stats_hc type,
                                              double *meat, double *covariance);

/**
 * Cluster-robust covariance from scores: bread (sum over clusters s s') bread, unadjusted.
 *
 * For least squares the score of a row is its residual times its x; for a logistic model
 * (y - fitted) times x. Multiply the result by G/(G-1) (few clusters) and by (n-1)/(n-p)
 * for the customary CR1.
 *
 * @param residual  n residuals, y - fitted
 * @param cluster   n codes 0 .. clusters-1, in any order
 * @param bread     (x'x)^-1, or (x'Wx)^-1 for a logistic model
 * @param work      clusters * p + p * p doubles
 * @return STATS_OK; STATS_UNDEFINED for fewer than two clusters.
 *
 * Source: Liang & Zeger (1986), Biometrika 73, 13-22.
 * Checked against: R sandwich::vcovCL, reference rows `ols_cluster_robust`,
 * `logistic_cluster_robust`.
 */
STATS_MUST_CHECK stats_status stats_cluster_covariance(
    const double *x, const double *residual, const size_t *cluster, size_t n, size_t p,
    size_t clusters, const double *bread, double *work, double *covariance);

/** Fitted value of a row: x'beta. */
double stats_linear_predictor(const double *row, const double *beta, size_t p);

#endif
