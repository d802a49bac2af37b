// SPDX-License-Identifier: MIT
#ifndef TABULATE_DESK_H
#define TABULATE_DESK_H

#include "pipeline/contract/cells.h"
#include "pipeline/contract/flow.h"
#include "pipeline/contract/frame.h"
#include "pipeline/tabulate/tabulate_who.h"

/**
 * What a stage that makes results has before it: the study, the frames of 20-people (each
 * read once), the flow of records, and the results it is filling.
 */
struct tab_desk {
    struct rk_run *run;
    struct rk_arena *arena;   /**< the run's: names, sentences, cells */
    struct rk_arena *scratch; /**< lists of rows and groups; emptied after each result */
    const struct study *study;
    struct results *results;
    struct flow flow;
    const struct frame *people;
    struct rk_map *frame_names;
    struct frame **frames; /**< by position in frame_names */
    size_t frame_count, frame_cap;
    struct rk_map *sums;   /**< those said so far */
    long *most; /**< records that one client has, by frame; 0: not counted yet */
    size_t most_cap;
    struct rk_map *behind; /**< quantities of records whose clients have been counted */
    struct tab_merge *merges; /**< of the study's masking, see tabulate_merge.h */
    size_t merge_count;
    bool by_code;          /**< just now nothing is merged */
    struct rk_map *same_points,
        *other_points; /**< is a point's record the person's own row? */
};

/** The desk's scratch is the caller's to free. */
rk_status tab_desk_open(struct rk_run *run, struct rk_arena *scratch,
                        struct tab_desk *desk) RK_MUST_CHECK;

/** A frame as results name it: "people", a source (the people source is "people") or a
 * point. */
rk_status tab_desk_frame(struct tab_desk *desk, const char *name,
                         const struct frame **out) RK_MUST_CHECK;

/** A frame with what names its rows and variables in a tab_who. */
struct tab_view {
    struct frame_view view;
    const struct study_source *source;
    const struct study_point *point; /**< NULL for people and sources */
    bool clients;                    /**< a row is a person: people and points */
    bool own_is_people;              /**< the rows are the people themselves */
    struct tab_who who;              /**< all rows */
};

rk_status tab_view_open(struct tab_desk *desk, const char *name,
                        struct tab_view *out) RK_MUST_CHECK;

/** The point that is nothing but the people source, or NULL: "initial" where a person's own
 *  variables are what they said at first. */
const struct study_point *tab_people_point(const struct study *study);

/** How a column is called in a tab_who. */
struct tab_name {
    const char *variable;
    enum {
        TAB_PLAIN,
        TAB_HAS,
        TAB_FROM
    } kind;            /**< derived `has`: a point; `from`: POINT.NAME */
    const char *plain; /**< the name before `has` and `from` */
};
struct tab_name tab_view_name(const struct tab_desk *desk, const struct tab_view *view,
                              const struct frame_column *column, bool of_person);

#endif
