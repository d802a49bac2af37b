// SPDX-License-Identifier: MIT
#ifndef MASK_EXACT_H
#define MASK_EXACT_H

#include "pipeline/mask/mask_witness.h"

/**
 * The fewest cells to mask, exactly, wherever few counts hang together: a table that shares nothing
 * with others, or little. Of as few, those whose loss costs a reader least. By integer programming
 * (the model of Fischetti & Salazar, over any equations), limited by its branches; what is not
 * solved within them, or is too large, is left to the search.
 *
 * Source: Fischetti & Salazar (1999), Math. Program. 84, 283-312.
 * Checked against: mask_table_minimum, which is checked against sdc_min_suppression.
 * @return parts of the problem that were solved; their unknowns are settled
 */
size_t mask_exact(struct mask_witnesses *witnesses);

#endif
