// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_progress.h"
#include "tests/support/check.h"

#include <string.h>

static const struct {
    long done;
    double seconds, share;
    const char *expected;
} lines[] = {
    {1200000, 3,    0.2,  "clean     visits: 1,200,000 rows, 400,000 a second, 12 s left"  },
    {999,     2,    0,    "clean     visits: 999 rows, 499 a second"                       },
    {70000,   70,   0.01, "clean     visits: 70,000 rows, 1,000 a second, 116 min left"   },
    {5,       0,    0.5,  "clean     visits: 5 rows, 0 a second, 0 s left"                 },
    {4096,    4,    1.2,  "clean     visits: 4,096 rows, 1,024 a second"                   },
};

static void a_line_says_rows_rate_and_time_left(void **state)
{
    char text[160];

    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        rk_progress_text(text, sizeof text, "clean", "visits", "rows", lines[i].done,
                         lines[i].seconds, lines[i].share);
        CHECK_TEXT(text, lines[i].expected);
    }
    CHECK_INT(rk_progress_text(text, 20, "clean", "visits", "rows", 1, 1, 0.5), 19);
    CHECK_INT(strlen(text), 19);
}

static void nothing_is_said_where_no_terminal_is(void **state)
{
    char *said;

    (void)state;
    check_stderr_begin();
    rk_progress_allow(false);
    rk_progress_begin("clean", "visits", "rows", 10);
    for (int i = 0; i < 100000; i++)
        rk_progress_step(1, 1);
    rk_progress_end();
    said = check_stderr_end();
    CHECK_TEXT(said, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_says_rows_rate_and_time_left),
        cmocka_unit_test(nothing_is_said_where_no_terminal_is),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
