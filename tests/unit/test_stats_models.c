// SPDX-License-Identifier: MIT
#include "tests/support/check.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <string.h>

#include "stats/stats_firth.h"
#include "stats/stats_linear.h"
#include "stats/stats_logit.h"
#include "stats/stats_num.h"
#include "stats/stats_solve.h"

enum { MOST_ROWS = 400, MOST_COLUMNS = 4 };

/* ---- linear algebra
 * ----------------------------------------------------------------------- */

static void an_inverse_times_its_matrix_is_one(void **state)
{
    const long double a[] = {4, 2, 0.6L, 2, 3, 0.4L, 0.6L, 0.4L, 2};
    long double inverse[9], log_det;

    (void)state;
    memcpy(inverse, a, sizeof a);
    CHECK_OK(stats_invert(inverse, 3, &log_det));
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) {
            long double sum = 0;
            for (int k = 0; k < 3; k++)
                sum += a[i * 3 + k] * inverse[k * 3 + j];
            CHECK_NEAR((double)sum, i == j, 1e-14);
        }
    /* 4 (3*2 - .16) - 2 (2*2 - .24) + .6 (.8 - 1.8) */
    CHECK_NEAR((double)expl(log_det), 4 * 5.84 - 2 * 3.76 - 0.6, 1e-12);
}

static void dependent_columns_have_no_inverse(void **state)
{
    long double a[] = {1, 2, 2, 4}, x[] = {1, 2, 1, 2, 1, 2}, y[] = {1, 2, 3};
    double beta[2], inverse[4], rss;

    (void)state;
    CHECK_INT(stats_invert(a, 2, NULL), STATS_UNDEFINED);
    CHECK_INT(stats_least_squares(x, y, 3, 2, beta, inverse, &rss), STATS_UNDEFINED);
    CHECK_INT(stats_least_squares(x, y, 1, 2, beta, inverse, &rss), STATS_EMPTY);
}

/* ---- least squares
 * ------------------------------------------------------------------------ */

/* Henderson & Velleman (1981), Biometrics 37, table 1: miles per gallon, weight (1000 lb)
 * and gearbox of 32 cars. */
static const double MPG[] = {21,   21,   22.8, 21.4, 18.7, 18.1, 14.3, 24.4,
                             22.8, 19.2, 17.8, 16.4, 17.3, 15.2, 10.4, 10.4,
                             14.7, 32.4, 30.4, 33.9, 21.5, 15.5, 15.2, 13.3,
                             19.2, 27.3, 26,   30.4, 15.8, 19.7, 15,   21.4};
static const double WEIGHT[] = {2.62,  2.875, 2.32,  3.215, 3.44,  3.46, 3.57,  3.19,
                                3.15,  3.44,  3.44,  4.07,  3.73,  3.78, 5.25,  5.424,
                                5.345, 2.2,   1.615, 1.835, 2.465, 3.52, 3.435, 3.84,
                                3.845, 1.935, 2.14,  1.513, 3.17,  2.77, 3.57,  2.78};
static const double MANUAL[] = {1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                                0, 1, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1};
enum { CARS = 32 };

static void design_of(const double *column, size_t n, double *x)
{
    for (size_t i = 0; i < n; i++) {
        x[2 * i] = 1;
        x[2 * i + 1] = column[i];
    }
}

/* R 4.2.2: lm(mpg ~ wt) */
static void a_line_through_cars_agrees_with_r(void **state)
{
    double x[2 * CARS], beta[2], inverse[4];
    long double work[3 * CARS];
    struct stats_linear fit;

    (void)state;
    design_of(WEIGHT, CARS, x);
    CHECK_OK(stats_linear_fit(x, MPG, CARS, 2, beta, inverse, work, &fit));
    CHECK_NEAR(beta[0], 37.285126167342, 1e-11);
    CHECK_NEAR(beta[1], -5.34447157272268, 1e-12);
    CHECK_NEAR(fit.sigma * sqrt(inverse[3]), 0.559101045099323, 1e-12);
    CHECK_NEAR(fit.rss, 278.3219375435, 1e-9);
    CHECK_NEAR(fit.r_squared, 0.752832793658264, 1e-13);
}

static void shifting_a_predictor_moves_only_the_intercept(void **state)
{
    double x[2 * CARS], here[2], there[2], inverse[4];
    long double work[3 * CARS];
    struct stats_linear fit;

    (void)state;
    design_of(WEIGHT, CARS, x);
    CHECK_OK(stats_linear_fit(x, MPG, CARS, 2, here, inverse, work, &fit));
    for (int i = 0; i < CARS; i++)
        x[2 * i + 1] += 2015; /* as a year would be */
    CHECK_OK(stats_linear_fit(x, MPG, CARS, 2, there, inverse, work, &fit));
    CHECK_NEAR(there[1] / here[1], 1, 1e-12);
}

static void an_exact_fit_leaves_no_residual(void **state)
{
    const double y[] = {1, 3, 5};
    double x[6], beta[2], inverse[4];
    long double work[9];
    struct stats_linear fit;

    (void)state;
    design_of((double[]){0, 1, 2}, 3, x);
    CHECK_OK(stats_linear_fit(x, y, 3, 2, beta, inverse, work, &fit));
    CHECK_NEAR(beta[1], 2, 1e-15);
    CHECK_NEAR(fit.rss, 0, 1e-30);
    CHECK_OK(stats_linear_fit(x, y, 2, 2, beta, inverse, work, &fit));
    CHECK(isnan(fit.sigma));
    CHECK_INT(stats_linear_fit(x, (double[]){1, NAN}, 2, 2, beta, inverse, work, &fit),
              STATS_DOMAIN);
}

static void robust_errors_grow_from_hc0_to_hc3(void **state)
{
    double x[2 * CARS], beta[2], inverse[4], meat[4], v[4], last = 0;
    long double work[3 * CARS];
    struct stats_linear fit;

    (void)state;
    design_of(WEIGHT, CARS, x);
    CHECK_OK(stats_linear_fit(x, MPG, CARS, 2, beta, inverse, work, &fit));
    for (enum stats_hc type = STATS_HC0; type <= STATS_HC3; type++) {
        CHECK_OK(stats_linear_hc(x, MPG, CARS, 2, beta, inverse, type, meat, v));
        CHECK(v[3] > last);
        last = v[3];
    }
}

static void one_record_per_cluster_is_hc0(void **state)
{
    double x[2 * CARS], residual[CARS], beta[2], inverse[4], meat[4], hc0[4], clustered[4];
    double room[2 * CARS + 4];
    size_t cluster[CARS];
    long double work[3 * CARS];
    struct stats_linear fit;

    (void)state;
    design_of(WEIGHT, CARS, x);
    CHECK_OK(stats_linear_fit(x, MPG, CARS, 2, beta, inverse, work, &fit));
    CHECK_OK(stats_linear_hc(x, MPG, CARS, 2, beta, inverse, STATS_HC0, meat, hc0));
    for (size_t i = 0; i < CARS; i++) {
        residual[i] = MPG[i] - stats_linear_predictor(x + 2 * i, beta, 2);
        cluster[i] = CARS - 1 - i;
    }
    CHECK_OK(stats_cluster_covariance(x, residual, cluster, CARS, 2, CARS, inverse, room,
                                      clustered));
    for (int i = 0; i < 4; i++)
        CHECK_NEAR(clustered[i], hc0[i], 1e-12);
    CHECK_INT(stats_cluster_covariance(x, residual, cluster, CARS, 2, 1, inverse, room,
                                       clustered),
              STATS_UNDEFINED);
}

/* ---- logistic
 * ----------------------------------------------------------------------------- */

struct logit {
    double x[MOST_ROWS * MOST_COLUMNS], y[MOST_ROWS], beta[MOST_COLUMNS];
    double covariance[MOST_COLUMNS * MOST_COLUMNS], fitted[MOST_ROWS], work[MOST_ROWS];
    long double room[2 * MOST_COLUMNS + MOST_COLUMNS * MOST_COLUMNS];
    struct stats_logit fit;
};

static stats_status fit_cars(struct logit *m)
{
    design_of(WEIGHT, CARS, m->x);
    memcpy(m->y, MANUAL, sizeof MANUAL);
    return stats_logit_fit(m->x, m->y, CARS, 2, m->beta, m->covariance, m->room, &m->fit);
}

/* R 4.2.2: glm(am ~ wt, binomial), restarted from its own solution */
static void a_logistic_fit_agrees_with_r(void **state)
{
    struct logit m;
    double auc, brier;

    (void)state;
    CHECK_OK(fit_cars(&m));
    CHECK_NEAR(m.beta[0], 12.0403697286573, 1e-11);
    CHECK_NEAR(m.beta[1], -4.0239699621732, 1e-12);
    CHECK_NEAR(sqrt(m.covariance[3]), 1.43652775262356, 1e-7);
    CHECK_NEAR(-2 * m.fit.loglik, 19.1760848074451, 1e-11);
    CHECK_INT(m.fit.events, 13);
    stats_logit_fitted(m.x, CARS, 2, m.beta, m.fitted);
    CHECK_OK(stats_auc(m.fitted, m.y, CARS, m.work, &auc, &brier));
    CHECK_NEAR(auc, 0.9331983805668016, 1e-14);
    CHECK_NEAR(brier, 0.08950046925511855, 1e-12);
}

/* With nothing but a 0/1 column the model is the 2x2 table: 9 of 19 against 5 of 19. */
static void a_single_indicator_gives_the_table_back(void **state)
{
    struct logit m;
    double work[4], se;
    struct stats_effect effect = {1, 1, NULL, 0};
    struct stats_interval ame;

    (void)state;
    for (int i = 0; i < 38; i++) {
        m.x[2 * i] = 1;
        m.x[2 * i + 1] = i < 19;
        m.y[i] = i < 9 || (i >= 19 && i < 24);
    }
    CHECK_OK(stats_logit_fit(m.x, m.y, 38, 2, m.beta, m.covariance, m.room, &m.fit));
    CHECK_NEAR(exp(m.beta[1]), 9.0 * 14 / (10 * 5), 1e-12);
    CHECK_NEAR(m.covariance[3], 1.0 / 9 + 1.0 / 10 + 1.0 / 5 + 1.0 / 14, 1e-12);
    CHECK_OK(stats_logit_effect(m.x, 38, 2, m.beta, m.covariance, &effect, 0.95, work, &se,
                                &ame));
    CHECK_NEAR(ame.estimate, 4.0 / 19, 1e-13);
    CHECK_NEAR(se, sqrt(90.0 / 6859 + 70.0 / 6859),
               1e-12); /* the unpooled standard error */
}

static void a_slope_effect_agrees_with_a_small_step(void **state)
{
    struct logit m;
    double work[4], se, step = 1e-5, sum = 0;
    struct stats_effect effect = {1, 0, NULL, 0};
    struct stats_interval ame;

    (void)state;
    CHECK_OK(fit_cars(&m));
    CHECK_OK(stats_logit_effect(m.x, CARS, 2, m.beta, m.covariance, &effect, 0.95, work,
                                &se, &ame));
    for (int i = 0; i < CARS; i++) {
        double eta = stats_linear_predictor(m.x + 2 * i, m.beta, 2);
        sum += stats_expit(eta + step * m.beta[1]) - stats_expit(eta - step * m.beta[1]);
    }
    CHECK_NEAR(ame.estimate, sum / (2 * step * CARS), 1e-9);
    CHECK(ame.low < ame.estimate && ame.estimate < ame.high);
}

static void separation_is_noticed_complete_or_not(void **state)
{
    static const struct {
        double y[6], x[6];
    } cases[] = {
        {{0, 0, 0, 1, 1, 1}, {1, 2, 3, 4, 5, 6}},
        {{0, 0, 1, 0, 1, 1}, {1, 2, 3, 3, 5, 6}}, /* touching at 3 */
        {{1, 1, 1, 1, 1, 1}, {1, 2, 3, 4, 5, 6}}, /* nobody says No */
        {{0, 1, 0, 1, 1, 1}, {0, 0, 0, 0, 1, 1}}, /* a group in which all say Yes */
    };
    struct logit m;

    (void)state;
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        design_of(cases[c].x, 6, m.x);
        CHECK_INT(
            stats_logit_fit(m.x, cases[c].y, 6, 2, m.beta, m.covariance, m.room, &m.fit),
            STATS_NO_CONVERGENCE);
    }
}

static void a_steep_but_finite_fit_is_not_called_separation(void **state)
{
    const double x[] = {-400, -4, -3, -2, -1, 1, 2, 3, 4, 400},
                 y[] = {0, 0, 0, 0, 1, 0, 1, 1, 1, 1};
    struct logit m;

    (void)state;
    design_of(x, 10, m.x);
    CHECK_OK(stats_logit_fit(m.x, y, 10, 2, m.beta, m.covariance, m.room, &m.fit));
    CHECK(fabs(m.beta[1] * 400) > 30);
}

static void impossible_outcomes_are_refused(void **state)
{
    const double y[] = {0, 1, 2}, same[] = {1, 1, 1};
    struct logit m;

    (void)state;
    design_of((double[]){1, 2, 3}, 3, m.x);
    CHECK_INT(stats_logit_fit(m.x, y, 3, 2, m.beta, m.covariance, m.room, &m.fit),
              STATS_DOMAIN);
    CHECK_INT(stats_logit_fit(m.x, y, 0, 2, m.beta, m.covariance, m.room, &m.fit),
              STATS_EMPTY);
    design_of(same, 3, m.x);
    CHECK_INT(stats_logit_fit(m.x, (double[]){0, 1, 0}, 3, 2, m.beta, m.covariance, m.room,
                              &m.fit),
              STATS_UNDEFINED);
}

static void auc_of_a_useless_model_is_a_half_and_mirrors(void **state)
{
    const double flat[] = {0.3, 0.3, 0.3, 0.3}, p[] = {0.1, 0.4, 0.35, 0.8};
    const double y[] = {0, 0, 1, 1}, mirrored[] = {1, 1, 0, 0};
    double work[4], auc, other;

    (void)state;
    CHECK_OK(stats_auc(flat, y, 4, work, &auc, NULL));
    CHECK_NEAR(auc, 0.5, 0);
    CHECK_OK(stats_auc(p, y, 4, work, &auc, NULL));
    CHECK_NEAR(auc, 0.75, 0);
    CHECK_OK(stats_auc(p, mirrored, 4, work, &other, NULL));
    CHECK_NEAR(auc + other, 1, 1e-15);
    CHECK_INT(stats_auc(p, (double[]){1, 1, 1, 1}, 4, work, &auc, NULL), STATS_EMPTY);
}

/* ---- Firth
 * -------------------------------------------------------------------------------- */

/* R logistf 1.26.1 */
static void firth_answers_where_maximum_likelihood_cannot(void **state)
{
    const double y[] = {0, 0, 0, 1, 1, 1};
    double x[12], beta[2], covariance[4], trial[2], loglik, p;
    long double work[3 * 4 + 8 + 6];
    struct stats_interval ci;

    (void)state;
    design_of((double[]){1, 2, 3, 4, 5, 6}, 6, x);
    CHECK_INT(stats_firth_workspace(6, 2), sizeof work / sizeof *work);
    CHECK_OK(stats_firth_fit(x, y, 6, 2, beta, covariance, work, &loglik));
    CHECK_NEAR(beta[1], 1.12891248856353, 1e-10);
    CHECK_OK(stats_firth_profile(x, y, 6, 2, beta, covariance, loglik, 1, 0.95, trial, work,
                                 &ci, &p));
    CHECK_NEAR(ci.low, 0.00173260399268324, 1e-9);
    CHECK_NEAR(ci.high, 6.070008168416042, 1e-8);
    CHECK_NEAR(p, 0.04953785295949731, 1e-9);
}

/* With one share and nothing else Firth adds half a Yes and half a No. */
static void firth_of_a_share_adds_half_a_case_to_each_side(void **state)
{
    double x[20], y[20] = {0}, beta[1], covariance[1], loglik;
    long double work[3 + 4 + 20];

    (void)state;
    for (int i = 0; i < 20; i++)
        x[i] = 1;
    CHECK_OK(stats_firth_fit(x, y, 20, 1, beta, covariance, work, &loglik));
    CHECK_NEAR(stats_expit(beta[0]), 0.5 / 21, 1e-12);
    y[0] = y[1] = y[2] = 1;
    CHECK_OK(stats_firth_fit(x, y, 20, 1, beta, covariance, work, &loglik));
    CHECK_NEAR(stats_expit(beta[0]), 3.5 / 21, 1e-12);
}

/* Mirroring Yes and No mirrors everything, in both models. */
static void swapping_yes_and_no_changes_only_signs(void **state)
{
    struct logit m, mirrored;
    double a[2], b[2], covariance[4], loglik;
    long double work[3 * 4 + 8 + CARS];

    (void)state;
    CHECK_OK(fit_cars(&m));
    mirrored = m;
    for (int i = 0; i < CARS; i++)
        mirrored.y[i] = 1 - m.y[i];
    CHECK_OK(stats_logit_fit(m.x, mirrored.y, CARS, 2, mirrored.beta, mirrored.covariance,
                             mirrored.room, &mirrored.fit));
    CHECK_NEAR(m.beta[1], -mirrored.beta[1], 1e-10);
    CHECK_OK(stats_firth_fit(m.x, m.y, CARS, 2, a, covariance, work, &loglik));
    CHECK_OK(stats_firth_fit(m.x, mirrored.y, CARS, 2, b, covariance, work, &loglik));
    CHECK_NEAR(a[1], -b[1], 1e-10);
    CHECK(fabs(a[1]) < fabs(m.beta[1])); /* penalised towards nothing */
}

/* Under no effect the Wald p-value of a large sample is uniform: its mean is one half, its
 * share under 0.05 near 5%. */
static void p_values_of_null_data_are_uniform(void **state)
{
    enum { ROUNDS = 400, N = 200 };
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    struct logit m;
    double sum = 0;
    int small = 0;

    (void)state;
    gsl_rng_set(rng, 7);
    for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < N; i++) {
            m.x[2 * i] = 1;
            m.x[2 * i + 1] = gsl_ran_gaussian(rng, 1);
            m.y[i] = gsl_rng_uniform(rng) < 0.4;
        }
        CHECK_OK(stats_logit_fit(m.x, m.y, N, 2, m.beta, m.covariance, m.room, &m.fit));
        double p = stats_p_normal(m.beta[1] / sqrt(m.covariance[3]));
        sum += p;
        small += p < 0.05;
    }
    gsl_rng_free(rng);
    CHECK_NEAR(sum / ROUNDS, 0.5, 0.05);
    CHECK(small > 8 && small < 35);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_inverse_times_its_matrix_is_one),
        cmocka_unit_test(dependent_columns_have_no_inverse),
        cmocka_unit_test(a_line_through_cars_agrees_with_r),
        cmocka_unit_test(shifting_a_predictor_moves_only_the_intercept),
        cmocka_unit_test(an_exact_fit_leaves_no_residual),
        cmocka_unit_test(robust_errors_grow_from_hc0_to_hc3),
        cmocka_unit_test(one_record_per_cluster_is_hc0),
        cmocka_unit_test(a_logistic_fit_agrees_with_r),
        cmocka_unit_test(a_single_indicator_gives_the_table_back),
        cmocka_unit_test(a_slope_effect_agrees_with_a_small_step),
        cmocka_unit_test(separation_is_noticed_complete_or_not),
        cmocka_unit_test(a_steep_but_finite_fit_is_not_called_separation),
        cmocka_unit_test(impossible_outcomes_are_refused),
        cmocka_unit_test(auc_of_a_useless_model_is_a_half_and_mirrors),
        cmocka_unit_test(firth_answers_where_maximum_likelihood_cannot),
        cmocka_unit_test(firth_of_a_share_adds_half_a_case_to_each_side),
        cmocka_unit_test(swapping_yes_and_no_changes_only_signs),
        cmocka_unit_test(p_values_of_null_data_are_uniform),
    };

    stats_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
