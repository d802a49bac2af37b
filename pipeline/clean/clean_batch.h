// SPDX-License-Identifier: MIT
#ifndef CLEAN_BATCH_H
#define CLEAN_BATCH_H

#include "pipeline/clean/clean_priv.h"

/**
 * Rows of a source, read by threads some hundred at a time. A thread reads a row as the source
 * itself would, with code lists and counts of its own; what it wrote down is put in place in the
 * order of the rows. A row of which there is something to say, or that is set aside, is no
 * thread's business: it is read again by the source when its turn comes. So all is as without
 * threads.
 */
struct clean_batches;

/** NULL: one thread is all there may be, or it would not be worth it for `bytes` of extracts. */
struct clean_batches *clean_batches_open(struct clean_source *source, double bytes);
/** The headings of a table are known: the rows that follow are of it. */
void clean_batches_header(struct clean_batches *batches);
/** A row with cells of its own text (rk_csv_row.text_bytes) in which nothing is odd. */
rk_status clean_batches_add(struct clean_batches *batches,
                            const struct rk_csv_row *row) RK_MUST_CHECK;
/** When it returns, all that was added has been read. */
rk_status clean_batches_drain(struct clean_batches *batches) RK_MUST_CHECK;
/** Adds up the counts and ends the threads; what has not been drained is forgotten. */
void clean_batches_close(struct clean_batches *batches);

#endif
