// SPDX-License-Identifier: MIT
#ifndef CONTRACT_FRAME_H
#define CONTRACT_FRAME_H

#include "pipeline/contract/columns.h"
#include "pipeline/contract/study.h"

/**
 * A typed table of 10-clean or 20-people in memory: one column after the other. Files are plain CSV
 * (ISO dates, codes, empty for missing) with a leading column `file_line`
 * ("initial_assessments.csv:214") that says which row of which extract a row is. In 20-people
 * there are no columns that are private (study_column.kept is false).
 *
 * Codes of periods (quarter, month, year) are a list of the frame's own, in order and without gaps:
 * compare them between frames by their text.
 */
struct frame_column {
    const char *name;
    enum column_type type;
    const struct code_list *codes;
    const struct study_column *declared;
    int64_t *whole;     /**< DATE, CODE, INTEGER; RK_NO_VALUE when missing */
    double *number;     /**< NUMBER; NAN when missing */
    const char **text;  /**< ID, TEXT; NULL when missing */
    struct columns_narrow narrow; /**< of 20-people what is whole in few bytes: frame_whole */
    bool waits;         /**< not read yet; frame_column reads it */
};

/** A DATE, CODE or INTEGER however it is held; RK_NO_VALUE when missing. */
static inline int64_t frame_whole(const struct frame_column *column, size_t row)
{
    return column->whole ? column->whole[row] : columns_narrow_at(&column->narrow, row);
}
/** An INTEGER or a NUMBER; NAN when missing. */
double frame_number(const struct frame_column *column, size_t row);

struct frame {
    const char *name;   /**< "people", a source or a point */
    const struct study_source *source;
    size_t rows;
    struct frame_column *columns;
    size_t count;
    int32_t *persons;   /**< row in people of each record once it is read: ask frame_person */
    size_t people;      /**< rows of people */
    const char **file_line; /**< of each row; only of 10-clean, else NULL */
    struct frame_store *store; /**< of a frame whose columns are read when they are asked for */
};

/** Reads OUT/folder/NAME.csv (10-clean: a source; 20-people: people, a source or a point) into the
 *  run's arena. RK_WORLD after a message when it is not there or not as the study says. */
rk_status frame_read(struct rk_run *run, const char *folder, const char *name,
                     struct frame **out) RK_MUST_CHECK;
/** A column by name, or NULL; its values are there when it returns. */
const struct frame_column *frame_column(const struct frame *frame, const char *name);
/** The same by position. */
const struct frame_column *frame_column_at(const struct frame *frame, size_t position);
/** Row in people of each record; -1 not linked; NULL for people itself and for sources that
 *  stand alone. */
const int32_t *frame_person(const struct frame *frame);
/** The same for one look: into `arena`, where nobody has asked for it yet. */
const int32_t *frame_person_aside(const struct frame *frame, struct rk_arena *arena);
/** Has each record its person? (True where nobody is asked for.) */
bool frame_all_linked(const struct frame *frame);
/** Rows that answer a column, and whether there is such a column at all: its values need not
 *  be read. */
bool frame_answered(const struct frame *frame, const char *name, long *rows);
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
/** The same to know what it is: its values need not be there. */
const struct frame_column *frame_view_named(const struct frame_view *view, const char *name,
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
/** The nth column that a condition of the view asks about; false when there are no more. */
bool frame_view_asked(const struct frame_view *view, const struct condition *condition,
                      size_t nth, const struct frame_column **column, bool *of_person);

#endif
