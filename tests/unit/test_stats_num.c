// SPDX-License-Identifier: MIT
#include "tests/support/check.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#include "stats/stats_num.h"
#include "tests/support/draw.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static double cube_less(double x, const void *given)
{
    return x * x * x - *(const double *)given;
}

static void a_root_is_found_to_the_last_digits(void **state)
{
    (void)state;
    for (double want = 1e-30; want < 1e30; want *= 37) {
        double root;
        CHECK_OK(stats_root(cube_less, &want, 0, 1e11, &root));
        CHECK_NEAR(root / cbrt(want), 1, 1e-15);
    }
}

static void a_bracket_without_a_root_is_refused(void **state)
{
    double eight = 8, nothing = NAN, root = -1;

    (void)state;
    CHECK_INT(stats_root(cube_less, &eight, 3, 9, &root), STATS_NO_CONVERGENCE);
    CHECK_INT(stats_root(cube_less, &nothing, 0, 9, &root), STATS_NO_CONVERGENCE);
    CHECK_NEAR(root, -1, 0);
}

/* GSL 2.7.1's own quantile is NaN for the first three. R 4.2.2 qbeta. */
static void beta_quantiles_answer_where_gsl_does_not(void **state)
{
    static const struct {
        double prob, a, b, x;
    } cases[] = {
        {0.975, 3,   258,   0.027509464774955861  },
        {0.025, 9.5, 317.5, 0.013746096173320803  },
        {0.975, 20,  646,   0.044259347341514377  },
        {0.025, 1,   1,     0.025                 },
        {0.5,   0.5, 0.5,   0.5                   },
        {0.975, 2,   1e6,   5.5716250835598953e-06}
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        double x;
        CHECK_OK(stats_beta_quantile(cases[i].prob, cases[i].a, cases[i].b, &x));
        CHECK_NEAR(x / cases[i].x, 1, 1e-12);
    }
}

static void beta_quantiles_invert_their_distribution_for_every_base_to_150(void **state)
{
    (void)state;
    for (long n = 1; n <= 150; n++) {
        for (long x = 0; x < n; x++) {
            double a = (double)x + 1, b = (double)(n - x), q;
            CHECK_OK(stats_beta_quantile(0.975, a, b, &q));
            CHECK_NEAR(gsl_cdf_beta_Q(q, a, b), 0.025, 1e-13);
        }
    }
}

static void impossible_beta_quantiles_are_refused(void **state)
{
    double x;

    (void)state;
    CHECK_INT(stats_beta_quantile(1.5, 1, 1, &x), STATS_DOMAIN);
    CHECK_INT(stats_beta_quantile(0.5, 0, 1, &x), STATS_DOMAIN);
    CHECK_INT(stats_beta_quantile(NAN, 1, 1, &x), STATS_DOMAIN);
}

/* R 4.2.2 pbinom */
static void binomial_tails_keep_their_digits(void **state)
{
    static const struct {
        long k, n;
        double p, lower, upper;
    } cases[] = {
        {5,   19,      0.3,  0.47386252427351494,    0.71777645847992844   },
        {3,   1000000, 1e-6, 0.98101190443709663,    0.080301305101449783  },
        {0,   20,      0.2,  0.011529215046068485,   1                     },
        {40,  200,     0.2,  0.54217964504949155,    0.52818995399219432   },
        {15,  15,      0.2,  1,                      3.2768000000000041e-11},
        {450, 1000,    0.5,  0.00086526804248815816, 0.99930412920278888   }
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        double lower = stats_binomial_lower(cases[i].k, cases[i].n, cases[i].p);
        double upper = stats_binomial_upper(cases[i].k, cases[i].n, cases[i].p);
        CHECK_NEAR(lower / cases[i].lower, 1, 1e-12);
        CHECK_NEAR(upper / cases[i].upper, 1, 1e-12);
    }
}

static void binomial_tails_are_exact_at_their_ends(void **state)
{
    (void)state;
    CHECK(stats_binomial_lower(-1, 5, 0.5) == 0);
    CHECK(stats_binomial_lower(5, 5, 0.5) == 1);
    CHECK(stats_binomial_upper(0, 5, 0.5) == 1);
    CHECK(stats_binomial_upper(6, 5, 0.5) == 0);
    CHECK(stats_binomial_lower(0, 5, 1) == 0);
    CHECK(stats_binomial_lower(0, 5, 0) == 1);
    CHECK(stats_binomial_lower(0, 0, 0.3) == 1);
}

static void binomial_probabilities_sum_to_one(void **state)
{
    (void)state;
    draw_start(1);
    for (int i = 0; i < 40; i++) {
        long n = draw_whole(1, 400);
        double p = draw_uniform();
        long double sum = 0;
        for (long k = 0; k <= n; k++) {
            sum += stats_binomial_pmf(k, n, p);
            CHECK_NEAR(stats_binomial_lower(k, n, p), (double)sum, 1e-14);
        }
        CHECK_NEAR((double)sum, 1, 1e-15);
    }
}

/* R 4.2.2 pt(, ncp=), which stops at 1e-12 */
static void noncentral_t_agrees_with_r(void **state)
{
    static const struct {
        double t, df, ncp, p;
    } cases[] = {
        {1,   5,  0.5, 0.66653570268699236 },
        {2.5, 30, 3,   0.309861381521919   },
        {-1,  10, 1,   0.02680185676949598 },
        {0,   7,  1.5, 0.066807201268858071}
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        CHECK_NEAR(stats_nct_lower(cases[i].t, cases[i].df, cases[i].ncp), cases[i].p,
                   1e-11);
}

static void noncentral_t_without_noncentrality_is_central(void **state)
{
    (void)state;
    for (double df = 1; df < 2000; df *= 1.7)
        for (double t = -40; t <= 40; t += 3.7)
            CHECK_NEAR(stats_nct_lower(t, df, 0), gsl_cdf_tdist_P(t, df), 1e-12);
}

static void limits_of_a_noncentrality_leave_their_tails(void **state)
{
    (void)state;
    draw_start(2);
    for (int i = 0; i < 60; i++) {
        double t = draw_normal(0, 6), df = (double)draw_whole(1, 300);
        struct stats_interval ncp;
        CHECK_OK(stats_nct_limits(t, df, 0.95, &ncp));
        CHECK(ncp.low < ncp.high);
        CHECK_NEAR(stats_nct_lower(t, df, ncp.low), 0.975, 1e-12);
        CHECK_NEAR(stats_nct_lower(t, df, ncp.high), 0.025, 1e-12);
    }
}

static void a_huge_t_is_met_from_both_sides(void **state)
{
    (void)state;
    for (double df = 1; df < 100; df *= 3) {
        double t = sqrt(1e7 * (1 + 2 * df));
        for (double a = 0.3; a < 2; a += 0.4) {
            double near = stats_nct_lower(t * 0.999999, df, a * t * 0.999999);
            CHECK_NEAR(stats_nct_lower(t * 1.000001, df, a * t * 1.000001), near, 1e-12);
            CHECK_NEAR(stats_nct_lower(-t * 1.000001, df, -a * t * 1.000001), 1 - near,
                       1e-12);
        }
    }
    struct stats_interval ncp;
    CHECK_OK(stats_nct_limits(1e11, 5, 0.95, &ncp));
    CHECK_NEAR(ncp.low / 1e11, sqrt(gsl_cdf_chisq_Pinv(0.025, 5) / 5), 1e-9);
}

/* R 4.2.2 pchisq(, ncp=) */
static void noncentral_chi_square_agrees_with_r(void **state)
{
    (void)state;
    CHECK_NEAR(stats_ncx2_lower(13.05, 2, 5), 0.88464973996372909, 1e-12);
    CHECK_NEAR(stats_ncx2_lower(100, 9, 80), 0.73641456620194135, 1e-10);
    CHECK_NEAR(stats_ncx2_lower(3, 1, 0), gsl_cdf_chisq_P(3, 1), 1e-15);
    CHECK(stats_ncx2_lower(0, 3, 2) == 0);
}

static void a_chi_square_below_its_quantile_has_noncentrality_zero(void **state)
{
    double ncp;

    (void)state;
    CHECK_OK(stats_ncx2_ncp(0.975, 1, 3, &ncp));
    CHECK(ncp == 0);
    CHECK_OK(stats_ncx2_ncp(0.975, 20, 3, &ncp));
    CHECK_NEAR(stats_ncx2_lower(20, 3, ncp), 0.975, 1e-12);
}

static void two_passes_keep_what_one_pass_loses(void **state)
{
    double x[1001];

    (void)state;
    for (int i = 0; i < 1001; i++) /* NIST NumAcc4's pattern: sd 0.1 exactly */
        x[i] = i == 0 ? 10000000.2 : i % 2 ? 10000000.1 : 10000000.3;
    struct stats_two_pass sums = stats_two_pass(x, 1001);
    CHECK_NEAR((double)sums.mean, 10000000.2, 1e-8);
    CHECK_NEAR(sqrt((double)sums.squares / 1000), 0.1, 1e-8);
}

static void equal_numbers_have_no_squares_at_all(void **state)
{
    double x[] = {0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1};

    (void)state;
    CHECK(stats_two_pass(x, 7).squares == 0);
    CHECK((double)stats_two_pass(x, 7).mean == 0.1);
}

static void equal_changes_of_decimals_are_equal(void **state)
{
    (void)state;
    CHECK(0.3 - 0.2 != 0.2 - 0.1);
    CHECK(stats_rounded_difference(0.3, 0.2) == stats_rounded_difference(0.2, 0.1));
    CHECK(stats_rounded_difference(80.2, 80.0) == stats_rounded_difference(75.3, 75.1));
    CHECK(stats_rounded_difference(1e15, 1) == 1e15 - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_root_is_found_to_the_last_digits),
        cmocka_unit_test(a_bracket_without_a_root_is_refused),
        cmocka_unit_test(beta_quantiles_answer_where_gsl_does_not),
        cmocka_unit_test(beta_quantiles_invert_their_distribution_for_every_base_to_150),
        cmocka_unit_test(impossible_beta_quantiles_are_refused),
        cmocka_unit_test(binomial_tails_keep_their_digits),
        cmocka_unit_test(binomial_tails_are_exact_at_their_ends),
        cmocka_unit_test(binomial_probabilities_sum_to_one),
        cmocka_unit_test(noncentral_t_agrees_with_r),
        cmocka_unit_test(noncentral_t_without_noncentrality_is_central),
        cmocka_unit_test(limits_of_a_noncentrality_leave_their_tails),
        cmocka_unit_test(a_huge_t_is_met_from_both_sides),
        cmocka_unit_test(noncentral_chi_square_agrees_with_r),
        cmocka_unit_test(a_chi_square_below_its_quantile_has_noncentrality_zero),
        cmocka_unit_test(two_passes_keep_what_one_pass_loses),
        cmocka_unit_test(equal_numbers_have_no_squares_at_all),
        cmocka_unit_test(equal_changes_of_decimals_are_equal),
    };

    stats_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
