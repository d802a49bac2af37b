// SPDX-License-Identifier: MIT
#include "stats/stats_cross.h"
#include "stats/stats_margins_priv.h"
#include "stats/stats_num.h"

#include <math.h>

/* Squeeze empty margins out of sum[0..size), noting where the others stood. */
static size_t keep_filled(long *sum, size_t *at, size_t size)
{
    size_t kept = 0;

    for (size_t i = 0; i < size; i++) {
        if (sum[i] == 0) continue;
        at[kept] = i;
        sum[kept++] = sum[i];
    }
    return kept;
}

stats_status stats_margins(const struct stats_table *t, struct margins *m)
{
    if (t->rows > STATS_MAX_SIDE || t->cols > STATS_MAX_SIDE) return STATS_TOO_BIG;
    m->n = 0;
    for (size_t i = 0; i < t->rows; i++)
        m->row[i] = 0;
    for (size_t j = 0; j < t->cols; j++)
        m->col[j] = 0;
    for (size_t i = 0; i < t->rows; i++) {
        for (size_t j = 0; j < t->cols; j++) {
            long count = t->count[i * t->cols + j];
            if (count < 0) return STATS_DOMAIN;
            m->row[i] += count;
            m->col[j] += count;
            m->n += count;
        }
    }
    if (m->n == 0) return STATS_EMPTY;
    m->rows = keep_filled(m->row, m->row_at, t->rows);
    m->cols = keep_filled(m->col, m->col_at, t->cols);
    return m->rows < 2 || m->cols < 2 ? STATS_UNDEFINED : STATS_OK;
}

long stats_kept_count(const struct stats_table *t, const struct margins *m, size_t i,
                      size_t j)
{
    return t->count[m->row_at[i] * t->cols + m->col_at[j]];
}

static long double expected(const struct margins *m, size_t i, size_t j)
{
    return (long double)m->row[i] * (long double)m->col[j] / (long double)m->n;
}

stats_status stats_chisq(const struct stats_table *t, struct stats_chisq *out)
{
    struct margins m;
    stats_status status = stats_margins(t, &m);
    long double chisq = 0, g = 0, least = INFINITY;
    long below_5 = 0;

    if (status) return status;
    for (size_t i = 0; i < m.rows; i++) {
        for (size_t j = 0; j < m.cols; j++) {
            long double e = expected(&m, i, j), o = stats_kept_count(t, &m, i, j);
            chisq += (o - e) * (o - e) / e;
            if (o > 0) g += 2 * o * logl(o / e);
            least = fminl(least, e);
            below_5 += e < 5;
        }
    }
    double df = (double)(m.rows - 1) * (double)(m.cols - 1);
    double x = (double)chisq, g2 = (double)fmaxl(0, g);
    *out = (struct stats_chisq){
        {x,  df, stats_p_chisq(x,  df)},
        {g2, df, stats_p_chisq(g2, df)},
        (double)least,
        (double)below_5 / (double)(m.rows * m.cols),
        m.rows,
        m.cols,
        m.n
    };
    return STATS_OK;
}

int stats_chisq_is_doubtful(const struct stats_chisq *chisq)
{
    return chisq->min_expected < 1 || chisq->share_expected_below_5 > 0.2;
}

stats_status stats_adjusted_residuals(const struct stats_table *t, double *out)
{
    struct margins m;
    stats_status status = stats_margins(t, &m);

    if (status) return status;
    for (size_t k = 0; k < t->rows * t->cols; k++)
        out[k] = NAN;
    for (size_t i = 0; i < m.rows; i++) {
        for (size_t j = 0; j < m.cols; j++) {
            long double e = expected(&m, i, j), o = stats_kept_count(t, &m, i, j);
            long double others =
                (long double)(m.n - m.row[i]) * (long double)(m.n - m.col[j]);
            out[m.row_at[i] * t->cols + m.col_at[j]] =
                (double)((o - e) * m.n / sqrtl(e * others));
        }
    }
    return STATS_OK;
}

/* The smaller of rows and columns, less 1. */
static double least_side(const struct stats_chisq *chisq)
{
    return (double)(chisq->rows < chisq->cols ? chisq->rows : chisq->cols) - 1;
}

stats_status stats_cramers_v(const struct stats_table *t, struct stats_cramers_v *out)
{
    struct stats_chisq chisq;
    stats_status status = stats_chisq(t, &chisq);

    if (status) return status;
    double n = (double)chisq.n, r = (double)chisq.rows, c = (double)chisq.cols;
    double phi2 = fmax(0, chisq.pearson.statistic / n - (r - 1) * (c - 1) / (n - 1));
    double sides = fmin(r - (r - 1) * (r - 1) / (n - 1), c - (c - 1) * (c - 1) / (n - 1));
    out->v = fmin(1, sqrt(chisq.pearson.statistic / (n * least_side(&chisq))));
    out->corrected = phi2 > 0 ? fmin(1, sqrt(phi2 / (sides - 1))) : 0;
    return STATS_OK;
}

stats_status stats_cramers_v_interval(const struct stats_table *t, double conf,
                                      struct stats_interval *out)
{
    struct stats_chisq chisq;
    double tail = 0.5 * (1 - conf), low, high;
    stats_status status = stats_chisq(t, &chisq);

    if (status) return status;
    if (!stats_is_conf(conf)) return STATS_DOMAIN;
    double x = chisq.pearson.statistic, df = chisq.pearson.df;
    double most = (double)chisq.n * least_side(&chisq);
    if ((status = stats_ncx2_ncp(1 - tail, x, df, &low))) return status;
    if ((status = stats_ncx2_ncp(tail, x, df, &high))) return status;
    *out = (struct stats_interval){fmin(1, sqrt(x / most)), fmin(1, sqrt(low / most)),
                                   fmin(1, sqrt(high / most))};
    return STATS_OK;
}
