// SPDX-License-Identifier: MIT
#include "pipeline/quality/quality_priv.h"

#include "pipeline/contract/package.h"

#include <math.h>

/* One file of the folder: its columns, as the data package tells of them. */
struct sheet {
    struct package_table table;
    void (*write)(const struct quality *quality, struct rk_csv_writer *writer);
};

static void put_fills(const struct quality *quality, struct rk_csv_writer *writer)
{
    for (size_t i = 0; i < quality->column_count; i++)
        for (size_t area = 0; area <= quality->all; area++) {
            const struct quality_column *column = &quality->columns[i];
            const struct quality_fill *fill = &column->areas[area];

            if (!fill->rows) continue;
            rk_csv_cell(writer, column->source->name);
            rk_csv_cell(writer, column->column->name);
            rk_csv_cell(writer, column->column->label);
            rk_csv_cell(writer, quality_area_code(quality, area));
            rk_csv_long(writer, fill->rows);
            rk_csv_long(writer, fill->answered);
            rk_csv_double(writer, 100.0 * (double)fill->answered / (double)fill->rows);
            rk_csv_long(writer, fill->emptied);
            rk_csv_end(writer);
        }
}

static void put_repairs(const struct quality *quality, struct rk_csv_writer *writer)
{
    for (size_t i = 0; i < quality->repair_count; i++) {
        const struct quality_repair *repair = &quality->repairs[i];

        rk_csv_cell(writer, repair->source->name);
        rk_csv_cell(writer, repair->column);
        rk_csv_cell(writer, repair->rule);
        rk_csv_cell(writer, repair->emptied ? "emptied" : "mended");
        rk_csv_long(writer, repair->cells);
        rk_csv_end(writer);
    }
}

static void put_checks(const struct quality *quality, struct rk_csv_writer *writer)
{
    for (size_t i = 0; i < quality->check_count; i++)
        for (size_t area = 0; area <= quality->all; area++) {
            const struct quality_check *check = &quality->checks[i];

            if (!check->areas[area]) continue;
            rk_csv_cell(writer, check->source->name);
            rk_csv_cell(writer, check->rule);
            rk_csv_cell(writer, check->say);
            rk_csv_cell(writer, quality_area_code(quality, area));
            rk_csv_long(writer, check->areas[area]);
            rk_csv_end(writer);
        }
}

static void put_flow(const struct quality *quality, struct rk_csv_writer *writer)
{
    for (size_t i = 0; i < quality->flow.count; i++) {
        const struct flow_step *step = &quality->flow.steps[i];

        rk_csv_cell(writer, step->source);
        rk_csv_cell(writer, step->step);
        rk_csv_cell(writer, step->code);
        rk_csv_cell(writer, step->reason);
        rk_csv_long(writer, step->rows);
        rk_csv_end(writer);
    }
}

static void put_timings(const struct quality *quality, struct rk_csv_writer *writer)
{
    for (size_t i = 0; i < quality->timing_count; i++) {
        const struct quality_timing *timing = &quality->timings[i];

        rk_csv_cell(writer, timing->timing->source);
        rk_csv_cell(writer, timing->timing->from);
        rk_csv_cell(writer, timing->timing->to);
        rk_csv_cell(writer, quality_area_code(quality, timing->area));
        rk_csv_long(writer, timing->n);
        rk_csv_long(writer, timing->median);
        rk_csv_long(writer, timing->late);
        rk_csv_long(writer, timing->most);
        rk_csv_long(writer, timing->negative);
        rk_csv_end(writer);
    }
}

static void put_fixes(const struct quality *quality, struct rk_csv_writer *writer)
{
    for (size_t i = 0; i < quality->fix_count; i++) {
        const struct quality_fix *fix = &quality->fixes[i];

        rk_csv_cell(writer, quality_area_code(quality, fix->area));
        rk_csv_cell(writer, fix->person);
        rk_csv_cell(writer, fix->source);
        rk_csv_cell(writer, fix->file);
        rk_csv_long(writer, fix->line);
        rk_csv_cell(writer, fix->column);
        rk_csv_cell(writer, fix->rule);
        rk_csv_cell(writer, fix->what);
        rk_csv_end(writer);
    }
}

static void put_conflicts(const struct quality *quality, struct rk_csv_writer *writer)
{
    for (size_t i = 0; i < quality->conflict_count; i++) {
        const struct quality_conflict *conflict = &quality->conflicts[i];

        rk_csv_cell(writer, conflict->source->name);
        rk_csv_cell(writer, conflict->column);
        rk_csv_cell(writer, conflict->rule);
        rk_csv_cell(writer, conflict->what);
        rk_csv_long(writer, conflict->records);
        rk_csv_end(writer);
    }
}

static void put_changes(const struct quality *quality, struct rk_csv_writer *writer)
{
    for (size_t i = 0; i < quality->change_count; i++) {
        const struct quality_change *change = &quality->changes[i];

        rk_csv_cell(writer, change->what);
        rk_csv_cell(writer, change->source);
        rk_csv_cell(writer, change->name);
        rk_csv_cell(writer, change->rule);
        rk_csv_double(writer, change->then);
        rk_csv_double(writer, change->now);
        rk_csv_double(writer, change->now - change->then);
        rk_csv_end(writer);
    }
}

#define TEXT(column)                     \
    {                                    \
        .name = column, .type = "string" \
    }
#define NUMBER(column)                    \
    {                                     \
        .name = column, .type = "integer" \
    }
static const struct package_field fill_fields[] = {
    TEXT("source"),
    TEXT("column"),
    TEXT("label"),
    TEXT("area"),
    NUMBER("rows"),
    NUMBER("answered"),
    {.name = "percent", .type = "number"},
    NUMBER("emptied"),
};
static const struct package_field repair_fields[] = {
    TEXT("source"), TEXT("column"), TEXT("rule"), TEXT("became"), NUMBER("cells"),
};
static const struct package_field check_fields[] = {
    TEXT("source"), TEXT("rule"), TEXT("what"), TEXT("area"), NUMBER("rows"),
};
static const struct package_field conflict_fields[] = {
    TEXT("source"), TEXT("column"), TEXT("rule"), TEXT("what"), NUMBER("records"),
};
static const struct package_field flow_fields[] = {
    TEXT("source"), TEXT("step"), TEXT("code"), TEXT("reason"), NUMBER("rows"),
};
static const struct package_field timing_fields[] = {
    TEXT("source"),   TEXT("from"),        TEXT("to"),     TEXT("area"),       NUMBER("n"),
    NUMBER("median"), NUMBER("ninetieth"), NUMBER("most"), NUMBER("negative"),
};
static const struct package_field fix_fields[] = {
    TEXT("area"),   TEXT("person"), TEXT("source"), TEXT("file"),
    NUMBER("line"), TEXT("column"), TEXT("rule"),   TEXT("what"),
};
static const struct package_field change_fields[] = {
    TEXT("what"),
    TEXT("source"),
    TEXT("name"),
    TEXT("rule"),
    {.name = "then",   .type = "number"},
    {.name = "now",    .type = "number"},
    {.name = "change", .type = "number"},
};
#define SHEET(file, kind, put)                 \
    {                                          \
        {.name = file,                         \
         .path = file ".csv",                  \
         .fields = kind,                       \
         .count = sizeof kind / sizeof *kind}, \
            put                                \
    }
static const struct sheet sheets[] = {
    SHEET("completeness", fill_fields, put_fills),
    SHEET("repairs", repair_fields, put_repairs),
    SHEET("rows", flow_fields, put_flow),
    SHEET("checks", check_fields, put_checks),
    SHEET("conflicts", conflict_fields, put_conflicts),
    SHEET("timing", timing_fields, put_timings),
    SHEET("fixes", fix_fields, put_fixes),
    SHEET("changes", change_fields, put_changes),
};
enum { SHEETS = sizeof sheets / sizeof *sheets };

rk_status quality_write_csv(struct quality *quality, struct rk_out *out)
{
    struct package_table tables[SHEETS];

    for (size_t s = 0; s < SHEETS; s++) {
        struct rk_csv_writer writer = {.file = rk_out_open(out, sheets[s].table.path)};

        if (!writer.file) return RK_WORLD;
        for (size_t c = 0; c < sheets[s].table.count; c++)
            rk_csv_cell(&writer, sheets[s].table.fields[c].name);
        rk_csv_end(&writer);
        sheets[s].write(quality, &writer);
        tables[s] = sheets[s].table;
    }
    return package_write(
        out, rk_arena_printf(quality->arena, "%s-25-quality", quality->study->name),
        rk_arena_printf(quality->arena, "%s: quality of the data", quality->study->title),
        tables, SHEETS);
}
