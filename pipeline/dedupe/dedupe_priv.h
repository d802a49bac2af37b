// SPDX-License-Identifier: MIT
#ifndef DEDUPE_PRIV_H
#define DEDUPE_PRIV_H

#include "pipeline/base/rk_file.h"
#include "pipeline/base/rk_out.h"
#include "pipeline/contract/flow.h"
#include "pipeline/contract/frame.h"
#include "pipeline/contract/part.h"

/** The stage: what all sources share. */
struct dedupe {
    struct rk_run *run;
    const struct study *study;
    struct rk_out *out;
    struct flow flow; /**< clean's steps and ours */
    struct rk_csv_writer duplicates, unlinked, issues;
    struct rk_csv_writer pairs, decisions, linkage; /**< when a source is compared by probability */
    struct frame *people;      /**< one row per person, by key; grows derived columns */
    struct rk_map *references; /**< every reference given in the people source */
    int64_t *person_of;        /**< row of people that a reference is of */
    int64_t *own_row; /**< of a part that has read all people: place of each among its own, or -1 */
    struct frame_column *late; /**< of people: made from other sources, as they are read */
    char people_hash[65];      /**< once it is asked for: who they are, in their order */
    struct part_ties *ties;    /**< where references are tied to their persons, or NULL */
    const char *folder;        /**< where 10-clean is, if not in OUT */
    bool has_key;              /**< references become pseudonyms */
    unsigned char pseudonym_key[RK_KEY_BYTES];
    rk_status worst;
};

/** Why a record is of nobody. */
enum dedupe_away { AWAY_NOT, AWAY_NO_KEY, AWAY_NO_REFERENCE, AWAY_UNKNOWN, AWAY_RULED, AWAYS };

/** A source in hand: its rows, and what became of each. */
struct dedupe_rows {
    struct dedupe *stage;
    struct rk_run *run; /**< the stage's, with an arena for this source alone */
    const struct study_source *source;
    struct frame *frame;
    const char **given; /**< keys as the extract has them, when ties are asked for */
    size_t *order_by; /**< positions of the declared columns, those that name a row first */
    size_t order_count, key_count; /**< of them name a row: key, then link */
    int32_t *kept_in;    /**< row that stands for this one; itself when it survives */
    unsigned char *away; /**< enum dedupe_away: set aside here */
    long *ruled; /**< rows that a check excludes, by check */
    long *absorbed;      /**< rows by rule; then for rows with one key, and for probable ones */
    unsigned char **filled; /**< by column: rows whose blank was filled; see dedupe_survivor */
    long found;          /**< rows of a linked source whose person was found by probability */
};

#endif
