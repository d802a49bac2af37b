// SPDX-License-Identifier: MIT
#include "sample-data/generate_random.h"

#include <assert.h>

/* O'Neill (2014), PCG: permuted congruential generator, variant XSH-RR 64/32. */
static uint32_t next32(struct rng *rng)
{
    uint64_t old = rng->state;

    rng->state = old * 6364136223846793005ULL + rng->step;
    uint32_t mixed = (uint32_t)(((old >> 18) ^ old) >> 27);
    uint32_t turn = (uint32_t)(old >> 59);
    return (mixed >> turn) | (mixed << ((32 - turn) & 31));
}

void rng_start(struct rng *rng, uint64_t seed, uint64_t stream)
{
    rng->state = 0;
    rng->step = (stream << 1) | 1;
    next32(rng);
    rng->state += seed;
    next32(rng);
}

int rng_below(struct rng *rng, int n)
{
    assert(n >= 1);
    uint32_t range = (uint32_t)n;
    uint32_t unfair = (uint32_t)-range % range;
    uint32_t draw = next32(rng);

    while (draw < unfair)
        draw = next32(rng);
    return (int)(draw % range);
}

int rng_between(struct rng *rng, int low, int high)
{
    assert(low <= high);
    return low + rng_below(rng, high - low + 1);
}

bool rng_chance(struct rng *rng, int per_thousand)
{
    return rng_below(rng, 1000) < per_thousand;
}

int rng_weighted(struct rng *rng, const int *weight, int n)
{
    int total = 0;

    for (int i = 0; i < n; i++)
        total += weight[i];
    int draw = rng_below(rng, total);
    for (int i = 0; i < n; i++) {
        if (draw < weight[i]) return i;
        draw -= weight[i];
    }
    assert(!"weights changed while drawing");
    return 0;
}

int rng_bell(struct rng *rng, int spread)
{
    int sum = 0;

    for (int i = 0; i < 4; i++)
        sum += rng_between(rng, -spread, spread);
    return sum / 4;
}

void rng_shuffle(struct rng *rng, int *values, int n)
{
    for (int i = n - 1; i > 0; i--) {
        int other = rng_below(rng, i + 1);
        int held = values[i];

        values[i] = values[other];
        values[other] = held;
    }
}
