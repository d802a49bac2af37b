// SPDX-License-Identifier: MIT
#include "stats/stats_count.h"
#include "stats/stats_num.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

struct gamma_target {
    double tail, shape;
};

/* Tail of Gamma(shape, 1) below x, less the tail wanted. */
static double below_excess(double x, const void *given)
{
    const struct gamma_target *want = given;

    return gsl_cdf_gamma_P(x, want->shape, 1) - want->tail;
}

static double above_excess(double x, const void *given)
{
    const struct gamma_target *want = given;

    return want->tail - gsl_cdf_gamma_Q(x, want->shape, 1);
}

stats_status stats_garwood(long observed, double conf, struct stats_interval *out)
{
    double x = (double)observed, low = 0, high;
    struct gamma_target below = {0.5 * (1 - conf), x}, above = {0.5 * (1 - conf), x + 1};
    double reach = x + 60 + 40 * sqrt(x + 1);
    stats_status status;

    if (observed < 0 || !stats_is_conf(conf)) return STATS_DOMAIN;
    if (observed > 0 && (status = stats_root(below_excess, &below, 0, x, &low)))
        return status;
    if ((status = stats_root(above_excess, &above, x, reach, &high))) return status;
    *out = (struct stats_interval){x, low, high};
    return STATS_OK;
}

/* x (1 - 1/(9x) + z/(3 sqrt x))^3, z negative for the lower limit. */
static double byar_limit(double x, double z)
{
    double root = 1 - 1 / (9 * x) + z / (3 * sqrt(x));

    return x > 0 ? x * root * root * root : 0;
}

stats_status stats_byar(long observed, double conf, struct stats_interval *out)
{
    if (observed < 0 || !stats_is_conf(conf)) return STATS_DOMAIN;
    double x = (double)observed, z = stats_z(conf);
    *out = (struct stats_interval){x, fmax(0, byar_limit(x, -z)), byar_limit(x + 1, z)};
    return STATS_OK;
}

static long double poisson_pmf(long k, double mean)
{
    if (k < 0) return 0;
    if (mean <= 0) return k == 0;
    return expl((long double)k * logl(mean) - mean - stats_log_factorial(k));
}

/* P(X <= k), terms shrinking from k down when k is below the mean. */
static long double sum_down(long k, double mean)
{
    long double term = poisson_pmf(k, mean), sum = 0;

    for (; k >= 0 && term > sum * 1e-21L; k--) {
        sum += term;
        term *= (long double)k / mean;
    }
    return sum;
}

/* P(X >= k), terms shrinking from k up when k is above the mean. */
static long double sum_up(long k, double mean)
{
    long double term = poisson_pmf(k, mean), sum = 0;

    for (; term > sum * 1e-21L; k++) {
        sum += term;
        term *= (long double)mean / (long double)(k + 1);
    }
    return sum;
}

double stats_poisson_lower(long k, double mean)
{
    if (k < 0) return 0;
    return (double)((double)k < mean ? sum_down(k, mean) : 1 - sum_up(k + 1, mean));
}

double stats_poisson_upper(long k, double mean)
{
    if (k <= 0) return 1;
    return (double)((double)k > mean ? sum_up(k, mean) : 1 - sum_down(k - 1, mean));
}

/* The first count above the mean no likelier than `limit`, by doubling and bisection. */
static long first_rare_above(double mean, long double limit)
{
    long common = (long)ceil(mean) - 1, rare = (long)ceil(mean), step = 1;

    for (; poisson_pmf(rare, mean) > limit; step *= 2)
        common = rare, rare += step;
    while (rare - common > 1) {
        long next = common + (rare - common) / 2;
        if (poisson_pmf(next, mean) <= limit)
            rare = next;
        else
            common = next;
    }
    return rare;
}

/* The last count below the mean no likelier than `limit`; -1 when there is none. */
static long last_rare_below(double mean, long double limit)
{
    long rare = -1, common = (long)floor(mean) + 1;

    while (common - rare > 1) {
        long next = rare + (common - rare) / 2;
        if (poisson_pmf(next, mean) <= limit)
            rare = next;
        else
            common = next;
    }
    return rare;
}

/* Counts no likelier than the one seen, on both sides of the mean. */
static double minlike(long observed, double mean)
{
    long double limit = poisson_pmf(observed, mean) * (1 + 1e-7L);

    if ((double)observed == mean) return 1;
    if ((double)observed < mean) {
        long rare = first_rare_above(mean, limit);
        if (rare == observed + 1) return 1;
        return stats_poisson_lower(observed, mean) + stats_poisson_upper(rare, mean);
    }
    long rare = last_rare_below(mean, limit);
    if (rare == observed - 1) return 1;
    return stats_poisson_lower(rare, mean) + stats_poisson_upper(observed, mean);
}

stats_status stats_count_vs_profile(long observed, double profile, double conf,
                                    struct stats_count_ratio *out)
{
    struct stats_interval count;

    if (!isfinite(profile) || profile < 0) return STATS_DOMAIN;
    if (profile == 0) return STATS_EMPTY;
    stats_status status = stats_garwood(observed, conf, &count);
    if (status) return status;
    out->count = count;
    out->ratio = (struct stats_interval){count.estimate / profile, count.low / profile,
                                         count.high / profile};
    out->p = fmin(1, minlike(observed, profile));
    return STATS_OK;
}
