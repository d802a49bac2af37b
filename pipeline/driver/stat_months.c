// SPDX-License-Identifier: MIT
/* reckon stat: counts over time, and the base behind published percentages. */
#include <math.h>
#include <string.h>

#include "pipeline/base/rk_text.h"
#include "pipeline/driver/stat.h"
#include "stats/stats_base.h"
#include "stats/stats_spc.h"

static void ask_xmr(struct stat_call *call)
{
    struct stat_vector x = stat_numbers(call, "x");
    struct stats_xmr c;

    if (stat_stopped(call)) return;
    stats_status status = stats_xmr(x.value, x.n, &c);
    if (status == STATS_EMPTY) stat_refuse(call, "a chart needs two periods or more");
    if (!stat_ok(call, status)) return;
    stat_put(call, "centre", c.centre);
    stat_put(call, "mean_mr", c.mean_range);
    stat_put(call, "lcl", c.low);
    stat_put(call, "ucl", c.high);
    stat_put(call, "mr_ucl", c.range_high);
    stat_put(call, "mean_mr_screened", c.screened_range);
    stat_put(call, "lcl_screened", c.screened_low);
    stat_put(call, "ucl_screened", c.screened_high);
    stat_put(call, "n_outside", (double)c.outside);
    stat_say(call, "%zu periods with a mean of %s; %ld outside what is usual, %s to %s.",
             x.n, stat_fixed(call, c.centre, 1), c.outside, stat_fixed(call, c.low, 1),
             stat_fixed(call, c.high, 1));
}

static void ask_p_chart(struct stat_call *call)
{
    size_t periods, of_n;
    long *yes = stat_counts(call, "x", &periods), *n = stat_counts(call, "n", &of_n);
    double *low = STAT_NEW(call, periods, double), *high = STAT_NEW(call, periods, double);
    double pooled, sigma_z;
    long outside = 0;

    if (!stat_stopped(call) && of_n != periods)
        stat_misuse(call, "x has %zu periods, n has %zu", periods, of_n);
    if (stat_stopped(call) ||
        !stat_ok(call, stats_p_chart(yes, n, periods, &pooled, low, high, &sigma_z)))
        return;
    stat_put(call, "centre", pooled);
    for (size_t i = 0; i < periods; i++) {
        double share = n[i] ? (double)yes[i] / (double)n[i] : NAN;
        outside += share < low[i] || share > high[i];
        stat_put_as(call, low[i], "lcl%zu", i + 1);
    }
    for (size_t i = 0; i < periods; i++)
        stat_put_as(call, high[i], "ucl%zu", i + 1);
    stat_put(call, "laney_sigma_z", sigma_z);
    stat_put(call, "n_outside", (double)outside);
    stat_say(call, "%zu periods around %s; %ld outside what is usual for their size.",
             periods, stat_percent(call, pooled), outside);
}

static void ask_run_chart(struct stat_call *call)
{
    struct stat_vector x = stat_numbers(call, "x");
    struct stats_run_chart c;

    if (stat_stopped(call) ||
        !stat_ok(call, stats_run_chart(x.value, x.n, STAT_NEW(call, x.n, double), &c)))
        return;
    stat_put(call, "median", c.median);
    stat_put(call, "n_useful", (double)c.useful);
    stat_put(call, "longest_run", (double)c.longest_run);
    stat_put(call, "longest_run_max", (double)c.longest_max);
    stat_put(call, "crossings", (double)c.crossings);
    stat_put(call, "crossings_min", (double)c.crossings_min);
    stat_put(call, "signal", c.signal);
    stat_say(call,
             "%s: the longest run on one side of the median (%s) is %ld (up to %ld is "
             "chance), and it is crossed %ld times (at least %ld by chance).",
             c.signal ? "Something changed" : "No sign of change",
             stat_fixed(call, c.median, 1), c.longest_run, c.longest_max, c.crossings,
             c.crossings_min);
}

/* ---- the base behind percentages ----------------------------------------------------- */

/* Percentages in units of their last printed decimal, exactly. */
static long *read_percents(struct stat_call *call, int decimals, size_t *k)
{
    struct stat_vector percents = stat_numbers(call, "pct");
    long *units = STAT_NEW(call, percents.n, long);
    double scale = pow(10, decimals);

    for (size_t i = 0; i < percents.n && !stat_stopped(call); i++) {
        double unit = round(percents.value[i] * scale);
        if (!(fabs(unit) < 1e9) || fabs(unit / scale - percents.value[i]) > 1e-9)
            stat_misuse(call, "pct: number %zu does not have %d decimals", i + 1, decimals);
        else
            units[i] = (long)unit;
    }
    *k = percents.n;
    return units;
}

static const char *join(struct stat_call *call, const long *counts, size_t k)
{
    const char *text = "";
    for (size_t i = 0; i < k; i++)
        text = stat_format(call, "%s%s%ld", text, i ? " " : "", counts[i]);
    return text;
}

static void ask_base(struct stat_call *call)
{
    long decimals = stat_count_or(call, "dp", 2);
    long from = stat_count_or(call, "n_from", 10), to = stat_count_or(call, "n_to", 600);
    bool must_sum = stat_yes(call, "must_sum_to_n", true);
    long smallest, fitting;
    size_t k;

    if (decimals > 6) stat_misuse(call, "dp=%ld: 0 to 6 decimals", decimals);
    if (to > 1000000) stat_misuse(call, "n_to=%ld: bases up to a million are tried", to);
    long *units = read_percents(call, (int)decimals, &k), *counts = STAT_NEW(call, k, long);
    if (stat_stopped(call)) return;
    stats_status status = stats_base_search(units, k, (int)decimals, from, to, must_sum,
                                            &smallest, &fitting, counts);
    if (status == STATS_UNDEFINED) {
        stat_put(call, "smallest_n", NAN);
        stat_put(call, "n_count_consistent", 0);
        stat_put(call, "counts_at_smallest_n", NAN);
        stat_say(call, "No base from %ld to %ld gives these percentages.", from, to);
        return;
    }
    if (!stat_ok(call, status)) return;
    stat_put(call, "smallest_n", (double)smallest);
    stat_put(call, "n_count_consistent", (double)fitting);
    stat_put_text(call, "counts_at_smallest_n", join(call, counts, k));
    stat_say(call, "%ld %s from %ld to %ld %s these percentages; the smallest is %ld.",
             fitting, fitting == 1 ? "base" : "bases", from, to,
             fitting == 1 ? "gives" : "give", smallest);
}

// clang-format off
const struct stat_method stat_months_methods[] = {
    {"spc_xmr", "x", "which periods are outside what is usual (XmR chart)",
     "Provost & Murray 2011; Nelson 1982", ask_xmr},
    {"spc_p_chart", "x n", "which periods' shares are outside what is usual (p chart)",
     "Laney 2002", ask_p_chart},
    {"run_chart", "x", "has a series of periods shifted? (run chart, Anhoej's rules)",
     "Anhoej & Olesen 2014", ask_run_chart},
    {"base_from_percentages", "pct [dp] [n_from] [n_to] [must_sum_to_n]",
     "which bases could have produced these percentages", "exact search", ask_base},
    {0},
};
// clang-format on
