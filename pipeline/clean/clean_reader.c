// SPDX-License-Identifier: MIT
#include "pipeline/clean/clean_reader.h"

struct clean_reader {
    struct extract *extract;
    struct rk_csv_row *rows;
    size_t count, cap, at;
};

static char **copy_texts(struct rk_arena *arena, char *const *texts, size_t count)
{
    char **copy = RK_ARRAY(arena, char *, count + 1);

    for (size_t i = 0; i < count; i++)
        copy[i] = texts[i] ? rk_arena_copy(arena, texts[i]) : NULL;
    return copy;
}

struct rk_csv_row clean_reader_copy(struct rk_arena *arena, const struct rk_csv_row *row)
{
    struct rk_csv_row copy = *row;

    copy.cells = copy_texts(arena, row->cells, row->count);
    if (row->other) copy.other = copy_texts(arena, row->other, row->count);
    copy.text_bytes = 0;
    copy.raw = rk_arena_copy_n(arena, row->raw, row->raw_bytes);
    copy.damage = row->damage ? rk_arena_copy(arena, row->damage) : NULL;
    copy.odd = row->odd ? rk_arena_copy(arena, row->odd) : NULL;
    return copy;
}

static void hold_rows(struct rk_arena *arena, struct clean_reader *reader, size_t ahead)
{
    struct rk_csv_row row;
    size_t seen = 0;

    while (seen < ahead && extract_next(reader->extract, &row)) {
        RK_ROOM(arena, reader->rows, reader->count, reader->cap);
        reader->rows[reader->count++] = clean_reader_copy(arena, &row);
        seen += !row.blank;
    }
}

rk_status clean_reader_open(struct rk_arena *arena, struct rk_diag *diag, const char *path,
                            struct extract_options options, size_t ahead,
                            struct clean_reader **out)
{
    struct clean_reader *reader = RK_NEW(arena, struct clean_reader);
    rk_status status;

    RK_TRY(extract_open(arena, diag, path, options, &reader->extract));
    hold_rows(arena, reader, ahead);
    status = extract_status(reader->extract);
    if (status != RK_OK) extract_close(reader->extract);
    *out = reader;
    return status;
}

const struct rk_csv_row *clean_reader_ahead(const struct clean_reader *reader,
                                            size_t *count)
{
    *count = reader->count;
    return reader->rows;
}

const struct extract *clean_reader_extract(const struct clean_reader *reader)
{
    return reader->extract;
}

bool clean_reader_next(struct clean_reader *reader, struct rk_csv_row *row)
{
    if (reader->at == reader->count) return extract_next(reader->extract, row);
    *row = reader->rows[reader->at++];
    return true;
}

rk_status clean_reader_status(const struct clean_reader *reader)
{
    return extract_status(reader->extract);
}

void clean_reader_close(struct clean_reader *reader)
{
    extract_close(reader->extract);
}
