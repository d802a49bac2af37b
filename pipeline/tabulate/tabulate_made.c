// SPDX-License-Identifier: MIT
/* Results that every study has: `answered`, how complete each column is, and `points`, how
 * many have a record at each. Counts of the process: open unless another result has them.
 */
#include "pipeline/tabulate/tabulate_kind.h"
#include "pipeline/tabulate/tabulate_question.h"
#include "pipeline/tabulate/tabulate_where.h"

static const char *label_or(const char *label, const char *name)
{
    return label ? label : name;
}

/* ---- answered ---- */

static long kind_rows(const struct frame *frame, const struct frame_column *why, int kind)
{
    long n = 0;

    for (size_t i = 0; i < frame->rows; i++)
        n += frame_whole(why, i) == kind;
    return n;
}

/* Where kinds of missing are kept apart: a count of each that occurs, and who was asked; else
 * everybody. */
static struct tab_group asked_group(struct tab_desk *desk, const struct tab_view *view,
                                    const struct tab_group *all,
                                    const struct frame_column *column,
                                    const struct tab_place *answered)
{
    const struct frame *frame = view->view.frame;
    const struct frame_column *why = frame_column(
        frame, rk_arena_printf(desk->scratch, "%s_missing", column->name));
    struct tab_place place = *answered;
    struct tab_who who = view->who;
    struct tab_group asked;
    long not_asked = 0;

    if (!why || !why->declared->kind_of) return *all;
    for (int kind = 0; kind < MISSING_KINDS; kind++) {
        long rows = kind_rows(frame, why, kind);
        struct tab_who these = view->who;
        struct tab_group group;

        if (missing_not_asked((enum missing_kind)kind)) not_asked += rows;
        if (!rows) continue;
        place.column = why->codes->codes[kind];
        place.column_label = why->codes->labels[kind];
        place.column_order = kind + 1;
        tab_who_add(&these, why->name, why->codes->codes[kind]);
        group = tab_group(desk, &these, rows, true);
        tab_tell_count(desk, &place, "count", view->clients ? UNIT_CLIENTS : UNIT_RECORDS,
                       &group, all);
    }
    if (!not_asked) return *all;
    tab_who_add(&who, tab_view_name(desk, view, column, false).variable, TAB_ASKED);
    asked = tab_group(desk, &who, (long)frame->rows - not_asked, true);
    tab_base(desk, &asked, all, NULL);
    return asked;
}

static void tell_answered(struct tab_desk *desk, const struct tab_view *view,
                          const struct tab_group *all, const struct study_column *declared,
                          long order)
{
    const struct study_source *source = view->source;
    struct tab_who who = view->who;
    struct tab_place place = {
        "answered",
        rk_arena_printf(desk->arena, "%s/%s", source->name, declared->name),
        rk_arena_printf(desk->arena, "%s: %s", label_or(source->label, source->name),
                        label_or(declared->label, declared->name)),
        TAB_ALL,
        TAB_ALL_LABEL,
        order,
        TAB_LAST};
    struct tab_group group, asked;
    const struct frame_column named = {.name = declared->name};
    long rows;

    if (declared->private || declared->type == COLUMN_ID || declared->kind_of ||
        !frame_answered(view->view.frame, declared->name, &rows))
        return;
    asked = asked_group(desk, view, all, &named, &place);
    tab_who_add(&who, tab_view_name(desk, view, &named, false).variable, TAB_ANSWERED);
    group = tab_group(desk, &who, rows, true);
    tab_tell_count(desk, &place, "count", view->clients ? UNIT_CLIENTS : UNIT_RECORDS,
                   &group, &asked);
    tab_tell_percent(desk, &place, "percent", "none", &group, &asked);
}

rk_status tab_answered(struct tab_desk *desk)
{
    const struct study *study = desk->study;

    for (size_t i = 0; i < study->source_count; i++) {
        const struct study_source *source = &study->sources[i];
        struct tab_view view;
        struct tab_group all;

        RK_TRY(tab_view_open(desk, source->name, &view));
        all = tab_root(desk, &view);
        for (size_t j = 0; j < source->column_count; j++)
            tell_answered(desk, &view, &all, &source->columns[j],
                          (long)(i + 1) * 1000 + (long)j + 1);
    }
    return RK_OK;
}

/* ---- points ---- */

/* The condition may ask for much of the source that no result needs: what it takes goes with it. */
static rk_status records_of_point(const struct tab_desk *desk, const struct study_point *point,
                                  long *out)
{
    struct rk_run run = *desk->run;
    struct frame_view view;
    struct condition *where = NULL;
    struct frame *frame = NULL;
    rk_status status;

    *out = 0;
    run.arena = rk_arena_new();
    status = frame_read(&run, "20-people", point->source->name, &frame);
    view = (struct frame_view){
        frame, point->source == desk->study->people ? frame : desk->people};
    if (status == RK_OK)
        status = frame_view_condition(&run, &view, point->where_place, point->where, &where);
    for (size_t i = 0; status == RK_OK && i < frame->rows; i++)
        *out += frame_view_holds(&view, where, i);
    rk_arena_free(run.arena);
    return status;
}

static rk_status tell_point(struct tab_desk *desk, const struct study_point *point,
                            long order)
{
    struct tab_place place = {"points",  point->name, label_or(point->label, point->name),
                              "clients", "Clients",   order,
                              1};
    struct tab_view at, source;
    struct tab_group clients, all, records;
    struct tab_who who;
    long kept;

    RK_TRY(tab_view_open(desk, point->name, &at));
    RK_TRY(tab_view_open(desk, point->source->name, &source));
    RK_TRY(records_of_point(desk, point, &kept));
    clients = tab_root(desk, &at);
    tab_tell_count(desk, &place, "count", UNIT_CLIENTS, &clients, &clients);
    all = tab_root(desk, &source);
    who = source.who;
    tab_who_where(desk, &source, point->where, &who);
    records = tab_group(desk, &who, kept, true);
    place.column = "records";
    place.column_label = "Records";
    place.column_order = 2;
    tab_tell_count(desk, &place, "count", source.clients ? UNIT_CLIENTS : UNIT_RECORDS,
                   &records, &all);
    return RK_OK;
}

rk_status tab_points(struct tab_desk *desk)
{
    for (size_t i = 0; i < desk->study->point_count; i++)
        RK_TRY(tell_point(desk, &desk->study->points[i], (long)i + 1));
    return RK_OK;
}
