// SPDX-License-Identifier: MIT
/* reckon stat: cross-tabulations, alone and within strata. */
#include "stats/stats_cross.h"

#include <math.h>

#include "pipeline/driver/stat.h"
#include "pipeline/driver/stat_counts.h"
#include "stats/stats_assoc.h"
#include "stats/stats_strata.h"

/* Cells to try before a simulation takes over: well under a second. */
#define EXACT_STEPS 20000000
#define SIMULATED   99999

/* ---- one table --------------------------------------------------------------------- */

/* True if the table has an answer; otherwise says why not. */
static bool table_ok(struct stat_call *call, stats_status status)
{
    if (status == STATS_UNDEFINED)
        stat_refuse(call, "needs two rows and two columns, or more, with people in them");
    return stat_ok(call, status);
}

static void ask_chisq(struct stat_call *call)
{
    struct stats_table t = stat_count_table(call, "table");
    struct stats_chisq c;

    if (stat_stopped(call) || !table_ok(call, stats_chisq(&t, &c))) return;
    stat_put(call, "chisq", c.pearson.statistic);
    stat_put(call, "df", c.pearson.df);
    stat_put(call, "p", c.pearson.p);
    stat_put(call, "min_expected", c.min_expected);
    stat_put(call, "share_expected_lt5", c.share_expected_below_5);
    stat_put(call, "G", c.likelihood.statistic);
    stat_put(call, "p_G", c.likelihood.p);
    stat_say(call, "Chi-square %s, %s df, %s, of %ld people.",
             stat_fixed(call, c.pearson.statistic, 2), stat_fixed(call, c.pearson.df, 0),
             stat_p(call, c.pearson.p), c.n);
    if (stats_chisq_is_doubtful(&c))
        stat_say(call,
                 "Expected counts are too small for chi-square (least %s, %s below 5): "
                 "use fisher_freeman_halton.",
                 stat_fixed(call, c.min_expected, 1),
                 stat_percent(call, c.share_expected_below_5));
}

static void ask_exact(struct stat_call *call)
{
    struct stats_table t = stat_count_table(call, "table");
    struct stats_exact e;

    if (stat_stopped(call)) return;
    long people = stat_people(&t);
    if (people > 10000000)
        stat_refuse(call, "%ld people: chi-square is exact enough", people);
    if (stat_stopped(call)) return;
    double *work = STAT_NEW(call, (size_t)people + 1, double);
    stats_status status = stats_fisher_freeman_halton(&t, EXACT_STEPS, work, &e);
    bool simulated =
        status == STATS_TOO_BIG && t.rows <= STATS_MAX_SIDE && t.cols <= STATS_MAX_SIDE;
    if (simulated) status = stats_ffh_monte_carlo(&t, SIMULATED, work, &e);
    if (!table_ok(call, status)) return;
    stat_put(call, simulated ? "p_monte_carlo" : "p_exact", e.p);
    if (simulated) stat_put(call, "mc_se", e.mc_se);
    stat_say(call,
             simulated ? "%s (Fisher-Freeman-Halton, simulated %ld times, s.e. %s)."
                       : "%s (Fisher-Freeman-Halton, exact).",
             stat_p(call, e.p), e.tables, stat_fixed(call, e.mc_se, 5));
}

static void ask_residuals(struct stat_call *call)
{
    struct stats_table t = stat_count_table(call, "table");
    double *residual = STAT_NEW(call, t.rows * t.cols, double);

    if (stat_stopped(call) || !table_ok(call, stats_adjusted_residuals(&t, residual)))
        return;
    for (size_t i = 0; i < t.rows; i++)
        for (size_t j = 0; j < t.cols; j++)
            stat_put_as(call, residual[i * t.cols + j], "adjres_r%zuc%zu", i + 1, j + 1);
    stat_say(call,
             "Look at cells beyond 2 either way only if the whole table's p is small.");
}

static void ask_cramers_v(struct stat_call *call)
{
    struct stats_table t = stat_count_table(call, "table");
    struct stats_cramers_v v;

    if (stat_stopped(call) || !table_ok(call, stats_cramers_v(&t, &v))) return;
    stat_put(call, "v_bias_corrected", v.corrected);
    stat_put(call, "v", v.v);
    stat_say(call, "Cramer's V %s (bias-corrected), on a scale from 0 to 1.",
             stat_fixed(call, v.corrected, 2));
}

static void ask_cramers_v_ci(struct stat_call *call)
{
    struct stats_table t = stat_count_table(call, "table");
    double conf = stat_conf(call);
    struct stats_interval ci;

    if (stat_stopped(call) || !table_ok(call, stats_cramers_v_interval(&t, conf, &ci)))
        return;
    stat_put(call, "v", ci.estimate);
    stat_put(call, "ci_low", ci.low);
    stat_put(call, "ci_high", ci.high);
    stat_say(call, "Cramer's V %s; %s.", stat_fixed(call, ci.estimate, 2),
             stat_ci(call, ci.low, ci.high, 2));
}

static void ask_linear_by_linear(struct stat_call *call)
{
    struct stats_table t = stat_count_table(call, "table");
    struct stats_linear_by_linear l;

    if (stat_stopped(call) || !table_ok(call, stats_linear_by_linear(&t, NULL, NULL, &l)))
        return;
    stat_put(call, "r", l.r);
    stat_put(call, "M2", l.test.statistic);
    stat_put(call, "p", l.test.p);
    stat_say(call, "Rows and columns scored 1, 2, ...: r = %s, %s.",
             stat_fixed(call, l.r, 2), stat_p(call, l.test.p));
}

static void ask_ordinal_association(struct stat_call *call)
{
    struct stats_table t = stat_count_table(call, "table");
    struct stats_ordinal_association a;

    if (stat_stopped(call) || !table_ok(call, stats_ordinal_association(&t, &a))) return;
    stat_put(call, "gamma", a.gamma);
    stat_put(call, "tau_b", a.tau_b);
    stat_put(call, "spearman", a.spearman);
    stat_say(call,
             "Ordered rows against ordered columns: tau-b %s, on a scale from -1 to 1.",
             stat_fixed(call, a.tau_b, 2));
}

/* ---- strata ------------------------------------------------------------------------ */

struct fourfold_strata {
    struct stats_two_groups *group;
    size_t n;
};

/* a,b|c,d/...: per stratum, yes and no of group 1, then of group 2. */
static struct fourfold_strata read_strata(struct stat_call *call)
{
    struct stat_strata strata = stat_strata(call, "strata");
    struct fourfold_strata s = {STAT_NEW(call, strata.n, struct stats_two_groups),
                                strata.n};

    for (size_t h = 0; h < strata.n && !stat_stopped(call); h++) {
        const double *cell = strata.table[h].cell;
        long count[4];
        if (strata.table[h].rows != 2 || strata.table[h].cols != 2) {
            stat_misuse(call, "strata: table %zu is not 2 by 2", h + 1);
            break;
        }
        for (size_t k = 0; k < 4; k++) {
            count[k] = cell[k] >= 0 && cell[k] <= 9e15 ? (long)cell[k] : -1;
            if ((double)count[k] != cell[k])
                stat_misuse(call, "strata: table %zu holds a number that is not a count",
                            h + 1);
        }
        s.group[h] = (struct stats_two_groups){count[0], count[0] + count[1], count[2],
                                               count[2] + count[3]};
    }
    return s;
}

static bool strata_ok(struct stat_call *call, stats_status status)
{
    if (status == STATS_UNDEFINED)
        stat_refuse(call, "no stratum has both groups and both answers, or too few do");
    return stat_ok(call, status);
}

static void ask_cmh(struct stat_call *call)
{
    struct fourfold_strata s = read_strata(call);
    double conf = stat_conf(call);
    struct stats_interval ratio = {NAN, NAN, NAN};
    struct stats_cmh cmh;

    if (stat_stopped(call) || !strata_ok(call, stats_cmh(s.group, s.n, &cmh))) return;
    if (stats_mh_odds_ratio(s.group, s.n, conf, &ratio))
        stat_say(call, "No common odds ratio: it would be 0 or infinite.");
    stat_put(call, "chisq", cmh.test.statistic);
    stat_put(call, "p", cmh.test.p);
    stat_put(call, "or_mh", ratio.estimate);
    stat_put(call, "ci_low", ratio.low);
    stat_put(call, "ci_high", ratio.high);
    stat_put(call, "chisq_cc_NOT_default", cmh.corrected.statistic);
    stat_say(call, "Within %zu strata: common odds ratio %s, %s; %s (Mantel-Haenszel).",
             s.n, stat_fixed(call, ratio.estimate, 2),
             stat_ci(call, ratio.low, ratio.high, 2), stat_p(call, cmh.test.p));
}

static void ask_mh_difference(struct stat_call *call)
{
    struct fourfold_strata s = read_strata(call);
    double conf = stat_conf(call), se;
    struct stats_interval ci;

    if (stat_stopped(call) ||
        !strata_ok(call, stats_mh_difference(s.group, s.n, conf, &ci, &se)))
        return;
    stat_put(call, "rd", ci.estimate);
    stat_put(call, "se", se);
    stat_put(call, "ci_low", ci.low);
    stat_put(call, "ci_high", ci.high);
    stat_say(call, "Within %zu strata: common difference %s; %s (Mantel-Haenszel).", s.n,
             stat_points(call, ci.estimate), stat_ci_points(call, &ci));
}

static void ask_breslow_day(struct stat_call *call)
{
    struct fourfold_strata s = read_strata(call);
    struct stats_breslow_day b;

    if (stat_stopped(call) || !strata_ok(call, stats_breslow_day(s.group, s.n, &b))) return;
    stat_put(call, "chisq_tarone", b.tarone.statistic);
    stat_put(call, "df", b.tarone.df);
    stat_put(call, "p_tarone", b.tarone.p);
    stat_put(call, "chisq", b.plain.statistic);
    stat_put(call, "p", b.plain.p);
    stat_say(call,
             "Do the strata share one odds ratio? chi-square %s, %s df, %s "
             "(Breslow-Day-Tarone).",
             stat_fixed(call, b.tarone.statistic, 2), stat_fixed(call, b.tarone.df, 0),
             stat_p(call, b.tarone.p));
}

/* Three factors of a file, each row counting once or `count` times, as tables per stratum.
 */
struct three_way {
    long *count;
    size_t rows, cols, strata;
};

static struct three_way read_three_way(struct stat_call *call)
{
    struct stat_column row = stat_factor(call, "rows"), col = stat_factor(call, "cols");
    struct stat_column stratum = stat_factor(call, "strata"), weight = {0};
    struct stat_column *all[] = {&row, &col, &stratum, NULL};

    if (stat_has(call, "count")) {
        weight = stat_column(call, "count");
        all[3] = &weight;
    }
    stat_complete(call, all, 4);
    struct three_way t = {STAT_NEW(call, row.levels * col.levels * stratum.levels, long),
                          row.levels, col.levels, stratum.levels};
    for (size_t i = 0; i < row.n && !stat_stopped(call); i++) {
        size_t at = ((size_t)stratum.value[i] * t.rows + (size_t)row.value[i]) * t.cols +
                    (size_t)col.value[i];
        double people = all[3] ? weight.value[i] : 1;
        if (!(people >= 0 && people <= 9e15 && people == floor(people)))
            stat_misuse(call, "%s is not a column of counts", weight.name);
        else
            t.count[at] += (long)people;
    }
    return t;
}

static void ask_cmh_general(struct stat_call *call)
{
    struct three_way t = read_three_way(call);
    struct stats_test test;

    if (stat_stopped(call)) return;
    double *work = STAT_NEW(call, stats_cmh_general_work(t.rows, t.cols), double);
    if (!strata_ok(call, stats_cmh_general(t.count, t.rows, t.cols, t.strata, work, &test)))
        return;
    stat_put(call, "M2", test.statistic);
    stat_put(call, "df", test.df);
    stat_put(call, "p", test.p);
    stat_say(call, "Within %zu strata: M2 = %s, %s df, %s (Cochran-Mantel-Haenszel).",
             t.strata, stat_fixed(call, test.statistic, 2), stat_fixed(call, test.df, 0),
             stat_p(call, test.p));
}

#define TABLE "table [rows] [cols] [conf]"

// clang-format off
const struct stat_method stat_cross_methods[] = {
    {"chisq_rxc", TABLE, "are rows and columns related?", "Pearson 1900", ask_chisq},
    {"fisher_freeman_halton", TABLE, "the same, exact, for small counts",
     "Freeman & Halton 1951; Patefield 1981", ask_exact},
    {"adjusted_residuals", TABLE, "which cells stand out", "Haberman 1973", ask_residuals},
    {"cramers_v", TABLE, "strength of the relation", "Bergsma 2013", ask_cramers_v},
    {"cramers_v_ci", TABLE, "strength of the relation, with an interval", "Steiger 2004",
     ask_cramers_v_ci},
    {"linear_by_linear", TABLE, "do ordered rows and columns rise together?", "Mantel 1963",
     ask_linear_by_linear},
    {"ordinal_association", TABLE, "gamma, tau-b and Spearman of ordered categories",
     "Goodman & Kruskal 1954; Kendall 1945", ask_ordinal_association},
    {"cmh_2x2xk", "strata [conf]", "two groups compared within strata",
     "Mantel & Haenszel 1959; Robins, Breslow & Greenland 1986", ask_cmh},
    {"mh_risk_difference", "strata [conf]", "common difference of shares over strata",
     "Sato 1989", ask_mh_difference},
    {"breslow_day", "strata [conf]", "do the strata share one odds ratio?",
     "Breslow & Day 1980; Tarone 1985", ask_breslow_day},
    {"cmh_ixjxk", "data rows cols strata [count]", "rows against columns within strata",
     "Landis, Heyman & Koch 1978", ask_cmh_general},
    {0},
};
// clang-format on
