// SPDX-License-Identifier: MIT
#include "stats/stats_ordinal.h"
#include "stats/stats_num.h"

#include <math.h>

/* Square, no negative count, somebody in it; *n is everyone. */
static stats_status check_table(const long *table, size_t levels, long *n)
{
    *n = 0;
    for (size_t i = 0; i < levels * levels; i++) {
        if (table[i] < 0) return STATS_DOMAIN;
        *n += table[i];
    }
    return *n > 0 ? STATS_OK : STATS_EMPTY;
}

stats_status stats_collapse(const long *table, size_t levels, size_t level,
                            struct stats_pairs *out)
{
    long n, row = 0, column = 0;
    stats_status status = check_table(table, levels, &n);

    if (status) return status;
    if (level >= levels) return STATS_DOMAIN;
    for (size_t i = 0; i < levels; i++) {
        row += table[level * levels + i];
        column += table[i * levels + level];
    }
    long stayed = table[level * levels + level];
    *out = (struct stats_pairs){stayed, row - stayed, column - stayed,
                                n - row - column + stayed};
    return STATS_OK;
}

stats_status stats_category_change(const long *table, size_t levels, size_t level,
                                   double conf, struct stats_interval *out)
{
    struct stats_pairs pairs;
    stats_status status = stats_collapse(table, levels, level, &pairs);

    return status ? status : stats_newcombe_paired(&pairs, conf, out);
}

/* The categories somebody entered or left, their net movement, and the moves between them.
 */
struct movers {
    size_t kept;
    long double net[STATS_MAX_LEVELS];
    long double v[STATS_MAX_LEVELS][STATS_MAX_LEVELS];
};

static long moves_between(const long *table, size_t levels, size_t i, size_t j)
{
    return i == j ? 0 : table[i * levels + j] + table[j * levels + i];
}

static void find_movers(const long *table, size_t levels, struct movers *m)
{
    size_t kept[STATS_MAX_LEVELS];

    m->kept = 0;
    for (size_t i = 0; i < levels; i++) {
        long net = 0, all = 0;
        for (size_t j = 0; j < levels; j++) {
            net += table[i * levels + j] - table[j * levels + i];
            all += moves_between(table, levels, i, j);
        }
        if (all == 0) continue;
        m->net[m->kept] = net;
        m->v[m->kept][m->kept] = all;
        kept[m->kept++] = i;
    }
    for (size_t a = 0; a < m->kept; a++)
        for (size_t b = 0; b < m->kept; b++)
            if (a != b) m->v[a][b] = -moves_between(table, levels, kept[a], kept[b]);
}

/* Can every kept category be reached from the first along moves? Otherwise V is singular.
 */
static int movers_connected(const struct movers *m)
{
    char reached[STATS_MAX_LEVELS] = {1};
    size_t count = 1, before = 0;

    while (count > before) {
        before = count;
        for (size_t a = 0; a < m->kept; a++)
            for (size_t b = 0; reached[a] && b < m->kept; b++)
                if (!reached[b] && m->v[a][b] != 0) reached[b] = 1, count++;
    }
    return count == m->kept;
}

/* d' V^-1 d over the first size categories, by Cholesky in place (V is positive definite).
 */
static long double quadratic_form(struct movers *m, size_t size)
{
    long double sum = 0;

    for (size_t i = 0; i < size; i++) {
        for (size_t j = 0; j <= i; j++) {
            long double rest = m->v[i][j];
            for (size_t k = 0; k < j; k++)
                rest -= m->v[i][k] * m->v[j][k];
            m->v[i][j] = i == j ? sqrtl(rest) : rest / m->v[j][j];
        }
        for (size_t k = 0; k < i; k++)
            m->net[i] -= m->v[i][k] * m->net[k];
        m->net[i] /= m->v[i][i];
        sum += m->net[i] * m->net[i];
    }
    return sum;
}

stats_status stats_stuart_maxwell(const long *table, size_t levels, struct stats_test *out)
{
    struct movers movers;
    long n;

    if (levels > STATS_MAX_LEVELS) return STATS_TOO_BIG;
    stats_status status = check_table(table, levels, &n);
    if (status) return status;
    find_movers(table, levels, &movers);
    if (movers.kept < 2 || !movers_connected(&movers)) return STATS_UNDEFINED;
    double df = (double)(movers.kept - 1);
    double chisq = (double)quadratic_form(&movers, movers.kept - 1);
    *out = (struct stats_test){chisq, df, stats_p_chisq(chisq, df)};
    return STATS_OK;
}

stats_status stats_bhapkar(const long *table, size_t levels, struct stats_test *out)
{
    struct stats_test sm;
    long n;
    stats_status status = stats_stuart_maxwell(table, levels, &sm);

    if (status) return status;
    if ((status = check_table(table, levels, &n))) return status;
    double left = 1 - sm.statistic / (double)n;
    if (left < 1e-12) return STATS_UNDEFINED;
    double chisq = sm.statistic / left;
    *out = (struct stats_test){chisq, sm.df, stats_p_chisq(chisq, sm.df)};
    return STATS_OK;
}

stats_status stats_bowker(const long *table, size_t levels, struct stats_test *out)
{
    long double chisq = 0;
    long n, df = 0;
    stats_status status = check_table(table, levels, &n);

    if (status) return status;
    for (size_t i = 0; i < levels; i++) {
        for (size_t j = i + 1; j < levels; j++) {
            long double gap = table[i * levels + j] - table[j * levels + i];
            long moves = moves_between(table, levels, i, j);
            if (moves == 0) continue;
            chisq += gap * gap / moves;
            df++;
        }
    }
    if (df == 0) return STATS_UNDEFINED;
    *out = (struct stats_test){(double)chisq, (double)df,
                               stats_p_chisq((double)chisq, (double)df)};
    return STATS_OK;
}

static double sign_test_midp(long up, long down)
{
    struct stats_pairs movers = {0, down, up, 0};
    struct stats_mcnemar test;

    return stats_mcnemar(&movers, &test) ? 1 : test.midp;
}

static void finish_shift(long n, long double sum, struct stats_shift *out)
{
    out->net_share = (double)(out->up - out->down) / (double)n;
    out->mean_change = (double)(sum / n);
    out->p_sign_midp = sign_test_midp(out->up, out->down);
}

stats_status stats_ordinal_shift(const long *table, size_t levels, struct stats_shift *out)
{
    struct stats_shift shift = {0};
    long double sum = 0;
    long n;
    stats_status status = check_table(table, levels, &n);

    if (status) return status;
    for (size_t i = 0; i < levels; i++) {
        for (size_t j = 0; j < levels; j++) {
            long people = table[i * levels + j];
            *(j > i ? &shift.up : j < i ? &shift.down : &shift.same) += people;
            sum += (long double)people * ((long double)j - (long double)i);
        }
    }
    finish_shift(n, sum, &shift);
    *out = shift;
    return STATS_OK;
}

stats_status stats_score_shift(const double *initial, const double *latest, size_t n,
                               struct stats_shift *out)
{
    struct stats_shift shift = {0};
    long double sum = 0;

    if (n == 0) return STATS_EMPTY;
    for (size_t i = 0; i < n; i++) {
        double change = stats_rounded_difference(latest[i], initial[i]);
        if (isnan(change)) return STATS_DOMAIN;
        *(change > 0 ? &shift.up : change < 0 ? &shift.down : &shift.same) += 1;
        sum += change;
    }
    finish_shift((long)n, sum, &shift);
    *out = shift;
    return STATS_OK;
}
