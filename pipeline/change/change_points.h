// SPDX-License-Identifier: MIT
#ifndef CHANGE_POINTS_H
#define CHANGE_POINTS_H

#include "pipeline/tabulate/tabulate_question.h"
#include "pipeline/tabulate/tabulate_scores.h"

/** What one point in time says of a variable. */
struct change_point {
    const struct study_point *point;
    const char *label; /**< "Latest review" */
    struct tab_view view;
    int64_t *record; /**< row of the point's frame of each row of people; -1 none, or not asked */
    const char *asked; /**< the variable, where it is known who was not asked or not yet due */
    struct tab_variable variable; /**< codes */
    struct tab_scores scores;     /**< numbers */
};

/**
 * A question about the same people at two points: those linked, with a record at both
 * points that is not one and the same record (somebody scored once has a first and a latest
 * score, and no change). Its rows are people.
 */
struct change {
    struct tab_question question;
    struct tab_groups groups;
    struct change_point from, to;
    bool numbers; /**< scores, not codes */
    const bool
        *same; /**< per row of people: both points took one record; NULL: cannot be */
};

rk_status change_open(struct tab_desk *desk, const struct study_result *asked,
                      struct change *out) RK_MUST_CHECK;

/** Says of `who` that they have a record at the point, or were asked there where that is known. */
void change_at_point(const struct change_point *point, struct tab_who *who);
/** Says of `who` that their two records are two, where that is not a matter of course. */
void change_two_records(const struct change *change, struct tab_who *who);

/** Does a row of people have a record at both points, and two different ones? */
bool change_is_linked(const struct change *change, size_t person);

/** Row of people behind a row of the question. */
static inline size_t change_person(const struct change *change, size_t i)
{
    return change->question.rows[i];
}
/** Group slot of a row of the question. */
size_t change_slot(const struct change *change, size_t i);

#endif
