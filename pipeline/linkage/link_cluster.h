// SPDX-License-Identifier: MIT
#ifndef LINKAGE_CLUSTER_H
#define LINKAGE_CLUSTER_H

#include "pipeline/linkage/link_pairs.h"

/** Rows of one person: a chain of joined pairs makes one group. */
struct link_clusters {
    uint32_t *group; /**< by row: the first row of its group */
    size_t joined;   /**< rows that are not the first of their group */
    size_t largest;
    size_t bridges; /**< pairs taken back: see below */
    size_t apart;   /**< pairs taken back because of what a person says */
};

/** Beyond this a group is not looked into for bridges. */
enum { LINK_CLUSTER_MAX = 100 };

/**
 * Closes joined pairs to groups. A pair that alone holds two parts of a group together is a
 * bridge; it is taken back (unsure, LINK_BRIDGE) when the parts' other pairs speak against
 * it: when on average each of them is `against` bits below even odds or worse. The worst
 * bridge goes first, until none is left. Then two rows that a person keeps apart
 * (LINK_DIFFERENT, LINK_BY_PERSON) are taken out of one group: of the pairs on a way from one
 * to the other the weakest is taken back (LINK_APART), until there is no way. Pairs that a
 * person joins stay. What comes out does not depend on the order of pairs.
 */
void link_clusters_make(struct link_clusters *out, struct rk_arena *arena,
                        struct link_pairs *pairs, const struct link_table *table,
                        const struct link_model *model);

#endif
