// SPDX-License-Identifier: MIT
#ifndef CLEAN_CELLS_H
#define CLEAN_CELLS_H

#include "pipeline/clean/clean_priv.h"

/**
 * Single cells mended by hand. 10-clean/unreadable.csv lists each cell that could not be read; a person
 * types what it should be under `mended` and saves the list as DATA/mended/unreadable.csv (or .xlsx).
 * The cell is then read as that, wherever the row stands in the extracts, and for as long as the
 * row is what it was, byte for byte. A row of the list without `was` mends any cell: it says file
 * and line, and holds while the cell says `value`.
 */
struct clean_cells;

/** Reads what is mended of a source; no such file is no mistake. */
rk_status clean_cells_read(struct clean_source *source) RK_MUST_CHECK;
/** Is any cell of the source mended? */
bool clean_cells_any(const struct clean_source *source);
/** The next row, before its cells are asked for. */
void clean_cells_row(struct clean_source *source, const struct rk_csv_row *row);
/** What a person says the cell of a column in that row should be, or NULL. */
const char *clean_cells_take(struct clean_source *source, size_t column);
/** Says which mended cells were of no use. */
void clean_cells_report(struct clean_source *source);
/** Adds the cell in hand, which cannot be read, to unreadable.csv. */
void clean_cells_list(struct clean_source *source, size_t column, const char *why);

#endif
