// SPDX-License-Identifier: MIT
#include "pipeline/audit/audit_doc_priv.h"
#include "pipeline/base/rk_csv.h"
#include "pipeline/base/rk_text.h"

#include <string.h>

/** A CSV file: a line with one cell is a caption, a sentence or a note; other lines are
 * rows of a table, which a blank line ends. */
struct csv_state {
    struct audit_reader *reader;
    bool semicolons;
    struct audit_rows rows;
    size_t first_line;
    size_t
        tail; /**< how many rows at the end have one cell: notes, if the table ends now */
};

static size_t filled_cells(const struct rk_csv_row *row)
{
    size_t filled = 0;

    for (size_t i = 0; i < row->count; i++)
        filled += row->cells[i][strspn(row->cells[i], " \t")] != '\0';
    return filled;
}

static void end_table(struct csv_state *state)
{
    struct audit_rows *rows = &state->rows;
    size_t tail = state->tail;

    rows->count -= tail;
    if (rows->count) audit_add_table(state->reader, rows, state->first_line);
    for (size_t i = rows->count; i < rows->count + tail; i++)
        audit_add_note(state->reader, rows->rows[i][0].text, rows->rows[i][0].line);
    *rows = (struct audit_rows){0};
    state->tail = 0;
}

static void take_single(struct csv_state *state, const struct rk_csv_row *row)
{
    struct audit_reader *reader = state->reader;
    const char *text = rk_arena_copy(reader->arena, row->cells[0]);

    text += *text == '#' ? 1 + strspn(text + 1, "# ") : 0;
    if (audit_is_caption(text))
        audit_add_block(reader, AUDIT_CAPTION, text, row->line, 1, 0);
    else if (audit_is_note(text))
        audit_add_note(reader, text, row->line);
    else
        audit_add_block(reader, AUDIT_PARAGRAPH, text, row->line, 1, 0);
}

/** Where semicolons set the columns apart "60,5" is a decimal. */
static char *decimal_point(char *cell)
{
    char *comma = strchr(cell, ',');
    size_t after = comma ? strspn(comma + 1, "0123456789") : 0;

    if (comma && comma > cell && after >= 1 && after != 3 && !strchr(comma + 1, ',') &&
        strspn(cell, "0123456789+-") == (size_t)(comma - cell))
        *comma = '.';
    return cell;
}

static void take_row(struct csv_state *state, const struct rk_csv_row *row, bool single)
{
    struct audit_reader *reader = state->reader;
    struct audit_cell *cells = RK_ARRAY(reader->arena, struct audit_cell, row->count);

    if (!state->rows.count) state->first_line = row->line;
    for (size_t i = 0; i < row->count; i++) {
        char *text = rk_arena_copy(reader->arena, row->cells[i]);
        if (state->semicolons) decimal_point(text);
        cells[i] = audit_cell_parse(reader->arena, text, row->line, i + 1);
    }
    audit_rows_add(reader, &state->rows, cells, row->count);
    state->tail = single ? state->tail + 1 : 0;
}

rk_status audit_read_csv(struct audit_reader *reader, const char *path)
{
    struct csv_state state = {.reader = reader};
    struct rk_csv *csv;
    struct rk_csv_row row;
    rk_status status;

    RK_TRY(
        rk_csv_open(reader->arena, reader->diag, path, (struct rk_csv_options){0}, &csv));
    state.semicolons = rk_csv_separator(csv) == ';';
    while (rk_csv_next(csv, &row)) {
        size_t filled = filled_cells(&row);
        bool single = filled == 1 && row.cells[0][0];
        if (row.blank || !filled) {
            end_table(&state);
        } else if (single && (!state.rows.count || audit_is_caption(row.cells[0]))) {
            end_table(&state);
            take_single(&state, &row);
        } else {
            take_row(&state, &row, single);
        }
    }
    end_table(&state);
    status = rk_csv_status(csv);
    rk_csv_close(csv);
    return status;
}
