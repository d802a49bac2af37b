// SPDX-License-Identifier: MIT
#ifndef CLEAN_READER_H
#define CLEAN_READER_H

#include "pipeline/extract/extract.h"

/** A table whose first rows can be looked at before they are read. */
struct clean_reader;

/** Opens a table and holds its first `ahead` rows that are not blank, and those between
 * them. */
rk_status clean_reader_open(struct rk_arena *arena, struct rk_diag *diag, const char *path,
                            struct extract_options options, size_t ahead,
                            struct clean_reader **out) RK_MUST_CHECK;
/** The rows held. */
const struct rk_csv_row *clean_reader_ahead(const struct clean_reader *reader,
                                            size_t *count);
const struct extract *clean_reader_extract(const struct clean_reader *reader);
/** As rk_csv_next: the rows held, then the others. */
bool clean_reader_next(struct clean_reader *reader, struct rk_csv_row *row);
rk_status clean_reader_status(const struct clean_reader *reader) RK_MUST_CHECK;
void clean_reader_close(struct clean_reader *reader);
/** A copy of a row that stays. */
struct rk_csv_row clean_reader_copy(struct rk_arena *arena, const struct rk_csv_row *row);

#endif
