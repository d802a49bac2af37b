// SPDX-License-Identifier: MIT
#include "tests/support/check.h"

#include <math.h>

#include "stats/stats_spc.h"

static const double REFERRALS[] = {19, 28, 26, 25, 25, 25, 29, 47, 55, 68, 101, 56};

static void xmr_limits_agree_with_the_closed_form(void **state)
{
    struct stats_xmr c;

    (void)state;
    CHECK_OK(stats_xmr(REFERRALS, 12, &c));
    CHECK_NEAR(c.centre, 42, 0);
    CHECK_NEAR(c.low, 9.843326885880074, 1e-12);
    CHECK_NEAR(c.high, 74.15667311411993, 1e-12);
    CHECK_NEAR(c.range_high, 39.501, 1e-12);
    CHECK_NEAR(c.screened_range, 8.8, 1e-12); /* without the step from 101 to 56 */
    CHECK_NEAR(c.screened_low, 18.59574468085106, 1e-12);
    CHECK_INT(c.outside, 1);
}

static void a_part_month_left_out_changes_the_verdict(void **state)
{
    struct stats_xmr c;

    (void)state;
    CHECK_OK(stats_xmr(REFERRALS, 11, &c));
    CHECK_INT(c.outside, 2);
}

static void a_constant_series_has_no_width_and_nothing_outside(void **state)
{
    const double same[] = {7, 7, 7, 7};
    struct stats_xmr c;

    (void)state;
    CHECK_OK(stats_xmr(same, 4, &c));
    CHECK_NEAR(c.high - c.low, 0, 0);
    CHECK_INT(c.outside, 0);
    CHECK_INT(stats_xmr(same, 1, &c), STATS_EMPTY);
    CHECK_INT(stats_xmr((double[]){1, NAN}, 2, &c), STATS_DOMAIN);
}

static void p_chart_limits_agree_with_the_closed_form(void **state)
{
    const long x[] = {12, 15, 9, 20, 14, 25, 11}, n[] = {60, 70, 55, 80, 66, 75, 58};
    double pooled, low[7], high[7], sigma_z;

    (void)state;
    CHECK_OK(stats_p_chart(x, n, 7, &pooled, low, high, &sigma_z));
    CHECK_NEAR(low[0], 0.06584769416674555, 1e-14);
    CHECK_NEAR(high[0], 0.3910488575573924, 1e-14);
    CHECK_NEAR(sigma_z, 1.304838049183655, 1e-12);
}

static void a_period_without_anyone_has_no_limits_but_breaks_nothing(void **state)
{
    const long x[] = {3, 0, 4}, n[] = {10, 0, 12}, none[] = {0, 0, 0};
    double pooled, low[3], high[3], sigma_z;

    (void)state;
    CHECK_OK(stats_p_chart(x, n, 3, &pooled, low, high, &sigma_z));
    CHECK(isnan(low[1]) && isnan(high[1]) && !isnan(low[2]) && !isnan(sigma_z));
    CHECK_OK(stats_p_chart(none, n, 3, &pooled, low, high, &sigma_z));
    CHECK(isnan(sigma_z));
    CHECK_NEAR(high[0], 0, 0);
    CHECK_INT(stats_p_chart(none, none, 3, &pooled, low, high, &sigma_z), STATS_EMPTY);
    CHECK_INT(stats_p_chart(n, x, 3, &pooled, low, high, &sigma_z), STATS_DOMAIN);
}

static void run_chart_counts_runs_and_crossings(void **state)
{
    double work[12];
    struct stats_run_chart c;

    (void)state;
    CHECK_OK(stats_run_chart(REFERRALS, 12, work, &c));
    CHECK_NEAR(c.median, 28.5, 0);
    CHECK_INT(c.useful, 12);
    CHECK_INT(c.longest_run, 6);
    CHECK_INT(c.longest_max, 7);
    CHECK_INT(c.crossings, 1);
    CHECK_INT(c.crossings_min, 3);
    CHECK_INT(c.signal, 1);
}

static void points_on_the_median_neither_break_nor_lengthen_a_run(void **state)
{
    const double x[] = {1, 5, 1, 5, 5, 9, 9, 1, 9};
    double work[9];
    struct stats_run_chart c;

    (void)state;
    CHECK_OK(
        stats_run_chart(x, 9, work, &c)); /* below 1 1 | above 9 9 | below 1 | above 9 */
    CHECK_INT(c.useful, 6);
    CHECK_INT(c.longest_run, 2);
    CHECK_INT(c.crossings, 3);
}

static void a_flat_series_gives_no_signal(void **state)
{
    const double x[] = {4, 4, 4};
    double work[3];
    struct stats_run_chart c;

    (void)state;
    CHECK_OK(stats_run_chart(x, 3, work, &c));
    CHECK_INT(c.useful, 0);
    CHECK_INT(c.signal, 0);
    CHECK_INT(stats_run_chart(x, 0, work, &c), STATS_EMPTY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(xmr_limits_agree_with_the_closed_form),
        cmocka_unit_test(a_part_month_left_out_changes_the_verdict),
        cmocka_unit_test(a_constant_series_has_no_width_and_nothing_outside),
        cmocka_unit_test(p_chart_limits_agree_with_the_closed_form),
        cmocka_unit_test(a_period_without_anyone_has_no_limits_but_breaks_nothing),
        cmocka_unit_test(run_chart_counts_runs_and_crossings),
        cmocka_unit_test(points_on_the_median_neither_break_nor_lengthen_a_run),
        cmocka_unit_test(a_flat_series_gives_no_signal),
    };

    stats_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
