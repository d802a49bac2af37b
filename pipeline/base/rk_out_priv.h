// SPDX-License-Identifier: MIT
#ifndef RK_OUT_PRIV_H
#define RK_OUT_PRIV_H

#include <stdbool.h>
#include <stddef.h>

/* The system calls behind rk_out. Each is true when all of it worked; errno
 * says why not. */

/** Writes all of it, through interruptions and short writes. */
bool out_write(int file, const void *data, size_t bytes);
/** Syncs and closes. */
bool out_close(int file);
/** Syncs a file that somebody else has written and closed; sets its mode unless 0. */
bool out_sync(const char *path, int mode);
/** Syncs a folder and the folders in it: the names of their files. */
bool out_sync_folders(const char *path);
/** Syncs the folder that `path` is in. */
bool out_sync_above(const char *path);

/** Puts `fresh` in the place of `target` in one step; what stood there is at `fresh` then.
 * Where the file system cannot exchange, in two steps. */
bool out_swap(const char *fresh, const char *target, const char *old);
/** The two steps: `target` to `old`, which is removed at the end, and `fresh` to `target`.
 * Between them there is no result at all; out_recover mends that after a kill. */
bool out_swap_in_two(const char *fresh, const char *target, const char *old);
/** Undoes the first of those two steps where a killed run left it at that. */
void out_recover(const char *target, const char *old);

#endif
