// SPDX-License-Identifier: MIT
#include "pipeline/quality/quality_priv.h"

#include "pipeline/base/rk_number.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

/* What a former run says of one thing: "completeness\tsource\tcolumn\t" to a number. */
struct former {
    struct rk_map *keys;
    double *values;
    size_t cap;
};

static const char *key_of(struct rk_arena *arena, const char *what, const char *source,
                          const char *name, const char *rule)
{
    return rk_arena_printf(arena, "%s\t%s\t%s\t%s", what, source, name, rule);
}

static void note(struct quality *quality, struct former *former, const char *key,
                 const char *number)
{
    size_t known = rk_map_count(former->keys), at = rk_map_add(former->keys, key);

    if (at == known) RK_ROOM(quality->arena, former->values, at, former->cap);
    if (!rk_text_number(number, &former->values[at])) former->values[at] = NAN;
}

/* Columns of a former file by name; a cell that it lacks is "". */
static const char *cell(const struct rk_csv_table *csv, size_t row, const char *name)
{
    long at = rk_csv_column(csv, name);

    return at < 0 ? "" : csv->cells[row * csv->columns + (size_t)at];
}

static rk_status read_former(struct quality *quality, const char *file,
                             struct rk_csv_table *csv)
{
    const char *path =
        rk_arena_printf(quality->arena, "%s/25-quality/%s", quality->run->former, file);

    if (access(path, R_OK) != 0)
        return rk_fail(
            quality->run->diag, RK_WORLD, RK_AT(path, 0, 0),
            "is not there; --former is the OUT of an earlier run in which reckon "
            "quality has run, too");
    return rk_csv_table_read(quality->arena, quality->run->diag, path, csv);
}

static rk_status read_all(struct quality *quality, struct former *former)
{
    struct rk_arena *arena = quality->arena;
    struct rk_csv_table csv;

    RK_TRY(read_former(quality, "completeness.csv", &csv));
    for (size_t r = 0; r < csv.rows; r++)
        if (strcmp(cell(&csv, r, "area"), "all") == 0)
            note(quality, former,
                 key_of(arena, "completeness", cell(&csv, r, "source"),
                        cell(&csv, r, "column"), ""),
                 cell(&csv, r, "percent"));
    RK_TRY(read_former(quality, "rows.csv", &csv));
    for (size_t r = 0; r < csv.rows; r++)
        if (!*cell(&csv, r, "code"))
            note(quality, former,
                 key_of(arena, "rows", cell(&csv, r, "source"), cell(&csv, r, "step"), ""),
                 cell(&csv, r, "rows"));
    RK_TRY(read_former(quality, "repairs.csv", &csv));
    for (size_t r = 0; r < csv.rows; r++)
        note(quality, former,
             key_of(arena, cell(&csv, r, "became"), cell(&csv, r, "source"),
                    cell(&csv, r, "column"), cell(&csv, r, "rule")),
             cell(&csv, r, "cells"));
    RK_TRY(read_former(quality, "checks.csv", &csv));
    for (size_t r = 0; r < csv.rows; r++)
        if (strcmp(cell(&csv, r, "area"), "all") == 0)
            note(quality, former,
                 key_of(arena, "check", cell(&csv, r, "source"), "", cell(&csv, r, "rule")),
                 cell(&csv, r, "rows"));
    return RK_OK;
}

/* `absent`: what no mention then means: 0 for counts. */
static void add(struct quality *quality, const struct former *former, const char *what,
                const char *source, const char *name, const char *rule, double now,
                double absent)
{
    long at = rk_map_find(former->keys, key_of(quality->arena, what, source, name, rule));
    double then = at < 0 ? absent : former->values[at];

    RK_ROOM(quality->arena, quality->changes, quality->change_count, quality->change_cap);
    quality->changes[quality->change_count++] =
        (struct quality_change){what, source, name, rule, then, now};
}

rk_status quality_compare(struct quality *quality)
{
    struct former former = {.keys = rk_map_new(quality->arena)};

    if (!quality->run->former) return RK_OK;
    RK_TRY(read_all(quality, &former));
    for (size_t i = 0; i < quality->flow.count; i++)
        if (!*quality->flow.steps[i].code)
            add(quality, &former, "rows", quality->flow.steps[i].source,
                quality->flow.steps[i].step, "", (double)quality->flow.steps[i].rows, NAN);
    for (size_t i = 0; i < quality->column_count; i++) {
        const struct quality_column *column = &quality->columns[i];
        const struct quality_fill *fill = &column->areas[quality->all];

        if (fill->rows)
            add(quality, &former, "completeness", column->source->name,
                column->column->name, "",
                100.0 * (double)fill->answered / (double)fill->rows, NAN);
    }
    for (size_t i = 0; i < quality->repair_count; i++)
        add(quality, &former, quality->repairs[i].emptied ? "emptied" : "mended",
            quality->repairs[i].source->name, quality->repairs[i].column,
            quality->repairs[i].rule, (double)quality->repairs[i].cells, 0);
    for (size_t i = 0; i < quality->check_count; i++)
        add(quality, &former, "check", quality->checks[i].source->name, "",
            quality->checks[i].rule, (double)quality->checks[i].areas[quality->all], 0);
    return RK_OK;
}
