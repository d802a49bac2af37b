// SPDX-License-Identifier: MIT
#include "tests/support/check.h"

#include <math.h>

#include "stats/stats_target.h"

static const struct stats_prior JEFFREYS = {0.5, 0.5};

static void posterior_agrees_with_the_beta_distribution(void **state)
{
    static const struct {
        long x, n;
        double at_least, mean, low, high;
    } cases[] = {
        {55, 200, 0.9947969726098808, 0.2761194029850746, 0.2166680878603436,
         0.3397902032094009},
        {90, 448, 0.5235374921449079, 0.2015590200445434, 0.1657862063951367,
         0.2398494629028116},
        {0,  0,   0.7048327646991336, 0.5,                0.001541333133436012,
         0.998458666866564 }, /* the prior */
    };
    struct stats_posterior out;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        CHECK_OK(stats_target_posterior(cases[i].x, cases[i].n, 0.2, JEFFREYS, 0.95, &out));
        CHECK_NEAR(out.at_least, cases[i].at_least, 1e-12);
        CHECK_NEAR(out.credible.estimate, cases[i].mean, 1e-14);
        CHECK_NEAR(out.credible.low, cases[i].low, 1e-12);
        CHECK_NEAR(out.credible.high, cases[i].high, 1e-12);
    }
}

static void a_hopeless_target_has_a_tiny_probability_not_zero(void **state)
{
    struct stats_posterior out;

    (void)state;
    CHECK_OK(stats_target_posterior(7, 448, 0.2, JEFFREYS, 0.95, &out));
    CHECK_NEAR(out.at_least / 4.372527593073846e-34, 1, 1e-10);
}

static void impossible_counts_and_priors_are_refused(void **state)
{
    struct stats_posterior out;

    (void)state;
    CHECK_INT(stats_target_posterior(5, 3, 0.2, JEFFREYS, 0.95, &out), STATS_DOMAIN);
    CHECK_INT(stats_target_posterior(1, 3, 20, JEFFREYS, 0.95, &out), STATS_DOMAIN);
    CHECK_INT(stats_target_posterior(1, 3, 0.2, (struct stats_prior){0, 1}, 0.95, &out),
              STATS_DOMAIN);
}

static void prediction_agrees_with_exact_sums(void **state)
{
    struct stats_prediction out;

    (void)state;
    CHECK_OK(stats_target_predict(40, 200, 400, 80, JEFFREYS, &out));
    CHECK_NEAR(out.reach, 0.5249589294209568, 1e-13);
    CHECK_NEAR(out.expected_total, 80.29850746268656, 1e-12);
    CHECK_NEAR(out.if_on_target, 0.5281899539921943, 1e-13);
}

static void a_goal_reached_is_certain_and_one_out_of_reach_impossible(void **state)
{
    struct stats_prediction out;

    (void)state;
    CHECK_OK(stats_target_predict(105, 450, 500, 100, JEFFREYS, &out));
    CHECK_NEAR(out.reach, 1, 0);
    CHECK_NEAR(out.if_on_target, 1, 0);
    CHECK_OK(stats_target_predict(10, 490, 500, 100, JEFFREYS, &out));
    CHECK_NEAR(out.reach, 0, 0);
    CHECK_NEAR(out.if_on_target, 0, 0);
}

static void a_higher_goal_is_never_likelier(void **state)
{
    double last = 2;

    (void)state;
    for (long goal = 0; goal <= 60; goal++) {
        struct stats_prediction out;
        CHECK_OK(stats_target_predict(8, 30, 60, goal, JEFFREYS, &out));
        CHECK(out.reach <= last && out.reach >= 0);
        last = out.reach;
    }
}

static void a_programme_cannot_shrink(void **state)
{
    struct stats_prediction out;

    (void)state;
    CHECK_INT(stats_target_predict(8, 30, 20, 10, JEFFREYS, &out), STATS_DOMAIN);
    CHECK_INT(stats_target_predict(0, 0, 0, 0, JEFFREYS, &out), STATS_EMPTY);
    CHECK_INT(stats_target_predict(0, 0, 10, 11, JEFFREYS, &out), STATS_DOMAIN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(posterior_agrees_with_the_beta_distribution),
        cmocka_unit_test(a_hopeless_target_has_a_tiny_probability_not_zero),
        cmocka_unit_test(impossible_counts_and_priors_are_refused),
        cmocka_unit_test(prediction_agrees_with_exact_sums),
        cmocka_unit_test(a_goal_reached_is_certain_and_one_out_of_reach_impossible),
        cmocka_unit_test(a_higher_goal_is_never_likelier),
        cmocka_unit_test(a_programme_cannot_shrink),
    };

    stats_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
