// SPDX-License-Identifier: MIT
#include "stats/stats_linear.h"

#include <math.h>
#include <string.h>

#include "stats/stats_solve.h"

size_t stats_linear_workspace(size_t n, size_t p)
{
    return n * p + n;
}

double stats_linear_predictor(const double *row, const double *beta, size_t p)
{
    long double eta = 0;
    for (size_t j = 0; j < p; j++)
        eta += (long double)row[j] * beta[j];
    return (double)eta;
}

/* Sum of squares about the mean. */
static double spread(const double *y, size_t n)
{
    long double mean = 0, squares = 0;
    for (size_t i = 0; i < n; i++)
        mean += y[i];
    mean /= n;
    for (size_t i = 0; i < n; i++)
        squares += (y[i] - mean) * (y[i] - mean);
    return (double)squares;
}

stats_status stats_linear_fit(const double *x, const double *y, size_t n, size_t p,
                              double *beta, double *inverse, long double *work,
                              struct stats_linear *out)
{
    long double *right = work + n * p;
    double rss;

    if (n == 0 || n < p) return STATS_EMPTY;
    for (size_t i = 0; i < n * p; i++) {
        if (!isfinite(x[i])) return STATS_DOMAIN;
        work[i] = x[i];
    }
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(y[i])) return STATS_DOMAIN;
        right[i] = y[i];
    }
    stats_status status = stats_least_squares(work, right, n, p, beta, inverse, &rss);
    if (status != STATS_OK) return status;

    double about_mean = spread(y, n);
    *out = (struct stats_linear){rss, n > p ? sqrt(rss / (double)(n - p)) : NAN,
                                 about_mean > 0 ? 1 - rss / about_mean : NAN};
    return STATS_OK;
}

/* ---- heteroscedasticity ------------------------------------------------------------ */

static double leverage(const double *row, const double *inverse, size_t p)
{
    long double h = 0;
    for (size_t j = 0; j < p; j++)
        for (size_t k = 0; k < p; k++)
            h += (long double)row[j] * inverse[j * p + k] * row[k];
    return (double)h;
}

/* meat += w row row' */
static void add_outer(double *meat, const double *row, size_t p, double w)
{
    for (size_t j = 0; j < p; j++)
        for (size_t k = 0; k < p; k++)
            meat[j * p + k] += w * row[j] * row[k];
}

stats_status stats_linear_hc(const double *x, const double *y, size_t n, size_t p,
                             const double *beta, const double *inverse, enum stats_hc type,
                             double *meat, double *covariance)
{
    if (type == STATS_HC1 && n <= p) return STATS_UNDEFINED;
    memset(meat, 0, p * p * sizeof *meat);
    for (size_t i = 0; i < n; i++) {
        const double *row = x + i * p;
        double e = y[i] - stats_linear_predictor(row, beta, p), w = e * e;
        double left = 1 - leverage(row, inverse, p);

        if (type >= STATS_HC2 && left < 1e-12) return STATS_UNDEFINED;
        if (type == STATS_HC1)
            w *= (double)n / (double)(n - p);
        else if (type == STATS_HC2)
            w /= left;
        else if (type == STATS_HC3)
            w /= left * left;
        add_outer(meat, row, p, w);
    }
    stats_sandwich(inverse, meat, p, covariance);
    return STATS_OK;
}

/* ---- clusters ---------------------------------------------------------------------- */

stats_status stats_cluster_covariance(const double *x, const double *residual,
                                      const size_t *cluster, size_t n, size_t p,
                                      size_t clusters, const double *bread, double *work,
                                      double *covariance)
{
    double *score = work, *meat = work + clusters * p;

    if (clusters < 2) return STATS_UNDEFINED;
    memset(work, 0, (clusters * p + p * p) * sizeof *work);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < p; j++)
            score[cluster[i] * p + j] += residual[i] * x[i * p + j];
    for (size_t g = 0; g < clusters; g++)
        add_outer(meat, score + g * p, p, 1);
    stats_sandwich(bread, meat, p, covariance);
    return STATS_OK;
}
