// SPDX-License-Identifier: MIT
#include "stats/stats_area.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stats/stats_num.h"

static int is_share(double p)
{
    return p > 0 && p < 1;
}

/* ---- funnel limits ----------------------------------------------------------------- */

/* Smallest count r with P(X <= r) >= p, by bisection. */
static long binomial_quantile(double p, long n, double share)
{
    long low = -1, high = n; /* P(X <= low) < p <= P(X <= high) */

    while (high - low > 1) {
        long middle = low + (high - low) / 2;
        if (stats_binomial_lower(middle, n, share) >= p)
            high = middle;
        else
            low = middle;
    }
    return high;
}

static double funnel_limit(double p, long n, double target)
{
    long r = binomial_quantile(p, n, target);
    double over = stats_binomial_lower(r, n, target) - p;
    double at_r = (double)stats_binomial_pmf(r, n, target);

    return fmax(0, ((double)r - over / at_r) / (double)n);
}

stats_status stats_funnel_exact(long n, double target, double conf,
                                struct stats_interval *out)
{
    if (n < 0 || !is_share(target) || !stats_is_conf(conf)) return STATS_DOMAIN;
    if (n == 0) return STATS_EMPTY;

    double tail = (1 - conf) / 2;
    *out = (struct stats_interval){target, funnel_limit(tail, n, target),
                                   funnel_limit(1 - tail, n, target)};
    return STATS_OK;
}

stats_status stats_funnel_normal(long n, double target, double tau2, double conf,
                                 struct stats_interval *out)
{
    if (n < 0 || !is_share(target) || !(tau2 >= 0) || !stats_is_conf(conf))
        return STATS_DOMAIN;
    if (n == 0) return STATS_EMPTY;

    double half = stats_z(conf) * sqrt(target * (1 - target) / (double)n + tau2);
    *out = (struct stats_interval){target, stats_clamp(target - half, 0, 1),
                                   stats_clamp(target + half, 0, 1)};
    return STATS_OK;
}

/* ---- overdispersion ---------------------------------------------------------------- */

/* Sums over areas; STATS_DOMAIN if a count is impossible. */
static stats_status pool(const long *yes, const long *n, size_t areas, double *total_yes,
                         double *total_n)
{
    *total_yes = *total_n = 0;
    for (size_t i = 0; i < areas; i++) {
        if (n[i] < 0 || yes[i] < 0 || yes[i] > n[i]) return STATS_DOMAIN;
        *total_yes += (double)yes[i];
        *total_n += (double)n[i];
    }
    return *total_n > 0 ? STATS_OK : STATS_EMPTY;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Type-7 quantile of sorted numbers. */
static double quantile7(const double *sorted, size_t n, double p)
{
    double at = p * (double)(n - 1);
    size_t below = (size_t)floor(at);

    if (below + 1 >= n) return sorted[n - 1];
    return sorted[below] + (at - (double)below) * (sorted[below + 1] - sorted[below]);
}

static double mean_square_winsorised(const double *z, size_t areas, double winsor,
                                     double *work)
{
    long double sum = 0;

    memcpy(work, z, areas * sizeof *z);
    qsort(work, areas, sizeof *work, ascending);
    double low = quantile7(work, areas, winsor), high = quantile7(work, areas, 1 - winsor);
    for (size_t i = 0; i < areas; i++) {
        double pulled = stats_clamp(z[i], low, high);
        sum += (long double)pulled * pulled;
    }
    return (double)(sum / areas);
}

/* How much the weights leave for a variance between areas: W - sum w^2 / W. */
static double weight_room(const double *w, size_t k)
{
    long double sum = 0, squares = 0;
    for (size_t i = 0; i < k; i++) {
        sum += w[i];
        squares += (long double)w[i] * w[i];
    }
    return (double)(sum - squares / sum);
}

stats_status stats_overdispersion(const long *yes, const long *n, size_t areas,
                                  double winsor, double *z, double *work,
                                  struct stats_overdispersion *out)
{
    double total_yes, total_n;
    stats_status status = pool(yes, n, areas, &total_yes, &total_n);

    if (status != STATS_OK) return status;
    if (!(winsor >= 0 && winsor < 0.5)) return STATS_DOMAIN;
    for (size_t i = 0; i < areas; i++)
        if (n[i] == 0) return STATS_EMPTY;
    double m = total_yes / total_n;
    if (areas < 2 || !is_share(m)) return STATS_UNDEFINED;

    for (size_t i = 0; i < areas; i++)
        z[i] = ((double)yes[i] / (double)n[i] - m) / sqrt(m * (1 - m) / (double)n[i]);
    double phi = mean_square_winsorised(z, areas, winsor, work);
    for (size_t i = 0; i < areas; i++)
        work[i] = (double)n[i] / (m * (1 - m));
    double excess = (double)areas * phi - ((double)areas - 1);
    *out =
        (struct stats_overdispersion){m, phi, fmax(0, excess / weight_room(work, areas))};
    return STATS_OK;
}

/* ---- shrinkage --------------------------------------------------------------------- */

/* Marshall's A: the spread of shares beyond what chance gives areas of average size. */
static double between_variance(const long *yes, const long *n, size_t areas, double m,
                               double total_n)
{
    long double spread = 0;
    size_t peopled = 0;

    for (size_t i = 0; i < areas; i++) {
        if (n[i] == 0) continue;
        long double d = (long double)yes[i] / n[i] - m;
        spread += n[i] * d * d;
        peopled++;
    }
    double chance = m * (1 - m) * (double)peopled / total_n;
    return fmax(0, (double)(spread / total_n) - chance);
}

stats_status stats_shrink(const long *yes, const long *n, size_t areas, double *pooled,
                          double *between, double *weight, double *shrunk)
{
    double total_yes, total_n;
    stats_status status = pool(yes, n, areas, &total_yes, &total_n);
    if (status != STATS_OK) return status;

    double m = total_yes / total_n;
    double a = between_variance(yes, n, areas, m, total_n);
    for (size_t i = 0; i < areas; i++) {
        double share = n[i] ? (double)yes[i] / (double)n[i] : m;
        weight[i] = n[i] && a > 0 ? a / (a + m * (1 - m) / (double)n[i]) : 0;
        shrunk[i] = m + weight[i] * (share - m);
    }
    *pooled = m;
    *between = a;
    return STATS_OK;
}

/* ---- random effects ---------------------------------------------------------------- */

struct logit {
    double y, v;
};

static struct logit logit_of(long yes, long n)
{
    double add = yes == 0 || yes == n ? 0.5 : 0;
    double a = (double)yes + add, b = (double)(n - yes) + add;
    return (struct logit){log(a / b), 1 / a + 1 / b};
}

/* Inverse-variance mean of the logits with tau2 added; its sums through the pointers. */
static double weighted_mean(const long *yes, const long *n, size_t areas, double tau2,
                            double *weights, double *squared_weights)
{
    long double sw = 0, sww = 0, swy = 0;

    for (size_t i = 0; i < areas; i++) {
        struct logit l = logit_of(yes[i], n[i]);
        long double w = 1 / ((long double)l.v + tau2);
        sw += w;
        sww += w * w;
        swy += w * l.y;
    }
    *weights = (double)sw;
    *squared_weights = (double)sww;
    return (double)(swy / sw);
}

static double cochran_q(const long *yes, const long *n, size_t areas, double mean)
{
    long double q = 0;

    for (size_t i = 0; i < areas; i++) {
        struct logit l = logit_of(yes[i], n[i]);
        q += (long double)(l.y - mean) * (l.y - mean) / l.v;
    }
    return (double)q;
}

stats_status stats_random_effects_logit(const long *yes, const long *n, size_t areas,
                                        struct stats_random_effects *out)
{
    double total_yes, total_n, sw, sww;
    stats_status status = pool(yes, n, areas, &total_yes, &total_n);

    if (status != STATS_OK) return status;
    for (size_t i = 0; i < areas; i++)
        if (n[i] == 0) return STATS_EMPTY;

    double fixed = weighted_mean(yes, n, areas, 0, &sw, &sww);
    double q = cochran_q(yes, n, areas, fixed), df = (double)areas - 1;
    double tau2 = areas > 1 ? fmax(0, (q - df) / (sw - sww / sw)) : 0;
    double mu = weighted_mean(yes, n, areas, tau2, &sw, &sww);
    *out = (struct stats_random_effects){mu, 1 / sqrt(sw), tau2, q,
                                         q > df ? 100 * (q - df) / q : 0};
    return STATS_OK;
}
