// SPDX-License-Identifier: MIT
#include "stats/stats_firth.h"

#include <math.h>
#include <string.h>

#include "stats/stats_linear.h"
#include "stats/stats_num.h"
#include "stats/stats_solve.h"

enum { MOST_ITERATIONS = 500, MOST_HALVINGS = 30 };
static const long double LONGEST_STEP = 0.5L;
static const size_t NOTHING_FIXED = (size_t)-1;

/* One fit: the data, which coefficient stays where it is, and the workspace cut up. */
struct firth {
    const double *x, *y;
    size_t n, p, fixed;
    long double *information; /* at beta; after penalised() its inverse */
    long double *kept;        /* at beta, as it was */
    long double *guess, *score, *step, *fall, *spare, *fitted;
    long double fixed_score; /* of the coefficient that stays, after penalised_score() */
};

size_t stats_firth_workspace(size_t n, size_t p)
{
    return 3 * p * p + 4 * p + n;
}

static struct firth prepare(const double *x, const double *y, size_t n, size_t p,
                            size_t fixed, long double *work)
{
    struct firth f = {.x = x, .y = y, .n = n, .p = p, .fixed = fixed, .information = work};
    f.kept = f.information + p * p;
    f.guess = f.kept + p * p;
    f.score = f.guess + p * p;
    f.step = f.score + p;
    f.fall = f.step + p;
    f.spare = f.fall + p;
    f.fitted = f.spare + p;
    return f;
}

static long double linear(const double *row, const double *beta, size_t p)
{
    long double eta = 0;
    for (size_t j = 0; j < p; j++)
        eta += (long double)row[j] * beta[j];
    return eta;
}

/* Fitted values, the information at beta and its copy in `kept`; returns the
 * log-likelihood. */
static long double evaluate(struct firth *f, const double *beta)
{
    long double loglik = 0;
    size_t p = f->p;

    memset(f->information, 0, p * p * sizeof *f->information);
    for (size_t i = 0; i < f->n; i++) {
        const double *row = f->x + i * p;
        long double eta = linear(row, beta, p), e = expl(-fabsl(eta));
        long double weight = e / ((1 + e) * (1 + e));

        f->fitted[i] = (eta > 0 ? 1 : e) / (1 + e);
        loglik -= log1pl(e) + ((f->y[i] > 0) == (eta > 0) ? 0 : fabsl(eta));
        for (size_t j = 0; j < p; j++)
            for (size_t k = 0; k <= j; k++)
                f->information[j * p + k] += weight * row[j] * row[k];
    }
    memcpy(f->kept, f->information, p * p * sizeof *f->kept);
    return loglik;
}

/* Penalised log-likelihood at beta; leaves the information's inverse behind. */
static stats_status penalised(struct firth *f, const double *beta, long double *value)
{
    long double log_det, loglik = evaluate(f, beta);
    stats_status status = stats_invert(f->information, f->p, &log_det);

    if (status == STATS_OK) *value = loglik + log_det / 2;
    return status;
}

static long double leverage(const struct firth *f, const double *row, long double fitted)
{
    long double h = 0;
    size_t p = f->p;

    for (size_t j = 0; j < p; j++)
        for (size_t k = 0; k < p; k++)
            h += row[j] * f->information[j * p + k] * row[k];
    return fitted * (1 - fitted) * h;
}

/* Firth's score, after penalised(); that of the fixed coefficient counts as 0. */
static void penalised_score(struct firth *f)
{
    memset(f->score, 0, f->p * sizeof *f->score);
    for (size_t i = 0; i < f->n; i++) {
        const double *row = f->x + i * f->p;
        long double fitted = f->fitted[i], h = leverage(f, row, fitted);
        long double residual = f->y[i] - fitted + h * (0.5L - fitted);
        for (size_t j = 0; j < f->p; j++)
            f->score[j] += residual * row[j];
    }
    if (f->fixed < f->p) {
        f->fixed_score = f->score[f->fixed];
        f->score[f->fixed] = 0;
    }
}

/* ---- climbing ------------------------------------------------------------------------ */

/* A guess at the inverse of minus the second derivatives: the inverse information of the
 * free coefficients, nothing in the fixed one's row and column. */
static stats_status first_guess(struct firth *f)
{
    size_t p = f->p, j = f->fixed;

    for (size_t k = 0; k < p && j < p; k++)
        f->guess[j * p + k] = f->guess[k * p + j] = 0;
    if (j < p) f->guess[j * p + j] = 1;
    stats_status status = stats_invert(f->guess, p, NULL);
    if (j < p) f->guess[j * p + j] = 0;
    return status;
}

static void multiply(const long double *a, const long double *v, size_t p, long double *out)
{
    for (size_t j = 0; j < p; j++) {
        out[j] = 0;
        for (size_t k = 0; k < p; k++)
            out[j] += a[j * p + k] * v[k];
    }
}

static long double inner(const long double *a, const long double *b, size_t p)
{
    long double s = 0;
    for (size_t j = 0; j < p; j++)
        s += a[j] * b[j];
    return s;
}

/* step = guess times score, no coordinate longer than the cap */
static void choose_step(struct firth *f)
{
    long double largest = 0;

    multiply(f->guess, f->score, f->p, f->step);
    for (size_t j = 0; j < f->p; j++)
        largest = fmaxl(largest, fabsl(f->step[j]));
    for (size_t j = 0; j < f->p && largest > LONGEST_STEP; j++)
        f->step[j] *= LONGEST_STEP / largest;
}

/* Take the step, halved until the penalised likelihood does not fall; the largest
 * change. */
static stats_status move(struct firth *f, double *beta, long double *value, double *change)
{
    for (int halving = 0; halving <= MOST_HALVINGS; halving++) {
        long double then;
        *change = 0;
        for (size_t j = 0; j < f->p; j++) {
            double before = beta[j];
            beta[j] = (double)(beta[j] + f->step[j]);
            f->step[j] = (long double)beta[j] - before;
            *change = fmax(*change, fabs(beta[j] - before) / (1 + fabs(beta[j])));
        }
        if (penalised(f, beta, &then) == STATS_OK &&
            then >= *value - 1e-15L * (1 + fabsl(*value))) {
            *value = then;
            return STATS_OK;
        }
        for (size_t j = 0; j < f->p; j++) {
            beta[j] = (double)(beta[j] - f->step[j]);
            f->step[j] /= 2;
        }
    }
    return STATS_NO_CONVERGENCE;
}

/* BFGS: what the last step taught about the second derivatives. `fall` is by how much each
 * score fell along it. Scoring alone crawls when the data are separated. */
static void learn(struct firth *f, const long double *fall, long double *guess_fall)
{
    size_t p = f->p;
    long double along = inner(f->step, fall, p);

    if (!(along > 0)) return;
    multiply(f->guess, fall, p, guess_fall);
    long double rho = 1 / along, own = (1 + rho * inner(fall, guess_fall, p)) * rho;
    for (size_t j = 0; j < p; j++)
        for (size_t k = 0; k < p; k++)
            f->guess[j * p + k] +=
                own * f->step[j] * f->step[k] -
                rho * (f->step[j] * guess_fall[k] + guess_fall[j] * f->step[k]);
}

static stats_status maximise(struct firth *f, double *beta, long double *value)
{
    stats_status status = penalised(f, beta, value);

    if (status != STATS_OK) return status;
    memcpy(f->guess, f->kept, f->p * f->p * sizeof *f->guess);
    status = first_guess(f);
    penalised_score(f);
    for (int i = 0; i < MOST_ITERATIONS && status == STATS_OK; i++) {
        double change = 0;
        choose_step(f);
        memcpy(f->fall, f->score, f->p * sizeof *f->fall);
        status = move(f, beta, value, &change);
        if (status == STATS_OK && change <= 1e-11) return STATS_OK;
        penalised_score(f);
        for (size_t j = 0; j < f->p; j++)
            f->fall[j] -= f->score[j];
        learn(f, f->fall, f->spare);
    }
    return status == STATS_OK ? STATS_NO_CONVERGENCE : status;
}

static stats_status check(const double *x, const double *y, size_t n, size_t p)
{
    if (n == 0 || p == 0) return STATS_EMPTY;
    for (size_t i = 0; i < n; i++)
        if (y[i] != 0 && y[i] != 1) return STATS_DOMAIN;
    for (size_t i = 0; i < n * p; i++)
        if (!isfinite(x[i])) return STATS_DOMAIN;
    return STATS_OK;
}

stats_status stats_firth_fit(const double *x, const double *y, size_t n, size_t p,
                             double *beta, double *covariance, long double *work,
                             double *loglik)
{
    struct firth f = prepare(x, y, n, p, NOTHING_FIXED, work);
    long double value;
    stats_status status = check(x, y, n, p);

    if (status != STATS_OK) return status;
    memset(beta, 0, p * sizeof *beta);
    status = maximise(&f, beta, &value);
    if (status != STATS_OK) return status;
    for (size_t i = 0; i < p * p; i++)
        covariance[i] = (double)f.information[i];
    *loglik = (double)value;
    return STATS_OK;
}

/* ---- profile ------------------------------------------------------------------------ */

struct profile {
    struct firth fit;
    double *beta; /* the trial, warm from one point to the next */
    double best, drop;
    double slope; /* of the loss, at the last point */
    stats_status status;
};

/* Twice the loss of penalised likelihood with the fixed coefficient held at a value. Its
 * slope is known: the others are at their best, so only the score of the fixed one counts.
 */
static double loss(struct profile *profile, double at)
{
    long double value = 0;

    profile->beta[profile->fit.fixed] = at;
    profile->status = maximise(&profile->fit, profile->beta, &value);
    if (profile->status != STATS_OK) return NAN;
    penalised_score(&profile->fit);
    profile->slope = (double)(-2 * profile->fit.fixed_score);
    return (double)(2 * (profile->best - value));
}

/* Is x strictly between a and b, whichever is the larger? */
static int between(double x, double a, double b)
{
    return x > fmin(a, b) && x < fmax(a, b);
}

/* Where the loss reaches the drop, by Newton's steps from `stride` (signed) off the
 * estimate, kept between a point that loses too little and one that loses too much, once
 * there is one. */
static stats_status limit(struct profile *profile, const double *start, size_t p,
                          double stride, double *out)
{
    double estimate = start[profile->fit.fixed], at = estimate + stride;
    double inside = estimate, outside = NAN;

    memcpy(profile->beta, start, p * sizeof *start);
    for (int i = 0; i < MOST_ITERATIONS; i++) {
        double over = loss(profile, at) - profile->drop;
        if (profile->status != STATS_OK) return profile->status;
        if (over < 0)
            inside = at;
        else
            outside = at;
        double next = at - over / profile->slope;
        if (fabs(next - at) <= 1e-11 * (1 + fabs(at))) {
            *out = next;
            return STATS_OK;
        }
        double far = isnan(outside) ? estimate + 2 * (inside - estimate) : outside;
        if (!between(next, inside, far))
            next = isnan(outside) ? far : (inside + outside) / 2;
        if (fabs(next - estimate) > 1000 * fabs(stride)) {
            *out = copysign(INFINITY, stride);
            return STATS_OK;
        }
        at = next;
    }
    return STATS_NO_CONVERGENCE;
}

stats_status stats_firth_profile(const double *x, const double *y, size_t n, size_t p,
                                 const double *beta, const double *covariance,
                                 double loglik, size_t j, double conf, double *trial,
                                 long double *work, struct stats_interval *out,
                                 double *p_value)
{
    struct profile profile = {
        .fit = prepare(x, y, n, p, j, work), .beta = trial, .best = loglik};
    struct stats_interval found = {beta[j], NAN, NAN};
    double z = stats_z(conf), se = sqrt(covariance[j * p + j]);

    if (!stats_is_conf(conf) || j >= p) return STATS_DOMAIN;
    profile.drop = z * z;
    stats_status status = limit(&profile, beta, p, -z * se, &found.low);
    if (status == STATS_OK) status = limit(&profile, beta, p, z * se, &found.high);
    if (status != STATS_OK) return status;

    memcpy(trial, beta, p * sizeof *beta);
    double ratio = loss(&profile, 0);
    if (profile.status != STATS_OK) return profile.status;
    *out = found;
    *p_value = stats_p_chisq(fmax(0, ratio), 1);
    return STATS_OK;
}
