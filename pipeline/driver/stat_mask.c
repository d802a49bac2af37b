// SPDX-License-Identifier: MIT
/* Disclosure control of one table in the pocket calculator. */
#include "pipeline/driver/stat_linked.h"
#include "pipeline/driver/stat_priv.h"
#include "pipeline/mask/mask_table.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** The table of a call with its margins; whole counts only. */
static struct mask_table table_of(struct stat_call *call, const char *key)
{
    struct stat_table in = stat_table(call, key);

    for (size_t i = 0; i < in.rows * in.cols && !stat_stopped(call); i++)
        if (!(in.cell[i] >= 0) || in.cell[i] != floor(in.cell[i]))
            stat_misuse(call, "%s holds counts: whole numbers, zero or more", key);
    if (stat_stopped(call))
        return (struct mask_table){0};
    return (struct mask_table){
        .rows = in.rows,
        .columns = in.cols,
        .value = mask_table_margins(call->arena, in.cell, in.rows, in.cols),
    };
}

/** "r1c2" to a position with margins: the last row and column are totals. */
static bool cell_position(const struct mask_table *table, const char *word, size_t *out)
{
    unsigned long r, c;
    char *end;

    if (word[0] != 'r')
        return false;
    r = strtoul(word + 1, &end, 10);
    if (*end != 'c')
        return false;
    c = strtoul(end + 1, &end, 10);
    if (*end || r < 1 || c < 1 || r > table->rows + 1 || c > table->columns + 1)
        return false;
    *out = (r - 1) * (table->columns + 1) + c - 1;
    return true;
}

/** Puts the range of each suppressed cell; returns how many are known exactly. */
static size_t put_ranges(struct stat_call *call, struct mask_table *table,
                         enum mask_knowledge knowledge, double threshold)
{
    struct stat_words words = stat_words(call, "suppressed");
    bool *suppressed =
        STAT_NEW(call, (table->rows + 1) * (table->columns + 1), bool);
    size_t *cells = STAT_NEW(call, words.n + 1, size_t), recovered = 0;

    table->suppressed = suppressed;
    for (size_t i = 0; i < words.n && !stat_stopped(call); i++)
        if (cell_position(table, words.word[i], &cells[i]))
            suppressed[cells[i]] = true;
        else
            stat_misuse(call, "\"%s\" is no cell of the table: r1c1 is the first", words.word[i]);
    for (size_t i = 0; i < words.n && !stat_stopped(call); i++) {
        double low, high;
        if (!mask_table_attack(call->arena, table, cells[i], knowledge, threshold, &low, &high)) {
            stat_refuse(call, "no table fits what is published");
            return 0;
        }
        stat_put_as(call, low, "lo_%s", words.word[i]);
        stat_put_as(call, high, "hi_%s", words.word[i]);
        recovered += low == high;
        stat_say(call, low == high ? "An attacker knows that %s is %g."
                                   : "An attacker knows that %s lies between %g and %g.",
                 words.word[i], low, high);
    }
    return recovered;
}

/** How many of the suppressed cells the published ones alone give away. */
static size_t recovered_plainly(struct stat_call *call, const struct mask_table *table)
{
    size_t recovered = 0;

    for (size_t i = 0; i < (table->rows + 1) * (table->columns + 1); i++) {
        double low, high;
        if (table->suppressed[i] &&
            mask_table_attack(call->arena, table, i, MASK_KNOWS_TABLE, 0, &low, &high))
            recovered += low == high;
    }
    return recovered;
}

static void ask_attack(struct stat_call *call)
{
    struct mask_table table = table_of(call, "table");

    if (stat_stopped(call))
        return;
    size_t recovered = put_ranges(call, &table, MASK_KNOWS_TABLE, 0);
    if (!stat_stopped(call))
        stat_put(call, "n_exactly_recovered", (double)recovered);
}

static void ask_attack_threshold(struct stat_call *call)
{
    struct mask_table table = table_of(call, "table");
    double threshold = stat_number(call, "threshold");

    if (stat_stopped(call))
        return;
    size_t recovered = put_ranges(call, &table, MASK_KNOWS_THRESHOLD, threshold);
    if (stat_stopped(call))
        return;
    stat_put(call, "n_exactly_recovered", (double)recovered);
    stat_put(call, "n_exactly_recovered_without_threshold_knowledge",
             (double)recovered_plainly(call, &table));
}

static const char *pattern_words(struct stat_call *call, const struct mask_table *table,
                                 const bool *pattern)
{
    const char *words = "";

    for (size_t i = 0; i < (table->rows + 1) * (table->columns + 1); i++)
        if (pattern[i])
            words = rk_arena_printf(call->arena, "%s%sr%zuc%zu", words, *words ? " " : "",
                                    i / (table->columns + 1) + 1, i % (table->columns + 1) + 1);
    return words;
}

static void ask_minimum(struct stat_call *call)
{
    struct mask_table table = table_of(call, "table");
    double threshold = stat_number(call, "threshold");
    double width = stat_number_or(call, "min_interval_width", threshold);
    const char *objective = stat_text_or(call, "objective", "cells");
    size_t cells = (table.rows + 1) * (table.columns + 1), primary = 0;

    if (stat_stopped(call))
        return;
    bool *pattern = STAT_NEW(call, cells, bool);
    for (size_t i = 0; i < cells; i++)
        primary += table.value[i] > 0 && table.value[i] < threshold;
    double optimum = mask_table_minimum(call->arena, &table, threshold, width,
                                        strcmp(objective, "counts") == 0, pattern);
    stat_put(call, "n_primary", (double)primary);
    stat_put(call, "optimum", optimum);
    stat_put_text(call, "pattern", pattern_words(call, &table, pattern));
    stat_say(call, "%zu cells are small; the best pattern hides %s.", primary,
             pattern_words(call, &table, pattern));
}

static void ask_rounding(struct stat_call *call)
{
    struct mask_table table = table_of(call, "table");
    double base = stat_number_or(call, "base", 5);
    size_t cells = (table.rows + 1) * (table.columns + 1);

    if (stat_stopped(call))
        return;
    double *rounded = STAT_NEW(call, cells, double);
    double changes = mask_table_round(call->arena, &table, base, rounded);
    const char *words = "";
    for (size_t i = 0; i < cells; i++)
        words = rk_arena_printf(call->arena, "%s%s%g", words,
                                i == 0                             ? ""
                                : i % (table.columns + 1) == 0 ? "|"
                                                               : ",",
                                rounded[i]);
    stat_put(call, "optimum", changes);
    stat_put_text(call, "table", words);
    stat_say(call, "Rounded so that it adds up: %s.", words);
}

static double nearest(double value, double base)
{
    return base * floor(value / base + 0.5);
}

static void ask_free_rounding(struct stat_call *call)
{
    struct mask_table table = table_of(call, "table");
    double base = stat_number_or(call, "base", 5), sum = 0;

    if (stat_stopped(call))
        return;
    for (size_t r = 0; r < table.rows; r++)
        for (size_t c = 0; c < table.columns; c++)
            sum += nearest(table.value[r * (table.columns + 1) + c], base);
    double total = nearest(table.value[(table.rows + 1) * (table.columns + 1) - 1], base);
    stat_put(call, "sum_of_rounded_cells", sum);
    stat_put(call, "rounded_grand_total", total);
    stat_say(call, "Rounded one by one, the cells add up to %g and the total is %g.", sum, total);
}

static void ask_ten_five(struct stat_call *call)
{
    long count = stat_count(call, "count");
    char shown[32];

    if (stat_stopped(call))
        return;
    snprintf(shown, sizeof shown, count > 0 && count < 10 ? "c" : "%.0f",
             nearest((double)count, 5));
    stat_put_text(call, "shown", shown);
    stat_say(call, "%ld is shown as %s.", count, shown);
}

static void ask_differencing(struct stat_call *call)
{
    struct stat_table a = stat_table(call, "tableA"), b = stat_table(call, "tableB");
    double least = NAN;

    if (stat_stopped(call))
        return;
    if (a.rows != b.rows || a.cols != b.cols) {
        stat_misuse(call, "the two tables have the same shape");
        return;
    }
    for (size_t i = 0; i < a.rows * a.cols; i++) {
        double difference = fabs(a.cell[i] - b.cell[i]);
        if (difference > 0 && !(difference >= least))
            least = difference;
    }
    if (isnan(least))
        stat_refuse(call, "the tables are the same");
    stat_put(call, "min_nonzero", least);
    stat_say(call, "The smallest count that the two tables give away together is %g.", least);
}

const struct stat_method stat_mask_methods[] = {
    {"sdc_attack_interval", "table suppressed [published]",
     "what an attacker can say of suppressed cells", "Cox 1980", ask_attack},
    {"sdc_attack_interval_threshold_known", "table suppressed threshold [attacker_knows]",
     "the same when two marks tell small cells from others", "Cox 1980", ask_attack_threshold},
    {"sdc_min_suppression", "table threshold [min_interval_width objective margins]",
     "the best pattern of cells to suppress", "Fischetti & Salazar 1999", ask_minimum},
    {"sdc_controlled_rounding", "table [base objective zero_restricted]",
     "rounding that keeps sums", "Cox & Ernst 1982", ask_rounding},
    {"sdc_random_free_rounding_nonadditive", "table [base]",
     "rounding cell by cell, which breaks sums", "ONS", ask_free_rounding},
    {"sdc_10_5_rule", "count", "below 10 suppressed, else to the nearest 5", "ONS", ask_ten_five},
    {"sdc_differencing", "tableA tableB [threshold]",
     "the smallest count two releases give away together", "arithmetic", ask_differencing},
    {"sdc_linked_audit", "threeway published suppressed",
     "what an attacker can say of suppressed cells when margins of one table are published",
     "linear programming", stat_linked_audit},
    {0},
};
