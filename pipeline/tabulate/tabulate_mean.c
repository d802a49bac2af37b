// SPDX-License-Identifier: MIT
#include "pipeline/tabulate/tabulate_cross.h"
#include "pipeline/tabulate/tabulate_kind.h"
#include "pipeline/tabulate/tabulate_scores.h"
#include "pipeline/tabulate/tabulate_why.h"

#include "stats/stats_cluster.h"
#include "stats/stats_quantile.h"
#include "stats/stats_trend.h"

#include <string.h>

struct mean {
    const struct tab_question *question;
    struct tab_scores scores, weight;
    struct tab_groups groups;
    struct tab_clusters clusters;
    struct tab_scored scored;
    struct tab_group *group; /* of each slot: those with a score */
    enum cell_unit unit;
};

static struct tab_place place_of(const struct mean *mean, size_t slot)
{
    struct tab_place place = tab_place_of(mean->question);

    tab_group_place(&mean->groups, slot, &place);
    place.column = mean->question->asked->of;
    place.column_label = mean->scores.label;
    place.column_order = 1;
    return place;
}

static void name_groups(struct mean *mean)
{
    const struct tab_question *question = mean->question;
    struct tab_desk *desk = question->desk;
    size_t slots = tab_group_slots(&mean->groups), all = slots - 1;
    const struct tab_group **parts =
        RK_ARRAY(desk->scratch, const struct tab_group *, slots);

    mean->group = RK_ARRAY(desk->scratch, struct tab_group, slots);
    for (size_t slot = slots; slot-- > 0;) {
        struct tab_who who = question->all.who;
        long n = (long)tab_scored_count(&mean->scored, slot);

        tab_who_add(&who, mean->scores.name.variable, TAB_ANSWERED);
        tab_group_who(&mean->groups, slot, &who);
        if (slot == all)
            mean->group[slot] = tab_part_base(question, &who, n, &question->all);
        else if (tab_group_shown(&mean->groups, slot))
            mean->group[slot] = tab_part_base(question, &who, n, &mean->group[all]);
        else
            mean->group[slot] = tab_part(question, &who, n);
        if (slot < all) parts[slot] = &mean->group[slot];
    }
    if (mean->groups.grouped) tab_sum(desk, &mean->group[all], parts, all);
}

/* ---- cells ---- */

static struct tab_figure plain_mean(const struct mean *mean, size_t slot)
{
    const struct stats_moments *moments = &mean->scored.moments[slot];
    struct tab_figure figure = tab_figure("mean", mean->unit, moments->mean, "t");
    struct stats_interval limits;

    if (stats_mean_t(moments, mean->question->desk->study->level, &limits) != STATS_OK) {
        figure.method = "mean";
        return figure;
    }
    figure.low = limits.low;
    figure.high = limits.high;
    return figure;
}

static double *weights_of(const struct mean *mean, size_t at, size_t n)
{
    double *weight = RK_ARRAY(mean->question->desk->scratch, double, n + 1);

    for (size_t i = 0; i < n; i++)
        weight[i] = tab_weight(&mean->weight, mean->scored.row[at + i]);
    return weight;
}

/* Several scores of one client, or rows that do not weigh the same: the interval rests on
 * clients, not on scores. */
static struct tab_figure design_mean(const struct mean *mean, size_t slot)
{
    struct rk_arena *arena = mean->question->desk->scratch;
    size_t n = tab_scored_count(&mean->scored, slot);
    size_t at = slot + 1 < mean->scored.slots ? tab_scored_start(&mean->scored, slot) : 0;
    size_t *cluster = RK_ARRAY(arena, size_t, n + 1);
    bool weighted = mean->question->asked->weight != NULL;
    struct tab_figure figure = plain_mean(mean, slot);
    struct stats_design_mean found = {.estimate = NAN};
    struct stats_interval limits;
    struct stats_design design = {
        .n = n,
        .weight = weighted ? weights_of(mean, at, n) : NULL,
        .cluster = cluster,
        .clusters = mean->clusters.count,
        .work = RK_ARRAY(arena, double, 2 * mean->clusters.count + 4),
    };
    stats_status status;

    for (size_t i = 0; i < n; i++)
        cluster[i] = mean->clusters.of_row[mean->scored.row[at + i]];
    figure.low = figure.high = NAN;
    figure.method = weighted ? "weighted" : "mean";
    status = stats_design_mean(&design, mean->scored.x + at, NULL,
                               RK_ARRAY(arena, double, n + 1), &found);
    if (weighted) figure.value = found.estimate;
    if (weighted && n && isnan(found.estimate)) figure.why = "no row in it has a weight";
    if (status != STATS_OK ||
        stats_design_t(&found, mean->question->desk->study->level, &limits) != STATS_OK)
        return figure;
    figure.low = limits.low;
    figure.high = limits.high;
    figure.method = weighted ? "weighted-t" : "cluster-t";
    return figure;
}

static struct tab_figure median(const struct mean *mean, size_t slot)
{
    struct tab_figure figure = tab_figure("median", mean->unit, NAN, "median");
    struct stats_median found;

    if (stats_median(mean->scored.sorted + tab_scored_start(&mean->scored, slot),
                     tab_scored_count(&mean->scored, slot),
                     mean->question->desk->study->level, &found) != STATS_OK)
        return figure;
    figure.value = found.median;
    figure.low = found.low;
    figure.high = found.high;
    figure.level = found.achieved;
    return figure;
}

static void tell_group(const struct mean *mean, size_t slot)
{
    const struct tab_question *question = mean->question;
    struct tab_desk *desk = question->desk;
    struct tab_place place = place_of(mean, slot);
    const struct tab_group *group = &mean->group[slot];
    const struct stats_moments *moments = &mean->scored.moments[slot];
    struct tab_figure figure;

    tab_tell_count(desk, &place, "count", question->unit, group, group);
    figure = question->asked->cluster || question->asked->weight ? design_mean(mean, slot)
                                                                 : plain_mean(mean, slot);
    tab_tell(desk, &place, &figure, group, NULL, 0);
    if (question->asked->weight) return; /* spread and median are of the rows as they are */
    figure = tab_figure("sd", mean->unit, moments->sd, "sd");
    if (moments->n == 1) figure.why = "one score only";
    tab_tell(desk, &place, &figure, group, NULL, 0);
    figure = median(mean, slot);
    tab_tell(desk, &place, &figure, group, NULL, 0);
}

/* ---- cohorts in their order ---- */

static struct tab_place cohort_place(const struct mean *mean, const char *row,
                                     const char *label, long order)
{
    struct tab_place place = place_of(mean, tab_group_slots(&mean->groups) - 1);

    place.row = row;
    place.row_label = label;
    place.row_order = TAB_LAST + order;
    return place;
}

static bool first_and_last(const struct mean *mean, size_t *first, size_t *last)
{
    size_t levels = mean->groups.by.levels;

    *first = levels;
    *last = 0;
    for (size_t slot = 0; slot < levels; slot++) {
        if (!tab_scored_count(&mean->scored, slot)) continue;
        if (*first == levels) *first = slot;
        *last = slot;
    }
    return *first < *last;
}

/* Different people at both ends: a comparison of cohorts, nobody's change. */
static void tell_first_last(const struct mean *mean)
{
    struct tab_desk *desk = mean->question->desk;
    const struct tab_variable *by = &mean->groups.by;
    const struct tab_group *all = &mean->group[tab_group_slots(&mean->groups) - 1];
    struct tab_place place =
        cohort_place(mean, "first_last", "First group less last group", 1);
    struct stats_comparison found = {
        {NAN, NAN, NAN},
        {NAN, NAN, NAN},
        NAN
    };
    struct tab_figure figure, p;
    stats_status status = STATS_UNDEFINED;
    const struct tab_group *gives[2];
    size_t first, last, count = 0;
    long smallest = all->n;

    if (first_and_last(mean, &first, &last)) {
        status = stats_welch_t(&mean->scored.moments[first], &mean->scored.moments[last],
                               desk->study->level, &found);
        place.row_label =
            rk_arena_printf(desk->arena, "%s less %s", by->labels[first], by->labels[last]);
        gives[count++] = &mean->group[first];
        gives[count++] = &mean->group[last];
        smallest = gives[0]->n < gives[1]->n ? gives[0]->n : gives[1]->n;
    }
    figure = tab_estimate("difference", mean->unit, &found.difference, 1, "welch", status);
    p = tab_figure("p", UNIT_P, found.test.p, "welch");
    p.why = figure.why;
    figure.two_bases = p.two_bases = true;
    figure.smallest = p.smallest = smallest;
    tab_tell(desk, &place, &figure, all, gives, count);
    tab_tell(desk, &place, &p, all, gives, count);
}

static void tell_trend(const struct mean *mean)
{
    struct tab_desk *desk = mean->question->desk;
    size_t levels = mean->groups.by.levels, n = tab_scored_start(&mean->scored, levels);
    const struct tab_group *all = &mean->group[levels + 1];
    struct tab_place place = cohort_place(mean, "trend", "Trend over the groups", 2);
    struct stats_groups groups = {mean->scored.x, mean->scored.slot, n, levels};
    struct stats_trend trend = {
        {NAN, NAN, NAN},
        {NAN, NAN, NAN},
        NAN, NAN
    };
    stats_status status = stats_trend_linear(&groups, NULL, desk->study->level, &trend);
    struct tab_figure figure =
        tab_estimate("slope", mean->unit, &trend.slope, 1, "linear-trend", status);
    const struct tab_group **gives =
        RK_ARRAY(desk->scratch, const struct tab_group *, levels + 1);

    for (size_t slot = 0; slot < levels; slot++)
        gives[slot] = &mean->group[slot];
    tab_tell(desk, &place, &figure, all, gives, levels);
    figure = tab_figure("p", UNIT_P, trend.test.p, "linear-trend");
    if (status != STATS_OK) figure.why = tab_why(figure.method, status);
    tab_tell(desk, &place, &figure, all, gives, levels);
}

rk_status tab_mean(struct tab_desk *desk, const struct study_result *asked)
{
    struct tab_question question;
    struct mean mean = {.question = &question};

    RK_TRY(tab_question_open(desk, asked, &question));
    RK_TRY(tab_scores_open(desk, &question.view, asked->of, asked->place, &mean.scores));
    RK_TRY(tab_groups_open(&question, asked->by, &mean.groups));
    if (asked->cluster)
        RK_TRY(tab_clusters_open(&question, asked->cluster, &mean.clusters));
    else if (asked->weight)
        tab_clusters_single(&question, &mean.clusters);
    if (asked->weight)
        RK_TRY(tab_scores_open(desk, &question.view, asked->weight, asked->place,
                               &mean.weight));
    mean.unit = tab_scores_unit(&mean.scores);
    tab_scored_fill(&question, &mean.scores, &mean.groups, &mean.scored);
    name_groups(&mean);
    for (size_t slot = 0; slot < tab_group_slots(&mean.groups); slot++) {
        if (tab_group_shown(&mean.groups, slot)) tell_group(&mean, slot);
    }
    if (!asked->trend || !mean.groups.grouped) return RK_OK;
    tell_first_last(&mean);
    tell_trend(&mean);
    return RK_OK;
}
