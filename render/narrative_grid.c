// SPDX-License-Identifier: MIT
/** Every meeting of a row and a column in words; heads, bases and notes around them. */
#include "render/narrative_plan_priv.h"

#include "render/number.h"
#include "render/words.h"

#include <string.h>

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

/** Why there is no figure, each reason once. */
static void note_reason(struct plan *plan, const struct cell *cell)
{
    const char *reason = narrative_reason(cell);
    struct rk_map **reasons = &plan->reasons[cell->mark == MARK_NOT_APPLICABLE];

    if (!reason)
        return;
    if (!*reasons)
        *reasons = rk_map_new(plan->reading->arena);
    rk_map_add(*reasons, reason);
}

static void note_marks(struct plan *plan, const struct cell *cell)
{
    plan->masked |= cell->mark == MARK_MASKED || cell->mark == MARK_INTERVAL;
    plan->rounded |= cell->mark == MARK_ROUNDED;
    plan->missing |= cell->mark == MARK_NOT_AVAILABLE;
    plan->not_applicable |= cell->mark == MARK_NOT_APPLICABLE;
    note_reason(plan, cell);
    plan->low |= narrative_is_low(plan->reading, cell);
}

static const char *value_words(struct plan *plan, const struct cell *cell)
{
    bool sign = cell->unit == UNIT_POINTS || strcmp(cell->measure, "difference") == 0 ||
                strcmp(cell->measure, "gap") == 0;
    const char *bare = narrative_bare(plan->reading, cell, sign);

    if (cell->value == 0 && !narrative_mark(cell) &&
        (cell->unit == UNIT_CLIENTS || cell->unit == UNIT_RECORDS ||
         (cell->unit == UNIT_PERCENT && cell->numerator == 0))) {
        plan->none = true;
        return "\u2013";
    }
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

/** Are there results under one another? They must have the same columns. */
static bool is_one_of_several(const struct plan *plan)
{
    return strchr(fence_value(plan->fence, "result"), ' ') != NULL;
}

static bool wants_base(const struct plan *plan)
{
    const char *base = fence_value(plan->fence, "base");

    if (base && strcmp(base, "no") == 0)
        return false;
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

void grid_set_cell(struct plan *plan, struct doc_row *row, size_t at, const char *text,
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
    grid_set_cell(plan, row, 0, "", 1);
    for (size_t c = 0; c < plan->column_count; n++) {
        const struct table_column *column = &plan->columns[c];
        const char *label =
            column->head ? column->over : plan_label(axis, count, column->column);
        size_t span = 1;
        while (c + span < plan->column_count &&
               under_one_head(column, &plan->columns[c + span]))
            span++;
        grid_set_cell(plan, row, n, label ? label : "", span);
        c += span;
    }
    if (base_column)
        grid_set_cell(plan, row, n++, "", 1);
    row->count = n;
}

static void add_heads(struct plan *plan, struct doc_table *table, size_t *cap, bool base_column)
{
    struct axis *axis;
    size_t count = plan_axis(plan, plan->result->name, false, &axis);
    bool one = one_column(plan) && !plan->columns[0].head, spanned = two_heads(plan) && !one;

    if (spanned)
        add_upper_heads(plan, table, cap, axis, count, base_column);
    grid_row(plan, table, cap, DOC_ROW_HEAD, plan->column_count + 1 + base_column);
    struct doc_row *row = &table->rows[table->count - 1];
    grid_set_cell(plan, row, 0, stub_head(plan), 1);
    for (size_t c = 0; c < plan->column_count; c++) {
        const struct table_column *column = &plan->columns[c];
        const char *label = plan_label(axis, count, column->column);
        const char *head = column->head                  ? column->head
                           : spanned || one              ? measure_head(column)
                           : column->part != PART_VALUE  ? measure_head(column)
                                                         : words_column_head(
                                 plan->reading->arena, label ? label : "", column->measure);
        grid_set_cell(plan, row, c + 1, head, 1);
    }
    if (base_column)
        grid_set_cell(plan, row, plan->column_count + 1, "Base", 1);
}

static void add_body_row(struct plan *plan, struct doc_table *table, size_t *cap,
                         const struct table_row *row, bool base_column)
{
    bool total = strcmp(row->code, "all") == 0;

    grid_row(plan, table, cap, total ? DOC_ROW_TOTAL : DOC_ROW_BODY,
             plan->column_count + 1 + base_column);
    struct doc_row *out = &table->rows[table->count - 1];
    out->indent = row->group ? 1 : 0;
    grid_set_cell(plan, out, 0, row->label, 1);
    for (size_t c = 0; c < plan->column_count; c++)
        fill_cell(plan, &plan->columns[c], row->code, &out->cells[c + 1]);
    if (base_column) {
        long base = shared_base(plan, NULL, row->code);
        grid_set_cell(plan, out, plan->column_count + 1,
                 base < 0 ? "[c]"
                          : render_number(plan->reading->arena, (double)base, 0, NUMBER_PLAIN),
                 1);
    }
}

void grid_group_row(struct plan *plan, struct doc_table *table, size_t *cap,
                          const char *label, size_t columns)
{
    grid_row(plan, table, cap, DOC_ROW_GROUP, 1);
    grid_set_cell(plan, &table->rows[table->count - 1], 0, label, columns);
}

static void add_base_row(struct plan *plan, struct doc_table *table, size_t *cap)
{
    grid_row(plan, table, cap, DOC_ROW_BASE, plan->column_count + 1);
    struct doc_row *row = &table->rows[table->count - 1];
    grid_set_cell(plan, row, 0, "Base", 1);
    for (size_t c = 0; c < plan->column_count; c++) {
        long base = shared_base(plan, &plan->columns[c], NULL);
        grid_set_cell(plan, row, c + 1,
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
            grid_group_row(plan, table, cap, row->group, table->columns);
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

static const struct base *base_of(const struct plan *plan, size_t row, size_t column)
{
    const struct cell *cell =
        plan_cell(plan, plan->rows[row].code, &plan->columns[column]);
    const struct base *base = cell && cell->base_id
                                  ? results_find_base(plan->reading->results, cell->base_id)
                                  : NULL;

    return base && base->sentence[0] ? base : NULL;
}

/** Of the last row, which is the total if there is one: of all columns together, else of the
 *  first that has a base; else of the row above. */
static const struct base *base_of_table(const struct plan *plan)
{
    const struct base *base = NULL;

    for (size_t c = 0; c < plan->column_count && plan->row_count && !base; c++)
        if (strcmp(plan->columns[c].column, "all") == 0)
            base = base_of(plan, plan->row_count - 1, c);
    for (size_t r = plan->row_count; r > 0 && !base; r--)
        for (size_t c = 0; c < plan->column_count && !base; c++)
            base = base_of(plan, r - 1, c);
    return base;
}

/** Results under one another have bases of their own: the table says them, or its note. */
static void note_base(struct plan *plan, struct doc_table *table)
{
    const struct base *base = is_one_of_several(plan) ? NULL : base_of_table(plan);

    if (base)
        add_note(plan, table, base_note(plan, base));
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

static void note_reasons(struct plan *plan, struct doc_table *table, const char *words,
                         const struct rk_map *reasons)
{
    struct rk_arena *arena = plan->reading->arena;

    for (size_t i = 0; reasons && i < rk_map_count(reasons); i++)
        words = rk_arena_printf(arena, "%s%s %s", words, i ? ";" : ":", rk_map_key(reasons, i));
    add_note(plan, table, rk_arena_printf(arena, "%s.", words));
}

static void note_receipt(struct plan *plan, struct doc_table *table)
{
    const char *wish = fence_value(plan->fence, "receipt"), **lines;
    bool yes = wish && strcmp(wish, "yes") == 0;

    if (wish && !yes && strcmp(wish, "no") != 0)
        rk_diag_say(plan->reading->diag, RK_DIAG_ERROR, plan->fence->place,
                    "receipt=\"%s\": is yes or no", wish);
    for (size_t i = 0, count = yes ? grid_receipt(plan, &lines) : 0; i < count; i++)
        add_note(plan, table, lines[i]);
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
    if (plan->rounded)
        add_note(plan, table,
                 rk_arena_printf(plan->reading->arena,
                                 "Counts are rounded to a multiple of %ld, up or down; percentages "
                                 "and their intervals follow from the rounded counts.",
                                 plan->reading->study->masking.base));
    if (plan->masked)
        add_note(plan, table,
                 "[c] masked: a small number, or one from which it could be worked out.");
    if (plan->low)
        add_note(plan, table,
                 rk_arena_printf(plan->reading->arena, "[low] a base of fewer than %ld.",
                                 plan->reading->study->small_base));
    if (plan->missing)
        note_reasons(plan, table, "[x] not available", plan->reasons[0]);
    if (plan->not_applicable)
        note_reasons(plan, table, "[z] not applicable", plan->reasons[1]);
    if (plan->none)
        add_note(plan, table, "\u2013 none.");
    note_receipt(plan, table);
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

struct doc_table *grid_build(struct plan *plan)
{
    struct doc_table *table = RK_NEW(plan->reading->arena, struct doc_table);
    size_t cap = 0;
    bool one_base = only_base(plan) >= 0;
    bool base_row = wants_base(plan) && !one_base && each_column_has_base(plan);
    bool base_column = wants_base(plan) && !one_base && !base_row &&
                       !is_one_of_several(plan) && each_row_has_base(plan);
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
