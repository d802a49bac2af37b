// SPDX-License-Identifier: MIT
#ifndef RK_CHILD_H
#define RK_CHILD_H

#include "pipeline/base/rk_arena.h"
#include "pipeline/base/rk_diag.h"

#include <sys/types.h>

/** Runs a program of PATH without a shell, with nothing to read, in the C.UTF-8 locale, its own
 *  messages dropped, and gives back what it printed as a file without a name, to be closed. -1 when
 *  it is not there, fails, prints more than 256 MiB or does not end within 30 seconds; *why then
 *  says so in words ("is not installed", "cannot read it", ...). */
int rk_child_run(const char *const *argv, const char **why);

/** A program at work; `pid` is 0 when there is none. */
struct rk_child {
    pid_t pid;
    int output;
    const char *why; /**< it could not be started; NULL */
};
/** The same in two steps, so that others can work meanwhile: each that is started is ended, once,
 *  by one of the three that follow. */
struct rk_child rk_child_start(const char *const *argv);
int rk_child_end(struct rk_child *child, const char **why);
rk_status rk_child_end_text(struct rk_arena *arena, struct rk_diag *diag, struct rk_child *child,
                            const char *program, const char *file, char **out) RK_MUST_CHECK;
/** Whatever it prints is not wanted any more. */
void rk_child_drop(struct rk_child *child);
/** The same as text, with a NUL that is not counted. RK_WORLD at `file` with a message. */
rk_status rk_child_text(struct rk_arena *arena, struct rk_diag *diag, const char *const *argv,
                        const char *file, char **out) RK_MUST_CHECK;
/** RK_WORLD: "report.pdf: pdftotext cannot read it; ...". */
rk_status rk_child_fail(struct rk_diag *diag, const char *program, const char *file,
                        const char *why);

#endif
