// SPDX-License-Identifier: MIT
#include "pipeline/merge/merge_frame.h"

#include "pipeline/base/rk_progress.h"
#include "pipeline/base/rk_text.h"
#include "pipeline/contract/columns.h"
#include "pipeline/merge/merge_heap.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A column of the block in hand; one of the three. */
struct values {
    int64_t *whole;
    double *number;
    const char **text;
};

/* One part's file while it is read. */
struct reader {
    const char *path; /* of the CSV */
    struct columns *columns;
    struct rk_arena *texts; /* of the block in hand */
    struct values *values;
    int64_t **places; /* of codes that each file numbers for itself: one more than among all */
    size_t row;       /* in the file; its place in the block is what is left over */
    FILE *csv;
    char *piece, *record;
    size_t piece_cap, bytes, cap;
    long file, line; /* where the row comes from, when that orders rows */
};

struct merging {
    struct rk_run *run;
    const struct merge_frame_options *options;
    struct reader *readers;
    size_t count, width;
    long *order;       /* columns that order rows */
    long person, line; /* columns "#person" and "file_line", or -1 */
    FILE *csv, *coded;
    struct columns_writer *writer;
    struct rk_map **met; /* of columns of periods: codes as they are met */
    struct rk_hasher *keys;
    size_t rows;
};

static rk_status unlike(const struct merging *merging, const struct reader *reader,
                        const char *what)
{
    return rk_fail(merging->run->diag, RK_WORLD, RK_AT(reader->path, 0, 0),
                   "%s; run this part again", what);
}

/* ---- a row of a part ---- */

static bool take_piece(struct merging *merging, struct reader *reader, bool *quoted)
{
    ssize_t got = getline(&reader->piece, &reader->piece_cap, reader->csv);
    size_t more = got > 0 ? (size_t)got : 0;

    if (!more) return false;
    if (reader->bytes + more > reader->cap) {
        size_t cap = 2 * (reader->bytes + more);

        reader->record =
            rk_arena_grow(merging->run->arena, reader->record, reader->bytes, cap, 1);
        reader->cap = cap;
    }
    memcpy(reader->record + reader->bytes, reader->piece, more);
    reader->bytes += more;
    for (const char *at = reader->piece; (at = memchr(at, '"', more)); at++) {
        more = (size_t)got - (size_t)(at + 1 - reader->piece);
        *quoted = !*quoted;
    }
    return true;
}

/* A record of the CSV; there may be line ends between its quotes. */
static bool next_record(struct merging *merging, struct reader *reader)
{
    bool quoted = false;

    reader->bytes = 0;
    do {
        if (!take_piece(merging, reader, &quoted)) return false;
    } while (quoted);
    return true;
}

static bool load_block(const struct merging *merging, struct reader *reader)
{
    size_t block = reader->row / COLUMNS_BLOCK;
    bool sound = true;

    rk_arena_reset(reader->texts);
    for (size_t c = 0; sound && c < merging->width; c++) {
        struct values *to = &reader->values[c];

        if (to->whole)
            sound = columns_block_whole(reader->columns, c, block, to->whole);
        else if (to->number)
            sound = columns_block_number(reader->columns, c, block, to->number);
        else
            sound =
                columns_block_text(reader->columns, c, block, reader->texts, to->text);
    }
    return sound;
}

/* "reviews.csv:214". */
static bool find_place(const struct merging *merging, struct reader *reader)
{
    const char *text = reader->values[merging->line].text[reader->row % COLUMNS_BLOCK];
    const char *colon = text ? strrchr(text, ':') : NULL;

    if (!colon) return false;
    reader->file =
        rk_map_find(merging->options->files,
                    rk_arena_copy_n(reader->texts, text, (size_t)(colon - text)));
    return reader->file >= 0 && rk_text_integer(colon + 1, &reader->line);
}

/* The row that `row` counts is in hand when it returns. */
static rk_status take_row(struct merging *merging, struct reader *reader)
{
    if (reader->row % COLUMNS_BLOCK == 0 && !load_block(merging, reader))
        return unlike(merging, reader, "its column file cannot be read");
    if (!next_record(merging, reader))
        return unlike(merging, reader, "it has fewer rows than its column file");
    if (merging->options->files && !find_place(merging, reader))
        return unlike(merging, reader, "a row is of no extract that was read");
    return RK_OK;
}

/* ---- the order ---- */

static int compare_texts(const char *a, const char *b)
{
    if (!a || !b) return (a != NULL) - (b != NULL);
    return strcmp(a, b);
}

static int compare_values(const struct values *a, size_t i, const struct values *b, size_t k)
{
    if (a->text) return compare_texts(a->text[i], b->text[k]);
    if (a->whole) return (a->whole[i] > b->whole[k]) - (a->whole[i] < b->whole[k]);
    if (isnan(a->number[i]) || isnan(b->number[k]))
        return !isnan(a->number[i]) - !isnan(b->number[k]);
    return (a->number[i] > b->number[k]) - (a->number[i] < b->number[k]);
}

/* As dedupe orders rows (what is missing first); of two clients no rows are equal here, and the
 * rows of one are in one part. */
static int by_columns(const void *context, size_t a, size_t b)
{
    const struct merging *merging = context;
    const struct reader *left = &merging->readers[a], *right = &merging->readers[b];
    int order = 0;

    for (size_t i = 0; !order && i < merging->options->order_count; i++) {
        size_t column = (size_t)merging->order[i];

        order = compare_values(&left->values[column], left->row % COLUMNS_BLOCK,
                               &right->values[column], right->row % COLUMNS_BLOCK);
    }
    return order;
}

static int by_place(const void *context, size_t a, size_t b)
{
    const struct merging *merging = context;
    const struct reader *left = &merging->readers[a], *right = &merging->readers[b];

    if (left->file != right->file) return left->file < right->file ? -1 : 1;
    return (left->line > right->line) - (left->line < right->line);
}

/* ---- writing ---- */

/* A period's place among those met so far. */
static bool place_of(struct merging *merging, struct reader *reader, size_t column,
                     int64_t *code)
{
    size_t count;
    const char *const *codes = columns_codes(reader->columns, column, &count);
    int64_t *places = reader->places[column];

    if (!places || *code == RK_NO_VALUE) return true;
    if (*code < 0 || (size_t)*code >= count) return false;
    if (!places[*code])
        places[*code] = (int64_t)rk_map_add(merging->met[column], codes[*code]) + 1;
    *code = places[*code] - 1;
    return true;
}

/* A person's place in the part's people.csv to that in the merged one. */
static bool place_of_person(const struct merging *merging, size_t part, int64_t *person)
{
    if (*person == RK_NO_VALUE) return true;
    if (*person < 0 || *person >= (int64_t)merging->options->people_of[part].count) return false;
    *person = merging->options->people_of[part].places[*person];
    return true;
}

static bool put_cell(struct merging *merging, size_t part, size_t column)
{
    struct reader *reader = &merging->readers[part];
    const struct values *from = &reader->values[column];
    size_t row = reader->row % COLUMNS_BLOCK;
    int64_t whole;

    if (from->text) {
        columns_text(merging->writer, column, from->text[row]);
        return true;
    }
    if (from->number) {
        columns_number(merging->writer, column, from->number[row]);
        return true;
    }
    whole = from->whole[row];
    if ((long)column == merging->person ? !place_of_person(merging, part, &whole)
                                        : !place_of(merging, reader, column, &whole))
        return false;
    columns_whole(merging->writer, column, whole);
    return true;
}

static void note_person(struct merging *merging, size_t part)
{
    const struct reader *reader = &merging->readers[part];
    const char *key =
        reader->values[merging->order[0]].text[reader->row % COLUMNS_BLOCK];

    merging->options->people_of[part].places[reader->row] = (int64_t)merging->rows;
    rk_hasher_add(merging->keys, key ? key : "", key ? strlen(key) + 1 : 1);
}

static rk_status put_row(struct merging *merging, size_t part)
{
    const struct reader *reader = &merging->readers[part];

    fwrite(reader->record, 1, reader->bytes, merging->csv);
    for (size_t c = 0; c < merging->width; c++)
        if (!put_cell(merging, part, c))
            return unlike(merging, reader, "its column file does not fit the others");
    columns_end(merging->writer);
    if (merging->options->people) note_person(merging, part);
    merging->rows++;
    rk_progress_step(1, 1);
    return RK_OK;
}

static rk_status put_rows(struct merging *merging)
{
    struct merge_heap heap = {.parts = RK_ARRAY(merging->run->arena, size_t, merging->count),
                              .compare = merging->options->files ? by_place : by_columns,
                              .context = merging};

    for (size_t part = 0; part < merging->count; part++) {
        if (!columns_rows(merging->readers[part].columns)) continue;
        RK_TRY(take_row(merging, &merging->readers[part]));
        merge_heap_add(&heap, part);
    }
    while (heap.count) {
        size_t part = merge_heap_first(&heap);
        struct reader *reader = &merging->readers[part];

        RK_TRY(put_row(merging, part));
        if (++reader->row == columns_rows(reader->columns)) {
            merge_heap_drop(&heap);
            continue;
        }
        RK_TRY(take_row(merging, reader));
        merge_heap_sink(&heap);
    }
    return RK_OK;
}

/* ---- opening ---- */

static void make_room(struct merging *merging, struct reader *reader)
{
    struct rk_arena *arena = merging->run->arena;
    size_t rows = columns_rows(reader->columns);

    rows = rows < COLUMNS_BLOCK ? rows + 1 : COLUMNS_BLOCK;
    reader->values = RK_ARRAY(arena, struct values, merging->width + 1);
    reader->places = RK_ARRAY(arena, int64_t *, merging->width + 1);
    for (size_t c = 0; c < merging->width; c++) {
        struct values *to = &reader->values[c];
        size_t codes;

        if (columns_kind(reader->columns, c) == COLUMNS_TEXT)
            to->text = RK_ARRAY(arena, const char *, rows);
        else if (columns_kind(reader->columns, c) == COLUMNS_NUMBER)
            to->number = RK_ARRAY(arena, double, rows);
        else
            to->whole = RK_ARRAY(arena, int64_t, rows);
        if (!merging->met[c]) continue;
        columns_codes(reader->columns, c, &codes);
        reader->places[c] = RK_ARRAY(arena, int64_t, codes + 1);
    }
}

static rk_status open_reader(struct merging *merging, size_t part)
{
    const struct merge_frame_options *options = merging->options;
    struct rk_arena *arena = merging->run->arena;
    struct reader *reader = &merging->readers[part];
    const char *folder = options->parts->runs[part].out_dir;

    reader->path =
        rk_arena_printf(arena, "%s/%s/%s.csv", folder, options->folder, options->name);
    reader->columns =
        columns_open(arena, rk_arena_printf(arena, "%s/%s/%s.columns", folder,
                                            options->folder, options->name));
    reader->csv = fopen(reader->path, "rbe");
    reader->texts = rk_arena_new();
    if (!reader->columns || !reader->csv)
        return unlike(merging, reader, "it or its column file cannot be read");
    if (!next_record(merging, reader)) return unlike(merging, reader, "it is empty");
    return RK_OK;
}

/* The same columns, in the same order, as in the first part. */
static bool is_alike(const struct columns *a, const struct columns *b)
{
    if (columns_count(a) != columns_count(b)) return false;
    for (size_t c = 0; c < columns_count(a); c++)
        if (strcmp(columns_name(a, c), columns_name(b, c)) != 0 ||
            columns_kind(a, c) != columns_kind(b, c) ||
            columns_meaning(a, c) != columns_meaning(b, c))
            return false;
    return true;
}

static rk_status open_readers(struct merging *merging)
{
    for (size_t part = 0; part < merging->count; part++) {
        struct reader *reader = &merging->readers[part];
        const struct reader *first = &merging->readers[0];

        RK_TRY(open_reader(merging, part));
        if (!is_alike(first->columns, reader->columns) || first->bytes != reader->bytes ||
            memcmp(first->record, reader->record, first->bytes) != 0)
            return unlike(merging, reader, "it has other columns than the same file of others");
    }
    return RK_OK;
}

/* Lists of the study are the same in all files; those of periods are each file's own. */
static void open_column(struct merging *merging, const struct study_source *source, size_t c)
{
    const struct columns *columns = merging->readers[0].columns;
    const struct study_column *column = study_column(source, columns_name(columns, c));
    size_t count;
    const char *const *codes = columns_codes(columns, c, &count);

    columns_add(merging->writer, columns_name(columns, c), columns_kind(columns, c),
                columns_meaning(columns, c));
    if (column && column->codes && column->codes->open)
        merging->met[c] = rk_map_new(merging->run->arena);
    else if (count)
        columns_dictionary(merging->writer, c, codes, count);
}

static rk_status find_order(struct merging *merging)
{
    const struct merge_frame_options *options = merging->options;
    const struct reader *first = &merging->readers[0];

    merging->person = columns_find(first->columns, "#person");
    merging->line = columns_find(first->columns, "file_line");
    merging->order = RK_ARRAY(merging->run->arena, long, options->order_count + 1);
    for (size_t i = 0; i < options->order_count; i++) {
        merging->order[i] = columns_find(first->columns, options->order[i]);
        if (merging->order[i] < 0) return unlike(merging, first, "a column that orders rows is gone");
    }
    if (options->files && merging->line < 0)
        return unlike(merging, first, "its rows do not say where they come from");
    return RK_OK;
}

static rk_status open_writer(struct merging *merging)
{
    const struct merge_frame_options *options = merging->options;
    struct rk_arena *arena = merging->run->arena;

    merging->csv =
        rk_out_open_hashed(options->out, rk_arena_printf(arena, "%s.csv", options->name));
    merging->coded =
        rk_out_open(options->out, rk_arena_printf(arena, "%s.columns", options->name));
    if (!merging->csv || !merging->coded) return RK_WORLD;
    merging->writer = columns_new(arena, merging->coded);
    merging->width = columns_count(merging->readers[0].columns);
    merging->met = RK_ARRAY(arena, struct rk_map *, merging->width + 1);
    for (size_t c = 0; c < merging->width; c++)
        open_column(merging, options->source, c);
    for (size_t part = 0; part < merging->count; part++) {
        size_t rows = columns_rows(merging->readers[part].columns);

        make_room(merging, &merging->readers[part]);
        if (options->people)
            options->people_of[part] =
                (struct merge_people){RK_ARRAY(options->arena, int64_t, rows + 1), rows};
    }
    merging->keys = rk_hasher_new(arena);
    fwrite(merging->readers[0].record, 1, merging->readers[0].bytes, merging->csv);
    return find_order(merging);
}

static rk_status finish(struct merging *merging)
{
    const struct merge_frame_options *options = merging->options;
    char hash[COLUMNS_HASH + 1];
    rk_status status;

    for (size_t c = 0; c < merging->width; c++) {
        size_t count = merging->met[c] ? rk_map_count(merging->met[c]) : 0;
        const char **codes = RK_ARRAY(merging->run->arena, const char *, count + 1);

        for (size_t i = 0; i < count; i++)
            codes[i] = rk_map_key(merging->met[c], i);
        if (merging->met[c]) columns_dictionary(merging->writer, c, codes, count);
    }
    if (options->people) rk_hasher_hex(merging->keys, options->people_hash);
    rk_out_hash(options->out, merging->csv, hash);
    columns_finish(merging->writer, hash, options->people_hash);
    status = rk_out_close(options->out, merging->csv);
    return status == RK_OK ? rk_out_close(options->out, merging->coded) : status;
}

static void close_readers(struct merging *merging)
{
    for (size_t part = 0; part < merging->count; part++) {
        struct reader *reader = &merging->readers[part];

        if (reader->csv) fclose(reader->csv);
        free(reader->piece);
        if (reader->texts) rk_arena_free(reader->texts);
    }
}

static double rows_of(const struct merging *merging)
{
    double rows = 0;

    for (size_t part = 0; part < merging->count; part++)
        rows += (double)columns_rows(merging->readers[part].columns);
    return rows;
}

static rk_status merge_all(struct merging *merging)
{
    rk_status status;

    RK_TRY(open_readers(merging));
    RK_TRY(open_writer(merging));
    rk_progress_begin("merge", merging->options->name, "rows", rows_of(merging));
    status = put_rows(merging);
    rk_progress_end();
    RK_TRY(status);
    return finish(merging);
}

rk_status merge_frame(struct rk_run *run, const struct merge_frame_options *options)
{
    struct rk_run own = *run;
    struct merging merging = {.run = &own, .options = options, .count = options->part_count};
    rk_status status;

    own.arena = rk_arena_new();
    merging.readers = RK_ARRAY(own.arena, struct reader, options->part_count);
    status = merge_all(&merging);
    close_readers(&merging);
    rk_arena_free(own.arena);
    return status;
}
