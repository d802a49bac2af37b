// SPDX-License-Identifier: MIT
/**
 * The same people in one of several categories, twice: a square flow table, rows initial,
 * columns latest, row-major, `table[i * levels + j]` people going from i to j.
 *
 * The categories of the shift functions are ordered; "don't know" is not a level, so leave
 * such people out before and report them apart.
 */
#ifndef STATS_STATS_ORDINAL_H
#define STATS_STATS_ORDINAL_H

#include "stats/stats_paired.h"
#include "stats/stats_types.h"

/** The largest number of categories the functions of this module take. */
#define STATS_MAX_LEVELS 64

/**
 * The 2x2 flow of one category against all others: a "yes" is being in `level`.
 *
 * @return STATS_OK; STATS_EMPTY for an empty table; STATS_DOMAIN for a negative count or a
 *         level outside the table.
 */
STATS_MUST_CHECK stats_status stats_collapse(const long *table, size_t levels, size_t level,
                                             struct stats_pairs *out);

/**
 * Change in one category's share, latest minus initial: Newcombe's paired interval on the
 * collapsed flow. Adjust the p-values of all categories with Holm.
 * Returns as stats_collapse.
 */
STATS_MUST_CHECK stats_status stats_category_change(const long *table, size_t levels,
                                                    size_t level, double conf,
                                                    struct stats_interval *out);

/**
 * Stuart-Maxwell test of marginal homogeneity: did the distribution over categories change?
 *
 *     d_i = n_i. - n_.i,  V_ii = n_i. + n_.i - 2 n_ii,  V_ij = -(n_ij + n_ji)
 *     chi2 = d' V^-1 d, df = categories with movers - 1
 *
 * Categories nobody entered or left are dropped, then one more (V is the Laplacian of the
 * movers, so its rows sum to 0).
 *
 * @return STATS_OK; STATS_EMPTY; STATS_DOMAIN; STATS_TOO_BIG above STATS_MAX_LEVELS;
 *         STATS_UNDEFINED when nobody moved, or when the movers fall into groups of
 * categories with no move between them (V is then singular).
 *
 * Source: Stuart (1955), Biometrika 42, 412-416; Maxwell (1970), Br. J. Psychiatry 116,
 * 651-655. Checked against: coin mh_test, statsmodels SquareTable.
 */
STATS_MUST_CHECK stats_status stats_stuart_maxwell(const long *table, size_t levels,
                                                   struct stats_test *out);

/**
 * Bhapkar's test: the same hypothesis with the unrestricted variance, SM / (1 - SM/n).
 * @return as stats_stuart_maxwell; also STATS_UNDEFINED when SM equals n.
 * Source: Bhapkar (1966), JASA 61, 228-235; the identity is Keefe's (1982).
 */
STATS_MUST_CHECK stats_status stats_bhapkar(const long *table, size_t levels,
                                            struct stats_test *out);

/**
 * Bowker's test of symmetry: sum of (n_ij - n_ji)^2 / (n_ij + n_ji), df = pairs of
 * categories with any move between them. STATS_UNDEFINED when nobody moved. Source: Bowker
 * (1948), JASA 43, 572-574. Checked against: R mcnemar.test on full tables.
 */
STATS_MUST_CHECK stats_status stats_bowker(const long *table, size_t levels,
                                           struct stats_test *out);

/** Who moved up, who down, and whether that is more than chance. */
struct stats_shift {
    long up, same,
        down;         /**< people whose latest level is above, at, below the initial one */
    double net_share; /**< (up - down) / everyone */
    double mean_change; /**< mean of latest - initial, in levels or in score points */
    double p_sign_midp; /**< sign test on the movers, mid-p; 1 when nobody moved */
};

/**
 * Shift over ordered categories, level i scored i.
 *
 * @return STATS_OK; STATS_EMPTY; STATS_DOMAIN. Any number of levels.
 *
 * Source: sign test, Dixon & Mood (1946); mid-p as stats_mcnemar.
 * Checked against: scipy; R binom.
 */
STATS_MUST_CHECK stats_status stats_ordinal_shift(const long *table, size_t levels,
                                                  struct stats_shift *out);

/**
 * The same from n pairs of scores. Whether up is better is the scale's business.
 * Differences are rounded to 9 decimals, so 0.3 - 0.2 equals 0.2 - 0.1.
 *
 * @return STATS_OK; STATS_EMPTY if n is 0; STATS_DOMAIN if a score is no number.
 */
STATS_MUST_CHECK stats_status stats_score_shift(const double *initial, const double *latest,
                                                size_t n, struct stats_shift *out);

#endif
