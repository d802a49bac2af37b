// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_cleanup.h"
#include "pipeline/base/rk_text.h"
#include "pipeline/extract/extract_priv.h"

#include <stdlib.h>
#include <string.h>

static void *resize(void *old, size_t count, size_t size)
{
    void *memory = reallocarray(old, count, size);

    if (!memory) rk_out_of_memory();
    return memory;
}

void extract_row_clear(struct extract_row *row)
{
    row->used = row->count = 0;
    row->any_other = false;
}

static void make_room(struct extract_row *row, size_t columns)
{
    if (columns > row->cell_cap) {
        row->cell_cap = columns < 64 ? 64 : 2 * columns;
        row->cell_at = resize(row->cell_at, row->cell_cap, sizeof *row->cell_at);
        row->other_at = resize(row->other_at, row->cell_cap, sizeof *row->other_at);
        row->cells = resize(row->cells, row->cell_cap, sizeof *row->cells);
        row->others = resize(row->others, row->cell_cap, sizeof *row->others);
    }
    for (; row->count < columns; row->count++)
        row->cell_at[row->count] = row->other_at[row->count] = 0;
}

static char *grow(struct extract_row *row, size_t bytes)
{
    if (row->used + bytes > row->cap) {
        row->cap = 2 * (row->used + bytes);
        row->text = resize(row->text, row->cap, 1);
    }
    return row->text + row->used;
}

/* Where the text stands, plus 1. */
static size_t add(struct extract_row *row, const char *text)
{
    size_t bytes = strlen(text) + 1, at = row->used + 1;

    memcpy(grow(row, bytes), text, bytes);
    row->used += bytes;
    return at;
}

void extract_row_put(struct extract_row *row, size_t column, const char *text,
                     const char *other)
{
    make_room(row, column + 1);
    row->cell_at[column] = add(row, text);
    row->other_at[column] = other ? add(row, other) : 0;
    row->any_other = row->any_other || other;
}

/* The cells as a line of CSV, behind their texts; returns where. */
static size_t put_raw(struct extract_row *row, size_t *bytes)
{
    size_t start = row->used, room = row->count + 1;

    for (size_t i = 0; i < row->count; i++)
        room += row->cell_at[i] ? 2 * strlen(row->text + row->cell_at[i] - 1) + 2 : 0;
    grow(row, room);
    for (size_t i = 0; i < row->count; i++) {
        const char *cell = row->cell_at[i] ? row->text + row->cell_at[i] - 1 : "";
        bool quote = strpbrk(cell, ",\"\r\n") != NULL;

        if (i) row->text[row->used++] = ',';
        if (quote) row->text[row->used++] = '"';
        for (; *cell; cell++) {
            if (*cell == '"') row->text[row->used++] = '"';
            row->text[row->used++] = *cell;
        }
        if (quote) row->text[row->used++] = '"';
    }
    *bytes = row->used - start;
    row->text[row->used++] = '\0';
    return start;
}

static bool all_blank(const struct extract_row *row)
{
    for (size_t i = 0; i < row->count; i++)
        for (const char *at = row->cells[i]; *at;)
            if (!rk_text_is_blank(rk_text_next(&at))) return false;
    return true;
}

void extract_row_give(struct extract_row *row, size_t line, struct rk_csv_row *out)
{
    static char empty[1] = "";
    size_t bytes, raw = put_raw(row, &bytes);

    for (size_t i = 0; i < row->count; i++) {
        row->cells[i] = row->cell_at[i] ? row->text + row->cell_at[i] - 1 : empty;
        row->others[i] = row->other_at[i] ? row->text + row->other_at[i] - 1 : NULL;
    }
    *out = (struct rk_csv_row){.cells = row->cells,
                               .other = row->any_other ? row->others : NULL,
                               .count = row->count,
                               .line = line,
                               .raw = row->text + raw,
                               .raw_bytes = bytes};
    out->blank = all_blank(row);
}

void extract_row_free(struct extract_row *row)
{
    free(row->text);
    free(row->cell_at);
    free(row->other_at);
    free(row->cells);
    free(row->others);
}
