// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_child.h"

#include "pipeline/base/rk_file.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATIENCE_MS = 30 * 1000, MOST_BYTES = 256 << 20 };

static int spawn(const char *const *argv, int output, pid_t *child)
{
    char locale[] = "LC_ALL=C.UTF-8", *environment[] = {locale, NULL};
    posix_spawn_file_actions_t actions;
    int failed;

    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    failed = posix_spawnp(child, argv[0], &actions, NULL, (char *const *)(uintptr_t)argv,
                          environment);
    posix_spawn_file_actions_destroy(&actions);
    return failed;
}

/* True when it ended by itself in time. */
static bool ends_in_time(pid_t child)
{
    struct pollfd end = {.fd = pidfd_open(child, 0), .events = POLLIN};
    int ready;

    if (end.fd < 0) return true; /* an old kernel: waited for without a limit */
    do
        ready = poll(&end, 1, PATIENCE_MS);
    while (ready < 0 && errno == EINTR);
    close(end.fd);
    return ready != 0;
}

static const char *wait_for(pid_t child)
{
    bool in_time;
    int state = 0;

    in_time = ends_in_time(child);
    if (!in_time) kill(child, SIGKILL);
    while (waitpid(child, &state, 0) < 0 && errno == EINTR)
        continue;
    if (!in_time) return "did not end in time";
    return WIFEXITED(state) && WEXITSTATUS(state) == 0 ? NULL : "cannot read it";
}

struct rk_child rk_child_start(const char *const *argv)
{
    const struct rlimit limit = {MOST_BYTES, MOST_BYTES};
    struct rk_child child = {.output = memfd_create("reckon", MFD_CLOEXEC),
                             .why = "cannot be started"};
    int failed;

    if (child.output < 0) return child;
    failed = spawn(argv, child.output, &child.pid);
    if (!failed) {
        child.why = NULL;
        prlimit(child.pid, RLIMIT_FSIZE, &limit, NULL);
        return child;
    }
    if (failed == ENOENT) child.why = "is not installed";
    close(child.output);
    child.pid = 0;
    return child;
}

int rk_child_end(struct rk_child *child, const char **why)
{
    *why = child->pid ? wait_for(child->pid) : child->why;
    if (*why && child->pid) close(child->output);
    child->pid = 0;
    return *why ? -1 : child->output;
}

void rk_child_drop(struct rk_child *child)
{
    const char *why;
    int output;

    if (!child->pid) return;
    kill(child->pid, SIGKILL);
    output = rk_child_end(child, &why);
    if (output >= 0) close(output);
}

int rk_child_run(const char *const *argv, const char **why)
{
    struct rk_child child = rk_child_start(argv);

    return rk_child_end(&child, why);
}

rk_status rk_child_fail(struct rk_diag *diag, const char *program, const char *file,
                        const char *why)
{
    return rk_fail(diag, RK_WORLD, RK_AT(file, 0, 0),
                   "%s %s; is it a PDF, and is poppler-utils installed?", program, why);
}

rk_status rk_child_end_text(struct rk_arena *arena, struct rk_diag *diag, struct rk_child *child,
                            const char *program, const char *file, char **out)
{
    const char *why;
    int output = rk_child_end(child, &why);
    rk_status status;
    size_t bytes;

    if (output < 0) return rk_child_fail(diag, program, file, why);
    status = rk_file_read(arena, diag, rk_arena_printf(arena, "/proc/self/fd/%d", output), out,
                          &bytes);
    close(output);
    return status;
}

rk_status rk_child_text(struct rk_arena *arena, struct rk_diag *diag, const char *const *argv,
                        const char *file, char **out)
{
    struct rk_child child = rk_child_start(argv);

    return rk_child_end_text(arena, diag, &child, argv[0], file, out);
}
