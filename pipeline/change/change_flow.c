// SPDX-License-Identifier: MIT
#include "pipeline/change/change_flow.h"

#include <string.h>

/* States of a person at a point: a record without an answer, then the categories. */
enum { BLANK, FIRST_CATEGORY };

static size_t states(const struct change_flow *flow)
{
    return flow->categories + FIRST_CATEGORY;
}

static long *cell(const struct change_flow *flow, size_t slot, size_t from, size_t to)
{
    return &flow->n[(slot * states(flow) + from) * states(flow) + to];
}

/* ---- categories ---- */

static size_t find_code(const char *const *codes, size_t count, const char *code)
{
    size_t at = 0;

    while (at < count && strcmp(codes[at], code) != 0)
        at++;
    return at;
}

/* The lists of both points, and the category of each level of the second. */
static const size_t *join_codes(const struct change *change, struct change_flow *flow)
{
    struct rk_arena *arena = change->question.desk->scratch;
    const struct tab_variable *from = &change->from.variable, *to = &change->to.variable;
    size_t *category = RK_ARRAY(arena, size_t, to->levels + 1);
    bool *apart = RK_ARRAY(arena, bool, from->levels + to->levels + 1);

    flow->codes = RK_ARRAY(arena, const char *, from->levels + to->levels + 1);
    flow->labels = RK_ARRAY(arena, const char *, from->levels + to->levels + 1);
    for (size_t i = 0; i < from->levels; i++) {
        flow->codes[i] = from->codes[i];
        flow->labels[i] = from->labels[i];
        apart[i] = from->apart && from->apart[i];
    }
    flow->categories = from->levels;
    for (size_t i = 0; i < to->levels; i++) {
        category[i] = find_code(flow->codes, flow->categories, to->codes[i]);
        if (category[i] == flow->categories) {
            flow->codes[category[i]] = to->codes[i];
            flow->labels[category[i]] = to->labels[i];
            apart[flow->categories++] =
                true; /* nobody knows where on the scale it stands */
        }
    }
    flow->apart = apart;
    return category;
}

static size_t state_of(const struct change_point *point, size_t person)
{
    long level = tab_level(&point->variable, (size_t)point->record[person]);

    return level < 0 ? BLANK : FIRST_CATEGORY + (size_t)level;
}

void change_flow_open(const struct change *change, struct change_flow *out)
{
    struct rk_arena *arena = change->question.desk->scratch;
    const size_t *category;

    *out = (struct change_flow){
        .change = change,
        .ordered = change->from.variable.ordered && change->to.variable.ordered,
        .better = change->from.variable.better,
        .slots = tab_group_slots(&change->groups),
    };
    category = join_codes(change, out);
    out->n = RK_ARRAY(arena, long, out->slots *states(out) * states(out));
    out->first = RK_ARRAY(arena, long, out->slots *states(out));
    for (size_t i = 0; i < change->question.count; i++) {
        size_t person = change_person(change, i), from, to;

        if (change->from.record[person] < 0) continue;
        from = state_of(&change->from, person);
        ++out->first[change_slot(change, i) * states(out) + from];
        ++out->first[(out->slots - 1) * states(out) + from];
        if (!change_is_linked(change, person)) continue;
        to = state_of(&change->to, person);
        if (to >= FIRST_CATEGORY) to = FIRST_CATEGORY + category[to - FIRST_CATEGORY];
        ++*cell(out, change_slot(change, i), from, to);
        ++*cell(out, out->slots - 1, from, to);
    }
}

/* ---- counts ---- */

static bool holds(enum change_say say, size_t category, size_t state)
{
    bool answered = state >= FIRST_CATEGORY;

    switch (say) {
    case SAY_RECORD:
        return true;
    case SAY_ANSWERED:
        return answered;
    case SAY_IS:
        return state == FIRST_CATEGORY + category;
    case SAY_OTHERWISE:
        return answered && state != FIRST_CATEGORY + category;
    case SAY_BLANK:
        return state == BLANK;
    }
    return false;
}

long change_count(const struct change_flow *flow, size_t slot, enum change_say from,
                  size_t from_category, enum change_say to, size_t to_category)
{
    long n = 0;

    for (size_t i = 0; i < states(flow); i++) {
        for (size_t j = 0; j < states(flow); j++) {
            if (holds(from, from_category, i) && holds(to, to_category, j))
                n += *cell(flow, slot, i, j);
        }
    }
    return n;
}

void change_square(const struct change_flow *flow, size_t slot, long *out)
{
    for (size_t i = 0; i < flow->categories; i++) {
        for (size_t j = 0; j < flow->categories; j++)
            out[i * flow->categories + j] =
                *cell(flow, slot, FIRST_CATEGORY + i, FIRST_CATEGORY + j);
    }
}

/* ---- names ---- */

static const char *otherwise(const struct change_flow *flow, size_t category)
{
    if (flow->categories == 2) return flow->codes[1 - category];
    return rk_arena_printf(flow->change->question.desk->arena, "!%s",
                           flow->codes[category]);
}

static void say(const struct change_flow *flow, const struct change_point *point,
                enum change_say what, size_t category, struct tab_who *who)
{
    const char *variable = point->variable.name.variable;

    switch (what) {
    case SAY_RECORD:
        change_at_point(point, who);
        break;
    case SAY_ANSWERED:
        tab_who_add(who, variable, TAB_ANSWERED);
        break;
    case SAY_IS:
        tab_who_add(who, variable, flow->codes[category]);
        break;
    case SAY_OTHERWISE:
        tab_who_add(who, variable, otherwise(flow, category));
        break;
    case SAY_BLANK:
        change_at_point(point, who);
        tab_who_add(who, variable, TAB_MISSING);
        break;
    }
}

struct tab_group *change_groups(const struct change_flow *flow, enum change_say from,
                                size_t from_category, enum change_say to,
                                size_t to_category)
{
    const struct change *change = flow->change;
    struct tab_group *groups =
        RK_ARRAY(change->question.desk->scratch, struct tab_group, flow->slots);

    for (size_t slot = 0; slot < flow->slots; slot++) {
        struct tab_who who = change->question.all.who;

        tab_group_who(&change->groups, slot, &who);
        say(flow, &change->from, from, from_category, &who);
        say(flow, &change->to, to, to_category, &who);
        change_two_records(change, &who);
        groups[slot] =
            tab_part(&change->question, &who,
                     change_count(flow, slot, from, from_category, to, to_category));
    }
    change_sum_slots(change, groups);
    return groups;
}

struct tab_group *change_first_groups(const struct change_flow *flow, enum change_say from,
                                      size_t category)
{
    const struct change *change = flow->change;
    struct tab_group *groups =
        RK_ARRAY(change->question.desk->scratch, struct tab_group, flow->slots);

    for (size_t slot = 0; slot < flow->slots; slot++) {
        struct tab_who who = change->question.all.who;
        long n = 0;

        for (size_t i = 0; i < states(flow); i++) {
            if (holds(from, category, i)) n += flow->first[slot * states(flow) + i];
        }
        tab_group_who(&change->groups, slot, &who);
        say(flow, &change->from, from, category, &who);
        groups[slot] = tab_part(&change->question, &who, n);
    }
    change_sum_slots(change, groups);
    return groups;
}

void change_sum_slots(const struct change *change, const struct tab_group *groups)
{
    struct tab_desk *desk = change->question.desk;
    size_t all = tab_group_slots(&change->groups) - 1;
    const struct tab_group **parts =
        RK_ARRAY(desk->scratch, const struct tab_group *, all + 1);

    if (!change->groups.grouped) return;
    for (size_t slot = 0; slot < all; slot++)
        parts[slot] = &groups[slot];
    tab_sum(desk, &groups[all], parts, all);
}

struct tab_place change_place(const struct change *change, size_t slot)
{
    struct tab_place place = tab_place_of(&change->question);

    tab_group_place(&change->groups, slot, &place);
    return place;
}

/* Rows of a group's categories, then the group's own: a thousand places for each group. */
static long order_of(const struct change *change, long group, long within)
{
    return change->groups.grouped ? (group - TAB_LAST) * 1000 + within : within;
}

struct tab_place change_total_place(const struct change *change, size_t slot)
{
    struct tab_place place = change_place(change, slot);

    place.row_order = order_of(change, place.row_order, 999);
    return place;
}

struct tab_place change_category_place(const struct change_flow *flow, size_t slot,
                                       size_t category)
{
    const struct change *change = flow->change;
    struct rk_arena *arena = change->question.desk->scratch;
    struct tab_place place = change_place(change, slot);
    const char *code = flow->codes[category], *label = flow->labels[category];

    if (change->groups.grouped) {
        place.row = rk_arena_printf(arena, "%s/%s", place.row, code);
        place.row_label = rk_arena_printf(arena, "%s, %s", place.row_label, label);
    } else {
        place.row = code;
        place.row_label = label;
    }
    place.row_order = order_of(change, place.row_order, (long)category + 1);
    return place;
}
