// SPDX-License-Identifier: MIT
/**
 * Time to an event when another may come first: a client who leaves the programme can no
 * longer start a job from it. One minus Kaplan-Meier counts such people as still waiting
 * and overstates how many get there; the cumulative incidence here does not.
 */
#ifndef STATS_STATS_COMPETING_H
#define STATS_STATS_COMPETING_H

#include "stats/stats_survival.h"

/** P(the event has happened by a time, before any other), with two standard errors. */
struct stats_incidence {
    double incidence;
    double se;       /**< delta method, equal to the infinitesimal jackknife: the default */
    double se_aalen; /**< Aalen's, with tie correction; a little larger */
};

/**
 * Aalen-Johansen cumulative incidence at time t.
 *
 * With a_j = F(t) - F(t_j), S the survival from any event, d events of n at risk, c of them
 * of the cause and o the others:
 *
 *     delta  sum a_j^2 d/(n(n-d)) + S(t_j-)^2 c(n-c)/n^3 - 2 a_j S(t_j-) c/n^2
 *     Aalen  sum S(t_j-)^2 [(1 - a_j/S(t_j))^2 w(c) c/n^2 + (a_j/S(t_j))^2 w(o) o/n^2],
 *            w(x) = (n - x)/(n - 1)
 *
 * @param rows  a life table for the cause (stats_life_table)
 *
 * Source: Aalen & Johansen (1978), Scand. J. Stat. 5, 141-150; Dinse & Larson (1986),
 * Biometrika 73, 379-386; Aalen (1978), Ann. Stat. 6, 534-545.
 * Checked against: R survfit (multi-state) and cmprsk::cuminc, reference rows
 * `aalen_johansen`.
 */
struct stats_incidence stats_incidence_at(const struct stats_life *rows, size_t n,
                                          double t);

/** long doubles of workspace for stats_gray. */
size_t stats_gray_workspace(size_t groups);

/**
 * Gray's test that groups have the same cumulative incidence of a cause (rho = 0).
 *
 * @param subjects  n of them, event 0, `cause` or another; their order changes
 * @param groups    their `group` is 0 .. groups - 1
 * @return STATS_OK; STATS_EMPTY; STATS_DOMAIN; STATS_UNDEFINED if the test has no variance.
 *
 * Source: Gray (1988), Ann. Stat. 16, 1141-1154.
 * Checked against: R cmprsk::cuminc, reference rows `gray_test`.
 */
STATS_MUST_CHECK stats_status stats_gray(struct stats_subject *subjects, size_t n,
                                         size_t groups, int cause, long double *work,
                                         struct stats_test *out);

#endif
