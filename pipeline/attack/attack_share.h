// SPDX-License-Identifier: MIT
#ifndef ATTACK_SHARE_H
#define ATTACK_SHARE_H

#include "pipeline/attack/attack_release.h"

/** A column of rounded percentages beside a column of counts, as anyone prints them. */
struct attack_shares {
    const struct attack_spot **counts; /**< of each row, NULL: none */
    const double *percent;             /**< of each row; NAN: none */
    const double *off;                 /**< how far rounding may have taken it: 0.5 for "12%" */
    size_t rows;
};

/**
 * Finds out of what the percentages are: of the total of their row, of the column or of the whole
 * table, by the rows that can be read in full (two at least, and none against it). Then each ties a
 * masked count to its total. With fewer than three rows that show it, it is only assumed.
 */
void attack_shares(struct attack_facts *facts, const struct attack_release *release,
                   const struct attack_shares *shares);

#endif
