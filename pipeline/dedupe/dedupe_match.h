// SPDX-License-Identifier: MIT
#ifndef DEDUPE_MATCH_H
#define DEDUPE_MATCH_H

#include "pipeline/dedupe/dedupe_priv.h"

/**
 * Finds rows that are one record, by the study's rules in their order and, for people, by
 * their key at last. Two rows belong together when a rule says so or a chain of rules does,
 * whichever order the rows are in. A row is taken into another once, by the first rule that
 * catches it. Fills kept_in and absorbed, merges what survivors take over and writes
 * duplicates.csv. Time grows with rows, not pairs. At last rows that are probably one person
 * are joined where the study asks for it (dedupe_probable.h).
 */
rk_status dedupe_match(struct dedupe_rows *rows) RK_MUST_CHECK;

/** What the rows with one key are called in flow.csv when no rule of the study joins them.
 */
#define DEDUPE_SAME_KEY "same_key"

#endif
