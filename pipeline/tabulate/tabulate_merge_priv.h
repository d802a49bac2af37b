// SPDX-License-Identifier: MIT
#ifndef TABULATE_MERGE_PRIV_H
#define TABULATE_MERGE_PRIV_H

#include "pipeline/tabulate/tabulate_merge.h"

/** A merge of the study, decided. */
struct tab_merge {
    const struct study_merge *asked;
    long *group;         /**< of each code: the first code of its group */
    bool any;            /**< some are merged */
    long *level;         /**< of each code: as tables show it, below */
    size_t levels;
    const char **codes, **labels;
    bool *apart;
};

/** Names the groups once they are decided. */
void tab_merge_name(struct rk_arena *arena, struct tab_merge *merge);
/** Is a code shown by itself? */
bool tab_merge_is_alone(const struct tab_merge *merge, size_t code);
/** Are its codes a scale, or bands? Then only neighbours are merged. */
bool tab_merge_is_ordered(const struct tab_merge *merge);
/** The merge that is in effect for a column; NULL when there is none. */
const struct tab_merge *tab_merge_of(const struct tab_desk *desk,
                                     const struct study_column *column);

#endif
