// SPDX-License-Identifier: MIT
#include "pipeline/tabulate/tabulate_merge_priv.h"

#include <string.h>

/** Counts of a merged variable's codes in one line of a table: columns, or a margin. */
struct line {
    long *count; /**< of each code */
};

struct choosing {
    struct tab_desk *desk;
    struct tab_merge *merge;
    const struct code_list *codes;
    struct line *lines;
    size_t count, cap;
};

/* ---- the lines of every table by the variable ---- */

static long *new_line(struct choosing *choosing)
{
    struct rk_arena *arena = choosing->desk->arena;

    RK_ROOM(arena, choosing->lines, choosing->count, choosing->cap);
    choosing->lines[choosing->count].count = RK_ARRAY(arena, long, choosing->codes->count + 1);
    return choosing->lines[choosing->count++].count;
}

static bool is_merged(const struct choosing *choosing, const struct tab_variable *variable)
{
    return variable->column->declared == choosing->merge->asked->column &&
           variable->column->codes == choosing->codes;
}

/** The other axes of a table, as one number for each row of the frame; -1: not all are known. */
static long place_of(const struct tab_variable *others, size_t count, size_t row)
{
    long place = 0;

    for (size_t i = 0; i < count; i++) {
        long level = tab_level(&others[i], row);
        if (level < 0)
            return -1;
        place = place * (long)others[i].levels + level;
    }
    return place;
}

static void count_lines(struct choosing *choosing, const struct tab_question *question,
                        const struct tab_variable *variable, const struct tab_variable *others,
                        size_t other_count, const struct condition *outcome)
{
    size_t places = outcome ? 2 : 1;
    long **lines;

    for (size_t i = 0; i < other_count; i++)
        places *= others[i].levels;
    lines = RK_ARRAY(choosing->desk->scratch, long *, places + 1);
    for (size_t i = 0; i <= places; i++)
        lines[i] = new_line(choosing);
    for (size_t i = 0; i < question->count; i++) {
        size_t row = question->rows[i];
        long level = tab_level(variable, row), place = place_of(others, other_count, row);
        if (level < 0 || place < 0)
            continue;
        if (outcome)
            place = 2 * place + frame_view_holds(&question->view.view, outcome, row);
        lines[place][level]++;
        lines[places][level]++;
    }
}

/** The axes of a result, the variable's own taken out; false when it is not among them. */
static bool axes_of(const struct choosing *choosing, const struct tab_question *question,
                    struct tab_variable *variable, struct tab_variable others[3], size_t *count)
{
    const struct study_result *asked = question->asked;
    bool found = false;

    *count = 0;
    for (size_t i = 0; i < asked->variable_count + (asked->by != NULL); i++) {
        const char *name = i < asked->variable_count ? asked->variables[i] : asked->by;
        struct tab_variable axis;
        bool of_person;
        const struct frame_column *column =
            frame_view_column(&question->view.view, name, &of_person);
        if (!column || column->type != COLUMN_CODE ||
            tab_question_variable(question, name, &axis) != RK_OK)
            return false;
        if (!found && is_merged(choosing, &axis)) {
            found = true;
            *variable = axis;
        } else if (*count < 3) {
            others[(*count)++] = axis;
        }
    }
    return found;
}

static rk_status count_result(struct choosing *choosing, const struct study_result *asked)
{
    struct tab_question question;
    struct tab_variable variable = {.column = NULL}, others[3];
    struct condition *outcome = NULL;
    size_t count;

    RK_TRY(tab_question_open(choosing->desk, asked, &question));
    if (!axes_of(choosing, &question, &variable, others, &count))
        return RK_OK;
    if (asked->kind == RESULT_TARGET || asked->kind == RESULT_FUNNEL)
        RK_TRY(frame_view_condition(choosing->desk->run, &question.view.view, asked->of_place,
                                    asked->of, &outcome));
    count_lines(choosing, &question, &variable, others, count, outcome);
    return RK_OK;
}

static bool has_axes(const struct study_result *asked)
{
    return asked->mask && asked->release != RELEASE_NONE &&
           (asked->variable_count > 0 || asked->by) && asked->kind != RESULT_AGAINST &&
           asked->kind != RESULT_COMPARE && asked->kind != RESULT_FACTORS;
}

/* ---- which groups ---- */

static bool is_apart(const struct choosing *choosing, size_t code)
{
    const bool *apart = choosing->merge->asked->column->apart;

    return apart && apart[code];
}

static bool is_first(const struct choosing *choosing, size_t code)
{
    return choosing->merge->group[code] == (long)code;
}

static long group_count(const struct choosing *choosing, size_t first, const long *count)
{
    long sum = 0;

    for (size_t i = 0; i < choosing->codes->count; i++)
        if (choosing->merge->group[i] == (long)first)
            sum += count[i];
    return sum;
}

static bool has_small(const struct choosing *choosing, size_t first)
{
    for (size_t i = 0; i < choosing->count; i++) {
        long n = group_count(choosing, first, choosing->lines[i].count);
        if (n > 0 && n < choosing->desk->study->suppress_below)
            return true;
    }
    return false;
}

static long size_of(const struct choosing *choosing, size_t first)
{
    long size = 0;

    for (size_t i = 0; i < choosing->count; i++)
        size += group_count(choosing, first, choosing->lines[i].count);
    return size;
}

/** Next to it in an ordered list, below or above; any other in one without an order. */
static bool is_neighbour(const struct choosing *choosing, size_t group, size_t other)
{
    size_t low = group < other ? group : other, high = group < other ? other : group;

    if (!tab_merge_is_ordered(choosing->merge))
        return true;
    for (size_t i = low + 1; i < high; i++)
        if (is_first(choosing, i) && !is_apart(choosing, i))
            return false;
    return true;
}

/** Is it a better partner: without an order what is merged already ("others"), then the smaller? */
static bool is_better(const struct choosing *choosing, size_t a, size_t b)
{
    bool merged_a = !tab_merge_is_ordered(choosing->merge) && !tab_merge_is_alone(choosing->merge, a);
    bool merged_b = !tab_merge_is_ordered(choosing->merge) && !tab_merge_is_alone(choosing->merge, b);

    return merged_a != merged_b ? merged_a : size_of(choosing, a) < size_of(choosing, b);
}

/** The group that it is put to; false when there is none. */
static bool partner_of(const struct choosing *choosing, size_t group, size_t *out)
{
    bool found = false;

    for (size_t i = 0; i < choosing->codes->count; i++) {
        if (i == group || !is_first(choosing, i) || is_apart(choosing, i) ||
            (!tab_merge_is_ordered(choosing->merge) && !size_of(choosing, i)) ||
            !is_neighbour(choosing, group, i) || (found && !is_better(choosing, i, *out)))
            continue;
        *out = i;
        found = true;
    }
    return found;
}

/** Groups that somebody is in, apart from those that stand apart. */
static size_t groups_left(const struct choosing *choosing)
{
    size_t count = 0;

    for (size_t i = 0; i < choosing->codes->count; i++)
        count += is_first(choosing, i) && !is_apart(choosing, i) && size_of(choosing, i) > 0;
    return count;
}

static void join(struct choosing *choosing, size_t a, size_t b)
{
    size_t first = a < b ? a : b, other = a < b ? b : a;

    for (size_t i = 0; i < choosing->codes->count; i++)
        if (choosing->merge->group[i] == (long)other)
            choosing->merge->group[i] = (long)first;
}

/** The smallest group with a small count is put to the smallest it can be; two groups stay. */
static bool join_one(struct choosing *choosing)
{
    bool found = false;
    size_t smallest = 0, partner = 0;

    for (size_t i = 0; i < choosing->codes->count; i++) {
        if (!is_first(choosing, i) || is_apart(choosing, i) || !has_small(choosing, i) ||
            (found && size_of(choosing, i) >= size_of(choosing, smallest)))
            continue;
        smallest = i;
        found = true;
    }
    if (!found || groups_left(choosing) <= 2 || !partner_of(choosing, smallest, &partner))
        return false;
    join(choosing, smallest, partner);
    return true;
}

static rk_status choose(struct choosing *choosing)
{
    const struct study *study = choosing->desk->study;

    for (size_t i = 0; i < study->result_count; i++)
        if (has_axes(&study->results[i])) {
            RK_TRY(count_result(choosing, &study->results[i]));
            rk_arena_reset(choosing->desk->scratch);
        }
    while (join_one(choosing))
        continue;
    return RK_OK;
}

static void take_listed(struct tab_merge *merge)
{
    const struct code_list *codes = merge->asked->column->codes;

    for (size_t g = 0; g < merge->asked->group_count; g++) {
        const struct study_merged *group = &merge->asked->groups[g];
        long first = -1;
        for (size_t i = 0; i < codes->count; i++)
            for (size_t k = 0; k < group->count; k++) {
                if (strcmp(group->codes[k], codes->codes[i]) != 0)
                    continue;
                first = first < 0 ? (long)i : first;
                merge->group[i] = first;
            }
    }
}

rk_status tab_merge_open(struct tab_desk *desk)
{
    const struct study_masking *masking = &desk->study->masking;
    const struct tab_desk before = *desk;
    rk_status status = RK_OK;

    /* What is said while looking is not said to anybody. */
    desk->sums = rk_map_new(desk->arena);
    desk->behind = rk_map_new(desk->arena);
    desk->merges = RK_ARRAY(desk->arena, struct tab_merge, masking->merge_count + 1);
    desk->results = masking->merge_count ? results_new(desk->arena) : before.results;
    for (size_t i = 0; status == RK_OK && i < masking->merge_count; i++) {
        struct tab_merge *merge = &desk->merges[i];
        struct choosing choosing = {
            .desk = desk, .merge = merge, .codes = masking->merges[i].column->codes};
        *merge = (struct tab_merge){
            .asked = &masking->merges[i],
            .group = RK_ARRAY(desk->arena, long, choosing.codes->count + 1)};
        for (size_t k = 0; k < choosing.codes->count; k++)
            merge->group[k] = (long)k;
        take_listed(merge);
        if (merge->asked->until_safe)
            status = choose(&choosing);
        tab_merge_name(desk->arena, merge);
        desk->merge_count = i + 1; /* those after it see it */
    }
    desk->results = before.results;
    desk->sums = before.sums;
    desk->behind = before.behind;
    return status;
}
