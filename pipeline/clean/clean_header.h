// SPDX-License-Identifier: MIT
#ifndef CLEAN_HEADER_H
#define CLEAN_HEADER_H

#include "pipeline/clean/clean_priv.h"

/** Finds the header of a file: the line of the study, else the first of the rows with the most
 *  declared headings. `line` is 0 when there is no row at all. RK_CHECK or RK_STUDY after saying
 *  what is wrong, every missing column with the nearest heading. */
rk_status clean_header_find(struct clean_source *source, struct rk_csv *csv, size_t *line)
    RK_MUST_CHECK;
/** Takes a header row: which cell is which column. */
rk_status clean_header_map(struct clean_source *source, const struct rk_csv_row *row)
    RK_MUST_CHECK;
/** Is this row the header once more (two exports glued together)? */
bool clean_header_again(const struct clean_source *source, const struct rk_csv_row *row);

#endif
