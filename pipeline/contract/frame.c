// SPDX-License-Identifier: MIT
#include "pipeline/contract/frame.h"

#include "pipeline/base/rk_text.h"

#include <math.h>
#include <string.h>

const struct frame_column *frame_column(const struct frame *frame, const char *name)
{
    for (size_t i = 0; i < frame->count; i++)
        if (strcmp(frame->columns[i].name, name) == 0) return &frame->columns[i];
    return NULL;
}

struct value frame_value(const struct frame_column *column, size_t row)
{
    struct value value = {VALUE_MISSING, NAN, NULL};

    if (column->whole && column->whole[row] != RK_NO_VALUE) {
        value.state = VALUE_THERE;
        value.number = (double)column->whole[row];
    } else if (column->number && !isnan(column->number[row])) {
        value.state = VALUE_THERE;
        value.number = column->number[row];
    } else if (column->text && column->text[row]) {
        value.state = VALUE_THERE;
        value.text = column->text[row];
    }
    return value;
}

static bool has_person(const struct frame_view *view)
{
    return view->people && view->people != view->frame && view->frame->person;
}

const struct frame_column *frame_view_column(const struct frame_view *view,
                                             const char *name, bool *of_person)
{
    static const char prefix[] = "people.";
    bool certain = strncmp(name, prefix, strlen(prefix)) == 0;
    const struct frame_column *own = certain ? NULL : frame_column(view->frame, name);

    *of_person = false;
    if (own) return own;
    name += certain ? strlen(prefix) : 0;
    if (certain && view->people == view->frame) return frame_column(view->frame, name);
    if (!has_person(view)) return NULL;
    *of_person = true;
    return frame_column(view->people, name);
}

struct value frame_view_value(const struct frame_view *view,
                              const struct frame_column *column, bool of_person, size_t row)
{
    if (!of_person) return frame_value(column, row);
    if (view->frame->person[row] < 0) return (struct value){VALUE_MISSING, NAN, NULL};
    return frame_value(column, (size_t)view->frame->person[row]);
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
