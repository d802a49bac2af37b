// SPDX-License-Identifier: MIT
/**
 * What every function of this room returns: a status, and numbers by pointer.
 *
 * On any status but STATS_OK the outputs are untouched, so a caller who prefilled them with
 * NAN keeps the NAN. Proportions, confidence levels and p-values are fractions, never
 * percent.
 */
#ifndef STATS_STATS_TYPES_H
#define STATS_STATS_TYPES_H

#include <stddef.h>

#if defined(__GNUC__)
#define STATS_MUST_CHECK __attribute__((warn_unused_result))
#else
#define STATS_MUST_CHECK
#endif

/** Why there is a number, or why there is none. */
typedef enum {
    STATS_OK,
    STATS_EMPTY,          /**< no data: a base of zero */
    STATS_DOMAIN,         /**< impossible input: 5 of 3, a confidence level of 95 */
    STATS_UNDEFINED,      /**< the quantity does not exist here, e.g. zero variance */
    STATS_NO_CONVERGENCE, /**< an iteration did not settle */
    STATS_TOO_BIG         /**< more work or workspace than the caller allowed */
} stats_status;

/** An estimate and its confidence limits; fractions where it is a proportion, never
 * percent. */
struct stats_interval {
    double estimate, low, high;
};

/** A test: its statistic, its degrees of freedom (NAN where it has none), its p-value. */
struct stats_test {
    double statistic, df, p;
};

/** The reason in plain words, e.g. "no data"; never NULL, not to be freed. */
const char *stats_status_text(stats_status status);

/**
 * Call once before any other function of this room: turns off GSL's handler, which would
 * abort the process, so that every failure arrives as a status.
 */
void stats_start(void);

#endif
