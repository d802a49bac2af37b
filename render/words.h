// SPDX-License-Identifier: MIT
#ifndef RENDER_WORDS_H
#define RENDER_WORDS_H

#include "pipeline/base/rk_arena.h"

/** The field's words for the keys that cells carry; one table each, in words.c. */

/** Head of a column that shows a measure: "percent" is "%", "mean" is "Mean". */
const char *words_measure(const char *measure);
/** "Manchester (%)": a column's label and, where it is needed, what is measured. */
const char *words_column_head(struct rk_arena *arena, const char *label, const char *measure);
/** "newcombe-paired" is "Newcombe, paired"; an unknown key stays as it is. */
const char *words_method(const char *method);
/** What a statistical method is for ("interval of a share"); NULL for mere arithmetic. */
const char *words_method_use(const char *method);
/** Its papers, by author and year ("Wilson 1927"); NULL as above. */
const char *words_method_source(const char *method);

#endif
