// SPDX-License-Identifier: MIT
/* Where people went: from each answer to each. */
#include "pipeline/change/change_kind.h"
#include "pipeline/change/change_shift.h"

struct moves {
    const struct change *change;
    struct change_flow flow;
    struct tab_group **cell;       /* from x to, of each slot */
    struct tab_group **from, **to; /* margins of each category */
    struct tab_group *pairs;
};

static struct tab_group **at(const struct moves *moves, size_t from, size_t to)
{
    return &moves->cell[from * moves->flow.categories + to];
}

static void name_moves(struct moves *moves)
{
    struct rk_arena *arena = moves->change->question.desk->scratch;
    size_t n = moves->flow.categories;

    moves->cell = RK_ARRAY(arena, struct tab_group *, n * n + 1);
    moves->from = RK_ARRAY(arena, struct tab_group *, n + 1);
    moves->to = RK_ARRAY(arena, struct tab_group *, n + 1);
    moves->pairs = change_groups(&moves->flow, SAY_ANSWERED, 0, SAY_ANSWERED, 0);
    for (size_t i = 0; i < n; i++) {
        moves->from[i] = change_groups(&moves->flow, SAY_IS, i, SAY_ANSWERED, 0);
        moves->to[i] = change_groups(&moves->flow, SAY_ANSWERED, 0, SAY_IS, i);
        for (size_t j = 0; j < n; j++)
            *at(moves, i, j) = change_groups(&moves->flow, SAY_IS, i, SAY_IS, j);
    }
}

/* ---- sums ---- */

/* Parts gathered for one slot. */
struct parts {
    const struct tab_group **group;
    size_t count;
};

static void add(struct parts *parts, const struct tab_group *group)
{
    parts->group[parts->count++] = group;
}

static void state(const struct moves *moves, const struct tab_group *total,
                  struct parts *parts)
{
    if (parts->count)
        tab_sum(moves->change->question.desk, total, parts->group, parts->count);
    parts->count = 0;
}

static void sum_margins(const struct moves *moves, size_t slot, struct parts *parts)
{
    size_t n = moves->flow.categories;

    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++)
            add(parts, &(*at(moves, i, j))[slot]);
        state(moves, &moves->from[i][slot], parts);
        for (size_t j = 0; j < n; j++)
            add(parts, &(*at(moves, j, i))[slot]);
        state(moves, &moves->to[i][slot], parts);
    }
    for (size_t i = 0; i < n; i++)
        add(parts, &moves->from[i][slot]);
    state(moves, &moves->pairs[slot], parts);
    for (size_t i = 0; i < n; i++)
        add(parts, &moves->to[i][slot]);
    state(moves, &moves->pairs[slot], parts);
}

/* Those whom a table of change counts as gained and lost went somewhere in this one. */
static void sum_movers(const struct moves *moves, size_t category)
{
    const struct tab_group *gained =
        change_groups(&moves->flow, SAY_OTHERWISE, category, SAY_IS, category);
    const struct tab_group *lost =
        change_groups(&moves->flow, SAY_IS, category, SAY_OTHERWISE, category);
    size_t n = moves->flow.categories;
    struct parts parts = {
        RK_ARRAY(moves->change->question.desk->scratch, const struct tab_group *, n + 1),
        0};

    for (size_t slot = 0; slot < moves->flow.slots; slot++) {
        for (size_t j = 0; j < n; j++) {
            if (j != category) add(&parts, &(*at(moves, j, category))[slot]);
        }
        state(moves, &gained[slot], &parts);
        for (size_t j = 0; j < n; j++) {
            if (j != category) add(&parts, &(*at(moves, category, j))[slot]);
        }
        state(moves, &lost[slot], &parts);
    }
}

static void sum_better(const struct moves *moves, const struct change_shift *shift,
                       size_t slot, struct parts *parts, bool better)
{
    for (size_t i = 0; i < shift->levels; i++) {
        for (size_t j = 0; j < shift->levels; j++) {
            size_t from = shift->level[i], to = shift->level[j];

            if (i != j && change_is_better(&moves->flow, from, to) == better)
                add(parts, &(*at(moves, from, to))[slot]);
        }
    }
    state(moves, better ? &shift->improved[slot] : &shift->worse[slot], parts);
}

/* Those who improved, too. */
static void sum_shift(const struct moves *moves)
{
    size_t n = moves->flow.categories;
    struct parts parts = {
        RK_ARRAY(moves->change->question.desk->scratch, const struct tab_group *, n *n + 1),
        0};
    struct change_shift shift;

    if (!change_shift_open(&moves->flow, moves->pairs, &shift)) return;
    for (size_t slot = 0; slot < moves->flow.slots; slot++) {
        sum_better(moves, &shift, slot, &parts, true);
        sum_better(moves, &shift, slot, &parts, false);
    }
}

static void state_sums(const struct moves *moves)
{
    size_t n = moves->flow.categories;
    struct parts parts = {
        RK_ARRAY(moves->change->question.desk->scratch, const struct tab_group *, n + 1),
        0};

    for (size_t slot = 0; slot < moves->flow.slots; slot++)
        sum_margins(moves, slot, &parts);
    for (size_t c = 0; c < n; c++)
        sum_movers(moves, c);
    sum_shift(moves);
}

/* ---- cells ---- */

static void column_place(const struct moves *moves, size_t to, struct tab_place *place)
{
    place->column = moves->flow.codes[to];
    place->column_label = moves->flow.labels[to];
    place->column_order = (long)to + 1;
}

static void tell(const struct moves *moves, const struct tab_place *place,
                 const struct tab_group *group, const struct tab_group *base)
{
    const struct tab_question *question = &moves->change->question;
    const char *interval = group == base ? "none" : question->asked->interval;

    tab_tell_count(question->desk, place, "count", UNIT_CLIENTS, group, base);
    tab_tell_percent(question->desk, place, "percent", interval, group, base);
}

static void tell_slot(const struct moves *moves, size_t slot)
{
    size_t n = moves->flow.categories;
    struct tab_place place;

    for (size_t i = 0; i < n; i++) {
        const struct tab_group *from = &moves->from[i][slot];

        place = change_category_place(&moves->flow, slot, i);
        tell(moves, &place, from, from);
        for (size_t j = 0; j < n; j++) {
            column_place(moves, j, &place);
            tell(moves, &place, &(*at(moves, i, j))[slot], from);
        }
    }
    place = change_total_place(moves->change, slot);
    tell(moves, &place, &moves->pairs[slot], &moves->pairs[slot]);
    for (size_t j = 0; j < n; j++) {
        column_place(moves, j, &place);
        tell(moves, &place, &moves->to[j][slot], &moves->pairs[slot]);
    }
}

static void make_bases(const struct moves *moves, size_t slot)
{
    const struct tab_question *question = &moves->change->question;
    size_t all = moves->flow.slots - 1;
    struct tab_group *pairs = &moves->pairs[slot];

    tab_base(question->desk, pairs, slot == all ? &question->all : &moves->pairs[all],
             &question->voice);
    for (size_t i = 0; i < moves->flow.categories; i++)
        tab_base(question->desk, &moves->from[i][slot], pairs, &question->voice);
}

rk_status change_transitions(const struct change *change)
{
    struct moves moves = {.change = change};

    change_flow_open(change, &moves.flow);
    name_moves(&moves);
    state_sums(&moves);
    for (size_t slot = moves.flow.slots; slot-- > 0;) {
        if (!tab_group_shown(&change->groups, slot)) continue;
        make_bases(&moves, slot);
        tell_slot(&moves, slot);
    }
    return RK_OK;
}
