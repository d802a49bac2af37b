// SPDX-License-Identifier: MIT
/* reckon stat: areas compared, targets. */
#include "stats/stats_area.h"

#include <math.h>
#include <stdio.h>

#include "pipeline/driver/stat.h"
#include "stats/stats_target.h"

/* ---- funnel ------------------------------------------------------------------------ */

typedef stats_status (*limits_function)(long n, double target, double conf,
                                        struct stats_interval *out);

static stats_status normal_limits(long n, double target, double conf,
                                  struct stats_interval *out)
{
    return stats_funnel_normal(n, target, 0, conf, out);
}

static void put_funnel(struct stat_call *call, limits_function limits)
{
    static const struct {
        double conf;
        const char *low, *high;
    } levels[] = {
        {0.95,  "lo95",  "hi95" },
        {0.998, "lo998", "hi998"}
    };
    long n = stat_count(call, "n");
    double target = stat_number(call, "target");
    struct stats_interval limit[2];

    for (size_t i = 0; i < 2 && !stat_stopped(call); i++) {
        stats_status status = limits(n, target, levels[i].conf, &limit[i]);
        if (status == STATS_DOMAIN)
            stat_refuse(call, "the target is a share between 0 and 1, both excluded");
        if (!stat_ok(call, status)) return;
        stat_put(call, levels[i].low, limit[i].low);
        stat_put(call, levels[i].high, limit[i].high);
    }
    if (!stat_stopped(call))
        stat_say(call,
                 "With %ld clients and a true share of %s, chance alone gives %s to %s (19 "
                 "times "
                 "in 20) or %s to %s (499 in 500).",
                 n, stat_percent(call, target), stat_percent(call, limit[0].low),
                 stat_percent(call, limit[0].high), stat_percent(call, limit[1].low),
                 stat_percent(call, limit[1].high));
}

static void ask_funnel_exact(struct stat_call *call)
{
    put_funnel(call, stats_funnel_exact);
}

static void ask_funnel_normal(struct stat_call *call)
{
    put_funnel(call, normal_limits);
}

/* ---- several areas ----------------------------------------------------------------- */

struct areas {
    long *x, *n;
    size_t count;
};

static struct areas read_areas(struct stat_call *call)
{
    struct areas areas;
    size_t of_n;

    areas.x = stat_counts(call, "x", &areas.count);
    areas.n = stat_counts(call, "n", &of_n);
    if (!stat_stopped(call) && of_n != areas.count)
        stat_misuse(call, "x has %zu areas, n has %zu", areas.count, of_n);
    return areas;
}

static void ask_overdispersion(struct stat_call *call)
{
    struct areas areas = read_areas(call);
    double winsor = stat_number_or(call, "winsor", 0.1);
    struct stats_overdispersion found;

    if (stat_count_or(call, "quantile_type", 7) != 7)
        stat_misuse(call, "quantile_type: only 7 is offered");
    if (stat_stopped(call)) return;
    double *z = STAT_NEW(call, areas.count, double),
           *work = STAT_NEW(call, areas.count, double);
    stats_status status =
        stats_overdispersion(areas.x, areas.n, areas.count, winsor, z, work, &found);
    if (status == STATS_UNDEFINED)
        stat_refuse(call, "needs two areas or more, and a pooled share other than 0 or 1");
    if (!stat_ok(call, status)) return;
    stat_put(call, "target", found.target);
    stat_put(call, "phi", found.phi);
    stat_put(call, "tau2_additive", found.tau2);
    for (size_t i = 0; i < areas.count; i++)
        stat_put_as(call, z[i], "z%zu", i + 1);
    stat_say(call, "The areas vary %s times as much around %s as chance would have them.",
             stat_fixed(call, found.phi, 1), stat_percent(call, found.target));
}

static void ask_shrinkage(struct stat_call *call)
{
    struct areas areas = read_areas(call);
    double *weight = STAT_NEW(call, areas.count, double);
    double *shrunk = STAT_NEW(call, areas.count, double), pooled, between;

    if (stat_stopped(call) ||
        !stat_ok(call, stats_shrink(areas.x, areas.n, areas.count, &pooled, &between,
                                    weight, shrunk)))
        return;
    stat_put(call, "pooled", pooled);
    stat_put(call, "A", between);
    for (size_t i = 0; i < areas.count; i++)
        stat_put_as(call, weight[i], "shrink%zu", i + 1);
    for (size_t i = 0; i < areas.count; i++)
        stat_put_as(call, shrunk[i], "eb%zu", i + 1);
    for (size_t i = 0; i < areas.count; i++)
        stat_say(call, "Area %zu: %ld of %ld; allowing for chance, %s.", i + 1, areas.x[i],
                 areas.n[i], stat_percent(call, shrunk[i]));
}

static double expit(double x)
{
    return 1 / (1 + exp(-x));
}

static void ask_random_effects(struct stat_call *call)
{
    struct areas areas = read_areas(call);
    struct stats_random_effects found;

    if (stat_stopped(call) ||
        !stat_ok(call, stats_random_effects_logit(areas.x, areas.n, areas.count, &found)))
        return;
    double z = 1.959963984540054;
    stat_put(call, "mu", found.mu);
    stat_put(call, "se", found.se);
    stat_put(call, "tau2", found.tau2);
    stat_put(call, "Q", found.q);
    stat_put(call, "I2", found.i2);
    stat_put(call, "share", expit(found.mu));
    stat_put(call, "share_lo", expit(found.mu - z * found.se));
    stat_put(call, "share_hi", expit(found.mu + z * found.se));
    stat_say(
        call,
        "Over %zu areas the typical share is %s (95%% CI %s to %s); %s%% of the spread "
        "between them is more than chance.",
        areas.count, stat_percent(call, expit(found.mu)),
        stat_percent(call, expit(found.mu - z * found.se)),
        stat_percent(call, expit(found.mu + z * found.se)), stat_fixed(call, found.i2, 0));
}

/* ---- targets ----------------------------------------------------------------------- */

/* prior=Beta(0.5,0.5) */
static struct stats_prior read_prior(struct stat_call *call)
{
    const char *text = stat_text_or(call, "prior", "Beta(0.5,0.5)");
    struct stats_prior prior = {0.5, 0.5};
    char after[2];

    if (sscanf(text, "Beta( %lf , %lf )%1s", &prior.a, &prior.b, after) != 2 ||
        !(prior.a > 0) || !(prior.b > 0))
        stat_misuse(call, "prior=%s is not a prior such as Beta(0.5,0.5)", text);
    return prior;
}

static void ask_posterior(struct stat_call *call)
{
    long x = stat_count(call, "x"), n = stat_count(call, "n");
    double target = stat_number(call, "target"), conf = stat_conf(call);
    struct stats_prior prior = read_prior(call);
    struct stats_posterior found;

    if (stat_stopped(call) ||
        !stat_ok(call, stats_target_posterior(x, n, target, prior, conf, &found)))
        return;
    stat_put(call, "p_rate_at_least_target", found.at_least);
    stat_put(call, "post_mean", found.credible.estimate);
    stat_put(call, "cri_lo", found.credible.low);
    stat_put(call, "cri_hi", found.credible.high);
    stat_say(call,
             "%ld of %ld against a target of %s: the probability that the true rate "
             "reaches it is %s.",
             x, n, stat_percent(call, target), stat_percent(call, found.at_least));
}

static void ask_predictive(struct stat_call *call)
{
    long x = stat_count(call, "x"), n = stat_count(call, "n");
    long clients = stat_count(call, "N"), goal = stat_count(call, "T");
    struct stats_prior prior = read_prior(call);
    struct stats_prediction found;

    if (stat_stopped(call) ||
        !stat_ok(call, stats_target_predict(x, n, clients, goal, prior, &found)))
        return;
    stat_put(call, "prob_reach", found.reach);
    stat_put(call, "expected_total", found.expected_total);
    stat_put(call, "p_binom_if_true_rate_is_target", found.if_on_target);
    stat_say(call,
             "%ld of %ld so far; among all %ld, %s are expected, and the probability of "
             "reaching %ld is %s.",
             x, n, clients, stat_fixed(call, found.expected_total, 0), goal,
             stat_percent(call, found.reach));
}

// clang-format off
const struct stat_method stat_area_methods[] = {
    {"funnel_exact_binomial", "n target",
     "95% and 99.8% funnel limits of a share, exact and interpolated", "Spiegelhalter 2005",
     ask_funnel_exact},
    {"funnel_normal", "n target", "95% and 99.8% funnel limits of a share, normal",
     "Spiegelhalter 2005", ask_funnel_normal},
    {"funnel_overdispersion", "x n [winsor] [quantile_type]",
     "do areas differ by more than chance?",
     "Spiegelhalter 2005; Spiegelhalter et al. 2012", ask_overdispersion},
    {"eb_shrinkage", "x n", "shares of areas with chance allowed for (empirical Bayes)",
     "Marshall 1991; Martuzzi & Elliott 1996", ask_shrinkage},
    {"random_effects_logit_DL", "x n", "typical share over areas that differ",
     "DerSimonian & Laird 1986", ask_random_effects},
    {"target_posterior", "x n target [prior] [conf]",
     "probability that the true rate is at or above a target",
     "Beta-binomial model (Gelman et al. 2013, 2.4)", ask_posterior},
    {"target_predictive", "x n N T [prior]",
     "probability of reaching T successes among N clients by the end",
     "Beta-binomial model (Gelman et al. 2013, 2.4)", ask_predictive},
    {0},
};
// clang-format on
