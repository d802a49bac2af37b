// SPDX-License-Identifier: MIT
#ifndef CLEAN_UNCLEAN_H
#define CLEAN_UNCLEAN_H

#include "pipeline/base/rk_run.h"

/**
 * Puts the input back from OUT/10-clean alone: OUT/11-unclean/TABLE.csv for each table that was
 * read, with the declared columns under the headings they had there and, of rows set aside, all
 * their columns. Then compares with the extracts, when they are there, byte for byte. RK_CHECK
 * when a cell or a row is not as it stood; RK_WORLD when there is no 10-clean.
 */
rk_status clean_unclean(struct rk_run *run) RK_MUST_CHECK;

#endif
