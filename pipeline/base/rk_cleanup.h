// SPDX-License-Identifier: MIT
#ifndef RK_CLEANUP_H
#define RK_CLEANUP_H

#include <stdbool.h>

/**
 * What must not be left behind when the program ends early: on Ctrl-C, SIGTERM, SIGHUP and
 * when memory runs out. Nothing here allocates; all of it may run inside a signal handler.
 */

/** Removes a file or a folder with all in it, never through a link. True if it is gone. */
bool rk_remove_tree(const char *path);

/** Remembers a path (copied) to remove; returns a ticket, or -1 when it is too long or too
 * many are remembered: then the next run of the same stage removes it. */
int rk_cleanup_add(const char *path);
/** Forgets it again: the path is whole, or gone. Takes -1 as well. */
void rk_cleanup_drop(int ticket);
/** Removes everything remembered. */
void rk_cleanup_now(void);

/** From here on the three signals remove what is remembered and exit with 128 + signal. */
void rk_cleanup_on_signals(void);
/** Holds the three signals back while two steps must follow each other, and
 * lets them go. */
void rk_cleanup_hold(bool hold);

/** Says that memory ran out, cleans up and exits with RK_WORLD. */
_Noreturn void rk_out_of_memory(void);

#endif
