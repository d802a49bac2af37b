// SPDX-License-Identifier: MIT
/* reckon stat: several groups of scores; trend over ordered groups; correlation. */
#include "stats/stats_anova.h"

#include <math.h>

#include "pipeline/driver/stat.h"
#include "stats/stats_assoc.h"
#include "stats/stats_trend.h"

/* ---- inputs ------------------------------------------------------------------------ */

/* y and its groups (the factor of `key`), complete rows. */
static struct stats_groups read_groups(struct stat_call *call, const char *key)
{
    struct stat_column y = stat_column(call, "y"), group = stat_factor(call, key);
    struct stat_column *both[] = {&y, &group};

    stat_complete(call, both, 2);
    size_t *code = STAT_NEW(call, group.n, size_t), n = stat_stopped(call) ? 0 : y.n;
    for (size_t i = 0; i < n; i++)
        code[i] = (size_t)group.value[i];
    return (struct stats_groups){y.value, code, n, group.levels};
}

static struct stats_group_sums *group_work(struct stat_call *call,
                                           const struct stats_groups *g)
{
    return STAT_NEW(call, g->groups, struct stats_group_sums);
}

/* True if the groups can be compared; otherwise says why not. */
static bool comparable(struct stat_call *call, stats_status status)
{
    if (status == STATS_UNDEFINED)
        stat_refuse(call,
                    "needs two groups or more with people in them, and spread within them");
    return stat_ok(call, status);
}

/* ---- do groups differ? ------------------------------------------------------------- */

static bool anova(struct stat_call *call, struct stats_anova *a)
{
    struct stats_groups g = read_groups(call, "group");

    return !stat_stopped(call) &&
           comparable(call, stats_anova(&g, group_work(call, &g), a));
}

static void ask_anova(struct stat_call *call)
{
    struct stats_anova a;

    if (!anova(call, &a)) return;
    stat_put(call, "F", a.f);
    stat_put(call, "df1", a.df_between);
    stat_put(call, "df2", a.df_within);
    stat_put(call, "p", a.p);
    stat_put(call, "ss_between", a.ss_between);
    stat_put(call, "ss_within", a.ss_within);
    stat_put(call, "eta2", a.eta2);
    stat_put(call, "omega2", a.omega2);
    stat_say(call,
             "F(%s, %s) = %s, %s; the groups account for %s of the variation. Assumes "
             "equal spread: reports use anova_welch.",
             stat_fixed(call, a.df_between, 0), stat_fixed(call, a.df_within, 0),
             stat_fixed(call, a.f, 2), stat_p(call, a.p), stat_percent(call, a.eta2));
}

static void ask_nist_anova(struct stat_call *call)
{
    struct stats_anova a;

    if (!anova(call, &a)) return;
    stat_put(call, "df1", a.df_between);
    stat_put(call, "ss_between", a.ss_between);
    stat_put(call, "ms_between", a.ms_between);
    stat_put(call, "F", a.f);
    stat_put(call, "df2", a.df_within);
    stat_put(call, "ss_within", a.ss_within);
    stat_put(call, "ms_within", a.ms_within);
    stat_put(call, "r2", a.eta2);
    stat_put(call, "resid_sd", sqrt(a.ms_within));
}

static void ask_anova_welch(struct stat_call *call)
{
    struct stats_groups g = read_groups(call, "group");
    struct stats_f_test f;

    if (stat_stopped(call)) return;
    stats_status status = stats_anova_welch(&g, group_work(call, &g), &f);
    if (status == STATS_UNDEFINED)
        stat_refuse(call,
                    "needs two groups or more, each with two scores or more that differ");
    if (!stat_ok(call, status)) return;
    stat_put(call, "F", f.f);
    stat_put(call, "df1", f.df1);
    stat_put(call, "df2", f.df2);
    stat_put(call, "p", f.p);
    stat_say(call, "Do the means differ? Welch's F(%s, %s) = %s, %s.",
             stat_fixed(call, f.df1, 0), stat_fixed(call, f.df2, 1),
             stat_fixed(call, f.f, 2), stat_p(call, f.p));
}

static void ask_kruskal(struct stat_call *call)
{
    struct stats_groups g = read_groups(call, "group");
    struct stats_kruskal k;

    if (stat_stopped(call) ||
        !comparable(call, stats_kruskal_wallis(&g, STAT_NEW(call, g.n, size_t),
                                               STAT_NEW(call, g.n, double),
                                               group_work(call, &g), &k)))
        return;
    stat_put(call, "H", k.test.statistic);
    stat_put(call, "df", k.test.df);
    stat_put(call, "p", k.test.p);
    stat_put(call, "epsilon2", k.epsilon2);
    stat_say(call, "Do the groups differ in rank? H = %s, %s df, %s (Kruskal-Wallis).",
             stat_fixed(call, k.test.statistic, 2), stat_fixed(call, k.test.df, 0),
             stat_p(call, k.test.p));
}

static void ask_icc(struct stat_call *call)
{
    struct stats_groups g = read_groups(call, "cluster");
    struct stats_icc icc;

    if (stat_stopped(call) ||
        !comparable(call, stats_icc_anova(&g, group_work(call, &g), &icc)))
        return;
    stat_put(call, "icc", icc.icc);
    stat_put(call, "m0", icc.m0);
    stat_put(call, "deff_1_plus_m0_minus1_icc", icc.deff);
    stat_say(call,
             "Records of one cluster correlate %s; with %s a cluster, variances are %s "
             "times those of independent records.",
             stat_fixed(call, icc.icc, 2), stat_fixed(call, icc.m0, 1),
             stat_fixed(call, icc.deff, 2));
}

/* ---- trend ------------------------------------------------------------------------- */

#define NOT_CHANGE "This compares cohorts of different people; it is not change."

static void ask_trend(struct stat_call *call)
{
    struct stats_groups g = read_groups(call, "group");
    double conf = stat_conf(call);
    struct stats_trend t;

    if (stat_stopped(call) || !comparable(call, stats_trend_linear(&g, NULL, conf, &t)))
        return;
    stat_put(call, "slope", t.slope.estimate);
    stat_put(call, "se", t.se);
    stat_put(call, "t", t.test.statistic);
    stat_put(call, "df", t.test.df);
    stat_put(call, "p", t.test.p);
    stat_put(call, "ci_low", t.slope.low);
    stat_put(call, "ci_high", t.slope.high);
    stat_say(call, "From one group to the next the mean moves by %s; %s, %s. " NOT_CHANGE,
             stat_fixed(call, t.slope.estimate, 2),
             stat_ci(call, t.slope.low, t.slope.high, 2), stat_p(call, t.test.p));
}

static void ask_jonckheere(struct stat_call *call)
{
    struct stats_groups g = read_groups(call, "group");
    struct stats_jonckheere j;

    if (stat_stopped(call) ||
        !comparable(call, stats_jonckheere(&g, STAT_NEW(call, g.n, size_t),
                                           STAT_NEW(call, 2 * g.groups, long), &j)))
        return;
    stat_put(call, "J", j.j);
    stat_put(call, "E", j.expected);
    stat_put(call, "var_tie_corrected", j.variance);
    stat_put(call, "z", j.z);
    stat_put(call, "p_two", j.p);
    stat_say(call,
             "Do scores rise or fall over the groups? z = %s, %s "
             "(Jonckheere-Terpstra). " NOT_CHANGE,
             stat_fixed(call, j.z, 2), stat_p(call, j.p));
}

static void ask_cochran_armitage(struct stat_call *call)
{
    size_t groups, of_n;
    long *yes = stat_counts(call, "x", &groups), *n = stat_counts(call, "n", &of_n);
    struct stat_vector scores = {NULL, groups};
    struct stats_cochran_armitage ca;

    if (stat_has(call, "scores")) scores = stat_numbers(call, "scores");
    if (!stat_stopped(call) && (of_n != groups || scores.n != groups))
        stat_misuse(call, "x, n and scores need as many numbers as each other");
    if (stat_stopped(call)) return;
    stats_status status = stats_cochran_armitage(yes, n, scores.value, groups, &ca);
    if (status == STATS_UNDEFINED)
        stat_refuse(call, "needs two groups or more, and both answers");
    if (!stat_ok(call, status)) return;
    stat_put(call, "z", ca.z);
    stat_put(call, "chisq_trend", ca.trend.statistic);
    stat_put(call, "p", ca.trend.p);
    stat_put(call, "slope", ca.slope);
    stat_put(call, "chisq_trend_nminus1", ca.nminus1.statistic);
    stat_put(call, "chisq_departure", ca.departure.statistic);
    stat_put(call, "p_departure", ca.departure.p);
    stat_say(
        call,
        "From one group to the next the share moves by %s percentage points; "
        "z = %s, %s (Cochran-Armitage). Departure from a straight line: %s. " NOT_CHANGE,
        stat_fixed(call, 100 * ca.slope, 1), stat_fixed(call, ca.z, 2),
        stat_p(call, ca.trend.p), stat_p(call, ca.departure.p));
}

/* ---- correlation ------------------------------------------------------------------- */

static void ask_correlation(struct stat_call *call)
{
    struct stat_column x = stat_column(call, "x"), y = stat_column(call, "y");
    struct stat_column *both[] = {&x, &y};
    double conf = stat_conf(call);
    struct stats_correlation c;

    stat_complete(call, both, 2);
    if (stat_stopped(call)) return;
    stats_status status = stats_correlation(
        x.value, y.value, x.n, conf, STAT_NEW(call, x.n, size_t),
        STAT_NEW(call, 2 * x.n, double), STAT_NEW(call, 2 * x.n, struct stats_xy), &c);
    if (status == STATS_UNDEFINED) stat_refuse(call, "one of the two does not vary");
    if (!stat_ok(call, status)) return;
    stat_put(call, "n", (double)x.n);
    stat_put(call, "pearson", c.pearson.estimate);
    stat_put(call, "p_pearson", c.p_pearson);
    stat_put(call, "ci_low", c.pearson.low);
    stat_put(call, "ci_high", c.pearson.high);
    stat_put(call, "spearman", c.spearman);
    stat_put(call, "p_spearman_t", c.p_spearman);
    stat_put(call, "kendall_tau_b", c.tau_b);
    stat_say(call, "r = %s in %zu people; %s, %s.", stat_fixed(call, c.pearson.estimate, 2),
             x.n, stat_ci(call, c.pearson.low, c.pearson.high, 2),
             stat_p(call, c.p_pearson));
}

#define GROUPS "y group [data] [order] [conf]"

// clang-format off
const struct stat_method stat_groups_methods[] = {
    {"anova_welch", GROUPS, "do several groups' means differ? (the default)", "Welch 1951",
     ask_anova_welch},
    {"anova_oneway", GROUPS, "do several groups' means differ? equal spread assumed",
     "Fisher 1925; Hays 1963", ask_anova},
    {"kruskal_wallis", GROUPS, "do several groups differ in rank?", "Kruskal & Wallis 1952",
     ask_kruskal},
    {"trend_linear", GROUPS, "straight-line trend of scores over ordered groups",
     "least squares", ask_trend},
    {"jonckheere_terpstra", GROUPS, "trend of scores over ordered groups, by ranks",
     "Jonckheere 1954; Hollander & Wolfe 1999", ask_jonckheere},
    {"cochran_armitage", "x n [scores]", "trend of shares over ordered groups",
     "Cochran 1954; Armitage 1955", ask_cochran_armitage},
    {"correlation", "x y [data] [conf]", "how two measures go together",
     "Pearson; Spearman 1904; Kendall 1945; Knight 1966", ask_correlation},
    {"icc_anova", "y cluster [data]", "how alike records of one cluster are", "Donner 1986",
     ask_icc},
    {"nist_anova", GROUPS, "the analysis-of-variance table", "NIST StRD", ask_nist_anova},
    {0},
};
// clang-format on
