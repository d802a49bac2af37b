// SPDX-License-Identifier: MIT
/* reckon stat: two independent groups, one yes/no answer; counts against a profile. */
#include "stats/stats_diff.h"

#include <math.h>

#include "pipeline/driver/stat.h"
#include "pipeline/driver/stat_counts.h"
#include "stats/stats_count.h"

/* ---- intervals --------------------------------------------------------------------- */

typedef stats_status (*two_group_interval)(const struct stats_two_groups *groups,
                                           double conf, struct stats_interval *out);

/* False, with the reason told, when there is no interval. */
static bool ask_interval(struct stat_call *call, two_group_interval interval,
                         struct stats_two_groups *g, struct stats_interval *ci)
{
    *g = stat_two_groups(call);
    double conf = stat_conf(call);

    if (stat_stopped(call)) return false;
    stats_status status = interval(g, conf, ci);
    if (status == STATS_EMPTY) stat_refuse(call, "a group is empty");
    if (status == STATS_DOMAIN) stat_refuse(call, "more people said yes than were asked");
    if (status == STATS_UNDEFINED)
        stat_refuse(call, "a zero among the counts leaves no ratio: use a difference, or "
                          "logistic_firth");
    return stat_ok(call, status);
}

static void put_difference(struct stat_call *call, two_group_interval interval,
                           const char *name)
{
    struct stats_two_groups g;
    struct stats_interval ci;

    if (!ask_interval(call, interval, &g, &ci)) return;
    stat_put(call, "est", ci.estimate);
    stat_put(call, "ci_low", ci.low);
    stat_put(call, "ci_high", ci.high);
    stat_say(call, "%s against %s: %s; %s (%s).", stat_share(call, g.yes1, g.n1),
             stat_share(call, g.yes2, g.n2), stat_points(call, ci.estimate),
             stat_ci_points(call, &ci), name);
}

static void ask_newcombe(struct stat_call *call)
{
    put_difference(call, stats_newcombe, "Newcombe");
}

static void ask_agresti_caffo(struct stat_call *call)
{
    put_difference(call, stats_agresti_caffo, "Agresti-Caffo");
}

static void ask_mee(struct stat_call *call)
{
    put_difference(call, stats_mee, "Mee's score interval");
}

static void ask_miettinen_nurminen(struct stat_call *call)
{
    put_difference(call, stats_miettinen_nurminen, "Miettinen-Nurminen");
}

static void put_ratio(struct stat_call *call, two_group_interval interval,
                      const char *quantity, const char *name)
{
    struct stats_two_groups g;
    struct stats_interval ci;

    if (!ask_interval(call, interval, &g, &ci)) return;
    stat_put(call, quantity, ci.estimate);
    stat_put(call, "ci_low", ci.low);
    stat_put(call, "ci_high", ci.high);
    stat_say(call, "%s against %s: %s %s; %s.", stat_share(call, g.yes1, g.n1),
             stat_share(call, g.yes2, g.n2), name, stat_fixed(call, ci.estimate, 2),
             stat_ci(call, ci.low, ci.high, 2));
}

static void ask_katz(struct stat_call *call)
{
    put_ratio(call, stats_risk_ratio_katz, "rr", "ratio of shares");
}

static void ask_woolf(struct stat_call *call)
{
    put_ratio(call, stats_odds_ratio_woolf, "or", "odds ratio");
}

/* ---- tests ------------------------------------------------------------------------- */

static void ask_chisq_2x2(struct stat_call *call)
{
    struct stats_two_groups g = stat_two_groups(call);
    struct stats_chisq_2x2 test;

    if (stat_stopped(call)) return;
    stats_status status = stats_chisq_2x2(&g, &test);
    if (status == STATS_UNDEFINED)
        stat_refuse(call, "everybody, or nobody, said yes: nothing to compare");
    if (!stat_ok(call, status)) return;
    stat_put(call, "chisq_nminus1", test.nminus1.statistic);
    stat_put(call, "p_nminus1", test.nminus1.p);
    stat_put(call, "chisq", test.pearson.statistic);
    stat_put(call, "p", test.pearson.p);
    stat_put(call, "min_expected", test.min_expected);
    stat_put(call, "p_yates_NOT_default", test.yates.p);
    stat_say(call, "%s against %s: chi-square (N-1) %s, 1 df, %s.",
             stat_share(call, g.yes1, g.n1), stat_share(call, g.yes2, g.n2),
             stat_fixed(call, test.nminus1.statistic, 2), stat_p(call, test.nminus1.p));
    if (test.min_expected < 1)
        stat_say(call, "An expected count is below 1: use fisher_2x2 instead.");
}

static void ask_fisher(struct stat_call *call)
{
    struct stats_two_groups g = stat_two_groups(call);
    struct stats_fisher_2x2 test;

    if (stat_stopped(call) || !stat_ok(call, stats_fisher_2x2(&g, &test))) return;
    stat_put(call, "p_midp", test.midp);
    stat_put(call, "p_two_minlike", test.two_sided);
    stat_say(call, "%s against %s: %s (Fisher, mid-p).", stat_share(call, g.yes1, g.n1),
             stat_share(call, g.yes2, g.n2), stat_p(call, test.midp));
}

/* ---- counts ------------------------------------------------------------------------ */

static void ask_count_vs_profile(struct stat_call *call)
{
    long observed = stat_count(call, "observed");
    double profile = stat_number(call, "profile"), conf = stat_conf(call);
    struct stats_count_ratio r;

    if (stat_stopped(call)) return;
    stats_status status = stats_count_vs_profile(observed, profile, conf, &r);
    if (status == STATS_EMPTY) stat_refuse(call, "the profile is 0");
    if (!stat_ok(call, status)) return;
    stat_put(call, "ratio", r.ratio.estimate);
    stat_put(call, "ratio_lo", r.ratio.low);
    stat_put(call, "ratio_hi", r.ratio.high);
    stat_put(call, "count_lo", r.count.low);
    stat_put(call, "count_hi", r.count.high);
    stat_put(call, "p_two_minlike", r.p);
    stat_say(call, "%ld against a profile of %s: ratio %s, %s, %s.", observed,
             stat_fixed(call, profile, profile == floor(profile) ? 0 : 1),
             stat_fixed(call, r.ratio.estimate, 2),
             stat_ci(call, r.ratio.low, r.ratio.high, 2), stat_p(call, r.p));
}

static void ask_byar(struct stat_call *call)
{
    long observed = stat_count(call, "observed");
    double conf = stat_conf(call);
    struct stats_interval ci;

    if (stat_stopped(call) || !stat_ok(call, stats_byar(observed, conf, &ci))) return;
    stat_put(call, "lo", ci.low);
    stat_put(call, "hi", ci.high);
    stat_say(call, "%ld, %s (Byar's approximation).", observed,
             stat_ci(call, ci.low, ci.high, 1));
}

// clang-format off
const struct stat_method stat_diff_methods[] = {
    {"diff_newcombe", "x1 n1 x2 n2 [conf]",
     "difference of two independent shares (the default interval)", "Newcombe 1998b",
     ask_newcombe},
    {"diff_miettinen_nurminen", "x1 n1 x2 n2 [conf]",
     "difference of two independent shares, score interval", "Miettinen & Nurminen 1985",
     ask_miettinen_nurminen},
    {"diff_mee", "x1 n1 x2 n2 [conf]",
     "difference of two independent shares, score interval without N/(N-1)", "Mee 1984",
     ask_mee},
    {"diff_agresti_caffo", "x1 n1 x2 n2 [conf]",
     "difference of two independent shares, adjusted Wald interval", "Agresti & Caffo 2000",
     ask_agresti_caffo},
    {"risk_ratio_katz", "x1 n1 x2 n2 [conf]", "ratio of two independent shares",
     "Katz et al. 1978", ask_katz},
    {"odds_ratio_woolf", "x1 n1 x2 n2 [conf]", "odds ratio of two independent groups",
     "Woolf 1955", ask_woolf},
    {"chisq_2x2", "x1 n1 x2 n2 [conf]", "chi-square tests of two independent shares",
     "Pearson 1900; Campbell 2007", ask_chisq_2x2},
    {"fisher_2x2", "x1 n1 x2 n2 [conf]", "Fisher's exact test and its mid-p version",
     "Fisher 1934; Lancaster 1961", ask_fisher},
    {"count_vs_profile", "observed profile [conf]", "a count of events against its profile",
     "Garwood 1936", ask_count_vs_profile},
    {"count_byar", "observed [conf]", "Byar's interval for a count of events",
     "Breslow & Day 1987", ask_byar},
    {0},
};
// clang-format on
