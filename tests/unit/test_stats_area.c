// SPDX-License-Identifier: MIT
#include "tests/support/check.h"

#include <gsl/gsl_rng.h>
#include <math.h>

#include "stats/stats_area.h"

static void exact_funnel_limits_agree_with_published_arithmetic(void **state)
{
    static const struct {
        long n;
        double target, conf, low, high;
    } cases[] = {
        {10,   0.2,   0.95,  0,                  0.4294938829210067},
        {25,   0.365, 0.95,  0.1623859857603131, 0.5408573233201623},
        {110,  0.365, 0.998, 0.2224016385613992, 0.5055098390957469},
        {1000, 0.365, 0.998, 0.3178633469294189, 0.4119045604454228},
    };
    struct stats_interval out;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        CHECK_OK(stats_funnel_exact(cases[i].n, cases[i].target, cases[i].conf, &out));
        CHECK_NEAR(out.low, cases[i].low, 1e-12);
        CHECK_NEAR(out.high, cases[i].high, 1e-12);
    }
}

static void wider_confidence_and_fewer_clients_widen_a_funnel(void **state)
{
    (void)state;
    for (long n = 5; n <= 400; n += 13) {
        struct stats_interval narrow, wide, bigger;
        CHECK_OK(stats_funnel_exact(n, 0.3, 0.95, &narrow));
        CHECK_OK(stats_funnel_exact(n, 0.3, 0.998, &wide));
        CHECK_OK(stats_funnel_exact(4 * n, 0.3, 0.95, &bigger));
        CHECK(wide.low <= narrow.low && narrow.high <= wide.high);
        CHECK(bigger.high - bigger.low < narrow.high - narrow.low);
        CHECK(narrow.low >= 0 && wide.high <= 1);
    }
}

static void exact_and_normal_funnels_meet_for_many_clients(void **state)
{
    struct stats_interval exact, normal;

    (void)state;
    CHECK_OK(stats_funnel_exact(100000, 0.4, 0.95, &exact));
    CHECK_OK(stats_funnel_normal(100000, 0.4, 0, 0.95, &normal));
    CHECK_NEAR(exact.low, normal.low, 2e-5);
    CHECK_NEAR(exact.high, normal.high, 2e-5);
}

static void a_funnel_without_clients_is_empty_and_a_sure_target_impossible(void **state)
{
    struct stats_interval out = {-1, -1, -1};

    (void)state;
    CHECK_INT(stats_funnel_exact(0, 0.2, 0.95, &out), STATS_EMPTY);
    CHECK_INT(stats_funnel_exact(10, 0, 0.95, &out), STATS_DOMAIN);
    CHECK_INT(stats_funnel_exact(10, 1, 0.95, &out), STATS_DOMAIN);
    CHECK_INT(stats_funnel_exact(10, 0.2, 95, &out), STATS_DOMAIN);
    CHECK_INT(stats_funnel_normal(0, 0.2, 0, 0.95, &out), STATS_EMPTY);
    CHECK_INT(stats_funnel_normal(10, 0.2, -1, 0.95, &out), STATS_DOMAIN);
    CHECK_NEAR(out.low, -1, 0);
}

static void areas_that_differ_widely_are_overdispersed(void **state)
{
    const long x[] = {488, 114, 126}, n[] = {665, 391, 151};
    double z[3], work[3];
    struct stats_overdispersion out;

    (void)state;
    CHECK_OK(stats_overdispersion(x, n, 3, 0.1, z, work, &out));
    CHECK_NEAR(out.target, 0.6031483015741508, 1e-14);
    CHECK_NEAR(out.phi, 52.56960932095401, 1e-10);
    CHECK_NEAR(out.tau2, 0.05362174231985882, 1e-13);
    CHECK_NEAR(z[0], 6.888341321574105, 1e-12);
}

static void areas_alike_leave_no_variance_between(void **state)
{
    const long x[] = {20, 40, 60}, n[] = {100, 200, 300}, none[] = {0, 0, 0};
    double z[3], work[3];
    struct stats_overdispersion out;

    (void)state;
    CHECK_OK(stats_overdispersion(x, n, 3, 0.1, z, work, &out));
    CHECK_NEAR(out.phi, 0, 1e-12);
    CHECK_NEAR(out.tau2, 0, 0);
    CHECK_INT(stats_overdispersion(none, n, 3, 0.1, z, work, &out), STATS_UNDEFINED);
    CHECK_INT(stats_overdispersion(x, n, 1, 0.1, z, work, &out), STATS_UNDEFINED);
    CHECK_INT(stats_overdispersion(x, none, 3, 0.1, z, work, &out), STATS_DOMAIN);
}

static void shrinkage_pulls_every_area_towards_the_pooled_share(void **state)
{
    const long x[] = {488, 114, 126}, n[] = {665, 391, 151};
    double pooled, between, weight[3], shrunk[3];

    (void)state;
    CHECK_OK(stats_shrink(x, n, 3, &pooled, &between, weight, shrunk));
    CHECK_NEAR(between, 0.04695787727915994, 1e-14);
    CHECK_NEAR(weight[2], 0.9673450980566626, 1e-13);
    CHECK_NEAR(shrunk[1], 0.2955699046673118, 1e-13);
    for (int i = 0; i < 3; i++) {
        double share = (double)x[i] / (double)n[i];
        CHECK(shrunk[i] >= fmin(share, pooled) && shrunk[i] <= fmax(share, pooled));
    }
    CHECK(weight[2] < weight[1] &&
          weight[1] < weight[0]); /* the smallest trusts itself least */
}

static void an_area_with_nobody_takes_the_pooled_share(void **state)
{
    const long x[] = {5, 0, 40}, n[] = {50, 0, 60}, none[] = {0, 0, 0};
    double pooled, between, weight[3], shrunk[3];

    (void)state;
    CHECK_OK(stats_shrink(x, n, 3, &pooled, &between, weight, shrunk));
    CHECK_NEAR(shrunk[1], 45.0 / 110, 1e-14);
    CHECK_NEAR(weight[1], 0, 0);
    CHECK_INT(stats_shrink(none, none, 3, &pooled, &between, weight, shrunk), STATS_EMPTY);
    CHECK_INT(stats_shrink(n, x, 3, &pooled, &between, weight, shrunk), STATS_DOMAIN);
}

static void everyone_or_no_one_saying_yes_needs_no_shrinkage(void **state)
{
    const long n[] = {10, 20}, none[] = {0, 0};
    double pooled, between, weight[2], shrunk[2];

    (void)state;
    CHECK_OK(stats_shrink(none, n, 2, &pooled, &between, weight, shrunk));
    CHECK_NEAR(shrunk[0], 0, 0);
    CHECK_OK(stats_shrink(n, n, 2, &pooled, &between, weight, shrunk));
    CHECK_NEAR(shrunk[1], 1, 0);
    CHECK_NEAR(between, 0, 0);
}

static void random_effects_agree_with_metafor(void **state)
{
    const long x[] = {76, 38, 5}, n[] = {197, 110, 19};
    struct stats_random_effects out;

    (void)state;
    CHECK_OK(stats_random_effects_logit(x, n, 3, &out));
    CHECK_NEAR(out.mu, -0.5502330436099376, 1e-13);
    CHECK_NEAR(out.se, 0.1152879344962677, 1e-13);
    CHECK_NEAR(out.q, 1.38167418995594, 1e-12);
    CHECK_NEAR(out.tau2, 0, 0);
    CHECK_NEAR(out.i2, 0, 0);
}

static void an_area_with_a_zero_keeps_random_effects_finite(void **state)
{
    const long x[] = {0, 30, 10}, n[] = {20, 40, 40};
    struct stats_random_effects out;

    (void)state;
    CHECK_OK(stats_random_effects_logit(x, n, 3, &out));
    CHECK(isfinite(out.mu) && out.se > 0 && out.tau2 > 0 && out.i2 > 0 && out.i2 < 100);
}

/* With one true share the overdispersion factor is about 1, a little less for
 * winsorising. */
static void chance_alone_gives_an_overdispersion_of_about_one(void **state)
{
    enum { AREAS = 30, ROUNDS = 200 };
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    double sum = 0;

    (void)state;
    gsl_rng_set(rng, 20150313);
    for (int round = 0; round < ROUNDS; round++) {
        long x[AREAS] = {0}, n[AREAS];
        double z[AREAS], work[AREAS];
        struct stats_overdispersion out;

        for (int i = 0; i < AREAS; i++) {
            n[i] = 40 + 10 * i;
            for (long k = 0; k < n[i]; k++)
                x[i] += gsl_rng_uniform(rng) < 0.3;
        }
        CHECK_OK(stats_overdispersion(x, n, AREAS, 0, z, work, &out));
        sum += out.phi;
    }
    gsl_rng_free(rng);
    CHECK_NEAR(sum / ROUNDS, 1 - 1.0 / AREAS, 0.05);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exact_funnel_limits_agree_with_published_arithmetic),
        cmocka_unit_test(wider_confidence_and_fewer_clients_widen_a_funnel),
        cmocka_unit_test(exact_and_normal_funnels_meet_for_many_clients),
        cmocka_unit_test(a_funnel_without_clients_is_empty_and_a_sure_target_impossible),
        cmocka_unit_test(areas_that_differ_widely_are_overdispersed),
        cmocka_unit_test(areas_alike_leave_no_variance_between),
        cmocka_unit_test(shrinkage_pulls_every_area_towards_the_pooled_share),
        cmocka_unit_test(an_area_with_nobody_takes_the_pooled_share),
        cmocka_unit_test(everyone_or_no_one_saying_yes_needs_no_shrinkage),
        cmocka_unit_test(random_effects_agree_with_metafor),
        cmocka_unit_test(an_area_with_a_zero_keeps_random_effects_finite),
        cmocka_unit_test(chance_alone_gives_an_overdispersion_of_about_one),
    };

    stats_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
