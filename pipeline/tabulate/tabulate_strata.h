// SPDX-License-Identifier: MIT
#ifndef TABULATE_STRATA_H
#define TABULATE_STRATA_H

#include "pipeline/tabulate/tabulate_cross.h"

/**
 * Are rows and columns of a table related within its layers, that is with what the layers
 * differ in held equal? Cells of row `adjusted`: `p` (Cochran-Mantel-Haenszel); two by two
 * also `points` (share in the first column, first row less second; Mantel-Haenszel with
 * Sato's variance), `ratio` (odds ratio, Robins-Breslow-Greenland) and `homogeneity`
 * (Breslow-Day-Tarone: do the layers agree?).
 *
 * @param dependent  rows are of the same clients or weigh unequally: there is no such test
 */
void tab_strata(const struct tab_cross *cross, bool dependent, const struct tab_group *base,
                const struct tab_group *const *cells, size_t count);

#endif
