// SPDX-License-Identifier: MIT
#ifndef STUDY_MISSING_H
#define STUDY_MISSING_H

#include "pipeline/contract/study_priv.h"

/** Reads the key `missing` of a map: a text, a list of them (not answered), or kinds with their
 * texts: {not_asked: [...], declined: [...]}. */
void study_read_missing(struct study_reader *reader, const struct rk_yaml *map,
                        struct study_missing *out);
/** Adds, behind the declared columns of a source, a column NAME_missing for each whose kinds of
 * missing are kept apart; there is room for twice as many columns. */
void study_add_kinds(struct study_reader *reader, struct study_source *source);

#endif
