// SPDX-License-Identifier: MIT
#include "pipeline/tabulate/tabulate_share.h"

#include "stats/stats_cluster.h"
#include "stats/stats_prop.h"
#include "stats/stats_weight.h"

#include <math.h>
#include <string.h>

void tab_share_open(const struct tab_cross *cross, const struct tab_clusters *clusters,
                    const struct tab_scores *weight, struct tab_share *out)
{
    struct rk_arena *arena = cross->question->desk->scratch;
    size_t n = cross->question->count + 1;

    *out = (struct tab_share){
        .cross = cross,
        .clusters = clusters,
        .weight = weight,
        .cluster = RK_ARRAY(arena, size_t, n),
        .slot = RK_ARRAY(arena, size_t, n),
        .yes = RK_ARRAY(arena, double, n),
        .score = RK_ARRAY(arena, double, n),
        .work = RK_ARRAY(arena, double, 2 * clusters->count + 4),
        .seen = RK_ARRAY(arena, size_t, clusters->count + 1),
        .weigh = weight ? RK_ARRAY(arena, double, n) : NULL,
    };
}

static bool same_slot(struct tab_slot a, struct tab_slot b)
{
    return a.layer == b.layer && a.row == b.row && a.column == b.column;
}

static void gather(struct tab_share *share, struct tab_slot base)
{
    const struct tab_question *question = share->cross->question;
    struct tab_slot slot;

    memset(share->seen, 0, (share->clusters->count + 1) * sizeof *share->seen);
    share->count = 0;
    share->base_clients = 0;
    share->base = base;
    share->gathered = true;
    for (size_t i = 0; i < question->count; i++) {
        size_t cluster = share->clusters->of_row[question->rows[i]];

        if (!tab_cross_find(share->cross, question->rows[i], &slot) ||
            !tab_slot_within(share->cross, slot, base))
            continue;
        if (share->weight)
            share->weigh[share->count] = tab_weight(share->weight, question->rows[i]);
        share->cluster[share->count] = cluster;
        share->slot[share->count++] = tab_cross_at(share->cross, slot);
        if (!share->seen[cluster]++) share->base_clients++;
    }
}

/* Records of a cell, or of a margin within the base: along one axis at most. */
static void mark_yes(struct tab_share *share, struct tab_slot slot)
{
    const struct tab_cross *cross = share->cross;
    size_t columns = cross->columns + 1, rows = cross->rows + 2;

    for (size_t i = 0; i < share->count; i++) {
        size_t at = share->slot[i];
        struct tab_slot own = {at / columns / rows, at / columns % rows, at % columns};

        share->yes[i] = tab_slot_within(cross, own, slot);
    }
}

/* All clients of the frame are the sample, also those without a record in the base. */
static stats_status mean_of(struct tab_share *share, struct stats_design_mean *mean)
{
    struct stats_design design = {
        .n = share->count,
        .weight = share->weigh,
        .cluster = share->cluster,
        .clusters = share->clusters->count,
        .work = share->work,
    };

    return stats_design_mean(&design, share->yes, NULL, share->score, mean);
}

/* Where nobody, or everybody, is in the slot, each weighs as one. */
static const char *all_or_none(const struct tab_share *share)
{
    return share->clusters->name ? "clopper-pearson-clients" : "clopper-pearson";
}

static void limits(struct tab_share *share, const struct tab_group *group,
                   const struct tab_group *base, struct tab_figure *figure)
{
    double level = share->cross->question->desk->study->level;
    struct stats_design_mean mean;
    struct stats_interval interval;
    bool none = group->n == 0, all = group->n == base->n;

    if (none || all) {
        if (stats_clopper_pearson(none ? 0 : share->base_clients, share->base_clients,
                                  level, &interval) != STATS_OK)
            return;
        figure->method = all_or_none(share);
    } else {
        if (mean_of(share, &mean) != STATS_OK ||
            stats_cluster_logit(&mean, level, &interval) != STATS_OK)
            return;
        figure->method = share->weight ? "weighted-logit-t" : "cluster-logit-t";
    }
    figure->low = 100 * interval.low;
    figure->high = 100 * interval.high;
}

static void weigh(struct tab_share *share, const struct tab_group *base,
                  struct tab_figure *figure)
{
    struct stats_design_mean mean = {.estimate = NAN};
    stats_status status = mean_of(share, &mean);

    figure->method = "weighted";
    figure->value = 100 * mean.estimate;
    if (base->n && isnan(mean.estimate))
        figure->why = status == STATS_EMPTY ? "no row in it has a weight"
                                            : stats_status_text(status);
}

void tab_share_tell_effective(struct tab_share *share, const struct tab_place *place,
                              struct tab_slot base_slot, const struct tab_group *base)
{
    struct tab_figure figure = tab_figure("effective", UNIT_NUMBER, NAN, "kish");
    double deff, n_eff;
    stats_status status;

    if (!share->gathered || !same_slot(share->base, base_slot)) gather(share, base_slot);
    status = stats_kish(share->weigh, share->count, &deff, &n_eff);
    if (status == STATS_OK)
        figure.value = n_eff;
    else
        figure.why = "no row in it has a weight";
    tab_tell(share->cross->question->desk, place, &figure, base, NULL, 0);
}

void tab_share_tell(struct tab_share *share, const struct tab_place *place,
                    struct tab_slot slot, struct tab_slot base_slot,
                    const struct tab_group *group, const struct tab_group *base)
{
    struct tab_figure figure = tab_figure("percent", UNIT_PERCENT, NAN, "percent");

    if (!share->gathered || !same_slot(share->base, base_slot)) gather(share, base_slot);
    mark_yes(share, slot);
    if (share->weight)
        weigh(share, base, &figure);
    else if (base->n)
        figure.value = 100.0 * (double)group->n / (double)base->n;
    if (!share->weight) figure.numerator = group->n;
    if (base->n && !figure.why) limits(share, group, base, &figure);
    tab_tell(share->cross->question->desk, place, &figure, base, &group, 1);
}
