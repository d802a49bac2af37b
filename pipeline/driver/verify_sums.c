// SPDX-License-Identifier: MIT
/** What must hold between the attached cells, whoever made them. */
#include "pipeline/driver/verify_priv.h"

#include "pipeline/base/rk_text.h"
#include "pipeline/contract/about.h"
#include "pipeline/contract/folder.h"

#include <math.h>
#include <string.h>

static bool near(double a, double b)
{
    return fabs(a - b) <= 1e-9 * fmax(1, fmax(fabs(a), fabs(b)));
}

static bool has_value(const struct cell *cell)
{
    return cell && cell->mark != MARK_MASKED && !isnan(cell->value);
}

static const struct cell *beside(const struct verify *verify, const struct cell *cell,
                                 const char *row, const char *column, const char *measure)
{
    return results_find(verify->results, rk_arena_printf(verify->arena, "%s.%s.%s.%s",
                                                         cell->result, row, column, measure));
}

/* ---- one cell ---- */

static size_t check_share(struct verify *verify, const struct cell *cell)
{
    if (cell->unit != UNIT_PERCENT || cell->numerator < 0 || cell->base <= 0 || !has_value(cell) ||
        strcmp(cell->measure, "percent") != 0)
        return 0;
    if (!near(cell->value, 100 * (double)cell->numerator / (double)cell->base))
        verify_wrong(verify, "%s is %.6g%%, and %ld of %ld is %.6g%%", cell->id, cell->value,
                     cell->numerator, cell->base,
                     100 * (double)cell->numerator / (double)cell->base);
    return 1;
}

static size_t check_limits(struct verify *verify, const struct cell *cell)
{
    if (!has_value(cell) || isnan(cell->low) || isnan(cell->high) ||
        strcmp(cell->method, "manski") == 0)
        return 0;
    if (cell->low > cell->value + 1e-9 || cell->high < cell->value - 1e-9)
        verify_wrong(verify, "%s is %.6g, outside its interval %.6g to %.6g", cell->id,
                     cell->value, cell->low, cell->high);
    return 1;
}

static size_t check_base(struct verify *verify, const struct cell *cell)
{
    const struct base *base = results_find_base(verify->results, cell->base_id);

    if (!base || base->n < 0 || cell->base < 0)
        return 0;
    if (cell->base != base->n && cell->base > base->n)
        verify_wrong(verify, "%s is of %ld, and its base (%s) has %ld", cell->id, cell->base,
                     base->sentence, base->n);
    return 1;
}

/* ---- change = latest less initial ---- */

/** Half a unit in the last decimal that a number has: what cutting it may have moved it by. */
static double cut_by(double value)
{
    double unit = 1;

    for (int decimals = 0; decimals < 6 && !near(value / unit, round(value / unit)); decimals++)
        unit /= 10;
    return unit / 2;
}

/** How far a change may be from its two ends: under rounding, means are cut to their decimals,
 * each by itself. */
static double slack(const struct cell *change, const struct cell *first, const struct cell *last)
{
    if (change->mark != MARK_ROUNDED || strcmp(change->measure, "mean") != 0) return 0;
    return 3 * fmax(cut_by(change->value), fmax(cut_by(first->value), cut_by(last->value)));
}

static size_t check_change(struct verify *verify, const struct cell *cell)
{
    const char *change = strstr(cell->column, "change");
    const char *measure = strcmp(cell->measure, "points") == 0 ? "percent"
                          : strcmp(cell->measure, "mean") == 0 ? "mean"
                                                               : NULL;
    int prefix = change ? (int)(change - cell->column) : 0;

    if (!change || change[strlen("change")] || !measure || !has_value(cell))
        return 0;
    const struct cell *first =
        beside(verify, cell, cell->row,
               rk_arena_printf(verify->arena, "%.*sinitial", prefix, cell->column), measure);
    const struct cell *last =
        beside(verify, cell, cell->row,
               rk_arena_printf(verify->arena, "%.*slatest", prefix, cell->column), measure);
    if (!has_value(first) || !has_value(last))
        return 0;
    if (fabs(cell->value - (last->value - first->value)) > slack(cell, first, last) + 1e-9 &&
        !near(cell->value, last->value - first->value))
        verify_wrong(verify, "%s is %.6g, and %s less %s is %.6g", cell->id, cell->value, last->id,
                     first->id, last->value - first->value);
    return 1;
}

/* ---- parts and totals ---- */

/** The counts of a line of a table add up to its total when its shares are of that total. */
static size_t check_line(struct verify *verify, const struct cell *total, bool down)
{
    const struct results *results = verify->results;
    double sum = 0;
    size_t parts = 0;

    for (size_t i = 0; i < results->cell_count; i++) {
        const struct cell *part = &results->cells[i];
        if (strcmp(part->result, total->result) != 0 || strcmp(part->measure, "percent") != 0 ||
            strcmp(down ? part->column : part->row, down ? total->column : total->row) != 0 ||
            strcmp(down ? part->row : part->column, "all") == 0 ||
            strcmp(part->base_id, total->base_id) != 0 || strchr(part->row, '/'))
            continue;
        if (part->numerator < 0 || part->mark == MARK_MASKED)
            return 0;
        sum += (double)part->numerator;
        parts++;
    }
    if (parts < 2)
        return 0;
    if (sum != (double)total->numerator)
        verify_wrong(verify, "%s counts %ld, and its %zu parts add up to %.0f", total->id,
                     total->numerator, parts, sum);
    return 1;
}

static size_t check_total(struct verify *verify, const struct cell *cell)
{
    if (strcmp(cell->measure, "percent") != 0 || !has_value(cell) || cell->value != 100 ||
        cell->numerator < 0)
        return 0;
    return (strcmp(cell->row, "all") == 0 ? check_line(verify, cell, true) : 0) +
           (strcmp(cell->column, "all") == 0 ? check_line(verify, cell, false) : 0);
}

/** How much larger than its whole a part may look: counts of a release may be rounded, each by less
 * than the base. */
static long rounded_by(const struct verify *verify)
{
    const char *path =
        rk_arena_printf(verify->arena, "%s/40-release/release.csv", verify->folder.path);
    struct about about;

    if (about_read(verify->arena, verify->run->diag, path, &about) != RK_OK) return 0;
    return about.round_base > 0 ? 2 * (about.round_base - 1) : 0;
}

/** No base is larger than the one that it is part of. */
static size_t check_tree(struct verify *verify)
{
    long slack = rounded_by(verify);
    size_t checked = 0;

    for (size_t i = 0; i < verify->results->base_count; i++) {
        const struct base *base = &verify->results->bases[i];
        const struct base *parent = results_find_base(verify->results, base->parent);
        if (!parent || base->n < 0 || parent->n < 0 || strcmp(base->unit, parent->unit) != 0)
            continue;
        checked++;
        if (base->n > parent->n + slack)
            verify_wrong(verify, "the base \"%s\" has %ld, more than the %ld it is part of",
                         base->sentence, base->n, parent->n);
    }
    return checked;
}

void verify_sums(struct verify *verify)
{
    size_t before = verify->wrong, checked = 0;

    for (size_t i = 0; i < verify->results->cell_count; i++) {
        const struct cell *cell = &verify->results->cells[i];
        checked += check_share(verify, cell) + check_limits(verify, cell) +
                   check_base(verify, cell) + check_change(verify, cell) +
                   check_total(verify, cell);
    }
    checked += check_tree(verify);
    if (verify->wrong == before)
        verify_right(verify, "%zu sums, shares, intervals, changes and bases tie", checked);
}

/* ---- tables against cells ---- */

static void check_table(struct verify *verify, const char *name, size_t *compared)
{
    const char *result = rk_arena_copy_n(verify->arena, name, strlen(name) - strlen(".csv"));
    struct rk_csv_table table;

    if (rk_csv_table_read(verify->arena, verify->run->diag,
                          rk_arena_printf(verify->arena, "%s/40-release/%s", verify->folder.path, name),
                          &table) != RK_OK)
        return;
    for (size_t r = 0; r < table.rows; r++)
        for (size_t c = 2; c < table.columns; c++) {
            const char *text = table.cells[r * table.columns + c];
            const char *id = rk_arena_printf(verify->arena, "%s.%s.%s", result,
                                             table.cells[r * table.columns], table.names[c]);
            const struct cell *cell = results_find(verify->results, id);
            double value;
            if (!cell)
                continue;
            ++*compared;
            bool number = rk_text_number(text, &value);
            if (number ? !has_value(cell) || !near(value, cell->value)
                       : has_value(cell) && text[0])
                verify_wrong(verify, "the attached table %s has \"%s\" for %s, and cells.csv does not",
                             name, text, id);
        }
}

void verify_tables(struct verify *verify)
{
    static const char *const others[] = {"cells.csv", "bases.csv", "seal.csv", "release.csv"};
    const char *release = rk_arena_printf(verify->arena, "%s/40-release", verify->folder.path);
    size_t before = verify->wrong, compared = 0, tables = 0;
    struct folder_list files;

    if (folder_list_suffix(verify->arena, verify->run->diag, release, ".csv", &files) != RK_OK)
        return;
    for (size_t i = 0; i < files.count; i++) {
        bool other = false;
        for (size_t k = 0; k < sizeof others / sizeof *others; k++)
            other |= strcmp(files.names[i], others[k]) == 0;
        if (other)
            continue;
        check_table(verify, files.names[i], &compared);
        tables++;
    }
    if (verify->wrong == before)
        verify_right(verify, "%zu attached tables say what cells.csv says, in %zu places", tables,
                     compared);
}
