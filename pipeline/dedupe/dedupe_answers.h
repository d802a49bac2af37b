// SPDX-License-Identifier: MIT
#ifndef DEDUPE_ANSWERS_H
#define DEDUPE_ANSWERS_H

#include "pipeline/dedupe/dedupe_compare.h"

/** A short hash of what was compared of a row: an answer holds as long as both records say
 * the same. */
void dedupe_answers_mark(const struct dedupe_compare *compare, uint32_t row, char out[17]);

/**
 * Applies what people answered (`same`, `different`, `unsure`) to the pairs; an answer about
 * records that changed since is expired and left alone. A pair that a person joins counts even
 * when nothing would have brought it up. A file that is not there is no answer; RK_STUDY when
 * it is not as decisions.csv is.
 */
rk_status dedupe_answers_apply(struct dedupe_compare *compare, const char *path) RK_MUST_CHECK;
/** The answer to a pair that was applied, "expired", or "". */
const char *dedupe_answers_state(const struct link_pair *pair);

#endif
