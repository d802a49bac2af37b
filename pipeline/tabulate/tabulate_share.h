// SPDX-License-Identifier: MIT
#ifndef TABULATE_SHARE_H
#define TABULATE_SHARE_H

#include "pipeline/tabulate/tabulate_cross.h"

/**
 * Percentages of records whose intervals allow for several records of one client, or for
 * rows that do not weigh the same. The records of one base are gathered once; each of its
 * shares is then a pass over them.
 */
struct tab_share {
    const struct tab_cross *cross;
    const struct tab_clusters *clusters;
    const struct tab_scores *weight; /**< NULL: every row weighs the same */
    size_t count;    /**< records in the base */
    size_t *cluster; /**< of each */
    size_t *slot;    /**< of each, as in cross->count without margins */
    double *yes, *score, *work, *weigh;
    long base_clients; /**< clients with a record in the base */
    size_t *seen;
    struct tab_slot base;
    bool gathered;
};

void tab_share_open(const struct tab_cross *cross, const struct tab_clusters *clusters,
                    const struct tab_scores *weight, struct tab_share *out);

/** Tells `percent` of a slot in its base: the logit interval of Korn & Graubard, or, where
 * all or none are in the slot, Clopper-Pearson on the number of clients. Weighted, it is no
 * longer its count over its base. */
void tab_share_tell(struct tab_share *share, const struct tab_place *place,
                    struct tab_slot slot, struct tab_slot base_slot,
                    const struct tab_group *group, const struct tab_group *base);

/** Tells `effective` of a weighted base: as many rows of equal weight say as much (Kish). */
void tab_share_tell_effective(struct tab_share *share, const struct tab_place *place,
                              struct tab_slot base_slot, const struct tab_group *base);

#endif
