// SPDX-License-Identifier: MIT
/** Annex tables made from what was done: bases, methods, exclusions, completeness. */
#include "render/narrative_priv.h"

#include "render/number.h"
#include "render/words.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

struct sheet {
    struct reading *reading;
    struct doc_table *table;
    size_t cap;
};

static struct sheet new_sheet(struct reading *reading, size_t columns)
{
    struct sheet sheet = {.reading = reading, .table = RK_NEW(reading->arena, struct doc_table)};

    sheet.table->columns = columns;
    sheet.table->align = RK_ARRAY(reading->arena, enum doc_align, columns);
    return sheet;
}

static void add_row(struct sheet *sheet, enum doc_row_role role, const char *const *texts)
{
    struct rk_arena *arena = sheet->reading->arena;
    struct doc_table *table = sheet->table;
    size_t count = role == DOC_ROW_GROUP ? 1 : table->columns;

    RK_ROOM(arena, table->rows, table->count, sheet->cap);
    struct doc_row *row = &table->rows[table->count++];
    *row = (struct doc_row){
        .role = role, .cells = RK_ARRAY(arena, struct doc_cell, count), .count = count};
    for (size_t i = 0; i < count; i++) {
        struct doc_span *span = RK_NEW(arena, struct doc_span);
        *span = (struct doc_span){
            .text = texts[i] ? texts[i] : "",
            .style = role == DOC_ROW_HEAD ? DOC_BOLD : DOC_PLAIN,
            .footnote = -1,
        };
        row->cells[i] = (struct doc_cell){{span, 1}, role == DOC_ROW_GROUP ? table->columns : 1};
    }
}

static const char *count_text(struct reading *reading, long n)
{
    return n < 0 ? "[c]" : render_number(reading->arena, (double)n, 0, NUMBER_PLAIN);
}

/* ---- bases ---- */

static int by_sentence(const void *a, const void *b)
{
    const struct base *x = *(const struct base *const *)a, *y = *(const struct base *const *)b;
    int order = strcmp(x->sentence, y->sentence);

    return order ? order : strcmp(x->id, y->id);
}

/** The base of a cell's whole result: groups stand in the tables themselves. Limits of a funnel
 *  have no whole, its counts have. */
static const char *whole_base(struct reading *reading, const struct cell *cell)
{
    const char *const measures[] = {cell->measure, "count", "percent"};

    for (size_t i = 0; i < sizeof measures / sizeof measures[0]; i++) {
        const struct cell *all = results_find(
            reading->results, rk_arena_printf(reading->arena, "%s.all.%s.%s", cell->result,
                                              cell->column, measures[i]));
        if (all && all->base_id && all->base_id[0])
            return all->base_id;
    }
    return cell->base_id;
}

/** Bases that a printed cell names; each sentence once. */
static struct doc_table *bases_sheet(struct reading *reading)
{
    static const char *const head[] = {"Base", "Unit", "Number"};
    struct sheet sheet = new_sheet(reading, 3);
    struct rk_map *named = rk_map_new(reading->arena);
    const struct base **bases;
    size_t count = 0;

    for (size_t i = 0; i < rk_map_count(reading->printed); i++) {
        const struct cell *cell = results_find(reading->results, rk_map_key(reading->printed, i));
        if (cell && cell->base_id)
            rk_map_add(named, whole_base(reading, cell));
    }
    bases = RK_ARRAY(reading->arena, const struct base *, rk_map_count(named) + 1);
    for (size_t i = 0; i < rk_map_count(named); i++) {
        const struct base *base = results_find_base(reading->results, rk_map_key(named, i));
        if (base && base->sentence[0])
            bases[count++] = base;
    }
    qsort(bases, count, sizeof(const struct base *), by_sentence);
    sheet.table->align[2] = DOC_DECIMAL;
    add_row(&sheet, DOC_ROW_HEAD, head);
    for (size_t i = 0; i < count; i++) {
        const char *texts[] = {bases[i]->sentence, bases[i]->unit,
                               count_text(reading, bases[i]->n)};
        if (!i || strcmp(bases[i - 1]->sentence, bases[i]->sentence) != 0)
            add_row(&sheet, DOC_ROW_BODY, texts);
    }
    return sheet.table;
}

/* ---- methods ---- */

/** Methods of the printed cells that have a name; mere arithmetic has none. */
/** "Paired t"; a single letter stays as it is. */
static const char *with_capital(struct rk_arena *arena, const char *words)
{
    char *text = rk_arena_copy(arena, words);

    if (isalpha((unsigned char)text[1]))
        text[0] = (char)toupper((unsigned char)text[0]);
    return text;
}

static struct doc_table *methods_sheet(struct reading *reading)
{
    static const char *const head[] = {"Method", "Used for", "Source", "Figures"};
    struct rk_map *seen = rk_map_new(reading->arena);
    size_t cells = rk_map_count(reading->printed);
    long *counts = RK_ARRAY(reading->arena, long, cells + 1);
    struct sheet sheet = new_sheet(reading, 4);

    sheet.table->align[3] = DOC_DECIMAL;
    add_row(&sheet, DOC_ROW_HEAD, head);
    for (size_t i = 0; i < cells; i++) {
        const struct cell *cell = results_find(reading->results, rk_map_key(reading->printed, i));
        if (cell && cell->method && words_method_use(cell->method) && !isnan(cell->value))
            counts[rk_map_add(seen, cell->method)]++;
    }
    for (size_t i = 0; i < rk_map_count(seen); i++) {
        const char *method = rk_map_key(seen, i);
        const char *texts[] = {with_capital(reading->arena, words_method(method)),
                               words_method_use(method), words_method_source(method),
                               count_text(reading, counts[i])};
        add_row(&sheet, DOC_ROW_BODY, texts);
    }
    return sheet.table;
}

/* ---- what the study's own results say: flow and completeness ---- */

static const struct cell *own(const struct reading *reading, const char *result,
                              const char *row, const char *column, const char *measure)
{
    return results_find(reading->results,
                        rk_arena_printf(reading->arena, "%s.%s.%s.%s", result, row, column,
                                        measure));
}

static const char *own_words(struct reading *reading, const char *result, const char *row,
                             const char *column, const char *measure)
{
    const struct cell *cell = own(reading, result, row, column, measure);

    return cell ? narrative_bare(reading, cell, false) : "";
}

static struct doc_table *exclusions_sheet(struct reading *reading)
{
    static const char *const head[] = {"Reason, in the order applied", "Records"};
    struct sheet sheet = new_sheet(reading, 2);

    sheet.table->align[1] = DOC_DECIMAL;
    add_row(&sheet, DOC_ROW_HEAD, head);
    for (size_t s = 0; s < reading->study->source_count; s++) {
        const struct study_source *source = &reading->study->sources[s];
        if (!source->exclusion_count)
            continue;
        add_row(&sheet, DOC_ROW_GROUP, (const char *const[]){source->label});
        for (size_t i = 0; i < source->exclusion_count; i++) {
            const char *column = rk_arena_printf(reading->arena, "excluded/%s",
                                                 source->exclusions[i].code);
            const char *texts[] = {source->exclusions[i].reason,
                                   own_words(reading, "flow", source->name, column, "count")};
            add_row(&sheet, DOC_ROW_BODY, texts);
            sheet.table->rows[sheet.table->count - 1].indent = 1;
        }
    }
    return sheet.table;
}

static const char *match_words(struct reading *reading, const struct study_source *source,
                               const struct study_duplicate *rule)
{
    const char *words = rule->match ? "same " : "every column the same";

    for (size_t i = 0; rule->match && i < rule->match_count; i++) {
        const struct study_column *column = study_column(source, rule->match[i]);
        words = rk_arena_printf(reading->arena, "%s%s%s", words,
                                i == 0                       ? ""
                                : i + 1 < rule->match_count ? ", "
                                                            : " and ",
                                column ? column->label : rule->match[i]);
    }
    return words;
}

static const char *keep_words(struct reading *reading, const struct study_source *source,
                              const struct study_duplicate *rule)
{
    static const char *const words[] = {"first row", "last row", "earliest", "latest",
                                        "fullest row"};
    const struct study_column *by = rule->keep_by ? study_column(source, rule->keep_by) : NULL;

    return by ? rk_arena_printf(reading->arena, "%s: %s", words[rule->keep], by->label)
              : words[rule->keep];
}

static struct doc_table *duplicates_sheet(struct reading *reading)
{
    static const char *const head[] = {"Rule, in the order applied", "Row kept", "Rows absorbed"};
    struct sheet sheet = new_sheet(reading, 3);

    sheet.table->align[2] = DOC_DECIMAL;
    add_row(&sheet, DOC_ROW_HEAD, head);
    for (size_t s = 0; s < reading->study->source_count; s++) {
        const struct study_source *source = &reading->study->sources[s];
        if (!source->duplicate_count)
            continue;
        add_row(&sheet, DOC_ROW_GROUP, (const char *const[]){source->label});
        for (size_t i = 0; i < source->duplicate_count; i++) {
            const struct study_duplicate *rule = &source->duplicates[i];
            const char *column = rk_arena_printf(reading->arena, "duplicates/%s", rule->code);
            const char *texts[] = {match_words(reading, source, rule),
                                   keep_words(reading, source, rule),
                                   own_words(reading, "flow", source->name, column, "count")};
            add_row(&sheet, DOC_ROW_BODY, texts);
            sheet.table->rows[sheet.table->count - 1].indent = 1;
        }
    }
    return sheet.table;
}

/** Items of a scale are told by the scale's own table, not one by one. */
static bool is_item(const struct study_source *source, const char *name)
{
    for (size_t i = 0; i < source->derived_count; i++) {
        const struct study_derive *derive = source->derived[i].derive;
        for (size_t k = 0; derive->kind == DERIVE_SCALE && k < derive->item_count; k++)
            if (strcmp(derive->items[k], name) == 0)
                return true;
    }
    return false;
}

static struct doc_table *completeness_sheet(struct reading *reading)
{
    static const char *const head[] = {"Field", "Answered", "Of", "%"};
    struct sheet sheet = new_sheet(reading, 4);

    for (size_t i = 1; i < 4; i++)
        sheet.table->align[i] = DOC_DECIMAL;
    add_row(&sheet, DOC_ROW_HEAD, head);
    for (size_t s = 0; s < reading->study->source_count; s++) {
        const struct study_source *source = &reading->study->sources[s];
        add_row(&sheet, DOC_ROW_GROUP, (const char *const[]){source->label});
        for (size_t i = 0; i < source->column_count; i++) {
            const struct study_column *column = &source->columns[i];
            const char *row =
                rk_arena_printf(reading->arena, "%s/%s", source->name, column->name);
            const struct cell *percent = own(reading, "answered", row, "all", "percent");
            if (!percent || is_item(source, column->name))
                continue;
            const char *texts[] = {column->label,
                                   own_words(reading, "answered", row, "all", "count"),
                                   count_text(reading, percent->base),
                                   narrative_bare(reading, percent, false)};
            add_row(&sheet, DOC_ROW_BODY, texts);
            sheet.table->rows[sheet.table->count - 1].indent = 1;
        }
    }
    return sheet.table;
}

/* ---- rows per source ---- */

static struct doc_table *sources_sheet(struct reading *reading)
{
    static const char *const head[] = {"Extract", "Rows read", "Excluded", "Duplicates",
                                       "Not linked", "Rows used"};
    static const char *const columns[] = {"read", "excluded", "duplicates", "unlinked", "unique"};
    struct sheet sheet = new_sheet(reading, 6);

    for (size_t i = 1; i < 6; i++)
        sheet.table->align[i] = DOC_DECIMAL;
    add_row(&sheet, DOC_ROW_HEAD, head);
    for (size_t s = 0; s < reading->study->source_count; s++) {
        const struct study_source *source = &reading->study->sources[s];
        const char *texts[6] = {source->label};
        for (size_t c = 0; c < 5; c++)
            texts[c + 1] = own_words(reading, "flow", source->name, columns[c], "count");
        add_row(&sheet, DOC_ROW_BODY, texts);
    }
    return sheet.table;
}

static const struct {
    const char *name, *title; /**< title: where the narrative has none */
    struct doc_table *(*make)(struct reading *);
} sheets[] = {
    {"methods",      "Statistical methods used",                            methods_sheet     },
    {"bases",        "Bases of the figures",                                bases_sheet       },
    {"exclusions",   "Rows excluded, with the first reason that fits",      exclusions_sheet  },
    {"duplicates",   "Duplicates, by the rule that found them",             duplicates_sheet  },
    {"completeness", "How often each field is filled",                      completeness_sheet},
    {"sources",      "Rows read and used, by extract",                      sources_sheet     },
};

static struct doc_table *wait_for_all(struct reading *reading,
                                      struct doc_table *(*make)(struct reading *))
{
    struct doc_table *table = RK_NEW(reading->arena, struct doc_table);

    RK_ROOM(reading->arena, reading->late, reading->late_count, reading->late_cap);
    reading->late[reading->late_count++] = (struct late_table){table, make};
    *table = (struct doc_table){0};
    return table;
}

void narrative_late(struct reading *reading)
{
    for (size_t i = 0; i < reading->late_count; i++) {
        struct doc_table *table = reading->late[i].table;
        struct doc_table made = *reading->late[i].make(reading);
        made.notes = table->notes;
        made.note_count = table->note_count;
        *table = made;
    }
}

struct doc_table *narrative_methods(struct reading *reading, const struct fence *fence,
                                    const char **title)
{
    const char *of = fence_value(fence, "of");

    for (size_t i = 0; of && i < sizeof sheets / sizeof sheets[0]; i++)
        if (strcmp(of, sheets[i].name) == 0) {
            *title = sheets[i].title;
            return wait_for_all(reading, sheets[i].make);
        }
    narrative_error(reading, fence->place,
                    "a .methods says what of: methods, bases, exclusions, duplicates, "
                    "completeness or sources");
    return NULL;
}
