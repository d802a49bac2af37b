// SPDX-License-Identifier: MIT
#ifndef ATTACK_TABLE_H
#define ATTACK_TABLE_H

#include "pipeline/attack/attack_release.h"

/**
 * A table of counts as anyone may have published it: the first row names the columns, the first
 * column the rows; a row or column called All or Total is what the others add up to. Hidden are
 * [c], c, *, x, .., and "<5", which also says that it is small. A column headed % (percent, share)
 * is of the counts to its left; a row called chi-square, p or Cramer's V with one number is the
 * statistic of the table. Other columns that are not counts are left out. RK_CHECK when it has no counts.
 */
rk_status attack_table_read(struct attack_facts *facts, struct attack_release *release,
                            const char *path) RK_MUST_CHECK;

#endif
