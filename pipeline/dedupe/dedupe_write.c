// SPDX-License-Identifier: MIT
#include "pipeline/dedupe/dedupe_write.h"

#include "pipeline/base/rk_file.h"
#include "pipeline/base/rk_text.h"
#include "pipeline/contract/frame_store.h"
#include "pipeline/contract/package.h"
#include "pipeline/dedupe/dedupe_order.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

rk_status dedupe_write_begin(struct dedupe *stage, const char *file,
                             const char *const *names, struct rk_csv_writer *out)
{
    *out = (struct rk_csv_writer){.file = rk_out_open(stage->out, file)};
    if (!out->file) return RK_WORLD;
    for (; *names; names++)
        rk_csv_cell(out, *names);
    rk_csv_end(out);
    return RK_OK;
}

static void put_value(struct rk_csv_writer *writer, const struct frame_column *column,
                      size_t row)
{
    char text[32];

    if (column->text) {
        rk_csv_cell(writer, column->text[row] ? column->text[row] : "");
    } else if (column->number) {
        rk_csv_double(writer, column->number[row]);
    } else if (column->whole[row] == RK_NO_VALUE) {
        rk_csv_cell(writer, "");
    } else if (column->type == COLUMN_DATE) {
        rk_csv_cell(writer, rk_date_text(text, (long)column->whole[row]));
    } else if (column->type == COLUMN_CODE) {
        rk_csv_cell(writer, column->codes->codes[column->whole[row]]);
    } else {
        rk_csv_long(writer, (long)column->whole[row]);
    }
}

/* Who the people are, in their order: what a record's place among them holds for. */
static const char *people_hash_of(struct dedupe *stage)
{
    const struct frame_column *key;
    struct rk_hasher *hasher;

    if (*stage->people_hash) return stage->people_hash;
    key = frame_column(stage->people, stage->study->people->key);
    hasher = rk_hasher_new(stage->run->arena);
    for (size_t i = 0; i < stage->people->rows; i++)
        rk_hasher_add(hasher, key->text[i], strlen(key->text[i]) + 1);
    rk_hasher_hex(hasher, stage->people_hash);
    return stage->people_hash;
}

/* The columns of 20-people, in the order of the study. */
static size_t kept_columns(struct rk_arena *arena, const struct frame *frame,
                           const struct frame_column ***out)
{
    const struct study_source *source = frame->source;
    const struct frame_column **columns =
        RK_ARRAY(arena, const struct frame_column *,
                 source->column_count + source->derived_count + 1);
    size_t count = 0;

    for (size_t i = 0; i < source->column_count; i++)
        if (source->columns[i].kept)
            columns[count++] = frame_column(frame, source->columns[i].name);
    for (size_t i = 0; i < source->derived_count; i++)
        columns[count++] = frame_column(frame, source->derived[i].name);
    *out = columns;
    return count;
}

/* The same beside the CSV in numbers, for the stages to come; then both are closed. */
static rk_status write_columns(struct dedupe *stage, const char *name,
                               const struct rk_csv_writer *csv,
                               const struct frame_store_rows *rows)
{
    struct rk_arena *arena = rk_arena_new();
    const char *file = rk_arena_printf(arena, "%s.columns", name);
    FILE *out = rk_out_open(stage->out, file);
    char hash[65];
    rk_status status = RK_WORLD;

    if (out) {
        rk_out_hash(stage->out, csv->file, hash);
        frame_store_write(arena, out, rows, hash);
        status = rk_out_close(stage->out, csv->file);
        if (status == RK_OK) status = rk_out_close(stage->out, out);
    }
    rk_arena_free(arena);
    return status;
}

rk_status dedupe_write_rows(struct dedupe *stage, const char *name,
                            const struct frame *frame, const size_t *order, size_t count)
{
    struct rk_arena *arena = stage->run->arena;
    const struct frame_column **columns;
    size_t width = kept_columns(arena, frame, &columns);
    bool people = strcmp(name, "people") == 0;
    const struct frame_store_rows rows = {
        .frame = frame,
        .columns = columns,
        .width = width,
        .order = order,
        .count = count,
        .people = people_hash_of(stage),
        .linked = !people && (frame->source->link || frame == stage->people)};
    struct rk_csv_writer writer;
    const char *file = rk_arena_printf(arena, "%s.csv", name);

    writer = (struct rk_csv_writer){.file = rk_out_open_hashed(stage->out, file)};
    if (!writer.file) return RK_WORLD;
    rk_csv_cell(&writer, "file_line");
    for (size_t c = 0; c < width; c++)
        rk_csv_cell(&writer, columns[c]->name);
    rk_csv_end(&writer);
    for (size_t i = 0; i < count; i++) {
        rk_csv_cell(&writer, frame->file_line[order[i]]);
        for (size_t c = 0; c < width; c++)
            put_value(&writer, columns[c], order[i]);
        rk_csv_end(&writer);
    }
    return write_columns(stage, name, &writer, &rows);
}

static int by_content(const void *a, const void *b, void *rows)
{
    const size_t *left = a;
    const size_t *right = b;

    return dedupe_order(rows, *left, *right);
}

rk_status dedupe_write_source(const struct dedupe_rows *rows)
{
    size_t *order = RK_ARRAY(rows->run->arena, size_t, rows->frame->rows + 1);
    struct dedupe_rows sorted = *rows;
    size_t count = 0;

    for (size_t row = 0; row < rows->frame->rows; row++)
        if (rows->kept_in[row] == (int64_t)row && !rows->away[row]) order[count++] = row;
    qsort_r(order, count, sizeof *order, by_content, &sorted);
    return dedupe_write_rows(rows->stage, rows->source->name, rows->frame, order, count);
}

struct pair {
    const char *reference;
    int64_t person;
};

static int by_reference(const void *a, const void *b)
{
    const struct pair *left = a;
    const struct pair *right = b;

    return strcmp(left->reference, right->reference);
}

rk_status dedupe_write_keys(struct dedupe *stage)
{
    static const char *const names[] = {"reference", "person", NULL};
    const struct frame_column *key = frame_column(stage->people, stage->study->people->key);
    size_t count = rk_map_count(stage->references);
    struct pair *pairs = RK_ARRAY(stage->run->arena, struct pair, count + 1);
    struct rk_csv_writer writer;

    for (size_t i = 0; i < count; i++)
        pairs[i] = (struct pair){rk_map_key(stage->references, i), stage->person_of[i]};
    qsort(pairs, count, sizeof *pairs, by_reference);
    RK_TRY(dedupe_write_begin(stage, "keys.csv", names, &writer));
    for (size_t i = 0; i < count; i++) {
        rk_csv_cell(&writer, pairs[i].reference);
        rk_csv_cell(&writer, pairs[i].person < 0 ? "" : key->text[pairs[i].person]);
        rk_csv_end(&writer);
    }
    return RK_OK;
}

/* ---- datapackage.json ---- */

static const char *const type_words[] = {
    [COLUMN_ID] = "string",       [COLUMN_DATE] = "date",     [COLUMN_CODE] = "string",
    [COLUMN_INTEGER] = "integer", [COLUMN_NUMBER] = "number", [COLUMN_TEXT] = "string",
};

static void put_field(struct package_table *table, struct package_field *fields,
                      const struct study_column *column)
{
    bool codes = column->type == COLUMN_CODE && !column->codes->open;

    if (!column->kept) return;
    fields[table->count++] =
        (struct package_field){.name = column->name,
                               .type = type_words[column->type],
                               .description = column->label,
                               .values = codes ? column->codes->codes : NULL,
                               .value_count = codes ? column->codes->count : 0};
}

static struct package_table describe(struct rk_arena *arena,
                                     const struct study_source *source, const char *name,
                                     const char *label)
{
    struct package_field *fields = RK_ARRAY(
        arena, struct package_field, source->column_count + source->derived_count + 1);
    struct package_table table = {.name = name,
                                  .path = rk_arena_printf(arena, "%s.csv", name),
                                  .description = label,
                                  .fields = fields,
                                  .count = 1,
                                  .key = "file_line"};

    fields[0] = (struct package_field){
        .name = "file_line", .type = "string", .description = "row of the extract"};
    for (size_t i = 0; i < source->column_count; i++)
        put_field(&table, fields, &source->columns[i]);
    for (size_t i = 0; i < source->derived_count; i++)
        put_field(&table, fields, &source->derived[i]);
    return table;
}

/* clang-format 14 crashes on this table. */
// clang-format off
static const struct package_field duplicate_fields[] = {
    {.name = "source", .type = "string"},
    {.name = "rule", .type = "string"},
    {.name = "kept", .type = "string", .description = "row of the extract that survives"},
    {.name = "absorbed",
     .type = "string",
     .description = "row of the extract taken into it"},
    {.name = "column", .type = "string", .description = "empty: the row itself"},
    {.name = "kept_value", .type = "string", .description = "empty for private columns"},
    {.name = "other_value", .type = "string"},
    {.name = "what",
     .type = "string",
     .description = "absorbed, conflict, filled, left blank"},
};
// clang-format on
static const struct package_field unlinked_fields[] = {
    {.name = "source",                            .type = "string"},
    {.name = "file_line",                         .type = "string", .description = "row of the extract set aside"},
    {.name = "column",                                           .type = "string",                                            .description = "that should name a person"},
    {.name = "reference", .type = "string",.description = "what it says"},
    {.name = "code",                           .type = "string"                                        },
    {.name = "reason",                              .type = "string"   },
};
static const struct package_field key_fields[] = {
    {.name = "reference", .type = "string", .description = "as given in an extract"},
    {.name = "person",    .type = "string", .description = "key of people"         },
};
static const struct package_field issue_fields[] = {
    {.name = "file",   .type = "string" },
    {.name = "line",   .type = "integer"},
    {.name = "column", .type = "string",  .description = "empty: the row"},
    {.name = "source",                .type = "string"                 },
    {.name = "rule",                .type = "string"  },
    {.name = "old",                .type = "string"                  },
    {.name = "new",                .type = "string"  },
    {.name = "what",                .type = "string"                 },
};
#define TABLE(name_, fields_)                                   \
    {                                                           \
        .name = name_, .path = name_ ".csv", .fields = fields_, \
        .count = sizeof(fields_) / sizeof *(fields_)            \
    }
static const struct package_table other_tables[] = {
    TABLE("duplicates", duplicate_fields),
    TABLE("unlinked", unlinked_fields),
    TABLE("keys", key_fields),
    TABLE("issues", issue_fields),
};
enum { OTHER_TABLES = sizeof other_tables / sizeof *other_tables };

rk_status dedupe_write_package(struct dedupe *stage)
{
    const struct study *study = stage->study;
    struct rk_arena *arena = stage->run->arena;
    struct package_table *tables =
        RK_ARRAY(arena, struct package_table,
                 study->source_count + study->point_count + OTHER_TABLES + 1);
    size_t count = 0;

    for (size_t i = 0; i < study->source_count; i++) {
        const struct study_source *source = &study->sources[i];
        const char *name = source == study->people ? "people" : source->name;

        tables[count++] = describe(arena, source, name, source->label);
    }
    for (size_t i = 0; i < study->point_count; i++)
        tables[count++] = describe(arena, study->points[i].source, study->points[i].name,
                                   study->points[i].label);
    for (size_t i = 0; i < OTHER_TABLES; i++)
        tables[count++] = other_tables[i];
    tables[count++] = package_flow;
    return package_write(
        stage->out, rk_arena_printf(arena, "%s-20-people", study->name),
        rk_arena_printf(arena, "%s: people and their records", study->title), tables,
        count);
}
