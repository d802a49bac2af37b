// SPDX-License-Identifier: MIT
/* `count`: records, or distinct clients and organisations; `sum`: of a column. */
#include "pipeline/tabulate/tabulate_cross.h"
#include "pipeline/tabulate/tabulate_kind.h"
#include "pipeline/tabulate/tabulate_scores.h"

#include <string.h>

/* What both have: groups of rows, each a base. */
struct counted {
    struct tab_question question;
    struct tab_groups groups;
    size_t slots;
    struct tab_group *group; /* rows of each slot */
};

static long *rows_of_slots(const struct counted *counted)
{
    const struct tab_question *question = &counted->question;
    long *rows = RK_ARRAY(question->desk->scratch, long, counted->slots);

    for (size_t i = 0; i < question->count; i++)
        rows[tab_group_of(&counted->groups, question->rows[i])]++;
    rows[counted->slots - 1] = (long)question->count;
    return rows;
}

static void sum_groups(const struct counted *counted, const struct tab_group *group)
{
    struct tab_desk *desk = counted->question.desk;
    size_t all = counted->slots - 1;
    const struct tab_group **parts =
        RK_ARRAY(desk->scratch, const struct tab_group *, all + 1);

    if (!counted->groups.grouped) return;
    for (size_t slot = 0; slot < all; slot++)
        parts[slot] = &group[slot];
    tab_sum(desk, &group[all], parts, all);
}

static struct tab_who who_of(const struct counted *counted, size_t slot)
{
    struct tab_who who = counted->question.all.who;

    tab_group_who(&counted->groups, slot, &who);
    return who;
}

static rk_status open_counted(struct tab_desk *desk, const struct study_result *asked,
                              struct counted *out)
{
    const long *rows;

    RK_TRY(tab_question_open(desk, asked, &out->question));
    RK_TRY(tab_groups_open(&out->question, asked->by, &out->groups));
    out->slots = tab_group_slots(&out->groups);
    out->group = RK_ARRAY(desk->scratch, struct tab_group, out->slots);
    rows = rows_of_slots(out);
    for (size_t slot = 0; slot < out->slots; slot++) {
        struct tab_who who = who_of(out, slot);

        if (tab_group_shown(&out->groups, slot))
            out->group[slot] =
                tab_part_base(&out->question, &who, rows[slot], &out->question.all);
        else
            out->group[slot] = tab_part(&out->question, &who, rows[slot]);
    }
    sum_groups(out, out->group);
    return RK_OK;
}

static struct tab_place place_of(const struct counted *counted, size_t slot)
{
    struct tab_place place = tab_place_of(&counted->question);

    tab_group_place(&counted->groups, slot, &place);
    return place;
}

/* ---- count ---- */

static long *distinct_of_slots(const struct counted *counted,
                               const struct tab_clusters *clusters)
{
    const struct tab_question *question = &counted->question;
    struct tab_by_cluster by = tab_by_cluster(question, clusters);
    long *count = RK_ARRAY(question->desk->scratch, long, counted->slots);
    size_t *seen = RK_ARRAY(question->desk->scratch, size_t, counted->slots);

    for (size_t c = 0; c < clusters->known; c++) {
        for (size_t i = by.start[c]; i < by.start[c + 1]; i++) {
            size_t slot = tab_group_of(&counted->groups, by.rows[i]);

            if (seen[slot] != c + 1) count[slot]++;
            seen[slot] = c + 1;
        }
        count[counted->slots - 1] += by.start[c + 1] > by.start[c];
    }
    return count;
}

/* Clients are people and may be few; organisations are not. */
static void tell_distinct(const struct counted *counted,
                          const struct tab_clusters *clusters)
{
    const struct tab_question *question = &counted->question;
    struct tab_desk *desk = question->desk;
    const long *count = distinct_of_slots(counted, clusters);
    struct tab_group *clients = RK_ARRAY(desk->scratch, struct tab_group, counted->slots);

    for (size_t slot = 0; slot < counted->slots; slot++) {
        struct tab_who who = who_of(counted, slot);
        struct tab_place place = place_of(counted, slot);
        struct tab_figure figure =
            tab_figure("count", UNIT_NUMBER, (double)count[slot], "distinct");
        const struct tab_group *records = &counted->group[slot];

        if (clusters->people) {
            who.frame = rk_arena_printf(desk->arena, "%s.clients", who.frame);
            clients[slot] = tab_part(question, &who, count[slot]);
            records = &clients[slot];
            figure.unit = UNIT_CLIENTS;
        }
        figure.exact = true;
        if (tab_group_shown(&counted->groups, slot))
            tab_tell(desk, &place, &figure, &counted->group[slot], &records, 1);
    }
    if (clusters->people && counted->groups.by.through) sum_groups(counted, clients);
}

static void tell_records(const struct counted *counted)
{
    for (size_t slot = 0; slot < counted->slots; slot++) {
        struct tab_place place = place_of(counted, slot);

        if (tab_group_shown(&counted->groups, slot))
            tab_tell_count(counted->question.desk, &place, "count", counted->question.unit,
                           &counted->group[slot], &counted->question.all);
    }
}

rk_status tab_count(struct tab_desk *desk, const struct study_result *asked)
{
    struct counted counted = {.slots = 0};
    struct tab_clusters clusters;

    RK_TRY(open_counted(desk, asked, &counted));
    if (strcmp(asked->of, "records") == 0) {
        tell_records(&counted);
        return RK_OK;
    }
    RK_TRY(tab_clusters_open(&counted.question, asked->of, &clusters));
    tell_distinct(&counted, &clusters);
    return RK_OK;
}

/* ---- sum ---- */

static double *sums_of_slots(const struct counted *counted, const struct tab_scores *scores,
                             bool *whole)
{
    const struct tab_question *question = &counted->question;
    double *sum = RK_ARRAY(question->desk->scratch, double, counted->slots);

    *whole = true;
    for (size_t i = 0; i < question->count; i++) {
        double x = tab_score(scores, question->rows[i]);

        if (isnan(x)) continue;
        if (x != floor(x) || fabs(x) > 1e15) *whole = false;
        sum[tab_group_of(&counted->groups, question->rows[i])] += x;
    }
    for (size_t slot = 0; slot + 1 < counted->slots; slot++)
        sum[counted->slots - 1] += sum[slot];
    return sum;
}

/* Returns of others count people in whole numbers, and such a sum may be a small one. Money
 * does not; it gives away no more than that somebody is in the base. */
static void name_sums(const struct counted *counted, const double *sum, const char *of,
                      struct tab_group *out)
{
    struct tab_desk *desk = counted->question.desk;

    for (size_t slot = 0; slot < counted->slots; slot++) {
        struct tab_who who = who_of(counted, slot);

        who.frame = rk_arena_printf(desk->arena, "%s:%s", who.frame, of);
        out[slot] = tab_group(desk, &who, (long)sum[slot], !counted->question.asked->mask);
    }
    sum_groups(counted, out);
}

static bool counts_people(const struct counted *counted, bool whole)
{
    const struct tab_view *view = &counted->question.view;

    return whole && !view->clients && !view->source->link;
}

rk_status tab_total(struct tab_desk *desk, const struct study_result *asked)
{
    struct counted counted = {.slots = 0};
    struct tab_scores scores;
    const double *sum;
    struct tab_group *named;
    bool whole;

    RK_TRY(open_counted(desk, asked, &counted));
    RK_TRY(tab_scores_open(desk, &counted.question.view, asked->of, asked->place, &scores));
    sum = sums_of_slots(&counted, &scores, &whole);
    named = RK_ARRAY(desk->scratch, struct tab_group, counted.slots);
    if (counts_people(&counted, whole)) name_sums(&counted, sum, asked->of, named);
    for (size_t slot = 0; slot < counted.slots; slot++) {
        struct tab_place place = place_of(&counted, slot);
        struct tab_figure figure = tab_figure("sum", UNIT_NUMBER, sum[slot], "sum");
        const struct tab_group *gives = &named[slot];

        figure.exact = true;
        if (tab_group_shown(&counted.groups, slot))
            tab_tell(desk, &place, &figure, &counted.group[slot], &gives,
                     counts_people(&counted, whole));
    }
    return RK_OK;
}
