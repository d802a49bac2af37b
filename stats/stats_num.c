// SPDX-License-Identifier: MIT
#include "stats/stats_num.h"

#include <float.h>
#include <gsl/gsl_cdf.h>
#include <math.h>

/* Where between a (0) and b (1) to look next, from the last three points; half way when the
   inverse quadratic through them cannot be trusted. */
static double next_fraction(const double x[3], const double f[3])
{
    double xi = (x[0] - x[1]) / (x[2] - x[1]), phi = (f[0] - f[1]) / (f[2] - f[1]);

    if (!(phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi)) return 0.5;
    return f[0] / (f[1] - f[0]) * f[2] / (f[1] - f[2]) +
           (x[2] - x[0]) / (x[1] - x[0]) * f[0] / (f[2] - f[0]) * f[1] / (f[2] - f[1]);
}

/* x[0] is the newest point, x[1] the other end of the bracket, x[2] the point before. */
stats_status stats_root(stats_function f, const void *given, double low, double high,
                        double *root)
{
    double x[3] = {low, high, low}, at[3] = {f(low, given), f(high, given), 0}, t = 0.5;

    if (at[0] == 0) return *root = low, STATS_OK;
    if (at[1] == 0) return *root = high, STATS_OK;
    if (isnan(at[0]) || isnan(at[1]) || (at[0] < 0) == (at[1] < 0))
        return STATS_NO_CONVERGENCE;
    for (int step = 0; step < 500; step++) {
        double here = x[0] + t * (x[1] - x[0]), value = f(here, given);
        int same_side = (value < 0) == (at[0] < 0);
        if (isnan(value)) return STATS_NO_CONVERGENCE;
        x[2] = same_side ? x[0] : x[1];
        at[2] = same_side ? at[0] : at[1];
        if (!same_side) x[1] = x[0], at[1] = at[0];
        x[0] = here, at[0] = value;
        double best = fabs(at[0]) < fabs(at[1]) ? x[0] : x[1];
        double closest = (2 * DBL_EPSILON * fabs(best) + DBL_MIN) / fabs(x[1] - x[0]);
        if (value == 0 || closest > 0.5) return *root = value == 0 ? here : best, STATS_OK;
        t = stats_clamp(next_fraction(x, at), closest, 1 - closest);
    }
    return STATS_NO_CONVERGENCE;
}

stats_status stats_limit(stats_function margin, const void *given, double observed,
                         double end, double *limit)
{
    double start = observed;

    if (observed == end) return *limit = end, STATS_OK;
    for (double aside = 1e-9; margin(start, given) <= 0 && aside < 0.1; aside *= 10)
        start = observed + aside * (end - observed);
    if (margin(start, given) > 0 && margin(end, given) >= 0) return *limit = end, STATS_OK;
    return stats_root(margin, given, start, end, limit);
}

int stats_is_conf(double conf)
{
    return conf > 0 && conf < 1;
}

double stats_z(double conf)
{
    return gsl_cdf_ugaussian_Qinv(0.5 * (1 - conf));
}

double stats_t(double conf, double df)
{
    return gsl_cdf_tdist_Qinv(0.5 * (1 - conf), df);
}

double stats_p_normal(double z)
{
    return 2 * gsl_cdf_ugaussian_Q(fabs(z));
}

double stats_p_t(double t, double df)
{
    return fmin(1, 2 * gsl_cdf_tdist_Q(fabs(t), df));
}

double stats_p_chisq(double x, double df)
{
    return x > 0 ? gsl_cdf_chisq_Q(x, df) : 1;
}

long double stats_log_factorial(long n)
{
    int sign;

    return lgammal_r((long double)n + 1, &sign);
}

/* The same with both probabilities given, so that 1 - p never loses a small p. */
static long double binomial_pmf(long k, long n, long double p, long double q)
{
    if (k < 0 || k > n) return 0;
    if (p <= 0) return k == 0;
    if (q <= 0) return k == n;
    long double ways =
        stats_log_factorial(n) - stats_log_factorial(k) - stats_log_factorial(n - k);
    return expl(ways + (long double)k * logl(p) + (long double)(n - k) * logl(q));
}

long double stats_binomial_pmf(long k, long n, double p)
{
    return binomial_pmf(k, n, p, 1 - (long double)p);
}

/* P(X <= k) for k below the mean: terms shrink from k downwards. */
static long double binomial_sum_down(long k, long n, long double p, long double q)
{
    long double term = binomial_pmf(k, n, p, q), sum = 0;

    for (; k >= 0 && term > sum * 1e-21L; k--) {
        sum += term;
        term *= (long double)k / (long double)(n - k + 1) * (q / p);
    }
    return sum;
}

static long double binomial_lower(long k, long n, long double p, long double q)
{
    if (k < 0) return 0;
    if (k >= n || p <= 0) return 1;
    if (q <= 0) return 0;
    if ((long double)k < (long double)n * p) return binomial_sum_down(k, n, p, q);
    return 1 - binomial_sum_down(n - k - 1, n, q, p);
}

double stats_binomial_lower(long k, long n, double p)
{
    return (double)binomial_lower(k, n, p, 1 - (long double)p);
}

double stats_binomial_upper(long k, long n, double p)
{
    return (double)binomial_lower(n - k, n, 1 - (long double)p, p);
}

struct beta_target {
    double prob, a, b;
};

static double beta_excess(double x, const void *given)
{
    const struct beta_target *want = given;

    if (want->prob <= 0.5) return gsl_cdf_beta_P(x, want->a, want->b) - want->prob;
    return (1 - want->prob) - gsl_cdf_beta_Q(x, want->a, want->b);
}

stats_status stats_beta_quantile(double prob, double a, double b, double *x)
{
    struct beta_target want = {prob, a, b};

    if (!(prob >= 0 && prob <= 1 && a > 0 && b > 0)) return STATS_DOMAIN;
    return stats_root(beta_excess, &want, 0, 1, x);
}

long double stats_sum(const double *x, size_t n)
{
    long double sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += x[i];
    return sum;
}

struct stats_two_pass stats_two_pass(const double *x, size_t n)
{
    long double mean = stats_sum(x, n) / n, drift = 0, squares = 0;
    size_t same = 1;

    while (same < n && x[same] == x[0])
        same++;
    if (same == n) return (struct stats_two_pass){x[0], 0};
    for (size_t i = 0; i < n; i++) {
        long double deviation = x[i] - mean;
        drift += deviation;
        squares += deviation * deviation;
    }
    return (struct stats_two_pass){mean + drift / n, squares - drift * drift / n};
}

double stats_rounded_difference(double later, double earlier)
{
    double gap = later - earlier;

    return fabs(gap) < 4e6 ? rint(gap * 1e9) / 1e9 : gap;
}

double stats_clamp(double x, double low, double high)
{
    return x < low ? low : x > high ? high : x;
}
