// SPDX-License-Identifier: MIT
/**
 * reckon backtest: the true cells of 30-results against figures that somebody published.
 *
 * The published file has one row a figure: `published` as printed, `cell` the address of ours,
 * `reconstructed_count` and `base` the counts behind it, `status` and `correct` what is known to
 * be wrong with it. docs/contracts.md describes the columns.
 */
#include "pipeline/base/rk_csv.h"
#include "pipeline/base/rk_text.h"
#include "pipeline/contract/cells.h"
#include "pipeline/driver/driver.h"
#include "render/number.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char usage[] =
    "reckon backtest: compare the cells with figures published elsewhere\n"
    "\n"
    "  reckon backtest config/working-well sample-data/published/targets.csv -o out\n"
    "  reckon backtest config/working-well sample-data/published/targets.csv -o out -v\n"
    "\n"
    "Reads OUT/30-results and the file of published figures; writes a line for each figure that\n"
    "differs (-v: for all) and the counts. Exit status 1 if a difference is unexplained.\n";

/** A figure as printed: "just over 22%", "+5.07%", "fewer than 5%", "-". */
struct printed {
    enum {
        PRINTED_NOTHING,
        PRINTED_EQUAL,
        PRINTED_OVER,
        PRINTED_UNDER,
        PRINTED_ABOVE,
        PRINTED_AROUND,
    } sense;
    double value;
    int decimals;
};

static const struct {
    const char *words;
    int sense;
} senses[] = {
    {"just over ", PRINTED_OVER},  {"fewer than ", PRINTED_UNDER}, {"less than ", PRINTED_UNDER},
    {"more than ", PRINTED_ABOVE}, {">", PRINTED_ABOVE},           {"circa ", PRINTED_AROUND},
    {"c. ", PRINTED_AROUND},       {"around ", PRINTED_AROUND},    {"+", PRINTED_EQUAL},
};

/** Shares that people print as words. */
static const struct {
    const char *words;
    double percent;
} fractions[] = {
    {"one third", 100.0 / 3}, {"a third", 100.0 / 3}, {"half", 50},
    {"one quarter", 25},      {"a quarter", 25},      {"two thirds", 200.0 / 3},
};

static bool fraction_read(const char *text, double *percent)
{
    for (size_t i = 0; i < sizeof fractions / sizeof fractions[0]; i++)
        if (strcmp(text, fractions[i].words) == 0) {
            *percent = fractions[i].percent;
            return true;
        }
    return false;
}

/** Takes the first number of `text` apart; a lone dash is a zero. */
static struct printed printed_read(const char *text)
{
    struct printed printed = {.sense = PRINTED_EQUAL};
    char digits[32];
    size_t n = 0;

    if (strcmp(text, "-") == 0)
        return printed;
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < sizeof senses / sizeof senses[0]; i++) {
            size_t bytes = strlen(senses[i].words);
            if (strncasecmp(text, senses[i].words, bytes) == 0) {
                if (senses[i].sense != PRINTED_EQUAL)
                    printed.sense = senses[i].sense;
                text += bytes;
                more = true;
            }
        }
    }
    if (fraction_read(text, &printed.value))
        return printed;
    if (*text == '-' || (*text >= '0' && *text <= '9'))
        digits[n++] = *text++;
    while (n && n < sizeof digits - 1 && *text && strchr("0123456789.,", *text)) {
        if (*text != ',')
            digits[n++] = *text;
        text++;
    }
    digits[n] = '\0';
    if (!rk_text_number(digits, &printed.value))
        return (struct printed){.sense = PRINTED_NOTHING};
    const char *point = strchr(digits, '.');
    printed.decimals = point ? (int)strlen(point + 1) : 0;
    return printed;
}

/** "Around 40%" is near enough to 39.3%. */
static const double AROUND = 1.5;

static bool printed_fits(const struct printed *printed, double value)
{
    double step = pow(10, -printed->decimals);

    switch (printed->sense) {
    case PRINTED_NOTHING:
        return false;
    case PRINTED_OVER:
        return value >= printed->value && value < printed->value + step;
    case PRINTED_UNDER:
        return value < printed->value;
    case PRINTED_ABOVE:
        return value > printed->value;
    case PRINTED_AROUND:
        return fabs(value - printed->value) <= AROUND;
    case PRINTED_EQUAL:
        break;
    }
    return fabs(render_round(value, printed->decimals) - printed->value) < step / 1000;
}

struct figure {
    const char *where, *quantity, *published, *count, *base, *note, *status, *correct, *cell,
        *reason;
    size_t line;
};

enum verdict { AGREES, DOCUMENTED, UNEXPLAINED };

/** The value that the printed figure should be read against. */
static double cell_side(const struct figure *figure, const struct cell *cell)
{
    if (strcmp(figure->quantity, "count") == 0 && cell->numerator >= 0 &&
        cell->unit == UNIT_PERCENT)
        return (double)cell->numerator;
    return cell->value;
}

static bool count_fits(const char *text, double value)
{
    double count;

    return !text[0] || (rk_text_number(text, &count) && count == value);
}

/** Do the counts behind the figure agree with the cell's? */
static bool counts_fit(const struct figure *figure, const struct cell *cell)
{
    if (cell->numerator >= 0)
        return count_fits(figure->count, (double)cell->numerator);
    return count_fits(figure->count, cell->value);
}

static bool known_wrong(const struct figure *figure)
{
    static const char *const statuses[] = {"WRONG",       "ROUNDING", "INCONSISTENT",
                                           "understated", "rounded",  "no_data"};

    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++)
        if (strcmp(figure->status, statuses[i]) == 0)
            return true;
    return false;
}

static enum verdict judge(const struct figure *figure, const struct cell *cell)
{
    struct printed published = printed_read(figure->published);
    struct printed correct = printed_read(figure->correct);

    if (!cell)
        return figure->reason[0] ? DOCUMENTED : UNEXPLAINED;
    if (strcmp(figure->quantity, "unit") == 0)
        return strstr(figure->published, cell_unit_name(cell->unit)) ? AGREES
               : known_wrong(figure)                                 ? DOCUMENTED
                                                                     : UNEXPLAINED;
    double value = cell_side(figure, cell);
    if (isnan(value))
        return UNEXPLAINED;
    if (!figure->published[0])
        return count_fits(figure->count, value) ||
                       (cell->numerator >= 0 && counts_fit(figure, cell))
                   ? AGREES
                   : UNEXPLAINED;
    if (printed_fits(&published, value))
        return AGREES;
    if (figure->reason[0])
        return DOCUMENTED;
    if (!known_wrong(figure))
        return UNEXPLAINED;
    return printed_fits(&correct, value) || counts_fit(figure, cell) ? DOCUMENTED : UNEXPLAINED;
}

static const char *const columns[] = {"table", "row",  "column", "quantity", "published",
                                      "reconstructed_count", "base", "note", "status",
                                      "correct", "cell", "reason"};
enum { TABLE, ROW, COLUMN, QUANTITY, PUBLISHED, COUNT, BASE, NOTE, STATUS, CORRECT, CELL,
       REASON, COLUMNS };

static rk_status find_columns(struct rk_run *run, const struct rk_csv_table *table,
                              long at[COLUMNS])
{
    rk_status status = RK_OK;

    for (int i = 0; i < COLUMNS; i++) {
        at[i] = rk_csv_column(table, columns[i]);
        if (at[i] < 0)
            status = rk_fail(run->diag, RK_STUDY, RK_AT(table->path, 1, 0),
                             "a file of published figures has the column \"%s\"", columns[i]);
    }
    return status;
}

static struct figure figure_read(struct rk_run *run, const struct rk_csv_table *table,
                                 const long at[COLUMNS], size_t row)
{
    char **cells = table->cells + row * table->columns;

    return (struct figure){
        .where = rk_arena_printf(run->arena, "%s, %s, %s", cells[at[TABLE]], cells[at[ROW]],
                                 cells[at[COLUMN]]),
        .quantity = cells[at[QUANTITY]],
        .published = cells[at[PUBLISHED]],
        .count = cells[at[COUNT]],
        .base = cells[at[BASE]],
        .note = cells[at[NOTE]],
        .status = cells[at[STATUS]],
        .correct = cells[at[CORRECT]],
        .cell = cells[at[CELL]],
        .reason = cells[at[REASON]],
        .line = table->lines[row],
    };
}

static void print_figure(const struct figure *figure, const struct cell *cell,
                         enum verdict verdict)
{
    static const char *const words[] = {"agrees", "differs as documented", "UNEXPLAINED"};
    char value[32];

    printf("%-22s %s: published \"%s\"", words[verdict], figure->where, figure->published);
    if (cell)
        printf(", %s is %s", cell->id, rk_text_double(value, cell->value));
    else if (figure->cell[0])
        printf(", there is no cell %s", figure->cell);
    if (cell && cell->numerator >= 0)
        printf(" (%ld of %ld)", cell->numerator, cell->base);
    if (verdict == DOCUMENTED)
        printf("; %s", figure->reason[0] ? figure->reason : figure->note);
    if (verdict == UNEXPLAINED && figure->count[0])
        printf("; expected %s of %s", figure->count, figure->base);
    putchar('\n');
}

static rk_status backtest(struct rk_run *run, const char **operands)
{
    struct results *results;
    struct rk_csv_table table;
    long at[COLUMNS];
    size_t counts[3] = {0};

    RK_TRY(results_read(run, "30-results", &results));
    RK_TRY(rk_csv_table_read(run->arena, run->diag, operands[1], &table));
    RK_TRY(find_columns(run, &table, at));
    for (size_t i = 0; i < table.rows; i++) {
        struct figure figure = figure_read(run, &table, at, i);
        const struct cell *cell = results_find(results, figure.cell);
        enum verdict verdict = judge(&figure, cell);
        counts[verdict]++;
        if (verdict != AGREES || run->verbose)
            print_figure(&figure, cell, verdict);
    }
    printf("%zu figures: %zu agree, %zu differ as documented, %zu differ unexplained\n",
           table.rows, counts[AGREES], counts[DOCUMENTED], counts[UNEXPLAINED]);
    return counts[UNEXPLAINED] ? RK_CHECK : RK_OK;
}

int driver_backtest(int argc, char **argv)
{
    static const struct driver_verb verb = {
        "reckon backtest", usage, "a study and a file of published figures", 2, true, backtest};

    return driver_verb(argc, argv, &verb);
}
