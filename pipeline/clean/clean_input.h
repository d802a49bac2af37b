// SPDX-License-Identifier: MIT
#ifndef CLEAN_INPUT_H
#define CLEAN_INPUT_H

#include "pipeline/clean/clean_priv.h"

/** The tables of a source in the order they are read: files by name, in a workbook its sheets
 * in its order. */
struct clean_inputs {
    struct clean_input *list;
    size_t count, cap;
};

/** Files that fit the study's `file`, and their sheets that fit its `sheet`. Without `sheet` a
 * workbook with several gives the one that has the declared headings. RK_STUDY after saying
 * which line settles it. */
rk_status clean_inputs_find(struct clean_source *source, struct clean_inputs *out) RK_MUST_CHECK;

#endif
