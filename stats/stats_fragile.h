// SPDX-License-Identifier: MIT
/** How little would undo a change: the people behind it, counted one by one. */
#ifndef STATS_STATS_FRAGILE_H
#define STATS_STATS_FRAGILE_H

#include "stats/stats_paired.h"
#include "stats/stats_types.h"

/** The fewest after which the interval of the change holds 0. */
struct stats_fragility {
    long wrong;   /**< movers whose move was none: a wrong answer at one point */
    long unseen;  /**< people not seen twice who had moved the other way */
    long doubled; /**< movers who were counted twice, taken out */
};

/**
 * For a rise: `wrong` of those gained stay no, `unseen` more are lost, or `doubled` of those gained
 * go; for a fall the other way round. The interval is Newcombe's, Tango's below 30 people, as
 * `reckon` prints it; each number is found by trying 1, 2, 3 and so on.
 *
 * @param out  numbers of people, at least 1; untouched on failure. -1: no number of that kind does.
 * @return STATS_OK; STATS_EMPTY if nobody answered twice; STATS_UNDEFINED if the interval holds 0
 * already: there is nothing to undo; STATS_DOMAIN.
 *
 * Source: the fragility index of Walsh et al. (2014), J. Clin. Epidemiol. 67, 622-628, for paired
 * answers. Checked against: enumeration (one fewer does not do).
 */
STATS_MUST_CHECK stats_status stats_paired_fragility(const struct stats_pairs *pairs,
                                                     double conf,
                                                     struct stats_fragility *out);

#endif
