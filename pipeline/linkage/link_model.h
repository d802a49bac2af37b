// SPDX-License-Identifier: MIT
#ifndef LINKAGE_MODEL_H
#define LINKAGE_MODEL_H

#include "pipeline/linkage/link_block.h"
#include "pipeline/linkage/link_compare.h"

/** Patterns and how many pairs show them, in the order of the patterns. */
struct link_tally {
    link_pattern *patterns;
    double *counts;
    size_t count;
};

/** What a pair of rows may be. Two people of one household share surname, address, telephone;
 * namesakes share names and what is made of them. Agreement there is one fact, not several. */
enum link_class { LINK_OTHERS, LINK_PERSON, LINK_HOME, LINK_NAMESAKES, LINK_CLASSES };

/** What agreement is worth, learned from the pairs themselves. */
struct link_model {
    size_t classes; /**< 2 when the study fixes m and u of a field: no home, no namesakes */
    double share[LINK_CLASSES][LINK_FIELDS_MAX][LINK_ANSWERS];  /**< of a class's pairs: m, u */
    double weight[LINK_CLASSES][LINK_FIELDS_MAX][LINK_ANSWERS]; /**< log2(share / u); 0 for
                                                                    missing */
    double pairs;                 /**< all pairs of rows, compared or not */
    double expected[LINK_CLASSES]; /**< pairs of each class; of OTHERS all that is left */
    double prior[LINK_CLASSES];    /**< log2 of its share to that of OTHERS */
    int rounds;                   /**< of EM */
    size_t patterns;
};

/**
 * Fellegi-Sunter model by EM. u comes from pairs at random (all of them when there are few),
 * less their share of expected matches; m from the pairs that blocking brings together, with
 * ten imagined pairs of the start values so that few data cannot lead astray; the prior is
 * the share of expected matches among all pairs, so that it does not depend on how generous
 * blocking is. Fields are independent given the class; since they are not given "two
 * people", two more classes take up the commonest reasons: one home (what is personal agrees
 * as often as with strangers, but for twins), and one name. After each round m/u falls from
 * each level to the next (neighbours that disobey are pooled). Fields whose m and u the study
 * fixes keep them.
 *
 * Source: Fellegi & Sunter (1969), JASA 64, 1183-1210; Dempster, Laird & Rubin (1977), JRSS B
 * 39, 1-38; Winkler (1988), Proc. Section on Survey Research Methods, ASA, 667-671.
 * Checked against: a simulation with known m, u and prior (tests/unit/test_linkage.c).
 */
void link_model_fit(struct link_model *model, const struct link_table *table,
                    const struct link_tally *blocked, const struct link_tally *random);

/** Fits from a plan: counts patterns among its pairs (a sample of them when there are very
 *  many) and among random pairs. */
void link_model_learn(struct link_model *model, struct link_plan *plan);

/** The weight of a pair: log2(m/u) summed over fields, less what a home or a common name
 * explains. Agreement in a value counts by how rare the value is. */
double link_model_weight(const struct link_model *model, const struct link_table *table,
                         link_pattern pattern, uint32_t a);
/** log2(m/u) of one field; `a`: one of the rows. */
double link_model_field_weight(const struct link_model *model, const struct link_table *table,
                               size_t column, link_pattern pattern, uint32_t a);
/** Probability that a pair of that weight is one person. */
double link_model_probability(const struct link_model *model, double weight);

#endif
