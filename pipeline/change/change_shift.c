// SPDX-License-Identifier: MIT
/* Who moved to a better answer, who to a worse one. */
#include "pipeline/change/change_shift.h"

#include "pipeline/change/change_kind.h"
#include "pipeline/tabulate/tabulate_why.h"

#include "stats/stats_ordinal.h"
#include "stats/stats_paired.h"

/* ---- cells ---- */

static void tell_share(const struct change *change, struct tab_place place,
                       enum change_column column, const struct tab_group *group,
                       const struct tab_group *base)
{
    struct tab_desk *desk = change->question.desk;

    change_column_place(change, column, &place);
    tab_tell_count(desk, &place, "count", UNIT_CLIENTS, group, base);
    tab_tell_percent(desk, &place, "percent", change->question.asked->interval, group,
                     base);
}

/* The movers are the discordant pairs of a paired table, and those who stayed the others.
 */
static struct tab_figure net_points(const struct tab_desk *desk,
                                    const struct stats_pairs *pairs, long n)
{
    struct tab_figure figure = tab_figure("points", UNIT_POINTS, NAN, "tango");
    struct stats_interval limits;
    stats_status status = stats_tango(pairs, desk->study->level, &limits);

    if (status != STATS_OK) {
        figure.why = tab_why(figure.method, status);
        return figure;
    }
    figure.value = 100.0 * (double)(pairs->ny - pairs->yn) / (double)n;
    if (n < 2) return figure;
    figure.low = 100 * limits.low;
    figure.high = 100 * limits.high;
    return figure;
}

static struct tab_figure sign_p(const struct stats_pairs *pairs)
{
    struct tab_figure figure = tab_figure("p", UNIT_P, NAN, "sign-midp");
    struct stats_mcnemar test;
    stats_status status = stats_mcnemar(pairs, &test);

    if (status != STATS_OK)
        figure.why = tab_why(figure.method, status);
    else
        figure.value = test.midp;
    return figure;
}

static void tell_net(const struct change *change, struct tab_place place,
                     const struct change_movers *movers)
{
    struct tab_desk *desk = change->question.desk;
    struct stats_pairs pairs = {movers->same->n, movers->worse->n, movers->improved->n, 0};
    const struct tab_group *gives[] = {movers->improved, movers->worse, movers->same};
    struct tab_figure points = net_points(desk, &pairs, movers->base->n),
                      p = sign_p(&pairs);

    points.limits_give = gives + 2;
    points.limits_give_count = 1;
    change_column_place(change, COLUMN_NET, &place);
    tab_tell(desk, &place, &points, movers->base, gives, 2);
    tab_tell(desk, &place, &p, movers->base, gives, 3);
}

void change_tell_movers(const struct change *change, const struct tab_place *place,
                        const struct change_movers *movers)
{
    tell_share(change, *place, COLUMN_IMPROVED, movers->improved, movers->base);
    tell_share(change, *place, COLUMN_SAME, movers->same, movers->base);
    tell_share(change, *place, COLUMN_WORSE, movers->worse, movers->base);
    tell_net(change, *place, movers);
}

/* ---- ordered answers ---- */

static bool is_level(const struct change_flow *flow, size_t category)
{
    return !(flow->apart && flow->apart[category]);
}

static void find_levels(struct change_shift *shift)
{
    shift->level = RK_ARRAY(shift->flow->change->question.desk->scratch, size_t,
                            shift->flow->categories + 1);
    for (size_t c = 0; c < shift->flow->categories; c++) {
        if (is_level(shift->flow, c)) shift->level[shift->levels++] = c;
    }
}

static struct tab_group name(const struct change_shift *shift, size_t slot,
                             const struct tab_group *pairs, const char *piece, long n)
{
    struct tab_who who = pairs[slot].who;

    if (shift->levels < shift->flow->categories)
        tab_who_piece(&who, "neither answer stands apart from the scale");
    if (piece) tab_who_piece(&who, piece);
    return tab_part(&shift->flow->change->question, &who, n);
}

static struct stats_shift movers_of(const struct change_shift *shift, size_t slot)
{
    const struct change_flow *flow = shift->flow;
    struct rk_arena *arena = flow->change->question.desk->scratch;
    long *square = RK_ARRAY(arena, long, flow->categories * flow->categories + 1);
    long *scale = RK_ARRAY(arena, long, shift->levels * shift->levels + 1);
    struct stats_shift found = {0, 0, 0, NAN, NAN, NAN};

    change_square(flow, slot, square);
    for (size_t i = 0; i < shift->levels; i++) {
        for (size_t j = 0; j < shift->levels; j++)
            scale[i * shift->levels + j] =
                square[shift->level[i] * flow->categories + shift->level[j]];
    }
    if (stats_ordinal_shift(scale, shift->levels, &found) != STATS_OK)
        return (struct stats_shift){0, 0, 0, NAN, NAN, NAN};
    return found;
}

static void name_slot(struct change_shift *shift, size_t slot,
                      const struct tab_group *pairs)
{
    struct stats_shift moved = movers_of(shift, slot);
    bool low = shift->flow->better == BETTER_LOW;
    long better = low ? moved.down : moved.up, worse = low ? moved.up : moved.down;
    const struct tab_group *parts[3] = {&shift->improved[slot], &shift->same[slot],
                                        &shift->worse[slot]};

    shift->base[slot] = name(shift, slot, pairs, NULL, better + moved.same + worse);
    shift->improved[slot] = name(shift, slot, pairs, "the answer improved", better);
    shift->same[slot] = name(shift, slot, pairs, "the answer is the same", moved.same);
    shift->worse[slot] = name(shift, slot, pairs, "the answer is worse", worse);
    tab_sum(shift->flow->change->question.desk, &shift->base[slot], parts, 3);
}

/* Those who gave the same level twice are those who stayed at each. */
static void sum_stayed(const struct change_shift *shift)
{
    struct tab_desk *desk = shift->flow->change->question.desk;
    struct tab_group **stayed =
        RK_ARRAY(desk->scratch, struct tab_group *, shift->levels + 1);
    const struct tab_group **parts =
        RK_ARRAY(desk->scratch, const struct tab_group *, shift->levels + 1);

    for (size_t i = 0; i < shift->levels; i++)
        stayed[i] =
            change_groups(shift->flow, SAY_IS, shift->level[i], SAY_IS, shift->level[i]);
    for (size_t slot = 0; slot < shift->flow->slots; slot++) {
        for (size_t i = 0; i < shift->levels; i++)
            parts[i] = &stayed[i][slot];
        tab_sum(desk, &shift->same[slot], parts, shift->levels);
    }
}

bool change_is_better(const struct change_flow *flow, size_t from, size_t to)
{
    return flow->better == BETTER_LOW ? to < from : to > from;
}

bool change_shift_open(const struct change_flow *flow, const struct tab_group *pairs,
                       struct change_shift *out)
{
    const struct change *change = flow->change;
    struct rk_arena *arena = change->question.desk->scratch;

    if (!flow->ordered || flow->better == BETTER_NONE) return false;
    *out = (struct change_shift){
        .flow = flow,
        .base = RK_ARRAY(arena, struct tab_group, flow->slots),
        .improved = RK_ARRAY(arena, struct tab_group, flow->slots),
        .same = RK_ARRAY(arena, struct tab_group, flow->slots),
        .worse = RK_ARRAY(arena, struct tab_group, flow->slots),
    };
    find_levels(out);
    for (size_t slot = 0; slot < flow->slots; slot++)
        name_slot(out, slot, pairs);
    change_sum_slots(change, out->base);
    change_sum_slots(change, out->improved);
    change_sum_slots(change, out->same);
    change_sum_slots(change, out->worse);
    sum_stayed(out);
    return true;
}

void change_shift_tell(const struct change_shift *shift, const struct tab_group *pairs)
{
    const struct change *change = shift->flow->change;

    for (size_t slot = 0; slot < shift->flow->slots; slot++) {
        struct change_movers movers = {&shift->base[slot], &shift->improved[slot],
                                       &shift->same[slot], &shift->worse[slot]};
        struct tab_place place = change_total_place(change, slot);

        if (!tab_group_shown(&change->groups, slot)) continue;
        tab_base(change->question.desk, &shift->base[slot], &pairs[slot],
                 &change->question.voice);
        change_tell_movers(change, &place, &movers);
    }
}
