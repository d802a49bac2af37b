// SPDX-License-Identifier: MIT
#include "pipeline/tabulate/tabulate_desk.h"

#include "stats/stats_types.h"

#include <string.h>

#define PEOPLE "20-people"

rk_status tab_desk_open(struct rk_run *run, struct rk_arena *scratch, struct tab_desk *desk)
{
    *desk = (struct tab_desk){.run = run, .arena = run->arena, .scratch = scratch};
    stats_start();
    RK_TRY(study_open(run, &desk->study));
    RK_TRY(flow_read(run, PEOPLE, &desk->flow));
    desk->results = results_new(run->arena);
    desk->frame_names = rk_map_new(run->arena);
    desk->sums = rk_map_new(run->arena);
    desk->behind = rk_map_new(run->arena);
    desk->same_points = rk_map_new(run->arena);
    desk->other_points = rk_map_new(run->arena);
    return tab_desk_frame(desk, "people", &desk->people);
}

rk_status tab_desk_frame(struct tab_desk *desk, const char *name, const struct frame **out)
{
    struct frame *frame;
    long at;

    if (strcmp(name, desk->study->people->name) == 0) name = "people";
    at = rk_map_find(desk->frame_names, name);
    if (at < 0) {
        RK_TRY(frame_read(desk->run, PEOPLE, name, &frame));
        at = (long)rk_map_add(desk->frame_names, name);
        RK_ROOM(desk->arena, desk->frames, desk->frame_count, desk->frame_cap);
        desk->frames[desk->frame_count++] = frame;
    }
    *out = desk->frames[at];
    return RK_OK;
}

static bool is_people_point(const struct study *study, const struct study_point *point)
{
    return point->source == study->people && !point->where;
}

const struct study_point *tab_people_point(const struct study *study)
{
    for (size_t i = 0; i < study->point_count; i++) {
        if (is_people_point(study, &study->points[i])) return &study->points[i];
    }
    return NULL;
}

/* Frames of records whose clients are not all known have clients who are no people. */
static const char *records_name(struct rk_arena *arena, const struct frame *frame)
{
    return frame_all_linked(frame) ? frame->name : rk_arena_printf(arena, "%s+", frame->name);
}

static bool cells_equal(struct value a, struct value b)
{
    if (a.state != b.state || a.state != VALUE_THERE) return a.state == b.state;
    return a.text ? strcmp(a.text, b.text) == 0 : a.number == b.number;
}

static bool column_equal(const struct frame *frame, const struct frame *people,
                         const struct frame_column *column)
{
    const struct frame_column *of_people = frame_column(people, column->name);
    const int32_t *person = frame_person(frame);

    if (!of_people) return true;
    if (of_people->type != column->type) return false;
    for (size_t i = 0; i < frame->rows; i++) {
        if (!cells_equal(frame_value(column, i),
                         frame_value(of_people, (size_t)person[i])))
            return false;
    }
    return true;
}

/* Does everybody have a record at the point that says what their own row says? */
static bool rows_equal(const struct frame *frame, const struct frame *people)
{
    if (frame->rows != people->rows || !frame_person(frame) || !frame_all_linked(frame))
        return false;
    for (size_t i = 0; i < frame->count; i++) {
        if (!column_equal(frame, people, frame_column_at(frame, i))) return false;
    }
    return true;
}

static bool is_own(struct tab_desk *desk, const struct study_point *point,
                   const struct frame *frame)
{
    if (!is_people_point(desk->study, point)) return false;
    if (rk_map_find(desk->same_points, point->name) >= 0) return true;
    if (rk_map_find(desk->other_points, point->name) >= 0) return false;
    if (rows_equal(frame, desk->people)) {
        rk_map_add(desk->same_points, point->name);
        return true;
    }
    rk_map_add(desk->other_points, point->name);
    return false;
}

rk_status tab_view_open(struct tab_desk *desk, const char *name, struct tab_view *out)
{
    const struct frame *frame;

    RK_TRY(tab_desk_frame(desk, name, &frame));
    *out = (struct tab_view){
        .view = {frame, desk->people},
          .source = frame->source
    };
    if (frame == desk->people) {
        out->source = desk->study->people;
        out->clients = out->own_is_people = true;
        out->who.frame = "people";
        return RK_OK;
    }
    out->point = study_point(desk->study, name);
    out->clients = out->point != NULL;
    out->who.frame = out->clients ? "people" : records_name(desk->arena, frame);
    if (!out->point) return RK_OK;
    out->source = out->point->source;
    out->own_is_people = is_own(desk, out->point, frame);
    if (!out->own_is_people) tab_who_add(&out->who, out->point->name, TAB_RECORD);
    return RK_OK;
}

/* A variable of the people frame, which may be another name for something at a point. */
static struct tab_name name_of_person(const struct study *study, const char *name)
{
    const struct study_column *column = study_column(study->people, name);
    const struct study_derive *derive = column ? column->derive : NULL;
    const struct study_point *people = tab_people_point(study);
    size_t length = people ? strlen(people->name) : 0;

    if (derive && derive->kind == DERIVE_HAS)
        return (struct tab_name){derive->of, TAB_HAS, name};
    if (derive && derive->kind == DERIVE_FROM) {
        bool own = people && strncmp(derive->of, people->name, length) == 0 &&
                   derive->of[length] == '.';

        return (struct tab_name){own ? derive->of + length + 1 : derive->of, TAB_FROM,
                                 name};
    }
    return (struct tab_name){name, TAB_PLAIN, name};
}

struct tab_name tab_view_name(const struct tab_desk *desk, const struct tab_view *view,
                              const struct frame_column *column, bool of_person)
{
    const char *name = column->name;

    if (!view->clients) {
        if (of_person) name = rk_arena_printf(desk->arena, "people.%s", name);
        return (struct tab_name){name, TAB_PLAIN, name};
    }
    if (!of_person && view->point && !view->own_is_people) {
        name = rk_arena_printf(desk->arena, "%s.%s", view->point->name, name);
        return (struct tab_name){name, TAB_PLAIN, name};
    }
    return name_of_person(desk->study, name);
}
