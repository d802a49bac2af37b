// SPDX-License-Identifier: MIT
#include "stats/stats_rank.h"
#include "stats/stats_num.h"

#include <gsl/gsl_sort.h>
#include <math.h>

static stats_status check_finite(const double *x, size_t n)
{
    if (n == 0) return STATS_EMPTY;
    for (size_t i = 0; i < n; i++)
        if (!isfinite(x[i])) return STATS_DOMAIN;
    return STATS_OK;
}

double stats_midranks(const double *x, size_t n, size_t *order, double *rank)
{
    double ties = 0;

    gsl_sort_index(order, x, 1, n);
    for (size_t start = 0, end; start < n; start = end) {
        for (end = start; end < n && x[order[end]] == x[order[start]]; end++)
            ;
        double t = (double)(end - start);
        for (size_t i = start; i < end; i++)
            rank[order[i]] = 0.5 * (double)(start + 1 + end);
        ties += t * (t * t - 1);
    }
    return ties;
}

/* Ranks of the non-zero |changes|, gathered at the front with their signs. */
struct signed_ranks {
    size_t movers;
    long double plus, sum, squares;
};

static struct signed_ranks sum_signed(const double *change, const double *rank, size_t n)
{
    struct signed_ranks s = {0};

    for (size_t i = 0; i < n; i++) {
        if (change[i] == 0) continue;
        s.movers++;
        s.sum += rank[i];
        s.squares += (long double)rank[i] * rank[i];
        if (change[i] > 0) s.plus += rank[i];
    }
    return s;
}

/* Each rank counts with probability 1/2: mean sum/2, variance squares/4. */
static double normal_p(const struct signed_ranks *s, double correction)
{
    if (s->movers == 0) return NAN;
    double gap = fabs((double)(s->plus - s->sum / 2));
    return stats_p_normal(fmax(0, gap - correction) / (double)sqrtl(s->squares / 4));
}

/*
 * P of a sum as far from the middle: the distribution of the doubled rank sum, one rank at
 * a time, each in or out with probability 1/2.
 */
static double exact_p(const double *change, const double *rank, size_t n,
                      const struct signed_ranks *s)
{
    double chance[STATS_EXACT_MOVERS * (STATS_EXACT_MOVERS + 1) + 1] = {1};
    long total = (long)(2 * s->sum), reach = 0;
    long seen = (long)(2 * s->plus), low = seen < total - seen ? seen : total - seen;
    long double tail = 0;

    for (size_t i = 0; i < n; i++) {
        if (change[i] == 0) continue;
        long step = (long)(2 * rank[i]);
        reach += step;
        for (long k = reach; k >= 0; k--)
            chance[k] = 0.5 * (chance[k] + (k >= step ? chance[k - step] : 0));
    }
    for (long k = 0; k <= low; k++)
        tail += chance[k];
    return fmin(1, 2 * (double)tail);
}

/* Midranks of |change|, all of them or (leaving zeros at rank 0) of the movers. */
static void rank_sizes(const double *change, size_t n, int keep_zeros, size_t *order,
                       double *size, double *rank)
{
    size_t zeros = 0;

    for (size_t i = 0; i < n; i++) {
        size[i] = fabs(change[i]);
        zeros += change[i] == 0;
    }
    stats_midranks(size, n, order, rank);
    for (size_t i = 0; i < n && !keep_zeros; i++)
        rank[i] = change[i] == 0 ? 0 : rank[i] - (double)zeros;
}

stats_status stats_signed_rank(const double *change, size_t n, size_t *order, double *work,
                               struct stats_signed_rank *out)
{
    stats_status status = check_finite(change, n);
    double *rank = work + n;

    if (status) return status;
    rank_sizes(change, n, 1, order, work, rank);
    struct signed_ranks pratt = sum_signed(change, rank, n);
    rank_sizes(change, n, 0, order, work, rank);
    struct signed_ranks s = sum_signed(change, rank, n);
    out->n = (long)n;
    out->zeros = (long)(n - s.movers);
    out->w_plus = (double)s.plus;
    out->p_normal = normal_p(&s, 0);
    out->p_normal_cc = normal_p(&s, 0.5);
    out->p_pratt = normal_p(&pratt, 0);
    out->p_exact = s.movers <= STATS_EXACT_MOVERS ? exact_p(change, rank, n, &s) : NAN;
    out->p = isnan(out->p_exact) ? out->p_normal : out->p_exact;
    return STATS_OK;
}

stats_status stats_mann_whitney(const double *both, size_t n1, size_t n2, size_t *order,
                                double *rank, struct stats_mann_whitney *out)
{
    stats_status status = check_finite(both, n1 + n2);
    long double sum = 0;

    if (n1 == 0 || n2 == 0) return STATS_EMPTY;
    if (status) return status;
    double ties = stats_midranks(both, n1 + n2, order, rank);
    for (size_t i = 0; i < n1; i++)
        sum += rank[i];
    double a = (double)n1, b = (double)n2, n = a + b, pairs = a * b;
    double u = (double)(sum - (long double)n1 * (n1 + 1) / 2);
    double variance = pairs / 12 * (n + 1 - ties / (n * (n - 1)));
    double gap = fabs(u - pairs / 2);
    *out = (struct stats_mann_whitney){u, u / pairs, NAN, NAN};
    if (variance > 0) {
        out->p_normal = stats_p_normal(gap / sqrt(variance));
        out->p_normal_cc = stats_p_normal(fmax(0, gap - 0.5) / sqrt(variance));
    }
    return STATS_OK;
}

#define EXACT_PEOPLE 100

size_t stats_mann_whitney_work(size_t n1, size_t n2)
{
    size_t n = n1 + n2, fewer = n1 < n2 ? n1 : n2;

    return n > EXACT_PEOPLE ? 0 : (fewer + 1) * (n * (n + 1) + 1);
}

/*
 * ways[m * width + s]: in how many ways m of the ranks met so far have doubled sum s.
 * Counts reach 1e29, where a double still has 16 digits and nothing is subtracted.
 */
static void count_ways(const double *rank, size_t n, size_t fewer, size_t width,
                       double *ways)
{
    for (size_t k = 0; k < (fewer + 1) * width; k++)
        ways[k] = k == 0;
    for (size_t i = 0; i < n; i++) {
        size_t step = (size_t)(2 * rank[i]);
        for (size_t m = fewer; m >= 1; m--)
            for (size_t s = width; s-- > step;)
                ways[m * width + s] += ways[(m - 1) * width + s - step];
    }
}

stats_status stats_mann_whitney_exact(const double *rank, size_t n1, size_t n2,
                                      double *work, double *p)
{
    size_t n = n1 + n2, fewer = n1 < n2 ? n1 : n2, width = n * (n + 1) + 1;
    const double *few = n1 < n2 ? rank : rank + n1;
    long double all = 0, far = 0;
    long seen = 0;

    if (n1 == 0 || n2 == 0) return STATS_EMPTY;
    if (n > EXACT_PEOPLE) return STATS_TOO_BIG;
    count_ways(rank, n, fewer, width, work);
    for (size_t i = 0; i < fewer; i++)
        seen += (long)(2 * few[i]);
    long mean = (long)(fewer * (n + 1)), gap = labs(seen - mean);
    for (size_t s = 0; s < width; s++) {
        all += work[fewer * width + s];
        if (labs((long)s - mean) >= gap) far += work[fewer * width + s];
    }
    *p = (double)(far / all);
    return STATS_OK;
}
