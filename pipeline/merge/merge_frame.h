// SPDX-License-Identifier: MIT
#ifndef MERGE_FRAME_H
#define MERGE_FRAME_H

#include "pipeline/base/rk_out.h"
#include "pipeline/merge/merge_parts.h"

/**
 * NAME.csv and NAME.columns of all parts to one, rows in the order of a whole run: by file and
 * line in 10-clean, by the columns that name a row in 20-people. Records are copied as they stand.
 */
struct merge_people {
    int64_t *places; /**< of a part's people: their places among all */
    size_t count;
};

struct merge_frame_options {
    struct rk_out *out;
    const char *folder, *name;       /**< "20-people", "reviews" */
    const struct study_source *source;
    const struct merge_parts *parts;
    size_t part_count;               /**< 1: all have read all of it, and the first says it */
    const char *const *order;        /**< 20-people: columns that order the rows */
    size_t order_count;
    const struct rk_map *files;      /**< 10-clean: files in the order they are read; else NULL */
    bool people;                     /**< this is people.csv: fills the two below */
    struct merge_people *people_of;  /**< of each part, in `arena`; NULL in 10-clean */
    char *people_hash;               /**< 65 bytes: who all people are; "" in 10-clean */
    struct rk_arena *arena;          /**< lives longer than the call */
};

rk_status merge_frame(struct rk_run *run, const struct merge_frame_options *options)
    RK_MUST_CHECK;

#endif
