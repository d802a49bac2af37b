// SPDX-License-Identifier: MIT
/* reckon stat: regression models. */
#include <math.h>

#include "pipeline/driver/stat_design.h"
#include "stats/stats_cox.h"
#include "stats/stats_firth.h"
#include "stats/stats_linear.h"
#include "stats/stats_logit.h"
#include "stats/stats_num.h"

/* "n", "events" and the like, not on the terminal twice */
static double se_of(const double *covariance, size_t p, size_t j)
{
    return sqrt(covariance[j * p + j]);
}

/* An association in words; it is clear if the interval leaves out what no association
 * gives. */
static void say_association(struct stat_call *call, const struct stat_term *term,
                            bool clear, const char *size)
{
    stat_say(call, "%s: %s %s.", term->name,
             clear ? "associated with" : "no clear association:", size);
}

/* A ratio from its logarithm and that of its limits. */
static void say_ratio(struct stat_call *call, const char *kind,
                      const struct stat_term *term, double b, double low, double high,
                      const char *tail)
{
    say_association(call, term, low > 0 || high < 0,
                    stat_format(call, "%s of %s (%s)%s", kind, stat_fixed(call, exp(b), 2),
                                stat_ci(call, exp(low), exp(high), 2), tail));
}

/* ---- linear ------------------------------------------------------------------------- */

struct line {
    struct stat_design d;
    double *beta, *inverse;
    struct stats_linear fit;
};

static bool fit_line(struct stat_call *call, struct line *line)
{
    struct stat_design *d = &line->d;

    *d = stat_design(call, true);
    if (stat_stopped(call)) return false;
    line->beta = STAT_NEW(call, d->p, double);
    line->inverse = STAT_NEW(call, d->p * d->p, double);
    long double *work = STAT_NEW(call, stats_linear_workspace(d->n, d->p), long double);
    stats_status status = stats_linear_fit(d->x, d->y, d->n, d->p, line->beta,
                                           line->inverse, work, &line->fit);
    if (status == STATS_UNDEFINED)
        stat_refuse(call, "a term repeats the others (collinear); leave one out");
    else if (status == STATS_EMPTY)
        stat_refuse(call, "%zu complete rows are fewer than %zu coefficients", d->n, d->p);
    return stat_ok(call, status);
}

static void say_slopes(struct stat_call *call, const struct line *line,
                       const double *covariance, double df)
{
    double t = df > 0 ? stats_t(0.95, df) : NAN;

    for (size_t j = 1; j < line->d.p; j++) {
        double b = line->beta[j], half = t * se_of(covariance, line->d.p, j);
        say_association(
            call, &line->d.term[j], fabs(b) > half,
            stat_format(call, "%s %s %s for each unit (95%% CI %s to %s)", line->d.y_name,
                        stat_fixed(call, fabs(b), 3), b < 0 ? "lower" : "higher",
                        stat_fixed(call, b - half, 3), stat_fixed(call, b + half, 3)));
    }
}

static void ask_linreg(struct stat_call *call)
{
    struct line line;

    if (!fit_line(call, &line)) return;
    size_t p = line.d.p;
    for (size_t i = 0; i < p * p; i++)
        line.inverse[i] *= line.fit.sigma * line.fit.sigma;
    for (size_t j = 0; j < p; j++) {
        stat_put_as(call, line.beta[j], "b%zu", j);
        stat_put_as(call, se_of(line.inverse, p, j), "se%zu", j);
    }
    stat_put(call, "rss", line.fit.rss);
    stat_put(call, "residual_sd", line.fit.sigma);
    stat_put(call, "r2", line.fit.r_squared);
    stat_put(call, "n", (double)line.d.n);
    say_slopes(call, &line, line.inverse, (double)line.d.n - (double)p);
}

static void ask_hc(struct stat_call *call)
{
    static const struct {
        enum stats_hc type;
        const char *prefix;
    } types[] = {
        {STATS_HC0, "se_HC0_"},
        {STATS_HC1, "se_HC1_"},
        {STATS_HC2, "se_HC2_"},
        {STATS_HC3, "se_HC3_"}
    };
    struct line line;

    if (!fit_line(call, &line)) return;
    size_t p = line.d.p;
    double *meat = STAT_NEW(call, p * p, double),
           *covariance = STAT_NEW(call, p * p, double);
    for (size_t j = 0; j < p; j++)
        stat_put_term(call, "b_", &line.d.term[j], line.beta[j]);
    for (size_t t = 0; t < sizeof types / sizeof *types; t++) {
        stats_status status =
            stats_linear_hc(line.d.x, line.d.y, line.d.n, p, line.beta, line.inverse,
                            types[t].type, meat, covariance);
        for (size_t j = 0; j < p; j++)
            stat_put_term(call, types[t].prefix, &line.d.term[j],
                          status == STATS_OK ? se_of(covariance, p, j) : NAN);
    }
    stat_put(call, "n", (double)line.d.n);
    say_slopes(call, &line, covariance, (double)line.d.n - (double)p);
    stat_say(call, "The intervals use HC3, the choice for small samples.");
}

/* ---- clusters ----------------------------------------------------------------------- */

/* The unadjusted sandwich, after a fit. NULL and a reason if there is none. */
static double *cluster_sandwich(struct stat_call *call, const struct stat_design *d,
                                const double *residual, const double *bread)
{
    double *covariance = STAT_NEW(call, d->p * d->p, double);
    double *work = STAT_NEW(call, d->clusters * d->p + d->p * d->p, double);

    if (!d->cluster) {
        stat_text(call, "cluster");
        return NULL;
    }
    stats_status status = stats_cluster_covariance(d->x, residual, d->cluster, d->n, d->p,
                                                   d->clusters, bread, work, covariance);
    if (status == STATS_UNDEFINED)
        stat_refuse(call, "standard errors between clusters need two clusters or more");
    return stat_ok(call, status) ? covariance : NULL;
}

static double few_clusters(const struct stat_design *d)
{
    return (double)d->clusters / ((double)d->clusters - 1);
}

static double few_rows(const struct stat_design *d)
{
    return d->n > d->p ? ((double)d->n - 1) / ((double)d->n - (double)d->p) : NAN;
}

static void say_clusters(struct stat_call *call, const struct stat_design *d)
{
    stat_put(call, "n", (double)d->n);
    stat_put(call, "clusters", (double)d->clusters);
    if (d->clusters < 20)
        stat_say(call, "Only %zu clusters: the standard errors are themselves uncertain.",
                 d->clusters);
}

static void ask_ols_cluster(struct stat_call *call)
{
    struct line line;

    if (!fit_line(call, &line)) return;
    struct stat_design *d = &line.d;
    double *residual = STAT_NEW(call, d->n, double);
    for (size_t i = 0; i < d->n; i++)
        residual[i] = d->y[i] - stats_linear_predictor(d->x + i * d->p, line.beta, d->p);
    double *v = cluster_sandwich(call, d, residual, line.inverse);
    if (!v) return;
    double cr1 = few_clusters(d) * few_rows(d);
    for (size_t j = 0; j < d->p; j++)
        stat_put_term(call, "b_", &d->term[j], line.beta[j]);
    for (size_t j = 0; j < d->p; j++)
        stat_put_term(call, "se_CR1_", &d->term[j], se_of(v, d->p, j) * sqrt(cr1));
    for (size_t j = 0; j < d->p; j++)
        stat_put_term(call, "se_CR0_", &d->term[j], se_of(v, d->p, j));
    for (size_t i = 0; i < d->p * d->p; i++)
        v[i] *= cr1;
    say_slopes(call, &line, v, (double)d->clusters - 1);
    say_clusters(call, d);
}

/* ---- logistic ----------------------------------------------------------------------- */

struct logit {
    struct stat_design d;
    double *beta, *covariance, *fitted;
    struct stats_logit fit;
};

static void explain(struct stat_call *call, const struct stat_design *d,
                    stats_status status)
{
    if (status == STATS_NO_CONVERGENCE)
        stat_refuse(call,
                    "the terms separate Yes from No (or no one differs), so the estimate "
                    "does not exist; logistic_firth gives one");
    else if (status == STATS_UNDEFINED)
        stat_refuse(call, "a term repeats the others (collinear); leave one out");
    else if (status == STATS_DOMAIN)
        stat_refuse(call, "%s is not 0 or 1; write it as %s==VALUE", d->y_name, d->y_name);
}

static bool fit_logit(struct stat_call *call, struct logit *model)
{
    struct stat_design *d = &model->d;

    *d = stat_design(call, true);
    if (stat_stopped(call)) return false;
    model->beta = STAT_NEW(call, d->p, double);
    model->covariance = STAT_NEW(call, d->p * d->p, double);
    model->fitted = STAT_NEW(call, d->n, double);
    long double *work = STAT_NEW(call, stats_logit_workspace(d->p), long double);
    stats_status status = stats_logit_fit(d->x, d->y, d->n, d->p, model->beta,
                                          model->covariance, work, &model->fit);
    explain(call, d, status);
    if (!stat_ok(call, status)) return false;
    stats_logit_fitted(d->x, d->n, d->p, model->beta, model->fitted);
    return true;
}

static void put_odds_ratio(struct stat_call *call, const struct stat_term *term, double b,
                           double se, double z)
{
    stat_put_term(call, "b_", term, b);
    stat_put_term(call, "se_", term, se);
    stat_put_term(call, "or_", term, exp(b));
    stat_put_term(call, "or_lo_wald_", term, exp(b - z * se));
    stat_put_term(call, "or_hi_wald_", term, exp(b + z * se));
    stat_put_term(call, "p_wald_", term, stats_p_normal(b / se));
}

static void warn_few_events(struct stat_call *call, const struct logit *model)
{
    size_t events = model->fit.events, other = model->d.n - events;
    size_t fewer = events < other ? events : other;

    if (model->d.p > 1 && fewer < 10 * (model->d.p - 1))
        stat_say(call,
                 "Only %zu of the rarer outcome for %zu terms: logistic_firth is safer.",
                 fewer, model->d.p - 1);
}

static void ask_logistic(struct stat_call *call)
{
    struct logit m;
    double z = stats_z(stat_conf(call));

    if (!fit_logit(call, &m)) return;
    for (size_t j = 0; j < m.d.p; j++) {
        double se = se_of(m.covariance, m.d.p, j);
        put_odds_ratio(call, &m.d.term[j], m.beta[j], se, z);
        if (j > 0)
            say_ratio(
                call, "an odds ratio", &m.d.term[j], m.beta[j], m.beta[j] - z * se,
                m.beta[j] + z * se,
                stat_format(call, ", %s", stat_p(call, stats_p_normal(m.beta[j] / se))));
    }
    stat_put(call, "deviance", -2 * m.fit.loglik);
    stat_put(call, "null_deviance", -2 * m.fit.null_loglik);
    stat_put(call, "loglik", m.fit.loglik);
    stat_put(call, "aic", -2 * m.fit.loglik + 2 * (double)m.d.p);
    stat_put(call, "n", (double)m.d.n);
    stat_put(call, "events", (double)m.fit.events);
    warn_few_events(call, &m);
}

static void put_effect(struct stat_call *call, const struct logit *m, size_t j,
                       double *work)
{
    const struct stat_term *term = &m->d.term[j];
    struct stats_effect effect = {j, term->factor > 0, NULL, 0};
    struct stats_interval ame;
    double se;

    effect.rivals = stat_design_rivals(call, &m->d, j, &effect.n_rivals);
    if (!stat_ok(call, stats_logit_effect(m->d.x, m->d.n, m->d.p, m->beta, m->covariance,
                                          &effect, stat_conf(call), work, &se, &ame)))
        return;
    stat_put_term(call, "ame_", term, ame.estimate);
    stat_put_term(call, "se_", term, se);
    stat_put_term(call, "lo_", term, ame.low);
    stat_put_term(call, "hi_", term, ame.high);
    say_association(call, term, ame.low > 0 || ame.high < 0,
                    stat_format(call, "a share %s percentage points %s%s on average (%s)",
                                stat_fixed(call, 100 * fabs(ame.estimate), 1),
                                ame.estimate < 0 ? "lower" : "higher",
                                effect.indicator ? "" : " for each unit",
                                stat_ci(call, 100 * ame.low, 100 * ame.high, 1)));
}

static void ask_ame(struct stat_call *call)
{
    struct logit m;

    if (!fit_logit(call, &m)) return;
    double *work = STAT_NEW(call, 2 * m.d.p, double);
    for (size_t j = 1; j < m.d.p; j++)
        put_effect(call, &m, j, work);
    stat_put(call, "n", (double)m.d.n);
    warn_few_events(call, &m);
}

static void ask_auc(struct stat_call *call)
{
    struct logit m;
    double auc, brier;

    if (!fit_logit(call, &m)) return;
    stats_status status =
        stats_auc(m.fitted, m.d.y, m.d.n, STAT_NEW(call, m.d.n, double), &auc, &brier);
    if (status == STATS_EMPTY) stat_refuse(call, "everyone has the same outcome");
    if (!stat_ok(call, status)) return;
    stat_put(call, "auc", auc);
    stat_put(call, "brier", brier);
    stat_put(call, "n", (double)m.d.n);
    stat_say(call, "A Yes has the higher fitted probability than a No %s of the time.",
             stat_percent(call, auc));
}

static void ask_logistic_cluster(struct stat_call *call)
{
    static const struct {
        const char *prefix;
        bool rows, clusters;
    } kinds[] = {
        {"se_HC0_noadj_", false, false},
        {"se_HC0_cadj_",  false, true },
        {"se_HC1_noadj_", true,  false},
        {"se_HC1_cadj_",  true,  true },
        {"se_svyglm_",    false, true },
    };
    struct logit m;

    if (!fit_logit(call, &m)) return;
    struct stat_design *d = &m.d;
    double *residual = STAT_NEW(call, d->n, double);
    for (size_t i = 0; i < d->n; i++)
        residual[i] = d->y[i] - m.fitted[i];
    double *v = cluster_sandwich(call, d, residual, m.covariance);
    if (!v) return;
    double z = stats_z(stat_conf(call)), cr1 = sqrt(few_clusters(d) * few_rows(d));
    for (size_t j = 0; j < d->p; j++) {
        put_odds_ratio(call, &d->term[j], m.beta[j], se_of(v, d->p, j) * cr1, z);
        if (j > 0)
            say_ratio(call, "an odds ratio", &d->term[j], m.beta[j],
                      m.beta[j] - z * cr1 * se_of(v, d->p, j),
                      m.beta[j] + z * cr1 * se_of(v, d->p, j),
                      stat_format(call, ", allowing for %zu clusters", d->clusters));
    }
    stat_detail(call, true);
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        for (size_t j = 0; j < d->p; j++)
            stat_put_term(call, kinds[k].prefix, &d->term[j],
                          se_of(v, d->p, j) * sqrt(kinds[k].rows ? few_rows(d) : 1) *
                              sqrt(kinds[k].clusters ? few_clusters(d) : 1));
    /* What software that takes records for people would print: never ours. */
    for (size_t j = 0; j < d->p; j++)
        stat_put_term(call, "se_naive_WRONG_", &d->term[j], se_of(m.covariance, d->p, j));
    stat_detail(call, false);
    say_clusters(call, d);
}

/* ---- Firth -------------------------------------------------------------------------- */

struct firth {
    struct stat_design d;
    double *beta, *covariance, *trial, loglik;
    long double *work;
};

static void put_profile(struct stat_call *call, const struct firth *m, size_t j)
{
    const struct stat_term *term = &m->d.term[j];
    struct stats_interval limits;
    double p;

    if (!stat_ok(call, stats_firth_profile(m->d.x, m->d.y, m->d.n, m->d.p, m->beta,
                                           m->covariance, m->loglik, j, stat_conf(call),
                                           m->trial, m->work, &limits, &p)))
        return;
    stat_put_term(call, "b_", term, m->beta[j]);
    stat_put_term(call, "se_", term, se_of(m->covariance, m->d.p, j));
    stat_put_term(call, "pl_lo_", term, limits.low);
    stat_put_term(call, "pl_hi_", term, limits.high);
    stat_put_term(call, "p_plr_", term, p);
    if (j > 0)
        say_ratio(call, "an odds ratio", term, m->beta[j], limits.low, limits.high,
                  stat_format(call, ", %s", stat_p(call, p)));
}

static void ask_firth(struct stat_call *call)
{
    struct firth m = {.d = stat_design(call, true)};
    size_t p = m.d.p;

    if (stat_stopped(call)) return;
    m.beta = STAT_NEW(call, p, double);
    m.trial = STAT_NEW(call, p, double);
    m.covariance = STAT_NEW(call, p * p, double);
    m.work = STAT_NEW(call, stats_firth_workspace(m.d.n, p), long double);
    stats_status status =
        stats_firth_fit(m.d.x, m.d.y, m.d.n, p, m.beta, m.covariance, m.work, &m.loglik);
    explain(call, &m.d, status == STATS_NO_CONVERGENCE ? STATS_OK : status);
    if (!stat_ok(call, status)) return;
    for (size_t j = 0; j < p && !stat_stopped(call); j++)
        put_profile(call, &m, j);
    stat_put(call, "penalised_loglik", m.loglik);
    stat_put(call, "n", (double)m.d.n);
}

/* ---- Cox ---------------------------------------------------------------------------- */

struct cox {
    struct stat_design d;
    struct stat_column time, event;
    double *beta, *covariance, loglik, null_loglik;
};

static bool fit_cox(struct stat_call *call, struct cox *m)
{
    m->time = stat_column(call, "time");
    m->event = stat_column(call, "event");
    struct stat_column *const kept[] = {&m->time, &m->event};
    m->d = stat_design_with(call, false, kept, 2);
    size_t n = m->d.n, p = m->d.p;

    if (stat_stopped(call)) return false;
    m->beta = STAT_NEW(call, p, double);
    m->covariance = STAT_NEW(call, p * p, double);
    stats_status status = stats_cox_fit(
        m->time.value, m->event.value, m->d.x, n, p, m->beta, m->covariance,
        stat_alloc(call, stats_cox_workspace(n, p), 1), &m->loglik, &m->null_loglik);
    if (status == STATS_NO_CONVERGENCE)
        stat_refuse(call,
                    "one kind of people all come first, so the estimate does not exist");
    else if (status == STATS_UNDEFINED)
        stat_refuse(call, "a term never varies or repeats the others; leave it out");
    else if (status == STATS_DOMAIN)
        stat_refuse(call, "a time is negative, or the event is not 0 or 1");
    else if (status == STATS_EMPTY)
        stat_refuse(call, "nobody had the event");
    return stat_ok(call, status);
}

static void ask_cox(struct stat_call *call)
{
    struct cox m;
    double z = stats_z(stat_conf(call));

    if (!fit_cox(call, &m)) return;
    for (size_t j = 0; j < m.d.p; j++) {
        const struct stat_term *term = &m.d.term[j];
        double b = m.beta[j], se = se_of(m.covariance, m.d.p, j);
        stat_put_term(call, "b_", term, b);
        stat_put_term(call, "se_", term, se);
        stat_put_term(call, "hr_", term, exp(b));
        stat_put_term(call, "hr_lo_", term, exp(b - z * se));
        stat_put_term(call, "hr_hi_", term, exp(b + z * se));
        stat_put_term(call, "p_", term, stats_p_normal(b / se));
        say_ratio(call, "a hazard ratio", term, b, b - z * se, b + z * se,
                  stat_format(call, ", %s", stat_p(call, stats_p_normal(b / se))));
    }
    stat_put(call, "loglik", m.loglik);
    stat_put(call, "null_loglik", m.null_loglik);
    stat_put(call, "n", (double)m.d.n);
}

// clang-format off
const struct stat_method stat_models_methods[] = {
    {"nist_linreg", "data y x | y x", "linear regression by least squares",
     "Golub & Van Loan 2013", ask_linreg},
    {"ols_hc_robust", "data y x | y x",
     "linear regression, standard errors for unequal variances", "MacKinnon & White 1985",
     ask_hc},
    {"ols_cluster_robust", "data y x cluster | y x cluster",
     "linear regression, several records of one person allowed for", "Liang & Zeger 1986",
     ask_ols_cluster},
    {"logistic", "data y x | y x [conf]",
     "which characteristics go with a Yes (odds ratios)", "McCullagh & Nelder 1989",
     ask_logistic},
    {"logistic_ame", "data y x | y x [conf]",
     "the same as differences of probability (average marginal effects)", "Bartus 2005",
     ask_ame},
    {"logistic_auc", "data y x | y x", "how well the characteristics tell a Yes from a No",
     "Hanley & McNeil 1982; Brier 1950", ask_auc},
    {"logistic_cluster_robust", "data y x cluster | y x cluster [conf]",
     "odds ratios, several records of one person allowed for", "Liang & Zeger 1986",
     ask_logistic_cluster},
    {"logistic_firth", "data y x | y x [conf]",
     "odds ratios with few events or separation (penalised)",
     "Firth 1993; Heinze & Schemper 2002", ask_firth},
    {"cox_efron", "data time event x | time event x [conf]",
     "which characteristics go with a shorter wait (hazard ratios)", "Cox 1972; Efron 1977",
     ask_cox},
    {0},
};
// clang-format on
