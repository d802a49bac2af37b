// SPDX-License-Identifier: MIT
/**
 * Tests and estimates from ranks. Changes are taken by stats_rounded_difference first: left
 * to binary fractions, ties that people see would be broken by the seventeenth digit.
 */
#ifndef STATS_STATS_RANK_H
#define STATS_STATS_RANK_H

#include "stats/stats_types.h"

/** Up to this many people who changed, the signed-rank p is exact. */
#define STATS_EXACT_MOVERS 60

/**
 * Midranks 1..n of x: ties share the mean of their ranks.
 *
 * @param order  n numbers of workspace; on return the places of x by rising value
 * @param rank   n ranks, in the order of x
 * @return the sum of t^3 - t over groups of t equal values
 */
double stats_midranks(const double *x, size_t n, size_t *order, double *rank);

/** Wilcoxon's signed-rank test of "changes are symmetric about zero". */
struct stats_signed_rank {
    long n, zeros;   /**< pairs; pairs without change, which do not take part */
    double w_plus;   /**< sum of the ranks of rises */
    double p_exact;  /**< over all signs of the ranks, ties included; NAN above
                          STATS_EXACT_MOVERS movers; 1 when nobody changed */
    double p_normal; /**< normal, variance corrected for ties, no continuity correction; NAN
                          when nobody changed */
    double p_normal_cc; /**< with continuity correction: for comparison */
    double p_pratt;     /**< normal, zeros ranked and then left out (Pratt) */
    double p;           /**< the one to print: exact if there is one, else normal */
};

/**
 * @param change  n changes, latest minus initial; rounded alike so that ties are ties
 * @param order   n numbers of workspace
 * @param work    2 n numbers of workspace
 * @return STATS_OK; STATS_EMPTY if n is 0; STATS_DOMAIN if a change is not finite.
 *
 * Source: Wilcoxon (1945), Biometrics Bull. 1, 80-83; Pratt (1959), JASA 54, 655-667. The
 * exact distribution is counted over doubled midranks, which are whole. Checked against: R
 * wilcox.test, coin wilcoxsign_test, a second integer count.
 */
STATS_MUST_CHECK stats_status stats_signed_rank(const double *change, size_t n,
                                                size_t *order, double *work,
                                                struct stats_signed_rank *out);

/** Hodges-Lehmann estimate of the typical change, with its signed-rank interval. */
struct stats_hodges_lehmann {
    struct stats_interval shift; /**< low and high are NAN below 6 pairs */
    double achieved;             /**< true confidence of low..high if there were no ties */
    long k;                      /**< low is the k-th smallest Walsh average */
};

/** Workspace of stats_hodges_lehmann, in doubles. */
size_t stats_hodges_lehmann_work(size_t n);

/**
 * Median of all n(n+1)/2 averages of two changes, each change with itself too and zeros
 * kept; limits the k-th average from each end, k the signed-rank quantile at (1 - conf)/2,
 * at least 1. Averages are never stored: the k-th is found by counting.
 *
 * @param work  stats_hodges_lehmann_work(n) numbers
 * @return STATS_OK; STATS_EMPTY; STATS_DOMAIN.
 * Source: Hodges & Lehmann (1963), Ann. Math. Stat. 34, 598-611; exact quantile up to 500
 * pairs, normal above. Checked against: all averages sorted; R wilcox.test on data without
 * zeros.
 */
STATS_MUST_CHECK stats_status stats_hodges_lehmann(const double *change, size_t n,
                                                   double conf, double *work,
                                                   struct stats_hodges_lehmann *out);

/** Mann-Whitney test of two independent groups. */
struct stats_mann_whitney {
    double u;           /**< pairs with the first group's person higher; ties count half */
    double superiority; /**< u / (n1 n2): chance that someone of group 1 scores higher */
    double p_normal; /**< tie-corrected, no continuity correction; NAN if all are equal */
    double p_normal_cc; /**< with continuity correction: for comparison */
};

/**
 * @param both   n1 scores of the first group, then n2 of the second
 * @param order  n1 + n2 numbers of workspace
 * @param rank   n1 + n2 numbers of workspace; the midranks on return
 * @return STATS_OK; STATS_EMPTY if a group is empty; STATS_DOMAIN if a score is not finite.
 * Source: Mann & Whitney (1947), Ann. Math. Stat. 18, 50-60.
 * Checked against: R wilcox.test(exact = FALSE), scipy mannwhitneyu.
 */
STATS_MUST_CHECK stats_status stats_mann_whitney(const double *both, size_t n1, size_t n2,
                                                 size_t *order, double *rank,
                                                 struct stats_mann_whitney *out);

/** Workspace of stats_mann_whitney_exact, in doubles; 0 if the groups are too large for it.
 */
size_t stats_mann_whitney_work(size_t n1, size_t n2);

/**
 * Exact two-sided p of the rank sum given the ties: all ways to pick n1 of the n1 + n2
 * ranks whose sum is at least as far from its mean.
 *
 * @param rank  midranks from stats_mann_whitney
 * @param work  stats_mann_whitney_work(n1, n2) numbers
 * @return STATS_OK; STATS_EMPTY; STATS_TOO_BIG above 100 people.
 * Checked against: enumeration; R wilcox.test(exact = TRUE) without ties.
 */
STATS_MUST_CHECK stats_status stats_mann_whitney_exact(const double *rank, size_t n1,
                                                       size_t n2, double *work, double *p);

#endif
