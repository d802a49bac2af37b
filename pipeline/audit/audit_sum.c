// SPDX-License-Identifier: MIT
/** Counts against their totals. A total row does not say which rows it adds up: each
 * reading of the table is tried, and the one that most columns agree with is taken. */
#include "pipeline/audit/audit_checks.h"

#include <math.h>
#include <string.h>

/** What a total is said to be: the sum of each of these sets of rows. */
struct reading {
    struct audit_set *sets;
    size_t count;
    size_t fits, misfits;
    struct family *families; /**< parents whose parts were left out, for WITHOUT children */
    size_t family_count;
};

/** A row that holds the sum of those after it. */
struct family {
    size_t parent;
    struct audit_set children;
};

struct sums {
    const struct audit_grid *grid;
    struct audit_findings *findings;
    double room; /**< what each rounded count may be off */
};

/** Room of one number: counts are exact, money and decimals are rounded. */
static double room_of(const struct sums *sums, const struct audit_number *n)
{
    if (n->value.decimals > 0 || n->value.unit == AUDIT_MONEY)
        return 0.5 * pow(10, -n->value.decimals);
    return sums->room;
}

/** Decimals under a head that says nothing: thousands of pounds, hours. They are taken for
 * sums only where another column adds up. */
static bool is_amount(const struct audit_grid *grid, size_t row, size_t column)
{
    const struct audit_number *n = audit_at(grid, row, column);

    return n->there && n->kind == AUDIT_OTHER && n->cell->count == 1 &&
           n->value.unit == AUDIT_PLAIN && n->value.sense == AUDIT_EXACT &&
           grid->row[row].hint == AUDIT_NONE && grid->column[column].hint == AUDIT_NONE;
}

enum verdict { NOT_THERE, FITS, MISFITS };

/** Does the set add up to the number in row `total`? */
static enum verdict judge(const struct sums *sums, const struct audit_set *set,
                          size_t total, size_t column, double *low, double *high)
{
    const struct audit_number *t = audit_at(sums->grid, total, column);
    size_t shown = 0;
    double room;

    if (!audit_shown(t, AUDIT_COUNT) && !audit_shown(t, AUDIT_BASE) &&
        !is_amount(sums->grid, total, column))
        return NOT_THERE;
    *low = *high = 0;
    for (size_t i = 0; i < set->count; i++) {
        const struct audit_number *n = audit_at(sums->grid, set->rows[i], column);
        if (n->hidden) {
            *low += n->low;
            *high += n->high;
            continue;
        }
        if (!n->there) continue;
        if ((n->kind != AUDIT_COUNT && !is_amount(sums->grid, set->rows[i], column)) ||
            n->value.sense != AUDIT_EXACT || n->value.unit != t->value.unit)
            return NOT_THERE;
        room = room_of(sums, n);
        *low += n->value.value - room;
        *high += n->value.value + room;
        shown++;
    }
    if (shown < 2 && !(shown == 1 && set->count == 2)) return NOT_THERE;
    room = room_of(sums, t);
    return audit_meets(*low, *high, t->value.value - room, t->value.value + room) ? FITS
                                                                                  : MISFITS;
}

static void weigh(const struct sums *sums, struct reading *reading, size_t total)
{
    double low, high;

    reading->fits = reading->misfits = 0;
    for (size_t s = 0; s < reading->count; s++)
        for (size_t j = 0; j < sums->grid->columns; j++) {
            enum verdict verdict = judge(sums, &reading->sets[s], total, j, &low, &high);
            reading->fits +=
                verdict == FITS && isfinite(high); /* a hidden part fits anything */
            reading->misfits += verdict == MISFITS;
        }
}

/* ---- readings ---- */

enum { MOST_READINGS = 12, MOST_CHILDREN = 40 };
struct readings {
    struct reading items[MOST_READINGS];
    size_t count;
};

static void add_reading(const struct sums *sums, struct readings *all, size_t total,
                        struct audit_set *sets, size_t count)
{
    struct reading reading = {.sets = sets, .count = count};

    for (size_t s = 0; s < count; s++)
        if (sets[s].count < 2) return;
    if (!count || all->count == MOST_READINGS) return;
    weigh(sums, &reading, total);
    if (reading.fits + reading.misfits) all->items[all->count++] = reading;
}

static void add_one(const struct sums *sums, struct readings *all, size_t total,
                    struct audit_set set)
{
    struct audit_set *copy = RK_NEW(sums->grid->arena, struct audit_set);

    *copy = set;
    add_reading(sums, all, total, copy, 1);
}

/** Rows of the same name in the other groups: the answers "No" of each area. */
static struct audit_set same_name(const struct audit_grid *grid, size_t total)
{
    struct audit_set set = audit_set_new(grid);

    for (size_t i = 0; i < grid->rows; i++)
        if (i != total && !grid->row[i].group_total &&
            strcmp(grid->row[i].name, grid->row[total].name) == 0 &&
            (grid->row[i].role == grid->row[total].role) && *grid->row[i].group)
            set.rows[set.count++] = i;
    return set;
}

static struct audit_set totals_before(const struct audit_grid *grid, size_t total)
{
    struct audit_set set = audit_set_new(grid);

    for (size_t i = 0; i < total; i++)
        if (grid->row[i].role == AUDIT_TOTAL && !grid->row[i].group_total)
            set.rows[set.count++] = i;
    return set;
}

/** Is row `at` the sum of the `count` rows after it, in most columns? */
static bool heads(const struct sums *sums, const struct audit_set *set, size_t at,
                  size_t count)
{
    struct audit_set children = {set->rows + at + 1, count};
    struct reading reading = {.sets = &children, .count = 1};

    if (at + count >= set->count) return false;
    weigh(sums, &reading, set->rows[at]);
    return reading.fits && reading.fits >= reading.misfits;
}

/** The set without the rows that another row of it already adds up ("White" before its
 * parts). */
static void add_without_children(const struct sums *sums, struct readings *all,
                                 size_t total, const struct audit_set *set)
{
    struct rk_arena *arena = sums->grid->arena;
    struct audit_set *out = RK_NEW(arena, struct audit_set);
    struct family *families = RK_ARRAY(arena, struct family, set->count + 1);
    size_t count = 0, before = all->count;

    *out = audit_set_new(sums->grid);
    for (size_t i = 0; i < set->count; i++) {
        out->rows[out->count++] = set->rows[i];
        for (size_t k = set->count - i - 1 < MOST_CHILDREN ? set->count - i - 1
                                                           : MOST_CHILDREN;
             k >= 2; k--)
            if (heads(sums, set, i, k)) {
                families[count++] = (struct family){
                    set->rows[i], {set->rows + i + 1, k}
                };
                i += k;
                break;
            }
    }
    if (!count) return;
    add_reading(sums, all, total, out, 1);
    if (all->count == before) return;
    all->items[before].families = families;
    all->items[before].family_count = count;
}

/** Cuts the parts where they reach the total in one column: "Men, Women, Under 25, 25 to
 * 49, ...". */
static size_t cut(const struct sums *sums, const struct audit_set *set, size_t total,
                  size_t column, struct audit_set *out)
{
    double target = audit_at(sums->grid, total, column)->value.value, sum = 0;
    size_t first = 0, count = 0;

    for (size_t i = 0; i < set->count; i++) {
        const struct audit_number *n = audit_at(sums->grid, set->rows[i], column);
        if (!audit_shown(n, AUDIT_COUNT)) return 0;
        sum += n->value.value;
        if (sum > target + 0.5) return 0;
        if (fabs(sum - target) < 1e-6) {
            out[count++] = (struct audit_set){set->rows + first, i + 1 - first};
            first = i + 1;
            sum = 0;
        }
    }
    return first == set->count ? count : 0;
}

static void add_cuts(const struct sums *sums, struct readings *all, size_t total,
                     struct audit_set set)
{
    for (size_t j = 0; j < sums->grid->columns; j++) {
        struct audit_set *sets =
            RK_ARRAY(sums->grid->arena, struct audit_set, set.count + 1);
        size_t count = audit_shown(audit_at(sums->grid, total, j), AUDIT_COUNT)
                           ? cut(sums, &set, total, j, sets)
                           : 0;
        if (count < 2) continue;
        add_reading(sums, all, total, sets, count);
        return;
    }
}

/** Each section under a heading adds up to the total ("All" above the sections, or below).
 */
static void add_sections(const struct sums *sums, struct readings *all, size_t total)
{
    const struct audit_grid *grid = sums->grid;
    struct audit_set *sets = RK_ARRAY(grid->arena, struct audit_set, grid->rows + 1);
    size_t count = 0;

    for (size_t i = 0; i < grid->rows;) {
        size_t end = i + 1;
        while (end < grid->rows && grid->row[end].section == grid->row[i].section)
            end++;
        struct audit_set set = audit_parts(grid, NULL, i, end);
        if (set.count >= 2) sets[count++] = set;
        i = end;
    }
    if (count >= 2) add_reading(sums, all, total, sets, count);
}

static void collect(const struct sums *sums, struct readings *all, size_t total)
{
    const struct audit_grid *grid = sums->grid;
    size_t since = 0, until = total + 1;
    struct audit_set before, after;

    for (size_t i = 0; i < total; i++)
        if (grid->row[i].role == AUDIT_TOTAL) since = i + 1;
    while (until < grid->rows && grid->row[until].role != AUDIT_TOTAL)
        until++;
    if (grid->row[total].group_total || *grid->row[total].group)
        add_one(sums, all, total, same_name(grid, total));
    if (grid->row[total].role != AUDIT_TOTAL) return;
    add_one(sums, all, total, audit_parts(grid, grid->row[total].group, 0, total));
    before = audit_parts(grid, NULL, since, total);
    add_one(sums, all, total, before);
    add_without_children(sums, all, total, &before);
    add_one(sums, all, total, audit_parts(grid, NULL, 0, total));
    add_one(sums, all, total, totals_before(grid, total));
    after = audit_parts(grid, NULL, total + 1, until);
    if (before.count < 2 || total == 0) {
        add_one(sums, all, total, after);
        add_without_children(sums, all, total, &after);
    }
    add_sections(sums, all, total);
    add_cuts(sums, all, total, before.count >= 2 ? before : after);
}

static const struct reading *best_of(const struct readings *all)
{
    const struct reading *best = NULL;

    for (size_t i = 0; i < all->count; i++) {
        const struct reading *r = &all->items[i];
        if (!best || (r->misfits == 0 && best->misfits > 0) ||
            ((r->misfits == 0) == (best->misfits == 0) && r->fits > best->fits))
            best = r;
    }
    return best;
}

/* ---- verdicts ---- */

/** Percentages beside the counts that come to 100 say that the parts do not overlap. */
static bool exclusive(const struct audit_grid *grid, const struct audit_set *set)
{
    double low, high;
    size_t shown;

    for (size_t j = 0; j < grid->columns; j++)
        if (audit_makes_hundred(grid, set, j, &low, &high, &shown) && isfinite(high))
            return true;
    return false;
}

/** Where no column adds up, the total may be an average, or the parts may overlap. */
static bool may_be_no_sum(const struct sums *sums, const struct reading *reading,
                          size_t total)
{
    const struct audit_grid *grid = sums->grid;
    const char *caption = audit_fold(grid->arena, grid->table->caption);
    size_t columns = 0, inside = 0, above = 0, said = 0, bases = 0;

    if (reading->fits || grid->row[total].group_total) return false;
    for (size_t j = 0; j < grid->columns; j++) {
        double low, high, least = HUGE_VAL, most = -HUGE_VAL;
        double printed = audit_at(grid, total, j)->value.value;
        if (judge(sums, &reading->sets[0], total, j, &low, &high) != MISFITS) continue;
        if (is_amount(grid, total, j)) return true;
        for (size_t i = 0; i < reading->sets[0].count; i++) {
            double v = audit_at(grid, reading->sets[0].rows[i], j)->value.value;
            least = fmin(least, v);
            most = fmax(most, v);
        }
        bases += grid->column[j].role == AUDIT_BASE_ROW && (low + high) / 2 < 0.9 * printed;
        columns++;
        said +=
            grid->column[j].hint == AUDIT_COUNT || grid->column[j].role == AUDIT_BASE_ROW;
        inside += printed >= least && printed <= most;
        above += low > 1.5 * printed || high < 0.67 * printed;
    }
    if (exclusive(grid, &reading->sets[0])) return false;
    /* bases of some of the groups are often all that is shown */
    return above == columns || bases == columns || (inside == columns && columns > 1) ||
           (said < columns &&
            (audit_has_word(caption, "average") || audit_has_word(caption, "mean") ||
             audit_has_word(caption, "median") || audit_has_word(caption, "rate") ||
             audit_has_word(caption, "scores") || audit_has_word(caption, "score") ||
             audit_has_word(caption, "top")));
}

static bool counts_people(const struct audit_grid *grid, size_t column)
{
    static const char *const people[] = {
        "clients",     "people",     "persons",  "participants", "users",    "individuals",
        "respondents", "households", "patients", "families",     "learners", NULL};
    const char *head = audit_fold(grid->arena, grid->column[column].text);

    for (size_t i = 0; people[i]; i++)
        if (audit_has_word(head, people[i])) return true;
    return false;
}

/** People who come several times are counted once in the total, though their visits, in
 * another column, add up. */
static bool distinct(const struct audit_grid *grid, size_t total, size_t column, double low)
{
    bool other = false;

    for (size_t j = 0; j < grid->columns; j++)
        other |= j != column && audit_shown(audit_at(grid, total, j), AUDIT_COUNT) &&
                 !counts_people(grid, j);
    return other && counts_people(grid, column) &&
           low > 1.2 * audit_at(grid, total, column)->value.value;
}

static void tell(const struct sums *sums, const struct reading *reading,
                 const struct audit_set *set, size_t total, size_t column)
{
    const struct audit_grid *grid = sums->grid;
    const struct audit_number *t = audit_at(grid, total, column);
    struct audit_finding finding = audit_about(grid, total, column, "sum");
    double low, high;
    char sum[32], difference[32];

    if (judge(sums, set, total, column, &low, &high) != MISFITS ||
        distinct(grid, total, column, low))
        return;
    if (!isfinite(high)) {
        finding.why =
            rk_arena_printf(grid->arena, "the parts that are shown come to %s already: %s",
                            audit_value_text(sum, low, t->value.decimals),
                            audit_sum_text(grid, set, column));
    } else {
        finding.why =
            rk_arena_printf(grid->arena, "the parts add up to %s: %s (the total is %s off)",
                            audit_value_text(sum, (low + high) / 2, t->value.decimals),
                            audit_sum_text(grid, set, column),
                            audit_value_text(difference, t->value.value - (low + high) / 2,
                                             t->value.decimals));
    }
    finding.sure = reading->fits || exclusive(grid, set) ? AUDIT_PROVED : AUDIT_PROVED_IF;
    finding.if_ = "the rows are all its parts and nobody is in two of them";
    audit_find(sums->findings, finding);
}

/** Two totals that hold each other's sums: one finding instead of two. */
static bool swapped(const struct sums *sums, const struct audit_set *mine, size_t total,
                    size_t column)
{
    const struct audit_grid *grid = sums->grid;
    double low, high, other_low, other_high,
        value = audit_at(grid, total, column)->value.value;

    judge(sums, mine, total, column, &low, &high);
    for (size_t i = 0; i < grid->rows; i++) {
        struct audit_set set;
        const struct audit_number *n = audit_at(grid, i, column);
        if (i == total || !grid->row[i].group_total || grid->row[i].role == AUDIT_TOTAL)
            continue;
        set = same_name(grid, i);
        if (judge(sums, &set, i, column, &other_low, &other_high) != MISFITS ||
            !audit_meets(other_low, other_high, value, value) ||
            !audit_meets(low, high, n->value.value, n->value.value))
            continue;
        if (i > total) {
            struct audit_finding finding = audit_about(grid, total, column, "swapped");
            char a[32], b[32], c[32];
            finding.why = rk_arena_printf(
                grid->arena,
                "changed places with %s in \"%s\": the parts add up to %s here and to %s "
                "there",
                audit_value_text(b, n->value.value, 0), grid->row[i].text,
                audit_value_text(a, (low + high) / 2, 0), audit_value_text(c, value, 0));
            finding.sure = AUDIT_PROVED;
            audit_find(sums->findings, finding);
        }
        return true;
    }
    return false;
}

/** Amounts are sums where those of another column are. */
static bool amounts_add_up(const struct sums *sums, const struct audit_set *set,
                           size_t total, size_t column)
{
    double low, high;

    if (!is_amount(sums->grid, total, column)) return true;
    for (size_t j = 0; j < sums->grid->columns; j++)
        if (is_amount(sums->grid, total, j) &&
            judge(sums, set, total, j, &low, &high) == FITS && isfinite(high))
            return true;
    return false;
}

static void check_total(const struct sums *sums, size_t total)
{
    struct readings all = {.count = 0};
    const struct reading *best;

    collect(sums, &all, total);
    best = best_of(&all);
    for (size_t f = 0; best && !best->misfits && f < best->family_count; f++)
        for (size_t j = 0; j < sums->grid->columns; j++)
            tell(sums, best, &best->families[f].children, best->families[f].parent, j);
    if (!best || !best->misfits || (sums->grid->overlapping && !best->fits) ||
        (best->fits * 2 < best->misfits && best->count > 1) ||
        may_be_no_sum(sums, best, total))
        return;
    for (size_t s = 0; s < best->count; s++)
        for (size_t j = 0; j < sums->grid->columns; j++) {
            double low, high;
            if (judge(sums, &best->sets[s], total, j, &low, &high) == MISFITS &&
                amounts_add_up(sums, &best->sets[s], total, j) &&
                !swapped(sums, &best->sets[s], total, j))
                tell(sums, best, &best->sets[s], total, j);
        }
}

/** Rows that are indented under another one: does it hold their sum? */
static struct audit_set children_of(const struct audit_grid *grid, size_t row)
{
    struct audit_set set = audit_set_new(grid);
    size_t indent = 0;

    for (size_t i = row + 1; i < grid->rows && grid->row[i].indent > grid->row[row].indent;
         i++) {
        indent = indent ? indent : grid->row[i].indent;
        if (grid->row[i].indent == indent && grid->row[i].role == AUDIT_PART &&
            !grid->row[i].of_which)
            set.rows[set.count++] = i;
    }
    return set;
}

static void check_parents(const struct sums *sums)
{
    const struct audit_grid *grid = sums->grid;
    struct reading all = {.sets = RK_ARRAY(grid->arena, struct audit_set, grid->rows + 1)};

    for (size_t i = 0; i < grid->rows; i++) {
        struct reading one = {.sets = &all.sets[i], .count = 1};
        all.sets[i] = children_of(grid, i);
        if (all.sets[i].count < 2) continue;
        weigh(sums, &one, i);
        all.fits += one.fits;
        all.misfits += one.misfits;
    }
    for (size_t i = 0; i < grid->rows && all.fits > all.misfits; i++)
        for (size_t j = 0; j < grid->columns && all.sets[i].count >= 2; j++)
            tell(sums, &all, &all.sets[i], i, j);
}

/** Counts that are all multiples of five were rounded, whether a note says so or not. */
static double rounding(const struct audit_grid *grid)
{
    size_t counts = 0, fives = 0, tens = 0;

    for (size_t i = 0; i < grid->rows; i++)
        for (size_t j = 0; j < grid->columns; j++) {
            const struct audit_number *n = audit_at(grid, i, j);
            if (!audit_shown(n, AUDIT_COUNT) || n->value.decimals || n->value.value == 0)
                continue;
            counts++;
            fives += fmod(n->value.value, 5) == 0;
            tens += fmod(n->value.value, 10) == 0;
        }
    if (counts && tens == counts && (grid->rounded || counts >= 6)) return 5;
    if (counts && fives == counts && (grid->rounded || counts >= 6)) return 2.5;
    return 0;
}

void audit_check_sums(const struct audit_grid *grid, struct audit_findings *findings)
{
    struct sums sums = {grid, findings, rounding(grid)};

    for (size_t i = 0; i < grid->rows; i++)
        if ((grid->row[i].role == AUDIT_TOTAL || grid->row[i].group_total) &&
            !grid->row[i].of_which)
            check_total(&sums, i);
    if (!grid->turned) check_parents(&sums);
}
