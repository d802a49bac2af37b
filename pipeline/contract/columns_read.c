// SPDX-License-Identifier: MIT
#include "pipeline/contract/columns_priv.h"

#include "pipeline/base/rk_file.h"
#include "pipeline/base/rk_number.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct reading {
    const char *name;
    uint64_t kind, meaning, present;
    const char **codes;
    uint64_t code_count;
    struct columns_chunk *chunks;
    uint64_t blocks;
};

struct columns {
    const char *path;
    dev_t device;
    ino_t node;
    uint64_t size; /* without the tail */
    struct columns_tail tail;
    const char *hash, *other;
    struct reading *columns;
};

/* All of it, or false. */
static bool read_at(int file, void *out, uint64_t bytes, uint64_t at)
{
    char *to = out;

    while (bytes) {
        ssize_t got = pread(file, to, bytes, (off_t)at);

        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        to += got;
        at += (uint64_t)got;
        bytes -= (uint64_t)got;
    }
    return true;
}

/* ---- the directory: every count is held against what is left of it ---- */

struct cursor {
    struct rk_arena *arena;
    const char *at, *end;
    bool sound;
};

static uint64_t next_number(struct cursor *cursor)
{
    uint64_t number = 0;

    if (!cursor->sound || (size_t)(cursor->end - cursor->at) < sizeof number) {
        cursor->sound = false;
        return 0;
    }
    memcpy(&number, cursor->at, sizeof number);
    cursor->at += sizeof number;
    return number;
}

static const char *next_text(struct cursor *cursor)
{
    const char *text = cursor->at;
    const char *stop =
        cursor->sound ? memchr(text, '\0', (size_t)(cursor->end - text)) : NULL;

    if (!stop) {
        cursor->sound = false;
        return "";
    }
    cursor->at = stop + 1;
    return text;
}

/* No more of something than there are bytes for it. */
static uint64_t next_count(struct cursor *cursor, size_t each)
{
    uint64_t count = next_number(cursor);

    if (count > (uint64_t)(cursor->end - cursor->at) / each) cursor->sound = false;
    return cursor->sound ? count : 0;
}

static bool is_chunk(const struct columns *columns, const struct reading *column,
                     const struct columns_chunk *chunk)
{
    uint64_t least = column->kind == COLUMNS_WHOLE    ? (uint64_t)chunk->rows * chunk->width
                     : column->kind == COLUMNS_NUMBER
                         ? (uint64_t)chunk->rows * (chunk->width ? chunk->width : 8)
                                                      : (uint64_t)chunk->rows * 4;
    bool width = chunk->width == 0 || chunk->width == 1 || chunk->width == 2 ||
                 chunk->width == 4 || chunk->width == 8;

    return width && chunk->rows <= COLUMNS_BLOCK && chunk->bytes >= least &&
           chunk->bytes <= columns->size && chunk->at <= columns->size - chunk->bytes;
}

static void take_column(struct cursor *cursor, const struct columns *columns,
                        struct reading *column)
{
    uint64_t rows = 0;

    column->name = next_text(cursor);
    column->kind = next_number(cursor);
    column->meaning = next_number(cursor);
    column->present = next_number(cursor);
    column->code_count = next_count(cursor, 1);
    column->codes = RK_ARRAY(cursor->arena, const char *, column->code_count + 1);
    for (uint64_t i = 0; i < column->code_count; i++)
        column->codes[i] = next_text(cursor);
    column->blocks = next_count(cursor, sizeof *column->chunks);
    column->chunks = RK_ARRAY(cursor->arena, struct columns_chunk, column->blocks + 1);
    if (!cursor->sound) return;
    memcpy(column->chunks, cursor->at, column->blocks * sizeof *column->chunks);
    cursor->at += column->blocks * sizeof *column->chunks;
    for (uint64_t i = 0; i < column->blocks; i++) {
        cursor->sound = cursor->sound && is_chunk(columns, column, &column->chunks[i]);
        rows += column->chunks[i].rows;
    }
    cursor->sound = cursor->sound && column->kind <= COLUMNS_TEXT && rows == columns->tail.rows;
}

static bool take_directory(struct rk_arena *arena, struct columns *columns, int file)
{
    const struct columns_tail *tail = &columns->tail;
    char hex[COLUMNS_HASH + 1];
    struct cursor cursor = {.arena = arena, .sound = true};
    char *text;

    if (tail->bytes > columns->size || tail->directory > columns->size - tail->bytes ||
        tail->columns > tail->bytes)
        return false;
    text = rk_arena_alloc(arena, tail->bytes + 1, 1);
    if (!read_at(file, text, tail->bytes, tail->directory)) return false;
    rk_hash_bytes(text, tail->bytes, hex);
    if (memcmp(hex, tail->hash, sizeof tail->hash) != 0) return false;
    cursor.at = text;
    cursor.end = text + tail->bytes;
    columns->hash = next_text(&cursor);
    columns->other = next_text(&cursor);
    columns->columns = RK_ARRAY(arena, struct reading, tail->columns + 1);
    for (uint32_t i = 0; cursor.sound && i < tail->columns; i++)
        take_column(&cursor, columns, &columns->columns[i]);
    return cursor.sound;
}

static bool take_tail(struct columns *columns, int file)
{
    struct columns_tail *tail = &columns->tail;
    struct stat info;

    if (fstat(file, &info) != 0 || !S_ISREG(info.st_mode) ||
        (uint64_t)info.st_size < sizeof *tail)
        return false;
    columns->device = info.st_dev;
    columns->node = info.st_ino;
    columns->size = (uint64_t)info.st_size - sizeof *tail;
    return read_at(file, tail, sizeof *tail, columns->size) &&
           memcmp(tail->magic, COLUMNS_MAGIC, sizeof tail->magic) == 0 &&
           tail->order == COLUMNS_ORDER;
}

static int open_file(const char *path)
{
    return open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
}

struct columns *columns_open(struct rk_arena *arena, const char *path)
{
    struct columns *columns = RK_NEW(arena, struct columns);
    int file = open_file(path);
    bool whole;

    if (file < 0) return NULL;
    columns->path = path;
    whole = take_tail(columns, file) && take_directory(arena, columns, file);
    close(file);
    return whole ? columns : NULL;
}

/* The same file again, or -1. */
static int open_again(const struct columns *columns)
{
    int file = open_file(columns->path);
    struct stat info;

    if (file >= 0 && (fstat(file, &info) != 0 || info.st_dev != columns->device ||
                      info.st_ino != columns->node)) {
        close(file);
        return -1;
    }
    return file;
}

/* ---- what it says ---- */

const char *columns_hash(const struct columns *columns)
{
    return columns->hash;
}

const char *columns_other(const struct columns *columns)
{
    return columns->other;
}

size_t columns_rows(const struct columns *columns)
{
    return columns->tail.rows;
}

size_t columns_count(const struct columns *columns)
{
    return columns->tail.columns;
}

const char *columns_name(const struct columns *columns, size_t column)
{
    return columns->columns[column].name;
}

long columns_find(const struct columns *columns, const char *name)
{
    for (uint32_t i = 0; i < columns->tail.columns; i++)
        if (strcmp(columns->columns[i].name, name) == 0) return i;
    return -1;
}

enum columns_kind columns_kind(const struct columns *columns, size_t column)
{
    return (enum columns_kind)columns->columns[column].kind;
}

int columns_meaning(const struct columns *columns, size_t column)
{
    return (int)columns->columns[column].meaning;
}

size_t columns_present(const struct columns *columns, size_t column)
{
    return columns->columns[column].present;
}

const char *const *columns_codes(const struct columns *columns, size_t column, size_t *count)
{
    *count = columns->columns[column].code_count;
    return *count ? columns->columns[column].codes : NULL;
}

/* ---- values ---- */

struct blocks {
    uint64_t from, to; /* `to` is the first that is not read */
};

/* One loop for each width, so that the compiler can do several at a time. */
#define WIDEN(type)                                                                      \
    for (uint32_t i = 0; i < chunk->rows; i++) {                                         \
        type value;                                                                      \
                                                                                         \
        memcpy(&value, narrow + i * sizeof value, sizeof value);                         \
        out[i] = value == (type)-1 ? RK_NO_VALUE                                         \
                                   : (int64_t)((uint64_t)chunk->least + (uint64_t)value); \
    }

static void widen(const struct columns_chunk *chunk, const unsigned char *narrow,
                  int64_t *out)
{
    switch (chunk->width) {
    case 1:
        WIDEN(uint8_t)
        break;
    case 2:
        WIDEN(uint16_t)
        break;
    case 4:
        WIDEN(uint32_t)
        break;
    case 8:
        WIDEN(uint64_t)
        break;
    default:
        for (uint32_t i = 0; i < chunk->rows; i++)
            out[i] = RK_NO_VALUE;
    }
}

/* Whole numbers of a block, of up to COLUMNS_BLOCK rows. */
static bool read_block(const struct columns_chunk *chunk, int file, int64_t *out)
{
    unsigned char narrow[COLUMNS_BLOCK * 8];
    size_t bytes = (size_t)chunk->rows * chunk->width;

    if (!read_at(file, narrow, bytes, chunk->at) ||
        (chunk->width && chunk->sum != columns_sum(0, narrow, bytes)))
        return false;
    widen(chunk, narrow, out);
    return true;
}

static bool read_whole(const struct reading *reading, int file, struct blocks blocks,
                       int64_t *out)
{
    for (uint64_t i = blocks.from; i < blocks.to; i++) {
        if (!read_block(&reading->chunks[i], file, out)) return false;
        out += reading->chunks[i].rows;
    }
    return true;
}

/* Numbers that were written as whole ones. */
static bool read_whole_numbers(const struct columns_chunk *chunk, int file, double *out)
{
    int64_t whole[COLUMNS_BLOCK];

    if (!read_block(chunk, file, whole)) return false;
    for (uint32_t i = 0; i < chunk->rows; i++)
        out[i] = whole[i] == RK_NO_VALUE ? NAN : (double)whole[i];
    return true;
}

static bool read_number(const struct reading *reading, int file, struct blocks blocks,
                        double *out)
{
    for (uint64_t i = blocks.from; i < blocks.to; i++) {
        const struct columns_chunk *chunk = &reading->chunks[i];
        size_t bytes = chunk->rows * sizeof *out;

        if (chunk->width ? !read_whole_numbers(chunk, file, out)
                         : !read_at(file, out, bytes, chunk->at) ||
                               chunk->sum != columns_sum(0, out, bytes))
            return false;
        out += chunk->rows;
    }
    return true;
}

/* ---- few bytes ---- */

/* From the least to the greatest that the blocks, or the codes, can hold; false when that is
 * beyond 4 bytes, or numbers are not whole. */
static bool narrow_range(const struct reading *reading, const int64_t *places, size_t codes,
                         int64_t *least, int64_t *greatest)
{
    bool any = codes > 0;

    *least = 0;
    *greatest = codes ? (int64_t)codes - 1 : 0;
    for (size_t i = 0; places && i < codes; i++)
        *greatest = places[i] > *greatest ? places[i] : *greatest;
    for (uint64_t i = 0; !codes && i < reading->blocks; i++) {
        const struct columns_chunk *chunk = &reading->chunks[i];
        int64_t low = chunk->least, high = chunk->greatest;

        if (!chunk->width && reading->kind == COLUMNS_WHOLE) continue;
        if (!chunk->width || low < INT32_MIN || high > INT32_MAX || low > high) return false;
        *least = !any || low < *least ? low : *least;
        *greatest = !any || high > *greatest ? high : *greatest;
        any = true;
    }
    return columns_width((uint64_t)(*greatest - *least)) <= 4;
}

static bool put_narrow(const int64_t *values, uint32_t rows, const int64_t *places,
                       size_t codes, const struct columns_narrow *narrow, char *out)
{
    for (uint32_t i = 0; i < rows; i++, out += narrow->width) {
        int64_t value = values[i];
        uint32_t stored = UINT32_MAX;

        if (value != RK_NO_VALUE) {
            if (codes && (value < 0 || (uint64_t)value >= codes)) return false;
            value = (places ? places[value] : value) - narrow->least;
            if (value < 0 || (uint64_t)value >= columns_missing(narrow->width)) return false;
            stored = (uint32_t)value;
        }
        if (narrow->width == 1)
            memcpy(out, &(uint8_t){(uint8_t)stored}, 1);
        else if (narrow->width == 2)
            memcpy(out, &(uint16_t){(uint16_t)stored}, 2);
        else
            memcpy(out, &stored, 4);
    }
    return true;
}

bool columns_read_narrow(const struct columns *columns, size_t column, struct rk_arena *arena,
                         const int64_t *places, size_t codes, struct columns_narrow *out)
{
    const struct reading *reading = &columns->columns[column];
    int64_t values[COLUMNS_BLOCK], greatest;
    char *to;
    bool whole = true;
    int file;

    *out = (struct columns_narrow){NULL, 0, 0};
    if (reading->kind == COLUMNS_TEXT ||
        !narrow_range(reading, places, codes, &out->least, &greatest))
        return true;
    out->width = columns_width((uint64_t)(greatest - out->least));
    out->values = to = rk_arena_alloc(arena, columns->tail.rows + 1, out->width);
    file = open_again(columns);
    for (uint64_t i = 0; whole && i < reading->blocks; i++) {
        const struct columns_chunk *chunk = &reading->chunks[i];

        whole = file >= 0 && read_block(chunk, file, values) &&
                put_narrow(values, chunk->rows, places, codes, out, to);
        to += (size_t)chunk->rows * out->width;
    }
    if (file >= 0) close(file);
    return whole && file >= 0;
}

/* ---- texts ---- */

/* Each length is held against what is left, and each text must end where it says. */
static bool place_texts(const uint32_t *lengths, uint32_t rows, const char *texts,
                        uint64_t bytes, const char **out)
{
    uint64_t at = 0;

    for (uint32_t i = 0; i < rows; i++) {
        out[i] = lengths[i] ? texts + at : NULL;
        if (lengths[i] > bytes - at) return false;
        at += lengths[i];
        if (lengths[i] && texts[at - 1]) return false;
    }
    return true;
}

static bool read_text(const struct reading *reading, int file, struct blocks blocks, struct rk_arena *arena,
                      const char **out)
{
    uint32_t lengths[COLUMNS_BLOCK];

    for (uint64_t i = blocks.from; i < blocks.to; i++) {
        const struct columns_chunk *chunk = &reading->chunks[i];
        uint64_t head = chunk->rows * sizeof *lengths, bytes = chunk->bytes - head;
        char *texts = rk_arena_alloc(arena, bytes + 1, 1);

        if (!read_at(file, lengths, head, chunk->at) ||
            !read_at(file, texts, bytes, chunk->at + head) ||
            chunk->sum != columns_sum(columns_sum(0, lengths, head), texts, bytes) ||
            !place_texts(lengths, chunk->rows, texts, bytes, out))
            return false;
        out += chunk->rows;
    }
    return true;
}

static struct blocks all_of(const struct reading *reading)
{
    return (struct blocks){0, reading->blocks};
}

static struct blocks only(const struct reading *reading, size_t block)
{
    assert(block < reading->blocks);
    return (struct blocks){block, block + 1};
}

static bool whole_of(const struct columns *columns, size_t column, struct blocks blocks,
                     int64_t *out)
{
    const struct reading *reading = &columns->columns[column];
    int file = reading->kind == COLUMNS_WHOLE ? open_again(columns) : -1;
    bool whole = file >= 0 && read_whole(reading, file, blocks, out);

    if (file >= 0) close(file);
    return whole;
}

static bool number_of(const struct columns *columns, size_t column, struct blocks blocks,
                      double *out)
{
    const struct reading *reading = &columns->columns[column];
    int file = reading->kind == COLUMNS_NUMBER ? open_again(columns) : -1;
    bool whole = file >= 0 && read_number(reading, file, blocks, out);

    if (file >= 0) close(file);
    return whole;
}

static bool text_of(const struct columns *columns, size_t column, struct blocks blocks,
                    struct rk_arena *arena, const char **out)
{
    const struct reading *reading = &columns->columns[column];
    int file = reading->kind == COLUMNS_TEXT ? open_again(columns) : -1;
    bool whole = file >= 0 && read_text(reading, file, blocks, arena, out);

    if (file >= 0) close(file);
    return whole;
}

bool columns_read_whole(const struct columns *columns, size_t column, int64_t *out)
{
    return whole_of(columns, column, all_of(&columns->columns[column]), out);
}

bool columns_read_number(const struct columns *columns, size_t column, double *out)
{
    return number_of(columns, column, all_of(&columns->columns[column]), out);
}

bool columns_read_text(const struct columns *columns, size_t column, struct rk_arena *arena,
                       const char **out)
{
    return text_of(columns, column, all_of(&columns->columns[column]), arena, out);
}

bool columns_block_whole(const struct columns *columns, size_t column, size_t block, int64_t *out)
{
    return whole_of(columns, column, only(&columns->columns[column], block), out);
}

bool columns_block_number(const struct columns *columns, size_t column, size_t block, double *out)
{
    return number_of(columns, column, only(&columns->columns[column], block), out);
}

bool columns_block_text(const struct columns *columns, size_t column, size_t block,
                        struct rk_arena *arena, const char **out)
{
    return text_of(columns, column, only(&columns->columns[column], block), arena, out);
}
