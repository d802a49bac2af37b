// SPDX-License-Identifier: MIT
/* `months`: how many each month, so far, and against what was expected. */
#include "pipeline/contract/period.h"
#include "pipeline/tabulate/tabulate_kind.h"
#include "pipeline/tabulate/tabulate_question.h"
#include "pipeline/tabulate/tabulate_run.h"
#include "pipeline/tabulate/tabulate_words.h"
#include "pipeline/tabulate/tabulate_why.h"

#include "stats/stats_count.h"

#include <limits.h>
#include <string.h>

struct months {
    struct tab_question question;
    struct tab_groups groups;
    size_t slots;
    const struct frame_column *date;
    bool of_person;
    const char *variable;    /* what the date is called in tab_who */
    long first, count, part; /* months; the last day of data in a part month, or LONG_MIN */
    long *in;                /* slots x months */
    double *expected;        /* the same from the profile; NAN where it says nothing */
    struct tab_group *month, *so_far; /* slots x months */
    struct tab_group *group;          /* of each slot: all months */
};

static size_t at(const struct months *months, size_t slot, long month)
{
    return slot * (size_t)months->count + (size_t)month;
}

static bool is_part(const struct months *months, long month)
{
    return months->part != LONG_MIN &&
           period_of_day(PERIOD_MONTH, months->part) == months->first + month;
}

static rk_status month_of(struct tab_desk *desk, const struct study_result *asked,
                          const char *text, long *out)
{
    if (period_parse(text, PERIOD_MONTH, out)) return RK_OK;
    return rk_fail(desk->run->diag, RK_STUDY, asked->place,
                   "\"%s\" is not a month; write it as 2014-03", text);
}

static rk_status open_range(struct months *months)
{
    struct tab_desk *desk = months->question.desk;
    const struct study_result *asked = months->question.asked;
    long last;

    RK_TRY(month_of(desk, asked, asked->from, &months->first));
    RK_TRY(month_of(desk, asked, asked->to, &last));
    months->part = asked->part;
    months->count = last - months->first + 1;
    if (months->count < 1)
        return rk_fail(desk->run->diag, RK_STUDY, asked->place,
                       "the last month is before the first");
    return RK_OK;
}

static rk_status open_date(struct months *months)
{
    struct tab_question *question = &months->question;
    const struct study_result *asked = question->asked;

    months->date = frame_view_column(&question->view.view, asked->of, &months->of_person);
    if (!months->date || months->date->type != COLUMN_DATE)
        return rk_fail(question->desk->run->diag, RK_STUDY, asked->place,
                       "\"%s\" is not a date of %s", asked->of,
                       question->view.view.frame->name);
    months->variable =
        tab_view_name(question->desk, &question->view, months->date, months->of_person)
            .variable;
    return RK_OK;
}

/* Days after the end of a part month would make it a whole one by halves: they are left
 * out. */
static void count_months(struct months *months)
{
    struct tab_question *question = &months->question;
    size_t all = months->slots - 1;

    months->in =
        RK_ARRAY(question->desk->scratch, long, months->slots *(size_t)months->count);
    for (size_t i = 0; i < question->count; i++) {
        struct value value = frame_view_value(&question->view.view, months->date,
                                              months->of_person, question->rows[i]);
        long day = (long)value.number, month;

        if (value.state != VALUE_THERE) continue;
        month = period_of_day(PERIOD_MONTH, day) - months->first;
        if (month < 0 || month >= months->count) continue;
        if (is_part(months, month) && day > months->part) continue;
        months->in[at(months, tab_group_of(&months->groups, question->rows[i]), month)]++;
        months->in[at(months, all, month)]++;
    }
}

/* ---- groups and their sums ---- */

static const char *month_code(const struct months *months, long month)
{
    struct rk_arena *arena = months->question.desk->scratch;
    char *code = period_code(arena, PERIOD_MONTH, months->first + month);

    if (!is_part(months, month)) return code;
    return rk_arena_printf(arena, "%s_%02ld", code,
                           months->part -
                               period_first_day(PERIOD_MONTH, months->first + month) + 1);
}

static const char *range_code(const struct months *months, long last)
{
    if (last == 0) return month_code(months, 0);
    return rk_arena_printf(months->question.desk->arena, "%s..%s", month_code(months, 0),
                           month_code(months, last));
}

static struct tab_group name(const struct months *months, size_t slot, const char *code,
                             long n)
{
    struct tab_who who = months->question.all.who;

    tab_group_who(&months->groups, slot, &who);
    tab_who_add(&who, months->variable, code);
    return tab_part(&months->question, &who, n);
}

static void sum_so_far(const struct months *months, size_t slot, long month)
{
    const struct tab_group *parts[2] = {NULL, &months->month[at(months, slot, month)]};

    if (month == 0) return;
    parts[0] = &months->so_far[at(months, slot, month - 1)];
    tab_sum(months->question.desk, &months->so_far[at(months, slot, month)], parts, 2);
}

static void name_months(struct months *months)
{
    struct rk_arena *arena = months->question.desk->scratch;
    size_t cells = months->slots * (size_t)months->count;

    months->month = RK_ARRAY(arena, struct tab_group, cells);
    months->so_far = RK_ARRAY(arena, struct tab_group, cells);
    months->group = RK_ARRAY(arena, struct tab_group, months->slots);
    for (size_t slot = 0; slot < months->slots; slot++) {
        long so_far = 0;

        for (long month = 0; month < months->count; month++) {
            size_t cell = at(months, slot, month);

            so_far += months->in[cell];
            months->month[cell] =
                name(months, slot, month_code(months, month), months->in[cell]);
            months->so_far[cell] = name(months, slot, range_code(months, month), so_far);
            sum_so_far(months, slot, month);
        }
        months->group[slot] = months->so_far[at(months, slot, months->count - 1)];
    }
}

static void sum_slots(const struct months *months, const struct tab_group *cells)
{
    struct tab_desk *desk = months->question.desk;
    size_t all = months->slots - 1;
    const struct tab_group **parts =
        RK_ARRAY(desk->scratch, const struct tab_group *, all + 1);

    if (!months->groups.grouped) return;
    for (long month = 0; month < months->count; month++) {
        for (size_t slot = 0; slot < all; slot++)
            parts[slot] = &cells[at(months, slot, month)];
        tab_sum(desk, &cells[at(months, all, month)], parts, all);
    }
}

static void make_bases(struct months *months)
{
    struct tab_desk *desk = months->question.desk;
    struct tab_group *all = &months->group[months->slots - 1];

    tab_base(desk, all, &months->question.all, &months->question.voice);
    for (size_t slot = 0; slot + 1 < months->slots; slot++) {
        if (tab_group_shown(&months->groups, slot))
            tab_base(desk, &months->group[slot], all, &months->question.voice);
    }
}

/* ---- profile ---- */

/* Slot in the result's groups of each level of the profile's own column of that name. */
static const size_t *profile_slots(const struct months *months,
                                   const struct tab_variable *by)
{
    size_t *slots = RK_ARRAY(months->question.desk->scratch, size_t, by->levels + 1);

    for (size_t i = 0; i < by->levels; i++) {
        slots[i] = months->groups.by.levels;
        for (size_t j = 0; j < months->groups.by.levels; j++) {
            if (strcmp(by->codes[i], months->groups.by.codes[j]) == 0) slots[i] = j;
        }
    }
    return slots;
}

static void expect(struct months *months, size_t slot, long month, double value)
{
    double *expected = &months->expected[at(months, slot, month)];

    *expected = isnan(*expected) ? value : *expected + value;
}

/* The profile's rows, which may be cut by the same groups. */
struct profile {
    struct tab_question question;
    const struct frame_column *month;
    bool of_person, grouped;
    struct tab_scores value;
    struct tab_variable by;
};

/* Month of the range that a row of the profile is about. */
static bool month_of_row(const struct months *months, const struct profile *profile,
                         size_t row, long *month)
{
    struct value value = frame_view_value(&profile->question.view.view, profile->month,
                                          profile->of_person, row);

    if (value.state != VALUE_THERE) return false;
    *month = period_of_day(PERIOD_MONTH, (long)value.number) - months->first;
    return *month >= 0 && *month < months->count;
}

static rk_status open_profile(struct months *months, struct profile *profile)
{
    struct tab_desk *desk = months->question.desk;
    const struct study_result *asked = months->question.asked;

    RK_TRY(tab_question_about(desk, asked, asked->profile.source, asked->profile.where,
                              asked->profile.where_place, &profile->question));
    profile->month = frame_view_column(&profile->question.view.view, asked->profile.month,
                                       &profile->of_person);
    if (!profile->month || profile->month->type != COLUMN_DATE)
        return rk_fail(desk->run->diag, RK_STUDY, asked->place,
                       "\"%s\" is not a date of %s", asked->profile.month,
                       asked->profile.source);
    profile->grouped =
        asked->by && frame_column(profile->question.view.view.frame, asked->by);
    if (profile->grouped)
        RK_TRY(tab_question_variable(&profile->question, asked->by, &profile->by));
    return tab_scores_open(desk, &profile->question.view, asked->profile.value,
                           asked->place, &profile->value);
}

static rk_status read_profile(struct months *months)
{
    struct rk_arena *arena = months->question.desk->scratch;
    size_t cells = months->slots * (size_t)months->count;
    struct profile profile = {.grouped = false};
    const size_t *slots = NULL;
    long month;

    months->expected = RK_ARRAY(arena, double, cells);
    for (size_t i = 0; i < cells; i++)
        months->expected[i] = NAN;
    if (!months->question.asked->profile.source) return RK_OK;
    RK_TRY(open_profile(months, &profile));
    if (profile.grouped) slots = profile_slots(months, &profile.by);
    for (size_t i = 0; i < profile.question.count; i++) {
        size_t row = profile.question.rows[i];
        double value = tab_score(&profile.value, row);
        long level = slots ? tab_level(&profile.by, row) : TAB_NO_ANSWER;

        if (isnan(value) || !month_of_row(months, &profile, row, &month)) continue;
        expect(months, months->slots - 1, month, value);
        if (level >= 0) expect(months, slots[level], month, value);
    }
    return RK_OK;
}

/* ---- cells ---- */

static struct tab_place place_of(const struct months *months, size_t slot, long month)
{
    struct tab_place place = tab_place_of(&months->question), group = place;
    struct rk_arena *arena = months->question.desk->scratch;

    tab_group_place(&months->groups, slot, &group);
    place.column = group.row;
    place.column_label = group.row_label;
    place.column_order = group.row_order;
    if (month < 0) return place;
    place.row = period_code(arena, PERIOD_MONTH, months->first + month);
    place.row_label = period_label(arena, PERIOD_MONTH, months->first + month);
    place.row_order = month + 1;
    if (is_part(months, month))
        place.row_label =
            rk_arena_printf(arena, "%s (to %s)", place.row_label,
                            tab_month_words(arena, month_code(months, month)));
    return place;
}

/* The count so far against the profile so far: exact limits of a count, the profile taken
 * as known. A part month is not measured against a whole month's profile. */
static struct tab_figure ratio(const struct months *months, size_t slot, long month,
                               double expected)
{
    const struct tab_group *so_far = &months->so_far[at(months, slot, month)];
    struct tab_figure figure = tab_figure("ratio", UNIT_RATIO, NAN, "garwood");
    struct stats_count_ratio found;
    stats_status status;

    figure.numerator = so_far->n;
    figure.exact = true;
    if (is_part(months, month)) {
        figure.why = "part of a month only";
        figure.not_applicable = true;
        return figure;
    }
    status = stats_count_vs_profile(so_far->n, expected,
                                    months->question.desk->study->level, &found);
    if (status != STATS_OK) {
        figure.why = tab_why(figure.method, status);
        return figure;
    }
    figure.value = found.ratio.estimate;
    figure.low = found.ratio.low;
    figure.high = found.ratio.high;
    return figure;
}

static void tell_profile(const struct months *months, size_t slot, long month,
                         double so_far)
{
    struct tab_desk *desk = months->question.desk;
    struct tab_place place = place_of(months, slot, month);
    const struct tab_group *count = &months->so_far[at(months, slot, month)];
    struct tab_figure figure = tab_figure(
        "profile", UNIT_NUMBER, months->expected[at(months, slot, month)], "profile");

    figure.exact = true;
    tab_tell(desk, &place, &figure, NULL, NULL, 0);
    figure.measure = "profile_cumulative";
    figure.value = so_far;
    tab_tell(desk, &place, &figure, NULL, NULL, 0);
    figure = ratio(months, slot, month, so_far);
    tab_tell(desk, &place, &figure, &months->group[slot], &count, 1);
}

/* Within the programme's time: a month that it began or was cut off in is no whole one. */
static bool is_whole(const struct months *months, long month)
{
    const struct study *study = months->question.desk->study;
    long first = period_first_day(PERIOD_MONTH, months->first + month);
    long next = period_first_day(PERIOD_MONTH, months->first + month + 1);

    return !is_part(months, month) && first >= study->period_start &&
           next - 1 <= study->cut_off;
}

static void tell_run(const struct months *months, size_t slot)
{
    struct tab_desk *desk = months->question.desk;
    struct tab_place place = place_of(months, slot, -1);
    const struct tab_group **whole =
        RK_ARRAY(desk->scratch, const struct tab_group *, (size_t)months->count + 1);
    size_t count = 0;

    for (long month = 0; month < months->count; month++) {
        if (is_whole(months, month)) whole[count++] = &months->month[at(months, slot, month)];
    }
    tab_run_tell(desk, &place, &months->group[slot], whole, count);
}

static void tell_slot(const struct months *months, size_t slot)
{
    struct tab_desk *desk = months->question.desk;
    const struct tab_group *base = &months->group[slot];
    struct tab_place place = place_of(months, slot, -1);
    double expected = 0;

    tab_tell_count(desk, &place, "count", months->question.unit, base, base);
    for (long month = 0; month < months->count; month++) {
        size_t cell = at(months, slot, month);

        place = place_of(months, slot, month);
        tab_tell_count(desk, &place, "count", months->question.unit, &months->month[cell],
                       base);
        tab_tell_count(desk, &place, "cumulative", months->question.unit,
                       &months->so_far[cell], base);
        if (isnan(months->expected[cell])) continue;
        expected += months->expected[cell];
        tell_profile(months, slot, month, expected);
    }
}

rk_status tab_months(struct tab_desk *desk, const struct study_result *asked)
{
    struct months months = {.slots = 0};

    RK_TRY(tab_question_open(desk, asked, &months.question));
    RK_TRY(tab_groups_open(&months.question, asked->by, &months.groups));
    months.slots = tab_group_slots(&months.groups);
    RK_TRY(open_range(&months));
    RK_TRY(open_date(&months));
    count_months(&months);
    name_months(&months);
    sum_slots(&months, months.month);
    sum_slots(&months, months.so_far);
    make_bases(&months);
    RK_TRY(read_profile(&months));
    for (size_t slot = 0; slot < months.slots; slot++) {
        if (!tab_group_shown(&months.groups, slot)) continue;
        tell_slot(&months, slot);
        if (asked->run) tell_run(&months, slot);
    }
    return RK_OK;
}
