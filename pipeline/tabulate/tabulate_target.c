// SPDX-License-Identifier: MIT
/* `target`: how many have reached it, and how sure we are that it is met. */
#include "pipeline/tabulate/tabulate_kind.h"
#include "pipeline/tabulate/tabulate_reach.h"
#include "pipeline/tabulate/tabulate_why.h"

#include "stats/stats_prop.h"
#include "stats/stats_target.h"

#include <math.h>

static struct tab_figure gap(const struct tab_reach *target, size_t slot)
{
    const struct study_result *asked = target->question.asked;
    const struct tab_group *base = &target->base[slot], *reached = &target->reached[slot];
    struct tab_figure figure = tab_figure("gap", UNIT_POINTS, NAN, "wilson");
    struct stats_interval limits;
    stats_status status =
        stats_wilson(reached->n, base->n, target->question.desk->study->level, &limits);

    if (status != STATS_OK) {
        figure.why = tab_why(figure.method, status);
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

static struct tab_figure p_of(const struct tab_reach *target, size_t slot)
{
    struct tab_figure figure = tab_figure("p", UNIT_P, NAN, "binomial-midp");
    struct stats_prop_test test;
    stats_status status =
        stats_prop_test_exact(target->reached[slot].n, target->base[slot].n,
                              target->question.asked->target / 100, &test);

    if (status != STATS_OK)
        figure.why = tab_why(figure.method, status);
    else
        figure.value = test.two_midp;
    return figure;
}

/* Jeffreys' prior: what the clients say themselves, and next to nothing else. */
static const struct stats_prior prior = {0.5, 0.5};

/* How sure we are that the rate behind the clients so far is at or above the target. */
static struct tab_figure probability(const struct tab_reach *target, size_t slot)
{
    struct tab_figure figure =
        tab_figure("probability", UNIT_PERCENT, NAN, "beta-posterior");
    struct stats_posterior posterior;
    stats_status status = stats_target_posterior(
        target->reached[slot].n, target->base[slot].n, target->question.asked->target / 100,
        prior, target->question.desk->study->level, &posterior);

    if (status != STATS_OK)
        figure.why = tab_why(figure.method, status);
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
static void tell_end(const struct tab_reach *target, const struct tab_place *place)
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

static void tell_slot(const struct tab_reach *target, size_t slot)
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
    struct tab_reach target;

    RK_TRY(tab_reach_open(desk, asked, &target));
    for (size_t slot = 0; slot < target.slots; slot++) {
        if (tab_group_shown(&target.groups, slot)) tell_slot(&target, slot);
    }
    return RK_OK;
}
