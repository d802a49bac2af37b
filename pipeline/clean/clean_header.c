// SPDX-License-Identifier: MIT
#include "pipeline/clean/clean_header.h"

#include "pipeline/base/rk_mojibake.h"
#include "pipeline/base/rk_text.h"
#include "pipeline/clean/clean_drift.h"

#include <string.h>

/* A heading as we compare it. */
static const char *fold(const struct clean_source *source, const char *heading)
{
    bool doubt;
    const char *repaired = rk_text_unmangle(source->scratch, heading, &doubt);

    return rk_text_fold(source->scratch, repaired ? repaired : heading);
}

static bool is_heading_of(const struct clean_source *source,
                          const struct study_column *column, const char *folded)
{
    for (size_t i = 0; i < column->from_count; i++)
        if (strcmp(fold(source, column->from[i]), folded) == 0) return true;
    return false;
}

/* A .sav file has names and labels; either will do. */
static bool is_cell_of(const struct clean_source *source, const struct study_column *column,
                       const struct rk_csv_row *row, size_t cell)
{
    const char *other = row->other ? row->other[cell] : NULL;

    return is_heading_of(source, column, fold(source, row->cells[cell])) ||
           (other && is_heading_of(source, column, fold(source, other)));
}

static bool has_heading(const struct clean_source *source, const struct rk_csv_row *row,
                        const struct study_column *column)
{
    for (size_t i = 0; i < row->count; i++)
        if (is_cell_of(source, column, row, i)) return true;
    return false;
}

static bool has_near_heading(const struct rk_csv_row *row,
                             const struct study_column *column)
{
    const char *const *headings = (const char *const *)row->cells;

    for (size_t i = 0; i < column->from_count; i++)
        if (rk_text_nearest(column->from[i], headings, row->count)) return true;
    return false;
}

static size_t count_headings(const struct clean_source *source,
                             const struct rk_csv_row *row, bool nearly)
{
    size_t count = 0;

    for (size_t c = 0; c < source->count; c++) {
        const struct study_column *column = source->columns[c].declared;

        count += nearly ? has_near_heading(row, column) : has_heading(source, row, column);
    }
    return count;
}

/* The first row with the most headings; *best says how many. */
static const struct rk_csv_row *best_row(struct clean_source *source,
                                         const struct rk_csv_row *rows, size_t count,
                                         bool nearly, size_t *best)
{
    const struct rk_csv_row *found = NULL;

    *best = 0;
    for (size_t i = 0; i < count && *best < source->count; i++) {
        size_t headings =
            rows[i].blank || rows[i].damage ? 0 : count_headings(source, &rows[i], nearly);

        rk_arena_reset(source->scratch);
        if (headings > *best) {
            found = &rows[i];
            *best = headings;
        }
    }
    return found;
}

size_t clean_header_score(struct clean_source *source, const struct rk_csv_row *rows,
                          size_t count)
{
    size_t best;

    best_row(source, rows, count, false, &best);
    return best;
}

static const char *expected(const struct clean_source *source)
{
    const char *text = "";

    for (size_t i = 0; i < source->count && source->columns[i].declared->from_count; i++)
        text = rk_arena_printf(source->run->arena, "%s%s\"%s\"", text, i ? ", " : "",
                               source->columns[i].declared->from[0]);
    return text;
}

static rk_status no_header(const struct clean_source *source, const struct rk_csv_row *rows,
                           size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!rows[i].blank)
            return rk_fail(
                source->run->diag, RK_STUDY, RK_AT(source->path, rows[i].line, 0),
                "no row of the first %d has any of the headings %s; is this the right "
                "file for source \"%s\"?",
                CLEAN_HEADER_WITHIN, expected(source), source->source->name);
    return rk_fail(source->run->diag, RK_CHECK, RK_AT(source->path, 1, 0),
                   "the file is empty; expected the headings %s", expected(source));
}

rk_status clean_header_find(struct clean_source *source, const struct rk_csv_row *rows,
                            size_t count, size_t *line)
{
    const struct rk_csv_row *row;
    size_t best;

    *line = (size_t)source->source->header_line;
    if (*line) return RK_OK;
    row = best_row(source, rows, count, false, &best);
    if (!row) row = best_row(source, rows, count, true, &best);
    if (!row) return no_header(source, rows, count);
    *line = row->line;
    return RK_OK;
}

const struct study_column *clean_header_owner(const struct clean_source *source,
                                              const struct rk_csv_row *row, size_t cell)
{
    for (size_t c = 0; c < source->count; c++)
        if (is_cell_of(source, source->columns[c].declared, row, cell))
            return source->columns[c].declared;
    return NULL;
}

static rk_status map_column(struct clean_source *source, const struct rk_csv_row *row,
                            size_t at)
{
    struct clean_column *column = &source->columns[at];

    column->cell = -1;
    if (column->declared->kind_of) return RK_OK; /* made here, not read */
    for (size_t i = 0; i < row->count; i++) {
        if (!is_cell_of(source, column->declared, row, i)) continue;
        if (column->cell >= 0)
            return rk_fail(source->run->diag, RK_STUDY,
                           RK_AT(source->path, row->line, i + 1),
                           "two columns, %ld and %zu, are both \"%s\" (%s of the study)",
                           column->cell + 1, i + 1, row->cells[i], column->declared->name);
        column->cell = (long)i;
        column->heading = rk_arena_copy(source->run->arena, row->cells[i]);
    }
    if (column->cell >= 0) return RK_OK;
    if (!column->declared->optional || !source->proving)
        clean_drift_missing(source, row, column->declared);
    return column->declared->optional ? RK_OK : RK_STUDY;
}

rk_status clean_header_map(struct clean_source *source, const struct rk_csv_row *row)
{
    rk_status worst = RK_OK;

    if (row->damage)
        return rk_fail(source->run->diag, RK_CHECK, RK_AT(source->path, row->line, 0),
                       "the row of the headings is damaged: %s", row->damage);
    source->width = row->count;
    for (size_t c = 0; c < source->count; c++) {
        rk_status status = map_column(source, row, c);

        worst = status > worst ? status : worst;
    }
    if (worst == RK_OK && !source->proving) clean_drift_new(source, row);
    rk_arena_reset(source->scratch);
    return worst;
}

bool clean_header_again(const struct clean_source *source, const struct rk_csv_row *row)
{
    bool any = false;

    for (size_t c = 0; c < source->count; c++) {
        const struct clean_column *column = &source->columns[c];

        if (column->cell < 0) continue;
        if ((size_t)column->cell >= row->count ||
            strcmp(column->heading, row->cells[column->cell]) != 0)
            return false;
        any = true;
    }
    return any;
}
