// SPDX-License-Identifier: MIT
#include "stats/stats_prop.h"
#include "stats/stats_num.h"

#include <math.h>

static stats_status check_counts(long yes, long n)
{
    if (n == 0 && yes == 0) return STATS_EMPTY;
    return yes >= 0 && n > 0 && yes <= n ? STATS_OK : STATS_DOMAIN;
}

static stats_status check_interval(long yes, long n, double conf)
{
    return stats_is_conf(conf) ? check_counts(yes, n) : STATS_DOMAIN;
}

/* The limits are the roots of (1 + z2/n) r^2 - (2p + z2/n) r + p^2, whose product is
   p^2 / (1 + z2/n): the smaller one from the larger one, without subtracting. */
static void wilson_limits(double p, double n, double z, struct stats_interval *out)
{
    double z2n = z * z / n;
    double high = (p + 0.5 * z2n + z * sqrt(p * (1 - p) / n + 0.25 * z2n / n)) / (1 + z2n);

    *out = (struct stats_interval){p, p * p / ((1 + z2n) * high), p < 1 ? high : 1};
}

stats_status stats_wilson(long yes, long n, double conf, struct stats_interval *out)
{
    stats_status status = check_interval(yes, n, conf);

    if (status) return status;
    wilson_limits((double)yes / (double)n, (double)n, stats_z(conf), out);
    return STATS_OK;
}

stats_status stats_wilson_effective(double p, double n, double conf,
                                    struct stats_interval *out)
{
    if (!(p >= 0 && p <= 1 && n > 0 && stats_is_conf(conf))) return STATS_DOMAIN;
    wilson_limits(p, n, stats_z(conf), out);
    return STATS_OK;
}

/* Quantiles of Beta(yes + a, no + b) below and Beta(yes + b, no + a) above. */
static stats_status beta_interval(long yes, long n, double conf, double a, double b,
                                  struct stats_interval *out)
{
    stats_status status = check_interval(yes, n, conf);
    double x = (double)yes, no = (double)(n - yes), tail = 0.5 * (1 - conf);
    double low = 0, high = 1;

    if (status) return status;
    if (yes > 0 && (status = stats_beta_quantile(tail, x + a, no + b, &low))) return status;
    if (yes < n && (status = stats_beta_quantile(1 - tail, x + b, no + a, &high)))
        return status;
    *out = (struct stats_interval){x / (double)n, low, high};
    return STATS_OK;
}

stats_status stats_clopper_pearson(long yes, long n, double conf,
                                   struct stats_interval *out)
{
    return beta_interval(yes, n, conf, 0, 1, out);
}

stats_status stats_jeffreys(long yes, long n, double conf, struct stats_interval *out)
{
    return beta_interval(yes, n, conf, 0.5, 0.5, out);
}

struct midp_target {
    long x, n;
    double tail;
};

/* P(X > x) + P(X = x)/2 - tail: rises with p. */
static double midp_excess(double p, const void *given)
{
    const struct midp_target *want = given;

    return stats_binomial_upper(want->x + 1, want->n, p) +
           (double)(0.5L * stats_binomial_pmf(want->x, want->n, p)) - want->tail;
}

/* Lower limit for x of n; the upper one is the mirror image for n - x. */
static stats_status midp_lower(long x, long n, double conf, double *low)
{
    struct midp_target want = {x, n, 0.5 * (1 - conf)};

    if (x == 0) return *low = 0, STATS_OK;
    return stats_root(midp_excess, &want, 0, 1, low);
}

stats_status stats_prop_midp(long yes, long n, double conf, struct stats_interval *out)
{
    stats_status status = check_interval(yes, n, conf);
    double low, high_from_one;

    if (status) return status;
    if ((status = midp_lower(yes, n, conf, &low))) return status;
    if ((status = midp_lower(n - yes, n, conf, &high_from_one))) return status;
    *out = (struct stats_interval){(double)yes / (double)n, low, 1 - high_from_one};
    return STATS_OK;
}

/*
 * How many outcomes beyond the mean, on the side away from x, are no likelier than x. From
 * their far end towards the mean the probabilities rise, so bisection finds where they
 * pass.
 */
static long rare_beyond(long x, long n, double p, int x_is_low)
{
    long double limit = stats_binomial_pmf(x, n, p) * (1 + 1e-7L);
    double mean = (double)n * p;
    long rare = 0, room = x_is_low ? n - (long)ceil(mean) + 1 : (long)floor(mean) + 1;

    while (rare < room) {
        long next = rare + (room - rare) / 2;
        if (stats_binomial_pmf(x_is_low ? n - next : next, n, p) <= limit)
            rare = next + 1;
        else
            room = next;
    }
    return rare;
}

/* The rare tail with x in it and the rare outcomes opposite; 1 when nothing is left out. */
static double minlike(long x, long n, double p)
{
    double mean = (double)n * p;

    if ((double)x == mean) return 1;
    int x_is_low = (double)x < mean;
    long rare = rare_beyond(x, n, p, x_is_low);
    if (rare == (x_is_low ? n - x : x)) return 1;
    if (x_is_low)
        return stats_binomial_lower(x, n, p) + stats_binomial_upper(n - rare + 1, n, p);
    return stats_binomial_lower(rare - 1, n, p) + stats_binomial_upper(x, n, p);
}

stats_status stats_prop_test_exact(long yes, long n, double target,
                                   struct stats_prop_test *out)
{
    stats_status status = check_counts(yes, n);

    if (status) return status;
    if (!(target >= 0 && target <= 1)) return STATS_DOMAIN;
    double here = (double)stats_binomial_pmf(yes, n, target);
    out->less = stats_binomial_lower(yes, n, target);
    out->greater = stats_binomial_upper(yes, n, target);
    double twice = 2 * fmin(out->less, out->greater);
    out->two_minlike = fmin(1, minlike(yes, n, target));
    out->two_double = fmin(1, twice);
    out->two_midp = fmin(1, twice - here);
    return STATS_OK;
}

stats_status stats_prop_test_score(long yes, long n, double target, struct stats_test *out)
{
    stats_status status = check_counts(yes, n);

    if (status) return status;
    if (!(target >= 0 && target <= 1)) return STATS_DOMAIN;
    if (target == 0 || target == 1) return STATS_UNDEFINED;
    double z = ((double)yes / (double)n - target) / sqrt(target * (1 - target) / (double)n);
    *out = (struct stats_test){z, NAN, stats_p_normal(z)};
    return STATS_OK;
}
