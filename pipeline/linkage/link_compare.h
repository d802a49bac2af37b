// SPDX-License-Identifier: MIT
#ifndef LINKAGE_COMPARE_H
#define LINKAGE_COMPARE_H

#include "pipeline/linkage/link_table.h"

/**
 * How two rows agree: four bits a column. LINK_MISSING says nothing, else the level that
 * holds is level + 1. Given name and surname that changed places are one answer, that of the
 * column of given names; the surname then says nothing more.
 */
typedef uint64_t link_pattern;

enum { LINK_MISSING = 0, LINK_HALF_SWAPPED = 14, LINK_SWAPPED = 15, LINK_ANSWERS = 16 };

static inline unsigned link_answer(link_pattern pattern, size_t column)
{
    return (unsigned)(pattern >> (4 * column)) & 15U;
}

link_pattern link_compare(const struct link_table *table, uint32_t a, uint32_t b);

/** Does one test hold for two values of a column, both there? */
bool link_test_holds(const struct link_column *column, const struct link_level *level,
                     uint32_t a, uint32_t b);

#endif
