// SPDX-License-Identifier: MIT
#include "pipeline/merge/merge_rows.h"

#include "pipeline/base/rk_csv.h"
#include "pipeline/base/rk_file.h"
#include "pipeline/base/rk_text.h"
#include "pipeline/merge/merge_heap.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

size_t merge_part_count(const struct merge_rows *rows, const struct study_source *source)
{
    return part_reading(rows->parts->runs[0].part, source) == PART_WHOLE ? 1
                                                                         : rows->parts->count;
}

static const char *path_of(const struct merge_rows *rows, size_t part, const char *name)
{
    return rk_arena_printf(rows->run->arena, "%s/%s/%s", rows->parts->runs[part].out_dir,
                           rows->folder, name);
}

bool merge_any(const struct merge_rows *rows, const char *name)
{
    for (size_t part = 0; part < rows->parts->count; part++)
        if (access(path_of(rows, part, name), F_OK) == 0) return true;
    return false;
}

/* ---- where a row stands ---- */

struct place {
    long source, code, file, line;
    const char *text;
};

static int compare_numbers(long a, long b)
{
    return (a > b) - (a < b);
}

static int compare_places(const struct place *a, const struct place *b)
{
    int order = compare_numbers(a->source, b->source);

    if (!order) order = compare_numbers(a->code, b->code);
    if (!order) order = compare_numbers(a->file, b->file);
    if (!order) order = compare_numbers(a->line, b->line);
    return order || !a->text ? order : strcmp(a->text, b->text);
}

/* One part's file while it is read. */
struct reader {
    const char *path;
    struct rk_csv *csv;
    struct rk_csv_row row;
    struct place place;
    size_t bytes;          /* before the row in hand */
    struct place *groups;  /* with `other`: the first row of each group */
    size_t *group_rows;    /* and how many rows each has */
    size_t group, in_group, group_cap, row_cap;
};

struct merging {
    const struct merge_rows *rows;
    const struct merge_account *account; /* NULL: by the first cell */
    struct rk_arena *arena, *scratch; /* `scratch` for a row */
    struct reader *readers;
    size_t count;
    FILE *out;
};

static rk_status unlike(const struct merging *merging, const struct reader *reader,
                        const char *what)
{
    return rk_fail(merging->rows->run->diag, RK_WORLD,
                   RK_AT(reader->path, reader->row.line, 0), "%s; run this part again", what);
}

static long source_of(const struct merging *merging, size_t part)
{
    const struct study *study = merging->rows->study;
    const struct merge_account *account = merging->account;
    long at = (long)merging->readers[part].bytes;
    const struct study_source *named =
        account->only ? account->only
        : account->source >= 0
            ? study_source(study, merging->readers[part].row.cells[account->source])
            : NULL;

    if (named) return named - study->sources;
    if (account->source >= 0) return -1;
    for (size_t i = 0; i < study->source_count; i++)
        if (at < merging->rows->ledger_ends[part][i]) return (long)i;
    return -1;
}

static long code_of(const struct merging *merging, const struct study_source *source,
                    const char *code)
{
    switch (merging->account->codes) {
    case MERGE_RULES:
        for (size_t i = 0; i < source->duplicate_count; i++)
            if (strcmp(source->duplicates[i].code, code) == 0) return (long)i;
        return (long)source->duplicate_count;
    case MERGE_CHECKS:
        for (size_t i = 0; i < source->check_count; i++)
            if (strcmp(source->checks[i].code, code) == 0) return (long)i + 1;
        return 0;
    default:
        return 0;
    }
}

/* "reviews.csv:214", or the two in cells of their own. */
static bool find_line(const struct merging *merging, long source, const char *file,
                      const char *line, struct place *out)
{
    const char *colon = line ? NULL : strrchr(file, ':');

    if (!line && !colon) return false;
    if (!line) file = rk_arena_copy_n(merging->scratch, file, (size_t)(colon - file));
    out->file = rk_map_find(merging->rows->files[source], file);
    return out->file >= 0 && rk_text_integer(line ? line : colon + 1, &out->line);
}

static bool find_place(const struct merging *merging, size_t part, struct place *out)
{
    const struct merge_account *account = merging->account;
    const struct rk_csv_row *row = &merging->readers[part].row;
    struct place other;

    out->text = NULL;
    out->source = source_of(merging, part);
    if (out->source < 0) return false;
    out->code = account->code < 0 ? 0
                                  : code_of(merging, &merging->rows->study->sources[out->source],
                                            row->cells[account->code]);
    if (!find_line(merging, out->source, row->cells[account->file],
                   account->line < 0 ? NULL : row->cells[account->line], out))
        return false;
    if (account->other < 0) return true;
    other = *out;
    if (!find_line(merging, out->source, row->cells[account->other], NULL, &other)) return false;
    if (compare_places(&other, out) < 0) *out = other;
    return true;
}

/* ---- reading ---- */

/* Our files have a line end of one byte. */
static void count_row(struct reader *reader)
{
    reader->bytes += reader->row.raw_bytes + 1;
}

/* The next row that is the part's to say; `there` is false after the last. */
static rk_status next_row(struct merging *merging, size_t part, bool *there)
{
    struct reader *reader = &merging->readers[part];

    while (count_row(reader), (*there = rk_csv_next(reader->csv, &reader->row))) {
        if (reader->row.damage) return unlike(merging, reader, "a broken row");
        if (!merging->account) {
            reader->place = (struct place){.text = reader->row.cells[0]};
            return RK_OK;
        }
        rk_arena_reset(merging->scratch);
        if (!find_place(merging, part, &reader->place))
            return unlike(merging, reader, "a row of no source or extract that was read");
        if (part == 0 || merge_part_count(merging->rows,
                                          &merging->rows->study->sources[reader->place.source]) > 1)
            return RK_OK;
    }
    return rk_csv_status(reader->csv);
}

/* Rows of a group stand where the first of its rows does. */
static rk_status next_in_group(struct merging *merging, size_t part, bool *there)
{
    struct reader *reader = &merging->readers[part];

    RK_TRY(next_row(merging, part, there));
    if (!*there || !reader->groups) return RK_OK;
    if (reader->in_group == reader->group_rows[reader->group]) {
        reader->group++;
        reader->in_group = 0;
    }
    reader->in_group++;
    reader->place = reader->groups[reader->group];
    return RK_OK;
}

static rk_status open_csv(struct merging *merging, struct reader *reader)
{
    const struct rk_csv_options options = {RK_CSV_UTF8, ','};

    reader->bytes = 0;
    RK_TRY(rk_csv_open(merging->arena, merging->rows->run->diag, reader->path, options,
                       &reader->csv));
    return rk_csv_next(reader->csv, &reader->row) ? RK_OK
                                                  : unlike(merging, reader, "the file is empty");
}

static void note_group(struct merging *merging, struct reader *reader, const char *name,
                       const char **last)
{
    struct place *group;

    if (!*last || strcmp(name, *last) != 0 ||
        reader->place.source != reader->groups[reader->group - 1].source ||
        reader->place.code != reader->groups[reader->group - 1].code) {
        RK_ROOM(merging->arena, reader->groups, reader->group, reader->group_cap);
        RK_ROOM(merging->arena, reader->group_rows, reader->group, reader->row_cap);
        reader->groups[reader->group] = reader->place;
        reader->group_rows[reader->group++] = 0;
        *last = rk_arena_copy(merging->arena, name);
    }
    group = &reader->groups[reader->group - 1];
    if (compare_places(&reader->place, group) < 0) *group = reader->place;
    reader->group_rows[reader->group - 1]++;
}

/* A look through the file for where its groups begin. */
static rk_status find_groups(struct merging *merging, size_t part)
{
    struct reader *reader = &merging->readers[part];
    const char *last = NULL;
    bool there = true;
    rk_status status;

    RK_TRY(open_csv(merging, reader));
    while ((status = next_row(merging, part, &there)) == RK_OK && there)
        note_group(merging, reader, reader->row.cells[merging->account->file], &last);
    rk_csv_close(reader->csv);
    reader->csv = NULL;
    reader->group = 0;
    return status;
}

/* ---- writing ---- */

static int by_place(const void *context, size_t a, size_t b)
{
    const struct merging *merging = context;

    return compare_places(&merging->readers[a].place, &merging->readers[b].place);
}

static void put_row(const struct merging *merging, const struct reader *reader)
{
    fwrite(reader->row.raw, 1, reader->row.raw_bytes, merging->out);
    putc('\n', merging->out);
}

static rk_status open_reader(struct merging *merging, size_t part, const char *name)
{
    struct reader *reader = &merging->readers[part];

    reader->path = path_of(merging->rows, part, name);
    if (access(reader->path, F_OK) != 0) return RK_OK; /* rejects/: nothing was set aside */
    if (merging->account && merging->account->other >= 0) RK_TRY(find_groups(merging, part));
    RK_TRY(open_csv(merging, reader));
    return RK_OK;
}

static rk_status put_rows(struct merging *merging, const char *name)
{
    struct merge_heap heap = {.parts = RK_ARRAY(merging->arena, size_t, merging->count),
                              .compare = by_place,
                              .context = merging};
    bool there, headed = false;

    for (size_t part = 0; part < merging->count; part++) {
        RK_TRY(open_reader(merging, part, name));
        if (!merging->readers[part].csv) continue;
        if (!headed) put_row(merging, &merging->readers[part]);
        headed = true;
        RK_TRY(next_in_group(merging, part, &there));
        if (there) merge_heap_add(&heap, part);
    }
    while (heap.count) {
        size_t part = merge_heap_first(&heap);

        put_row(merging, &merging->readers[part]);
        RK_TRY(next_in_group(merging, part, &there));
        (there ? merge_heap_sink : merge_heap_drop)(&heap);
    }
    return RK_OK;
}

static rk_status merge(const struct merge_rows *rows, const struct merge_account *account,
                       const char *name)
{
    struct merging merging = {.rows = rows,
                              .account = account,
                              .arena = rk_arena_new(),
                              .scratch = rk_arena_new(),
                              .count = rows->parts->count,
                              .out = rk_out_open(rows->out, name)};
    rk_status status = RK_WORLD;

    merging.readers = RK_ARRAY(merging.arena, struct reader, merging.count);
    if (merging.out) status = put_rows(&merging, name);
    for (size_t part = 0; part < merging.count; part++)
        if (merging.readers[part].csv) rk_csv_close(merging.readers[part].csv);
    rk_arena_free(merging.scratch);
    rk_arena_free(merging.arena);
    return status;
}

rk_status merge_account(const struct merge_rows *rows, const struct merge_account *account)
{
    return merge(rows, account, account->name);
}

rk_status merge_sorted(const struct merge_rows *rows, const char *name)
{
    return merge(rows, NULL, name);
}

rk_status merge_same(const struct merge_rows *rows, const char *name)
{
    const char *path = path_of(rows, 0, name);
    char block[1 << 14];
    size_t bytes;
    FILE *from, *to;

    if (access(path, F_OK) != 0) return RK_OK;
    from = fopen(path, "rbe");
    if (!from) return rk_file_fail(rows->run->diag, path, "read");
    to = rk_out_open(rows->out, name);
    while (to && (bytes = fread(block, 1, sizeof block, from)) > 0)
        fwrite(block, 1, bytes, to);
    if (ferror(from)) to = NULL;
    fclose(from);
    return to ? RK_OK : RK_WORLD;
}
