// SPDX-License-Identifier: MIT
#ifndef RENDER_GNUPLOT_H
#define RENDER_GNUPLOT_H

#include "pipeline/base/rk_arena.h"
#include "pipeline/base/rk_diag.h"

#include <stdbool.h>
#include <stddef.h>

/**
 * The one child process. gnuplot is started without a shell and without anybody's settings,
 * in a folder of ours, with LC_ALL=C.UTF-8 as its whole environment; it may write no file,
 * start no process, use 10 seconds of processor and no more than 2 GiB. It reads a script
 * from a pipe and answers into two others, and it is killed when it has not ended after 10
 * seconds.
 *
 * RECKON_GNUPLOT names another program, RECKON_GNUPLOT_SECONDS another patience.
 */
struct gnuplot_answer {
    char *out; /**< what it printed, NUL-terminated, in the arena */
    size_t out_bytes;
    char *err;
    size_t err_bytes;
    const char *trouble; /**< NULL, or how it ended badly: "ended with status 1" */
};

/** RK_WORLD after a message: not installed, cannot be started, pipes fail. A gnuplot that
 * hangs, crashes or ends with an error is RK_OK with `trouble` set: its answer may still
 * hold charts. */
rk_status gnuplot_run(struct rk_arena *arena, struct rk_diag *diag, const char *folder,
                      const char *script, size_t bytes,
                      struct gnuplot_answer *out) RK_MUST_CHECK;

#endif
