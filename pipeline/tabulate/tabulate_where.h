// SPDX-License-Identifier: MIT
#ifndef TABULATE_WHERE_H
#define TABULATE_WHERE_H

#include "pipeline/tabulate/tabulate_variable.h"

/**
 * Says of `who` that a study's `where` holds. "area is salford and type answered" becomes
 * terms, so that they are the same people as those in the row Salford of a table by area;
 * what is no simple term stays a piece of text.
 */
void tab_who_where(struct tab_desk *desk, const struct tab_view *view, const char *where,
                   struct tab_who *who);

#endif
