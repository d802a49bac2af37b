// SPDX-License-Identifier: MIT
#ifndef CONTRACT_PART_H
#define CONTRACT_PART_H

#include "pipeline/contract/part_ties.h"
#include "pipeline/contract/study.h"

/**
 * A share of the clients, `reckon run --part 2/7`: whose key has the second of seven hashes. All
 * records of a client belong to one part, under whatever references they stand. docs/cluster.md
 * says why parts add up to the whole run.
 */
struct run_part {
    long number, of;              /**< 1 to of */
    const struct study *study;
    bool people_only;             /**< only the people source: to find out who is who */
    struct dedupe *begun;         /**< people that have been found already (dedupe_begin), or NULL */
    const struct part_ties *ties; /**< references that must be in one part; NULL: there are none */
};

enum { PART_MOST = 1000 }; /**< a file of each is open while they are put together */

/** How a part reads a source. */
enum part_reading {
    PART_OWN,   /**< the rows of its clients: nothing in the study joins those of different ones */
    PART_TIED,  /**< the same, once it is known which clients rows of one number tie together */
    PART_WHOLE, /**< all of it, and hands on what is of its clients */
    PART_FIRST, /**< monitoring figures and the like, of no client: the first part has them all */
};

/** "2/7"; RK_USAGE after a message when it is no such thing. */
rk_status part_parse(struct rk_run *run, const char *text, long *number, long *of) RK_MUST_CHECK;
/** Can the study be run in parts? RK_STUDY after saying what stands in the way. */
rk_status part_check(struct rk_run *run, const struct study *study) RK_MUST_CHECK;

enum part_reading part_reading(const struct run_part *part, const struct study_source *source);
/** The column whose value says whose a row is; NULL where no client is named. */
const char *part_column(const struct run_part *part, const struct study_source *source);
/** The nth column of a tied source that ties the clients on whose rows it says the same; NULL when
 *  there are no more. */
const char *part_tie_column(const struct run_part *part, const struct study_source *source, size_t nth);

/** The part of a client by key or by any reference; of nobody (NULL) as well. */
long part_of_key(const struct run_part *part, const char *key);

/** "2/7"; OUT/part-2-of-7. */
const char *part_text(struct rk_arena *arena, const struct run_part *part);
const char *part_folder(struct rk_arena *arena, const char *out_dir, long number, long of);

#endif
