// SPDX-License-Identifier: MIT
#include "pipeline/tabulate/tabulate_question.h"

#include "pipeline/tabulate/tabulate_merge.h"
#include "pipeline/tabulate/tabulate_where.h"

#include <assert.h>
#include <string.h>

/* The columns of `answered`. */
struct needed {
    const struct frame_column **columns;
    bool *of_person;
    size_t count;
};

static rk_status find_needed(struct tab_question *question, struct needed *needed,
                             struct tab_who *who)
{
    struct tab_desk *desk = question->desk;
    const struct study_result *asked = question->asked;

    needed->count = asked->answered_count;
    needed->columns =
        RK_ARRAY(desk->scratch, const struct frame_column *, needed->count + 1);
    needed->of_person = RK_ARRAY(desk->scratch, bool, needed->count + 1);
    for (size_t i = 0; i < needed->count; i++) {
        struct tab_name name;

        needed->columns[i] = frame_view_column(&question->view.view, asked->answered[i],
                                               &needed->of_person[i]);
        if (!needed->columns[i])
            return rk_fail(desk->run->diag, RK_STUDY, asked->place,
                           "there is no variable \"%s\" in %s", asked->answered[i],
                           question->view.view.frame->name);
        name =
            tab_view_name(desk, &question->view, needed->columns[i], needed->of_person[i]);
        if (name.kind != TAB_HAS) tab_who_add(who, name.variable, TAB_ANSWERED);
    }
    return RK_OK;
}

/* ---- who was asked ---- */

/* Of a result's own variables those that know why they are missing: the columns NAME_missing. */
struct wanted {
    const struct frame_column *why[3];
    bool of_person[3];
    size_t count;
};

/* "believe" has "believe_missing", and "people.believe" "people.believe_missing". */
static void want(const struct tab_question *question, const char *name, struct wanted *wanted,
                 struct tab_who *who)
{
    struct tab_desk *desk = question->desk;
    const struct tab_view *view = &question->view;
    bool of_person, why_of_person;
    const struct frame_column *why = frame_view_column(
        &view->view, rk_arena_printf(desk->scratch, "%s_missing", name), &why_of_person);
    const struct frame_column *column = frame_view_column(&view->view, name, &of_person);

    if (!why || !column || !why->declared || !why->declared->kind_of ||
        of_person != why_of_person || wanted->count == 3)
        return;
    wanted->of_person[wanted->count] = of_person;
    wanted->why[wanted->count++] = why;
    tab_who_add(who, tab_view_name(desk, view, column, of_person).variable, TAB_ASKED);
}

static void find_wanted(const struct tab_question *question, struct wanted *wanted,
                        struct tab_who *who)
{
    const struct study_result *asked = question->asked;

    for (size_t i = 0; asked->kind == RESULT_TABLE && i < asked->variable_count; i++)
        want(question, asked->variables[i], wanted, who);
    if (asked->kind == RESULT_MEAN) want(question, asked->of, wanted, who);
}

static bool all_asked(const struct tab_question *question, const struct wanted *wanted,
                      size_t row)
{
    for (size_t i = 0; i < wanted->count; i++) {
        struct value why = frame_view_value(&question->view.view, wanted->why[i],
                                            wanted->of_person[i], row);

        if (why.state == VALUE_THERE && missing_not_asked((enum missing_kind)why.number))
            return false;
    }
    return true;
}

static bool all_answered(const struct tab_question *question, const struct needed *needed,
                         size_t row)
{
    for (size_t i = 0; i < needed->count; i++) {
        struct value value = frame_view_value(&question->view.view, needed->columns[i],
                                              needed->of_person[i], row);

        if (value.state != VALUE_THERE) return false;
    }
    return true;
}

static void pick_rows(struct tab_question *question, const struct condition *where,
                      const struct needed *needed, const struct wanted *wanted)
{
    size_t rows = question->view.view.frame->rows;
    uint32_t *picked = RK_ARRAY(question->desk->scratch, uint32_t, rows + 1);

    assert(rows < UINT32_MAX);
    for (size_t i = 0; i < rows; i++) {
        if (frame_view_holds(&question->view.view, where, i) &&
            all_answered(question, needed, i) && all_asked(question, wanted, i))
            picked[question->count++] = (uint32_t)i;
    }
    question->rows = picked;
}

static void name_base(struct tab_question *question, const struct tab_who *who,
                      const char *said)
{
    struct tab_desk *desk = question->desk;
    struct tab_group root = tab_root(desk, &question->view);

    question->all = tab_group(desk, who, (long)question->count, question->open);
    question->voice = (struct tab_voice){question->asked->name, said, &question->all.who};
    tab_base(desk, &question->all, &root, &question->voice);
}

/* Monitoring returns and the like: their rows are nobody's. */
static bool stands_alone(const struct tab_question *question)
{
    return !question->view.clients && !question->view.source->link;
}

static rk_status open_about(struct tab_question *question, const char *frame,
                            const char *where, struct rk_place place, bool own)
{
    struct tab_desk *desk = question->desk;
    const struct study_result *asked = question->asked;
    struct condition *condition = NULL;
    struct needed needed = {.count = 0};
    struct wanted wanted = {.count = 0};
    struct tab_who who;

    RK_TRY(tab_view_open(desk, frame, &question->view));
    RK_TRY(frame_view_condition(desk->run, &question->view.view, place, where, &condition));
    who = question->view.who;
    tab_who_where(desk, &question->view, where, &who);
    if (own) RK_TRY(find_needed(question, &needed, &who));
    if (own) find_wanted(question, &wanted, &who);
    pick_rows(question, condition, &needed, &wanted);
    question->unit =
        question->view.clients && !asked->records ? UNIT_CLIENTS : UNIT_RECORDS;
    question->open = !asked->mask || stands_alone(question);
    name_base(question, &who, own ? asked->base : NULL);
    return RK_OK;
}

rk_status tab_question_about(struct tab_desk *desk, const struct study_result *asked,
                             const char *frame, const char *where, struct rk_place place,
                             struct tab_question *out)
{
    *out = (struct tab_question){.desk = desk, .asked = asked};
    return open_about(out, frame, where, place, false);
}

rk_status tab_question_open(struct tab_desk *desk, const struct study_result *asked,
                            struct tab_question *out)
{
    *out = (struct tab_question){.desk = desk, .asked = asked};
    return open_about(out, asked->source, asked->where, asked->where_place, true);
}

rk_status tab_question_variable(const struct tab_question *question, const char *name,
                                struct tab_variable *out)
{
    RK_TRY(tab_variable_open(question->desk, &question->view, name, question->asked->place,
                             out));
    tab_merge_apply(question->desk, out);
    return RK_OK;
}

struct tab_group tab_part(const struct tab_question *question, const struct tab_who *who,
                          long n)
{
    return tab_group(question->desk, who, n, question->open);
}

struct tab_group tab_part_base(const struct tab_question *question,
                               const struct tab_who *who, long n,
                               const struct tab_group *parent)
{
    struct tab_group group = tab_part(question, who, n);

    tab_base(question->desk, &group, parent, &question->voice);
    return group;
}

struct tab_place tab_place_of(const struct tab_question *question)
{
    return (struct tab_place){question->asked->name, TAB_ALL,  TAB_ALL_LABEL, TAB_ALL,
                              TAB_ALL_LABEL,         TAB_LAST, TAB_LAST};
}

void tab_place_row(struct tab_place *place, const struct tab_variable *variable, long level)
{
    place->row = variable->codes[level];
    place->row_label = variable->labels[level];
    place->row_order = level + 1;
}

void tab_place_column(struct tab_place *place, const struct tab_variable *variable,
                      long level)
{
    place->column = variable->codes[level];
    place->column_label = variable->labels[level];
    place->column_order = level + 1;
}

rk_status tab_groups_open(const struct tab_question *question, const char *by,
                          struct tab_groups *out)
{
    *out = (struct tab_groups){.grouped = by != NULL, .count = 1};
    if (!by) return RK_OK;
    RK_TRY(tab_question_variable(question, by, &out->by));
    for (size_t i = 0; i < out->by.levels; i++)
        out->count += out->by.used[i];
    return RK_OK;
}

size_t tab_group_of(const struct tab_groups *groups, size_t row)
{
    long level = groups->grouped ? tab_level(&groups->by, row) : TAB_NO_ANSWER;

    return level < 0 ? groups->by.levels : (size_t)level;
}

size_t tab_group_slots(const struct tab_groups *groups)
{
    return groups->by.levels + 2;
}

bool tab_group_shown(const struct tab_groups *groups, size_t slot)
{
    if (slot < groups->by.levels) return groups->by.used[slot];
    return slot == groups->by.levels + 1;
}

void tab_group_who(const struct tab_groups *groups, size_t slot, struct tab_who *who)
{
    if (slot < groups->by.levels)
        tab_who_level(who, &groups->by, (long)slot);
    else if (slot == groups->by.levels && groups->grouped)
        tab_who_missing(who, &groups->by);
}

void tab_group_place(const struct tab_groups *groups, size_t slot, struct tab_place *place)
{
    if (slot < groups->by.levels) {
        tab_place_row(place, &groups->by, (long)slot);
        return;
    }
    place->row = TAB_ALL;
    place->row_label = TAB_ALL_LABEL;
    place->row_order = TAB_LAST;
}
