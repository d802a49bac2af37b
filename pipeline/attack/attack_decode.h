// SPDX-License-Identifier: MIT
#ifndef ATTACK_DECODE_H
#define ATTACK_DECODE_H

#include "pipeline/attack/attack_facts.h"

/** What a printed percentage or interval says of the count and the base behind it. */

struct attack_limits {
    double value, low, high; /**< in percent; value may be NAN */
    double level;
};

/** count = percent of base. Where the base is hidden, the fraction in lowest terms still ties the
 *  two, and both are at least as large as its terms. */
void attack_percent(struct attack_facts *facts, size_t count, size_t base, double percent);

/** Limits of a Wilson interval are the roots of (p - t)^2 = z^2 t (1 - t) / n, so the two of them
 *  give n, and p with it. Says nothing unless n comes out whole. */
void attack_wilson(struct attack_facts *facts, size_t count, size_t base,
                   const struct attack_limits *limits);

/** Limits of a mean by Student's t, with its standard deviation, give the base. */
void attack_mean(struct attack_facts *facts, size_t base, double sd,
                 const struct attack_limits *limits);

/** Both limits of a count of events by Garwood's method are those of the count times one factor. */
void attack_garwood(struct attack_facts *facts, size_t count, const struct attack_limits *limits);

/** The interval of 0% or 100% of clustered records (Clopper-Pearson) is that of the number of
 *  clients behind them, which is 0 when it does not come out whole. */
long attack_clients(const struct attack_limits *limits);

/** The fraction that a decimal number is, if its denominator is no more than `most`. */
bool attack_fraction(double x, long most, long *numerator, long *denominator);

#endif
