// SPDX-License-Identifier: MIT
/* reckon stat: the same people answering twice, yes/no or in categories. */
#include "stats/stats_paired.h"

#include <math.h>
#include <string.h>

#include "pipeline/driver/stat.h"
#include "pipeline/driver/stat_counts.h"
#include "stats/stats_ordinal.h"

/* ---- yes/no ------------------------------------------------------------------------ */

typedef stats_status (*pair_interval)(const struct stats_pairs *pairs, double conf,
                                      struct stats_interval *out);

static void say_change(struct stat_call *call, const struct stats_pairs *p,
                       const struct stats_interval *ci, const char *name)
{
    long n = p->yy + p->yn + p->ny + p->nn;

    stat_say(call, "From %s to %s of the same people (%ld gained, %ld lost): %s; %s (%s).",
             stat_share(call, p->yy + p->yn, n), stat_share(call, p->yy + p->ny, n), p->ny,
             p->yn, stat_points(call, ci->estimate), stat_ci_points(call, ci), name);
}

static bool put_change(struct stat_call *call, pair_interval interval, const char *name,
                       struct stats_pairs *pairs)
{
    *pairs = stat_pairs(call);
    double conf = stat_conf(call);
    struct stats_interval ci;

    if (stat_stopped(call)) return false;
    stats_status status = interval(pairs, conf, &ci);
    if (status == STATS_EMPTY) stat_refuse(call, "nobody answered at both points");
    if (!stat_ok(call, status)) return false;
    stat_put(call, "est", ci.estimate);
    stat_put(call, "ci_low", ci.low);
    stat_put(call, "ci_high", ci.high);
    say_change(call, pairs, &ci, name);
    return true;
}

static void ask_newcombe_paired(struct stat_call *call)
{
    struct stats_pairs p;

    if (!put_change(call, stats_newcombe_paired, "Newcombe, paired", &p)) return;
    double n = (double)(p.yy + p.yn + p.ny + p.nn);
    stat_put(call, "p_initial", (double)(p.yy + p.yn) / n);
    stat_put(call, "p_latest", (double)(p.yy + p.ny) / n);
    stat_put(call, "phi", stats_newcombe_phi(&p));
    if (n < 30) stat_say(call, "With fewer than 30 people use pdiff_tango.");
}

static void ask_tango(struct stat_call *call)
{
    struct stats_pairs pairs;
    (void)put_change(call, stats_tango, "Tango's score interval", &pairs);
}

static void ask_bonett_price(struct stat_call *call)
{
    struct stats_pairs pairs;
    (void)put_change(call, stats_bonett_price, "Bonett-Price", &pairs);
}

static void ask_mcnemar(struct stat_call *call)
{
    struct stats_pairs pairs = stat_pairs(call);
    struct stats_mcnemar test;

    if (stat_stopped(call)) return;
    stats_status status = stats_mcnemar(&pairs, &test);
    if (status == STATS_EMPTY) stat_refuse(call, "nobody answered at both points");
    if (!stat_ok(call, status)) return;
    stat_put(call, "p_midp", test.midp);
    stat_put(call, "p_exact", test.exact);
    stat_put(call, "chisq", test.chisq);
    stat_put(call, "p_asymptotic", test.p_chisq);
    stat_put(call, "p_cc_NOT_default", test.p_corrected);
    if (test.movers == 0)
        stat_say(call, "No client changed; there is no chi-square without a change.");
    else
        stat_say(call, "%ld gained, %ld lost: %s (McNemar, mid-p).", pairs.ny, pairs.yn,
                 stat_p(call, test.midp));
}

/* A=yy,yn,ny,nn */
static struct stats_pairs read_pairs(struct stat_call *call, const char *key)
{
    size_t n;
    long *count = stat_counts(call, key, &n);

    if (!stat_stopped(call) && n != 4)
        stat_misuse(call, "%s takes four counts: yy,yn,ny,nn", key);
    if (stat_stopped(call)) return (struct stats_pairs){0};
    return (struct stats_pairs){count[0], count[1], count[2], count[3]};
}

static void ask_change_difference(struct stat_call *call)
{
    struct stats_pairs a = read_pairs(call, "A"), b = read_pairs(call, "B");
    double conf = stat_conf(call);
    struct stats_interval ci;

    if (strcmp(stat_text_or(call, "order", "yy,yn,ny,nn"), "yy,yn,ny,nn") != 0)
        stat_misuse(call, "order: only yy,yn,ny,nn is offered");
    if (stat_stopped(call) || !stat_ok(call, stats_change_difference(&a, &b, conf, &ci)))
        return;
    stat_put(call, "est", ci.estimate);
    stat_put(call, "ci_low", ci.low);
    stat_put(call, "ci_high", ci.high);
    stat_say(call, "The change in A less the change in B: %s; %s.",
             stat_points(call, ci.estimate), stat_ci_points(call, &ci));
}

/* ---- categories -------------------------------------------------------------------- */

static void ask_category_change(struct stat_call *call)
{
    struct stats_table t = stat_flow_table(call, "table");
    double conf = stat_conf(call);

    for (size_t k = 0; k < t.rows && !stat_stopped(call); k++) {
        struct stats_interval ci;
        if (!stat_ok(call, stats_category_change(t.count, t.rows, k, conf, &ci))) return;
        stat_put_as(call, ci.estimate, "est_cat%zu", k + 1);
        stat_put_as(call, ci.low, "ci_low_cat%zu", k + 1);
        stat_put_as(call, ci.high, "ci_high_cat%zu", k + 1);
        stat_say(call, "Category %zu: %s; %s.", k + 1, stat_points(call, ci.estimate),
                 stat_ci_points(call, &ci));
    }
}

typedef stats_status (*square_test)(const long *table, size_t levels,
                                    struct stats_test *out);

static void put_square(struct stat_call *call, square_test run, const char *name)
{
    struct stats_table t = stat_flow_table(call, "table");
    struct stats_test test;

    if (stat_stopped(call)) return;
    stats_status status = run(t.count, t.rows, &test);
    if (status == STATS_UNDEFINED)
        stat_refuse(call, "nobody moved, or the moves do not link the categories");
    if (!stat_ok(call, status)) return;
    stat_put(call, "chisq", test.statistic);
    stat_put(call, "df", test.df);
    stat_put(call, "p", test.p);
    stat_say(call, "%s: chi-square %s, %s df, %s, of %ld people.", name,
             stat_fixed(call, test.statistic, 2), stat_fixed(call, test.df, 0),
             stat_p(call, test.p), stat_people(&t));
}

static void ask_stuart_maxwell(struct stat_call *call)
{
    put_square(call, stats_stuart_maxwell, "Did the distribution change? Stuart-Maxwell");
}

static void ask_bhapkar(struct stat_call *call)
{
    put_square(call, stats_bhapkar, "Did the distribution change? Bhapkar");
}

static void ask_bowker(struct stat_call *call)
{
    put_square(call, stats_bowker, "Are moves between categories balanced? Bowker");
}

static void say_shift(struct stat_call *call, const struct stats_shift *shift)
{
    stat_say(call,
             "%ld moved up, %ld stayed, %ld moved down (net %s): %s (sign test, mid-p).",
             shift->up, shift->same, shift->down, stat_percent(call, shift->net_share),
             stat_p(call, shift->p_sign_midp));
}

static void ask_ordinal_shift(struct stat_call *call)
{
    struct stats_table t = stat_flow_table(call, "table");
    struct stats_shift shift;

    if (stat_stopped(call) || !stat_ok(call, stats_ordinal_shift(t.count, t.rows, &shift)))
        return;
    stat_put(call, "moved_up", (double)shift.up);
    stat_put(call, "moved_down", (double)shift.down);
    stat_put(call, "same", (double)shift.same);
    stat_put(call, "net_share", shift.net_share);
    stat_put(call, "mean_score_change", shift.mean_change);
    stat_put(call, "p_sign_midp", shift.p_sign_midp);
    say_shift(call, &shift);
}

static void ask_score_shift(struct stat_call *call)
{
    struct stat_column a = stat_column(call, "initial"), b = stat_column(call, "latest");
    struct stat_column *both[] = {&a, &b};
    struct stats_shift shift;

    (void)stat_conf(call);
    stat_complete(call, both, 2);
    if (stat_stopped(call) ||
        !stat_ok(call, stats_score_shift(a.value, b.value, a.n, &shift)))
        return;
    stat_put(call, "improved", (double)shift.up);
    stat_put(call, "same", (double)shift.same);
    stat_put(call, "worse", (double)shift.down);
    stat_put(call, "net_share", shift.net_share);
    stat_put(call, "mean_change", shift.mean_change);
    stat_put(call, "p_sign_midp", shift.p_sign_midp);
    say_shift(call, &shift);
    stat_say(call, "\"Improved\" takes higher scores as better; on a scale where lower is "
                   "better, read it the other way round.");
}

#define FLOW "table [rows] [cols] [conf]"

// clang-format off
const struct stat_method stat_paired_methods[] = {
    {"pdiff_newcombe10", "yy yn ny nn [conf]",
     "change in a share of the same people (the default interval)", "Newcombe 1998c",
     ask_newcombe_paired},
    {"pdiff_tango", "yy yn ny nn [conf]",
     "change in a share of the same people, score interval for small numbers", "Tango 1998",
     ask_tango},
    {"pdiff_bonett_price", "yy yn ny nn [conf]",
     "change in a share of the same people, adjusted Wald interval", "Bonett & Price 2012",
     ask_bonett_price},
    {"mcnemar", "yy yn ny nn [conf]", "McNemar's test of a change in a share",
     "McNemar 1947; Fagerland, Lydersen & Laake 2013", ask_mcnemar},
    {"diff_in_paired_change_mover", "A B [order] [conf]",
     "did group A change more than group B?", "Zou & Donner 2008; Newcombe 1998c",
     ask_change_difference},
    {"category_change_newcombe10", FLOW, "change in the share of each category",
     "Newcombe 1998c", ask_category_change},
    {"stuart_maxwell", FLOW, "did the distribution over categories change?",
     "Stuart 1955; Maxwell 1970", ask_stuart_maxwell},
    {"bhapkar", FLOW, "the same, with the unrestricted variance", "Bhapkar 1966",
     ask_bhapkar},
    {"bowker", FLOW, "are moves between categories balanced?", "Bowker 1948", ask_bowker},
    {"ordinal_shift", FLOW, "how many moved up and down over ordered categories",
     "sign test: Dixon & Mood 1946; mid-p", ask_ordinal_shift},
    {"ordinal_shift_scores", "initial latest [data] [conf]",
     "how many improved and worsened between two scores",
     "sign test: Dixon & Mood 1946; mid-p", ask_score_shift},
    {0},
};
// clang-format on
