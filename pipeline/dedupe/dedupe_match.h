// SPDX-License-Identifier: MIT
#ifndef DEDUPE_MATCH_H
#define DEDUPE_MATCH_H

#include "pipeline/dedupe/dedupe_priv.h"

/**
 * Finds rows that are one record, by the study's rules in their order and, for people, by their
 * key at last. Two rows belong together when a rule says so or a chain of rules does, whichever
 * order the rows are in. Fills kept_in, rule and absorbed, merges what survivors take over and
 * writes duplicates.csv. Time grows with rows, not pairs.
 */
rk_status dedupe_match(struct dedupe_rows *rows) RK_MUST_CHECK;

/** What the rows with one key are called in flow.csv when no rule of the study joins them. */
#define DEDUPE_SAME_KEY "same_key"

/** Order of two rows by what is in them (key first), then by their place in the files: the same
 *  for any order of equal rows. */
int dedupe_order(const struct dedupe_rows *rows, size_t a, size_t b);

#endif
