// SPDX-License-Identifier: MIT
#ifndef RK_OUT_H
#define RK_OUT_H

#include "pipeline/base/rk_arena.h"
#include "pipeline/base/rk_csv.h"
#include "pipeline/base/rk_diag.h"

/**
 * A stage's output folder, which changes as one: files are written into a hidden folder
 * beside it and the two are swapped when all is whole and synced (0700 and 0600 where
 * people are in it, else 0755 and 0644, less the umask). A failed or killed run leaves the
 * last good folder; a stale hidden folder is removed by the next run, and by this one when
 * memory runs out or on SIGINT, SIGTERM and SIGHUP. The folder is the stage's own: what
 * else lay in it goes.
 */
struct rk_out;

/** `folder` e.g. "OUT/10-clean". `secret`: there are people in it. */
rk_status rk_out_begin(struct rk_arena *arena, struct rk_diag *diag, const char *folder,
                       bool secret, struct rk_out **out) RK_MUST_CHECK;
/** Opens a new file of the folder ("cells.csv", "tables/belief.csv"); NULL after a message,
 * and then the commit fails too. A name with "..", an empty part or a leading
 * / is refused. */
FILE *rk_out_open(struct rk_out *out, const char *name);
/** The same, and its bytes are hashed as they are written: see rk_out_hash. */
FILE *rk_out_open_hashed(struct rk_out *out, const char *name);
/** Hash in hex of what was written into such a file so far. */
void rk_out_hash(struct rk_out *out, FILE *file, char hex[65]);
/** Flushes, syncs and closes one file before the commit: for a stage
 * that writes hundreds. */
rk_status rk_out_close(struct rk_out *out, FILE *file) RK_MUST_CHECK;
/** Path of the file in the hidden folder, for a library that writes by itself (the folders
 * in it are made; the commit syncs it and fails if it is not there); NULL
 * after a message. */
const char *rk_out_path(struct rk_out *out, const char *name);
/** Flushes, syncs and closes what was opened, then swaps. Any write error until now fails
 * it. */
rk_status rk_out_commit(struct rk_out *out) RK_MUST_CHECK;
/** Removes the hidden folder; harmless after a commit. */
void rk_out_abandon(struct rk_out *out);

/** Puts a folder that is whole in the place of another, in one step; `fresh` is gone afterwards. */
rk_status rk_out_replace(struct rk_arena *arena, struct rk_diag *diag, const char *fresh,
                         const char *folder) RK_MUST_CHECK;

/** One file whole or not at all: temporary name beside it, fsync, rename. `mode` holds from
 * the first byte on, less the umask. */
rk_status rk_out_file(struct rk_diag *diag, const char *path, const void *data,
                      size_t bytes, int mode) RK_MUST_CHECK;

#endif
