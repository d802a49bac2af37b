// SPDX-License-Identifier: MIT
#ifndef CONTRACT_PACKAGE_H
#define CONTRACT_PACKAGE_H

#include "pipeline/base/rk_out.h"

/**
 * datapackage.json: what the CSV files of a folder hold, as a Frictionless Data Package with
 * Table Schemas, so that R and Python read the types. Texts must be UTF-8.
 */
struct package_field {
    const char *name;
    const char *type;        /**< "string", "integer", "number", "date", "boolean" */
    const char *description; /**< NULL: none */
    const char **values;     /**< the only values, NULL: any */
    size_t value_count;
};

struct package_table {
    const char *name;        /**< "cells" */
    const char *path;        /**< "cells.csv" */
    const char *description; /**< NULL: none */
    const struct package_field *fields;
    size_t count;
    const char *key;         /**< the column whose values are unique, NULL: none */
};

/** Writes datapackage.json into an open folder; `name` as "working-well-10-clean". */
rk_status package_write(struct rk_out *out, const char *name, const char *title,
                        const struct package_table *tables, size_t count) RK_MUST_CHECK;

/** Tables that stand in more than one folder: cells.csv, bases.csv, flow.csv. */
extern const struct package_table package_cells, package_bases, package_flow;

#endif
