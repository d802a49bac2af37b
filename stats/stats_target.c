// SPDX-License-Identifier: MIT
#include "stats/stats_target.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#include "stats/stats_num.h"

static int is_possible(long x, long n, struct stats_prior prior)
{
    return x >= 0 && x <= n && prior.a > 0 && prior.b > 0 && isfinite(prior.a) &&
           isfinite(prior.b);
}

stats_status stats_target_posterior(long x, long n, double target, struct stats_prior prior,
                                    double conf, struct stats_posterior *out)
{
    struct stats_posterior found;

    if (!is_possible(x, n, prior) || !(target >= 0 && target <= 1) || !stats_is_conf(conf))
        return STATS_DOMAIN;

    double a = prior.a + (double)x, b = prior.b + (double)(n - x), tail = (1 - conf) / 2;
    found.at_least = gsl_cdf_beta_Q(target, a, b);
    found.credible.estimate = a / (a + b);
    stats_status status = stats_beta_quantile(tail, a, b, &found.credible.low);
    if (status == STATS_OK)
        status = stats_beta_quantile(1 - tail, a, b, &found.credible.high);
    if (status == STATS_OK) *out = found;
    return status;
}

/* P(at least `need` of m more), each with a rate drawn once from Beta(a, b). The terms are
 * positive, so the sum keeps its relative precision however small it is. */
static double beta_binomial_upper(long need, long m, double a, double b)
{
    long double log_room = stats_log_factorial(m) + lgammal((long double)a + b) -
                           lgammal(a) - lgammal(b) - lgammal((long double)a + b + m);
    long double sum = 0;

    for (long k = m; k >= need; k--)
        sum += expl(log_room - stats_log_factorial(k) - stats_log_factorial(m - k) +
                    lgammal((long double)a + k) + lgammal((long double)b + (m - k)));
    return stats_clamp((double)sum, 0, 1);
}

stats_status stats_target_predict(long x, long n, long clients, long goal,
                                  struct stats_prior prior, struct stats_prediction *out)
{
    if (!is_possible(x, n, prior) || clients < n || goal < 0 || goal > clients)
        return STATS_DOMAIN;
    if (clients == 0) return STATS_EMPTY;

    long left = clients - n, need = goal - x;
    double a = prior.a + (double)x, b = prior.b + (double)(n - x);
    double reach = need <= 0 ? 1 : need > left ? 0 : beta_binomial_upper(need, left, a, b);
    *out = (struct stats_prediction){
        reach,
        (double)x + (double)left * a / (a + b),
        stats_binomial_upper(need, left, (double)goal / (double)clients),
    };
    return STATS_OK;
}
