// SPDX-License-Identifier: MIT
#include "stats/stats_paired.h"
#include "stats/stats_num.h"
#include "stats/stats_prop.h"

#include <math.h>

static stats_status check_pairs(const struct stats_pairs *p)
{
    if (p->yy < 0 || p->yn < 0 || p->ny < 0 || p->nn < 0) return STATS_DOMAIN;
    return p->yy + p->yn + p->ny + p->nn > 0 ? STATS_OK : STATS_EMPTY;
}

static stats_status check_interval(const struct stats_pairs *p, double conf)
{
    return stats_is_conf(conf) ? check_pairs(p) : STATS_DOMAIN;
}

static long pairs_n(const struct stats_pairs *p)
{
    return p->yy + p->yn + p->ny + p->nn;
}

static double change(const struct stats_pairs *p)
{
    return (double)(p->ny - p->yn) / (double)pairs_n(p);
}

double stats_newcombe_phi(const struct stats_pairs *p)
{
    if (check_pairs(p)) return NAN;
    long double margins = (long double)(p->yy + p->yn) * (long double)(p->ny + p->nn) *
                          (long double)(p->yy + p->ny) * (long double)(p->yn + p->nn);
    long double a = (long double)p->yy * p->nn - (long double)p->yn * p->ny;
    long double half_n = 0.5L * pairs_n(p);

    if (margins == 0) return 0;
    if (a >= 0) a = a > half_n ? a - half_n : 0;
    return (double)(a / sqrtl(margins));
}

/* sqrt(x^2 - 2 phi x y + y^2), where |phi| <= 1 makes the root real. */
static double joined(double x, double y, double phi)
{
    return sqrt(fmax(0, x * x - 2 * phi * x * y + y * y));
}

stats_status stats_newcombe_paired(const struct stats_pairs *p, double conf,
                                   struct stats_interval *out)
{
    struct stats_interval first, last;
    stats_status status = check_interval(p, conf);

    if (status) return status;
    long n = pairs_n(p);
    if ((status = stats_wilson(p->yy + p->yn, n, conf, &first))) return status;
    if ((status = stats_wilson(p->yy + p->ny, n, conf, &last))) return status;
    double phi = stats_newcombe_phi(p), d = change(p);
    double down = joined(last.estimate - last.low, first.high - first.estimate, phi);
    double up = joined(last.high - last.estimate, first.estimate - first.low, phi);
    *out = (struct stats_interval){d, d - down, d + up};
    return STATS_OK;
}

struct tango_target {
    double yn, ny, n, z2;
};

/* The likeliest share of "yes, then no" when the change is held at delta. */
static double likeliest_yn(const struct tango_target *t, double delta)
{
    double a = 2 * t->n;
    double b = -t->yn - t->ny + (2 * t->n - t->ny + t->yn) * delta;
    double c = -t->yn * delta * (1 - delta);
    double root = sqrt(fmax(0, b * b - 4 * a * c));

    return b > 0 ? -2 * c / (b + root) : (root - b) / (2 * a);
}

static double tango_margin(double delta, const void *given)
{
    const struct tango_target *t = given;
    double variance = 2 * likeliest_yn(t, delta) + delta * (1 - delta);
    double gap = t->ny - t->yn - t->n * delta;

    return t->z2 * t->n * variance - gap * gap;
}

stats_status stats_tango(const struct stats_pairs *p, double conf,
                         struct stats_interval *out)
{
    stats_status status = check_interval(p, conf);
    double z = stats_z(conf), low, high;

    if (status) return status;
    struct tango_target t = {(double)p->yn, (double)p->ny, (double)pairs_n(p), z * z};
    double d = change(p);
    if ((status = stats_limit(tango_margin, &t, d, -1, &low))) return status;
    if ((status = stats_limit(tango_margin, &t, d, 1, &high))) return status;
    *out = (struct stats_interval){d, low, high};
    return STATS_OK;
}

stats_status stats_bonett_price(const struct stats_pairs *p, double conf,
                                struct stats_interval *out)
{
    stats_status status = check_interval(p, conf);

    if (status) return status;
    double n = (double)pairs_n(p) + 2;
    double lost = ((double)p->yn + 1) / n, gained = ((double)p->ny + 1) / n;
    double d = gained - lost;
    double half = stats_z(conf) * sqrt((gained + lost - d * d) / n);
    *out = (struct stats_interval){change(p), fmax(-1, d - half), fmin(1, d + half)};
    return STATS_OK;
}

stats_status stats_mcnemar(const struct stats_pairs *p, struct stats_mcnemar *out)
{
    stats_status status = check_pairs(p);

    if (status) return status;
    long movers = p->yn + p->ny, least = p->yn < p->ny ? p->yn : p->ny;
    if (movers == 0) {
        *out = (struct stats_mcnemar){1, 1, NAN, NAN, NAN, 0};
        return STATS_OK;
    }
    double gap = fabs((double)(p->ny - p->yn)), m = (double)movers;
    double tail = stats_binomial_lower(least, movers, 0.5);
    double here = (double)stats_binomial_pmf(least, movers, 0.5);
    out->movers = movers;
    out->exact = fmin(1, 2 * tail);
    out->midp = p->yn == p->ny ? 1 - 0.5 * here : 2 * tail - here;
    out->chisq = gap * gap / m;
    out->p_chisq = stats_p_chisq(out->chisq, 1);
    gap = fmax(0, gap - 1);
    out->p_corrected = stats_p_chisq(gap * gap / m, 1);
    return STATS_OK;
}

void stats_mover(const struct stats_interval *a, const struct stats_interval *b,
                 struct stats_interval *out)
{
    double d = a->estimate - b->estimate;
    double down = hypot(a->estimate - a->low, b->high - b->estimate);
    double up = hypot(a->high - a->estimate, b->estimate - b->low);

    *out = (struct stats_interval){d, d - down, d + up};
}

stats_status stats_change_difference(const struct stats_pairs *a,
                                     const struct stats_pairs *b, double conf,
                                     struct stats_interval *out)
{
    struct stats_interval change_a, change_b;
    stats_status status;

    if ((status = stats_newcombe_paired(a, conf, &change_a))) return status;
    if ((status = stats_newcombe_paired(b, conf, &change_b))) return status;
    stats_mover(&change_a, &change_b, out);
    return STATS_OK;
}
