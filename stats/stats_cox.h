// SPDX-License-Identifier: MIT
/**
 * Proportional hazards regression: which characteristics go with getting there sooner.
 */
#ifndef STATS_STATS_COX_H
#define STATS_STATS_COX_H

#include "stats/stats_types.h"

/** Bytes of workspace for n people and p columns, aligned as malloc's. */
size_t stats_cox_workspace(size_t n, size_t p);

/**
 * Cox's partial likelihood with Efron's handling of ties.
 *
 * @param time    n times, >= 0; @param event 1 at the event, 0 still waiting
 * @param x       n rows by p columns, no column of ones
 * @param beta    p log hazard ratios: above 0 means sooner
 * @param covariance  inverse information at the final beta, p by p
 * @param work    stats_cox_workspace(n, p) bytes
 * @param loglik  of the model and, in null_loglik, of no difference at all
 * @return STATS_OK; STATS_EMPTY if there is nobody or no event; STATS_DOMAIN;
 *         STATS_UNDEFINED if a column never varies among those at risk or is a combination
 *         of others; STATS_NO_CONVERGENCE if the likelihood has no maximum (everyone of one
 *         kind first).
 *
 * Source: Cox (1972), JRSS B 34, 187-220; Efron (1977), JASA 72, 557-565.
 * Checked against: R coxph(ties = "efron"), reference rows `cox_efron`.
 */
STATS_MUST_CHECK stats_status stats_cox_fit(const double *time, const double *event,
                                            const double *x, size_t n, size_t p,
                                            double *beta, double *covariance, void *work,
                                            double *loglik, double *null_loglik);

#endif
