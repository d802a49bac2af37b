// SPDX-License-Identifier: MIT
#include "pipeline/contract/frame.h"

#include "pipeline/base/rk_text.h"
#include "pipeline/contract/frame_priv.h"
#include "pipeline/contract/frame_store.h"

#include <assert.h>
#include <math.h>
#include <string.h>

static struct frame_column *find_column(const struct frame *frame, const char *name)
{
    for (size_t i = 0; i < frame->count; i++)
        if (strcmp(frame->columns[i].name, name) == 0) return &frame->columns[i];
    return NULL;
}

const struct frame_column *frame_column(const struct frame *frame, const char *name)
{
    struct frame_column *column = find_column(frame, name);

    if (column && column->waits) frame_store_load(frame, column);
    return column;
}

const struct frame_column *frame_column_at(const struct frame *frame, size_t position)
{
    struct frame_column *column = &frame->columns[position];

    if (column->waits) frame_store_load(frame, column);
    return column;
}

/* The frame is the same to whoever looks at it; it only knows more. */
const int32_t *frame_person(const struct frame *frame)
{
    if (!frame->persons && frame->store) {
        union {
            const struct frame *told;
            struct frame *ours;
        } same = {.told = frame};

        same.ours->persons = frame_store_person(frame, frame_store_arena(frame));
    }
    return frame->persons;
}

const int32_t *frame_person_aside(const struct frame *frame, struct rk_arena *arena)
{
    return frame->persons || !frame->store ? frame->persons
                                           : frame_store_person(frame, arena);
}

bool frame_all_linked(const struct frame *frame)
{
    long linked = frame->persons ? -1 : frame_store_linked(frame);
    const int32_t *person;

    if (linked >= 0) return linked == (long)frame->rows;
    person = frame_person(frame);
    for (size_t i = 0; person && i < frame->rows; i++)
        if (person[i] < 0) return false;
    return true;
}

bool frame_answered(const struct frame *frame, const char *name, long *rows)
{
    const struct frame_column *column = find_column(frame, name);
    long present = column ? frame_store_present(frame, column) : -1;

    *rows = present >= 0 ? present : 0;
    if (!column || present >= 0) return column != NULL;
    for (size_t i = 0; i < frame->rows; i++)
        *rows += frame_value(column, i).state == VALUE_THERE;
    return true;
}

const struct study_column *frame_lacks(const struct frame *frame, bool people)
{
    const struct study_source *source = frame->source;
    const struct study_column *lists[] = {source->columns, source->derived};
    const size_t counts[] = {source->column_count, people ? source->derived_count : 0};

    for (size_t list = 0; list < 2; list++)
        for (size_t i = 0; i < counts[list]; i++)
            if ((!people || lists[list][i].kept) && !find_column(frame, lists[list][i].name))
                return &lists[list][i];
    return NULL;
}

bool frame_has_columns(const struct frame *frame, bool people)
{
    return !frame_lacks(frame, people);
}

double frame_number(const struct frame_column *column, size_t row)
{
    int64_t whole;

    if (column->number) return column->number[row];
    whole = frame_whole(column, row);
    return whole == RK_NO_VALUE ? NAN : (double)whole;
}

struct value frame_value(const struct frame_column *column, size_t row)
{
    struct value value = {VALUE_MISSING, NAN, NULL};

    assert(!column->waits && "frame_column has been asked for it");
    if (column->text) {
        value.text = column->text[row];
        if (value.text) value.state = VALUE_THERE;
        return value;
    }
    value.number = frame_number(column, row);
    if (!isnan(value.number)) value.state = VALUE_THERE;
    return value;
}

static bool has_person(const struct frame_view *view)
{
    return view->people && view->people != view->frame &&
           (view->frame->persons || frame_store_knows_person(view->frame));
}

const struct frame_column *frame_view_named(const struct frame_view *view, const char *name,
                                            bool *of_person)
{
    static const char prefix[] = "people.";
    bool certain = strncmp(name, prefix, strlen(prefix)) == 0;
    const struct frame_column *own = certain ? NULL : find_column(view->frame, name);

    *of_person = false;
    if (own) return own;
    name += certain ? strlen(prefix) : 0;
    if (certain && view->people == view->frame) return find_column(view->frame, name);
    if (!has_person(view)) return NULL;
    *of_person = true;
    return find_column(view->people, name);
}

const struct frame_column *frame_view_column(const struct frame_view *view,
                                             const char *name, bool *of_person)
{
    const struct frame_column *column = frame_view_named(view, name, of_person);

    if (*of_person) frame_person(view->frame);
    return column ? frame_column(*of_person ? view->people : view->frame, column->name) : NULL;
}

struct value frame_view_value(const struct frame_view *view,
                              const struct frame_column *column, bool of_person, size_t row)
{
    if (!of_person) return frame_value(column, row);
    if (view->frame->persons[row] < 0) return (struct value){VALUE_MISSING, NAN, NULL};
    return frame_value(column, (size_t)view->frame->persons[row]);
}

/* A slot of a condition: twice the column's number, and one more for the person's columns.
 */
static long find(const void *names, const char *name, enum column_type *type,
                 const struct code_list **codes)
{
    const struct frame_view *view = names;
    bool of_person;
    const struct frame_column *column = frame_view_column(view, name, &of_person);
    const struct frame *frame = of_person ? view->people : view->frame;

    if (!column) return -1;
    *type = column->type;
    *codes = column->codes;
    return 2 * (long)(column - frame->columns) + of_person;
}

rk_status frame_view_condition(struct rk_run *run, const struct frame_view *view,
                               struct rk_place place, const char *text,
                               struct condition **out)
{
    const struct study *study;
    struct condition_scope scope = {.find = find, .names = view};

    *out = NULL;
    if (!text) return RK_OK;
    RK_TRY(study_open(run, &study));
    scope.period_start = study->period_start;
    scope.cut_off = study->cut_off;
    return condition_parse(run->arena, run->diag, place, text, &scope, out);
}

struct asked {
    const struct frame_view *view;
    size_t row;
};

static struct value get(const void *row, long slot)
{
    const struct asked *asked = row;
    bool of_person = slot % 2;
    const struct frame *frame = of_person ? asked->view->people : asked->view->frame;

    return frame_view_value(asked->view, &frame->columns[slot / 2], of_person, asked->row);
}

bool frame_view_holds(const struct frame_view *view, const struct condition *condition,
                      size_t row)
{
    struct asked asked = {view, row};

    return condition_holds(condition, get, &asked);
}

bool frame_view_asked(const struct frame_view *view, const struct condition *condition,
                      size_t nth, const struct frame_column **column, bool *of_person)
{
    const long *slots;
    const struct frame *frame;

    if (nth >= condition_slots(condition, &slots)) return false;
    *of_person = slots[nth] % 2;
    frame = *of_person ? view->people : view->frame;
    *column = &frame->columns[slots[nth] / 2];
    return true;
}
