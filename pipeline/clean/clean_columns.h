// SPDX-License-Identifier: MIT
#ifndef CLEAN_COLUMNS_H
#define CLEAN_COLUMNS_H

#include "pipeline/clean/clean_priv.h"

/** SOURCE.columns beside SOURCE.csv: the cells that are kept, as numbers (see columns.h). */
rk_status clean_columns_open(struct clean_source *source) RK_MUST_CHECK;
/** The row in hand, as it is kept. */
void clean_columns_keep(struct clean_source *source, const char *file_line);
/** After the last row of the source. */
void clean_columns_finish(struct clean_source *source);

#endif
