// SPDX-License-Identifier: MIT
#include "render/gnuplot.h"

#include "pipeline/base/rk_text.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST_OUTPUT = 256 << 20, CPU_SECONDS = 10 };
static const double patience_seconds = 10;

/** A stream from the child, growing. */
struct stream {
    int fd;
    char *data;
    size_t bytes, cap;
};

struct child {
    pid_t pid;
    int in; /**< -1 once the script is written */
    struct stream out, err;
    double deadline;
    const char *trouble;
};

/** What the rest of the program wants back when the child is gone. */
struct signals {
    struct sigaction pipe, child;
};

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static double patience(void)
{
    const char *text = getenv("RECKON_GNUPLOT_SECONDS");
    double seconds;
    if (text && rk_text_number(text, &seconds) && seconds > 0 && seconds <= 3600)
        return seconds;
    return patience_seconds;
}

/** A dead reader must be an error of write, and a child must stay until it is waited for,
 *  whatever the parent of this program has set. */
static void signals_take(struct signals *saved)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN}, standard = {.sa_handler = SIG_DFL};
    sigaction(SIGPIPE, &ignore, &saved->pipe);
    sigaction(SIGCHLD, &standard, &saved->child);
}

static void signals_give_back(const struct signals *saved)
{
    sigaction(SIGPIPE, &saved->pipe, NULL);
    sigaction(SIGCHLD, &saved->child, NULL);
}

/** A pipe whose ends are above 2 (a closed stdin would else become one) and closed on exec.
 */
static int open_pipe(int ends[2])
{
    int low[2];
    if (pipe2(low, O_CLOEXEC)) return -1;
    for (int i = 0; i < 2; i++)
        ends[i] = fcntl(low[i], F_DUPFD_CLOEXEC, 3);
    close(low[0]);
    close(low[1]);
    if (ends[0] >= 0 && ends[1] >= 0) return 0;
    for (int i = 0; i < 2; i++)
        if (ends[i] >= 0) close(ends[i]);
    return -1;
}

static int spawn_in(const char *program, const char *folder, const int child_ends[3],
                    pid_t *pid)
{
    char *argv[] = {(char[]){"gnuplot"}, (char[]){"-d"}, NULL};
    char *environment[] = {(char[]){"LC_ALL=C.UTF-8"}, NULL};
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t standard, none;

    sigemptyset(&none);
    sigemptyset(&standard);
    sigaddset(&standard, SIGPIPE);
    sigaddset(&standard, SIGCHLD);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigdefault(&attributes, &standard);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addchdir_np(&actions, folder);
    for (int i = 0; i < 3; i++)
        posix_spawn_file_actions_adddup2(&actions, child_ends[i], i);
    int error = posix_spawnp(pid, program, &actions, &attributes, argv, environment);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return error;
}

/** Set from outside, before the child has been sent its first command. A limit that the
 * system refuses is one defence less, not a failure. */
static void limit(pid_t pid)
{
    static const struct {
        int resource; /* an enum in C, an int for prlimit's C++ friends */
        rlim_t most;
    } limits[] = {
        {RLIMIT_CPU,   CPU_SECONDS    },
        {RLIMIT_FSIZE, 0              },
        {RLIMIT_NPROC, 0              },
        {RLIMIT_CORE,  0              },
        {RLIMIT_AS,    (rlim_t)2 << 30},
    };
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        struct rlimit both = {limits[i].most, limits[i].most};
        (void)prlimit(pid, (__rlimit_resource_t)limits[i].resource, &both, NULL);
    }
}

static void close_end(int *fd)
{
    if (*fd >= 0) close(*fd);
    *fd = -1;
}

static rk_status no_start(struct rk_diag *diag, const char *program, int error)
{
    if (error == ENOENT)
        return rk_fail(diag, RK_WORLD, RK_NOWHERE,
                       "%s is not installed: charts cannot be drawn; type: "
                       "sudo apt-get install gnuplot-nox",
                       program);
    return rk_fail(diag, RK_WORLD, RK_NOWHERE, "%s cannot be started: %s", program,
                   strerror(error));
}

/** The program as given, but a relative path must survive the change of folder. */
static const char *program_path(struct rk_arena *arena)
{
    const char *program = getenv("RECKON_GNUPLOT");
    if (!program || !*program) return "gnuplot";
    if (program[0] == '/' || !strchr(program, '/')) return program;
    char *here = realpath(program, NULL);
    if (!here) return program;
    program = rk_arena_copy(arena, here);
    free(here);
    return program;
}

static rk_status start(struct rk_arena *arena, struct rk_diag *diag, const char *folder,
                       struct child *child)
{
    const char *program = program_path(arena);
    int pipes[3][2] = {
        {-1, -1},
        {-1, -1},
        {-1, -1}
    };
    int error = 0;

    for (int i = 0; i < 3 && !error; i++)
        if (open_pipe(pipes[i])) error = errno;
    if (!error && access(folder, X_OK)) error = errno == ENOENT ? ENOTDIR : errno;
    if (!error) {
        const int child_ends[3] = {pipes[0][0], pipes[1][1], pipes[2][1]};
        error = spawn_in(program, folder, child_ends, &child->pid);
    }
    close_end(&pipes[0][0]);
    close_end(&pipes[1][1]);
    close_end(&pipes[2][1]);
    child->in = pipes[0][1];
    child->out.fd = pipes[1][0];
    child->err.fd = pipes[2][0];
    if (!error) {
        limit(child->pid);
        fcntl(child->in, F_SETFL, O_NONBLOCK);
        return RK_OK;
    }
    close_end(&child->in);
    close_end(&child->out.fd);
    close_end(&child->err.fd);
    return no_start(diag, program, error);
}

static void feed(struct child *child, const char *script, size_t bytes, size_t *written)
{
    ssize_t done = write(child->in, script + *written, bytes - *written);
    if (done > 0) *written += (size_t)done;
    bool again = done < 0 && (errno == EINTR || errno == EAGAIN);
    if (*written == bytes || (done < 0 && !again)) close_end(&child->in);
}

static void drain(struct rk_arena *arena, struct child *child, struct stream *stream)
{
    if (stream->bytes + 1 >= stream->cap) {
        size_t cap = stream->cap ? 2 * stream->cap : 65536;
        stream->data = rk_arena_grow(arena, stream->data, stream->cap, cap, 1);
        stream->cap = cap;
    }
    ssize_t got =
        read(stream->fd, stream->data + stream->bytes, stream->cap - stream->bytes - 1);
    if (got > 0) stream->bytes += (size_t)got;
    if (got == 0 || (got < 0 && errno != EINTR && errno != EAGAIN)) close_end(&stream->fd);
    if (stream->bytes > MOST_OUTPUT) child->trouble = "printed more than any chart needs";
}

/** One wait for whatever comes first. poll leaves out a descriptor of -1. */
static void converse_once(struct rk_arena *arena, struct child *child, const char *script,
                          size_t bytes, size_t *written)
{
    struct pollfd fds[3] = {
        {child->in,     POLLOUT, 0},
        {child->out.fd, POLLIN,  0},
        {child->err.fd, POLLIN,  0}
    };
    double left = child->deadline - seconds_now();
    if (left <= 0) {
        child->trouble = "took too long and was stopped";
        return;
    }
    int ready = poll(fds, 3, (int)(left * 1000) + 1);
    if (ready < 0 && errno != EINTR) child->trouble = "could not be listened to";
    if (ready <= 0) return;
    if (fds[0].revents) feed(child, script, bytes, written);
    if (fds[1].revents) drain(arena, child, &child->out);
    if (fds[2].revents) drain(arena, child, &child->err);
}

/** Waits for the end without ever waiting past the deadline. */
static int reap(struct child *child)
{
    int status = 0;
    const struct timespec nap = {0, 1000000};
    if (child->trouble) kill(child->pid, SIGKILL);
    for (;;) {
        pid_t gone = waitpid(child->pid, &status, WNOHANG);
        if (gone == child->pid) return status;
        if (gone < 0 && errno != EINTR) return 0;
        if (!child->trouble && seconds_now() > child->deadline) {
            child->trouble = "took too long and was stopped";
            kill(child->pid, SIGKILL);
        }
        nanosleep(&nap, NULL);
    }
}

static const char *ending(struct rk_arena *arena, int status)
{
    if (WIFSIGNALED(status))
        return rk_arena_printf(arena, "was ended by signal %d", WTERMSIG(status));
    if (WIFEXITED(status) && WEXITSTATUS(status) != 0)
        return rk_arena_printf(arena, "ended with status %d", WEXITSTATUS(status));
    return NULL;
}

static void converse(struct rk_arena *arena, struct child *child, const char *script,
                     size_t bytes)
{
    size_t written = 0;
    while (!child->trouble && (child->out.fd >= 0 || child->err.fd >= 0))
        converse_once(arena, child, script, bytes, &written);
    close_end(&child->in);
    int status = reap(child);
    if (!child->trouble) child->trouble = ending(arena, status);
    if (!child->trouble && written < bytes) child->trouble = "stopped reading its script";
    close_end(&child->out.fd);
    close_end(&child->err.fd);
}

rk_status gnuplot_run(struct rk_arena *arena, struct rk_diag *diag, const char *folder,
                      const char *script, size_t bytes, struct gnuplot_answer *out)
{
    struct child child = {.in = -1, .out = {.fd = -1}, .err = {.fd = -1}};
    struct signals saved;

    signals_take(&saved);
    rk_status status = start(arena, diag, folder, &child);
    if (status == RK_OK) {
        child.deadline = seconds_now() + patience();
        converse(arena, &child, script, bytes);
    }
    signals_give_back(&saved);
    *out = (struct gnuplot_answer){
        .out = child.out.data ? child.out.data : rk_arena_copy(arena, ""),
        .out_bytes = child.out.bytes,
        .err = child.err.data ? child.err.data : rk_arena_copy(arena, ""),
        .err_bytes = child.err.bytes,
        .trouble = child.trouble,
    };
    return status;
}
