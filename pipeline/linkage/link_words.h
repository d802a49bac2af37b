// SPDX-License-Identifier: MIT
#ifndef LINKAGE_WORDS_H
#define LINKAGE_WORDS_H

#include "pipeline/linkage/link_pairs.h"

/** What agrees and what does not, in words, without any value: "surname the same (rare); born
 * day and month swapped; postcode differs". */
const char *link_words_evidence(struct rk_arena *arena, const struct link_model *model,
                                const struct link_table *table, const struct link_pair *pair);
/** How the weight comes about: "surname +11.2, born +7.5, postcode -4.2; one home or one name
 * explains -3.0; sum 11.5". */
const char *link_words_weight(struct rk_arena *arena, const struct link_model *model,
                              const struct link_table *table, const struct link_pair *pair);
/** Why a pair is not judged by its weight alone; "" when it is. */
const char *link_words_why(enum link_why why);

#endif
