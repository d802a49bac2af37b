// SPDX-License-Identifier: MIT
#include "stats/stats_shown.h"

#include <limits.h>
#include <math.h>

/* Sum of the counts, and whether every product with units fits. */
static stats_status check_counts(const long *count, size_t n, long units, long *total)
{
    *total = 0;
    if (units < 1) return STATS_DOMAIN;
    for (size_t i = 0; i < n; i++) {
        if (count[i] < 0) return STATS_DOMAIN;
        if (count[i] > LONG_MAX / units || count[i] > LONG_MAX - *total)
            return STATS_TOO_BIG;
        *total += count[i];
    }
    return *total > 0 ? STATS_OK : STATS_EMPTY;
}

/* Insertion sort of places by falling remainder; equal ones keep their order. */
static void by_remainder(const long *count, size_t n, long units, long total, size_t *order)
{
    for (size_t i = 0; i < n; i++) {
        long left = count[i] * units % total;
        size_t at = i;
        for (; at > 0 && count[order[at - 1]] * units % total < left; at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
}

stats_status stats_largest_remainder(const long *count, size_t n, long units, size_t *order,
                                     long *share)
{
    long total, left = units;
    stats_status status = check_counts(count, n, units, &total);

    if (status) return status;
    for (size_t i = 0; i < n; i++) {
        share[i] = count[i] * units / total;
        left -= share[i];
    }
    by_remainder(count, n, units, total, order);
    for (size_t i = 0; left > 0; i++, left--)
        share[order[i]]++;
    return STATS_OK;
}

static long power_of_ten(int exponent)
{
    long power = 1;

    while (exponent-- > 0)
        power *= 10;
    return power;
}

long stats_rounded_percent(long yes, long n, int decimals)
{
    long units = 100 * power_of_ten(decimals), whole = yes / n, rest = yes % n;

    return whole * units + (2 * rest * units + n) / (2 * n);
}

stats_status stats_shown_change(long yes1, long n1, long yes2, long n2, int decimals,
                                struct stats_shown_change *out)
{
    if (yes1 < 0 || yes2 < 0 || yes1 > n1 || yes2 > n2) return STATS_DOMAIN;
    if (decimals < 0 || decimals > 6) return STATS_DOMAIN;
    if (n1 == 0 || n2 == 0) return STATS_EMPTY;
    long double cross = (long double)yes2 * n1 - (long double)yes1 * n2;
    long steps = stats_rounded_percent(yes2, n2, decimals) -
                 stats_rounded_percent(yes1, n1, decimals);
    out->change = (double)(cross / ((long double)n1 * n2));
    out->from_rounded = (double)steps / (double)(100 * power_of_ten(decimals));
    out->relative = yes1 > 0 ? (double)(cross / ((long double)yes1 * n2)) : NAN;
    return STATS_OK;
}

stats_status stats_cumulative(const double *count, const double *profile, size_t n,
                              double *total, double *share)
{
    double seen = 0, expected = 0;

    if (n == 0) return STATS_EMPTY;
    for (size_t i = 0; i < n; i++) {
        if (!(count[i] >= 0 && isfinite(count[i]))) return STATS_DOMAIN;
        if (!(profile[i] >= 0 && isfinite(profile[i]))) return STATS_DOMAIN;
    }
    for (size_t i = 0; i < n; i++) {
        total[i] = seen += count[i];
        expected += profile[i];
        share[i] = expected > 0 ? seen / expected : NAN;
    }
    return STATS_OK;
}
