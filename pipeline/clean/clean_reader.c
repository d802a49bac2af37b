// SPDX-License-Identifier: MIT
#include "pipeline/clean/clean_reader.h"

struct clean_reader {
    struct rk_csv *csv;
    struct rk_csv_row *rows;
    size_t count, cap, at;
};

struct rk_csv_row clean_reader_copy(struct rk_arena *arena, const struct rk_csv_row *row)
{
    struct rk_csv_row copy = *row;

    copy.cells = RK_ARRAY(arena, char *, row->count + 1);
    for (size_t i = 0; i < row->count; i++)
        copy.cells[i] = rk_arena_copy(arena, row->cells[i]);
    copy.raw = rk_arena_copy_n(arena, row->raw, row->raw_bytes);
    copy.damage = row->damage ? rk_arena_copy(arena, row->damage) : NULL;
    copy.odd = row->odd ? rk_arena_copy(arena, row->odd) : NULL;
    return copy;
}

static void hold_rows(struct rk_arena *arena, struct clean_reader *reader, size_t ahead)
{
    struct rk_csv_row row;
    size_t seen = 0;

    while (seen < ahead && rk_csv_next(reader->csv, &row)) {
        RK_ROOM(arena, reader->rows, reader->count, reader->cap);
        reader->rows[reader->count++] = clean_reader_copy(arena, &row);
        seen += !row.blank;
    }
}

rk_status clean_reader_open(struct rk_arena *arena, struct rk_diag *diag, const char *path,
                            struct rk_csv_options options, size_t ahead,
                            struct clean_reader **out)
{
    struct clean_reader *reader = RK_NEW(arena, struct clean_reader);
    rk_status status;

    RK_TRY(rk_csv_open(arena, diag, path, options, &reader->csv));
    hold_rows(arena, reader, ahead);
    status = rk_csv_status(reader->csv);
    if (status != RK_OK) rk_csv_close(reader->csv);
    *out = reader;
    return status;
}

const struct rk_csv_row *clean_reader_ahead(const struct clean_reader *reader,
                                            size_t *count)
{
    *count = reader->count;
    return reader->rows;
}

bool clean_reader_next(struct clean_reader *reader, struct rk_csv_row *row)
{
    if (reader->at == reader->count) return rk_csv_next(reader->csv, row);
    *row = reader->rows[reader->at++];
    return true;
}

rk_status clean_reader_status(const struct clean_reader *reader)
{
    return rk_csv_status(reader->csv);
}

void clean_reader_close(struct clean_reader *reader)
{
    rk_csv_close(reader->csv);
}
