// SPDX-License-Identifier: MIT
/* Milliseconds for 10,000 calls of each statistic, on inputs a report would have. */
#include <stdio.h>
#include <time.h>

#include "stats/stats.h"
#include "tests/support/draw.h"

#define PEOPLE 300

static double x[PEOPLE], y[PEOPLE], work[200000], score[PEOPLE];
static size_t group[PEOPLE], cluster[PEOPLE], order[PEOPLE];
static long counted[64];

static double seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* Call again and again for about a thirtieth of a second; a statistic that fails says so.
 */
#define SPEED(name, call)                                                                \
    do {                                                                                 \
        double start = seconds(), spent = 0;                                             \
        long calls = 0;                                                                  \
        int failed = 0;                                                                  \
        for (; spent < 0.033; calls++) {                                                 \
            failed |= (call);                                                            \
            if (calls % 8 == 0) spent = seconds() - start;                               \
        }                                                                                \
        printf("  %-34s %10.1f ms%s\n", name, 1e7 * (seconds() - start) / (double)calls, \
               failed ? "   FAILED" : "");                                               \
    } while (0)

static void draw_people(void)
{
    draw_start(1);
    for (size_t i = 0; i < PEOPLE; i++) {
        group[i] = i % 4;
        cluster[i] = i / 3;
        x[i] = (double)draw_whole(7, 35);
        y[i] = x[i] + (double)draw_whole(-6, 8);
    }
}

static void shares(void)
{
    struct stats_two_groups g = {56, 170, 48, 180};
    struct stats_pairs p = {90, 29, 53, 154};
    struct stats_interval ci;
    struct stats_prop_test exact;
    struct stats_chisq_2x2 chisq;
    struct stats_fisher_2x2 fisher;
    struct stats_mcnemar mcnemar;
    struct stats_count_ratio ratio;

    SPEED("wilson", stats_wilson(81, 263, 0.95, &ci));
    SPEED("clopper-pearson", stats_clopper_pearson(81, 263, 0.95, &ci));
    SPEED("jeffreys", stats_jeffreys(81, 263, 0.95, &ci));
    SPEED("mid-p", stats_prop_midp(81, 263, 0.95, &ci));
    SPEED("exact test of a target", stats_prop_test_exact(81, 263, 0.25, &exact));
    SPEED("newcombe", stats_newcombe(&g, 0.95, &ci));
    SPEED("miettinen-nurminen", stats_miettinen_nurminen(&g, 0.95, &ci));
    SPEED("chi-square 2x2", stats_chisq_2x2(&g, &chisq));
    SPEED("fisher 2x2", stats_fisher_2x2(&g, &fisher));
    SPEED("newcombe-paired", stats_newcombe_paired(&p, 0.95, &ci));
    SPEED("tango", stats_tango(&p, 0.95, &ci));
    SPEED("mcnemar-midp", stats_mcnemar(&p, &mcnemar));
    SPEED("imbens-manski", stats_imbens_manski(119, 326, 830, 0.95, &ci, NULL));
    SPEED("garwood", stats_count_vs_profile(26, 27, 0.95, &ratio));
}

static void scores(void)
{
    struct stats_groups g = {x, group, PEOPLE, 4};
    struct stats_group_sums sums[4];
    struct stats_moments a, b;
    struct stats_pair_moments pairs;
    struct stats_comparison c;
    struct stats_interval ci;
    struct stats_signed_rank w;
    struct stats_hodges_lehmann h;
    struct stats_mann_whitney m;
    struct stats_f_test f;
    struct stats_kruskal k;
    struct stats_trend t;
    struct stats_jonckheere j;
    double change[PEOPLE];

    for (size_t i = 0; i < PEOPLE; i++)
        change[i] = y[i] - x[i];
    SPEED("moments of 300", stats_describe(x, PEOPLE, &a));
    SPEED("paired moments of 300", stats_describe_pairs(x, y, PEOPLE, &pairs));
    SPEED("moments of other 150", stats_describe(y, 150, &b));
    SPEED("welch", stats_welch_t(&a, &b, 0.95, &c));
    SPEED("paired-t", stats_paired_t(&pairs, 0.95, &c));
    SPEED("d-av with interval", stats_effect_dav(&pairs, 0.95, &ci));
    SPEED("hedges-g with interval", stats_hedges_g(&a, &b, 0.95, &ci));
    SPEED("wilcoxon of 300", stats_signed_rank(change, PEOPLE, order, work, &w));
    SPEED("hodges-lehmann of 300", stats_hodges_lehmann(change, PEOPLE, 0.95, work, &h));
    SPEED("mann-whitney 150, 150", stats_mann_whitney(x, 150, 150, order, work, &m));
    SPEED("anova-welch of 300", stats_anova_welch(&g, sums, &f));
    SPEED("kruskal-wallis of 300", stats_kruskal_wallis(&g, order, work, sums, &k));
    SPEED("linear-trend of 300", stats_trend_linear(&g, NULL, 0.95, &t));
    SPEED("jonckheere of 300", stats_jonckheere(&g, order, counted, &j));
}

static void tables(void)
{
    static const long cells[] = {68, 20, 15, 5,  119, 84, 54, 29,
                                 26, 17, 14, 14, 7,   94, 10, 16};
    static const long small[] = {7, 1, 3, 17, 8, 14, 12, 3, 4, 9, 1, 7};
    static const struct stats_two_groups strata[] = {
        {2, 39,  1, 43 },
        {4, 44,  4, 44 },
        {6, 107, 4, 110},
        {7, 103, 5, 100}
    };
    struct stats_table t = {cells, 4, 4}, few = {small, 4, 3};
    struct stats_chisq c;
    struct stats_cramers_v v;
    struct stats_interval ci;
    struct stats_exact e;
    struct stats_test test;
    struct stats_cmh cmh;
    struct stats_breslow_day bd;
    double p[20];

    for (int i = 0; i < 20; i++)
        p[i] = draw_uniform();
    SPEED("chi-square 4x4", stats_chisq(&t, &c));
    SPEED("cramers-v", stats_cramers_v(&t, &v));
    SPEED("cramers-v interval", stats_cramers_v_interval(&t, 0.95, &ci));
    SPEED("fisher-freeman-halton 4x3, n 86",
          stats_fisher_freeman_halton(&few, 9999999, work, &e));
    SPEED("the same simulated, 99999 tables", stats_ffh_monte_carlo(&few, 99999, work, &e));
    SPEED("stuart-maxwell 4x4", stats_stuart_maxwell(cells, 4, &test));
    SPEED("mantel-haenszel, 4 strata", stats_cmh(strata, 4, &cmh));
    SPEED("breslow-day-tarone, 4 strata", stats_breslow_day(strata, 4, &bd));
    SPEED("holm of 20", stats_adjust(p, 20, STATS_HOLM, order, p));
}

static void designs(void)
{
    struct stats_design d = {
        .n = PEOPLE, .cluster = cluster, .clusters = 100, .work = work};
    struct stats_design_mean m;
    struct stats_interval ci;
    struct stats_rao_scott rs;
    size_t row[PEOPLE];
    double yes[PEOPLE];

    for (size_t i = 0; i < PEOPLE; i++) {
        row[i] = (size_t)draw_whole(0, 1);
        yes[i] = (double)row[i];
    }
    SPEED("cluster mean, 100 clients of 3", stats_design_mean(&d, yes, NULL, score, &m));
    SPEED("cluster-logit-t", stats_cluster_logit(&m, 0.95, &ci));
    SPEED("rao-scott 2x4",
          stats_rao_scott(&d, row, group, 2, 4, NULL, work + stats_design_work(&d), &rs));
}

/* A constant, a score and three groups against a fourth. */
enum { TERMS = 5 };

static void models(void)
{
    static double design[PEOPLE * TERMS], yes[PEOPLE], beta[TERMS], cov[TERMS * TERMS];
    static long double wide[20000];
    static const size_t columns[] = {2, 3, 4};
    struct stats_effect effect = {2, 1, columns, 3};
    struct stats_logit fit;
    struct stats_interval ci;
    double se, p, loglik, trial[TERMS];

    for (size_t i = 0; i < PEOPLE; i++) {
        design[i * TERMS] = 1;
        design[i * TERMS + 1] = x[i];
        for (size_t k = 2; k < TERMS; k++)
            design[i * TERMS + k] = group[i] == k - 1;
        yes[i] = draw_uniform() < 0.3 + 0.01 * x[i];
    }
    SPEED("logit of 300, 5 terms",
          stats_logit_fit(design, yes, PEOPLE, TERMS, beta, cov, wide, &fit));
    SPEED("average marginal effect",
          stats_logit_effect(design, PEOPLE, TERMS, beta, cov, &effect, 0.95, work, &se, &ci));
    SPEED("firth of 300, 5 terms",
          stats_firth_fit(design, yes, PEOPLE, TERMS, beta, cov, wide, &loglik));
    SPEED("firth, profile interval",
          stats_firth_profile(design, yes, PEOPLE, TERMS, beta, cov, loglik, 1, 0.95, trial,
                              wide, &ci, &p));
}

static void waits(void)
{
    static struct stats_subject subjects[PEOPLE];
    static struct stats_life rows[PEOPLE];
    static long double wide[2000];
    struct stats_interval ci;
    struct stats_test test;
    double observed[4], expected[4], se;
    size_t used;

    for (size_t i = 0; i < PEOPLE; i++)
        subjects[i] = (struct stats_subject){x[i] * 10, (int)draw_whole(0, 2), (int)group[i]};
    SPEED("kaplan-meier, aalen-johansen of 300",
          stats_life_table(subjects, PEOPLE, 1, rows, &used));
    SPEED("restricted mean", stats_restricted_mean(rows, used, 200, 0.95, &se, &ci));
    SPEED("log-rank, 4 groups",
          stats_logrank(subjects, PEOPLE, 4, 0, wide, observed, expected, &test));
    SPEED("gray, 4 groups", stats_gray(subjects, PEOPLE, 4, 1, wide, &test));
}

static void areas(void)
{
    static const long yes[] = {76, 38, 5, 40, 22, 61, 17, 90, 33, 12},
                      n[] = {197, 110, 19, 98, 70, 150, 44, 230, 85, 40};
    static const double months[] = {19, 28, 26, 25, 25, 25, 29, 47, 55, 68, 101, 56};
    static const struct stats_prior prior = {0.5, 0.5};
    static const struct stats_pairs pairs = {90, 29, 53, 154};
    struct stats_posterior posterior;
    struct stats_prediction prediction;
    struct stats_overdispersion spread;
    struct stats_run_chart run;
    struct stats_reliable reliable;
    struct stats_interval ci;
    double pooled, between, shrunk[10];

    SPEED("target now", stats_target_posterior(55, 200, 0.2, prior, 0.95, &posterior));
    SPEED("target at the end",
          stats_target_predict(40, 200, 400, 80, prior, &prediction));
    SPEED("funnel, exact limits", stats_funnel_exact(110, 0.365, 0.998, &ci));
    SPEED("overdispersion of 10 areas",
          stats_overdispersion(yes, n, 10, 0.1, work, score, &spread));
    SPEED("shrinkage of 10 areas",
          stats_shrink(yes, n, 10, &pooled, &between, work, shrunk));
    SPEED("run chart of 12 months", stats_run_chart(months, 12, work, &run));
    SPEED("reliable change", stats_reliable_change(18, 24, 3.92, 0.84, 0.95, &reliable));
    SPEED("bounds of a change", stats_change_bounds(&pairs, 60, 100, &ci));
    SPEED("bounds of a change in scores",
          stats_mean_change_bounds(-900, 374, 2100, 100, 0, 40, &ci));
}

int main(void)
{
    stats_start();
    draw_people();
    printf("10,000 calls take\n\n");
    shares();
    scores();
    tables();
    designs();
    models();
    waits();
    areas();
    return 0;
}
