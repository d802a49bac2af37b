// SPDX-License-Identifier: MIT
#include "tests/support/draw.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdlib.h>

static gsl_rng *source;

static void stop(void)
{
    gsl_rng_free(source);
}

void draw_start(unsigned long seed)
{
    if (!source) {
        source = gsl_rng_alloc(gsl_rng_mt19937);
        atexit(stop);
    }
    gsl_rng_set(source, seed);
}

long draw_whole(long low, long high)
{
    return low + (long)gsl_rng_uniform_int(source, (unsigned long)(high - low + 1));
}

double draw_uniform(void)
{
    return gsl_rng_uniform_pos(source);
}

double draw_normal(double mean, double sd)
{
    return mean + gsl_ran_gaussian(source, sd);
}

long draw_binomial(double p, long n)
{
    return (long)gsl_ran_binomial(source, p, (unsigned)n);
}

long draw_poisson(double mean)
{
    return (long)gsl_ran_poisson(source, mean);
}

void draw_shuffle(double *x, size_t n)
{
    gsl_ran_shuffle(source, x, n, sizeof *x);
}

double draw_unevenness(double *p, size_t n)
{
    double worst = 0;

    gsl_sort(p, 1, n);
    for (size_t i = 0; i < n; i++) {
        worst = fmax(worst, fabs(p[i] - (double)i / (double)n));
        worst = fmax(worst, fabs(p[i] - (double)(i + 1) / (double)n));
    }
    return worst * sqrt((double)n);
}
