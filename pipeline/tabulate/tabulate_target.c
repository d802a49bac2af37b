// SPDX-License-Identifier: MIT
/* `target`: how many have reached it, and how sure we are that it is met. */
#include "pipeline/tabulate/tabulate_kind.h"
#include "pipeline/tabulate/tabulate_question.h"
#include "pipeline/tabulate/tabulate_where.h"

#include "stats/stats_prop.h"
#include "stats/stats_target.h"

#include <math.h>

struct target {
    struct tab_question question;
    struct tab_groups groups;
    size_t slots;
    struct tab_group *base, *reached; /* of each slot */
};

static void sum_slots(const struct target *target, const struct tab_group *groups)
{
    struct tab_desk *desk = target->question.desk;
    size_t all = target->slots - 1;
    const struct tab_group **parts =
        RK_ARRAY(desk->scratch, const struct tab_group *, all + 1);

    if (!target->groups.grouped) return;
    for (size_t slot = 0; slot < all; slot++)
        parts[slot] = &groups[slot];
    tab_sum(desk, &groups[all], parts, all);
}

static void count_slots(const struct target *target, const struct condition *of, long *in,
                        long *reached)
{
    const struct tab_question *question = &target->question;
    size_t all = target->slots - 1;

    for (size_t i = 0; i < question->count; i++) {
        size_t slot = tab_group_of(&target->groups, question->rows[i]);
        bool holds = frame_view_holds(&question->view.view, of, question->rows[i]);

        in[slot]++;
        in[all]++;
        reached[slot] += holds;
        reached[all] += holds;
    }
}

static void name_slots(struct target *target, const struct condition *of)
{
    struct tab_question *question = &target->question;
    struct rk_arena *arena = question->desk->scratch;
    long *in = RK_ARRAY(arena, long, target->slots);
    long *reached = RK_ARRAY(arena, long, target->slots);

    count_slots(target, of, in, reached);
    target->base = RK_ARRAY(arena, struct tab_group, target->slots);
    target->reached = RK_ARRAY(arena, struct tab_group, target->slots);
    for (size_t slot = 0; slot < target->slots; slot++) {
        struct tab_who who = question->all.who;

        tab_group_who(&target->groups, slot, &who);
        target->base[slot] = tab_part_base(question, &who, in[slot], &question->all);
        tab_who_where(question->desk, &question->view, question->asked->of, &who);
        target->reached[slot] = tab_part(question, &who, reached[slot]);
    }
    sum_slots(target, target->base);
    sum_slots(target, target->reached);
}

static struct tab_figure gap(const struct target *target, size_t slot)
{
    const struct study_result *asked = target->question.asked;
    const struct tab_group *base = &target->base[slot], *reached = &target->reached[slot];
    struct tab_figure figure = tab_figure("gap", UNIT_POINTS, NAN, "wilson");
    struct stats_interval limits;
    stats_status status =
        stats_wilson(reached->n, base->n, target->question.desk->study->level, &limits);

    if (status != STATS_OK) {
        figure.why = stats_status_text(status);
        return figure;
    }
    figure.value = 100.0 * (double)reached->n / (double)base->n - asked->target;
    figure.low = 100 * limits.low - asked->target;
    figure.high = 100 * limits.high - asked->target;
    return figure;
}

/* The mark beside a target: 1 the interval lies above it, -1 below it, 0 it holds the
 * target. */
static struct tab_figure status_of(const struct tab_figure *gap)
{
    struct tab_figure figure = tab_figure("status", UNIT_NUMBER, 0, gap->method);

    figure.why = gap->why;
    figure.value = gap->low >= 0 ? 1 : gap->high < 0 ? -1 : 0;
    return figure;
}

static struct tab_figure p_of(const struct target *target, size_t slot)
{
    struct tab_figure figure = tab_figure("p", UNIT_P, NAN, "binomial-midp");
    struct stats_prop_test test;
    stats_status status =
        stats_prop_test_exact(target->reached[slot].n, target->base[slot].n,
                              target->question.asked->target / 100, &test);

    if (status != STATS_OK)
        figure.why = stats_status_text(status);
    else
        figure.value = test.two_midp;
    return figure;
}

/* Jeffreys' prior: what the clients say themselves, and next to nothing else. */
static const struct stats_prior prior = {0.5, 0.5};

/* How sure we are that the rate behind the clients so far is at or above the target. */
static struct tab_figure probability(const struct target *target, size_t slot)
{
    struct tab_figure figure =
        tab_figure("probability", UNIT_PERCENT, NAN, "beta-posterior");
    struct stats_posterior posterior;
    stats_status status = stats_target_posterior(
        target->reached[slot].n, target->base[slot].n, target->question.asked->target / 100,
        prior, target->question.desk->study->level, &posterior);

    if (status != STATS_OK)
        figure.why = stats_status_text(status);
    else
        figure.value = 100 * posterior.at_least;
    return figure;
}

/* Of all clients there will be, as many as the target asks for; 20% of 101 is 21. */
static long goal_of(const struct study_result *asked)
{
    double exact = (double)asked->expected * asked->target / 100;

    return (long)ceil(exact - 1e-9);
}

/* Chance to have reached the target at the end, and how many will have by then. */
static void tell_end(const struct target *target, const struct tab_place *place)
{
    const struct study_result *asked = target->question.asked;
    size_t all = target->slots - 1;
    const struct tab_group *base = &target->base[all], *reached = &target->reached[all];
    struct tab_figure reach =
        tab_figure("reach_probability", UNIT_PERCENT, NAN, "beta-binomial");
    struct tab_figure total =
        tab_figure("expected_total", UNIT_NUMBER, NAN, "beta-binomial");
    struct stats_prediction end = {NAN, NAN, NAN};
    stats_status status = stats_target_predict(reached->n, base->n, asked->expected,
                                               goal_of(asked), prior, &end);

    if (base->n > asked->expected)
        reach.why = "there are more clients already than are expected at the end";
    else if (status != STATS_OK)
        reach.why = stats_status_text(status);
    total.why = reach.why;
    reach.value = 100 * end.reach;
    total.value = end.expected_total;
    tab_tell(target->question.desk, place, &reach, base, &reached, 1);
    tab_tell(target->question.desk, place, &total, base, &reached, 1);
}

static void tell_slot(const struct target *target, size_t slot)
{
    const struct tab_question *question = &target->question;
    struct tab_desk *desk = question->desk;
    struct tab_place place = tab_place_of(question);
    const struct tab_group *base = &target->base[slot], *reached = &target->reached[slot];
    const char *interval = question->asked->interval ? question->asked->interval : "wilson";
    struct tab_figure figures[5] = {
        tab_figure("target", UNIT_PERCENT, question->asked->target, "target"),
        gap(target, slot),
        p_of(target, slot),
        probability(target, slot),
    };

    figures[4] = status_of(&figures[1]);
    tab_group_place(&target->groups, slot, &place);
    tab_tell_count(desk, &place, "count", question->unit, reached, base);
    tab_tell_percent(desk, &place, "percent", interval, reached, base);
    figures[0].exact = true;
    tab_tell(desk, &place, &figures[0], NULL, NULL, 0);
    for (size_t i = 1; i < 5; i++) {
        figures[i].numerator = reached->n;
        tab_tell(desk, &place, &figures[i], base, &reached, 1);
    }
    if (question->asked->expected && slot + 1 == target->slots) tell_end(target, &place);
}

rk_status tab_target(struct tab_desk *desk, const struct study_result *asked)
{
    struct target target = {.slots = 0};
    struct condition *of;

    RK_TRY(tab_question_open(desk, asked, &target.question));
    RK_TRY(tab_groups_open(&target.question, asked->by, &target.groups));
    RK_TRY(frame_view_condition(desk->run, &target.question.view.view, asked->of_place,
                                asked->of, &of));
    target.slots = tab_group_slots(&target.groups);
    name_slots(&target, of);
    for (size_t slot = 0; slot < target.slots; slot++) {
        if (tab_group_shown(&target.groups, slot)) tell_slot(&target, slot);
    }
    return RK_OK;
}
