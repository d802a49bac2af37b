// SPDX-License-Identifier: MIT
#ifndef DEDUPE_WRITE_H
#define DEDUPE_WRITE_H

#include "pipeline/dedupe/dedupe_priv.h"

/** Opens a file of the folder and writes its headings (ended by NULL). */
rk_status dedupe_write_begin(struct dedupe *stage, const char *file,
                             const char *const *names,
                             struct rk_csv_writer *out) RK_MUST_CHECK;
/** NAME.csv with rows of a frame in a given order: file_line, the columns that are kept,
 * the derived ones. */
rk_status dedupe_write_rows(struct dedupe *stage, const char *name,
                            const struct frame *frame, const size_t *order,
                            size_t count) RK_MUST_CHECK;
/** Every record of the source that is left, in the order of its key. */
rk_status dedupe_write_source(const struct dedupe_rows *rows) RK_MUST_CHECK;
/** keys.csv: every reference given, and the person it is of. */
rk_status dedupe_write_keys(struct dedupe *stage) RK_MUST_CHECK;
rk_status dedupe_write_package(struct dedupe *stage) RK_MUST_CHECK;

#endif
