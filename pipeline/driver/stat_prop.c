// SPDX-License-Identifier: MIT
/* reckon stat: one proportion; missing answers; figures as shown. */
#include "stats/stats_prop.h"

#include <math.h>
#include <stdio.h>

#include "pipeline/driver/stat.h"
#include "pipeline/driver/stat_counts.h"
#include "stats/stats_missing.h"
#include "stats/stats_shown.h"

/* ---- intervals --------------------------------------------------------------------- */

typedef stats_status (*share_interval)(long yes, long n, double conf,
                                       struct stats_interval *out);

static void put_share(struct stat_call *call, share_interval interval, const char *name)
{
    long yes = stat_count(call, "x"), n = stat_count(call, "n");
    double conf = stat_conf(call);
    struct stats_interval ci;

    if (stat_stopped(call)) return;
    stats_status status = interval(yes, n, conf, &ci);
    if (status == STATS_EMPTY) stat_refuse(call, "nobody answered: print a dash, not 0%%");
    if (status == STATS_DOMAIN) stat_refuse(call, "%ld of %ld cannot be", yes, n);
    if (!stat_ok(call, status)) return;
    stat_put(call, "est", ci.estimate);
    stat_put(call, "ci_low", ci.low);
    stat_put(call, "ci_high", ci.high);
    stat_say(call, "%s; %s (%s).", stat_share(call, yes, n),
             stat_ci_percent(call, ci.low, ci.high), name);
    if (n < 10)
        stat_say(call,
                 "With fewer than 10 people a report prints the count, not a percentage.");
    else if (n < 30)
        stat_say(call, "A small base: fewer than 30 people.");
}

static void ask_wilson(struct stat_call *call)
{
    put_share(call, stats_wilson, "Wilson");
}

static void ask_clopper_pearson(struct stat_call *call)
{
    put_share(call, stats_clopper_pearson, "exact, Clopper-Pearson");
}

static void ask_jeffreys(struct stat_call *call)
{
    put_share(call, stats_jeffreys, "Jeffreys");
}

static void ask_midp(struct stat_call *call)
{
    put_share(call, stats_prop_midp, "mid-p");
}

/* ---- a target ---------------------------------------------------------------------- */

static void ask_test_exact(struct stat_call *call)
{
    long yes = stat_count(call, "x"), n = stat_count(call, "n");
    double target = stat_number(call, "p0");
    struct stats_prop_test test;

    if (stat_stopped(call) || !stat_ok(call, stats_prop_test_exact(yes, n, target, &test)))
        return;
    stat_put(call, "p_two_midp", test.two_midp);
    stat_put(call, "p_two_minlike", test.two_minlike);
    stat_put(call, "p_two_double", test.two_double);
    stat_put(call, "p_less", test.less);
    stat_put(call, "p_greater", test.greater);
    stat_say(call, "%s against %s: %s (exact, mid-p).", stat_share(call, yes, n),
             stat_percent(call, target), stat_p(call, test.two_midp));
}

static void ask_test_score(struct stat_call *call)
{
    long yes = stat_count(call, "x"), n = stat_count(call, "n");
    double target = stat_number(call, "p0");
    struct stats_test test;

    if (stat_stopped(call)) return;
    stats_status status = stats_prop_test_score(yes, n, target, &test);
    if (status == STATS_UNDEFINED)
        stat_refuse(call, "a target of 0 or 1 allows no variation to compare with");
    if (!stat_ok(call, status)) return;
    stat_put(call, "z", test.statistic);
    stat_put(call, "p_two", test.p);
    stat_say(call, "%s against %s: z = %s, %s.", stat_share(call, yes, n),
             stat_percent(call, target), stat_fixed(call, test.statistic, 2),
             stat_p(call, test.p));
}

/* ---- missing answers --------------------------------------------------------------- */

static void ask_missing_bounds(struct stat_call *call)
{
    long yes = stat_count(call, "x"), answered = stat_count(call, "answered");
    long eligible = stat_count(call, "eligible");
    struct stats_missing_bounds b;

    if (stat_stopped(call) ||
        !stat_ok(call, stats_missing_bounds(yes, answered, eligible, &b)))
        return;
    stat_put(call, "est_answered", b.answered);
    stat_put(call, "response_rate", b.response_rate);
    stat_put(call, "lower", b.lower);
    stat_put(call, "upper", b.upper);
    stat_put(call, "est_if_missing_are_no", b.lower);
    stat_say(call,
             "%ld of the %ld who answered, of %ld eligible (%s answered): whatever the "
             "others would have said, between %s and %s.",
             yes, answered, eligible, stat_percent(call, b.response_rate),
             stat_percent(call, b.lower), stat_percent(call, b.upper));
}

static void ask_imbens_manski(struct stat_call *call)
{
    long yes = stat_count(call, "x"), answered = stat_count(call, "answered");
    long eligible = stat_count(call, "eligible");
    double conf = stat_conf(call), factor;
    struct stats_interval ci;

    if (stat_stopped(call) ||
        !stat_ok(call, stats_imbens_manski(yes, answered, eligible, conf, &ci, &factor)))
        return;
    stat_put(call, "est_answered", ci.estimate);
    stat_put(call, "C", factor);
    stat_put(call, "ci_low", ci.low);
    stat_put(call, "ci_high", ci.high);
    stat_say(call, "Allowing for chance and for the %ld without an answer: %s.",
             eligible - answered, stat_ci_percent(call, ci.low, ci.high));
}

static void ask_paired_bounds(struct stat_call *call)
{
    struct stats_pairs pairs = stat_pairs(call);
    long yes = stat_count(call, "no_review_initial_yes");
    long no = stat_count(call, "no_review_initial_no");
    struct stats_interval b;

    if (stat_stopped(call) || !stat_ok(call, stats_change_bounds(&pairs, yes, no, &b)))
        return;
    stat_put(call, "est_pairs", b.estimate);
    stat_put(call, "lower", b.low);
    stat_put(call, "upper", b.high);
    stat_say(call,
             "Among those reviewed: %s; with the %ld not reviewed, between %s and %s "
             "points.",
             stat_points(call, b.estimate), yes + no, stat_fixed(call, 100 * b.low, 1),
             stat_fixed(call, 100 * b.high, 1));
}

/* ---- as shown ---------------------------------------------------------------------- */

static void ask_pp_change(struct stat_call *call)
{
    struct stats_two_groups g = stat_two_groups(call);
    struct stats_shown_change shown;

    if (stat_stopped(call) ||
        !stat_ok(call, stats_shown_change(g.yes1, g.n1, g.yes2, g.n2, 1, &shown)))
        return;
    stat_put(call, "change_pp", 100 * shown.change);
    stat_put(call, "relative_change_pct", 100 * shown.relative);
    stat_put(call, "change_from_rounded_1dp_WRONG", 100 * shown.from_rounded);
    stat_say(call, "From %s to %s: %s.", stat_share(call, g.yes1, g.n1),
             stat_share(call, g.yes2, g.n2), stat_points(call, shown.change));
}

static void ask_largest_remainder(struct stat_call *call)
{
    size_t n;
    long *count = stat_counts(call, "x", &n), decimals = stat_count_or(call, "dp", 0);
    long *share = STAT_NEW(call, n, long), units = 100;
    size_t *order = STAT_NEW(call, n, size_t);

    if (decimals > 6) stat_misuse(call, "dp=%ld: up to 6 decimals", decimals);
    for (long k = 0; k < decimals && !stat_stopped(call); k++)
        units *= 10;
    if (stat_stopped(call) ||
        !stat_ok(call, stats_largest_remainder(count, n, units, order, share)))
        return;
    for (size_t i = 0; i < n; i++)
        stat_put_as(call, (double)share[i] / ((double)units / 100), "pct%zu", i + 1);
    stat_say(call,
             "These sum to 100 because they were made to; the default is to show them "
             "as they are and say so.");
}

/* One number for every month ("50 each month"), or one per month. */
static double *read_profile(struct stat_call *call, size_t months)
{
    double *profile = STAT_NEW(call, months, double), level;
    const char *text = stat_text_or(call, "profile", "");
    char after[16];

    if (sscanf(text, "%lf each %15s", &level, after) == 2) {
        for (size_t i = 0; i < months; i++)
            profile[i] = level;
        return profile;
    }
    struct stat_vector given = stat_numbers(call, "profile");
    if (!stat_stopped(call) && given.n != 1 && given.n != months)
        stat_misuse(call, "profile has %zu numbers, x has %zu", given.n, months);
    for (size_t i = 0; i < months && !stat_stopped(call); i++)
        profile[i] = given.value[given.n == 1 ? 0 : i];
    return profile;
}

static void ask_cumulative(struct stat_call *call)
{
    struct stat_vector x = stat_numbers(call, "x");
    double *profile = read_profile(call, x.n);
    double *total = STAT_NEW(call, x.n, double), *share = STAT_NEW(call, x.n, double);

    if (stat_stopped(call) ||
        !stat_ok(call, stats_cumulative(x.value, profile, x.n, total, share)))
        return;
    for (size_t i = 0; i < x.n; i++) {
        stat_detail(call, i + 1 < x.n);
        stat_put_as(call, total[i], "cum%zu", i + 1);
        stat_put_as(call, 100 * share[i], "pct_of_profile%zu", i + 1);
        stat_put_as(call, 100 * share[i], "pct%zu", i + 1);
    }
    stat_say(call, "After %zu months, %s in all: %s of profile.", x.n,
             stat_fixed(call, total[x.n - 1], 0), stat_percent(call, share[x.n - 1]));
}

// clang-format off
const struct stat_method stat_prop_methods[] = {
    {"prop_wilson", "x n [conf]", "a share with Wilson's score interval (the default)",
     "Wilson 1927; Brown, Cai & DasGupta 2001", ask_wilson},
    {"prop_clopper_pearson", "x n [conf]", "a share with the exact interval",
     "Clopper & Pearson 1934", ask_clopper_pearson},
    {"prop_jeffreys", "x n [conf]", "a share with Jeffreys' interval",
     "Brown, Cai & DasGupta 2001", ask_jeffreys},
    {"prop_midp", "x n [conf]", "a share with the mid-p interval", "Newcombe 1998a",
     ask_midp},
    {"prop_test_exact", "x n p0 [conf]", "exact tests of a share against a target",
     "binomial distribution; mid-p: Lancaster 1961", ask_test_exact},
    {"prop_test_score", "x n p0 [conf]", "score test of a share against a target",
     "score test with the null variance", ask_test_score},
    {"missing_bounds", "x answered eligible [conf]",
     "how far off a share could be, given missing answers", "Manski 1990",
     ask_missing_bounds},
    {"imbens_manski_ci", "x answered eligible [conf]",
     "an interval that allows for chance and missing answers", "Imbens & Manski 2004",
     ask_imbens_manski},
    {"paired_change_bounds",
     "yy yn ny nn no_review_initial_yes no_review_initial_no [conf]",
     "how far off a change could be, given those never reviewed", "Manski 1990",
     ask_paired_bounds},
    {"pp_change_display", "x1 n1 x2 n2", "a change in percentage points, from the counts",
     "arithmetic", ask_pp_change},
    {"largest_remainder_pct", "x [dp]", "percentages made to sum to 100",
     "Hamilton's method of largest remainders", ask_largest_remainder},
    {"cumulative_vs_profile", "x profile", "running total against a monthly profile",
     "arithmetic", ask_cumulative},
    {0},
};
// clang-format on
