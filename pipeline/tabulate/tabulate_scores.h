// SPDX-License-Identifier: MIT
#ifndef TABULATE_SCORES_H
#define TABULATE_SCORES_H

#include "pipeline/tabulate/tabulate_question.h"
#include "stats/stats_mean.h"

/** Scores of a question's rows, group after group; within a group in rising order, so that
 * sums do not depend on the order of the rows. */
struct tab_scored {
    double *x;     /**< by slot of the group, then rising */
    uint32_t *row; /**< of the frame */
    size_t *slot;
    double *sorted; /**< x, and after it all of them rising: the slot `all` */
    size_t *start;  /**< in sorted; slots + 1 */
    size_t slots;   /**< with `all`, which is the last */
    struct stats_moments *moments; /**< per slot; n 0 and NAN where nobody is */
};

void tab_scored_fill(const struct tab_question *question, const struct tab_scores *scores,
                     const struct tab_groups *groups, struct tab_scored *out);
/** How many in a slot, and where they start in `sorted` (and, but for `all`, in x). */
size_t tab_scored_count(const struct tab_scored *scored, size_t slot);
size_t tab_scored_start(const struct tab_scored *scored, size_t slot);

/** SCORE for scales and ratings, YEARS or DAYS for times, else NUMBER. */
enum cell_unit tab_scores_unit(const struct tab_scores *scores);

#endif
