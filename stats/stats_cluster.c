// SPDX-License-Identifier: MIT
#include "stats/stats_cluster.h"
#include "stats/stats_design_priv.h"
#include "stats/stats_num.h"
#include "stats/stats_prop.h"

#include <math.h>

static double weight_of(const struct stats_design *d, size_t i)
{
    return d->weight ? d->weight[i] : 1;
}

size_t stats_design_work(const struct stats_design *d)
{
    return 2 * stats_cluster_count(d) + 4 * stats_stratum_count(d);
}

struct design_sums stats_design_lay_out(const struct stats_design *d)
{
    size_t g = stats_cluster_count(d), h = stats_stratum_count(d);
    double *w = d->work, *s = d->work + 2 * g;

    for (size_t k = 0; k < 2 * g + 4 * h; k++)
        w[k] = k >= g && k < 2 * g ? -1 : 0;
    return (struct design_sums){w, w + g, s, s + h, s + 2 * h, s + 3 * h};
}

stats_status stats_design_check(const struct stats_design *d)
{
    if (d->n == 0) return STATS_EMPTY;
    for (size_t i = 0; i < d->n; i++) {
        if (stats_cluster_of(d, i) >= stats_cluster_count(d)) return STATS_DOMAIN;
        if (stats_stratum_of(d, i) >= stats_stratum_count(d)) return STATS_DOMAIN;
        if (!(weight_of(d, i) >= 0)) return STATS_DOMAIN;
        if (d->fpc && !(d->fpc[i] > 0)) return STATS_DOMAIN;
    }
    return STATS_OK;
}

/* A cluster none of whose records came along (all unanswered, say) sits in the one stratum.
 */
static void add_totals(const struct stats_design *d, const double *u, struct design_sums *s)
{
    for (size_t i = 0; i < d->n; i++) {
        s->total[stats_cluster_of(d, i)] += u[i];
        s->home[stats_cluster_of(d, i)] = (double)stats_stratum_of(d, i);
    }
    for (size_t j = 0; j < stats_cluster_count(d); j++)
        if (s->home[j] < 0 && !d->stratum) s->home[j] = 0;
}

/* 1 - f per stratum; fpc may be a number of clusters, or below 1 the fraction sampled. */
stats_status stats_design_kept(const struct stats_design *d, struct design_sums *s)
{
    for (size_t h = 0; h < stats_stratum_count(d); h++)
        s->kept[h] = 1;
    for (size_t i = 0; d->fpc && i < d->n; i++) {
        size_t h = stats_stratum_of(d, i);
        double f = d->fpc[i] < 1 ? d->fpc[i] : s->clusters[h] / d->fpc[i];
        if (f > 1) return STATS_DOMAIN;
        s->kept[h] = 1 - f;
    }
    return STATS_OK;
}

stats_status stats_design_variance(const struct stats_design *d, const double *u,
                                   double *variance)
{
    stats_status status = stats_design_check(d);
    long double sum = 0;

    if (status) return status;
    struct design_sums s = stats_design_lay_out(d);
    add_totals(d, u, &s);
    for (size_t j = 0; j < stats_cluster_count(d); j++) {
        if (s.home[j] < 0) continue;
        s.clusters[(size_t)s.home[j]] += 1;
        s.mean[(size_t)s.home[j]] += s.total[j];
    }
    for (size_t h = 0; h < stats_stratum_count(d); h++) {
        if (s.clusters[h] == 1) return STATS_UNDEFINED;
        if (s.clusters[h] > 0) s.mean[h] /= s.clusters[h];
    }
    for (size_t j = 0; j < stats_cluster_count(d); j++) {
        if (s.home[j] < 0) continue;
        size_t h = (size_t)s.home[j];
        s.squares[h] += (s.total[j] - s.mean[h]) * (s.total[j] - s.mean[h]);
    }
    if ((status = stats_design_kept(d, &s))) return status;
    for (size_t h = 0; h < stats_stratum_count(d); h++)
        if (s.clusters[h] > 1)
            sum += s.kept[h] * s.clusters[h] / (s.clusters[h] - 1) * s.squares[h];
    *variance = (double)sum;
    return STATS_OK;
}

double stats_design_df(const struct stats_design *d, const char *domain)
{
    struct design_sums s = stats_design_lay_out(d);
    double df = 0;

    for (size_t i = 0; i < d->n; i++) {
        if ((domain && !domain[i]) || !(weight_of(d, i) > 0)) continue;
        double *met = &s.total[stats_cluster_of(d, i)], *here = &s.clusters[stats_stratum_of(d, i)];
        df += (*met == 0) - (*here == 0);
        *met = *here = 1;
    }
    return df;
}

/* Variance of the mean of a simple random sample of n with these weighted squares. */
static double simple_variance(double spread, double n)
{
    return n > 1 ? spread / (n - 1) : NAN;
}

stats_status stats_design_mean(const struct stats_design *d, const double *y,
                               const char *domain, double *score,
                               struct stats_design_mean *out)
{
    stats_status status = stats_design_check(d);
    long double weights = 0, sum = 0, spread = 0;
    double variance, n = 0;

    if (status) return status;
    for (size_t i = 0; i < d->n; i++) {
        if (domain && !domain[i]) continue;
        if (!isfinite(y[i])) return STATS_DOMAIN;
        weights += weight_of(d, i);
        sum += (long double)weight_of(d, i) * y[i];
        n += weight_of(d, i) > 0;
    }
    if (!(weights > 0)) return STATS_EMPTY;
    long double mean = sum / weights;
    for (size_t i = 0; i < d->n; i++) {
        score[i] = 0;
        if (domain && !domain[i]) continue;
        long double off = y[i] - mean, share = weight_of(d, i) / weights;
        score[i] = (double)(share * off);
        spread += share * off * off;
    }
    *out = (struct stats_design_mean){(double)mean, NAN, 0, n, NAN, NAN};
    out->df = stats_design_df(d, domain);
    if ((status = stats_design_variance(d, score, &variance))) return status;
    out->se = sqrt(variance);
    if (spread > 0) out->deff = variance / simple_variance((double)spread, n);
    if (out->deff > 0) out->n_eff = n / out->deff;
    return STATS_OK;
}

static stats_status check_limits(const struct stats_design_mean *m, double conf)
{
    if (!stats_is_conf(conf)) return STATS_DOMAIN;
    return m->df >= 1 && m->se >= 0 ? STATS_OK : STATS_UNDEFINED;
}

stats_status stats_design_t(const struct stats_design_mean *m, double conf,
                            struct stats_interval *out)
{
    stats_status status = check_limits(m, conf);

    if (status) return status;
    double half = stats_t(conf, m->df) * m->se;
    *out = (struct stats_interval){m->estimate, m->estimate - half, m->estimate + half};
    return STATS_OK;
}

/* A proportion away from its ends, with a standard error. */
static stats_status check_share(const struct stats_design_mean *p, double conf)
{
    stats_status status = check_limits(p, conf);

    if (status) return status;
    if (!(p->estimate >= 0 && p->estimate <= 1)) return STATS_DOMAIN;
    return p->estimate > 0 && p->estimate < 1 && p->se > 0 ? STATS_OK : STATS_UNDEFINED;
}

stats_status stats_cluster_logit(const struct stats_design_mean *p, double conf,
                                 struct stats_interval *out)
{
    stats_status status = check_share(p, conf);

    if (status) return status;
    double share = p->estimate, middle = log(share / (1 - share));
    double half = stats_t(conf, p->df) * p->se / (share * (1 - share));
    *out = (struct stats_interval){share, 1 / (1 + exp(half - middle)),
                                   1 / (1 + exp(-half - middle))};
    return STATS_OK;
}

stats_status stats_cluster_beta(const struct stats_design_mean *p, double conf,
                                struct stats_interval *out)
{
    stats_status status = check_share(p, conf);
    double tail = 0.5 * (1 - conf), low, high;

    if (status) return status;
    double share = p->estimate, ratio = stats_t(conf, p->n - 1) / stats_t(conf, p->df);
    double n = share * (1 - share) / (p->se * p->se) * ratio * ratio;
    status = stats_beta_quantile(tail, n * share, n * (1 - share) + 1, &low);
    if (status) return status;
    status = stats_beta_quantile(1 - tail, n * share + 1, n * (1 - share), &high);
    if (status) return status;
    *out = (struct stats_interval){share, low, high};
    return STATS_OK;
}

struct deviance_target {
    double p, n, limit;
};

/* limit - deviance: positive inside the interval. */
static double deviance_margin(double q, const void *given)
{
    const struct deviance_target *t = given;

    return t->limit -
           2 * t->n * (t->p * log(t->p / q) + (1 - t->p) * log((1 - t->p) / (1 - q)));
}

stats_status stats_cluster_likelihood(const struct stats_design_mean *p, double conf,
                                      struct stats_interval *out)
{
    stats_status status = check_share(p, conf);
    double low, high;

    if (status) return status;
    double share = p->estimate, t = stats_t(conf, p->df);
    double excess = p->se * p->se * p->n * p->n / (share * (1 - share) * (p->n - 1));
    struct deviance_target target = {share, p->n,
                                     excess * t * t}; /* F(1, df) is t squared */
    status = stats_limit(deviance_margin, &target, share, 0x1p-1000, &low);
    if (status) return status;
    status = stats_limit(deviance_margin, &target, share, 1 - 0x1p-53, &high);
    if (status) return status;
    *out = (struct stats_interval){share, low, high};
    return STATS_OK;
}

stats_status stats_cluster_wilson(const struct stats_design_mean *p, double conf,
                                  struct stats_interval *out)
{
    stats_status status = check_share(p, conf);

    return status ? status : stats_wilson_effective(p->estimate, p->n_eff, conf, out);
}
