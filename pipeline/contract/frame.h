// SPDX-License-Identifier: MIT
#ifndef CONTRACT_FRAME_H
#define CONTRACT_FRAME_H

#include "pipeline/contract/study.h"

/**
 * A typed table of 10-clean or 20-people in memory: one column after the other. Files are plain CSV
 * (ISO dates, codes, empty for missing) with two leading columns where rows come from extracts:
 * `file_line` ("initial_assessments.csv:214") says which row of which extract it is.
 */
struct frame_column {
    const char *name;
    enum column_type type;
    const struct code_list *codes;
    const struct study_column *declared;
    int64_t *whole;     /**< DATE, CODE, INTEGER; RK_NO_VALUE when missing */
    double *number;     /**< NUMBER; NAN when missing */
    const char **text;  /**< ID, TEXT; NULL when missing */
};

struct frame {
    const char *name;   /**< "people", a source or a point */
    const struct study_source *source;
    size_t rows;
    struct frame_column *columns;
    size_t count;
    int64_t *person;    /**< row in people of each record; -1 not linked; NULL for people itself */
    size_t people;      /**< rows of people */
};

/** Reads folder/NAME.csv (10-clean: a source; 20-people: people, a source or a point). */
rk_status frame_read(struct rk_run *run, const char *folder, const char *name,
                     struct frame **out) RK_MUST_CHECK;
const struct frame_column *frame_column(const struct frame *frame, const char *name);
struct value frame_value(const struct frame_column *column, size_t row);

/**
 * A frame as conditions and results see it: its own columns first, then those of the people it
 * links to ("people.NAME" names the latter for certain).
 */
struct frame_view {
    const struct frame *frame, *people; /**< people may be NULL or frame itself */
};
/** Column and whether it is the person's; NULL when there is none. */
const struct frame_column *frame_view_column(const struct frame_view *view, const char *name,
                                             bool *of_person);
/** Value of a column found so in a row of the frame. */
struct value frame_view_value(const struct frame_view *view, const struct frame_column *column,
                              bool of_person, size_t row);
/** Parses `text` (NULL: always true) against the view; condition_get and its row for it. */
rk_status frame_view_condition(struct rk_run *run, const struct frame_view *view,
                               struct rk_place place, const char *text,
                               struct condition **out) RK_MUST_CHECK;
bool frame_view_holds(const struct frame_view *view, const struct condition *condition,
                      size_t row);

#endif
