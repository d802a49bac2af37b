// SPDX-License-Identifier: MIT
#ifndef CHANGE_KIND_H
#define CHANGE_KIND_H

#include "pipeline/change/change_flow.h"

/** `change` of a yes/no question (`of_interest`), of categories, of scores, and
 * `transitions`, from a study's question to cells. */
rk_status change_yes_no(const struct change *change) RK_MUST_CHECK;
rk_status change_categories(const struct change *change) RK_MUST_CHECK;
rk_status change_scores(const struct change *change) RK_MUST_CHECK;
rk_status change_transitions(const struct change *change) RK_MUST_CHECK;

/** Column orders, so that all kinds of change read from left to right alike. */
enum change_column {
    COLUMN_INITIAL = 1,
    COLUMN_LATEST,
    COLUMN_CHANGE,
    COLUMN_GAINED,
    COLUMN_LOST,
    COLUMN_STAYED_YES,
    COLUMN_STAYED_NO,
    COLUMN_LINKED_INITIAL,
    COLUMN_LINKED_LATEST,
    COLUMN_LINKED_CHANGE,
    COLUMN_EACH_INITIAL,
    COLUMN_EACH_LATEST,
    COLUMN_EACH_CHANGE,
    COLUMN_EFFECT,
    COLUMN_IMPROVED,
    COLUMN_SAME,
    COLUMN_WORSE,
    COLUMN_NET,
    COLUMN_RELIABLY_IMPROVED,
    COLUMN_NO_RELIABLE_CHANGE,
    COLUMN_RELIABLY_WORSE,
    COLUMN_BOUNDS_LINKED,
    COLUMN_BOUNDS_ALL,
};
/** Puts a place in a column: its name, and its label in words of the two points. */
void change_column_place(const struct change *change, enum change_column column,
                         struct tab_place *place);

#endif
