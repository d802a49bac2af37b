// SPDX-License-Identifier: MIT
#include "pipeline/quality/quality_priv.h"

#include <stdlib.h>
#include <string.h>

/* Days of one area, while they are gathered. */
struct days {
    long *at;
    size_t count, cap;
};

static int by_size(const void *a, const void *b)
{
    const long *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

static void add_timing(struct quality *quality, const struct study_timing *timing,
                       size_t area, struct days *days)
{
    struct quality_timing out = {.timing = timing, .area = area, .n = (long)days->count};

    if (!days->count) return;
    qsort(days->at, days->count, sizeof *days->at, by_size);
    out.median = days->at[(days->count - 1) / 2];
    out.late = days->at[(days->count * 9 + 9) / 10 - 1];
    out.most = days->at[days->count - 1];
    for (size_t i = 0; i < days->count; i++)
        out.negative += days->at[i] < 0;
    RK_ROOM(quality->arena, quality->timings, quality->timing_count, quality->timing_cap);
    quality->timings[quality->timing_count++] = out;
}

static void put_days(struct quality *quality, struct days *days, long value)
{
    RK_ROOM(quality->arena, days->at, days->count, days->cap);
    days->at[days->count++] = value;
}

/* Whole records of 20-people: who is who is known there, and each record counts once. */
static rk_status time_one(struct quality *quality, const struct study_timing *timing)
{
    const struct study *study = quality->study;
    const struct study_source *source = study_source(study, timing->source);
    bool of_people = source == study->people, from_person, to_person, by_person = true;
    struct frame *frame, *people;
    struct frame_view view;
    const struct frame_column *from, *to, *by;
    struct days *areas = RK_ARRAY(quality->arena, struct days, quality->all + 1);

    RK_TRY(
        frame_read(quality->run, "20-people", of_people ? "people" : source->name, &frame));
    people = frame;
    if (source->link) RK_TRY(frame_read(quality->run, "20-people", "people", &people));
    view = (struct frame_view){frame, of_people || source->link ? people : NULL};
    from = frame_view_column(&view, timing->from, &from_person);
    to = frame_view_column(&view, timing->to, &to_person);
    by = study->quality_by ? frame_view_column(&view, study->quality_by->name, &by_person)
                           : NULL;
    if (!from || !to) return RK_OK; /* a private date: gone by now */
    for (size_t row = 0; row < frame->rows; row++) {
        struct value first = frame_view_value(&view, from, from_person, row);
        struct value last = frame_view_value(&view, to, to_person, row);
        struct value area = by ? frame_view_value(&view, by, by_person, row)
                               : (struct value){.state = VALUE_MISSING};
        bool known = area.state == VALUE_THERE && by->codes == quality->codes;

        if (first.state != VALUE_THERE || last.state != VALUE_THERE) continue;
        put_days(quality, &areas[known ? (size_t)area.number : quality->area_count - 1],
                 (long)(last.number - first.number));
        put_days(quality, &areas[quality->all], (long)(last.number - first.number));
    }
    for (size_t area = 0; area <= quality->all; area++)
        add_timing(quality, timing, area, &areas[area]);
    return RK_OK;
}

rk_status quality_time(struct quality *quality)
{
    for (size_t i = 0; i < quality->study->timing_count; i++)
        RK_TRY(time_one(quality, &quality->study->timings[i]));
    return RK_OK;
}
