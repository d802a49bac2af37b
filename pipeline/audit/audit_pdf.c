// SPDX-License-Identifier: MIT
#include "pipeline/audit/audit_doc_priv.h"
#include "pipeline/base/rk_text.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST_TEXT = 64 << 20, PATIENCE_SECONDS = 30 };

/** What the child prints, read to its end. */
struct pdf_text {
    struct rk_arena *arena;
    char *text;
    size_t bytes, cap;
};

static long now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/** NULL, or how the reading ended badly. */
static const char *read_all(struct pdf_text *out, int fd)
{
    long deadline = now_ms() + PATIENCE_SECONDS * 1000;

    for (;;) {
        struct pollfd wait = {.fd = fd, .events = POLLIN};
        long left = deadline - now_ms();
        if (left <= 0) return "did not end in time";
        if (poll(&wait, 1, (int)left) <= 0) continue;
        if (out->cap - out->bytes < 65536) {
            size_t cap = out->cap ? 2 * out->cap : 262144;
            if (cap > MOST_TEXT) return "prints more than 64 MiB";
            out->text = rk_arena_grow(out->arena, out->text, out->bytes, cap, 1);
            out->cap = cap;
        }
        ssize_t got = read(fd, out->text + out->bytes, out->cap - out->bytes - 1);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return "cannot be read from";
        if (got == 0) return NULL;
        out->bytes += (size_t)got;
    }
}

/** The path as an argument that cannot be taken for an option. */
static char *safe_path(struct rk_arena *arena, const char *path)
{
    return path[0] == '-' ? rk_arena_printf(arena, "./%s", path)
                          : rk_arena_copy(arena, path);
}

static int start(struct rk_arena *arena, const char *path, int write_end, pid_t *pid)
{
    char program[] = "pdftotext", layout[] = "-layout", encoding[] = "-enc",
         utf8[] = "UTF-8", quiet[] = "-q", standard[] = "-", locale[] = "LC_ALL=C.UTF-8";
    char *arguments[] = {program,  layout, quiet, encoding, utf8, safe_path(arena, path),
                         standard, NULL};
    char *environment[] = {locale, NULL};
    posix_spawn_file_actions_t actions;
    int failed;

    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, write_end, 1);
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    failed = posix_spawnp(pid, program, &actions, NULL, arguments, environment);
    posix_spawn_file_actions_destroy(&actions);
    return failed;
}

static rk_status collect(struct pdf_text *out, struct rk_diag *diag, const char *path,
                         int fd, pid_t pid)
{
    const char *trouble = read_all(out, fd);
    int state = 0;

    if (trouble) kill(pid, SIGKILL);
    while (waitpid(pid, &state, 0) < 0 && errno == EINTR)
        ;
    if (!trouble && !(WIFEXITED(state) && WEXITSTATUS(state) == 0))
        trouble = WIFEXITED(state) && WEXITSTATUS(state) == 127 ? "cannot be started"
                                                                : "cannot read it";
    if (trouble)
        return rk_fail(diag, RK_CHECK, RK_AT(path, 0, 0),
                       "pdftotext %s; is it a PDF with text in it?", trouble);
    out->text[out->bytes] = '\0';
    return RK_OK;
}

rk_status audit_pdf_text(struct rk_arena *arena, struct rk_diag *diag, const char *path,
                         char **text)
{
    struct sigaction standard = {.sa_handler = SIG_DFL}, saved;
    struct pdf_text out = {.arena = arena};
    int ends[2], failed;
    rk_status status;
    pid_t pid;

    if (access(path, R_OK) != 0) return rk_file_fail(diag, path, "read");
    if (pipe2(ends, O_CLOEXEC) != 0)
        return rk_fail(diag, RK_WORLD, RK_NOWHERE, "no pipe for pdftotext: %s",
                       strerror(errno));
    sigaction(SIGCHLD, &standard, &saved); /* a child must stay until it is waited for */
    failed = start(arena, path, ends[1], &pid);
    close(ends[1]);
    if (failed)
        status = rk_fail(diag, RK_WORLD, RK_AT(path, 0, 0),
                         "pdftotext cannot be started (%s); install poppler-utils",
                         strerror(failed));
    else
        status = collect(&out, diag, path, ends[0], pid);
    close(ends[0]);
    sigaction(SIGCHLD, &saved, NULL);
    *text = out.text;
    return status;
}
