// SPDX-License-Identifier: MIT
#ifndef TABULATE_TEST_H
#define TABULATE_TEST_H

#include "pipeline/tabulate/tabulate_cross.h"

/**
 * Are rows and columns of a table related? Cells `p` and `v` (Cramer's V, bias-corrected)
 * of row `all` of the layer.
 *
 * Two by two: chi-square times (N-1)/N, or Fisher's mid-p when a count as small as 1 is not
 * expected (Campbell's rule). Larger: chi-square, or Fisher-Freeman-Halton when an expected
 * count is below 1 or a fifth of them below 5. With clusters or weights: Rao-Scott. `method` says
 * which.
 */
void tab_test(const struct tab_cross *cross, const struct tab_clusters *clusters,
              const struct tab_scores *weight, size_t layer, const struct tab_place *place, const struct tab_group *base,
              const struct tab_group *const *cells, size_t count);

#endif
