// SPDX-License-Identifier: MIT
#ifndef LINKAGE_PAIRS_H
#define LINKAGE_PAIRS_H

#include "pipeline/linkage/link_model.h"

enum link_verdict { LINK_DIFFERENT, LINK_UNSURE, LINK_SAME };

/** A pair that may be one person. */
struct link_pair {
    uint32_t a, b; /**< rows, a < b */
    link_pattern pattern;
    float weight;
    unsigned char verdict; /**< enum link_verdict */
    unsigned char why;     /**< enum link_why */
};

/** Why a pair is not judged by its weight alone. */
enum link_why {
    LINK_BY_WEIGHT,
    LINK_HOUSEHOLD, /**< what agrees is of the household, not of the person */
    LINK_KIN,       /**< one name and one home, another birth altogether */
    LINK_TWINS,     /**< born on one day, one surname or home, another given name */
    LINK_BRIDGE,    /**< it alone joins two groups that are not alike */
    LINK_APART,     /**< it would join two that a person keeps apart */
    LINK_BY_PERSON, /**< somebody decided */
    LINK_WHYS,
};

struct link_pairs {
    struct link_pair *pairs; /**< by a, then b */
    size_t count;
};

/** Where the line is drawn, by weight, and what to expect. */
struct link_lines {
    double same, unsure;    /**< weights */
    double wrong, missed;   /**< expected: shares of wrong pairs among those joined, of true
                                 ones below `unsure` */
    double wrong_up_to;     /**< no more than so many, with what the model cannot know: see
                                 link_lines_draw */
    double expected_same;   /**< expected pairs of one person among those joined */
};

/** Every pair of the plan whose weight is at least `least`. */
void link_pairs_find(struct link_pairs *out, struct rk_arena *arena, struct link_plan *plan,
                     const struct link_model *model, double least);

/**
 * Draws the lines: joined are the pairs from the least weight at which the expected share of
 * wrong ones stays within `wrong` and each pair is more likely right than `least_p`; shown
 * to a person are those below, down to where the expected share of true pairs still lower is
 * `missed`, or its own chance one in twenty.
 */
void link_lines_draw(struct link_lines *out, const struct link_pairs *pairs,
                     const struct link_model *model, double wrong, double missed,
                     double least_p);
/** Fills verdicts and whys by weight; pairs that agree only in what a household shares, and
 *  pairs that may be twins (where
 *  the data show homes), are never joined but shown to a person. */
void link_pairs_judge(struct link_pairs *pairs, const struct link_table *table,
                      const struct link_model *model, const struct link_lines *lines);
/** Would each of two lines join the same pairs? Pairs that a person judges count in neither. */
bool link_pairs_alike(const struct link_pairs *pairs, const struct link_table *table,
                      const struct link_model *model, const struct link_lines *one,
                      const struct link_lines *other);

#endif
