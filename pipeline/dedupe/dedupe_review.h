// SPDX-License-Identifier: MIT
#ifndef DEDUPE_REVIEW_H
#define DEDUPE_REVIEW_H

#include "pipeline/dedupe/dedupe_compare.h"

/** Opens pairs.csv, decisions.csv and linkage.csv when a source of the study is compared by
 * probability. */
rk_status dedupe_review_open(struct dedupe *stage) RK_MUST_CHECK;
/** Writes what came out: every pair above the lower line (pairs.csv), those that a person
 * should look at or has answered, with evidence and explanation (decisions.csv), and what was
 * learned (linkage.csv). */
void dedupe_review_write(struct dedupe *stage, const struct dedupe_compare *compare);
/** Pairs that a person is asked about. */
long dedupe_review_open_pairs(const struct dedupe_compare *compare);
/** Is any source of the study compared by probability? */
bool dedupe_review_any(const struct study *study);

#endif
