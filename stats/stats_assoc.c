// SPDX-License-Identifier: MIT
#include "stats/stats_assoc.h"
#include "stats/stats_margins_priv.h"
#include "stats/stats_num.h"
#include "stats/stats_rank.h"

#include <gsl/gsl_heapsort.h>
#include <math.h>

/* Pearson's r; NAN if either side is constant. */
static double pearson(const double *x, const double *y, size_t n)
{
    struct stats_two_pass a = stats_two_pass(x, n), b = stats_two_pass(y, n);
    long double together = 0;

    if (!(a.squares > 0 && b.squares > 0)) return NAN;
    for (size_t i = 0; i < n; i++)
        together += (x[i] - a.mean) * (y[i] - b.mean);
    return stats_clamp((double)(together / sqrtl(a.squares) / sqrtl(b.squares)), -1, 1);
}

/* t test of r = 0; a perfect correlation has p 0. */
static double p_of_r(double r, size_t n)
{
    double df = (double)n - 2;

    if (n < 3) return NAN;
    if (fabs(r) >= 1) return 0;
    return stats_p_t(r * sqrt(df / ((1 - r) * (1 + r))), df);
}

static struct stats_interval fisher_limits(double r, size_t n, double conf)
{
    struct stats_interval out = {r, NAN, NAN};

    if (n < 4 || fabs(r) >= 1) return out;
    double half = stats_z(conf) / sqrt((double)n - 3);
    out.low = tanh(atanh(r) - half);
    out.high = tanh(atanh(r) + half);
    return out;
}

static int by_x_then_y(const void *a, const void *b)
{
    const struct stats_xy *p = a, *q = b;

    if (p->x != q->x) return p->x < q->x ? -1 : 1;
    return (p->y > q->y) - (p->y < q->y);
}

/* Merge sort by y, counting how many pairs had to change places. */
static long double sort_by_y(struct stats_xy *pairs, size_t n, struct stats_xy *work)
{
    if (n < 2) return 0;
    size_t half = n / 2, i = 0, j = half;
    long double swaps = sort_by_y(pairs, half, work);
    swaps += sort_by_y(pairs + half, n - half, work);
    for (size_t k = 0; k < n; k++) {
        int left = j >= n || (i < half && pairs[i].y <= pairs[j].y);
        if (!left) swaps += (long double)(half - i);
        work[k] = pairs[left ? i++ : j++];
    }
    for (size_t k = 0; k < n; k++)
        pairs[k] = work[k];
    return swaps;
}

/* Pairs of people equal in x, in y, or in both, in a list where equals stand together. */
enum equal_in { IN_X, IN_Y, IN_BOTH };

static long double equal_pairs(const struct stats_xy *p, size_t n, enum equal_in what)
{
    long double equal = 0;
    size_t run = 0;

    for (size_t i = 1; i < n; i++) {
        int same_x = p[i].x == p[i - 1].x, same_y = p[i].y == p[i - 1].y;
        int same = what == IN_X ? same_x : what == IN_Y ? same_y : same_x && same_y;
        run = same ? run + 1 : 0;
        equal += (long double)run;
    }
    return equal;
}

/* Kendall's tau-b: sort by x, then count the exchanges that sorting by y takes. */
static double tau_b(const double *x, const double *y, size_t n, struct stats_xy *pairs)
{
    for (size_t i = 0; i < n; i++)
        pairs[i] = (struct stats_xy){x[i], y[i]};
    gsl_heapsort(pairs, n, sizeof *pairs, by_x_then_y);
    long double all = 0.5L * n * (n - 1), tied_x = equal_pairs(pairs, n, IN_X);
    long double tied_both = equal_pairs(pairs, n, IN_BOTH);
    long double discordant = sort_by_y(pairs, n, pairs + n);
    long double tied_y = equal_pairs(pairs, n, IN_Y);
    long double score = all - tied_x - tied_y + tied_both - 2 * discordant;

    return (double)(score / sqrtl(all - tied_x) / sqrtl(all - tied_y));
}

stats_status stats_correlation(const double *x, const double *y, size_t n, double conf,
                               size_t *order, double *work, struct stats_xy *pairs,
                               struct stats_correlation *out)
{
    if (n == 0) return STATS_EMPTY;
    if (!stats_is_conf(conf)) return STATS_DOMAIN;
    for (size_t i = 0; i < n; i++)
        if (!isfinite(x[i]) || !isfinite(y[i])) return STATS_DOMAIN;
    double r = pearson(x, y, n);
    if (isnan(r)) return STATS_UNDEFINED;
    stats_midranks(x, n, order, work);
    stats_midranks(y, n, order, work + n);
    out->pearson = fisher_limits(r, n, conf);
    out->p_pearson = p_of_r(r, n);
    out->spearman = pearson(work, work + n, n);
    out->p_spearman = p_of_r(out->spearman, n);
    out->tau_b = tau_b(x, y, n, pairs);
    return STATS_OK;
}

/* Pairs of people ordered alike and oppositely in rows and columns. */
struct concordance {
    long double alike, opposite;
};

/* From the last row up: `below` holds, per column, the people in the rows already passed.
 */
static struct concordance count_pairs(const struct stats_table *t, const struct margins *m)
{
    struct concordance pairs = {0, 0};
    long double below[STATS_MAX_SIDE] = {0};

    for (size_t i = m->rows; i-- > 0;) {
        long double before = 0, after = 0;
        for (size_t j = 0; j < m->cols; j++)
            after += below[j];
        for (size_t j = 0; j < m->cols; j++) {
            long double here = stats_kept_count(t, m, i, j);
            after -= below[j];
            pairs.alike += here * after;
            pairs.opposite += here * before;
            before += below[j];
        }
        for (size_t j = 0; j < m->cols; j++)
            below[j] += stats_kept_count(t, m, i, j);
    }
    return pairs;
}

static long double tied_pairs(const long *sum, size_t size)
{
    long double pairs = 0;

    for (size_t i = 0; i < size; i++)
        pairs += 0.5L * sum[i] * (sum[i] - 1);
    return pairs;
}

/* Midranks of classes holding sum[i] people. */
static void class_midranks(const long *sum, size_t size, double *score)
{
    double before = 0;

    for (size_t i = 0; i < size; i++) {
        score[i] = before + 0.5 * ((double)sum[i] + 1);
        before += (double)sum[i];
    }
}

/* Correlation of row scores with column scores over the people of a table. */
static double table_r(const struct stats_table *t, const struct margins *m,
                      const double *row, const double *col)
{
    long double mean_r = 0, mean_c = 0, rr = 0, cc = 0, rc = 0;

    for (size_t i = 0; i < m->rows; i++)
        mean_r += (long double)m->row[i] * row[i] / m->n;
    for (size_t j = 0; j < m->cols; j++)
        mean_c += (long double)m->col[j] * col[j] / m->n;
    for (size_t i = 0; i < m->rows; i++)
        rr += m->row[i] * (row[i] - mean_r) * (row[i] - mean_r);
    for (size_t j = 0; j < m->cols; j++)
        cc += m->col[j] * (col[j] - mean_c) * (col[j] - mean_c);
    for (size_t i = 0; i < m->rows; i++)
        for (size_t j = 0; j < m->cols; j++)
            rc += stats_kept_count(t, m, i, j) * (row[i] - mean_r) * (col[j] - mean_c);
    if (!(rr > 0 && cc > 0)) return NAN;
    return stats_clamp((double)(rc / sqrtl(rr) / sqrtl(cc)), -1, 1);
}

stats_status stats_ordinal_association(const struct stats_table *t,
                                       struct stats_ordinal_association *out)
{
    struct margins m;
    double row[STATS_MAX_SIDE], col[STATS_MAX_SIDE];
    stats_status status = stats_margins(t, &m);

    if (status) return status;
    struct concordance pairs = count_pairs(t, &m);
    long double untied = pairs.alike + pairs.opposite, score = pairs.alike - pairs.opposite;
    long double all = 0.5L * m.n * (m.n - 1);
    long double rows = all - tied_pairs(m.row, m.rows),
                cols = all - tied_pairs(m.col, m.cols);
    class_midranks(m.row, m.rows, row);
    class_midranks(m.col, m.cols, col);
    out->gamma = untied > 0 ? (double)(score / untied) : NAN;
    out->tau_b = (double)(score / sqrtl(rows) / sqrtl(cols));
    out->spearman = table_r(t, &m, row, col);
    return STATS_OK;
}

stats_status stats_linear_by_linear(const struct stats_table *t, const double *row_scores,
                                    const double *col_scores,
                                    struct stats_linear_by_linear *out)
{
    struct margins m;
    double row[STATS_MAX_SIDE], col[STATS_MAX_SIDE];
    stats_status status = stats_margins(t, &m);

    if (status) return status;
    for (size_t i = 0; i < m.rows; i++)
        row[i] = row_scores ? row_scores[m.row_at[i]] : (double)(m.row_at[i] + 1);
    for (size_t j = 0; j < m.cols; j++)
        col[j] = col_scores ? col_scores[m.col_at[j]] : (double)(m.col_at[j] + 1);
    double r = table_r(t, &m, row, col), m2 = ((double)m.n - 1) * r * r;
    if (isnan(r)) return STATS_UNDEFINED;
    *out = (struct stats_linear_by_linear){
        r, {m2, 1, stats_p_chisq(m2, 1)}
    };
    return STATS_OK;
}
