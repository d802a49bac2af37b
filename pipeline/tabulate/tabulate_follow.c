// SPDX-License-Identifier: MIT
/* `time_to`: who can be followed, for how long, and what ended it. */
#include "pipeline/tabulate/tabulate_follow.h"

#include "pipeline/base/rk_date.h"

#include <string.h>

/* A date of a row, or one for all of them. */
struct date {
    const struct frame_column *column;
    bool of_person;
    long day;
};

struct dates {
    struct date start, until, competing;
    int64_t *event; /* of each person: the first; RK_NO_VALUE when there is none */
};

static rk_status column_of(const struct tab_question *question, const char *name,
                           struct date *out)
{
    out->column = frame_view_column(&question->view.view, name, &out->of_person);
    if (out->column && out->column->type == COLUMN_DATE) return RK_OK;
    return rk_fail(question->desk->run->diag, RK_STUDY, question->asked->place,
                   "\"%s\" is not a date of %s", name, question->view.view.frame->name);
}

static rk_status until_of(const struct tab_question *question, struct date *out)
{
    const struct study *study = question->desk->study;
    const char *until = question->asked->until;

    *out = (struct date){.day = study->cut_off};
    if (strcmp(until, "cut_off") == 0 || rk_date_parse(until, &out->day)) return RK_OK;
    out->day = study->period_start;
    if (strcmp(until, "period_start") == 0) return RK_OK;
    return column_of(question, until, out);
}

/* RK_NO_VALUE when it is not known. */
static int64_t day_of(const struct tab_question *question, const struct date *date,
                      size_t row)
{
    struct value value;

    if (!date->column) return date->day;
    value = frame_view_value(&question->view.view, date->column, date->of_person, row);
    return value.state == VALUE_THERE ? (int64_t)value.number : RK_NO_VALUE;
}

/* Row in people of a row of a frame, or -1. */
static int64_t person_of(const struct tab_desk *desk, const struct frame *frame, size_t row)
{
    const int32_t *person = frame_person(frame);

    if (frame == desk->people) return (int64_t)row;
    return person ? person[row] : -1;
}

/* Of several records of a person the first event counts. */
static rk_status find_events(const struct tab_question *question, int64_t **out)
{
    struct tab_desk *desk = question->desk;
    const struct study_result *asked = question->asked;
    const struct frame *frame;
    const struct frame_column *column;
    int64_t *first = RK_ARRAY(desk->scratch, int64_t, desk->people->rows + 1);

    RK_TRY(tab_desk_frame(desk, asked->of, &frame));
    column = frame_column(frame, asked->event);
    if (!column || column->type != COLUMN_DATE)
        return rk_fail(desk->run->diag, RK_STUDY, asked->of_place,
                       "\"%s\" is not a date of %s", asked->event, frame->name);
    for (size_t i = 0; i < desk->people->rows; i++)
        first[i] = RK_NO_VALUE;
    for (size_t i = 0; i < frame->rows; i++) {
        int64_t person = person_of(desk, frame, i), day = frame_whole(column, i);

        if (person < 0 || day == RK_NO_VALUE) continue;
        if (first[person] == RK_NO_VALUE || day < first[person]) first[person] = day;
    }
    *out = first;
    return RK_OK;
}

/* Is it there and not later than the day? */
static bool by_day(int64_t day, int64_t last)
{
    return day != RK_NO_VALUE && day <= last;
}

/* Nobody can be followed whose start is not known or comes after an end. */
static bool follow(const struct tab_follow *follow, const struct dates *dates, size_t row,
                   long *days, enum tab_end *end)
{
    const struct tab_question *question = follow->question;
    int64_t person = person_of(question->desk, question->view.view.frame, row);
    int64_t start = day_of(question, &dates->start, row);
    int64_t last = day_of(question, &dates->until, row);
    int64_t event = person < 0 ? RK_NO_VALUE : dates->event[person];
    int64_t competing = question->asked->competing
                            ? day_of(question, &dates->competing, row)
                            : RK_NO_VALUE;

    *end = TAB_STILL_WAITING;
    if (person < 0 || start == RK_NO_VALUE || last == RK_NO_VALUE) return false;
    if (by_day(competing, last)) {
        last = competing;
        *end = TAB_COMPETING;
    }
    if (by_day(event, last)) {
        last = event;
        *end = TAB_EVENT;
    }
    *days = (long)(last - start);
    return last >= start;
}

static const char *name_of(const struct tab_question *question, const struct date *date,
                           const char *word)
{
    if (!date->column) return word;
    return tab_view_name(question->desk, &question->view, date->column, date->of_person)
        .variable;
}

static void name_follow(struct tab_follow *follow, const struct dates *dates)
{
    const struct tab_question *question = follow->question;
    const struct study_result *asked = question->asked;
    struct rk_arena *arena = question->desk->arena;

    follow->event = rk_arena_printf(arena, "%s.%s", asked->of, asked->event);
    follow->known = rk_arena_printf(
        arena, "*whose time can be counted; from %s to %s until %s%s%s",
        name_of(question, &dates->start, ""), follow->event,
        name_of(question, &dates->until, asked->until), asked->competing ? " or " : "",
        asked->competing ? name_of(question, &dates->competing, "") : "");
}

rk_status tab_follow_open(const struct tab_question *question, struct tab_follow *out)
{
    struct rk_arena *arena = question->desk->scratch;
    const struct study_result *asked = question->asked;
    struct dates dates = {.event = NULL};

    *out = (struct tab_follow){
        .question = question,
        .rows = RK_ARRAY(arena, uint32_t, question->count + 1),
        .days = RK_ARRAY(arena, long, question->count + 1),
        .end = RK_ARRAY(arena, enum tab_end, question->count + 1),
    };
    RK_TRY(column_of(question, asked->from, &dates.start));
    RK_TRY(until_of(question, &dates.until));
    if (asked->competing) RK_TRY(column_of(question, asked->competing, &dates.competing));
    RK_TRY(find_events(question, &dates.event));
    for (size_t i = 0; i < question->count; i++) {
        if (!follow(out, &dates, question->rows[i], &out->days[out->n], &out->end[out->n]))
            continue;
        out->rows[out->n++] = question->rows[i];
    }
    name_follow(out, &dates);
    return RK_OK;
}
