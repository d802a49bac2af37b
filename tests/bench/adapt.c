// SPDX-License-Identifier: MIT
/* bench-adapt STUDY WORK TO -o OUT: what reckon left in OUT, in the form in which the programs that
 * it is measured against leave theirs in TO, so that the answers can be compared. */
#include "pipeline/base/rk_csv.h"
#include "pipeline/base/rk_run.h"
#include "pipeline/base/rk_text.h"
#include "pipeline/contract/cells.h"
#include "pipeline/contract/frame.h"
#include "pipeline/contract/study.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] = "Usage: bench-adapt STUDY w1|w2|w3|w4 TO -o OUT\n";

struct adapting {
    struct rk_run *run;
    const struct study *study;
    const char *to;
    const struct results *results; /* of w2 to w4 */
};

static rk_status create(const struct adapting *adapting, const char *name,
                        struct rk_csv_writer *out)
{
    const char *path = rk_arena_printf(adapting->run->arena, "%s/%s.csv", adapting->to, name);

    *out = (struct rk_csv_writer){.file = fopen(path, "wbe")};
    if (!out->file)
        return rk_fail(adapting->run->diag, RK_WORLD, RK_AT(path, 0, 0), "%s", strerror(errno));
    setvbuf(out->file, NULL, _IOFBF, 1 << 20);
    return RK_OK;
}

static rk_status finish(const struct adapting *adapting, struct rk_csv_writer *out)
{
    if (fclose(out->file) == 0) return RK_OK;
    return rk_fail(adapting->run->diag, RK_WORLD, RK_AT(adapting->to, 0, 0), "%s",
                   strerror(errno));
}

static void put_row(struct rk_csv_writer *out, const char *const *cells, size_t count)
{
    for (size_t i = 0; i < count; i++)
        rk_csv_cell(out, cells[i]);
    rk_csv_end(out);
}

/* ---- w1: the cleaned extracts without the rows that are equal in every column ---- */

static rk_status absorbed(struct adapting *adapting, const char *source, struct rk_map **out)
{
    struct rk_run *run = adapting->run;
    struct rk_csv_options options = {RK_CSV_UTF8, ','};
    struct rk_csv_row row;
    struct rk_csv *csv;
    rk_status status;

    *out = rk_map_new(run->arena);
    RK_TRY(rk_csv_open(run->arena, run->diag, rk_run_path(run, "20-people", "duplicates.csv"),
                       options, &csv));
    while (rk_csv_next(csv, &row))
        if (row.count > 3 && strcmp(row.cells[0], source) == 0 &&
            strcmp(row.cells[1], "exact") == 0)
            rk_map_add(*out, row.cells[3]);
    status = rk_csv_status(csv);
    rk_csv_close(csv);
    return status;
}

/* M145KV is written M14 5KV. */
static void put_postcode(struct rk_csv_writer *out, const char *text)
{
    size_t bytes = strlen(text);
    char spaced[32];

    if (bytes < 3 || bytes + 2 > sizeof spaced) {
        rk_csv_cell(out, text);
        return;
    }
    memcpy(spaced, text, bytes - 3);
    spaced[bytes - 3] = ' ';
    memcpy(spaced + bytes - 2, text + bytes - 3, 4);
    rk_csv_cell(out, spaced);
}

static void put_cell(struct rk_csv_writer *out, const struct frame_column *column, size_t row)
{
    char text[32];

    if (column->text) {
        bool postcode = strcmp(column->name, "postcode") == 0;

        (postcode ? put_postcode : rk_csv_cell)(out, column->text[row] ? column->text[row] : "");
    } else if (column->number) {
        rk_csv_double(out, column->number[row]);
    } else if (column->whole[row] == RK_NO_VALUE) {
        rk_csv_plain(out, "", 0);
    } else if (column->type == COLUMN_CODE) {
        rk_csv_cell(out, column->codes->labels[column->whole[row]]);
    } else if (column->type == COLUMN_DATE) {
        rk_csv_cell(out, rk_date_text(text, (long)column->whole[row]));
    } else {
        rk_csv_long(out, (long)column->whole[row]);
    }
}

static rk_status write_rows(struct adapting *adapting, const struct frame *frame,
                            const struct rk_map *gone)
{
    struct rk_csv_writer out;

    RK_TRY(create(adapting, frame->name, &out));
    for (size_t i = 0; i < frame->count; i++)
        rk_csv_cell(&out, frame->columns[i].declared->from[0]);
    rk_csv_end(&out);
    for (size_t row = 0; row < frame->rows; row++) {
        if (rk_map_find(gone, frame->file_line[row]) >= 0) continue;
        for (size_t i = 0; i < frame->count; i++)
            put_cell(&out, &frame->columns[i], row);
        rk_csv_end(&out);
    }
    return finish(adapting, &out);
}

static rk_status adapt_w1(struct adapting *adapting)
{
    rk_status status = RK_OK;

    for (size_t i = 0; status == RK_OK && i < adapting->study->source_count; i++) {
        const char *name = adapting->study->sources[i].name;
        struct rk_run run = *adapting->run; /* what a source needs goes with it */
        struct rk_map *gone;
        struct frame *frame;

        RK_TRY(absorbed(adapting, name, &gone));
        run.arena = rk_arena_new();
        status = frame_read(&run, "10-clean", name, &frame);
        if (status == RK_OK) status = write_rows(adapting, frame, gone);
        rk_arena_free(run.arena);
    }
    return status;
}

/* ---- cells ---- */

static const struct cell *find(const struct adapting *adapting, const char *result,
                               const char *row, const char *column, const char *measure)
{
    return results_find(adapting->results,
                        rk_arena_printf(adapting->run->arena, "%s.%s.%s.%s", result, row, column,
                                        measure));
}

static double value_of(const struct cell *cell)
{
    return cell ? cell->value : NAN;
}

/* The labels of the areas, and what they are in the other programs' files: all is Total. */
static const char *group_label(const struct cell *cell)
{
    return strcmp(cell->row, "all") == 0 ? "Total" : cell->row_label;
}

static bool is(const struct cell *cell, const char *result, const char *measure)
{
    return strcmp(cell->result, result) == 0 && strcmp(cell->measure, measure) == 0;
}

/* ---- w2 ---- */

static const char *const tables[] = {"t1", "t2", "t3", "t4", "t5", "t6"};
enum { TABLES = sizeof tables / sizeof *tables };

static bool in_body(const struct cell *cell)
{
    return strcmp(cell->row, "all") != 0 && strcmp(cell->column, "all") != 0;
}

static bool anybody(const struct adapting *adapting, const char *table, const char *row,
                    const char *column)
{
    const struct cell *cell = find(adapting, table, row, column, "count");

    return cell && cell->value > 0;
}

/* A cell of a row and a column that somebody is in. */
static bool is_met(const struct adapting *adapting, const struct cell *cell)
{
    return in_body(cell) && anybody(adapting, cell->result, cell->row, "all") &&
           anybody(adapting, cell->result, "all", cell->column);
}

static rk_status write_crosstabs(struct adapting *adapting)
{
    static const char *const names[] = {"tab", "row", "col", "n", "total", "pct", "lo", "hi"};
    const struct results *results = adapting->results;
    struct rk_csv_writer out;

    RK_TRY(create(adapting, "crosstabs", &out));
    put_row(&out, names, sizeof names / sizeof *names);
    for (size_t t = 0; t < TABLES; t++)
        for (size_t i = 0; i < results->cell_count; i++) {
            const struct cell *cell = &results->cells[i];

            if (!is(cell, tables[t], "percent") || !is_met(adapting, cell)) continue;
            rk_csv_long(&out, (long)t + 1);
            rk_csv_cell(&out, cell->row_label);
            rk_csv_cell(&out, cell->column_label);
            rk_csv_long(&out, cell->numerator);
            rk_csv_long(&out, cell->base);
            rk_csv_double(&out, cell->value);
            rk_csv_double(&out, cell->low);
            rk_csv_double(&out, cell->high);
            rk_csv_end(&out);
        }
    return finish(adapting, &out);
}

/* Pearson's chi-square of the counts; the project's own test may be another, as its cell says. */
static double chi_square(const struct adapting *adapting, const char *table, long *df)
{
    const struct results *results = adapting->results;
    struct rk_map *rows = rk_map_new(adapting->run->arena);
    struct rk_map *columns = rk_map_new(adapting->run->arena);
    double n = value_of(find(adapting, table, "all", "all", "count")), sum = 0;

    for (size_t i = 0; i < results->cell_count; i++) {
        const struct cell *cell = &results->cells[i];
        double expected;

        if (!is(cell, table, "count") || !is_met(adapting, cell)) continue;
        expected = value_of(find(adapting, table, cell->row, "all", "count")) *
                   value_of(find(adapting, table, "all", cell->column, "count")) / n;
        sum += (cell->value - expected) * (cell->value - expected) / expected;
        rk_map_add(rows, cell->row);
        rk_map_add(columns, cell->column);
    }
    *df = ((long)rk_map_count(rows) - 1) * ((long)rk_map_count(columns) - 1);
    return sum;
}

static rk_status adapt_w2(struct adapting *adapting)
{
    static const char *const names[] = {"tab", "chi2", "df", "p"};
    struct rk_csv_writer out;

    RK_TRY(write_crosstabs(adapting));
    RK_TRY(create(adapting, "tests", &out));
    put_row(&out, names, sizeof names / sizeof *names);
    for (size_t t = 0; t < TABLES; t++) {
        long df;
        double sum = chi_square(adapting, tables[t], &df);

        rk_csv_long(&out, (long)t + 1);
        rk_csv_double(&out, sum);
        rk_csv_long(&out, df);
        rk_csv_double(&out, value_of(find(adapting, tables[t], "all", "all", "p")));
        rk_csv_end(&out);
    }
    return finish(adapting, &out);
}

/* ---- w3 ---- */

/* The other programs give Wald's interval of a paired difference, made here of the same counts;
 * reckon's own is Newcombe's. */
static void put_paired(struct adapting *adapting, const struct cell *change,
                       struct rk_csv_writer *out)
{
    const char *group = change->row;
    double n = (double)change->base;
    double gained = value_of(find(adapting, "believe", group, "gained", "count"));
    double lost = value_of(find(adapting, "believe", group, "lost", "count"));
    double half =
        1.959963984540054 * sqrt(gained + lost - (gained - lost) * (gained - lost) / n) / n;

    rk_csv_cell(out, group_label(change));
    rk_csv_long(out, change->base);
    rk_csv_double(out, value_of(find(adapting, "believe", group, "initial", "count")));
    rk_csv_double(out, value_of(find(adapting, "believe", group, "latest", "count")));
    rk_csv_double(out, change->value);
    rk_csv_double(out, change->value - 100 * half);
    rk_csv_double(out, change->value + 100 * half);
    rk_csv_end(out);
}

static rk_status write_paired(struct adapting *adapting)
{
    static const char *const names[] = {"area", "n", "init_yes", "rev_yes", "diff", "lo", "hi"};
    const struct results *results = adapting->results;
    struct rk_csv_writer out;

    RK_TRY(create(adapting, "paired", &out));
    put_row(&out, names, sizeof names / sizeof *names);
    for (size_t i = 0; i < results->cell_count; i++) {
        const struct cell *cell = &results->cells[i];

        if (is(cell, "believe", "points") && strcmp(cell->column, "change") == 0)
            put_paired(adapting, cell, &out);
    }
    return finish(adapting, &out);
}

/* `all` is the areas' total there: those whose area is known. */
static rk_status write_health(struct adapting *adapting)
{
    static const char *const names[] = {"area", "n", "mean_diff", "lo", "hi"};
    const struct results *results = adapting->results;
    struct rk_csv_writer out;

    RK_TRY(create(adapting, "health", &out));
    put_row(&out, names, sizeof names / sizeof *names);
    for (size_t i = 0; i < results->cell_count; i++) {
        const struct cell *cell = &results->cells[i];

        if (!is(cell, "health", "mean") || strcmp(cell->column, "change") != 0) continue;
        rk_csv_cell(&out, group_label(cell));
        rk_csv_long(&out, cell->base);
        rk_csv_double(&out, cell->value);
        rk_csv_double(&out, cell->low);
        rk_csv_double(&out, cell->high);
        rk_csv_end(&out);
    }
    return finish(adapting, &out);
}

static void put_distribution(struct adapting *adapting, const char *result, const char *name,
                             struct rk_csv_writer *out)
{
    const struct results *results = adapting->results;

    for (size_t i = 0; i < results->cell_count; i++) {
        const struct cell *cell = &results->cells[i];
        double later;

        if (!is(cell, result, "count") || strcmp(cell->column, "each_initial") != 0 ||
            strcmp(cell->row, "all") == 0)
            continue;
        later = value_of(find(adapting, result, cell->row, "each_latest", "count"));
        if (cell->value == 0 && later == 0) continue;
        rk_csv_cell(out, name);
        rk_csv_cell(out, cell->row_label);
        rk_csv_double(out, cell->value);
        rk_csv_double(out, later);
        rk_csv_end(out);
    }
}

static rk_status adapt_w3(struct adapting *adapting)
{
    static const char *const names[] = {"var", "value", "n_init", "n_rev"};
    struct rk_csv_writer out;

    RK_TRY(write_paired(adapting));
    RK_TRY(write_health(adapting));
    RK_TRY(create(adapting, "dist", &out));
    put_row(&out, names, sizeof names / sizeof *names);
    put_distribution(adapting, "level", "health", &out);
    put_distribution(adapting, "when", "when", &out);
    return finish(adapting, &out);
}

/* ---- w4 ---- */

static void put_mean(struct adapting *adapting, const char *scale, const struct cell *mean,
                     struct rk_csv_writer *out)
{
    rk_csv_cell(out, scale);
    rk_csv_cell(out, rk_arena_printf(adapting->run->arena, "%.4sQ%s", mean->row,
                                     mean->row + 5)); /* 2014q3 */
    rk_csv_long(out, mean->base);
    rk_csv_double(out, mean->value);
    rk_csv_double(out, value_of(find(adapting, mean->result, mean->row, mean->column, "sd")));
    rk_csv_double(out, mean->low);
    rk_csv_double(out, mean->high);
    rk_csv_end(out);
}

static rk_status adapt_w4(struct adapting *adapting)
{
    static const char *const names[] = {"scale", "quarter", "n", "mean", "sd", "lo", "hi"};
    static const char *const scales[][2] = {{"gse", "GSE"}, {"swemwbs", "SWEMWBS"}, {"wsas", "WSAS"}};
    const struct results *results = adapting->results;
    struct rk_csv_writer out;

    RK_TRY(create(adapting, "wellbeing", &out));
    put_row(&out, names, sizeof names / sizeof *names);
    for (size_t s = 0; s < sizeof scales / sizeof *scales; s++)
        for (size_t i = 0; i < results->cell_count; i++) {
            const struct cell *cell = &results->cells[i];

            if (is(cell, scales[s][0], "mean") && strcmp(cell->row, "all") != 0 && cell->base > 0)
                put_mean(adapting, scales[s][1], cell, &out);
        }
    return finish(adapting, &out);
}

/* ---- the program ---- */

static const struct work {
    const char *name;
    rk_status (*adapt)(struct adapting *adapting);
    bool cells;
} works[] = {
    {"w1", adapt_w1, false},
    {"w2", adapt_w2, true },
    {"w3", adapt_w3, true },
    {"w4", adapt_w4, true },
};

static rk_status adapt(struct rk_run *run, const char **operands, size_t count)
{
    struct adapting adapting = {.run = run, .to = count == 3 ? operands[2] : NULL};
    struct results *results;

    if (count != 3 || !run->out_dir) return rk_fail(run->diag, RK_USAGE, RK_NOWHERE, "%s", usage);
    run->study_dir = operands[0];
    RK_TRY(study_open(run, &adapting.study));
    for (size_t i = 0; i < sizeof works / sizeof *works; i++) {
        if (strcmp(works[i].name, operands[1]) != 0) continue;
        if (works[i].cells) {
            RK_TRY(results_read(run, "30-results", &results));
            adapting.results = results;
        }
        return works[i].adapt(&adapting);
    }
    return rk_fail(run->diag, RK_USAGE, RK_NOWHERE, "%s", usage);
}

int main(int argc, char **argv)
{
    const char *operands[8];
    size_t count = 0;
    struct rk_run run;
    rk_status status = argc > 8 ? RK_USAGE
                                : rk_run_open(&run, "bench-adapt", argc, argv, usage, operands,
                                              &count);

    if (argc > 8) return RK_USAGE;
    if (status == RK_OK && !run.done) status = adapt(&run, operands, count);
    rk_run_close(&run);
    return (int)status;
}
