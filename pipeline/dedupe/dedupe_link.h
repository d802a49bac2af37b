// SPDX-License-Identifier: MIT
#ifndef DEDUPE_LINK_H
#define DEDUPE_LINK_H

#include "pipeline/dedupe/dedupe_priv.h"

/** Makes the people of the stage from the rows that survive: one row each, in the order of their
 *  keys, and the person of every reference given. Rows without a key are set aside. */
rk_status dedupe_link_people(struct dedupe_rows *rows) RK_MUST_CHECK;
/** Before duplicates of a linked source are looked for: each reference becomes its person's key. */
void dedupe_link_records(struct dedupe_rows *rows);
/** After it: frame->person, and rows of nobody known are set aside (unless the study keeps them). */
void dedupe_link_set_aside(struct dedupe_rows *rows);

/** Writes a row into issues.csv. */
void dedupe_issue(struct dedupe_rows *rows, size_t row, const char *column, const char *rule,
                  const char *old, const char *now, const char *what);
/** Which row of which extract a row is, for messages. */
struct rk_place dedupe_place(const struct dedupe_rows *rows, size_t row);

#endif
