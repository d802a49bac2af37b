// SPDX-License-Identifier: MIT
#ifndef DEDUPE_MERGE_H
#define DEDUPE_MERGE_H

#include "pipeline/dedupe/dedupe_priv.h"

/** Puts rows that a rule joins in its order of liking: the first is the one it keeps. */
void dedupe_merge_rank(struct dedupe_rows *rows, const struct study_duplicate *rule,
                       size_t *group, size_t count);
/** Takes `other` into `kept`: blanks are filled if the rule says so (a missing key always);
 * the row and every difference go into duplicates.csv, without values of private columns.
 */
void dedupe_merge_absorb(struct dedupe_rows *rows, const struct study_duplicate *rule,
                         size_t kept, size_t other);

/** Do two rows with a value in the column have the same? */
bool dedupe_same_value(const struct frame_column *column, size_t a, size_t b);
/** Copies a value; where kinds of missing are kept, what is filled is missing no more. */
void dedupe_fill_value(struct dedupe_rows *rows, struct frame_column *column, size_t to,
                       size_t from);
/** A row of duplicates.csv about a column: `what` is conflict, filled, left blank or taken. */
void dedupe_put_difference(struct dedupe_rows *rows, const char *code, size_t kept,
                           size_t other, const struct frame_column *column, const char *what);

/** A value as the contract files write it; "" when there is none. */
const char *dedupe_value_text(struct rk_arena *arena, const struct frame_column *column,
                              size_t row);

#endif
