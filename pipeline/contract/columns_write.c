// SPDX-License-Identifier: MIT
#include "pipeline/contract/columns_priv.h"

#include "pipeline/base/rk_file.h"
#include "pipeline/base/rk_number.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* A column and its values of the block in hand. */
struct writing {
    const char *name;
    enum columns_kind kind;
    int meaning;
    uint64_t present;
    int64_t *whole;
    double *number;
    uint32_t *lengths; /* of the texts, their NUL counted; 0: missing */
    char *texts;
    size_t used, cap;
    const char *const *codes;
    size_t code_count;
    struct columns_chunk *chunks;
    size_t chunk_cap;
};

struct columns_writer {
    struct rk_arena *arena;
    FILE *out;
    struct writing *columns;
    size_t count, cap;
    size_t row, rows, blocks; /* row: in the block */
    uint64_t at;
    char *directory;
    size_t bytes, directory_cap;
};

struct columns_writer *columns_new(struct rk_arena *arena, FILE *out)
{
    struct columns_writer *writer = RK_NEW(arena, struct columns_writer);

    writer->arena = arena;
    writer->out = out;
    return writer;
}

void columns_add(struct columns_writer *writer, const char *name, enum columns_kind kind,
                 int meaning)
{
    struct writing *column;

    RK_ROOM(writer->arena, writer->columns, writer->count, writer->cap);
    column = &writer->columns[writer->count++];
    column->name = name;
    column->kind = kind;
    column->meaning = meaning;
    if (kind == COLUMNS_WHOLE)
        column->whole = RK_ARRAY(writer->arena, int64_t, COLUMNS_BLOCK);
    else if (kind == COLUMNS_NUMBER)
        column->number = RK_ARRAY(writer->arena, double, COLUMNS_BLOCK);
    else
        column->lengths = RK_ARRAY(writer->arena, uint32_t, COLUMNS_BLOCK);
}

void columns_dictionary(struct columns_writer *writer, size_t column,
                        const char *const *codes, size_t count)
{
    writer->columns[column].codes = codes;
    writer->columns[column].code_count = count;
}

void columns_whole(struct columns_writer *writer, size_t column, int64_t value)
{
    struct writing *at = &writer->columns[column];

    at->whole[writer->row] = value;
    at->present += value != RK_NO_VALUE;
}

void columns_number(struct columns_writer *writer, size_t column, double value)
{
    struct writing *at = &writer->columns[column];

    at->number[writer->row] = value;
    at->present += !isnan(value);
}

void columns_text(struct columns_writer *writer, size_t column, const char *text)
{
    struct writing *at = &writer->columns[column];
    size_t bytes = text ? strlen(text) + 1 : 0;

    at->lengths[writer->row] = (uint32_t)bytes;
    if (!text) return;
    at->present++;
    if (at->used + bytes > at->cap) {
        size_t cap = 2 * (at->used + bytes) + 4096;

        at->texts = rk_arena_grow(writer->arena, at->texts, at->used, cap, 1);
        at->cap = cap;
    }
    memcpy(at->texts + at->used, text, bytes);
    at->used += bytes;
}

/* ---- a block ---- */

uint64_t columns_sum(uint64_t sum, const void *data, size_t bytes)
{
    const unsigned char *at = data;
    uint64_t eight = 0;

    for (; bytes >= 8; bytes -= 8, at += 8) {
        memcpy(&eight, at, 8);
        sum = (sum ^ eight) * UINT64_C(0x9e3779b97f4a7c15);
        sum ^= sum >> 29;
    }
    eight = 0;
    if (bytes) memcpy(&eight, at, bytes);
    sum = (sum ^ eight ^ (uint64_t)bytes << 56) * UINT64_C(0x9e3779b97f4a7c15);
    return sum ^ sum >> 32;
}

static void put(struct columns_writer *writer, const void *data, size_t bytes)
{
    fwrite_unlocked(data, 1, bytes, writer->out);
    writer->at += bytes;
}

static void put_summed(struct columns_writer *writer, struct columns_chunk *chunk,
                       const void *data, size_t bytes)
{
    put(writer, data, bytes);
    chunk->sum = columns_sum(chunk->sum, data, bytes);
}

/* From the least value to the greatest; none: false. */
static bool range(const int64_t *values, size_t rows, int64_t *least, int64_t *greatest)
{
    bool any = false;

    for (size_t i = 0; i < rows; i++) {
        if (values[i] == RK_NO_VALUE) continue;
        if (!any || values[i] < *least) *least = values[i];
        if (!any || values[i] > *greatest) *greatest = values[i];
        any = true;
    }
    return any;
}

static void put_whole(struct columns_writer *writer, const int64_t *values,
                      struct columns_chunk *chunk)
{
    int64_t least = 0, greatest = 0;
    unsigned char narrow[COLUMNS_BLOCK * 8];

    if (!range(values, writer->row, &least, &greatest)) return;
    chunk->least = least;
    chunk->greatest = greatest;
    chunk->width = columns_width((uint64_t)greatest - (uint64_t)least);
    for (size_t i = 0; i < writer->row; i++) {
        uint64_t value = values[i] == RK_NO_VALUE ? columns_missing(chunk->width)
                                                  : (uint64_t)values[i] - (uint64_t)least;

        if (chunk->width == 1)
            narrow[i] = (unsigned char)value;
        else if (chunk->width == 2)
            memcpy(narrow + 2 * i, &(uint16_t){(uint16_t)value}, 2);
        else if (chunk->width == 4)
            memcpy(narrow + 4 * i, &(uint32_t){(uint32_t)value}, 4);
        else
            memcpy(narrow + 8 * i, &value, 8);
    }
    put_summed(writer, chunk, narrow, writer->row * chunk->width);
}

/* Scores and ages are numbers that happen to be whole. */
static bool all_whole(const double *numbers, size_t rows, int64_t *out)
{
    bool any = false;

    for (size_t i = 0; i < rows; i++) {
        double number = numbers[i];

        out[i] = RK_NO_VALUE;
        if (isnan(number)) continue;
        if (!(fabs(number) < 1e9) || (number == 0 && signbit(number)) ||
            number != (double)(int64_t)number)
            return false;
        out[i] = (int64_t)number;
        any = true;
    }
    return any;
}

static void put_number(struct columns_writer *writer, const struct writing *column,
                       struct columns_chunk *chunk)
{
    int64_t whole[COLUMNS_BLOCK];

    if (all_whole(column->number, writer->row, whole))
        put_whole(writer, whole, chunk);
    else
        put_summed(writer, chunk, column->number, writer->row * sizeof *column->number);
}

static void put_column(struct columns_writer *writer, struct writing *column)
{
    struct columns_chunk chunk = {.at = writer->at, .rows = (uint32_t)writer->row};

    if (column->kind == COLUMNS_WHOLE) {
        put_whole(writer, column->whole, &chunk);
    } else if (column->kind == COLUMNS_NUMBER) {
        put_number(writer, column, &chunk);
    } else {
        put_summed(writer, &chunk, column->lengths, writer->row * sizeof *column->lengths);
        put_summed(writer, &chunk, column->texts, column->used);
        column->used = 0;
    }
    chunk.bytes = writer->at - chunk.at;
    if (writer->blocks >= column->chunk_cap)
        RK_ROOM(writer->arena, column->chunks, writer->blocks, column->chunk_cap);
    column->chunks[writer->blocks] = chunk;
}

static void put_block(struct columns_writer *writer)
{
    for (size_t i = 0; i < writer->count; i++)
        put_column(writer, &writer->columns[i]);
    writer->blocks++;
    writer->row = 0;
}

void columns_end(struct columns_writer *writer)
{
    writer->rows++;
    if (++writer->row == COLUMNS_BLOCK) put_block(writer);
}

/* ---- the directory ---- */

static void say(struct columns_writer *writer, const void *data, size_t bytes)
{
    if (writer->bytes + bytes > writer->directory_cap) {
        size_t cap = 2 * (writer->bytes + bytes) + 4096;

        writer->directory =
            rk_arena_grow(writer->arena, writer->directory, writer->bytes, cap, 1);
        writer->directory_cap = cap;
    }
    if (bytes) memcpy(writer->directory + writer->bytes, data, bytes);
    writer->bytes += bytes;
}

static void say_number(struct columns_writer *writer, uint64_t number)
{
    say(writer, &number, sizeof number);
}

static void say_text(struct columns_writer *writer, const char *text)
{
    say(writer, text, strlen(text) + 1);
}

static void say_column(struct columns_writer *writer, const struct writing *column)
{
    say_text(writer, column->name);
    say_number(writer, column->kind);
    say_number(writer, (uint64_t)column->meaning);
    say_number(writer, column->present);
    say_number(writer, column->code_count);
    for (size_t i = 0; i < column->code_count; i++)
        say_text(writer, column->codes[i]);
    say_number(writer, writer->blocks);
    say(writer, column->chunks, writer->blocks * sizeof *column->chunks);
}

void columns_finish(struct columns_writer *writer, const char *hash, const char *other)
{
    struct columns_tail tail = {.columns = (uint32_t)writer->count, .order = COLUMNS_ORDER};
    char hex[COLUMNS_HASH + 1];

    if (writer->row) put_block(writer);
    say_text(writer, hash);
    say_text(writer, other);
    for (size_t i = 0; i < writer->count; i++)
        say_column(writer, &writer->columns[i]);
    tail.directory = writer->at;
    tail.bytes = writer->bytes;
    tail.rows = writer->rows;
    rk_hash_bytes(writer->directory, writer->bytes, hex);
    memcpy(tail.hash, hex, sizeof tail.hash);
    memcpy(tail.magic, COLUMNS_MAGIC, sizeof tail.magic);
    put(writer, writer->directory, writer->bytes);
    put(writer, &tail, sizeof tail);
}
