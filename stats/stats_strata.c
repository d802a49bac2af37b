// SPDX-License-Identifier: MIT
#include "stats/stats_strata.h"
#include "stats/stats_num.h"

#include <math.h>

/* A stratum as a 2x2 table of people: a, b of group 1 said yes, no; c, d of group 2. */
struct fourfold {
    long double a, b, c, d, n;
};

static struct fourfold fourfold(const struct stats_two_groups *g)
{
    return (struct fourfold){g->yes1, g->n1 - g->yes1, g->yes2, g->n2 - g->yes2,
                             (long double)g->n1 + g->n2};
}

static stats_status check_strata(const struct stats_two_groups *g, size_t n)
{
    int anybody = 0;

    for (size_t h = 0; h < n; h++) {
        if (g[h].yes1 < 0 || g[h].yes1 > g[h].n1) return STATS_DOMAIN;
        if (g[h].yes2 < 0 || g[h].yes2 > g[h].n2) return STATS_DOMAIN;
        anybody |= g[h].n1 + g[h].n2 > 0;
    }
    return anybody ? STATS_OK : STATS_EMPTY;
}

stats_status stats_cmh(const struct stats_two_groups *g, size_t n, struct stats_cmh *out)
{
    stats_status status = check_strata(g, n);
    long double gap = 0, variance = 0;

    if (status) return status;
    for (size_t h = 0; h < n; h++) {
        struct fourfold t = fourfold(&g[h]);
        if (t.n < 2) continue;
        long double n1 = t.a + t.b, n2 = t.c + t.d, yes = t.a + t.c, no = t.b + t.d;
        gap += (t.a * t.d - t.b * t.c) / t.n; /* a less its expectation */
        variance += n1 * n2 * yes * no / (t.n * t.n * (t.n - 1));
    }
    if (!(variance > 0)) return STATS_UNDEFINED;
    long double size = fabsl(gap), pulled = size >= 0.5L ? size - 0.5L : size;
    double chisq = (double)(gap * gap / variance),
           cc = (double)(pulled * pulled / variance);
    out->test = (struct stats_test){chisq, 1, stats_p_chisq(chisq, 1)};
    out->corrected = (struct stats_test){cc, 1, stats_p_chisq(cc, 1)};
    return STATS_OK;
}

stats_status stats_mh_odds_ratio(const struct stats_two_groups *g, size_t n, double conf,
                                 struct stats_interval *out)
{
    stats_status status = check_strata(g, n);
    long double r = 0, s = 0, pr = 0, ps_qr = 0, qs = 0;

    if (status) return status;
    if (!stats_is_conf(conf)) return STATS_DOMAIN;
    for (size_t h = 0; h < n; h++) {
        struct fourfold t = fourfold(&g[h]);
        if (t.n == 0) continue;
        long double rh = t.a * t.d / t.n, sh = t.b * t.c / t.n;
        long double p = (t.a + t.d) / t.n, q = (t.b + t.c) / t.n;
        r += rh;
        s += sh;
        pr += p * rh;
        ps_qr += p * sh + q * rh;
        qs += q * sh;
    }
    if (!(r > 0 && s > 0)) return STATS_UNDEFINED;
    long double variance = pr / (2 * r * r) + ps_qr / (2 * r * s) + qs / (2 * s * s);
    double ratio = (double)(r / s), spread = exp(stats_z(conf) * (double)sqrtl(variance));
    *out = (struct stats_interval){ratio, ratio / spread, ratio * spread};
    return STATS_OK;
}

stats_status stats_mh_difference(const struct stats_two_groups *g, size_t n, double conf,
                                 struct stats_interval *out, double *se)
{
    stats_status status = check_strata(g, n);
    long double top = 0, bottom = 0, p = 0, q = 0;

    if (status) return status;
    if (!stats_is_conf(conf)) return STATS_DOMAIN;
    for (size_t h = 0; h < n; h++) {
        struct fourfold t = fourfold(&g[h]);
        long double n1 = t.a + t.b, n2 = t.c + t.d;
        if (n1 == 0 || n2 == 0) continue;
        top += (t.a * n2 - t.c * n1) / t.n;
        bottom += n1 * n2 / t.n;
        p += (n1 * n1 * t.c - n2 * n2 * t.a + n1 * n2 * (n2 - n1) / 2) / (t.n * t.n);
        q += (t.a * t.d + t.c * t.b) / (2 * t.n);
    }
    if (bottom == 0) return STATS_UNDEFINED;
    long double d = top / bottom, variance = (d * p + q) / (bottom * bottom);
    double error = (double)sqrtl(fmaxl(0, variance)), half = stats_z(conf) * error;
    *out = (struct stats_interval){(double)d, (double)d - half, (double)d + half};
    if (se) *se = error;
    return STATS_OK;
}

/* The a this stratum should have if its odds ratio were `ratio`: root of a quadratic in
 * range. */
static long double expected_a(const struct fourfold *t, long double ratio)
{
    long double n1 = t->a + t->b, yes = t->a + t->c;
    long double u = 1 - ratio, v = t->d - t->a + ratio * (n1 + yes), w = -ratio * n1 * yes;
    long double root = sqrtl(fmaxl(0, v * v - 4 * u * w));

    return v > 0 ? -2 * w / (v + root)
                 : (root - v) / (2 * u); /* the same, nothing cancels */
}

static int contributes(const struct fourfold *t)
{
    return t->a + t->b > 0 && t->c + t->d > 0 && t->a + t->c > 0 && t->b + t->d > 0;
}

stats_status stats_breslow_day(const struct stats_two_groups *g, size_t n,
                               struct stats_breslow_day *out)
{
    struct stats_interval common;
    stats_status status = stats_mh_odds_ratio(g, n, 0.95, &common);
    long double chisq = 0, gaps = 0, variances = 0;
    double df = -1;

    if (status) return status;
    for (size_t h = 0; h < n; h++) {
        struct fourfold t = fourfold(&g[h]);
        if (!contributes(&t)) continue;
        long double a = expected_a(&t, common.estimate);
        long double b = t.a + t.b - a, c = t.a + t.c - a, d = t.d - t.a + a;
        long double variance = 1 / (1 / a + 1 / b + 1 / c + 1 / d);
        chisq += (t.a - a) * (t.a - a) / variance;
        gaps += t.a - a;
        variances += variance;
        df++;
    }
    if (df < 1) return STATS_UNDEFINED;
    double plain = (double)chisq, tarone = (double)(chisq - gaps * gaps / variances);
    out->plain = (struct stats_test){plain, df, stats_p_chisq(plain, df)};
    out->tarone = (struct stats_test){tarone, df, stats_p_chisq(tarone, df)};
    return STATS_OK;
}

size_t stats_cmh_general_work(size_t rows, size_t cols)
{
    size_t q = rows > 0 && cols > 0 ? (rows - 1) * (cols - 1) : 0;

    return rows + cols + q + q * q;
}

/* Sums over strata of (count - expected) and its covariance, over all but the last row,
 * column. */
struct general {
    size_t rows, cols, q;
    double *row, *col; /* sums of the stratum in hand */
    double *gap, *v;
};

static double stratum_sums(const long *t, struct general *s)
{
    double n = 0;

    for (size_t i = 0; i < s->rows; i++)
        s->row[i] = 0;
    for (size_t j = 0; j < s->cols; j++)
        s->col[j] = 0;
    for (size_t i = 0; i < s->rows; i++) {
        for (size_t j = 0; j < s->cols; j++) {
            double count = (double)t[i * s->cols + j];
            s->row[i] += count;
            s->col[j] += count;
            n += count;
        }
    }
    return n;
}

static void add_stratum(const long *t, double n, struct general *s)
{
    size_t c = s->cols - 1;

    for (size_t k = 0; k < s->q; k++) {
        size_t i = k / c, j = k % c;
        s->gap[k] += (double)t[i * s->cols + j] - s->row[i] * s->col[j] / n;
        for (size_t l = 0; l <= k; l++) {
            size_t other_i = l / c, other_j = l % c;
            double rows = s->row[i] * ((i == other_i) * n - s->row[other_i]);
            double cols = s->col[j] * ((j == other_j) * n - s->col[other_j]);
            s->v[k * s->q + l] += rows * cols / (n * n * (n - 1));
        }
    }
}

/* gap' V^-1 gap by Cholesky in place; negative if V is singular. */
static double quadratic_form(double *v, double *gap, size_t q)
{
    double sum = 0;

    for (size_t i = 0; i < q; i++) {
        double whole = v[i * q + i];
        for (size_t j = 0; j <= i; j++) {
            double rest = v[i * q + j];
            for (size_t k = 0; k < j; k++)
                rest -= v[i * q + k] * v[j * q + k];
            if (i == j && !(rest > 1e-10 * whole)) return -1;
            v[i * q + j] = i == j ? sqrt(rest) : rest / v[j * q + j];
        }
        for (size_t k = 0; k < i; k++)
            gap[i] -= v[i * q + k] * gap[k];
        gap[i] /= v[i * q + i];
        sum += gap[i] * gap[i];
    }
    return sum;
}

stats_status stats_cmh_general(const long *count, size_t rows, size_t cols, size_t strata,
                               double *work, struct stats_test *out)
{
    size_t cells = rows * cols;
    double people = 0;

    if (rows < 2 || cols < 2) return STATS_UNDEFINED;
    struct general s = {rows,
                        cols,
                        (rows - 1) * (cols - 1),
                        work,
                        work + rows,
                        work + rows + cols,
                        work + rows + cols + (rows - 1) * (cols - 1)};
    for (size_t k = 0; k < cells * strata; k++)
        if (count[k] < 0) return STATS_DOMAIN;
    for (size_t k = 0; k < s.q + s.q * s.q; k++)
        s.gap[k] = 0;
    for (size_t h = 0; h < strata; h++) {
        double n = stratum_sums(count + h * cells, &s);
        if (n > 1) add_stratum(count + h * cells, n, &s);
        people += n;
    }
    if (people == 0) return STATS_EMPTY;
    double chisq = quadratic_form(s.v, s.gap, s.q), df = (double)s.q;
    if (chisq < 0) return STATS_UNDEFINED;
    *out = (struct stats_test){chisq, df, stats_p_chisq(chisq, df)};
    return STATS_OK;
}
