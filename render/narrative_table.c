// SPDX-License-Identifier: MIT
/**
 * A `.table` block: cells of a result as rows and columns that people read.
 *
 * The block's keys are turned into a list of columns (which column of the result, which measure,
 * which part of the cell) and a list of rows; then every meeting of the two is one cell's words.
 */
#include "render/narrative_priv.h"

#include "pipeline/base/rk_text.h"
#include "render/number.h"
#include "render/words.h"

#include <stdlib.h>
#include <string.h>

enum part { PART_VALUE, PART_INTERVAL, PART_BASE, PART_NUMERATOR };

struct table_column {
    const char *result; /**< the table's, or another whose rows have the same codes */
    const char *column, *measure;
    enum part part;
    const char *head; /**< from head=, or NULL */
    const char *over; /**< from head="over > head": a head above several columns; or NULL */
};

struct table_row {
    const char *code, *label;
    const char *group; /**< label of the group it stands in (three-way), or NULL */
    long order;
};

struct plan {
    struct reading *reading;
    const struct fence *fence;
    const struct study_result *result;
    struct table_column *columns;
    size_t column_count, column_cap;
    struct table_row *rows;
    size_t row_count, row_cap;
    bool masked, low, missing, not_applicable, bare_counts; /**< marks met, for the notes */
    const char *methods[8]; /**< of the intervals shown */
    size_t method_count;
};

static const struct cell *plan_cell(const struct plan *plan, const char *row,
                                    const struct table_column *column)
{
    return results_find(plan->reading->results,
                        rk_arena_printf(plan->reading->arena, "%s.%s.%s.%s", column->result,
                                        row, column->column, column->measure));
}

/* ---- what the result has: its rows and columns in the study's order ---- */

struct axis {
    const char *code, *label;
    long order;
};

static int by_order(const void *a, const void *b)
{
    const struct axis *x = a, *y = b;

    if (x->order != y->order)
        return x->order < y->order ? -1 : 1;
    return strcmp(x->code, y->code);
}

static size_t axis_of(const struct plan *plan, const char *result, bool rows,
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

static const char *label_in(const struct axis *axis, size_t count, const char *code)
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
static size_t split(struct rk_arena *arena, const char *text, const char *marks,
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
    case RESULT_TARGET:
        return "percent target gap";
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
    size_t n = split(plan->reading->arena, word, ".", &names), count;
    enum part part = PART_VALUE;
    struct axis *axis;

    count = axis_of(plan, result, false, &axis);
    if (!n || !label_in(axis, count, names[0])) {
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
    size_t count = axis_of(plan, plan->result->name, false, &axis);
    size_t shows =
        split(plan->reading->arena, shown ? shown : usual_show(plan->result), " ", &show);

    if (wanted) {
        size_t n = split(plan->reading->arena, wanted, " ", &words);
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
    size_t n = head ? split(plan->reading->arena, head, ";", &heads) : 0;

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

static void add_row(struct plan *plan, const char *code, const char *label)
{
    struct rk_arena *arena = plan->reading->arena;
    const char *comma = strchr(code, '/') ? strstr(label, ", ") : NULL;
    struct table_row row = {.code = code, .label = label};

    if (comma) {
        row.group = rk_arena_copy_n(arena, label, (size_t)(comma - label));
        row.label = comma + 2;
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
    size_t count = axis_of(plan, plan->result->name, true, &axis);

    if (wanted) {
        size_t n = split(plan->reading->arena, wanted, " ", &words);
        for (size_t i = 0; i < n; i++) {
            const char *label = label_in(axis, count, words[i]);
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
        add_row(plan, "all", label_in(axis, count, "all") ? label_in(axis, count, "all")
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

/* ---- words of a cell ---- */

static struct doc_text one_span(struct rk_arena *arena, const char *text, unsigned style,
                                const char *cell)
{
    struct doc_span *span = RK_NEW(arena, struct doc_span);

    *span = (struct doc_span){.text = text, .style = style, .footnote = -1, .cell = cell};
    return (struct doc_text){span, 1};
}

static void note_method(struct plan *plan, const char *method)
{
    for (size_t i = 0; i < plan->method_count; i++)
        if (strcmp(plan->methods[i], method) == 0)
            return;
    if (plan->method_count < sizeof plan->methods / sizeof plan->methods[0] && method[0])
        plan->methods[plan->method_count++] = method;
}

static void note_marks(struct plan *plan, const struct cell *cell)
{
    plan->masked |= cell->mark == MARK_MASKED || cell->mark == MARK_INTERVAL;
    plan->missing |= cell->mark == MARK_NOT_AVAILABLE;
    plan->not_applicable |= cell->mark == MARK_NOT_APPLICABLE;
    plan->low |= narrative_is_low(plan->reading, cell);
}

static const char *value_words(struct plan *plan, const struct cell *cell)
{
    bool sign = cell->unit == UNIT_POINTS || strcmp(cell->measure, "difference") == 0 ||
                strcmp(cell->measure, "gap") == 0;
    const char *bare = narrative_bare(plan->reading, cell, sign);

    if (cell->value == 0 && !narrative_mark(cell) &&
        (cell->unit == UNIT_CLIENTS || cell->unit == UNIT_RECORDS ||
         (cell->unit == UNIT_PERCENT && cell->numerator == 0)))
        return "\u2013";
    if (narrative_is_low(plan->reading, cell) && cell->unit != UNIT_CLIENTS && cell->unit != UNIT_RECORDS)
        return rk_arena_printf(plan->reading->arena, "%s [low]", bare);
    return bare;
}

static const char *cell_words(struct plan *plan, const struct cell *cell, enum part part)
{
    struct rk_arena *arena = plan->reading->arena;
    const char *interval;

    note_marks(plan, cell);
    switch (part) {
    case PART_VALUE:
        return value_words(plan, cell);
    case PART_INTERVAL:
        interval = narrative_interval(plan->reading, cell);
        if (interval[0])
            note_method(plan, cell->method);
        return interval[0]                                                   ? interval
               : cell->mark == MARK_MASKED || cell->mark == MARK_INTERVAL ? "[c]"
                                                                          : "";
    case PART_BASE:
        return cell->base < 0 ? "[c]" : render_number(arena, (double)cell->base, 0, NUMBER_PLAIN);
    case PART_NUMERATOR:
        return cell->mark == MARK_MASKED || cell->numerator < 0
                   ? "[c]"
                   : render_number(arena, (double)cell->numerator, 0, NUMBER_PLAIN);
    }
    return "";
}

static void fill_cell(struct plan *plan, const struct table_column *column, const char *row,
                      struct doc_cell *out)
{
    const struct cell *cell = plan_cell(plan, row, column);

    out->span = 1;
    if (cell) {
        rk_map_add(plan->reading->printed, cell->id);
        out->text = one_span(plan->reading->arena, cell_words(plan, cell, column->part),
                             DOC_PLAIN, cell->id);
    } else {
        out->text = one_span(plan->reading->arena, "", DOC_PLAIN, NULL);
    }
}

/* ---- bases ---- */

/** The base that all cells of a column (or a row) share, or -1. */
static long shared_base(const struct plan *plan, const struct table_column *column,
                        const char *row)
{
    long base = -1;
    bool first = true;

    for (size_t c = 0; c < plan->column_count; c++) {
        if (column && column != &plan->columns[c])
            continue;
        for (size_t r = 0; r < plan->row_count; r++) {
            if (row && strcmp(row, plan->rows[r].code) != 0)
                continue;
            const struct cell *cell =
                plan_cell(plan, plan->rows[r].code, &plan->columns[c]);
            if (!cell || cell->base < 0 || cell->unit == UNIT_CLIENTS ||
                cell->unit == UNIT_RECORDS)
                continue;
            if (!first && cell->base != base)
                return -1;
            base = cell->base;
            first = false;
        }
    }
    return base;
}

static bool wants_base(const struct plan *plan)
{
    const char *base = fence_value(plan->fence, "base");

    if ((base && strcmp(base, "no") == 0) || strchr(fence_value(plan->fence, "result"), ' '))
        return false; /* results under one another must have the same columns */
    for (size_t c = 0; c < plan->column_count; c++)
        if (plan->columns[c].part == PART_BASE)
            return false;
    return true;
}

/** The one base of the whole table, or -1. */
static long only_base(const struct plan *plan)
{
    return shared_base(plan, NULL, NULL);
}

static bool each_column_has_base(const struct plan *plan)
{
    for (size_t c = 0; c < plan->column_count; c++)
        if (shared_base(plan, &plan->columns[c], NULL) < 0)
            return false;
    return plan->column_count > 0;
}

static bool each_row_has_base(const struct plan *plan)
{
    for (size_t r = 0; r < plan->row_count; r++)
        if (shared_base(plan, NULL, plan->rows[r].code) < 0)
            return false;
    return plan->row_count > 0;
}

/* ---- the grid ---- */

static const char *measure_head(const struct table_column *column)
{
    switch (column->part) {
    case PART_INTERVAL:
        return "95% CI";
    case PART_BASE:
        return "Base";
    case PART_NUMERATOR:
        return "Number";
    case PART_VALUE:
        break;
    }
    return words_measure(column->measure);
}

static void grid_row(struct plan *plan, struct doc_table *table, size_t *cap,
                     enum doc_row_role role, size_t cells)
{
    RK_ROOM(plan->reading->arena, table->rows, table->count, *cap);
    table->rows[table->count++] = (struct doc_row){
        .role = role,
        .cells = RK_ARRAY(plan->reading->arena, struct doc_cell, cells ? cells : 1),
        .count = cells,
    };
}

static void set_cell(struct plan *plan, struct doc_row *row, size_t at, const char *text,
                     size_t span)
{
    row->cells[at] = (struct doc_cell){
        one_span(plan->reading->arena, text, row->role == DOC_ROW_HEAD ? DOC_BOLD : DOC_PLAIN,
                 NULL),
        span};
}

static const char *stub_head(const struct plan *plan)
{
    const char *stub = fence_value(plan->fence, "stub");
    const char *variable = plan->result->variable_count ? plan->result->variables[0]
                                                        : plan->result->by;

    if (stub)
        return stub;
    if (!variable)
        return "";
    for (size_t i = 0; i < plan->reading->study->source_count; i++) {
        const struct study_column *column =
            study_column(&plan->reading->study->sources[i], variable);
        if (column && column->label && strlen(column->label) < 48)
            return column->label;
    }
    return "";
}

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

/** Do two columns stand under one head? */
static bool under_one_head(const struct table_column *a, const struct table_column *b)
{
    if (a->head)
        return a->over && same_text(a->over, b->over);
    return strcmp(a->column, b->column) == 0 && strcmp(a->result, b->result) == 0;
}

/** Are there several measures under one column label? Then the head has two rows. */
static bool two_heads(const struct plan *plan)
{
    for (size_t c = 0; c < plan->column_count; c++)
        if (plan->columns[c].over ||
            (c && !plan->columns[c].head &&
             under_one_head(&plan->columns[c - 1], &plan->columns[c])))
            return true;
    return false;
}

static bool one_column(const struct plan *plan)
{
    for (size_t c = 1; c < plan->column_count; c++)
        if (strcmp(plan->columns[c].column, plan->columns[0].column) != 0)
            return false;
    return true;
}

/** The upper row of two: one cell over the columns that stand under one head. */
static void add_upper_heads(struct plan *plan, struct doc_table *table, size_t *cap,
                            const struct axis *axis, size_t count, bool base_column)
{
    size_t n = 1;

    grid_row(plan, table, cap, DOC_ROW_HEAD, plan->column_count + 2);
    struct doc_row *row = &table->rows[table->count - 1];
    set_cell(plan, row, 0, "", 1);
    for (size_t c = 0; c < plan->column_count; n++) {
        const struct table_column *column = &plan->columns[c];
        const char *label =
            column->head ? column->over : label_in(axis, count, column->column);
        size_t span = 1;
        while (c + span < plan->column_count &&
               under_one_head(column, &plan->columns[c + span]))
            span++;
        set_cell(plan, row, n, label ? label : "", span);
        c += span;
    }
    if (base_column)
        set_cell(plan, row, n++, "", 1);
    row->count = n;
}

static void add_heads(struct plan *plan, struct doc_table *table, size_t *cap, bool base_column)
{
    struct axis *axis;
    size_t count = axis_of(plan, plan->result->name, false, &axis);
    bool one = one_column(plan) && !plan->columns[0].head, spanned = two_heads(plan) && !one;

    if (spanned)
        add_upper_heads(plan, table, cap, axis, count, base_column);
    grid_row(plan, table, cap, DOC_ROW_HEAD, plan->column_count + 1 + base_column);
    struct doc_row *row = &table->rows[table->count - 1];
    set_cell(plan, row, 0, stub_head(plan), 1);
    for (size_t c = 0; c < plan->column_count; c++) {
        const struct table_column *column = &plan->columns[c];
        const char *label = label_in(axis, count, column->column);
        const char *head = column->head                  ? column->head
                           : spanned || one              ? measure_head(column)
                           : column->part != PART_VALUE  ? measure_head(column)
                                                         : words_column_head(
                                 plan->reading->arena, label ? label : "", column->measure);
        set_cell(plan, row, c + 1, head, 1);
    }
    if (base_column)
        set_cell(plan, row, plan->column_count + 1, "Base", 1);
}

static void add_body_row(struct plan *plan, struct doc_table *table, size_t *cap,
                         const struct table_row *row, bool base_column)
{
    bool total = strcmp(row->code, "all") == 0;

    grid_row(plan, table, cap, total ? DOC_ROW_TOTAL : DOC_ROW_BODY,
             plan->column_count + 1 + base_column);
    struct doc_row *out = &table->rows[table->count - 1];
    out->indent = row->group ? 1 : 0;
    set_cell(plan, out, 0, row->label, 1);
    for (size_t c = 0; c < plan->column_count; c++)
        fill_cell(plan, &plan->columns[c], row->code, &out->cells[c + 1]);
    if (base_column) {
        long base = shared_base(plan, NULL, row->code);
        set_cell(plan, out, plan->column_count + 1,
                 base < 0 ? "[c]"
                          : render_number(plan->reading->arena, (double)base, 0, NUMBER_PLAIN),
                 1);
    }
}

static void add_group_row(struct plan *plan, struct doc_table *table, size_t *cap,
                          const char *label, size_t columns)
{
    grid_row(plan, table, cap, DOC_ROW_GROUP, 1);
    set_cell(plan, &table->rows[table->count - 1], 0, label, columns);
}

static void add_base_row(struct plan *plan, struct doc_table *table, size_t *cap)
{
    grid_row(plan, table, cap, DOC_ROW_BASE, plan->column_count + 1);
    struct doc_row *row = &table->rows[table->count - 1];
    set_cell(plan, row, 0, "Base", 1);
    for (size_t c = 0; c < plan->column_count; c++) {
        long base = shared_base(plan, &plan->columns[c], NULL);
        set_cell(plan, row, c + 1,
                 plan->columns[c].part == PART_INTERVAL
                     ? ""
                     : render_number(plan->reading->arena, (double)base, 0, NUMBER_PLAIN),
                 1);
    }
}

static void add_body(struct plan *plan, struct doc_table *table, size_t *cap, bool base_column)
{
    const char *group = NULL;

    for (size_t r = 0; r < plan->row_count; r++) {
        const struct table_row *row = &plan->rows[r];
        if (row->group && (!group || strcmp(group, row->group) != 0))
            add_group_row(plan, table, cap, row->group, table->columns);
        group = row->group;
        add_body_row(plan, table, cap, row, base_column);
    }
}

/* ---- notes ---- */

static void add_note(struct plan *plan, struct doc_table *table, const char *text)
{
    struct doc_text *notes =
        rk_arena_grow(plan->reading->arena, table->notes, table->note_count,
                      table->note_count + 1, sizeof *notes);

    notes[table->note_count++] =
        narrative_words(plan->reading, text, plan->fence->place);
    table->notes = notes;
}

/** With the number where the table has no place for it. */
static const char *base_note(const struct plan *plan, const struct base *base)
{
    long n = wants_base(plan) ? only_base(plan) : -1;

    if (n < 0)
        return rk_arena_printf(plan->reading->arena, "Base: %s.", base->sentence);
    return rk_arena_printf(plan->reading->arena, "Base: %s %s.",
                           render_number(plan->reading->arena, (double)n, 0, NUMBER_PLAIN),
                           base->sentence);
}

static void note_base(struct plan *plan, struct doc_table *table)
{
    for (size_t r = 0; r < plan->row_count; r++)
        for (size_t c = 0; c < plan->column_count; c++) {
            const struct cell *cell =
                plan_cell(plan, plan->rows[plan->row_count - 1 - r].code, &plan->columns[c]);
            const struct base *base =
                cell && cell->base_id ? results_find_base(plan->reading->results, cell->base_id)
                                      : NULL;
            if (!base || !base->sentence[0])
                continue;
            add_note(plan, table, base_note(plan, base));
            return;
        }
}

static void note_intervals(struct plan *plan, struct doc_table *table)
{
    const char *text = "";

    for (size_t i = 0; i < plan->method_count; i++)
        text = rk_arena_printf(plan->reading->arena, "%s%s%s", text, i ? "; " : "",
                               words_method(plan->methods[i]));
    if (plan->method_count)
        add_note(plan, table,
                 rk_arena_printf(plan->reading->arena, "CI: confidence interval (%s).", text));
}

static void add_notes(struct plan *plan, struct doc_table *table)
{
    const char *note = fence_value(plan->fence, "note");

    if (note)
        add_note(plan, table, note);
    else if (plan->result->note)
        add_note(plan, table, plan->result->note);
    note_base(plan, table);
    note_intervals(plan, table);
    if (plan->masked)
        add_note(plan, table,
                 "[c] masked: a small number, or one from which it could be worked out.");
    if (plan->low)
        add_note(plan, table,
                 rk_arena_printf(plan->reading->arena, "[low] a base of fewer than %ld.",
                                 plan->reading->study->small_base));
    if (plan->missing)
        add_note(plan, table, "[x] not available.");
    if (plan->not_applicable)
        add_note(plan, table, "[z] not applicable.");
}

/* ---- the whole ---- */

static enum doc_align align_of(const struct table_column *column)
{
    return column->part == PART_INTERVAL ? DOC_CENTRE : DOC_DECIMAL;
}

static struct doc_table *transposed(struct plan *plan, const struct doc_table *table)
{
    struct doc_table *out = RK_NEW(plan->reading->arena, struct doc_table);
    size_t heads = 0, cap = 0;

    while (heads < table->count && table->rows[heads].role == DOC_ROW_HEAD)
        heads++;
    *out = (struct doc_table){.notes = table->notes, .note_count = table->note_count};
    out->columns = table->count - heads + 1;
    out->align = RK_ARRAY(plan->reading->arena, enum doc_align, out->columns);
    for (size_t c = 1; c < out->columns; c++)
        out->align[c] = DOC_DECIMAL;
    for (size_t c = 0; c < table->columns; c++) {
        grid_row(plan, out, &cap, c ? DOC_ROW_BODY : DOC_ROW_HEAD, out->columns);
        struct doc_row *row = &out->rows[out->count - 1];
        row->cells[0] = table->rows[heads - 1].cells[c];
        for (size_t r = heads; r < table->count; r++)
            row->cells[r - heads + 1] = table->rows[r].cells[c];
        for (size_t i = 0; i < row->count; i++)
            row->cells[i].text.spans[0].style = c == 0 ? DOC_BOLD : DOC_PLAIN;
    }
    return out;
}

static struct doc_table *build(struct plan *plan)
{
    struct doc_table *table = RK_NEW(plan->reading->arena, struct doc_table);
    size_t cap = 0;
    bool one_base = only_base(plan) >= 0;
    bool base_row = wants_base(plan) && !one_base && each_column_has_base(plan);
    bool base_column =
        wants_base(plan) && !one_base && !base_row && each_row_has_base(plan);
    const char *turn = fence_value(plan->fence, "transpose");

    table->columns = plan->column_count + 1 + base_column;
    table->align = RK_ARRAY(plan->reading->arena, enum doc_align, table->columns);
    for (size_t c = 0; c < plan->column_count; c++)
        table->align[c + 1] = align_of(&plan->columns[c]);
    if (base_column)
        table->align[table->columns - 1] = DOC_DECIMAL;
    add_heads(plan, table, &cap, base_column);
    add_body(plan, table, &cap, base_column);
    if (base_row)
        add_base_row(plan, table, &cap);
    add_notes(plan, table);
    return turn && strcmp(turn, "yes") == 0 ? transposed(plan, table) : table;
}

/** Adds the rows of a further result under a group head of its own. */
static void append(struct plan *plan, struct doc_table *table, const struct doc_table *more,
                   const char *title)
{
    size_t heads = 0, cap = table->count;

    while (heads < more->count && more->rows[heads].role == DOC_ROW_HEAD)
        heads++;
    add_group_row(plan, table, &cap, title, table->columns);
    for (size_t r = heads; r < more->count; r++) {
        RK_ROOM(plan->reading->arena, table->rows, table->count, cap);
        table->rows[table->count] = more->rows[r];
        table->rows[table->count++].indent = 1;
    }
}

static struct doc_table *one_result(struct reading *reading, const struct fence *fence,
                                    const char *name, const struct study_result **result)
{
    struct plan plan = {.reading = reading, .fence = fence};

    plan.result = *result = study_result(reading->study, name);
    if (!plan.result) {
        const char **names = RK_ARRAY(reading->arena, const char *, reading->study->result_count + 1);
        for (size_t i = 0; i < reading->study->result_count; i++)
            names[i] = reading->study->results[i].name;
        const char *near = rk_text_nearest(name, names, reading->study->result_count);
        narrative_error(reading, fence->place, "the study has no result \"%s\"%s%s%s", name,
                        near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
        return NULL;
    }
    plan_columns(&plan);
    plan_rows(&plan);
    drop_empty_columns(&plan);
    word_heads(&plan);
    sort_rows(&plan);
    if (!plan.row_count || !plan.column_count) {
        narrative_error(reading, fence->place, "%s has no cells to show so", name);
        return NULL;
    }
    return build(&plan);
}

struct doc_table *narrative_table(struct reading *reading, const struct fence *fence,
                                  const struct study_result **first)
{
    const char *wanted = fence_value(fence, "result"), **names;
    struct doc_table *table = NULL;
    size_t count = wanted ? split(reading->arena, wanted, " ", &names) : 0;

    *first = NULL;
    if (!count)
        narrative_error(reading, fence->place, "a .table says which result it shows: result=NAME");
    for (size_t i = 0; i < count; i++) {
        const struct study_result *result;
        struct doc_table *one = one_result(reading, fence, names[i], &result);
        if (!one)
            return NULL;
        if (!table && count > 1) {
            struct doc_table *all = RK_NEW(reading->arena, struct doc_table);
            struct plan plan = {.reading = reading, .fence = fence, .result = result};
            size_t heads = 0;
            *all = *one;
            while (heads < one->count && one->rows[heads].role == DOC_ROW_HEAD)
                heads++;
            all->count = heads;
            all->rows = rk_arena_grow(reading->arena, one->rows, heads, heads ? heads : 1,
                                      sizeof *one->rows);
            append(&plan, all, one, result->title);
            table = all;
        } else if (table) {
            struct plan plan = {.reading = reading, .fence = fence, .result = result};
            if (one->columns != table->columns)
                narrative_error(reading, fence->place,
                                "%s has other columns than the results before it", names[i]);
            else
                append(&plan, table, one, result->title);
        } else {
            table = one;
        }
        if (!*first)
            *first = result;
    }
    return table;
}

const char *narrative_source_line(struct reading *reading, const struct study_result *result)
{
    const char *name = result ? result->source : NULL;
    const struct study *study = reading->study;
    const struct study_source *source = name ? study_source(study, name) : NULL;
    const struct study_point *point =
        result && result->to && result->kind != RESULT_MONTHS ? study_point(study, result->to)
        : name                                                ? study_point(study, name)
                                                              : NULL;
    const char *second = "";

    if (!source && point)
        source = point->source;
    if (!source)
        source = study->people;
    if (result && result->kind == RESULT_CHANGE && source != study->people)
        second = rk_arena_printf(reading->arena, "%s and ",
                                 study_point(study, result->from) &&
                                         study_point(study, result->from)->source != source
                                     ? study_point(study, result->from)->source->label
                                     : "");
    if (strcmp(second, " and ") == 0)
        second = "";
    return rk_arena_printf(reading->arena, "%s%s, to %s", second, source->label,
                           render_date(reading->arena, study->cut_off));
}
