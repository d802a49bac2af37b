// SPDX-License-Identifier: MIT
#include "pipeline/clean/clean_stage.h"

#include "pipeline/base/rk_progress.h"
#include "pipeline/base/rk_text.h"
#include "pipeline/clean/clean_batch.h"
#include "pipeline/clean/clean_drift.h"
#include "pipeline/clean/clean_fetch.h"
#include "pipeline/clean/clean_field.h"
#include "pipeline/clean/clean_file.h"
#include "pipeline/clean/clean_input.h"
#include "pipeline/clean/clean_ledger.h"
#include "pipeline/clean/clean_cells.h"
#include "pipeline/clean/clean_mended.h"
#include "pipeline/clean/clean_replay.h"
#include "pipeline/clean/clean_rules.h"
#include "pipeline/contract/package.h"

#include <assert.h>
#include <string.h>
#include <sys/stat.h>

/* The stage: what its sources share. */
struct stage {
    struct rk_run *run;
    const struct study *study;
    struct rk_out *out;
    struct clean_ledger *ledger;
    struct clean_replay *replay;
    struct rk_arena *scratch;
    struct flow flow;
    struct rk_csv_writer part; /* of a part: what `reckon merge` asks about it */
    rk_status worst;
};

static void worse(struct clean_source *source, rk_status status)
{
    source->worst = status > source->worst ? status : source->worst;
}

/* ---- the order of day and month ---- */

static const char *either_lines(const struct clean_source *source,
                                const struct clean_column *column)
{
    struct rk_arena *arena = source->run->arena;
    const char *text = "";

    for (long i = 0; i < column->either && i < EITHER_LISTED; i++)
        text = rk_arena_printf(arena, "%s%s%ld", text, i ? ", " : "", column->either_lines[i]);
    return column->either > EITHER_LISTED ? rk_arena_printf(arena, "%s, ...", text) : text;
}

static void settle_order(struct clean_source *source, struct clean_column *column)
{
    if (column->day_first && column->month_first)
        column->order = ORDER_MIXED;
    else if (column->day_first || column->month_first)
        column->order = column->day_first ? ORDER_DAY_FIRST : ORDER_MONTH_FIRST;
    else
        column->order = ORDER_DAY_FIRST;
    if (!column->either) return;
    if (column->order == ORDER_MIXED)
        rk_diag_say(
            source->run->diag, RK_DIAG_WARNING, column->first_either,
            "%s has dates with the day first (%ld) and with the month first (%ld); %ld "
            "that could be either are emptied",
            column->declared->name, column->day_first, column->month_first, column->either);
    else if (!column->day_first && !column->month_first)
        worse(source,
              rk_fail(source->run->diag, RK_STUDY, column->first_either,
                      "%s: nothing in the column proves whether the day or the month "
                      "comes first (%ld dates could be either, on the lines %s); take one of "
                      "the two out of \"formats\"",
                      column->declared->name, column->either, either_lines(source, column)));
    else
        rk_diag_say(source->run->diag, RK_DIAG_NOTE, column->first_either,
                    "%s: the %s comes first, as the column proves (dates that do: %ld)",
                    column->declared->name, column->day_first ? "day" : "month",
                    column->day_first + column->month_first);
}

static void prove_orders(struct clean_source *source, const struct clean_inputs *inputs)
{
    bool any = false;

    for (size_t i = 0; i < source->count; i++)
        any = any || source->columns[i].both_orders;
    for (size_t i = 0; any && i < inputs->count && source->worst == RK_OK; i++) {
        source->input = &inputs->list[i];
        worse(source, clean_file_prove(source));
    }
    for (size_t i = 0; any && i < source->count && source->worst == RK_OK; i++)
        if (source->columns[i].both_orders) settle_order(source, &source->columns[i]);
}

/* ---- one source ---- */

/* SOURCE.csv and SOURCE.columns. */
static rk_status open_kept(struct stage *stage, struct clean_source *source)
{
    const struct study_column **columns =
        RK_ARRAY(stage->run->arena, const struct study_column *, source->count + 1);
    const struct frame_writer_options options = {.out = stage->out,
                                                 .name = source->source->name,
                                                 .columns = columns,
                                                 .count = source->count};

    for (size_t i = 0; i < source->count; i++)
        columns[i] = source->columns[i].declared;
    return frame_writer_open(stage->run, &options, &source->kept);
}

/* Which of its rows the part in hand reads. */
static void open_part(struct clean_source *source)
{
    const struct run_part *part = source->run->part;
    const char *name = part ? part_column(part, source->source) : NULL;

    if (!part) return;
    source->reading = part_reading(part, source->source);
    for (size_t i = 0; name && i < source->count; i++)
        if (strcmp(source->columns[i].declared->name, name) == 0) source->owner = i;
}

static rk_status open_source(struct stage *stage, const struct study_source *study,
                             struct clean_source *source)
{
    struct rk_arena *arena = stage->run->arena;

    *source = (struct clean_source){
        .run = stage->run,
        .study = stage->study,
        .source = study,
        .out = stage->out,
        .ledger = stage->ledger,
        .replay = stage->replay,
        .scratch = stage->scratch,
        .count = study->column_count,
        .cells = RK_ARRAY(arena, struct clean_cell, study->column_count + 1)};
    clean_field_all(source);
    open_part(source);
    RK_TRY(clean_rules_init(source));
    RK_TRY(clean_mended_read(source));
    RK_TRY(clean_cells_read(source));
    return open_kept(stage, source);
}

static long add_flow(struct stage *stage, const struct clean_source *source)
{
    const struct study_source *study = source->source;
    struct flow *flow = &stage->flow;
    long broken = 0, excluded = 0;

    for (int i = 0; i < BREAKS; i++)
        broken += source->broken[i];
    for (size_t i = 0; i < study->exclusion_count; i++)
        excluded += source->exclusions[i].rows;
    flow_add(flow, study->name, "read", "", "rows of the extract", source->read);
    flow_add(flow, study->name, "set_aside", "", "rows that cannot be read", broken);
    for (int i = 0; i < BREAKS; i++)
        if (source->broken[i] || stage->run->part) /* `reckon merge` adds what all parts have */
            flow_add(flow, study->name, "set_aside", clean_break_code((enum clean_break)i),
                     clean_break_reason((enum clean_break)i), source->broken[i]);
    flow_add(flow, study->name, "excluded", "", "rows excluded by the study", excluded);
    for (size_t i = 0; i < study->exclusion_count; i++)
        flow_add(flow, study->name, "excluded", study->exclusions[i].code,
                 study->exclusions[i].reason, source->exclusions[i].rows);
    flow_add(flow, study->name, "kept", "", "rows kept by clean", source->kept_rows);
    assert(source->read == source->kept_rows + broken + excluded && "no row is lost");
    return broken + excluded;
}

static const char *reasons(const struct clean_source *source)
{
    struct rk_arena *arena = source->run->arena;
    const char *text = "";

    for (int i = 0; i < BREAKS; i++)
        if (source->broken[i])
            text =
                rk_arena_printf(arena, "%s%s%ld %s", text, *text ? ", " : " (",
                                source->broken[i], clean_break_reason((enum clean_break)i));
    for (size_t i = 0; i < source->source->exclusion_count; i++)
        if (source->exclusions[i].rows)
            text = rk_arena_printf(arena, "%s%s%ld %s", text, *text ? ", " : " (",
                                   source->exclusions[i].rows,
                                   source->source->exclusions[i].reason);
    return *text ? rk_arena_printf(arena, "%s)", text) : "";
}

static const char *by_hand(const struct clean_source *source)
{
    struct rk_arena *arena = source->run->arena;
    long rows = source->mended_rows, cells = source->mended_cells;
    const char *text =
        rows ? rk_arena_printf(arena, "%ld %s", rows, rows == 1 ? "row" : "rows") : "";

    if (cells)
        text = rk_arena_printf(arena, "%s%s%ld %s", text, rows ? " and " : "", cells,
                               cells == 1 ? "cell" : "cells");
    return *text ? rk_arena_printf(arena, "; %s mended by hand", text) : "";
}

static void report(struct stage *stage, const struct clean_source *source)
{
    long away = add_flow(stage, source);
    long repaired = 0, emptied = 0;

    for (size_t i = 0; i < source->count; i++) {
        repaired += source->counts[i].repaired;
        emptied += source->counts[i].invalid;
    }
    rk_run_report(
        stage->run, "clean",
        "%-12s %ld read, %ld kept, %ld set aside%s; %ld cells mended, %ld emptied%s",
        source->source->name, source->read, source->kept_rows, away, reasons(source),
        repaired, emptied, by_hand(source));
}

/* What there is to read, for the time left; of a workbook it is not known. */
static double bytes_of(const struct clean_inputs *inputs)
{
    struct stat info;
    double bytes = 0;

    for (size_t i = 0; i < inputs->count; i++)
        if (stat(inputs->list[i].path, &info) == 0) bytes += (double)info.st_size;
    return bytes;
}

static rk_status read_inputs(struct clean_source *source, const struct clean_inputs *inputs)
{
    prove_orders(source, inputs);
    if (source->worst != RK_OK) return source->worst;
    rk_progress_begin("clean", source->source->name, "rows", bytes_of(inputs));
    source->batches = clean_batches_open(source, bytes_of(inputs));
    for (size_t i = 0; i < inputs->count; i++) {
        source->input = &inputs->list[i];
        worse(source, clean_file_read(source));
    }
    if (source->batches) clean_batches_close(source->batches);
    rk_progress_end();
    clean_code_report(source);
    clean_mended_report(source);
    clean_cells_report(source);
    clean_drift_report(source);
    return source->worst;
}

/* part.csv: where in ledger.csv the rows of a source end. */
static void put_part(struct stage *stage, const struct study_source *study)
{
    if (!stage->part.file) return;
    rk_csv_cell(&stage->part, study->name);
    rk_csv_long(&stage->part, clean_replay_bytes(stage->replay));
    rk_csv_end(&stage->part);
}

static rk_status clean_source(struct stage *stage, const struct study_source *study)
{
    struct clean_source source;
    struct clean_inputs inputs;
    rk_status status, closed;

    RK_TRY(open_source(stage, study, &source));
    status = clean_inputs_find(&source, &inputs);
    if (status == RK_OK) status = read_inputs(&source, &inputs);
    closed = frame_writer_close(source.kept);
    if (status == RK_OK) status = closed;
    if (status == RK_OK) report(stage, &source);
    put_part(stage, study);
    return status;
}

/* ---- datapackage.json ---- */

static const char *const type_words[] = {
    [COLUMN_ID] = "string",       [COLUMN_DATE] = "date",     [COLUMN_CODE] = "string",
    [COLUMN_INTEGER] = "integer", [COLUMN_NUMBER] = "number", [COLUMN_TEXT] = "string",
};

static struct package_table source_table(struct rk_arena *arena,
                                         const struct study_source *source)
{
    struct package_field *fields =
        RK_ARRAY(arena, struct package_field, source->column_count + 1);

    fields[0] = (struct package_field){
        .name = "file_line", .type = "string", .description = "row of the extract"};
    for (size_t i = 0; i < source->column_count; i++) {
        const struct study_column *column = &source->columns[i];
        bool codes = column->type == COLUMN_CODE;

        fields[i + 1] =
            (struct package_field){.name = column->name,
                                   .type = type_words[column->type],
                                   .description = column->label,
                                   .values = codes ? column->codes->codes : NULL,
                                   .value_count = codes ? column->codes->count : 0};
    }
    return (struct package_table){.name = source->name,
                                  .path = rk_arena_printf(arena, "%s.csv", source->name),
                                  .description = source->label,
                                  .fields = fields,
                                  .count = source->column_count + 1,
                                  .key = "file_line"};
}

static const struct package_field issue_fields[] = {
    {.name = "file",                .type = "string"   },
    {.name = "line",                .type = "integer"  },
    {.name = "column",              .type = "string",    .description = "empty: the row"},
    {.name = "source",                             .type = "string"                                },
    {.name = "rule",                             .type = "string"  },
    {.name = "old",                             .type = "string",                                  .description = "as it stood"},
    {.name = "new", .type = "string",.description = "empty: emptied"},
    {.name = "what",             .type = "string"              },
};
static const struct package_table issue_table = {.name = "issues",
                                                 .path = "issues.csv",
                                                 .fields = issue_fields,
                                                 .count = sizeof issue_fields /
                                                          sizeof *issue_fields};

static const struct package_field ledger_fields[] = {
    {.name = "file", .type = "string"},
    {.name = "line", .type = "integer"},
    {.name = "column", .type = "string"},
    {.name = "old", .type = "string", .description = "byte for byte as it stood"},
};
static const struct package_table ledger_table = {
    .name = "ledger",
    .path = "ledger.csv",
    .description = "cells that are not the usual form of what was made of them",
    .fields = ledger_fields,
    .count = sizeof ledger_fields / sizeof *ledger_fields};

static const struct package_field heading_fields[] = {
    {.name = "file", .type = "string"},      {.name = "source", .type = "string"},
    {.name = "column", .type = "string"},    {.name = "position", .type = "integer"},
    {.name = "heading", .type = "string"},
};
static const struct package_table heading_table = {
    .name = "headings",
    .path = "headings.csv",
    .description = "which heading of which table is which column",
    .fields = heading_fields,
    .count = sizeof heading_fields / sizeof *heading_fields};

static const struct package_field extract_fields[] = {
    {.name = "file",        .type = "string" },
    {.name = "source",      .type = "string" },
    {.name = "read_as",     .type = "string",  .description = "encoding, its proof, separator"},
    {.name = "header_line", .type = "integer"},
    {.name = "columns",     .type = "integer"},
    {.name = "rows",        .type = "integer"},
};
static const struct package_table extract_table = {.name = "extracts",
                                                   .path = "extracts.csv",
                                                   .fields = extract_fields,
                                                   .count = sizeof extract_fields /
                                                            sizeof *extract_fields};

static rk_status describe(struct stage *stage)
{
    const struct study *study = stage->study;
    struct rk_arena *arena = stage->run->arena;
    struct package_table *tables =
        RK_ARRAY(arena, struct package_table, study->source_count + 5);

    for (size_t i = 0; i < study->source_count; i++)
        tables[i] = source_table(arena, &study->sources[i]);
    tables[study->source_count] = issue_table;
    tables[study->source_count + 1] = package_flow;
    tables[study->source_count + 2] = ledger_table;
    tables[study->source_count + 3] = heading_table;
    tables[study->source_count + 4] = extract_table;
    return package_write(stage->out, rk_arena_printf(arena, "%s-10-clean", study->name),
                         rk_arena_printf(arena, "%s: cleaned extracts", study->title),
                         tables, study->source_count + 5);
}

/* ---- the stage ---- */

static rk_status write_flow(struct stage *stage)
{
    struct rk_csv_writer writer = {.file = rk_out_open(stage->out, "flow.csv")};

    if (!writer.file) return RK_WORLD;
    flow_write(&stage->flow, &writer);
    return RK_OK;
}

static rk_status open_part_file(struct stage *stage)
{
    stage->part.file = rk_out_open(stage->out, "part.csv");
    if (!stage->part.file) return RK_WORLD;
    rk_csv_cell(&stage->part, "source");
    rk_csv_cell(&stage->part, "ledger_end");
    rk_csv_end(&stage->part);
    return RK_OK;
}

/* To find out who is who no other source is needed. */
static bool is_wanted(const struct stage *stage, const struct study_source *source)
{
    return !stage->run->part || !stage->run->part->people_only || source == stage->study->people;
}

static rk_status clean_all(struct stage *stage)
{
    const struct study *study = stage->study;

    RK_TRY(clean_ledger_open(stage->run, stage->out, &stage->ledger));
    RK_TRY(clean_replay_open(stage->run, stage->out, &stage->replay));
    if (stage->run->part) RK_TRY(open_part_file(stage));
    for (size_t i = 0; i < study->source_count; i++) {
        rk_status status = is_wanted(stage, &study->sources[i])
                               ? clean_source(stage, &study->sources[i])
                               : RK_OK;

        stage->worst = status > stage->worst ? status : stage->worst;
    }
    RK_TRY(stage->worst);
    RK_TRY(write_flow(stage));
    return describe(stage);
}

static rk_status check_folder(struct rk_run *run, const struct study *study)
{
    struct stat info;
    bool files = false;

    for (size_t i = 0; i < study->source_count; i++)
        files = files || !study->sources[i].database;
    if (!files) return RK_OK;
    if (stat(study->data_dir, &info) == 0 && S_ISDIR(info.st_mode)) return RK_OK;
    return rk_fail(
        run->diag, RK_WORLD, RK_NOWHERE,
        "there is no folder of extracts %s; the study's key \"data\" or --data DIR says "
        "where it is",
        study->data_dir);
}

static rk_status work(struct rk_run *run)
{
    struct stage stage = {.run = run, .flow = {.arena = run->arena}};
    rk_status status;

    RK_TRY(study_open(run, &stage.study));
    RK_TRY(check_folder(run, stage.study));
    RK_TRY(clean_fetch(run));
    RK_TRY(rk_out_begin(run->arena, run->diag, rk_run_path(run, "10-clean", NULL), true,
                        &stage.out));
    stage.scratch = rk_arena_new();
    status = clean_all(&stage);
    rk_arena_free(stage.scratch);
    if (status == RK_OK) return rk_out_commit(stage.out);
    rk_out_abandon(stage.out);
    return status;
}

const struct rk_stage clean_stage = {
    .name = "clean",
    .summary =
        "reads the extracts: types, codes, dates, encodings; writes down every repair",
    .reads = "the extracts of the study's data folder (or --data DIR)",
    .writes = "OUT/10-clean",
    .examples =
        "  reckon-clean config/working-well -o out\n"
        "  reckon-clean config/working-well --data extracts-september -o out\n"
        "  reckon-clean --dump extracts/reviews.csv      the cells as they are read\n",
    .work = work,
};
