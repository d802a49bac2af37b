// SPDX-License-Identifier: MIT
#include "stats/stats_logit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stats/stats_linear.h"
#include "stats/stats_num.h"
#include "stats/stats_solve.h"

enum { MOST_ITERATIONS = 60, MOST_HALVINGS = 12 };

/* A fitted log odds beyond this in an unfinished fit is on its way to infinity. */
static const double SEPARATED_ETA = 30;

double stats_expit(double eta)
{
    if (eta >= 0) return 1 / (1 + exp(-eta));
    double e = exp(eta);
    return e / (1 + e);
}

void stats_logit_fitted(const double *x, size_t n, size_t p, const double *beta,
                        double *fitted)
{
    for (size_t i = 0; i < n; i++)
        fitted[i] = stats_expit(stats_linear_predictor(x + i * p, beta, p));
}

/* ---- maximum likelihood ------------------------------------------------------------ */

struct problem {
    const double *x, *y;
    size_t n, p;
};

/* log(1 + exp(eta)) */
static long double softplus(long double eta)
{
    return eta > 0 ? eta + log1pl(expl(-eta)) : log1pl(expl(eta));
}

static double loglik(const struct problem *given, const double *beta)
{
    long double sum = 0;

    for (size_t i = 0; i < given->n; i++) {
        double eta = stats_linear_predictor(given->x + i * given->p, beta, given->p);
        sum -= softplus(given->y[i] > 0 ? -eta : eta);
    }
    return (double)sum;
}

/* Score and information at beta; returns the largest |eta|. */
static double derivatives(const struct problem *given, const double *beta,
                          long double *score, long double *information)
{
    size_t p = given->p;
    double largest = 0;

    memset(score, 0, p * sizeof *score);
    memset(information, 0, p * p * sizeof *information);
    for (size_t i = 0; i < given->n; i++) {
        const double *row = given->x + i * p;
        double eta = stats_linear_predictor(row, beta, p);
        long double e = expl(-fabsl(eta)), fitted = (eta > 0 ? 1 : e) / (1 + e);
        long double residual = given->y[i] - fitted, weight = e / ((1 + e) * (1 + e));

        largest = fmax(largest, fabs(eta));
        for (size_t j = 0; j < p; j++) {
            score[j] += residual * row[j];
            for (size_t k = 0; k <= j; k++)
                information[j * p + k] += weight * row[j] * row[k];
        }
    }
    return largest;
}

/* step = inverse score */
static void newton_step(const long double *inverse, const long double *score, size_t p,
                        long double *step)
{
    for (size_t j = 0; j < p; j++) {
        step[j] = 0;
        for (size_t k = 0; k < p; k++)
            step[j] += inverse[j * p + k] * score[k];
    }
}

/* Move by the step, or by as much of it as does not lower the likelihood. Returns the
 * largest change relative to 1 + |beta|. */
static double move(const struct problem *given, double *beta, long double *step,
                   double *now)
{
    double change = 0;

    for (int halving = 0;; halving++) {
        change = 0;
        for (size_t j = 0; j < given->p; j++) {
            double before = beta[j];
            beta[j] = (double)(beta[j] + step[j]);
            change = fmax(change, fabs(beta[j] - before) / (1 + fabs(beta[j])));
        }
        double then = loglik(given, beta);
        /* the last steps move by rounding errors, which may go either way */
        if (then >= *now - 1e-10 * (1 + fabs(*now)) || halving == MOST_HALVINGS) {
            *now = then;
            return change;
        }
        for (size_t j = 0; j < given->p; j++) {
            beta[j] = (double)(beta[j] - step[j]);
            step[j] /= 2;
        }
    }
}

static stats_status iterate(const struct problem *given, double *beta, long double *work,
                            double *now, int *iterations)
{
    long double *score = work, *information = work + given->p;
    long double *step = information + given->p * given->p;

    for (int i = 1; i <= MOST_ITERATIONS; i++) {
        double largest = derivatives(given, beta, score, information);
        stats_status status = stats_invert(information, given->p, NULL);
        if (status != STATS_OK) /* dependent from the start, or drifting off to infinity */
            return i == 1 ? status : STATS_NO_CONVERGENCE;
        newton_step(information, score, given->p, step);
        double change = move(given, beta, step, now);
        if (change <= 1e-12) {
            *iterations = i;
            return STATS_OK;
        }
        if (largest > SEPARATED_ETA && i > MOST_ITERATIONS / 2) break;
    }
    return STATS_NO_CONVERGENCE;
}

size_t stats_logit_workspace(size_t p)
{
    return 2 * p + p * p;
}

static stats_status check(const struct problem *given, size_t *events)
{
    if (given->n == 0 || given->p == 0) return STATS_EMPTY;
    *events = 0;
    for (size_t i = 0; i < given->n; i++) {
        if (given->y[i] != 0 && given->y[i] != 1) return STATS_DOMAIN;
        *events += given->y[i] == 1;
    }
    for (size_t i = 0; i < given->n * given->p; i++)
        if (!isfinite(given->x[i])) return STATS_DOMAIN;
    return STATS_OK;
}

/* x log(x / n) + ..., 0 log 0 being 0 */
static double share_loglik(double events, double n)
{
    double yes = events > 0 ? events * log(events / n) : 0;
    double no = events < n ? (n - events) * log1p(-events / n) : 0;
    return yes + no;
}

stats_status stats_logit_fit(const double *x, const double *y, size_t n, size_t p,
                             double *beta, double *covariance, long double *work,
                             struct stats_logit *out)
{
    struct problem given = {x, y, n, p};
    struct stats_logit fit = {0};
    stats_status status = check(&given, &fit.events);

    if (status != STATS_OK) return status;
    memset(beta, 0, p * sizeof *beta);
    fit.loglik = loglik(&given, beta);
    status = iterate(&given, beta, work, &fit.loglik, &fit.iterations);
    if (status != STATS_OK) return status;

    /* The information that made the last step was one step behind: take it again. */
    long double *score = work, *information = work + p;
    derivatives(&given, beta, score, information);
    status = stats_invert(information, p, NULL);
    if (status != STATS_OK) return STATS_NO_CONVERGENCE;
    for (size_t i = 0; i < p * p; i++)
        covariance[i] = (double)information[i];
    fit.null_loglik = share_loglik((double)fit.events, (double)n);
    *out = fit;
    return STATS_OK;
}

/* ---- average marginal effects ------------------------------------------------------ */

/* One side of a comparison: the row with the effect's column at `value`, rivals at 0. */
static double probability(const double *x, size_t p, const double *beta,
                          const struct stats_effect *effect, double value, double *row)
{
    memcpy(row, x, p * sizeof *row);
    for (size_t r = 0; r < effect->n_rivals; r++)
        row[effect->rivals[r]] = 0;
    row[effect->column] = value;
    return stats_expit(stats_linear_predictor(row, beta, p));
}

/* Adds one row's effect to the mean and its derivatives to the gradient. */
static double indicator_effect(const double *x, size_t p, const double *beta,
                               const struct stats_effect *effect, double *row,
                               double *gradient)
{
    double sum = 0;

    for (int value = 1; value >= 0; value--) {
        double sign = value ? 1 : -1, prob = probability(x, p, beta, effect, value, row);
        sum += sign * prob;
        for (size_t j = 0; j < p; j++)
            gradient[j] += sign * prob * (1 - prob) * row[j];
    }
    return sum;
}

static double slope_effect(const double *x, size_t p, const double *beta, size_t column,
                           double *gradient)
{
    double prob = stats_expit(stats_linear_predictor(x, beta, p));
    double steepness = prob * (1 - prob);

    for (size_t j = 0; j < p; j++)
        gradient[j] += beta[column] * steepness * (1 - 2 * prob) * x[j];
    gradient[column] += steepness;
    return steepness * beta[column];
}

static double quadratic(const double *a, const double *v, size_t p)
{
    long double s = 0;
    for (size_t i = 0; i < p; i++)
        for (size_t j = 0; j < p; j++)
            s += (long double)v[i] * a[i * p + j] * v[j];
    return (double)s;
}

stats_status stats_logit_effect(const double *x, size_t n, size_t p, const double *beta,
                                const double *covariance, const struct stats_effect *effect,
                                double conf, double *work, double *se,
                                struct stats_interval *out)
{
    double *gradient = work, *row = work + p;
    long double sum = 0;

    if (n == 0) return STATS_EMPTY;
    if (!stats_is_conf(conf) || effect->column >= p) return STATS_DOMAIN;
    memset(gradient, 0, p * sizeof *gradient);
    for (size_t i = 0; i < n; i++)
        sum += effect->indicator
                   ? indicator_effect(x + i * p, p, beta, effect, row, gradient)
                   : slope_effect(x + i * p, p, beta, effect->column, gradient);
    for (size_t j = 0; j < p; j++)
        gradient[j] /= (double)n;

    double mean = (double)(sum / n), error = sqrt(quadratic(covariance, gradient, p));
    *se = error;
    *out = (struct stats_interval){mean, mean - stats_z(conf) * error,
                                   mean + stats_z(conf) * error};
    return STATS_OK;
}

/* ---- discrimination ---------------------------------------------------------------- */

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Pairs (high, low) with high > low, ties half; both sorted. */
static long double pairs_won(const double *high, size_t n_high, const double *low,
                             size_t n_low)
{
    long double won = 0;
    size_t below = 0, not_above = 0;

    for (size_t i = 0; i < n_high; i++) {
        while (below < n_low && low[below] < high[i])
            below++;
        while (not_above < n_low && low[not_above] <= high[i])
            not_above++;
        won += below + 0.5L * (not_above - below);
    }
    return won;
}

stats_status stats_auc(const double *fitted, const double *y, size_t n, double *work,
                       double *auc, double *brier)
{
    long double squares = 0;
    size_t yes = 0, no = 0;

    for (size_t i = 0; i < n; i++) {
        if (y[i] > 0)
            work[yes++] = fitted[i];
        else
            work[n - ++no] = fitted[i];
        squares += (fitted[i] - y[i]) * (fitted[i] - y[i]);
    }
    if (yes == 0 || no == 0) return STATS_EMPTY;
    qsort(work, yes, sizeof *work, ascending);
    qsort(work + yes, no, sizeof *work, ascending);
    *auc = (double)(pairs_won(work, yes, work + yes, no) / ((long double)yes * no));
    if (brier) *brier = (double)(squares / n);
    return STATS_OK;
}
