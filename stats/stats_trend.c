// SPDX-License-Identifier: MIT
#include "stats/stats_trend.h"
#include "stats/stats_num.h"

#include <gsl/gsl_sort.h>
#include <math.h>

stats_status stats_check_groups(const struct stats_groups *g)
{
    if (g->n == 0) return STATS_EMPTY;
    for (size_t i = 0; i < g->n; i++)
        if (!isfinite(g->x[i]) || g->group[i] >= g->groups) return STATS_DOMAIN;
    return STATS_OK;
}

static double score_of(const double *scores, size_t group)
{
    return scores ? scores[group] : (double)(group + 1);
}

/* Centred sums for the regression of x on the scores of the groups. */
struct line_sums {
    long double mean_s, mean_x, ss, sx, xx;
};

static struct line_sums line_sums(const struct stats_groups *g, const double *scores)
{
    struct line_sums sums = {0};

    for (size_t i = 0; i < g->n; i++) {
        sums.mean_s += (long double)score_of(scores, g->group[i]) / g->n;
        sums.mean_x += (long double)g->x[i] / g->n;
    }
    for (size_t i = 0; i < g->n; i++) {
        long double s = score_of(scores, g->group[i]) - sums.mean_s;
        long double x = g->x[i] - sums.mean_x;
        sums.ss += s * s;
        sums.sx += s * x;
        sums.xx += x * x;
    }
    return sums;
}

static int one_group_only(const struct stats_groups *g)
{
    for (size_t i = 1; i < g->n; i++)
        if (g->group[i] != g->group[0]) return 0;
    return 1;
}

stats_status stats_trend_linear(const struct stats_groups *g, const double *scores,
                                double conf, struct stats_trend *out)
{
    stats_status status = stats_check_groups(g);

    if (status) return status;
    if (!stats_is_conf(conf)) return STATS_DOMAIN;
    if (g->n < 3 || one_group_only(g)) return STATS_UNDEFINED;
    struct line_sums sums = line_sums(g, scores);
    if (!(sums.ss > 0)) return STATS_UNDEFINED;
    long double slope = sums.sx / sums.ss, df = (long double)g->n - 2;
    long double residual = sums.xx - slope * sums.sx;
    if (!(residual > 1e-17L * sums.xx)) return STATS_UNDEFINED;
    double se = (double)sqrtl(residual / df / sums.ss), b = (double)slope;
    double t = b / se, half = stats_t(conf, (double)df) * se;
    out->slope = (struct stats_interval){b, b - half, b + half};
    out->test = (struct stats_test){t, (double)df, stats_p_t(t, (double)df)};
    out->se = se;
    out->intercept = (double)(sums.mean_x - slope * sums.mean_s);
    return STATS_OK;
}

/* n(n-1)(2n+5), n(n-1)(n-2), n(n-1), summed over groups of equal things. */
struct tie_sums {
    long double five, three, two;
};

static void add_ties(struct tie_sums *sums, long double n)
{
    sums->five += n * (n - 1) * (2 * n + 5);
    sums->three += n * (n - 1) * (n - 2);
    sums->two += n * (n - 1);
}

static long double jonckheere_variance(const struct tie_sums *all,
                                       const struct tie_sums *groups,
                                       const struct tie_sums *ties)
{
    long double variance = (all->five - groups->five - ties->five) / 72;

    if (all->three > 0) variance += groups->three * ties->three / (36 * all->three);
    return variance + groups->two * ties->two / (8 * all->two);
}

/*
 * Walk up the scores, one block of equal scores at a time. `below` counts the people met
 * before, per group; each person of the block stands above those in lower groups.
 */
static long double rising_pairs(const struct stats_groups *g, const size_t *order,
                                long *count, struct tie_sums *ties)
{
    long *below = count, *block = count + g->groups;
    long double j = 0;

    for (size_t k = 0; k < g->groups; k++)
        below[k] = block[k] = 0;
    for (size_t start = 0, end; start < g->n; start = end) {
        double x = g->x[order[start]];
        for (end = start; end < g->n && g->x[order[end]] == x; end++)
            block[g->group[order[end]]]++;
        add_ties(ties, (long double)(end - start));
        long double lower = 0;
        for (size_t k = 0; k < g->groups; k++) {
            j += (long double)block[k] * lower;
            lower += (long double)below[k] + 0.5L * (long double)block[k];
        }
        for (size_t k = 0; k < g->groups; k++) {
            below[k] += block[k];
            block[k] = 0;
        }
    }
    return j;
}

stats_status stats_jonckheere(const struct stats_groups *g, size_t *order, long *count,
                              struct stats_jonckheere *out)
{
    struct tie_sums all = {0}, groups = {0}, ties = {0};
    stats_status status = stats_check_groups(g);
    long double n = g->n, squares = 0;

    if (status) return status;
    if (one_group_only(g)) return STATS_UNDEFINED;
    gsl_sort_index(order, g->x, 1, g->n);
    long double j = rising_pairs(g, order, count, &ties);
    add_ties(&all, n);
    for (size_t k = 0; k < g->groups; k++) {
        add_ties(&groups, count[k]);
        squares += (long double)count[k] * count[k];
    }
    long double variance = jonckheere_variance(&all, &groups, &ties);
    if (!(variance > 0)) return STATS_UNDEFINED;
    long double expected = (n * n - squares) / 4;
    double z = (double)((j - expected) / sqrtl(variance));
    *out = (struct stats_jonckheere){(double)j, (double)expected, (double)variance, z,
                                     stats_p_normal(z)};
    return STATS_OK;
}

/* Weighted sums over the groups of a trend in proportions. */
struct share_sums {
    long double n, yes, mean_score, ss, sy, pearson;
    long filled; /* groups with people */
};

static stats_status share_sums(const long *yes, const long *n, const double *scores,
                               size_t groups, struct share_sums *sums)
{
    *sums = (struct share_sums){0};
    for (size_t k = 0; k < groups; k++) {
        if (yes[k] < 0 || yes[k] > n[k]) return STATS_DOMAIN;
        sums->n += n[k];
        sums->yes += yes[k];
        sums->mean_score += (long double)n[k] * score_of(scores, k);
        sums->filled += n[k] > 0;
    }
    if (sums->n == 0) return STATS_EMPTY;
    if (sums->yes == 0 || sums->yes == sums->n) return STATS_UNDEFINED;
    sums->mean_score /= sums->n;
    long double p = sums->yes / sums->n;
    for (size_t k = 0; k < groups; k++) {
        if (n[k] == 0) continue;
        long double s = score_of(scores, k) - sums->mean_score;
        long double gap = (long double)yes[k] - (long double)n[k] * p;
        sums->ss += (long double)n[k] * s * s;
        sums->sy += s * gap;
        sums->pearson += gap * gap / ((long double)n[k] * p * (1 - p));
    }
    return sums->ss > 0 && sums->filled > 1 ? STATS_OK : STATS_UNDEFINED;
}

stats_status stats_cochran_armitage(const long *yes, const long *n, const double *scores,
                                    size_t groups, struct stats_cochran_armitage *out)
{
    struct share_sums sums;
    stats_status status = share_sums(yes, n, scores, groups, &sums);

    if (status) return status;
    long double p = sums.yes / sums.n;
    long double z = sums.sy / sqrtl(p * (1 - p) * sums.ss), z2 = z * z;
    double df = (double)(sums.filled - 2), left = (double)fmaxl(0, sums.pearson - z2);
    double less = (double)(z2 * (sums.n - 1) / sums.n);
    out->z = (double)z;
    out->trend = (struct stats_test){(double)z2, 1, stats_p_chisq((double)z2, 1)};
    out->nminus1 = (struct stats_test){less, 1, stats_p_chisq(less, 1)};
    out->departure = (struct stats_test){left, df, df > 0 ? stats_p_chisq(left, df) : NAN};
    out->slope = (double)(sums.sy / sums.ss);
    return STATS_OK;
}
