// SPDX-License-Identifier: MIT
/** Notes on small groups: counts of 1 to 4, percentages that can only come from a handful,
 * and a masked number that a subtraction gives back. */
#include "pipeline/audit/audit_checks.h"

#include <math.h>
#include <string.h>

enum { FEW = 10 };

static void note(const struct audit_grid *grid, size_t row, size_t column, const char *why,
                 enum audit_sure sure, struct audit_findings *findings)
{
    struct audit_finding finding = audit_about(grid, row, column, "small");

    finding.why = why;
    finding.sure = sure;
    finding.note = true;
    finding.if_ = "they are people";
    audit_find(findings, finding);
}

static void note_counts(const struct audit_grid *grid, struct audit_findings *findings)
{
    size_t found = 0, row = 0, column = 0;

    for (size_t i = 0; i < grid->rows; i++)
        for (size_t j = 0; j < grid->columns; j++) {
            const struct audit_number *n = audit_at(grid, i, j);
            if (!audit_shown(n, AUDIT_COUNT) || n->value.decimals || n->value.value < 1 ||
                n->value.value >= (double)findings->small || n->value.unit != AUDIT_PLAIN)
                continue;
            if (!found++) {
                row = i;
                column = j;
            }
        }
    if (found)
        note(grid, row, column,
             rk_arena_printf(grid->arena,
                             "%zu count%s of 1 to %ld people stand%s in this table", found,
                             found == 1 ? "" : "s", findings->small - 1,
                             found == 1 ? "s" : ""),
             AUDIT_PROVED_IF, findings);
}

/** The smallest number of people that can give a percentage of two decimals. */
static long fewest(const struct audit_number *share)
{
    for (long n = 1; n <= FEW; n++)
        if (audit_has_whole((double)n * share->low / 100, (double)n * share->high / 100))
            return n;
    return 0;
}

static void note_shares(const struct audit_grid *grid, struct audit_findings *findings)
{
    for (size_t i = 0; i < grid->rows; i++)
        for (size_t j = 0; j < grid->columns; j++) {
            const struct audit_number *n = audit_at(grid, i, j);
            long few;
            if (!audit_shown(n, AUDIT_SHARE) || n->value.decimals < 2 ||
                n->value.value <= 0 || n->value.value >= 100 || n->cell->count > 1)
                continue;
            few = fewest(n);
            if (few)
                note(grid, i, j,
                     rk_arena_printf(
                         grid->arena,
                         "this is %.0f of %ld: a handful of people may stand behind it",
                         round((double)few * n->value.value / 100), few),
                     AUDIT_SUSPICIOUS, findings);
        }
}

/** One hidden count in a column with a total is no secret. */
static void note_recovered(const struct audit_grid *grid, size_t total,
                           struct audit_findings *findings)
{
    struct audit_set parts = audit_parts(grid, grid->row[total].group, 0, grid->rows);

    for (size_t j = 0; j < grid->columns; j++) {
        const struct audit_number *t = audit_at(grid, total, j), *hidden = NULL;
        double sum = 0;
        size_t shown = 0, marks = 0, row = 0;
        if (!audit_shown(t, AUDIT_COUNT) || t->value.decimals) continue;
        for (size_t i = 0; i < parts.count; i++) {
            const struct audit_number *n = audit_at(grid, parts.rows[i], j);
            if (n->hidden && n->cell->kind == AUDIT_CELL_HIDDEN) {
                hidden = n;
                marks++;
                row = parts.rows[i];
            } else if (audit_shown(n, AUDIT_COUNT)) {
                sum += n->value.value;
                shown++;
            }
        }
        if (marks == 1 && shown && t->value.value - sum >= 0 &&
            t->value.value - sum <= hidden->high)
            note(grid, row, j,
                 rk_arena_printf(grid->arena,
                                 "the masked number is %.0f: the total less the other rows",
                                 t->value.value - sum),
                 AUDIT_PROVED_IF, findings);
    }
}

void audit_check_small(const struct audit_grid *grid, struct audit_findings *findings)
{
    if (!grid->turned) {
        note_counts(grid, findings);
        note_shares(grid, findings);
    }
    for (size_t i = 0; i < grid->rows; i++)
        if (grid->row[i].role == AUDIT_TOTAL) note_recovered(grid, i, findings);
}
