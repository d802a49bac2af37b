// SPDX-License-Identifier: MIT
#include "stats/stats_anova.h"
#include "stats/stats_num.h"
#include "stats/stats_rank.h"

#include <float.h>
#include <gsl/gsl_cdf.h>
#include <math.h>

stats_status stats_group_sums(const struct stats_groups *g, struct stats_group_sums *sums)
{
    stats_status status = stats_check_groups(g);

    if (status) return status;
    for (size_t k = 0; k < g->groups; k++)
        sums[k] = (struct stats_group_sums){0};
    for (size_t i = 0; i < g->n; i++) {
        sums[g->group[i]].n++;
        sums[g->group[i]].mean += g->x[i];
    }
    for (size_t k = 0; k < g->groups; k++)
        if (sums[k].n > 0) sums[k].mean /= sums[k].n;
    for (size_t i = 0; i < g->n; i++) {
        struct stats_group_sums *own = &sums[g->group[i]];
        long double off = g->x[i] - own->mean;
        own->squares += off * off;
    }
    for (size_t k = 0; k < g->groups; k++) { /* equal scores: what is left is rounding */
        long double noise = 8 * LDBL_EPSILON * sums[k].mean;
        if (sums[k].squares <= sums[k].n * noise * noise) sums[k].squares = 0;
    }
    return STATS_OK;
}

static size_t filled_groups(const struct stats_groups *g,
                            const struct stats_group_sums *sums)
{
    size_t filled = 0;

    for (size_t k = 0; k < g->groups; k++)
        filled += sums[k].n > 0;
    return filled;
}

/* Squares between group means; adding means of similar size keeps their difference exact.
 */
static long double between(const struct stats_groups *g,
                           const struct stats_group_sums *sums)
{
    long double grand = 0, squares = 0;

    for (size_t k = 0; k < g->groups; k++)
        grand += sums[k].mean * sums[k].n / g->n;
    for (size_t k = 0; k < g->groups; k++)
        squares += sums[k].n * (sums[k].mean - grand) * (sums[k].mean - grand);
    return squares;
}

stats_status stats_anova(const struct stats_groups *g, struct stats_group_sums *sums,
                         struct stats_anova *out)
{
    stats_status status = stats_group_sums(g, sums);
    long double within = 0;

    if (status) return status;
    size_t filled = filled_groups(g, sums);
    if (filled < 2 || g->n <= filled) return STATS_UNDEFINED;
    for (size_t k = 0; k < g->groups; k++)
        within += sums[k].squares;
    long double across = between(g, sums), total = across + within;
    long double df1 = (long double)filled - 1, df2 = (long double)(g->n - filled);
    out->ss_between = (double)across;
    out->ss_within = (double)within;
    out->df_between = (double)df1;
    out->df_within = (double)df2;
    out->ms_between = (double)(across / df1);
    out->ms_within = (double)(within / df2);
    out->f = within > 0 ? (double)(across / df1 / (within / df2)) : NAN;
    out->p = within > 0 ? gsl_cdf_fdist_Q(out->f, (double)df1, (double)df2) : NAN;
    out->eta2 = total > 0 ? (double)(across / total) : NAN;
    out->omega2 =
        total > 0 ? (double)((across - df1 * within / df2) / (total + within / df2)) : NAN;
    return STATS_OK;
}

stats_status stats_anova_welch(const struct stats_groups *g, struct stats_group_sums *sums,
                               struct stats_f_test *out)
{
    stats_status status = stats_group_sums(g, sums);
    long double weights = 0, mean = 0, spread = 0, lack = 0;

    if (status) return status;
    double k = (double)filled_groups(g, sums);
    if (k < 2) return STATS_UNDEFINED;
    for (size_t i = 0; i < g->groups; i++) {
        long double n = sums[i].n;
        if (n == 0) continue;
        if (n < 2 || !(sums[i].squares > 0)) return STATS_UNDEFINED;
        sums[i].squares = n * (n - 1) / sums[i].squares; /* from here: the weight n / s^2 */
        weights += sums[i].squares;
        mean += sums[i].squares * sums[i].mean;
    }
    mean /= weights;
    for (size_t i = 0; i < g->groups; i++) {
        long double w = sums[i].squares, gap = sums[i].mean - mean, rest = 1 - w / weights;
        if (sums[i].n == 0) continue;
        spread += w * gap * gap;
        lack += rest * rest / ((long double)sums[i].n - 1);
    }
    lack /= k * k - 1;
    out->f = (double)(spread / (k - 1) / (1 + 2 * (k - 2) * lack));
    out->df1 = k - 1;
    out->df2 = (double)(1 / (3 * lack));
    out->p = gsl_cdf_fdist_Q(out->f, out->df1, out->df2);
    return STATS_OK;
}

stats_status stats_kruskal_wallis(const struct stats_groups *g, size_t *order, double *rank,
                                  struct stats_group_sums *sums, struct stats_kruskal *out)
{
    stats_status status = stats_check_groups(g);
    struct stats_groups ranked = {rank, g->group, g->n, g->groups};
    double n = (double)g->n;

    if (status) return status;
    double ties = stats_midranks(g->x, g->n, order, rank);
    if ((status = stats_group_sums(&ranked, sums))) return status;
    size_t filled = filled_groups(g, sums);
    double left = 1 - ties / (n * (n * n - 1));
    if (filled < 2 || !(left > 0)) return STATS_UNDEFINED;
    double h = (double)between(&ranked, sums) * 12 / (n * (n + 1)) / left;
    double df = (double)(filled - 1);
    out->test = (struct stats_test){h, df, stats_p_chisq(h, df)};
    out->epsilon2 = h / (n - 1);
    return STATS_OK;
}

stats_status stats_icc_anova(const struct stats_groups *g, struct stats_group_sums *sums,
                             struct stats_icc *out)
{
    struct stats_anova anova;
    stats_status status = stats_anova(g, sums, &anova);
    long double squares = 0, n = g->n;

    if (status) return status;
    for (size_t k = 0; k < g->groups; k++)
        squares += (long double)sums[k].n * sums[k].n;
    out->m0 = (double)((n - squares / n) / anova.df_between);
    double whole = anova.ms_between + (out->m0 - 1) * anova.ms_within;
    if (!(whole > 0)) return STATS_UNDEFINED;
    out->icc = (anova.ms_between - anova.ms_within) / whole;
    out->deff = 1 + (out->m0 - 1) * out->icc;
    return STATS_OK;
}
