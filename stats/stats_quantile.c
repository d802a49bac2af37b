// SPDX-License-Identifier: MIT
#include "stats/stats_quantile.h"
#include "stats/stats_num.h"

#include <float.h>
#include <gsl/gsl_sort.h>
#include <math.h>

void stats_sort(double *x, size_t n)
{
    gsl_sort(x, 1, n);
}

static stats_status check_sorted(const double *x, size_t n)
{
    if (n == 0) return STATS_EMPTY;
    if (!isfinite(x[0]) || !isfinite(x[n - 1])) return STATS_DOMAIN;
    for (size_t i = 1; i < n; i++)
        if (!(x[i - 1] <= x[i])) return STATS_DOMAIN;
    return STATS_OK;
}

/* The largest k with P(Binomial(n, 1/2) <= k - 1) <= tail. */
static long order_from_end(long n, double tail)
{
    long fits = 0, too_many = n / 2 + 1;

    while (too_many - fits > 1) {
        long k = fits + (too_many - fits) / 2;
        if (stats_binomial_lower(k - 1, n, 0.5) <= tail)
            fits = k;
        else
            too_many = k;
    }
    return fits;
}

stats_status stats_median(const double *x, size_t n, double conf, struct stats_median *out)
{
    stats_status status = check_sorted(x, n);

    if (status) return status;
    if (!stats_is_conf(conf)) return STATS_DOMAIN;
    long k = order_from_end((long)n, 0.5 * (1 - conf));
    *out = (struct stats_median){0.5 * (x[(n - 1) / 2] + x[n / 2]), NAN, NAN, k, NAN};
    if (k == 0) return STATS_OK;
    out->low = x[k - 1];
    out->high = x[n - (size_t)k];
    out->achieved = 1 - 2 * stats_binomial_lower(k - 1, (long)n, 0.5);
    return STATS_OK;
}

/* Where the quantile lies among the scores, 1 being the first. */
static double place(double n, double prob, int type)
{
    switch (type) {
    case 2:
        return n * prob;
    case 6:
        return (n + 1) * prob;
    case 7:
        return 1 + (n - 1) * prob;
    case 8:
        return (n + 1.0 / 3) * prob + 1.0 / 3;
    default:
        return NAN;
    }
}

stats_status stats_quantile(const double *x, size_t n, double prob, int type, double *out)
{
    stats_status status = check_sorted(x, n);
    double at = place((double)n, prob, type), fuzz = 4 * DBL_EPSILON;

    if (status) return status;
    if (isnan(at) || !(prob >= 0 && prob <= 1)) return STATS_DOMAIN;
    double whole = floor(at + fuzz), part = at - whole;
    if (fabs(part) < fuzz) part = 0;
    if (type == 2) part = part > 0 ? 1 : 0.5; /* the mean of two scores at a step */
    size_t below = (size_t)stats_clamp(whole, 1, (double)n);
    size_t above = (size_t)stats_clamp(whole + 1, 1, (double)n);
    if (part == 0)
        *out = x[below - 1];
    else if (part == 1)
        *out = x[above - 1];
    else
        *out = (1 - part) * x[below - 1] + part * x[above - 1];
    return STATS_OK;
}
