// SPDX-License-Identifier: MIT
/** The keys of a `.table` block to a list of columns and a list of rows. */
#include "render/narrative_plan_priv.h"

#include "pipeline/base/rk_text.h"

#include <stdlib.h>
#include <string.h>

const struct cell *plan_cell(const struct plan *plan, const char *row,
                                    const struct table_column *column)
{
    return results_find(plan->reading->results,
                        rk_arena_printf(plan->reading->arena, "%s.%s.%s.%s", column->result,
                                        row, column->column, column->measure));
}

static int by_order(const void *a, const void *b)
{
    const struct axis *x = a, *y = b;

    if (x->order != y->order)
        return x->order < y->order ? -1 : 1;
    return strcmp(x->code, y->code);
}

size_t plan_axis(const struct plan *plan, const char *result, bool rows,
                      struct axis **out)
{
    const struct results *results = plan->reading->results;
    struct rk_map *seen = rk_map_new(plan->reading->arena);
    struct axis *axis = NULL;
    size_t count = 0, cap = 0;

    for (size_t i = 0; i < results->cell_count; i++) {
        const struct cell *cell = &results->cells[i];
        const char *code = rows ? cell->row : cell->column;
        if (strcmp(cell->result, result) != 0 || rk_map_find(seen, code) >= 0)
            continue;
        rk_map_add(seen, code);
        RK_ROOM(plan->reading->arena, axis, count, cap);
        axis[count++] = rows ? (struct axis){code, cell->row_label, cell->row_order}
                             : (struct axis){code, cell->column_label, cell->column_order};
    }
    if (count)
        qsort(axis, count, sizeof *axis, by_order);
    *out = axis;
    return count;
}

const char *plan_label(const struct axis *axis, size_t count, const char *code)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(axis[i].code, code) == 0)
            return axis[i].label;
    return NULL;
}

static void unknown_code(struct plan *plan, const char *what, const char *code,
                         const struct axis *axis, size_t count)
{
    const char **codes = RK_ARRAY(plan->reading->arena, const char *, count + 1);

    for (size_t i = 0; i < count; i++)
        codes[i] = axis[i].code;
    const char *near = rk_text_nearest(code, codes, count);
    narrative_error(plan->reading, plan->fence->place, "%s has no %s \"%s\"%s%s%s",
                    plan->result->name, what, code, near ? "; did you mean \"" : "",
                    near ? near : "", near ? "\"?" : "");
}

/** Words between blanks. */
size_t plan_split(struct rk_arena *arena, const char *text, const char *marks,
                    const char ***out)
{
    char *copy = rk_arena_copy(arena, text), *save = NULL;
    const char **words = NULL;
    size_t count = 0, cap = 0;

    for (char *word = strtok_r(copy, marks, &save); word; word = strtok_r(NULL, marks, &save)) {
        RK_ROOM(arena, words, count, cap);
        words[count++] = rk_text_trim(word);
    }
    *out = words;
    return count;
}

/* ---- columns ---- */

static const struct {
    const char *name;
    enum part part;
} parts[] = {{"ci", PART_INTERVAL}, {"base", PART_BASE}, {"n", PART_NUMERATOR}};

static bool part_of(const char *name, enum part *out)
{
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (strcmp(parts[i].name, name) == 0) {
            *out = parts[i].part;
            return true;
        }
    return false;
}

static void add_column(struct plan *plan, const char *result, const char *column,
                       const char *measure, enum part part)
{
    RK_ROOM(plan->reading->arena, plan->columns, plan->column_count, plan->column_cap);
    plan->columns[plan->column_count++] = (struct table_column){
        .result = result, .column = column, .measure = measure, .part = part};
}

/** What a kind of result shows when the block does not say. */
static const char *usual_show(const struct study_result *result)
{
    switch (result->kind) {
    case RESULT_TABLE:
        return result->percent == PERCENT_NONE && result->variable_count > 1 ? "count"
               : result->variable_count > 1                                  ? "percent"
                                                                             : "count percent ci";
    case RESULT_MEAN:
        return "mean ci base";
    case RESULT_CHANGE:
        return "percent";
    case RESULT_TRANSITIONS:
        return "count";
    case RESULT_SUM:
        return "sum";
    case RESULT_COMPARE:
        return "points";
    case RESULT_AGAINST:
        return "actual profile ratio";
    case RESULT_FUNNEL:
        return "count percent ci base";
    case RESULT_TARGET:
        return "percent target gap";
    case RESULT_FACTORS:
        return "points ci";
    case RESULT_TIME_TO:
        return "percent ci";
    case RESULT_COUNT:
    case RESULT_MONTHS:
        break;
    }
    return "count";
}

/** Adds `column` once for each word of show; "ci" and "base" belong to the measure before. */
static void expand_column(struct plan *plan, const char *result, const char *column,
                          const char *const *show, size_t shows)
{
    const char *measure = "count";

    for (size_t i = 0; i < shows; i++) {
        enum part part = PART_VALUE;
        if (!part_of(show[i], &part))
            measure = show[i];
        add_column(plan, result, column, measure, part);
    }
}

/** `OTHER:yes.percent`: takes the other result's name off; the table's own without one. */
static const char *take_result(struct plan *plan, const char **word)
{
    const char *colon = strchr(*word, ':'), *name;

    if (!colon)
        return plan->result->name;
    name = rk_arena_copy_n(plan->reading->arena, *word, (size_t)(colon - *word));
    *word = colon + 1;
    if (!study_result(plan->reading->study, name))
        narrative_error(plan->reading, plan->fence->place, "the study has no result \"%s\"",
                        name);
    return name;
}

/** `change.points.ci`, `initial.percent`, `initial` or `OTHER:yes.percent`. */
static void take_column_word(struct plan *plan, const char *word, const char *const *show,
                             size_t shows)
{
    const char *result = take_result(plan, &word), **names;
    size_t n = plan_split(plan->reading->arena, word, ".", &names), count;
    enum part part = PART_VALUE;
    struct axis *axis;

    count = plan_axis(plan, result, false, &axis);
    if (!n || !plan_label(axis, count, names[0])) {
        unknown_code(plan, "column", n ? names[0] : word, axis, count);
        return;
    }
    if (n == 1) {
        expand_column(plan, result, names[0], show, shows);
        return;
    }
    if (n == 3 && !part_of(names[2], &part))
        narrative_error(plan->reading, plan->fence->place,
                        "\"%s\": after column and measure comes ci, base or n", word);
    add_column(plan, result, names[0], names[1], part);
}

static void plan_columns(struct plan *plan)
{
    const char *wanted = fence_value(plan->fence, "columns");
    const char *shown = fence_value(plan->fence, "show");
    const char **show, **words;
    struct axis *axis;
    size_t count = plan_axis(plan, plan->result->name, false, &axis);
    size_t shows =
        plan_split(plan->reading->arena, shown ? shown : usual_show(plan->result), " ", &show);

    if (wanted) {
        size_t n = plan_split(plan->reading->arena, wanted, " ", &words);
        for (size_t i = 0; i < n; i++)
            take_column_word(plan, words[i], show, shows);
        return;
    }
    for (size_t i = 0; i < count; i++)
        if (plan->result->percent != PERCENT_ROW || strcmp(axis[i].code, "all") != 0)
            expand_column(plan, plan->result->name, axis[i].code, show, shows);
}

/** Columns that have no cell in any row go (the `p` of `all.all`, say). */
static void drop_empty_columns(struct plan *plan)
{
    size_t kept = 0;

    for (size_t c = 0; c < plan->column_count; c++) {
        const struct table_column *column = &plan->columns[c];
        bool there = false;
        for (size_t r = 0; r < plan->row_count && !there; r++)
            there = plan_cell(plan, plan->rows[r].code, column);
        if (there)
            plan->columns[kept++] = *column;
    }
    plan->column_count = kept;
}

static void word_heads(struct plan *plan)
{
    const char *head = fence_value(plan->fence, "head");
    const char **heads;
    size_t n = head ? plan_split(plan->reading->arena, head, ";", &heads) : 0;

    if (n && n != plan->column_count) {
        narrative_error(plan->reading, plan->fence->place,
                        "head names %zu columns, the table has %zu", n, plan->column_count);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        char *over = strstr(heads[i], " > ");
        plan->columns[i].head = over ? rk_text_trim(over + 3) : heads[i];
        plan->columns[i].over =
            over ? rk_arena_copy_n(plan->reading->arena, heads[i], (size_t)(over - heads[i]))
                 : NULL;
    }
}

/* ---- rows ---- */

/** Where the label of a row "A/B" goes from A to B: "Salford, Female"; of factors "Sex: Female"
 *  and "Do you believe ...? Yes". */
static const char *label_cut(const struct plan *plan, const char *code, const char *label)
{
    const char *question;

    if (!strchr(code, '/'))
        return NULL;
    if (plan->result->kind != RESULT_FACTORS)
        return strstr(label, ", ");
    question = strstr(label, "? ");
    return question ? question + 1 : strstr(label, ": ");
}

static void add_row(struct plan *plan, const char *code, const char *label)
{
    struct rk_arena *arena = plan->reading->arena;
    const char *cut = label_cut(plan, code, label);
    struct table_row row = {.code = code, .label = label};

    if (cut) {
        row.group = rk_arena_copy_n(arena, label, (size_t)(cut - label));
        row.label = cut + strspn(cut, ",: ");
    }
    RK_ROOM(arena, plan->rows, plan->row_count, plan->row_cap);
    plan->rows[plan->row_count++] = row;
}

static bool row_has_cells(const struct plan *plan, const char *row)
{
    for (size_t c = 0; c < plan->column_count; c++)
        if (plan_cell(plan, row, &plan->columns[c]))
            return true;
    return false;
}

static void plan_rows(struct plan *plan)
{
    const char *wanted = fence_value(plan->fence, "rows"), **words;
    const char *total = fence_value(plan->fence, "total");
    bool with_total = !total || strcmp(total, "no") != 0;
    struct axis *axis;
    size_t count = plan_axis(plan, plan->result->name, true, &axis);

    if (wanted) {
        size_t n = plan_split(plan->reading->arena, wanted, " ", &words);
        for (size_t i = 0; i < n; i++) {
            const char *label = plan_label(axis, count, words[i]);
            if (label)
                add_row(plan, words[i], label);
            else
                unknown_code(plan, "row", words[i], axis, count);
        }
        return;
    }
    for (size_t i = 0; i < count; i++)
        if (strcmp(axis[i].code, "all") != 0 && row_has_cells(plan, axis[i].code))
            add_row(plan, axis[i].code, axis[i].label);
    if (with_total && row_has_cells(plan, "all"))
        add_row(plan, "all", plan_label(axis, count, "all") ? plan_label(axis, count, "all")
                                                          : "All");
}

static void sort_rows(struct plan *plan)
{
    const char *order = fence_value(plan->fence, "order");
    bool down = order && strcmp(order, "largest") == 0;

    if (!order || !plan->column_count)
        return;
    if (!down && strcmp(order, "smallest") != 0) {
        narrative_error(plan->reading, plan->fence->place, "order is largest or smallest");
        return;
    }
    const struct table_column *by = &plan->columns[0];
    for (size_t i = 1; i < plan->row_count; i++)
        for (size_t k = i; k > 0; k--) {
            const struct cell *a = plan_cell(plan, plan->rows[k - 1].code, by);
            const struct cell *b = plan_cell(plan, plan->rows[k].code, by);
            bool total = strcmp(plan->rows[k].code, "all") == 0;
            double x = a && !isnan(a->value) ? a->value : -HUGE_VAL;
            double y = b && !isnan(b->value) ? b->value : -HUGE_VAL;
            if (total || !(down ? y > x : y < x))
                break;
            struct table_row row = plan->rows[k];
            plan->rows[k] = plan->rows[k - 1];
            plan->rows[k - 1] = row;
        }
}

void plan_make(struct plan *plan)
{
    plan_columns(plan);
    plan_rows(plan);
    drop_empty_columns(plan);
    word_heads(plan);
    sort_rows(plan);
}
