// SPDX-License-Identifier: MIT
/**
 * Many tests at once. NAN p-values (tests that could not be made) leave the family: they
 * stay NAN and do not count. Print the size of the family beside the adjusted values.
 */
#ifndef STATS_STATS_MULTIPLE_H
#define STATS_STATS_MULTIPLE_H

#include "stats/stats_types.h"

/** How to adjust. Holm for a declared family; Benjamini-Hochberg for screening. */
enum stats_adjustment {
    STATS_HOLM, /**< Holm (1979), Scand. J. Stat. 6, 65-70: no assumptions */
    STATS_BH,   /**< Benjamini & Hochberg (1995), JRSS B 57, 289-300: false discoveries */
    STATS_HOCHBERG,  /**< Hochberg (1988), Biometrika 75, 800-802: independent tests */
    STATS_BONFERRONI /**< times the family's size */
};

/**
 * Adjusted p-values, each at most 1, in the order given.
 *
 * @param p         n p-values in [0, 1], or NAN
 * @param work      n numbers of workspace
 * @param adjusted  n results; may be p itself
 * @return STATS_OK; STATS_EMPTY if no p-value is a number; STATS_DOMAIN if one is outside
 * [0, 1]. Checked against: R p.adjust, statsmodels multipletests.
 */
STATS_MUST_CHECK stats_status stats_adjust(const double *p, size_t n,
                                           enum stats_adjustment how, size_t *work,
                                           double *adjusted);

/** How many p-values are numbers: the size of the family. */
size_t stats_family(const double *p, size_t n);

#endif
