// SPDX-License-Identifier: MIT
#include "tests/support/check.h"

#include <gsl/gsl_sort.h>
#include <math.h>

#include "stats/stats_assoc.h"
#include "stats/stats_num.h"
#include "stats/stats_rank.h"
#include "tests/support/draw.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Changes in whole points, so that zeros and ties are common. */
static void draw_changes(double *x, size_t n, long spread)
{
    for (size_t i = 0; i < n; i++)
        x[i] = (double)draw_whole(-spread, spread + 1);
}

static struct stats_signed_rank signed_rank(const double *x, size_t n)
{
    size_t order[256];
    double work[512];
    struct stats_signed_rank out;

    CHECK_OK(stats_signed_rank(x, n, order, work, &out));
    return out;
}

static void midranks_share_the_mean_of_their_places(void **state)
{
    double x[] = {5, 2, 5, 9, 2, 2}, rank[6], want[] = {4.5, 2, 4.5, 6, 2, 2};
    size_t order[6];

    (void)state;
    CHECK_NEAR(stats_midranks(x, 6, order, rank), 24 + 6, 0);
    for (size_t i = 0; i < 6; i++)
        CHECK_NEAR(rank[i], want[i], 0);
}

/* Every assignment of signs to the ranks of those who changed. */
static double signed_p_by_enumeration(const double *x, size_t n)
{
    double size[16], rank[16], plus = 0, sum = 0;
    size_t order[16], movers = 0;
    int sign[16];
    long far = 0;

    for (size_t i = 0; i < n; i++) {
        if (x[i] == 0) continue;
        sign[movers] = x[i] > 0;
        size[movers++] = fabs(x[i]);
    }
    stats_midranks(size, movers, order, rank);
    for (size_t i = 0; i < movers; i++) {
        sum += rank[i];
        if (sign[i]) plus += rank[i];
    }
    for (unsigned long signs = 0; signs < 1ul << movers; signs++) {
        double other = 0;
        for (size_t i = 0; i < movers; i++)
            if (signs >> i & 1) other += rank[i];
        far += fabs(other - sum / 2) >= fabs(plus - sum / 2);
    }
    return (double)far / (double)(1ul << movers);
}

static void exact_signed_rank_agrees_with_enumeration(void **state)
{
    (void)state;
    draw_start(19);
    for (int i = 0; i < 60; i++) {
        double x[12];
        size_t n = (size_t)draw_whole(1, 12);
        draw_changes(x, n, 4);
        CHECK_NEAR(signed_rank(x, n).p_exact, signed_p_by_enumeration(x, n), 1e-14);
    }
}

/* R 4.2.2 wilcox.test(exact = FALSE) on sleep's differences; coin for Pratt */
static void signed_rank_agrees_with_r(void **state)
{
    double x[] = {1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, 0.8, 4.6, 1.4};
    struct stats_signed_rank w = signed_rank(x, 10);

    (void)state;
    CHECK_INT(w.zeros, 1);
    CHECK_NEAR(w.w_plus, 45, 0);
    CHECK_NEAR(w.p_exact, 0.00390625, 0);
    CHECK_NEAR(w.p_normal, 0.00763244, 1e-8);
    CHECK_NEAR(w.p_normal_cc, 0.00909069, 1e-8);
    CHECK_NEAR(w.p_pratt, 0.00582502, 1e-8);
    CHECK_NEAR(w.p, w.p_exact, 0);
}

static void nobody_changing_has_p_one_and_no_normal_p(void **state)
{
    double x[5] = {0};
    struct stats_signed_rank w = signed_rank(x, 5);
    size_t order[1];

    (void)state;
    CHECK_INT(w.zeros, 5);
    CHECK(w.p_exact == 1 && w.p == 1 && isnan(w.p_normal) && isnan(w.p_pratt));
    CHECK_INT(stats_signed_rank(x, 0, order, x, &w), STATS_EMPTY);
    x[0] = INFINITY;
    CHECK_INT(stats_signed_rank(x, 1, order, x + 1, &w), STATS_DOMAIN);
}

static void signed_rank_turns_normal_above_sixty_movers_and_they_agree_there(void **state)
{
    double x[61];

    (void)state;
    draw_start(20);
    draw_changes(x, 61, 30);
    for (size_t i = 0; i < 61; i++)
        if (x[i] == 0) x[i] = 3;
    CHECK(isnan(signed_rank(x, 61).p_exact));
    struct stats_signed_rank w = signed_rank(x, 60);
    CHECK_NEAR(w.p_exact, w.p_normal, 0.01);
}

static void signed_rank_of_random_signs_is_uniform(void **state)
{
    double p[1500];

    (void)state;
    draw_start(21);
    for (size_t i = 0; i < COUNT(p); i++) {
        double x[40];
        for (size_t k = 0; k < 40; k++)
            x[k] = draw_normal(0, 1);
        p[i] = signed_rank(x, 40).p;
    }
    CHECK(draw_unevenness(p, COUNT(p)) < 1.95);
}

/* ---- Hodges-Lehmann ---------------------------------------------------------------- */

static void walsh_averages_agree_with_sorting_all_of_them(void **state)
{
    (void)state;
    draw_start(22);
    for (int i = 0; i < 60; i++) {
        double x[60], all[1830], work[2048];
        size_t n = (size_t)draw_whole(1, 60), m = 0;
        struct stats_hodges_lehmann h;
        draw_changes(x, n, 6);
        for (size_t a = 0; a < n; a++)
            for (size_t b = a; b < n; b++)
                all[m++] = 0.5 * (x[a] + x[b]);
        gsl_sort(all, 1, m);
        CHECK(stats_hodges_lehmann_work(n) <= COUNT(work));
        CHECK_OK(stats_hodges_lehmann(x, n, 0.95, work, &h));
        CHECK_NEAR(h.shift.estimate, 0.5 * (all[(m - 1) / 2] + all[m / 2]), 0);
        if (n < 6) {
            CHECK(isnan(h.shift.low));
            continue;
        }
        CHECK_NEAR(h.shift.low, all[h.k - 1], 0);
        CHECK_NEAR(h.shift.high, all[m - (size_t)h.k], 0);
        CHECK(h.achieved >= 0.95);
    }
}

/* Hollander & Wolfe 1973, p. 29, as R's help has it: -0.786 to -0.010, 96.1% achieved */
static void hodges_lehmann_agrees_with_the_book(void **state)
{
    double x[] = {-0.952, 0.147, -1.022, -0.43, -0.62, -0.59, -0.49, 0.08, -0.01};
    double work[64];
    struct stats_hodges_lehmann h;

    (void)state;
    CHECK_OK(stats_hodges_lehmann(x, 9, 0.95, work, &h));
    CHECK_NEAR(h.shift.estimate, -0.46, 1e-15);
    CHECK_NEAR(h.shift.low, -0.786, 1e-15);
    CHECK_NEAR(h.shift.high, -0.01, 1e-15);
    CHECK_NEAR(h.achieved, 0.9609375, 1e-15);
}

/* R's wilcox.test drops the six zeros and says 2.0 */
static void zeros_belong_to_the_typical_change(void **state)
{
    double x[] = {0, 0, 0, 0, 0, 0, 1.5, 2, 1.5, 3, 2.5}, work[128];
    struct stats_hodges_lehmann h;

    (void)state;
    CHECK_OK(stats_hodges_lehmann(x, 11, 0.95, work, &h));
    CHECK_NEAR(h.shift.estimate, 0.875, 0);
    CHECK_INT(stats_hodges_lehmann(x, 0, 0.95, work, &h), STATS_EMPTY);
    CHECK_INT(stats_hodges_lehmann(x, 11, 95, work, &h), STATS_DOMAIN);
}

static void the_quantile_of_many_pairs_is_close_to_the_exact_one(void **state)
{
    static double x[501], work[63500];
    struct stats_hodges_lehmann exact, normal;

    (void)state;
    draw_start(23);
    for (size_t i = 0; i < 501; i++)
        x[i] = draw_normal(1, 3);
    CHECK(stats_hodges_lehmann_work(500) <= COUNT(work));
    CHECK_OK(stats_hodges_lehmann(x, 500, 0.95, work, &exact));
    CHECK_OK(stats_hodges_lehmann(x, 501, 0.95, work, &normal));
    CHECK_NEAR((double)normal.k / (501.0 * 502), (double)exact.k / (500.0 * 501), 1e-4);
    CHECK_NEAR(normal.achieved, 0.95, 1e-3);
}

/* ---- Mann-Whitney ------------------------------------------------------------------ */

static double mann_whitney_by_enumeration(const double *rank, size_t n1, size_t n)
{
    double seen = 0, mean = (double)n1 * (double)(n + 1) / 2;
    long far = 0, all = 0;

    for (size_t i = 0; i < n1; i++)
        seen += rank[i];
    for (unsigned long pick = 0; pick < 1ul << n; pick++) {
        double sum = 0;
        size_t picked = 0;
        for (size_t i = 0; i < n; i++)
            if (pick >> i & 1) sum += rank[i], picked++;
        if (picked != n1) continue;
        all++;
        far += fabs(sum - mean) >= fabs(seen - mean);
    }
    return (double)far / (double)all;
}

static void exact_mann_whitney_agrees_with_enumeration(void **state)
{
    (void)state;
    draw_start(24);
    for (int i = 0; i < 40; i++) {
        double x[12], rank[12], work[2048], p;
        size_t order[12], n1 = (size_t)draw_whole(1, 6), n2 = (size_t)draw_whole(1, 6);
        struct stats_mann_whitney m;
        draw_changes(x, n1 + n2, 3);
        CHECK_OK(stats_mann_whitney(x, n1, n2, order, rank, &m));
        CHECK(stats_mann_whitney_work(n1, n2) <= COUNT(work));
        CHECK_OK(stats_mann_whitney_exact(rank, n1, n2, work, &p));
        CHECK_NEAR(p, mann_whitney_by_enumeration(rank, n1, n1 + n2), 1e-14);
    }
}

static void superiority_counts_pairs_and_turns_with_the_groups(void **state)
{
    double x[] = {3, 5, 5, 1, 5}, y[] = {1, 5, 3, 5, 5}, rank[5];
    size_t order[5];
    struct stats_mann_whitney a, b;

    (void)state;
    CHECK_OK(stats_mann_whitney(x, 3, 2, order, rank, &a));
    CHECK_OK(stats_mann_whitney(y, 2, 3, order, rank, &b));
    CHECK_NEAR(a.u, 4, 0);
    CHECK_NEAR(a.superiority + b.superiority, 1, 1e-15);
    CHECK_NEAR(a.p_normal, b.p_normal, 1e-15);
    CHECK_INT(stats_mann_whitney(x, 0, 3, order, rank, &a), STATS_EMPTY);
    CHECK_INT(stats_mann_whitney_work(60, 60), 0);
    CHECK_INT(stats_mann_whitney_exact(rank, 60, 60, rank, rank), STATS_TOO_BIG);
}

static void equal_scores_have_no_normal_p(void **state)
{
    double x[] = {2, 2, 2, 2}, rank[4], work[64], p;
    size_t order[4];
    struct stats_mann_whitney m;

    (void)state;
    CHECK_OK(stats_mann_whitney(x, 2, 2, order, rank, &m));
    CHECK(isnan(m.p_normal));
    CHECK_NEAR(m.superiority, 0.5, 0);
    CHECK_OK(stats_mann_whitney_exact(rank, 2, 2, work, &p));
    CHECK_NEAR(p, 1, 0);
}

/* ---- correlation ------------------------------------------------------------------- */

static struct stats_correlation correlation(const double *x, const double *y, size_t n)
{
    size_t order[128];
    double work[256];
    struct stats_xy pairs[256];
    struct stats_correlation c;

    CHECK_OK(stats_correlation(x, y, n, 0.95, order, work, pairs, &c));
    return c;
}

static double tau_by_definition(const double *x, const double *y, size_t n)
{
    double score = 0, in_x = 0, in_y = 0;

    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < i; j++) {
            int a = (x[i] > x[j]) - (x[i] < x[j]), b = (y[i] > y[j]) - (y[i] < y[j]);
            score += a * b;
            in_x += a != 0;
            in_y += b != 0;
        }
    }
    return score / sqrt(in_x * in_y);
}

static void tau_agrees_with_its_definition(void **state)
{
    (void)state;
    draw_start(25);
    for (int i = 0; i < 40; i++) {
        double x[50], y[50];
        draw_changes(x, 50, 5);
        draw_changes(y, 50, 3);
        CHECK_NEAR(correlation(x, y, 50).tau_b, tau_by_definition(x, y, 50), 1e-14);
    }
}

static void a_straight_line_correlates_perfectly(void **state)
{
    double x[] = {1, 2, 3, 4, 7}, y[] = {9, 7, 5, 3, -3}, same[] = {1, 1, 1, 1, 1},
           work[10];
    size_t order[5];
    struct stats_xy pairs[10];
    struct stats_correlation c = correlation(x, y, 5);

    (void)state;
    CHECK_NEAR(c.pearson.estimate, -1, 1e-15);
    CHECK_NEAR(c.spearman, -1, 1e-15);
    CHECK_NEAR(c.tau_b, -1, 1e-15);
    CHECK_INT(stats_correlation(x, same, 5, 0.95, order, work, pairs, &c), STATS_UNDEFINED);
    CHECK_INT(stats_correlation(x, y, 0, 0.95, order, work, pairs, &c), STATS_EMPTY);
}

static void correlations_of_unrelated_things_have_uniform_p(void **state)
{
    double p[1500], rank_p[1500];

    (void)state;
    draw_start(26);
    for (size_t i = 0; i < COUNT(p); i++) {
        double x[25], y[25];
        for (size_t k = 0; k < 25; k++) {
            x[k] = draw_normal(0, 1);
            y[k] = draw_normal(0, 1);
        }
        struct stats_correlation c = correlation(x, y, 25);
        p[i] = c.p_pearson;
        rank_p[i] = c.p_spearman;
    }
    CHECK(draw_unevenness(p, COUNT(p)) < 1.95);
    CHECK(draw_unevenness(rank_p, COUNT(p)) < 1.95);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(midranks_share_the_mean_of_their_places),
        cmocka_unit_test(exact_signed_rank_agrees_with_enumeration),
        cmocka_unit_test(signed_rank_agrees_with_r),
        cmocka_unit_test(nobody_changing_has_p_one_and_no_normal_p),
        cmocka_unit_test(signed_rank_turns_normal_above_sixty_movers_and_they_agree_there),
        cmocka_unit_test(signed_rank_of_random_signs_is_uniform),
        cmocka_unit_test(walsh_averages_agree_with_sorting_all_of_them),
        cmocka_unit_test(hodges_lehmann_agrees_with_the_book),
        cmocka_unit_test(zeros_belong_to_the_typical_change),
        cmocka_unit_test(the_quantile_of_many_pairs_is_close_to_the_exact_one),
        cmocka_unit_test(exact_mann_whitney_agrees_with_enumeration),
        cmocka_unit_test(superiority_counts_pairs_and_turns_with_the_groups),
        cmocka_unit_test(equal_scores_have_no_normal_p),
        cmocka_unit_test(tau_agrees_with_its_definition),
        cmocka_unit_test(a_straight_line_correlates_perfectly),
        cmocka_unit_test(correlations_of_unrelated_things_have_uniform_p),
    };

    stats_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
