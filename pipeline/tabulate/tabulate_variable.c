// SPDX-License-Identifier: MIT
#include "pipeline/tabulate/tabulate_variable.h"

#include <string.h>

static const char *label_of(const struct frame_column *column)
{
    const struct study_column *declared = column->declared;

    return declared && declared->label ? declared->label : column->name;
}

static rk_status find(struct tab_desk *desk, const struct tab_view *view, const char *name,
                      struct rk_place place, const struct frame_column **column,
                      bool *of_person)
{
    *column = frame_view_column(&view->view, name, of_person);
    if (!*column)
        return rk_fail(desk->run->diag, RK_STUDY, place,
                       "there is no variable \"%s\" in %s", name, view->view.frame->name);
    return RK_OK;
}

static void find_used(struct tab_desk *desk, size_t rows, struct tab_variable *variable)
{
    bool *used = RK_ARRAY(desk->scratch, bool, variable->levels + 1);

    for (size_t i = 0; i < rows; i++) {
        long level = tab_level(variable, i);

        if (level >= 0) used[level] = true;
    }
    variable->used = used;
}

rk_status tab_variable_open(struct tab_desk *desk, const struct tab_view *view,
                            const char *name, struct rk_place place,
                            struct tab_variable *out)
{
    const struct frame_column *column;
    bool of_person;

    RK_TRY(find(desk, view, name, place, &column, &of_person));
    if (column->type != COLUMN_CODE)
        return rk_fail(desk->run->diag, RK_STUDY, place, "\"%s\" is not a code", name);
    *out = (struct tab_variable){
        .label = label_of(column),
        .name = tab_view_name(desk, view, column, of_person),
        .column = column,
        .levels = column->codes->count,
        .codes = column->codes->codes,
        .labels = column->codes->labels,
        .through = of_person ? frame_person(view->view.frame) : NULL,
    };
    if (column->declared) {
        out->ordered = column->declared->ordered;
        out->better = column->declared->better;
        out->apart = column->declared->apart;
    }
    find_used(desk, view->view.frame->rows, out);
    return RK_OK;
}

void tab_who_level(struct tab_who *who, const struct tab_variable *variable, long level)
{
    const char *code = variable->codes[level];

    if (variable->name.kind == TAB_HAS)
        code = strcmp(code, "yes") == 0 ? TAB_RECORD : TAB_NO_RECORD;
    tab_who_add(who, variable->name.variable, code);
}

void tab_who_answered(struct tab_who *who, const struct tab_variable *variable)
{
    if (variable->name.kind == TAB_HAS) return; /* everybody has a record or none */
    tab_who_add(who, variable->name.variable, TAB_ANSWERED);
}

void tab_who_missing(struct tab_who *who, const struct tab_variable *variable)
{
    tab_who_add(who, variable->name.plain, TAB_MISSING);
}

void tab_who_otherwise(struct rk_arena *arena, struct tab_who *who,
                       const struct tab_variable *variable, long level)
{
    if (variable->levels == 2) {
        tab_who_level(who, variable, 1 - level);
        return;
    }
    tab_who_add(who, variable->name.variable,
                rk_arena_printf(arena, "!%s", variable->codes[level]));
}

rk_status tab_scores_open(struct tab_desk *desk, const struct tab_view *view,
                          const char *name, struct rk_place place, struct tab_scores *out)
{
    const struct frame_column *column;
    bool of_person;

    RK_TRY(find(desk, view, name, place, &column, &of_person));
    if (column->type != COLUMN_INTEGER && column->type != COLUMN_NUMBER)
        return rk_fail(desk->run->diag, RK_STUDY, place, "\"%s\" is not a number", name);
    *out = (struct tab_scores){
        .label = label_of(column),
        .name = tab_view_name(desk, view, column, of_person),
        .column = column,
        .declared = column->declared,
        .through = of_person ? frame_person(view->view.frame) : NULL,
    };
    return RK_OK;
}

double tab_score(const struct tab_scores *scores, size_t row)
{
    int64_t at = scores->through ? scores->through[row] : (int64_t)row;

    return at < 0 ? NAN : frame_number(scores->column, (size_t)at);
}

double tab_weight(const struct tab_scores *weights, size_t row)
{
    double weight = tab_score(weights, row);

    return isfinite(weight) && weight > 0 ? weight : 0;
}
