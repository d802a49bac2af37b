// SPDX-License-Identifier: MIT
/**
 * Small dense linear algebra in extended precision, for the regression models: a handful of
 * unknowns, any number of rows. Matrices are row after row. Nothing is allocated.
 *
 * `long double` has 64 bits of mantissa on x86-64: normal equations, which square the
 * condition number, then lose no more than double precision would with an orthogonal
 * method.
 */
#ifndef STATS_STATS_SOLVE_H
#define STATS_STATS_SOLVE_H

#include "stats/stats_types.h"

/**
 * Replace a symmetric positive definite matrix by its inverse.
 *
 * @param a        p by p; only the lower triangle is read, all of it is written
 * @param log_det  the logarithm of its determinant; may be NULL
 * @return STATS_OK; STATS_UNDEFINED if a column is a combination of those before it (its
 *         variance given them is under 1e-13 of its own); `a` is spoilt then.
 */
STATS_MUST_CHECK stats_status stats_invert(long double *a, size_t p, long double *log_det);

/**
 * Least squares by Householder reflections.
 *
 * @param x        n by p with n >= p, overwritten
 * @param y        n values, overwritten
 * @param beta     p coefficients
 * @param inverse  (x'x)^-1, p by p
 * @param rss      residual sum of squares
 * @return STATS_OK; STATS_EMPTY if there are fewer rows than columns; STATS_UNDEFINED if a
 *         column is a combination of those before it.
 *
 * Source: Golub & Van Loan (2013), Matrix Computations, 4th ed., algorithm 5.3.2.
 * Checked against: NIST StRD Longley and Norris, reference rows `nist_linreg`.
 */
STATS_MUST_CHECK stats_status stats_least_squares(long double *x, long double *y, size_t n,
                                                  size_t p, double *beta, double *inverse,
                                                  double *rss);

/** out = a b a for symmetric p by p `a` (bread) and `b` (meat): the sandwich. */
void stats_sandwich(const double *a, const double *b, size_t p, double *out);

#endif
