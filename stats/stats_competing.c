// SPDX-License-Identifier: MIT
#include "stats/stats_competing.h"

#include <math.h>

/* What one row of the life table adds to the variances of the incidence at a later time. */
struct contribution {
    long double delta, aalen;
};

/* Of x events among n at risk: less than binomial spread when several fall together. */
static long double tie_weight(long double x, long double n)
{
    return n > 1 ? (n - x) / (n - 1) : 1;
}

static struct contribution contribute(const struct stats_life *row, long double before,
                                      long double to_come)
{
    long double n = row->at_risk, d = row->events, c = row->of_cause, o = d - c;
    struct contribution add = {0, 0};

    add.delta =
        before * before * c * (n - c) / (n * n * n) - 2 * to_come * before * c / (n * n);
    if (d < n) /* else nobody is left and nothing is to come */
        add.delta += to_come * to_come * d / (n * (n - d));
    long double lost = d < n ? to_come / row->survival : 0;
    add.aalen = before * before / (n * n) *
                ((1 - lost) * (1 - lost) * tie_weight(c, n) * c +
                 lost * lost * tie_weight(o, n) * o);
    return add;
}

struct stats_incidence stats_incidence_at(const struct stats_life *rows, size_t n, double t)
{
    struct contribution sum = {0, 0};
    long double before = 1;
    size_t k = 0;

    while (k < n && rows[k].time <= t)
        k++;
    double reached = k > 0 ? rows[k - 1].incidence : 0;
    for (size_t j = 0; j < k; j++) {
        struct contribution add = contribute(&rows[j], before, reached - rows[j].incidence);
        sum.delta += add.delta;
        sum.aalen += add.aalen;
        before = rows[j].survival;
    }
    return (struct stats_incidence){reached, (double)sqrtl(fmaxl(0, sum.delta)),
                                    (double)sqrtl(fmaxl(0, sum.aalen))};
}
