// SPDX-License-Identifier: MIT
#include "pipeline/contract/frame_store.h"

#include "pipeline/base/rk_cleanup.h"
#include "pipeline/base/rk_text.h"
#include "pipeline/contract/frame_priv.h"
#include "pipeline/contract/hash_book.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Where a frame's columns come from when they are asked for. */
struct frame_store {
    struct rk_arena *arena;
    struct rk_diag *diag;
    const char *path;       /* of the column file */
    struct columns *columns;
    long *stored;           /* of each column of the frame: its place in the file */
    const int64_t **places; /* of each: codes of the file to codes of the study */
    long person;            /* place of the person, or -1 */
};

#define PERSON "#person" /* no column of a study has such a name */

enum columns_kind frame_store_kind(enum column_type type)
{
    switch (type) {
    case COLUMN_NUMBER:
        return COLUMNS_NUMBER;
    case COLUMN_ID:
    case COLUMN_TEXT:
        return COLUMNS_TEXT;
    default:
        return COLUMNS_WHOLE;
    }
}

static const char *path_of(struct rk_arena *arena, const char *csv)
{
    return rk_arena_printf(arena, "%.*s.columns", (int)(strlen(csv) - strlen(".csv")), csv);
}

/* ---- is it of this CSV? ---- */

/* A file that has not changed since the column file was finished need not be hashed: the
 * system sets the time of a change itself, whatever is done to the file. */
static bool is_older(const char *csv, const char *path)
{
    struct stat text, made;

    if (stat(csv, &text) != 0 || stat(path, &made) != 0) return false;
    return text.st_ctim.tv_sec < made.st_ctim.tv_sec ||
           (text.st_ctim.tv_sec == made.st_ctim.tv_sec &&
            text.st_ctim.tv_nsec < made.st_ctim.tv_nsec);
}

static bool is_current(struct rk_run *run, const char *csv, const char *path,
                       const struct columns *columns)
{
    char hash[COLUMNS_HASH + 1];

    if (is_older(csv, path)) return true;
    if (!run->hashes) run->hashes = hash_book_new(run->arena);
    return access(csv, R_OK) == 0 &&
           hash_book_file(run->hashes, run->diag, csv, hash) == RK_OK &&
           strcmp(hash, columns_hash(columns)) == 0;
}

bool frame_store_hash(struct rk_arena *arena, const char *csv, char hex[65])
{
    size_t bytes = strlen(csv);
    struct columns *columns;
    const char *path;

    if (bytes < 4 || strcmp(csv + bytes - 4, ".csv") != 0) return false;
    path = path_of(arena, csv);
    if (!is_older(csv, path)) return false;
    columns = columns_open(arena, path);
    if (!columns || strlen(columns_hash(columns)) != COLUMNS_HASH) return false;
    memcpy(hex, columns_hash(columns), COLUMNS_HASH + 1);
    return true;
}

static struct columns *open_current(struct rk_run *run, const char *csv)
{
    const char *path = path_of(run->arena, csv);
    struct columns *columns = columns_open(run->arena, path);

    if (columns && is_current(run, csv, path, columns)) return columns;
    return NULL;
}

/* ---- is it as the study says? ---- */

/* Codes of the file to places in the study's list; false when it has a code of its own. */
static bool map_codes(struct frame_store *store, struct frame_column *column, size_t stored,
                      const int64_t **out)
{
    size_t count;
    const char *const *codes = columns_codes(store->columns, stored, &count);
    int64_t *places = RK_ARRAY(store->arena, int64_t, count + 1);
    bool same = true;

    for (size_t i = 0; i < count; i++) {
        places[i] = code_list_find(column->codes, codes[i]);
        if (places[i] < 0) return false;
        same = same && places[i] == (int64_t)i;
    }
    *out = same ? NULL : places;
    return true;
}

static bool map_periods(struct frame_store *store, struct frame_column *column,
                        size_t stored, const int64_t **out)
{
    size_t count;
    const char *const *codes = columns_codes(store->columns, stored, &count);
    int64_t *places;

    if (!frame_periods_order(store->arena, column, codes, count, &places)) return false;
    *out = places;
    return true;
}

static bool add_column(struct frame_store *store, struct frame *frame, size_t stored)
{
    const char *name = columns_name(store->columns, stored);
    const struct study_column *declared = study_column(frame->source, name);
    struct frame_column *column = &frame->columns[frame->count];

    if (!declared || columns_meaning(store->columns, stored) != (int)declared->type ||
        columns_kind(store->columns, stored) != frame_store_kind(declared->type))
        return false;
    *column = (struct frame_column){.name = declared->name,
                                    .type = declared->type,
                                    .codes = declared->codes,
                                    .declared = declared,
                                    .waits = true};
    store->stored[frame->count++] = (long)stored;
    if (declared->type != COLUMN_CODE) return true;
    return (declared->codes->open ? map_periods : map_codes)(
        store, column, stored, &store->places[frame->count - 1]);
}

static bool add_columns(struct frame_store *store, struct frame *frame)
{
    size_t count = columns_count(store->columns);

    frame->columns = RK_ARRAY(store->arena, struct frame_column, count + 1);
    store->stored = RK_ARRAY(store->arena, long, count + 1);
    store->places = RK_ARRAY(store->arena, const int64_t *, count + 1);
    for (size_t i = 0; i < count; i++) {
        const char *name = columns_name(store->columns, i);

        if (strcmp(name, PERSON) == 0 || strcmp(name, "file_line") == 0) continue;
        if (!add_column(store, frame, i)) return false;
    }
    return true;
}

/* The persons of its records are rows of people.csv as that stands now. */
static void find_person(struct rk_run *run, struct frame_store *store, struct frame *frame)
{
    long person = columns_find(store->columns, PERSON);
    struct columns *people;

    store->person = -1;
    if (person < 0 || columns_kind(store->columns, (size_t)person) != COLUMNS_WHOLE) return;
    people = open_current(run, rk_run_path(run, "20-people", "people.csv"));
    if (people && strcmp(columns_other(people), columns_other(store->columns)) == 0) {
        store->person = person;
        frame->people = columns_rows(people);
    }
}

/* ---- values ---- */

/* The file was whole when it was opened: somebody is writing over it, or the disk fails. */
static _Noreturn void gone_bad(const struct frame_store *store)
{
    rk_fail(store->diag, RK_WORLD, RK_AT(store->path, 0, 0),
            "cannot be read to its end; remove it and run again (the CSV beside it holds "
            "the same)");
    rk_cleanup_now();
    rk_diag_flush(store->diag);
    _exit(RK_WORLD);
}

static bool read_whole(const struct frame_store *store, size_t stored, const int64_t *places,
                       size_t rows, int64_t *out)
{
    size_t count;

    if (!columns_read_whole(store->columns, stored, out)) return false;
    columns_codes(store->columns, stored, &count);
    for (size_t i = 0; count && i < rows; i++) {
        if (out[i] == RK_NO_VALUE) continue;
        if (out[i] < 0 || (size_t)out[i] >= count) return false;
        if (places) out[i] = places[out[i]];
    }
    return true;
}

static bool load(const struct frame_store *store, const struct frame *frame,
                 struct frame_column *column)
{
    size_t at = (size_t)(column - frame->columns), stored = (size_t)store->stored[at];

    switch (frame_store_kind(column->type)) {
    case COLUMNS_NUMBER:
        column->number = RK_ARRAY(store->arena, double, frame->rows + 1);
        return columns_read_number(store->columns, stored, column->number);
    case COLUMNS_TEXT:
        column->text = RK_ARRAY(store->arena, const char *, frame->rows + 1);
        return columns_read_text(store->columns, stored, store->arena, column->text);
    default:
        column->whole = RK_ARRAY(store->arena, int64_t, frame->rows + 1);
        return read_whole(store, stored, store->places[at], frame->rows, column->whole);
    }
}

/* A column of 20-people, for reading: in few bytes where that can be. */
static bool load_narrow(const struct frame_store *store, const struct frame *frame,
                        struct frame_column *column)
{
    size_t at = (size_t)(column - frame->columns), stored = (size_t)store->stored[at], codes;

    columns_codes(store->columns, stored, &codes);
    return columns_read_narrow(store->columns, stored, store->arena, store->places[at], codes,
                               &column->narrow) &&
           (column->narrow.values || load(store, frame, column));
}

void frame_store_load(const struct frame *frame, struct frame_column *column)
{
    if (!load_narrow(frame->store, frame, column)) gone_bad(frame->store);
    column->waits = false;
}

struct rk_arena *frame_store_arena(const struct frame *frame)
{
    return frame->store->arena;
}

int32_t *frame_store_person(const struct frame *frame, struct rk_arena *arena)
{
    const struct frame_store *store = frame->store;
    struct columns_narrow narrow;
    struct rk_arena *scratch;
    int32_t *out;

    if (!store || store->person < 0) return NULL;
    scratch = rk_arena_new();
    out = RK_ARRAY(arena, int32_t, frame->rows + 1);
    if (!columns_read_narrow(store->columns, (size_t)store->person, scratch, NULL, 0,
                             &narrow) ||
        !narrow.values)
        gone_bad(store);
    for (size_t i = 0; i < frame->rows; i++) {
        int64_t person = columns_narrow_at(&narrow, i);

        out[i] = person == RK_NO_VALUE ? -1 : (int32_t)person;
        if (person != RK_NO_VALUE && (person < 0 || person >= (int64_t)frame->people))
            gone_bad(store);
    }
    rk_arena_free(scratch);
    return out;
}

bool frame_store_knows_person(const struct frame *frame)
{
    return frame->store && frame->store->person >= 0;
}

long frame_store_present(const struct frame *frame, const struct frame_column *column)
{
    const struct frame_store *store = frame->store;

    if (!store) return -1;
    return (long)columns_present(store->columns,
                                 (size_t)store->stored[column - frame->columns]);
}

long frame_store_linked(const struct frame *frame)
{
    const struct frame_store *store = frame->store;

    if (!store || store->person < 0) return -1;
    return (long)columns_present(store->columns, (size_t)store->person);
}

/* 10-clean is wanted whole, and with the row of the extract. */
static bool load_all(struct frame_store *store, struct frame *frame)
{
    long line = columns_find(store->columns, "file_line");

    if (line < 0) return false;
    frame->file_line = RK_ARRAY(store->arena, const char *, frame->rows + 1);
    if (!columns_read_text(store->columns, (size_t)line, store->arena, frame->file_line))
        return false;
    for (size_t i = 0; i < frame->count; i++) {
        if (!load(store, frame, &frame->columns[i])) return false;
        frame->columns[i].waits = false;
    }
    return true;
}

bool frame_store_open(struct rk_run *run, const char *path, bool people, struct frame *frame)
{
    struct columns *columns = open_current(run, path);
    struct frame_store *store = RK_NEW(run->arena, struct frame_store);
    const struct frame before = *frame;

    if (!columns) return false;
    *store = (struct frame_store){.arena = run->arena,
                                  .diag = run->diag,
                                  .path = path_of(run->arena, path),
                                  .columns = columns};
    frame->rows = columns_rows(columns);
    frame->store = store;
    if (add_columns(store, frame) && frame_has_columns(frame, people) &&
        (people || load_all(store, frame))) {
        if (people) find_person(run, store, frame);
        return true;
    }
    *frame = before;
    return false;
}
