// SPDX-License-Identifier: MIT
#include "stats/stats_multiple.h"

#include <gsl/gsl_heapsort.h>
#include <math.h>

size_t stats_family(const double *p, size_t n)
{
    size_t family = 0;

    for (size_t i = 0; i < n; i++)
        family += !isnan(p[i]);
    return family;
}

/* Numbers by size, NAN last. */
static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    if (isnan(x) || isnan(y)) return (isnan(x) != 0) - (isnan(y) != 0);
    return (x > y) - (x < y);
}

/* Places of the numbers in p, by rising p. */
static void order_numbers(const double *p, size_t n, size_t *order)
{
    size_t numbers = 0;

    gsl_heapsort_index(order, p, n, sizeof *p, by_value);
    for (size_t i = 0; i < n; i++)
        if (!isnan(p[order[i]])) order[numbers++] = order[i];
}

/* What the p of rank r (1 is the smallest) of m is multiplied by. */
static double factor(enum stats_adjustment how, double rank, double m)
{
    switch (how) {
    case STATS_HOLM:
    case STATS_HOCHBERG:
        return m - rank + 1;
    case STATS_BH:
        return m / rank;
    case STATS_BONFERRONI:
        break;
    }
    return m;
}

stats_status stats_adjust(const double *p, size_t n, enum stats_adjustment how,
                          size_t *order, double *adjusted)
{
    size_t m = stats_family(p, n);
    double worst = 0, best = 1;

    for (size_t i = 0; i < n; i++)
        if (!isnan(p[i]) && !(p[i] >= 0 && p[i] <= 1)) return STATS_DOMAIN;
    if (m == 0) return STATS_EMPTY;
    order_numbers(p, n, order);
    for (size_t i = 0; i < n; i++)
        adjusted[i] = p[i];
    for (size_t k = 0; k < m; k++) {
        double *at = &adjusted[order[k]];
        *at = fmin(1, factor(how, (double)(k + 1), (double)m) * *at);
        if (how == STATS_HOLM)
            *at = worst = fmax(worst, *at); /* never below a smaller p's */
    }
    for (size_t k = m; k-- > 0 && how != STATS_HOLM;) {
        double *at = &adjusted[order[k]];
        if (how != STATS_BONFERRONI) *at = best = fmin(best, *at);
    }
    return STATS_OK;
}
