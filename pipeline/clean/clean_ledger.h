// SPDX-License-Identifier: MIT
#ifndef CLEAN_LEDGER_H
#define CLEAN_LEDGER_H

#include "pipeline/clean/clean_priv.h"

/**
 * What became of the input: issues.csv has a row for each cell or row that is not as it
 * was, and rejects/SOURCE.csv the rows set aside, whole, so that they can be mended by
 * hand.
 */
rk_status clean_ledger_open(struct rk_run *run, struct rk_out *out,
                            struct clean_ledger **ledger) RK_MUST_CHECK;

/** One whose cells go into memory; nothing else can be told to it. */
struct clean_ledger *clean_ledger_aside(struct rk_arena *arena, struct rk_csv_memory *issues);
/** Rows of issues.csv from there. */
void clean_ledger_put(struct clean_ledger *ledger, const char *rows, size_t bytes);

/** A cell: `column` a name of ours, `rule` a code, `what` a sentence. */
void clean_ledger_cell(struct clean_source *source, const char *column, const char *rule,
                       const char *old, const char *now, const char *what);
/** A table that has been read: what it was read as and what proves that, the line of its
 * headings, its columns and rows. */
void clean_ledger_extract(struct clean_source *source, const char *words, size_t header_line,
                          long rows);
/** unreadable.csv, begun with these headings when it is first asked for; NULL of a ledger that is
 *  aside, and when it cannot be made, which is the worst that happened to the source then. */
struct rk_csv_writer *clean_ledger_cells(struct clean_source *source, const char *const *names,
                                         size_t count);
/** A row that is set aside, with its cells as they stood. */
rk_status clean_ledger_reject(struct clean_source *source, const struct rk_csv_row *row,
                              const char *code, const char *reason) RK_MUST_CHECK;
/** The header of a new file: rows set aside from now on stand under it. */
void clean_ledger_header(struct clean_source *source, const struct rk_csv_row *header);

#endif
