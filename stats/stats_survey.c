// SPDX-License-Identifier: MIT
#include "stats/stats_survey.h"
#include "stats/stats_num.h"

#include <math.h>

static double weight_of(const struct stats_design *d, size_t i)
{
    return d->weight ? d->weight[i] : 1;
}

stats_status stats_design_ratio(const struct stats_design *d, const double *above,
                                const double *below, double *score, double *ratio,
                                double *se)
{
    long double top = 0, bottom = 0;
    double variance;

    if (d->n == 0) return STATS_EMPTY;
    for (size_t i = 0; i < d->n; i++) {
        if (!isfinite(above[i]) || !isfinite(below[i])) return STATS_DOMAIN;
        top += (long double)weight_of(d, i) * above[i];
        bottom += (long double)weight_of(d, i) * below[i];
    }
    if (bottom == 0) return STATS_UNDEFINED;
    long double r = top / bottom;
    for (size_t i = 0; i < d->n; i++)
        score[i] = (double)(weight_of(d, i) * (above[i] - r * below[i]) / bottom);
    stats_status status = stats_design_variance(d, score, &variance);
    if (status) return status;
    *ratio = (double)r;
    *se = sqrt(variance);
    return STATS_OK;
}

/* Mean and linearised scores of one side of a comparison, added to `score` with this sign.
 */
static stats_status add_side(const struct stats_design *d, const double *y,
                             const char *group, char side, double sign, double *score,
                             double *mean)
{
    long double sum = 0, weights = 0;

    for (size_t i = 0; i < d->n; i++) {
        if (group[i] != side) continue;
        if (!isfinite(y[i])) return STATS_DOMAIN;
        weights += weight_of(d, i);
        sum += (long double)weight_of(d, i) * y[i];
    }
    if (!(weights > 0)) return STATS_EMPTY;
    *mean = (double)(sum / weights);
    for (size_t i = 0; i < d->n; i++)
        if (group[i] == side)
            score[i] = (double)(sign * weight_of(d, i) * (y[i] - sum / weights) / weights);
    return STATS_OK;
}

stats_status stats_design_ttest(const struct stats_design *d, const double *y,
                                const char *group, double conf, double *score,
                                struct stats_comparison *out)
{
    double first, second, variance;
    stats_status status;

    if (!stats_is_conf(conf)) return STATS_DOMAIN;
    for (size_t i = 0; i < d->n; i++)
        score[i] = 0;
    if ((status = add_side(d, y, group, 1, 1, score, &first))) return status;
    if ((status = add_side(d, y, group, 2, -1, score, &second))) return status;
    if ((status = stats_design_variance(d, score, &variance))) return status;
    double df = stats_design_df(d, group) - 1, se = sqrt(variance);
    if (!(se > 0) || df < 1) return STATS_UNDEFINED;
    double gap = first - second, half = stats_t(conf, df) * se;
    out->difference = (struct stats_interval){gap, gap - half, gap + half};
    out->test = (struct stats_test){gap / se, df, stats_p_t(gap / se, df)};
    out->se = se;
    return STATS_OK;
}

stats_status stats_cluster_sandwich(const double *y, const size_t *cluster, size_t n,
                                    size_t clusters, double *total,
                                    struct stats_sandwich *out)
{
    long double sum = 0, squares = 0;
    double met = 0;

    if (n == 0) return STATS_EMPTY;
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(y[i]) || cluster[i] >= clusters) return STATS_DOMAIN;
        sum += y[i];
    }
    long double mean = sum / n;
    for (size_t j = 0; j < clusters; j++)
        total[j] = NAN;
    for (size_t i = 0; i < n; i++) {
        double *own = &total[cluster[i]];
        met += isnan(*own);
        *own = (isnan(*own) ? 0 : *own) + (double)(y[i] - mean);
    }
    if (met < 2) return STATS_UNDEFINED;
    for (size_t j = 0; j < clusters; j++)
        if (!isnan(total[j])) squares += (long double)total[j] * total[j];
    double cr0 = (double)(sqrtl(squares) / n);
    *out = (struct stats_sandwich){(double)mean, cr0, cr0 * sqrt(met / (met - 1))};
    return STATS_OK;
}
