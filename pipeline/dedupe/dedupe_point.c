// SPDX-License-Identifier: MIT
#include "pipeline/dedupe/dedupe_point.h"

#include "pipeline/base/rk_text.h"
#include "pipeline/dedupe/dedupe_derive.h"
#include "pipeline/dedupe/dedupe_order.h"

#include <string.h>

/* How a point orders the records of a person. */
struct order {
    const struct dedupe_rows *rows;
    const struct study_point *point;
    const struct frame_column *by, *then;
};

static bool better(const struct order *order, size_t a, size_t b)
{
    bool latest = order->point->take == KEEP_LATEST || order->point->take == KEEP_LAST;
    int way = 0;

    if (order->by) way = dedupe_order_by(order->by, latest, a, b);
    if (!way && order->then) way = dedupe_order_by(order->then, latest, a, b);
    if (way) return way < 0;
    if (order->point->take == KEEP_LAST) return dedupe_order_place(order->rows, b, a) < 0;
    if (order->point->take == KEEP_FIRST) return dedupe_order_place(order->rows, a, b) < 0;
    return dedupe_order(order->rows, a, b) < 0;
}

static bool is_record(const struct dedupe_rows *rows, size_t row)
{
    return rows->kept_in[row] == (int64_t)row && !rows->away[row] &&
           rows->frame->persons[row] >= 0;
}

rk_status dedupe_point_take(struct dedupe *stage, const struct dedupe_rows *rows,
                            const struct study_point *point, int64_t **taken)
{
    const struct frame *frame = rows->frame;
    struct frame_view view = {frame, stage->people};
    struct order order = {rows, point, NULL, NULL};
    struct condition *where;
    int64_t *best = RK_ARRAY(rows->run->arena, int64_t, stage->people->rows + 1);

    RK_TRY(
        frame_view_condition(rows->run, &view, point->where_place, point->where, &where));
    if (point->by) order.by = frame_column(frame, point->by);
    if (point->then) order.then = frame_column(frame, point->then);
    for (size_t person = 0; person < stage->people->rows; person++)
        best[person] = -1;
    for (size_t row = 0; row < frame->rows; row++) {
        int64_t *mine;

        if (!is_record(rows, row) || !frame_view_holds(&view, where, row)) continue;
        mine = &best[frame->persons[row]];
        if (*mine < 0 || better(&order, row, (size_t)*mine)) *mine = (int64_t)row;
    }
    *taken = best;
    return RK_OK;
}

/* A column of people, apart from their frame until all sources are read. */
static struct frame_column new_column(struct dedupe *stage,
                                      const struct study_column *variable)
{
    struct frame_column one;
    struct frame shell = {.rows = stage->people->rows, .columns = &one};

    dedupe_derive_column(stage->run, &shell, variable);
    return one;
}

static void take_value(struct dedupe *stage, struct frame_column *out, size_t person,
                       const struct frame_column *from, size_t row)
{
    struct value value = frame_value(from, row);

    if (value.state != VALUE_THERE) return;
    if (out->text)
        out->text[person] = rk_arena_copy(stage->run->arena, value.text);
    else if (out->number)
        out->number[person] = value.number;
    else
        out->whole[person] = (int64_t)value.number;
}

/* Codes of periods are the frame's own: people get a list with the same ones. */
static const struct code_list *codes_for_people(struct dedupe *stage,
                                                const struct frame_column *column)
{
    struct code_list *list;

    if (column->type != COLUMN_CODE || !column->codes->open) return column->codes;
    list = code_list_new(stage->run->arena, column->codes->name, column->codes->path);
    list->open = true;
    list->period = column->codes->period;
    for (size_t i = 0; i < column->codes->count; i++)
        code_list_add(stage->run->arena, list, column->codes->codes[i],
                      column->codes->labels[i]);
    return list;
}

static void make_has(struct dedupe *stage, struct frame_column *out, const int64_t *taken)
{
    for (size_t person = 0; person < stage->people->rows; person++)
        out->whole[person] = taken[person] >= 0 ? 0 : 1;
}

static void make_from(struct dedupe *stage, const struct dedupe_rows *rows,
                      const char *name, struct frame_column *out, const int64_t *taken)
{
    const struct frame_column *column = frame_column(rows->frame, name);

    out->codes = codes_for_people(stage, column);
    for (size_t person = 0; person < stage->people->rows; person++)
        if (taken[person] >= 0)
            take_value(stage, out, person, column, (size_t)taken[person]);
}

rk_status dedupe_point_late(struct dedupe *stage, const struct dedupe_rows *rows,
                            const struct study_point *point, const int64_t *taken)
{
    const struct study_source *people = stage->study->people;
    size_t name = strlen(point->name);

    for (size_t i = 0; i < people->derived_count; i++) {
        const struct study_derive *derive = people->derived[i].derive;
        bool has = derive->kind == DERIVE_HAS && strcmp(derive->of, point->name) == 0;
        bool from = derive->kind == DERIVE_FROM &&
                    strncmp(derive->of, point->name, name) == 0 && derive->of[name] == '.';

        if (!has && !from) continue;
        stage->late[i] = new_column(stage, &people->derived[i]);
        if (has)
            make_has(stage, &stage->late[i], taken);
        else
            make_from(stage, rows, derive->of + name + 1, &stage->late[i], taken);
    }
    return RK_OK;
}

static rk_status make_count(struct dedupe *stage, const struct dedupe_rows *rows,
                            const struct study_derive *derive, struct frame_column *out)
{
    struct frame_view view = {rows->frame, stage->people};
    struct condition *where;

    RK_TRY(
        frame_view_condition(rows->run, &view, derive->where_place, derive->where, &where));
    for (size_t person = 0; person < stage->people->rows; person++)
        out->whole[person] = 0;
    for (size_t row = 0; row < rows->frame->rows; row++)
        if (is_record(rows, row) && frame_view_holds(&view, where, row))
            out->whole[rows->frame->persons[row]]++;
    return RK_OK;
}

rk_status dedupe_point_counts(struct dedupe *stage, const struct dedupe_rows *rows)
{
    const struct study_source *people = stage->study->people;

    for (size_t i = 0; i < people->derived_count; i++) {
        const struct study_derive *derive = people->derived[i].derive;

        if (derive->kind != DERIVE_COUNT ||
            study_source(stage->study, derive->of) != rows->source)
            continue;
        stage->late[i] = new_column(stage, &people->derived[i]);
        RK_TRY(make_count(stage, rows, derive, &stage->late[i]));
    }
    return RK_OK;
}
