// SPDX-License-Identifier: MIT
/* Gray's test of equal cumulative incidence. Notation, at a time t and for a group k:
 *
 *     h_k = n_k / S_k(t-)              people as many as would be there had no one left
 *     H = sum h_k;  dF0 = dN / H       common incidence F0, dN events of the cause in all
 *     R_k = h_k (1 - F_k(t-))          Gray's risk set: another event does not leave it
 *     z_k = sum dN_k - R_k dN / sum R  observed minus expected
 *
 * The variance of z follows events of group k through what they change at their own time,
 * and later through F_k: with A_ik = h_i (delta_ik - h_k / H) and C_ik(t) the sum up to t
 * of A_ik dF0 / (1 - F0(t-)), an event of the cause moves z_i by
 *     A_ik + (1 - (1 - F0) / S_k) (C_ik(end) - C_ik(t)),
 * another event by (1 - F0) / S_k (C_ik(end) - C_ik(t)). C at the end is needed first, so
 * the data are walked twice. */
#include "stats/stats_competing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stats/stats_num.h"
#include "stats/stats_solve.h"

size_t stats_gray_workspace(size_t groups)
{
    return 9 * groups + 4 * groups * groups;
}

struct gray {
    size_t groups;
    int cause;
    long double common; /* F0 just before */
    /* per group: at risk, and of those at this time the events of the cause, other events,
     * all who go; survival before and after; incidence before; h; z */
    long double *at_risk, *of_cause, *other, *leaving, *survival, *after, *incidence, *h,
        *z;
    long double *drift, *drift_end, *variance,
        *reduced; /* C, C at the end: groups squared */
};

static struct gray prepare(size_t groups, int cause, long double *work)
{
    struct gray test = {.groups = groups, .cause = cause};
    long double **vectors[] = {&test.at_risk,   &test.of_cause, &test.other,
                               &test.leaving,   &test.survival, &test.after,
                               &test.incidence, &test.h,        &test.z};
    long double **matrices[] = {&test.drift, &test.drift_end, &test.variance,
                                &test.reduced};

    memset(work, 0, stats_gray_workspace(groups) * sizeof *work);
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++, work += groups)
        *vectors[i] = work;
    for (size_t i = 0; i < sizeof matrices / sizeof *matrices; i++, work += groups * groups)
        *matrices[i] = work;
    return test;
}

static void begin(struct gray *test, const struct stats_subject *subjects, size_t n)
{
    size_t groups = test->groups;

    test->common = 0;
    memset(test->drift, 0, groups * groups * sizeof *test->drift);
    memset(test->variance, 0, groups * groups * sizeof *test->variance);
    for (size_t k = 0; k < groups; k++) {
        test->at_risk[k] = test->incidence[k] = test->z[k] = 0;
        test->survival[k] = 1;
    }
    for (size_t i = 0; i < n; i++)
        test->at_risk[subjects[i].group]++;
}

/* Counts who goes at the time of subject `first`; returns the first subject after it. */
static size_t count_time(struct gray *test, const struct stats_subject *subjects, size_t n,
                         size_t first)
{
    size_t i = first;

    for (size_t k = 0; k < test->groups; k++)
        test->of_cause[k] = test->other[k] = test->leaving[k] = 0;
    for (; i < n && subjects[i].time == subjects[first].time; i++) {
        int k = subjects[i].group, event = subjects[i].event;
        test->leaving[k]++;
        test->of_cause[k] += event == test->cause;
        test->other[k] += event != 0 && event != test->cause;
    }
    return i;
}

static long double sum(const long double *v, size_t n)
{
    long double s = 0;
    for (size_t i = 0; i < n; i++)
        s += v[i];
    return s;
}

static long double influence(const struct gray *test, size_t i, size_t k,
                             long double total_h)
{
    return test->h[i] * ((i == k ? 1 : 0) - test->h[k] / total_h);
}

/* z, C and what the curves are after this time's events. */
static void advance(struct gray *test, long double total_h)
{
    long double events = sum(test->of_cause, test->groups), risk = 0;
    size_t groups = test->groups;

    for (size_t k = 0; k < groups; k++)
        risk += test->h[k] * (1 - test->incidence[k]);
    for (size_t i = 0; i < groups; i++) {
        test->z[i] +=
            test->of_cause[i] - events * test->h[i] * (1 - test->incidence[i]) / risk;
        for (size_t k = 0; k < groups; k++)
            test->drift[i * groups + k] +=
                influence(test, i, k, total_h) * events / (total_h * (1 - test->common));
    }
    for (size_t k = 0; k < groups; k++) {
        test->after[k] = test->survival[k];
        if (test->at_risk[k] <= 0) continue;
        long double n = test->at_risk[k], d = test->of_cause[k] + test->other[k];
        test->after[k] = test->survival[k] * (n - d) / n;
        test->incidence[k] += test->survival[k] * test->of_cause[k] / n;
    }
    test->common += events / total_h;
}

/* variance += weight u u', u_i = own A_ik + later (C_ik(end) - C_ik) */
static void add_variance(struct gray *test, size_t k, long double total_h, long double own,
                         long double later, long double weight)
{
    size_t groups = test->groups;

    for (size_t i = 0; i < groups; i++)
        for (size_t j = 0; j < groups; j++) {
            size_t ik = i * groups + k, jk = j * groups + k;
            long double ui = own * influence(test, i, k, total_h) +
                             later * (test->drift_end[ik] - test->drift[ik]);
            long double uj = own * influence(test, j, k, total_h) +
                             later * (test->drift_end[jk] - test->drift[jk]);
            test->variance[i * groups + j] += weight * ui * uj;
        }
}

/* After advance(): the part of the variance that this time's events bring. */
static void spread(struct gray *test, long double total_h)
{
    long double events = sum(test->of_cause, test->groups);

    for (size_t k = 0; k < test->groups; k++) {
        long double n = test->at_risk[k], s = test->survival[k], o = test->other[k];
        if (n <= 0) continue;
        long double left = test->after[k] > 0 ? (1 - test->common) / test->after[k] : 0;
        if (events > 0) {
            long double expected = total_h * s; /* people behind the common incidence */
            long double ties = events > 1 ? 1 - (events - 1) / (expected - 1) : 1;
            add_variance(test, k, total_h, 1, 1 - left, ties * s * events / (total_h * n));
        }
        if (o > 0 && test->after[k] > 0) {
            long double ties = o > 1 ? 1 - (o - 1) / (n - 1) : 1;
            add_variance(test, k, total_h, 0, left, ties * s * s * o / (n * n));
        }
    }
}

static void walk(struct gray *test, const struct stats_subject *subjects, size_t n)
{
    begin(test, subjects, n);
    for (size_t i = 0; i < n;) {
        i = count_time(test, subjects, n, i);
        if (sum(test->of_cause, test->groups) + sum(test->other, test->groups) > 0) {
            for (size_t k = 0; k < test->groups; k++)
                test->h[k] =
                    test->at_risk[k] > 0 ? test->at_risk[k] / test->survival[k] : 0;
            long double total_h = sum(test->h, test->groups);
            advance(test, total_h);
            spread(test, total_h);
            memcpy(test->survival, test->after, test->groups * sizeof *test->survival);
        }
        for (size_t k = 0; k < test->groups; k++)
            test->at_risk[k] -= test->leaving[k];
    }
}

static int by_time(const void *a, const void *b)
{
    const struct stats_subject *x = a, *y = b;
    return (x->time > y->time) - (x->time < y->time);
}

/* z' variance^-1 z over all groups but the last */
static stats_status chi_square(struct gray *test, struct stats_test *out)
{
    size_t df = test->groups - 1;
    long double value = 0;

    for (size_t i = 0; i < df; i++)
        for (size_t j = 0; j < df; j++)
            test->reduced[i * df + j] = test->variance[i * test->groups + j];
    stats_status status = stats_invert(test->reduced, df, NULL);
    if (status != STATS_OK) return status;
    for (size_t i = 0; i < df; i++)
        for (size_t j = 0; j < df; j++)
            value += test->z[i] * test->reduced[i * df + j] * test->z[j];
    *out = (struct stats_test){(double)value, (double)df,
                               stats_p_chisq((double)value, (double)df)};
    return STATS_OK;
}

stats_status stats_gray(struct stats_subject *subjects, size_t n, size_t groups, int cause,
                        long double *work, struct stats_test *out)
{
    if (n == 0) return STATS_EMPTY;
    if (groups < 2) return STATS_UNDEFINED;
    for (size_t i = 0; i < n; i++)
        if (!(subjects[i].time >= 0) || isinf(subjects[i].time) || subjects[i].event < 0 ||
            subjects[i].group < 0 || (size_t)subjects[i].group >= groups)
            return STATS_DOMAIN;
    qsort(subjects, n, sizeof *subjects, by_time);

    struct gray test = prepare(groups, cause, work);
    walk(&test, subjects, n); /* for C at the end */
    memcpy(test.drift_end, test.drift, groups * groups * sizeof *test.drift);
    walk(&test, subjects, n);
    return chi_square(&test, out);
}
