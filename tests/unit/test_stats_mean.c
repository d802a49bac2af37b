// SPDX-License-Identifier: MIT
#include "tests/support/check.h"

#include <math.h>

#include "stats/stats_effect.h"
#include "stats/stats_mean.h"
#include "stats/stats_num.h"
#include "stats/stats_quantile.h"
#include "tests/support/draw.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void fill_normal(double *x, size_t n, double mean, double sd)
{
    for (size_t i = 0; i < n; i++)
        x[i] = draw_normal(mean, sd);
}

/* R 4.2.2's sleep data, t.test(paired = TRUE) */
static const double drug1[] = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};
static const double drug2[] = {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};

static void a_mean_has_its_t_interval(void **state)
{
    double big[] = {1000000001, 1000000002, 1000000003};
    struct stats_moments m;
    struct stats_interval ci;

    (void)state;
    CHECK_OK(stats_describe(big, 3, &m));
    CHECK_NEAR(m.mean, 1000000002, 0);
    CHECK_NEAR(m.sd, 1, 0);
    CHECK_OK(stats_mean_t(&m, 0.95, &ci));
    CHECK_NEAR(ci.low, 1000000002 - 2.4841377117503, 1e-6);
    CHECK_OK(stats_describe(drug2, 10, &m));
    CHECK_OK(stats_mean_t(&m, 0.95, &ci));
    CHECK_NEAR(ci.low, 0.8976775, 1e-7);
    CHECK_NEAR(ci.high, 3.7623225, 1e-7);
}

static void one_score_or_equal_scores_have_no_interval(void **state)
{
    double same[] = {0.7, 0.7, 0.7};
    struct stats_moments m;
    struct stats_interval ci = {-1, -1, -1};

    (void)state;
    CHECK_OK(stats_describe(same, 1, &m));
    CHECK(isnan(m.sd) && isnan(m.se));
    CHECK_INT(stats_mean_t(&m, 0.95, &ci), STATS_UNDEFINED);
    CHECK_OK(stats_describe(same, 3, &m));
    CHECK(m.sd == 0);
    CHECK_INT(stats_mean_t(&m, 0.95, &ci), STATS_UNDEFINED);
    CHECK_INT(stats_describe(same, 0, &m), STATS_EMPTY);
    same[1] = NAN;
    CHECK_INT(stats_describe(same, 3, &m), STATS_DOMAIN);
    CHECK_NEAR(ci.low, -1, 0);
}

/* R 4.2.2 t.test(x, y) */
static void welch_agrees_with_r(void **state)
{
    struct stats_moments a, b;
    struct stats_comparison c;

    (void)state;
    CHECK_OK(stats_describe(drug1, 10, &a));
    CHECK_OK(stats_describe(drug2, 10, &b));
    CHECK_OK(stats_welch_t(&a, &b, 0.95, &c));
    CHECK_NEAR(c.test.statistic, -1.8608134674868526, 1e-13);
    CHECK_NEAR(c.test.df, 17.776473516178495, 1e-12);
    CHECK_NEAR(c.test.p, 0.079394142, 1e-8);
    CHECK_NEAR(c.difference.low, -3.3654832, 1e-7);
    CHECK_OK(stats_pooled_t(&a, &b, 0.95, &c));
    CHECK_NEAR(c.test.statistic, -1.8608134674868526, 1e-13);
    CHECK_NEAR(c.test.p, 0.07918671, 1e-8);
}

static void welch_needs_two_scores_and_some_spread(void **state)
{
    double one[] = {5}, three[] = {1, 2, 3}, same[] = {3, 3, 3};
    struct stats_moments a, b, c;
    struct stats_comparison out;

    (void)state;
    CHECK_OK(stats_describe(one, 1, &a));
    CHECK_OK(stats_describe(three, 3, &b));
    CHECK_OK(stats_describe(same, 3, &c));
    CHECK_INT(stats_welch_t(&a, &b, 0.95, &out), STATS_UNDEFINED);
    CHECK_INT(stats_welch_t(&c, &c, 0.95, &out), STATS_UNDEFINED);
    CHECK_OK(stats_welch_t(&b, &c, 0.95, &out));
    CHECK_OK(stats_pooled_t(&a, &b, 0.95, &out));
    CHECK_INT(stats_pooled_t(&a, &a, 0.95, &out), STATS_UNDEFINED);
}

static void a_paired_t_is_the_t_of_the_changes(void **state)
{
    struct stats_pair_moments p;
    struct stats_comparison c;

    (void)state;
    CHECK_OK(stats_describe_pairs(drug1, drug2, 10, &p));
    CHECK_OK(stats_paired_t(&p, 0.95, &c));
    CHECK_NEAR(c.difference.estimate, 1.58, 1e-15);
    CHECK_NEAR(c.test.statistic, 4.062127683382037, 1e-13);
    CHECK_NEAR(c.test.p, 0.00283289019738427, 1e-14);
    CHECK_NEAR(c.difference.low, 0.7001142, 1e-7);
}

static void everybody_changing_alike_is_not_tested_even_in_decimals(void **state)
{
    double a[] = {5.1, 6.3, 7.7}, b[] = {6.2, 7.4, 8.8};
    struct stats_pair_moments p;
    struct stats_comparison c;
    struct stats_paired_effects e;

    (void)state;
    CHECK_OK(stats_describe_pairs(a, b, 3, &p));
    CHECK(p.change.sd == 0);
    CHECK_INT(stats_paired_t(&p, 0.95, &c), STATS_UNDEFINED);
    CHECK_INT(stats_paired_effect(&p, &e), STATS_UNDEFINED);
    CHECK_OK(stats_describe_pairs(a, b, 1, &p));
    CHECK_INT(stats_paired_t(&p, 0.95, &c), STATS_UNDEFINED);
}

/* 40-digit bisection */
static void paired_effect_sizes_agree_with_bisection(void **state)
{
    struct stats_pair_moments p;
    struct stats_paired_effects e;
    struct stats_interval dz, dav;

    (void)state;
    CHECK_OK(stats_describe_pairs(drug1, drug2, 10, &p));
    CHECK_OK(stats_paired_effect(&p, &e));
    CHECK_OK(stats_effect_dz(&p, 0.95, &dz));
    CHECK_OK(stats_effect_dav(&p, 0.95, &dav));
    CHECK_NEAR(dz.estimate, 1.2845575625910544, 1e-14);
    CHECK_NEAR(dz.low, 0.41462775638045684, 1e-11);
    CHECK_NEAR(dz.high, 2.1180165139816008, 1e-11);
    CHECK_NEAR(dav.estimate, 0.83218108134953966, 1e-14);
    CHECK_NEAR(dav.low, 0.26861028630452199, 1e-11);
    CHECK_NEAR(dav.high, 1.3721247877488191, 1e-11);
    CHECK_NEAR(e.g_av, 0.76050939567011969, 1e-13);
}

static void independent_effect_sizes_agree_with_bisection(void **state)
{
    double x[] = {1, 2, 3}, y[] = {2, 4, 7, 9}, same[] = {2, 2, 2};
    struct stats_moments a, b, c;
    struct stats_interval d;

    (void)state;
    CHECK_OK(stats_describe(x, 3, &a));
    CHECK_OK(stats_describe(y, 4, &b));
    CHECK_OK(stats_describe(same, 3, &c));
    CHECK_OK(stats_cohen_d(&a, &b, 0.95, &d));
    CHECK_NEAR(d.estimate, -1.405633825579373, 1e-14);
    CHECK_NEAR(d.low, -3.0752349031434223, 1e-11);
    CHECK_NEAR(d.high, 0.36477893199099493, 1e-11);
    CHECK_OK(stats_hedges_g(&a, &b, 0.95, &d));
    CHECK_NEAR(d.estimate, -1.1817847868766306, 1e-13);
    CHECK_INT(stats_cohen_d(&c, &c, 0.95, &d), STATS_UNDEFINED);
    CHECK_NEAR(stats_hedges_j(2), 0.56418958354775628695, 1e-15); /* 1/sqrt(pi) */
    CHECK(isnan(stats_hedges_j(1)));
}

static void effects_turn_with_their_groups_and_ignore_units(void **state)
{
    double x[30], y[20], scaled[30], scaled_y[20];

    (void)state;
    draw_start(15);
    for (int i = 0; i < 30; i++) {
        struct stats_moments a, b, as, bs;
        struct stats_interval d, back, units;
        fill_normal(x, 30, 1, 2);
        fill_normal(y, 20, 0, 2);
        for (int k = 0; k < 30; k++)
            scaled[k] = 100 - 7 * x[k];
        for (int k = 0; k < 20; k++)
            scaled_y[k] = 100 - 7 * y[k];
        CHECK_OK(stats_describe(x, 30, &a));
        CHECK_OK(stats_describe(y, 20, &b));
        CHECK_OK(stats_describe(scaled, 30, &as));
        CHECK_OK(stats_describe(scaled_y, 20, &bs));
        CHECK_OK(stats_hedges_g(&a, &b, 0.95, &d));
        CHECK_OK(stats_hedges_g(&b, &a, 0.95, &back));
        CHECK_OK(stats_hedges_g(&as, &bs, 0.95, &units));
        CHECK(d.low < d.estimate && d.estimate < d.high);
        CHECK_NEAR(d.low, -back.high, 1e-10);
        CHECK_NEAR(d.low, -units.high, 1e-10);
    }
}

static void p_values_of_equal_groups_are_uniform(void **state)
{
    double welch[1500], paired[1500], x[12], y[25];

    (void)state;
    draw_start(16);
    for (size_t i = 0; i < COUNT(welch); i++) {
        struct stats_moments a, b;
        struct stats_pair_moments p;
        struct stats_comparison c;
        fill_normal(x, 12, 0, 3);
        fill_normal(y, 25, 0, 1);
        CHECK_OK(stats_describe(x, 12, &a));
        CHECK_OK(stats_describe(y, 25, &b));
        CHECK_OK(stats_welch_t(&a, &b, 0.95, &c));
        welch[i] = c.test.p;
        CHECK_OK(stats_describe_pairs(x, y, 12, &p));
        CHECK_OK(stats_paired_t(&p, 0.95, &c));
        paired[i] = c.test.p;
    }
    CHECK(draw_unevenness(welch, COUNT(welch)) < 1.95);
    CHECK(draw_unevenness(paired, COUNT(paired)) < 1.95);
}

static void t_intervals_cover_as_often_as_they_say(void **state)
{
    int covered = 0, runs = 4000;
    double x[7];

    (void)state;
    draw_start(17);
    for (int i = 0; i < runs; i++) {
        struct stats_moments m;
        struct stats_interval ci;
        fill_normal(x, 7, 20, 5);
        CHECK_OK(stats_describe(x, 7, &m));
        CHECK_OK(stats_mean_t(&m, 0.95, &ci));
        covered += ci.low <= 20 && 20 <= ci.high;
    }
    CHECK_NEAR((double)covered / runs, 0.95, 0.012);
}

static void order_does_not_matter_to_moments(void **state)
{
    double x[200];
    struct stats_moments before, after;

    (void)state;
    draw_start(18);
    fill_normal(x, 200, 1e6, 1);
    CHECK_OK(stats_describe(x, 200, &before));
    draw_shuffle(x, 200);
    CHECK_OK(stats_describe(x, 200, &after));
    CHECK_NEAR(before.mean, after.mean, 0);
    CHECK_NEAR(before.sd, after.sd, 1e-14);
}

/* NIST StRD PiDigits begins so; Lottery's and Mavro's own data are in the reference rows.
 */
static void autocorrelation_of_alternation_is_nearly_minus_one(void **state)
{
    double x[1001], r;

    (void)state;
    for (int i = 0; i < 1001; i++) /* NumAcc2: 1.2, then 1.1 and 1.3 in turn */
        x[i] = i == 0 ? 1.2 : i % 2 ? 1.1 : 1.3;
    CHECK_OK(stats_autocorrelation(x, 1001, &r));
    CHECK_NEAR(r, -0.999, 1e-14);
    for (int i = 0; i < 1001; i++)
        x[i] = 3;
    CHECK_INT(stats_autocorrelation(x, 1001, &r), STATS_UNDEFINED);
}

/* ---- medians ----------------------------------------------------------------------- */

static void a_median_has_its_order_statistics(void **state)
{
    double x[] = {1, 1, 2, 3, 4, 5, 6, 9};
    struct stats_median m;

    (void)state;
    CHECK_OK(stats_median(x, 8, 0.95, &m));
    CHECK_NEAR(m.median, 3.5, 0);
    CHECK_INT(m.k, 1);
    CHECK_NEAR(m.low, 1, 0);
    CHECK_NEAR(m.high, 9, 0);
    CHECK_NEAR(m.achieved, 0.9921875, 0);
    CHECK_OK(stats_median(x, 5, 0.95, &m));
    CHECK_INT(m.k, 0);
    CHECK(isnan(m.low) && isnan(m.achieved));
    CHECK_INT(stats_median(x, 0, 0.95, &m), STATS_EMPTY);
    x[0] = 7;
    CHECK_INT(stats_median(x, 8, 0.95, &m), STATS_DOMAIN);
}

static void median_intervals_achieve_what_they_promise_and_not_much_more(void **state)
{
    double x[400];

    (void)state;
    for (size_t i = 0; i < 400; i++)
        x[i] = (double)i;
    for (size_t n = 6; n <= 400; n++) {
        struct stats_median m;
        CHECK_OK(stats_median(x, n, 0.95, &m));
        CHECK(m.achieved >= 0.95);
        CHECK(1 - 2 * stats_binomial_lower(m.k, (long)n, 0.5) < 0.95); /* k + 1 would not */
    }
}

/* R 4.2.2 quantile(c(1,1,2,3,4,5,6,9), type = ) */
static void quantiles_agree_with_r(void **state)
{
    static const struct {
        int type;
        double q25, q75;
    } cases[] = {
        {2, 1.5,                5.5              },
        {6, 1.25,               5.75             },
        {7, 1.75,               5.25             },
        {8, 1.4166666666666665, 5.583333333333333}
    };
    double x[] = {1, 1, 2, 3, 4, 5, 6, 9}, q;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        CHECK_OK(stats_quantile(x, 8, 0.25, cases[i].type, &q));
        CHECK_NEAR(q, cases[i].q25, 1e-14);
        CHECK_OK(stats_quantile(x, 8, 0.75, cases[i].type, &q));
        CHECK_NEAR(q, cases[i].q75, 1e-14);
        CHECK_OK(stats_quantile(x, 8, 0, cases[i].type, &q));
        CHECK_NEAR(q, 1, 0);
        CHECK_OK(stats_quantile(x, 8, 1, cases[i].type, &q));
        CHECK_NEAR(q, 9, 0);
    }
    CHECK_INT(stats_quantile(x, 8, 0.5, 5, &q), STATS_DOMAIN);
    CHECK_INT(stats_quantile(x, 8, 1.5, 7, &q), STATS_DOMAIN);
    CHECK_INT(stats_quantile(x, 0, 0.5, 7, &q), STATS_EMPTY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_mean_has_its_t_interval),
        cmocka_unit_test(one_score_or_equal_scores_have_no_interval),
        cmocka_unit_test(welch_agrees_with_r),
        cmocka_unit_test(welch_needs_two_scores_and_some_spread),
        cmocka_unit_test(a_paired_t_is_the_t_of_the_changes),
        cmocka_unit_test(everybody_changing_alike_is_not_tested_even_in_decimals),
        cmocka_unit_test(paired_effect_sizes_agree_with_bisection),
        cmocka_unit_test(independent_effect_sizes_agree_with_bisection),
        cmocka_unit_test(effects_turn_with_their_groups_and_ignore_units),
        cmocka_unit_test(p_values_of_equal_groups_are_uniform),
        cmocka_unit_test(t_intervals_cover_as_often_as_they_say),
        cmocka_unit_test(order_does_not_matter_to_moments),
        cmocka_unit_test(autocorrelation_of_alternation_is_nearly_minus_one),
        cmocka_unit_test(a_median_has_its_order_statistics),
        cmocka_unit_test(median_intervals_achieve_what_they_promise_and_not_much_more),
        cmocka_unit_test(quantiles_agree_with_r),
    };

    stats_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
