// SPDX-License-Identifier: MIT
/* `compare_groups`: areas or key workers compared fairly. */
#include "pipeline/tabulate/tabulate_kind.h"
#include "pipeline/tabulate/tabulate_reach.h"
#include "pipeline/tabulate/tabulate_why.h"

#include "stats/stats_area.h"

#include <math.h>

/* With fewer groups there is nothing to rank, and limits say less than intervals. */
enum { LEAGUE_GROUPS = 10 };
static const double winsor = 0.1;

/* The groups with somebody in them, and what holds of them together. */
struct funnel {
    struct tab_reach reach;
    size_t count;       /* groups */
    size_t *slot;       /* of each of them */
    long *yes, *n;
    const struct tab_group **given; /* all that shrinking and overdispersion use */
    double pooled;      /* share */
    double *shrunk;
    struct stats_overdispersion spread;
    stats_status spread_status, shrunk_status;
    const char *why; /* no funnel, and the reason */
};

static void gather(struct funnel *funnel)
{
    const struct tab_reach *reach = &funnel->reach;
    struct rk_arena *arena = reach->question.desk->scratch;

    funnel->slot = RK_ARRAY(arena, size_t, reach->slots);
    funnel->yes = RK_ARRAY(arena, long, reach->slots);
    funnel->n = RK_ARRAY(arena, long, reach->slots);
    funnel->given = RK_ARRAY(arena, const struct tab_group *, 2 * reach->slots);
    for (size_t slot = 0; slot + 1 < reach->slots; slot++) {
        if (!tab_group_shown(&reach->groups, slot) || !reach->base[slot].n) continue;
        funnel->yes[funnel->count] = reach->reached[slot].n;
        funnel->n[funnel->count] = reach->base[slot].n;
        funnel->given[2 * funnel->count] = &reach->reached[slot];
        funnel->given[2 * funnel->count + 1] = &reach->base[slot];
        funnel->slot[funnel->count++] = slot;
    }
}

static void compute(struct funnel *funnel)
{
    struct rk_arena *arena = funnel->reach.question.desk->scratch;
    size_t count = funnel->count;
    double *work = RK_ARRAY(arena, double, count + 1);
    double *other = RK_ARRAY(arena, double, count + 1);
    double between;

    funnel->shrunk = RK_ARRAY(arena, double, count + 1);
    if (count < LEAGUE_GROUPS) {
        funnel->why = "too few groups for a league table";
        return;
    }
    funnel->spread_status = stats_overdispersion(funnel->yes, funnel->n, count, winsor, work,
                                                 other, &funnel->spread);
    funnel->shrunk_status = stats_shrink(funnel->yes, funnel->n, count, &funnel->pooled,
                                         &between, work, funnel->shrunk);
    if (funnel->spread_status != STATS_OK)
        funnel->why = "nobody, or everybody, in any group";
}

/* More spread than chance gives, by two standard errors of phi: Spiegelhalter (2005). */
static bool is_overdispersed(const struct funnel *funnel)
{
    return funnel->spread.phi > 1 + 2 * sqrt(2 / (double)funnel->count);
}

static struct tab_figure refused(const char *measure, enum cell_unit unit, const char *why)
{
    struct tab_figure figure = tab_figure(measure, unit, NAN, "");

    figure.why = why;
    figure.not_applicable = true;
    return figure;
}

/* Where the share of a group of this size lies by chance, around that of all. */
static void tell_limits(const struct funnel *funnel, size_t i, const struct tab_place *place,
                        const char *measure, double conf)
{
    const struct tab_reach *reach = &funnel->reach;
    size_t all = reach->slots - 1, none = all - 1;
    /* The pooled share leaves those without a group out, so that it tells of them, too. */
    const struct tab_group *of_all[] = {&reach->reached[all], &reach->base[all],
                                        &reach->reached[none], &reach->base[none]};
    bool wide = !funnel->why && is_overdispersed(funnel);
    struct tab_figure figure = refused(measure, UNIT_PERCENT, funnel->why);
    struct stats_interval limits;
    stats_status status;

    if (!funnel->why) {
        status = wide ? stats_funnel_normal(funnel->n[i], funnel->spread.target,
                                            funnel->spread.tau2, conf, &limits)
                      : stats_funnel_exact(funnel->n[i], funnel->spread.target, conf, &limits);
        figure = tab_estimate(measure, UNIT_PERCENT, &limits, 100,
                              wide ? "funnel-overdispersed" : "funnel-exact", status);
        figure.level = conf;
    }
    tab_tell(reach->question.desk, place, &figure, &reach->base[funnel->slot[i]],
             wide ? funnel->given : of_all, wide ? 2 * funnel->count : 4);
}

static void tell_shrunk(const struct funnel *funnel, size_t i, const struct tab_place *place)
{
    const struct tab_reach *reach = &funnel->reach;
    struct tab_figure figure = refused("shrunk", UNIT_PERCENT, funnel->why);

    if (!funnel->why) {
        figure = tab_figure("shrunk", UNIT_PERCENT, 100 * funnel->shrunk[i],
                            "empirical-bayes");
        if (funnel->shrunk_status != STATS_OK)
            figure.why = tab_why(figure.method, funnel->shrunk_status);
    }
    tab_tell(reach->question.desk, place, &figure, &reach->base[funnel->slot[i]],
             funnel->given, 2 * funnel->count);
}

static void tell_share(const struct funnel *funnel, size_t slot,
                       const struct tab_place *place)
{
    const struct tab_question *question = &funnel->reach.question;
    const struct tab_group *base = &funnel->reach.base[slot];
    const struct tab_group *reached = &funnel->reach.reached[slot];

    tab_tell_count(question->desk, place, "count", question->unit, reached, base);
    tab_tell_percent(question->desk, place, "percent", question->asked->interval, reached,
                     base);
}

static void tell_all(const struct funnel *funnel)
{
    const struct tab_reach *reach = &funnel->reach;
    size_t all = reach->slots - 1;
    struct tab_place place = tab_place_of(&reach->question);
    struct tab_figure groups =
        tab_figure("groups", UNIT_NUMBER, (double)funnel->count, "count");
    struct tab_figure phi = refused("overdispersion", UNIT_RATIO, funnel->why);

    if (!funnel->why)
        phi = tab_figure("overdispersion", UNIT_RATIO, funnel->spread.phi, "winsorised-z");
    groups.exact = true;
    tab_group_place(&reach->groups, all, &place);
    tell_share(funnel, all, &place);
    tab_tell(reach->question.desk, &place, &groups, &reach->base[all], NULL, 0);
    tab_tell(reach->question.desk, &place, &phi, &reach->base[all], funnel->given,
             2 * funnel->count);
}

rk_status tab_funnel(struct tab_desk *desk, const struct study_result *asked)
{
    struct funnel funnel = {.count = 0};

    RK_TRY(tab_reach_open(desk, asked, &funnel.reach));
    gather(&funnel);
    compute(&funnel);
    for (size_t i = 0; i < funnel.count; i++) {
        struct tab_place place = tab_place_of(&funnel.reach.question);

        tab_group_place(&funnel.reach.groups, funnel.slot[i], &place);
        tell_share(&funnel, funnel.slot[i], &place);
        tell_limits(&funnel, i, &place, "limit95", 0.95);
        tell_limits(&funnel, i, &place, "limit998", 0.998);
        tell_shrunk(&funnel, i, &place);
    }
    tell_all(&funnel);
    return RK_OK;
}
