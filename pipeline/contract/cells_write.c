// SPDX-License-Identifier: MIT
#include "pipeline/contract/cells_priv.h"

#include "pipeline/base/rk_csv.h"
#include "pipeline/base/rk_out.h"
#include "pipeline/contract/contract_priv.h"
#include "pipeline/contract/manifest.h"
#include "pipeline/contract/package.h"

#include <stdlib.h>
#include <string.h>

static const struct package_field cell_fields[] = {
    {.name = "cell",         .type = "string",  .description = "result.row.column.measure"       },
    {.name = "result",       .type = "string",  .description = "name of the result in study.yaml"},
    {.name = "row",          .type = "string",  .description = "code; all for a margin"          },
    {.name = "column",       .type = "string",  .description = "code; all for a margin"          },
    {.name = "measure",
     .type = "string",
     .description = "count, percent, mean, points, ..."                                          },
    {.name = "row_label",    .type = "string",  .description = "as printed"                      },
    {.name = "column_label", .type = "string",  .description = "as printed"                      },
    {.name = "unit",         .type = "string",  .description = "of value, low and high"          },
    {.name = "value",        .type = "number",  .description = "unrounded"                       },
    {.name = "low",          .type = "number",  .description = "lower confidence limit"          },
    {.name = "high",         .type = "number",  .description = "upper confidence limit"          },
    {.name = "level",        .type = "number",  .description = "of the interval, 0.95"           },
    {.name = "numerator",    .type = "integer", .description = "how many"                        },
    {.name = "base",         .type = "integer", .description = "of how many"                     },
    {.name = "base_id",      .type = "string",  .description = "of whom: a row of bases.csv"     },
    {.name = "method",       .type = "string",  .description = "key of stats/BIBLIOGRAPHY.md"    },
    {.name = "mark",
     .type = "string",
     .description = "c masked, ci interval masked, low small base, z not applicable, x not available"                },
    {.name = "row_order",    .type = "integer", .description = "place among the rows"            },
    {.name = "column_order", .type = "integer", .description = "place among the columns"         },
};
const struct package_table package_cells = {
    .name = "cells",
    .path = "cells.csv",
    .description = "one row per number of the report",
    .fields = cell_fields,
    .count = sizeof cell_fields / sizeof *cell_fields,
    .key = "cell",
};

static const struct package_field base_fields[] = {
    {.name = "base_id",  .type = "string"                             },
    { .name = "unit",  .type = "string",           .description = "clients or records"},
    { .name = "n", .type = "integer",           .description = "empty where masked"},
    { .name = "sentence",  .type = "string",                      .description = "of whom"},
    { .name = "parent",  .type = "string",       .description = "the base it is part of"},
    { .name = "rule",  .type = "string", .description = "what made it from its parent"},
};
const struct package_table package_bases = {
    .name = "bases",
    .path = "bases.csv",
    .description = "of whom the numbers are",
    .fields = base_fields,
    .count = sizeof base_fields / sizeof *base_fields,
    .key = "base_id",
};

static const struct package_field quantity_fields[] = {
    {.name = "quantity", .type = "string",                         .description = "who was counted"},
    {.name = "value",    .type = "integer"                       },
    {.name = "open",
     .type = "boolean",
     .description = "may be published whatever its size"                                },
    {.name = "stage",  .type = "string", .description = "which stages counted it"         },
    {.name = "people", .type = "integer", .description = "whose records they are, when those are fewer"},
};
static const struct package_field sum_fields[] = {
    {.name = "sum",                .type = "integer",            .description = "rows of one number are one sum"},
    {.name = "total",                            .type = "string",                                          .description = "a quantity"},
    {.name = "part",
     .type = "string",
     .description = "a quantity; the parts add up to the total"},
    {.name = "stage",             .type = "string"},
};
static const struct package_field link_fields[] = {
    {.name = "cell",    .type = "string"                              },
    { .name = "quantity", .type = "string", .description = "what the cell would give away"},
    { .name = "part", .type = "string", .description = "of the cell: value or interval"},
};
static const struct package_field stage_fields[] = {
    {.name = "result",  .type = "string"                     },
    { .name = "stage", .type = "string", .description = "which stage wrote it"},
};

#define TABLE(name_, fields_, key_)                               \
    {                                                             \
        .name = name_, .path = name_ ".csv", .fields = fields_,   \
        .count = sizeof(fields_) / sizeof *(fields_), .key = key_ \
    }
static const struct package_table true_tables[] = {
    TABLE("quantities", quantity_fields, "quantity"),
    TABLE("sums", sum_fields, NULL),
    TABLE("links", link_fields, NULL),
    TABLE("stages", stage_fields, "result"),
};

static rk_status begin(struct rk_out *out, const struct package_table *table,
                       struct rk_csv_writer *writer)
{
    *writer = (struct rk_csv_writer){.file = rk_out_open(out, table->path)};
    if (!writer->file) return RK_WORLD;
    for (size_t i = 0; i < table->count; i++)
        rk_csv_cell(writer, table->fields[i].name);
    rk_csv_end(writer);
    return RK_OK;
}

/* A row to be written where its key puts it. */
struct keyed {
    const char *key;
    const void *row;
};

static int by_key(const void *a, const void *b)
{
    const struct keyed *left = a;
    const struct keyed *right = b;

    return strcmp(left->key, right->key);
}

/* Rows of `size` bytes that begin with a `const char *`, in the order of that text. */
static struct keyed *sorted(struct rk_arena *arena, const void *rows, size_t count,
                            size_t size)
{
    struct keyed *order = RK_ARRAY(arena, struct keyed, count + 1);

    for (size_t i = 0; i < count; i++) {
        order[i].row = (const char *)rows + i * size;
        memcpy(&order[i].key, order[i].row, sizeof order[i].key);
    }
    qsort(order, count, sizeof *order, by_key);
    return order;
}

static void put_count(struct rk_csv_writer *writer, long value)
{
    if (value < 0)
        rk_csv_cell(writer, "");
    else
        rk_csv_long(writer, value);
}

static void put_cell(struct rk_csv_writer *writer, const struct cell *cell)
{
    const char *const texts[] = {
        cell->id,      cell->result,    cell->row,          cell->column,
        cell->measure, cell->row_label, cell->column_label, cell_unit_name(cell->unit)};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        rk_csv_label(writer, texts[i]);
    rk_csv_double(writer, cell->value);
    rk_csv_double(writer, cell->low);
    rk_csv_double(writer, cell->high);
    rk_csv_double(writer, cell->level);
    put_count(writer, cell->numerator);
    put_count(writer, cell->base);
    rk_csv_cell(writer, cell->base_id);
    rk_csv_cell(writer, cell->method);
    rk_csv_cell(writer, cell_mark_name(cell->mark));
    rk_csv_long(writer, cell->row_order);
    rk_csv_long(writer, cell->column_order);
    rk_csv_end(writer);
}

static rk_status write_cells(const struct results *results, struct rk_out *out)
{
    struct keyed *order =
        sorted(results->arena, results->cells, results->cell_count, sizeof *results->cells);
    struct rk_csv_writer writer;

    RK_TRY(begin(out, &package_cells, &writer));
    for (size_t i = 0; i < results->cell_count; i++)
        put_cell(&writer, order[i].row);
    return RK_OK;
}

static rk_status write_bases(const struct results *results, struct rk_out *out)
{
    struct keyed *order =
        sorted(results->arena, results->bases, results->base_count, sizeof *results->bases);
    struct rk_csv_writer writer;

    RK_TRY(begin(out, &package_bases, &writer));
    for (size_t i = 0; i < results->base_count; i++) {
        const struct base *base = order[i].row;

        rk_csv_cell(&writer, base->id);
        rk_csv_cell(&writer, base->unit);
        put_count(&writer, base->n);
        rk_csv_label(&writer, base->sentence);
        rk_csv_cell(&writer, base->parent);
        rk_csv_cell(&writer, base->rule);
        rk_csv_end(&writer);
    }
    return RK_OK;
}

rk_status results_write_public(struct rk_run *run, const struct results *results,
                               struct rk_out *out)
{
    (void)run;
    RK_TRY(write_cells(results, out));
    return write_bases(results, out);
}

static const char *stage_text(unsigned bits)
{
    static const char *const texts[] = {"",       "tabulate",        "change",
                                        "tabulate change", "effect", "tabulate effect",
                                        "change effect",   "tabulate change effect"};

    return texts[bits & 7];
}

static rk_status write_quantities(const struct results *results, struct rk_out *out)
{
    struct keyed *order = sorted(results->arena, results->quantities,
                                 results->quantity_count, sizeof *results->quantities);
    struct rk_csv_writer writer;

    RK_TRY(begin(out, &true_tables[0], &writer));
    for (size_t i = 0; i < results->quantity_count; i++) {
        const struct quantity *quantity = order[i].row;

        rk_csv_cell(&writer, quantity->id);
        rk_csv_long(&writer, quantity->value);
        rk_csv_cell(&writer, quantity->open ? "true" : "false");
        rk_csv_cell(&writer, stage_text(quantity->stages));
        if (quantity->people < quantity->value)
            rk_csv_long(&writer, quantity->people);
        else
            rk_csv_cell(&writer, "");
        rk_csv_end(&writer);
    }
    return RK_OK;
}

static void put_sum(struct rk_csv_writer *writer, long number, const struct sum *sum)
{
    for (size_t i = 0; i < sum->count; i++) {
        rk_csv_long(writer, number);
        rk_csv_cell(writer, sum->total);
        rk_csv_cell(writer, sum->parts[i]);
        rk_csv_cell(writer, stage_text(sum->stages));
        rk_csv_end(writer);
    }
}

static rk_status write_sums(const struct results *results, struct rk_out *out)
{
    struct keyed *order = RK_ARRAY(results->arena, struct keyed, results->sum_count + 1);
    struct rk_csv_writer writer;
    long number = 0;

    RK_TRY(begin(out, &true_tables[1], &writer));
    for (size_t i = 0; i < results->sum_count; i++)
        order[i] = (struct keyed){results_sum_key(results->arena, &results->sums[i]),
                                  &results->sums[i]};
    qsort(order, results->sum_count, sizeof *order, by_key);
    for (size_t i = 0; i < results->sum_count; i++)
        if (i == 0 || strcmp(order[i].key, order[i - 1].key) != 0)
            put_sum(&writer, ++number, order[i].row);
    return RK_OK;
}

static int by_link(const void *a, const void *b)
{
    const struct cell_link *left = a;
    const struct cell_link *right = b;
    int order = strcmp(left->cell, right->cell);

    if (!order) order = strcmp(left->quantity, right->quantity);
    return order ? order : (int)left->part - (int)right->part;
}

/* What a value gives away the interval need not. */
static bool same_link(const struct cell_link *a, const struct cell_link *b)
{
    return strcmp(a->cell, b->cell) == 0 && strcmp(a->quantity, b->quantity) == 0;
}

static rk_status write_links(const struct results *results, struct rk_out *out)
{
    struct cell_link *links =
        RK_ARRAY(results->arena, struct cell_link, results->link_count + 1);
    struct rk_csv_writer writer;

    RK_TRY(begin(out, &true_tables[2], &writer));
    for (size_t i = 0; i < results->link_count; i++)
        links[i] = results->links[i];
    qsort(links, results->link_count, sizeof *links, by_link);
    for (size_t i = 0; i < results->link_count; i++) {
        if (i && same_link(&links[i], &links[i - 1])) continue;
        rk_csv_cell(&writer, links[i].cell);
        rk_csv_cell(&writer, links[i].quantity);
        rk_csv_cell(&writer, link_part_name(links[i].part));
        rk_csv_end(&writer);
    }
    return RK_OK;
}

static rk_status write_stages(const struct results *results, struct rk_out *out)
{
    struct keyed *order = sorted(results->arena, results->stages, results->stage_count,
                                 sizeof *results->stages);
    struct rk_csv_writer writer;

    RK_TRY(begin(out, &true_tables[3], &writer));
    for (size_t i = 0; i < results->stage_count; i++) {
        const struct result_stage *stage = order[i].row;

        rk_csv_cell(&writer, stage->result);
        rk_csv_cell(&writer, stage_text(stage->stage));
        rk_csv_end(&writer);
    }
    return RK_OK;
}

static rk_status write_all(struct rk_run *run, const struct results *results,
                           struct rk_out *out)
{
    const struct package_table tables[] = {package_cells,  package_bases,  true_tables[0],
                                           true_tables[1], true_tables[2], true_tables[3]};

    RK_TRY(results_write_public(run, results, out));
    RK_TRY(write_quantities(results, out));
    RK_TRY(write_sums(results, out));
    RK_TRY(write_links(results, out));
    RK_TRY(write_stages(results, out));
    return package_write(out, "results", "True results, not for publication", tables,
                         sizeof tables / sizeof *tables);
}

rk_status results_write(struct rk_run *run, const struct results *results, const char *stage)
{
    return results_write_onto(run, results, stage, NULL);
}

rk_status results_write_onto(struct rk_run *run, const struct results *results,
                             const char *stage, const struct results *there)
{
    const char *folder = run->of_many ? manifest_staged(run, "30-results") : "30-results";
    struct results *merged;
    struct rk_out *out;
    rk_status status;

    RK_TRY(results_merge(run, results, stage, there, &merged));
    RK_TRY(rk_out_begin(run->arena, run->diag, rk_run_path(run, folder, NULL), true,
                        &out));
    status = write_all(run, merged, out);
    if (status == RK_OK) return rk_out_commit(out);
    rk_out_abandon(out);
    return status;
}
