// SPDX-License-Identifier: MIT
#include "tests/support/check.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <string.h>

#include "stats/stats_competing.h"
#include "stats/stats_cox.h"
#include "stats/stats_survival.h"

enum { MOST = 200 };

struct table {
    struct stats_subject subject[MOST];
    struct stats_life row[MOST];
    size_t n, rows;
};

static void enter(struct table *t, const double *time, const int *event, size_t n)
{
    t->n = n;
    for (size_t i = 0; i < n; i++)
        t->subject[i] = (struct stats_subject){time[i], event[i], 0};
}

static stats_status tabulate(struct table *t, int cause)
{
    return stats_life_table(t->subject, t->n, cause, t->row, &t->rows);
}

/* ---- Kaplan-Meier
 * ------------------------------------------------------------------------- */

static const double TIED_TIME[] = {5, 2, 7, 2, 5, 2};
static const int TIED_EVENT[] = {1, 1, 1, 0, 0, 1};

static void someone_censored_at_an_event_time_is_still_at_risk(void **state)
{
    struct table t;
    struct stats_survival at;

    (void)state;
    enter(&t, TIED_TIME, TIED_EVENT, 6);
    CHECK_OK(tabulate(&t, 1));
    CHECK_INT(t.rows, 3);
    at = stats_survival_at(t.row, t.rows, 2);
    CHECK_NEAR(at.survival, 2.0 / 3, 1e-15);
    CHECK_NEAR(at.se, 0.1924500897298752, 1e-15);
    CHECK_INT(at.at_risk, 6);
    CHECK_NEAR(stats_survival_at(t.row, t.rows, 5).survival, 4.0 / 9, 1e-15);
}

static void where_survival_is_zero_there_is_no_standard_error(void **state)
{
    struct table t;
    struct stats_survival at;
    struct stats_interval ci;

    (void)state;
    enter(&t, TIED_TIME, TIED_EVENT, 6);
    CHECK_OK(tabulate(&t, 1));
    at = stats_survival_at(t.row, t.rows, 7);
    CHECK_NEAR(at.survival, 0, 0);
    CHECK(isnan(at.se));
    ci = stats_survival_interval(at.survival, at.greenwood, 0.95, STATS_LOG_LOG);
    CHECK(isnan(ci.low) && isnan(ci.high));
}

static void before_the_first_event_everyone_is_waiting(void **state)
{
    struct table t;
    struct stats_survival at;
    struct stats_interval ci;

    (void)state;
    enter(&t, TIED_TIME, TIED_EVENT, 6);
    CHECK_OK(tabulate(&t, 1));
    at = stats_survival_at(t.row, t.rows, 1.5);
    CHECK_NEAR(at.survival, 1, 0);
    CHECK_INT(at.at_risk, 6);
    ci = stats_survival_interval(at.survival, at.greenwood, 0.95, STATS_LOG_LOG);
    CHECK_NEAR(ci.low, 1, 0);
    CHECK_INT(stats_survival_at(t.row, t.rows, 6).at_risk, 1);
    CHECK_INT(stats_survival_at(t.row, t.rows, 8).at_risk, 0);
}

static void without_censoring_survival_is_the_share_still_there(void **state)
{
    const double time[] = {3, 1, 4, 1, 5, 9, 2, 6};
    const int event[] = {1, 1, 1, 1, 1, 1, 1, 1};
    struct table t;

    (void)state;
    enter(&t, time, event, 8);
    CHECK_OK(tabulate(&t, 1));
    for (double at = 0; at <= 10; at += 0.5) {
        double left = 0;
        for (int i = 0; i < 8; i++)
            left += time[i] > at;
        CHECK_NEAR(stats_survival_at(t.row, t.rows, at).survival, left / 8, 1e-15);
    }
}

static void intervals_hold_the_curve_on_every_scale(void **state)
{
    (void)state;
    for (double s = 0.01; s < 1; s += 0.07)
        for (double greenwood = 1e-4; greenwood < 1; greenwood *= 5)
            for (enum stats_survival_scale k = STATS_LOG_LOG; k <= STATS_PLAIN; k++) {
                struct stats_interval ci = stats_survival_interval(s, greenwood, 0.95, k);
                CHECK(ci.low >= 0 && ci.low <= s && s <= ci.high && ci.high <= 1);
            }
}

/* R survfit: half exactly at 2, so the median is halfway to 3 */
static void a_median_on_a_flat_half_lies_halfway(void **state)
{
    const double time[] = {1, 2, 3, 4};
    const int event[] = {1, 1, 1, 0}, none[] = {0, 0, 0, 0};
    struct table t;
    struct stats_interval median;

    (void)state;
    enter(&t, time, event, 4);
    CHECK_OK(tabulate(&t, 1));
    median = stats_survival_median(t.row, t.rows, 0.95, STATS_LOG_LOG);
    CHECK_NEAR(median.estimate, 2.5, 0);
    CHECK(isnan(median.high));
    enter(&t, time, none, 4);
    CHECK_OK(tabulate(&t, 1));
    median = stats_survival_median(t.row, t.rows, 0.95, STATS_LOG_LOG);
    CHECK(isnan(median.estimate) && isnan(median.low));
}

static void the_restricted_mean_of_complete_data_is_their_mean(void **state)
{
    const double time[] = {2, 4, 6, 8};
    const int event[] = {1, 1, 1, 1}, waiting[] = {1, 1, 1, 0};
    struct table t;
    struct stats_interval mean;
    double se;

    (void)state;
    enter(&t, time, event, 4);
    CHECK_OK(tabulate(&t, 1));
    CHECK_OK(stats_restricted_mean(t.row, t.rows, 100, 0.95, &se, &mean));
    CHECK_NEAR(mean.estimate, 5, 1e-14);
    CHECK_OK(stats_restricted_mean(t.row, t.rows, 5, 0.95, &se, &mean));
    CHECK_NEAR(mean.estimate, (2 + 4 + 5 + 5) / 4.0, 1e-14);
    enter(&t, time, waiting, 4);
    CHECK_OK(tabulate(&t, 1));
    CHECK_INT(stats_restricted_mean(t.row, t.rows, 9, 0.95, &se, &mean), STATS_UNDEFINED);
    CHECK_INT(stats_restricted_mean(t.row, t.rows, 0, 0.95, &se, &mean), STATS_DOMAIN);
}

static void a_life_table_needs_people_and_times(void **state)
{
    const double time[] = {1, -1};
    const int event[] = {1, 0};
    struct table t;

    (void)state;
    enter(&t, time, event, 2);
    CHECK_INT(tabulate(&t, 1), STATS_DOMAIN);
    t.n = 0;
    CHECK_INT(tabulate(&t, 1), STATS_EMPTY);
}

/* ---- groups
 * ------------------------------------------------------------------------------- */

/* Freireich et al. (1963), as in MASS::gehan: remission in weeks under 6-MP and placebo. */
static const double WEEKS[] = {10, 7,  32, 23, 22, 6, 16, 34, 32, 25, 11, 20, 19, 6,
                               17, 35, 6,  13, 9,  6, 10, 1,  22, 3,  12, 8,  17, 2,
                               11, 8,  12, 2,  5,  4, 15, 8,  23, 5,  11, 4,  1,  8};
static const int RELAPSE[] = {1, 1, 0, 1, 1, 1, 1, 0, 0, 0, 0,
                              0, 0, 1, 0, 0, 1, 1, 0, 0, 0};
enum { GEHAN = 42 };

static void enter_gehan(struct table *t, int first)
{
    t->n = GEHAN;
    for (int i = 0; i < GEHAN; i++)
        t->subject[i] = (struct stats_subject){WEEKS[i], i < 21 ? RELAPSE[i] : 1,
                                               i < 21 ? first : 1 - first};
}

/* R survdiff */
static void the_log_rank_test_agrees_with_r(void **state)
{
    struct table t;
    long double work[5 * 2 + 2 * 4];
    double observed[2], expected[2];
    struct stats_test test;

    (void)state;
    CHECK_INT(stats_logrank_workspace(2), sizeof work / sizeof *work);
    enter_gehan(&t, 0);
    CHECK_OK(stats_logrank(t.subject, t.n, 2, 0, work, observed, expected, &test));
    CHECK_NEAR(observed[0], 9, 0);
    CHECK_NEAR(expected[0], 19.25050094803113, 1e-12);
    CHECK_NEAR(test.statistic, 16.79294098921654, 1e-11);
    CHECK_NEAR(test.p, 4.168809109334531e-05, 1e-14);
}

static void naming_the_groups_otherwise_changes_no_test(void **state)
{
    struct table t;
    long double work[64];
    double observed[3], expected[3];
    struct stats_test a, b, gray_a, gray_b;

    (void)state;
    enter_gehan(&t, 0);
    CHECK_OK(stats_logrank(t.subject, t.n, 2, 1, work, observed, expected, &a));
    CHECK_OK(stats_gray(t.subject, t.n, 2, 1, work, &gray_a));
    enter_gehan(&t, 1);
    /* and a third group that has nobody in it */
    CHECK_OK(stats_logrank(t.subject, t.n, 3, 1, work, observed, expected, &b));
    CHECK_OK(stats_gray(t.subject, t.n, 2, 1, work, &gray_b));
    CHECK_NEAR(a.statistic, b.statistic, 1e-12);
    CHECK_NEAR(b.df, 1, 0);
    CHECK_NEAR(gray_a.statistic, gray_b.statistic, 1e-12);
}

static void one_group_alone_cannot_be_compared(void **state)
{
    struct table t;
    long double work[64];
    double observed[2], expected[2];
    struct stats_test test;

    (void)state;
    enter(&t, WEEKS, RELAPSE, 21);
    CHECK_INT(stats_logrank(t.subject, t.n, 2, 0, work, observed, expected, &test),
              STATS_UNDEFINED);
    CHECK_INT(stats_logrank(t.subject, t.n, 0, 0, work, observed, expected, &test),
              STATS_DOMAIN);
    CHECK_INT(stats_gray(t.subject, t.n, 1, 1, work, &test), STATS_UNDEFINED);
}

/* ---- competing events
 * ----------------------------------------------------------------------- */

static const int MIXED[] = {1, 2, 0, 1, 2, 1, 0, 2, 1, 0, 1, 2, 2, 1, 0, 1, 2, 1, 0, 2, 1};

static void incidences_and_survival_add_up_to_everyone(void **state)
{
    struct table one, two;

    (void)state;
    enter(&one, WEEKS, MIXED, 21);
    enter(&two, WEEKS, MIXED, 21);
    CHECK_OK(tabulate(&one, 1));
    CHECK_OK(tabulate(&two, 2));
    for (size_t k = 0; k < one.rows; k++)
        CHECK_NEAR(one.row[k].survival + one.row[k].incidence + two.row[k].incidence, 1,
                   1e-14);
}

static void without_a_rival_incidence_is_one_minus_survival(void **state)
{
    struct table t;

    (void)state;
    enter(&t, WEEKS, RELAPSE, 21);
    CHECK_OK(tabulate(&t, 1));
    for (double at = 0; at < 35; at += 3) {
        struct stats_survival s = stats_survival_at(t.row, t.rows, at);
        struct stats_incidence f = stats_incidence_at(t.row, t.rows, at);
        CHECK_NEAR(f.incidence, 1 - s.survival, 1e-14);
        CHECK_NEAR(f.se, s.se, 1e-14); /* then the delta method is Greenwood's */
    }
}

/* The delta-method variance is the sum of squares of what each person contributes. */
static void the_standard_error_is_the_infinitesimal_jackknife(void **state)
{
    struct table t;
    double at = 20, jackknife = 0;

    (void)state;
    enter(&t, WEEKS, MIXED, 21);
    CHECK_OK(tabulate(&t, 1));
    for (size_t i = 0; i < t.n; i++) {
        double survival = 1, d_survival = 0, d_incidence = 0;
        for (size_t k = 0; k < t.rows && t.row[k].time <= at; k++) {
            const struct stats_life *row = &t.row[k];
            double n = (double)row->at_risk, any = (double)row->events / n,
                   cause = (double)row->of_cause / n;
            bool there = t.subject[i].time >= row->time,
                 now = t.subject[i].time == row->time;
            double d_any = ((now && t.subject[i].event) - there * any) / n;
            double d_cause = ((now && t.subject[i].event == 1) - there * cause) / n;
            d_incidence += d_survival * cause + survival * d_cause;
            d_survival = d_survival * (1 - any) - survival * d_any;
            survival *= 1 - any;
        }
        jackknife += d_incidence * d_incidence;
    }
    CHECK_NEAR(stats_incidence_at(t.row, t.rows, at).se, sqrt(jackknife), 1e-14);
}

/* Groups drawn from one distribution: the p-values of both tests are uniform. */
static void tests_of_groups_alike_reject_one_in_twenty(void **state)
{
    enum { ROUNDS = 400, N = 120 };
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    long double work[64];
    int small[2] = {0, 0};
    double sum[2] = {0, 0};

    (void)state;
    gsl_rng_set(rng, 326);
    for (int round = 0; round < ROUNDS; round++) {
        struct table t;
        double observed[2], expected[2];
        struct stats_test test[2];

        for (int i = 0; i < N; i++) {
            double a = gsl_ran_exponential(rng, 10), b = gsl_ran_exponential(rng, 15),
                   c = gsl_ran_exponential(rng, 20);
            double first = floor(fmin(fmin(a, b), c)); /* whole weeks: ties */
            t.subject[i] = (struct stats_subject){first,
                                                  a < b && a < c ? 1
                                                  : b < c        ? 2
                                                                 : 0,
                                                  i % 2};
        }
        CHECK_OK(stats_gray(t.subject, N, 2, 1, work, &test[0]));
        CHECK_OK(stats_logrank(t.subject, N, 2, 0, work, observed, expected, &test[1]));
        for (int k = 0; k < 2; k++) {
            small[k] += test[k].p < 0.05;
            sum[k] += test[k].p;
        }
    }
    gsl_rng_free(rng);
    for (int k = 0; k < 2; k++) {
        CHECK(small[k] > 8 && small[k] < 35);
        CHECK_NEAR(sum[k] / ROUNDS, 0.5, 0.05);
    }
}

/* ---- Cox
 * ---------------------------------------------------------------------------------- */

/* R coxph(Surv(time, event) ~ group, ties = "efron") on the same data */
static void cox_agrees_with_r_on_tied_data(void **state)
{
    double time[GEHAN], event[GEHAN], x[GEHAN], beta, variance, loglik, null_loglik;
    max_align_t work[4096];

    (void)state;
    for (int i = 0; i < GEHAN; i++) {
        time[i] = WEEKS[i];
        event[i] = i < 21 ? RELAPSE[i] : 1;
        x[i] = i >= 21;
    }
    CHECK(stats_cox_workspace(GEHAN, 1) <= sizeof work);
    CHECK_OK(stats_cox_fit(time, event, x, GEHAN, 1, &beta, &variance, work, &loglik,
                           &null_loglik));
    CHECK_NEAR(beta, 1.57212514882907, 1e-10);
    CHECK_NEAR(sqrt(variance), 0.412396717709455, 1e-10);
    CHECK_NEAR(loglik, -85.0084245773717, 1e-9);
    CHECK_NEAR(null_loglik, -93.1842699968477, 1e-9);
}

static void cox_refuses_what_has_no_answer(void **state)
{
    const double time[] = {1, 2, 3, 4, 5, 6}, event[] = {1, 1, 1, 1, 1, 1};
    const double none[] = {0, 0, 0, 0, 0, 0}, same[] = {2, 2, 2, 2, 2, 2};
    const double first[] = {1, 1, 1, 0, 0, 0};
    double beta, variance, loglik, null_loglik;
    max_align_t work[1024];

    (void)state;
    CHECK_INT(stats_cox_fit(time, none, first, 6, 1, &beta, &variance, work, &loglik,
                            &null_loglik),
              STATS_EMPTY);
    CHECK_INT(stats_cox_fit(time, event, same, 6, 1, &beta, &variance, work, &loglik,
                            &null_loglik),
              STATS_UNDEFINED);
    CHECK_INT(stats_cox_fit(time, event, first, 6, 1, &beta, &variance, work, &loglik,
                            &null_loglik),
              STATS_NO_CONVERGENCE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(someone_censored_at_an_event_time_is_still_at_risk),
        cmocka_unit_test(where_survival_is_zero_there_is_no_standard_error),
        cmocka_unit_test(before_the_first_event_everyone_is_waiting),
        cmocka_unit_test(without_censoring_survival_is_the_share_still_there),
        cmocka_unit_test(intervals_hold_the_curve_on_every_scale),
        cmocka_unit_test(a_median_on_a_flat_half_lies_halfway),
        cmocka_unit_test(the_restricted_mean_of_complete_data_is_their_mean),
        cmocka_unit_test(a_life_table_needs_people_and_times),
        cmocka_unit_test(the_log_rank_test_agrees_with_r),
        cmocka_unit_test(naming_the_groups_otherwise_changes_no_test),
        cmocka_unit_test(one_group_alone_cannot_be_compared),
        cmocka_unit_test(incidences_and_survival_add_up_to_everyone),
        cmocka_unit_test(without_a_rival_incidence_is_one_minus_survival),
        cmocka_unit_test(the_standard_error_is_the_infinitesimal_jackknife),
        cmocka_unit_test(tests_of_groups_alike_reject_one_in_twenty),
        cmocka_unit_test(cox_agrees_with_r_on_tied_data),
        cmocka_unit_test(cox_refuses_what_has_no_answer),
    };

    stats_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
