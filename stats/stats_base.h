// SPDX-License-Identifier: MIT
/**
 * Of how many? Which bases could have produced a list of published percentages.
 *
 * Reports that print percentages without their base can be checked with it: a column that
 * fits no base is a slip, one that fits only 326 when the table says 315 has another base
 * than it claims. It is an attack on disclosure control, too: percentages can give back
 * every count.
 */
#ifndef STATS_STATS_BASE_H
#define STATS_STATS_BASE_H

#include "stats/stats_types.h"

/**
 * Counts that round to every percentage at one base, in exact whole-number arithmetic.
 *
 * @param percent   k percentages in units of the last decimal: 3.68 with two decimals is
 *         368
 * @param decimals  0 to 6
 * @param must_sum  non-zero if the categories exhaust the base: the counts must add up to n
 * @param counts    k counts, written on success: the nearest ones, moved within their
 *                  rounding interval where the sum demands it
 * @return STATS_OK if n fits; STATS_UNDEFINED if it does not; STATS_DOMAIN.
 *
 * A half may have been rounded either way (spreadsheets round up, printf to even), so both
 * ends of the rounding interval fit.
 *
 * Checked against: reference rows `base_from_percentages`.
 */
STATS_MUST_CHECK stats_status stats_base_fits(const long *percent, size_t k, int decimals,
                                              long n, int must_sum, long *counts);

/**
 * The bases in [from, to] that fit.
 *
 * @param smallest  the smallest of them
 * @param fitting   how many
 * @param counts    k counts at the smallest
 * @return STATS_OK; STATS_UNDEFINED if none fits; STATS_DOMAIN.
 */
STATS_MUST_CHECK stats_status stats_base_search(const long *percent, size_t k, int decimals,
                                                long from, long to, int must_sum,
                                                long *smallest, long *fitting,
                                                long *counts);

#endif
