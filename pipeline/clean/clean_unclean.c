// SPDX-License-Identifier: MIT
#include "pipeline/clean/clean_unclean.h"

#include "pipeline/base/rk_text.h"
#include "pipeline/clean/clean_file.h"
#include "pipeline/clean/clean_reader.h"
#include "pipeline/clean/clean_replay.h"
#include "pipeline/contract/flow.h"
#include "pipeline/contract/folder.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A row as it is put back. */
struct row {
    size_t line;
    const char **cells; /* of the table's columns, by its layout */
    const char *raw;    /* a record that does not fit its headings; NULL */
    bool mended;        /* a person has put it right: it is not the extract's */
};

/* A table of the extracts: "reviews.csv", "reviews.xlsx!Sheet1". */
struct table {
    const char *name;
    const struct study_source *source;
    const struct study_column **columns;
    const char **headings;
    long *positions; /* from 0 */
    size_t count, cap;
    struct row *rows;
    size_t row_count, row_cap;
};

struct unclean {
    struct rk_run *run;
    const struct study *study;
    struct rk_map *names; /* of tables */
    struct table *tables;
    size_t cap;
    struct rk_map *at; /* "reviews.csv:214" to a place in `rows` */
    struct {
        size_t table, row;
    } * places;
    size_t place_cap;
    long cells, rows, wrong, mended;
};

/* ---- what 10-clean says ---- */

static rk_status read_csv(struct unclean *all, const char *name, const char *const *columns,
                          size_t count, struct rk_csv_table *out)
{
    const char *path = rk_run_path(all->run, "10-clean", name);

    if (access(path, R_OK) != 0)
        return rk_fail(
            all->run->diag, RK_WORLD, RK_AT(path, 0, 0),
            "is not there; run reckon clean (a folder of an older version has no "
            "ledger)");
    RK_TRY(rk_csv_table_read(all->run->arena, all->run->diag, path, out));
    for (size_t i = 0; i < count; i++)
        if (rk_csv_column(out, columns[i]) < 0)
            return rk_fail(all->run->diag, RK_WORLD, RK_AT(path, 1, 0),
                           "there is no column \"%s\"; run reckon clean again", columns[i]);
    return RK_OK;
}

static const char *cell_of(const struct rk_csv_table *csv, size_t row, const char *name)
{
    long column = rk_csv_column(csv, name);

    return column < 0 ? "" : csv->cells[row * csv->columns + (size_t)column];
}

static struct table *table_of(struct unclean *all, const char *name)
{
    size_t known = rk_map_count(all->names), at = rk_map_add(all->names, name);

    if (at == known) {
        RK_ROOM(all->run->arena, all->tables, at, all->cap);
        all->tables[at] = (struct table){.name = rk_map_key(all->names, at)};
    }
    return &all->tables[at];
}

static void add_heading(struct unclean *all, struct table *table,
                        const struct study_column *column, const char *heading,
                        long position)
{
    struct rk_arena *arena = all->run->arena;
    size_t at = table->count++;

    table->columns =
        rk_arena_grow(arena, table->columns, at, at + 1, sizeof *table->columns);
    table->headings =
        rk_arena_grow(arena, table->headings, at, at + 1, sizeof *table->headings);
    table->positions =
        rk_arena_grow(arena, table->positions, at, at + 1, sizeof *table->positions);
    table->columns[at] = column;
    table->headings[at] = heading;
    table->positions[at] = position;
}

static rk_status read_headings(struct unclean *all)
{
    static const char *const names[] = {"file", "source", "column", "position", "heading"};
    struct rk_csv_table csv;

    RK_TRY(read_csv(all, "headings.csv", names, 5, &csv));
    for (size_t row = 0; row < csv.rows; row++) {
        struct table *table = table_of(all, cell_of(&csv, row, "file"));
        const struct study_column *column;
        long position;

        table->source = study_source(all->study, cell_of(&csv, row, "source"));
        column = table->source ? study_column(table->source, cell_of(&csv, row, "column"))
                               : NULL;
        if (!column || !rk_text_integer(cell_of(&csv, row, "position"), &position))
            return rk_fail(
                all->run->diag, RK_WORLD, RK_AT(csv.path, csv.lines[row], 0),
                "names a column that the study does not have; run reckon clean again");
        add_heading(all, table, column, cell_of(&csv, row, "heading"), position - 1);
    }
    return RK_OK;
}

static struct row *add_row(struct unclean *all, const char *file, const char *line)
{
    struct rk_arena *arena = all->run->arena;
    struct table *table = table_of(all, file);
    size_t known = rk_map_count(all->at);
    size_t at = rk_map_add(all->at, rk_arena_printf(arena, "%s:%s", file, line));
    struct row *row;

    if (at == known) {
        RK_ROOM(arena, all->places, at, all->place_cap);
        all->places[at].table = (size_t)(table - all->tables);
        all->places[at].row = table->row_count;
        RK_ROOM(arena, table->rows, table->row_count, table->row_cap);
        table->rows[table->row_count++] = (struct row){.line = strtoul(line, NULL, 10)};
    }
    row = &table->rows[all->places[at].row];
    row->cells = RK_ARRAY(arena, const char *, table->count + 1);
    return row;
}

static struct row *find_row(struct unclean *all, const char *file, const char *line)
{
    long at = rk_map_find(all->at, rk_arena_printf(all->run->arena, "%s:%s", file, line));

    return at < 0 ? NULL : &all->tables[all->places[at].table].rows[all->places[at].row];
}

/* The cells of a kept row in their usual form; the ledger then says where that is not it.
 */
static rk_status read_kept(struct unclean *all, const struct study_source *source)
{
    static const char *const names[] = {"file_line"};
    struct rk_arena *arena = all->run->arena;
    struct rk_csv_table csv;

    RK_TRY(read_csv(all, rk_arena_printf(arena, "%s.csv", source->name), names, 1, &csv));
    for (size_t r = 0; r < csv.rows; r++) {
        char *file = rk_arena_copy(arena, cell_of(&csv, r, "file_line"));
        char *colon = strrchr(file, ':');
        const struct table *table;
        struct row *row;

        if (!colon) continue;
        *colon = '\0';
        table = table_of(all, file);
        row = add_row(all, file, colon + 1);
        for (size_t c = 0; c < table->count; c++)
            row->cells[c] = clean_replay_usual(arena, table->columns[c],
                                               cell_of(&csv, r, table->columns[c]->name));
    }
    return RK_OK;
}

static void take_reject(struct unclean *all, const struct rk_csv_table *csv, size_t r)
{
    const char *file = cell_of(csv, r, "file");
    struct row *row = add_row(all, file, cell_of(csv, r, "line"));
    const struct table *table = table_of(all, file);
    char **cells = &csv->cells[r * csv->columns];
    const char *raw = cell_of(csv, r, "raw");

    row->raw = *raw ? raw : NULL;
    for (size_t c = 0; c < table->count; c++) {
        long at = rk_csv_column(csv, table->headings[c]);

        row->cells[c] = at < 0 ? "" : cells[at];
    }
}

static rk_status read_rejects(struct unclean *all)
{
    static const char *const names[] = {"file", "line", "reason"};
    struct rk_arena *arena = all->run->arena;
    struct folder_list files;

    RK_TRY(folder_list_suffix(arena, all->run->diag,
                              rk_run_path(all->run, "10-clean", "rejects"), ".csv",
                              &files));
    for (size_t i = 0; i < files.count; i++) {
        struct rk_csv_table *csv = RK_NEW(arena, struct rk_csv_table);

        RK_TRY(read_csv(all, rk_arena_printf(arena, "rejects/%s", files.names[i]), names, 3,
                        csv));
        for (size_t r = 0; r < csv->rows; r++)
            take_reject(all, csv, r);
    }
    return RK_OK;
}

static void put_cell(struct table *table, struct row *row, const char *column,
                     const char *text)
{
    for (size_t c = 0; c < table->count; c++)
        if (strcmp(table->columns[c]->name, column) == 0) row->cells[c] = text;
}

/* A cell that was mended or emptied stands there, trimmed; rows put right by hand are told.
 */
static rk_status read_issues(struct unclean *all)
{
    static const char *const names[] = {"file", "line", "column", "rule", "old"};
    struct rk_csv_table csv;

    RK_TRY(read_csv(all, "issues.csv", names, 5, &csv));
    for (size_t r = 0; r < csv.rows; r++) {
        const char *file = cell_of(&csv, r, "file"), *column = cell_of(&csv, r, "column");
        struct row *row = find_row(all, file, cell_of(&csv, r, "line"));

        if (!row) continue;
        row->mended = row->mended || (!*column && strcmp(cell_of(&csv, r, "rule"), "mended") == 0);
        if (*column) put_cell(table_of(all, file), row, column, cell_of(&csv, r, "old"));
    }
    return RK_OK;
}

static rk_status read_ledger(struct unclean *all)
{
    static const char *const names[] = {"file", "line", "column", "old"};
    struct rk_csv_table csv;

    RK_TRY(read_csv(all, "ledger.csv", names, 4, &csv));
    for (size_t r = 0; r < csv.rows; r++) {
        const char *file = cell_of(&csv, r, "file");
        struct row *row = find_row(all, file, cell_of(&csv, r, "line"));

        if (row)
            put_cell(table_of(all, file), row, cell_of(&csv, r, "column"),
                     cell_of(&csv, r, "old"));
    }
    return RK_OK;
}

static int by_line(const void *a, const void *b)
{
    const struct row *x = a, *y = b;

    return (x->line > y->line) - (x->line < y->line);
}

static rk_status read_all(struct unclean *all)
{
    RK_TRY(read_headings(all));
    for (size_t s = 0; s < all->study->source_count; s++)
        RK_TRY(read_kept(all, &all->study->sources[s]));
    RK_TRY(read_issues(all));
    RK_TRY(read_ledger(all));
    RK_TRY(read_rejects(all));
    for (size_t t = 0; t < rk_map_count(all->names); t++)
        if (all->tables[t].row_count)
            qsort(all->tables[t].rows, all->tables[t].row_count, sizeof(struct row),
                  by_line);
    return RK_OK;
}

/* ---- 11-unclean ---- */

static void write_row(struct rk_csv_writer *writer, const struct table *table,
                      const struct row *row)
{
    rk_csv_long(writer, (long)row->line);
    for (size_t c = 0; c < table->count; c++)
        rk_csv_cell(writer, row->cells[c]);
    rk_csv_cell(writer, row->raw ? row->raw : "");
    rk_csv_end(writer);
}

/* "reviews.xlsx!Sheet1" is a fine name of a file; a sheet's "/" is not. */
static const char *file_name(struct rk_arena *arena, const char *table)
{
    size_t bytes = strlen(table);
    char *name = rk_arena_copy(arena, table);

    for (char *at = name; *at; at++)
        if (*at == '/') *at = '_';
    return bytes > 4 && strcmp(table + bytes - 4, ".csv") == 0
               ? name
               : rk_arena_printf(arena, "%s.csv", name);
}

static rk_status write_table(struct unclean *all, struct rk_out *out,
                             const struct table *table)
{
    struct rk_csv_writer writer = {
        .file = rk_out_open(out, file_name(all->run->arena, table->name))};

    if (!writer.file) return RK_WORLD;
    rk_csv_cell(&writer, "line");
    for (size_t c = 0; c < table->count; c++)
        rk_csv_cell(&writer, table->headings[c]);
    rk_csv_cell(&writer, "raw");
    rk_csv_end(&writer);
    for (size_t r = 0; r < table->row_count; r++)
        write_row(&writer, table, &table->rows[r]);
    return rk_out_close(out, writer.file);
}

static rk_status write_all(struct unclean *all)
{
    struct rk_out *out;
    rk_status status = RK_OK;

    RK_TRY(rk_out_begin(all->run->arena, all->run->diag,
                        rk_run_path(all->run, "11-unclean", NULL), true, &out));
    for (size_t t = 0; status == RK_OK && t < rk_map_count(all->names); t++)
        status = write_table(all, out, &all->tables[t]);
    if (status == RK_OK) return rk_out_commit(out);
    rk_out_abandon(out);
    return status;
}

/* ---- against the extracts ---- */

static bool same_cells(struct unclean *all, const struct table *table,
                       const struct row *back, const struct rk_csv_row *row)
{
    for (size_t c = 0; c < table->count; c++) {
        size_t at = (size_t)table->positions[c];

        all->cells++;
        if (at >= row->count || strcmp(row->cells[at], back->cells[c]) != 0) {
            rk_diag_say(all->run->diag, RK_DIAG_ERROR,
                        RK_AT(table->name, row->line, at + 1), "%s is not as it stood",
                        table->columns[c]->name);
            return false;
        }
    }
    return true;
}

static bool same_row(struct unclean *all, const struct table *table, const struct row *back,
                     const struct rk_csv_row *row)
{
    if (!back->raw) return same_cells(all, table, back, row);
    if (strlen(back->raw) == row->raw_bytes &&
        memcmp(back->raw, row->raw, row->raw_bytes) == 0)
        return true;
    rk_diag_say(all->run->diag, RK_DIAG_ERROR, RK_AT(table->name, row->line, 0),
                "a record that was set aside is not as it stood");
    return false;
}

static void compare_row(struct unclean *all, const struct table *table,
                        const struct rk_csv_row *row)
{
    const struct row key = {.line = row->line};
    const struct row *back =
        bsearch(&key, table->rows, table->row_count, sizeof key, by_line);

    if (!back) return; /* above the headings, the headings, blank, the footer */
    all->rows++;
    if (back->mended)
        all->mended++;
    else if (!same_row(all, table, back, row))
        all->wrong++;
}

/* A sheet stands behind the file's name: "book.xlsx!Clients". */
static struct extract_options options_of(const struct table *table)
{
    const char *mark = strrchr(table->name, '!');

    return clean_file_options(table->source, mark ? mark + 1 : NULL);
}

static rk_status compare_table(struct unclean *all, const struct table *table)
{
    struct rk_arena *arena = all->run->arena;
    struct extract_options options = options_of(table);
    char *path = rk_arena_printf(arena, "%s/%s", all->study->data_dir, table->name);
    long before = all->rows;
    struct clean_reader *reader;
    struct rk_csv_row row;
    rk_status status;

    if (options.sheet) path[strlen(path) - strlen(options.sheet) - 1] = '\0';
    if (access(path, R_OK) != 0) {
        rk_diag_say(all->run->diag, RK_DIAG_WARNING, RK_AT(path, 0, 0),
                    "the extract is not there to compare with");
        return RK_OK;
    }
    RK_TRY(clean_reader_open(arena, all->run->diag, path, options, 1, &reader));
    while (clean_reader_next(reader, &row))
        compare_row(all, table, &row);
    status = clean_reader_status(reader);
    clean_reader_close(reader);
    if (all->rows - before == (long)table->row_count) return status;
    all->wrong++;
    rk_diag_say(all->run->diag, RK_DIAG_ERROR, RK_AT(path, 0, 0),
                "%zu rows were put back, but %ld of them are there", table->row_count,
                all->rows - before);
    return status;
}

/* Every row that was read is there again. */
static rk_status check_balance(struct unclean *all)
{
    struct flow flow;

    RK_TRY(flow_read(all->run, "10-clean", &flow));
    for (size_t s = 0; s < all->study->source_count; s++) {
        const struct study_source *source = &all->study->sources[s];
        long read = flow_rows(&flow, source->name, "read", ""), back = 0;

        for (size_t t = 0; t < rk_map_count(all->names); t++)
            if (all->tables[t].source == source) back += (long)all->tables[t].row_count;
        if (back == read) continue;
        all->wrong++;
        rk_diag_say(all->run->diag, RK_DIAG_ERROR,
                    RK_AT(rk_run_path(all->run, "10-clean", "flow.csv"), 0, 0),
                    "%ld rows of %s were read, but %ld can be put back", read, source->name,
                    back);
    }
    return RK_OK;
}

rk_status clean_unclean(struct rk_run *run)
{
    struct unclean all = {
        .run = run, .names = rk_map_new(run->arena), .at = rk_map_new(run->arena)};

    RK_TRY(study_open(run, &all.study));
    RK_TRY(read_all(&all));
    RK_TRY(write_all(&all));
    RK_TRY(check_balance(&all));
    for (size_t t = 0; t < rk_map_count(all.names); t++)
        RK_TRY(compare_table(&all, &all.tables[t]));
    rk_run_report(
        run, "unclean", "%ld rows and %ld cells put back%s; %ld not as they stood",
        all.rows, all.cells,
        all.mended ? rk_arena_printf(run->arena, ", %ld rows mended by hand", all.mended)
                   : "",
        all.wrong);
    return all.wrong ? RK_CHECK : RK_OK;
}
