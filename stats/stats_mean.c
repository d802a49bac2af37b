// SPDX-License-Identifier: MIT
#include "stats/stats_mean.h"
#include "stats/stats_num.h"

#include <float.h>
#include <math.h>

static stats_status check_finite(const double *x, size_t n)
{
    if (n == 0) return STATS_EMPTY;
    for (size_t i = 0; i < n; i++)
        if (!isfinite(x[i])) return STATS_DOMAIN;
    return STATS_OK;
}

static struct stats_moments moments(size_t n, long double mean, long double squares)
{
    struct stats_moments m = {n, (double)mean, NAN, NAN};

    if (n < 2) return m;
    long double variance = squares > 0 ? squares / (n - 1) : 0;
    m.sd = (double)sqrtl(variance);
    m.se = (double)sqrtl(variance / n);
    return m;
}

stats_status stats_describe(const double *x, size_t n, struct stats_moments *out)
{
    stats_status status = check_finite(x, n);

    if (status) return status;
    struct stats_two_pass sums = stats_two_pass(x, n);
    *out = moments(n, sums.mean, sums.squares);
    return STATS_OK;
}

stats_status stats_mean_t(const struct stats_moments *x, double conf,
                          struct stats_interval *out)
{
    if (!stats_is_conf(conf)) return STATS_DOMAIN;
    if (x->n < 2 || !(x->sd > 0)) return STATS_UNDEFINED;
    double half = stats_t(conf, (double)x->n - 1) * x->se;
    *out = (struct stats_interval){x->mean, x->mean - half, x->mean + half};
    return STATS_OK;
}

/* t test of "no difference" and its interval. */
static void compare(double difference, double se, double df, double conf,
                    struct stats_comparison *out)
{
    double t = difference / se, half = stats_t(conf, df) * se;

    out->difference =
        (struct stats_interval){difference, difference - half, difference + half};
    out->test = (struct stats_test){t, df, stats_p_t(t, df)};
    out->se = se;
}

stats_status stats_welch_t(const struct stats_moments *a, const struct stats_moments *b,
                           double conf, struct stats_comparison *out)
{
    if (!stats_is_conf(conf)) return STATS_DOMAIN;
    if (a->n < 2 || b->n < 2) return STATS_UNDEFINED;
    double va = a->se * a->se, vb = b->se * b->se, both = va + vb;
    if (!(both > 0)) return STATS_UNDEFINED;
    double df = both * both / (va * va / ((double)a->n - 1) + vb * vb / ((double)b->n - 1));
    compare(a->mean - b->mean, sqrt(both), df, conf, out);
    return STATS_OK;
}

/* (n-1) s^2, where a single score contributes nothing. */
static double squares(const struct stats_moments *m)
{
    return m->n < 2 ? 0 : ((double)m->n - 1) * m->sd * m->sd;
}

stats_status stats_pooled_t(const struct stats_moments *a, const struct stats_moments *b,
                            double conf, struct stats_comparison *out)
{
    if (!stats_is_conf(conf)) return STATS_DOMAIN;
    if (a->n < 1 || b->n < 1 || a->n + b->n < 3) return STATS_UNDEFINED;
    double na = (double)a->n, nb = (double)b->n, df = na + nb - 2;
    double variance = (squares(a) + squares(b)) / df;
    if (!(variance > 0)) return STATS_UNDEFINED;
    compare(a->mean - b->mean, sqrt(variance * (1 / na + 1 / nb)), df, conf, out);
    return STATS_OK;
}

/* Deviations of the changes smaller than this are rounding of the scores, not people. */
static long double change_noise(const double *initial, const double *latest, size_t n)
{
    double largest = 0;

    for (size_t i = 0; i < n; i++)
        largest = fmax(largest, fmax(fabs(initial[i]), fabs(latest[i])));
    return 10 * DBL_EPSILON * (long double)largest;
}

stats_status stats_describe_pairs(const double *initial, const double *latest, size_t n,
                                  struct stats_pair_moments *out)
{
    stats_status status;

    if ((status = check_finite(initial, n))) return status;
    if ((status = check_finite(latest, n))) return status;
    struct stats_two_pass a = stats_two_pass(initial, n), b = stats_two_pass(latest, n);
    long double mean = b.mean - a.mean, around = 0, together = 0;
    for (size_t i = 0; i < n; i++) {
        long double off = ((long double)latest[i] - initial[i]) - mean;
        around += off * off;
        together += (initial[i] - a.mean) * (latest[i] - b.mean);
    }
    long double noise = change_noise(initial, latest, n);
    if (around <= noise * noise * n) around = 0;
    out->initial = moments(n, a.mean, a.squares);
    out->latest = moments(n, b.mean, b.squares);
    out->change = moments(n, mean, around);
    out->r = a.squares > 0 && b.squares > 0
                 ? stats_clamp((double)(together / sqrtl(a.squares * b.squares)), -1, 1)
                 : NAN;
    return STATS_OK;
}

stats_status stats_paired_t(const struct stats_pair_moments *pairs, double conf,
                            struct stats_comparison *out)
{
    const struct stats_moments *change = &pairs->change;

    if (!stats_is_conf(conf)) return STATS_DOMAIN;
    if (change->n < 2 || !(change->sd > 0)) return STATS_UNDEFINED;
    compare(change->mean, change->se, (double)change->n - 1, conf, out);
    return STATS_OK;
}

stats_status stats_autocorrelation(const double *x, size_t n, double *r)
{
    stats_status status = check_finite(x, n);
    long double lagged = 0;

    if (status) return status;
    struct stats_two_pass sums = stats_two_pass(x, n);
    if (!(sums.squares > 0)) return STATS_UNDEFINED;
    for (size_t i = 0; i + 1 < n; i++)
        lagged += (x[i] - sums.mean) * (x[i + 1] - sums.mean);
    *r = (double)(lagged / sums.squares);
    return STATS_OK;
}
