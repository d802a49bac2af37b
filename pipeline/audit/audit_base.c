// SPDX-License-Identifier: MIT
/** Bases that are not printed: which numbers of people give every percentage of a column.
 */
#include "pipeline/audit/audit_checks.h"

#include <math.h>
#include <string.h>

enum { MOST_BASE = 1000 };
/** A column tells its base when fewer than this many bases would fit it by chance. */
static const double CHANCE = 0.02;

struct fitting {
    bool fits[MOST_BASE + 1];
    size_t least, count, cells;
    double chance;
    bool known;
};

/** Spreadsheets drop zeros at the end: 0.20 is printed 0.2 in a column of two decimals. */
static int column_decimals(const struct audit_grid *grid, const struct audit_set *set,
                           size_t column)
{
    int decimals = 0;

    for (size_t i = 0; i < set->count; i++) {
        const struct audit_number *n = audit_at(grid, set->rows[i], column);
        if (n->there && n->value.decimals > decimals) decimals = n->value.decimals;
    }
    return decimals;
}

static void find_bases(const struct audit_grid *grid, const struct audit_set *set,
                       size_t column, struct fitting *out)
{
    double half = 0.5 * pow(10, -column_decimals(grid, set, column));
    double low, high;
    size_t shown;
    bool hundred = audit_makes_hundred(grid, set, column, &low, &high, &shown);

    *out = (struct fitting){0};
    for (long n = 1; n <= MOST_BASE; n++) {
        double chance = 1, least = 0, most = 0;
        bool fits = true;
        out->cells = 0;
        for (size_t i = 0; i < set->count; i++) {
            const struct audit_number *p = audit_at(grid, set->rows[i], column);
            if (!audit_shown(p, AUDIT_SHARE) || p->value.value <= 0 ||
                p->value.value >= 100)
                continue;
            double from = (double)n * (p->value.value - half) / 100,
                   to = (double)n * (p->value.value + half) / 100;
            out->cells++;
            chance *= fmin(1, to - from);
            fits &= audit_has_whole(from, to);
            least += ceil(from - 1e-9);
            most += floor(to + 1e-9);
        }
        if (hundred && fits) fits = least <= (double)n && (double)n <= most;
        out->chance += chance;
        out->fits[n] = fits;
        out->count += fits;
        if (fits && !out->least) out->least = (size_t)n;
    }
    out->known = out->cells >= 4 && out->count && out->chance < CHANCE && half < 0.4;
}

static bool has_counts(const struct audit_grid *grid)
{
    for (size_t i = 0; i < grid->rows * grid->columns; i++)
        if (grid->numbers[i].there &&
            (grid->numbers[i].kind == AUDIT_COUNT || grid->numbers[i].kind == AUDIT_BASE))
            return true;
    for (size_t j = 0; j < grid->columns; j++)
        if (!isnan(grid->column[j].base)) return true;
    return false;
}

static const char *bases_text(const struct audit_grid *grid, const struct fitting *f)
{
    const char *text = "";
    char number[32];
    size_t shown = 0;

    for (size_t n = 1; n <= MOST_BASE && shown < 3; n++)
        if (f->fits[n]) {
            text = rk_arena_printf(grid->arena, "%s%s%s", text, shown ? ", " : "",
                                   audit_value_text(number, (double)n, 0));
            shown++;
        }
    return f->count > 3 ? rk_arena_printf(grid->arena, "%s, ...", text) : text;
}

/** Two columns of one comparison that cannot have the same people. */
static void compare(const struct audit_grid *grid, const struct fitting *found, size_t a,
                    size_t b, struct audit_findings *findings)
{
    struct audit_finding finding;

    for (size_t n = 1; n <= MOST_BASE; n++)
        if (found[a].fits[n] && found[b].fits[n]) return;
    finding = audit_about(grid, 0, b, "base");
    finding.where = rk_arena_printf(grid->arena, "%s, %s and %s", grid->name,
                                    grid->column[a].text, grid->column[b].text);
    finding.printed = NULL;
    finding.why =
        rk_arena_printf(grid->arena,
                        "the two columns have different bases: the first can only have %s "
                        "people, the second %s; a change compares the same people",
                        bases_text(grid, &found[a]), bases_text(grid, &found[b]));
    finding.sure = AUDIT_PROVED_IF;
    finding.if_ = "no base is above 1,000";
    audit_find(findings, finding);
}

/** {people: 824}: the columns together hold so many. */
static void add_up(const struct audit_grid *grid, const struct fitting *found,
                   struct audit_findings *findings)
{
    const char *text = audit_directive(grid, "people");
    struct audit_value people;
    bool reach[MOST_BASE + 1] = {true}, next[MOST_BASE + 1];
    size_t nearest = 0, least = 0;
    const char *bases = "";

    if (!text || !audit_value_read(text, &people) || people.value > MOST_BASE ||
        people.value < 1)
        return;
    for (size_t j = 0; j < grid->columns; j++) {
        if (!found[j].known) return;
        memset(next, 0, sizeof next);
        for (size_t n = 1; n <= MOST_BASE; n++)
            for (size_t s = 0; found[j].fits[n] && s + n <= MOST_BASE; s++)
                next[s + n] |= reach[s];
        memcpy(reach, next, sizeof reach);
        least += found[j].least;
        bases =
            rk_arena_printf(grid->arena, "%s%s%zu", bases, j ? " + " : "", found[j].least);
    }
    if (reach[(size_t)people.value]) return;
    for (size_t n = 1; n <= MOST_BASE; n++)
        if (reach[n] && (!nearest || fabs((double)n - people.value) <
                                         fabs((double)nearest - people.value)))
            nearest = n;
    struct audit_finding finding = audit_about(grid, 0, 0, "base");
    finding.where = grid->name;
    finding.printed = text;
    finding.why = rk_arena_printf(
        grid->arena,
        "the columns' percentages cannot come from so many people together: their smallest "
        "bases are %s = %zu, and the nearest sum that fits is %zu",
        bases, least, nearest);
    finding.sure = AUDIT_PROVED_IF;
    finding.if_ = "each column adds up to its own base";
    audit_find(findings, finding);
}

void audit_check_bases(const struct audit_grid *grid, struct audit_findings *findings)
{
    struct audit_set parts = audit_parts(grid, NULL, 0, grid->rows);
    struct fitting *found;
    size_t change = grid->columns;

    if (grid->turned || grid->weighted || has_counts(grid)) return;
    found = RK_ARRAY(grid->arena, struct fitting, grid->columns + 1);
    for (size_t j = 0; j < grid->columns; j++) {
        find_bases(grid, &parts, j, &found[j]);
        if (grid->column[j].hint == AUDIT_CHANGE) change = j;
        if (!found[j].known || found[j].count > 12) continue;
        struct audit_finding note = audit_about(grid, 0, j, "base");
        note.where =
            rk_arena_printf(grid->arena, "%s, %s", grid->name, grid->column[j].text);
        note.printed = NULL;
        note.why = rk_arena_printf(grid->arena, "the percentages give the base away: %s",
                                   bases_text(grid, &found[j]));
        note.sure = AUDIT_PROVED_IF;
        note.if_ = "the base is at most 1,000";
        note.note = true;
        audit_find(findings, note);
    }
    if (change < grid->columns && change >= 2 && found[change - 2].known &&
        found[change - 1].known)
        compare(grid, found, change - 2, change - 1, findings);
    add_up(grid, found, findings);
}
