// SPDX-License-Identifier: MIT
#include "tests/support/check.h"

#include <math.h>

#include "stats/stats_num.h"
#include "stats/stats_ordinal.h"
#include "stats/stats_fragile.h"
#include "stats/stats_paired.h"
#include "tests/support/draw.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

typedef stats_status (*interval)(const struct stats_pairs *pairs, double conf,
                                 struct stats_interval *out);

static const interval intervals[] = {stats_newcombe_paired, stats_tango,
                                     stats_bonett_price};

static struct stats_pairs random_pairs(long most)
{
    struct stats_pairs p;

    p.yy = draw_whole(0, most);
    p.yn = draw_whole(0, most / 2);
    p.ny = draw_whole(0, most / 2);
    p.nn = draw_whole(1, most);
    return p;
}

/* Newcombe 1998c's extremes and others; 40-digit arithmetic */
static void paired_intervals_agree_with_published_limits(void **state)
{
    static const struct {
        interval run;
        struct stats_pairs p;
        double low, high;
    } cases[] = {
  // clang-format off
        {stats_newcombe_paired, {36, 2, 12, 0}, 0.05692958400323883, 0.3404276029749405},
        {stats_newcombe_paired, {36, 0, 14, 0}, 0.1528395178558574, 0.4166512369595655},
        {stats_newcombe_paired, {1, 1, 97, 1}, 0.8736721762007447, 0.9850257703740076},
        {stats_tango, {36, 2, 12, 0}, 0.061112406186343975, 0.34470874828214872},
        {stats_tango, {20, 12, 2, 16}, -0.34470874828214872, -0.061112406186343975},
        {stats_bonett_price, {36, 2, 12, 0}, 0.05089167043120071, 0.3337237141841839},
        {stats_bonett_price, {2, 1, 97, 0}, 0.881494193781137, 1},
  // clang-format on
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct stats_interval ci;
        CHECK_OK(cases[i].run(&cases[i].p, 0.95, &ci));
        CHECK_NEAR(ci.low, cases[i].low, 1e-12);
        CHECK_NEAR(ci.high, cases[i].high, 1e-12);
    }
}

static void paired_intervals_stay_in_range_hold_the_change_and_turn_with_time(void **state)
{
    (void)state;
    draw_start(11);
    for (int i = 0; i < 400; i++) {
        struct stats_pairs p = random_pairs(60), back = {p.yy, p.ny, p.yn, p.nn};
        for (size_t k = 0; k < COUNT(intervals); k++) {
            struct stats_interval ci, turned;
            CHECK_OK(intervals[k](&p, 0.95, &ci));
            CHECK_OK(intervals[k](&back, 0.95, &turned));
            CHECK(ci.low >= -1 && ci.high <= 1 && ci.low < ci.high);
            CHECK(ci.low <= ci.estimate && ci.estimate <= ci.high);
            CHECK_NEAR(ci.low, -turned.high, 1e-12);
            CHECK_NEAR(ci.high, -turned.low, 1e-12);
        }
    }
}

static void paired_intervals_narrow_with_people(void **state)
{
    (void)state;
    draw_start(12);
    for (int i = 0; i < 100; i++) {
        struct stats_pairs p = random_pairs(40);
        struct stats_pairs more = {9 * p.yy, 9 * p.yn, 9 * p.ny, 9 * p.nn};
        for (size_t k = 0; k < COUNT(intervals); k++) {
            struct stats_interval ci, narrow;
            CHECK_OK(intervals[k](&p, 0.95, &ci));
            CHECK_OK(intervals[k](&more, 0.95, &narrow));
            CHECK(narrow.high - narrow.low < ci.high - ci.low);
        }
    }
}

static void nobody_paired_is_empty_and_nobody_changed_is_not(void **state)
{
    struct stats_pairs nobody = {0}, still = {30, 0, 0, 24}, wrong = {-1, 1, 1, 1};
    struct stats_interval ci;
    struct stats_mcnemar test;

    (void)state;
    for (size_t k = 0; k < COUNT(intervals); k++) {
        CHECK_INT(intervals[k](&nobody, 0.95, &ci), STATS_EMPTY);
        CHECK_INT(intervals[k](&wrong, 0.95, &ci), STATS_DOMAIN);
        CHECK_INT(intervals[k](&still, 95, &ci), STATS_DOMAIN);
        CHECK_OK(intervals[k](&still, 0.95, &ci));
        CHECK(ci.estimate == 0 && ci.low < 0 && ci.high > 0);
    }
    CHECK_INT(stats_mcnemar(&nobody, &test), STATS_EMPTY);
    CHECK_OK(stats_mcnemar(&still, &test));
    CHECK(test.midp == 1 && test.exact == 1 && test.movers == 0);
    CHECK(isnan(test.chisq) && isnan(test.p_chisq));
}

/* The two trial examples of Fagerland, Lydersen & Laake 2013: 0.0347 is the mid-p of 1
 * and 7. */
static void mcnemar_agrees_with_published_values(void **state)
{
    static const struct {
        struct stats_pairs p;
        double midp, exact, chisq;
    } cases[] = {
        {{1, 1, 7, 12},   0.0390625,            0.0703125,       4.5     },
        {{20, 2, 12, 16}, 0.007385253906249997, 0.012939453125,  50.0 / 7},
        {{36, 0, 14, 0},  6.103515625e-05,      0.0001220703125, 14      },
        {{9, 4, 4, 10},   1 - 0.5 * 70 / 256,   1,               0       }
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct stats_mcnemar test;
        CHECK_OK(stats_mcnemar(&cases[i].p, &test));
        CHECK_NEAR(test.midp, cases[i].midp, 1e-14);
        CHECK_NEAR(test.exact, cases[i].exact, 1e-14);
        CHECK_NEAR(test.chisq, cases[i].chisq, 1e-14);
    }
}

static void only_movers_decide_mcnemar(void **state)
{
    struct stats_pairs few = {1, 3, 9, 1}, many = {5000, 3, 9, 700};
    struct stats_mcnemar a, b;

    (void)state;
    CHECK_OK(stats_mcnemar(&few, &a));
    CHECK_OK(stats_mcnemar(&many, &b));
    CHECK_NEAR(a.midp, b.midp, 0);
}

static void a_mover_against_certainty_is_certain(void **state)
{
    struct stats_interval a = {0.2, 0.1, 0.35}, sure = {0.05, 0.05, 0.05}, d;

    (void)state;
    stats_mover(&a, &sure, &d);
    CHECK_NEAR(d.low, 0.05, 1e-15);
    CHECK_NEAR(d.high, 0.3, 1e-15);
}

static void changes_of_two_groups_are_compared_both_ways(void **state)
{
    struct stats_pairs a = {4, 1, 5, 9}, b = {60, 16, 26, 95};
    struct stats_interval ab, ba;

    (void)state;
    CHECK_OK(stats_change_difference(&a, &b, 0.95, &ab));
    CHECK_OK(stats_change_difference(&b, &a, 0.95, &ba));
    CHECK_NEAR(ab.estimate, 4.0 / 19 - 10.0 / 197, 1e-15);
    CHECK_NEAR(ab.low, -ba.high, 1e-15);
    CHECK_NEAR(ab.low, -0.105482717, 1e-8);
    CHECK_NEAR(ab.high, 0.3890584289, 1e-9);
}

/* ---- categories -------------------------------------------------------------------- */

static const long health[] = {596, 18, 6, 5, 0, 2, 0, 0, 0, 0, 42, 0, 11, 0, 0, 0};
static const long vision[] = {1520, 266, 124,  66,  234, 1512, 432, 78,
                              117,  362, 1772, 205, 36,  82,   179, 492};

/* Stuart 1955's own example: 11.96; coin mh_test and statsmodels for the first */
static void marginal_tests_agree_with_published_values(void **state)
{
    struct stats_test test;

    (void)state;
    CHECK_OK(stats_stuart_maxwell(health, 4, &test));
    CHECK_NEAR(test.statistic, 26.25, 1e-12);
    CHECK_NEAR(test.df, 3, 0);
    CHECK_NEAR(test.p, 8.454310308298202e-06, 1e-15);
    CHECK_OK(stats_stuart_maxwell(vision, 4, &test));
    CHECK_NEAR(test.statistic, 11.96, 0.005);
    CHECK_OK(stats_bhapkar(vision, 4, &test));
    CHECK_NEAR(test.statistic, 11.97572015552568, 1e-11);
    CHECK_OK(stats_bowker(health, 4, &test));
    CHECK_NEAR(test.statistic, 26.25, 1e-12);
}

static void stuart_maxwell_does_not_mind_the_order_of_categories(void **state)
{
    (void)state;
    draw_start(13);
    for (int i = 0; i < 60; i++) {
        long table[25], turned[25];
        struct stats_test a, b;
        for (int k = 0; k < 25; k++)
            table[k] = draw_whole(0, 9);
        for (int r = 0; r < 5; r++)
            for (int c = 0; c < 5; c++)
                turned[(4 - r) * 5 + (4 - c)] = table[r * 5 + c];
        CHECK_OK(stats_stuart_maxwell(table, 5, &a));
        CHECK_OK(stats_stuart_maxwell(turned, 5, &b));
        CHECK_NEAR(a.statistic, b.statistic, 1e-11 * (1 + a.statistic));
    }
}

static void with_two_categories_all_marginal_tests_are_mcnemar(void **state)
{
    long table[] = {59, 6, 16, 80};
    struct stats_pairs pairs = {59, 6, 16, 80};
    struct stats_mcnemar mcnemar;
    struct stats_test sm, bowker;

    (void)state;
    CHECK_OK(stats_mcnemar(&pairs, &mcnemar));
    CHECK_OK(stats_stuart_maxwell(table, 2, &sm));
    CHECK_OK(stats_bowker(table, 2, &bowker));
    CHECK_NEAR(sm.statistic, mcnemar.chisq, 1e-13);
    CHECK_NEAR(bowker.statistic, mcnemar.chisq, 1e-13);
}

/* A package by the methods' own authors answers p = 1 here. */
static void an_unchanged_last_margin_does_not_hide_a_change(void **state)
{
    long table[] = {20, 15, 0, 4, 30, 6, 0, 6, 40};
    struct stats_test test;

    (void)state;
    CHECK_OK(stats_stuart_maxwell(table, 3, &test));
    CHECK_NEAR(test.statistic, 121.0 / 19, 1e-12);
    CHECK(test.p < 0.05);
}

static void without_movers_or_a_link_between_them_margins_are_not_compared(void **state)
{
    long still[] = {3, 0, 0, 0, 4, 0, 0, 0, 5}, nobody[9] = {0};
    long apart[] = {1, 2, 0, 0, 3, 1, 0, 0, 0, 0, 1, 4, 0, 0, 2, 1};
    struct stats_test test;

    (void)state;
    CHECK_INT(stats_stuart_maxwell(still, 3, &test), STATS_UNDEFINED);
    CHECK_INT(stats_bhapkar(still, 3, &test), STATS_UNDEFINED);
    CHECK_INT(stats_bowker(still, 3, &test), STATS_UNDEFINED);
    CHECK_INT(stats_stuart_maxwell(nobody, 3, &test), STATS_EMPTY);
    CHECK_INT(stats_stuart_maxwell(apart, 4, &test), STATS_UNDEFINED);
    CHECK_INT(stats_stuart_maxwell(still, STATS_MAX_LEVELS + 1, &test), STATS_TOO_BIG);
}

static void collapsing_keeps_everybody(void **state)
{
    (void)state;
    for (size_t level = 0; level < 4; level++) {
        struct stats_pairs p;
        CHECK_OK(stats_collapse(vision, 4, level, &p));
        CHECK_INT(p.yy + p.yn + p.ny + p.nn, 7477);
    }
    struct stats_pairs p;
    CHECK_INT(stats_collapse(vision, 4, 4, &p), STATS_DOMAIN);
}

static void changes_of_all_categories_sum_to_zero(void **state)
{
    double sum = 0;

    (void)state;
    for (size_t level = 0; level < 4; level++) {
        struct stats_interval ci;
        CHECK_OK(stats_category_change(vision, 4, level, 0.95, &ci));
        sum += ci.estimate;
    }
    CHECK_NEAR(sum, 0, 1e-15);
}

static void a_shift_counts_up_down_and_same(void **state)
{
    long table[] = {35, 5, 0, 15, 20, 5, 10, 5, 5};
    struct stats_shift shift;

    (void)state;
    CHECK_OK(stats_ordinal_shift(table, 3, &shift));
    CHECK_INT(shift.up, 10);
    CHECK_INT(shift.down, 30);
    CHECK_INT(shift.same, 60);
    CHECK_NEAR(shift.net_share, -0.2, 1e-16);
    CHECK_NEAR(shift.mean_change, -0.3, 1e-16);
    CHECK_NEAR(shift.p_sign_midp, 0.001450491014111325, 1e-15);
}

static void a_shift_of_scores_knows_decimals(void **state)
{
    double initial[] = {0.1, 0.2, 5, 7}, latest[] = {0.3, 0.2, 4, 8};
    double noise[] = {0.1 + 0.2}, third[] = {0.3};
    struct stats_shift shift;

    (void)state;
    CHECK_OK(stats_score_shift(initial, latest, 4, &shift));
    CHECK_INT(shift.up, 2);
    CHECK_INT(shift.same, 1);
    CHECK_INT(shift.down, 1);
    CHECK_OK(stats_score_shift(noise, third, 1, &shift));
    CHECK_INT(shift.same, 1);
    CHECK_NEAR(shift.p_sign_midp, 1, 0);
    CHECK_INT(stats_score_shift(initial, latest, 0, &shift), STATS_EMPTY);
}

static void mcnemar_of_no_true_change_rejects_about_as_often_as_it_should(void **state)
{
    int rejected = 0, runs = 4000;

    (void)state;
    draw_start(14);
    for (int i = 0; i < runs; i++) {
        long movers = draw_binomial(0.4, 150), gained = draw_binomial(0.5, movers);
        struct stats_pairs p = {40, movers - gained, gained, 110 - movers > 0 ? 110 : 1};
        struct stats_mcnemar test;
        CHECK_OK(stats_mcnemar(&p, &test));
        rejected += test.midp <= 0.05;
    }
    CHECK_NEAR((double)rejected / runs, 0.05, 0.012);
}

static void few_enough_undo_a_change_and_one_fewer_do_not(void **state)
{
    static const struct stats_pairs cases[] = {
        {111, 8, 32, 164}, {20, 30, 5, 60}, {2, 0, 9, 8}, {0, 1, 40, 9}, {500, 30, 90, 800},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct stats_fragility few;
        struct stats_interval limits;
        bool rise = cases[i].ny > cases[i].yn;
        CHECK_OK(stats_paired_fragility(&cases[i], 0.95, &few));
        for (int fewer = 0; fewer < 2; fewer++) {
            struct stats_pairs wrong = cases[i], unseen = cases[i];
            long moved = few.wrong - fewer;
            wrong.ny -= rise ? moved : 0;
            wrong.nn += rise ? moved : 0;
            wrong.yn -= rise ? 0 : moved;
            wrong.yy += rise ? 0 : moved;
            unseen.yn += rise ? few.unseen - fewer : 0;
            unseen.ny += rise ? 0 : few.unseen - fewer;
            long n = wrong.yy + wrong.yn + wrong.ny + wrong.nn;
            CHECK_OK(n < 30 ? stats_tango(&wrong, 0.95, &limits)
                            : stats_newcombe_paired(&wrong, 0.95, &limits));
            assert_int_equal(limits.low <= 0 && limits.high >= 0, !fewer);
            n = unseen.yy + unseen.yn + unseen.ny + unseen.nn;
            CHECK_OK(n < 30 ? stats_tango(&unseen, 0.95, &limits)
                            : stats_newcombe_paired(&unseen, 0.95, &limits));
            assert_int_equal(limits.low <= 0 && limits.high >= 0, !fewer);
        }
        assert_true(few.doubled >= few.wrong / 2 && few.doubled <= cases[i].ny + cases[i].yn);
    }
}

static void nothing_undoes_what_is_no_clear_change(void **state)
{
    struct stats_fragility few = {-7, -7, -7};

    (void)state;
    assert_int_equal(stats_paired_fragility(&(struct stats_pairs){50, 10, 12, 60}, 0.95, &few),
                     STATS_UNDEFINED);
    assert_int_equal(stats_paired_fragility(&(struct stats_pairs){0, 0, 0, 0}, 0.95, &few),
                     STATS_EMPTY);
    assert_int_equal(stats_paired_fragility(&(struct stats_pairs){1, -1, 0, 0}, 0.95, &few),
                     STATS_DOMAIN);
    assert_int_equal(few.wrong, -7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paired_intervals_agree_with_published_limits),
        cmocka_unit_test(paired_intervals_stay_in_range_hold_the_change_and_turn_with_time),
        cmocka_unit_test(paired_intervals_narrow_with_people),
        cmocka_unit_test(nobody_paired_is_empty_and_nobody_changed_is_not),
        cmocka_unit_test(mcnemar_agrees_with_published_values),
        cmocka_unit_test(only_movers_decide_mcnemar),
        cmocka_unit_test(a_mover_against_certainty_is_certain),
        cmocka_unit_test(changes_of_two_groups_are_compared_both_ways),
        cmocka_unit_test(marginal_tests_agree_with_published_values),
        cmocka_unit_test(stuart_maxwell_does_not_mind_the_order_of_categories),
        cmocka_unit_test(with_two_categories_all_marginal_tests_are_mcnemar),
        cmocka_unit_test(an_unchanged_last_margin_does_not_hide_a_change),
        cmocka_unit_test(without_movers_or_a_link_between_them_margins_are_not_compared),
        cmocka_unit_test(collapsing_keeps_everybody),
        cmocka_unit_test(changes_of_all_categories_sum_to_zero),
        cmocka_unit_test(a_shift_counts_up_down_and_same),
        cmocka_unit_test(a_shift_of_scores_knows_decimals),
        cmocka_unit_test(few_enough_undo_a_change_and_one_fewer_do_not),
        cmocka_unit_test(nothing_undoes_what_is_no_clear_change),
        cmocka_unit_test(mcnemar_of_no_true_change_rejects_about_as_often_as_it_should),
    };

    stats_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
