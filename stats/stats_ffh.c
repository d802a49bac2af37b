// SPDX-License-Identifier: MIT
/* Fisher-Freeman-Halton, exact and simulated. Declared in stats_cross.h. */
#include "stats/stats_cross.h"
#include "stats/stats_margins_priv.h"
#include "stats/stats_num.h"

#include <limits.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>

/* Probabilities this many natural-log units below the table seen change no digit of p. */
#define NEGLIGIBLE 50.0

/* Sides of the table, the long one first and each side's sums rising, and what is being
 * summed. */
struct ffh {
    size_t rows, cols;
    long row[STATS_MAX_SIDE];
    long col[STATS_MAX_SIDE]; /* what is left of each column */
    const double *lf;         /* log factorials */
    double limit;             /* log probability of the table seen, with the tolerance */
    long steps, max_steps;
    long double sum;
};

static void fill_log_factorials(double *lf, long n)
{
    long double sum = 0;

    lf[0] = 0;
    for (long k = 1; k <= n; k++)
        lf[k] = (double)(sum += logl((long double)k));
}

static void copy_rising(const long *from, size_t size, long *to)
{
    for (size_t i = 0; i < size; i++) {
        size_t at = i;
        for (; at > 0 && to[at - 1] > from[i]; at--)
            to[at] = to[at - 1];
        to[at] = from[i];
    }
}

/* The longer side becomes the rows. */
static void lay_sides(struct ffh *s, const struct margins *m)
{
    int turned = m->cols > m->rows;

    s->rows = turned ? m->cols : m->rows;
    s->cols = turned ? m->rows : m->cols;
    copy_rising(turned ? m->col : m->row, s->rows, s->row);
    copy_rising(turned ? m->row : m->col, s->cols, s->col);
}

/* Log of the product of all margins' factorials over n!: what every table's probability
 * has. */
static double log_constant(const struct margins *m, const double *lf)
{
    long double sum = -lf[m->n];

    for (size_t i = 0; i < m->rows; i++)
        sum += lf[m->row[i]];
    for (size_t j = 0; j < m->cols; j++)
        sum += lf[m->col[j]];
    return (double)sum;
}

static double log_cells(const struct stats_table *t, const struct margins *m,
                        const double *lf)
{
    long double sum = 0;

    for (size_t i = 0; i < m->rows; i++)
        for (size_t j = 0; j < m->cols; j++)
            sum += lf[stats_kept_count(t, m, i, j)];
    return (double)sum;
}

/* Log of the summed probability of all ways to finish from row i on. */
static double log_mass(const struct ffh *s, size_t i, double past)
{
    long left = 0;

    for (size_t k = i; k < s->rows; k++) {
        past -= s->lf[s->row[k]];
        left += s->row[k];
    }
    for (size_t j = 0; j < s->cols; j++)
        past -= s->lf[s->col[j]];
    return past + s->lf[left];
}

/*
 * No way to finish is likelier than this. With E = row col / left, log E is a sum of a row
 * part and a column part, so sum x log E is the same for all ways, and each cell's log x! -
 * x log E is least at x = floor(E).
 */
static double log_likeliest(const struct ffh *s, size_t i, double past)
{
    double left = 0;

    for (size_t j = 0; j < s->cols; j++)
        left += (double)s->col[j];
    for (size_t k = i; k < s->rows; k++) {
        for (size_t j = 0; j < s->cols; j++) {
            double e = (double)s->row[k] * (double)s->col[j] / left;
            long whole = (long)e;
            if (e > 0) past -= s->lf[whole] + (e - (double)whole) * log(e);
        }
    }
    return past;
}

/*
 * The last free cell: column j of the last row but one holds x, the last column the rest,
 * the last row what the columns have left. Walks from the likeliest x both ways.
 */
static void sum_last_cell(struct ffh *s, size_t j, long left, double past)
{
    long a = s->col[j], b = s->col[s->cols - 1];
    long low = left > b ? left - b : 0, high = left < a ? left : a;
    const double *lf = s->lf;

    if (low > high) return;
    double middle = (double)(left + 1) * (double)(a + 1) / (double)(a + b + 2);
    long mode = (long)stats_clamp(floor(middle), (double)low, (double)high);
    for (int side = -1; side <= 1; side += 2) {
        for (long x = side < 0 ? mode - 1 : mode; x >= low && x <= high; x += side) {
            double p = past - lf[x] - lf[left - x] - lf[a - x] - lf[b - left + x];
            s->steps++;
            if (p < s->limit - NEGLIGIBLE) break;
            if (p <= s->limit) s->sum += exp(p);
        }
    }
}

static void place_row(struct ffh *s, size_t i, double past);

/* Every count for column j of row i, which has `left` people still to place. */
static void place_cell(struct ffh *s, size_t i, size_t j, long left, double past)
{
    int last_pair = i + 2 == s->rows;
    long after = 0, whole = s->col[j];

    if (last_pair && j + 2 == s->cols) {
        sum_last_cell(s, j, left, past);
        return;
    }
    for (size_t k = j + 1; k < s->cols; k++)
        after += s->col[k];
    long low = left > after ? left - after : 0, high = left < whole ? left : whole;
    for (long x = low; x <= high && s->steps <= s->max_steps; x++) {
        double here = past - s->lf[x] - (last_pair ? s->lf[whole - x] : 0);
        s->steps++;
        s->col[j] = whole - x;
        if (j + 1 < s->cols)
            place_cell(s, i, j + 1, left - x, here);
        else
            place_row(s, i + 1, here);
    }
    s->col[j] = whole;
}

static void place_row(struct ffh *s, size_t i, double past)
{
    double mass = log_mass(s, i, past);

    if (mass <= s->limit || log_likeliest(s, i, past) <= s->limit) {
        s->sum += exp(mass);
        return;
    }
    place_cell(s, i, 0, s->row[i], past);
}

stats_status stats_fisher_freeman_halton(const struct stats_table *t, long max_steps,
                                         double *lf, struct stats_exact *out)
{
    struct margins m;
    struct ffh s;
    stats_status status = stats_margins(t, &m);

    if (status) return status;
    fill_log_factorials(lf, m.n);
    lay_sides(&s, &m);
    s.lf = lf;
    double constant = log_constant(&m, lf);
    s.limit = constant - log_cells(t, &m, lf) + 1e-7;
    s.steps = 0;
    s.max_steps = max_steps;
    s.sum = 0;
    place_row(&s, 0, constant);
    if (s.steps > max_steps) return STATS_TOO_BIG;
    *out = (struct stats_exact){fmin(1, (double)s.sum), 0, s.steps};
    return STATS_OK;
}

/* Steele, Lea & Flood's SplitMix64: one word of state, seeded by the table. */
#define GOLDEN UINT64_C(0x9e3779b97f4a7c15)

static double next_uniform(uint64_t *state)
{
    uint64_t z = (*state += GOLDEN);

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return ((double)((z ^ (z >> 31)) >> 11) + 0.5) / 9007199254740992.0;
}

static uint64_t seed_of(const struct stats_table *t, const struct margins *m)
{
    uint64_t hash = 0xcbf29ce484222325u;

    for (size_t i = 0; i < m->rows; i++)
        for (size_t j = 0; j < m->cols; j++)
            hash = (hash ^ (uint64_t)stats_kept_count(t, m, i, j)) * 0x100000001b3u;
    return hash;
}

/*
 * How many of `drawn` people, taken from a + b, are among the a: hypergeometric, by walking
 * from the mode outwards until the uniform is used up.
 */
static long draw_cell(const double *lf, long a, long b, long drawn, uint64_t *state)
{
    long low = drawn > b ? drawn - b : 0, high = drawn < a ? drawn : a;
    double middle = (double)(drawn + 1) * (double)(a + 1) / (double)(a + b + 2);
    long up = (long)stats_clamp(floor(middle), (double)low, (double)high), down = up - 1;
    double u = next_uniform(state);
    double p_up = exp(lf[a] - lf[up] - lf[a - up] + lf[b] - lf[drawn - up] -
                      lf[b - drawn + up] + lf[drawn] + lf[a + b - drawn] - lf[a + b]);
    double p_down = p_up * (double)up * (double)(b - drawn + up) /
                    ((double)(a - up + 1) * (double)(drawn - up + 1));

    while (up <= high || down >= low) {
        if (up <= high && (u -= p_up) < 0) return up;
        if (down >= low && (u -= p_down) < 0) return down;
        p_up *= (double)(a - up) * (double)(drawn - up) /
                ((double)(up + 1) * (double)(b - drawn + up + 1));
        p_down *= (double)down * (double)(b - drawn + down) /
                  ((double)(a - down + 1) * (double)(drawn - down + 1));
        up++;
        down--;
    }
    return low; /* rounding left a crumb of u */
}

/* Drawing this many people one by one takes as long as one hypergeometric count. */
#define ONE_BY_ONE 16

/* The row's people from the columns by their count; `left` are in the columns together. */
static double draw_many(size_t cols, long *col, long left, long in_row, const double *lf,
                        uint64_t *state)
{
    double sum = 0;

    for (size_t j = 0; j + 1 < cols; j++) {
        left -= col[j];
        long x = draw_cell(lf, col[j], left, in_row, state);
        col[j] -= x;
        in_row -= x;
        sum += lf[x];
    }
    col[cols - 1] -= in_row;
    return sum + lf[in_row];
}

/* Several whole numbers that the processor handles at a time, or the compiler one by one. */
enum { LANES = 4 };
typedef int lanes __attribute__((vector_size(LANES * sizeof(int))));

/*
 * The row's people one after another, each from the columns' people who are left. `below`
 * counts those of columns 0 to j; the person drawn is taken off every count it was within,
 * without a branch that nobody could foresee.
 */
static double draw_few(size_t cols, long *col, long left, long in_row, const double *lf,
                       uint64_t *state)
{
    lanes below[STATS_MAX_SIDE / LANES];
    size_t groups = (cols + LANES - 1) / LANES;
    double sum = 0;
    int before = 0;

    for (size_t j = 0; j < groups * LANES; j++)
        below[j / LANES][j % LANES] = before += j < cols ? (int)col[j] : 0;
    for (; in_row > 0; in_row--, left--) {
        int at = (int)(next_uniform(state) * (double)left);
        for (size_t g = 0; g < groups; g++)
            below[g] += at < below[g]; /* -1 where it holds */
    }
    before = 0;
    for (size_t j = 0; j < cols; j++) {
        int within = below[j / LANES][j % LANES];
        long now = within - before;
        before = within;
        sum += lf[col[j] - now];
        col[j] = now;
    }
    return sum;
}

static bool is_few(const struct ffh *s, size_t i, long left)
{
    return s->row[i] <= ONE_BY_ONE * (long)(s->cols - 1) && left <= INT_MAX;
}

/* How many random numbers one table takes; the margins alone say it. */
static uint64_t uniforms_each(const struct ffh *s, long left)
{
    uint64_t count = 0;

    for (size_t i = 0; i + 1 < s->rows; left -= s->row[i++])
        count += is_few(s, i, left) ? (uint64_t)s->row[i] : s->cols - 1;
    return count;
}

/* Sum of log factorials of the cells of one random table with these margins: row by row,
 * the last one being what the columns have left. */
static double draw_table(const struct ffh *s, long left, uint64_t *state)
{
    long col[STATS_MAX_SIDE];
    double sum = 0;

    for (size_t j = 0; j < s->cols; j++)
        col[j] = s->col[j];
    for (size_t i = 0; i + 1 < s->rows; i++) {
        sum += (is_few(s, i, left) ? draw_few : draw_many)(s->cols, col, left, s->row[i],
                                                           s->lf, state);
        left -= s->row[i];
    }
    for (size_t j = 0; j < s->cols; j++)
        sum += s->lf[col[j]];
    return sum;
}

stats_status stats_ffh_rare(const struct stats_table *t, long first, long tables, double *lf,
                            long *rare)
{
    struct margins m;
    struct ffh s = {.lf = lf};
    stats_status status = stats_margins(t, &m);

    if (status) return status;
    if (first < 0 || tables < 0) return STATS_DOMAIN;
    fill_log_factorials(lf, m.n);
    lay_sides(&s, &m);
    double seen = log_cells(t, &m, lf) - 1e-7;
    uint64_t state = seed_of(t, &m) + (uint64_t)first * uniforms_each(&s, m.n) * GOLDEN;
    *rare = 0;
    for (long k = 0; k < tables; k++)
        *rare += draw_table(&s, m.n, &state) >= seen;
    return STATS_OK;
}

void stats_ffh_of_rare(long rare, long tables, struct stats_exact *out)
{
    double p = ((double)rare + 1) / ((double)tables + 1);

    *out = (struct stats_exact){p, sqrt(p * (1 - p) / (double)tables), tables};
}

stats_status stats_ffh_monte_carlo(const struct stats_table *t, long tables, double *lf,
                                   struct stats_exact *out)
{
    long rare;
    stats_status status = stats_ffh_rare(t, 0, tables, lf, &rare);

    if (status) return status;
    if (tables < 1) return STATS_DOMAIN;
    stats_ffh_of_rare(rare, tables, out);
    return STATS_OK;
}
