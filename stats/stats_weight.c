// SPDX-License-Identifier: MIT
#include "stats/stats_weight.h"

#include <math.h>

static stats_status check_margin(const struct stats_margin *m, const double *weight,
                                 size_t n)
{
    if (n == 0) return STATS_EMPTY;
    for (size_t k = 0; k < m->classes; k++)
        if (!(m->target[k] > 0) || !isfinite(m->target[k])) return STATS_DOMAIN;
    for (size_t i = 0; i < n; i++)
        if (m->class_of[i] >= m->classes || !(weight[i] >= 0)) return STATS_DOMAIN;
    return STATS_OK;
}

static void class_sums(const struct stats_margin *m, const double *weight, size_t n,
                       double *sum)
{
    for (size_t k = 0; k < m->classes; k++)
        sum[k] = 0;
    for (size_t i = 0; i < n; i++)
        sum[m->class_of[i]] += weight[i];
}

stats_status stats_poststratify(const struct stats_margin *m, size_t n, double *sum,
                                double *weight)
{
    stats_status status = check_margin(m, weight, n);

    if (status) return status;
    class_sums(m, weight, n, sum);
    for (size_t k = 0; k < m->classes; k++)
        if (sum[k] == 0) return STATS_UNDEFINED;
    for (size_t i = 0; i < n; i++)
        weight[i] *= m->target[m->class_of[i]] / sum[m->class_of[i]];
    return STATS_OK;
}

/* The largest relative distance of a class from its target. */
static double worst_miss(const struct stats_margin *margins, size_t count,
                         const double *weight, size_t n, double *sum)
{
    double worst = 0;

    for (size_t a = 0; a < count; a++) {
        class_sums(&margins[a], weight, n, sum);
        for (size_t k = 0; k < margins[a].classes; k++)
            worst = fmax(worst, fabs(sum[k] / margins[a].target[k] - 1));
    }
    return worst;
}

stats_status stats_rake(const struct stats_margin *margins, size_t count, size_t n,
                        double *sum, double *weight)
{
    for (size_t a = 0; a < count; a++) {
        stats_status status = check_margin(&margins[a], weight, n);
        if (status) return status;
        class_sums(&margins[a], weight, n, sum);
        for (size_t k = 0; k < margins[a].classes; k++)
            if (sum[k] == 0) return STATS_UNDEFINED;
    }
    for (int round = 0; round < 1000; round++) {
        for (size_t a = 0; a < count; a++) {
            stats_status status = stats_poststratify(&margins[a], n, sum, weight);
            if (status) return status;
        }
        if (worst_miss(margins, count, weight, n, sum) < 1e-12) return STATS_OK;
    }
    return STATS_NO_CONVERGENCE;
}

stats_status stats_kish(const double *weight, size_t n, double *deff, double *n_eff)
{
    long double sum = 0, squares = 0;

    for (size_t i = 0; i < n; i++) {
        if (!(weight[i] >= 0)) return STATS_DOMAIN;
        sum += weight[i];
        squares += (long double)weight[i] * weight[i];
    }
    if (!(sum > 0)) return STATS_EMPTY;
    *n_eff = (double)(sum * sum / squares);
    *deff = (double)(n * squares / (sum * sum));
    return STATS_OK;
}

stats_status stats_poststratified_mean(const struct stats_design *d,
                                       const struct stats_margin *m, const double *y,
                                       double *score, double *work, double *mean,
                                       double *se)
{
    double *sum = work, *moment = work + m->classes, variance;
    long double weights = 0, total = 0;

    if (!d->weight) return STATS_DOMAIN;
    stats_status status = check_margin(m, d->weight, d->n);
    if (status) return status;
    class_sums(m, d->weight, d->n, sum);
    for (size_t k = 0; k < m->classes; k++)
        moment[k] = 0;
    for (size_t i = 0; i < d->n; i++) {
        if (!isfinite(y[i])) return STATS_DOMAIN;
        weights += d->weight[i];
        total += (long double)d->weight[i] * y[i];
        moment[m->class_of[i]] += d->weight[i] * y[i];
    }
    if (!(weights > 0)) return STATS_EMPTY;
    for (size_t i = 0; i < d->n; i++) {
        size_t k = m->class_of[i];
        double own = sum[k] > 0 ? moment[k] / sum[k] : 0;
        score[i] = (double)(d->weight[i] * (y[i] - own) / weights);
    }
    *mean = (double)(total / weights);
    *se = NAN;
    if ((status = stats_design_variance(d, score, &variance))) return status;
    *se = sqrt(variance);
    return STATS_OK;
}
