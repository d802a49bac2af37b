// SPDX-License-Identifier: MIT
/** Columns made of others: running totals, and ratios such as pounds for each client. */
#include "pipeline/audit/audit_checks.h"

#include <math.h>
#include <string.h>

/** How a column may come from two others (a running total from one). */
struct recipe {
    size_t column, from, by;
    double scale; /**< 0: the running total of `from` */
    size_t fits, misfits;
};

static double room_of(const struct audit_number *n)
{
    return n->kind == AUDIT_COUNT && n->value.decimals == 0 && n->value.unit == AUDIT_PLAIN
               ? 0
               : 0.5 * pow(10, -n->value.decimals);
}

static bool running(const struct audit_grid *grid, const struct recipe *r, size_t row,
                    double *low, double *high)
{
    *low = *high = 0;
    for (size_t i = 0; i <= row; i++) {
        const struct audit_number *n = audit_at(grid, i, r->from);
        if (grid->row[i].role != AUDIT_PART ||
            grid->row[i].section != grid->row[row].section)
            continue;
        if (!n->there || n->value.sense != AUDIT_EXACT) return false;
        *low += n->value.value - room_of(n);
        *high += n->value.value + room_of(n);
    }
    return true;
}

static bool ratio(const struct audit_grid *grid, const struct recipe *r, size_t row,
                  double *low, double *high)
{
    const struct audit_number *a = audit_at(grid, row, r->from),
                              *b = audit_at(grid, row, r->by);

    if (!a->there || !b->there || a->value.sense != AUDIT_EXACT ||
        b->value.sense != AUDIT_EXACT || b->value.value - room_of(b) <= 0 ||
        a->value.value <= 0)
        return false;
    *low = r->scale * (a->value.value - room_of(a)) / (b->value.value + room_of(b));
    *high = r->scale * (a->value.value + room_of(a)) / (b->value.value - room_of(b));
    return true;
}

static bool expected(const struct audit_grid *grid, const struct recipe *r, size_t row,
                     double *low, double *high)
{
    const struct audit_number *n = audit_at(grid, row, r->column);

    if (!n->there || n->value.sense != AUDIT_EXACT ||
        (r->scale == 0 && grid->row[row].role != AUDIT_PART))
        return false;
    return r->scale == 0 ? running(grid, r, row, low, high)
                         : ratio(grid, r, row, low, high);
}

static bool fits(const struct audit_number *n, double low, double high)
{
    double half = 0.5 * pow(10, -n->value.decimals);

    return audit_meets(n->value.value - half, n->value.value + half, low, high);
}

static void weigh(const struct audit_grid *grid, struct recipe *r)
{
    double low, high;

    for (size_t i = 0; i < grid->rows; i++)
        if (expected(grid, r, i, &low, &high)) {
            bool fit = fits(audit_at(grid, i, r->column), low, high);
            r->fits += fit;
            r->misfits += !fit;
        }
}

static void tell(const struct audit_grid *grid, const struct recipe *r,
                 struct audit_findings *findings)
{
    double low, high;
    char value[32];

    for (size_t i = 0; i < grid->rows; i++) {
        const struct audit_number *n = audit_at(grid, i, r->column);
        if (!expected(grid, r, i, &low, &high) || fits(n, low, high)) continue;
        struct audit_finding f =
            audit_about(grid, i, r->column, r->scale == 0 ? "sum" : "ratio");
        audit_value_text(value, (low + high) / 2,
                         n->value.decimals > 0 ? n->value.decimals + 1 : 1);
        f.why = r->scale == 0
                    ? rk_arena_printf(grid->arena, "the running total of \"%s\" is %s here",
                                      grid->column[r->from].text, value)
                    : rk_arena_printf(grid->arena, "\"%s\" for each of \"%s\" is %s here",
                                      grid->column[r->from].text, grid->column[r->by].text,
                                      value);
        f.sure = AUDIT_PROVED_IF;
        f.if_ = "it is made as in the other rows";
        audit_find(findings, f);
    }
}

static bool is_running(const struct audit_grid *grid, size_t column)
{
    const char *head = audit_fold(grid->arena, grid->column[column].text);

    return audit_has_word(head, "cumulative") || audit_has_word(head, "running total") ||
           audit_has_word(head, "to date");
}

static bool is_ratio(const struct audit_grid *grid, size_t column)
{
    const char *head = audit_fold(grid->arena, grid->column[column].text);

    return (audit_has_word(head, "per") && !audit_has_word(head, "per cent")) ||
           audit_has_word(head, "rate") || audit_has_word(head, "ratio") ||
           audit_has_word(head, "average") || audit_has_word(head, "each");
}

static void keep_better(struct recipe *best, struct recipe r, const struct audit_grid *grid)
{
    weigh(grid, &r);
    if ((long)r.fits - (long)r.misfits > (long)best->fits - (long)best->misfits) *best = r;
}

void audit_check_derived(const struct audit_grid *grid, struct audit_findings *findings)
{
    static const double scales[] = {1, 100, 1000, 10000, 100000};

    for (size_t c = 0; c < grid->columns; c++) {
        struct recipe best = {.column = c};
        bool run = is_running(grid, c), part = !run && is_ratio(grid, c);
        for (size_t a = 0; a < grid->columns && (run || part); a++) {
            if (a == c || is_running(grid, a)) continue;
            if (run) keep_better(&best, (struct recipe){.column = c, .from = a}, grid);
            for (size_t b = 0; b < grid->columns && part; b++)
                for (size_t s = 0; s < sizeof scales / sizeof scales[0] && b != a && b != c;
                     s++)
                    keep_better(&best,
                                (struct recipe){
                                    .column = c, .from = a, .by = b, .scale = scales[s]},
                                grid);
        }
        if (best.fits >= 2 && best.fits > best.misfits) tell(grid, &best, findings);
    }
}
