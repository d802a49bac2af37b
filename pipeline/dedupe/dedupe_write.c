// SPDX-License-Identifier: MIT
#include "pipeline/dedupe/dedupe_write.h"

#include "pipeline/base/rk_file.h"
#include "pipeline/base/rk_text.h"
#include "pipeline/contract/frame_writer.h"
#include "pipeline/contract/package.h"
#include "pipeline/dedupe/dedupe_order.h"
#include "pipeline/dedupe/dedupe_review.h"

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

/* Who the people are, in their order: what a record's place among them holds for. */
static const char *people_hash_of(struct dedupe *stage)
{
    const struct frame_column *key;
    struct rk_hasher *hasher;

    if (*stage->people_hash) return stage->people_hash;
    key = frame_column(stage->people, stage->study->people->key);
    hasher = rk_hasher_new(stage->run->arena);
    for (size_t i = 0; i < stage->people->rows; i++)
        if (!stage->own_row || stage->own_row[i] >= 0)
            rk_hasher_add(hasher, key->text[i], strlen(key->text[i]) + 1);
    rk_hasher_hex(hasher, stage->people_hash);
    return stage->people_hash;
}

/* The columns of 20-people, in the order of the study. */
static size_t kept_columns(struct rk_arena *arena, const struct study_source *source,
                           const struct study_column ***out)
{
    const struct study_column **columns =
        RK_ARRAY(arena, const struct study_column *,
                 source->column_count + source->derived_count + 1);
    size_t count = 0;

    for (size_t i = 0; i < source->column_count; i++)
        if (source->columns[i].kept) columns[count++] = &source->columns[i];
    for (size_t i = 0; i < source->derived_count; i++)
        columns[count++] = &source->derived[i];
    *out = columns;
    return count;
}

/* Is a row of the part in hand, which has read those of others, too? */
static bool is_own(const struct dedupe *stage, const struct frame *frame,
                   const struct frame_column *column, size_t row)
{
    int64_t person = frame == stage->people ? (int64_t)row : frame->persons ? frame->persons[row] : -1;

    if (person >= 0 && stage->own_row) return stage->own_row[person] >= 0;
    if (person >= 0) column = frame_column(stage->people, stage->study->people->key);
    return part_of_key(stage->run->part, column->text[person >= 0 ? (size_t)person : row]) ==
           stage->run->part->number;
}

static const size_t *take_own(struct dedupe *stage, const struct frame *frame,
                              const size_t *order, size_t *count)
{
    const struct run_part *part = stage->run->part;
    const struct frame_column *column;
    size_t *own, taken = 0;

    if (!part || part_reading(part, frame->source) != PART_WHOLE) return order;
    column = frame_column(frame, part_column(part, frame->source));
    own = RK_ARRAY(stage->run->arena, size_t, *count + 1);
    for (size_t i = 0; i < *count; i++)
        if (is_own(stage, frame, column, order[i])) own[taken++] = order[i];
    *count = taken;
    return own;
}

rk_status dedupe_write_rows(struct dedupe *stage, const char *name,
                            const struct frame *frame, const size_t *order, size_t count)
{
    const struct study_column **columns;
    size_t width = kept_columns(stage->run->arena, frame->source, &columns);
    bool people = strcmp(name, "people") == 0;
    const struct frame_writer_options options = {
        .out = stage->out,
        .name = name,
        .columns = columns,
        .count = width,
        .people = people_hash_of(stage),
        .linked = !people && (frame->source->link || frame == stage->people),
        .places = stage->own_row};
    struct frame_writer *writer;

    order = take_own(stage, frame, order, &count);
    RK_TRY(frame_writer_open(stage->run, &options, &writer));
    frame_writer_frame(writer, frame, order, count);
    return frame_writer_close(writer);
}

static int by_content(const void *a, const void *b, void *rows)
{
    const struct dedupe_lead *left = a;
    const struct dedupe_lead *right = b;

    if (left->lead != right->lead) return left->lead < right->lead ? -1 : 1;
    return dedupe_order(rows, left->row, right->row);
}

rk_status dedupe_write_source(const struct dedupe_rows *rows)
{
    struct rk_arena *arena = rows->run->arena;
    size_t *order = RK_ARRAY(arena, size_t, rows->frame->rows + 1);
    struct dedupe_lead *leads = RK_ARRAY(arena, struct dedupe_lead, rows->frame->rows + 1);
    struct dedupe_rows sorted = *rows;
    size_t count = 0;

    for (size_t row = 0; row < rows->frame->rows; row++)
        if (rows->kept_in[row] == (int64_t)row && !rows->away[row])
            leads[count++].row = row;
    dedupe_order_lead(rows, leads, count);
    qsort_r(leads, count, sizeof *leads, by_content, &sorted);
    for (size_t i = 0; i < count; i++)
        order[i] = leads[i].row;
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
static const struct package_field pair_fields[] = {
    {.name = "source", .type = "string"},
    {.name = "a", .type = "string", .description = "key of one record, or its file and line"},
    {.name = "b", .type = "string"},
    {.name = "weight", .type = "number", .description = "bits of evidence, log2(m/u)"},
    {.name = "chance", .type = "number", .description = "that they are one person"},
    {.name = "verdict", .type = "string", .description = "same, unsure, different"},
    {.name = "why", .type = "string", .description = "weight, home, twins, bridge, apart, answer"},
};
static const struct package_field decision_fields[] = {
    {.name = "source", .type = "string"},
    {.name = "a", .type = "string", .description = "key of one record, or its file and line"},
    {.name = "b", .type = "string"},
    {.name = "file_line_a", .type = "string"},
    {.name = "file_line_b", .type = "string"},
    {.name = "weight", .type = "number"},
    {.name = "chance", .type = "number"},
    {.name = "why", .type = "string", .description = "empty: the weight alone cannot tell"},
    {.name = "evidence", .type = "string"},
    {.name = "explanation", .type = "string", .description = "how the weight comes about"},
    {.name = "mark_a", .type = "string", .description = "an answer holds while this does"},
    {.name = "mark_b", .type = "string"},
    {.name = "answer", .type = "string", .description = "same, different, unsure; empty: open"},
};
static const struct package_field linkage_fields[] = {
    {.name = "source", .type = "string"},
    {.name = "what", .type = "string", .description = "level, block, or a fact"},
    {.name = "field", .type = "string"},
    {.name = "level", .type = "string"},
    {.name = "m", .type = "number", .description = "share among pairs of one person"},
    {.name = "u", .type = "number", .description = "share among pairs of two"},
    {.name = "weight", .type = "number", .description = "log2(m/u), falling by level"},
    {.name = "value", .type = "string"},
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
    TABLE("pairs", pair_fields),
    TABLE("decisions", decision_fields),
    TABLE("linkage", linkage_fields),
};
enum { OTHER_TABLES = sizeof other_tables / sizeof *other_tables, PROBABLE_TABLES = 3 };

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
    for (size_t i = 0;
         i < OTHER_TABLES - (dedupe_review_any(study) ? 0 : (size_t)PROBABLE_TABLES); i++)
        tables[count++] = other_tables[i];
    tables[count++] = package_flow;
    return package_write(
        stage->out, rk_arena_printf(arena, "%s-20-people", study->name),
        rk_arena_printf(arena, "%s: people and their records", study->title), tables,
        count);
}
