// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_run.h"
#include "tests/support/check.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *folder;
static struct rk_arena *arena;

static int begin(void **state)
{
    (void)state;
    folder = check_folder();
    arena = rk_arena_new();
    return 0;
}

static int end(void **state)
{
    (void)state;
    rk_arena_free(arena);
    return 0;
}

enum { ARGUMENTS = 20 };

/* A command line from a text with blanks between arguments; returns argc. */
static int split(const char *line, char **argv)
{
    char *copy = rk_arena_copy(arena, line), *rest;
    int argc = 0;

    for (char *word = strtok_r(copy, " ", &rest); word; word = strtok_r(NULL, " ", &rest))
        argv[argc++] = word;
    argv[argc] = NULL;
    return argc;
}

static rk_status open_run(struct rk_run *run, const char *line, const char **operands,
                          size_t *count)
{
    char *argv[ARGUMENTS];
    int argc = split(line, argv);

    return rk_run_open(run, "reckon-clean", argc, argv, "Usage: ...\n", operands, count);
}

static void options_are_read_in_every_spelling(void **state)
{
    static const char *const lines[] = {
        "x study -o out --data extracts --as-at 2015-09-30 --internal -v -n --json",
        "x -oout --data=extracts --as-at=2015-09-30 --internal --verbose --dry-run --json "
        "study",
        "x --out out -n -v --json --internal --data extracts --as-at 2015-09-30 -- study",
    };

    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        const char *operands[ARGUMENTS];
        size_t count = 0;
        struct rk_run run;

        CHECK_OK(open_run(&run, lines[i], operands, &count));
        CHECK_INT(count, 1);
        CHECK_TEXT(operands[0], "study");
        CHECK_TEXT(run.out_dir, "out");
        CHECK_TEXT(run.data_dir, "extracts");
        CHECK_TEXT(run.as_at, "2015-09-30");
        CHECK(run.internal && run.verbose && run.dry_run && run.json && !run.quiet);
        CHECK(!run.done);
        CHECK_TEXT(rk_run_path(&run, "10-clean", "a.csv"), "out/10-clean/a.csv");
        CHECK_TEXT(rk_run_path(&run, "10-clean", NULL), "out/10-clean");
        rk_run_close(&run);
    }
}

static void operands_after_two_dashes_are_no_options(void **state)
{
    const char *operands[ARGUMENTS];
    size_t count = 0;
    struct rk_run run;

    (void)state;
    CHECK_OK(open_run(&run, "x - -- -q --out", operands, &count));
    CHECK_INT(count, 3);
    CHECK_TEXT(operands[0], "-");
    CHECK_TEXT(operands[1], "-q");
    CHECK_TEXT(operands[2], "--out");
    CHECK(!run.quiet);
    rk_run_close(&run);
}

static void a_wrong_command_line_is_explained(void **state)
{
    static const struct {
        const char *line, *said;
    } rows[] = {
        {"x --intrenal s",        "unknown option --intrenal; did you mean --internal?"  },
        {"x --nothing-like-it s", "unknown option --nothing-like-it; reckon-clean --help"},
        {"x -z",                  "unknown option -z"                                    },
        {"x -qv",                 "unknown option -qv"                                   },
        {"x s -o",                "-o needs a value"                                     },
        {"x s --data=",           "the value of --data is empty"                         },
        {"x --internal=yes",      "--internal takes no value"                            },
        {"x --as-at 30/09/2015",  "--as-at \"30/09/2015\" is not a date; write it like"  },
        {"x -q -v",               "-q and -v contradict each other"                      },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *operands[ARGUMENTS];
        size_t count;
        struct rk_run run;

        check_stderr_begin();
        CHECK_INT(open_run(&run, rows[i].line, operands, &count), RK_USAGE);
        rk_run_close(&run);
        CHECK_HAS(check_stderr_end(), rows[i].said);
    }
}

static rk_status work(struct rk_run *run)
{
    rk_run_report(run, "clean", "%d rows read", 7);
    return run->internal ? RK_CHECK : RK_OK;
}

static const struct rk_stage stage = {
    "clean",        "Turns extracts into tidy files.", "the extracts",
    "OUT/10-clean", "  reckon-clean study -o out\n",   work,
};

/* Exit status of the stage in a child; what it prints is in *out and *err. */
static int run_stage(const char *line, char **out, char **err)
{
    char *argv[ARGUMENTS];
    int argc = split(line, argv), status;
    pid_t child;

    check_stderr_begin();
    fflush(stdout);
    child = fork();
    if (child == 0) {
        const char *path = rk_arena_printf(arena, "%s/stdout", folder);
        int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

        dup2(file, STDOUT_FILENO);
        status = rk_run_main(argc, argv, &stage);
        fflush(stdout);
        check_exit(status);
    }
    waitpid(child, &status, 0);
    *err = check_stderr_end();
    *out = check_read(folder, "stdout");
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void a_stage_runs_and_its_status_is_the_exit_status(void **state)
{
    char *out, *err;

    (void)state;
    CHECK_INT(
        run_stage(rk_arena_printf(arena, "x study -o %s/new/out", folder), &out, &err),
        RK_OK);
    CHECK_TEXT(err, "clean     7 rows read\n");
    CHECK_TEXT(out, "");
    CHECK(check_exists(folder, "new/out"));
    CHECK(!check_exists(folder, "new/out/.lock"));
    CHECK_INT(
        run_stage(rk_arena_printf(arena, "x study -q --internal -o %s/new/out", folder),
                  &out, &err),
        RK_CHECK);
    CHECK_TEXT(err, "");
}

static void help_leads_with_examples_and_version_is_one_line(void **state)
{
    char *out, *err;

    (void)state;
    CHECK_INT(run_stage("x --help", &out, &err), RK_OK);
    CHECK_HAS(
        out, "Turns extracts into tidy files.\n\nExamples:\n  reckon-clean study -o out\n");
    CHECK_HAS(out, "--as-at DATE");
    CHECK_TEXT(err, "");
    CHECK_INT(run_stage("x study --version", &out, &err), RK_OK);
    CHECK_TEXT(out, "reckon-clean " RK_VERSION "\n");
}

static void help_that_cannot_be_printed_is_no_success(void **state)
{
    char *argv[ARGUMENTS];
    int argc = split("x --help", argv), status;
    pid_t child;

    (void)state;
    check_stderr_begin();
    fflush(stdout);
    child = fork();
    if (child == 0) {
        dup2(open("/dev/full", O_WRONLY), STDOUT_FILENO);
        check_exit(rk_run_main(argc, argv, &stage));
    }
    waitpid(child, &status, 0);
    CHECK_INT(WEXITSTATUS(status), RK_WORLD);
    CHECK_HAS(check_stderr_end(), "standard output: cannot write: No space left");
}

static void what_is_missing_on_the_command_line_is_asked_for(void **state)
{
    char *out, *err;

    (void)state;
    CHECK_INT(run_stage("x", &out, &err), RK_USAGE);
    CHECK_HAS(err, "which study?");
    CHECK_INT(run_stage("x study", &out, &err), RK_USAGE);
    CHECK_HAS(err, "Add -o OUT");
    CHECK_INT(run_stage("x a b -o out", &out, &err), RK_USAGE);
    CHECK_HAS(err, "one study at a time; 2 were given");
}

static void two_runs_in_one_folder_do_not_mix(void **state)
{
    const char *line = rk_arena_printf(arena, "x study -o %s/shared", folder);
    const char *operands[ARGUMENTS];
    char *out, *err;
    struct rk_run run;
    size_t count;

    (void)state;
    CHECK_OK(open_run(&run, line, operands, &count));
    CHECK_OK(rk_run_lock(&run));
    CHECK_OK(rk_run_lock(&run));
    CHECK_INT(run_stage(line, &out, &err), RK_WORLD);
    CHECK_HAS(err, "/shared: another run is working in this folder; wait for it to end");
    rk_run_close(&run);
    CHECK_INT(run_stage(line, &out, &err), RK_OK);
}

static void a_lock_that_is_not_ours_is_refused(void **state)
{
    const char *line = rk_arena_printf(arena, "x study -o %s/odd", folder);
    char *out, *err;

    (void)state;
    check_write(folder, "odd/.lock/x", "");
    CHECK_INT(run_stage(line, &out, &err), RK_WORLD);
    CHECK_HAS(err, "cannot open the lock: Is a directory");
    CHECK_OK(unlink(rk_arena_printf(arena, "%s/odd/.lock/x", folder)));
    CHECK_OK(rmdir(rk_arena_printf(arena, "%s/odd/.lock", folder)));
    CHECK_OK(mkfifo(rk_arena_printf(arena, "%s/odd/.lock", folder), 0600));
    CHECK_INT(run_stage(line, &out, &err), RK_WORLD);
    CHECK_HAS(err, "/odd/.lock: is no lock of ours");
    CHECK_OK(unlink(rk_arena_printf(arena, "%s/odd/.lock", folder)));
    CHECK_OK(symlink("/nonexistent/x", rk_arena_printf(arena, "%s/odd/.lock", folder)));
    CHECK_INT(run_stage(line, &out, &err), RK_WORLD);
}

static void an_output_folder_that_cannot_be_is_named(void **state)
{
    char *out, *err;

    (void)state;
    check_write(folder, "file", "");
    CHECK_INT(run_stage(rk_arena_printf(arena, "x s -o %s/file", folder), &out, &err),
              RK_WORLD);
    CHECK_HAS(err, "/file: is a file; -o names a folder");
    CHECK_INT(run_stage(rk_arena_printf(arena, "x s -o %s/file/out", folder), &out, &err),
              RK_WORLD);
    CHECK_HAS(err, "cannot make the folder");
}

static void the_process_is_made_fit_for_work(void **state)
{
    const char *operands[ARGUMENTS];
    struct rk_run run;
    int status;
    size_t count;
    pid_t child = fork();

    (void)state;
    if (child == 0) {
        struct sigaction action;

        close(0);
        close(2);
        signal(SIGCHLD, SIG_IGN);
        if (open_run(&run, "x", operands, &count) != RK_OK) check_exit(1);
        sigaction(SIGCHLD, NULL, &action);
        if (action.sa_handler != SIG_DFL) check_exit(2);
        check_exit(fcntl(0, F_GETFD) < 0 || fcntl(2, F_GETFD) < 0 ? 3 : 0);
    }
    waitpid(child, &status, 0);
    CHECK_INT(status, 0);
}

static void shared_files_are_found_where_they_may_be(void **state)
{
    const char *operands[ARGUMENTS], *path = NULL;
    size_t count;
    struct rk_run run;

    (void)state;
    check_write(folder, "share/themes/plain.yaml", "a: 1\n");
    setenv("RECKON_SHARE", rk_arena_printf(arena, "%s/share", folder), 1);
    CHECK_OK(open_run(&run, "x", operands, &count));
    CHECK_OK(rk_run_share(&run, "themes", "plain.yaml", &path));
    CHECK_TEXT(path, rk_arena_printf(arena, "%s/share/themes/plain.yaml", folder));
    check_stderr_begin();
    CHECK_INT(rk_run_share(&run, "themes", "none.yaml", &path), RK_WORLD);
    CHECK_INT(rk_run_share(&run, "themes", "../x", &path), RK_STUDY);
    CHECK_INT(rk_run_share(&run, "themes", "a/../x", &path), RK_STUDY);
    CHECK_INT(rk_run_share(&run, "themes", "/etc/passwd", &path), RK_STUDY);
    CHECK_INT(rk_run_share(&run, "themes", "", &path), RK_STUDY);
    CHECK_HAS(check_stderr_end(), "themes/none.yaml is nowhere");
    setenv("RECKON_SHARE", "", 1);
    check_stderr_begin();
    CHECK_INT(rk_run_share(&run, "themes", "none.yaml", &path), RK_WORLD);
    unsetenv("RECKON_SHARE");
    CHECK_INT(rk_run_share(&run, "themes", "none.yaml", &path), RK_WORLD);
    check_stderr_end();
    rk_run_close(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_are_read_in_every_spelling),
        cmocka_unit_test(operands_after_two_dashes_are_no_options),
        cmocka_unit_test(a_wrong_command_line_is_explained),
        cmocka_unit_test(a_stage_runs_and_its_status_is_the_exit_status),
        cmocka_unit_test(help_leads_with_examples_and_version_is_one_line),
        cmocka_unit_test(help_that_cannot_be_printed_is_no_success),
        cmocka_unit_test(what_is_missing_on_the_command_line_is_asked_for),
        cmocka_unit_test(two_runs_in_one_folder_do_not_mix),
        cmocka_unit_test(a_lock_that_is_not_ours_is_refused),
        cmocka_unit_test(an_output_folder_that_cannot_be_is_named),
        cmocka_unit_test(the_process_is_made_fit_for_work),
        cmocka_unit_test(shared_files_are_found_where_they_may_be),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
