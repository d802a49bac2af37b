// SPDX-License-Identifier: MIT
#include "pipeline/attack/attack_table.h"

#include "pipeline/attack/attack_share.h"
#include "pipeline/base/rk_csv.h"
#include "pipeline/base/rk_text.h"

#include <string.h>

static bool is_hidden(const char *cell)
{
    static const char *const marks[] = {"[c]", "c", "*", "x", "X", "..", "-c-", "s", "[x]"};

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (strcmp(cell, marks[i]) == 0)
            return true;
    return *cell == '<';
}

/** "1,234" too. A count is a whole number. */
static bool read_count(struct rk_arena *arena, const char *cell, double *out)
{
    char *plain = rk_arena_copy(arena, cell), *to = plain;

    for (const char *from = cell; *from; from++)
        if (*from != ',' && *from != ' ')
            *to++ = *from;
    *to = '\0';
    return rk_text_number(plain, out) && *out >= 0 && *out == floor(*out);
}

static bool is_total(struct rk_arena *arena, const char *label)
{
    const char *folded = rk_text_fold(arena, label);

    return strcmp(folded, "all") == 0 || strcmp(folded, "total") == 0 ||
           strcmp(folded, "sum") == 0 || strcmp(folded, "totals") == 0;
}

/* ---- tests below the table ---- */

/** Labels of rows that hold a statistic; of anyone's table they are read as the usual ones. */
static const struct {
    const char *label, *method, *measure;
} statistics[] = {
    {"chi-square", "chi-square", "chi2"},   {"chi square", "chi-square", "chi2"},
    {"chi-squared", "chi-square", "chi2"},  {"chi2", "chi-square", "chi2"},
    {"\u03c72", "chi-square", "chi2"},       {"\u03c7\u00b2", "chi-square", "chi2"},
    {"p", "chi-square", "p"},               {"p-value", "chi-square", "p"},
    {"p value", "chi-square", "p"},         {"cramer's v", "cramers-v", "plain_v"},
    {"cramers v", "cramers-v", "plain_v"},  {"cram\u00e9r's v", "cramers-v", "plain_v"},
};

static long statistic_of(struct rk_arena *arena, const char *label)
{
    const char *folded = rk_text_fold(arena, rk_text_trim(rk_arena_copy(arena, label)));

    for (size_t i = 0; i < sizeof statistics / sizeof *statistics; i++)
        if (strcmp(folded, rk_text_fold(arena, statistics[i].label)) == 0)
            return (long)i;
    return -1;
}

/** "0.034", "12.5%"; and half a unit of its last decimal. */
static bool read_rounded(struct rk_arena *arena, const char *cell, double *value, double *off)
{
    char *plain = rk_arena_copy(arena, cell), *end = strpbrk(plain, "% ");
    const char *point = strchr(plain, '.');

    if (end)
        *end = '\0';
    *off = 0.5 * pow(10, point ? -(double)strlen(point + 1) : 0);
    return rk_text_number(plain, value);
}

/** The one cell of the row that is not empty; "<0.001" is anything below. */
static void take_statistic(struct attack_facts *facts, struct attack_release *release,
                           const struct rk_csv_table *table, size_t row, size_t kind)
{
    const char *only = NULL;
    double value, off;

    for (size_t column = 1; column < table->columns; column++) {
        const char *cell = rk_text_trim(table->cells[row * table->columns + column]);
        if (!*cell)
            continue;
        if (only)
            return;
        only = cell;
    }
    if (!only || !read_rounded(facts->arena, only + (*only == '<'), &value, &off))
        return;
    if (*only == '<')
        value = off = value / 2;
    RK_ROOM(facts->arena, release->statistics, release->statistic_count, release->statistic_cap);
    release->statistics[release->statistic_count++] = (struct attack_statistic){
        statistics[kind].method, statistics[kind].measure, release->place, "all", "all",
        value, NAN, NAN, NAN, off, true};
}

/* ---- counts ---- */

/** Is every cell a count, hidden or empty, and at least one a count or hidden? */
static bool is_counts(struct rk_arena *arena, const struct rk_csv_table *table, size_t column)
{
    size_t seen = 0;
    double value;

    for (size_t row = 0; row < table->rows; row++) {
        const char *cell = rk_text_trim(table->cells[row * table->columns + column]);
        if (!*cell || strcmp(cell, "-") == 0 ||
            statistic_of(arena, table->cells[row * table->columns]) >= 0)
            continue;
        if (!is_hidden(cell) && !read_count(arena, cell, &value))
            return false;
        seen++;
    }
    return seen > 0;
}

static struct attack_spot *add_cell(struct attack_facts *facts, struct attack_release *release,
                                    const struct rk_csv_table *table, size_t row, size_t column)
{
    const char *row_label = rk_text_trim(table->cells[row * table->columns]);
    const char *column_label = table->names[column];
    const char *key = rk_arena_printf(facts->arena, "%zu|table|%zu|%zu", release->number, row,
                                      column);
    struct attack_spot *spot;

    RK_ROOM(facts->arena, release->spots, release->spot_count, release->spot_cap);
    spot = &release->spots[release->spot_count++];
    *spot = (struct attack_spot){
        .result = release->place,
        .row = is_total(facts->arena, row_label)
                   ? "all"
                   : rk_arena_printf(facts->arena, "row%zu", row + 1),
        .column = is_total(facts->arena, column_label)
                      ? "all"
                      : rk_arena_printf(facts->arena, "column%zu", column),
        .family = "count",
        .row_label = row_label,
        .column_label = column_label,
        .base = "",
        .of = ATTACK_NONE,
        .others = ATTACK_NONE,
        .grown = ATTACK_NONE,
        .counted = true,
        .sd = NAN,
        .table_row = row,
        .table_column = column,
    };
    spot->number = attack_var(
        facts, key, rk_arena_printf(facts->arena, "%s, %s", row_label, column_label),
        release->place);
    facts->vars[spot->number].release = release->number;
    return spot;
}

static void take_cell(struct attack_facts *facts, struct attack_release *release,
                      const struct rk_csv_table *table, size_t row, size_t column)
{
    const char *cell = rk_text_trim(table->cells[row * table->columns + column]);
    struct attack_spot *spot;
    double value;

    if (!*cell || statistic_of(facts->arena, table->cells[row * table->columns]) >= 0)
        return;
    spot = add_cell(facts, release, table, row, column);
    struct attack_var *v = &facts->vars[spot->number];
    if (strcmp(cell, "-") == 0 || read_count(facts->arena, cell, &value)) {
        attack_know(facts, spot->number, strcmp(cell, "-") == 0 ? 0 : value);
        return;
    }
    v->masked = spot->masked = true;
    if (*cell == '<' && read_count(facts->arena, cell + 1, &value)) {
        v->low = 1;
        v->high = value - 1;
    }
}

/* ---- percentages ---- */

static bool is_percent(struct rk_arena *arena, const struct rk_csv_table *table, size_t column)
{
    static const char *const words[] = {"%", "percent", "per cent", "share"};
    const char *head = rk_text_fold(arena, table->names[column]);

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strstr(head, words[i]))
            return true;
    return false;
}

static const struct attack_spot *spot_at(const struct attack_release *release, size_t row,
                                         size_t column)
{
    for (size_t i = 0; i < release->spot_count; i++)
        if (release->spots[i].table_row == row && release->spots[i].table_column == column)
            return &release->spots[i];
    return NULL;
}

/** A column of percentages is of the nearest counts to its left. */
static void take_percentages(struct attack_facts *facts, const struct attack_release *release,
                             const struct rk_csv_table *table, size_t column, size_t counts)
{
    struct rk_arena *arena = facts->arena;
    const struct attack_spot **spots = RK_ARRAY(arena, const struct attack_spot *, table->rows + 1);
    double *percent = RK_ARRAY(arena, double, table->rows + 1);
    double *off = RK_ARRAY(arena, double, table->rows + 1);

    for (size_t row = 0; row < table->rows; row++) {
        const char *cell = rk_text_trim(table->cells[row * table->columns + column]);
        spots[row] = spot_at(release, row, counts);
        if (!read_rounded(arena, cell, &percent[row], &off[row]))
            percent[row] = NAN;
    }
    attack_shares(facts, release,
                  &(struct attack_shares){spots, percent, off, table->rows});
}

rk_status attack_table_read(struct attack_facts *facts, struct attack_release *release,
                            const char *path)
{
    struct rk_csv_table table;
    size_t counts = 0;

    release->index = rk_map_new(facts->arena);
    RK_TRY(rk_csv_table_read(facts->arena, facts->diag, path, &table));
    for (size_t column = 1; column < table.columns; column++)
        for (size_t row = 0; row < table.rows && !is_percent(facts->arena, &table, column) &&
                             is_counts(facts->arena, &table, column);
             row++)
            take_cell(facts, release, &table, row, column);
    for (size_t column = 1; column < table.columns; column++) {
        if (is_percent(facts->arena, &table, column) && counts)
            take_percentages(facts, release, &table, column, counts);
        else if (is_counts(facts->arena, &table, column))
            counts = column;
    }
    for (size_t row = 0; row < table.rows; row++) {
        long kind = statistic_of(facts->arena, table.cells[row * table.columns]);
        if (kind >= 0)
            take_statistic(facts, release, &table, row, (size_t)kind);
    }
    if (!release->spot_count)
        return rk_fail(facts->diag, RK_CHECK, RK_AT(path, 1, 0),
                       "has no column of counts; the first row names the columns, the first "
                       "column the rows");
    return RK_OK;
}
