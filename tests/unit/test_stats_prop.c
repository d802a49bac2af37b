// SPDX-License-Identifier: MIT
#include "tests/support/check.h"

#include <math.h>

#include "stats/stats_num.h"
#include "stats/stats_prop.h"
#include "tests/support/draw.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

typedef stats_status (*interval)(long yes, long n, double conf, struct stats_interval *out);

static const interval intervals[] = {stats_wilson, stats_clopper_pearson, stats_jeffreys,
                                     stats_prop_midp};

/* R 4.2.2 prop.test(correct = FALSE); the last by 40-digit arithmetic */
static void wilson_agrees_with_r(void **state)
{
    static const struct {
        long yes, n;
        double conf, low, high;
    } cases[] = {
        {114, 391,     0.95, 0.248713892166,       0.338462184817       },
        {81,  263,     0.95, 0.255288519878,       0.366209576983       },
        {0,   20,      0.95, 0,                    0.1611251580528193   },
        {1,   29,      0.95, 0.006113214292762653, 0.1717552187932028   },
        {29,  29,      0.95, 0.8830302015002593,   1                    },
        {3,   1000000, 0.95, 1.02027124097e-06,    8.821149774312435e-06}
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct stats_interval ci;
        CHECK_OK(stats_wilson(cases[i].yes, cases[i].n, cases[i].conf, &ci));
        CHECK_NEAR(ci.low, cases[i].low, 1e-8 * cases[i].low);
        CHECK_NEAR(ci.high, cases[i].high, 1e-8 * cases[i].high);
    }
}

static void wilson_of_no_answers_is_empty_not_zero(void **state)
{
    struct stats_interval ci = {-1, -1, -1};

    (void)state;
    for (size_t k = 0; k < COUNT(intervals); k++) {
        CHECK_INT(intervals[k](0, 0, 0.95, &ci), STATS_EMPTY);
        CHECK_NEAR(ci.estimate, -1, 0);
    }
}

static void impossible_counts_and_levels_are_refused(void **state)
{
    struct stats_interval ci = {-1, -1, -1};

    (void)state;
    for (size_t k = 0; k < COUNT(intervals); k++) {
        CHECK_INT(intervals[k](4, 3, 0.95, &ci), STATS_DOMAIN);
        CHECK_INT(intervals[k](-1, 3, 0.95, &ci), STATS_DOMAIN);
        CHECK_INT(intervals[k](1, -3, 0.95, &ci), STATS_DOMAIN);
        CHECK_INT(intervals[k](1, 3, 95, &ci), STATS_DOMAIN);
        CHECK_INT(intervals[k](1, 3, NAN, &ci), STATS_DOMAIN);
    }
    CHECK_NEAR(ci.low, -1, 0);
}

static void intervals_end_exactly_at_none_and_at_all(void **state)
{
    (void)state;
    for (size_t k = 0; k < COUNT(intervals); k++) {
        for (long n = 1; n < 300; n = 2 * n + 1) {
            struct stats_interval ci;
            CHECK_OK(intervals[k](0, n, 0.95, &ci));
            CHECK(ci.low == 0 && ci.high < 1);
            CHECK_OK(intervals[k](n, n, 0.95, &ci));
            CHECK(ci.high == 1 && ci.low > 0);
        }
    }
}

static void intervals_stay_in_range_and_hold_the_estimate(void **state)
{
    (void)state;
    draw_start(3);
    for (int i = 0; i < 300; i++) {
        long n = draw_whole(1, 2000), yes = draw_whole(0, n);
        double conf = 0.5 + 0.499 * draw_uniform();
        for (size_t k = 0; k < COUNT(intervals); k++) {
            struct stats_interval ci;
            CHECK_OK(intervals[k](yes, n, conf, &ci));
            CHECK(ci.low >= 0 && ci.high <= 1);
            CHECK(ci.low <= ci.estimate && ci.estimate <= ci.high);
        }
    }
}

static void intervals_mirror_when_yes_becomes_no(void **state)
{
    (void)state;
    draw_start(4);
    for (int i = 0; i < 200; i++) {
        long n = draw_whole(1, 500), yes = draw_whole(0, n);
        for (size_t k = 0; k < COUNT(intervals); k++) {
            struct stats_interval ci, mirror;
            CHECK_OK(intervals[k](yes, n, 0.95, &ci));
            CHECK_OK(intervals[k](n - yes, n, 0.95, &mirror));
            CHECK_NEAR(ci.low, 1 - mirror.high, 1e-12);
            CHECK_NEAR(ci.high, 1 - mirror.low, 1e-12);
        }
    }
}

static void intervals_narrow_with_people_and_widen_with_confidence(void **state)
{
    (void)state;
    draw_start(5);
    for (int i = 0; i < 100; i++) {
        long n = draw_whole(2, 200), yes = draw_whole(0, n);
        for (size_t k = 0; k < COUNT(intervals); k++) {
            struct stats_interval ci, more, wide;
            CHECK_OK(intervals[k](yes, n, 0.9, &ci));
            CHECK_OK(intervals[k](4 * yes, 4 * n, 0.9, &more));
            CHECK_OK(intervals[k](yes, n, 0.99, &wide));
            CHECK(more.high - more.low < ci.high - ci.low);
            CHECK(wide.low <= ci.low && ci.high <= wide.high);
        }
    }
}

static void clopper_pearson_answers_for_every_base_to_120_and_holds_the_others(void **state)
{
    (void)state;
    for (long n = 1; n <= 120; n++) {
        for (long yes = 0; yes <= n; yes++) {
            struct stats_interval exact, midp, jeffreys;
            CHECK_OK(stats_clopper_pearson(yes, n, 0.95, &exact));
            CHECK_OK(stats_prop_midp(yes, n, 0.95, &midp));
            CHECK_OK(stats_jeffreys(yes, n, 0.95, &jeffreys));
            CHECK(exact.low <= midp.low && midp.high <= exact.high);
            CHECK(exact.low <= jeffreys.low && jeffreys.high <= exact.high);
        }
    }
}

/* What the interval is for: whatever the true share, at least 95% of samples cover it. */
static void clopper_pearson_never_covers_less_than_it_says(void **state)
{
    (void)state;
    for (double p = 0.003; p < 1; p += 0.0713) {
        for (long n = 3; n < 90; n += 17) {
            double covered = 0;
            for (long yes = 0; yes <= n; yes++) {
                struct stats_interval ci;
                CHECK_OK(stats_clopper_pearson(yes, n, 0.95, &ci));
                if (ci.low <= p && p <= ci.high)
                    covered += (double)stats_binomial_pmf(yes, n, p);
            }
            CHECK(covered >= 0.95 - 1e-12);
        }
    }
}

static void wilson_on_effective_people_is_wilson_on_people(void **state)
{
    struct stats_interval whole, effective;

    (void)state;
    CHECK_OK(stats_wilson(30, 100, 0.95, &whole));
    CHECK_OK(stats_wilson_effective(0.3, 100, 0.95, &effective));
    CHECK_NEAR(whole.low, effective.low, 1e-15);
    CHECK_NEAR(whole.high, effective.high, 1e-15);
    CHECK_INT(stats_wilson_effective(1.2, 100, 0.95, &effective), STATS_DOMAIN);
    CHECK_INT(stats_wilson_effective(0.2, 0, 0.95, &effective), STATS_DOMAIN);
}

/* Summed outcome by outcome, as the definition says. */
static double minlike_by_enumeration(long yes, long n, double target)
{
    long double limit = stats_binomial_pmf(yes, n, target) * (1 + 1e-7L), sum = 0;

    for (long k = 0; k <= n; k++)
        if (stats_binomial_pmf(k, n, target) <= limit)
            sum += stats_binomial_pmf(k, n, target);
    return (double)sum;
}

static void exact_tests_agree_with_enumeration(void **state)
{
    (void)state;
    draw_start(6);
    for (int i = 0; i < 400; i++) {
        long n = draw_whole(1, 80), yes = draw_whole(0, n);
        double target = i % 3 ? draw_uniform() : (double)draw_whole(1, 9) / 10;
        struct stats_prop_test test;
        CHECK_OK(stats_prop_test_exact(yes, n, target, &test));
        CHECK_NEAR(test.two_minlike, minlike_by_enumeration(yes, n, target), 1e-13);
        CHECK_NEAR(test.less + test.greater, 1 + (double)stats_binomial_pmf(yes, n, target),
                   1e-13);
        CHECK(test.two_midp <= test.two_double && test.two_double <= 1);
    }
}

static void a_share_on_target_has_p_one_exactly(void **state)
{
    struct stats_prop_test test;
    struct stats_test score;

    (void)state;
    CHECK_OK(stats_prop_test_exact(40, 200, 0.2, &test));
    CHECK(test.two_minlike == 1);
    CHECK_OK(stats_prop_test_score(3, 10, 0.3, &score));
    CHECK(score.statistic == 0 && score.p == 1);
}

/* The null variance: 0.062, where a package that uses the sample's says 0.034. */
static void the_score_test_uses_the_variance_of_the_target(void **state)
{
    struct stats_test score;

    (void)state;
    CHECK_OK(stats_prop_test_score(26, 180, 0.2, &score));
    CHECK_NEAR(score.statistic, -1.8633899812498245, 1e-12);
    CHECK_NEAR(score.p, 0.0624074185687, 1e-12);
    CHECK_INT(stats_prop_test_score(26, 180, 0, &score), STATS_UNDEFINED);
    CHECK_INT(stats_prop_test_score(26, 180, 1.2, &score), STATS_DOMAIN);
    CHECK_INT(stats_prop_test_score(0, 0, 0.2, &score), STATS_EMPTY);
}

/* Discrete p-values cannot be uniform; at the usual levels mid-p rejects close to
 * nominally. */
static void the_midp_test_of_a_true_target_rejects_about_as_often_as_it_should(void **state)
{
    (void)state;
    for (long n = 20; n <= 200; n += 45) {
        double rejected = 0;
        for (long yes = 0; yes <= n; yes++) {
            struct stats_prop_test test;
            CHECK_OK(stats_prop_test_exact(yes, n, 0.2, &test));
            if (test.two_midp <= 0.05) rejected += (double)stats_binomial_pmf(yes, n, 0.2);
        }
        CHECK(rejected > 0.02 && rejected < 0.066);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wilson_agrees_with_r),
        cmocka_unit_test(wilson_of_no_answers_is_empty_not_zero),
        cmocka_unit_test(impossible_counts_and_levels_are_refused),
        cmocka_unit_test(intervals_end_exactly_at_none_and_at_all),
        cmocka_unit_test(intervals_stay_in_range_and_hold_the_estimate),
        cmocka_unit_test(intervals_mirror_when_yes_becomes_no),
        cmocka_unit_test(intervals_narrow_with_people_and_widen_with_confidence),
        cmocka_unit_test(
            clopper_pearson_answers_for_every_base_to_120_and_holds_the_others),
        cmocka_unit_test(clopper_pearson_never_covers_less_than_it_says),
        cmocka_unit_test(wilson_on_effective_people_is_wilson_on_people),
        cmocka_unit_test(exact_tests_agree_with_enumeration),
        cmocka_unit_test(a_share_on_target_has_p_one_exactly),
        cmocka_unit_test(the_score_test_uses_the_variance_of_the_target),
        cmocka_unit_test(
            the_midp_test_of_a_true_target_rejects_about_as_often_as_it_should),
    };

    stats_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
