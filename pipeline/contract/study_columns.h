// SPDX-License-Identifier: MIT
#ifndef STUDY_COLUMNS_H
#define STUDY_COLUMNS_H

#include "pipeline/contract/study_priv.h"

/** Reads one `NAME: {from: ..., type: ...}` of a source. */
void study_read_column(struct study_reader *reader, const struct rk_yaml *key,
                       const struct rk_yaml *map, struct study_column *column);
/** Reads the key `apart` of a column that has codes. */
void study_read_apart(struct study_reader *reader, const struct rk_yaml *map,
                      struct study_column *column);
/** Reads `exclude`, `checks` and `duplicates` of a source. */
void study_read_rules(struct study_reader *reader, const struct rk_yaml *map,
                      struct study_source *source);

#endif
