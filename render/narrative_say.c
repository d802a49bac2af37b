// SPDX-License-Identifier: MIT
/** Sentences of more than one cell: what would undo a change, a result as a whole, the honest form of
 *  a claim that the data do not bear out. */
#include "render/narrative_priv.h"

#include "render/number.h"

#include <limits.h>
#include <string.h>

static const struct cell *beside(const struct reading *reading, const struct cell *cell,
                                 const char *measure)
{
    return results_find(reading->results,
                        rk_arena_printf(reading->arena, "%s.%s.%s.%s", cell->result, cell->row,
                                        cell->column, measure));
}

/* ---- fragility ---- */

const char *narrative_fragility(struct reading *reading, const struct cell *cell)
{
    static const char *const measures[] = {"undo_answers", "undo_unreviewed", "undo_duplicates"};
    static const char *const one[] = {"1 wrong answer",
                                      "1 person not asked twice who had moved the other way",
                                      "1 double entry among those who moved"};
    static const char *const several[] = {"%s wrong answers",
                                          "%s people not asked twice who had moved the other way",
                                          "%s double entries among those who moved"};
    const char *list = "";
    size_t said = 0;

    for (size_t i = 0; i < 3; i++) {
        const struct cell *undo = beside(reading, cell, measures[i]);
        if (!undo)
            return NULL;
        if (undo->mark == MARK_MASKED)
            return "What would undo this cannot be shown for so few people.";
        if (isnan(undo->value))
            continue;
        const char *number = render_number(reading->arena, undo->value, 0, NUMBER_PLAIN);
        list = rk_arena_printf(reading->arena, "%s%s%s", list, said ? ", or " : "",
                               undo->value == 1
                                   ? one[i]
                                   : rk_arena_printf(reading->arena, several[i], number));
        rk_map_add(reading->printed, undo->id);
        said++;
    }
    return said ? rk_arena_printf(reading->arena, "It would take %s to undo this.", list)
                : "There is no clear change to undo.";
}

/* ---- a result as a whole ---- */

/** Rows of a result that have the column and measure, in the study's order. */
static size_t rows_of(const struct reading *reading, const char *result, const char *column,
                      const char *measure, const struct cell ***out)
{
    const struct cell **cells = NULL;
    size_t count = 0, cap = 0;

    for (size_t i = 0; i < reading->results->cell_count; i++) {
        const struct cell *cell = &reading->results->cells[i];
        if (strcmp(cell->result, result) != 0 || strcmp(cell->column, column) != 0 ||
            strcmp(cell->measure, measure) != 0 || strcmp(cell->row, "all") == 0 ||
            strchr(cell->row, '/'))
            continue;
        size_t at = count;
        RK_ROOM(reading->arena, cells, count, cap);
        for (; at > 0 && cells[at - 1]->row_order > cell->row_order; at--)
            cells[at] = cells[at - 1];
        cells[at] = cell;
        count++;
    }
    *out = cells;
    return count;
}

enum clarity { CLEAR, UNCLEAR, TOO_FEW, CLARITIES };

static enum clarity clarity_of(const struct reading *reading, const struct cell *cell)
{
    if (narrative_mark(cell) || narrative_is_low(reading, cell) || isnan(cell->low))
        return TOO_FEW;
    return cell->low <= 0 && cell->high >= 0 ? UNCLEAR : CLEAR;
}

/** "clear in A and B; no clear change in C; too few to say, or not shown, in D" */
static const char *say_groups(struct reading *reading, const struct cell **rows, size_t count)
{
    static const char *const words[] = {"a clear change in ", "no clear change in ",
                                        "too few to say, or not shown, in "};
    const char *text = "";

    for (int kind = CLEAR; kind < CLARITIES; kind++) {
        const char *list = "";
        size_t left = 0, said = 0;
        for (size_t i = 0; i < count; i++)
            left += clarity_of(reading, rows[i]) == (enum clarity)kind;
        for (size_t i = 0; i < count; i++) {
            if (clarity_of(reading, rows[i]) != (enum clarity)kind)
                continue;
            list = rk_arena_printf(reading->arena, "%s%s%s", list,
                                   said == 0          ? ""
                                   : said + 1 == left ? " and "
                                                      : ", ",
                                   rows[i]->row_label);
            said++;
        }
        if (said)
            text = rk_arena_printf(reading->arena, "%s%s%s%s", text, *text ? "; " : "",
                                   words[kind], list);
    }
    return text;
}

static const char *say_change_result(struct reading *reading, const char *name)
{
    static const char *const measures[] = {"points", "mean"};
    const struct cell **rows, *all = NULL;
    const char *measure = "points", *groups;
    size_t count;

    for (size_t i = 0; i < 2 && !all; i++) {
        measure = measures[i];
        all = results_find(reading->results, rk_arena_printf(reading->arena, "%s.all.change.%s",
                                                             name, measure));
    }
    count = rows_of(reading, name, "change", measure, &rows);
    groups = say_groups(reading, rows, count);
    if (!all)
        return *groups ? groups : NULL;
    rk_map_add(reading->printed, all->id);
    return rk_arena_printf(reading->arena, "overall %s%s%s", narrative_say(reading, all),
                           *groups ? "; " : "", groups);
}

/** The lowest and the highest row that can be shown, and the whole. */
static const char *say_rows(struct reading *reading, const char *name, const char *column,
                            const char *measure)
{
    const struct cell **rows, *low = NULL, *high = NULL;
    const struct cell *all = results_find(
        reading->results,
        rk_arena_printf(reading->arena, "%s.all.%s.%s", name, column, measure));
    size_t count = rows_of(reading, name, column, measure, &rows);
    const char *whole = all && all->value != 100 ? narrative_say(reading, all) : NULL;

    for (size_t i = 0; i < count; i++) {
        if (narrative_mark(rows[i]) || narrative_is_low(reading, rows[i]))
            continue;
        low = !low || rows[i]->value < low->value ? rows[i] : low;
        high = !high || rows[i]->value > high->value ? rows[i] : high;
    }
    if (!low || low == high)
        return whole;
    rk_map_add(reading->printed, low->id);
    rk_map_add(reading->printed, high->id);
    return rk_arena_printf(reading->arena, "%s%sfrom %s (%s) to %s (%s)", whole ? whole : "",
                           whole ? "; " : "", narrative_value(reading, low), low->row_label,
                           narrative_value(reading, high), high->row_label);
}

/** Which column of a result a sentence about all of it is about. */
enum wanted { FIRST_ANSWER, MARGIN, LAST };

/** Columns may be answers (then the first), groups (then all of them) or points in time (the last). */
static enum wanted wanted_column(const struct study_result *result, const char *measure)
{
    if (result->kind == RESULT_TIME_TO)
        return LAST;
    return result->kind == RESULT_TABLE && result->percent != PERCENT_COLUMN &&
                   strcmp(measure, "percent") == 0
               ? FIRST_ANSWER
               : MARGIN;
}

/** How much a column is wanted; the least is taken. */
static long rank_of(const struct cell *cell, enum wanted wanted)
{
    bool margin = strcmp(cell->column, "all") == 0;

    if (margin)
        return wanted == MARGIN ? -1 : LONG_MAX;
    return wanted == LAST ? -cell->column_order : cell->column_order;
}

static const char *column_of(const struct reading *reading, const struct study_result *result,
                             const char *measure)
{
    enum wanted wanted = wanted_column(result, measure);
    const struct cell *best = NULL;

    for (size_t i = 0; i < reading->results->cell_count; i++) {
        const struct cell *cell = &reading->results->cells[i];
        if (strcmp(cell->result, result->name) != 0 || strcmp(cell->measure, measure) != 0)
            continue;
        if (!best || rank_of(cell, wanted) < rank_of(best, wanted))
            best = cell;
    }
    return best ? best->column : NULL;
}

const char *narrative_say_result(struct reading *reading, const struct study_result *result)
{
    static const char *const measures[] = {"percent", "mean", "points", "count"};

    if (result->kind == RESULT_CHANGE)
        return say_change_result(reading, result->name);
    for (size_t i = 0; i < sizeof measures / sizeof *measures; i++) {
        const char *column = column_of(reading, result, measures[i]);
        const char *said =
            column ? say_rows(reading, result->name, column, measures[i]) : NULL;
        if (said)
            return said;
    }
    return NULL;
}

/* ---- claims ---- */

const char *narrative_soft(struct reading *reading, const struct cell *cell)
{
    const struct study_result *result = study_result(reading->study, cell->result);
    const char *title = result && result->title ? result->title : cell->row_label;

    if (narrative_mark(cell))
        return rk_arena_printf(reading->arena, "%s: %s", title, narrative_mark(cell));
    return rk_arena_printf(reading->arena, "%s: %s.", title, narrative_say(reading, cell));
}
