// SPDX-License-Identifier: MIT
#include "stats/stats_base.h"

/* Whole counts c with |100 c / n - p| <= half a unit of the last decimal; with `unit` units
 * to a percent that is (2p - 1) n <= 200 unit c <= (2p + 1) n. */
struct range {
    long long low, high;
};

static const long long LARGEST = 1000000000; /* keeps every product below 2^63 */

static struct range rounding_range(long percent, long long unit, long n)
{
    long long step = 200 * unit;
    long long bottom = (2LL * percent - 1) * n, top = (2LL * percent + 1) * n;
    struct range range = {bottom <= 0 ? 0 : (bottom + step - 1) / step, top / step};

    if (range.high > n) range.high = n;
    return range;
}

static long nearest(long percent, long long unit, long n, struct range range)
{
    long long step = 200 * unit, count = (2LL * percent * n + step / 2) / step;

    if (count < range.low) count = range.low;
    return (long)(count > range.high ? range.high : count);
}

/* Move counts within their ranges, first to last, until they sum to n. */
static void settle(const long *percent, size_t k, long long unit, long n, long long gap,
                   long *counts)
{
    for (size_t i = 0; i < k && gap != 0; i++) {
        struct range range = rounding_range(percent[i], unit, n);
        long long move = gap;
        if (counts[i] + move > range.high) move = range.high - counts[i];
        if (counts[i] + move < range.low) move = range.low - counts[i];
        counts[i] += (long)move;
        gap -= move;
    }
}

static int is_possible(const long *percent, size_t k, int decimals, long n)
{
    if (k == 0 || decimals < 0 || decimals > 6 || n < 1 || n > LARGEST) return 0;
    for (size_t i = 0; i < k; i++)
        if (percent[i] < 0 || percent[i] > LARGEST) return 0;
    return 1;
}

static long long units(int decimals)
{
    long long unit = 1;
    while (decimals-- > 0)
        unit *= 10;
    return unit;
}

stats_status stats_base_fits(const long *percent, size_t k, int decimals, long n,
                             int must_sum, long *counts)
{
    long long unit = units(decimals), least = 0, most = 0, sum = 0;

    if (!is_possible(percent, k, decimals, n)) return STATS_DOMAIN;
    for (size_t i = 0; i < k; i++) {
        struct range range = rounding_range(percent[i], unit, n);
        if (range.low > range.high) return STATS_UNDEFINED;
        least += range.low;
        most += range.high;
    }
    if (must_sum && (n < least || n > most)) return STATS_UNDEFINED;

    for (size_t i = 0; i < k; i++) {
        counts[i] = nearest(percent[i], unit, n, rounding_range(percent[i], unit, n));
        sum += counts[i];
    }
    if (must_sum) settle(percent, k, unit, n, n - sum, counts);
    return STATS_OK;
}

stats_status stats_base_search(const long *percent, size_t k, int decimals, long from,
                               long to, int must_sum, long *smallest, long *fitting,
                               long *counts)
{
    long found = 0, least = 0;

    if (from > to || !is_possible(percent, k, decimals, from) ||
        !is_possible(percent, k, decimals, to))
        return STATS_DOMAIN;
    for (long n = to; n >= from; n--) {
        /* downwards, so that the counts left behind are the smallest base's */
        if (stats_base_fits(percent, k, decimals, n, must_sum, counts) != STATS_OK)
            continue;
        least = n;
        found++;
    }
    if (found == 0) return STATS_UNDEFINED;
    *smallest = least;
    *fitting = found;
    return STATS_OK;
}
