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
/** Reads `take` of a column (NULL: as the record that survives has it). */
void study_read_take(struct study_reader *reader, const struct rk_yaml *node,
                     struct study_take *out);
/** Says which columns of a source cannot have the `take` they have. */
void study_check_take(struct study_reader *reader, const struct study_source *source,
                      const struct study_scope *scope);
/** Reads one check; `when`, `repeated` or `unknown` says when it applies. */
bool study_read_check(struct study_reader *reader, const struct rk_yaml *map,
                      struct study_check *check);
/** What a map `severity: {CODE: warn}` says of a check; leaves *out alone when nothing. */
void study_read_severity(struct study_reader *reader, const struct rk_yaml *map,
                         const char *code, enum severity *out);
/** Reads `rules` of a source: the checks of rulebooks, bound to its columns. */
void study_read_rulebooks(struct study_reader *reader, const struct rk_yaml *list,
                          struct study_source *source);
/** Reads `exclude`, `checks` and `duplicates` of a source. */
void study_read_rules(struct study_reader *reader, const struct rk_yaml *map,
                      struct study_source *source);

#endif
