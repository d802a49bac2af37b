// SPDX-License-Identifier: MIT
#include "tests/support/check.h"

#include <math.h>

#include "stats/stats_cluster.h"
#include "stats/stats_cross.h"
#include "stats/stats_design_priv.h"
#include "stats/stats_prop.h"
#include "stats/stats_survey.h"
#include "stats/stats_weight.h"
#include "tests/support/draw.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static double work[20000], score[2000];

/* R survey svymean, svyciprop(method = "logit") */
static void a_share_of_clustered_records_agrees_with_r(void **state)
{
    double y[] = {1, 1, 0, 1, 0, 1, 0};
    size_t cluster[] = {0, 0, 1, 2, 2, 2, 3};
    struct stats_design d = {.n = 7, .cluster = cluster, .clusters = 4, .work = work};
    struct stats_design_mean m;
    struct stats_interval ci;

    (void)state;
    CHECK_OK(stats_design_mean(&d, y, NULL, score, &m));
    CHECK_NEAR(m.estimate, 4.0 / 7, 1e-15);
    CHECK_NEAR(m.se, 0.1999583463496472, 1e-14);
    CHECK_NEAR(m.df, 3, 0);
    CHECK_OK(stats_cluster_logit(&m, 0.95, &ci));
    CHECK_NEAR(ci.low, 0.09023454776830436, 1e-12);
    CHECK_NEAR(ci.high, 0.9471569492874402, 1e-12);
}

static void records_of_their_own_are_a_simple_random_sample(void **state)
{
    double y[] = {1, 0, 0, 1, 1, 0, 1, 1};
    struct stats_design d = {.n = 8, .work = work};
    struct stats_design_mean m;
    struct stats_interval t, wilson, plain;

    (void)state;
    CHECK_INT(stats_design_work(&d), 20);
    CHECK_OK(stats_design_mean(&d, y, NULL, score, &m));
    CHECK_NEAR(m.se, sqrt(0.625 * 0.375 / 7), 1e-15);
    CHECK_NEAR(m.deff, 1, 1e-14);
    CHECK_NEAR(m.n_eff, 8, 1e-13);
    CHECK_OK(stats_design_t(&m, 0.95, &t));
    CHECK_OK(stats_cluster_wilson(&m, 0.95, &wilson));
    CHECK_OK(stats_wilson(5, 8, 0.95, &plain));
    CHECK_NEAR(wilson.low, plain.low, 1e-13);
}

static void one_cluster_leaves_an_estimate_and_no_standard_error(void **state)
{
    double y[] = {1, 1, 1, 0};
    size_t cluster[] = {0, 0, 0, 0};
    struct stats_design d = {.n = 4, .cluster = cluster, .clusters = 1, .work = work};
    struct stats_design_mean m;
    struct stats_interval ci;

    (void)state;
    CHECK_INT(stats_design_mean(&d, y, NULL, score, &m), STATS_UNDEFINED);
    CHECK_NEAR(m.estimate, 0.75, 0);
    CHECK(isnan(m.se));
    CHECK_INT(stats_cluster_logit(&m, 0.95, &ci), STATS_UNDEFINED);
    CHECK_INT(stats_design_t(&m, 0.95, &ci), STATS_UNDEFINED);
}

static void all_answers_alike_have_no_logit_interval(void **state)
{
    double y[] = {1, 1, 1, 1};
    size_t cluster[] = {0, 0, 1, 2};
    struct stats_design d = {.n = 4, .cluster = cluster, .clusters = 3, .work = work};
    struct stats_design_mean m;
    struct stats_interval ci;

    (void)state;
    CHECK_OK(stats_design_mean(&d, y, NULL, score, &m));
    CHECK(m.se == 0 && isnan(m.deff));
    CHECK_INT(stats_cluster_logit(&m, 0.95, &ci), STATS_UNDEFINED);
    CHECK_INT(stats_cluster_beta(&m, 0.95, &ci), STATS_UNDEFINED);
    CHECK_INT(stats_cluster_likelihood(&m, 0.95, &ci), STATS_UNDEFINED);
}

static void impossible_designs_are_refused(void **state)
{
    double y[] = {1, 0}, negative[] = {1, -1}, none[] = {0, 0};
    size_t cluster[] = {0, 7};
    struct stats_design bad = {.n = 2, .cluster = cluster, .clusters = 2, .work = work};
    struct stats_design weighted = {.n = 2, .weight = negative, .work = work};
    struct stats_design weightless = {.n = 2, .weight = none, .work = work};
    struct stats_design empty = {.n = 0, .work = work};
    struct stats_design_mean m;

    (void)state;
    CHECK_INT(stats_design_mean(&bad, y, NULL, score, &m), STATS_DOMAIN);
    CHECK_INT(stats_design_mean(&weighted, y, NULL, score, &m), STATS_DOMAIN);
    CHECK_INT(stats_design_mean(&weightless, y, NULL, score, &m), STATS_EMPTY);
    CHECK_INT(stats_design_mean(&empty, y, NULL, score, &m), STATS_EMPTY);
}

/* A file of records: clients with 1 to 6 records whose answers hang together. */
struct records {
    double y[800];
    size_t cluster[800], row[800], col[800];
    size_t n, clusters;
};

static void draw_records(struct records *r, size_t clusters, double pull)
{
    r->n = 0;
    r->clusters = clusters;
    for (size_t g = 0; g < clusters; g++) {
        double own = draw_uniform();
        for (long k = draw_whole(1, 6); k > 0; k--, r->n++) {
            r->cluster[r->n] = g;
            r->y[r->n] = draw_uniform() < pull * (own < 0.4) + (1 - pull) * 0.4;
            r->row[r->n] = (size_t)r->y[r->n];
            r->col[r->n] = (size_t)draw_whole(0, 2);
        }
    }
}

static struct stats_design design_of(const struct records *r)
{
    return (struct stats_design){
        .n = r->n, .cluster = r->cluster, .clusters = r->clusters, .work = work};
}

static void the_order_of_records_and_weights_in_proportion_change_nothing(void **state)
{
    struct records r, back;
    double seven[800];
    struct stats_design_mean a, b, c;

    (void)state;
    draw_start(34);
    draw_records(&r, 60, 0.5);
    back = r;
    for (size_t i = 0; i < r.n; i++) {
        back.y[i] = r.y[r.n - 1 - i];
        back.cluster[i] = r.cluster[r.n - 1 - i];
        seven[i] = 7;
    }
    struct stats_design d = design_of(&r), e = design_of(&back), f = d;
    f.weight = seven;
    CHECK_OK(stats_design_mean(&d, r.y, NULL, score, &a));
    CHECK_OK(stats_design_mean(&e, back.y, NULL, score, &b));
    CHECK_OK(stats_design_mean(&f, r.y, NULL, score, &c));
    CHECK_NEAR(a.se, b.se, 1e-15);
    CHECK_NEAR(a.se, c.se, 1e-15);
    CHECK_NEAR(a.deff, c.deff, 1e-12);
}

static void the_sandwich_is_the_design_variance_of_a_plain_mean(void **state)
{
    struct records r;
    struct stats_design_mean m;
    struct stats_sandwich s;

    (void)state;
    draw_start(35);
    draw_records(&r, 80, 0.6);
    struct stats_design d = design_of(&r);
    CHECK_OK(stats_design_mean(&d, r.y, NULL, score, &m));
    CHECK_OK(stats_cluster_sandwich(r.y, r.cluster, r.n, r.clusters, work, &s));
    CHECK_NEAR(s.cr1, m.se, 1e-14);
    CHECK_NEAR(s.cr0, m.se * sqrt(79.0 / 80), 1e-14);
    CHECK(m.deff > 1);
}

static void clusters_outside_a_domain_still_count(void **state)
{
    double y[] = {1, 0, 1, 0, 9, 9};
    size_t cluster[] = {0, 0, 1, 2, 3, 4};
    char domain[] = {1, 1, 1, 1, 0, 0};
    struct stats_design all = {.n = 6, .cluster = cluster, .clusters = 5, .work = work};
    struct stats_design only = {.n = 4, .cluster = cluster, .clusters = 3, .work = work};
    struct stats_design_mean a, b;

    (void)state;
    CHECK_OK(stats_design_mean(&all, y, domain, score, &a));
    CHECK_OK(stats_design_mean(&only, y, NULL, score, &b));
    CHECK_NEAR(a.estimate, b.estimate, 0);
    CHECK_NEAR(a.df, b.df, 0);
    CHECK_NEAR(a.se / b.se, sqrt((5.0 / 4) / (3.0 / 2)), 1e-14); /* G/(G-1) */
}

static void strata_and_finite_populations_reduce_the_variance(void **state)
{
    double y[] = {1, 2, 3, 11, 12, 13}, whole[] = {3, 3, 3, 3, 3, 3};
    double half[] = {0.5, 0.5, 0.5, 0.5, 0.5, 0.5};
    size_t stratum[] = {0, 0, 0, 1, 1, 1}, lonely[] = {0, 0, 0, 0, 0, 1};
    struct stats_design plain = {.n = 6, .work = work}, strata = plain, sample, census,
                        alone;
    struct stats_design_mean m;

    (void)state;
    strata.stratum = stratum;
    strata.strata = 2;
    sample = census = alone = strata;
    sample.fpc = half;
    census.fpc = whole;
    alone.stratum = lonely;
    CHECK_OK(stats_design_mean(&plain, y, NULL, score, &m));
    double se = m.se;
    CHECK_OK(stats_design_mean(&strata, y, NULL, score, &m));
    CHECK(m.se < se / 3);
    CHECK_NEAR(m.se, sqrt(2 * 0.25 * 1.0 / 3),
               1e-14); /* two strata, variance 1, n 3 each */
    CHECK_NEAR(m.df, 4, 0);
    se = m.se;
    CHECK_OK(stats_design_mean(&sample, y, NULL, score, &m));
    CHECK_NEAR(m.se, se * sqrt(0.5), 1e-14);
    CHECK_OK(stats_design_mean(&census, y, NULL, score, &m));
    CHECK_NEAR(m.se, 0, 1e-15);
    CHECK_INT(stats_design_mean(&alone, y, NULL, score, &m), STATS_UNDEFINED);
}

static void clustered_intervals_cover_where_naive_ones_do_not(void **state)
{
    int covered = 0, naive = 0, runs = 1500;

    (void)state;
    draw_start(36);
    for (int i = 0; i < runs; i++) {
        struct records r;
        struct stats_design_mean m;
        struct stats_interval ci;
        draw_records(&r, 60, 0.8);
        struct stats_design d = design_of(&r);
        CHECK_OK(stats_design_mean(&d, r.y, NULL, score, &m));
        CHECK_OK(stats_cluster_logit(&m, 0.95, &ci));
        covered += ci.low <= 0.4 && 0.4 <= ci.high;
        CHECK_OK(stats_wilson((long)round(m.estimate * m.n), (long)m.n, 0.95, &ci));
        naive += ci.low <= 0.4 && 0.4 <= ci.high;
    }
    CHECK_NEAR((double)covered / runs, 0.95, 0.025);
    CHECK((double)naive / runs < 0.85);
}

static void other_intervals_of_a_clustered_share_are_near_the_logit_one(void **state)
{
    struct records r;
    struct stats_design_mean m;
    struct stats_interval logit, beta, ratio;

    (void)state;
    draw_start(37);
    draw_records(&r, 150, 0.5);
    struct stats_design d = design_of(&r);
    CHECK_OK(stats_design_mean(&d, r.y, NULL, score, &m));
    CHECK_OK(stats_cluster_logit(&m, 0.95, &logit));
    CHECK_OK(stats_cluster_beta(&m, 0.95, &beta));
    CHECK_OK(stats_cluster_likelihood(&m, 0.95, &ratio));
    CHECK_NEAR(beta.low, logit.low, 0.01);
    CHECK_NEAR(ratio.low, logit.low, 0.01);
    CHECK_NEAR(ratio.high, logit.high, 0.01);
}

/* ---- two groups, ratios, tables ------------------------------------------------------ */

static void a_design_t_test_is_the_difference_of_two_domains(void **state)
{
    double y[] = {1, 2, 4, 8, 16, 3};
    char side[] = {1, 1, 1, 2, 2, 2}, swapped[] = {2, 2, 2, 1, 1, 1},
         nobody[] = {1, 1, 1, 1, 1, 1};
    size_t cluster[] = {0, 1, 2, 3, 4, 5};
    struct stats_design d = {.n = 6, .cluster = cluster, .clusters = 6, .work = work};
    struct stats_comparison a, b;

    (void)state;
    CHECK_OK(stats_design_ttest(&d, y, side, 0.95, score, &a));
    CHECK_OK(stats_design_ttest(&d, y, swapped, 0.95, score, &b));
    CHECK_NEAR(a.difference.estimate, 7.0 / 3 - 9, 1e-14);
    CHECK_NEAR(a.difference.low, -b.difference.high, 1e-13);
    CHECK_NEAR(a.test.df, 4, 0);
    CHECK_INT(stats_design_ttest(&d, y, nobody, 0.95, score, &b), STATS_EMPTY);
}

static void a_ratio_of_a_total_to_itself_is_one_for_certain(void **state)
{
    double x[] = {3, 1, 4, 1, 5}, zero[] = {0, 0, 0, 0, 0}, twice[] = {6, 2, 8, 2, 10}, r,
           se;
    struct stats_design d = {.n = 5, .work = work};

    (void)state;
    CHECK_OK(stats_design_ratio(&d, twice, x, score, &r, &se));
    CHECK_NEAR(r, 2, 1e-15);
    CHECK_NEAR(se, 0, 1e-15);
    CHECK_INT(stats_design_ratio(&d, x, zero, score, &r, &se), STATS_UNDEFINED);
}

/* With every record its own cluster the correction is n/(n-1) up to sampling of the design.
 */
static void rao_scott_of_independent_records_is_nearly_pearson(void **state)
{
    struct records r;
    struct stats_rao_scott rs;
    struct stats_chisq c;
    long cell[6] = {0};

    (void)state;
    draw_start(38);
    draw_records(&r, 200, 0);
    struct stats_design d = {.n = r.n, .work = work};
    for (size_t i = 0; i < r.n; i++)
        cell[r.row[i] * 3 + r.col[i]]++;
    struct stats_table t = {cell, 2, 3};
    CHECK_OK(stats_chisq(&t, &c));
    CHECK(stats_rao_scott_work(r.n, 2, 3) + stats_design_work(&d) <= COUNT(work));
    CHECK_OK(
        stats_rao_scott(&d, r.row, r.col, 2, 3, NULL, work + stats_design_work(&d), &rs));
    CHECK_NEAR(rs.pearson, c.pearson.statistic, 1e-10);
    CHECK_NEAR(rs.p, c.pearson.p, 0.03);
    CHECK_NEAR(rs.df1, 2, 0.05);
}

static void rao_scott_of_unrelated_answers_is_uniform(void **state)
{
    double p[600];

    (void)state;
    draw_start(39);
    for (size_t i = 0; i < COUNT(p); i++) {
        struct records r;
        struct stats_rao_scott rs;
        draw_records(&r, 80, 0.8);
        struct stats_design d = design_of(&r);
        CHECK_OK(stats_rao_scott(&d, r.row, r.col, 2, 3, NULL, work + stats_design_work(&d),
                                 &rs));
        p[i] = rs.p;
    }
    CHECK(draw_unevenness(p, COUNT(p)) < 1.95);
}

/* Any contrast of the cells has the variance that the records' own scores have: strata,
 * weights, a domain and a finite population come in the same way. */
static void covariances_of_cells_give_the_variance_of_any_contrast(void **state)
{
    enum { N = 120, CLUSTERS = 30, CELLS = 6 };
    size_t row[N], col[N], cluster[N], stratum[N];
    double weight[N], fpc[N], pass[N + 3 * CELLS], v[CELLS * CELLS], c[CELLS];
    char domain[N];

    (void)state;
    draw_start(53);
    for (int round = 0; round < 20; round++) {
        struct stats_design d = {N, weight, cluster, CLUSTERS, stratum, 3, fpc, work};
        struct design_cells in = {&d, row, col, 2, 3, domain, 0};
        double known, sum = 0;
        for (size_t i = 0; i < N; i++) {
            row[i] = (size_t)draw_whole(0, 1);
            col[i] = (size_t)draw_whole(0, 2);
            cluster[i] = i < CLUSTERS ? i : (size_t)draw_whole(0, CLUSTERS - 1);
            stratum[i] = cluster[i] % 3;
            weight[i] = (double)draw_whole(0, 5);
            fpc[i] = 40 + 10 * (double)stratum[i];
            domain[i] = draw_whole(0, 4) > 0;
            in.weights += domain[i] ? weight[i] : 0;
        }
        for (size_t a = 0; a < CELLS; a++)
            c[a] = (double)draw_whole(-9, 9);
        for (size_t i = 0; i < N; i++)
            score[i] =
                domain[i] ? weight[i] / (double)in.weights * c[row[i] * 3 + col[i]] : 0;
        CHECK_OK(stats_design_variance(&d, score, &known));
        CHECK_OK(stats_design_covariance(&in, pass, v));
        for (size_t k = 0; k < CELLS * CELLS; k++)
            sum += c[k / CELLS] * c[k % CELLS] * v[k];
        CHECK_NEAR(sum, known, 1e-13 * known);
    }
}

static void rao_scott_needs_filled_rows_and_columns(void **state)
{
    size_t row[] = {0, 1, 0, 1}, col[] = {0, 2, 2, 0};
    struct stats_design d = {.n = 4, .work = work};
    struct stats_rao_scott rs;

    (void)state;
    CHECK_INT(stats_rao_scott(&d, row, col, 2, 3, NULL, work + 100, &rs), STATS_UNDEFINED);
    CHECK_INT(stats_rao_scott(&d, row, col, 2, 1, NULL, work + 100, &rs), STATS_UNDEFINED);
    CHECK_INT(stats_rao_scott(&d, row, col, 2, 2, NULL, work + 100, &rs), STATS_DOMAIN);
}

/* ---- weights ----------------------------------------------------------------------- */

static void post_stratified_weights_meet_their_targets(void **state)
{
    size_t class_of[] = {0, 0, 1, 1, 1}, missing[] = {0, 0, 0, 0, 0};
    double target[] = {10, 20}, weight[] = {1, 3, 1, 1, 2}, class_sum[2],
           y[] = {5, 5, 7, 7, 7};
    struct stats_margin m = {class_of, 2, target}, hole = {missing, 2, target};
    double mean, se;

    (void)state;
    CHECK_INT(stats_poststratify(&hole, 5, class_sum, weight), STATS_UNDEFINED);
    CHECK_NEAR(weight[1], 3, 0);
    CHECK_OK(stats_poststratify(&m, 5, class_sum, weight));
    CHECK_NEAR(weight[0] + weight[1], 10, 1e-14);
    CHECK_NEAR(weight[2] + weight[3] + weight[4], 20, 1e-14);
    CHECK_NEAR(weight[1] / weight[0], 3, 1e-14);
    struct stats_design d = {.n = 5, .weight = weight, .work = work};
    double room[4];
    CHECK_OK(stats_poststratified_mean(&d, &m, y, score, room, &mean, &se));
    CHECK_NEAR(mean, (10 * 5 + 20 * 7) / 30.0, 1e-14);
    CHECK_NEAR(se, 0, 1e-15); /* nothing varies within the classes */
}

static void raked_weights_meet_all_margins_or_say_they_cannot(void **state)
{
    size_t sex[40], area[40];
    double by_sex[] = {60, 40}, by_area[] = {20, 30, 50}, other[] = {20, 30, 60};
    double weight[40], class_sum[3], sums[5] = {0}, deff, n_eff;

    (void)state;
    for (size_t i = 0; i < 40; i++) {
        sex[i] = i % 2;
        area[i] = i % 3;
        weight[i] = 1;
    }
    struct stats_margin both[] = {
        {sex,  2, by_sex },
        {area, 3, by_area}
    };
    struct stats_margin apart[] = {
        {sex,  2, by_sex},
        {area, 3, other }
    };
    CHECK_OK(stats_rake(both, 2, 40, class_sum, weight));
    for (size_t i = 0; i < 40; i++) {
        sums[sex[i]] += weight[i];
        sums[2 + area[i]] += weight[i];
    }
    CHECK_NEAR(sums[0], 60, 1e-9);
    CHECK_NEAR(sums[3], 30, 1e-9);
    CHECK_NEAR(sums[4], 50, 1e-9);
    CHECK_OK(stats_kish(weight, 40, &deff, &n_eff));
    CHECK(deff > 1 && n_eff < 40);
    CHECK_NEAR(deff * n_eff, 40, 1e-12);
    CHECK_INT(stats_rake(apart, 2, 40, class_sum, weight), STATS_NO_CONVERGENCE);
}

static void equal_weights_have_no_design_effect(void **state)
{
    double equal[] = {3, 3, 3}, none[] = {0, 0}, wrong[] = {1, -1}, deff, n_eff;

    (void)state;
    CHECK_OK(stats_kish(equal, 3, &deff, &n_eff));
    CHECK_NEAR(deff, 1, 1e-15);
    CHECK_INT(stats_kish(none, 2, &deff, &n_eff), STATS_EMPTY);
    CHECK_INT(stats_kish(wrong, 2, &deff, &n_eff), STATS_DOMAIN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_share_of_clustered_records_agrees_with_r),
        cmocka_unit_test(records_of_their_own_are_a_simple_random_sample),
        cmocka_unit_test(one_cluster_leaves_an_estimate_and_no_standard_error),
        cmocka_unit_test(all_answers_alike_have_no_logit_interval),
        cmocka_unit_test(impossible_designs_are_refused),
        cmocka_unit_test(the_order_of_records_and_weights_in_proportion_change_nothing),
        cmocka_unit_test(the_sandwich_is_the_design_variance_of_a_plain_mean),
        cmocka_unit_test(clusters_outside_a_domain_still_count),
        cmocka_unit_test(strata_and_finite_populations_reduce_the_variance),
        cmocka_unit_test(clustered_intervals_cover_where_naive_ones_do_not),
        cmocka_unit_test(other_intervals_of_a_clustered_share_are_near_the_logit_one),
        cmocka_unit_test(a_design_t_test_is_the_difference_of_two_domains),
        cmocka_unit_test(a_ratio_of_a_total_to_itself_is_one_for_certain),
        cmocka_unit_test(rao_scott_of_independent_records_is_nearly_pearson),
        cmocka_unit_test(rao_scott_of_unrelated_answers_is_uniform),
        cmocka_unit_test(covariances_of_cells_give_the_variance_of_any_contrast),
        cmocka_unit_test(rao_scott_needs_filled_rows_and_columns),
        cmocka_unit_test(post_stratified_weights_meet_their_targets),
        cmocka_unit_test(raked_weights_meet_all_margins_or_say_they_cannot),
        cmocka_unit_test(equal_weights_have_no_design_effect),
    };

    stats_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
