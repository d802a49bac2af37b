// SPDX-License-Identifier: MIT
/** Percentages that should come to 100. */
#include "pipeline/audit/audit_checks.h"

#include <math.h>
#include <string.h>

/** The sets of a table: its groups, or all of its parts. */
struct sets {
    struct audit_set *items;
    size_t count;
};

static struct sets collect(const struct audit_grid *grid)
{
    struct sets sets = {RK_ARRAY(grid->arena, struct audit_set, grid->rows + 1), 0};

    for (size_t i = 0; i < grid->rows; i++) {
        bool seen = grid->row[i].role == AUDIT_EMPTY;
        for (size_t k = 0; k < i; k++)
            seen |= grid->row[k].role != AUDIT_EMPTY &&
                    strcmp(grid->row[k].group, grid->row[i].group) == 0;
        if (seen) continue;
        struct audit_set set = audit_parts(grid, grid->row[i].group, 0, grid->rows);
        if (set.count >= 2) sets.items[sets.count++] = set;
    }
    return sets;
}

/** A total row that prints 100 beside the set. */
static bool says_hundred(const struct audit_grid *grid, const struct audit_set *set,
                         size_t column)
{
    for (size_t i = 0; i < grid->rows; i++) {
        const struct audit_number *n = audit_at(grid, i, column);
        if (grid->row[i].role == AUDIT_TOTAL && audit_shown(n, AUDIT_SHARE) &&
            n->value.value == 100 &&
            (strcmp(grid->row[i].group, grid->row[set->rows[0]].group) == 0))
            return true;
    }
    return false;
}

/** A total row with another percentage: the column is an average, not a split. */
static bool says_average(const struct audit_grid *grid, size_t column)
{
    for (size_t i = 0; i < grid->rows; i++) {
        const struct audit_number *n = audit_at(grid, i, column);
        if (grid->row[i].role == AUDIT_TOTAL && n->there && n->kind == AUDIT_SHARE &&
            n->value.value < 99)
            return true;
    }
    return false;
}

struct tally {
    size_t fits, misfits, columns;
};

static struct tally count(const struct audit_grid *grid, const struct sets *sets)
{
    struct tally tally = {0};
    double low, high;
    size_t shown;

    for (size_t j = 0; j < grid->columns; j++) {
        bool any = false;
        for (size_t s = 0; s < sets->count; s++) {
            bool fit = audit_makes_hundred(grid, &sets->items[s], j, &low, &high, &shown);
            if (shown < 2) continue;
            any = true;
            tally.fits += fit;
            tally.misfits += !fit;
        }
        tally.columns += any;
    }
    return tally;
}

static void tell(const struct audit_grid *grid, const struct audit_set *set, size_t column,
                 double low, double high, enum audit_sure sure,
                 struct audit_findings *findings)
{
    struct audit_finding finding = audit_about(grid, set->rows[0], column, "hundred");
    const char *group = grid->row[set->rows[0]].group;
    char sum[32], most[32];

    finding.where = rk_arena_printf(grid->arena, "%s, %s%s%s", grid->name,
                                    grid->column[column].text, *group ? ", " : "", group);
    finding.printed = NULL;
    finding.why = rk_arena_printf(
        grid->arena,
        "the percentages come to %s, not 100: %s; rounding explains %s at most",
        audit_value_text(sum, (low + high) / 2, 2), audit_sum_text(grid, set, column),
        audit_value_text(most, (high - low) / 2, 2));
    finding.sure = sure;
    finding.if_ = "they are all the answers and each is counted once";
    audit_find(findings, finding);
}

/** Is it close enough to 100, with nothing else to explain it, to be worth a look? */
static bool odd(const struct audit_grid *grid, const struct tally *tally, size_t column,
                size_t shown, double low, double high)
{
    double middle = (low + high) / 2;

    return tally->fits == 0 && tally->columns == 1 && shown >= 4 &&
           fabs(middle - 100) <= 4 && !says_average(grid, column);
}

/** The parts come to 100 and the total row prints something else that is no average of them
 * either. */
static void check_total(const struct audit_grid *grid, const struct audit_set *set,
                        size_t column, double low, double high,
                        struct audit_findings *findings)
{
    double least = HUGE_VAL, most = -HUGE_VAL;
    char sum[32];

    for (size_t i = 0; i < set->count; i++) {
        const struct audit_number *n = audit_at(grid, set->rows[i], column);
        least = n->there ? fmin(least, n->low) : least;
        most = n->there ? fmax(most, n->high) : most;
    }
    for (size_t i = 0; i < grid->rows; i++) {
        const struct audit_number *n = audit_at(grid, i, column);
        if (grid->row[i].role != AUDIT_TOTAL || !audit_shown(n, AUDIT_SHARE) ||
            audit_meets(n->low, n->high, low, high) ||
            audit_meets(n->low, n->high, least, most) ||
            (*grid->row[i].group &&
             strcmp(grid->row[i].group, grid->row[set->rows[0]].group) != 0))
            continue;
        struct audit_finding finding = audit_about(grid, i, column, "hundred");
        finding.why = rk_arena_printf(grid->arena, "the parts come to %s: %s",
                                      audit_value_text(sum, (low + high) / 2, 2),
                                      audit_sum_text(grid, set, column));
        finding.sure = AUDIT_PROVED_IF;
        finding.if_ = "the rows are its parts";
        audit_find(findings, finding);
    }
}

static bool has_counts(const struct audit_grid *grid)
{
    for (size_t i = 0; i < grid->rows * grid->columns; i++)
        if (grid->numbers[i].there &&
            (grid->numbers[i].kind == AUDIT_COUNT || grid->numbers[i].kind == AUDIT_BASE))
            return true;
    return false;
}

/** Percentages come to 100 in one direction; sums in the other one that do are chance. */
static bool other_way(const struct audit_grid *grid, const struct tally *tally)
{
    struct audit_grid *turned = audit_grid_turn(grid);
    struct sets sets = collect(turned);
    struct tally other = count(turned, &sets);

    return other.fits > tally->fits;
}

/** Do so many others of the table come to 100 that this one should? */
static bool usual(const struct tally *tally, size_t shown, double low, double high)
{
    bool most = tally->fits >= 2 * tally->misfits && (tally->fits >= 2 || shown >= 3);
    bool many = tally->fits >= tally->misfits && shown >= 4;

    return (most || many) && fabs((low + high) / 2 - 100) < 60;
}

void audit_check_hundred(const struct audit_grid *grid, struct audit_findings *findings)
{
    struct sets sets = collect(grid);
    struct tally tally = count(grid, &sets);
    bool across = other_way(grid, &tally), counts = has_counts(grid);
    double low, high;
    size_t shown;

    for (size_t j = 0; j < grid->columns && !grid->overlapping; j++)
        for (size_t s = 0; s < sets.count; s++) {
            const struct audit_set *set = &sets.items[s];
            if (audit_makes_hundred(grid, set, j, &low, &high, &shown)) {
                check_total(grid, set, j, low, high, findings);
                continue;
            }
            if (shown < 2 || !isfinite(high)) continue;
            bool says = says_hundred(grid, set, j);
            bool near = fabs((low + high) / 2 - 100) < 40;
            if (says || (!across && usual(&tally, shown, low, high)))
                tell(grid, set, j, low, high, says && near ? AUDIT_PROVED : AUDIT_PROVED_IF,
                     findings);
            else if (!counts && odd(grid, &tally, j, shown, low, high))
                tell(grid, set, j, low, high, AUDIT_SUSPICIOUS, findings);
        }
}
