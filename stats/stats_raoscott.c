// SPDX-License-Identifier: MIT
/* The Rao-Scott test. Declared in stats_survey.h. */
#include "stats/stats_design_priv.h"
#include "stats/stats_survey.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

/* A cross-tabulation of shares of records, and its workspace. */
struct shares {
    struct design_cells in;
    size_t rows, cols, q;      /* q interaction contrasts */
    double n;                  /* records taking part */
    double *p, *row_p, *col_p; /* shares of cells, rows, columns */
    double *covariance;        /* of the cells, as designed */
    double *line;              /* per cell: one contrast's row of what follows */
    double *naive,
        *real;    /* q x q: the contrasts' covariance as if independent; as designed */
    double *pass; /* of stats_design_covariance */
};

size_t stats_rao_scott_work(size_t n, size_t rows, size_t cols)
{
    size_t q = rows > 0 && cols > 0 ? (rows - 1) * (cols - 1) : 0, cells = rows * cols;

    return n + 5 * cells + rows + cols + cells * cells + 2 * q * q;
}

static void lay_out(struct shares *s, double *work)
{
    size_t cells = s->rows * s->cols;

    s->q = (s->rows - 1) * (s->cols - 1);
    s->p = work;
    s->row_p = s->p + cells;
    s->col_p = s->row_p + s->rows;
    s->covariance = s->col_p + s->cols;
    s->line = s->covariance + cells * cells;
    s->naive = s->line + cells;
    s->real = s->naive + s->q * s->q;
    s->pass = s->real + s->q * s->q;
}

static stats_status fill_shares(struct shares *s)
{
    struct design_cells *in = &s->in;

    for (double *at = s->p; at < s->covariance; at++)
        *at = 0;
    for (size_t i = 0; i < in->design->n; i++) {
        double w = stats_design_weight(in, i);
        if (w == 0) continue;
        if (!(w > 0) || in->row[i] >= s->rows || in->col[i] >= s->cols) return STATS_DOMAIN;
        in->weights += w;
        s->n++;
        s->p[in->row[i] * s->cols + in->col[i]] += w;
        s->row_p[in->row[i]] += w;
        s->col_p[in->col[i]] += w;
    }
    if (!(in->weights > 0)) return STATS_EMPTY;
    for (double *at = s->p; at < s->covariance; at++)
        *at /= (double)in->weights;
    for (double *at = s->row_p; at < s->covariance; at++)
        if (*at == 0) return STATS_UNDEFINED;
    return STATS_OK;
}

static double pearson(const struct shares *s)
{
    long double sum = 0;

    for (size_t i = 0; i < s->rows; i++) {
        for (size_t j = 0; j < s->cols; j++) {
            long double e = (long double)s->row_p[i] * s->col_p[j];
            long double gap = s->p[i * s->cols + j] - e;
            sum += gap * gap / e;
        }
    }
    return (double)(sum * s->n);
}

/* Contrast k at a cell: an indicator of its own cell less its row and column averages. */
static double contrast(const struct shares *s, size_t k, size_t i, size_t j)
{
    double row = (i == k / (s->cols - 1)) - 1.0 / (double)s->rows;
    double col = (j == k % (s->cols - 1)) - 1.0 / (double)s->cols;

    return row * col;
}

/* C' D C / n, which is what the covariance would be for independent records. */
static double naive_covariance(const struct shares *s, size_t k, size_t l)
{
    long double sum = 0;

    for (size_t i = 0; i < s->rows; i++) {
        for (size_t j = 0; j < s->cols; j++) {
            double p = s->p[i * s->cols + j];
            if (p > 0) sum += (long double)contrast(s, k, i, j) * contrast(s, l, i, j) / p;
        }
    }
    return (double)(sum / s->n);
}

/* Contrast k of shares over shares, taken with every cell's covariances: k's row of C' V.
 */
static void fill_line(const struct shares *s, size_t k)
{
    size_t cells = s->rows * s->cols;

    for (size_t b = 0; b < cells; b++)
        s->line[b] = 0;
    for (size_t a = 0; a < cells; a++) {
        if (s->p[a] == 0) continue;
        double weight = contrast(s, k, a / s->cols, a % s->cols) / s->p[a];
        for (size_t b = 0; b < cells; b++)
            s->line[b] += weight * s->covariance[a * cells + b];
    }
}

static double real_covariance(const struct shares *s, size_t l)
{
    size_t cells = s->rows * s->cols;
    long double sum = 0;

    for (size_t b = 0; b < cells; b++)
        if (s->p[b] > 0)
            sum += (long double)s->line[b] * contrast(s, l, b / s->cols, b % s->cols) /
                   s->p[b];
    return (double)sum;
}

/* Both covariance matrices, lower triangle mirrored. */
static stats_status fill_covariances(const struct shares *s)
{
    stats_status status = stats_design_covariance(&s->in, s->pass, s->covariance);

    if (status) return status;
    for (size_t k = 0; k < s->q; k++) {
        fill_line(s, k);
        for (size_t l = 0; l <= k; l++) {
            s->real[k * s->q + l] = s->real[l * s->q + k] = real_covariance(s, l);
            s->naive[k * s->q + l] = s->naive[l * s->q + k] = naive_covariance(s, k, l);
        }
    }
    return STATS_OK;
}

/* real := naive^-1 real, by elimination with pivoting. */
static stats_status solve_in_place(const struct shares *s)
{
    size_t q = s->q;

    for (size_t c = 0; c < q; c++) {
        size_t best = c;
        for (size_t i = c + 1; i < q; i++)
            if (fabs(s->naive[i * q + c]) > fabs(s->naive[best * q + c])) best = i;
        if (s->naive[best * q + c] == 0) return STATS_UNDEFINED;
        for (size_t j = 0; j < q; j++) {
            double a = s->naive[c * q + j], b = s->real[c * q + j];
            s->naive[c * q + j] = s->naive[best * q + j], s->naive[best * q + j] = a;
            s->real[c * q + j] = s->real[best * q + j], s->real[best * q + j] = b;
        }
        double pivot = s->naive[c * q + c];
        for (size_t j = 0; j < q; j++) {
            s->naive[c * q + j] /= pivot;
            s->real[c * q + j] /= pivot;
        }
        for (size_t i = 0; i < q; i++) {
            double f = s->naive[i * q + c];
            if (i == c || f == 0) continue;
            for (size_t j = 0; j < q; j++) {
                s->naive[i * q + j] -= f * s->naive[c * q + j];
                s->real[i * q + j] -= f * s->real[c * q + j];
            }
        }
    }
    return STATS_OK;
}

stats_status stats_rao_scott(const struct stats_design *design, const size_t *row,
                             const size_t *col, size_t rows, size_t cols,
                             const char *domain, double *work, struct stats_rao_scott *out)
{
    struct shares s = {
        .in = {design, row, col, rows, cols, domain, 0},
        .rows = rows,
        .cols = cols,
    };
    long double trace = 0, square = 0;
    stats_status status;

    if (rows < 2 || cols < 2) return STATS_UNDEFINED;
    lay_out(&s, work);
    if ((status = fill_shares(&s))) return status;
    if ((status = fill_covariances(&s))) return status;
    if ((status = solve_in_place(&s))) return status;
    for (size_t k = 0; k < s.q; k++) {
        trace += s.real[k * s.q + k];
        for (size_t l = 0; l < s.q; l++)
            square += (long double)s.real[k * s.q + l] * s.real[l * s.q + k];
    }
    if (!(trace > 0 && square > 0)) return STATS_UNDEFINED;
    out->pearson = pearson(&s);
    out->f = (double)(out->pearson / trace);
    out->df1 = (double)(trace * trace / square);
    out->df2 = out->df1 * stats_design_df(design, domain);
    out->p = gsl_cdf_fdist_Q(out->f, out->df1, out->df2);
    return STATS_OK;
}
