// SPDX-License-Identifier: MIT
#ifndef TABULATE_VARIABLE_H
#define TABULATE_VARIABLE_H

#include "pipeline/base/rk_text.h"
#include "pipeline/tabulate/tabulate_desk.h"

/** Answers as small whole numbers, 0 to levels - 1, so that counting is indexing. */
enum { TAB_NO_ANSWER = -1 };

/** A code that people can be counted by: the record's own, or that of the person behind it.
 */
struct tab_variable {
    const char *label;
    struct tab_name name;
    const struct frame_column *column;
    const int32_t *through; /**< row in people of each row of the frame, whose column it is; or NULL */
    const long *merged; /**< level of each code where levels are merged, else NULL */
    size_t levels;
    const char **codes, **labels;
    const bool *apart; /**< per level: no level of the scale; NULL when none */
    const bool *used;  /**< per level: somebody in the frame has it */
    bool ordered;
    enum better better;
};

/** Level of a row of the frame, or TAB_NO_ANSWER. */
static inline long tab_level(const struct tab_variable *variable, size_t row)
{
    int64_t at = variable->through ? variable->through[row] : (int64_t)row;
    int64_t value = at < 0 ? RK_NO_VALUE : frame_whole(variable->column, (size_t)at);

    if (value == RK_NO_VALUE) return TAB_NO_ANSWER;
    return variable->merged ? variable->merged[value] : (long)value;
}

/** Finds a code of the view; RK_STUDY when there is none (`place` says where it is asked
 * for). */
rk_status tab_variable_open(struct tab_desk *desk, const struct tab_view *view,
                            const char *name, struct rk_place place,
                            struct tab_variable *out) RK_MUST_CHECK;

/** Says of `who` that they are at a level, answered at all, did not, or answered otherwise.
 */
void tab_who_level(struct tab_who *who, const struct tab_variable *variable, long level);
void tab_who_answered(struct tab_who *who, const struct tab_variable *variable);
void tab_who_missing(struct tab_who *who, const struct tab_variable *variable);
void tab_who_otherwise(struct rk_arena *arena, struct tab_who *who,
                       const struct tab_variable *variable, long level);

/** An integer or number column. */
struct tab_scores {
    const char *label;
    struct tab_name name;
    const struct frame_column *column;
    const struct study_column *declared;
    const int32_t *through;
};
rk_status tab_scores_open(struct tab_desk *desk, const struct tab_view *view,
                          const char *name, struct rk_place place,
                          struct tab_scores *out) RK_MUST_CHECK;
/** NAN when not answered. */
double tab_score(const struct tab_scores *scores, size_t row);
/** The same as a weight: a row without one, or with one below 0, weighs nothing. */
double tab_weight(const struct tab_scores *weights, size_t row);

#endif
