// SPDX-License-Identifier: MIT
#ifndef MASK_PROBLEM_H
#define MASK_PROBLEM_H

#include "pipeline/contract/cells.h"

/**
 * The whole report as one linked problem. The unknowns are quantities: counts of the same people
 * or records have one name in every table. Equations say which are sums of which. An attacker
 * knows the equations and every published quantity that is not masked; the rest is unknown to
 * him but for being no less than zero.
 */
enum mask_reason { MASK_NO, MASK_PRIMARY, MASK_SECONDARY };

struct mask_unknown {
    const char *id;
    long value;
    bool published; /**< a cell of the release gives it away */
    bool open;      /**< may be published whatever its size */
    bool total;     /**< is the sum of others */
    enum mask_reason masked;
    const char *because; /**< for the log */
    size_t *equations;   /**< those it stands in */
    size_t equation_count, equation_cap;
};

/** total - parts[0] - parts[1] ... = 0; positions of unknowns. */
struct mask_equation {
    size_t total;
    size_t *parts;
    size_t count;
};

struct mask_problem {
    struct rk_arena *arena;
    struct rk_arena *scratch; /**< emptied after each linear programme */
    struct rk_diag *diag;
    long threshold; /**< counts from 1 to threshold - 1 are small */
    struct mask_unknown *unknowns;
    size_t count;
    struct mask_equation *equations;
    size_t equation_count;
};

/** The problem of a set of results; RK_CHECK if an equation does not add up (our mistake, but
 *  masking on wrong sums would protect nothing). */
rk_status mask_problem_make(struct rk_run *run, const struct results *results, long threshold,
                            struct mask_problem **out) RK_MUST_CHECK;

/** Is this what masking is for: a small count? */
bool mask_is_small(const struct mask_problem *problem, size_t unknown);
/** Hidden from the attacker: masked or never published. */
static inline bool mask_hidden(const struct mask_problem *problem, size_t unknown)
{
    const struct mask_unknown *u = &problem->unknowns[unknown];
    return u->masked != MASK_NO || !u->published;
}

#endif
