// SPDX-License-Identifier: MIT
/** Arithmetic of figures as readers see them: whole units that must agree with each other.
 */
#ifndef STATS_STATS_SHOWN_H
#define STATS_STATS_SHOWN_H

#include "stats/stats_types.h"

/**
 * Shares of a total in whole units that sum to all of them: each is cut down, and the units
 * left over go to the largest remainders, the first of equals first. An option for tables
 * that must show 100; the default shows shares as they are, with a note.
 *
 * @param count  n counts >= 0
 * @param units  what the shares sum to: 1000 for percentages with one decimal
 * @param work   n numbers of workspace
 * @param share  n shares in whole units
 * @return STATS_OK; STATS_EMPTY if the counts sum to 0; STATS_DOMAIN; STATS_TOO_BIG if
 * count times units does not fit a long. Source: Hamilton's method (largest remainders).
 * Checked against: exact fractions.
 */
STATS_MUST_CHECK stats_status stats_largest_remainder(const long *count, size_t n,
                                                      long units, size_t *work,
                                                      long *share);

/** Two proportions of a table and what may be said of their change. */
struct stats_shown_change {
    double change; /**< second minus first, from the counts */
    double
        from_rounded; /**< what subtracting the printed percentages would give: a mistake */
    double relative;  /**< second / first - 1; NAN if the first is 0 */
};

/**
 * @param decimals  of the printed percentages, 0 to 6
 * @return STATS_OK; STATS_EMPTY if a base is 0; STATS_DOMAIN.
 * Checked against: arithmetic.
 */
STATS_MUST_CHECK stats_status stats_shown_change(long yes1, long n1, long yes2, long n2,
                                                 int decimals,
                                                 struct stats_shown_change *out);

/** A percentage of counts in whole units of the last decimal, half away from zero: 1 of 8
 * with one decimal is 125, with none 13. n > 0, 0 <= yes. Exact, in whole numbers. */
long stats_rounded_percent(long yes, long n, int decimals);

/**
 * Running totals against a running profile.
 *
 * @param count    n counts, one per month
 * @param profile  n expected numbers, one per month
 * @param total    n running totals
 * @param share    n shares total / running profile; NAN where that is 0
 * @return STATS_OK; STATS_EMPTY if n is 0; STATS_DOMAIN if a number is negative or not
 * finite.
 */
STATS_MUST_CHECK stats_status stats_cumulative(const double *count, const double *profile,
                                               size_t n, double *total, double *share);

#endif
