// SPDX-License-Identifier: MIT
#include "pipeline/tabulate/tabulate_reach.h"

#include "pipeline/tabulate/tabulate_behind.h"
#include "pipeline/tabulate/tabulate_where.h"

static void sum_slots(const struct tab_reach *reach, const struct tab_group *groups)
{
    struct tab_desk *desk = reach->question.desk;
    size_t all = reach->slots - 1;
    const struct tab_group **parts =
        RK_ARRAY(desk->scratch, const struct tab_group *, all + 1);

    if (!reach->groups.grouped) return;
    for (size_t slot = 0; slot < all; slot++)
        parts[slot] = &groups[slot];
    tab_sum(desk, &groups[all], parts, all);
}

static void count_slots(const struct tab_reach *reach, const struct condition *of, long *in,
                        long *reached)
{
    const struct tab_question *question = &reach->question;
    size_t all = reach->slots - 1;

    for (size_t i = 0; i < question->count; i++) {
        size_t slot = tab_group_of(&reach->groups, question->rows[i]);
        bool holds = frame_view_holds(&question->view.view, of, question->rows[i]);

        in[slot]++;
        in[all]++;
        reached[slot] += holds;
        reached[all] += holds;
    }
}

/* The same of clients, where rows are records. */
static void count_clients(const struct tab_reach *reach, const struct condition *of, long *in,
                          long *reached)
{
    const struct tab_question *question = &reach->question;
    const int32_t *person = frame_person(question->view.view.frame);
    size_t people = question->desk->people->rows, all = reach->slots - 1;
    bool *seen = RK_ARRAY(question->desk->scratch, bool, 2 * reach->slots * people + 1);

    for (size_t i = 0; i < question->count; i++) {
        size_t row = question->rows[i], slots[] = {tab_group_of(&reach->groups, row), all};
        bool holds = frame_view_holds(&question->view.view, of, row);

        for (size_t k = 0; k < 2; k++) {
            bool *known = &seen[2 * (slots[k] * people + (size_t)person[row])];

            in[slots[k]] += !known[0];
            reached[slots[k]] += holds && !known[1];
            known[0] = true;
            known[1] |= holds;
        }
    }
}

/* Said only of frames in which each record is somebody's. */
static void tell_clients(const struct tab_reach *reach, const struct condition *of)
{
    struct tab_desk *desk = reach->question.desk;
    const struct frame *frame = reach->question.view.view.frame;
    long *in = RK_ARRAY(desk->scratch, long, reach->slots);
    long *reached = RK_ARRAY(desk->scratch, long, reach->slots);

    if (reach->question.unit != UNIT_RECORDS || !frame_person(frame) ||
        !frame_all_linked(frame))
        return;
    count_clients(reach, of, in, reached);
    for (size_t slot = 0; slot < reach->slots; slot++) {
        tab_behind_counted(desk, reach->base[slot].id, in[slot]);
        tab_behind_counted(desk, reach->reached[slot].id, reached[slot]);
    }
}

static void name_slots(struct tab_reach *reach, const struct condition *of)
{
    struct tab_question *question = &reach->question;
    struct rk_arena *arena = question->desk->scratch;
    long *in = RK_ARRAY(arena, long, reach->slots);
    long *reached = RK_ARRAY(arena, long, reach->slots);

    count_slots(reach, of, in, reached);
    reach->base = RK_ARRAY(arena, struct tab_group, reach->slots);
    reach->reached = RK_ARRAY(arena, struct tab_group, reach->slots);
    for (size_t slot = 0; slot < reach->slots; slot++) {
        struct tab_who who = question->all.who;

        tab_group_who(&reach->groups, slot, &who);
        reach->base[slot] = tab_part_base(question, &who, in[slot], &question->all);
        tab_who_where(question->desk, &question->view, question->asked->of, &who);
        reach->reached[slot] = tab_part(question, &who, reached[slot]);
    }
    tell_clients(reach, of);
    sum_slots(reach, reach->base);
    sum_slots(reach, reach->reached);
}

rk_status tab_reach_open(struct tab_desk *desk, const struct study_result *asked,
                         struct tab_reach *out)
{
    struct condition *of;

    *out = (struct tab_reach){.slots = 0};
    RK_TRY(tab_question_open(desk, asked, &out->question));
    RK_TRY(tab_groups_open(&out->question, asked->by, &out->groups));
    RK_TRY(frame_view_condition(desk->run, &out->question.view.view, asked->of_place,
                                asked->of, &of));
    out->slots = tab_group_slots(&out->groups);
    name_slots(out, of);
    return RK_OK;
}
