// SPDX-License-Identifier: MIT
#include "pipeline/mask/mask_release.h"

#include "pipeline/base/rk_csv.h"
#include "pipeline/base/rk_out.h"
#include "pipeline/base/rk_text.h"
#include "pipeline/mask/mask_earlier.h"
#include "pipeline/mask/mask_package.h"

#include <stdlib.h>
#include <string.h>

/* ---- taking numbers out ---- */

static void blank(struct cell *cell)
{
    cell->value = cell->low = cell->high = cell->level = NAN;
    cell->numerator = -1;
    cell->method = "";
    cell->mark = MARK_MASKED;
}

static void blank_interval(struct cell *cell)
{
    if (isnan(cell->low) && isnan(cell->high))
        return;
    cell->low = cell->high = cell->level = NAN;
    cell->mark = MARK_INTERVAL;
}

static bool is_masked(const struct mask_problem *problem, long unknown)
{
    return unknown >= 0 && problem->unknowns[unknown].masked != MASK_NO;
}

static void hide_cells(const struct mask_problem *problem, struct results *results)
{
    for (size_t i = 0; i < results->link_count; i++) {
        const struct cell_link *link = &results->links[i];
        long at = rk_map_find(results->cell_index, link->cell);
        if (at < 0 ||
            !is_masked(problem, rk_map_find(results->quantity_index, link->quantity)))
            continue;
        if (link->part == LINK_VALUE)
            blank(&results->cells[at]);
        else
            blank_interval(&results->cells[at]);
    }
}

/** The number of a base is gone where it is masked, and in bases.csv also where no released cell
 *  has published it. */
static void hide_bases(const struct mask_problem *problem, struct results *results)
{
    for (size_t i = 0; i < results->cell_count; i++)
        if (is_masked(problem, mask_of_base(results, results->cells[i].base_id)))
            results->cells[i].base = -1;
    for (size_t i = 0; i < results->base_count; i++) {
        struct base *base = &results->bases[i];
        long at = mask_of_base(results, base->id);
        const struct mask_unknown *u = at < 0 ? NULL : &problem->unknowns[at];
        if (u && u->rounded && u->masked == MASK_NO)
            base->n = u->shown;
        else if (u ? mask_hidden(problem, (size_t)at)
                   : base->n > 0 && base->n < problem->threshold)
            base->n = -1;
    }
}

size_t mask_apply(const struct mask_problem *problem, struct results *results,
                  size_t *intervals)
{
    size_t count = 0;

    hide_cells(problem, results);
    hide_bases(problem, results);
    *intervals = 0;
    for (size_t i = 0; i < results->cell_count; i++) {
        count += results->cells[i].mark == MARK_MASKED;
        *intervals += results->cells[i].mark == MARK_INTERVAL;
    }
    return count;
}

/* ---- one table per result, rows by columns ---- */

static int by_order(const void *a, const void *b)
{
    const struct mask_axis *x = a, *y = b;

    if (x->order != y->order)
        return x->order < y->order ? -1 : 1;
    return strcmp(x->code, y->code);
}

static void add_axis(struct rk_arena *arena, struct mask_axis **axis, size_t *count, size_t *cap,
                     struct rk_map *seen, struct mask_axis item)
{
    size_t known = rk_map_count(seen);

    if (rk_map_add(seen, item.code) != known)
        return;
    RK_ROOM(arena, *axis, *count, *cap);
    (*axis)[(*count)++] = item;
}

static struct mask_sheet sheet_of(struct rk_arena *arena, const struct results *results, size_t from,
                             size_t to)
{
    struct mask_sheet sheet = {0};
    struct rk_map *rows = rk_map_new(arena), *columns = rk_map_new(arena);

    for (size_t i = from; i < to; i++) {
        const struct cell *cell = &results->cells[i];
        const char *column = rk_arena_printf(arena, "%s.%s", cell->column, cell->measure);
        add_axis(arena, &sheet.rows, &sheet.row_count, &sheet.row_cap, rows,
                 (struct mask_axis){cell->row, cell->row_label, cell->row_order});
        add_axis(arena, &sheet.columns, &sheet.column_count, &sheet.column_cap, columns,
                 (struct mask_axis){column, column, cell->column_order});
    }
    qsort(sheet.rows, sheet.row_count, sizeof *sheet.rows, by_order);
    qsort(sheet.columns, sheet.column_count, sizeof *sheet.columns, by_order);
    return sheet;
}

/** The number, or its mark: "[c]". Empty where the result has no such cell. */
static void write_value(struct rk_csv_writer *writer, const struct cell *cell)
{
    if (cell && isnan(cell->value) && cell->mark != MARK_NONE && cell->mark != MARK_LOW) {
        char mark[16];
        snprintf(mark, sizeof mark, "[%s]", cell_mark_name(cell->mark));
        rk_csv_cell(writer, mark);
    } else {
        rk_csv_double(writer, cell ? cell->value : NAN);
    }
}

static void write_sheet(struct rk_arena *arena, const struct results *results,
                        const char *result, const struct mask_sheet *sheet, FILE *file)
{
    struct rk_csv_writer writer = {.file = file};

    rk_csv_cell(&writer, "row");
    rk_csv_cell(&writer, "row_label");
    for (size_t c = 0; c < sheet->column_count; c++)
        rk_csv_cell(&writer, sheet->columns[c].code);
    rk_csv_end(&writer);
    for (size_t r = 0; r < sheet->row_count; r++) {
        rk_csv_cell(&writer, sheet->rows[r].code);
        rk_csv_label(&writer, sheet->rows[r].label);
        for (size_t c = 0; c < sheet->column_count; c++)
            write_value(&writer,
                        results_find(results,
                                     rk_arena_printf(arena, "%s.%s.%s", result,
                                                     sheet->rows[r].code,
                                                     sheet->columns[c].code)));
        rk_csv_end(&writer);
    }
}

static int by_result(const void *a, const void *b)
{
    const struct cell *x = a, *y = b;
    int order = strcmp(x->result, y->result);

    return order ? order : strcmp(x->id, y->id);
}

static rk_status write_tables(struct rk_run *run, const struct results *results,
                              struct rk_out *out, struct mask_tables *written)
{
    struct results sorted = *results;
    struct rk_arena *scratch = rk_arena_new();
    rk_status status = RK_OK;

    sorted.cells =
        rk_arena_grow(run->arena, results->cells, results->cell_count, results->cell_count + 1,
                      sizeof *results->cells);
    qsort(sorted.cells, sorted.cell_count, sizeof *sorted.cells, by_result);
    for (size_t from = 0, to; status == RK_OK && from < sorted.cell_count; from = to) {
        const char *result = sorted.cells[from].result;
        for (to = from; to < sorted.cell_count && strcmp(sorted.cells[to].result, result) == 0;)
            to++;
        FILE *file = rk_out_open(out, rk_arena_printf(scratch, "tables/%s.csv", result));
        struct mask_sheet sheet = sheet_of(scratch, &sorted, from, to);
        if (file)
            write_sheet(scratch, results, result, &sheet, file);
        else
            status = RK_WORLD;
        mask_tables_add(run->arena, written, result, &sheet);
        rk_arena_reset(scratch);
    }
    rk_arena_free(scratch);
    return status;
}

/** Whoever opens the folder of an internal run sees it at once. */
static rk_status write_warning(const struct about *about, struct rk_out *out)
{
    FILE *file = about->masked ? NULL : rk_out_open(out, "NOT-FOR-PUBLICATION.txt");

    if (about->masked)
        return RK_OK;
    if (!file)
        return RK_WORLD;
    fprintf(file, "Made with --internal: counts from 1 to %ld are not masked. `reckon run` without\n"
                  "--internal makes what may be published.\n",
            about->suppress_below - 1);
    return RK_OK;
}

static rk_status fill(struct rk_run *run, const struct results *results,
                      const struct about *about, struct rk_out *out)
{
    struct mask_tables tables = {0};

    RK_TRY(results_write_public(run, results, out));
    RK_TRY(about_write(about, out));
    RK_TRY(write_warning(about, out));
    RK_TRY(write_tables(run, results, out, &tables));
    RK_TRY(mask_package(run, about, &tables, out));
    return rk_out_commit(out);
}

rk_status mask_release(struct rk_run *run, const struct results *results,
                       const struct about *about)
{
    struct rk_out *out;
    rk_status status;

    RK_TRY(rk_out_begin(run->arena, run->diag, rk_arena_printf(run->arena, "%s/40-release",
                                                               run->out_dir),
                        false, &out));
    status = fill(run, results, about, out);
    rk_out_abandon(out);
    return status;
}

/* ---- the log ---- */

static const char *reason_of(const struct mask_unknown *u)
{
    return u->masked == MASK_NO ? "rounded" : u->masked == MASK_SECONDARY ? "further" : "small";
}

static rk_status write_log(const struct mask_problem *problem, struct rk_out *out)
{
    struct rk_csv_writer writer = {.file = rk_out_open(out, "masking.csv")};

    if (!writer.file)
        return RK_WORLD;
    rk_csv_cell(&writer, "quantity");
    rk_csv_cell(&writer, "value");
    rk_csv_cell(&writer, "reason");
    rk_csv_cell(&writer, "protects");
    rk_csv_cell(&writer, "shown");
    rk_csv_end(&writer);
    for (size_t i = 0; i < problem->own; i++) {
        const struct mask_unknown *u = &problem->unknowns[i];
        if (u->masked == MASK_NO && !u->rounded)
            continue;
        rk_csv_cell(&writer, u->id);
        rk_csv_long(&writer, u->value);
        rk_csv_cell(&writer, reason_of(u));
        rk_csv_cell(&writer, u->masked == MASK_SECONDARY ? u->because : "");
        if (u->masked == MASK_NO)
            rk_csv_long(&writer, u->shown);
        else
            rk_csv_cell(&writer, "");
        rk_csv_end(&writer);
    }
    return RK_OK;
}

rk_status mask_log(struct rk_run *run, const struct mask_problem *problem,
                   const struct results *results)
{
    struct rk_out *out;
    rk_status status;

    RK_TRY(rk_out_begin(run->arena, run->diag, rk_arena_printf(run->arena, "%s/35-masking",
                                                               run->out_dir),
                        true, &out));
    status = write_log(problem, out);
    if (status == RK_OK)
        status = mask_states_write(problem, results, out);
    if (status == RK_OK)
        status = rk_out_commit(out);
    rk_out_abandon(out);
    return status;
}
