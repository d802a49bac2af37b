// SPDX-License-Identifier: MIT
/* The child process: one that is missing, hangs, dies, lies or floods must never pass for a
 * chart, nor hold us up. */
#include "render/gnuplot.h"
#include "tests/support/chart_case.h"
#include "tests/support/check.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static struct rk_arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = rk_arena_new();
    setenv("RECKON_GNUPLOT_SECONDS", "0.3", 1);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    rk_arena_free(arena);
    return 0;
}

/** Two charts, "first" and "second", drawn by this shell script instead of gnuplot ("" for
 * the real one). What was said, and the status. */
static const char *drawn_by(const char *script, rk_status *status, const char **folder)
{
    static const struct chart_case about = {"first", CHART_BARS, UNIT_CLIENTS,
                                            "A|B",   "S",        .values = "1;2"};
    struct chart_spec specs[2];
    for (int i = 0; i < 2; i++)
        specs[i] = chart_case_spec(arena, &about);
    specs[1].id = "second";
    if (*script) {
        const char *path = check_write(check_folder(), "fake", script);
        chmod(path, 0700);
        setenv("RECKON_GNUPLOT", path, 1);
    } else {
        unsetenv("RECKON_GNUPLOT");
    }
    check_stderr_begin();
    *status = chart_case_draw(arena, specs, 2, folder);
    return check_stderr_end();
}

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void a_gnuplot_that_misbehaves_is_found_out(void **state)
{
    static const struct {
        const char *script, *said;
    } cases[] = {
        {"#!/bin/sh\nexit 0\n",                                                    "chart first was not drawn: gnuplot drew nothing"},
        {"#!/bin/sh\nwhile read x; do :; done\nexit 3\n",                          "gnuplot ended with status 3"                    },
        {"#!/bin/sh\nwhile read x; do :; done\nkill -SEGV $$\n",
         "gnuplot was ended by signal 11"                                                                                           },
        {"#!/bin/sh\nexec sleep 20\n",                                             "gnuplot took too long and was stopped"          },
        {"#!/bin/sh\nwhile read x; do :; done\nexec sleep 20\n",                   "took too long"                                  },
        {"#!/bin/sh\nexec >&- 2>&-\nexec sleep 20\n",                              "took too long"                                  },
        {"#!/bin/sh\nwhile read x; do :; done\nprintf 'chart 0\\nsize 453.54 '\n",
         "cut short"                                                                                                                },
        {"#!/bin/sh\nwhile read x; do :; done\nprintf 'chart 0\\nsize 9 9\\nfinish 0 "
         "0\\n'\n",                                                       "another size"                                   },
        {"#!/bin/sh\nwhile read x; do :; done\nprintf 'chart 0\\nchart 0\\n'\n",
         "more than once"                                                                                                           },
        {"#!/bin/sh\nwhile read x; do :; done\nhead -c 100000 /dev/urandom\n",
         "drew nothing"                                                                                                             },
        {"#!/bin/sh\necho 'unknown or ambiguous terminal type' >&2\n",
         "has no Lua terminal"                                                                                                      },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        rk_status status;
        const char *folder;
        double before = seconds_now();
        const char *said = drawn_by(cases[i].script, &status, &folder);
        CHECK_INT(status, RK_WORLD);
        CHECK_HAS(said, cases[i].said);
        CHECK(!check_exists(folder, "first.draw"));
        CHECK(seconds_now() - before < 3);
    }
}

/** A gnuplot that answers what the real one did, spoilt by sed. It may start no process of
 * its own (the limit holds for everybody but root), so the answer is made beforehand. */
static const char *spoilt(const char *folder, const char *command)
{
    const char *answer = rk_arena_printf(arena, "%s/answer", check_folder());
    const char *made = rk_arena_printf(
        arena, "cd %s && cat first.gp second.gp | gnuplot -d 2>/dev/null | %s >%s", folder,
        command, answer);
    CHECK_INT(system(made), 0);
    return rk_arena_printf(arena, "#!/bin/sh\nwhile read x; do :; done\nexec /bin/cat %s\n",
                           answer);
}

static void a_spoilt_chart_is_named_and_the_other_one_is_drawn(void **state)
{
    static const struct {
        const char *command, *said;
    } cases[] = {
        {"sed '0,/^fill/{/^fill/d}'",
         "chart first was not drawn: gnuplot's picture has lost"                          },
        {"sed '0,/~0001/s/~0001/~0000/'",
         "chart first was not drawn: gnuplot printed a text"                              },
        {"sed '0,/~0001/s/~0001/pwned/'",            "a text that nobody gave it"         },
        {"sed '0,/~0001/s/~0001/~9999/'",            "a text that nobody gave it"         },
        {"sed '0,/^finish 0/{/^finish 0/d}'",        "chart first was not drawn: "        },
        {"sed '0,/^finish 0/s/^finish 0/finish 1/'", "chart first was not drawn: "        },
        {"sed '0,/^line/s/^line.*/line 1 red/'",     "chart first was not drawn: a colour"},
    };
    (void)state;
    rk_status status;
    const char *whole, *folder;
    setenv("RECKON_GNUPLOT_SECONDS", "10", 1);
    drawn_by("", &status, &whole);
    CHECK_OK(status);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *said = drawn_by(spoilt(whole, cases[i].command), &status, &folder);
        CHECK_INT(status, RK_WORLD);
        CHECK_HAS(said, cases[i].said);
        CHECK_LACKS(said, "chart second");
        CHECK(!check_exists(folder, "first.draw"));
        CHECK(check_exists(folder, "second.draw"));
    }
}

static void a_missing_gnuplot_says_what_to_install(void **state)
{
    rk_status status;
    const char *folder, *said;
    (void)state;
    setenv("RECKON_GNUPLOT", "/nowhere/gnuplot", 1);
    static const struct chart_case about = {"x", CHART_BARS, UNIT_CLIENTS,
                                            "A", "S",        .values = "1"};
    struct chart_spec spec = chart_case_spec(arena, &about);
    check_stderr_begin();
    status = chart_case_draw(arena, &spec, 1, &folder);
    said = check_stderr_end();
    unsetenv("RECKON_GNUPLOT");
    CHECK_INT(status, RK_WORLD);
    CHECK_HAS(said, "/nowhere/gnuplot is not installed");
    CHECK_HAS(said, "apt-get install gnuplot-nox");
}

static struct gnuplot_answer ask(const char *program, const char *script)
{
    struct rk_diag *diag = rk_diag_new("test");
    struct gnuplot_answer answer;
    if (program) {
        const char *path = check_write(check_folder(), "fake", program);
        chmod(path, 0700);
        setenv("RECKON_GNUPLOT", path, 1);
    }
    CHECK_OK(gnuplot_run(arena, diag, check_folder(), script, strlen(script), &answer));
    unsetenv("RECKON_GNUPLOT");
    rk_diag_free(diag);
    return answer;
}

static void the_child_sees_none_of_our_surroundings(void **state)
{
    (void)state;
    setenv("RECKON_GNUPLOT_SECONDS", "10", 1);
    setenv("HOME", "/tmp", 1);
    setenv("SECRET", "yes", 1);
    struct gnuplot_answer answer = ask("#!/bin/sh\nexec /usr/bin/env\n", "");
    CHECK_HAS(answer.out, "LC_ALL=C.UTF-8");
    CHECK_LACKS(answer.out, "SECRET");
    CHECK_LACKS(answer.out, "HOME=");
}

static void the_child_can_write_no_file(void **state)
{
    (void)state;
    const char *folder = check_folder();
    const char *path = rk_arena_printf(arena, "%s/written", folder);
    struct gnuplot_answer answer =
        ask(NULL, rk_arena_printf(arena, "set print '%s'\nprint 'x'\nunset print\n", path));
    (void)answer;
    char *text = check_read(folder, "written");
    CHECK(!text || !*text);
}

static void a_closed_stdin_and_ignored_children_change_nothing(void **state)
{
    int kept = dup(0);
    (void)state;
    close(0);
    signal(SIGCHLD, SIG_IGN);
    rk_status status;
    const char *folder;
    drawn_by("", &status, &folder);
    signal(SIGCHLD, SIG_DFL);
    dup2(kept, 0);
    close(kept);
    CHECK_OK(status);
    CHECK(check_exists(folder, "second.draw"));
}

static void a_long_script_and_a_long_answer_do_not_lock_each_other(void **state)
{
    size_t bytes = 4 << 20;
    char *script = malloc(bytes + 1);
    (void)state;
    memset(script, '\n', bytes);
    script[bytes] = '\0';
    struct gnuplot_answer answer = ask("#!/bin/sh\nexec /bin/cat\n", script);
    CHECK(answer.trouble == NULL);
    CHECK_INT(answer.out_bytes, bytes);
    answer = ask("#!/bin/sh\nexec /bin/cat >&2\n", script);
    CHECK_INT(answer.err_bytes, bytes);
    answer = ask("#!/bin/sh\nexec <&-\nexit 0\n", script);
    CHECK_TEXT(answer.trouble, "stopped reading its script");
    free(script);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_gnuplot_that_misbehaves_is_found_out),
        cmocka_unit_test(a_spoilt_chart_is_named_and_the_other_one_is_drawn),
        cmocka_unit_test(a_missing_gnuplot_says_what_to_install),
        cmocka_unit_test(the_child_sees_none_of_our_surroundings),
        cmocka_unit_test(the_child_can_write_no_file),
        cmocka_unit_test(a_closed_stdin_and_ignored_children_change_nothing),
        cmocka_unit_test(a_long_script_and_a_long_answer_do_not_lock_each_other),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
