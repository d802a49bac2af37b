// SPDX-License-Identifier: MIT
/**
 * The same people answering yes or no twice. Change is latest minus initial. Never fed from
 * two columns of totals: the flow between them decides everything.
 */
#ifndef STATS_STATS_PAIRED_H
#define STATS_STATS_PAIRED_H

#include "stats/stats_types.h"

/** Everyone with both answers, by initial then latest answer: yn said yes, then no. */
struct stats_pairs {
    long yy, yn, ny, nn;
};

/**
 * Newcombe's method 10 for a paired difference, the default: the Wilson limits of both
 * proportions, joined by a continuity-corrected correlation phi.
 *
 *     A = yy nn - yn ny;  phi's numerator is A - n/2 if A > n/2, 0 if 0 <= A <= n/2, else A
 *     low  = d - sqrt((p2-l2)^2 - 2 phi (p2-l2)(u1-p1) + (u1-p1)^2)
 *     high = d + sqrt((u2-p2)^2 - 2 phi (u2-p2)(p1-l1) + (p1-l1)^2)
 *
 * @param conf  0.95, not 95
 * @param out   p_latest - p_initial as a fraction: times 100 it is percentage points
 * @return STATS_OK; STATS_EMPTY if nobody answered twice; STATS_DOMAIN if a count is
 * negative.
 *
 * Source: Newcombe (1998), Stat. Med. 17, 2635-2650.
 * Checked against: 40-digit arithmetic; contingencytables 3.0.1 (sign reversed).
 */
STATS_MUST_CHECK stats_status stats_newcombe_paired(const struct stats_pairs *pairs,
                                                    double conf,
                                                    struct stats_interval *out);

/** The phi of stats_newcombe_paired; 0 when a margin is empty. NAN if nobody answered
 * twice. */
double stats_newcombe_phi(const struct stats_pairs *pairs);

/**
 * Tango's score interval for a paired difference: for small numbers (n below 30).
 * Parameters and returns as stats_newcombe_paired.
 *
 * Source: Tango (1998), Stat. Med. 17, 891-908.
 * Checked against: 40-digit bisection; direct constrained maximum likelihood.
 */
STATS_MUST_CHECK stats_status stats_tango(const struct stats_pairs *pairs, double conf,
                                          struct stats_interval *out);

/**
 * Bonett-Price: Wald interval after adding one pair to each kind of change, cut at -1
 * and 1. `estimate` is the plain difference. Parameters and returns as
 * stats_newcombe_paired.
 *
 * Source: Bonett & Price (2012), J. Educ. Behav. Stat. 37, 479-488.
 * Checked against: contingencytables 3.0.1, a second implementation.
 */
STATS_MUST_CHECK stats_status stats_bonett_price(const struct stats_pairs *pairs,
                                                 double conf, struct stats_interval *out);

/** McNemar's test in its forms; every member but chisq is a p-value. */
struct stats_mcnemar {
    double midp;           /**< the one to print */
    double exact;          /**< two-sided binomial on the movers */
    double chisq, p_chisq; /**< (yn-ny)^2/(yn+ny); NAN when nobody changed */
    double p_corrected;    /**< with continuity correction: for comparison, never printed */
    long movers;           /**< yn + ny; at 0 print "no client changed" */
};

/**
 * With movers m = yn + ny and k the smaller of the two: midp = 2 P(X <= k) - P(X = k),
 * X ~ Binomial(m, 1/2), and 1 - P(X = k)/2 when both are equal. With no movers midp and
 * exact are 1: the published formula's 0.5 would be nonsense.
 *
 * @return STATS_OK; STATS_EMPTY if nobody answered twice; STATS_DOMAIN.
 *
 * Source: McNemar (1947), Psychometrika 12, 153-157; Fagerland, Lydersen & Laake (2013),
 * BMC Med. Res. Methodol. 13, 91. Checked against: R pbinom, mcnemar.test; exact integers.
 */
STATS_MUST_CHECK stats_status stats_mcnemar(const struct stats_pairs *pairs,
                                            struct stats_mcnemar *out);

/**
 * Difference between two independent estimates from their intervals (MOVER): first minus
 * second. Works for any two intervals of the same conf.
 *
 *     low  = d - sqrt((a-la)^2 + (ub-b)^2),  high = d + sqrt((ua-a)^2 + (b-lb)^2)
 *
 * Source: Zou & Donner (2008), Stat. Med. 27, 1693-1702. Checked against: 40-digit
 * arithmetic.
 */
void stats_mover(const struct stats_interval *a, const struct stats_interval *b,
                 struct stats_interval *out);

/**
 * Did group A change more than group B? MOVER on two Newcombe paired intervals; A minus B.
 * Returns as stats_newcombe_paired, for either group.
 */
STATS_MUST_CHECK stats_status stats_change_difference(const struct stats_pairs *a,
                                                      const struct stats_pairs *b,
                                                      double conf,
                                                      struct stats_interval *out);

#endif
