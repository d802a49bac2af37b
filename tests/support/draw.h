// SPDX-License-Identifier: MIT
#ifndef DRAW_H
#define DRAW_H

/* Random inputs for property tests, the same on every run: draw_start(seed) comes first. */

#include <stdbool.h>
#include <stddef.h>

void draw_start(unsigned long seed);
/** A whole number from low to high, both included. */
long draw_whole(long low, long high);
/** Above 0 and below 1. */
double draw_uniform(void);
double draw_normal(double mean, double sd);
long draw_binomial(double p, long n);
long draw_poisson(double mean);
/** Shuffle n numbers. */
void draw_shuffle(double *x, size_t n);

/**
 * How far n p-values are from uniform: the Kolmogorov-Smirnov distance times sqrt(n), which
 * exceeds 1.95 for one seed in a thousand. Sorts p.
 */
double draw_unevenness(double *p, size_t n);

#endif
