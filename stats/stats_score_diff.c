// SPDX-License-Identifier: MIT
/* Score intervals for a difference (Mee; Miettinen & Nurminen). Declared in stats_diff.h.
 */
#include "stats/stats_diff.h"
#include "stats/stats_num.h"

#include <math.h>

struct score_target {
    double x1, n1, x2, n2; /* counts */
    double z2;             /* z^2, with N/(N-1) folded in */
    double observed;       /* p1 - p2 */
};

/* The likeliest p2 when p1 - p2 is held at delta: the root of a cubic that lies in range.
 */
static double likeliest_p2(const struct score_target *t, double delta)
{
    double n = t->n1 + t->n2, x = t->x1 + t->x2;
    double a = (t->n1 + 2 * t->n2) * delta - n - x;
    double b = (t->n2 * delta - n - 2 * t->x2) * delta + x;
    double c = t->x2 * delta * (1 - delta);
    double third = a / (3 * n);
    double q = third * third * third - a * b / (6 * n * n) + c / (2 * n);
    double p = copysign(sqrt(fmax(0, third * third - b / (3 * n))), q);
    double angle = p == 0 ? 0 : acos(stats_clamp(q / (p * p * p), -1, 1));
    double root = 2 * p * cos((M_PI + angle) / 3) - third;

    return stats_clamp(root, fmax(0, -delta), fmin(1, 1 - delta));
}

/* z^2 variance - (observed - delta)^2: positive while delta is inside the interval. */
static double score_margin(double delta, const void *given)
{
    const struct score_target *t = given;
    double p2 = likeliest_p2(t, delta), p1 = stats_clamp(p2 + delta, 0, 1);
    double variance = p1 * (1 - p1) / t->n1 + p2 * (1 - p2) / t->n2;
    double gap = t->observed - delta;

    return t->z2 * variance - gap * gap;
}

static stats_status score_interval(const struct stats_two_groups *g, double conf,
                                   int inflate, struct stats_interval *out)
{
    struct stats_interval plain;
    stats_status status = stats_agresti_caffo(g, conf, &plain); /* same checks, same d */
    double z = stats_z(conf), n = (double)g->n1 + (double)g->n2, low, high;

    if (status) return status;
    struct score_target t = {(double)g->yes1,
                             (double)g->n1,
                             (double)g->yes2,
                             (double)g->n2,
                             z * z * (inflate ? n / (n - 1) : 1),
                             plain.estimate};
    if ((status = stats_limit(score_margin, &t, t.observed, -1, &low))) return status;
    if ((status = stats_limit(score_margin, &t, t.observed, 1, &high))) return status;
    *out = (struct stats_interval){plain.estimate, low, high};
    return STATS_OK;
}

stats_status stats_mee(const struct stats_two_groups *g, double conf,
                       struct stats_interval *out)
{
    return score_interval(g, conf, 0, out);
}

stats_status stats_miettinen_nurminen(const struct stats_two_groups *g, double conf,
                                      struct stats_interval *out)
{
    return score_interval(g, conf, 1, out);
}
