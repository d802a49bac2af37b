// SPDX-License-Identifier: MIT
#ifndef CLEAN_TEXT_H
#define CLEAN_TEXT_H

#include "pipeline/clean/clean_priv.h"

/** Applies `tidy` to a text: upper, lower, collapse, remove "-". In the arena; the text
 * itself when nothing changes. */
const char *clean_text_tidy(struct rk_arena *arena, const struct study_column *column,
                            const char *text);

#endif
