// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_cleanup.h"
#include "pipeline/base/rk_status.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { TICKETS = 16, DEPTH_MAX = 16 };

static char remembered[TICKETS][PATH_MAX];
static volatile sig_atomic_t taken[TICKETS];
static atomic_flag claimed[TICKETS]; /* by one thread at a time */

static bool remove_entry(int folder, const char *name, int depth);

static bool is_dot(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

/* readdir allocates, which a signal handler may not do; the system call it stands on does
 * not. */
static bool remove_entries(int folder, int depth)
{
    _Alignas(struct dirent64) char block[4096];
    long bytes;
    bool removed;

    do { /* from the start again: removing while reading may skip entries */
        removed = false;
        if (lseek(folder, 0, SEEK_SET) < 0) return false;
        while ((bytes = syscall(SYS_getdents64, folder, block, sizeof block)) > 0) {
            for (long at = 0; at < bytes;) {
                const struct dirent64 *entry = (const void *)(block + at);

                if (!is_dot(entry->d_name) && remove_entry(folder, entry->d_name, depth))
                    removed = true;
                at += entry->d_reclen;
            }
        }
    } while (removed);
    return bytes == 0;
}

static bool remove_entry(int folder, const char *name, int depth)
{
    int inner;

    if (unlinkat(folder, name, 0) == 0) return true;
    if ((errno != EISDIR && errno != EPERM) || depth >= DEPTH_MAX) return false;
    inner = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (inner >= 0) {
        remove_entries(inner, depth + 1);
        close(inner);
    }
    return unlinkat(folder, name, AT_REMOVEDIR) == 0;
}

bool rk_remove_tree(const char *path)
{
    return remove_entry(AT_FDCWD, path, 0) || errno == ENOENT;
}

int rk_cleanup_add(const char *path)
{
    size_t bytes = strlen(path) + 1;

    if (bytes > PATH_MAX) return -1;
    for (int i = 0; i < TICKETS; i++) {
        if (!atomic_flag_test_and_set(&claimed[i])) {
            memcpy(remembered[i], path, bytes);
            atomic_signal_fence(memory_order_seq_cst);
            taken[i] = 1;
            return i;
        }
    }
    return -1;
}

void rk_cleanup_drop(int ticket)
{
    if (ticket < 0) return;
    taken[ticket] = 0;
    atomic_flag_clear(&claimed[ticket]);
}

void rk_cleanup_now(void)
{
    for (int i = 0; i < TICKETS; i++) {
        if (!taken[i]) continue;
        rk_remove_tree(remembered[i]);
        rk_cleanup_drop(i);
    }
}

static void say(const char *text)
{
    if (write(STDERR_FILENO, text, strlen(text)) < 0) return; /* nobody is left to tell */
}

static void the_three(sigset_t *set)
{
    sigemptyset(set);
    sigaddset(set, SIGINT);
    sigaddset(set, SIGTERM);
    sigaddset(set, SIGHUP);
}

static void on_signal(int number)
{
    rk_cleanup_now();
    say(number == SIGINT ? "reckon: interrupted; what was unfinished is removed\n"
                         : "reckon: stopped; what was unfinished is removed\n");
    _exit(128 + number);
}

void rk_cleanup_on_signals(void)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction action = {.sa_handler = on_signal};
    struct sigaction old;

    the_three(&action.sa_mask);
    for (int i = 0; i < 3; i++) {
        /* nohup and shells that run us in the background ask us to ignore some: we do */
        if (sigaction(numbers[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
            sigaction(numbers[i], &action, NULL);
    }
}

void rk_cleanup_hold(bool hold)
{
    sigset_t set;

    the_three(&set);
    sigprocmask(hold ? SIG_BLOCK : SIG_UNBLOCK, &set, NULL);
}

void rk_out_of_memory(void)
{
    rk_cleanup_now();
    say("reckon: out of memory; what was unfinished is removed. Close other programs or "
        "use a "
        "larger machine, then run it again\n");
    _exit(RK_WORLD);
}
