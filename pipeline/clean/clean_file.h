// SPDX-License-Identifier: MIT
#ifndef CLEAN_FILE_H
#define CLEAN_FILE_H

#include "pipeline/clean/clean_priv.h"

/** Looks through a table (source->input) for what proves the order of day and month in its dates. */
rk_status clean_file_prove(struct clean_source *source) RK_MUST_CHECK;
/** Reads a table (source->input) row by row: kept rows, rows set aside, issues.
 */
rk_status clean_file_read(struct clean_source *source) RK_MUST_CHECK;
/** How the study says a source's files are written; `sheet` NULL: no workbook. */
struct extract_options clean_file_options(const struct study_source *source,
                                          const char *sheet);
/** Code of a kind of broken row, and its reason in words. */
const char *clean_break_code(enum clean_break kind);
const char *clean_break_reason(enum clean_break kind);

#endif
