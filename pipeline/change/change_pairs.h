// SPDX-License-Identifier: MIT
#ifndef CHANGE_PAIRS_H
#define CHANGE_PAIRS_H

#include "pipeline/change/change_flow.h"

/** What a pair of scores did; reliably where the scale says how much of a change is noise.
 */
enum change_kind {
    CHANGE_PAIRS, /**< all of them */
    CHANGE_IMPROVED,
    CHANGE_SAME,
    CHANGE_WORSE,
    CHANGE_RELIABLY_IMPROVED,
    CHANGE_LITTLE_IMPROVED,
    CHANGE_RELIABLY_WORSE,
    CHANGE_LITTLE_WORSE,
    CHANGE_UNRELIABLE,
    CHANGE_KINDS,
};

/**
 * Scores of the same people at two points, group after group, named and summed. Lists hold
 * each group's slot in turn and then everybody again, for `all`.
 */
struct change_pairs {
    const struct change *change;
    size_t slots;
    enum better better;                    /**< BETTER_NONE: nobody improves */
    double threshold;                      /**< of reliable change; NAN: unknown */
    bool published;                        /**< the threshold stands in the scale's file */
    double *initial, *latest;              /**< pairs */
    double *each_from, *each_to;           /**< of those linked, whoever has a score then */
    size_t *start, *from_start, *to_start; /**< of each slot in the lists; slots + 1 */
    struct tab_group *group[CHANGE_KINDS]; /**< of each slot */
    struct tab_group *linked, *from, *to;  /**< with both records; and a score then */
};

void change_pairs_open(const struct change *change, struct change_pairs *out);
/** Kinds up to this one are known. */
enum change_kind change_last_kind(const struct change_pairs *pairs);

#endif
