// SPDX-License-Identifier: MIT
#include "pipeline/contract/frame.h"

#include "pipeline/base/rk_csv.h"
#include "pipeline/base/rk_text.h"
#include "pipeline/contract/frame_people.h"
#include "pipeline/contract/frame_priv.h"
#include "pipeline/contract/frame_store.h"
#include "pipeline/contract/manifest.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A file being read into a frame. */
struct reading {
    struct rk_run *run;
    const char *path;
    struct frame *frame;
    struct frame_column **columns; /* of each cell of a row; NULL: file_line */
    size_t width;
    size_t capacity;         /* rows there is room for */
    struct rk_map **periods; /* of each column of periods: codes as they are met */
};

static rk_status fail(const struct reading *reading, size_t line, size_t column,
                      const char *what)
{
    return rk_fail(reading->run->diag, RK_WORLD, RK_AT(reading->path, line, column),
                   "%s; mend it, or let `reckon %s` write it again", what,
                   manifest_writer(reading->path));
}

static size_t count_of(const char *block, size_t bytes, char c)
{
    size_t count = 0;

    for (const char *at = block; (at = memchr(at, c, (size_t)(block + bytes - at))); at++)
        count++;
    return count;
}

/* No more rows than this: each ends its line. */
static rk_status count_lines(struct reading *reading)
{
    char block[1 << 16];
    FILE *file = fopen(reading->path, "rbe");
    size_t bytes;

    if (!file) return rk_file_fail(reading->run->diag, reading->path, "read");
    reading->capacity = 1;
    while ((bytes = fread(block, 1, sizeof block, file)) > 0)
        reading->capacity += count_of(block, bytes, '\n') + count_of(block, bytes, '\r');
    if (ferror(file)) {
        fclose(file);
        return rk_file_fail(reading->run->diag, reading->path, "read");
    }
    fclose(file);
    return RK_OK;
}

static void make_room(struct reading *reading, struct frame_column *column)
{
    struct rk_arena *arena = reading->run->arena;

    switch (column->type) {
    case COLUMN_NUMBER:
        column->number = RK_ARRAY(arena, double, reading->capacity);
        break;
    case COLUMN_ID:
    case COLUMN_TEXT:
        column->text = RK_ARRAY(arena, const char *, reading->capacity);
        break;
    default:
        column->whole = RK_ARRAY(arena, int64_t, reading->capacity);
    }
}

static rk_status add_column(struct reading *reading, const struct rk_csv_row *header,
                            size_t at)
{
    struct frame *frame = reading->frame;
    const struct study_column *declared = study_column(frame->source, header->cells[at]);
    struct frame_column *column = &frame->columns[frame->count];

    if (!declared)
        return rk_fail(reading->run->diag, RK_WORLD,
                       RK_AT(reading->path, header->line, at + 1),
                       "the study has no column \"%s\"; `reckon %s` writes it again",
                       header->cells[at], manifest_writer(reading->path));
    if (frame_column(frame, declared->name))
        return fail(reading, header->line, at + 1, "a column is there twice");
    *column = (struct frame_column){.name = declared->name,
                                    .type = declared->type,
                                    .codes = declared->codes,
                                    .declared = declared};
    if (declared->type == COLUMN_CODE && declared->codes->open)
        reading->periods[frame->count] = rk_map_new(reading->run->arena);
    make_room(reading, column);
    reading->columns[at] = column;
    frame->count++;
    return RK_OK;
}

static rk_status read_header(struct reading *reading, const struct rk_csv_row *header)
{
    struct rk_arena *arena = reading->run->arena;
    struct frame *frame = reading->frame;

    reading->width = header->count;
    reading->columns = RK_ARRAY(arena, struct frame_column *, header->count);
    reading->periods = RK_ARRAY(arena, struct rk_map *, header->count);
    frame->columns = RK_ARRAY(arena, struct frame_column, header->count);
    for (size_t i = 0; i < header->count; i++) {
        if (strcmp(header->cells[i], "file_line") != 0)
            RK_TRY(add_column(reading, header, i));
    }
    return RK_OK;
}

/* Every column that should stand in the folder is there. */
static rk_status check_columns(const struct reading *reading, bool people)
{
    const struct study_column *lacking = frame_lacks(reading->frame, people);

    if (!lacking) return RK_OK;
    return rk_fail(reading->run->diag, RK_WORLD, RK_AT(reading->path, 1, 0),
                   "there is no column \"%s\"; `reckon %s` writes it again", lacking->name,
                   manifest_writer(reading->path));
}

/* Position of an exact code; codes are their own folded form. */
static bool read_code(const struct frame_column *column, const char *text, int64_t *out)
{
    const struct code_list *list = column->codes;
    long at = rk_map_find(list->lookup, text);

    if (at < 0 || strcmp(list->codes[list->code_of[at]], text) != 0) return false;
    *out = list->code_of[at];
    return true;
}

static bool read_whole(struct reading *reading, const struct frame_column *column,
                       const char *text, int64_t *out)
{
    struct rk_map *periods = reading->periods[column - reading->frame->columns];
    long number = 0;
    bool fine;

    if (column->type == COLUMN_CODE && !periods) return read_code(column, text, out);
    if (periods) number = (long)rk_map_add(periods, text);
    fine = periods || (column->type == COLUMN_DATE ? rk_date_parse(text, &number)
                                                   : rk_text_integer(text, &number));
    *out = number;
    return fine;
}

static bool read_cell(struct reading *reading, struct frame_column *column, size_t row,
                      const char *text)
{
    if (column->text) {
        column->text[row] = *text ? rk_arena_copy(reading->run->arena, text) : NULL;
        return true;
    }
    if (column->number) {
        column->number[row] = NAN;
        return !*text || rk_text_number(text, &column->number[row]);
    }
    column->whole[row] = RK_NO_VALUE;
    return !*text || read_whole(reading, column, text, &column->whole[row]);
}

static rk_status read_row(struct reading *reading, const struct rk_csv_row *row)
{
    struct frame *frame = reading->frame;

    if (row->damage || row->count != reading->width)
        return fail(reading, row->line, 0, "a broken row");
    if (frame->rows == reading->capacity)
        return fail(reading, row->line, 0, "the file grew while it was read");
    for (size_t i = 0; i < row->count; i++) {
        if (reading->columns[i]) {
            if (!read_cell(reading, reading->columns[i], frame->rows, row->cells[i]))
                return fail(reading, row->line, i + 1,
                            rk_arena_printf(reading->run->arena,
                                            "%s: no value that the study knows",
                                            reading->columns[i]->name));
        } else if (frame->file_line) {
            frame->file_line[frame->rows] =
                rk_arena_copy(reading->run->arena, row->cells[i]);
        }
    }
    frame->rows++;
    return RK_OK;
}

static rk_status read_rows(struct reading *reading, struct rk_csv *csv, bool people)
{
    struct rk_csv_row row;

    if (!rk_csv_next(csv, &row)) return fail(reading, 1, 0, "the file is empty");
    RK_TRY(read_header(reading, &row));
    RK_TRY(check_columns(reading, people));
    if (!people)
        reading->frame->file_line =
            RK_ARRAY(reading->run->arena, const char *, reading->capacity);
    while (rk_csv_next(csv, &row))
        RK_TRY(read_row(reading, &row));
    return rk_csv_status(csv);
}

/* ---- periods ---- */

static rk_status order_periods(struct reading *reading, struct frame_column *column,
                               const struct rk_map *met)
{
    struct rk_arena *arena = reading->run->arena;
    size_t count = rk_map_count(met);
    const char **codes = RK_ARRAY(arena, const char *, count + 1);
    int64_t *places;

    for (size_t i = 0; i < count; i++)
        codes[i] = rk_map_key(met, i);
    if (!frame_periods_order(arena, column, codes, count, &places))
        return fail(reading, 1, 0, "a value is no period");
    for (size_t row = 0; row < reading->frame->rows; row++)
        if (column->whole[row] != RK_NO_VALUE)
            column->whole[row] = places[column->whole[row]];
    return RK_OK;
}

static rk_status finish_periods(struct reading *reading)
{
    for (size_t i = 0; i < reading->frame->count; i++)
        if (reading->periods[i])
            RK_TRY(
                order_periods(reading, &reading->frame->columns[i], reading->periods[i]));
    return RK_OK;
}

/* ---- who each record is of ---- */

static rk_status link_people(struct rk_run *run, const struct study *study,
                             struct frame *frame)
{
    const char *key = frame->source->link ? frame->source->link : frame->source->key;
    const struct frame_column *column;
    const struct rk_map *people;

    if (!key || (!frame->source->link && frame->source != study->people)) return RK_OK;
    if (frame_store_knows_person(frame)) return RK_OK;
    column = frame_column(frame, key);
    if (!column) return RK_OK;
    RK_TRY(frame_people_find(run, study, &people));
    frame->people = rk_map_count(people);
    frame->persons = RK_ARRAY(run->arena, int32_t, frame->rows + 1);
    for (size_t row = 0; row < frame->rows; row++)
        frame->persons[row] =
            column->text[row] ? (int32_t)rk_map_find(people, column->text[row]) : -1;
    return RK_OK;
}

static rk_status find_source(struct rk_run *run, const struct study *study,
                             const char *name, struct frame *frame)
{
    const struct study_point *point = study_point(study, name);

    frame->name = name;
    frame->source = point ? point->source : study_source(study, name);
    return frame->source ? RK_OK
                         : rk_fail(run->diag, RK_STUDY, RK_NOWHERE,
                                   "the study has no source or point \"%s\"", name);
}

static rk_status read_csv(struct reading *reading, bool people)
{
    struct rk_csv_options options = {RK_CSV_UTF8, ','};
    struct rk_run *run = reading->run;
    struct rk_csv *csv;
    rk_status status;

    RK_TRY(count_lines(reading));
    RK_TRY(rk_csv_open(run->arena, run->diag, reading->path, options, &csv));
    status = read_rows(reading, csv, people);
    rk_csv_close(csv);
    RK_TRY(status);
    RK_TRY(finish_periods(reading));
    frame_store_renew(run, reading->path, reading->frame);
    return RK_OK;
}

rk_status frame_read(struct rk_run *run, const char *folder, const char *name,
                     struct frame **out)
{
    struct reading reading = {.run = run, .frame = RK_NEW(run->arena, struct frame)};
    struct frame *frame = reading.frame;
    bool people = strcmp(folder, "20-people") == 0;
    const struct study *study;

    RK_TRY(study_open(run, &study));
    RK_TRY(find_source(run, study, name, frame));
    if (people && strcmp(name, study->people->name) == 0) frame->name = "people";
    reading.path =
        rk_run_path(run, folder, rk_arena_printf(run->arena, "%s.csv", frame->name));
    if (!frame_store_open(run, reading.path, people, frame))
        RK_TRY(read_csv(&reading, people));
    if (people && strcmp(frame->name, "people") != 0)
        RK_TRY(link_people(run, study, frame));
    if (strcmp(frame->name, "people") == 0) frame->people = frame->rows;
    *out = frame;
    return RK_OK;
}
