// SPDX-License-Identifier: MIT
#ifndef DEDUPE_MERGE_H
#define DEDUPE_MERGE_H

#include "pipeline/dedupe/dedupe_priv.h"

/** The row, of those that a rule joins, that the rule keeps. */
size_t dedupe_merge_choose(const struct dedupe_rows *rows, const struct study_duplicate *rule,
                           const size_t *group, size_t count);
/** Takes `other` into `kept`: blanks are filled if the rule says so; every difference is written
 *  down. `code` is the rule's. */
void dedupe_merge_absorb(struct dedupe_rows *rows, const char *code, bool fill, size_t kept,
                         size_t other);

/** A value as the contract files write it; "" when there is none. */
const char *dedupe_value_text(struct rk_arena *arena, const struct frame_column *column,
                              size_t row);

#endif
