// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_csv.h"

#include <string.h>

/* One row of a file of ours: nothing in it may be broken. */
static rk_status check_row(struct rk_diag *diag, const char *path,
                           const struct rk_csv_row *row, size_t columns)
{
    struct rk_place place = RK_AT(path, row->line, 0);

    if (row->damage)
        return rk_fail(diag, RK_STUDY, place, "%s; was the file edited?", row->damage);
    if (columns && row->count != columns)
        return rk_fail(diag, RK_STUDY, place, "%zu cells, but the header has %zu columns",
                       row->count, columns);
    return RK_OK;
}

static rk_status take_header(struct rk_arena *arena, struct rk_diag *diag,
                             const struct rk_csv_row *row, struct rk_csv_table *table)
{
    RK_TRY(check_row(diag, table->path, row, 0));
    table->columns = row->count;
    table->names = RK_ARRAY(arena, const char *, row->count);
    for (size_t i = 0; i < row->count; i++) {
        table->names[i] = rk_arena_copy(arena, row->cells[i]);
        for (size_t k = 0; k < i; k++)
            if (strcmp(table->names[k], table->names[i]) == 0)
                return rk_fail(diag, RK_STUDY, RK_AT(table->path, row->line, 0),
                               "column \"%s\" is there twice", table->names[i]);
    }
    return RK_OK;
}

struct room {
    size_t cells, cell_cap, line_cap;
};

static rk_status take_row(struct rk_arena *arena, struct rk_diag *diag,
                          const struct rk_csv_row *row, struct rk_csv_table *table,
                          struct room *room)
{
    RK_TRY(check_row(diag, table->path, row, table->columns));
    RK_ROOM(arena, table->lines, table->rows, room->line_cap);
    table->lines[table->rows++] = row->line;
    for (size_t i = 0; i < row->count; i++) {
        RK_ROOM(arena, table->cells, room->cells, room->cell_cap);
        table->cells[room->cells++] = rk_arena_copy(arena, row->cells[i]);
    }
    return RK_OK;
}

static rk_status read_rows(struct rk_arena *arena, struct rk_diag *diag, struct rk_csv *csv,
                           struct rk_csv_table *table)
{
    struct rk_csv_row row;
    struct room room = {0, 0, 0};

    while (rk_csv_next(csv, &row)) {
        if (row.count == 0) continue; /* an empty line says nothing in a file of ours */
        if (table->columns == 0)
            RK_TRY(take_header(arena, diag, &row, table));
        else
            RK_TRY(take_row(arena, diag, &row, table, &room));
    }
    RK_TRY(rk_csv_status(csv));
    if (table->columns == 0)
        return rk_fail(diag, RK_STUDY, RK_AT(table->path, 1, 0),
                       "is empty; a header line was expected");
    return RK_OK;
}

rk_status rk_csv_table_read(struct rk_arena *arena, struct rk_diag *diag, const char *path,
                            struct rk_csv_table *out)
{
    const struct rk_csv_options ours = {RK_CSV_UTF8, ','};
    struct rk_csv *csv;
    rk_status status;

    memset(out, 0, sizeof *out);
    out->path = rk_arena_copy(arena, path);
    RK_TRY(rk_csv_open(arena, diag, path, ours, &csv));
    status = read_rows(arena, diag, csv, out);
    rk_csv_close(csv);
    return status;
}

long rk_csv_column(const struct rk_csv_table *table, const char *name)
{
    for (size_t i = 0; i < table->columns; i++)
        if (strcmp(table->names[i], name) == 0) return (long)i;
    return -1;
}
