// SPDX-License-Identifier: MIT
#include "tests/support/check.h"

#include "stats/stats_base.h"

static void percentages_give_back_their_counts(void **state)
{
    const long percent[] = {368, 276,  276, 123,
                            736, 6319, 1902}; /* Table 7.2, two decimals */
    const long expected[] = {12, 9, 9, 4, 24, 206, 62};
    long smallest, fitting, counts[7];

    (void)state;
    CHECK_OK(stats_base_search(percent, 7, 2, 10, 600, 1, &smallest, &fitting, counts));
    CHECK_INT(smallest, 326);
    CHECK_INT(fitting, 1);
    for (int i = 0; i < 7; i++)
        CHECK_INT(counts[i], expected[i]);
}

static void shares_of_separate_questions_need_not_sum(void **state)
{
    const long percent[] = {3455, 4364};
    long smallest, fitting, counts[2];

    (void)state;
    CHECK_OK(stats_base_search(percent, 2, 2, 10, 600, 0, &smallest, &fitting, counts));
    CHECK_INT(smallest, 55);
    CHECK_INT(fitting, 10); /* every multiple of 55 */
    CHECK_INT(counts[0], 19);
    CHECK_INT(stats_base_search(percent, 2, 2, 10, 600, 1, &smallest, &fitting, counts),
              STATS_UNDEFINED);
    CHECK_INT(smallest, 55);
}

/* Any counts come back from their own rounded percentages. */
static void every_base_fits_its_own_percentages(void **state)
{
    (void)state;
    for (long n = 7; n < 400; n += 31) {
        long count[] = {n / 5, n / 3, 0}, percent[3], back[3], sum = 0;
        count[2] = n - count[0] - count[1];
        for (int i = 0; i < 3; i++)
            percent[i] = (count[i] * 2000 + n) / (2 * n); /* one decimal, half up */
        CHECK_OK(stats_base_fits(percent, 3, 1, n, 1, back));
        for (int i = 0; i < 3; i++)
            sum += back[i];
        CHECK_INT(sum, n);
        CHECK_OK(stats_base_fits(percent, 3, 1, n, 0, back));
    }
}

static void coarse_percentages_settle_on_the_base(void **state)
{
    const long percent[] = {33, 33, 33}; /* no decimals: 1000 people may be 334, 333, 333 */
    long counts[3];

    (void)state;
    CHECK_OK(stats_base_fits(percent, 3, 0, 1000, 1, counts));
    CHECK_INT(counts[0] + counts[1] + counts[2], 1000);
    CHECK(counts[0] <= 335 && counts[2] >= 325);
}

static void impossible_questions_are_refused(void **state)
{
    const long percent[] = {50, -1};
    long smallest = -7, fitting = -7, counts[2];

    (void)state;
    CHECK_INT(stats_base_fits(percent, 2, 0, 10, 0, counts), STATS_DOMAIN);
    CHECK_INT(stats_base_fits(percent, 1, 7, 10, 0, counts), STATS_DOMAIN);
    CHECK_INT(stats_base_fits(percent, 1, 0, 0, 0, counts), STATS_DOMAIN);
    CHECK_INT(stats_base_search(percent, 1, 0, 20, 10, 0, &smallest, &fitting, counts),
              STATS_DOMAIN);
    CHECK_INT(smallest, -7);
    CHECK_INT(fitting, -7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(percentages_give_back_their_counts),
        cmocka_unit_test(shares_of_separate_questions_need_not_sum),
        cmocka_unit_test(every_base_fits_its_own_percentages),
        cmocka_unit_test(coarse_percentages_settle_on_the_base),
        cmocka_unit_test(impossible_questions_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
