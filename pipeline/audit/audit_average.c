// SPDX-License-Identifier: MIT
/** "All" as an average of its parts: of all lines with the same people at once (LP), of
 * each line alone, and with the printed bases as weights. */
#include "pipeline/audit/audit_checks.h"
#include "pipeline/audit/audit_lp.h"

#include <math.h>
#include <string.h>

/** A miss below this is the arithmetic's. */
static const double NOISE = 1e-6;

struct averages {
    const struct audit_grid *grid;
    struct audit_findings *findings;
    struct audit_set parts;
    size_t total;
};

static bool averages_kind(const struct audit_number *n)
{
    return (n->kind == AUDIT_SHARE || n->kind == AUDIT_MEAN) && n->there &&
           n->value.sense == AUDIT_EXACT;
}

/** Reads a column as a line; false when a part or the whole is not there. */
static bool line_of(const struct averages *a, size_t column, struct audit_line *line)
{
    const struct audit_number *all = audit_at(a->grid, a->total, column);
    double *low = RK_ARRAY(a->grid->arena, double, a->parts.count + 1);
    double *high = RK_ARRAY(a->grid->arena, double, a->parts.count + 1);

    if (!averages_kind(all) || (all->kind == AUDIT_SHARE && all->value.value >= 100))
        return false;
    for (size_t i = 0; i < a->parts.count; i++) {
        const struct audit_number *n = audit_at(a->grid, a->parts.rows[i], column);
        if (n->hidden && n->cell->kind == AUDIT_CELL_DASH && all->kind == AUDIT_SHARE) {
            low[i] = 0;
            high[i] = 0.5 * pow(10, -all->value.decimals);
            continue;
        }
        if (!averages_kind(n) || n->kind != all->kind) return false;
        low[i] = n->low;
        high[i] = n->high;
    }
    *line = (struct audit_line){low, high, all->low, all->high};
    return true;
}

/** The parts add up to the whole, or to 100: a split, no average. */
static bool is_split(const struct averages *a, size_t column)
{
    const struct audit_number *all = audit_at(a->grid, a->total, column);
    double low = 0, high = 0;

    for (size_t i = 0; i < a->parts.count; i++) {
        const struct audit_number *n = audit_at(a->grid, a->parts.rows[i], column);
        if (!n->there) continue;
        low += n->low;
        high += n->high;
    }
    return audit_meets(low, high, all->low, all->high) ||
           (all->kind == AUDIT_SHARE && audit_meets(low, high, 100, 100) &&
            a->parts.count > 2);
}

/** The base of a row for what stands in `column`: of the same section. */
static double weight_of(const struct audit_grid *grid, size_t row, size_t column)
{
    for (size_t j = 0; j < grid->columns; j++) {
        const struct audit_number *n = audit_at(grid, row, j);
        bool base = grid->column[j].role == AUDIT_BASE_ROW || n->kind == AUDIT_BASE;
        if (base && n->there && n->value.decimals == 0 &&
            grid->column[j].section == grid->column[column].section)
            return n->value.value;
    }
    return grid->row[row].base;
}

static const char *range_text(const struct averages *a, size_t column)
{
    double low = HUGE_VAL, high = -HUGE_VAL;
    int decimals = 0;
    char from[32], to[32];

    for (size_t i = 0; i < a->parts.count; i++) {
        const struct audit_number *n = audit_at(a->grid, a->parts.rows[i], column);
        low = fmin(low, n->there ? n->value.value : 0);
        high = fmax(high, n->there ? n->value.value : 0);
        decimals = n->value.decimals > decimals ? n->value.decimals : decimals;
    }
    return rk_arena_printf(a->grid->arena, "%s to %s",
                           audit_value_text(from, low, decimals),
                           audit_value_text(to, high, decimals));
}

static void tell(const struct averages *a, size_t column, const char *why, const char *if_)
{
    struct audit_finding finding = audit_about(a->grid, a->total, column, "average");

    finding.why = why;
    finding.sure = AUDIT_PROVED_IF;
    finding.if_ = if_;
    audit_find(a->findings, finding);
}

/** Each line alone: the whole lies between the smallest and the largest part. */
static bool alone(const struct averages *a, size_t column, const struct audit_line *line)
{
    double excess;

    if (!audit_lp_average(line, 1, a->parts.count, &excess) || excess <= NOISE) return true;
    tell(a, column,
         rk_arena_printf(a->grid->arena, "lies outside its parts, which run from %s",
                         range_text(a, column)),
         "the rows are all its parts");
    return false;
}

/** With printed bases the weights are known. */
static bool weighted(const struct averages *a, size_t column, const struct audit_line *line)
{
    double low = 0, high = 0, sum = 0, all = weight_of(a->grid, a->total, column);
    const struct audit_number *n = audit_at(a->grid, a->total, column);
    char text[32];

    for (size_t i = 0; i < a->parts.count; i++) {
        double w = weight_of(a->grid, a->parts.rows[i], column);
        if (!(w > 0)) return true;
        low += w * line->low[i];
        high += w * line->high[i];
        sum += w;
    }
    if (!(all > 0) || all != sum || a->grid->weighted) return true;
    if (audit_meets(low / sum, high / sum, n->low, n->high)) return true;
    tell(a, column,
         rk_arena_printf(
             a->grid->arena, "the parts weighted with their bases give %s",
             audit_value_text(text, (low + high) / 2 / sum, n->value.decimals + 1)),
         "the bases hold for this figure");
    return false;
}

/** Columns of one group have the same people: bands of one question. Where they have no
 * group, they must come to 100 in the whole or in a part. */
static bool same_people(const struct averages *a, const size_t *columns, size_t count)
{
    if (*a->grid->column[columns[0]].group) return true;
    for (size_t r = 0; r <= a->parts.count; r++) {
        double low = 0, high = 0;
        size_t row = r < a->parts.count ? a->parts.rows[r] : a->total;
        for (size_t i = 0; i < count; i++) {
            low += audit_at(a->grid, row, columns[i])->low;
            high += audit_at(a->grid, row, columns[i])->high;
        }
        if (audit_meets(low, high, 100, 100)) return true;
    }
    return false;
}

static void together(const struct averages *a, const size_t *columns,
                     const struct audit_line *lines, size_t count)
{
    double excess;
    const char *values = "", *group = a->grid->column[columns[0]].group;
    char text[32];

    if (count < 2 || !same_people(a, columns, count) ||
        !audit_lp_average(lines, count, a->parts.count, &excess) || excess <= NOISE)
        return;
    for (size_t i = 0; i < count; i++) {
        const struct audit_number *n = audit_at(a->grid, a->total, columns[i]);
        values = rk_arena_printf(a->grid->arena, "%s%s%s", values, i ? " / " : "",
                                 audit_value_text(text, n->value.value, n->value.decimals));
    }
    tell(a, columns[0],
         rk_arena_printf(a->grid->arena,
                         "%s%s%s are no average of the parts: no weights give all %zu "
                         "(they miss by %s at least)",
                         group, *group ? ": " : "", values, count,
                         audit_value_text(text, excess, 3)),
         "the rows are all its parts and the columns have the same people");
}

static void check_group(const struct averages *a, const char *group)
{
    const struct audit_grid *grid = a->grid;
    size_t *columns = RK_ARRAY(grid->arena, size_t, grid->columns + 1), count = 0;
    struct audit_line *lines = RK_ARRAY(grid->arena, struct audit_line, grid->columns + 1);

    for (size_t j = 0; j < grid->columns; j++) {
        if (strcmp(grid->column[j].group, group) != 0 ||
            grid->column[j].role == AUDIT_TOTAL || grid->column[j].unknown ||
            !line_of(a, j, &lines[count]) || is_split(a, j))
            continue;
        if (alone(a, j, &lines[count]) && weighted(a, j, &lines[count]))
            columns[count++] = j;
    }
    if (count && audit_at(grid, a->total, columns[0])->kind == AUDIT_SHARE)
        together(a, columns, lines, count);
}

void audit_check_average(const struct audit_grid *grid, struct audit_findings *findings)
{
    for (size_t i = 0; i < grid->rows; i++) {
        struct averages a = {grid, findings,
                             audit_parts(grid, grid->row[i].group, 0, grid->rows), i};
        if (grid->row[i].role != AUDIT_TOTAL || a.parts.count < 2) continue;
        for (size_t j = 0; j < grid->columns; j++) {
            bool first = true;
            for (size_t k = 0; k < j; k++)
                first &= strcmp(grid->column[k].group, grid->column[j].group) != 0;
            if (first) check_group(&a, grid->column[j].group);
        }
    }
}
