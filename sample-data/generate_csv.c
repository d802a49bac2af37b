// SPDX-License-Identifier: MIT
#include "sample-data/generate_csv.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Characters above U+00FF that windows-1252 has and our words use. */
static const struct {
    unsigned point;
    unsigned char byte;
} windows_1252[] = {
    {0x2013, 0x96},
    {0x2018, 0x91},
    {0x2019, 0x92},
    {0x201C, 0x93},
    {0x201D, 0x94},
    {0x20AC, 0x80},
    {0x0160, 0x8A},
    {0x0161, 0x9A},
    {0x017E, 0x9E},
    {0x0153, 0x9C}
};

static _Noreturn void give_up(const char *path)
{
    fprintf(stderr, "generate: %s: %s\n", path, strerror(errno));
    exit(4);
}

static void *grown(void *memory, size_t size, const char *path)
{
    memory = realloc(memory, size);
    if (!memory) give_up(path);
    return memory;
}

static char *joined(const char *a, const char *b, const char *c)
{
    size_t size = strlen(a) + strlen(b) + strlen(c) + 1;
    char *text = grown(NULL, size, a);

    snprintf(text, size, "%s%s%s", a, b, c);
    return text;
}

void csv_open(struct csv_file *csv, const struct csv_style *style, const char *folder)
{
    memset(csv, 0, sizeof *csv);
    csv->style = style;
    csv->path = joined(folder, "/", style->name);
    csv->part = joined(csv->path, ".part", "");
    csv->file = fopen(csv->part, "wb");
    if (!csv->file) give_up(csv->part);
    if (style->encoding == CSV_UTF8_MARK) fputs("\xEF\xBB\xBF", csv->file);
}

static void put_byte(struct csv_file *csv, int byte)
{
    if (csv->n_bytes == csv->bytes_room) {
        csv->bytes_room = csv->bytes_room ? csv->bytes_room * 2 : 4096;
        csv->bytes = grown(csv->bytes, csv->bytes_room, csv->path);
    }
    csv->bytes[csv->n_bytes++] = (char)byte;
}

/* The code point at the start of valid UTF-8 (up to U+FFFF, which is all our words need)
 * and its length. */
static unsigned point_at(const char *text, size_t *length)
{
    const unsigned char *byte = (const unsigned char *)text;

    if (byte[0] < 0x80) {
        *length = 1;
        return byte[0];
    }
    if (byte[0] < 0xE0) {
        *length = 2;
        return (byte[0] & 0x1FU) << 6 | (byte[1] & 0x3FU);
    }
    *length = 3;
    return (byte[0] & 0x0FU) << 12 | (byte[1] & 0x3FU) << 6 | (byte[2] & 0x3FU);
}

static int windows_byte(unsigned point)
{
    if (point < 0x80 || (point >= 0xA0 && point <= 0xFF)) return (int)point;
    for (size_t i = 0; i < sizeof windows_1252 / sizeof windows_1252[0]; i++) {
        if (windows_1252[i].point == point) return windows_1252[i].byte;
    }
    assert(!"a word that windows-1252 cannot write");
    return '?';
}

static void put_text(struct csv_file *csv, const char *text, bool quoted)
{
    while (*text) {
        size_t length;
        unsigned point = point_at(text, &length);

        if (quoted && point == '"') put_byte(csv, '"');
        if (csv->style->encoding == CSV_WINDOWS_1252) {
            put_byte(csv, windows_byte(point));
            text += length;
            continue;
        }
        for (; length > 0; length--)
            put_byte(csv, *text++);
    }
}

void csv_cell(struct csv_file *csv, const char *text)
{
    const char special[] = {'"', '\n', '\r', csv->style->separator, 0};
    bool quoted = text[strcspn(text, special)] != 0;

    if (csv->n_bytes > csv->row_start)
        put_byte(csv, csv->style->separator);
    else if (!*text)
        quoted = true; /* so that a row is never an empty line */
    if (quoted) put_byte(csv, '"');
    put_text(csv, text, quoted);
    if (quoted) put_byte(csv, '"');
}

void csv_cells(struct csv_file *csv, const char *cells)
{
    char cell[96];

    while (*cells) {
        size_t length = strcspn(cells, "|");

        assert(length < sizeof cell);
        memcpy(cell, cells, length);
        cell[length] = 0;
        csv_cell(csv, cell);
        cells += length + (cells[length] == '|');
    }
}

static void add_row(struct csv_file *csv, long key, size_t start, size_t length)
{
    if (csv->n_rows == csv->rows_room) {
        csv->rows_room = csv->rows_room ? csv->rows_room * 2 : 64;
        csv->rows = grown(csv->rows, (size_t)csv->rows_room * sizeof *csv->rows, csv->path);
    }
    csv->rows[csv->n_rows++] = (struct csv_row){key, start, length};
}

void csv_row_end(struct csv_file *csv, long key)
{
    for (const char *end = csv->style->line_end; *end; end++)
        put_byte(csv, *end);
    add_row(csv, key, csv->row_start, csv->n_bytes - csv->row_start);
    csv->row_start = csv->n_bytes;
}

void csv_repeat(struct csv_file *csv, long key)
{
    const struct csv_row *last = &csv->rows[csv->n_rows - 1];

    add_row(csv, key, last->start, last->length);
}

static int by_key(const void *a, const void *b)
{
    const struct csv_row *one = a;
    const struct csv_row *two = b;

    if (one->key != two->key) return one->key < two->key ? -1 : 1;
    return (one->start > two->start) - (one->start < two->start);
}

void csv_flush(struct csv_file *csv)
{
    assert(csv->row_start == csv->n_bytes);
    if (csv->n_rows > 1) qsort(csv->rows, (size_t)csv->n_rows, sizeof *csv->rows, by_key);
    for (int i = 0; i < csv->n_rows; i++)
        fwrite(csv->bytes + csv->rows[i].start, 1, csv->rows[i].length, csv->file);
    csv->flushed += csv->n_rows;
    csv->n_rows = 0;
    csv->n_bytes = csv->row_start = 0;
}

void csv_close(struct csv_file *csv)
{
    csv_flush(csv);
    bool failed = ferror(csv->file) != 0;
    if (fclose(csv->file) != 0 || failed || rename(csv->part, csv->path) != 0)
        give_up(csv->path);
    free(csv->bytes);
    free(csv->rows);
    free(csv->part);
    free(csv->path);
}
