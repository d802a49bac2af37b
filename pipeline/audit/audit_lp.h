// SPDX-License-Identifier: MIT
#ifndef AUDIT_LP_H
#define AUDIT_LP_H

#include <stdbool.h>
#include <stddef.h>

/** One line of an average: between which limits each part lies, and the whole. */
struct audit_line {
    const double *low, *high; /**< of each part */
    double all_low, all_high;
};

/**
 * Can the whole be an average of the parts, with the same weights in each line? A linear
 * programme (GLPK) looks for weights that sum to 1 and miss the whole's limits by the
 * least.
 * @param excess  the least miss, in the unit of the numbers; 0 when weights exist
 * @return false when the programme could not be solved (say nothing then)
 */
bool audit_lp_average(const struct audit_line *lines, size_t count, size_t parts,
                      double *excess);

#endif
