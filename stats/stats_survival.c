// SPDX-License-Identifier: MIT
#include "stats/stats_survival.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stats/stats_num.h"
#include "stats/stats_solve.h"

/* ---- life table --------------------------------------------------------------------- */

static int by_time(const void *a, const void *b)
{
    const struct stats_subject *x = a, *y = b;
    return (x->time > y->time) - (x->time < y->time);
}

static stats_status sort_subjects(struct stats_subject *subjects, size_t n)
{
    if (n == 0) return STATS_EMPTY;
    for (size_t i = 0; i < n; i++)
        if (!(subjects[i].time >= 0) || isinf(subjects[i].time) || subjects[i].event < 0)
            return STATS_DOMAIN;
    qsort(subjects, n, sizeof *subjects, by_time);
    return STATS_OK;
}

/* The curves after a row's events. */
static void advance(struct stats_life *row, long double *survival, long double *greenwood,
                    long double *incidence)
{
    long double n = row->at_risk, d = row->events;

    *incidence += *survival * row->of_cause / n;
    *survival *= (n - d) / n;
    *greenwood += d > 0 ? d / (n * (n - d)) : 0;
    row->survival = (double)*survival;
    row->greenwood = row->survival > 0 ? (double)*greenwood : NAN;
    row->incidence = (double)*incidence;
}

stats_status stats_life_table(struct stats_subject *subjects, size_t n, int cause,
                              struct stats_life *rows, size_t *used)
{
    long double survival = 1, greenwood = 0, incidence = 0;
    size_t k = 0;
    stats_status status = sort_subjects(subjects, n);

    if (status != STATS_OK) return status;
    for (size_t i = 0; i < n; k++) {
        struct stats_life row = {.time = subjects[i].time, .at_risk = n - i};
        for (; i < n && subjects[i].time == row.time; i++) {
            row.events += subjects[i].event != 0;
            row.of_cause += subjects[i].event != 0 && subjects[i].event == cause;
        }
        advance(&row, &survival, &greenwood, &incidence);
        rows[k] = row;
    }
    *used = k;
    return STATS_OK;
}

/* ---- the curve ---------------------------------------------------------------------- */

struct stats_survival stats_survival_at(const struct stats_life *rows, size_t n, double t)
{
    struct stats_survival at = {1, 0, 0, 0};
    size_t k = 0;

    while (k < n && rows[k].time <= t)
        k++;
    if (k > 0) {
        at.survival = rows[k - 1].survival;
        at.greenwood = rows[k - 1].greenwood;
        at.se = at.survival * sqrt(at.greenwood);
    }
    if (k > 0 && rows[k - 1].time == t)
        at.at_risk = rows[k - 1].at_risk;
    else if (k < n)
        at.at_risk = rows[k].at_risk;
    return at;
}

struct stats_interval stats_survival_interval(double survival, double greenwood,
                                              double conf, enum stats_survival_scale scale)
{
    struct stats_interval out = {survival, NAN, NAN};
    double half = stats_z(conf) * sqrt(greenwood);

    if (!(survival > 0)) return out;
    if (survival >= 1) {
        out.low = out.high = 1;
        return out;
    }
    switch (scale) {
    case STATS_LOG_LOG: {
        double middle = log(-log(survival)), spread = half / -log(survival);
        out.low = exp(-exp(middle + spread));
        out.high = exp(-exp(middle - spread));
        break;
    }
    case STATS_LOG:
        out.low = survival * exp(-half);
        out.high = fmin(1, survival * exp(half));
        break;
    case STATS_PLAIN:
        out.low = fmax(0, survival - half * survival);
        out.high = fmin(1, survival + half * survival);
        break;
    }
    return out;
}

/* ---- median ------------------------------------------------------------------------- */

enum curve { CURVE_ITSELF, CURVE_LOW, CURVE_HIGH };

struct curves {
    const struct stats_life *rows;
    size_t n;
    double conf;
    enum stats_survival_scale scale;
};

static double height(const struct curves *curves, size_t k, enum curve which)
{
    const struct stats_life *row = &curves->rows[k];
    if (which == CURVE_ITSELF) return row->survival;

    struct stats_interval ci =
        stats_survival_interval(row->survival, row->greenwood, curves->conf, curves->scale);
    return which == CURVE_LOW ? ci.low : ci.high;
}

/* Where a curve reaches one half. */
static double half_time(const struct curves *curves, enum curve which)
{
    static const double SAME = 1e-9;
    size_t k = 0;

    while (k < curves->n && !(height(curves, k, which) < 0.5 + SAME))
        k++;
    if (k == curves->n) return NAN;
    double there = height(curves, k, which), time = curves->rows[k].time;
    if (fabs(there - 0.5) > SAME) return time;
    for (size_t next = k + 1; next < curves->n; next++)
        if (height(curves, next, which) < there - SAME)
            return (time + curves->rows[next].time) / 2;
    return time;
}

struct stats_interval stats_survival_median(const struct stats_life *rows, size_t n,
                                            double conf, enum stats_survival_scale scale)
{
    struct curves curves = {rows, n, conf, scale};

    return (struct stats_interval){half_time(&curves, CURVE_ITSELF),
                                   half_time(&curves, CURVE_LOW),
                                   half_time(&curves, CURVE_HIGH)};
}

/* ---- restricted mean ---------------------------------------------------------------- */

/* Area under the curve after row k (k = n: from 0) up to tau. */
static long double area_after(const struct stats_life *rows, size_t n, size_t k, double tau)
{
    long double area = 0;
    double from = k < n ? rows[k].time : 0, level = k < n ? rows[k].survival : 1;

    for (size_t j = k < n ? k + 1 : 0; j < n && rows[j].time < tau; j++) {
        area += (long double)level * (rows[j].time - from);
        from = rows[j].time;
        level = rows[j].survival;
    }
    return area + (long double)level * (tau - from);
}

stats_status stats_restricted_mean(const struct stats_life *rows, size_t n, double tau,
                                   double conf, double *se, struct stats_interval *out)
{
    long double variance = 0;

    if (n == 0) return STATS_EMPTY;
    if (!(tau > 0) || isinf(tau) || !stats_is_conf(conf)) return STATS_DOMAIN;
    if (rows[n - 1].time < tau && rows[n - 1].survival > 0) return STATS_UNDEFINED;
    for (size_t k = 0; k < n && rows[k].time <= tau; k++) {
        long double at_risk = rows[k].at_risk, d = rows[k].events;
        /* where the last person goes no area is left to be uncertain about */
        if (d == 0 || d == at_risk) continue;
        long double area = area_after(rows, n, k, tau);
        variance += area * area * d / (at_risk * (at_risk - d));
    }
    double mean = (double)area_after(rows, n, n, tau), error = (double)sqrtl(variance);
    *se = error;
    *out = (struct stats_interval){mean, fmax(0, mean - stats_z(conf) * error),
                                   fmin(tau, mean + stats_z(conf) * error)};
    return STATS_OK;
}

/* ---- log-rank ----------------------------------------------------------------------- */

size_t stats_logrank_workspace(size_t groups)
{
    return 5 * groups + 2 * groups * groups;
}

struct logrank {
    size_t groups;
    long double *at_risk, *dead, *observed, *expected, *gap, *variance, *reduced;
};

static struct logrank prepare(size_t groups, long double *work)
{
    struct logrank test = {.groups = groups, .at_risk = work};

    memset(work, 0, stats_logrank_workspace(groups) * sizeof *work);
    test.dead = test.at_risk + groups;
    test.observed = test.dead + groups;
    test.expected = test.observed + groups;
    test.gap = test.expected + groups;
    test.variance = test.gap + groups;
    test.reduced = test.variance + groups * groups;
    return test;
}

/* One time with d events among n at risk, weighted. */
static void add_time(struct logrank *test, long double n, long double d, long double weight)
{
    long double spread = n > 1 ? weight * weight * d * (n - d) / (n - 1) : 0;

    for (size_t g = 0; g < test->groups; g++) {
        long double share = test->at_risk[g] / n;
        test->observed[g] += weight * test->dead[g];
        test->expected[g] += weight * d * share;
        for (size_t h = 0; h < test->groups; h++)
            test->variance[g * test->groups + h] +=
                spread * ((g == h ? share : 0) - share * test->at_risk[h] / n);
    }
}

static void walk(struct logrank *test, const struct stats_subject *subjects, size_t n,
                 double rho)
{
    long double survival = 1;

    for (size_t i = 0; i < n; i++)
        test->at_risk[subjects[i].group]++;
    for (size_t i = 0; i < n;) {
        long double left = n - i, d = 0;
        size_t first = i;

        memset(test->dead, 0, test->groups * sizeof *test->dead);
        for (; i < n && subjects[i].time == subjects[first].time; i++) {
            test->dead[subjects[i].group] += subjects[i].event != 0;
            d += subjects[i].event != 0;
        }
        if (d > 0) add_time(test, left, d, rho == 0 ? 1 : powl(survival, rho));
        survival *= (left - d) / left;
        for (size_t k = first; k < i; k++)
            test->at_risk[subjects[k].group]--;
    }
}

/* Observed minus expected and its variance over the groups ever at risk but the last of
 * them, moved up to the front. Returns how many groups that are. */
static size_t reduce(struct logrank *test)
{
    size_t kept = 0, last = 0;

    for (size_t g = 0; g < test->groups; g++)
        if (test->expected[g] > 0) last = g;
    for (size_t g = 0; g < last; g++) {
        if (!(test->expected[g] > 0)) continue;
        size_t column = 0;
        for (size_t h = 0; h < last; h++)
            if (test->expected[h] > 0)
                test->reduced[kept * test->groups + column++] =
                    test->variance[g * test->groups + h];
        test->gap[kept++] = test->observed[g] - test->expected[g];
    }
    /* from rows as wide as all groups to rows as wide as those kept */
    for (size_t i = 0; i < kept; i++)
        for (size_t j = 0; j < kept; j++)
            test->reduced[i * kept + j] = test->reduced[i * test->groups + j];
    return kept;
}

/* gap' variance^-1 gap */
static stats_status chi_square(struct logrank *test, struct stats_test *out)
{
    long double sum = 0;
    size_t df = reduce(test);

    if (df == 0) return STATS_UNDEFINED;
    stats_status status = stats_invert(test->reduced, df, NULL);
    if (status != STATS_OK) return status;
    for (size_t i = 0; i < df; i++)
        for (size_t j = 0; j < df; j++)
            sum += test->gap[i] * test->reduced[i * df + j] * test->gap[j];
    *out = (struct stats_test){(double)sum, (double)df,
                               stats_p_chisq((double)sum, (double)df)};
    return STATS_OK;
}

stats_status stats_logrank(struct stats_subject *subjects, size_t n, size_t groups,
                           double rho, long double *work, double *observed,
                           double *expected, struct stats_test *out)
{
    stats_status status = sort_subjects(subjects, n);

    if (status != STATS_OK) return status;
    if (!isfinite(rho)) return STATS_DOMAIN;
    for (size_t i = 0; i < n; i++)
        if (subjects[i].group < 0 || (size_t)subjects[i].group >= groups)
            return STATS_DOMAIN;

    struct logrank test = prepare(groups, work);
    walk(&test, subjects, n, rho);
    status = chi_square(&test, out);
    if (status != STATS_OK) return status;
    for (size_t g = 0; g < groups; g++) {
        observed[g] = (double)test.observed[g];
        expected[g] = (double)test.expected[g];
    }
    return STATS_OK;
}
