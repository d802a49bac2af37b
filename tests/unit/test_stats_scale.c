// SPDX-License-Identifier: MIT
#include "tests/support/check.h"

#include <math.h>

#include "stats/stats_scale.h"
#include "stats/stats_types.h"

static void total_is_the_sum_when_all_items_are_there(void **state)
{
    const double items[] = {8, 7, 0, 3, 5};
    double total = NAN;

    (void)state;
    CHECK_OK(stats_scale_total(items, 5, 0, 8, 0, &total));
    CHECK_NEAR(total, 23, 0);
}

static void a_missing_item_voids_the_total_unless_the_scale_allows_it(void **state)
{
    const double items[] = {4, NAN, 2, 3, 3, 4, 2, 1, 4, 4}; /* GSE: up to three may miss */
    double total = -1;

    (void)state;
    CHECK_INT(stats_scale_total(items, 10, 1, 4, 0, &total), STATS_UNDEFINED);
    CHECK_NEAR(total, -1, 0);
    CHECK_OK(stats_scale_total(items, 10, 1, 4, 3, &total));
    CHECK_NEAR(total, 30, 1e-12); /* 27 of 9 items, times 10 */
}

static void no_answer_at_all_is_empty_whatever_the_rule(void **state)
{
    const double items[] = {NAN, NAN};
    double total = -1;

    (void)state;
    CHECK_INT(stats_scale_total(items, 2, 0, 8, 2, &total), STATS_EMPTY);
    CHECK_NEAR(total, -1, 0);
}

static void an_answer_outside_the_range_is_refused(void **state)
{
    const double items[] = {3, 9};
    double total = -1;

    (void)state;
    CHECK_INT(stats_scale_total(items, 2, 0, 8, 0, &total), STATS_DOMAIN);
    CHECK_NEAR(total, -1, 0);
}

static void reversing_twice_changes_nothing(void **state)
{
    (void)state;
    CHECK_NEAR(stats_scale_reverse(1, 1, 4), 4, 0);
    for (double answer = 1; answer <= 4; answer++)
        CHECK_NEAR(stats_scale_reverse(stats_scale_reverse(answer, 1, 4), 1, 4), answer, 0);
    CHECK(isnan(stats_scale_reverse(NAN, 1, 4)));
}

static void conversion_takes_only_rows_of_its_table(void **state)
{
    const double from[] = {21, 22, 23}, to[] = {19.25, 19.98, 20.73};
    double metric = -1;

    (void)state;
    CHECK_OK(stats_scale_convert(22, from, to, 3, &metric));
    CHECK_NEAR(metric, 19.98, 0);
    CHECK_INT(stats_scale_convert(21.5, from, to, 3, &metric), STATS_UNDEFINED);
    CHECK_INT(stats_scale_convert(NAN, from, to, 3, &metric), STATS_EMPTY);
    CHECK_NEAR(metric, 19.98, 0);
}

static void bands_meet_without_gaps(void **state)
{
    const double low[] = {0, 10, 21}, high[] = {9, 20, 40}; /* WSAS */
    static const struct {
        double score;
        size_t band;
    } cases[] = {
        {0,    0},
        {9,    0},
        {9.5,  0},
        {10,   1},
        {20,   1},
        {20.9, 1},
        {21,   2},
        {40,   2}
    };
    size_t band = 99;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        CHECK_OK(stats_scale_band(cases[i].score, low, high, 3, &band));
        CHECK_INT(band, cases[i].band);
    }
    CHECK_INT(stats_scale_band(-1, low, high, 3, &band), STATS_DOMAIN);
    CHECK_INT(stats_scale_band(41, low, high, 3, &band), STATS_DOMAIN);
    CHECK_INT(stats_scale_band(NAN, low, high, 3, &band), STATS_EMPTY);
}

static void reliable_change_follows_jacobson_and_truax(void **state)
{
    struct stats_reliable r;

    (void)state;
    /* sd 3.92, reliability 0.84: s_diff 2.217, so 4.35 points are more than noise */
    CHECK_OK(stats_reliable_change(18, 24, 3.92, 0.84, 0.95, &r));
    CHECK_NEAR(r.sem, 1.568, 1e-12);
    CHECK_NEAR(r.s_diff, 2.217486865801013, 1e-12);
    CHECK_NEAR(r.rci, 2.705765744336279, 1e-12);
    CHECK_NEAR(r.threshold, 4.346194393160589, 1e-12);
    CHECK_INT(stats_reliable_change(18, 24, 3.92, 1, 0.95, &r), STATS_UNDEFINED);
    CHECK_INT(stats_reliable_change(18, 24, 0, 0.84, 0.95, &r), STATS_DOMAIN);
    CHECK_INT(stats_reliable_change(NAN, 24, 3.92, 0.84, 0.95, &r), STATS_EMPTY);
}

static void the_direction_of_a_scale_decides_what_is_better(void **state)
{
    (void)state;
    CHECK_INT(stats_scale_change(20, 10, 8, 0),
              STATS_CHANGE_BETTER); /* WSAS: down is better */
    CHECK_INT(stats_scale_change(20, 10, 8, 1), STATS_CHANGE_WORSE);
    CHECK_INT(stats_scale_change(20, 13, 8, 0), STATS_CHANGE_NONE);
    CHECK_INT(stats_scale_change(20, 12, 8, 0), STATS_CHANGE_BETTER); /* exactly 8 counts */
    CHECK_INT(stats_scale_change(20, 20, 0, 1),
              STATS_CHANGE_NONE); /* nothing is no change */
}

static void the_cutoff_lies_between_the_two_means(void **state)
{
    double c = NAN;

    (void)state;
    CHECK_OK(stats_clinical_cutoff(19.28, 3.921, 23.6, 3.9, &c));
    CHECK_NEAR(c, 21.4457997698504, 1e-12);
    CHECK_OK(stats_clinical_cutoff(10, 2, 20, 2, &c));
    CHECK_NEAR(c, 15, 1e-12);
    CHECK_INT(stats_clinical_cutoff(10, 0, 20, 0, &c), STATS_UNDEFINED);
    CHECK_INT(stats_clinical_cutoff(10, -1, 20, 2, &c), STATS_DOMAIN);
}

static void alpha_of_one_item_twice_is_one(void **state)
{
    const double items[] = {1, 1, 2, 2, 4, 4, 3, 3};
    struct stats_interval alpha;

    (void)state;
    CHECK_OK(stats_cronbach_alpha(items, 4, 2, 0.95, &alpha));
    CHECK_NEAR(alpha.estimate, 1, 1e-12);
    CHECK_NEAR(alpha.low, 1, 1e-12);
    CHECK_NEAR(alpha.high, 1, 1e-12);
}

static void alpha_agrees_with_its_definition(void **state)
{
    const double items[] = {1, 2, 2, 2, 1, 1, 3, 4, 2, 4, 3, 3.6666666666666665};
    double var[4] = {0};
    struct stats_interval alpha;

    (void)state;
    for (int item = 0; item < 4; item++) {
        double mean = 0;
        for (int i = 0; i < 4; i++)
            for (int j = 0; j < 3; j++)
                mean += item == j || item == 3 ? items[i * 3 + j] / 4 : 0;
        for (int i = 0; i < 4; i++) {
            double score = item < 3 ? items[i * 3 + item]
                                    : items[i * 3] + items[i * 3 + 1] + items[i * 3 + 2];
            var[item] += (score - mean) * (score - mean) / 3;
        }
    }
    CHECK_OK(stats_cronbach_alpha(items, 4, 3, 0.95, &alpha));
    CHECK_NEAR(alpha.estimate, 1.5 * (1 - (var[0] + var[1] + var[2]) / var[3]), 1e-12);
    CHECK(alpha.low < alpha.estimate && alpha.estimate < alpha.high);
}

static void alpha_needs_people_items_and_differences(void **state)
{
    const double same[] = {1, 2, 1, 2, 1, 2}, hole[] = {1, 2, NAN, 2};
    struct stats_interval alpha;

    (void)state;
    CHECK_INT(stats_cronbach_alpha(same, 3, 2, 0.95, &alpha), STATS_UNDEFINED);
    CHECK_INT(stats_cronbach_alpha(same, 1, 2, 0.95, &alpha), STATS_EMPTY);
    CHECK_INT(stats_cronbach_alpha(same, 6, 1, 0.95, &alpha), STATS_DOMAIN);
    CHECK_INT(stats_cronbach_alpha(hole, 2, 2, 0.95, &alpha), STATS_DOMAIN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(total_is_the_sum_when_all_items_are_there),
        cmocka_unit_test(a_missing_item_voids_the_total_unless_the_scale_allows_it),
        cmocka_unit_test(no_answer_at_all_is_empty_whatever_the_rule),
        cmocka_unit_test(an_answer_outside_the_range_is_refused),
        cmocka_unit_test(reversing_twice_changes_nothing),
        cmocka_unit_test(conversion_takes_only_rows_of_its_table),
        cmocka_unit_test(bands_meet_without_gaps),
        cmocka_unit_test(reliable_change_follows_jacobson_and_truax),
        cmocka_unit_test(the_direction_of_a_scale_decides_what_is_better),
        cmocka_unit_test(the_cutoff_lies_between_the_two_means),
        cmocka_unit_test(alpha_of_one_item_twice_is_one),
        cmocka_unit_test(alpha_agrees_with_its_definition),
        cmocka_unit_test(alpha_needs_people_items_and_differences),
    };

    stats_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
