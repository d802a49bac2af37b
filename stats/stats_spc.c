// SPDX-License-Identifier: MIT
#include "stats/stats_spc.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stats/stats_num.h"

/* Expected range of two standard normal values, and the factor of the range's upper
 * limit. */
static const double D2 = 1.128, D4 = 3.267;

static int all_finite(const double *x, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!isfinite(x[i])) return 0;
    return 1;
}

/* ---- XmR --------------------------------------------------------------------------- */

/* Mean of the moving ranges up to a limit; all of them for INFINITY. */
static double mean_range(const double *x, size_t n, double limit)
{
    long double sum = 0;
    size_t counted = 0;

    for (size_t i = 1; i < n; i++) {
        double range = fabs(x[i] - x[i - 1]);
        if (range > limit) continue;
        sum += range;
        counted++;
    }
    return counted ? (double)(sum / counted) : 0;
}

stats_status stats_xmr(const double *x, size_t n, struct stats_xmr *out)
{
    struct stats_xmr chart = {0};

    if (n < 2) return STATS_EMPTY;
    if (!all_finite(x, n)) return STATS_DOMAIN;
    chart.centre = (double)(stats_sum(x, n) / n);
    chart.mean_range = mean_range(x, n, INFINITY);
    chart.range_high = D4 * chart.mean_range;
    chart.screened_range = mean_range(x, n, chart.range_high);
    chart.low = chart.centre - 3 * chart.mean_range / D2;
    chart.high = chart.centre + 3 * chart.mean_range / D2;
    chart.screened_low = chart.centre - 3 * chart.screened_range / D2;
    chart.screened_high = chart.centre + 3 * chart.screened_range / D2;
    for (size_t i = 0; i < n; i++)
        chart.outside += x[i] < chart.low || x[i] > chart.high;
    *out = chart;
    return STATS_OK;
}

/* ---- p chart ----------------------------------------------------------------------- */

static double laney_sigma(const long *yes, const long *n, size_t periods, double pooled)
{
    long double sum = 0;
    size_t steps = 0;
    double last = NAN;

    for (size_t i = 0; i < periods; i++) {
        if (n[i] == 0) continue;
        double share = (double)yes[i] / (double)n[i];
        double z = (share - pooled) / sqrt(pooled * (1 - pooled) / (double)n[i]);
        if (!isnan(last)) {
            sum += fabs(z - last);
            steps++;
        }
        last = z;
    }
    return steps && pooled > 0 && pooled < 1 ? (double)(sum / steps) / D2 : NAN;
}

stats_status stats_p_chart(const long *yes, const long *n, size_t periods, double *pooled,
                           double *low, double *high, double *sigma_z)
{
    double total_yes = 0, total_n = 0;

    for (size_t i = 0; i < periods; i++) {
        if (n[i] < 0 || yes[i] < 0 || yes[i] > n[i]) return STATS_DOMAIN;
        total_yes += (double)yes[i];
        total_n += (double)n[i];
    }
    if (total_n == 0) return STATS_EMPTY;

    double p = total_yes / total_n;
    for (size_t i = 0; i < periods; i++) {
        double half = n[i] ? 3 * sqrt(p * (1 - p) / (double)n[i]) : NAN;
        low[i] = n[i] ? stats_clamp(p - half, 0, 1) : NAN;
        high[i] = n[i] ? stats_clamp(p + half, 0, 1) : NAN;
    }
    *pooled = p;
    *sigma_z = laney_sigma(yes, n, periods, p);
    return STATS_OK;
}

/* ---- run chart --------------------------------------------------------------------- */

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median_of(const double *x, size_t n, double *work)
{
    memcpy(work, x, n * sizeof *x);
    qsort(work, n, sizeof *work, ascending);
    return n % 2 ? work[n / 2] : (work[n / 2 - 1] + work[n / 2]) / 2;
}

/* Runs and crossings; points on the median are passed over. */
static void count_runs(const double *x, size_t n, struct stats_run_chart *chart)
{
    long run = 0;
    int side = 0;

    for (size_t i = 0; i < n; i++) {
        int now = (x[i] > chart->median) - (x[i] < chart->median);
        if (now == 0) continue;
        chart->crossings += side != 0 && now != side;
        run = now == side ? run + 1 : 1;
        side = now;
        chart->useful++;
        if (run > chart->longest_run) chart->longest_run = run;
    }
}

static long fewest_crossings(long steps)
{
    long k = 0;
    while (k < steps && stats_binomial_lower(k, steps, 0.5) < 0.05)
        k++;
    return k;
}

stats_status stats_run_chart(const double *x, size_t n, double *work,
                             struct stats_run_chart *out)
{
    struct stats_run_chart chart = {0};

    if (n == 0) return STATS_EMPTY;
    if (!all_finite(x, n)) return STATS_DOMAIN;
    chart.median = median_of(x, n, work);
    count_runs(x, n, &chart);
    if (chart.useful > 0) {
        chart.longest_max = lround(log2((double)chart.useful)) + 3;
        chart.crossings_min = fewest_crossings(chart.useful - 1);
        chart.signal =
            chart.longest_run > chart.longest_max || chart.crossings < chart.crossings_min;
    }
    *out = chart;
    return STATS_OK;
}
