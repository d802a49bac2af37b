// SPDX-License-Identifier: MIT
#include "pipeline/contract/frame_writer.h"

#include "pipeline/base/rk_csv.h"
#include "pipeline/base/rk_progress.h"
#include "pipeline/base/rk_text.h"
#include "pipeline/contract/frame_store.h"

#include <math.h>
#include <pthread.h>
#include <string.h>

enum { BLOCKS = 3, ROWS = 4096 };

struct block {
    struct rk_arena *texts;
    struct frame_block_column *columns;
    const char **file_line;
    int64_t *person;
    size_t rows;
};

/* A column as it is written. */
struct shape {
    const struct study_column *column;
    const struct code_list *codes;
    size_t *bytes;        /* of each code */
    int64_t *places;      /* of codes of a list that grows: one more than in the dictionary */
    const char **met;     /* that dictionary */
    size_t met_count;
};

struct frame_writer {
    struct rk_arena *arena;
    struct rk_out *out;
    struct rk_csv_writer csv;
    FILE *coded_file;
    struct columns_writer *coded;
    struct shape *shapes;
    size_t count;
    const char *people;
    bool linked;
    const int64_t *places;
    struct block blocks[BLOCKS];
    size_t filling;        /* block that rows go into */
    bool threaded;
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    size_t given, written; /* blocks, under the mutex */
    bool ended;
};

/* ---- writing a block; the second thread, where there is one, does nothing else ---- */

static void put_code(struct frame_writer *writer, struct shape *shape, int64_t code)
{
    if (!shape->bytes[code]) shape->bytes[code] = strlen(shape->codes->codes[code]);
    rk_csv_plain(&writer->csv, shape->codes->codes[code], shape->bytes[code]);
}

static void put_whole(struct frame_writer *writer, struct shape *shape, int64_t value)
{
    char text[32];

    if (value == RK_NO_VALUE)
        rk_csv_plain(&writer->csv, "", 0);
    else if (shape->column->type == COLUMN_CODE)
        put_code(writer, shape, value);
    else if (shape->column->type == COLUMN_DATE)
        rk_csv_cell(&writer->csv, rk_date_text(text, (long)value));
    else
        rk_csv_long(&writer->csv, (long)value);
}

static void put_cell(struct frame_writer *writer, struct shape *shape,
                     const struct frame_block_column *column, size_t row)
{
    if (column->whole)
        put_whole(writer, shape, column->whole[row]);
    else if (column->number)
        rk_csv_double(&writer->csv, column->number[row]);
    else
        rk_csv_cell(&writer->csv, column->text[row] ? column->text[row] : "");
}

static void write_csv(struct frame_writer *writer, const struct block *block)
{
    for (size_t row = 0; row < block->rows; row++) {
        rk_csv_cell(&writer->csv, block->file_line[row]);
        for (size_t c = 0; c < writer->count; c++)
            put_cell(writer, &writer->shapes[c], &block->columns[c], row);
        rk_csv_end(&writer->csv);
    }
}

/* Periods go into a dictionary as they are met. */
static int64_t place_of(struct shape *shape, int64_t code)
{
    if (!shape->places || code == RK_NO_VALUE) return code;
    if (!shape->places[code]) {
        shape->met[shape->met_count++] = shape->codes->codes[code];
        shape->places[code] = (int64_t)shape->met_count;
    }
    return shape->places[code] - 1;
}

static void code_cell(struct frame_writer *writer, size_t c,
                      const struct frame_block_column *column, size_t row)
{
    if (column->whole)
        columns_whole(writer->coded, c, place_of(&writer->shapes[c], column->whole[row]));
    else if (column->number)
        columns_number(writer->coded, c, column->number[row]);
    else
        columns_text(writer->coded, c, column->text[row]);
}

static void write_coded(struct frame_writer *writer, const struct block *block)
{
    for (size_t row = 0; row < block->rows; row++) {
        for (size_t c = 0; c < writer->count; c++)
            code_cell(writer, c, &block->columns[c], row);
        if (writer->linked)
            columns_whole(writer->coded, writer->count,
                          block->person[row] < 0 ? RK_NO_VALUE : block->person[row]);
        else if (!writer->people)
            columns_text(writer->coded, writer->count, block->file_line[row]);
        columns_end(writer->coded);
    }
}

static void write_block(struct frame_writer *writer, struct block *block)
{
    write_csv(writer, block);
    write_coded(writer, block);
    block->rows = 0;
    rk_arena_reset(block->texts);
}

/* ---- the second thread ---- */

/* The number of the next block to write; false when there will be none. */
static bool next_block(struct frame_writer *writer, size_t *at)
{
    bool any;

    pthread_mutex_lock(&writer->mutex);
    while (writer->written == writer->given && !writer->ended)
        pthread_cond_wait(&writer->changed, &writer->mutex);
    any = writer->written < writer->given;
    *at = writer->written % BLOCKS;
    pthread_mutex_unlock(&writer->mutex);
    return any;
}

static void *write_blocks(void *context)
{
    struct frame_writer *writer = context;
    size_t at;

    while (next_block(writer, &at)) {
        write_block(writer, &writer->blocks[at]);
        pthread_mutex_lock(&writer->mutex);
        writer->written++;
        pthread_cond_signal(&writer->changed);
        pthread_mutex_unlock(&writer->mutex);
    }
    return NULL;
}

static void give_block(struct frame_writer *writer)
{
    pthread_mutex_lock(&writer->mutex);
    writer->given++;
    pthread_cond_signal(&writer->changed);
    while (writer->given - writer->written >= BLOCKS)
        pthread_cond_wait(&writer->changed, &writer->mutex);
    pthread_mutex_unlock(&writer->mutex);
    writer->filling = writer->given % BLOCKS;
}

/* Without a second thread, or when none is to be had, the first does it. */
static void start_thread(struct frame_writer *writer, long threads)
{
    pthread_mutex_init(&writer->mutex, NULL);
    pthread_cond_init(&writer->changed, NULL);
    writer->threaded =
        threads > 1 && pthread_create(&writer->thread, NULL, write_blocks, writer) == 0;
}

static void end_thread(struct frame_writer *writer)
{
    if (writer->threaded) {
        pthread_mutex_lock(&writer->mutex);
        writer->ended = true;
        pthread_cond_signal(&writer->changed);
        pthread_mutex_unlock(&writer->mutex);
        pthread_join(writer->thread, NULL);
    }
    pthread_cond_destroy(&writer->changed);
    pthread_mutex_destroy(&writer->mutex);
}

/* ---- opening ---- */

static void make_block(struct frame_writer *writer, struct block *block)
{
    struct rk_arena *arena = writer->arena;

    block->texts = rk_arena_new();
    block->columns = RK_ARRAY(arena, struct frame_block_column, writer->count + 1);
    block->file_line = RK_ARRAY(arena, const char *, ROWS);
    block->person = RK_ARRAY(arena, int64_t, ROWS);
    for (size_t c = 0; c < writer->count; c++) {
        enum columns_kind kind = frame_store_kind(writer->shapes[c].column->type);

        if (kind == COLUMNS_WHOLE)
            block->columns[c].whole = RK_ARRAY(arena, int64_t, ROWS);
        else if (kind == COLUMNS_NUMBER)
            block->columns[c].number = RK_ARRAY(arena, double, ROWS);
        else
            block->columns[c].text = RK_ARRAY(arena, const char *, ROWS);
    }
}

/* A list of periods is known when the frame is. */
static void set_codes(struct frame_writer *writer, size_t column,
                        const struct code_list *codes)
{
    struct shape *shape = &writer->shapes[column];

    shape->codes = codes;
    shape->bytes = RK_ARRAY(writer->arena, size_t, codes->count + 1);
    shape->places = NULL;
    if (!codes->open) {
        columns_dictionary(writer->coded, column, codes->codes, codes->count);
        return;
    }
    shape->places = RK_ARRAY(writer->arena, int64_t, codes->count + 1);
    shape->met = RK_ARRAY(writer->arena, const char *, codes->count + 1);
}

static void add_columns(struct frame_writer *writer,
                        const struct frame_writer_options *options)
{
    rk_csv_cell(&writer->csv, "file_line");
    for (size_t c = 0; c < writer->count; c++) {
        const struct study_column *column = options->columns[c];

        writer->shapes[c].column = column;
        rk_csv_cell(&writer->csv, column->name);
        columns_add(writer->coded, column->name, frame_store_kind(column->type),
                    (int)column->type);
        if (column->codes) set_codes(writer, c, column->codes);
    }
    rk_csv_end(&writer->csv);
    if (writer->linked)
        columns_add(writer->coded, "#person", COLUMNS_WHOLE, 0);
    else if (!writer->people)
        columns_add(writer->coded, "file_line", COLUMNS_TEXT, 0);
}

rk_status frame_writer_open(struct rk_run *run, const struct frame_writer_options *options,
                            struct frame_writer **out)
{
    struct rk_arena *arena = rk_arena_new();
    struct frame_writer *writer = RK_NEW(arena, struct frame_writer);

    writer->arena = arena;
    writer->out = options->out;
    writer->people = options->people;
    writer->linked = options->linked;
    writer->places = options->places;
    writer->count = options->count;
    writer->csv.file = rk_out_open_hashed(
        options->out, rk_arena_printf(arena, "%s.csv", options->name));
    writer->coded_file =
        rk_out_open(options->out, rk_arena_printf(arena, "%s.columns", options->name));
    if (!writer->csv.file || !writer->coded_file) {
        rk_arena_free(arena);
        return RK_WORLD;
    }
    writer->coded = columns_new(arena, writer->coded_file);
    writer->shapes = RK_ARRAY(arena, struct shape, options->count + 1);
    add_columns(writer, options);
    for (size_t i = 0; i < BLOCKS; i++)
        make_block(writer, &writer->blocks[i]);
    start_thread(writer, run->threads);
    *out = writer;
    return RK_OK;
}

/* ---- rows ---- */

static void end_block(struct frame_writer *writer)
{
    if (writer->threaded)
        give_block(writer);
    else
        write_block(writer, &writer->blocks[writer->filling]);
}

struct frame_block_column *frame_writer_row(struct frame_writer *writer, size_t *row)
{
    *row = writer->blocks[writer->filling].rows;
    return writer->blocks[writer->filling].columns;
}

const char *frame_writer_keep(struct frame_writer *writer, const char *text)
{
    return rk_arena_copy(writer->blocks[writer->filling].texts, text);
}

const char *frame_writer_place(struct frame_writer *writer, const char *file,
                               const char *line)
{
    struct rk_arena *texts = writer->blocks[writer->filling].texts;
    char *place = rk_arena_alloc(texts, strlen(file) + strlen(line) + 2, 1);

    stpcpy(stpcpy(stpcpy(place, file), ":"), line);
    return place;
}

void frame_writer_end(struct frame_writer *writer, const char *file_line, int64_t person)
{
    struct block *block = &writer->blocks[writer->filling];

    block->file_line[block->rows] = file_line;
    block->person[block->rows] = person;
    if (++block->rows == ROWS) end_block(writer);
}

/* Column after column, so that each is walked through alone: rows in another order than they
 * stand in are far apart in memory. */
static void gather(const struct frame_writer *writer, struct block *block,
                   const struct frame *frame, const struct frame_column *const *columns,
                   const size_t *rows, size_t count)
{
    for (size_t c = 0; c < writer->count; c++) {
        struct frame_block_column *to = &block->columns[c];

        for (size_t i = 0; to->whole && i < count; i++)
            to->whole[i] = columns[c]->whole[rows[i]];
        for (size_t i = 0; to->number && i < count; i++)
            to->number[i] = columns[c]->number[rows[i]];
        for (size_t i = 0; to->text && i < count; i++)
            to->text[i] = columns[c]->text[rows[i]];
    }
    for (size_t i = 0; i < count; i++) {
        int64_t person = frame->persons ? frame->persons[rows[i]] : (int64_t)rows[i];

        block->file_line[i] = frame->file_line[rows[i]];
        block->person[i] = writer->places && person >= 0 ? writer->places[person] : person;
    }
    block->rows = count;
}

void frame_writer_frame(struct frame_writer *writer, const struct frame *frame,
                        const size_t *order, size_t rows)
{
    const struct frame_column **columns =
        RK_ARRAY(writer->arena, const struct frame_column *, writer->count + 1);

    for (size_t c = 0; c < writer->count; c++) {
        columns[c] = frame_column(frame, writer->shapes[c].column->name);
        if (columns[c]->codes && columns[c]->codes != writer->shapes[c].codes)
            set_codes(writer, c, columns[c]->codes);
    }
    for (size_t at = 0; at < rows; at += ROWS) {
        size_t count = rows - at < ROWS ? rows - at : ROWS;

        gather(writer, &writer->blocks[writer->filling], frame, columns, order + at, count);
        end_block(writer);
        rk_progress_step((long)count, (double)count);
    }
}

rk_status frame_writer_close(struct frame_writer *writer)
{
    char hash[65];
    rk_status status;

    if (writer->blocks[writer->filling].rows) end_block(writer);
    end_thread(writer);
    for (size_t c = 0; c < writer->count; c++)
        if (writer->shapes[c].places)
            columns_dictionary(writer->coded, c, writer->shapes[c].met,
                               writer->shapes[c].met_count);
    rk_out_hash(writer->out, writer->csv.file, hash);
    columns_finish(writer->coded, hash, writer->people ? writer->people : "");
    status = rk_out_close(writer->out, writer->csv.file);
    if (status == RK_OK) status = rk_out_close(writer->out, writer->coded_file);
    for (size_t i = 0; i < BLOCKS; i++)
        rk_arena_free(writer->blocks[i].texts);
    rk_arena_free(writer->arena);
    return status;
}
