// SPDX-License-Identifier: MIT
/** Columns of differences against the two columns they come from. */
#include "pipeline/audit/audit_checks.h"

#include <math.h>
#include <string.h>

struct pair {
    size_t change, from, to;
    bool relative; /**< (to - from) / from */
    size_t fits, misfits, trivial;
};

static bool expected(const struct audit_grid *grid, const struct pair *p, size_t row,
                     double *low, double *high)
{
    const struct audit_number *a = audit_at(grid, row, p->from),
                              *b = audit_at(grid, row, p->to);
    const struct audit_number *c = audit_at(grid, row, p->change);

    if (!a->there || !b->there || !audit_shown(c, AUDIT_CHANGE) || a->kind != b->kind ||
        a->kind == AUDIT_CHANGE || a->kind == AUDIT_P)
        return false;
    bool exact = a->kind == AUDIT_COUNT && a->value.decimals == 0 && b->value.decimals == 0;
    double al = exact ? a->value.value : a->low, ah = exact ? a->value.value : a->high;
    double bl = exact ? b->value.value : b->low, bh = exact ? b->value.value : b->high;
    *low = bl - ah;
    *high = bh - al;
    if (!p->relative) return true;
    if (al <= 0) return false;
    *low = 100 * (bl / ah - 1);
    *high = 100 * (bh / al - 1);
    return true;
}

static bool fits(const struct audit_number *c, double low, double high)
{
    return audit_meets(c->low, c->high, low, high);
}

static void weigh(const struct audit_grid *grid, struct pair *p)
{
    double low, high;

    for (size_t i = 0; i < grid->rows; i++)
        if (expected(grid, p, i, &low, &high)) {
            bool fit = fits(audit_at(grid, i, p->change), low, high);
            p->fits += fit;
            p->misfits += !fit;
        }
}

/** Are the two columns the only ones that the change can come from? */
static bool alone(const struct audit_grid *grid, const struct pair *p)
{
    size_t others = 0;

    for (size_t j = 0; j < grid->columns; j++)
        for (size_t i = 0; i < grid->rows; i++)
            if (j != p->change && audit_at(grid, i, j)->there &&
                audit_at(grid, i, j)->kind == audit_at(grid, i, p->from)->kind) {
                others++;
                break;
            }
    return others == 2;
}

static bool find_pair(const struct audit_grid *grid, size_t change, struct pair *best)
{
    bool found = false;

    for (size_t a = 0; a < grid->columns; a++)
        for (size_t b = 0; b < grid->columns; b++)
            for (int relative = 0; relative < 2; relative++) {
                struct pair p = {
                    .change = change, .from = a, .to = b, .relative = relative};
                if (a == b || a == change || b == change) continue;
                weigh(grid, &p);
                if (p.fits + p.misfits &&
                    (!found || (long)p.fits - (long)p.misfits >
                                   (long)best->fits - (long)best->misfits)) {
                    *best = p;
                    found = true;
                }
            }
    return found && (best->fits > best->misfits ||
                     (best->fits >= 2 && best->fits == best->misfits) ||
                     (best->fits && best->misfits <= 2 && alone(grid, best)) ||
                     (best->fits && best->misfits == 1 && best->from + 2 == change &&
                      best->to + 1 == change));
}

/** The difference is off, but its size is right: the sign is missing or wrong. */
static const char *reason(const struct audit_grid *grid, const struct pair *p, size_t row,
                          double low, double high)
{
    const struct audit_number *c = audit_at(grid, row, p->change);
    const struct audit_number *a = audit_at(grid, row, p->from),
                              *b = audit_at(grid, row, p->to);
    char from[32], to[32], value[32];
    int decimals =
        a->value.decimals > b->value.decimals ? a->value.decimals : b->value.decimals;
    const char *sign = fits(c, -high, -low) ? "the sign is wrong: " : "";

    if (p->relative)
        return rk_arena_printf(
            grid->arena, "%sfrom %s to %s is a change of %s%%", sign,
            audit_value_text(from, a->value.value, decimals),
            audit_value_text(to, b->value.value, decimals),
            audit_value_text(value, (low + high) / 2, c->value.decimals));
    return rk_arena_printf(
        grid->arena, "%s%s - %s is %s", sign,
        audit_value_text(to, b->value.value, decimals),
        audit_value_text(from, a->value.value, decimals),
        audit_value_text(value, b->value.value - a->value.value, decimals));
}

static void check_rows(const struct audit_grid *grid, const struct pair *p,
                       struct audit_findings *findings)
{
    double low, high;

    for (size_t i = 0; i < grid->rows; i++) {
        if (!expected(grid, p, i, &low, &high) ||
            fits(audit_at(grid, i, p->change), low, high))
            continue;
        struct audit_finding finding = audit_about(grid, i, p->change, "difference");
        finding.why = reason(grid, p, i, low, high);
        finding.sure = p->fits >= 2 ? AUDIT_PROVED : AUDIT_PROVED_IF;
        finding.if_ = "the column is the difference of these two, as elsewhere";
        audit_find(findings, finding);
    }
}

/** A difference of percentages has the unit points; "%" would be relative. */
static void check_unit(const struct audit_grid *grid, const struct pair *p,
                       struct audit_findings *findings)
{
    const char *head = audit_fold(grid->arena, grid->column[p->change].text);
    bool points =
        audit_has_word(head, "pp") || strstr(head, "point") || strstr(head, "ppt");
    bool percent = (audit_has_word(head, "%") || audit_has_word(head, "percent") ||
                    audit_has_word(head, "percentage")) &&
                   !points;

    for (size_t i = 0; i < grid->rows && !p->relative; i++) {
        const struct audit_number *c = audit_at(grid, i, p->change);
        if (!c->there || c->kind != AUDIT_CHANGE || c->cell->count > 1 ||
            audit_has_word(head, "difference") ||
            audit_at(grid, i, p->from)->kind != AUDIT_SHARE)
            continue;
        if (c->value.unit != AUDIT_PERCENT && !(percent && c->value.unit == AUDIT_PLAIN))
            continue;
        struct audit_finding finding = audit_about(grid, i, p->change, "unit");
        finding.why =
            "a difference of two percentages is in percentage points, not in percent";
        finding.sure = AUDIT_PROVED;
        audit_find(findings, finding);
        return;
    }
}

void audit_check_changes(const struct audit_grid *grid, struct audit_findings *findings)
{
    struct pair pair;

    for (size_t j = 0; j < grid->columns; j++) {
        bool any = false;
        for (size_t i = 0; i < grid->rows; i++)
            any |= audit_shown(audit_at(grid, i, j), AUDIT_CHANGE);
        if (!any || !find_pair(grid, j, &pair)) continue;
        check_rows(grid, &pair, findings);
        check_unit(grid, &pair, findings);
    }
}
