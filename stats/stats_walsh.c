// SPDX-License-Identifier: MIT
/* The Hodges-Lehmann estimate. Declared in stats_rank.h. */
#include "stats/stats_num.h"
#include "stats/stats_rank.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <math.h>

#define EXACT_PAIRS 500 /* above, the signed-rank quantile is normal */

/* How many of x[i] + x[j], i <= j, are at most t; x rising. */
static size_t sums_up_to(const double *x, size_t n, double t)
{
    size_t count = 0, j = n;

    for (size_t i = 0; i < n; i++) {
        while (j > 0 && x[i] + x[j - 1] > t)
            j--;
        if (j <= i) break;
        count += j - i;
    }
    return count;
}

/* The smallest x[i] + x[j], i <= j, above t. */
static double next_sum(const double *x, size_t n, double t)
{
    double best = INFINITY;
    size_t j = n;

    for (size_t i = 0; i < n; i++) {
        while (j > 0 && x[i] + x[j - 1] > t)
            j--;
        size_t above = j > i ? j : i;
        if (above < n) best = fmin(best, x[i] + x[above]);
    }
    return best;
}

/* The k-th smallest sum, k from 1: bisect to a gap with one value in it, and take that. */
static double kth_sum(const double *x, size_t n, size_t k)
{
    double low = 2 * x[0], high = 2 * x[n - 1];

    if (sums_up_to(x, n, low) >= k) return low;
    for (int step = 0; step < 200; step++) {
        double middle = low + 0.5 * (high - low);
        if (middle <= low || middle >= high) break;
        if (sums_up_to(x, n, middle) >= k)
            high = middle;
        else
            low = middle;
    }
    return next_sum(x, n, low);
}

static size_t walsh_count(size_t n)
{
    return n * (n + 1) / 2;
}

size_t stats_hodges_lehmann_work(size_t n)
{
    return n + (n <= EXACT_PAIRS ? walsh_count(n) / 2 + 1 : 0);
}

/*
 * The smallest k with P(W <= k) >= tail for the signed-rank sum of n, and P(W <= k - 1):
 * the distribution up to its middle, one rank at a time.
 */
static size_t exact_quantile(size_t n, double tail, double *chance, double *below)
{
    size_t reach = walsh_count(n) / 2;
    double sum = 0;

    for (size_t k = 0; k <= reach; k++)
        chance[k] = k == 0;
    for (size_t rank = 1; rank <= n; rank++)
        for (size_t k = reach + 1; k-- > 0;)
            chance[k] = 0.5 * (chance[k] + (k >= rank ? chance[k - rank] : 0));
    for (size_t k = 0; k <= reach; k++) {
        if (sum + chance[k] >= tail * (1 - 1e-12)) return *below = sum, k;
        sum += chance[k];
    }
    return *below = 0.5, reach;
}

static size_t normal_quantile(size_t n, double tail, double *below)
{
    double m = (double)n, mean = m * (m + 1) / 4, sd = sqrt(m * (m + 1) * (2 * m + 1) / 24);
    double k = ceil(mean + sd * gsl_cdf_ugaussian_Pinv(tail) - 0.5);

    *below = gsl_cdf_ugaussian_P((k - 0.5 - mean) / sd);
    return (size_t)fmax(0, k);
}

stats_status stats_hodges_lehmann(const double *change, size_t n, double conf, double *work,
                                  struct stats_hodges_lehmann *out)
{
    size_t all = walsh_count(n);
    double below, tail = 0.5 * (1 - conf);

    if (n == 0) return STATS_EMPTY;
    if (!stats_is_conf(conf)) return STATS_DOMAIN;
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(change[i])) return STATS_DOMAIN;
        work[i] = change[i];
    }
    gsl_sort(work, 1, n);
    double middle =
        0.25 * (kth_sum(work, n, (all + 1) / 2) + kth_sum(work, n, all / 2 + 1));
    size_t k = n <= EXACT_PAIRS ? exact_quantile(n, tail, work + n, &below)
                                : normal_quantile(n, tail, &below);
    if (k == 0) k = 1, below = pow(0.5, (double)n);
    *out = (struct stats_hodges_lehmann){
        {middle, NAN, NAN},
        1 - 2 * below, (long)k
    };
    if (n < 6) return STATS_OK;
    out->shift.low = 0.5 * kth_sum(work, n, k);
    out->shift.high = 0.5 * kth_sum(work, n, all + 1 - k);
    return STATS_OK;
}
