// SPDX-License-Identifier: MIT
#ifndef MASK_EARLIER_H
#define MASK_EARLIER_H

#include "pipeline/contract/ledger.h"
#include "pipeline/mask/mask_problem.h"

/** Releases that are out: what they counted, and what they said of each count. */
struct mask_earlier {
    const char *as_at;
    struct results *results;   /**< quantities and sums, as they were then */
    enum ledger_state *states; /**< of each quantity */
    long *shown;               /**< of each that was rounded */
};

struct mask_history {
    struct mask_earlier *releases; /**< by date */
    size_t count;
};

/** Reads the ledger of the study; none without one. */
rk_status mask_history_read(struct rk_run *run, const struct study *study,
                            struct mask_history *out) RK_MUST_CHECK;

/** Unknowns that the history may add to a problem of `results`. */
size_t mask_history_room(const struct mask_history *history, const struct results *results);
/** Equations likewise. */
size_t mask_history_sums(const struct mask_history *history, const struct results *results);

/**
 * Adds what readers have already: the counts of earlier releases, which cannot be hidden any more
 * where they were published, their sums, and, where a count has grown since, the growth. A growth
 * of a few that both releases tell of is a small count like any other.
 */
rk_status mask_history_add(const struct mask_history *history, const struct results *results,
                           struct mask_problem *problem) RK_MUST_CHECK;

/** 35-masking/states.csv: what this release says of each count, for the ledger. */
rk_status mask_states_write(const struct mask_problem *problem, const struct results *results,
                            struct rk_out *out) RK_MUST_CHECK;

#endif
