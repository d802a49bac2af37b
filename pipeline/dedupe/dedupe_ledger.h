// SPDX-License-Identifier: MIT
#ifndef DEDUPE_LEDGER_H
#define DEDUPE_LEDGER_H

#include "pipeline/dedupe/dedupe_priv.h"

/** What became of rows, on paper: duplicates.csv, unlinked.csv and issues.csv with no row
 * yet. */
rk_status dedupe_ledger_open(struct dedupe *stage) RK_MUST_CHECK;

/** Sets a row aside: into unlinked.csv with what its column of reference says. */
void dedupe_set_aside(struct dedupe_rows *rows, size_t row,
                      const struct frame_column *reference, enum dedupe_away why);
/** Sets a row aside for a check that excludes; counted in rows->ruled. */
void dedupe_rule_out(struct dedupe_rows *rows, size_t row, size_t check);
/** "unknown_person" and "its person is not known ...". */
const char *dedupe_away_code(enum dedupe_away why);
const char *dedupe_away_reason(enum dedupe_away why);

/** Writes a row into issues.csv. */
void dedupe_issue(struct dedupe_rows *rows, size_t row, const char *column,
                  const char *rule, const char *old, const char *now, const char *what);
/** Which row of which extract a row is, for messages. */
struct rk_place dedupe_place(const struct dedupe_rows *rows, size_t row);

#endif
