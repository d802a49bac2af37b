// SPDX-License-Identifier: MIT
/** Percentages against counts and bases. Which count and which base a percentage belongs to
 * is not said in a table: each pairing is tried, and the one that most cells agree with is
 * taken. */
#include "pipeline/audit/audit_checks.h"

#include <math.h>
#include <string.h>

/** Where the base of a cell may stand. */
enum base_kind {
    BASE_GROUP_TOTAL, /**< the total row of its group */
    BASE_TOTAL,       /**< the last total row */
    BASE_FIRST_TOTAL,
    BASE_GROUP_SUM, /**< what the parts of its group come to */
    BASE_SUM,
    BASE_ROW_OF_SHARE, /**< a row "Base" under the percentages or the counts */
    BASE_ROW_OF_COUNT,
    BASE_HEAD,  /**< "(n=326)" over the column */
    BASE_LABEL, /**< ... or in the row's label */
    BASE_TABLE,
    BASE_BESIDE, /**< another column of counts */
};

struct pairing {
    size_t share, count;
    enum base_kind base;
    size_t beside;
    const char *group; /**< whose base `found` is, while rows are looked at in order */
    double found;
    size_t fits, misfits, certain; /**< certain: by the cell itself, "12/40 (30%)" */
};

static double total_of(const struct audit_grid *grid, size_t column, const char *group,
                       bool first)
{
    double out = NAN;

    for (size_t i = 0; i < grid->rows; i++) {
        const struct audit_number *n = audit_at(grid, i, column);
        if (grid->row[i].role != AUDIT_TOTAL ||
            (group && strcmp(grid->row[i].group, group) != 0))
            continue;
        if (!audit_shown(n, AUDIT_COUNT) && !audit_shown(n, AUDIT_BASE)) continue;
        out = n->value.value;
        if (first) break;
    }
    return out;
}

static double sum_of(const struct audit_grid *grid, size_t column, const char *group)
{
    struct audit_set set = audit_parts(grid, group, 0, grid->rows);
    double sum = 0;

    for (size_t i = 0; i < set.count; i++) {
        const struct audit_number *n = audit_at(grid, set.rows[i], column);
        if (n->hidden && n->cell->kind != AUDIT_CELL_DASH) return NAN;
        if (n->there && n->kind != AUDIT_COUNT) return NAN;
        sum += n->there ? n->value.value : 0;
    }
    return sum;
}

/** The row "Base" of the row's section; of the whole table where sections have none of
 * their own. */
static double base_row(const struct audit_grid *grid, size_t column, size_t row)
{
    double out = NAN;
    size_t rows = 0;

    for (size_t i = 0; i < grid->rows; i++) {
        const struct audit_number *n = audit_at(grid, i, column);
        if (grid->row[i].role != AUDIT_BASE_ROW || !n->there || n->value.decimals) continue;
        if (grid->row[i].section == grid->row[row].section &&
            strcmp(grid->row[i].group, grid->row[row].group) == 0)
            return n->value.value;
        rows++;
        out = n->value.value;
    }
    return rows == 1 ? out : NAN;
}

/** Bases that all rows of a group share, worked out once for each group. */
static double shared_base(const struct audit_grid *grid, const struct pairing *p,
                          const char *group)
{
    switch (p->base) {
    case BASE_GROUP_TOTAL:
        return *group ? total_of(grid, p->count, group, false) : NAN;
    case BASE_TOTAL:
        return total_of(grid, p->count, NULL, false);
    case BASE_FIRST_TOTAL:
        return total_of(grid, p->count, NULL, true);
    case BASE_GROUP_SUM:
        return *group ? sum_of(grid, p->count, group) : NAN;
    default:
        return sum_of(grid, p->count, NULL);
    }
}

static double base_of(const struct audit_grid *grid, struct pairing *p, size_t row)
{
    const struct audit_number *beside;
    const char *group = grid->row[row].group;

    if (p->base <= BASE_SUM) {
        if (!p->group || strcmp(p->group, group) != 0) {
            p->group = group;
            p->found = shared_base(grid, p, group);
        }
        return p->found;
    }
    switch (p->base) {
    case BASE_ROW_OF_SHARE:
        return base_row(grid, p->share, row);
    case BASE_ROW_OF_COUNT:
        return base_row(grid, p->count, row);
    case BASE_HEAD:
        return isnan(grid->column[p->share].base) ? grid->column[p->count].base
                                                  : grid->column[p->share].base;
    case BASE_LABEL:
        return grid->row[row].base;
    case BASE_TABLE:
        return grid->base;
    default:
        beside = audit_at(grid, row, p->beside);
        return beside->there &&
                       (beside->kind == AUDIT_COUNT || beside->kind == AUDIT_BASE) &&
                       beside->value.decimals == 0
                   ? beside->value.value
                   : NAN;
    }
}

static bool fits(const struct audit_grid *grid, const struct audit_number *share,
                 double count, double base)
{
    double room = grid->rounded ? 2.5 : 0;

    return audit_meets(share->low, share->high, 100 * fmax(count - room, 0) / (base + room),
                       100 * (count + room) / fmax(base - room, 1));
}

static bool usable(const struct audit_grid *grid, struct pairing *p, size_t row,
                   double *base)
{
    const struct audit_number *share = audit_at(grid, row, p->share);
    const struct audit_number *count = audit_at(grid, row, p->count);

    if (!audit_shown(share, AUDIT_SHARE) || !audit_shown(count, AUDIT_COUNT) ||
        count->value.decimals)
        return false;
    *base = base_of(grid, p, row);
    return *base > 0;
}

static bool own_base(const struct audit_grid *grid, const struct pairing *p, size_t row)
{
    const struct audit_cell *cell = audit_at(grid, row, p->share)->cell;

    return p->base == BASE_BESIDE && audit_at(grid, row, p->count)->cell == cell &&
           audit_at(grid, row, p->beside)->cell == cell;
}

static void weigh(const struct audit_grid *grid, struct pairing *p)
{
    double base;

    for (size_t i = 0; i < grid->rows; i++) {
        if (!usable(grid, p, i, &base)) continue;
        double count = audit_at(grid, i, p->count)->value.value;
        bool fit = fits(grid, audit_at(grid, i, p->share), count, base);
        p->certain += own_base(grid, p, i);
        if (!fit)
            p->misfits++;
        else if (count > 0 && count != base)
            p->fits++;
    }
}

static long partner(const struct audit_grid *grid, struct pairing *p, size_t row);

/** Two cells that only changed places speak for the pairing. */
static void forgive_swap(const struct audit_grid *grid, struct pairing *p)
{
    if (p->misfits != 2) return;
    for (size_t i = 0; i < grid->rows; i++)
        if (partner(grid, p, i) >= 0) {
            p->fits += 2;
            p->misfits = 0;
            return;
        }
}

static bool better(const struct pairing *a, const struct pairing *b)
{
    long left = (long)a->fits - (long)a->misfits, right = (long)b->fits - (long)b->misfits;

    if ((a->certain > 0) != (b->certain > 0)) return a->certain > 0;
    return left != right ? left > right : a->fits > b->fits;
}

/** Neighbours need less support than columns far apart. */
static bool holds(const struct pairing *p)
{
    bool beside = p->share == p->count + 1 || p->count == p->share + 1;

    if (p->certain) return true;
    if (p->misfits == 0) return p->fits > 0;
    return p->fits > p->misfits || (beside && p->fits == 1 && p->misfits == 1);
}

/** Is there a row with a percentage here and a count there? */
static bool meet(const struct audit_grid *grid, size_t share, size_t count)
{
    for (size_t i = 0; i < grid->rows; i++)
        if (audit_shown(audit_at(grid, i, share), AUDIT_SHARE) &&
            audit_shown(audit_at(grid, i, count), AUDIT_COUNT))
            return true;
    return false;
}

static bool find_pairing(const struct audit_grid *grid, size_t share, struct pairing *best)
{
    bool found = false;

    for (size_t k = 0; k < grid->columns; k++)
        for (int base = BASE_GROUP_TOTAL;
             base <= BASE_BESIDE && k != share && meet(grid, share, k); base++)
            for (size_t q = 0; q < (base == BASE_BESIDE ? grid->columns : 1); q++) {
                struct pairing p = {
                    .share = share, .count = k, .base = (enum base_kind)base, .beside = q};
                if (base == BASE_BESIDE && (q == k || q == share)) continue;
                weigh(grid, &p);
                forgive_swap(grid, &p);
                if (p.fits + p.misfits && (!found || better(&p, best))) {
                    *best = p;
                    found = true;
                }
            }
    return found && holds(best);
}

/** The row whose count belongs to this row's percentage, and the other way round; or -1. */
static long partner(const struct audit_grid *grid, struct pairing *p, size_t row)
{
    double base, other_base, count = audit_at(grid, row, p->count)->value.value;

    if (!usable(grid, p, row, &base) ||
        fits(grid, audit_at(grid, row, p->share), count, base))
        return -1;
    for (size_t i = 0; i < grid->rows; i++) {
        if (i == row || !usable(grid, p, i, &other_base)) continue;
        double other = audit_at(grid, i, p->count)->value.value;
        if (other != count && !fits(grid, audit_at(grid, i, p->share), other, other_base) &&
            fits(grid, audit_at(grid, i, p->share), count, other_base) &&
            fits(grid, audit_at(grid, row, p->share), other, base))
            return (long)i;
    }
    return -1;
}

static void tell_swap(const struct audit_grid *grid, struct pairing *p, size_t row,
                      size_t other, struct audit_findings *findings)
{
    struct audit_finding finding = audit_about(grid, row, p->count, "swapped");

    if (other < row) return;
    finding.why = rk_arena_printf(
        grid->arena,
        "its count and that of \"%s\" have changed places (or their percentages have)",
        grid->row[other].text);
    finding.sure = AUDIT_PROVED;
    audit_find(findings, finding);
}

static void tell(const struct audit_grid *grid, const struct pairing *p, size_t row,
                 double base, struct audit_findings *findings)
{
    const struct audit_number *share = audit_at(grid, row, p->share);
    double count = audit_at(grid, row, p->count)->value.value;
    struct audit_finding finding = audit_about(grid, row, p->share, "percent");
    char value[32], printed[32], n[32], d[32];

    finding.why = rk_arena_printf(
        grid->arena, "%s of %s is %s%%, not %s%%", audit_value_text(n, count, 0),
        audit_value_text(d, base, 0),
        audit_value_text(value, 100 * count / base, share->value.decimals + 1),
        audit_value_text(printed, share->value.value, share->value.decimals));
    finding.sure = p->certain || p->fits >= 3 * p->misfits ? AUDIT_PROVED : AUDIT_PROVED_IF;
    finding.if_ = "the percentages are of that base, as the others in the column are";
    audit_find(findings, finding);
}

static void check_pairing(const struct audit_grid *grid, struct pairing *p,
                          struct audit_findings *findings)
{
    double base;

    for (size_t i = 0; i < grid->rows; i++)
        audit_at(grid, i, p->share)->paired |= usable(grid, p, i, &base);
    for (size_t i = 0; i < grid->rows; i++) {
        if (!usable(grid, p, i, &base) ||
            fits(grid, audit_at(grid, i, p->share),
                 audit_at(grid, i, p->count)->value.value, base))
            continue;
        if (grid->row[i].role == AUDIT_TOTAL &&
            audit_at(grid, i, p->share)->value.value == 100)
            continue; /* a total that is no sum: said there */
        long other = partner(grid, p, i);
        if (other >= 0)
            tell_swap(grid, p, i, (size_t)other, findings);
        else
            tell(grid, p, i, base, findings);
    }
}

/* ---- percentages that have a base and no counts ---- */

/** A base that is said to be one: a row or column "Base", "(n=326)". */
static double stated_base(const struct audit_grid *grid, size_t row, size_t column)
{
    double base = base_row(grid, column, row);

    if (isnan(base)) base = grid->column[column].base;
    if (isnan(base)) base = grid->row[row].base;
    for (size_t j = 0; j < grid->columns && isnan(base); j++)
        if (grid->column[j].role == AUDIT_BASE_ROW &&
            grid->column[j].section == grid->column[column].section &&
            audit_at(grid, row, j)->there && audit_at(grid, row, j)->value.decimals == 0)
            base = audit_at(grid, row, j)->value.value;
    return base;
}

static bool possible(const struct audit_number *share, double base)
{
    return audit_has_whole(base * share->low / 100, base * share->high / 100);
}

static void check_possible(const struct audit_grid *grid, size_t column,
                           struct audit_findings *findings)
{
    size_t good = 0, bad = 0, first = 0;

    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < grid->rows; i++) {
            const struct audit_number *n = audit_at(grid, i, column);
            double base = stated_base(grid, i, column);
            char text[32], near[32], exact[32];
            if (!audit_shown(n, AUDIT_SHARE) || n->paired || !(base > 0)) continue;
            if (pass == 0) {
                good += possible(n, base);
                first = !bad && !possible(n, base) ? i : first;
                bad += !possible(n, base);
                continue;
            }
            if (possible(n, base) || (bad > good && i != first)) continue;
            struct audit_finding finding = audit_about(grid, i, column, "grim");
            double count = round(base * n->value.value / 100);
            finding.why = rk_arena_printf(
                grid->arena, "no whole number of %s is this percentage; %s of %s is %s%%%s",
                audit_value_text(text, base, 0), audit_value_text(near, count, 0), text,
                audit_value_text(exact, 100 * count / base, n->value.decimals + 1),
                bad > good && bad > 1 ? "; most of the column does not fit this base" : "");
            finding.sure = AUDIT_PROVED_IF;
            finding.if_ = "it is of that base, unweighted";
            audit_find(findings, finding);
        }
}

static bool any_share(const struct audit_grid *grid, size_t column)
{
    for (size_t i = 0; i < grid->rows; i++)
        if (audit_shown(audit_at(grid, i, column), AUDIT_SHARE)) return true;
    return false;
}

void audit_check_shares(const struct audit_grid *grid, struct audit_findings *findings)
{
    struct pairing pairing;

    for (size_t j = 0; j < grid->columns && !grid->weighted; j++)
        if (any_share(grid, j) && find_pairing(grid, j, &pairing))
            check_pairing(grid, &pairing, findings);
}

void audit_check_possible(const struct audit_grid *grid, struct audit_findings *findings)
{
    for (size_t j = 0; j < grid->columns && !grid->weighted; j++)
        if (any_share(grid, j)) check_possible(grid, j, findings);
}
