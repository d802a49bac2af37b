// SPDX-License-Identifier: MIT
#ifndef RK_CHILD_H
#define RK_CHILD_H

#include "pipeline/base/rk_arena.h"
#include "pipeline/base/rk_diag.h"

/** Runs a program of PATH without a shell, with nothing to read, in the C.UTF-8 locale, its own
 *  messages dropped, and gives back what it printed as a file without a name, to be closed. -1 when
 *  it is not there, fails, prints more than 256 MiB or does not end within 30 seconds; *why then
 *  says so in words ("is not installed", "cannot read it", ...). */
int rk_child_run(const char *const *argv, const char **why);
/** The same as text, with a NUL that is not counted. RK_WORLD at `file` with a message. */
rk_status rk_child_text(struct rk_arena *arena, struct rk_diag *diag, const char *const *argv,
                        const char *file, char **out) RK_MUST_CHECK;
/** RK_WORLD: "report.pdf: pdftotext cannot read it; ...". */
rk_status rk_child_fail(struct rk_diag *diag, const char *program, const char *file,
                        const char *why);

#endif
