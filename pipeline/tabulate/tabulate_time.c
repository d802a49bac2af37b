// SPDX-License-Identifier: MIT
/* `time_to`: how long until something happens, some of the people still waiting. */
#include "pipeline/tabulate/tabulate_follow.h"
#include "pipeline/tabulate/tabulate_kind.h"
#include "pipeline/tabulate/tabulate_why.h"

#include "stats/stats_competing.h"
#include "stats/stats_survival.h"

#include <math.h>
#include <string.h>

/* Between two of the days asked for, and after the last: what became of people. */
enum fate { HAPPENED, OTHERWISE, LEFT, FATES };

struct times {
    struct tab_question question;
    struct tab_follow follow;
    struct tab_groups groups;
    size_t slots, spans;      /* spans: the days asked for, and what comes after */
    struct tab_group *group;  /* of each slot: those who can be followed */
    long *count;              /* slots x spans x FATES */
    struct tab_group *part;   /* the same */
    struct tab_group *so_far; /* slots x spans: the event by then; of the last, at all */
    struct tab_group *waiting; /* slots x spans: still waiting after the day */
    struct stats_subject *subjects; /* of the slot being told */
    struct stats_life *rows;
};

static size_t span_at(const struct times *times, size_t slot, size_t span)
{
    return slot * times->spans + span;
}

static size_t fate_at(const struct times *times, size_t slot, size_t span, enum fate fate)
{
    return span_at(times, slot, span) * FATES + (size_t)fate;
}

/* An event on the day has happened by then; who is followed until the day still waits. */
static size_t span_of(const struct study_result *asked, long days, bool waiting)
{
    size_t span = 0;

    while (span < asked->at_count && days >= asked->at[span] + !waiting)
        span++;
    return span;
}

static enum fate fate_of(enum tab_end end)
{
    return end == TAB_EVENT ? HAPPENED : end == TAB_COMPETING ? OTHERWISE : LEFT;
}

static void count_fates(struct times *times)
{
    struct rk_arena *arena = times->question.desk->scratch;
    const struct tab_follow *follow = &times->follow;
    size_t all = times->slots - 1;

    times->count = RK_ARRAY(arena, long, times->slots *times->spans *FATES);
    for (size_t i = 0; i < follow->n; i++) {
        enum fate fate = fate_of(follow->end[i]);
        size_t span = span_of(times->question.asked, follow->days[i], fate == LEFT);
        size_t slot = tab_group_of(&times->groups, follow->rows[i]);

        times->count[fate_at(times, slot, span, fate)]++;
        times->count[fate_at(times, all, span, fate)]++;
    }
}

/* ---- who they are ---- */

/* "job.started 91 to 180 days after enrolled"; what ends the wait is in the base's name. */
static const char *span_words(const struct times *times, size_t span, const char *what)
{
    struct rk_arena *arena = times->question.desk->arena;
    const struct study_result *asked = times->question.asked;
    long first = span ? asked->at[span - 1] + 1 : 0;

    if (span == asked->at_count)
        return rk_arena_printf(arena, "%s %ld days or more after %s", what, first,
                               asked->from);
    return rk_arena_printf(arena, "%s %ld to %ld days after %s", what, first,
                           asked->at[span], asked->from);
}

static struct tab_group name_piece(const struct times *times, size_t slot,
                                   const char *piece, long n, bool open)
{
    struct tab_who who = times->group[slot].who;

    tab_who_piece(&who, piece);
    return tab_group(times->question.desk, &who, n, times->question.open || open);
}

static void name_span(struct times *times, size_t slot, size_t span)
{
    const struct study_result *asked = times->question.asked;
    const char *what[FATES] = {times->follow.event,
                               asked->competing ? asked->competing : "nothing",
                               "last heard of"};

    for (int fate = 0; fate < FATES; fate++) {
        size_t at = fate_at(times, slot, span, fate);

        times->part[at] = name_piece(times, slot, span_words(times, span, what[fate]),
                                     times->count[at], fate == LEFT);
    }
}

static void name_so_far(struct times *times, size_t slot)
{
    struct tab_desk *desk = times->question.desk;
    const struct study_result *asked = times->question.asked;
    const struct tab_group *before = NULL;
    long n = 0;

    for (size_t span = 0; span < times->spans; span++) {
        struct tab_group *own = &times->so_far[span_at(times, slot, span)];
        const struct tab_group *parts[2] = {
            &times->part[fate_at(times, slot, span, HAPPENED)], before};
        const char *piece =
            span == asked->at_count
                ? rk_arena_printf(desk->arena, "%s at all", times->follow.event)
                : rk_arena_printf(desk->arena, "%s within %ld days of %s",
                                  times->follow.event, asked->at[span], asked->from);

        n += parts[0]->n;
        *own = name_piece(times, slot, piece, n, false);
        tab_sum(desk, own, parts, before ? 2 : 1);
        before = own;
    }
}

/* Who waited before the span = who waits after it, and what became of the others. */
static void name_waiting(struct times *times, size_t slot)
{
    struct tab_desk *desk = times->question.desk;
    const struct study_result *asked = times->question.asked;
    const struct tab_group *before = &times->group[slot];

    for (size_t span = 0; span < times->spans; span++) {
        struct tab_group *own = &times->waiting[span_at(times, slot, span)];
        const struct tab_group *parts[FATES + 1];
        long n = before->n;

        for (int fate = 0; fate < FATES; fate++) {
            parts[fate] = &times->part[fate_at(times, slot, span, fate)];
            n -= parts[fate]->n;
        }
        if (span == asked->at_count) {
            tab_sum(desk, before, parts, FATES);
            return;
        }
        *own = name_piece(times, slot,
                          rk_arena_printf(desk->arena, "waiting for %s %ld days after %s",
                                          times->follow.event, asked->at[span], asked->from),
                          n, false);
        parts[FATES] = own;
        tab_sum(desk, before, parts, FATES + 1);
        before = own;
    }
}

static void name_slots(struct times *times)
{
    struct tab_question *question = &times->question;
    size_t all = times->slots - 1;

    for (size_t slot = times->slots; slot-- > 0;) {
        struct tab_who who = question->all.who;
        long n = 0;

        for (size_t i = 0; i < times->spans * FATES; i++)
            n += times->count[slot * times->spans * FATES + i];
        tab_who_piece(&who, times->follow.known);
        tab_group_who(&times->groups, slot, &who);
        if (slot == all)
            times->group[slot] = tab_part_base(question, &who, n, &question->all);
        else if (tab_group_shown(&times->groups, slot))
            times->group[slot] = tab_part_base(question, &who, n, &times->group[all]);
        else
            times->group[slot] = tab_part(question, &who, n);
    }
    for (size_t slot = 0; slot < times->slots; slot++) {
        for (size_t span = 0; span < times->spans; span++)
            name_span(times, slot, span);
        name_so_far(times, slot);
        name_waiting(times, slot);
    }
}

/* What is true of all is the sum over the groups; `step` groups stand for each slot. */
static void sum_slots(const struct times *times, const struct tab_group *groups,
                      size_t step)
{
    struct tab_desk *desk = times->question.desk;
    size_t all = times->slots - 1;
    const struct tab_group **parts =
        RK_ARRAY(desk->scratch, const struct tab_group *, all + 1);

    if (!times->groups.grouped) return;
    for (size_t i = 0; i < step; i++) {
        if (!groups[all * step + i].id) continue;
        for (size_t slot = 0; slot < all; slot++)
            parts[slot] = &groups[slot * step + i];
        tab_sum(desk, &groups[all * step + i], parts, all);
    }
}

static void name_all(struct times *times)
{
    struct rk_arena *arena = times->question.desk->scratch;
    size_t cells = times->slots * times->spans;

    times->group = RK_ARRAY(arena, struct tab_group, times->slots);
    times->part = RK_ARRAY(arena, struct tab_group, cells *FATES);
    times->so_far = RK_ARRAY(arena, struct tab_group, cells);
    times->waiting = RK_ARRAY(arena, struct tab_group, cells);
    name_slots(times);
    sum_slots(times, times->group, 1);
    sum_slots(times, times->part, times->spans * FATES);
    sum_slots(times, times->so_far, times->spans);
    sum_slots(times, times->waiting, times->spans);
}

/* ---- the curve ---- */

static bool competes(const struct times *times)
{
    return times->question.asked->competing != NULL;
}

/* Life table of a slot. */
static stats_status life_of(struct times *times, size_t slot, size_t *used)
{
    const struct tab_follow *follow = &times->follow;
    size_t n = 0;

    for (size_t i = 0; i < follow->n; i++) {
        if (slot + 1 < times->slots && tab_group_of(&times->groups, follow->rows[i]) != slot)
            continue;
        times->subjects[n++] =
            (struct stats_subject){(double)follow->days[i], (int)follow->end[i], 0};
    }
    return stats_life_table(times->subjects, n, TAB_EVENT, times->rows, used);
}

/* Who has not had the event by the day, and the variance of its logarithm: Kaplan-Meier's
 * curve, or what the cumulative incidence leaves when something else may come first. */
static struct stats_survival without(const struct times *times, size_t used, double day)
{
    struct stats_survival found = stats_survival_at(times->rows, used, day);
    struct stats_incidence other;

    if (!competes(times)) return found;
    other = stats_incidence_at(times->rows, used, day);
    found.survival = 1 - other.incidence;
    found.greenwood = found.survival > 0 ? pow(other.se / found.survival, 2) : NAN;
    return found;
}

static const char *method_of(const struct times *times)
{
    return competes(times) ? "aalen-johansen" : "kaplan-meier";
}

static struct tab_figure share_by(const struct times *times, size_t slot, size_t used,
                                  size_t span)
{
    const struct study *study = times->question.desk->study;
    double day = (double)times->question.asked->at[span];
    struct tab_figure figure = tab_figure("percent", UNIT_PERCENT, NAN, method_of(times));
    struct stats_survival found;
    struct stats_interval limits;

    if (!times->group[slot].n) return figure;
    found = without(times, used, day);
    if (used && day > times->rows[used - 1].time && times->rows[used - 1].survival > 0) {
        figure.why = "nobody was followed that long";
        return figure;
    }
    limits = stats_survival_interval(found.survival, found.greenwood, study->level,
                                     STATS_LOG_LOG);
    figure.value = 100 * (1 - found.survival);
    figure.low = 100 * (1 - limits.high);
    figure.high = 100 * (1 - limits.low);
    if (found.survival >= 1) figure.low = figure.high = NAN; /* nothing has happened yet */
    return figure;
}

static struct tab_figure median(const struct times *times, size_t slot, size_t used)
{
    struct tab_figure figure = tab_figure("days", UNIT_DAYS, NAN, "kaplan-meier");
    struct stats_interval found;

    if (!times->group[slot].n) return figure;
    found = stats_survival_median(times->rows, used, times->question.desk->study->level,
                                  STATS_LOG_LOG);
    figure.value = found.estimate;
    if (isnan(found.estimate)) {
        figure.why = "not reached: fewer than half have had the event";
        figure.not_applicable = true;
    } else if (!isnan(found.low) && !isnan(found.high)) {
        figure.low = found.low;
        figure.high = found.high;
    }
    return figure;
}

/* ---- cells ---- */

static struct tab_place place_of(const struct times *times, size_t slot, const char *column,
                                 const char *label, long order)
{
    struct tab_place place = tab_place_of(&times->question);

    tab_group_place(&times->groups, slot, &place);
    place.column = column;
    place.column_label = label;
    place.column_order = order;
    return place;
}

/* A count of events by a day: it gives away itself and, beside the day before, those between. */
static void tell_events(const struct times *times, const struct tab_place *place, size_t slot,
                        size_t span)
{
    const struct tab_group *so_far = &times->so_far[span_at(times, slot, span)];
    const struct tab_group *gives[2] = {so_far,
                                        &times->part[fate_at(times, slot, span, HAPPENED)]};
    struct tab_figure figure =
        tab_figure("count", times->question.unit, (double)so_far->n, "count");

    figure.numerator = so_far->n;
    tab_tell(times->question.desk, place, &figure, &times->group[slot], gives, 2);
}

static void tell_day(const struct times *times, size_t slot, size_t used, size_t span)
{
    struct tab_desk *desk = times->question.desk;
    long day = times->question.asked->at[span];
    size_t at = span_at(times, slot, span);
    const struct tab_group *base = &times->group[slot];
    const struct tab_group *gives[2] = {&times->so_far[at],
                                        &times->part[fate_at(times, slot, span, HAPPENED)]};
    struct tab_place place =
        place_of(times, slot, rk_arena_printf(desk->arena, "d%ld", day),
                 rk_arena_printf(desk->arena, "%ld days", day), day);
    struct tab_figure share = share_by(times, slot, used, span);

    tell_events(times, &place, slot, span);
    tab_tell_count(desk, &place, "at_risk", times->question.unit, &times->waiting[at], base);
    tab_tell(desk, &place, &share, base, gives, 2);
}

static void tell_slot(struct times *times, size_t slot)
{
    struct tab_desk *desk = times->question.desk;
    const struct tab_group *base = &times->group[slot];
    const struct tab_group *events = &times->so_far[span_at(times, slot, times->spans - 1)];
    struct tab_place followed = place_of(times, slot, "followed", "Followed", TAB_LAST - 3);
    struct tab_place happened = place_of(times, slot, "events", "Events", TAB_LAST - 2);
    struct tab_place middle = place_of(times, slot, "median", "Median", TAB_LAST - 1);
    struct tab_figure figure;
    size_t used = 0;

    if (life_of(times, slot, &used) != STATS_OK) used = 0;
    for (size_t span = 0; span + 1 < times->spans; span++)
        tell_day(times, slot, used, span);
    tab_tell_count(desk, &followed, "count", times->question.unit, base, base);
    tell_events(times, &happened, slot, times->spans - 1);
    if (competes(times)) return;
    figure = median(times, slot, used);
    tab_tell(desk, &middle, &figure, base, &events, 1);
}

/* ---- do groups differ? ---- */

static stats_status compare(const struct times *times, struct stats_test *found)
{
    struct rk_arena *arena = times->question.desk->scratch;
    const struct tab_follow *follow = &times->follow;
    size_t groups = times->groups.by.levels, n = 0;

    for (size_t i = 0; i < follow->n; i++) {
        size_t slot = tab_group_of(&times->groups, follow->rows[i]);

        if (slot >= groups) continue;
        times->subjects[n++] = (struct stats_subject){(double)follow->days[i],
                                                      (int)follow->end[i], (int)slot};
    }
    if (competes(times))
        return stats_gray(times->subjects, n, groups, TAB_EVENT,
                          RK_ARRAY(arena, long double, stats_gray_workspace(groups)), found);
    return stats_logrank(times->subjects, n, groups, 0,
                         RK_ARRAY(arena, long double, stats_logrank_workspace(groups)),
                         RK_ARRAY(arena, double, groups), RK_ARRAY(arena, double, groups),
                         found);
}

static void tell_p(const struct times *times)
{
    struct tab_desk *desk = times->question.desk;
    size_t groups = times->groups.by.levels, all = times->slots - 1;
    struct tab_place place = tab_place_of(&times->question);
    struct tab_figure figure =
        tab_figure("p", UNIT_P, NAN, competes(times) ? "gray" : "log-rank");
    const struct tab_group **gives =
        RK_ARRAY(desk->scratch, const struct tab_group *, 2 * groups + 1);
    struct stats_test found;
    stats_status status = compare(times, &found);

    if (status == STATS_OK)
        figure.value = found.p;
    else
        figure.why = tab_why(figure.method, status);
    for (size_t slot = 0; slot < groups; slot++) {
        gives[2 * slot] = &times->group[slot];
        gives[2 * slot + 1] = &times->so_far[span_at(times, slot, times->spans - 1)];
    }
    tab_tell(desk, &place, &figure, &times->group[all], gives, 2 * groups);
}

rk_status tab_time_to(struct tab_desk *desk, const struct study_result *asked)
{
    struct times times = {.spans = asked->at_count + 1};

    RK_TRY(tab_question_open(desk, asked, &times.question));
    RK_TRY(tab_groups_open(&times.question, asked->by, &times.groups));
    RK_TRY(tab_follow_open(&times.question, &times.follow));
    times.slots = tab_group_slots(&times.groups);
    times.subjects = RK_ARRAY(desk->scratch, struct stats_subject, times.follow.n + 1);
    times.rows = RK_ARRAY(desk->scratch, struct stats_life, times.follow.n + 1);
    count_fates(&times);
    name_all(&times);
    for (size_t slot = 0; slot < times.slots; slot++) {
        if (tab_group_shown(&times.groups, slot)) tell_slot(&times, slot);
    }
    if (asked->by && asked->test) tell_p(&times);
    return RK_OK;
}
