// SPDX-License-Identifier: MIT
/*
 * How often does each interval cover the truth? Printed beside what the literature says.
 *
 * Where outcomes can be listed the coverage is exact: every outcome, its probability, and
 * whether its interval holds the truth. Means of normal scores and clustered records are
 * simulated, seeded.
 */
#include <math.h>
#include <stdio.h>

#include "stats/stats.h"
#include "tests/support/draw.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define CONF         0.95

/* ---- a line of the table ----------------------------------------------------------- */

struct coverage {
    double sum, least;
    long points, low; /**< grid points; those covered less than 93% */
};

static void add(struct coverage *c, double covered)
{
    c->least = c->points == 0 ? covered : fmin(c->least, covered);
    c->sum += covered;
    c->points++;
    c->low += covered < 0.93;
}

static void heading(const char *title, const char *grid)
{
    printf("\n%s\n%s\n\n  %-24s %7s %7s %9s   %s\n", title, grid, "interval", "mean",
           "least", "below 93%", "literature");
}

static void line(const char *name, const struct coverage *c, const char *literature)
{
    printf("  %-24s %7.4f %7.4f %8.1f%%   %s\n", name, c->sum / (double)c->points, c->least,
           100 * (double)c->low / (double)c->points, literature);
}

/* ---- one proportion ---------------------------------------------------------------- */

#define MOST 100

static stats_status wald(long yes, long n, double conf, struct stats_interval *out)
{
    double p = (double)yes / (double)n,
           half = stats_z(conf) * sqrt(p * (1 - p) / (double)n);

    *out = (struct stats_interval){p, p - half, p + half};
    return STATS_OK;
}

static const struct {
    const char *name;
    stats_status (*run)(long yes, long n, double conf, struct stats_interval *out);
    const char *literature;
} shares[] = {
    {"Wilson",             stats_wilson,
     "mean .952 (Newcombe 1998a); least to .838 (Agresti & Coull 1998)"             },
    {"mid-p",              stats_prop_midp,       ""                                },
    {"Jeffreys",           stats_jeffreys,        ""                                },
    {"Clopper-Pearson",    stats_clopper_pearson, "never below .95, by construction"},
    {"Wald (not offered)", wald,                  "mean .881 (Newcombe 1998a)"      },
};

/* Coverage at p of the intervals for 0..n of n. */
static double covered_share(const struct stats_interval *ci, const double *chance, long n,
                            double p)
{
    double sum = 0;

    for (long yes = 0; yes <= n; yes++)
        if (ci[yes].low <= p && p <= ci[yes].high) sum += chance[yes];
    return sum;
}

static void fill_chance(double *chance, long n, double p)
{
    for (long k = 0; k <= n; k++)
        chance[k] = (double)stats_binomial_pmf(k, n, p);
}

static void one_proportion(long first, long last, int points)
{
    static struct stats_interval ci[COUNT(shares)][MOST + 1];
    struct coverage total[COUNT(shares)] = {{0}};
    double chance[MOST + 1];
    char grid[128];

    for (long n = first; n <= last; n++) {
        for (size_t m = 0; m < COUNT(shares); m++)
            for (long yes = 0; yes <= n; yes++)
                if (shares[m].run(yes, n, CONF, &ci[m][yes])) ci[m][yes].low = NAN;
        for (int i = 0; i < points; i++) {
            double p = (i + 0.5) / points;
            fill_chance(chance, n, p);
            for (size_t m = 0; m < COUNT(shares); m++)
                add(&total[m], covered_share(ci[m], chance, n, p));
        }
    }
    snprintf(grid, sizeof grid,
             "n from %ld to %ld, true share evenly from 0 to 1 (%d points)", first, last,
             points);
    heading("One proportion, 95%", grid);
    for (size_t m = 0; m < COUNT(shares); m++)
        line(shares[m].name, &total[m], shares[m].literature);
}

/* ---- two independent proportions --------------------------------------------------- */

static stats_status wald_difference(const struct stats_two_groups *g, double conf,
                                    struct stats_interval *out)
{
    double n1 = (double)g->n1, n2 = (double)g->n2;
    double p1 = (double)g->yes1 / n1, p2 = (double)g->yes2 / n2, d = p1 - p2;
    double half = stats_z(conf) * sqrt(p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2);

    *out = (struct stats_interval){d, d - half, d + half};
    return STATS_OK;
}

static const struct {
    const char *name;
    stats_status (*run)(const struct stats_two_groups *g, double conf,
                        struct stats_interval *out);
} differences[] = {
    {"Newcombe",           stats_newcombe          },
    {"Miettinen-Nurminen", stats_miettinen_nurminen},
    {"Mee",                stats_mee               },
    {"Agresti-Caffo",      stats_agresti_caffo     },
    {"Wald (not offered)", wald_difference         }
};

#define SIDE 31

static double covered_difference(struct stats_interval ci[SIDE][SIDE], const double *a,
                                 const double *b, long n1, long n2, double d)
{
    double sum = 0;

    for (long x = 0; x <= n1; x++)
        for (long y = 0; y <= n2; y++)
            if (ci[x][y].low <= d && d <= ci[x][y].high) sum += a[x] * b[y];
    return sum;
}

static void two_proportions(long n1, long n2, int points, const char *const literature[])
{
    static struct stats_interval ci[COUNT(differences)][SIDE][SIDE];
    static double a[64][SIDE], b[64][SIDE];
    struct coverage total[COUNT(differences)] = {{0}};
    char grid[128];

    for (size_t m = 0; m < COUNT(differences); m++)
        for (long x = 0; x <= n1; x++)
            for (long y = 0; y <= n2; y++) {
                struct stats_two_groups g = {x, n1, y, n2};
                if (differences[m].run(&g, CONF, &ci[m][x][y])) ci[m][x][y].low = NAN;
            }
    /* Not the diagonal: equal shares have no area, and there an interval of 0 to 0 is
     * right. */
    for (int i = 0; i < points; i++) {
        fill_chance(a[i], n1, (i + 0.61) / points);
        fill_chance(b[i], n2, (i + 0.38) / points);
    }
    for (int i = 0; i < points; i++)
        for (int j = 0; j < points; j++)
            for (size_t m = 0; m < COUNT(differences); m++)
                add(&total[m],
                    covered_difference(ci[m], a[i], b[j], n1, n2, (i - j + 0.23) / points));
    snprintf(grid, sizeof grid,
             "%ld and %ld people, true shares evenly over the square (%d points)", n1, n2,
             points * points);
    heading("Difference of two independent proportions, 95%", grid);
    for (size_t m = 0; m < COUNT(differences); m++)
        line(differences[m].name, &total[m], literature[m]);
}

/* ---- paired proportions ------------------------------------------------------------ */

static const struct {
    const char *name;
    stats_status (*run)(const struct stats_pairs *p, double conf,
                        struct stats_interval *out);
} changes[] = {
    {"Newcombe, paired", stats_newcombe_paired},
    {"Tango",            stats_tango          },
    {"Bonett-Price",     stats_bonett_price   }
};

/* True chances of yy, yn, ny, nn from the shares and their correlation; 0 if impossible. */
static int paired_chances(double first, double last, double phi, double *chance)
{
    double both = first * last + phi * sqrt(first * (1 - first) * last * (1 - last));

    chance[0] = both;
    chance[1] = first - both;
    chance[2] = last - both;
    chance[3] = 1 - first - last + both;
    for (int k = 0; k < 4; k++)
        if (chance[k] < 1e-9) return 0;
    return 1;
}

static double log_multinomial(const long *cell, long n, const double *chance)
{
    long double sum = stats_log_factorial(n);

    for (int k = 0; k < 4; k++)
        sum += (long double)cell[k] * logl(chance[k]) - stats_log_factorial(cell[k]);
    return (double)sum;
}

#define TRUTHS 512

struct truth {
    double chance[4], change;
    double covered[COUNT(changes)], rejected;
};

static int list_truths(struct truth *truth, int null_only)
{
    int n = 0;

    for (int i = 1; i < 10; i++)
        for (int j = 1; j < 10; j++)
            for (int r = 0; r < 4; r++) {
                struct truth t = {.change = (j - i) / 10.0};
                if (null_only && i != j) continue;
                if (paired_chances(i / 10.0, j / 10.0, r * 0.25, t.chance)) truth[n++] = t;
            }
    return n;
}

/* One outcome's share of every truth's coverage and of McNemar's false alarms. */
static void add_outcome(const long *cell, long n, struct truth *truth, int truths)
{
    struct stats_pairs p = {cell[0], cell[1], cell[2], cell[3]};
    struct stats_interval ci[COUNT(changes)];
    struct stats_mcnemar test;

    for (size_t m = 0; m < COUNT(changes); m++)
        if (changes[m].run(&p, CONF, &ci[m])) ci[m].low = NAN;
    int alarm = !stats_mcnemar(&p, &test) && test.midp <= 0.05;
    for (int i = 0; i < truths; i++) {
        double chance = exp(log_multinomial(cell, n, truth[i].chance));
        if (alarm && truth[i].change == 0) truth[i].rejected += chance;
        for (size_t m = 0; m < COUNT(changes); m++)
            if (ci[m].low <= truth[i].change + 1e-12 &&
                truth[i].change - 1e-12 <= ci[m].high)
                truth[i].covered[m] += chance;
    }
}

static void paired_proportions(long n)
{
    static struct truth truth[TRUTHS];
    struct coverage total[COUNT(changes)] = {{0}};
    double worst_alarm = 0;
    char grid[128];

    int truths = list_truths(truth, 0);
    for (long yy = 0; yy <= n; yy++)
        for (long yn = 0; yy + yn <= n; yn++)
            for (long ny = 0; yy + yn + ny <= n; ny++) {
                long cell[] = {yy, yn, ny, n - yy - yn - ny};
                add_outcome(cell, n, truth, truths);
            }
    for (int i = 0; i < truths; i++) {
        worst_alarm = fmax(worst_alarm, truth[i].rejected);
        for (size_t m = 0; m < COUNT(changes); m++)
            add(&total[m], truth[i].covered[m]);
    }
    snprintf(grid, sizeof grid,
             "%ld people, shares .1 to .9 at both times, correlation 0 to .75 (%d points)",
             n, truths);
    heading("Change in a proportion of the same people, 95%", grid);
    for (size_t m = 0; m < COUNT(changes); m++)
        line(changes[m].name, &total[m], "");
    printf("  McNemar mid-p raises a false alarm at 5%% at most %.4f of the time"
           "   never above .05 in 9595 scenarios (Fagerland et al. 2013)\n",
           worst_alarm);
}

/* ---- counts ------------------------------------------------------------------------ */

static void counts(void)
{
    struct coverage garwood = {0}, byar = {0};

    for (double mean = 0.5; mean < 60; mean += 0.0931) {
        double exact = 0, close = 0;
        for (long k = 0; k < 160; k++) {
            double chance = stats_poisson_upper(k, mean) - stats_poisson_upper(k + 1, mean);
            struct stats_interval a, b;
            if (stats_garwood(k, CONF, &a) || stats_byar(k, CONF, &b)) continue;
            if (a.low <= mean && mean <= a.high) exact += chance;
            if (b.low <= mean && mean <= b.high) close += chance;
        }
        add(&garwood, exact);
        add(&byar, close);
    }
    heading("A count of events, 95%", "true mean from 0.5 to 60");
    line("Garwood", &garwood, "never below .95, by construction");
    line("Byar", &byar, "");
}

/* ---- scores and clustered records, simulated ---------------------------------------- */

static void scores(size_t n, int runs)
{
    struct coverage t = {0}, hl = {0}, median = {0}, dav = {0};
    double a[32], b[32], change[32], work[1024];

    for (int i = 0; i < runs; i++) {
        struct stats_pair_moments p;
        struct stats_comparison c;
        struct stats_hodges_lehmann h;
        struct stats_median m;
        struct stats_interval d;
        for (size_t k = 0; k < n; k++) {
            a[k] = draw_normal(0, 1);
            change[k] = draw_normal(0.5, 1);
            b[k] = a[k] + change[k];
        }
        if (stats_describe_pairs(a, b, n, &p) || stats_paired_t(&p, CONF, &c) ||
            stats_hodges_lehmann(change, n, CONF, work, &h) ||
            stats_effect_dav(&p, CONF, &d))
            continue;
        stats_sort(change, n);
        if (stats_median(change, n, CONF, &m)) continue;
        double effect = 0.5 / sqrt((1 + 2) / 2.0);
        add(&t, c.difference.low <= 0.5 && 0.5 <= c.difference.high);
        add(&hl, h.shift.low <= 0.5 && 0.5 <= h.shift.high);
        add(&median, m.low <= 0.5 && 0.5 <= m.high);
        add(&dav, d.low <= effect && effect <= d.high);
    }
    printf(
        "\nChange in normal scores of %zu people, 95%%, simulated %d times (s.e. %.4f)\n\n",
        n, runs, sqrt(0.95 * 0.05 / runs));
    const struct {
        const char *name, *literature;
        const struct coverage *c;
    } rows[] = {
        {"paired t",       "exactly .95",                           &t     },
        {"Hodges-Lehmann", "at least .95",                          &hl    },
        {"median",         "at least .95",                          &median},
        {"d_av",           "close to .95 (Algina & Keselman 2003)", &dav   }
    };
    for (size_t k = 0; k < COUNT(rows); k++)
        printf("  %-24s %7.4f                     %s\n", rows[k].name,
               rows[k].c->sum / (double)rows[k].c->points, rows[k].literature);
}

/* Clients with 1 to 6 records, four in ten of them inclined to say yes. */
static size_t draw_records(size_t clients, double *y, size_t *client)
{
    size_t n = 0;

    for (size_t g = 0; g < clients; g++) {
        int inclined = draw_uniform() < 0.4;
        for (long k = draw_whole(1, 6); k > 0; k--, n++) {
            client[n] = g;
            y[n] = draw_uniform() < 0.6 * inclined + 0.4 * 0.4;
        }
    }
    return n;
}

static void clustered(size_t clients, int runs)
{
    static double y[600], score[600], work[600];
    static size_t client[600];
    static const struct {
        const char *name;
        stats_status (*run)(const struct stats_design_mean *p, double conf,
                            struct stats_interval *out);
    } kinds[] = {
        {"logit-t (default)", stats_cluster_logit     },
        {"t",                 stats_design_t          },
        {"Korn-Graubard",     stats_cluster_beta      },
        {"likelihood",        stats_cluster_likelihood},
        {"Wilson on n/deff",  stats_cluster_wilson    }
    };
    struct coverage total[COUNT(kinds)] = {{0}}, naive = {0};

    for (int i = 0; i < runs; i++) {
        size_t n = draw_records(clients, y, client);
        struct stats_design d = {
            .n = n, .cluster = client, .clusters = clients, .work = work};
        struct stats_design_mean m;
        struct stats_interval ci;
        if (stats_design_mean(&d, y, NULL, score, &m)) continue;
        for (size_t k = 0; k < COUNT(kinds); k++)
            if (!kinds[k].run(&m, CONF, &ci))
                add(&total[k], ci.low <= 0.4 && 0.4 <= ci.high);
        if (!stats_wilson(lround(m.estimate * m.n), (long)n, CONF, &ci))
            add(&naive, ci.low <= 0.4 && 0.4 <= ci.high);
    }
    printf(
        "\nShare of records within %zu clients, 95%%, simulated %d times (s.e. %.4f)\n\n",
        clients, runs, sqrt(0.95 * 0.05 / runs));
    for (size_t k = 0; k < COUNT(kinds); k++)
        printf("  %-24s %7.4f\n", kinds[k].name, total[k].sum / (double)total[k].points);
    printf("  %-24s %7.4f                     what ignoring clients costs\n",
           "naive Wilson", naive.sum / (double)naive.points);
}

int main(void)
{
    static const char *const tens[] = {"", "", "", ".960 (Agresti & Caffo 2000)",
                                       ".891 (Agresti & Caffo 2000)"};
    static const char *const thirties[] = {"", "", "", ".954 (Agresti & Caffo 2000)",
                                           ".933 (Agresti & Caffo 2000)"};
    static const char *const uneven[] = {"", "", "", "", ".895 (Agresti & Caffo 2000)"};

    stats_start();
    draw_start(20150225);
    one_proportion(5, MOST, 1000);
    two_proportions(10, 10, 50, tens);
    two_proportions(30, 30, 40, thirties);
    two_proportions(30, 10, 40, uneven);
    paired_proportions(15);
    paired_proportions(30);
    counts();
    scores(12, 20000);
    clustered(20, 8000);
    clustered(80, 8000);
    return 0;
}
