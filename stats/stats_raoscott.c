// SPDX-License-Identifier: MIT
/* The Rao-Scott test. Declared in stats_survey.h. */
#include "stats/stats_survey.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

/* A cross-tabulation of shares of records, and its workspace. */
struct shares {
    const struct stats_design *design;
    const size_t *row, *col;
    size_t rows, cols, q; /* q interaction contrasts */
    const char *domain;
    double n; /* records taking part */
    long double weights;
    double *p, *row_p, *col_p; /* shares of cells, rows, columns */
    double *score;             /* per record */
    double *naive,
        *real; /* q x q: the contrasts' covariance as if independent; as designed */
};

size_t stats_rao_scott_work(size_t n, size_t rows, size_t cols)
{
    size_t q = rows > 0 && cols > 0 ? (rows - 1) * (cols - 1) : 0;

    return rows * cols + rows + cols + n + 2 * q * q;
}

static double weight_of(const struct shares *s, size_t i)
{
    if (s->domain && !s->domain[i]) return 0;
    return s->design->weight ? s->design->weight[i] : 1;
}

static void lay_out(struct shares *s, double *work)
{
    s->q = (s->rows - 1) * (s->cols - 1);
    s->p = work;
    s->row_p = s->p + s->rows * s->cols;
    s->col_p = s->row_p + s->rows;
    s->score = s->col_p + s->cols;
    s->naive = s->score + s->design->n;
    s->real = s->naive + s->q * s->q;
}

static stats_status fill_shares(struct shares *s)
{
    for (double *at = s->p; at < s->score; at++)
        *at = 0;
    for (size_t i = 0; i < s->design->n; i++) {
        double w = weight_of(s, i);
        if (w == 0) continue;
        if (!(w > 0) || s->row[i] >= s->rows || s->col[i] >= s->cols) return STATS_DOMAIN;
        s->weights += w;
        s->n++;
        s->p[s->row[i] * s->cols + s->col[i]] += w;
        s->row_p[s->row[i]] += w;
        s->col_p[s->col[i]] += w;
    }
    if (!(s->weights > 0)) return STATS_EMPTY;
    for (double *at = s->p; at < s->score; at++)
        *at /= (double)s->weights;
    for (double *at = s->row_p; at < s->score; at++)
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

/* Design variance of contrast k plus `sign` times contrast l, of shares over shares. */
static stats_status contrast_variance(const struct shares *s, size_t k, size_t l,
                                      double sign, double *variance)
{
    for (size_t i = 0; i < s->design->n; i++) {
        double w = weight_of(s, i);
        s->score[i] = 0;
        if (w == 0) continue;
        double p = s->p[s->row[i] * s->cols + s->col[i]];
        double c = contrast(s, k, s->row[i], s->col[i]);
        if (sign != 0) c += sign * contrast(s, l, s->row[i], s->col[i]);
        s->score[i] = (double)(w / s->weights) * c / p;
    }
    return stats_design_variance(s->design, s->score, variance);
}

/* Both covariance matrices, lower triangle mirrored; a covariance is (v(k+l) - v(k-l)) / 4.
 */
static stats_status fill_covariances(const struct shares *s)
{
    for (size_t k = 0; k < s->q; k++) {
        for (size_t l = 0; l <= k; l++) {
            double plus, minus = 0;
            stats_status status = contrast_variance(s, k, l, k == l ? 0 : 1, &plus);
            if (!status && k != l) status = contrast_variance(s, k, l, -1, &minus);
            if (status) return status;
            double real = k == l ? plus : 0.25 * (plus - minus);
            s->real[k * s->q + l] = s->real[l * s->q + k] = real;
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
    struct shares s = {.design = design,
                       .row = row,
                       .col = col,
                       .rows = rows,
                       .cols = cols,
                       .domain = domain};
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
