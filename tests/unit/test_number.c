// SPDX-License-Identifier: MIT
#include "render/number.h"
#include "tests/support/check.h"

static void half_goes_away_from_zero_on_the_decimal_value(void **state)
{
    static const struct {
        double value;
        int decimals;
        double rounded;
    } cases[] = {
        {12.5, 0, 13},      {0.25, 1, 0.3},   {0.35, 1, 0.4},     {-0.35, 1, -0.4},
        {7.361963, 1, 7.4}, {9.95, 1, 10},    {99.95, 1, 100},    {0.04, 1, 0},
        {0.05, 1, 0.1},     {1234.5, 0, 1235}, {-0.04, 1, 0},     {2.675, 2, 2.68},
        {0.5, 0, 1},        {0.49, 0, 0},     {5.0761421, 2, 5.08}, {100, 1, 100},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        CHECK_NEAR(render_round(cases[i].value, cases[i].decimals), cases[i].rounded, 1e-12);
}

static void numbers_read_as_people_write_them(void **state)
{
    struct rk_arena *arena = rk_arena_new();

    (void)state;
    CHECK_TEXT(render_number(arena, 1897, 0, NUMBER_PLAIN), "1,897");
    CHECK_TEXT(render_number(arena, 1234567.25, 1, NUMBER_PLAIN), "1,234,567.3");
    CHECK_TEXT(render_number(arena, -8.59, 1, NUMBER_PLAIN), "\u22128.6");
    CHECK_TEXT(render_number(arena, 7.36, 1, NUMBER_SIGNED), "+7.4");
    CHECK_TEXT(render_number(arena, -0.01, 1, NUMBER_SIGNED), "0.0");
    CHECK_TEXT(render_number(arena, -7.36, 1, NUMBER_SIZE), "7.4");
    CHECK_TEXT(render_number_word(arena, 9), "nine");
    CHECK_TEXT(render_number_word(arena, 11), "11");
    CHECK_TEXT(render_p(arena, 0.0004), "p < 0.001");
    CHECK_TEXT(render_p(arena, 0.0347), "p = 0.035");
    CHECK_TEXT(render_p(arena, 0.346), "p = 0.35");
    CHECK_TEXT(render_date(arena, 16507), "13 March 2015");
    rk_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(half_goes_away_from_zero_on_the_decimal_value),
        cmocka_unit_test(numbers_read_as_people_write_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
