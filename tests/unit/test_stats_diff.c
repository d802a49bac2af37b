// SPDX-License-Identifier: MIT
#include "tests/support/check.h"

#include <math.h>

#include "stats/stats_diff.h"
#include "stats/stats_num.h"
#include "tests/support/draw.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

typedef stats_status (*interval)(const struct stats_two_groups *groups, double conf,
                                 struct stats_interval *out);

static const interval differences[] = {stats_newcombe, stats_agresti_caffo, stats_mee,
                                       stats_miettinen_nurminen};

static struct stats_two_groups random_groups(long most)
{
    struct stats_two_groups g;

    g.n1 = draw_whole(1, most);
    g.n2 = draw_whole(1, most);
    g.yes1 = draw_whole(0, g.n1);
    g.yes2 = draw_whole(0, g.n2);
    return g;
}

static struct stats_two_groups turned(struct stats_two_groups g)
{
    return (struct stats_two_groups){g.yes2, g.n2, g.yes1, g.n1};
}

/* Newcombe 1998, Table II (cases a to h, method 10); the others by 40-digit bisection */
static void newcombe_and_miettinen_nurminen_agree_with_published_limits(void **state)
{
    static const struct {
        interval run;
        struct stats_two_groups g;
        double low, high, near;
    } cases[] = {
  // clang-format off
        {stats_newcombe, {56, 70, 48, 80}, 0.0524, 0.3339, 5e-5},
        {stats_newcombe, {9, 10, 3, 10}, 0.1705, 0.8090, 5e-5},
        {stats_newcombe, {6, 7, 2, 7}, 0.0582, 0.8062, 5e-5},
        {stats_newcombe, {5, 56, 0, 29}, -0.0381, 0.1926, 5e-5},
        {stats_newcombe, {0, 10, 0, 20}, -0.1611, 0.2775, 5e-5},
        {stats_newcombe, {10, 10, 0, 20}, 0.6791, 1, 5e-5},
        {stats_newcombe, {10, 10, 0, 10}, 0.6075, 1, 5e-5},
        {stats_newcombe, {126, 151, 114, 391}, 0.4607424208911356,
         0.6093577546781452, 1e-14},
        {stats_miettinen_nurminen, {56, 70, 48, 80}, 0.052829713245844602,
         0.33817294001586835, 1e-12},
        {stats_miettinen_nurminen, {5, 19, 76, 197}, -0.28771981565734694,
         0.11239819627884332, 1e-12},
        {stats_mee, {6, 7, 2, 7}, 0.054448327743145906, 0.84780908446827387, 1e-12},
        {stats_mee, {5, 56, 0, 29}, -0.031327068773778239, 0.19256001385511162, 1e-12},
        {stats_agresti_caffo, {5, 56, 0, 29}, -0.02886584630312582,
         0.1712462689950057, 1e-14},
  // clang-format on
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct stats_interval ci;
        CHECK_OK(cases[i].run(&cases[i].g, 0.95, &ci));
        CHECK_NEAR(ci.low, cases[i].low, cases[i].near);
        CHECK_NEAR(ci.high, cases[i].high, cases[i].near);
    }
}

static void differences_stay_in_range_and_turn_with_their_groups(void **state)
{
    (void)state;
    draw_start(7);
    for (int i = 0; i < 300; i++) {
        struct stats_two_groups g = random_groups(150), other = turned(g);
        for (size_t k = 0; k < COUNT(differences); k++) {
            struct stats_interval ci, back;
            CHECK_OK(differences[k](&g, 0.95, &ci));
            CHECK_OK(differences[k](&other, 0.95, &back));
            CHECK(ci.low >= -1 && ci.high <= 1 && ci.low < ci.high);
            CHECK(ci.low <= ci.estimate + 1e-12 || differences[k] == stats_agresti_caffo);
            CHECK_NEAR(ci.estimate, -back.estimate, 0);
            CHECK_NEAR(ci.low, -back.high, 1e-9);
            CHECK_NEAR(ci.high, -back.low, 1e-9);
        }
    }
}

static void equal_shares_differ_by_zero_exactly(void **state)
{
    struct stats_two_groups g = {1, 3, 41, 123};
    struct stats_interval ci;

    (void)state;
    CHECK_OK(stats_newcombe(&g, 0.95, &ci));
    CHECK(ci.estimate == 0);
}

/* At each limit the score test, the likeliest shares found by search, is just at z. */
static void score_limits_are_where_the_score_test_turns(void **state)
{
    (void)state;
    draw_start(8);
    for (int i = 0; i < 40; i++) {
        struct stats_two_groups g = random_groups(60);
        struct stats_interval ci;
        CHECK_OK(stats_mee(&g, 0.95, &ci));
        double limits[2] = {ci.low, ci.high};
        for (int side = 0; side < 2; side++) {
            double d = limits[side], low = fmax(0, -d), high = fmin(1, 1 - d);
            if (fabs(d) > 0.999) continue;
            for (int step = 0; step < 200; step++) { /* ternary search: it is concave */
                double at[2] = {low + (high - low) / 3, high - (high - low) / 3}, fit[2];
                for (int j = 0; j < 2; j++)
                    fit[j] = (double)g.yes1 * log(at[j] + d) +
                             (double)(g.n1 - g.yes1) * log1p(-at[j] - d) +
                             (double)g.yes2 * log(at[j]) +
                             (double)(g.n2 - g.yes2) * log1p(-at[j]);
                if (fit[0] < fit[1])
                    low = at[0];
                else
                    high = at[1];
            }
            double p2 = 0.5 * (low + high), p1 = p2 + d;
            double v = p1 * (1 - p1) / (double)g.n1 + p2 * (1 - p2) / (double)g.n2;
            CHECK_NEAR(fabs(ci.estimate - d) / sqrt(v), stats_z(0.95), 1e-4);
        }
    }
}

static void an_empty_group_has_no_difference(void **state)
{
    struct stats_two_groups empty = {0, 0, 3, 9}, impossible = {4, 3, 1, 2};
    struct stats_interval ci = {-9, -9, -9};

    (void)state;
    for (size_t k = 0; k < COUNT(differences); k++) {
        CHECK_INT(differences[k](&empty, 0.95, &ci), STATS_EMPTY);
        CHECK_INT(differences[k](&impossible, 0.95, &ci), STATS_DOMAIN);
    }
    CHECK_NEAR(ci.low, -9, 0);
}

static void ratios_agree_with_closed_forms(void **state)
{
    struct stats_two_groups g = {126, 151, 488, 665}, shares = {126, 151, 114, 391};
    struct stats_interval ci;

    (void)state;
    CHECK_OK(stats_odds_ratio_woolf(&g, 0.95, &ci));
    CHECK_NEAR(ci.estimate, 1.828032786885246, 1e-14);
    CHECK_NEAR(ci.low, 1.151356246612257, 1e-13);
    CHECK_NEAR(ci.high, 2.902406513848383, 1e-13);
    CHECK_OK(stats_risk_ratio_katz(&shares, 0.95, &ci));
    CHECK_NEAR(ci.estimate, 2.861972812826769, 1e-14);
    CHECK_NEAR(ci.low, 2.414404133222182, 1e-13);
}

static void ratios_with_a_zero_are_refused_not_adjusted(void **state)
{
    struct stats_two_groups none = {0, 5, 3, 9}, all = {5, 5, 9, 9}, one_all = {5, 5, 3, 9};
    struct stats_interval ci;

    (void)state;
    CHECK_INT(stats_odds_ratio_woolf(&none, 0.95, &ci), STATS_UNDEFINED);
    CHECK_INT(stats_odds_ratio_woolf(&one_all, 0.95, &ci), STATS_UNDEFINED);
    CHECK_INT(stats_risk_ratio_katz(&none, 0.95, &ci), STATS_UNDEFINED);
    CHECK_INT(stats_risk_ratio_katz(&all, 0.95, &ci), STATS_UNDEFINED);
    CHECK_OK(stats_risk_ratio_katz(&one_all, 0.95, &ci));
}

/* R 4.2.2 chisq.test */
static void chi_square_has_no_continuity_correction(void **state)
{
    struct stats_two_groups g = {9, 19, 5, 19};
    struct stats_chisq_2x2 test;

    (void)state;
    CHECK_OK(stats_chisq_2x2(&g, &test));
    CHECK_NEAR(test.pearson.p, 0.178565363964, 1e-12);
    CHECK_NEAR(test.yates.p, 0.31302784067, 1e-11);
    CHECK_NEAR(test.nminus1.statistic, test.pearson.statistic * 37 / 38, 1e-14);
    CHECK_NEAR(test.min_expected, 7, 0);
}

static void a_table_all_of_one_answer_has_no_chi_square(void **state)
{
    struct stats_two_groups all = {1, 1, 1, 1}, none = {0, 3, 0, 4};
    struct stats_chisq_2x2 test;

    (void)state;
    CHECK_INT(stats_chisq_2x2(&all, &test), STATS_UNDEFINED);
    CHECK_INT(stats_chisq_2x2(&none, &test), STATS_UNDEFINED);
}

static long double ways(long n, long k)
{
    return k < 0 || k > n ? 0
                          : expl(stats_log_factorial(n) - stats_log_factorial(k) -
                                 stats_log_factorial(n - k));
}

static void fisher_agrees_with_enumeration(void **state)
{
    (void)state;
    draw_start(9);
    for (int i = 0; i < 200; i++) {
        struct stats_two_groups g = random_groups(40);
        long yes = g.yes1 + g.yes2;
        long double all = 0, rarer = 0, equal = 0;
        long double seen = ways(g.n1, g.yes1) * ways(g.n2, g.yes2);
        struct stats_fisher_2x2 test;
        for (long x = 0; x <= g.n1; x++) {
            long double w = ways(g.n1, x) * ways(g.n2, yes - x);
            all += w;
            if (w < seen * (1 - 1e-7L))
                rarer += w;
            else if (w <= seen * (1 + 1e-7L))
                equal += w;
        }
        CHECK_OK(stats_fisher_2x2(&g, &test));
        CHECK_NEAR(test.two_sided, (double)((rarer + equal) / all), 1e-12);
        CHECK_NEAR(test.midp, (double)((rarer + equal / 2) / all), 1e-12);
    }
}

static void the_test_follows_the_expected_counts(void **state)
{
    struct stats_two_groups large = {9, 19, 5, 19}, small = {1, 3, 0, 20};
    enum stats_2x2_choice choice;
    struct stats_test test;
    struct stats_fisher_2x2 fisher;

    (void)state;
    CHECK_OK(stats_test_2x2(&large, &choice, &test));
    CHECK_INT(choice, STATS_2X2_NMINUS1);
    CHECK_OK(stats_test_2x2(&small, &choice, &test));
    CHECK_INT(choice, STATS_2X2_FISHER_MIDP);
    CHECK_OK(stats_fisher_2x2(&small, &fisher));
    CHECK_NEAR(test.p, fisher.midp, 0);
}

static void tests_of_equal_groups_reject_about_as_often_as_they_should(void **state)
{
    int rejected = 0, runs = 4000;

    (void)state;
    draw_start(10);
    for (int i = 0; i < runs; i++) {
        struct stats_two_groups g = {draw_binomial(0.3, 40), 40, draw_binomial(0.3, 55),
                                     55};
        enum stats_2x2_choice choice;
        struct stats_test test;
        CHECK_OK(stats_test_2x2(&g, &choice, &test));
        rejected += test.p <= 0.05;
    }
    CHECK_NEAR((double)rejected / runs, 0.05, 0.013);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(newcombe_and_miettinen_nurminen_agree_with_published_limits),
        cmocka_unit_test(differences_stay_in_range_and_turn_with_their_groups),
        cmocka_unit_test(equal_shares_differ_by_zero_exactly),
        cmocka_unit_test(score_limits_are_where_the_score_test_turns),
        cmocka_unit_test(an_empty_group_has_no_difference),
        cmocka_unit_test(ratios_agree_with_closed_forms),
        cmocka_unit_test(ratios_with_a_zero_are_refused_not_adjusted),
        cmocka_unit_test(chi_square_has_no_continuity_correction),
        cmocka_unit_test(a_table_all_of_one_answer_has_no_chi_square),
        cmocka_unit_test(fisher_agrees_with_enumeration),
        cmocka_unit_test(the_test_follows_the_expected_counts),
        cmocka_unit_test(tests_of_equal_groups_reject_about_as_often_as_they_should),
    };

    stats_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
