// SPDX-License-Identifier: MIT
#ifndef MASK_PACKAGE_H
#define MASK_PACKAGE_H

#include "pipeline/contract/about.h"
#include "pipeline/contract/package.h"

#include "pipeline/base/rk_run.h"

/** A table of 40-release: the codes and labels of its rows and columns, in their order. */
struct mask_axis {
    const char *code, *label;
    long order;
};

struct mask_sheet {
    struct mask_axis *rows, *columns; /**< a column's code is "COLUMN.MEASURE" */
    size_t row_count, column_count, row_cap, column_cap;
};

/** The tables as they are written, for datapackage.json. */
struct mask_tables {
    struct package_table *all;
    size_t count, cap;
};
void mask_tables_add(struct rk_arena *arena, struct mask_tables *tables, const char *result,
                     const struct mask_sheet *sheet);

/** datapackage.json of 40-release: cells, bases, what was promised, and every table. */
rk_status mask_package(struct rk_run *run, const struct about *about,
                       const struct mask_tables *tables, struct rk_out *out) RK_MUST_CHECK;

#endif
