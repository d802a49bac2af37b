// SPDX-License-Identifier: MIT
/* Scores at two points: means of the pairs, who improved, and by more than noise. */
#include "pipeline/change/change_bounds.h"
#include "pipeline/change/change_kind.h"
#include "pipeline/change/change_pairs.h"
#include "pipeline/change/change_shift.h"
#include "pipeline/tabulate/tabulate_why.h"

#include "stats/stats_effect.h"
#include "stats/stats_mean.h"

struct scores {
    const struct change *change;
    struct change_pairs pairs;
    enum cell_unit unit;
};

static struct tab_place place_of(const struct scores *scores, size_t slot,
                                 enum change_column column)
{
    struct tab_place place = change_place(scores->change, slot);

    change_column_place(scores->change, column, &place);
    return place;
}

/* ---- means ---- */

/* Count, mean with its t interval, and sd of one list. */
static void tell_moments(const struct scores *scores, const struct tab_place *place,
                         const struct stats_moments *moments, const struct tab_group *group)
{
    struct tab_desk *desk = scores->change->question.desk;
    struct tab_figure mean = tab_figure("mean", scores->unit, moments->mean, "mean");
    struct tab_figure sd = tab_figure("sd", scores->unit, moments->sd, "sd");
    struct stats_interval limits;

    tab_tell_count(desk, place, "count", UNIT_CLIENTS, group, group);
    if (group->n && stats_mean_t(moments, desk->study->level, &limits) == STATS_OK) {
        mean.low = limits.low;
        mean.high = limits.high;
        mean.method = "t";
    }
    if (group->n == 1) sd.why = "one score only";
    tab_tell(desk, place, &mean, group, NULL, 0);
    tab_tell(desk, place, &sd, group, NULL, 0);
}

static struct stats_moments describe(const double *list, const size_t *start, size_t slot)
{
    struct stats_moments moments = {0, NAN, NAN, NAN};
    stats_status status =
        stats_describe(list + start[slot], start[slot + 1] - start[slot], &moments);

    return status == STATS_OK ? moments : (struct stats_moments){0, NAN, NAN, NAN};
}

static void tell_change(const struct scores *scores, size_t slot,
                        const struct stats_pair_moments *moments)
{
    struct tab_desk *desk = scores->change->question.desk;
    const struct tab_group *group = &scores->pairs.group[CHANGE_PAIRS][slot];
    struct tab_place place = place_of(scores, slot, COLUMN_CHANGE);
    struct stats_comparison found = {
        {NAN, NAN, NAN},
        {NAN, NAN, NAN},
        NAN
    };
    stats_status status = stats_paired_t(moments, desk->study->level, &found);
    struct tab_figure mean = tab_figure("mean", scores->unit, moments->change.mean, "mean");
    struct tab_figure sd = tab_figure("sd", scores->unit, moments->change.sd, "sd");
    struct tab_figure p = tab_figure("p", UNIT_P, found.test.p, "paired-t");

    if (status == STATS_OK) {
        mean.low = found.difference.low;
        mean.high = found.difference.high;
        mean.method = "paired-t";
    } else {
        p.why = tab_why(p.method, status);
    }
    if (group->n == 1) sd.why = "one pair only";
    tab_tell(desk, &place, &mean, group, NULL, 0);
    tab_tell(desk, &place, &sd, group, NULL, 0);
    tab_tell(desk, &place, &p, group, NULL, 0);
}

static void tell_effect(const struct scores *scores, size_t slot,
                        const struct stats_pair_moments *moments)
{
    struct tab_desk *desk = scores->change->question.desk;
    struct tab_place place = place_of(scores, slot, COLUMN_EFFECT);
    struct stats_interval d;
    stats_status status = stats_effect_dav(moments, desk->study->level, &d);
    struct tab_figure figure = tab_estimate("d", UNIT_RATIO, &d, 1, "d-av", status);

    tab_tell(desk, &place, &figure, &scores->pairs.group[CHANGE_PAIRS][slot], NULL, 0);
}

static void tell_pairs(const struct scores *scores, size_t slot)
{
    const struct change_pairs *pairs = &scores->pairs;
    const struct tab_group *group = &pairs->group[CHANGE_PAIRS][slot];
    struct stats_moments none = {0, NAN, NAN, NAN};
    struct stats_pair_moments moments = {none, none, none, NAN};
    struct tab_place place = place_of(scores, slot, COLUMN_INITIAL);

    if (stats_describe_pairs(pairs->initial + pairs->start[slot],
                             pairs->latest + pairs->start[slot], (size_t)group->n,
                             &moments) != STATS_OK)
        moments = (struct stats_pair_moments){none, none, none, NAN};
    tell_moments(scores, &place, &moments.initial, group);
    place = place_of(scores, slot, COLUMN_LATEST);
    tell_moments(scores, &place, &moments.latest, group);
    tell_change(scores, slot, &moments);
    tell_effect(scores, slot, &moments);
}

/* Of those linked, whoever has a score at each point: two bases, so no interval. */
static void tell_each(const struct scores *scores, size_t slot)
{
    const struct change_pairs *pairs = &scores->pairs;
    struct tab_desk *desk = scores->change->question.desk;
    struct stats_moments from = describe(pairs->each_from, pairs->from_start, slot);
    struct stats_moments to = describe(pairs->each_to, pairs->to_start, slot);
    const struct tab_group *gives[] = {&pairs->from[slot], &pairs->to[slot]};
    struct tab_figure figure =
        tab_figure("mean", scores->unit, to.mean - from.mean, "difference-of-groups");
    struct tab_place place = place_of(scores, slot, COLUMN_EACH_INITIAL);

    tell_moments(scores, &place, &from, gives[0]);
    place = place_of(scores, slot, COLUMN_EACH_LATEST);
    tell_moments(scores, &place, &to, gives[1]);
    place = place_of(scores, slot, COLUMN_EACH_CHANGE);
    figure.two_bases = true;
    figure.smallest = gives[0]->n < gives[1]->n ? gives[0]->n : gives[1]->n;
    tab_tell(desk, &place, &figure, &pairs->linked[slot], gives, 2);
}

/* ---- movers ---- */

static void tell_reliable(const struct scores *scores, size_t slot)
{
    static const struct {
        enum change_kind kind;
        enum change_column column;
    } rows[] = {
        {CHANGE_RELIABLY_IMPROVED, COLUMN_RELIABLY_IMPROVED },
        {CHANGE_UNRELIABLE,        COLUMN_NO_RELIABLE_CHANGE},
        {CHANGE_RELIABLY_WORSE,    COLUMN_RELIABLY_WORSE    },
    };
    const struct tab_question *question = &scores->change->question;
    const struct tab_group *base = &scores->pairs.group[CHANGE_PAIRS][slot];

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct tab_group *group = &scores->pairs.group[rows[i].kind][slot];
        struct tab_place place = place_of(scores, slot, rows[i].column);

        tab_tell_count(question->desk, &place, "count", UNIT_CLIENTS, group, base);
        tab_tell_percent(question->desk, &place, "percent", question->asked->interval,
                         group, base);
    }
}

/* The size of a reliable change: the same for every group. */
static void tell_threshold(const struct scores *scores)
{
    size_t all = scores->pairs.slots - 1;
    struct tab_place place = place_of(scores, all, COLUMN_NO_RELIABLE_CHANGE);
    struct tab_figure figure =
        tab_figure("threshold", scores->unit, scores->pairs.threshold,
                   scores->pairs.published ? "published" : "jacobson-truax");

    tab_tell(scores->change->question.desk, &place, &figure,
             &scores->pairs.group[CHANGE_PAIRS][all], NULL, 0);
}

static void tell_movers(const struct scores *scores, size_t slot)
{
    struct tab_group *const *group = scores->pairs.group;
    struct change_movers movers = {&group[CHANGE_PAIRS][slot],
                                   &group[CHANGE_IMPROVED][slot], &group[CHANGE_SAME][slot],
                                   &group[CHANGE_WORSE][slot]};
    struct tab_place place = change_place(scores->change, slot);

    change_tell_movers(scores->change, &place, &movers);
}

rk_status change_scores(const struct change *change)
{
    struct scores scores = {.change = change,
                            .unit = tab_scores_unit(&change->from.scores)};

    change_pairs_open(change, &scores.pairs);
    for (size_t slot = 0; slot < scores.pairs.slots; slot++) {
        if (!tab_group_shown(&change->groups, slot)) continue;
        tell_pairs(&scores, slot);
        tell_each(&scores, slot);
        if (change_last_kind(&scores.pairs) >= CHANGE_WORSE) tell_movers(&scores, slot);
        if (change_last_kind(&scores.pairs) == CHANGE_UNRELIABLE)
            tell_reliable(&scores, slot);
    }
    if (change_last_kind(&scores.pairs) == CHANGE_UNRELIABLE) tell_threshold(&scores);
    change_tell_score_bounds(&scores.pairs, scores.unit);
    return RK_OK;
}
