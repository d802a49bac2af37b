// SPDX-License-Identifier: MIT
/**
 * Cross-tabulations of independent people: is the row related to the column, how strongly,
 * and in which cells. Empty rows and columns are dropped before anything is computed.
 */
#ifndef STATS_STATS_CROSS_H
#define STATS_STATS_CROSS_H

#include "stats/stats_types.h"

/** The largest number of rows, and of columns, the functions of this module take. */
#define STATS_MAX_SIDE 512

/** Counts, row-major; borrowed. */
struct stats_table {
    const long *count;
    size_t rows, cols;
};

/** Pearson's chi-square and what says whether to believe it. */
struct stats_chisq {
    struct stats_test pearson;    /**< no continuity correction */
    struct stats_test likelihood; /**< G = 2 sum O log(O/E) */
    double min_expected;
    double share_expected_below_5; /**< of the cells kept */
    size_t rows, cols;             /**< kept: not empty */
    long n;
};

/**
 * Chi-square test of independence, df = (rows - 1)(cols - 1) over rows and columns not
 * empty.
 *
 * @return STATS_OK; STATS_EMPTY if nobody is in the table; STATS_DOMAIN for a negative
 * count; STATS_UNDEFINED if fewer than two rows or columns have anybody in them (never a
 *         goodness-of-fit test instead); STATS_TOO_BIG above STATS_MAX_SIDE.
 * Source: Pearson (1900). Checked against: R chisq.test(correct = FALSE), scipy.
 */
STATS_MUST_CHECK stats_status stats_chisq(const struct stats_table *table,
                                          struct stats_chisq *out);

/** Whether counts are too small for chi-square: an expected count below 1, or a fifth
 * below 5. */
int stats_chisq_is_doubtful(const struct stats_chisq *chisq);

/**
 * Adjusted residuals (O - E) / sqrt(E (1 - row/n)(1 - col/n)), standard normal under
 * independence. Look at |.| > 2 only when the whole table's p is small, with Holm over
 * cells.
 *
 * @param out  rows x cols numbers, row-major, in the table's own order; NAN in cells of an
 *             empty row or column
 * @return as stats_chisq.
 * Source: Haberman (1973), Biometrics 29, 205-220. Checked against: R chisq.test()$stdres.
 */
STATS_MUST_CHECK stats_status stats_adjusted_residuals(const struct stats_table *table,
                                                       double *out);

/** Strength of association between 0 and 1. */
struct stats_cramers_v {
    double v;         /**< sqrt(chi2 / (n (k - 1))), k the smaller of rows and columns */
    double corrected; /**< Bergsma's bias correction: the one to print */
};

/**
 * Cramer's V and Bergsma's corrected version:
 *
 *     phi2~ = max(0, chi2/n - (r-1)(c-1)/(n-1));  r~ = r - (r-1)^2/(n-1), c~ alike
 *     corrected = sqrt(phi2~ / (min(r~, c~) - 1))
 *
 * @return as stats_chisq; STATS_UNDEFINED also for n = 1.
 * Source: Bergsma (2013), J. Korean Stat. Soc. 42, 323-328. Checked against: scipy.
 */
STATS_MUST_CHECK stats_status stats_cramers_v(const struct stats_table *table,
                                              struct stats_cramers_v *out);

/**
 * Interval for Cramer's V: limits of the chi-square's noncentrality, sqrt(ncp / (n (k-1))).
 * Where chi-square is smaller than chance would have it, the upper limit, too, can be 0.
 * @return as stats_chisq; STATS_DOMAIN for a bad conf; STATS_NO_CONVERGENCE.
 * Source: Steiger (2004), Psychol. Methods 9, 164-182, without df added.
 * Checked against: 40-digit bisection.
 */
STATS_MUST_CHECK stats_status stats_cramers_v_interval(const struct stats_table *table,
                                                       double conf,
                                                       struct stats_interval *out);

/** The test a table allows: chi-square, or an exact one. */
struct stats_exact {
    double p;
    double mc_se; /**< standard error of p when simulated; 0 when exact */
    long tables;  /**< tables looked at */
};

/**
 * Fisher-Freeman-Halton: probability, given both margins, of all tables no likelier than
 * the one seen, by exact enumeration. Rows are placed one after another; a branch whose
 * every completion is no likelier is added whole.
 *
 * @param work       n + 1 doubles, n the sum of the table (log factorials)
 * @param max_steps  give up after so many cells tried; 20000000 takes under a second
 * @return as stats_chisq; STATS_TOO_BIG after max_steps: then stats_ffh_monte_carlo.
 * Source: Freeman & Halton (1951), Biometrika 38, 141-149. Tables count as equally likely
 * within a relative 1e-7. Checked against: R fisher.test, full enumeration.
 */
STATS_MUST_CHECK stats_status stats_fisher_freeman_halton(const struct stats_table *table,
                                                          long max_steps, double *work,
                                                          struct stats_exact *out);

/**
 * The same p simulated: (1 + tables no likelier) / (tables + 1), with its standard error.
 * The random numbers are seeded from the table's own counts, so a rerun gives the same p.
 *
 * @param work    n + 1 doubles
 * @param tables  simulated tables: 99999 is the convention of the reports
 * @return as stats_chisq.
 * Source: Patefield (1981), Appl. Stat. 30, 91-97, for drawing tables with given margins.
 */
STATS_MUST_CHECK stats_status stats_ffh_monte_carlo(const struct stats_table *table,
                                                    long tables, double *work,
                                                    struct stats_exact *out);
/**
 * A part of that simulation, so that parts can be drawn side by side: of the tables numbered
 * `first` and on, `tables` of them, how many are no likelier than the one seen. The parts of
 * 0 to tables - 1 add up to what stats_ffh_monte_carlo counts; stats_ffh_of_rare makes its
 * answer of the sum.
 *
 * @param work  n + 1 doubles, of this part's own
 */
STATS_MUST_CHECK stats_status stats_ffh_rare(const struct stats_table *table, long first,
                                             long tables, double *work, long *rare);
void stats_ffh_of_rare(long rare, long tables, struct stats_exact *out);

#endif
