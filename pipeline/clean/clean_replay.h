// SPDX-License-Identifier: MIT
#ifndef CLEAN_REPLAY_H
#define CLEAN_REPLAY_H

#include "pipeline/clean/clean_priv.h"

/**
 * What it takes to put the input back: ledger.csv has each cell of a kept row that neither is
 * the usual form of what was made of it nor stands in issues.csv as it stood, and headings.csv
 * which heading of which table is which column. With SOURCE.csv and rejects/ they give every declared cell
 * of the extracts again (clean_unclean.h).
 */
rk_status clean_replay_open(struct rk_run *run, struct rk_out *out,
                            struct clean_replay **replay) RK_MUST_CHECK;
/** One whose cells go into memory, and rows of ledger.csv from there. */
struct clean_replay *clean_replay_aside(struct rk_arena *arena, struct rk_csv_memory *cells);
void clean_replay_put(struct clean_replay *replay, const char *rows, size_t bytes);
/** The columns of the table in hand, once its header has been mapped. */
void clean_replay_header(struct clean_source *source);
/** The row in hand, which is kept; `row` as it stood. */
void clean_replay_row(struct clean_source *source, const struct rk_csv_row *row);

/** Bytes of ledger.csv so far: it does not say of which source its rows are. */
long clean_replay_bytes(const struct clean_replay *replay);

/** How an extract usually writes what SOURCE.csv says in `text`: a date in the first of the
 * column's formats, a code as its label, anything else as it is. In `scratch` or borrowed. */
const char *clean_replay_usual(struct rk_arena *scratch, const struct study_column *column,
                               const char *text);

#endif
