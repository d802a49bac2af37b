// SPDX-License-Identifier: MIT
/**
 * Time to an event, some of the people still waiting: Kaplan-Meier, log-rank, restricted
 * mean.
 *
 * Everything starts from a life table, one row per distinct time. Times are in the caller's
 * unit (days, months), probabilities are fractions. People still waiting at a time count as
 * at risk at it.
 */
#ifndef STATS_STATS_SURVIVAL_H
#define STATS_STATS_SURVIVAL_H

#include "stats/stats_types.h"

/** One person: how long followed, and how it ended. */
struct stats_subject {
    double time; /**< >= 0 */
    int event;   /**< 0 still waiting (censored); 1, 2, ... what happened */
    int group;   /**< 0, 1, ...; where groups are compared */
};

/** A distinct time: who was there, what happened, and the curves just after it. */
struct stats_life {
    double time;
    size_t at_risk;   /**< just before */
    size_t events;    /**< of any kind */
    size_t of_cause;  /**< of the kind asked for */
    double survival;  /**< P(nothing has happened by then), Kaplan-Meier */
    double greenwood; /**< sum of d / (n (n - d)): variance of log survival */
    double incidence; /**< P(the kind asked for has happened by then), Aalen-Johansen */
};

/**
 * Life table.
 *
 * @param subjects  n of them; their order changes (by time)
 * @param cause     the event counted in `of_cause` and `incidence`; any other ends the wait
 *         too
 * @param rows      room for n rows
 * @param used      distinct times
 * @return STATS_OK; STATS_EMPTY if n is 0; STATS_DOMAIN if a time is negative or no number.
 *
 * Source: Kaplan & Meier (1958), JASA 53, 457-481; Aalen & Johansen (1978), Scand. J. Stat.
 * 5, 141-150.
 */
STATS_MUST_CHECK stats_status stats_life_table(struct stats_subject *subjects, size_t n,
                                               int cause, struct stats_life *rows,
                                               size_t *used);

/** Survival at one time. */
struct stats_survival {
    double survival;
    double se;        /**< Greenwood; NAN where survival is 0 */
    double greenwood; /**< variance of log survival; NAN where survival is 0 */
    size_t at_risk;   /**< just before */
};

/**
 * The curve at time t, flat between events and after the last row.
 * Checked against: R survfit, reference rows `kaplan_meier`.
 */
struct stats_survival stats_survival_at(const struct stats_life *rows, size_t n, double t);

/** The scale on which an interval for survival is symmetric. */
enum stats_survival_scale {
    STATS_LOG_LOG, /**< the default: stays in (0, 1) and keeps its level */
    STATS_LOG,     /**< R's default; upper limits are cut at 1 */
    STATS_PLAIN    /**< cut to [0, 1] */
};

/**
 * Interval for a survival probability. Where nothing has happened yet it is (1, 1); where
 * survival is 0 there is none (limits NAN).
 *
 * Source: Kalbfleisch & Prentice (2002), The Statistical Analysis of Failure Time Data,
 * 1.4; Borgan & Liestoel (1990), Scand. J. Stat. 17, 35-41.
 */
struct stats_interval stats_survival_interval(double survival, double greenwood,
                                              double conf, enum stats_survival_scale scale);

/**
 * Median time: where the curve reaches one half; halfway to the next drop if it stays on
 * one half exactly. Limits: where the limits of the curve do. Each is NAN if not reached.
 *
 * Source: Brookmeyer & Crowley (1982), Biometrics 38, 29-41.
 */
struct stats_interval stats_survival_median(const struct stats_life *rows, size_t n,
                                            double conf, enum stats_survival_scale scale);

/**
 * Restricted mean: average time waited within the first `tau`, the area under the curve.
 *
 * @param se   standard error
 * @param out  estimate and normal limits, in units of time
 * @return STATS_OK; STATS_EMPTY if n is 0; STATS_DOMAIN if tau is not positive;
 *         STATS_UNDEFINED if nobody was followed to tau while some are still waiting.
 *
 * Source: Irwin (1949), J. Hygiene 47, 188-189; Royston & Parmar (2013), BMC Med. Res.
 * Methodol. 13, 152. Checked against: R print.survfit(rmean=), reference rows `rmst`.
 */
STATS_MUST_CHECK stats_status stats_restricted_mean(const struct stats_life *rows, size_t n,
                                                    double tau, double conf, double *se,
                                                    struct stats_interval *out);

/** long doubles of workspace for stats_logrank. */
size_t stats_logrank_workspace(size_t groups);

/**
 * Log-rank test, or Harrington and Fleming's G-rho family: events weighted by the pooled
 * survival just before them to the power rho (1: Peto and Peto's version of Wilcoxon, which
 * gives early differences more weight).
 *
 * @param subjects  n of them; any event but 0 counts; their order changes
 * @param groups    their `group` is 0 .. groups - 1
 * @param observed,expected  `groups` weighted counts
 * @param out       df is groups ever at risk minus one
 * @return STATS_OK; STATS_EMPTY; STATS_DOMAIN; STATS_UNDEFINED if fewer than two groups
 *         were at risk at an event.
 *
 * Source: Peto & Peto (1972), JRSS A 135, 185-207; Harrington & Fleming (1982), Biometrika
 * 69, 553-566. The variance is hypergeometric.
 * Checked against: R survdiff, reference rows `logrank`, `peto_peto`.
 */
STATS_MUST_CHECK stats_status stats_logrank(struct stats_subject *subjects, size_t n,
                                            size_t groups, double rho, long double *work,
                                            double *observed, double *expected,
                                            struct stats_test *out);

#endif
