// SPDX-License-Identifier: MIT
#include "pipeline/attack/attack_decode.h"

#include "stats/stats.h"

/** A double holds 15 digits, so fractions of up to a million are told from each other. */
enum { MOST = 1000000 };

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
