// SPDX-License-Identifier: MIT
#ifndef CODES_CONFIRMED_H
#define CODES_CONFIRMED_H

#include "pipeline/contract/codes.h"

/**
 * Spellings that a person has confirmed to mean a code: codes/NAME.suggestions.csv beside
 * codes/NAME.csv, with the columns spelling,rows,code,label,why,confirm. A row counts when
 * `confirm` says yes; no and nothing change nothing, so that a yes can be taken back. They go
 * before the list: a code whose label is confirmed to be another's is no code any more.
 */
struct codes_confirmed;

/** Reads the suggestions beside the list at `path`; NULL in *out when there are none. RK_STUDY
 *  after saying every problem of the file. */
rk_status codes_confirmed_read(struct rk_arena *arena, struct rk_diag *diag, const char *path,
                               struct codes_confirmed **out) RK_MUST_CHECK;
/** The code that a text is confirmed to mean, through others if need be, or NULL. NULL, too,
 *  when that is `own` itself. `confirmed` may be NULL. */
const char *codes_confirmed_code(const struct codes_confirmed *confirmed,
                                 struct rk_arena *scratch, const char *text, const char *own);
/** The list now knows every confirmed spelling; a code that it lacks is added with its label. */
void codes_confirmed_add(const struct codes_confirmed *confirmed, struct rk_arena *arena,
                         struct rk_diag *diag, struct code_list *list);

#endif
