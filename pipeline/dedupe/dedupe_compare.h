// SPDX-License-Identifier: MIT
#ifndef DEDUPE_COMPARE_H
#define DEDUPE_COMPARE_H

#include "pipeline/dedupe/dedupe_priv.h"
#include "pipeline/linkage/link_cluster.h"

/** A comparison by probability in hand: rows of one or two frames in an order of their own,
 * what was learned and what came out. All in `arena`, which goes with it. */
struct dedupe_compare {
    struct rk_arena *arena;
    struct rk_run *run;
    const struct study_source *source;
    const struct study_linkage *linkage;
    const struct frame *frames[2]; /**< the source's; people, or NULL */
    size_t *rows;                  /**< of its frame, by row of the table: people first, then records */
    struct link_table table;
    struct link_plan plan;
    struct link_model model;
    struct link_pairs pairs;
    struct link_lines lines;                  /**< those of this run */
    struct link_lines lines_at[LINK_EFFORTS]; /**< drawn before anybody's answers */
    struct link_clusters clusters;
    long kept, expired; /**< answers of a person: applied, of records that changed since */
};

/** A value as linkage reads it: dates in figures, codes as codes; NULL when missing. */
const char *dedupe_compare_text(const struct frame_column *column, size_t row, char room[32]);
/** Puts rows [from, from + count) of the table from a frame. */
void dedupe_compare_fill(struct dedupe_compare *compare, const struct frame *frame, bool people,
                         size_t from, size_t count);
/** Learns, finds the pairs and draws the lines, by the study's or by --links. */
void dedupe_compare_run(struct dedupe_compare *compare);
/** Would the lines of another effort join the same rows? */
bool dedupe_compare_alike(const struct dedupe_compare *compare, enum link_effort effort);
/** What a row is called in the files: its key or reference, else file and line. */
const char *dedupe_compare_name(const struct dedupe_compare *compare, uint32_t row);
/** Frame of a row of the table. */
const struct frame *dedupe_compare_frame(const struct dedupe_compare *compare, uint32_t row);

#endif
