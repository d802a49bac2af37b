// SPDX-License-Identifier: MIT
#include "pipeline/clean/clean_cells.h"

#include "pipeline/base/rk_text.h"
#include "pipeline/clean/clean_ledger.h"
#include "pipeline/clean/clean_mended.h"
#include "pipeline/contract/folder.h"

#include <string.h>

enum { SOURCE, FILE_NAME, LINE, WAS, COLUMN, HEADING, VALUE, WHY, MENDED, NAMES };
static const char *const names[NAMES] = {"source",  "file",  "line", "was",   "column",
                                         "heading", "value", "why",  "mended"};

struct mended_cell {
    struct rk_place place;
    const char *key, *value, *text;
    bool by_row; /* the row is known by its mark, not by its place */
    bool used, changed;
};

struct clean_cells {
    struct rk_map *keys; /* "MARK:born" or "people.csv:214:born" */
    struct mended_cell *cells;
    size_t cap;
    bool any_place; /* of cells that are known by their place */
    char mark[17];  /* of the row in hand */
};

/* ---- reading the list ---- */

static rk_status check_names(struct clean_source *source, const char *path,
                             const struct rk_csv_row *row)
{
    bool fine = row->count == NAMES;

    for (size_t i = 0; fine && i < NAMES; i++)
        fine = strcmp(row->cells[i], names[i]) == 0;
    if (fine) return RK_OK;
    return rk_fail(source->run->diag, RK_STUDY, RK_AT(path, row->line, 0),
                   "expected the headings source,file,line,was,column,heading,value,why,mended; "
                   "copy 10-clean/unreadable.csv again and fill in mended");
}

static rk_status check_row(struct clean_source *source, struct rk_place place,
                           const struct rk_csv_row *row)
{
    struct rk_diag *diag = source->run->diag;
    const struct study_source *of;

    if (row->damage || row->count != NAMES)
        return rk_fail(diag, RK_STUDY, place, "%zu cells where the headings are %d", row->count,
                       NAMES);
    of = study_source(source->study, row->cells[SOURCE]);
    if (!of)
        return rk_fail(diag, RK_STUDY, place, "the study has no source \"%s\"",
                       row->cells[SOURCE]);
    if (!study_column(of, row->cells[COLUMN]))
        return rk_fail(diag, RK_STUDY, place, "%s has no column \"%s\"", of->name,
                       row->cells[COLUMN]);
    return RK_OK;
}

static const char *key_of(struct rk_arena *arena, const struct rk_csv_row *row)
{
    if (*row->cells[WAS])
        return rk_arena_printf(arena, "%s:%s", row->cells[WAS], row->cells[COLUMN]);
    return rk_arena_printf(arena, "%s:%s:%s", row->cells[FILE_NAME], row->cells[LINE],
                           row->cells[COLUMN]);
}

static rk_status take_row(struct clean_source *source, const char *path,
                          const struct rk_csv_row *row)
{
    struct clean_cells *all = source->by_hand;
    struct rk_arena *arena = source->run->arena;
    struct rk_place place = RK_AT(path, row->line, 0);
    size_t at, known = rk_map_count(all->keys);
    const char *key;

    RK_TRY(check_row(source, place, row));
    if (!*rk_text_trim(rk_arena_copy(source->scratch, row->cells[MENDED])) ||
        strcmp(row->cells[SOURCE], source->source->name) != 0)
        return RK_OK;
    key = key_of(arena, row);
    at = rk_map_add(all->keys, key);
    if (at < known) {
        if (strcmp(all->cells[at].text, row->cells[MENDED]) == 0) return RK_OK; /* a row twice */
        return rk_fail(source->run->diag, RK_STUDY, place,
                       "the same cell is mended otherwise in line %zu",
                       all->cells[at].place.line);
    }
    RK_ROOM(arena, all->cells, at, all->cap);
    all->cells[at] = (struct mended_cell){.place = place,
                                          .key = key,
                                          .value = rk_arena_copy(arena, row->cells[VALUE]),
                                          .text = rk_arena_copy(arena, row->cells[MENDED]),
                                          .by_row = *row->cells[WAS] != '\0'};
    all->any_place = all->any_place || !all->cells[at].by_row;
    return RK_OK;
}

static rk_status read_file(struct clean_source *source, const char *path)
{
    struct extract_options options = {.sheet = NULL};
    struct extract *extract;
    struct rk_csv_row row;
    rk_status status = RK_OK;
    bool headed = false;

    RK_TRY(extract_open(source->run->arena, source->run->diag, path, options, &extract));
    while (status == RK_OK && extract_next(extract, &row)) {
        rk_arena_reset(source->scratch);
        if (row.blank) continue;
        status = headed ? take_row(source, path, &row) : check_names(source, path, &row);
        headed = true;
    }
    if (status == RK_OK) status = extract_status(extract);
    extract_close(extract);
    return status;
}

rk_status clean_cells_read(struct clean_source *source)
{
    struct rk_arena *arena = source->run->arena;
    const char *folder = rk_arena_printf(arena, "%s/mended", source->study->data_dir);
    struct folder_list files;

    source->by_hand = RK_NEW(arena, struct clean_cells);
    source->by_hand->keys = rk_map_new(arena);
    RK_TRY(folder_list_glob(arena, source->run->diag, folder, "unreadable.*", &files));
    for (size_t i = 0; i < files.count; i++)
        RK_TRY(read_file(source, rk_arena_printf(arena, "%s/%s", folder, files.names[i])));
    return RK_OK;
}

/* ---- using it ---- */

bool clean_cells_any(const struct clean_source *source)
{
    return rk_map_count(source->by_hand->keys) > 0;
}

static struct mended_cell *find(struct clean_source *source, const char *row, const char *column)
{
    struct clean_cells *all = source->by_hand;
    long at = rk_map_find(all->keys, rk_arena_printf(source->scratch, "%s:%s", row, column));

    return at < 0 ? NULL : &all->cells[at];
}

static bool says_still(struct clean_source *source, const char *cell, const char *value)
{
    return strcmp(rk_text_trim(rk_arena_copy(source->scratch, cell)),
                  rk_text_trim(rk_arena_copy(source->scratch, value))) == 0;
}

void clean_cells_row(struct clean_source *source, const struct rk_csv_row *row)
{
    source->row = row;
    if (rk_map_count(source->by_hand->keys)) clean_mended_mark(row, source->by_hand->mark);
}

const char *clean_cells_take(struct clean_source *source, size_t column)
{
    const struct rk_csv_row *row = source->row;
    struct clean_cells *all = source->by_hand;
    const char *name = source->columns[column].declared->name;
    long at = source->columns[column].cell;
    struct mended_cell *cell;

    if (!rk_map_count(all->keys) || at < 0) return NULL;
    cell = find(source, all->mark, name);
    if (!cell && all->any_place) {
        cell = find(source,
                    rk_arena_printf(source->scratch, "%s:%zu", source->name, row->line), name);
        if (cell && !says_still(source, row->cells[at], cell->value)) {
            cell->changed = true;
            return NULL;
        }
    }
    if (!cell) return NULL;
    cell->used = true;
    return cell->text;
}

void clean_cells_report(struct clean_source *source)
{
    const struct clean_cells *all = source->by_hand;

    for (size_t i = 0; i < rk_map_count(all->keys); i++) {
        const struct mended_cell *cell = &all->cells[i];

        if (!cell->used)
            rk_diag_say(source->run->diag, RK_DIAG_WARNING, cell->place, "%s",
                        cell->changed ? "the cell says something else now; it is not mended"
                                      : "no row of the extracts is what this one was; the cell "
                                        "is not mended");
    }
}

/* ---- the list of what could be mended ---- */

void clean_cells_list(struct clean_source *source, size_t column, const char *why)
{
    const struct clean_column *at = &source->columns[column];
    struct rk_csv_writer *writer = clean_ledger_cells(source, names, NAMES);
    char mark[17], line[32];
    const char *cells[NAMES] = {
        [SOURCE] = source->source->name, [FILE_NAME] = source->name,
        [LINE] = rk_text_long(line, (long)source->line), [WAS] = mark,
        [COLUMN] = at->declared->name,   [HEADING] = at->heading ? at->heading : "",
        [VALUE] = source->cells[column].old, [WHY] = why, [MENDED] = ""};

    if (!writer || !source->row) return;
    clean_mended_mark(source->row, mark);
    for (size_t i = 0; i < NAMES; i++)
        rk_csv_cell(writer, cells[i]);
    rk_csv_end(writer);
}
