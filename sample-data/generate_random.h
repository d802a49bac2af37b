// SPDX-License-Identifier: MIT
/* A generator of our own (PCG-XSH-RR 64/32), so that every machine draws the same numbers.
 */
#ifndef GENERATE_RANDOM_H
#define GENERATE_RANDOM_H

#include <stdbool.h>
#include <stdint.h>

struct rng {
    uint64_t state;
    uint64_t step;
};

/** Starts one of 2^63 independent streams of a seed. */
void rng_start(struct rng *rng, uint64_t seed, uint64_t stream);

/** A whole number from 0 to n - 1, without bias; n >= 1. */
int rng_below(struct rng *rng, int n);

/** A whole number from low to high, both included. */
int rng_between(struct rng *rng, int low, int high);

/** True in `per_thousand` of a thousand draws. */
bool rng_chance(struct rng *rng, int per_thousand);

/** An index drawn in proportion to n weights that are not all zero. */
int rng_weighted(struct rng *rng, const int *weight, int n);

/** Roughly bell-shaped: the mean of four draws from -spread to spread. */
int rng_bell(struct rng *rng, int spread);

void rng_shuffle(struct rng *rng, int *values, int n);

#endif
