// SPDX-License-Identifier: MIT
#ifndef CLEAN_FILE_H
#define CLEAN_FILE_H

#include "pipeline/clean/clean_priv.h"

/** Looks through a table (source->input) for what proves the order of day and month in its dates. */
rk_status clean_file_prove(struct clean_source *source) RK_MUST_CHECK;
/** Reads a table (source->input) row by row: kept rows, rows set aside, issues.
 */
rk_status clean_file_read(struct clean_source *source) RK_MUST_CHECK;
/** Reads one row of it; `row` may be any. */
rk_status clean_file_row(struct clean_source *source,
                         const struct rk_csv_row *row) RK_MUST_CHECK;
/** The same but for keeping it, of a row that is kept and of which there is nothing to say.
 * False for any other: then it must be read as above, and what has been written down and
 * counted meanwhile is void. */
bool clean_file_ordinary(struct clean_source *source, const struct rk_csv_row *row);
/** Keeps such a row, whose cells are in hand again. */
void clean_file_keep(struct clean_source *source, const struct rk_csv_row *row);
/** Looks at each row of it (source->input) that can be judged, and writes nothing. */
typedef void clean_look(struct clean_source *source, void *context);
rk_status clean_file_look(struct clean_source *source, clean_look *look,
                          void *context) RK_MUST_CHECK;
/** What a cell of references in that row will come to, NULL for nothing. */
const char *clean_file_reference(struct clean_source *source, size_t column);
/** How the study says a source's files are written; `sheet` NULL: no workbook. */
struct extract_options clean_file_options(const struct study_source *source,
                                          const char *sheet);
/** Code of a kind of broken row, and its reason in words. */
const char *clean_break_code(enum clean_break kind);
const char *clean_break_reason(enum clean_break kind);

#endif
