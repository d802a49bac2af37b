// SPDX-License-Identifier: MIT
#include "stats/stats_diff.h"
#include "stats/stats_num.h"
#include "stats/stats_prop.h"

#include <math.h>

static stats_status check_groups(const struct stats_two_groups *g)
{
    if (g->yes1 < 0 || g->yes2 < 0 || g->yes1 > g->n1 || g->yes2 > g->n2)
        return STATS_DOMAIN;
    return g->n1 > 0 && g->n2 > 0 ? STATS_OK : STATS_EMPTY;
}

static stats_status check_interval(const struct stats_two_groups *g, double conf)
{
    return stats_is_conf(conf) ? check_groups(g) : STATS_DOMAIN;
}

/* p1 - p2 from whole numbers, so that equal shares differ by exactly 0. */
static double difference(const struct stats_two_groups *g)
{
    long double cross = (long double)g->yes1 * (long double)g->n2 -
                        (long double)g->yes2 * (long double)g->n1;

    return (double)(cross / ((long double)g->n1 * (long double)g->n2));
}

stats_status stats_newcombe(const struct stats_two_groups *g, double conf,
                            struct stats_interval *out)
{
    struct stats_interval a, b;
    stats_status status = check_interval(g, conf);

    if (status) return status;
    if ((status = stats_wilson(g->yes1, g->n1, conf, &a))) return status;
    if ((status = stats_wilson(g->yes2, g->n2, conf, &b))) return status;
    out->estimate = difference(g);
    out->low = out->estimate - hypot(a.estimate - a.low, b.high - b.estimate);
    out->high = out->estimate + hypot(a.high - a.estimate, b.estimate - b.low);
    return STATS_OK;
}

stats_status stats_agresti_caffo(const struct stats_two_groups *g, double conf,
                                 struct stats_interval *out)
{
    stats_status status = check_interval(g, conf);

    if (status) return status;
    double n1 = (double)g->n1 + 2, n2 = (double)g->n2 + 2;
    double p1 = ((double)g->yes1 + 1) / n1, p2 = ((double)g->yes2 + 1) / n2;
    double half = stats_z(conf) * sqrt(p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2);
    *out = (struct stats_interval){difference(g), fmax(-1, p1 - p2 - half),
                                   fmin(1, p1 - p2 + half)};
    return STATS_OK;
}

stats_status stats_risk_ratio_katz(const struct stats_two_groups *g, double conf,
                                   struct stats_interval *out)
{
    stats_status status = check_interval(g, conf);

    if (status) return status;
    if (g->yes1 == 0 || g->yes2 == 0) return STATS_UNDEFINED;
    if (g->yes1 == g->n1 && g->yes2 == g->n2) return STATS_UNDEFINED;
    double n1 = (double)g->n1, n2 = (double)g->n2;
    double x1 = (double)g->yes1, x2 = (double)g->yes2;
    double ratio = x1 * n2 / (n1 * x2);
    double spread =
        exp(stats_z(conf) * sqrt((n1 - x1) / (x1 * n1) + (n2 - x2) / (x2 * n2)));
    *out = (struct stats_interval){ratio, ratio / spread, ratio * spread};
    return STATS_OK;
}

stats_status stats_odds_ratio_woolf(const struct stats_two_groups *g, double conf,
                                    struct stats_interval *out)
{
    stats_status status = check_interval(g, conf);

    if (status) return status;
    double a = (double)g->yes1, b = (double)(g->n1 - g->yes1);
    double c = (double)g->yes2, d = (double)(g->n2 - g->yes2);
    if (a == 0 || b == 0 || c == 0 || d == 0) return STATS_UNDEFINED;
    double ratio = a * d / (b * c);
    double spread = exp(stats_z(conf) * sqrt(1 / a + 1 / b + 1 / c + 1 / d));
    *out = (struct stats_interval){ratio, ratio / spread, ratio * spread};
    return STATS_OK;
}

stats_status stats_chisq_2x2(const struct stats_two_groups *g, struct stats_chisq_2x2 *out)
{
    stats_status status = check_groups(g);

    if (status) return status;
    long double n1 = g->n1, n2 = g->n2, n = n1 + n2;
    long double yes = (long double)g->yes1 + g->yes2, no = n - yes;
    if (yes == 0 || no == 0) return STATS_UNDEFINED;
    long double margins = n1 * n2 * yes * no;
    long double det = fabsl((long double)g->yes1 * (n2 - g->yes2) -
                            (long double)g->yes2 * (n1 - g->yes1));
    long double pulled = fmaxl(0, det - n / 2);
    double pearson = (double)(n * det * det / margins);
    double nminus1 = (double)((n - 1) * det * det / margins);
    double yates = (double)(n * pulled * pulled / margins);
    out->pearson = (struct stats_test){pearson, 1, stats_p_chisq(pearson, 1)};
    out->nminus1 = (struct stats_test){nminus1, 1, stats_p_chisq(nminus1, 1)};
    out->yates = (struct stats_test){yates, 1, stats_p_chisq(yates, 1)};
    out->min_expected = (double)(fminl(n1, n2) * fminl(yes, no) / n);
    return STATS_OK;
}

/* Sums over all tables with these margins, relative to the one seen (weight 1). */
struct fisher_sums {
    long double rarer, equal, all;
};

static void fisher_add(long double weight, struct fisher_sums *sums)
{
    sums->all += weight;
    if (weight < 1 - 1e-7L)
        sums->rarer += weight;
    else if (weight <= 1 + 1e-7L)
        sums->equal += weight;
}

stats_status stats_fisher_2x2(const struct stats_two_groups *g,
                              struct stats_fisher_2x2 *out)
{
    stats_status status = check_groups(g);

    if (status) return status;
    long yes = g->yes1 + g->yes2, low = yes > g->n2 ? yes - g->n2 : 0;
    long high = yes < g->n1 ? yes : g->n1;
    struct fisher_sums sums = {0, 0, 0};
    long double weight = 1; /* of "x of group 1 said yes"; ratios of neighbouring tables */
    fisher_add(weight, &sums);
    for (long x = g->yes1; x < high; x++) {
        weight *= (long double)(yes - x) * (long double)(g->n1 - x);
        weight /= (long double)(x + 1) * (long double)(g->n2 - yes + x + 1);
        fisher_add(weight, &sums);
    }
    weight = 1;
    for (long x = g->yes1; x > low; x--) {
        weight *= (long double)x * (long double)(g->n2 - yes + x);
        weight /= (long double)(yes - x + 1) * (long double)(g->n1 - x + 1);
        fisher_add(weight, &sums);
    }
    long double kept = sums.rarer + sums.equal;
    out->two_sided = kept < sums.all ? (double)(kept / sums.all) : 1;
    out->midp = (double)((sums.rarer + 0.5L * sums.equal) / sums.all);
    return STATS_OK;
}

stats_status stats_test_2x2(const struct stats_two_groups *g, enum stats_2x2_choice *choice,
                            struct stats_test *out)
{
    struct stats_chisq_2x2 chisq;
    struct stats_fisher_2x2 fisher;
    stats_status status = stats_chisq_2x2(g, &chisq);

    if (status) return status;
    if (chisq.min_expected >= 1) {
        *choice = STATS_2X2_NMINUS1;
        *out = chisq.nminus1;
        return STATS_OK;
    }
    if ((status = stats_fisher_2x2(g, &fisher))) return status;
    *choice = STATS_2X2_FISHER_MIDP;
    *out = (struct stats_test){NAN, NAN, fisher.midp};
    return STATS_OK;
}
