// SPDX-License-Identifier: MIT
#include "pipeline/attack/attack_decode.h"

#include "stats/stats.h"

/** A double holds 15 digits, so fractions of up to a million are told from each other. */
enum { MOST = 1000000, MOST_EVENTS = 10000 };

bool attack_fraction(double x, long most, long *numerator, long *denominator)
{
    double rest = x;
    long before_n = 0, before_d = 1, n = 1, d = 0;

    for (int step = 0; step < 40; step++) {
        double whole = floor(rest);
        if (whole > (double)most || whole < 0)
            return false;
        long next_n = (long)whole * n + before_n, next_d = (long)whole * d + before_d;
        if (next_d > most || next_n > most)
            return false;
        before_n = n;
        before_d = d;
        n = next_n;
        d = next_d;
        if (fabs((double)n / (double)d - x) <= 4e-16 * fmax(x, 1e-3)) {
            *numerator = n;
            *denominator = d;
            return true;
        }
        rest = 1 / (rest - whole);
    }
    return false;
}

static void at_least(struct attack_facts *facts, size_t var, double value)
{
    if (!attack_is_known(facts, var))
        facts->vars[var].low = fmax(facts->vars[var].low, value);
}

void attack_percent(struct attack_facts *facts, size_t count, size_t base, double percent)
{
    long n, d;

    if (attack_is_known(facts, base)) {
        double at = percent / 100 * facts->vars[base].low;
        if (fabs(at - round(at)) < 1e-6)
            attack_know(facts, count, round(at));
        return;
    }
    if (!attack_fraction(percent / 100, MOST, &n, &d))
        return;
    const struct attack_term terms[] = {{count, (double)d}, {base, -(double)n}};
    attack_rule(facts, terms, 2, 0, 0, false, "a percentage is a fraction");
    at_least(facts, count, (double)n);
    at_least(facts, base, (double)d);
}

void attack_wilson(struct attack_facts *facts, size_t count, size_t base,
                   const struct attack_limits *limits)
{
    double low = limits->low / 100, high = limits->high / 100;
    double z = stats_z(isnan(limits->level) ? 0.95 : limits->level);
    double a = low + high - 1, b = sqrt(low * high);

    /* a s^2 - 2 b s + 1 = 0, s^2 = 1 + z^2 / n */
    double root = sqrt(fmax(b * b - a, 0));
    double s = fabs(a) < 1e-12 ? 1 / (2 * b) : (b - root) / a;
    double n = z * z / (s * s - 1), p = b * s;

    if (!(n > 0.5 && n < MOST) || fabs(n - round(n)) > 1e-6 * n ||
        fabs(p * n - round(p * n)) > 1e-6 * n)
        return;
    attack_know(facts, base, round(n));
    attack_know(facts, count, round(p * n));
}

static double level_of(const struct attack_limits *limits)
{
    return isnan(limits->level) ? 0.95 : limits->level;
}

static bool near(double a, double b)
{
    return fabs(a - b) <= 1e-7 * fabs(b);
}

void attack_mean(struct attack_facts *facts, size_t base, double sd,
                 const struct attack_limits *limits)
{
    double half = (limits->high - limits->low) / 2, level = level_of(limits);
    long low = 2, high = MOST;

    if (!(sd > 0) || !(half > 0))
        return;
    while (low < high) { /* the more there are, the narrower it is */
        long n = low + (high - low) / 2;
        if (stats_t(level, (double)n - 1) * sd / sqrt((double)n) <= half * (1 + 1e-7))
            high = n;
        else
            low = n + 1;
    }
    if (near(stats_t(level, (double)low - 1) * sd / sqrt((double)low), half))
        attack_know(facts, base, (double)low);
}

void attack_garwood(struct attack_facts *facts, size_t count, const struct attack_limits *limits)
{
    struct stats_interval own;

    if (!(limits->low > 0))
        return;
    for (long k = 1; k < MOST_EVENTS; k++) {
        if (stats_garwood(k, level_of(limits), &own) != STATS_OK ||
            own.high / own.low < limits->high / limits->low * (1 - 1e-7))
            return;
        if (near(own.high / own.low, limits->high / limits->low)) {
            attack_know(facts, count, (double)k);
            return;
        }
    }
}

long attack_clients(const struct attack_limits *limits)
{
    double rest = limits->value == 0     ? 1 - limits->high / 100
                  : limits->value == 100 ? limits->low / 100
                                         : NAN;
    double n = log((1 - level_of(limits)) / 2) / log(rest);

    return n > 0.5 && n < MOST && near(n, round(n)) ? lround(n) : 0;
}
