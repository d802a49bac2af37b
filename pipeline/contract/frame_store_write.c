// SPDX-License-Identifier: MIT
#include "pipeline/contract/frame_store.h"

#include "pipeline/base/rk_cleanup.h"
#include "pipeline/base/rk_file.h"
#include "pipeline/base/rk_number.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static size_t row_of(const size_t *order, size_t i)
{
    return order ? order[i] : i;
}

/* Periods are written as they are met, so that a file of fewer rows has a list of its own. */
static int64_t *met_periods(struct rk_arena *arena, const struct frame_column *column,
                            const size_t *order, size_t rows, const char ***codes,
                            size_t *count)
{
    int64_t *place = RK_ARRAY(arena, int64_t, column->codes->count + 1);

    *codes = RK_ARRAY(arena, const char *, column->codes->count + 1);
    *count = 0;
    for (size_t i = 0; i < rows; i++) {
        int64_t code = column->whole[row_of(order, i)];

        if (code == RK_NO_VALUE || place[code]) continue;
        (*codes)[(*count)++] = column->codes->codes[code];
        place[code] = (int64_t)*count;
    }
    return place;
}

/* A column of the file being written. */
struct putting {
    const struct frame_column *column;
    const int64_t *places; /* of periods: one more than their place in the dictionary */
};

static void add_column(struct rk_arena *arena, struct columns_writer *writer, size_t at,
                       const size_t *order, size_t rows, struct putting *putting)
{
    const struct frame_column *column = putting->column;
    const char **codes;
    size_t count;

    columns_add(writer, column->name, frame_store_kind(column->type), (int)column->type);
    if (column->type != COLUMN_CODE) return;
    if (!column->codes->open) {
        columns_dictionary(writer, at, column->codes->codes, column->codes->count);
        return;
    }
    putting->places = met_periods(arena, column, order, rows, &codes, &count);
    columns_dictionary(writer, at, codes, count);
}

static void put(struct columns_writer *writer, size_t at, const struct putting *putting,
                size_t row)
{
    const struct frame_column *column = putting->column;

    if (column->text)
        columns_text(writer, at, column->text[row]);
    else if (column->number)
        columns_number(writer, at, column->number[row]);
    else if (putting->places && column->whole[row] != RK_NO_VALUE)
        columns_whole(writer, at, putting->places[column->whole[row]] - 1);
    else
        columns_whole(writer, at, column->whole[row]);
}

/* Row of people of a record; a row of people is its own. */
static int64_t person_of(const int32_t *person, size_t row)
{
    if (!person) return (int64_t)row;
    return person[row] < 0 ? RK_NO_VALUE : person[row];
}

static void put_rows(struct columns_writer *writer, const struct putting *putting,
                     const struct frame_store_rows *rows)
{
    const int32_t *person = rows->linked ? frame_person(rows->frame) : NULL;
    const char **file_line = *rows->people ? NULL : rows->frame->file_line;

    for (size_t i = 0; i < rows->count; i++) {
        size_t row = row_of(rows->order, i);

        for (size_t c = 0; c < rows->width; c++)
            put(writer, c, &putting[c], row);
        if (rows->linked)
            columns_whole(writer, rows->width, person_of(person, row));
        else if (file_line)
            columns_text(writer, rows->width, file_line[row]);
        columns_end(writer);
    }
}

void frame_store_write(struct rk_arena *arena, FILE *out, const struct frame_store_rows *rows,
                       const char *hash)
{
    struct columns_writer *writer = columns_new(arena, out);
    struct putting *putting = RK_ARRAY(arena, struct putting, rows->width + 1);

    for (size_t c = 0; c < rows->width; c++) {
        putting[c].column = rows->columns[c];
        add_column(arena, writer, c, rows->order, rows->count, &putting[c]);
    }
    if (rows->linked)
        columns_add(writer, "#person", COLUMNS_WHOLE, 0);
    else if (rows->frame->file_line && !*rows->people)
        columns_add(writer, "file_line", COLUMNS_TEXT, 0);
    put_rows(writer, putting, rows);
    columns_finish(writer, hash, rows->people);
}

/* ---- after a CSV was edited ---- */

static bool write_renewed(struct rk_arena *arena, const char *path,
                          const struct frame *frame, const char *hash)
{
    const struct frame_column **list =
        RK_ARRAY(arena, const struct frame_column *, frame->count + 1);
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    FILE *out = file >= 0 ? fdopen(file, "w") : NULL;
    bool whole;

    if (!out) return file >= 0 && close(file) != 0;
    for (size_t i = 0; i < frame->count; i++)
        list[i] = &frame->columns[i];
    frame_store_write(arena, out,
                      &(struct frame_store_rows){.frame = frame,
                                                 .columns = list,
                                                 .width = frame->count,
                                                 .count = frame->rows,
                                                 .people = ""},
                      hash);
    whole = fflush(out) == 0 && !ferror(out) && fsync(file) == 0;
    return fclose(out) == 0 && whole;
}

void frame_store_renew(struct rk_run *run, const char *path, const struct frame *frame)
{
    struct rk_arena *arena = rk_arena_new();
    int stem = (int)(strlen(path) - strlen(".csv"));
    const char *target = rk_arena_printf(arena, "%.*s.columns", stem, path);
    const char *fresh = rk_arena_printf(arena, "%.*s.columns.new", stem, path);
    int ticket = rk_cleanup_add(fresh);
    char hash[COLUMNS_HASH + 1];

    if (rk_remove_tree(fresh) && rk_hash_file(run->diag, path, hash) == RK_OK &&
        !(write_renewed(arena, fresh, frame, hash) && rename(fresh, target) == 0))
        rk_remove_tree(fresh);
    rk_cleanup_drop(ticket);
    rk_arena_free(arena);
}
