// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_cleanup.h"
#include "pipeline/base/rk_out.h"
#include "pipeline/base/rk_out_priv.h"
#include "tests/support/check.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static struct rk_arena *arena;
static struct rk_diag *diag;
static const char *folder, *target;

static int begin(void **state)
{
    (void)state;
    arena = rk_arena_new();
    diag = rk_diag_new("test");
    folder = check_folder();
    target = rk_arena_printf(arena, "%s/10-clean", folder);
    return 0;
}

static int end(void **state)
{
    (void)state;
    rk_diag_free(diag);
    rk_arena_free(arena);
    return 0;
}

static unsigned mode_of(const char *name)
{
    struct stat info;

    CHECK_INT(stat(rk_arena_printf(arena, "%s/%s", folder, name), &info), 0);
    return info.st_mode & 0777;
}

/* A whole set of results: a.csv and tables/b.csv holding `text`. */
static rk_status write_set(const char *text, bool secret)
{
    struct rk_out *out;
    FILE *file;

    RK_TRY(rk_out_begin(arena, diag, target, secret, &out));
    file = rk_out_open(out, "a.csv");
    if (file) fputs(text, file);
    file = rk_out_open(out, "tables/b.csv");
    if (file) fputs(text, file);
    return rk_out_commit(out);
}

static void nothing_is_seen_before_the_commit_and_all_after(void **state)
{
    struct rk_out *out;
    FILE *file;

    (void)state;
    CHECK_OK(rk_out_begin(arena, diag, target, false, &out));
    file = rk_out_open(out, "a.csv");
    fputs("one\n", file);
    CHECK(!check_exists(folder, "10-clean"));
    CHECK(check_exists(folder, ".10-clean.new"));
    CHECK_OK(rk_out_commit(out));
    rk_out_abandon(out);
    CHECK_TEXT(check_read(folder, "10-clean/a.csv"), "one\n");
    CHECK(!check_exists(folder, ".10-clean.new"));
}

static void a_new_set_replaces_the_old_one_whole(void **state)
{
    (void)state;
    check_write(folder, "10-clean/old.csv", "old");
    CHECK_OK(write_set("two\n", false));
    CHECK_TEXT(check_read(folder, "10-clean/a.csv"), "two\n");
    CHECK_TEXT(check_read(folder, "10-clean/tables/b.csv"), "two\n");
    CHECK(!check_exists(folder, "10-clean/old.csv"));
    CHECK(!check_exists(folder, ".10-clean.new"));
    CHECK(!check_exists(folder, ".10-clean.old"));
}

static void the_folder_may_be_named_in_any_way(void **state)
{
    struct rk_out *out;
    int here = open(".", O_RDONLY | O_DIRECTORY);

    (void)state;
    CHECK_INT(chdir(folder), 0);
    CHECK_OK(rk_out_begin(arena, diag, "bare//", false, &out));
    fputs("x", rk_out_open(out, "..hidden"));
    CHECK_OK(rk_out_commit(out));
    CHECK_OK(rk_out_file(diag, "bare.txt", "y", 1, 0600));
    CHECK_INT(fchdir(here), 0);
    close(here);
    CHECK_TEXT(check_read(folder, "bare/..hidden"), "x");
    CHECK_TEXT(check_read(folder, "bare.txt"), "y");
}

static void an_abandoned_set_leaves_the_old_one(void **state)
{
    struct rk_out *out;

    (void)state;
    CHECK_OK(write_set("good\n", false));
    CHECK_OK(rk_out_begin(arena, diag, target, false, &out));
    fputs("bad", rk_out_open(out, "a.csv"));
    rk_out_abandon(out);
    rk_out_abandon(out);
    CHECK_TEXT(check_read(folder, "10-clean/a.csv"), "good\n");
    CHECK(!check_exists(folder, ".10-clean.new"));
}

static void folders_with_people_are_for_their_owner_only(void **state)
{
    mode_t old = umask(0);

    (void)state;
    CHECK_OK(write_set("secret\n", true));
    CHECK_INT(mode_of("10-clean"), 0700);
    CHECK_INT(mode_of("10-clean/a.csv"), 0600);
    CHECK_INT(mode_of("10-clean/tables"), 0700);
    umask(022);
    CHECK_OK(write_set("public\n", false));
    CHECK_INT(mode_of("10-clean"), 0755);
    CHECK_INT(mode_of("10-clean/a.csv"), 0644);
    umask(old);
}

static void what_a_library_writes_is_part_of_the_set(void **state)
{
    struct rk_out *out;
    const char *path;
    FILE *file;

    (void)state;
    CHECK_OK(rk_out_begin(arena, diag, target, true, &out));
    path = rk_out_path(out, "deep/er/x.svg");
    file = fopen(path, "w");
    fputs("<svg/>", file);
    fclose(file);
    CHECK_OK(rk_out_commit(out));
    CHECK_TEXT(check_read(folder, "10-clean/deep/er/x.svg"), "<svg/>");
    CHECK_INT(mode_of("10-clean/deep/er/x.svg"), 0600);

    CHECK_OK(rk_out_begin(arena, diag, target, true, &out));
    CHECK(rk_out_path(out, "never-written") != NULL);
    check_stderr_begin();
    CHECK_INT(rk_out_commit(out), RK_WORLD);
    CHECK_HAS(check_stderr_end(), "never-written: cannot write: No such file");
    CHECK(check_exists(folder, "10-clean/deep/er/x.svg"));
}

static void a_file_may_be_closed_before_the_commit(void **state)
{
    struct rk_out *out;

    (void)state;
    CHECK_OK(rk_out_begin(arena, diag, target, false, &out));
    for (int i = 0; i < 5; i++) {
        FILE *file = rk_out_open(out, rk_arena_printf(arena, "%d.csv", i));

        fprintf(file, "%d\n", i);
        if (i != 2) /* the commit closes this one */
            CHECK_OK(rk_out_close(out, file));
    }
    CHECK_OK(rk_out_commit(out));
    for (int i = 0; i < 5; i++)
        CHECK_TEXT(check_read(folder, rk_arena_printf(arena, "10-clean/%d.csv", i)),
                   rk_arena_printf(arena, "%d\n", i));
}

static void no_name_leads_out_of_the_folder(void **state)
{
    static const char *const names[] = {"../x",  "/etc/x", "a/../../x", "", "a//b",
                                        "a/./b", "..",     "a/",        "."};

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct rk_out *out;

        CHECK_OK(rk_out_begin(arena, diag, target, false, &out));
        check_stderr_begin();
        CHECK(rk_out_open(out, names[i]) == NULL);
        CHECK(rk_out_path(out, "fine") == NULL);
        CHECK_INT(rk_out_commit(out), RK_STUDY);
        check_stderr_end();
    }
    CHECK(!check_exists(folder, "x"));
}

static void the_same_name_twice_is_refused(void **state)
{
    struct rk_out *out;

    (void)state;
    CHECK_OK(rk_out_begin(arena, diag, target, false, &out));
    CHECK(rk_out_open(out, "a") != NULL);
    check_stderr_begin();
    CHECK(rk_out_open(out, "a") == NULL);
    CHECK_INT(rk_out_commit(out), RK_WORLD);
    CHECK_HAS(check_stderr_end(), "File exists");
}

static void what_a_killed_run_left_is_removed_but_no_link_is_followed(void **state)
{
    const char *elsewhere = check_folder();

    (void)state;
    check_write(elsewhere, "precious", "kept");
    check_write(folder, ".10-clean.new/left/over.csv", "half");
    CHECK_INT(symlink(elsewhere, rk_arena_printf(arena, "%s/.10-clean.new/link", folder)),
              0);
    CHECK_OK(write_set("fresh\n", false));
    CHECK(!check_exists(folder, "10-clean/left"));
    CHECK_TEXT(check_read(elsewhere, "precious"), "kept");

    CHECK_INT(symlink(elsewhere, rk_arena_printf(arena, "%s/.10-clean.new", folder)), 0);
    CHECK_OK(write_set("fresh\n", false));
    CHECK_TEXT(check_read(elsewhere, "precious"), "kept");
    CHECK(!check_exists(elsewhere, "a.csv"));
}

static void results_of_a_run_killed_between_two_renames_come_back(void **state)
{
    struct rk_out *out;

    (void)state;
    rk_remove_tree(target);
    check_write(folder, ".10-clean.old/a.csv", "last good");
    CHECK_OK(rk_out_begin(arena, diag, target, false, &out));
    rk_out_abandon(out);
    CHECK_TEXT(check_read(folder, "10-clean/a.csv"), "last good");
    check_write(folder, ".10-clean.old/a.csv", "older");
    CHECK_OK(rk_out_begin(arena, diag, target, false, &out));
    rk_out_abandon(out);
    CHECK_TEXT(check_read(folder, "10-clean/a.csv"), "last good");
    CHECK(!check_exists(folder, ".10-clean.old"));
}

static const char *in_folder(const char *name)
{
    return rk_arena_printf(arena, "%s/%s", folder, name);
}

static void two_steps_do_what_an_exchange_does(void **state)
{
    (void)state;
    check_write(folder, "swap.new/a", "new");
    check_write(folder, "swap/a", "old");
    check_write(folder, "swap.old/a", "older");
    CHECK(out_swap_in_two(in_folder("swap.new"), in_folder("swap"), in_folder("swap.old")));
    CHECK_TEXT(check_read(folder, "swap/a"), "new");
    CHECK(!check_exists(folder, "swap.old"));
    CHECK(!check_exists(folder, "swap.new"));
    /* the second step fails: there is nothing to put in place */
    CHECK(
        !out_swap_in_two(in_folder("swap.new"), in_folder("swap"), in_folder("swap.old")));
    CHECK_INT(errno, ENOENT);
    CHECK_TEXT(check_read(folder, "swap/a"), "new");
    CHECK(!out_swap(in_folder("swap.new"), in_folder("swap"), in_folder("swap.old")));
    CHECK_TEXT(check_read(folder, "swap/a"), "new");
    CHECK(!out_swap_in_two(in_folder("none"), in_folder("nothing"), in_folder("swap.old")));
}

static void what_is_remembered_is_removed_and_what_is_forgotten_stays(void **state)
{
    char endless[5000];
    int tickets[40], kept = 0;

    (void)state;
    check_write(folder, "one/a", "x");
    check_write(folder, "two", "x");
    tickets[0] = rk_cleanup_add(in_folder("one"));
    tickets[1] = rk_cleanup_add(in_folder("two"));
    rk_cleanup_drop(tickets[1]);
    rk_cleanup_drop(-1);
    rk_cleanup_now();
    CHECK(!check_exists(folder, "one"));
    CHECK(check_exists(folder, "two"));
    memset(endless, 'x', sizeof endless);
    endless[sizeof endless - 1] = '\0';
    CHECK_INT(rk_cleanup_add(endless), -1);
    for (int i = 0; i < 40; i++) {
        tickets[i] = rk_cleanup_add("/nonexistent/x");
        kept += tickets[i] >= 0;
    }
    CHECK_INT(kept, 16);
    for (int i = 0; i < 40; i++)
        rk_cleanup_drop(tickets[i]);
}

static void signals_held_back_come_after(void **state)
{
    int status;
    pid_t child = fork();

    (void)state;
    if (child == 0) {
        rk_cleanup_on_signals();
        rk_cleanup_hold(true);
        raise(SIGTERM);
        check_write(folder, "held", "reached");
        close(STDERR_FILENO);
        rk_cleanup_hold(false);
        check_exit(0);
    }
    waitpid(child, &status, 0);
    CHECK_INT(WEXITSTATUS(status), 128 + SIGTERM);
    CHECK(check_exists(folder, "held"));
}

static void a_file_in_the_way_is_named(void **state)
{
    struct rk_out *out;

    (void)state;
    rk_remove_tree(target);
    check_write(folder, "10-clean", "a file");
    check_stderr_begin();
    CHECK_INT(rk_out_begin(arena, diag, target, false, &out), RK_WORLD);
    CHECK_HAS(check_stderr_end(), "is a file where a folder of results must go");
    rk_out_abandon(out);
    CHECK_TEXT(check_read(folder, "10-clean"), "a file");
    rk_remove_tree(target);
}

static void a_folder_in_the_place_of_a_result_is_not_thrown_away(void **state)
{
    (void)state;
    check_write(folder, "10-clean/a.csv/keep", "kept");
    check_stderr_begin();
    CHECK_INT(write_set("new\n", false), RK_WORLD);
    CHECK_HAS(check_stderr_end(),
              "10-clean/a.csv: is a folder where a file of results must go");
    CHECK_TEXT(check_read(folder, "10-clean/a.csv/keep"), "kept");
    CHECK(!check_exists(folder, ".10-clean.new"));
    rk_remove_tree(target);
}

/* Runs in a child whose files may not grow: the nearest to a full disk without one. */
static void write_too_much(void)
{
    const struct rlimit limit = {8192, 8192};
    struct rk_out *out;
    FILE *file;
    rk_status status;

    signal(SIGXFSZ, SIG_IGN);
    if (rk_out_begin(arena, diag, target, false, &out) != RK_OK ||
        setrlimit(RLIMIT_FSIZE, &limit) != 0)
        check_exit(99);
    file = rk_out_open(out, "large.csv");
    for (int i = 0; i < 100000; i++)
        fputs("a row\n", file);
    status = rk_out_commit(out);
    if (rk_out_file(diag, rk_arena_printf(arena, "%s/one.pdf", folder),
                    rk_arena_alloc(arena, 100000, 1), 100000, 0644) != RK_WORLD)
        check_exit(98);
    check_exit((int)status);
}

static void a_write_error_leaves_the_old_set(void **state)
{
    int status;
    pid_t child;

    (void)state;
    CHECK_OK(write_set("good\n", false));
    check_write(folder, "one.pdf", "old pdf");
    check_stderr_begin();
    child = fork();
    if (child == 0) write_too_much();
    waitpid(child, &status, 0);
    CHECK_HAS(check_stderr_end(), "cannot write: File too large");
    CHECK_INT(WEXITSTATUS(status), RK_WORLD);
    CHECK_TEXT(check_read(folder, "10-clean/a.csv"), "good\n");
    CHECK_TEXT(check_read(folder, "one.pdf"), "old pdf");
    CHECK(!check_exists(folder, ".10-clean.new"));
    CHECK(!check_exists(folder, ".one.pdf.new"));
}

static void wait_for_a_signal(void)
{
    struct rk_out *out;

    rk_cleanup_on_signals();
    if (rk_out_begin(arena, diag, target, true, &out) != RK_OK ||
        !rk_out_open(out, "deep/er/half.csv"))
        check_exit(99);
    if (write(STDOUT_FILENO, "r", 1) != 1) check_exit(99);
    for (;;)
        pause();
}

static void an_interrupted_run_removes_what_it_began(void **state)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};

    (void)state;
    CHECK_OK(write_set("good\n", false));
    for (size_t i = 0; i < 3; i++) {
        int ends[2], status;
        char ready;
        pid_t child;

        CHECK_INT(pipe(ends), 0);
        check_stderr_begin();
        child = fork();
        if (child == 0) {
            dup2(ends[1], STDOUT_FILENO);
            wait_for_a_signal();
        }
        CHECK_INT(read(ends[0], &ready, 1), 1);
        kill(child, signals[i]);
        waitpid(child, &status, 0);
        CHECK_HAS(check_stderr_end(), i ? "stopped" : "interrupted");
        CHECK(WIFEXITED(status));
        CHECK_INT(WEXITSTATUS(status), 128 + signals[i]);
        CHECK(!check_exists(folder, ".10-clean.new"));
        CHECK_TEXT(check_read(folder, "10-clean/a.csv"), "good\n");
        close(ends[0]);
        close(ends[1]);
    }
}

static void one_file_is_replaced_whole(void **state)
{
    const char *path = rk_arena_printf(arena, "%s/report.pdf", folder);

    (void)state;
    check_write(folder, ".report.pdf.new", "stale");
    CHECK_OK(rk_out_file(diag, path, "one", 3, 0600));
    CHECK_TEXT(check_read(folder, "report.pdf"), "one");
    CHECK_INT(mode_of("report.pdf"), 0600);
    CHECK_OK(rk_out_file(diag, path, "", 0, 0600));
    CHECK_TEXT(check_read(folder, "report.pdf"), "");
    CHECK(!check_exists(folder, ".report.pdf.new"));
    check_stderr_begin();
    CHECK_INT(rk_out_file(diag, "/no/such/folder/x", "one", 3, 0600), RK_WORLD);
    check_stderr_end();
}

static void a_deep_tree_is_removed_and_a_missing_one_is_no_failure(void **state)
{
    const char *tree = rk_arena_printf(arena, "%s/tree", folder);

    (void)state;
    for (int i = 0; i < 300; i++)
        check_write(folder, rk_arena_printf(arena, "tree/a%d/b/c%d", i % 3, i), "x");
    CHECK(rk_remove_tree(tree));
    CHECK(!check_exists(folder, "tree"));
    CHECK(rk_remove_tree(tree));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_seen_before_the_commit_and_all_after),
        cmocka_unit_test(a_new_set_replaces_the_old_one_whole),
        cmocka_unit_test(the_folder_may_be_named_in_any_way),
        cmocka_unit_test(an_abandoned_set_leaves_the_old_one),
        cmocka_unit_test(folders_with_people_are_for_their_owner_only),
        cmocka_unit_test(what_a_library_writes_is_part_of_the_set),
        cmocka_unit_test(a_file_may_be_closed_before_the_commit),
        cmocka_unit_test(no_name_leads_out_of_the_folder),
        cmocka_unit_test(the_same_name_twice_is_refused),
        cmocka_unit_test(what_a_killed_run_left_is_removed_but_no_link_is_followed),
        cmocka_unit_test(results_of_a_run_killed_between_two_renames_come_back),
        cmocka_unit_test(two_steps_do_what_an_exchange_does),
        cmocka_unit_test(what_is_remembered_is_removed_and_what_is_forgotten_stays),
        cmocka_unit_test(signals_held_back_come_after),
        cmocka_unit_test(a_file_in_the_way_is_named),
        cmocka_unit_test(a_folder_in_the_place_of_a_result_is_not_thrown_away),
        cmocka_unit_test(a_write_error_leaves_the_old_set),
        cmocka_unit_test(an_interrupted_run_removes_what_it_began),
        cmocka_unit_test(one_file_is_replaced_whole),
        cmocka_unit_test(a_deep_tree_is_removed_and_a_missing_one_is_no_failure),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
