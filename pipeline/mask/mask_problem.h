// SPDX-License-Identifier: MIT
#ifndef MASK_PROBLEM_H
#define MASK_PROBLEM_H

#include "pipeline/contract/cells.h"

/**
 * The whole report as one linked problem. The unknowns are quantities: counts of the same people
 * or records have one name in every table. Equations say which are sums of which. An attacker
 * knows the equations and every published quantity that is not masked; the rest is unknown to
 * him but for being no less than zero. Published is what a cell gives away by its value, by its
 * interval, or by the number of its base, unless that is masked for a small count anyway.
 */
enum mask_reason { MASK_NO, MASK_PRIMARY, MASK_SECONDARY };

struct mask_unknown {
    const char *id;
    long value;
    long people;    /**< behind it: as many, or fewer where records are counted */
    bool published; /**< a cell of the release gives it away */
    double worth;   /**< of the cells that do, to a reader; see mask_cost */
    size_t *cells;  /**< whose value gives it away: positions in the results */
    size_t cell_count, cell_cap;
    bool settled;   /**< masked, or not, as it is best: see mask_exact */
    bool open;      /**< may be published whatever its size */
    bool unprinted; /**< no cell gives it away, but all together narrow it */
    bool pinned;    /**< must not be hidden: the search tries to do without it */
    bool rounded;   /**< shown as `shown`, a multiple of the base less than a base away */
    bool followed;  /**< a rounded count that is not small and follows from what is shown exactly */
    long shown;
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
    bool far; /**< none of its parts is published */
};

/** Some ten minutes of one processor; the sample takes a thousandth. */
enum { MASK_WORK = 100000000 };

/** What is promised of the small numbers, and how. */
struct mask_terms {
    long threshold;     /**< counts from 1 to threshold - 1 are small */
    long base;          /**< of rounding */
    const bool *rounds; /**< of each cell: its counts are shown rounded; NULL: of none */
    size_t work;        /**< steps that the search for what to mask may make; 0: MASK_WORK */
};

struct mask_problem {
    struct rk_arena *arena;
    struct rk_arena *scratch; /**< emptied after each linear programme */
    struct rk_diag *diag;
    long threshold, base; /**< see mask_terms */
    size_t work, work_limit; /**< steps of the simplex method that the search has made, and may make */
    struct mask_unknown *unknowns;
    size_t count;
    size_t own; /**< those of this release come first; behind them what earlier ones add */
    struct mask_equation *equations;
    size_t equation_count;
    bool coarse; /**< leave out the far equations: a search for what to mask may, a proof may not */
};

/** The problem of a set of results; RK_CHECK if an equation does not add up (our mistake, but
 *  masking on wrong sums would protect nothing). */
rk_status mask_problem_make(struct rk_run *run, const struct results *results, long threshold,
                            struct mask_problem **out) RK_MUST_CHECK;
/** The same after earlier releases (mask_earlier.h), with which it is masked jointly. */
struct mask_history;
rk_status mask_problem_make_after(struct rk_run *run, const struct results *results,
                                  const struct mask_terms *terms,
                                  const struct mask_history *history,
                                  struct mask_problem **out) RK_MUST_CHECK;
/** Adds an equation, for which there must be room; RK_CHECK if it does not add up. */
rk_status mask_equation_add(struct mask_problem *problem, size_t total, const size_t *parts,
                            size_t count) RK_MUST_CHECK;
/** Marks the equations of which no part is published; known only once all that is published is. */
void mask_mark_far(struct mask_problem *problem);
/** Adds the sums of results whose quantities stand from `first` on. */
rk_status mask_sums_add(struct mask_problem *problem, const struct results *results,
                        size_t first) RK_MUST_CHECK;

/** Position of the quantity that a base counts; -1 when it has none. */
long mask_of_base(const struct results *results, const char *base_id);
/** Is this what masking is for: a small count? */
bool mask_is_small(const struct mask_problem *problem, size_t unknown);
/** What readers lose if it is hidden: the cells that give it away, margins more than others and
 *  intervals less than values; and of two counts the larger is worth more. */
double mask_cost(const struct mask_problem *problem, size_t unknown);
/** Could it be hidden, or is it already? Open counts cannot, and a zero protects nothing. */
static inline bool mask_movable(const struct mask_problem *problem, size_t unknown)
{
    const struct mask_unknown *u = &problem->unknowns[unknown];
    return !u->pinned && (u->rounded || !u->published || (!u->open && u->value > 0));
}
/** Does the equation count at present? */
static inline bool mask_counts(const struct mask_problem *problem, size_t equation)
{
    return !(problem->coarse && problem->equations[equation].far);
}
/** Hidden from the attacker: masked or never published. */
static inline bool mask_hidden(const struct mask_problem *problem, size_t unknown)
{
    const struct mask_unknown *u = &problem->unknowns[unknown];
    return u->masked != MASK_NO || u->rounded || !u->published;
}
/** What a reader knows of a hidden count by itself, and how wide that must stay. */
static inline double mask_lowest(const struct mask_problem *problem, size_t unknown)
{
    const struct mask_unknown *u = &problem->unknowns[unknown];

    return u->rounded ? fmax(0, (double)(u->shown - problem->base + 1)) : 0;
}
static inline double mask_highest(const struct mask_problem *problem, size_t unknown)
{
    const struct mask_unknown *u = &problem->unknowns[unknown];

    return u->rounded ? (double)(u->shown + problem->base - 1) : HUGE_VAL;
}
static inline double mask_wanted(const struct mask_problem *problem, size_t unknown)
{
    return (double)(problem->unknowns[unknown].rounded ? problem->base - 1 : problem->threshold);
}
/** Held to the promise: a small count that is masked, or a rounded one. */
static inline bool mask_is_held(const struct mask_problem *problem, size_t unknown)
{
    const struct mask_unknown *u = &problem->unknowns[unknown];

    return u->masked == MASK_PRIMARY || (u->rounded && !u->followed);
}

#endif
