// SPDX-License-Identifier: MIT
#include "tests/support/check.h"

#include <math.h>

#include "stats/stats_anova.h"
#include "stats/stats_mean.h"
#include "stats/stats_rank.h"
#include "stats/stats_trend.h"
#include "tests/support/draw.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static struct stats_group_sums sums[16];
static size_t order[4096];
static double rank[4096];
static long count[32];

/* R 4.2.2's PlantGrowth: ctrl, trt1, trt2 */
static const double plant[] = {4.17, 5.58, 5.18, 6.11, 4.50, 4.61, 5.17, 4.53, 5.33, 5.14,
                               4.81, 4.17, 4.41, 3.59, 5.87, 3.83, 6.03, 4.89, 4.32, 4.69,
                               6.31, 5.12, 5.54, 5.50, 5.37, 5.29, 4.92, 6.15, 5.80, 5.26};
static const size_t plant_group[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1,
                                     1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2};
static const struct stats_groups plants = {plant, plant_group, 30, 3};

static void analyses_of_variance_agree_with_r(void **state)
{
    struct stats_anova a;
    struct stats_f_test w;
    struct stats_kruskal k;

    (void)state;
    CHECK_OK(stats_anova(&plants, sums, &a));
    CHECK_NEAR(a.f, 4.846087862380136, 1e-12);
    CHECK_NEAR(a.p, 0.0159099583256229, 1e-13);
    CHECK_NEAR(a.eta2, 3.76634 / (3.76634 + 10.49209), 1e-6);
    CHECK_OK(stats_anova_welch(&plants, sums, &w));
    CHECK_NEAR(w.f, 5.180973, 1e-6);
    CHECK_NEAR(w.df2, 17.128418, 1e-6);
    CHECK_NEAR(w.p, 0.01739282, 1e-8);
    CHECK_OK(stats_kruskal_wallis(&plants, order, rank, sums, &k));
    CHECK_NEAR(k.test.statistic, 7.9882287, 1e-7);
    CHECK_NEAR(k.test.p, 0.01842376, 1e-8);
}

static void two_groups_make_the_anova_a_t_test(void **state)
{
    struct stats_groups two = {plant, plant_group, 20, 3};
    struct stats_moments a, b;
    struct stats_comparison pooled, welch;
    struct stats_anova f;
    struct stats_f_test w;

    (void)state;
    CHECK_OK(stats_describe(plant, 10, &a));
    CHECK_OK(stats_describe(plant + 10, 10, &b));
    CHECK_OK(stats_pooled_t(&a, &b, 0.95, &pooled));
    CHECK_OK(stats_welch_t(&a, &b, 0.95, &welch));
    CHECK_OK(stats_anova(&two, sums, &f));
    CHECK_OK(stats_anova_welch(&two, sums, &w));
    CHECK_NEAR(f.f, pooled.test.statistic * pooled.test.statistic, 1e-12);
    CHECK_NEAR(f.p, pooled.test.p, 1e-13);
    CHECK_NEAR(w.f, welch.test.statistic * welch.test.statistic, 1e-12);
    CHECK_NEAR(w.df2, welch.test.df, 1e-11);
}

/* After NIST SmLs04: seven leading digits in common, so doubles keep about ten of the
 * squares */
static void anova_keeps_what_doubles_keep_after_seven_common_digits(void **state)
{
    double x[189];
    size_t group[189], n = 0;
    struct stats_anova a;

    (void)state;
    for (size_t g = 0; g < 9; g++)
        for (size_t i = 0; i < 21; i++, n++) {
            double level = (double)(g + 4 + (g > 2)) / 10;
            x[n] = 1e6 + level + (i == 0 ? 0 : i % 2 ? -0.1 : 0.1);
            group[n] = g;
        }
    struct stats_groups data = {x, group, n, 9};
    CHECK_OK(stats_anova(&data, sums, &a));
    CHECK_NEAR(a.ss_within, 1.8, 1e-8);
    CHECK_NEAR(a.df_within, 180, 0);
}

static void too_little_to_compare_is_undefined(void **state)
{
    double x[] = {1, 2, 3, 3}, same[] = {0.1, 0.1, 0.3, 0.3};
    size_t one[] = {1, 1, 1, 1}, each[] = {0, 1, 2, 3}, pairs[] = {0, 0, 1, 1};
    size_t bad[] = {0, 1, 9, 1};
    struct stats_groups single = {x, one, 4, 5}, lone = {x, each, 4, 4};
    struct stats_groups flat = {same, pairs, 4, 2}, wrong = {x, bad, 4, 2},
                        none = {x, one, 0, 2};
    struct stats_anova a;
    struct stats_f_test w;
    struct stats_kruskal k;
    struct stats_trend t;
    struct stats_jonckheere j;

    (void)state;
    CHECK_INT(stats_anova(&single, sums, &a), STATS_UNDEFINED);
    CHECK_INT(stats_anova(&lone, sums, &a), STATS_UNDEFINED);
    CHECK_INT(stats_anova_welch(&flat, sums, &w), STATS_UNDEFINED);
    CHECK_OK(stats_anova(&flat, sums, &a));
    CHECK(isnan(a.f) && a.eta2 == 1);
    CHECK_INT(stats_kruskal_wallis(&single, order, rank, sums, &k), STATS_UNDEFINED);
    CHECK_INT(stats_trend_linear(&single, NULL, 0.95, &t), STATS_UNDEFINED);
    CHECK_INT(stats_trend_linear(&flat, NULL, 0.95, &t), STATS_UNDEFINED);
    CHECK_INT(stats_jonckheere(&single, order, count, &j), STATS_UNDEFINED);
    CHECK_INT(stats_anova(&wrong, sums, &a), STATS_DOMAIN);
    CHECK_INT(stats_anova(&none, sums, &a), STATS_EMPTY);
}

static void empty_groups_are_passed_over(void **state)
{
    size_t spaced[30];
    struct stats_groups gaps = {plant, spaced, 30, 7};
    struct stats_anova a, b;
    struct stats_jonckheere j, k;

    (void)state;
    for (size_t i = 0; i < 30; i++)
        spaced[i] = 1 + 2 * plant_group[i];
    CHECK_OK(stats_anova(&plants, sums, &a));
    CHECK_OK(stats_anova(&gaps, sums, &b));
    CHECK_NEAR(a.p, b.p, 0);
    CHECK_OK(stats_jonckheere(&plants, order, count, &j));
    CHECK_OK(stats_jonckheere(&gaps, order, count, &k));
    CHECK_NEAR(j.z, k.z, 0);
}

/* R 4.2.2 lm(weight ~ as.integer(group)) */
static void a_trend_is_the_slope_of_least_squares(void **state)
{
    struct stats_trend t;
    double scores[] = {10, 20, 30};

    (void)state;
    CHECK_OK(stats_trend_linear(&plants, NULL, 0.95, &t));
    CHECK_NEAR(t.slope.estimate, 0.247, 1e-13);
    CHECK_NEAR(t.test.df, 28, 0);
    double one = t.test.p;
    CHECK_OK(stats_trend_linear(&plants, scores, 0.95, &t));
    CHECK_NEAR(t.slope.estimate, 0.0247, 1e-14);
    CHECK_NEAR(t.test.p, one, 1e-14);
}

/* Every pair of people from two groups, by definition. */
static double rising_by_definition(const struct stats_groups *g)
{
    double j = 0;

    for (size_t a = 0; a < g->n; a++)
        for (size_t b = 0; b < g->n; b++)
            if (g->group[a] < g->group[b])
                j += g->x[a] < g->x[b] ? 1 : g->x[a] == g->x[b] ? 0.5 : 0;
    return j;
}

static void jonckheere_agrees_with_its_definition_and_its_permutations(void **state)
{
    double x[14], total = 0, squares = 0;
    size_t group[] = {0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3};
    struct stats_groups g = {x, group, 14, 4};
    struct stats_jonckheere j;
    int runs = 20000;

    (void)state;
    draw_start(27);
    for (int i = 0; i < 14; i++)
        x[i] = (double)draw_whole(0, 5);
    for (int i = 0; i < runs; i++) {
        draw_shuffle(x, 14);
        double rising = rising_by_definition(&g);
        total += rising;
        squares += rising * rising;
    }
    CHECK_OK(stats_jonckheere(&g, order, count, &j));
    CHECK_NEAR(j.j, rising_by_definition(&g), 1e-12);
    CHECK_NEAR(total / runs, j.expected, 0.2);
    CHECK_NEAR((squares - total * total / runs) / runs / j.variance, 1, 0.04);
}

static void jonckheere_of_two_groups_is_mann_whitney(void **state)
{
    double x[25];
    size_t group[25];
    struct stats_groups g = {x, group, 25, 2};
    struct stats_jonckheere j;
    struct stats_mann_whitney m;

    (void)state;
    draw_start(28);
    for (size_t i = 0; i < 25; i++) {
        x[i] = (double)draw_whole(0, 8);
        group[i] = i >= 10;
    }
    CHECK_OK(stats_jonckheere(&g, order, count, &j));
    CHECK_OK(stats_mann_whitney(x, 10, 15, order, rank, &m));
    CHECK_NEAR(j.j, 150 - m.u, 1e-12);
    CHECK_NEAR(j.p, m.p_normal, 1e-13);
}

static void p_values_of_like_groups_are_uniform(void **state)
{
    double welch[1200], kruskal[1200], jt[1200], trend[1200], x[60];
    size_t group[60];
    struct stats_groups g = {x, group, 60, 4};

    (void)state;
    draw_start(29);
    for (size_t i = 0; i < 60; i++)
        group[i] = i % 4;
    for (size_t i = 0; i < COUNT(welch); i++) {
        struct stats_f_test w;
        struct stats_kruskal k;
        struct stats_jonckheere j;
        struct stats_trend t;
        for (size_t k2 = 0; k2 < 60; k2++)
            x[k2] = draw_normal(0, 2);
        CHECK_OK(stats_anova_welch(&g, sums, &w));
        CHECK_OK(stats_kruskal_wallis(&g, order, rank, sums, &k));
        CHECK_OK(stats_jonckheere(&g, order, count, &j));
        CHECK_OK(stats_trend_linear(&g, NULL, 0.95, &t));
        welch[i] = w.p;
        kruskal[i] = k.test.p;
        jt[i] = j.p;
        trend[i] = t.test.p;
    }
    CHECK(draw_unevenness(welch, COUNT(welch)) < 1.95);
    CHECK(draw_unevenness(kruskal, COUNT(welch)) < 1.95);
    CHECK(draw_unevenness(jt, COUNT(welch)) < 1.95);
    CHECK(draw_unevenness(trend, COUNT(welch)) < 1.95);
}

/* R 4.2.2 prop.trend.test */
static void cochran_armitage_agrees_with_r(void **state)
{
    long yes[] = {83, 90, 129, 70}, n[] = {86, 93, 136, 82};
    struct stats_cochran_armitage ca;

    (void)state;
    CHECK_OK(stats_cochran_armitage(yes, n, NULL, 4, &ca));
    CHECK_NEAR(ca.trend.statistic, 8.2249222851, 1e-9);
    CHECK_NEAR(ca.trend.p, 0.0041318974, 1e-9);
    CHECK_NEAR(ca.z, -sqrt(8.2249222851), 1e-9);
    CHECK_NEAR(ca.departure.statistic, 4.3754890119, 1e-9);
    CHECK_NEAR(ca.departure.df, 2, 0);
}

static void a_trend_needs_two_groups_and_both_answers(void **state)
{
    long yes[] = {3, 0}, n[] = {3, 0}, some[] = {1, 2}, all[] = {3, 4}, none[] = {0, 0};
    struct stats_cochran_armitage ca;

    (void)state;
    CHECK_INT(stats_cochran_armitage(yes, n, NULL, 2, &ca), STATS_UNDEFINED);
    CHECK_INT(stats_cochran_armitage(all, all, NULL, 2, &ca), STATS_UNDEFINED);
    CHECK_INT(stats_cochran_armitage(none, none, NULL, 2, &ca), STATS_EMPTY);
    CHECK_INT(stats_cochran_armitage(all, some, NULL, 2, &ca), STATS_DOMAIN);
    CHECK_OK(stats_cochran_armitage(some, all, NULL, 2, &ca));
    CHECK(isnan(ca.departure.p)); /* two points always lie on a line */
}

/* Donner's estimator is (F - 1) / (F + m0 - 1) */
static void the_intraclass_correlation_follows_from_f(void **state)
{
    struct stats_icc icc;
    struct stats_anova a;

    (void)state;
    CHECK_OK(stats_icc_anova(&plants, sums, &icc));
    CHECK_OK(stats_anova(&plants, sums, &a));
    CHECK_NEAR(icc.m0, 10, 1e-13);
    CHECK_NEAR(icc.icc, (a.f - 1) / (a.f + 9), 1e-13);
    CHECK_NEAR(icc.deff, 1 + 9 * icc.icc, 1e-13);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(analyses_of_variance_agree_with_r),
        cmocka_unit_test(two_groups_make_the_anova_a_t_test),
        cmocka_unit_test(anova_keeps_what_doubles_keep_after_seven_common_digits),
        cmocka_unit_test(too_little_to_compare_is_undefined),
        cmocka_unit_test(empty_groups_are_passed_over),
        cmocka_unit_test(a_trend_is_the_slope_of_least_squares),
        cmocka_unit_test(jonckheere_agrees_with_its_definition_and_its_permutations),
        cmocka_unit_test(jonckheere_of_two_groups_is_mann_whitney),
        cmocka_unit_test(p_values_of_like_groups_are_uniform),
        cmocka_unit_test(cochran_armitage_agrees_with_r),
        cmocka_unit_test(a_trend_needs_two_groups_and_both_answers),
        cmocka_unit_test(the_intraclass_correlation_follows_from_f),
    };

    stats_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
