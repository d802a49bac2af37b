// SPDX-License-Identifier: MIT
#include "pipeline/change/change_pairs.h"

#include "stats/stats_mean.h"
#include "stats/stats_ordinal.h"
#include "stats/stats_scale.h"

#include <string.h>

static const char *const pieces[CHANGE_KINDS] = {
    [CHANGE_IMPROVED] = "the score improved",
    [CHANGE_SAME] = "the score is the same",
    [CHANGE_WORSE] = "the score is worse",
    [CHANGE_RELIABLY_IMPROVED] = "the score improved reliably",
    [CHANGE_LITTLE_IMPROVED] = "the score improved within its noise",
    [CHANGE_RELIABLY_WORSE] = "the score is reliably worse",
    [CHANGE_LITTLE_WORSE] = "the score is worse within its noise",
    [CHANGE_UNRELIABLE] = "the score changed within its noise or not at all",
};

/* ---- gather ---- */

/* One row of the question. */
struct person {
    size_t slot;
    double from, to; /* NAN: none, or not linked */
    bool linked, pair;
};

static struct person person_of(const struct change *change, size_t i)
{
    size_t at = change_person(change, i);
    struct person person = {change_slot(change, i), NAN, NAN, false, false};

    if (!change_is_linked(change, at)) return person;
    person.linked = true;
    person.from = tab_score(&change->from.scores, (size_t)change->from.record[at]);
    person.to = tab_score(&change->to.scores, (size_t)change->to.record[at]);
    person.pair = !isnan(person.from) && !isnan(person.to);
    return person;
}

/* Starts of the slots from their sizes; `all` holds everybody again. */
static void make_starts(size_t *start, size_t slots)
{
    for (size_t slot = 0; slot + 1 < slots; slot++)
        start[slot + 1] += start[slot];
    start[slots] = 2 * start[slots - 1];
}

static void count_slots(struct change_pairs *pairs)
{
    const struct change *change = pairs->change;

    for (size_t i = 0; i < change->question.count; i++) {
        struct person person = person_of(change, i);

        pairs->start[person.slot + 1] += person.pair;
        pairs->from_start[person.slot + 1] += !isnan(person.from);
        pairs->to_start[person.slot + 1] += !isnan(person.to);
    }
    make_starts(pairs->start, pairs->slots);
    make_starts(pairs->from_start, pairs->slots);
    make_starts(pairs->to_start, pairs->slots);
}

static void put(double *list, const size_t *start, size_t *filled, size_t slot, size_t all,
                double score)
{
    list[start[slot] + filled[slot]++] = score;
    list[start[all] + filled[all]++] = score;
}

static void gather(struct change_pairs *pairs)
{
    const struct change *change = pairs->change;
    struct rk_arena *arena = change->question.desk->scratch;
    size_t all = pairs->slots - 1;
    size_t *filled = RK_ARRAY(arena, size_t, 4 * pairs->slots);

    pairs->start = RK_ARRAY(arena, size_t, pairs->slots + 1);
    pairs->from_start = RK_ARRAY(arena, size_t, pairs->slots + 1);
    pairs->to_start = RK_ARRAY(arena, size_t, pairs->slots + 1);
    count_slots(pairs);
    pairs->initial = RK_ARRAY(arena, double, pairs->start[pairs->slots] + 1);
    pairs->latest = RK_ARRAY(arena, double, pairs->start[pairs->slots] + 1);
    pairs->each_from = RK_ARRAY(arena, double, pairs->from_start[pairs->slots] + 1);
    pairs->each_to = RK_ARRAY(arena, double, pairs->to_start[pairs->slots] + 1);
    for (size_t i = 0; i < change->question.count; i++) {
        struct person person = person_of(change, i);
        size_t slot = person.slot, step = pairs->slots;

        if (!isnan(person.from))
            put(pairs->each_from, pairs->from_start, filled, slot, all, person.from);
        if (!isnan(person.to))
            put(pairs->each_to, pairs->to_start, filled + step, slot, all, person.to);
        if (!person.pair) continue;
        put(pairs->initial, pairs->start, filled + 2 * step, slot, all, person.from);
        put(pairs->latest, pairs->start, filled + 3 * step, slot, all, person.to);
    }
}

static size_t size_of(const size_t *start, size_t slot)
{
    return start[slot + 1] - start[slot];
}

/* ---- names ---- */

static void say(const struct change_point *point, bool scored, struct tab_who *who)
{
    change_at_point(point, who);
    if (scored) tab_who_add(who, point->scores.name.variable, TAB_ANSWERED);
}

static struct tab_who who_of(const struct change_pairs *pairs, size_t slot, bool from,
                             bool to)
{
    const struct change *change = pairs->change;
    struct tab_who who = change->question.all.who;

    tab_group_who(&change->groups, slot, &who);
    say(&change->from, from, &who);
    say(&change->to, to, &who);
    change_two_records(change, &who);
    return who;
}

static void count_kinds(const struct change_pairs *pairs, size_t slot, long n[CHANGE_KINDS])
{
    size_t first = pairs->start[slot], count = size_of(pairs->start, slot);
    const double *initial = pairs->initial + first, *latest = pairs->latest + first;
    bool high = pairs->better != BETTER_LOW;
    struct stats_shift shift;

    memset(n, 0, CHANGE_KINDS * sizeof *n);
    n[CHANGE_PAIRS] = (long)count;
    if (stats_score_shift(initial, latest, count, &shift) != STATS_OK) return;
    n[CHANGE_IMPROVED] = high ? shift.up : shift.down;
    n[CHANGE_SAME] = shift.same;
    n[CHANGE_WORSE] = high ? shift.down : shift.up;
    for (size_t i = 0; !isnan(pairs->threshold) && i < count; i++) {
        enum stats_change moved =
            stats_scale_change(initial[i], latest[i], pairs->threshold, high);

        n[CHANGE_RELIABLY_IMPROVED] += moved == STATS_CHANGE_BETTER;
        n[CHANGE_RELIABLY_WORSE] += moved == STATS_CHANGE_WORSE;
    }
    n[CHANGE_LITTLE_IMPROVED] = n[CHANGE_IMPROVED] - n[CHANGE_RELIABLY_IMPROVED];
    n[CHANGE_LITTLE_WORSE] = n[CHANGE_WORSE] - n[CHANGE_RELIABLY_WORSE];
    n[CHANGE_UNRELIABLE] =
        n[CHANGE_PAIRS] - n[CHANGE_RELIABLY_IMPROVED] - n[CHANGE_RELIABLY_WORSE];
}

enum change_kind change_last_kind(const struct change_pairs *pairs)
{
    if (pairs->better == BETTER_NONE) return CHANGE_PAIRS;
    return isnan(pairs->threshold) ? CHANGE_WORSE : CHANGE_UNRELIABLE;
}

static void name_kinds(struct change_pairs *pairs)
{
    const struct tab_question *question = &pairs->change->question;
    long n[CHANGE_KINDS];

    for (size_t kind = 0; kind < CHANGE_KINDS; kind++)
        pairs->group[kind] =
            RK_ARRAY(question->desk->scratch, struct tab_group, pairs->slots);
    for (size_t slot = 0; slot < pairs->slots; slot++) {
        count_kinds(pairs, slot, n);
        for (size_t kind = 0; kind <= (size_t)change_last_kind(pairs); kind++) {
            struct tab_who who = who_of(pairs, slot, true, true);

            if (pieces[kind]) tab_who_piece(&who, pieces[kind]);
            pairs->group[kind][slot] = tab_part(question, &who, n[kind]);
        }
    }
    for (size_t kind = 0; kind <= (size_t)change_last_kind(pairs); kind++)
        change_sum_slots(pairs->change, pairs->group[kind]);
}

static void sum_kinds(const struct change_pairs *pairs)
{
    static const struct {
        int total, part[3];
    } sums[] = {
        {CHANGE_PAIRS,      {CHANGE_IMPROVED, CHANGE_SAME, CHANGE_WORSE}              },
        {CHANGE_PAIRS,
         {CHANGE_RELIABLY_IMPROVED, CHANGE_UNRELIABLE, CHANGE_RELIABLY_WORSE}         },
        {CHANGE_IMPROVED,   {CHANGE_RELIABLY_IMPROVED, CHANGE_LITTLE_IMPROVED, -1}    },
        {CHANGE_WORSE,      {CHANGE_RELIABLY_WORSE, CHANGE_LITTLE_WORSE, -1}          },
        {CHANGE_UNRELIABLE, {CHANGE_LITTLE_IMPROVED, CHANGE_SAME, CHANGE_LITTLE_WORSE}},
    };
    const struct tab_group *parts[3];
    size_t stated = change_last_kind(pairs) == CHANGE_UNRELIABLE ? 5
                    : change_last_kind(pairs) == CHANGE_WORSE    ? 1
                                                                 : 0;

    for (size_t i = 0; i < stated; i++) {
        for (size_t slot = 0; slot < pairs->slots; slot++) {
            size_t count = 0;

            for (; count < 3 && sums[i].part[count] >= 0; count++)
                parts[count] = &pairs->group[sums[i].part[count]][slot];
            tab_sum(pairs->change->question.desk, &pairs->group[sums[i].total][slot], parts,
                    count);
        }
    }
}

static struct tab_group *name_each(const struct change_pairs *pairs, bool from,
                                   const size_t *start)
{
    const struct tab_question *question = &pairs->change->question;
    struct tab_group *groups =
        RK_ARRAY(question->desk->scratch, struct tab_group, pairs->slots);

    for (size_t slot = 0; slot < pairs->slots; slot++) {
        struct tab_who who = who_of(pairs, slot, from, !from);

        groups[slot] = tab_part(question, &who, (long)size_of(start, slot));
    }
    change_sum_slots(pairs->change, groups);
    return groups;
}

static struct tab_group *name_linked(const struct change_pairs *pairs)
{
    const struct change *change = pairs->change;
    struct tab_desk *desk = change->question.desk;
    struct tab_group *groups = RK_ARRAY(desk->scratch, struct tab_group, pairs->slots);
    long *n = RK_ARRAY(desk->scratch, long, pairs->slots);

    for (size_t i = 0; i < change->question.count; i++) {
        struct person person = person_of(change, i);

        n[person.slot] += person.linked;
        n[pairs->slots - 1] += person.linked;
    }
    for (size_t slot = 0; slot < pairs->slots; slot++) {
        struct tab_who who = who_of(pairs, slot, false, false);

        groups[slot] = tab_part(&change->question, &who, n[slot]);
    }
    change_sum_slots(change, groups);
    return groups;
}

static void make_base(const struct change_pairs *pairs, struct tab_group *groups,
                      const struct tab_group *above)
{
    const struct tab_question *question = &pairs->change->question;
    size_t all = pairs->slots - 1;

    tab_base(question->desk, &groups[all], above, &question->voice);
    for (size_t slot = 0; slot < all; slot++) {
        if (tab_group_shown(&pairs->change->groups, slot))
            tab_base(question->desk, &groups[slot], &groups[all], &question->voice);
    }
}

static void name_groups(struct change_pairs *pairs)
{
    name_kinds(pairs);
    sum_kinds(pairs);
    pairs->from = name_each(pairs, true, pairs->from_start);
    pairs->to = name_each(pairs, false, pairs->to_start);
    pairs->linked = name_linked(pairs);
    make_base(pairs, pairs->linked, &pairs->change->question.all);
    make_base(pairs, pairs->group[CHANGE_PAIRS], &pairs->linked[pairs->slots - 1]);
    make_base(pairs, pairs->from, &pairs->linked[pairs->slots - 1]);
    make_base(pairs, pairs->to, &pairs->linked[pairs->slots - 1]);
}

/* The scale of a score, whose file says what is better and how much is noise. */
static const struct study_scale *scale_of(const struct study_column *declared)
{
    return declared->derive && declared->derive->kind == DERIVE_SCALE
               ? declared->derive->scale
               : NULL;
}

static bool is_metric(const struct study_column *declared, const struct study_scale *scale)
{
    return declared->derive->metric || scale->metric_count == 0;
}

/* How much a score has to change to be more than noise: as published, or by the scale's
 * reliability and the spread of the first scores here. */
static double threshold_of(const struct change_pairs *pairs,
                           const struct study_column *declared)
{
    const struct study_scale *scale = scale_of(declared);
    size_t all = pairs->slots - 1;
    struct stats_moments first;
    struct stats_reliable found;

    if (!scale) return NAN;
    if (isnan(scale->reliability))
        return is_metric(declared, scale) ? scale->reliable_change : NAN;
    if (stats_describe(pairs->initial + pairs->start[all], size_of(pairs->start, all),
                       &first) != STATS_OK ||
        isnan(first.sd) ||
        stats_reliable_change(0, 0, first.sd, scale->reliability,
                              pairs->change->question.desk->study->level,
                              &found) != STATS_OK)
        return NAN;
    return found.threshold;
}

void change_pairs_open(const struct change *change, struct change_pairs *out)
{
    const struct study_column *declared = change->from.scores.declared;
    const struct study_scale *scale = scale_of(declared);

    *out = (struct change_pairs){
        .change = change,
        .slots = tab_group_slots(&change->groups),
        .better = declared->better,
    };
    if (out->better == BETTER_NONE && scale) out->better = scale->better;
    gather(out);
    out->threshold = threshold_of(out, declared);
    out->published = scale && isnan(scale->reliability);
    name_groups(out);
}
