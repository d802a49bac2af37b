// SPDX-License-Identifier: MIT
/** Whole numbers for a whole table at once: groups whose percentages have no printed bases,
 * an "All" row and the number of people behind it. */
#include "pipeline/audit/audit_checks.h"

#include <math.h>
#include <string.h>

enum { MOST_PEOPLE = 2000, MOST_PARTS = 3, MOST_COLUMNS = 4 };

struct joint {
    const struct audit_grid *grid;
    struct audit_findings *findings;
    struct audit_set parts;
    size_t total;
    size_t columns[MOST_COLUMNS], column_count;
    size_t *fits[MOST_PARTS]; /**< bases that a part can have, ascending */
    size_t fit_counts[MOST_PARTS];
};

/** Bases of the parts and counts of the whole. */
struct solution {
    size_t bases[MOST_PARTS];
    double counts[MOST_COLUMNS];
    size_t found; /**< how many there are, counted up to 2 */
};

static void counts_at(const struct audit_number *p, double base, double *least,
                      double *most)
{
    *least = ceil(base * p->low / 100 - 1e-9);
    *most = floor(base * p->high / 100 + 1e-9);
}

static bool fits_row(const struct joint *joint, size_t row, double base)
{
    for (size_t j = 0; j < joint->column_count; j++) {
        const struct audit_number *p = audit_at(joint->grid, row, joint->columns[j]);
        double least, most;
        if (!p->there) continue;
        counts_at(p, base, &least, &most);
        if (least > most) return false;
    }
    return true;
}

static void list_bases(struct joint *joint, size_t most)
{
    for (size_t k = 0; k < joint->parts.count; k++) {
        joint->fits[k] = RK_ARRAY(joint->grid->arena, size_t, most + 1);
        joint->fit_counts[k] = 0;
        for (size_t n = 1; n <= most; n++)
            if (fits_row(joint, joint->parts.rows[k], (double)n))
                joint->fits[k][joint->fit_counts[k]++] = n;
    }
}

/** Do the counts that the parts allow meet those that the whole allows? */
static bool adds_up(const struct joint *joint, const size_t *bases, double people,
                    double *counts)
{
    for (size_t j = 0; j < joint->column_count; j++) {
        const struct audit_number *all =
            audit_at(joint->grid, joint->total, joint->columns[j]);
        double least = 0, most = 0, whole_least, whole_most;
        for (size_t k = 0; k < joint->parts.count; k++) {
            double low, high;
            counts_at(audit_at(joint->grid, joint->parts.rows[k], joint->columns[j]),
                      (double)bases[k], &low, &high);
            least += low;
            most += high;
        }
        counts[j] = least == most ? least : NAN;
        if (!all->there) continue;
        counts_at(all, people, &whole_least, &whole_most);
        if (whole_least > most || whole_most < least || whole_least > whole_most)
            return false;
    }
    return true;
}

static bool is_fit(const struct joint *joint, size_t part, size_t base)
{
    for (size_t i = 0; i < joint->fit_counts[part] && joint->fits[part][i] <= base; i++)
        if (joint->fits[part][i] == base) return true;
    return false;
}

static void try_rest(const struct joint *joint, size_t part, size_t *bases, size_t left,
                     double people, struct solution *out)
{
    double counts[MOST_COLUMNS];

    if (out->found > 1) return;
    if (part + 1 == joint->parts.count) {
        bases[part] = left;
        if (!left || !is_fit(joint, part, left) || !adds_up(joint, bases, people, counts))
            return;
        if (!out->found++) {
            memcpy(out->bases, bases, sizeof out->bases);
            memcpy(out->counts, counts, sizeof out->counts);
        }
        return;
    }
    for (size_t i = 0; i < joint->fit_counts[part] && joint->fits[part][i] < left; i++) {
        bases[part] = joint->fits[part][i];
        try_rest(joint, part + 1, bases, left - bases[part], people, out);
    }
}

static struct solution solve(const struct joint *joint, size_t people)
{
    struct solution out = {.found = 0};
    size_t bases[MOST_PARTS];

    try_rest(joint, 0, bases, people, (double)people, &out);
    return out;
}

static const char *bases_text(const struct joint *joint, const struct solution *s)
{
    const char *text = "";

    for (size_t k = 0; k < joint->parts.count; k++)
        text = rk_arena_printf(joint->grid->arena, "%s%s%zu", text, k ? " + " : "",
                               s->bases[k]);
    return text;
}

/** A change printed for the whole, against the counts that the solution gives. */
static void check_change(const struct joint *joint, const struct solution *s, size_t people)
{
    const struct audit_grid *grid = joint->grid;
    char value[32], change[32];

    for (size_t j = 0; j < grid->columns && joint->column_count == 2; j++) {
        const struct audit_number *c = audit_at(grid, joint->total, j);
        double exact = 100 * (s->counts[1] - s->counts[0]) / (double)people;
        if (!audit_shown(c, AUDIT_CHANGE) || isnan(exact) ||
            audit_meets(c->low, c->high, exact, exact))
            continue;
        struct audit_finding f = audit_about(grid, joint->total, j, "rounding");
        f.why = rk_arena_printf(grid->arena,
                                "a difference of rounded figures: (%s - %s) / %zu is %s",
                                audit_value_text(value, s->counts[1], 0),
                                audit_value_text(change, s->counts[0], 0), people,
                                audit_value_text((char[32]){0}, exact, 2));
        f.sure = AUDIT_PROVED_IF;
        f.if_ = "the base is that number";
        audit_find(joint->findings, f);
    }
}

/** The best that can be made of a change in a small group: nobody fell back (exact McNemar
 * test, two-sided). */
static void note_best_p(const struct joint *joint, const struct solution *s)
{
    const struct audit_grid *grid = joint->grid;
    char p[32];

    for (size_t k = 0; k < joint->parts.count && joint->column_count == 2; k++) {
        double low[2], high[2], gained, best;
        for (size_t j = 0; j < 2; j++)
            counts_at(audit_at(grid, joint->parts.rows[k], joint->columns[j]),
                      (double)s->bases[k], &low[j], &high[j]);
        gained = fabs(low[1] - low[0]);
        best = fmin(1, 2 * pow(0.5, gained));
        if (low[0] != high[0] || low[1] != high[1] || best <= 0.05) continue;
        struct audit_finding f =
            audit_about(grid, joint->parts.rows[k], joint->columns[1], "significance");
        f.why = rk_arena_printf(
            grid->arena,
            "%.0f to %.0f of %zu people: even if nobody moved the other way, the exact "
            "paired test gives p = %s; this change can be chance",
            low[0], low[1], s->bases[k], audit_value_text(p, best, 4));
        f.sure = AUDIT_PROVED_IF;
        f.if_ = "both columns have the same people";
        f.note = true;
        audit_find(joint->findings, f);
    }
}

static void report(const struct joint *joint, size_t people)
{
    const struct audit_grid *grid = joint->grid;
    struct solution s = solve(joint, people);
    size_t other = 0;

    if (!s.found)
        for (size_t off = 1; off < people && !other; off++) {
            if (people + off <= MOST_PEOPLE && (s = solve(joint, people + off)).found)
                other = people + off;
            else if ((s = solve(joint, people - off)).found)
                other = people - off;
        }
    if (other) {
        struct audit_finding f =
            audit_about(grid, joint->total, joint->columns[0], "joint");
        f.where = rk_arena_printf(grid->arena, "%s, %s", grid->name,
                                  grid->row[joint->total].text);
        f.why = rk_arena_printf(grid->arena,
                                "no whole numbers of people give these percentages with "
                                "%zu in all; %zu would fit (%s)",
                                people, other, bases_text(joint, &s));
        f.sure = AUDIT_PROVED_IF;
        f.if_ = "everybody is in one of the rows";
        audit_find(joint->findings, f);
    }
    if (s.found == 1) {
        check_change(joint, &s, other ? other : people);
        note_best_p(joint, &s);
    }
}

/** Is it a table of this kind: up to three groups, an All row that is no split, no counts?
 */
static bool applies(struct joint *joint)
{
    const struct audit_grid *grid = joint->grid;
    double low, high;
    size_t shown;

    joint->parts = audit_parts(grid, NULL, 0, grid->rows);
    if (joint->parts.count < 2 || joint->parts.count > MOST_PARTS || !(grid->base > 1) ||
        grid->base > MOST_PEOPLE || grid->weighted)
        return false;
    for (size_t i = 0; i < grid->rows * grid->columns; i++)
        if (grid->numbers[i].there &&
            (grid->numbers[i].kind == AUDIT_COUNT || grid->numbers[i].kind == AUDIT_BASE))
            return false;
    for (size_t j = 0; j < grid->columns && joint->column_count < MOST_COLUMNS; j++) {
        bool all = true;
        for (size_t k = 0; k < joint->parts.count; k++)
            all &= audit_shown(audit_at(grid, joint->parts.rows[k], j), AUDIT_SHARE);
        if (all && audit_shown(audit_at(grid, joint->total, j), AUDIT_SHARE) &&
            audit_at(grid, joint->total, j)->value.value < 100 &&
            !audit_makes_hundred(grid, &joint->parts, j, &low, &high, &shown))
            joint->columns[joint->column_count++] = j;
    }
    return joint->column_count > 0;
}

void audit_check_joint(const struct audit_grid *grid, struct audit_findings *findings)
{
    for (size_t i = 0; i < grid->rows; i++) {
        struct joint joint = {.grid = grid, .findings = findings, .total = i};
        double work = 1;
        if (grid->row[i].role != AUDIT_TOTAL || !applies(&joint)) continue;
        list_bases(&joint, MOST_PEOPLE);
        for (size_t k = 0; k + 1 < joint.parts.count; k++)
            work *= (double)joint.fit_counts[k] + 1;
        if (work < 4000) report(&joint, (size_t)grid->base);
    }
}
