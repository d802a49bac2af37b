// SPDX-License-Identifier: MIT
#include "pipeline/contract/cells.h"
#include "pipeline/contract/cells_priv.h"
#include "pipeline/contract/contract_priv.h"

#include <string.h>

enum {
    CELL_ID,
    CELL_RESULT,
    CELL_ROW,
    CELL_COLUMN,
    CELL_MEASURE,
    CELL_ROW_LABEL,
    CELL_COLUMN_LABEL,
    CELL_UNIT,
    CELL_VALUE,
    CELL_LOW,
    CELL_HIGH,
    CELL_LEVEL,
    CELL_NUMERATOR,
    CELL_BASE,
    CELL_BASE_ID,
    CELL_METHOD,
    CELL_MARK,
    CELL_ROW_ORDER,
    CELL_COLUMN_ORDER,
};

static const char *const cell_names[] = {
    "cell",    "result", "row",  "column",    "measure",      "row_label", "column_label",
    "unit",    "value",  "low",  "high",      "level",        "numerator", "base",
    "base_id", "method", "mark", "row_order", "column_order", NULL,
};

/* True if the id is the four parts with points between them. */
static bool is_address(const char *id, const struct cell *cell)
{
    const char *parts[] = {cell->result, cell->row, cell->column, cell->measure};

    for (size_t i = 0; i < 4; i++) {
        size_t bytes = strlen(parts[i]);

        if (strncmp(id, parts[i], bytes) != 0 || id[bytes] != (i < 3 ? '.' : '\0'))
            return false;
        id += bytes + 1;
    }
    return true;
}

/* The address of a row is free for a new cell and made of its parts. */
static bool sound_address(struct contract_table *table, size_t row,
                          const struct results *results, const struct cell *cell)
{
    if (is_address(cell->id, cell) && !results_find(results, cell->id)) return true;
    rk_diag_say(table->run->diag, RK_DIAG_ERROR, contract_place(table, row, CELL_ID),
                "cell \"%s\" is there twice or does not match its parts", cell->id);
    table->sound = false;
    return false;
}

static bool sound_names(struct contract_table *table, size_t row, struct cell *cell)
{
    if (cell_unit_parse(contract_text(table, row, CELL_UNIT), &cell->unit) &&
        cell_mark_parse(contract_text(table, row, CELL_MARK), &cell->mark))
        return true;
    rk_diag_say(table->run->diag, RK_DIAG_ERROR, contract_place(table, row, CELL_UNIT),
                "unknown unit \"%s\" or mark \"%s\"", contract_text(table, row, CELL_UNIT),
                contract_text(table, row, CELL_MARK));
    table->sound = false;
    return false;
}

static void read_cell(struct contract_table *table, size_t row, struct results *results)
{
    struct cell cell = {
        .id = contract_text(table, row, CELL_ID),
        .result = contract_text(table, row, CELL_RESULT),
        .row = contract_text(table, row, CELL_ROW),
        .column = contract_text(table, row, CELL_COLUMN),
        .measure = contract_text(table, row, CELL_MEASURE),
        .row_label = rk_csv_label_text(contract_text(table, row, CELL_ROW_LABEL)),
        .column_label = rk_csv_label_text(contract_text(table, row, CELL_COLUMN_LABEL)),
        .value = contract_double(table, row, CELL_VALUE),
        .low = contract_double(table, row, CELL_LOW),
        .high = contract_double(table, row, CELL_HIGH),
        .level = contract_double(table, row, CELL_LEVEL),
        .numerator = contract_long(table, row, CELL_NUMERATOR),
        .base = contract_long(table, row, CELL_BASE),
        .base_id = contract_text(table, row, CELL_BASE_ID),
        .method = contract_text(table, row, CELL_METHOD),
        .row_order = contract_long(table, row, CELL_ROW_ORDER),
        .column_order = contract_long(table, row, CELL_COLUMN_ORDER),
    };

    if (sound_address(table, row, results, &cell) && sound_names(table, row, &cell))
        results_add_cell(results, &cell);
}

static rk_status read_cells(struct rk_run *run, const char *folder, struct results *results)
{
    struct contract_table table;

    RK_TRY(contract_read(run, folder, "cells.csv", cell_names, &table));
    for (size_t row = 0; row < table.csv.rows; row++)
        read_cell(&table, row, results);
    return table.sound ? RK_OK : RK_WORLD;
}

static rk_status read_bases(struct rk_run *run, const char *folder, struct results *results)
{
    static const char *const names[] = {"base_id", "unit", "n", "sentence",
                                        "parent",  "rule", NULL};
    struct contract_table table;

    RK_TRY(contract_read(run, folder, "bases.csv", names, &table));
    for (size_t row = 0; row < table.csv.rows; row++) {
        const char *id = contract_text(&table, row, 0);

        if (results_find_base(results, id))
            return rk_fail(run->diag, RK_WORLD, contract_place(&table, row, 0),
                           "base \"%s\" is there twice", id);
        results_base(results, id, contract_text(&table, row, 1),
                     contract_long(&table, row, 2), rk_csv_label_text(contract_text(&table, row, 3)),
                     contract_text(&table, row, 4), contract_text(&table, row, 5));
    }
    return table.sound ? RK_OK : RK_WORLD;
}

unsigned results_stage_bit(const char *stage)
{
    return strcmp(stage, "effect") == 0 ? 4 : strcmp(stage, "change") == 0 ? 2 : 1;
}

static unsigned stage_bits(const char *text)
{
    return (strstr(text, "tabulate") ? 1U : 0U) | (strstr(text, "change") ? 2U : 0U) |
           (strstr(text, "effect") ? 4U : 0U);
}

static rk_status read_quantities(struct rk_run *run, const char *folder,
                                 struct results *results)
{
    static const char *const names[] = {"quantity", "value",   "open",
                                        "stage",    "?people", NULL};
    struct contract_table table;

    RK_TRY(contract_read(run, folder, "quantities.csv", names, &table));
    for (size_t row = 0; row < table.csv.rows; row++) {
        const char *id = contract_text(&table, row, 0);

        if (rk_map_find(results->quantity_index, id) >= 0)
            return rk_fail(run->diag, RK_WORLD, contract_place(&table, row, 0),
                           "quantity is there twice");
        results_quantity(results, NULL, id, contract_long(&table, row, 1),
                         strcmp(contract_text(&table, row, 2), "true") == 0);
        results->quantities[results->quantity_count - 1].stages =
            stage_bits(contract_text(&table, row, 3));
        if (*contract_text(&table, row, 4))
            results_quantity_people(results, id, contract_long(&table, row, 4));
    }
    return table.sound ? RK_OK : RK_WORLD;
}

/* A folder from before links had parts: the value gives all of it away. */
static bool part_of(const char *text, enum link_part *part)
{
    *part = LINK_VALUE;
    return !*text || link_part_parse(text, part);
}

/* Rows `sum,total,part,stage`: those with one number, next to each other, are one sum. */
static rk_status read_sums(struct rk_run *run, const char *folder, struct results *results)
{
    static const char *const names[] = {"sum", "total", "part", "stage", NULL};
    struct contract_table table;
    size_t end;

    RK_TRY(contract_read(run, folder, "sums.csv", names, &table));
    for (size_t row = 0; row < table.csv.rows; row = end) {
        const char **parts;

        for (end = row + 1; end < table.csv.rows; end++)
            if (strcmp(contract_text(&table, end, 0), contract_text(&table, row, 0)) != 0)
                break;
        parts = RK_ARRAY(run->arena, const char *, end - row);
        for (size_t i = row; i < end; i++)
            parts[i - row] = contract_text(&table, i, 2);
        results_sum(results, contract_text(&table, row, 1), parts, end - row);
        results->sums[results->sum_count - 1].stages =
            stage_bits(contract_text(&table, row, 3));
    }
    return RK_OK;
}

static rk_status read_links(struct rk_run *run, const char *folder, struct results *results)
{
    static const char *const names[] = {"cell", "quantity", "?part", NULL};
    struct contract_table table;

    RK_TRY(contract_read(run, folder, "links.csv", names, &table));
    for (size_t row = 0; row < table.csv.rows; row++) {
        const char *cell = contract_text(&table, row, 0);
        const char *quantity = contract_text(&table, row, 1);
        enum link_part part;

        if (!results_find(results, cell) ||
            rk_map_find(results->quantity_index, quantity) < 0 ||
            !part_of(contract_text(&table, row, 2), &part))
            return rk_fail(run->diag, RK_WORLD, contract_place(&table, row, 0),
                           "link to a cell or quantity that is not there, or by no known "
                           "part");
        results_add_link(results, results_find(results, cell), quantity, part);
    }
    return RK_OK;
}

static rk_status read_stages(struct rk_run *run, const char *folder,
                             struct results *results)
{
    static const char *const names[] = {"result", "stage", NULL};
    struct contract_table table;

    RK_TRY(contract_read(run, folder, "stages.csv", names, &table));
    for (size_t row = 0; row < table.csv.rows; row++) {
        RK_ROOM(run->arena, results->stages, results->stage_count, results->stage_cap);
        results->stages[results->stage_count++] = (struct result_stage){
            contract_text(&table, row, 0), stage_bits(contract_text(&table, row, 1))};
    }
    return RK_OK;
}

rk_status results_read(struct rk_run *run, const char *folder, struct results **out)
{
    struct results *results = results_new(run->arena);

    RK_TRY(read_cells(run, folder, results));
    RK_TRY(read_bases(run, folder, results));
    if (contract_exists(run, folder, "quantities.csv")) {
        RK_TRY(read_quantities(run, folder, results));
        RK_TRY(read_sums(run, folder, results));
        RK_TRY(read_links(run, folder, results));
        RK_TRY(read_stages(run, folder, results));
    }
    *out = results;
    return RK_OK;
}
