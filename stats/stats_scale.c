// SPDX-License-Identifier: MIT
#include "stats/stats_scale.h"

#include <math.h>

#include "stats/stats_num.h"

stats_status stats_scale_total(const double *items, size_t n, double low, double high,
                               long may_miss, double *total)
{
    long double sum = 0;
    size_t answered = 0;

    if (n == 0 || !(low <= high) || may_miss < 0) return STATS_DOMAIN;
    for (size_t i = 0; i < n; i++) {
        if (isnan(items[i])) continue;
        if (items[i] < low || items[i] > high) return STATS_DOMAIN;
        sum += items[i];
        answered++;
    }
    if (answered == 0) return STATS_EMPTY;
    if (n - answered > (size_t)may_miss) return STATS_UNDEFINED;
    *total = (double)(answered == n ? sum : sum * n / answered);
    return STATS_OK;
}

double stats_scale_reverse(double answer, double low, double high)
{
    return low + high - answer;
}

stats_status stats_scale_convert(double score, const double *from, const double *to,
                                 size_t n, double *converted)
{
    if (isnan(score)) return STATS_EMPTY;
    for (size_t i = 0; i < n; i++)
        if (from[i] == score) {
            *converted = to[i];
            return STATS_OK;
        }
    return STATS_UNDEFINED;
}

stats_status stats_scale_band(double score, const double *low, const double *high, size_t n,
                              size_t *band)
{
    if (isnan(score)) return STATS_EMPTY;
    if (n == 0 || score < low[0] || score > high[n - 1]) return STATS_DOMAIN;

    size_t b = n - 1;
    while (score < low[b])
        b--;
    *band = b;
    return STATS_OK;
}

stats_status stats_reliable_change(double initial, double latest, double sd,
                                   double reliability, double conf,
                                   struct stats_reliable *out)
{
    if (!isfinite(initial) || !isfinite(latest)) return STATS_EMPTY;
    if (!(sd > 0) || !isfinite(sd) || !(reliability >= 0 && reliability <= 1) ||
        !stats_is_conf(conf))
        return STATS_DOMAIN;
    if (reliability == 1) return STATS_UNDEFINED;

    double sem = sd * sqrt(1 - reliability);
    double s_diff = sem * sqrt(2);
    *out = (struct stats_reliable){sem, s_diff, (latest - initial) / s_diff,
                                   stats_z(conf) * s_diff};
    return STATS_OK;
}

enum stats_change stats_scale_change(double initial, double latest, double threshold,
                                     int higher_is_better)
{
    double gain = higher_is_better ? latest - initial : initial - latest;

    if (gain >= threshold && gain > 0) return STATS_CHANGE_BETTER;
    if (-gain >= threshold && gain < 0) return STATS_CHANGE_WORSE;
    return STATS_CHANGE_NONE;
}

stats_status stats_clinical_cutoff(double mean_clinical, double sd_clinical,
                                   double mean_general, double sd_general, double *c)
{
    if (!isfinite(mean_clinical) || !isfinite(mean_general) || !(sd_clinical >= 0) ||
        !(sd_general >= 0) || isinf(sd_clinical) || isinf(sd_general))
        return STATS_DOMAIN;

    double both = sd_clinical + sd_general;
    if (both == 0) return STATS_UNDEFINED;
    *c = (sd_clinical * mean_general + sd_general * mean_clinical) / both;
    return STATS_OK;
}

/* ---- Cronbach's alpha -------------------------------------------------------------- */

/* One person's items, or their sum when item == k. */
static long double score(const double *person, size_t k, size_t item)
{
    long double sum = 0;

    if (item < k) return person[item];
    for (size_t j = 0; j < k; j++)
        sum += person[j];
    return sum;
}

/* Sum of squares about the mean, in two passes. */
static long double spread(const double *items, size_t n, size_t k, size_t item)
{
    long double mean = 0, squares = 0;

    for (size_t i = 0; i < n; i++)
        mean += score(items + i * k, k, item);
    mean /= n;
    for (size_t i = 0; i < n; i++) {
        long double d = score(items + i * k, k, item) - mean;
        squares += d * d;
    }
    return squares;
}

/* Quantile of F through the beta whose inverse is safe: GSL's F quantile shares the fault
 * of its beta quantile. */
static stats_status f_quantile(double prob, double df1, double df2, double *f)
{
    double x;
    stats_status status = stats_beta_quantile(prob, df1 / 2, df2 / 2, &x);
    if (status == STATS_OK) *f = df2 * x / (df1 * (1 - x));
    return status;
}

stats_status stats_cronbach_alpha(const double *items, size_t n, size_t k, double conf,
                                  struct stats_interval *out)
{
    long double of_items = 0, of_total;
    double f_low, f_high, tail = (1 - conf) / 2;

    if (n < 2) return STATS_EMPTY;
    if (k < 2 || !stats_is_conf(conf)) return STATS_DOMAIN;
    for (size_t i = 0; i < n * k; i++)
        if (!isfinite(items[i])) return STATS_DOMAIN;
    for (size_t j = 0; j < k; j++)
        of_items += spread(items, n, k, j);
    of_total = spread(items, n, k, k);
    if (!(of_total > 0)) return STATS_UNDEFINED;

    double alpha = (double)((long double)k / (k - 1) * (1 - of_items / of_total));
    double df1 = (double)n - 1, df2 = df1 * ((double)k - 1);
    stats_status status = f_quantile(1 - tail, df1, df2, &f_high);
    if (status == STATS_OK) status = f_quantile(tail, df1, df2, &f_low);
    if (status == STATS_OK)
        *out = (struct stats_interval){alpha, 1 - (1 - alpha) * f_high,
                                       1 - (1 - alpha) * f_low};
    return status;
}
