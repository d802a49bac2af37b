// SPDX-License-Identifier: MIT
#include "tests/support/check.h"

#include <math.h>

#include "stats/stats_assoc.h"
#include "stats/stats_cross.h"
#include "stats/stats_num.h"
#include "stats/stats_strata.h"
#include "tests/support/draw.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define TABLE(rows, cols, ...)                  \
    (struct stats_table)                        \
    {                                           \
        (const long[]){__VA_ARGS__}, rows, cols \
    }

static double work[20000];

/* R 4.2.2 chisq.test(correct = FALSE); scipy for G */
static void chi_square_agrees_with_r(void **state)
{
    struct stats_table t = TABLE(2, 3, 29, 7, 7, 13, 7, 21);
    struct stats_chisq c;

    (void)state;
    CHECK_OK(stats_chisq(&t, &c));
    CHECK_NEAR(c.pearson.statistic, 13.055019852, 1e-9);
    CHECK_NEAR(c.pearson.p, 0.0014626434, 1e-10);
    CHECK_NEAR(c.likelihood.statistic, 13.529807129, 1e-9);
    CHECK_NEAR(c.min_expected, 41.0 * 14 / 84, 1e-13);
    CHECK_INT(stats_chisq_is_doubtful(&c), 0);
}

static void empty_rows_and_columns_do_not_count(void **state)
{
    struct stats_table full = TABLE(2, 2, 5, 3, 2, 6);
    struct stats_table gaps = TABLE(3, 3, 5, 0, 3, 0, 0, 0, 2, 0, 6);
    struct stats_chisq a, b;
    double residual[9];

    (void)state;
    CHECK_OK(stats_chisq(&full, &a));
    CHECK_OK(stats_chisq(&gaps, &b));
    CHECK_NEAR(a.pearson.p, b.pearson.p, 0);
    CHECK_INT(b.rows, 2);
    CHECK_OK(stats_adjusted_residuals(&gaps, residual));
    CHECK(isnan(residual[1]) && isnan(residual[4]) && !isnan(residual[0]));
    CHECK_NEAR(residual[0], -residual[2], 1e-15);
    CHECK_NEAR(residual[0] * residual[0], a.pearson.statistic, 1e-13);
}

static void one_row_is_not_tested_at_all(void **state)
{
    struct stats_table row = TABLE(1, 3, 4, 5, 6), filled = TABLE(2, 2, 3, 4, 0, 0);
    struct stats_table none = TABLE(2, 2, 0, 0, 0, 0), wrong = TABLE(2, 2, 1, 2, -1, 3);
    struct stats_table wide = {NULL, 2, STATS_MAX_SIDE + 1};
    struct stats_chisq c;
    struct stats_cramers_v v;
    struct stats_exact e;

    (void)state;
    CHECK_INT(stats_chisq(&row, &c), STATS_UNDEFINED);
    CHECK_INT(stats_chisq(&filled, &c), STATS_UNDEFINED);
    CHECK_INT(stats_chisq(&none, &c), STATS_EMPTY);
    CHECK_INT(stats_chisq(&wrong, &c), STATS_DOMAIN);
    CHECK_INT(stats_chisq(&wide, &c), STATS_TOO_BIG);
    CHECK_INT(stats_cramers_v(&row, &v), STATS_UNDEFINED);
    CHECK_INT(stats_fisher_freeman_halton(&row, 1000, work, &e), STATS_UNDEFINED);
    CHECK_INT(stats_ffh_monte_carlo(&none, 1000, work, &e), STATS_EMPTY);
}

static void small_expected_counts_are_doubted(void **state)
{
    struct stats_table t = TABLE(3, 3, 3, 0, 0, 0, 2, 1, 1, 0, 4);
    struct stats_chisq c;

    (void)state;
    CHECK_OK(stats_chisq(&t, &c));
    CHECK_NEAR(c.share_expected_below_5, 1, 0);
    CHECK(stats_chisq_is_doubtful(&c));
}

static void cramers_v_lies_between_nothing_and_one(void **state)
{
    struct stats_table perfect = TABLE(2, 2, 30, 0, 0, 20),
                       known = TABLE(2, 3, 29, 7, 7, 13, 7, 21);
    struct stats_cramers_v v;
    struct stats_interval ci;

    (void)state;
    CHECK_OK(stats_cramers_v(&perfect, &v));
    CHECK_NEAR(v.v, 1, 1e-15);
    CHECK_NEAR(v.corrected, 1, 1e-15);
    draw_start(30);
    for (int i = 0; i < 100; i++) {
        long cell[12];
        struct stats_table t = {cell, 3, 4};
        for (int k = 0; k < 12; k++)
            cell[k] = draw_whole(1, 20);
        CHECK_OK(stats_cramers_v(&t, &v));
        CHECK_OK(stats_cramers_v_interval(&t, 0.95, &ci));
        CHECK(v.corrected >= 0 && v.corrected <= v.v && v.v <= 1);
        CHECK(ci.low >= 0 && ci.low <= ci.estimate && ci.high <= 1 && ci.low <= ci.high);
    }
    CHECK_OK(stats_cramers_v_interval(&known, 0.95, &ci));
    CHECK_NEAR(ci.low, 0.15652663127215968, 1e-12);
    CHECK_NEAR(ci.high, 0.5957728908466241, 1e-12);
}

/* ---- exact ------------------------------------------------------------------------- */

/* All tables with the margins of a 3 x 3 one, four cells free. */
static double exact_by_enumeration(const long *t)
{
    long r[3], c[3];
    long double seen = 0, all = 0, rare = 0;

    for (int i = 0; i < 3; i++) {
        r[i] = t[3 * i] + t[3 * i + 1] + t[3 * i + 2];
        c[i] = t[i] + t[3 + i] + t[6 + i];
    }
    for (int k = 0; k < 9; k++)
        seen -= stats_log_factorial(t[k]);
    for (long a = 0; a <= r[0]; a++)
        for (long b = 0; a + b <= r[0]; b++)
            for (long d = 0; d <= r[1]; d++)
                for (long e = 0; d + e <= r[1]; e++) {
                    long cell[9] = {
                        a, b, r[0] - a - b, d, e, r[1] - d - e, c[0] - a - d, c[1] - b - e,
                        0};
                    cell[8] = r[2] - cell[6] - cell[7];
                    long double w = 0;
                    int fits = 1;
                    for (int k = 0; k < 9 && fits; k++)
                        fits = cell[k] >= 0 && (w -= stats_log_factorial(cell[k]), 1);
                    if (!fits || cell[2] + cell[5] + cell[8] != c[2]) continue;
                    all += expl(w - seen);
                    if (w - seen <= 1e-7L) rare += expl(w - seen);
                }
    return (double)(rare / all);
}

static void the_exact_test_agrees_with_full_enumeration(void **state)
{
    (void)state;
    draw_start(31);
    for (int i = 0; i < 40; i++) {
        long cell[9];
        struct stats_table t = {cell, 3, 3};
        struct stats_exact e;
        for (int k = 0; k < 9; k++)
            cell[k] = draw_poisson(2.5);
        for (int k = 0; k < 3; k++)
            cell[4 * k]++; /* no empty row or column */
        CHECK_OK(stats_fisher_freeman_halton(&t, 10000000, work, &e));
        CHECK_NEAR(e.p, exact_by_enumeration(cell), 1e-12);
    }
}

/* R 4.2.2 fisher.test */
static void the_exact_test_agrees_with_r(void **state)
{
    const struct {
        struct stats_table t;
        double p;
    } cases[] = {
  // clang-format off
        {TABLE(4, 3, 7, 1, 3, 87, 18, 84, 12, 3, 4, 9, 1, 7), 0.413845448608},
        {TABLE(2, 4, 8, 28, 72, 126, 46, 73, 69, 86), 1.02057938656e-11},
        {TABLE(5, 2, 48, 17066, 38, 14464, 5, 788, 1, 126, 1, 37), 0.033364652925},
  // clang-format on
    };
    static double large[40000];

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct stats_exact e;
        CHECK_OK(stats_fisher_freeman_halton(&cases[i].t, 10000000, large, &e));
        CHECK_NEAR(e.p / cases[i].p, 1, 1e-9);
    }
}

static void the_exact_test_does_not_mind_order_or_side(void **state)
{
    struct stats_table t = TABLE(2, 4, 14, 10, 3, 2, 11, 7, 8, 4);
    struct stats_table turned = TABLE(4, 2, 4, 2, 8, 3, 7, 10, 11, 14);
    struct stats_exact a, b;

    (void)state;
    CHECK_OK(stats_fisher_freeman_halton(&t, 100000, work, &a));
    CHECK_OK(stats_fisher_freeman_halton(&turned, 100000, work, &b));
    CHECK_NEAR(a.p, b.p, 1e-14);
}

static void a_table_too_large_to_enumerate_is_simulated_the_same_each_time(void **state)
{
    struct stats_table t =
        TABLE(4, 5, 5, 4, 3, 2, 1, 2, 6, 5, 4, 3, 2, 1, 5, 4, 2, 3, 4, 2, 1, 3);
    struct stats_exact e, a, b;

    (void)state;
    CHECK_INT(stats_fisher_freeman_halton(&t, 100000, work, &e), STATS_TOO_BIG);
    CHECK_OK(stats_ffh_monte_carlo(&t, 20000, work, &a));
    CHECK_OK(stats_ffh_monte_carlo(&t, 20000, work, &b));
    CHECK_NEAR(a.p, b.p, 0);
    CHECK_NEAR(a.p, 0.69364822426, 4 * a.mc_se); /* R 4.2.2, exact */
    CHECK_NEAR(a.mc_se, 0.00326, 1e-4);
}

/* Few people in a row are drawn one by one, many as counts: both kinds are in the table. */
static void parts_of_a_simulation_add_up_to_the_whole(void **state)
{
    struct stats_table t = TABLE(3, 4, 90, 80, 5, 100, 70, 95, 3, 88, 4, 2, 3, 1);
    struct stats_exact whole, sum;
    long rare[3];

    (void)state;
    CHECK_OK(stats_ffh_monte_carlo(&t, 3000, work, &whole));
    CHECK_OK(stats_ffh_rare(&t, 0, 1234, work, &rare[0]));
    CHECK_OK(stats_ffh_rare(&t, 1234, 0, work, &rare[1]));
    CHECK_OK(stats_ffh_rare(&t, 1234, 1766, work, &rare[2]));
    stats_ffh_of_rare(rare[0] + rare[1] + rare[2], 3000, &sum);
    CHECK_INT(rare[1], 0);
    CHECK(rare[0] > 0 && rare[2] > 0);
    CHECK_NEAR(sum.p, whole.p, 0);
}

/* ---- ordered ----------------------------------------------------------------------- */

static void a_table_of_people_correlates_as_the_people_do(void **state)
{
    (void)state;
    draw_start(32);
    for (int i = 0; i < 30; i++) {
        long cell[12] = {0};
        double x[60], y[60], rank_work[120];
        size_t order[60];
        struct stats_xy pairs[120];
        struct stats_table t = {cell, 3, 4};
        struct stats_correlation c;
        struct stats_ordinal_association a;
        struct stats_linear_by_linear l;
        for (int k = 0; k < 60; k++) {
            long r = k < 3 ? k : draw_whole(0, 2), col = k < 4 ? k : draw_whole(0, 3);
            x[k] = (double)r;
            y[k] = (double)col;
            cell[r * 4 + col]++;
        }
        CHECK_OK(stats_correlation(x, y, 60, 0.95, order, rank_work, pairs, &c));
        CHECK_OK(stats_ordinal_association(&t, &a));
        CHECK_OK(stats_linear_by_linear(&t, NULL, NULL, &l));
        CHECK_NEAR(a.tau_b, c.tau_b, 1e-13);
        CHECK_NEAR(a.spearman, c.spearman, 1e-13);
        CHECK_NEAR(l.r, c.pearson.estimate, 1e-13);
        CHECK_NEAR(l.test.statistic, 59 * l.r * l.r, 1e-12);
        CHECK(fabs(a.gamma) >= fabs(a.tau_b) - 1e-15);
    }
}

static void exact_p_of_unrelated_answers_is_not_too_often_small(void **state)
{
    int rejected = 0, runs = 1500;

    (void)state;
    draw_start(33);
    for (int i = 0; i < runs; i++) {
        long cell[6] = {0};
        struct stats_table t = {cell, 2, 3};
        struct stats_exact e;
        for (int k = 0; k < 40; k++)
            cell[(k % 2) * 3 + draw_whole(0, 2)]++;
        if (stats_fisher_freeman_halton(&t, 100000, work, &e)) continue;
        rejected += e.p <= 0.05;
    }
    CHECK((double)rejected / runs < 0.055);
    CHECK((double)rejected / runs > 0.02);
}

/* ---- strata ------------------------------------------------------------------------ */

static const struct stats_two_groups six[] = {
    {2,  39,  1, 43 },
    {4,  44,  4, 44 },
    {6,  107, 4, 110},
    {7,  103, 5, 100},
    {7,  110, 3, 106},
    {11, 154, 4, 146}
};

/* R 4.2.2 mantelhaen.test(correct = FALSE); statsmodels StratifiedTable */
static void mantel_haenszel_agrees_with_r(void **state)
{
    struct stats_cmh cmh;
    struct stats_interval ci;
    struct stats_breslow_day b;
    double se;

    (void)state;
    CHECK_OK(stats_cmh(six, 6, &cmh));
    CHECK_NEAR(cmh.test.statistic, 4.3753416322, 1e-9);
    CHECK_NEAR(cmh.corrected.statistic, 3.8297438455, 1e-9);
    CHECK_OK(stats_mh_odds_ratio(six, 6, 0.95, &ci));
    CHECK_NEAR(ci.estimate, 1.7892917964, 1e-9);
    CHECK_NEAR(ci.low, 1.0319527158, 1e-9);
    CHECK_OK(stats_mh_difference(six, 6, 0.95, &ci, &se));
    CHECK_NEAR(ci.estimate, 0.0280832651, 1e-9);
    CHECK_NEAR(se, 0.0133343625, 1e-9);
    CHECK_OK(stats_breslow_day(six, 6, &b));
    CHECK_NEAR(b.tarone.statistic, 1.5370989687, 1e-9);
    CHECK_NEAR(b.plain.statistic, 1.5370995225, 1e-9);
    CHECK_NEAR(b.tarone.df, 5, 0);
}

static void empty_strata_change_nothing(void **state)
{
    struct stats_two_groups more[9] = {
        {0, 0, 0, 0},
        {0, 0, 3, 5},
        {4, 4, 6, 6}
    };
    struct stats_cmh a, b;
    struct stats_interval ci, with;
    struct stats_breslow_day x, y;

    (void)state;
    for (int i = 0; i < 6; i++)
        more[3 + i] = six[i];
    CHECK_OK(stats_cmh(six, 6, &a));
    CHECK_OK(stats_cmh(more, 9, &b));
    CHECK_NEAR(a.test.statistic, b.test.statistic, 1e-14);
    CHECK_OK(stats_mh_odds_ratio(six, 6, 0.95, &ci));
    CHECK_OK(stats_mh_odds_ratio(more, 9, 0.95, &with));
    CHECK_NEAR(ci.low, with.low, 1e-14);
    CHECK_OK(stats_breslow_day(six, 6, &x));
    CHECK_OK(stats_breslow_day(more, 9, &y));
    CHECK_NEAR(x.tarone.p, y.tarone.p, 1e-12);
}

static void strata_without_comparison_have_no_answer(void **state)
{
    struct stats_two_groups one_group[] = {
        {3, 9, 0, 0},
        {0, 0, 2, 5}
    };
    struct stats_two_groups all_yes[] =
        {
            {9, 9, 4, 4}
    },
                            nobody[] = {{0, 0, 0, 0}};
    struct stats_two_groups wrong[] =
        {
            {4, 3, 1, 2}
    },
                            zero[] = {{0, 9, 3, 8}};
    struct stats_cmh cmh;
    struct stats_interval ci;
    struct stats_breslow_day b;

    (void)state;
    CHECK_INT(stats_cmh(one_group, 2, &cmh), STATS_UNDEFINED);
    CHECK_INT(stats_mh_difference(one_group, 2, 0.95, &ci, NULL), STATS_UNDEFINED);
    CHECK_INT(stats_cmh(all_yes, 1, &cmh), STATS_UNDEFINED);
    CHECK_INT(stats_cmh(nobody, 1, &cmh), STATS_EMPTY);
    CHECK_INT(stats_cmh(wrong, 1, &cmh), STATS_DOMAIN);
    CHECK_INT(stats_mh_odds_ratio(zero, 1, 0.95, &ci), STATS_UNDEFINED);
    CHECK_INT(stats_breslow_day(six, 1, &b), STATS_UNDEFINED);
}

static void general_mantel_haenszel_of_two_by_two_is_the_usual_one(void **state)
{
    long cells[24];
    struct stats_cmh cmh;
    struct stats_test general;

    (void)state;
    for (int h = 0; h < 6; h++) {
        long table[] = {six[h].yes1, six[h].n1 - six[h].yes1, six[h].yes2,
                        six[h].n2 - six[h].yes2};
        for (int k = 0; k < 4; k++)
            cells[4 * h + k] = table[k];
    }
    CHECK_OK(stats_cmh(six, 6, &cmh));
    CHECK_OK(stats_cmh_general(cells, 2, 2, 6, work, &general));
    CHECK_NEAR(general.statistic, cmh.test.statistic, 1e-12);
}

static void general_mantel_haenszel_of_one_stratum_is_nearly_pearson(void **state)
{
    struct stats_table t = TABLE(2, 3, 29, 7, 7, 13, 7, 21);
    long gap[] = {5, 0, 3, 2, 0, 6};
    struct stats_chisq c;
    struct stats_test general;

    (void)state;
    CHECK_OK(stats_chisq(&t, &c));
    CHECK_OK(stats_cmh_general(t.count, 2, 3, 1, work, &general));
    CHECK_NEAR(general.statistic, c.pearson.statistic * 83 / 84, 1e-11);
    CHECK_NEAR(general.df, 2, 0);
    CHECK_INT(stats_cmh_general(gap, 2, 3, 1, work, &general), STATS_UNDEFINED);
    CHECK_INT(stats_cmh_general(gap, 1, 3, 1, work, &general), STATS_UNDEFINED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chi_square_agrees_with_r),
        cmocka_unit_test(empty_rows_and_columns_do_not_count),
        cmocka_unit_test(one_row_is_not_tested_at_all),
        cmocka_unit_test(small_expected_counts_are_doubted),
        cmocka_unit_test(cramers_v_lies_between_nothing_and_one),
        cmocka_unit_test(the_exact_test_agrees_with_full_enumeration),
        cmocka_unit_test(the_exact_test_agrees_with_r),
        cmocka_unit_test(the_exact_test_does_not_mind_order_or_side),
        cmocka_unit_test(a_table_too_large_to_enumerate_is_simulated_the_same_each_time),
        cmocka_unit_test(parts_of_a_simulation_add_up_to_the_whole),
        cmocka_unit_test(a_table_of_people_correlates_as_the_people_do),
        cmocka_unit_test(exact_p_of_unrelated_answers_is_not_too_often_small),
        cmocka_unit_test(mantel_haenszel_agrees_with_r),
        cmocka_unit_test(empty_strata_change_nothing),
        cmocka_unit_test(strata_without_comparison_have_no_answer),
        cmocka_unit_test(general_mantel_haenszel_of_two_by_two_is_the_usual_one),
        cmocka_unit_test(general_mantel_haenszel_of_one_stratum_is_nearly_pearson),
    };

    stats_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
