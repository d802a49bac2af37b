// SPDX-License-Identifier: MIT
#ifndef TABULATE_QUESTION_H
#define TABULATE_QUESTION_H

#include "pipeline/tabulate/tabulate_cell.h"
#include "pipeline/tabulate/tabulate_variable.h"

/** A result of the study, bound to the data: which rows it is about and how it speaks of
 * them. */
struct tab_question {
    struct tab_desk *desk;
    const struct study_result *asked;
    struct tab_view view;
    const uint32_t *rows; /**< rows of the frame that `where` and `answered` leave */
    size_t count;
    struct tab_group all; /**< those rows; a base */
    struct tab_voice voice;
    enum cell_unit unit; /**< UNIT_CLIENTS or UNIT_RECORDS */
    bool open;
};

rk_status tab_question_open(struct tab_desk *desk, const struct study_result *asked,
                            struct tab_question *out) RK_MUST_CHECK;
/** The same about another source than the result's own, such as its profile's; the result's
 * own sentence and `answered` do not speak of it. */
rk_status tab_question_about(struct tab_desk *desk, const struct study_result *asked,
                             const char *frame, const char *where, struct rk_place place,
                             struct tab_question *out) RK_MUST_CHECK;

/** A variable of the question's view, as tables show it (tabulate_merge.h). */
rk_status tab_question_variable(const struct tab_question *question, const char *name,
                                struct tab_variable *out) RK_MUST_CHECK;

/** A group of the question's rows. */
struct tab_group tab_part(const struct tab_question *question, const struct tab_who *who,
                          long n);
/** The same as a base below `parent`. */
struct tab_group tab_part_base(const struct tab_question *question,
                               const struct tab_who *who, long n,
                               const struct tab_group *parent);

/** Place of a cell of the question: `all` everywhere until it is filled in. */
struct tab_place tab_place_of(const struct tab_question *question);
void tab_place_row(struct tab_place *place, const struct tab_variable *variable,
                   long level);
void tab_place_column(struct tab_place *place, const struct tab_variable *variable,
                      long level);

/** Groups that a result is cut into: the levels of `by` that occur in the frame, then
 * `all`; without `by`, `all` alone. */
struct tab_groups {
    struct tab_variable by; /**< when `grouped` */
    bool grouped;
    size_t count; /**< with `all` */
};
rk_status tab_groups_open(const struct tab_question *question, const char *by,
                          struct tab_groups *out) RK_MUST_CHECK;
/** Group of a row: 0 to levels - 1, or levels when it has none (or there is no `by`). */
size_t tab_group_of(const struct tab_groups *groups, size_t row);
/** Slots tab_group_of can give, plus one for `all` at the end. */
size_t tab_group_slots(const struct tab_groups *groups);
/** Is the slot a group of its own, to be printed? (`all` is; "no group" is not.) */
bool tab_group_shown(const struct tab_groups *groups, size_t slot);
/** Says of `who` that they are in the slot. */
void tab_group_who(const struct tab_groups *groups, size_t slot, struct tab_who *who);
/** Row of a place: the group's code and label, or `all`. */
void tab_group_place(const struct tab_groups *groups, size_t slot, struct tab_place *place);

#endif
