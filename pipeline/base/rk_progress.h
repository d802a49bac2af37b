// SPDX-License-Identifier: MIT
#ifndef RK_PROGRESS_H
#define RK_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

/**
 * How far long work has come, on a terminal and nowhere else: a line on stderr that is written
 * over, from the second second on, and gone when the work is done. Nothing of it reaches an
 * output.
 */

/** Is shown while `quiet` is false and stderr is a terminal. Called once. */
void rk_progress_allow(bool quiet);
/** Work begins: "clean", "assessments", in parts ("rows", "results"). `total` is of what
 *  rk_progress_step's `share` counts; 0: not known. */
void rk_progress_begin(const char *stage, const char *what, const char *parts, double total);
/** So many more parts are done, and `share` of the total with them. Cheap: looks at the clock
 *  every now and then. */
void rk_progress_step(long parts, double share);
/** The work is done; the line goes. */
void rk_progress_end(void);
/** Before anything else is written to stderr: the line goes, and comes back by itself. */
void rk_progress_clear(void);

/** The line: "clean     assessments: 1,200,000 rows, 400,000 a second, 12 s left". */
size_t rk_progress_text(char *out, size_t room, const char *stage, const char *what,
                        const char *parts, long done, double seconds, double share);

#endif
