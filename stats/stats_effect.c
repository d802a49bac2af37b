// SPDX-License-Identifier: MIT
#include "stats/stats_effect.h"
#include "stats/stats_num.h"

#include <gsl/gsl_sf_gamma.h>
#include <math.h>

/* The average sd that d_av divides by. */
static double average_sd(const struct stats_pair_moments *p)
{
    return sqrt(0.5 * (p->initial.sd * p->initial.sd + p->latest.sd * p->latest.sd));
}

stats_status stats_paired_effect(const struct stats_pair_moments *p,
                                 struct stats_paired_effects *out)
{
    double n = (double)p->change.n;

    if (n < 2 || !(p->change.sd > 0) || !(average_sd(p) > 0)) return STATS_UNDEFINED;
    out->d_av = p->change.mean / average_sd(p);
    out->d_z = p->change.mean / p->change.sd;
    out->glass = p->initial.sd > 0 ? p->change.mean / p->initial.sd : NAN;
    out->g_av = n > 2 ? stats_hedges_j(n - 1) * out->d_av : NAN;
    return STATS_OK;
}

stats_status stats_effect_dz(const struct stats_pair_moments *p, double conf,
                             struct stats_interval *out)
{
    struct stats_comparison paired;
    struct stats_interval ncp;
    stats_status status = stats_paired_t(p, conf, &paired);
    double root_n = sqrt((double)p->change.n);

    if (status) return status;
    status = stats_nct_limits(paired.test.statistic, paired.test.df, conf, &ncp);
    if (status) return status;
    *out = (struct stats_interval){p->change.mean / p->change.sd, ncp.low / root_n,
                                   ncp.high / root_n};
    return STATS_OK;
}

stats_status stats_effect_dav(const struct stats_pair_moments *p, double conf,
                              struct stats_interval *out)
{
    struct stats_interval dz;
    stats_status status = stats_effect_dz(p, conf, &dz);

    if (status) return status;
    double scale = p->change.sd / average_sd(p);
    *out = (struct stats_interval){p->change.mean / average_sd(p), dz.low * scale,
                                   dz.high * scale};
    return STATS_OK;
}

stats_status stats_cohen_d(const struct stats_moments *a, const struct stats_moments *b,
                           double conf, struct stats_interval *out)
{
    struct stats_comparison pooled;
    struct stats_interval ncp;
    stats_status status = stats_pooled_t(a, b, conf, &pooled);

    if (status) return status;
    status = stats_nct_limits(pooled.test.statistic, pooled.test.df, conf, &ncp);
    if (status) return status;
    double scale = sqrt(1 / (double)a->n + 1 / (double)b->n);
    *out = (struct stats_interval){pooled.test.statistic * scale, ncp.low * scale,
                                   ncp.high * scale};
    return STATS_OK;
}

double stats_hedges_j(double df)
{
    if (!(df > 1)) return NAN;
    return exp(gsl_sf_lngamma(0.5 * df) - gsl_sf_lngamma(0.5 * (df - 1))) / sqrt(0.5 * df);
}

stats_status stats_hedges_g(const struct stats_moments *a, const struct stats_moments *b,
                            double conf, struct stats_interval *out)
{
    struct stats_interval d;
    stats_status status = stats_cohen_d(a, b, conf, &d);
    double j = stats_hedges_j((double)a->n + (double)b->n - 2);

    if (status) return status;
    if (isnan(j)) return STATS_UNDEFINED;
    *out = (struct stats_interval){j * d.estimate, j * d.low, j * d.high};
    return STATS_OK;
}
