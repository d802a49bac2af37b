// SPDX-License-Identifier: MIT
/** The cell that somebody who typed a figure probably had in mind. */
#include "render/lint_priv.h"

#include "render/number.h"

#include <string.h>

struct guess {
    const struct cell *cell;
    const char *word;
    double score;
};

/** How far a typed figure may be from a cell to be taken for it. */
static double reach(double value, enum lint_unit unit)
{
    if (unit == LINT_COUNT)
        return value < 20 ? 0 : 0.02 * value;
    return 1.5;
}

/** Words of the sentence that the cell's address and labels know, too. */
static int overlap(const struct lint_sentence *sentence, const struct cell *cell)
{
    int common = 0;

    for (size_t i = 0; i < sentence->count; i++) {
        const char *word = sentence->words[i].text;
        size_t stem = strlen(word) > 6 ? 6 : strlen(word);
        if (stem < 4)
            continue;
        char begin[8];
        memcpy(begin, word, stem);
        begin[stem] = '\0';
        common += strstr(cell->id, begin) != NULL || strcasestr(cell->row_label, begin) != NULL ||
                  strcasestr(cell->column_label, begin) != NULL;
    }
    return common;
}

static bool prints_result(const struct lint_sentence *sentence, const struct cell *cell)
{
    for (size_t i = 0; i < sentence->cell_count; i++)
        if (strcmp(sentence->cells[i]->result, cell->result) == 0)
            return true;
    return false;
}

static void consider(struct guess *best, const struct lint_sentence *sentence,
                     const struct cell *cell, const char *word, double has, double value,
                     int decimals, enum lint_unit unit)
{
    double away = fabs(has - value), far = reach(value, unit), score;

    if (isnan(has) || cell->mark == MARK_MASKED)
        return;
    bool rounds = render_round(has, decimals) == render_round(value, decimals);
    if (!rounds && !(away <= far))
        return;
    int common = overlap(sentence, cell);
    if (unit == LINT_COUNT && !common)
        return; /* numbers that happen to be equal */
    score = 2 * common + (rounds ? 3 : 0) - (far > 0 ? away / far : 0) +
            (strcmp(cell->row, "all") == 0) + 2 * prints_result(sentence, cell) -
            0.05 * (double)strlen(cell->id); /* the plainer result of two */
    if (!best->cell || score > best->score)
        *best = (struct guess){cell, word, score};
}

const struct cell *lint_near(struct lint *lint, const struct lint_sentence *sentence,
                             double value, int decimals, enum lint_unit unit,
                             const char **word)
{
    struct guess best = {0};

    for (size_t i = 0; lint->results && i < lint->results->cell_count; i++) {
        const struct cell *cell = &lint->results->cells[i];
        if (unit == LINT_PERCENT && cell->unit == UNIT_PERCENT)
            consider(&best, sentence, cell, decimals ? "" : "whole", cell->value, value,
                     decimals, unit);
        if (unit == LINT_POINTS && cell->unit == UNIT_POINTS)
            consider(&best, sentence, cell, "size", fabs(cell->value), value, decimals, unit);
        if (unit != LINT_COUNT)
            continue;
        if (cell->unit == UNIT_PERCENT && cell->numerator >= 0)
            consider(&best, sentence, cell, "n", (double)cell->numerator, value, decimals, unit);
        if (cell->unit == UNIT_PERCENT && cell->base >= 0)
            consider(&best, sentence, cell, "base", (double)cell->base, value, decimals, unit);
        if (cell->unit != UNIT_PERCENT && cell->unit != UNIT_POINTS && cell->unit != UNIT_P)
            consider(&best, sentence, cell, "", cell->value, value, decimals, unit);
    }
    *word = best.word;
    return best.cell;
}
