// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_run.h"
#include "pipeline/base/rk_cleanup.h"
#include "pipeline/base/rk_file.h"
#include "pipeline/base/rk_progress.h"
#include "pipeline/base/rk_run_priv.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static rk_status print_answer(struct rk_run *run, const char *text)
{
    run->done = true;
    if (fputs(text, stdout) == EOF || fflush(stdout) != 0)
        return rk_file_fail(run->diag, "standard output", "write");
    return RK_OK;
}

rk_status rk_run_open(struct rk_run *run, const char *program, int argc, char **argv,
                      const char *usage, const char **operands, size_t *operand_count)
{
    bool help = false, version = false;

    run_tidy_process();
    rk_cleanup_on_signals();
    *run = (struct rk_run){.program = program, .lock = -1};
    run->arena = rk_arena_new();
    run->diag = rk_diag_new(program);
    RK_TRY(run_read_options(run, argc, argv, operands, operand_count, &help, &version));
    rk_diag_verbosity(run->diag, run->quiet, run->verbose);
    rk_progress_allow(run->quiet);
    if (help) return print_answer(run, usage);
    if (version)
        return print_answer(run,
                            rk_arena_printf(run->arena, "%s %s\n", program, RK_VERSION));
    return RK_OK;
}

static rk_status make_out_dir(const struct rk_run *run)
{
    char *path = rk_arena_copy(run->arena, run->out_dir);
    struct stat info;

    for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(path, 0755) != 0 && errno != EEXIST)
            return rk_file_fail(run->diag, path, "make the folder");
        *slash = '/';
    }
    if (mkdir(path, 0755) != 0 && errno != EEXIST)
        return rk_file_fail(run->diag, path, "make the folder");
    if (stat(path, &info) != 0) return rk_file_fail(run->diag, path, "use the folder");
    if (!S_ISDIR(info.st_mode))
        return rk_fail(run->diag, RK_WORLD, RK_AT(path, 0, 0),
                       "is a file; -o names a folder for the results");
    return RK_OK;
}

/* True if the open file is the one that the path names now. */
static bool is_still(int file, const char *path)
{
    struct stat open_one, named_one;

    return fstat(file, &open_one) == 0 && lstat(path, &named_one) == 0 &&
           open_one.st_dev == named_one.st_dev && open_one.st_ino == named_one.st_ino;
}

static rk_status take_lock(struct rk_run *run, const char *path)
{
    struct stat info;

    if (fstat(run->lock, &info) != 0 || !S_ISREG(info.st_mode))
        return rk_fail(run->diag, RK_WORLD, RK_AT(path, 0, 0),
                       "is no lock of ours; move it away");
    while (flock(run->lock, LOCK_EX | LOCK_NB) != 0) {
        if (errno == EINTR) continue;
        if (errno != EWOULDBLOCK) return rk_file_fail(run->diag, path, "lock the folder");
        return rk_fail(run->diag, RK_WORLD, RK_AT(run->out_dir, 0, 0),
                       "another run is working in this folder; wait for it to end, or give "
                       "this one another folder with -o");
    }
    return RK_OK;
}

/* The lock's holder removes its file at the end, so a lock on a file that is no longer
 * there keeps nobody out: then it is taken anew. */
rk_status rk_run_lock(struct rk_run *run)
{
    const char *path = rk_run_path(run, ".lock", NULL);

    if (run->lock >= 0) return RK_OK;
    RK_TRY(make_out_dir(run));
    for (;;) {
        rk_status status;

        run->lock =
            open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0600);
        if (run->lock < 0 && (errno == EACCES || errno == EROFS))
            return rk_file_fail(run->diag, run->out_dir,
                                "write into this folder (-o names another)");
        if (run->lock < 0) return rk_file_fail(run->diag, path, "open the lock");
        status = take_lock(run, path);
        if (status == RK_OK && is_still(run->lock, path)) break;
        close(run->lock);
        run->lock = -1;
        RK_TRY(status);
    }
    run->lock_ticket = rk_cleanup_add(path);
    return RK_OK;
}

void rk_run_close(struct rk_run *run)
{
    rk_progress_end();
    if (run->diag) rk_diag_flush(run->diag);
    if (run->lock >= 0) {
        unlink(rk_run_path(run, ".lock", NULL)); /* while it is held */
        rk_cleanup_drop(run->lock_ticket);
        close(run->lock);
    }
    rk_diag_free(run->diag);
    rk_arena_free(run->arena);
    *run = (struct rk_run){.lock = -1};
}

const char *rk_run_path(const struct rk_run *run, const char *folder, const char *name)
{
    if (!name) return rk_arena_printf(run->arena, "%s/%s", run->out_dir, folder);
    return rk_arena_printf(run->arena, "%s/%s/%s", run->out_dir, folder, name);
}

void rk_run_report(const struct rk_run *run, const char *stage, const char *format, ...)
{
    va_list args;

    if (run->quiet) return;
    rk_progress_end();
    va_start(args, format);
    fprintf(stderr, "%-10s%s\n", stage, rk_arena_vprintf(run->arena, format, args));
    va_end(args);
}

/* ---- a stage's main ---- */

static const char *usage_of(struct rk_arena *arena, const struct rk_stage *stage)
{
    return rk_arena_printf(
        arena,
        "%s\n\n"
        "Examples:\n%s\n"
        "Usage: reckon-%s STUDY -o OUT [options]\n\n"
        "Reads %s, writes %s.\n\n"
        "  STUDY             the folder of study.yaml\n"
        "  -o, --out OUT     the folder for all results; made if it is not there\n"
        "  --data DIR        where the extracts are, if not where the study says\n"
        "  --as-at DATE      count up to this day (2015-09-30), not the study's cut-off\n"
        "  --ledger DIR      what was released before, if not where the study says\n"
        "  -j, --threads N   how many threads may work at a time (default: as many as there\n"
        "                    are processors); the results are the same\n"
        "  --internal        mask nothing; every page is stamped as not for publication\n"
        "  --trace           report: also OUT/NAME.trace, the pages as text, to compare drafts\n"
        "  -n, --dry-run     say what would be done, write nothing\n"
        "  -q, --quiet       only warnings and errors\n"
        "  -v, --verbose     every message, also the repeats\n"
        "  -h, --help        this text\n"
        "  --version         the version\n\n"
        "Exit status: 0 fine; 1 a limit or check failed; 2 the command line is wrong; 3 "
        "the\n"
        "study is wrong; 4 the world said no (disk, memory, a missing file); 130 "
        "interrupted.\n",
        stage->summary, stage->examples, stage->name, stage->reads, stage->writes);
}

static rk_status check_operands(struct rk_run *run, const char **operands, size_t count)
{
    if (count == 0)
        return rk_fail(run->diag, RK_USAGE, RK_NOWHERE,
                       "which study? Name its folder; %s --help shows examples",
                       run->program);
    if (count > 1)
        return rk_fail(run->diag, RK_USAGE, RK_NOWHERE,
                       "one study at a time; %zu were given. %s --help shows examples",
                       count, run->program);
    if (!run->out_dir)
        return rk_fail(run->diag, RK_USAGE, RK_NOWHERE,
                       "where do the results go? Add -o OUT; %s --help shows examples",
                       run->program);
    run->study_dir = operands[0];
    return RK_OK;
}

static rk_status work(struct rk_run *run, const struct rk_stage *stage,
                      const char **operands, size_t operand_count)
{
    RK_TRY(check_operands(run, operands, operand_count));
    RK_TRY(rk_run_lock(run));
    return stage->work(run);
}

int rk_run_main(int argc, char **argv, const struct rk_stage *stage)
{
    struct rk_arena *arena = rk_arena_new();
    const char **operands = RK_ARRAY(arena, const char *, (size_t)argc + 1);
    const char *program = rk_arena_printf(arena, "reckon-%s", stage->name);
    size_t operand_count = 0;
    struct rk_run run;
    rk_status status = rk_run_open(&run, program, argc, argv, usage_of(arena, stage),
                                   operands, &operand_count);

    if (status == RK_OK && !run.done) status = work(&run, stage, operands, operand_count);
    rk_run_close(&run);
    rk_arena_free(arena);
    return (int)status;
}
