// SPDX-License-Identifier: MIT
/* What is counted: rows of every part are added; where each part has read a whole source, all have
 * counted the same. */
#include "pipeline/base/rk_csv.h"
#include "pipeline/base/rk_text.h"
#include "pipeline/contract/flow.h"
#include "pipeline/merge/merge_rows.h"

#include <string.h>

/* ---- flow.csv ---- */

static bool same_step(const struct flow_step *a, const struct flow_step *b)
{
    return strcmp(a->source, b->source) == 0 && strcmp(a->step, b->step) == 0 &&
           strcmp(a->code, b->code) == 0;
}

static rk_status add_flow(const struct merge_rows *rows, size_t part, struct flow *sum)
{
    struct rk_run *run = &rows->parts->runs[part];
    struct flow flow;

    RK_TRY(flow_read(run, rows->folder, &flow));
    if (flow.count != sum->count)
        return rk_fail(run->diag, RK_WORLD, RK_AT(rk_run_path(run, rows->folder, "flow.csv"), 0, 0),
                       "has other rows than that of the first part; run this part again");
    for (size_t i = 0; i < flow.count; i++) {
        struct flow_step *to = &sum->steps[i];
        const struct flow_step *from = &flow.steps[i];
        const struct study_source *source = study_source(rows->study, from->source);

        if (!source || !same_step(to, from))
            return rk_fail(run->diag, RK_WORLD,
                           RK_AT(rk_run_path(run, rows->folder, "flow.csv"), i + 2, 0),
                           "is another row than in the first part; run this part again");
        /* Who has met more kinds of rows says more. */
        if (strlen(from->reason) > strlen(to->reason)) to->reason = from->reason;
        if (part < merge_part_count(rows, source)) to->rows += from->rows;
    }
    return RK_OK;
}

static bool is_rule(const struct study_source *source, const char *code)
{
    for (size_t i = 0; i < source->duplicate_count; i++)
        if (strcmp(source->duplicates[i].code, code) == 0) return true;
    return source->linkage && !source->link && strcmp(code, source->probable.code) == 0;
}

/* Reasons that nobody met; rules and exclusions of the study always stand there. */
static bool is_left_out(const struct merge_rows *rows, const struct flow_step *step)
{
    if (step->rows || !*step->code || strcmp(step->step, "excluded") == 0) return false;
    return strcmp(step->step, "duplicates") != 0 ||
           !is_rule(study_source(rows->study, step->source), step->code);
}

rk_status merge_flow(const struct merge_rows *rows)
{
    struct flow sum, out = {.arena = rows->run->arena};
    struct rk_csv_writer writer = {.file = rk_out_open(rows->out, "flow.csv")};

    if (!writer.file) return RK_WORLD;
    RK_TRY(flow_read(&rows->parts->runs[0], rows->folder, &sum));
    for (size_t part = 1; part < rows->parts->count; part++)
        RK_TRY(add_flow(rows, part, &sum));
    for (size_t i = 0; i < sum.count; i++) {
        const struct flow_step *step = &sum.steps[i];

        if (!is_left_out(rows, step))
            flow_add(&out, step->source, step->step, step->code, step->reason, step->rows);
    }
    flow_write(&out, &writer);
    return RK_OK;
}

/* ---- extracts.csv ---- */

enum { EXTRACT_FILE, EXTRACT_SOURCE, EXTRACT_ROWS = 5, EXTRACT_COLUMNS };

static rk_status read_extracts(const struct merge_rows *rows, size_t part,
                               struct rk_csv_table *out)
{
    struct rk_run *run = rows->run;
    const char *path =
        rk_arena_printf(run->arena, "%s/10-clean/extracts.csv", rows->parts->runs[part].out_dir);

    RK_TRY(rk_csv_table_read(run->arena, run->diag, path, out));
    if (out->columns == EXTRACT_COLUMNS) return RK_OK;
    return rk_fail(run->diag, RK_WORLD, RK_AT(path, 1, 0), "has other columns; run this part again");
}

static const char *cell(const struct rk_csv_table *table, size_t row, size_t column)
{
    return table->cells[row * table->columns + column];
}

rk_status merge_files(struct merge_rows *rows)
{
    const struct study *study = rows->study;
    struct rk_csv_table table;

    RK_TRY(read_extracts(rows, 0, &table));
    rows->files = RK_ARRAY(rows->run->arena, struct rk_map *, study->source_count + 1);
    for (size_t i = 0; i < study->source_count; i++)
        rows->files[i] = rk_map_new(rows->run->arena);
    for (size_t row = 0; row < table.rows; row++) {
        const struct study_source *source = study_source(study, cell(&table, row, EXTRACT_SOURCE));

        if (source) rk_map_add(rows->files[source - study->sources], cell(&table, row, EXTRACT_FILE));
    }
    return RK_OK;
}

static rk_status add_extracts(const struct merge_rows *rows, size_t part,
                              const struct rk_csv_table *first, long *sums)
{
    struct rk_csv_table table;
    long number;

    RK_TRY(read_extracts(rows, part, &table));
    for (size_t row = 0; row < table.rows; row++) {
        const struct study_source *source =
            study_source(rows->study, cell(&table, row, EXTRACT_SOURCE));

        if (row >= first->rows || !source ||
            strcmp(cell(&table, row, EXTRACT_FILE), cell(first, row, EXTRACT_FILE)) != 0 ||
            !rk_text_integer(cell(&table, row, EXTRACT_ROWS), &number))
            return rk_fail(rows->run->diag, RK_WORLD, RK_AT(table.path, row + 2, 0),
                           "is another row than in the first part; run this part again");
        if (part < merge_part_count(rows, source)) sums[row] += number;
    }
    return RK_OK;
}

rk_status merge_extracts(const struct merge_rows *rows)
{
    struct rk_csv_writer writer = {.file = rk_out_open(rows->out, "extracts.csv")};
    struct rk_csv_table first;
    long *sums;

    if (!writer.file) return RK_WORLD;
    RK_TRY(read_extracts(rows, 0, &first));
    sums = RK_ARRAY(rows->run->arena, long, first.rows + 1);
    for (size_t part = 0; part < rows->parts->count; part++)
        RK_TRY(add_extracts(rows, part, &first, sums));
    for (size_t column = 0; column < first.columns; column++)
        rk_csv_cell(&writer, first.names[column]);
    rk_csv_end(&writer);
    for (size_t row = 0; row < first.rows; row++) {
        for (size_t column = 0; column < EXTRACT_ROWS; column++)
            rk_csv_cell(&writer, cell(&first, row, column));
        rk_csv_long(&writer, sums[row]);
        rk_csv_end(&writer);
    }
    return RK_OK;
}
