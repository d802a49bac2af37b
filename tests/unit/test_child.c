// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_child.h"

#include "tests/support/check.h"

#include <string.h>
#include <unistd.h>

static void two_programs_work_at_a_time_and_give_what_they_print(void **state)
{
    const char *const one[] = {"printf", "one", NULL}, *const two[] = {"printf", "two", NULL};
    struct rk_arena *arena = rk_arena_new();
    struct rk_diag *diag = rk_diag_new(NULL);
    struct rk_child first = rk_child_start(one), second = rk_child_start(two);
    char *text;

    (void)state;
    CHECK_OK(rk_child_end_text(arena, diag, &second, "printf", "two", &text));
    CHECK_TEXT(text, "two");
    CHECK_OK(rk_child_end_text(arena, diag, &first, "printf", "one", &text));
    CHECK_TEXT(text, "one");
    rk_diag_free(diag);
    rk_arena_free(arena);
}

static void what_cannot_run_or_fails_says_why(void **state)
{
    const char *const nothing[] = {"reckon-no-such-program", NULL}, *const fails[] = {"false", NULL};
    const char *why = NULL;

    (void)state;
    CHECK_INT(rk_child_run(nothing, &why), -1);
    CHECK_TEXT(why, "is not installed");
    CHECK_INT(rk_child_run(fails, &why), -1);
    CHECK_TEXT(why, "cannot read it");
}

static void what_is_dropped_is_not_waited_for(void **state)
{
    const char *const slow[] = {"sleep", "60", NULL};
    struct rk_child child = rk_child_start(slow), none = {0};

    (void)state;
    CHECK(child.pid > 0);
    rk_child_drop(&child);
    CHECK_INT(child.pid, 0);
    rk_child_drop(&child);
    rk_child_drop(&none);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_programs_work_at_a_time_and_give_what_they_print),
        cmocka_unit_test(what_cannot_run_or_fails_says_why),
        cmocka_unit_test(what_is_dropped_is_not_waited_for),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
