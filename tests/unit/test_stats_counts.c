// SPDX-License-Identifier: MIT
/* Counts against a profile, missing answers, many p-values, figures as shown. */
#include "tests/support/check.h"

#include <limits.h>
#include <math.h>

#include "stats/stats_count.h"
#include "stats/stats_missing.h"
#include "stats/stats_multiple.h"
#include "stats/stats_shown.h"
#include "tests/support/draw.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- counts ------------------------------------------------------------------------ */

/* R 4.2.2 poisson.test */
static void a_count_against_its_profile_agrees_with_r(void **state)
{
    static const struct {
        long observed;
        double profile, low, high, p;
    } cases[] = {
        {26,  27,  0.62903937835542,   1.410963854930556, 1                    },
        {7,   6.2, 0.4539295244386881, 2.3262379615649,   0.6849641383144234   },
        {101, 50,  1.645323175860779,  2.45448311411661,  1.870181340682902e-10},
        {0,   3,   0,                  1.229626484705,    0.0832956036767052   }
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct stats_count_ratio r;
        CHECK_OK(stats_count_vs_profile(cases[i].observed, cases[i].profile, 0.95, &r));
        CHECK_NEAR(r.ratio.low, cases[i].low, 1e-11);
        CHECK_NEAR(r.ratio.high, cases[i].high, 1e-11);
        CHECK_NEAR(r.p, cases[i].p, 1e-10 * cases[i].p);
    }
}

static void garwood_limits_leave_their_tails(void **state)
{
    (void)state;
    for (long x = 1; x < 3000; x = x * 2 + 1) {
        struct stats_interval ci, byar;
        CHECK_OK(stats_garwood(x, 0.95, &ci));
        CHECK_OK(stats_byar(x, 0.95, &byar));
        CHECK_NEAR(stats_poisson_upper(x, ci.low), 0.025, 1e-12);
        CHECK_NEAR(stats_poisson_lower(x, ci.high), 0.025, 1e-12);
        CHECK(ci.low < (double)x && (double)x < ci.high);
        CHECK_NEAR(byar.high / ci.high, 1, 0.005);
    }
}

static void counts_without_a_profile_or_below_zero_are_refused(void **state)
{
    struct stats_count_ratio r;
    struct stats_interval ci;

    (void)state;
    CHECK_INT(stats_count_vs_profile(3, 0, 0.95, &r), STATS_EMPTY);
    CHECK_INT(stats_count_vs_profile(3, -2, 0.95, &r), STATS_DOMAIN);
    CHECK_INT(stats_count_vs_profile(-3, 2, 0.95, &r), STATS_DOMAIN);
    CHECK_INT(stats_garwood(-1, 0.95, &ci), STATS_DOMAIN);
    CHECK_INT(stats_byar(1, 95, &ci), STATS_DOMAIN);
}

static void poisson_tests_agree_with_enumeration(void **state)
{
    (void)state;
    draw_start(40);
    for (int i = 0; i < 200; i++) {
        double mean = 40 * draw_uniform(), sum = 0;
        long seen = draw_poisson(mean);
        double here = stats_poisson_upper(seen, mean) - stats_poisson_upper(seen + 1, mean);
        struct stats_count_ratio r;
        for (long k = 0; k < 200; k++) {
            double p = exp((double)k * log(mean) - mean - lgamma((double)k + 1));
            if (p <= here * (1 + 1e-6)) sum += p;
        }
        CHECK_OK(stats_count_vs_profile(seen, mean, 0.95, &r));
        CHECK_NEAR(r.p, sum, 1e-9);
    }
}

/* ---- missing answers --------------------------------------------------------------- */

static void bounds_hold_whatever_the_missing_would_have_said(void **state)
{
    struct stats_missing_bounds b;

    (void)state;
    CHECK_OK(stats_missing_bounds(728, 1207, 1916, &b));
    CHECK_NEAR(b.lower, 728.0 / 1916, 1e-16);
    CHECK_NEAR(b.upper, 0.75, 1e-16);
    CHECK_NEAR(b.answered, 0.6031483015741508, 1e-15);
    for (long said_yes = 0; said_yes <= 709; said_yes += 1) {
        double truth = (728.0 + (double)said_yes) / 1916;
        CHECK(b.lower <= truth && truth <= b.upper);
    }
}

static void nobody_missing_leaves_no_room_and_nobody_answering_all_of_it(void **state)
{
    struct stats_missing_bounds b;

    (void)state;
    CHECK_OK(stats_missing_bounds(3, 9, 9, &b));
    CHECK(b.lower == b.upper && b.lower == b.answered);
    CHECK_OK(stats_missing_bounds(0, 0, 9, &b));
    CHECK(b.lower == 0 && b.upper == 1 && isnan(b.answered));
    CHECK_INT(stats_missing_bounds(0, 0, 0, &b), STATS_EMPTY);
    CHECK_INT(stats_missing_bounds(4, 3, 9, &b), STATS_DOMAIN);
    CHECK_INT(stats_missing_bounds(3, 10, 9, &b), STATS_DOMAIN);
}

/* scipy brentq */
static void imbens_manski_lies_between_one_and_two_sided(void **state)
{
    struct stats_interval ci;
    double c;

    (void)state;
    CHECK_OK(stats_imbens_manski(119, 326, 830, 0.95, &ci, &c));
    CHECK_NEAR(c, 1.644853626951472, 1e-14);
    CHECK_NEAR(ci.low, 0.123364815786048, 1e-14);
    CHECK_NEAR(ci.high, 0.7753048189908542, 1e-14);
    CHECK_OK(stats_imbens_manski(119, 326, 326, 0.95, &ci, &c));
    CHECK_NEAR(c, 1.959963984540054, 1e-12); /* nobody missing: the Wald interval */
    CHECK_INT(stats_imbens_manski(0, 9, 9, 0.95, &ci, &c), STATS_UNDEFINED);
}

static void a_change_is_bounded_by_those_never_reviewed(void **state)
{
    struct stats_pairs p = {90, 29, 53, 154}, none = {0};
    struct stats_interval b;

    (void)state;
    CHECK_OK(stats_change_bounds(&p, 60, 100, &b));
    CHECK_NEAR(b.estimate, 24.0 / 326, 1e-16);
    CHECK_NEAR(b.low, (24.0 - 60) / 486, 1e-16);
    CHECK_NEAR(b.high, 124.0 / 486, 1e-16);
    CHECK_OK(stats_change_bounds(&none, 1, 1, &b));
    CHECK(isnan(b.estimate));
    CHECK_INT(stats_change_bounds(&none, 0, 0, &b), STATS_EMPTY);
    CHECK_INT(stats_change_bounds(&p, -1, 0, &b), STATS_DOMAIN);
}

/* ---- many p-values ----------------------------------------------------------------- */

/* R 4.2.2 p.adjust on Benjamini & Hochberg 1995's fifteen p-values */
static void adjusted_p_values_agree_with_r(void **state)
{
    static const double p[] = {0.0001, 0.0004, 0.0019, 0.0095, 0.0201,
                               0.0278, 0.0298, 0.0344, 0.0459, 0.3240,
                               0.4262, 0.5719, 0.6528, 0.7590, 1.0000};
    double holm[15], bh[15], hochberg[15], bonferroni[15];
    size_t order[15];
    int rejected = 0;

    (void)state;
    CHECK_OK(stats_adjust(p, 15, STATS_HOLM, order, holm));
    CHECK_OK(stats_adjust(p, 15, STATS_BH, order, bh));
    CHECK_OK(stats_adjust(p, 15, STATS_HOCHBERG, order, hochberg));
    CHECK_OK(stats_adjust(p, 15, STATS_BONFERRONI, order, bonferroni));
    CHECK_NEAR(holm[3], 0.114, 1e-15);
    CHECK_NEAR(bh[3], 0.035625, 1e-15);
    CHECK_NEAR(bh[6], 0.0638571428571429, 1e-13);
    for (int i = 0; i < 15; i++) {
        rejected += bh[i] <= 0.05;
        CHECK(bh[i] <= hochberg[i] && hochberg[i] <= holm[i] && holm[i] <= bonferroni[i]);
    }
    CHECK_INT(rejected, 4);
}

static void p_values_that_are_missing_leave_the_family(void **state)
{
    double p[] = {0.04, NAN, 0.01, NAN}, alone[] = {0.01, 0.04}, got[4], want[2];
    size_t order[4];

    (void)state;
    for (int how = STATS_HOLM; how <= STATS_BONFERRONI; how++) {
        CHECK_OK(stats_adjust(p, 4, (enum stats_adjustment)how, order, got));
        CHECK_OK(stats_adjust(alone, 2, (enum stats_adjustment)how, order, want));
        CHECK(isnan(got[1]) && isnan(got[3]));
        CHECK_NEAR(got[2], want[0], 0);
        CHECK_NEAR(got[0], want[1], 0);
    }
    CHECK_INT(stats_family(p, 4), 2);
    CHECK_OK(stats_adjust(p, 4, STATS_HOLM, order, p)); /* in place */
    CHECK_NEAR(p[2], 0.02, 0);
    p[0] = p[2] = NAN;
    CHECK_INT(stats_adjust(p, 4, STATS_HOLM, order, got), STATS_EMPTY);
    p[0] = 1.5;
    CHECK_INT(stats_adjust(p, 4, STATS_HOLM, order, got), STATS_DOMAIN);
}

static void holm_keeps_the_familywise_error(void **state)
{
    int wrong = 0, runs = 4000;

    (void)state;
    draw_start(41);
    for (int i = 0; i < runs; i++) {
        double p[8];
        size_t order[8];
        int any = 0;
        for (int k = 0; k < 8; k++)
            p[k] = draw_uniform();
        CHECK_OK(stats_adjust(p, 8, STATS_HOLM, order, p));
        for (int k = 0; k < 8; k++)
            any |= p[k] <= 0.05;
        wrong += any;
    }
    CHECK((double)wrong / runs < 0.06);
}

/* ---- as shown ---------------------------------------------------------------------- */

static void shares_made_to_sum_do(void **state)
{
    (void)state;
    draw_start(42);
    for (int i = 0; i < 200; i++) {
        long count[12], share[12], sum = 0, all = 0;
        size_t order[12], n = (size_t)draw_whole(1, 12);
        for (size_t k = 0; k < n; k++)
            all += count[k] = draw_whole(0, 300);
        if (all == 0) continue;
        CHECK_OK(stats_largest_remainder(count, n, 1000, order, share));
        for (size_t k = 0; k < n; k++) {
            sum += share[k];
            CHECK(fabs((double)share[k] - 1000.0 * (double)count[k] / (double)all) < 1);
        }
        CHECK_INT(sum, 1000);
    }
}

static void equal_remainders_go_to_the_first(void **state)
{
    long thirds[] = {1, 1, 1}, none[] = {0, 0}, huge[] = {LONG_MAX / 2}, share[3];
    size_t order[3];

    (void)state;
    CHECK_OK(stats_largest_remainder(thirds, 3, 1000, order, share));
    CHECK_INT(share[0], 334);
    CHECK_INT(share[1], 333);
    CHECK_INT(stats_largest_remainder(none, 2, 100, order, share), STATS_EMPTY);
    CHECK_INT(stats_largest_remainder(huge, 1, 1000, order, share), STATS_TOO_BIG);
    none[0] = -1;
    CHECK_INT(stats_largest_remainder(none, 2, 100, order, share), STATS_DOMAIN);
}

static void a_change_is_taken_before_rounding(void **state)
{
    struct stats_shown_change c;

    (void)state;
    CHECK_OK(stats_shown_change(119, 326, 143, 326, 1, &c));
    CHECK_NEAR(c.change, 24.0 / 326, 1e-16);
    CHECK_NEAR(c.from_rounded, 0.074, 1e-16);
    CHECK_NEAR(c.relative, 24.0 / 119, 1e-16);
    CHECK_OK(stats_shown_change(0, 10, 1, 10, 1, &c));
    CHECK(isnan(c.relative));
    CHECK_INT(stats_shown_change(0, 0, 1, 10, 1, &c), STATS_EMPTY);
    CHECK_INT(stats_shown_change(5, 3, 1, 10, 1, &c), STATS_DOMAIN);
}

static void percentages_round_half_away_from_zero(void **state)
{
    (void)state;
    CHECK_INT(stats_rounded_percent(1, 8, 0), 13);   /* 12.5 */
    CHECK_INT(stats_rounded_percent(1, 400, 1), 3);  /* 0.25 */
    CHECK_INT(stats_rounded_percent(7, 2000, 1), 4); /* 0.35 */
    CHECK_INT(stats_rounded_percent(1, 3, 2), 3333);
    CHECK_INT(stats_rounded_percent(0, 3, 1), 0);
    CHECK_INT(stats_rounded_percent(9, 3, 0), 300);
}

static void running_totals_meet_a_running_profile(void **state)
{
    double x[] = {19, 28, 26}, profile[] = {0, 50, 50}, total[3], share[3];

    (void)state;
    CHECK_OK(stats_cumulative(x, profile, 3, total, share));
    CHECK(isnan(share[0]));
    CHECK_NEAR(total[2], 73, 0);
    CHECK_NEAR(share[2], 0.73, 1e-16);
    CHECK_INT(stats_cumulative(x, profile, 0, total, share), STATS_EMPTY);
    x[1] = -1;
    CHECK_INT(stats_cumulative(x, profile, 3, total, share), STATS_DOMAIN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_count_against_its_profile_agrees_with_r),
        cmocka_unit_test(garwood_limits_leave_their_tails),
        cmocka_unit_test(counts_without_a_profile_or_below_zero_are_refused),
        cmocka_unit_test(poisson_tests_agree_with_enumeration),
        cmocka_unit_test(bounds_hold_whatever_the_missing_would_have_said),
        cmocka_unit_test(nobody_missing_leaves_no_room_and_nobody_answering_all_of_it),
        cmocka_unit_test(imbens_manski_lies_between_one_and_two_sided),
        cmocka_unit_test(a_change_is_bounded_by_those_never_reviewed),
        cmocka_unit_test(adjusted_p_values_agree_with_r),
        cmocka_unit_test(p_values_that_are_missing_leave_the_family),
        cmocka_unit_test(holm_keeps_the_familywise_error),
        cmocka_unit_test(shares_made_to_sum_do),
        cmocka_unit_test(equal_remainders_go_to_the_first),
        cmocka_unit_test(a_change_is_taken_before_rounding),
        cmocka_unit_test(percentages_round_half_away_from_zero),
        cmocka_unit_test(running_totals_meet_a_running_profile),
    };

    stats_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
