// SPDX-License-Identifier: MIT
#include "pipeline/audit/audit_checks.h"

#include <math.h>
#include <string.h>

struct audit_set audit_set_new(const struct audit_grid *grid)
{
    return (struct audit_set){RK_ARRAY(grid->arena, size_t, grid->rows + 1), 0};
}

static size_t least_indent(const struct audit_grid *grid, size_t from, size_t to)
{
    size_t least = (size_t)-1;

    for (size_t i = from; i < to; i++)
        if (grid->row[i].role == AUDIT_PART && grid->row[i].indent < least)
            least = grid->row[i].indent;
    return least;
}

struct audit_set audit_parts(const struct audit_grid *grid, const char *group, size_t from,
                             size_t to)
{
    struct audit_set set = audit_set_new(grid);
    size_t indent = grid->turned ? (size_t)-1 : least_indent(grid, from, to);

    for (size_t i = from; i < to; i++) {
        const struct audit_label *label = &grid->row[i];
        if (label->role != AUDIT_PART || label->of_which || label->indent > indent)
            continue;
        if (group ? strcmp(label->group, group) != 0 : label->group_total) continue;
        set.rows[set.count++] = i;
    }
    return set;
}

const char *audit_sum_text(const struct audit_grid *grid, const struct audit_set *set,
                           size_t column)
{
    const char *text = "";
    char number[32];
    size_t shown = 0;

    for (size_t i = 0; i < set->count; i++) {
        const struct audit_number *n = audit_at(grid, set->rows[i], column);
        if (!n->there) continue;
        if (++shown > 8) return rk_arena_printf(grid->arena, "%s + ...", text);
        text = rk_arena_printf(grid->arena, "%s%s%s", text, *text ? " + " : "",
                               audit_value_text(number, n->value.value, n->value.decimals));
    }
    return text;
}

bool audit_makes_hundred(const struct audit_grid *grid, const struct audit_set *set,
                         size_t column, double *low, double *high, size_t *shown)
{
    size_t wholes = 0;

    *low = *high = 0;
    *shown = 0;
    for (size_t i = 0; i < set->count; i++) {
        const struct audit_number *n = audit_at(grid, set->rows[i], column);
        if (n->hidden && n->cell->kind == AUDIT_CELL_DASH) continue;
        if (n->hidden) {
            *high = HUGE_VAL;
            continue;
        }
        if (!n->there) continue;
        if (n->kind != AUDIT_SHARE) continue; /* a mean score beside the answers */
        if (!audit_shown(n, AUDIT_SHARE)) return *shown = 0, false;
        ++*shown;
        wholes += n->value.value == 100;
        *low += fmax(n->low, 0);
        *high += n->high;
    }
    if (wholes == *shown) /* a line of totals */
        return *shown = 0, false;
    return *shown >= 2 && audit_meets(*low, *high, 100, 100);
}
