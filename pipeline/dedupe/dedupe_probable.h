// SPDX-License-Identifier: MIT
#ifndef DEDUPE_PROBABLE_H
#define DEDUPE_PROBABLE_H

#include "pipeline/dedupe/dedupe_priv.h"

/** What rows joined by probability are called in flow.csv and duplicates.csv. */
#define DEDUPE_PROBABLE "probable"

/** Joins rows that are probably one person, among those that no rule has joined: does nothing
 * when the study has no `dedupe` for the source. Whichever order the rows are in, the same
 * are joined. Fills kept_in and absorbed and writes pairs.csv, decisions.csv, linkage.csv. */
rk_status dedupe_probable_join(struct dedupe_rows *rows) RK_MUST_CHECK;

/** Finds the person of records that name none, or none that is known: fills the link of those
 * that are probably one person's, and says which may be. Before the records' references are
 * followed. */
rk_status dedupe_probable_find(struct dedupe_rows *rows) RK_MUST_CHECK;

#endif
