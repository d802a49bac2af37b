// SPDX-License-Identifier: MIT
#include "stats/stats_solve.h"

#include <math.h>

/* ---- symmetric positive definite --------------------------------------------------- */

static const long double DEPENDENT = 1e-13L;

/* a = L L', L in the lower triangle. */
static stats_status factorise(long double *a, size_t p, long double *log_det)
{
    long double sum_log = 0;

    for (size_t j = 0; j < p; j++) {
        long double own = a[j * p + j], left = own;
        for (size_t k = 0; k < j; k++)
            left -= a[j * p + k] * a[j * p + k];
        if (!(left > DEPENDENT * own)) return STATS_UNDEFINED;
        long double root = sqrtl(left);
        a[j * p + j] = root;
        sum_log += 2 * logl(root);
        for (size_t i = j + 1; i < p; i++) {
            long double s = a[i * p + j];
            for (size_t k = 0; k < j; k++)
                s -= a[i * p + k] * a[j * p + k];
            a[i * p + j] = s / root;
        }
    }
    if (log_det) *log_det = sum_log;
    return STATS_OK;
}

/* L to its inverse, in place, lower triangle. */
static void invert_lower(long double *l, size_t p)
{
    for (size_t j = 0; j < p; j++) {
        l[j * p + j] = 1 / l[j * p + j];
        for (size_t i = j + 1; i < p; i++) {
            long double s = 0;
            for (size_t k = j; k < i; k++)
                s -= l[i * p + k] * l[k * p + j];
            l[i * p + j] = s / l[i * p + i];
        }
    }
}

stats_status stats_invert(long double *a, size_t p, long double *log_det)
{
    stats_status status = factorise(a, p, log_det);
    if (status != STATS_OK) return status;

    invert_lower(a, p);
    /* inverse = L^-T L^-1: entry (i, j) needs rows k >= i of L^-1 only, so go forwards */
    for (size_t i = 0; i < p; i++)
        for (size_t j = 0; j <= i; j++) {
            long double s = 0;
            for (size_t k = i; k < p; k++)
                s += a[k * p + i] * a[k * p + j];
            a[i * p + j] = s;
        }
    for (size_t i = 0; i < p; i++)
        for (size_t j = i + 1; j < p; j++)
            a[i * p + j] = a[j * p + i];
    return STATS_OK;
}

/* ---- least squares ----------------------------------------------------------------- */

static long double column_norm(const long double *x, size_t n, size_t p, size_t j,
                               size_t from)
{
    long double squares = 0;
    for (size_t i = from; i < n; i++)
        squares += x[i * p + j] * x[i * p + j];
    return sqrtl(squares);
}

/* Apply the reflection kept in column j (its own first entry in `head`) to another
 * column. */
static void reflect(const long double *x, size_t n, size_t p, size_t j, long double head,
                    long double scale, long double *column, size_t stride)
{
    long double dot = head * column[j * stride];
    for (size_t i = j + 1; i < n; i++)
        dot += x[i * p + j] * column[i * stride];
    dot *= scale;
    column[j * stride] -= dot * head;
    for (size_t i = j + 1; i < n; i++)
        column[i * stride] -= dot * x[i * p + j];
}

/* One reflection: zeroes column j below its diagonal, in x and in effect on y. */
static stats_status eliminate(long double *x, long double *y, size_t n, size_t p, size_t j)
{
    long double whole = column_norm(x, n, p, j, 0), norm = column_norm(x, n, p, j, j);
    if (!(norm > 1e-11L * whole)) return STATS_UNDEFINED;

    long double diagonal = x[j * p + j] > 0 ? -norm : norm;
    long double head = x[j * p + j] - diagonal;
    long double scale = 1 / (norm * (norm + fabsl(x[j * p + j])));
    for (size_t k = j + 1; k < p; k++)
        reflect(x, n, p, j, head, scale, x + k, p);
    reflect(x, n, p, j, head, scale, y, 1);
    x[j * p + j] = diagonal;
    return STATS_OK;
}

/* R, the upper triangle of x, to its inverse in place. */
static void invert_upper(long double *x, size_t p)
{
    for (size_t j = 0; j < p; j++) {
        long double diagonal = 1 / x[j * p + j];
        for (size_t i = 0; i < j; i++) {
            long double s = 0;
            for (size_t k = i; k < j; k++)
                s += x[i * p + k] * x[k * p + j];
            x[i * p + j] = -s * diagonal;
        }
        x[j * p + j] = diagonal;
    }
}

/* Row i of R^-1 times a vector. */
static long double row_times(const long double *r, size_t p, size_t i, const long double *v)
{
    long double s = 0;
    for (size_t k = i; k < p; k++)
        s += r[i * p + k] * v[k];
    return s;
}

/* (x'x)^-1 = R^-1 R^-T */
static void inverse_gram(const long double *r, size_t p, double *inverse)
{
    for (size_t i = 0; i < p; i++)
        for (size_t j = i; j < p; j++) {
            long double s = 0;
            for (size_t k = j; k < p; k++)
                s += r[i * p + k] * r[j * p + k];
            inverse[i * p + j] = inverse[j * p + i] = (double)s;
        }
}

stats_status stats_least_squares(long double *x, long double *y, size_t n, size_t p,
                                 double *beta, double *inverse, double *rss)
{
    long double squares = 0;

    if (p == 0 || n < p) return STATS_EMPTY;
    for (size_t j = 0; j < p; j++) {
        stats_status status = eliminate(x, y, n, p, j);
        if (status != STATS_OK) return status;
    }
    invert_upper(x, p);
    for (size_t i = 0; i < p; i++)
        beta[i] = (double)row_times(x, p, i, y);
    inverse_gram(x, p, inverse);
    for (size_t i = p; i < n; i++)
        squares += y[i] * y[i];
    *rss = (double)squares;
    return STATS_OK;
}

void stats_sandwich(const double *a, const double *b, size_t p, double *out)
{
    for (size_t i = 0; i < p; i++)
        for (size_t j = 0; j < p; j++) {
            long double s = 0;
            for (size_t k = 0; k < p; k++) {
                long double inner = 0;
                for (size_t l = 0; l < p; l++)
                    inner += (long double)b[k * p + l] * a[l * p + j];
                s += a[i * p + k] * inner;
            }
            out[i * p + j] = (double)s;
        }
}
