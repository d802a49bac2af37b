// SPDX-License-Identifier: MIT
#ifndef DEDUPE_SURVIVOR_H
#define DEDUPE_SURVIVOR_H

#include "pipeline/dedupe/dedupe_priv.h"

/** Remembers from here on what `dedupe_survivor_fill` is told of; before any row is taken into
 *  another. */
void dedupe_survivor_open(struct dedupe_rows *rows);
/** The blank of a row was filled from another: what it said itself is nothing. */
void dedupe_survivor_filled(struct dedupe_rows *rows, const struct frame_column *column,
                            size_t row);
/**
 * Once every row knows who stands for it (kept_in): columns with a `take` of their own get the
 * value that the rule takes among all rows of the record, by what each said itself. Ties fall to
 * the row that survives, then to the first by key and content, so that no order of rows shows.
 * What was taken and what disagrees goes into duplicates.csv (rule `take`).
 */
void dedupe_survivor_take(struct dedupe_rows *rows);

#endif
