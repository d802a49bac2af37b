// SPDX-License-Identifier: MIT
#ifndef RK_DIAG_H
#define RK_DIAG_H

#include "pipeline/base/rk_status.h"

#include <stdbool.h>
#include <stddef.h>

/**
 * Messages for people, on stderr: `reckon: study.yaml:12:5: unknown key "colums"; did you
 * mean "columns"?`. Repeats of one kind are grouped: after the fifth message with the same
 * `format` the rest are counted and the count is printed by rk_diag_flush. Control
 * characters are escaped. Never pass a value of a private column.
 */
struct rk_diag;

enum rk_diag_level { RK_DIAG_NOTE, RK_DIAG_WARNING, RK_DIAG_ERROR };

/** Where a message points; line and column count from 1, 0 leaves them out; file may be
 * NULL. */
struct rk_place {
    const char *file;
    size_t line, column;
};

/** `program` stands before every message (NULL: nothing is said, only counted); colours only on
 *  a terminal without NO_COLOR. */
struct rk_diag *rk_diag_new(const char *program);
void rk_diag_free(struct rk_diag *diag);
/** -q hides notes, -v shows them all ungrouped. */
void rk_diag_verbosity(struct rk_diag *diag, bool quiet, bool verbose);

void rk_diag_say(struct rk_diag *diag, enum rk_diag_level level, struct rk_place place,
                 const char *format, ...) RK_PRINTF(4, 5);
/** The same, and returns `status`, so that `return rk_fail(...)` reads as one thought. */
rk_status rk_fail(struct rk_diag *diag, rk_status status, struct rk_place place,
                  const char *format, ...) RK_PRINTF(4, 5);

/** How many errors have been said: lets a reader list all problems and fail once at the
 * end. */
size_t rk_diag_errors(const struct rk_diag *diag);
size_t rk_diag_warnings(const struct rk_diag *diag);
/** Notes, too. */
size_t rk_diag_said(const struct rk_diag *diag);
/** Prints the counts of grouped repeats. */
void rk_diag_flush(struct rk_diag *diag);

#define RK_NOWHERE                   ((struct rk_place){NULL, 0, 0})
#define RK_AT(file_, line_, column_) ((struct rk_place){(file_), (line_), (column_)})

#endif
