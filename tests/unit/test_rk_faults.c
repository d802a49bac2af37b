// SPDX-License-Identifier: MIT
/* The world says no at each call in turn: this program's own read, write, ... stand before
 * the C library's and fail when told to. Whatever fails, the old results are whole or the
 * new ones. */
#undef _FORTIFY_SOURCE
#include "pipeline/base/rk_csv.h"
#include "pipeline/base/rk_out.h"
#include "pipeline/base/rk_run.h"
#include "pipeline/base/rk_text.h"
#include "pipeline/base/rk_yaml.h"
#include "tests/support/check.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- the fault ---- */

enum { SHORT = -1, FOREVER = 1000000 };

static struct {
    const char *call; /**< NULL: none */
    long at, until;   /**< from this to this call of that name */
    int error;        /**< or SHORT: it does one byte only */
    long seen;
} fault;

static bool fails(const char *call)
{
    if (!fault.call || strcmp(fault.call, call) != 0) return false;
    fault.seen++;
    if (fault.seen < fault.at || fault.seen > fault.until || fault.error == SHORT)
        return false;
    errno = fault.error;
    return true;
}

static size_t shortened(const char *call, size_t bytes)
{
    bool here = fault.call && strcmp(fault.call, call) == 0 && fault.error == SHORT &&
                fault.seen >= fault.at && fault.seen <= fault.until;

    return here && bytes > 1 ? 1 : bytes;
}

/* The C library's function of this name, as a pointer of the type of ours. */
#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t read(int file, void *out, size_t bytes)
{
    return fails("read") ? -1 : REAL(read)(file, out, shortened("read", bytes));
}

ssize_t pread(int file, void *out, size_t bytes, off_t offset)
{
    return fails("pread") ? -1 : REAL(pread)(file, out, bytes, offset);
}

ssize_t write(int file, const void *data, size_t bytes)
{
    if (file == STDERR_FILENO || file == STDOUT_FILENO)
        return REAL(write)(file, data, bytes);
    return fails("write") ? -1 : REAL(write)(file, data, shortened("write", bytes));
}

int open(const char *path, int flags, ...)
{
    va_list args;
    mode_t mode;

    va_start(args, flags);
    mode = flags & O_CREAT ? va_arg(args, mode_t) : 0;
    va_end(args);
    return fails("open") ? -1 : REAL(open)(path, flags, mode);
}

int openat(int folder, const char *path, int flags, ...)
{
    return fails("openat") ? -1 : REAL(openat)(folder, path, flags);
}

int fsync(int file)
{
    return fails("fsync") ? -1 : REAL(fsync)(file);
}

int close(int file)
{
    int result = REAL(close)(file);

    return fails("close") ? -1 : result;
}

int rename(const char *from, const char *to)
{
    return fails("rename") ? -1 : REAL(rename)(from, to);
}

int renameat2(int a, const char *from, int b, const char *to, unsigned flags)
{
    return fails("renameat2") ? -1 : REAL(renameat2)(a, from, b, to, flags);
}

int mkdir(const char *path, mode_t mode)
{
    return fails("mkdir") ? -1 : REAL(mkdir)(path, mode);
}

int fstat(int file, struct stat *info)
{
    return fails("fstat") ? -1 : REAL(fstat)(file, info);
}

int flock(int file, int operation)
{
    return fails("flock") ? -1 : REAL(flock)(file, operation);
}

int fchmod(int file, mode_t mode)
{
    return fails("fchmod") ? -1 : REAL(fchmod)(file, mode);
}

/* ---- a small stage that meets them all ---- */

static const char *folder;
static struct rk_arena *arena;
static const char *mark; /**< what the new results say */

static rk_status copy_rows(struct rk_run *run, FILE *file)
{
    const char *path = rk_arena_printf(run->arena, "%s/rows.csv", folder);
    struct rk_csv_writer writer = {.file = file};
    struct rk_csv_row row;
    struct rk_csv *csv;
    rk_status status;

    RK_TRY(rk_csv_open(run->arena, run->diag, path, (struct rk_csv_options){0}, &csv));
    while (rk_csv_next(csv, &row)) {
        rk_csv_cell(&writer, mark);
        for (size_t i = 0; i < row.count; i++)
            rk_csv_cell(&writer, row.cells[i]);
        rk_csv_end(&writer);
    }
    status = rk_csv_status(csv);
    rk_csv_close(csv);
    return status;
}

static rk_status write_all(struct rk_run *run, struct rk_out *out)
{
    FILE *file = rk_out_open(out, "deep/rows.csv");
    const char *path = rk_out_path(out, "by-library.txt");
    FILE *other = path ? fopen(path, "w") : NULL;

    if (other) {
        fputs(mark, other);
        fclose(other);
    }
    return file ? copy_rows(run, file) : RK_WORLD;
}

static rk_status work(struct rk_run *run)
{
    char hash[65];
    const char *study = rk_arena_printf(run->arena, "%s/study.yaml", folder);
    struct rk_yaml *root;
    struct rk_out *out;
    rk_status status;

    RK_TRY(rk_yaml_read(run->arena, run->diag, study, &root));
    RK_TRY(rk_hash_file(run->diag, study, hash));
    RK_TRY(rk_out_begin(run->arena, run->diag, rk_run_path(run, "set", NULL), true, &out));
    status = write_all(run, out);
    if (status != RK_OK) {
        rk_out_abandon(out);
        return status;
    }
    RK_TRY(rk_out_commit(out));
    return rk_out_file(run->diag, rk_run_path(run, "one.txt", NULL), mark, strlen(mark),
                       0600);
}

static const struct rk_stage stage = {"test", "Tests.", "rows.csv", "OUT/set", "", work};

static int run_stage(void)
{
    const char *out = rk_arena_printf(arena, "%s/out", folder);
    char *argv[] = {rk_arena_copy(arena, "x"), rk_arena_copy(arena, folder),
                    rk_arena_copy(arena, "-o"), rk_arena_copy(arena, out), NULL};

    return rk_run_main(4, argv, &stage);
}

static char *content(const char *name)
{
    char *text = check_read(folder, name);

    return text ? text : rk_arena_copy(arena, "(none)");
}

/* "old", "new", "torn" or "none": what the files of the set say. */
static const char *state_of_set(void)
{
    const char *rows = content("out/set/deep/rows.csv");
    const char *library = content("out/set/by-library.txt");
    static const char *const whole[] = {"old,id,v\nold,1,é\nold,2,x\n",
                                        "new,id,v\nnew,1,é\nnew,2,x\n"};

    if (strcmp(rows, whole[0]) == 0 && strcmp(library, "old") == 0) return "old";
    if (strcmp(rows, whole[1]) == 0 && strcmp(library, "new") == 0) return "new";
    return strcmp(rows, "(none)") == 0 && strcmp(library, "(none)") == 0 ? "none" : "torn";
}

static void start_with_old_results(void)
{
    fault.call = NULL;
    mark = "old";
    check_stderr_begin();
    CHECK_INT(run_stage(), RK_OK);
    check_stderr_end();
    CHECK_TEXT(state_of_set(), "old");
    mark = "new";
}

static int begin(void **state)
{
    (void)state;
    folder = check_folder();
    arena = rk_arena_new();
    check_write(folder, "study.yaml", "a: 1\n");
    check_write(folder, "rows.csv", "id,v\n1,é\n2,x\n");
    return 0;
}

static int end(void **state)
{
    (void)state;
    rk_arena_free(arena);
    return 0;
}

/* ---- what must hold ---- */

struct expectation {
    const char *call;
    int error;
    bool harmless; /**< no error at all: the run must end well */
};

/* One run with the fault at call `at`; false when there were fewer calls. */
static bool survives(const struct expectation *row, long at, long until)
{
    const char *said, *set;
    int status;

    start_with_old_results();
    fault.call = row->call;
    fault.error = row->error;
    fault.at = at;
    fault.until = until;
    fault.seen = 0;
    check_stderr_begin();
    status = run_stage();
    fault.call = NULL;
    said = check_stderr_end();
    set = state_of_set();
    CHECK(strcmp(set, "torn") != 0 && strcmp(set, "none") != 0);
    if (status == RK_OK || row->harmless) {
        CHECK_INT(status, RK_OK);
        CHECK_TEXT(set, "new");
        CHECK_TEXT(content("out/one.txt"), "new");
    } else {
        CHECK_INT(status, RK_WORLD);
        CHECK_HAS(said, "reckon-test: ");
    }
    CHECK(!check_exists(folder, "out/.set.old"));
    CHECK(!check_exists(folder, "out/.one.txt.new"));
    return fault.seen >= at;
}

static void whatever_fails_the_old_results_are_whole_or_the_new_ones(void **state)
{
    static const struct expectation rows[] = {
        {"read",      EIO,    false},
        {"read",      EINTR,  true },
        {"read",      SHORT,  true },
        {"pread",     EIO,    false},
        {"pread",     EINTR,  true },
        {"write",     EIO,    false},
        {"write",     ENOSPC, false},
        {"write",     EINTR,  true },
        {"write",     SHORT,  true },
        {"open",      EACCES, false},
        {"openat",    EMFILE, false},
        {"fsync",     EIO,    false},
        {"fsync",     EINTR,  true },
        {"fsync",     EINVAL, true },
        {"close",     EIO,    false},
        {"rename",    EIO,    false},
        {"renameat2", EIO,    false},
        {"renameat2", ENOSYS, true },
        {"mkdir",     ENOSPC, false},
        {"fstat",     EIO,    false},
        {"flock",     EINTR,  true },
        {"flock",     ENOLCK, false},
        {"fchmod",    EPERM,  false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        long at = 1;

        while (survives(&rows[i], at, at))
            at++;
        if (rows[i].error != EINTR) survives(&rows[i], 1, FOREVER);
        print_message("  %s: %ld calls\n", rows[i].call, at - 1);
        /* a compiler may have put the call where ours is not seen; then
         * nothing was tested */
        CHECK(at > 1 || strcmp(rows[i].call, "pread") == 0 ||
              strcmp(rows[i].call, "rename") == 0);
    }
}

static void a_large_guessed_file_is_counted_through_pread_errors(void **state)
{
    struct rk_diag *diag = rk_diag_new("test");
    char *large = malloc(200001);
    const char *path;
    struct rk_csv *csv;

    (void)state;
    memset(large, 'x', 200000);
    large[200000] = '\0';
    path = check_write(folder, "large.csv", large);
    free(large);
    fault.call = "pread";
    fault.at = fault.until = 2;
    fault.seen = 0;
    fault.error = EIO;
    check_stderr_begin();
    CHECK_INT(rk_csv_open(arena, diag, path, (struct rk_csv_options){0}, &csv), RK_WORLD);
    fault.seen = 0;
    fault.error = EINTR;
    CHECK_OK(rk_csv_open(arena, diag, path, (struct rk_csv_options){0}, &csv));
    rk_csv_close(csv);
    fault.seen = 0;
    fault.at = 1;
    fault.error = ESPIPE; /* a pipe cannot be counted ahead: its head must do */
    CHECK_OK(rk_csv_open(arena, diag, path, (struct rk_csv_options){0}, &csv));
    rk_csv_close(csv);
    fault.call = NULL;
    CHECK_HAS(check_stderr_end(), "large.csv: cannot read: Input/output error");
    rk_diag_free(diag);
}

static void an_error_in_the_middle_of_a_file_ends_the_rows(void **state)
{
    struct rk_diag *diag = rk_diag_new("test");
    char *large = malloc(300001);
    struct rk_csv_row row;
    struct rk_csv *csv;

    (void)state;
    memset(large, 'x', 300000);
    for (size_t i = 99; i < 300000; i += 100)
        large[i] = '\n';
    large[300000] = '\0';
    CHECK_OK(rk_csv_open(arena, diag, check_write(folder, "large.csv", large),
                         (struct rk_csv_options){RK_CSV_UTF8, ','}, &csv));
    free(large);
    fault.call = "read";
    fault.at = 1;
    fault.until = FOREVER;
    fault.seen = 0;
    fault.error = EIO;
    check_stderr_begin();
    while (rk_csv_next(csv, &row))
        CHECK_INT(strlen(row.cells[0]), 99);
    CHECK(!rk_csv_next(csv, &row));
    fault.call = NULL;
    CHECK_HAS(check_stderr_end(), "cannot read: Input/output error");
    CHECK_INT(rk_csv_status(csv), RK_WORLD);
    rk_csv_close(csv);
    rk_diag_free(diag);
}

/* ---- memory ---- */

#if !defined(__SANITIZE_ADDRESS__)
void *__libc_malloc(size_t bytes);
void *__libc_calloc(size_t count, size_t bytes);
void *__libc_realloc(void *old, size_t bytes);

void *malloc(size_t bytes)
{
    return fails("malloc") ? NULL : __libc_malloc(bytes);
}

void *calloc(size_t count, size_t bytes)
{
    return fails("malloc") ? NULL : __libc_calloc(count, bytes);
}

void *realloc(void *old, size_t bytes)
{
    return fails("malloc") ? NULL : __libc_realloc(old, bytes);
}

void *reallocarray(void *old, size_t count, size_t bytes)
{
    return realloc(old, count * bytes);
}

/* A checker such as valgrind puts its malloc before ours. */
static bool malloc_is_ours(void)
{
    /* through a pointer, or the compiler takes its success for granted */
    void *(*volatile get)(size_t) = malloc;
    void *memory;

    fault.error = ENOMEM;
    fault.at = fault.seen = 0;
    fault.until = FOREVER;
    fault.call = "malloc";
    memory = get(1);
    fault.call = NULL;
    free(memory);
    return !memory;
}

static void memory_that_runs_out_leaves_whole_results(void **state)
{
    int status = -1;
    long at = 0;

    (void)state;
    if (!malloc_is_ours()) skip();
    start_with_old_results();
    do {
        const char *said;
        pid_t child;

        at++;
        check_stderr_begin();
        child = fork();
        if (child == 0) {
            fault.error = ENOMEM;
            fault.at = fault.until = at;
            fault.seen = 0;
            fault.call = "malloc";
            status = run_stage();
            fault.call = NULL;
            check_exit(fault.seen < at ? 99 : status);
        }
        waitpid(child, &status, 0);
        said = check_stderr_end();
        CHECK(WIFEXITED(status));
        status = WEXITSTATUS(status);
        if (status == RK_WORLD)
            CHECK(said[0] != '\0');
        else
            CHECK(status == 99 || status == RK_OK);
        CHECK(strcmp(state_of_set(), "old") == 0 || strcmp(state_of_set(), "new") == 0);
        CHECK(!check_exists(folder, "out/.set.new"));
        CHECK(!check_exists(folder, "out/.lock"));
    } while (status == RK_WORLD || (status == RK_OK && at < 1000));
    print_message("  malloc: %ld calls\n", at - 1);
    CHECK(at > 20);
}
#else
static void memory_that_runs_out_leaves_whole_results(void **state)
{
    (void)state; /* the sanitizer's malloc cannot be replaced */
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whatever_fails_the_old_results_are_whole_or_the_new_ones),
        cmocka_unit_test(a_large_guessed_file_is_counted_through_pread_errors),
        cmocka_unit_test(an_error_in_the_middle_of_a_file_ends_the_rows),
        cmocka_unit_test(memory_that_runs_out_leaves_whole_results),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
