// SPDX-License-Identifier: MIT
#include "stats/stats_cox.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stats/stats_solve.h"

enum { MOST_ITERATIONS = 50, MOST_HALVINGS = 20 };

struct person {
    double time;
    size_t row;
    int event;
};

/* Sums over a set of people of w, w x and w x x' (lower triangle), w = exp(x'beta). */
struct sums {
    long double weight, *first, *second;
};

struct cox {
    const double *x;
    size_t n, p;
    struct person *person; /* latest first */
    long double *centre, *score, *information, *step;
    struct sums risk, dead;
};

static size_t long_doubles(size_t p)
{
    return 5 * p + 3 * p * p;
}

size_t stats_cox_workspace(size_t n, size_t p)
{
    return long_doubles(p) * sizeof(long double) + n * sizeof(struct person);
}

static struct cox prepare(const double *x, size_t n, size_t p, void *work)
{
    struct cox m = {.x = x, .n = n, .p = p};
    long double *at = work;

    m.centre = at;
    m.score = m.centre + p;
    m.step = m.score + p;
    m.risk.first = m.step + p;
    m.dead.first = m.risk.first + p;
    m.information = m.dead.first + p;
    m.risk.second = m.information + p * p;
    m.dead.second = m.risk.second + p * p;
    m.person = (struct person *)(void *)(at + long_doubles(p));
    return m;
}

static int latest_first(const void *a, const void *b)
{
    const struct person *x = a, *y = b;
    if (x->time != y->time) return x->time < y->time ? 1 : -1;
    return x->row < y->row ? -1 : x->row > y->row;
}

static void clear(struct sums *sums, size_t p)
{
    sums->weight = 0;
    memset(sums->first, 0, p * sizeof *sums->first);
    memset(sums->second, 0, p * p * sizeof *sums->second);
}

/* x'beta about the mean of x, so that exp() stays near 1. */
static long double linear(const struct cox *m, size_t row, const double *beta)
{
    long double eta = 0;
    for (size_t j = 0; j < m->p; j++)
        eta += (m->x[row * m->p + j] - m->centre[j]) * beta[j];
    return eta;
}

static void include(const struct cox *m, struct sums *sums, size_t row, long double weight)
{
    size_t p = m->p;

    sums->weight += weight;
    for (size_t j = 0; j < p; j++) {
        long double xj = m->x[row * p + j] - m->centre[j];
        sums->first[j] += weight * xj;
        for (size_t k = 0; k <= j; k++)
            sums->second[j * p + k] += weight * xj * (m->x[row * p + k] - m->centre[k]);
    }
}

/* d deaths at one time: Efron lets each leave the risk set by a d-th of itself. */
static long double add_deaths(struct cox *m, size_t d)
{
    long double loglik = 0;
    size_t p = m->p;

    for (size_t l = 0; l < d; l++) {
        long double gone = (long double)l / d;
        long double weight = m->risk.weight - gone * m->dead.weight;
        loglik -= logl(weight);
        for (size_t j = 0; j < p; j++) {
            long double mean_j = (m->risk.first[j] - gone * m->dead.first[j]) / weight;
            m->score[j] -= mean_j;
            for (size_t k = 0; k <= j; k++) {
                long double mean_k = (m->risk.first[k] - gone * m->dead.first[k]) / weight;
                long double both =
                    (m->risk.second[j * p + k] - gone * m->dead.second[j * p + k]) / weight;
                m->information[j * p + k] += both - mean_j * mean_k;
            }
        }
    }
    return loglik;
}

/* Partial log-likelihood with its score and information. */
static long double evaluate(struct cox *m, const double *beta)
{
    long double loglik = 0;
    size_t p = m->p;

    clear(&m->risk, p);
    memset(m->score, 0, p * sizeof *m->score);
    memset(m->information, 0, p * p * sizeof *m->information);
    for (size_t i = 0; i < m->n;) {
        double time = m->person[i].time;
        size_t d = 0;

        clear(&m->dead, p);
        for (; i < m->n && m->person[i].time == time; i++) {
            size_t row = m->person[i].row;
            long double eta = linear(m, row, beta), weight = expl(eta);
            include(m, &m->risk, row, weight);
            if (!m->person[i].event) continue;
            include(m, &m->dead, row, weight);
            loglik += eta;
            for (size_t j = 0; j < p; j++)
                m->score[j] += m->x[row * p + j] - m->centre[j];
            d++;
        }
        loglik += add_deaths(m, d);
    }
    return loglik;
}

static double shift(double *beta, const long double *step, size_t p, long double by)
{
    double change = 0;
    for (size_t j = 0; j < p; j++) {
        double before = beta[j];
        beta[j] = (double)(before + by * step[j]);
        change = fmax(change, fabs(beta[j] - before) / (1 + fabs(beta[j])));
    }
    return change;
}

/* One Newton step from the score and information at hand, halved while it lowers the
 * likelihood; leaves those at the new beta behind. */
static stats_status improve(struct cox *m, double *beta, long double *loglik,
                            double *change)
{
    size_t p = m->p;
    stats_status status = stats_invert(m->information, p, NULL);

    if (status != STATS_OK) return status;
    for (size_t j = 0; j < p; j++) {
        m->step[j] = 0;
        for (size_t k = 0; k < p; k++)
            m->step[j] += m->information[j * p + k] * m->score[k];
    }
    long double by = 1;
    *change = shift(beta, m->step, p, by);
    long double then = evaluate(m, beta);
    for (int h = 0; h < MOST_HALVINGS && !(then >= *loglik - 1e-14L * (1 + fabsl(*loglik)));
         h++) {
        by /= 2;
        *change = shift(beta, m->step, p, -by);
        then = evaluate(m, beta);
    }
    *loglik = then;
    return STATS_OK;
}

static stats_status order(struct cox *m, const double *time, const double *event)
{
    size_t events = 0;

    for (size_t i = 0; i < m->n; i++) {
        if (!(time[i] >= 0) || isinf(time[i]) || (event[i] != 0 && event[i] != 1))
            return STATS_DOMAIN;
        m->person[i] = (struct person){time[i], i, event[i] == 1};
        events += event[i] == 1;
        for (size_t j = 0; j < m->p; j++) {
            if (!isfinite(m->x[i * m->p + j])) return STATS_DOMAIN;
            m->centre[j] += m->x[i * m->p + j] / (long double)m->n;
        }
    }
    qsort(m->person, m->n, sizeof *m->person, latest_first);
    return events ? STATS_OK : STATS_EMPTY;
}

stats_status stats_cox_fit(const double *time, const double *event, const double *x,
                           size_t n, size_t p, double *beta, double *covariance, void *work,
                           double *loglik, double *null_loglik)
{
    if (n == 0 || p == 0) return STATS_EMPTY;
    memset(work, 0, stats_cox_workspace(n, p));
    struct cox m = prepare(x, n, p, work);
    stats_status status = order(&m, time, event);
    if (status != STATS_OK) return status;

    memset(beta, 0, p * sizeof *beta);
    long double now = evaluate(&m, beta), at_null = now;
    double change = 1;
    for (int i = 0; i < MOST_ITERATIONS && change > 1e-12; i++) {
        status = improve(&m, beta, &now, &change);
        if (status != STATS_OK) return i == 0 ? status : STATS_NO_CONVERGENCE;
    }
    if (change > 1e-12 || stats_invert(m.information, p, NULL) != STATS_OK)
        return STATS_NO_CONVERGENCE;
    for (size_t i = 0; i < p * p; i++)
        covariance[i] = (double)m.information[i];
    *loglik = (double)now;
    *null_loglik = (double)at_null;
    return STATS_OK;
}
