// SPDX-License-Identifier: MIT
#include "pipeline/change/change_points.h"

#include <string.h>

static int64_t *records_of(struct tab_desk *desk, const struct frame *frame)
{
    int64_t *record = RK_ARRAY(desk->scratch, int64_t, desk->people->rows + 1);
    const int32_t *person = frame_person(frame);

    for (size_t i = 0; i < desk->people->rows; i++)
        record[i] = frame == desk->people ? (int64_t)i : -1;
    for (size_t i = 0; person && i < frame->rows; i++) {
        if (person[i] >= 0) record[person[i]] = (int64_t)i;
    }
    return record;
}

/* The person's own columns say nothing of another time: only the point's record does. */
static rk_status find_column(struct tab_desk *desk, const struct study_result *asked,
                             const struct tab_view *view, const struct frame_column **out)
{
    bool of_person;

    *out = frame_view_column(&view->view, asked->of, &of_person);
    if (*out && (!of_person || view->own_is_people)) return RK_OK;
    return rk_fail(desk->run->diag, RK_STUDY, asked->place,
                   "%s: \"%s\" is not asked at the point \"%s\"", asked->name, asked->of,
                   view->view.frame->name);
}

/* Who was not asked, or was not yet due to be, has nothing to change from or to: where the study
 * keeps such kinds of missing apart, they have no record of this question. */
static void drop_not_asked(struct tab_desk *desk, struct change_point *point,
                           const struct frame_column *column)
{
    const struct frame_column *why =
        frame_column(point->view.view.frame,
                     rk_arena_printf(desk->scratch, "%s_missing", column->name));

    if (!why || !why->declared || !why->declared->kind_of) return;
    point->asked = tab_view_name(desk, &point->view, column, false).variable;
    for (size_t i = 0; i < desk->people->rows; i++) {
        struct value value = point->record[i] < 0
                                 ? (struct value){.state = VALUE_MISSING}
                                 : frame_value(why, (size_t)point->record[i]);

        if (value.state == VALUE_THERE && missing_not_asked((enum missing_kind)value.number))
            point->record[i] = -1;
    }
}

static rk_status open_point(struct tab_desk *desk, const struct study_result *asked,
                            const char *name, struct change_point *out, bool *numbers)
{
    const struct frame_column *column;

    out->point = study_point(desk->study, name);
    if (!out->point)
        return rk_fail(desk->run->diag, RK_STUDY, asked->place, "there is no point \"%s\"",
                       name);
    out->label = out->point->label ? out->point->label : out->point->name;
    RK_TRY(tab_view_open(desk, name, &out->view));
    RK_TRY(find_column(desk, asked, &out->view, &column));
    out->record = records_of(desk, out->view.view.frame);
    drop_not_asked(desk, out, column);
    *numbers = column->type != COLUMN_CODE;
    if (*numbers)
        return tab_scores_open(desk, &out->view, asked->of, asked->place, &out->scores);
    return tab_variable_open(desk, &out->view, asked->of, asked->place, &out->variable);
}

/* Codes by their text: lists of periods belong to their frame. */
static bool cells_equal(const struct frame_column *a, size_t row_a,
                        const struct frame_column *b, size_t row_b)
{
    struct value left = frame_value(a, row_a), right = frame_value(b, row_b);

    if (left.state != right.state || left.state != VALUE_THERE)
        return left.state == right.state;
    if (a->type == COLUMN_CODE)
        return strcmp(a->codes->codes[(size_t)left.number],
                      b->codes->codes[(size_t)right.number]) == 0;
    return left.text ? strcmp(left.text, right.text) == 0 : left.number == right.number;
}

/* Whose two records agree in this column as well; how many are left. */
static size_t keep_equal(const struct change *change, const struct frame_column *from,
                         const struct frame_column *to, size_t people, bool *same)
{
    size_t left = 0;

    for (size_t i = 0; i < people; i++) {
        same[i] = same[i] && cells_equal(from, (size_t)change->from.record[i], to,
                                         (size_t)change->to.record[i]);
        left += same[i];
    }
    return left;
}

static bool is_text(const struct frame *frame, size_t column)
{
    enum column_type type = frame->columns[column].type;

    return type == COLUMN_ID || type == COLUMN_TEXT;
}

/* Rows of one source that agree in every column are one record: exact duplicates have left
 * long ago. Column by column, texts last, and no more columns than it takes. */
static void compare_records(const struct change *change, size_t people, bool *same)
{
    const struct frame *from = change->from.view.view.frame;
    const struct frame *to = change->to.view.view.frame;

    for (int texts = 0; texts < 2; texts++)
        for (size_t i = 0; i < from->count; i++) {
            const struct frame_column *other;

            if (is_text(from, i) != texts) continue;
            other = frame_column(to, from->columns[i].name);
            if (other &&
                keep_equal(change, frame_column_at(from, i), other, people, same) == 0)
                return;
        }
}

static void find_same(struct tab_desk *desk, struct change *change)
{
    size_t people = desk->people->rows;
    bool *same = RK_ARRAY(desk->scratch, bool, people + 1);

    if (change->from.point->source != change->to.point->source) return;
    for (size_t i = 0; i < people; i++)
        same[i] = change->from.record[i] >= 0 && change->to.record[i] >= 0;
    compare_records(change, people, same);
    change->same = same;
}

rk_status change_open(struct tab_desk *desk, const struct study_result *asked,
                      struct change *out)
{
    bool to_numbers;

    *out = (struct change){.same = NULL};
    RK_TRY(tab_question_open(desk, asked, &out->question));
    RK_TRY(tab_groups_open(&out->question, asked->by, &out->groups));
    RK_TRY(open_point(desk, asked, asked->from, &out->from, &out->numbers));
    RK_TRY(open_point(desk, asked, asked->to, &out->to, &to_numbers));
    if (out->numbers != to_numbers)
        return rk_fail(desk->run->diag, RK_STUDY, asked->place,
                       "%s: \"%s\" is a code at one point only", asked->name, asked->of);
    find_same(desk, out);
    return RK_OK;
}

bool change_is_linked(const struct change *change, size_t person)
{
    return change->from.record[person] >= 0 && change->to.record[person] >= 0 &&
           !(change->same && change->same[person]);
}

void change_at_point(const struct change_point *point, struct tab_who *who)
{
    if (point->asked)
        tab_who_add(who, point->asked, TAB_ASKED);
    else if (!point->view.own_is_people)
        tab_who_add(who, point->point->name, TAB_RECORD);
}

void change_two_records(const struct change *change, struct tab_who *who)
{
    if (change->same) tab_who_piece(who, "the two are different records");
}

size_t change_slot(const struct change *change, size_t i)
{
    return tab_group_of(&change->groups, change_person(change, i));
}
