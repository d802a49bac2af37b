// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_diag.h"
#include "tests/support/check.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct rk_diag *begin(void)
{
    struct rk_diag *diag = rk_diag_new("reckon");

    check_stderr_begin();
    return diag;
}

static void a_message_says_where_and_what(void **state)
{
    static const struct {
        struct rk_place place;
        enum rk_diag_level level;
        const char *printed;
    } rows[] = {
        {{"study.yaml", 12, 5},
         RK_DIAG_ERROR,                        "reckon: study.yaml:12:5: unknown key \"a\"\n"   },
        {{"a.csv", 214, 0},
         RK_DIAG_WARNING,                      "reckon: a.csv:214: warning: unknown key \"a\"\n"},
        {{"a.csv", 0, 0},       RK_DIAG_NOTE,  "reckon: a.csv: note: unknown key \"a\"\n"       },
        {{NULL, 3, 4},          RK_DIAG_ERROR, "reckon: unknown key \"a\"\n"                    },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct rk_diag *diag = begin();

        rk_diag_say(diag, rows[i].level, rows[i].place, "unknown key \"%s\"", "a");
        CHECK_TEXT(check_stderr_end(), rows[i].printed);
        rk_diag_free(diag);
    }
}

static void errors_and_warnings_are_counted_and_fail_returns_its_status(void **state)
{
    struct rk_diag *diag = begin();

    (void)state;
    CHECK_INT(rk_fail(diag, RK_STUDY, RK_NOWHERE, "wrong"), RK_STUDY);
    rk_diag_say(diag, RK_DIAG_WARNING, RK_NOWHERE, "odd");
    rk_diag_say(diag, RK_DIAG_NOTE, RK_NOWHERE, "by the way");
    check_stderr_end();
    CHECK_INT(rk_diag_errors(diag), 1);
    CHECK_INT(rk_diag_warnings(diag), 1);
    rk_diag_free(diag);
}

static size_t lines_of(const char *text)
{
    size_t lines = 0;

    for (; *text; text++)
        lines += *text == '\n';
    return lines;
}

static void without_a_name_nothing_is_said_but_counted(void **state)
{
    struct rk_diag *diag = rk_diag_new(NULL);

    (void)state;
    check_stderr_begin();
    CHECK_INT(rk_fail(diag, RK_STUDY, RK_NOWHERE, "wrong"), RK_STUDY);
    rk_diag_flush(diag);
    CHECK_TEXT(check_stderr_end(), "");
    CHECK_INT(rk_diag_errors(diag), 1);
    rk_diag_free(diag);
}

static void repeats_of_one_kind_are_grouped(void **state)
{
    struct rk_diag *diag = begin();
    const char *said;

    (void)state;
    for (size_t line = 1; line <= 1000; line++)
        rk_diag_say(diag, RK_DIAG_WARNING, RK_AT("a.csv", line, 0), "\"%zu/13\" is no date",
                    line);
    rk_diag_say(diag, RK_DIAG_WARNING, RK_AT("a.csv", 7, 0), "another kind");
    rk_diag_flush(diag);
    said = check_stderr_end();
    CHECK_INT(lines_of(said), 7);
    CHECK_HAS(said, "a.csv:5: warning: \"5/13\" is no date\n");
    CHECK_LACKS(said, "a.csv:6:");
    CHECK_HAS(said, "another kind");
    CHECK_HAS(said, "and 995 more like \"\"1/13\" is no date\", the last at a.csv:1000");
    CHECK_INT(rk_diag_warnings(diag), 1001);
    rk_diag_free(diag);
}

static void verbose_shows_all_and_quiet_hides_notes_only(void **state)
{
    struct rk_diag *diag = begin();
    const char *said;

    (void)state;
    rk_diag_verbosity(diag, false, true);
    for (int i = 0; i < 20; i++)
        rk_diag_say(diag, RK_DIAG_NOTE, RK_NOWHERE, "number %d", i);
    rk_diag_flush(diag);
    said = check_stderr_end();
    CHECK_INT(lines_of(said), 20);
    check_stderr_begin();
    rk_diag_verbosity(diag, true, false);
    rk_diag_say(diag, RK_DIAG_NOTE, RK_NOWHERE, "a note");
    rk_diag_say(diag, RK_DIAG_WARNING, RK_NOWHERE, "a warning");
    said = check_stderr_end();
    CHECK_LACKS(said, "a note");
    CHECK_HAS(said, "a warning");
    rk_diag_free(diag);
}

static void a_bare_text_is_never_grouped(void **state)
{
    struct rk_diag *diag = begin();

    (void)state;
    for (int i = 0; i < 9; i++)
        rk_diag_say(diag, RK_DIAG_ERROR, RK_NOWHERE, "%s", "unlike the others");
    rk_diag_flush(diag);
    CHECK_INT(lines_of(check_stderr_end()), 9);
    rk_diag_free(diag);
}

static void nothing_in_a_message_reaches_the_terminal_as_a_command(void **state)
{
    struct rk_diag *diag = begin();
    const char *said;

    (void)state;
    rk_diag_say(diag, RK_DIAG_ERROR, RK_AT("a\033[2J\n.csv", 1, 0), "value \"%s\"",
                "\033]0;title\007 a\nb\tc \x9b \xc2\x9b \xe2\x80\xae \x7f Ł");
    said = check_stderr_end();
    CHECK_TEXT(said,
               "reckon: a\\x1b[2J\\n.csv:1: value \"\\x1b]0;title\\x07 a\\nb\\tc \\x9b "
               "\\x9b \\u202e \\x7f Ł\"\n");
    rk_diag_free(diag);
}

/* What a terminal gets for one warning. */
static char *on_terminal(const char *term, const char *no_colour)
{
    static char said[512];
    int master = posix_openpt(O_RDWR | O_NOCTTY), real = dup(STDERR_FILENO), slave;
    struct rk_diag *diag;
    ssize_t bytes;

    CHECK(master >= 0 && grantpt(master) == 0 && unlockpt(master) == 0);
    slave = open(ptsname(master), O_RDWR | O_NOCTTY);
    CHECK(slave >= 0);
    setenv("TERM", term, 1);
    setenv("NO_COLOR", no_colour, 1);
    dup2(slave, STDERR_FILENO);
    diag = rk_diag_new("reckon");
    rk_diag_say(diag, RK_DIAG_WARNING, RK_AT("a.csv", 7, 0), "odd");
    rk_diag_free(diag);
    dup2(real, STDERR_FILENO);
    bytes = read(master, said, sizeof said - 1);
    said[bytes > 0 ? bytes : 0] = '\0';
    close(slave);
    close(master);
    close(real);
    return said;
}

/* A bare chroot has no pseudo-terminals. */
static bool has_terminals(void)
{
    int master = posix_openpt(O_RDWR | O_NOCTTY);
    bool there = master >= 0 && grantpt(master) == 0 && unlockpt(master) == 0;

    if (master >= 0)
        close(master);
    return there;
}

static void colours_are_for_terminals_that_want_them(void **state)
{
    (void)state;
    if (!has_terminals()) {
        print_message("skipped: this machine has no pseudo-terminals\n");
        skip();
    }
    CHECK_HAS(on_terminal("xterm", ""),
              "\033[1mreckon: a.csv:7: \033[0m\033[33mwarning: odd");
    CHECK_TEXT(on_terminal("xterm", "1"), "reckon: a.csv:7: warning: odd\r\n");
    CHECK_TEXT(on_terminal("dumb", ""), "reckon: a.csv:7: warning: odd\r\n");
}

static void a_giant_value_is_cut_between_characters(void **state)
{
    struct rk_diag *diag = begin();
    char giant[9001];
    const char *said;

    (void)state;
    for (size_t i = 0; i < 9000; i += 3)
        memcpy(giant + i, "€", 3);
    giant[9000] = '\0';
    for (int i = 0; i < 7; i++)
        rk_diag_say(diag, RK_DIAG_ERROR, RK_NOWHERE, "value %s", giant);
    rk_diag_flush(diag);
    said = check_stderr_end();
    CHECK(strlen(said) < 6 * 2100);
    CHECK_HAS(said, "€...\n");
    CHECK_LACKS(said, "\\x");
    rk_diag_free(diag);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_message_says_where_and_what),
        cmocka_unit_test(errors_and_warnings_are_counted_and_fail_returns_its_status),
        cmocka_unit_test(without_a_name_nothing_is_said_but_counted),
        cmocka_unit_test(repeats_of_one_kind_are_grouped),
        cmocka_unit_test(verbose_shows_all_and_quiet_hides_notes_only),
        cmocka_unit_test(a_bare_text_is_never_grouped),
        cmocka_unit_test(nothing_in_a_message_reaches_the_terminal_as_a_command),
        cmocka_unit_test(colours_are_for_terminals_that_want_them),
        cmocka_unit_test(a_giant_value_is_cut_between_characters),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
