// SPDX-License-Identifier: MIT
#include "pipeline/clean/clean_mended.h"

#include "pipeline/base/rk_text.h"
#include "pipeline/clean/clean_ledger.h"
#include "pipeline/contract/folder.h"

#include <string.h>

/* The columns of a rejects file before the headings; `raw` is behind them. */
enum { FILE_NAME, LINE, REASON, WAS, BEFORE };
static const char *const before[BEFORE] = {"file", "line", "reason", "was"};

struct mended_file {
    const char *path, *name; /* for messages; for issues: "mended/reviews.csv" */
    const char **headings;
    size_t count;
};

struct mended_row {
    const struct mended_file *file;
    size_t line;
    const char *was;
    char **cells;    /* under the headings */
    const char *raw;
    bool used, told;
};

struct clean_mended {
    struct rk_map *keys; /* "reviews.csv:214" */
    struct mended_row *rows;
    size_t cap;
    const char **headings; /* of the table in hand */
    size_t count;
    char separator;
};

void clean_mended_mark(const struct rk_csv_row *row, char out[17])
{
    char hex[65];

    rk_hash_bytes(row->raw, row->raw_bytes, hex);
    memcpy(out, hex, 16);
    out[16] = '\0';
}

/* ---- reading the files ---- */

static rk_status take_headings(struct clean_source *source, struct mended_file *file,
                               const struct rk_csv_row *row)
{
    struct rk_arena *arena = source->run->arena;
    bool fine = row->count > BEFORE && strcmp(row->cells[row->count - 1], "raw") == 0;

    for (size_t i = 0; fine && i < BEFORE; i++)
        fine = strcmp(row->cells[i], before[i]) == 0;
    if (!fine)
        return rk_fail(source->run->diag, RK_STUDY, RK_AT(file->path, row->line, 0),
                       "expected the headings of a file of rejects: file, line, reason, was, "
                       "those of the extract, raw; copy it again from 10-clean/rejects and "
                       "change only the rows");
    file->count = row->count - BEFORE - 1;
    file->headings = RK_ARRAY(arena, const char *, file->count + 1);
    for (size_t i = 0; i < file->count; i++)
        file->headings[i] = rk_arena_copy(arena, row->cells[BEFORE + i]);
    return RK_OK;
}

static rk_status take_row(struct clean_source *source, const struct mended_file *file,
                          const struct rk_csv_row *row)
{
    struct clean_mended *mended = source->mended;
    struct rk_arena *arena = source->run->arena;
    struct rk_place place = RK_AT(file->path, row->line, 0);
    const char *key;
    size_t known = rk_map_count(mended->keys);
    struct mended_row *out;

    if (row->damage || row->count != BEFORE + file->count + 1)
        return rk_fail(source->run->diag, RK_STUDY, place,
                       "%zu cells where the headings are %zu", row->count,
                       BEFORE + file->count + 1);
    key = rk_arena_printf(source->scratch, "%s:%s", row->cells[FILE_NAME], row->cells[LINE]);
    if (rk_map_add(mended->keys, key) != known)
        return rk_fail(source->run->diag, RK_STUDY, place, "the row %s is mended twice", key);
    RK_ROOM(arena, mended->rows, known, mended->cap);
    out = &mended->rows[known];
    *out = (struct mended_row){.file = file,
                               .line = row->line,
                               .was = rk_arena_copy(arena, row->cells[WAS]),
                               .raw = rk_arena_copy(arena, row->cells[row->count - 1]),
                               .cells = RK_ARRAY(arena, char *, file->count + 1)};
    for (size_t i = 0; i < file->count; i++)
        out->cells[i] = rk_arena_copy(arena, row->cells[BEFORE + i]);
    return RK_OK;
}

static rk_status read_file(struct clean_source *source, const char *folder, const char *name)
{
    struct rk_arena *arena = source->run->arena;
    struct mended_file *file = RK_NEW(arena, struct mended_file);
    struct extract_options options = {.sheet = NULL};
    struct extract *extract;
    struct rk_csv_row row;
    rk_status status = RK_OK;

    file->path = rk_arena_printf(arena, "%s/%s", folder, name);
    file->name = rk_arena_printf(arena, "mended/%s", name);
    RK_TRY(extract_open(arena, source->run->diag, file->path, options, &extract));
    while (status == RK_OK && extract_next(extract, &row)) {
        rk_arena_reset(source->scratch);
        if (row.blank) continue;
        status = file->headings ? take_row(source, file, &row) : take_headings(source, file, &row);
    }
    if (status == RK_OK) status = extract_status(extract);
    extract_close(extract);
    return status;
}

/* SOURCE.csv, SOURCE_2.csv: "visits" has no part in "visits_late.csv". */
static bool is_of_source(const char *name, const char *source)
{
    size_t bytes = strlen(source);

    if (strncmp(name, source, bytes) != 0) return false;
    name += bytes;
    if (*name == '_') name += 1 + strspn(name + 1, "0123456789");
    return *name == '.';
}

rk_status clean_mended_read(struct clean_source *source)
{
    struct rk_arena *arena = source->run->arena;
    const char *folder = rk_arena_printf(arena, "%s/mended", source->study->data_dir);
    struct folder_list files;

    source->mended = RK_NEW(arena, struct clean_mended);
    source->mended->keys = rk_map_new(arena);
    RK_TRY(folder_list_glob(arena, source->run->diag, folder, "*", &files));
    for (size_t i = 0; i < files.count; i++)
        if (is_of_source(files.names[i], source->source->name))
            RK_TRY(read_file(source, folder, files.names[i]));
    return RK_OK;
}

/* ---- using them ---- */

void clean_mended_header(struct clean_source *source, const struct rk_csv_row *header,
                         char separator)
{
    struct clean_mended *mended = source->mended;
    struct rk_arena *arena = source->run->arena;

    mended->count = header->count;
    mended->headings = RK_ARRAY(arena, const char *, header->count + 1);
    for (size_t i = 0; i < header->count; i++)
        mended->headings[i] = rk_arena_copy(arena, header->cells[i]);
    mended->separator = separator;
}

static bool same_headings(const struct clean_mended *mended, const struct mended_file *file)
{
    if (file->count != mended->count) return false;
    for (size_t i = 0; i < file->count; i++)
        if (strcmp(file->headings[i], mended->headings[i]) != 0) return false;
    return true;
}

static bool any_cell(const struct mended_row *row)
{
    for (size_t i = 0; i < row->file->count; i++)
        if (*row->cells[i]) return true;
    return false;
}

/* One cell of a record, quoted or not, into `out`; NULL when its quotes are broken. */
static const char *split_cell(const char *at, char separator, char **out)
{
    bool quoted = *at == '"';

    for (at += quoted; *at && (quoted || *at != separator); at++) {
        if (quoted && *at == '"' && *++at != '"') break;
        *(*out)++ = *at;
    }
    *(*out)++ = '\0';
    return *at && *at != separator ? NULL : at;
}

static bool split(struct rk_arena *arena, const char *raw, char separator, size_t count,
                  char **cells)
{
    char *out = rk_arena_alloc(arena, strlen(raw) + count + 2, 1);
    size_t found = 0;

    for (const char *at = raw;; at++) {
        if (found == count) return false;
        cells[found++] = out;
        at = split_cell(at, separator, &out);
        if (!at) return false;
        if (!*at) return found == count;
    }
}

/* NULL, or why the mended row cannot be used. */
static const char *use(struct clean_source *source, const struct mended_row *mended,
                       const struct rk_csv_row *row, char ***cells)
{
    char mark[17];

    clean_mended_mark(row, mark);
    if (strcmp(mark, mended->was) != 0)
        return "the row of the extract has changed since it was set aside; the mended one is "
               "not used";
    if (!same_headings(source->mended, mended->file))
        return "the headings of the extract are others now; the mended row is not used";
    *cells = mended->cells;
    if (any_cell(mended)) return NULL;
    *cells = RK_ARRAY(source->scratch, char *, mended->file->count + 1);
    return split(source->scratch, mended->raw, source->mended->separator, mended->file->count,
                 *cells)
               ? NULL
               : "not mended yet: no cells under the headings, and \"raw\" has not as many as "
                 "there are headings";
}

bool clean_mended_any(const struct clean_source *source)
{
    return rk_map_count(source->mended->keys) > 0;
}

bool clean_mended_take(struct clean_source *source, const struct rk_csv_row *row,
                       struct rk_csv_row *out, const char **told)
{
    struct clean_mended *all = source->mended;
    struct mended_row *mended;
    const char *why;
    char **cells;
    long at;

    if (!clean_mended_any(source)) return false;
    at = rk_map_find(all->keys,
                     rk_arena_printf(source->scratch, "%s:%zu", source->name, row->line));
    if (at < 0) return false;
    mended = &all->rows[at];
    why = use(source, mended, row, &cells);
    mended->told = why != NULL;
    if (why) {
        rk_diag_say(source->run->diag, RK_DIAG_WARNING,
                    RK_AT(mended->file->path, mended->line, 0), "%s", why);
        return false;
    }
    mended->used = true;
    *out = *row;
    out->cells = cells;
    out->other = NULL;
    out->count = mended->file->count;
    out->damage = NULL;
    *told = rk_arena_printf(source->scratch, "row mended by hand: %s:%zu", mended->file->name,
                            mended->line);
    return true;
}

void clean_mended_report(struct clean_source *source)
{
    const struct clean_mended *all = source->mended;

    for (size_t i = 0; i < rk_map_count(all->keys); i++)
        if (!all->rows[i].used && !all->rows[i].told)
            rk_diag_say(source->run->diag, RK_DIAG_WARNING,
                        RK_AT(all->rows[i].file->path, all->rows[i].line, 0),
                        "%s: the extracts have no such row; is it of another delivery?",
                        rk_map_key(all->keys, i));
}
