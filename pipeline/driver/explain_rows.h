// SPDX-License-Identifier: MIT
#ifndef DRIVER_EXPLAIN_ROWS_H
#define DRIVER_EXPLAIN_ROWS_H

#include "pipeline/contract/cells.h"
#include "pipeline/contract/study.h"

/**
 * The rows behind a cell, on stdout: for each its line in OUT/20-people and the row of the extract
 * it came from; no value of anybody. The rules of the cell's base are asked again of every row, and
 * how many there are is held against the cell. RK_CHECK when they differ.
 */
rk_status explain_rows(struct rk_run *run, const struct study *study,
                       const struct results *results, const struct cell *cell) RK_MUST_CHECK;

#endif
