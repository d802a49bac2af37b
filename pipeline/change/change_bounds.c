// SPDX-License-Identifier: MIT
#include "pipeline/change/change_bounds.h"

#include "pipeline/change/change_kind.h"
#include "stats/stats_missing.h"

#include <math.h>

/* The ends of a score. */
struct ends {
    double low, high;
};

static struct ends ends_of(const struct study_column *declared)
{
    const struct study_scale *scale =
        declared->derive && declared->derive->kind == DERIVE_SCALE ? declared->derive->scale
                                                                   : NULL;
    struct ends ends = {declared->lowest, declared->highest};

    if (!scale) return ends;
    ends = (struct ends){(double)scale->item_count * scale->item_low,
                         (double)scale->item_count * scale->item_high};
    if (!declared->derive->metric || !scale->metric_count) return ends;
    ends = (struct ends){INFINITY, -INFINITY};
    for (size_t i = 0; i < scale->metric_count; i++) {
        ends.low = fmin(ends.low, scale->metric[i]);
        ends.high = fmax(ends.high, scale->metric[i]);
    }
    return ends;
}

/* Of a slot: people with a first score, and the sum of these scores. */
struct firsts {
    long *n;
    double *sum;
};

static struct firsts count_firsts(const struct change_pairs *pairs, bool linked)
{
    const struct change *change = pairs->change;
    struct rk_arena *arena = change->question.desk->scratch;
    struct firsts firsts = {RK_ARRAY(arena, long, pairs->slots),
                            RK_ARRAY(arena, double, pairs->slots)};

    for (size_t i = 0; i < change->question.count; i++) {
        size_t at = change_person(change, i), slot = change_slot(change, i);
        int64_t record = change->from.record[at];
        double score = record < 0 ? NAN : tab_score(&change->from.scores, (size_t)record);

        if (isnan(score) || (linked && !change_is_linked(change, at))) continue;
        firsts.n[slot]++;
        firsts.n[pairs->slots - 1]++;
        firsts.sum[slot] += score;
        firsts.sum[pairs->slots - 1] += score;
    }
    return firsts;
}

/* Everybody with a first score. */
static struct tab_group *name_firsts(const struct change_pairs *pairs,
                                     const struct firsts *firsts)
{
    const struct change *change = pairs->change;
    const struct tab_question *question = &change->question;
    struct tab_group *groups =
        RK_ARRAY(question->desk->scratch, struct tab_group, pairs->slots);
    size_t all = pairs->slots - 1;

    for (size_t slot = pairs->slots; slot-- > 0;) {
        struct tab_who who = question->all.who;

        tab_group_who(&change->groups, slot, &who);
        tab_who_add(&who, change->from.scores.name.variable, TAB_ANSWERED);
        groups[slot] = tab_part(question, &who, firsts->n[slot]);
        if (slot == all || tab_group_shown(&change->groups, slot))
            tab_base(question->desk, &groups[slot],
                     slot == all ? &question->all : &groups[all], &question->voice);
    }
    change_sum_slots(change, groups);
    return groups;
}

/* Those of `first` who are no pair: their scores follow from the bounds. */
static struct tab_group name_gone(const struct change_pairs *pairs, size_t slot,
                                  const struct tab_group *first)
{
    const struct tab_question *question = &pairs->change->question;
    const struct tab_group *parts[2] = {&pairs->group[CHANGE_PAIRS][slot]};
    struct tab_who who = first->who;
    struct tab_group gone;

    tab_who_piece(&who, "no score to set beside the first");
    gone = tab_part(question, &who, first->n - parts[0]->n);
    parts[1] = &gone;
    tab_sum(question->desk, first, parts, 2);
    return gone;
}

static void tell_bounds(const struct change_pairs *pairs, size_t slot,
                        enum change_column column, enum cell_unit unit, struct ends ends,
                        const struct firsts *firsts, const struct tab_group *base)
{
    const struct tab_group *both = &pairs->group[CHANGE_PAIRS][slot];
    struct tab_group gone = name_gone(pairs, slot, base);
    const struct tab_group *give = &gone;
    struct tab_place place = change_place(pairs->change, slot);
    struct stats_interval bounds = {NAN, NAN, NAN};
    double initial = 0, change = 0;
    struct tab_figure figure;
    stats_status status;

    for (size_t i = pairs->start[slot]; i < pairs->start[slot + 1]; i++) {
        initial += pairs->initial[i];
        change += pairs->latest[i] - pairs->initial[i];
    }
    status = stats_mean_change_bounds(change, both->n, firsts->sum[slot] - initial, gone.n,
                                      ends.low, ends.high, &bounds);
    figure = tab_estimate("mean", unit, &bounds, 1, "manski", status);
    figure.bounds = true;
    figure.smallest = both->n;
    figure.limits_give = &give;
    figure.limits_give_count = 1;
    if (status == STATS_OK && !both->n) figure.why = "nobody has two scores";
    change_column_place(pairs->change, column, &place);
    tab_tell(pairs->change->question.desk, &place, &figure, base, NULL, 0);
}

void change_tell_score_bounds(const struct change_pairs *pairs, enum cell_unit unit)
{
    struct ends ends = ends_of(pairs->change->from.scores.declared);
    struct firsts linked, all;
    struct tab_group *anybody;

    if (!isfinite(ends.low) || !isfinite(ends.high)) return;
    linked = count_firsts(pairs, true);
    all = count_firsts(pairs, false);
    anybody = name_firsts(pairs, &all);
    for (size_t slot = 0; slot < pairs->slots; slot++) {
        if (!tab_group_shown(&pairs->change->groups, slot)) continue;
        tell_bounds(pairs, slot, COLUMN_BOUNDS_LINKED, unit, ends, &linked,
                    &pairs->from[slot]);
        tell_bounds(pairs, slot, COLUMN_BOUNDS_ALL, unit, ends, &all, &anybody[slot]);
    }
}
