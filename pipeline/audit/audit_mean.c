// SPDX-License-Identifier: MIT
/** Means and standard deviations of whole numbers, and intervals that do not hold their
 * figure. */
#include "pipeline/audit/audit_checks.h"

#include <math.h>
#include <string.h>

/** How many people stand behind a mean: a base row or column, "(n=42)", a count beside it.
 */
static double people(const struct audit_grid *grid, size_t row, size_t column)
{
    double base = grid->column[column].base;
    size_t counts = 0;

    if (isnan(base)) base = grid->row[row].base;
    for (size_t i = 0; i < grid->rows && isnan(base); i++)
        if (grid->row[i].role == AUDIT_BASE_ROW && audit_at(grid, i, column)->there)
            base = audit_at(grid, i, column)->value.value;
    for (size_t j = 0; j < grid->columns && isnan(base); j++) {
        const struct audit_number *n = audit_at(grid, row, j);
        if (n->there && (grid->column[j].role == AUDIT_BASE_ROW || n->kind == AUDIT_BASE))
            base = n->value.value;
    }
    for (size_t j = 0; j < grid->columns && isnan(base); j++)
        counts += audit_shown(audit_at(grid, row, j), AUDIT_COUNT);
    for (size_t j = 0; j < grid->columns && counts == 1 && isnan(base); j++)
        if (audit_shown(audit_at(grid, row, j), AUDIT_COUNT))
            base = audit_at(grid, row, j)->value.value;
    return base == floor(base) ? base : NAN;
}

/** "0 to 40", with whole numbers. */
static bool read_range(const char *text, double *from, double *to)
{
    struct audit_value a, b;
    size_t bytes = audit_value_read(text, &a);

    if (!bytes || a.decimals || a.unit != AUDIT_PLAIN || strncmp(text + bytes, " to ", 4) != 0 ||
        !audit_value_read(text + bytes + 4, &b) || b.decimals || b.unit != AUDIT_PLAIN)
        return false;
    *from = a.value;
    *to = b.value;
    return *from < *to;
}

/** {range: 0 to 40} of the table, or a caption that says "(0 to 40)" of a score or a rating. */
static bool range_of(const struct audit_grid *grid, double *from, double *to)
{
    static const char *const words[] = {"score", "scores", "rate", "rated", "rating", "ratings",
                                        "scale", NULL};
    const char *text = audit_directive(grid, "range"), *caption = grid->table->caption;
    const char *open = strrchr(caption, '(');

    if (text) return read_range(text, from, to);
    for (size_t i = 0; open && words[i]; i++)
        if (audit_has_word(audit_fold(grid->arena, caption), words[i]))
            return read_range(open + 1, from, to);
    return false;
}

/** Is the mean one of 0 and 1, as far as the words tell? */
static bool yes_or_no(const struct audit_grid *grid, size_t row, size_t column)
{
    static const char *const words[] = {"1 = yes", "yes = 1", "0/1", "0 or 1", "yes/no",
                                        "yes or no", "binary", "proportion", NULL};
    const char *text = rk_arena_printf(grid->arena, "%s %s %s %s", grid->row[row].text,
                                       grid->column[column].text, grid->table->caption,
                                       grid->table->notes ? grid->table->notes : "");
    const struct audit_number *mean = audit_at(grid, row, column);

    text = audit_fold(grid->arena, text);
    for (size_t i = 0; words[i]; i++)
        if (strstr(text, words[i])) return mean->low >= -0.5 && mean->high <= 1.5;
    return false;
}

/** Averages of what is counted in whole numbers, as far as the words tell. */
static bool whole_numbers(const struct audit_grid *grid, size_t row, size_t column)
{
    static const char *const whole[] = {
        "score",    "scores",       "rating", "ratings",  "sessions", "visits",
        "children", "appointments", "number", "contacts", "items",    "days",
        "times",    "points",       "wsas",   "gse",      NULL};
    static const char *const no[] = {"metric", "hours",        "cost", "index", "weight",
                                     "bmi",    "standardised", "z",    NULL};
    const char *text = audit_fold(
        grid->arena, rk_arena_printf(grid->arena, "%s %s %s", grid->row[row].text,
                                     grid->column[column].text, grid->table->caption));
    double from, to;
    bool found = audit_directive(grid, "whole numbers") != NULL ||
                 (range_of(grid, &from, &to) && to - from <= 10) || yes_or_no(grid, row, column);

    for (size_t i = 0; whole[i]; i++)
        found |= audit_has_word(text, whole[i]);
    for (size_t i = 0; no[i]; i++)
        if (audit_has_word(text, no[i])) return false;
    return found && audit_at(grid, row, column)->value.unit != AUDIT_MONEY;
}

/** GRIM: is there a whole total whose mean rounds to this one? */
static bool grim(const struct audit_number *mean, double n)
{
    return audit_has_whole(mean->low * n, mean->high * n);
}

/** The standard deviation beside a mean, or NULL. */
static const struct audit_number *sd_of(const struct audit_grid *grid, size_t row,
                                        size_t column)
{
    const struct audit_number *mean = audit_at(grid, row, column), *found = NULL;

    for (size_t j = 0; j < grid->columns; j++) {
        const struct audit_number *n = audit_at(grid, row, j);
        if (n->there && n->kind == AUDIT_SD && (n->cell == mean->cell || j == column + 1))
            found = n;
    }
    return found;
}

/**
 * GRIMMER (Anaya 2016): for each whole total that the mean allows, is there a whole sum of
 * squares of the same parity whose standard deviation rounds to the printed one?
 */
static bool grimmer(const struct audit_number *mean, const struct audit_number *sd,
                    double n)
{
    double first = ceil(mean->low * n - 1e-7), last = floor(mean->high * n + 1e-7);
    double sd_low = fmax(sd->low, 0), sd_high = sd->high;

    for (double total = first; total <= last && last - first < 1000; total++) {
        double centre = total * total / n;
        double low = (n - 1) * sd_low * sd_low + centre,
               high = (n - 1) * sd_high * sd_high + centre;
        double q = ceil(low - 1e-7);
        if (fmod(fabs(q), 2) != fmod(fabs(total), 2)) q++;
        if (q <= high + 1e-7 && q >= centre - 1e-7) return true;
    }
    return last < first || last - first >= 1000;
}

/** The largest standard deviation that a mean allows in [from, to]. */
static double widest_sd(double mean, double from, double to, double n)
{
    return sqrt(fmax((mean - from) * (to - mean), 0) * n / (n - 1));
}

static void tell(const struct audit_grid *grid, size_t row, size_t column,
                 const char *check, const char *why, enum audit_sure sure, const char *if_,
                 struct audit_findings *findings)
{
    struct audit_finding finding = audit_about(grid, row, column, check);

    finding.why = why;
    finding.sure = sure;
    finding.if_ = if_;
    audit_find(findings, finding);
}


/**
 * DEBIT (Heathers & Brown 2019): answers that are 0 or 1 have the standard deviation that their mean
 * gives, sqrt(n p (1 - p) / (n - 1)), or without the 1.
 */
static void check_yes_no(const struct audit_grid *grid, size_t i, size_t j, double n,
                         struct audit_findings *findings)
{
    const struct audit_number *mean = audit_at(grid, i, j), *sd = sd_of(grid, i, j);
    double low = fmax(mean->low, 0), high = fmin(mean->high, 1), a, b, most, least;
    char text[32];

    if (!sd || !(n > 1) || !yes_or_no(grid, i, j) || low > high) return;
    a = sqrt(low * (1 - low));
    b = sqrt(high * (1 - high));
    least = fmin(a, b);
    most = low <= 0.5 && high >= 0.5 ? 0.5 : fmax(a, b);
    if (sd->high >= least - 1e-9 && sd->low <= most * sqrt(n / (n - 1)) + 1e-9) return;
    tell(grid, i, j, "debit",
         rk_arena_printf(grid->arena,
                         "answers of 0 and 1 with this mean have the standard deviation %s",
                         audit_value_text(text,
                                          sqrt(n / (n - 1) * mean->value.value *
                                               (1 - mean->value.value)),
                                          sd->value.decimals + 1)),
         AUDIT_PROVED_IF, "each answer is 0 or 1", findings);
}

static void check_range(const struct audit_grid *grid, size_t i, size_t j, double n,
                        struct audit_findings *findings)
{
    const struct audit_number *mean = audit_at(grid, i, j), *sd = sd_of(grid, i, j);
    double from, to;
    char a[32], b[32];

    if (yes_or_no(grid, i, j)) {
        check_yes_no(grid, i, j, n, findings);
        return;
    }
    if (!range_of(grid, &from, &to)) return;
    if (mean->high < from || mean->low > to) {
        tell(grid, i, j, "range",
             rk_arena_printf(grid->arena, "the mean lies outside the scale, %s to %s",
                             audit_value_text(a, from, 2), audit_value_text(b, to, 2)),
             AUDIT_PROVED, NULL, findings);
        return;
    }
    if (!sd || !(n > 1)) return;
    double middle = fmin(fmax((from + to) / 2, mean->low), mean->high);
    if (sd->low > widest_sd(middle, from, to, n) + 1e-9)
        tell(grid, i, j, "sd",
             rk_arena_printf(grid->arena,
                             "no %s answers from %s to %s with this mean have so large a "
                             "standard deviation; %s at most",
                             audit_value_text((char[32]){0}, n, 0),
                             audit_value_text(a, from, 2), audit_value_text(b, to, 2),
                             audit_value_text((char[32]){0}, widest_sd(middle, from, to, n),
                                              sd->value.decimals + 1)),
             AUDIT_PROVED, NULL, findings);
}

/** Not only under a caption that speaks of scores. */
static bool is_called_mean(const struct audit_grid *grid, size_t row, size_t column)
{
    return grid->column[column].hint == AUDIT_MEAN || grid->row[row].hint == AUDIT_MEAN ||
           audit_at(grid, row, column)->cell->count > 1;
}

struct tally {
    size_t good, bad;
};

/** All means of a table, first only to see whether it holds whole numbers at all. */
static struct tally pass_means(const struct audit_grid *grid, bool telling,
                               struct audit_findings *findings)
{
    struct tally tally = {0};
    char a[32], b[32];

    for (size_t i = 0; i < grid->rows; i++)
        for (size_t j = 0; j < grid->columns; j++) {
            const struct audit_number *mean = audit_at(grid, i, j), *sd;
            if (!audit_shown(mean, AUDIT_MEAN) || mean->value.decimals == 0 ||
                !is_called_mean(grid, i, j))
                continue;
            double n = people(grid, i, j);
            if (telling && !grid->turned) check_range(grid, i, j, n, findings);
            if (!(n > 0) || !whole_numbers(grid, i, j)) continue;
            sd = sd_of(grid, i, j);
            bool fine = grim(mean, n),
                 sd_fine = !sd || n < 2 || !fine || grimmer(mean, sd, n);
            bool telling_much = n < pow(10, mean->value.decimals);
            tally.good += telling_much && fine;
            tally.bad += telling_much && !fine;
            if (!telling) continue;
            double near = round(mean->value.value * n);
            if (!fine)
                tell(grid, i, j, "grim",
                     rk_arena_printf(
                         grid->arena,
                         "no %s whole numbers have this mean; the nearest is %s / %s = %s",
                         audit_value_text(a, n, 0), audit_value_text(b, near, 0), a,
                         audit_value_text((char[32]){0}, near / n,
                                          mean->value.decimals + 1)),
                     AUDIT_PROVED_IF,
                     "each answer is a whole number and nobody is missing from the base",
                     findings);
            else if (!sd_fine)
                tell(
                    grid, i, j, "grimmer",
                    rk_arena_printf(
                        grid->arena,
                        "no %s whole numbers with this mean have the standard deviation %s",
                        audit_value_text(a, n, 0),
                        audit_value_text(b, sd->value.value, sd->value.decimals)),
                    AUDIT_PROVED_IF, "each answer is a whole number", findings);
        }
    return tally;
}

void audit_check_means(const struct audit_grid *grid, struct audit_findings *findings)
{
    struct tally tally = pass_means(grid, false, NULL);

    if (tally.bad <= tally.good || tally.bad + tally.good == 1)
        pass_means(grid, true, findings);
    for (size_t i = 0; i < grid->rows; i++)
        for (size_t j = 0; j < grid->columns; j++) {
            const struct audit_number *sd = audit_at(grid, i, j);
            if (sd->there && sd->kind == AUDIT_SD && sd->value.value < 0)
                tell(grid, i, j, "sd", "a standard deviation is never negative",
                     AUDIT_PROVED, NULL, findings);
            if (audit_shown(sd, AUDIT_P) && (sd->value.value > 1 || sd->value.value < 0))
                tell(grid, i, j, "p", "a probability lies between 0 and 1", AUDIT_PROVED,
                     NULL, findings);
        }
}

/** Limits before the figure they belong to: the last number in the row that is no limit. */
static const struct audit_number *estimate_of(const struct audit_grid *grid, size_t row,
                                              size_t column)
{
    for (size_t j = column; j-- > 0;) {
        const struct audit_number *n = audit_at(grid, row, j);
        if (n->there && (n->kind == AUDIT_SHARE || n->kind == AUDIT_MEAN ||
                         n->kind == AUDIT_CHANGE || n->kind == AUDIT_OTHER))
            return n;
        if (n->there && n->kind != AUDIT_COUNT && n->kind != AUDIT_BASE &&
            n->kind != AUDIT_SD)
            return NULL;
    }
    return NULL;
}

/** The sampling error that a share of n people has, against the printed limits. Methods
 * differ and clusters widen: only sides less than half or more than twice as long are odd.
 */
static void check_width(const struct audit_grid *grid, size_t row, size_t column,
                        const struct audit_number *estimate,
                        struct audit_findings *findings)
{
    const struct audit_number *low = audit_at(grid, row, column),
                              *high = audit_at(grid, row, column + 1);
    double n = people(grid, row, column), p = estimate->value.value / 100, side, down, up;
    const char *heads = audit_fold(
        grid->arena, rk_arena_printf(grid->arena, "%s %s %s", grid->table->caption,
                                     grid->table->notes, grid->column[column].text));

    if (!(n >= 10) || estimate->kind != AUDIT_SHARE || n * p * (1 - p) < 5 ||
        !audit_has_word(heads, "95% ci"))
        return;
    side = 196 * sqrt(p * (1 - p) / n);
    down = estimate->value.value - low->value.value;
    up = high->value.value - estimate->value.value;
    double room = pow(10, -low->value.decimals) + pow(10, -estimate->value.decimals);
    if (fmin(down, up) > 0.5 * side - room && fmax(down, up) < 2 * side + room) return;
    tell(grid, row, column, "interval",
         rk_arena_printf(
             grid->arena,
             "with %s people a 95%% interval reaches about %s points to each side",
             audit_value_text((char[32]){0}, n, 0),
             audit_value_text((char[32]){0}, side, 1)),
         AUDIT_SUSPICIOUS, NULL, findings);
}

void audit_check_intervals(const struct audit_grid *grid, struct audit_findings *findings)
{
    for (size_t i = 0; i < grid->rows; i++)
        for (size_t j = 0; j + 1 < grid->columns; j++) {
            const struct audit_number *low = audit_at(grid, i, j),
                                      *high = audit_at(grid, i, j + 1);
            const struct audit_number *estimate;
            if (!audit_shown(low, AUDIT_LOW) || !audit_shown(high, AUDIT_HIGH)) continue;
            if (low->low > high->high) {
                tell(grid, i, j, "interval", "the lower limit is above the upper limit",
                     AUDIT_PROVED, NULL, findings);
                continue;
            }
            estimate = estimate_of(grid, i, j);
            if (estimate && (estimate->high < low->low || estimate->low > high->high))
                tell(grid, i, j, "interval",
                     rk_arena_printf(grid->arena,
                                     "the interval does not hold its figure, %s",
                                     audit_value_text((char[32]){0}, estimate->value.value,
                                                      estimate->value.decimals)),
                     AUDIT_PROVED, NULL, findings);
            else if (estimate)
                check_width(grid, i, j, estimate, findings);
        }
}
