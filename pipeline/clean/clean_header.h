// SPDX-License-Identifier: MIT
#ifndef CLEAN_HEADER_H
#define CLEAN_HEADER_H

#include "pipeline/clean/clean_priv.h"

/** How many rows are searched for the headings. */
enum { CLEAN_HEADER_WITHIN = 50 };

/** Finds the header among the first rows of a file: the row at the study's line, else the
 * first of those with the most declared headings (or, when there is none, of those with the
 * most that are spelled nearly so). RK_CHECK or RK_STUDY after saying that there is none.
 */
rk_status clean_header_find(struct clean_source *source, const struct rk_csv_row *rows,
                            size_t count, size_t *line) RK_MUST_CHECK;
/** How many declared headings the best of the rows has. */
size_t clean_header_score(struct clean_source *source, const struct rk_csv_row *rows,
                          size_t count);
/** Takes a header row: which cell is which column. RK_STUDY after saying every missing
 * column, with the nearest heading. */
rk_status clean_header_map(struct clean_source *source,
                           const struct rk_csv_row *row) RK_MUST_CHECK;
/** The column of the study that a heading belongs to, or NULL. */
const struct study_column *clean_header_owner(const struct clean_source *source,
                                              const struct rk_csv_row *row, size_t cell);
/** Is this row the header once more (two exports glued together)? */
bool clean_header_again(const struct clean_source *source, const struct rk_csv_row *row);

#endif
