// SPDX-License-Identifier: MIT
#ifndef CLEAN_MENDED_H
#define CLEAN_MENDED_H

#include "pipeline/clean/clean_priv.h"

/**
 * Rows mended by hand: files of 10-clean/rejects that a person has put into the folder `mended`
 * beside the extracts, with the cells of a row typed under the headings or its `raw` put right.
 * They take the place of the rows they were; one whose row has changed since stays out.
 */
struct clean_mended;

/** Reads DATA/mended/SOURCE.csv and SOURCE_2.csv, ... (or .xlsx); none is no mistake. */
rk_status clean_mended_read(struct clean_source *source) RK_MUST_CHECK;
/** The header of the table in hand; the rows of it stand under the same headings. */
void clean_mended_header(struct clean_source *source, const struct rk_csv_row *header,
                         char separator);
/** The row in hand as it was mended, and what to say of it. False when nobody has. */
bool clean_mended_take(struct clean_source *source, const struct rk_csv_row *row,
                       struct rk_csv_row *out, const char **told);
/** Says which mended rows were of no use. */
void clean_mended_report(struct clean_source *source);
/** What tells whether a row is still the one that was set aside; `out` holds 17 bytes. */
void clean_mended_mark(const struct rk_csv_row *row, char out[17]);

/** Are there any for this source? */
bool clean_mended_any(const struct clean_source *source);

#endif
