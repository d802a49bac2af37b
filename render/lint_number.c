// SPDX-License-Identifier: MIT
/** Typed figures. */
#include "render/lint_priv.h"

#include "render/number.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

struct figure {
    size_t start, end;        /**< with its sign, its currency and its unit */
    size_t digits, digits_end;
    double value;
    int decimals;
    bool ordinal;             /**< "25th" */
    enum lint_unit unit;
};

static const char months[] =
    "january|february|march|april|may|june|july|august|september|october|november|december|"
    "jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec";
static const char year_words[] =
    "in|of|since|by|until|till|to|from|and|between|during|before|after|spring|summer|autumn|"
    "winter|year|early|late|mid|end|start|for|the|or|through|christmas|easter|q";
static const char people_words[] =
    "clients|client|people|persons|participants|respondents|records|record|answers|responses|"
    "men|women|cases|referrals|reviews|times";

/* ---- reading one ---- */

static void take_digits(const struct lint *lint, size_t at, size_t end, struct figure *figure)
{
    char digits[40];
    size_t n = 0, p = at;

    while (p < end && (isdigit((unsigned char)lint->text[p]) ||
                       (strchr(".,", lint->text[p]) && p + 1 < end &&
                        isdigit((unsigned char)lint->text[p + 1])))) {
        if (lint->text[p] != ',' && n < sizeof digits - 1)
            digits[n++] = lint->text[p];
        p++;
    }
    digits[n] = '\0';
    const char *point = strchr(digits, '.');
    *figure = (struct figure){.start = at, .digits = at, .end = p, .digits_end = p};
    figure->value = strtod(digits, NULL);
    figure->decimals = point ? (int)strlen(point + 1) : 0;
}

static const struct {
    const char *text;
    enum lint_unit unit;
} units[] = {
    {"%", LINT_PERCENT},        {" %", LINT_PERCENT},       {" per cent", LINT_PERCENT},
    {" percentage point", LINT_POINTS}, {"-point", LINT_POINTS}, {" percent", LINT_PERCENT},
    {" point", LINT_POINTS},    {" pp", LINT_POINTS},
};

static void take_unit(const struct lint *lint, struct figure *figure)
{
    const char *after = lint->text + figure->end;

    figure->ordinal = (strncmp(after, "st", 2) == 0 || strncmp(after, "nd", 2) == 0 ||
                       strncmp(after, "rd", 2) == 0 || strncmp(after, "th", 2) == 0) &&
                      !isalpha((unsigned char)after[2]);
    figure->end += figure->ordinal ? 2 : 0;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        size_t n = strlen(units[i].text);
        if (strncmp(after, units[i].text, n) != 0)
            continue;
        figure->unit = units[i].unit;
        figure->end += n;
        while (isalpha((unsigned char)lint->text[figure->end]) && units[i].unit == LINT_POINTS)
            figure->end++;
        break;
    }
    if (figure->start && strchr("$+", lint->text[figure->start - 1]))
        figure->start--;
    if (figure->start > 1 && strncmp(lint->text + figure->start - 2, "\u00a3", 2) == 0)
        figure->start -= 2;
}

/* ---- dates ---- */

/** The words around a figure, lower case; "" when there is none. */
static void neighbours(const struct lint_sentence *sentence, const struct figure *figure,
                       const char *before[2], const char *after[3])
{
    size_t at = 0;

    while (at < sentence->count && sentence->words[at].start < figure->digits)
        at++;
    for (size_t i = 0; i < 2; i++)
        before[i] = at > i ? sentence->words[at - 1 - i].text : "";
    for (size_t i = 0; i < 3; i++)
        after[i] = at + i < sentence->count ? sentence->words[at + i].text : "";
}

/** Only blanks, a comma or a dot lie between the figure and the next word on that side. */
static bool touches_word(const struct lint *lint, const struct figure *figure, bool before)
{
    size_t at = before ? figure->digits - 1 : figure->digits_end;

    if (before && !figure->digits)
        return false;
    while (strchr(" \n,.", lint->text[at]) && lint->text[at] && at > 0)
        at = before ? at - 1 : at + 1;
    return isalpha((unsigned char)lint->text[at]) != 0;
}

/** "2014/15", "2014-15", "2015-03-13", "13/03/2015", "9:30": figures tied together. */
static bool tied(const struct lint *lint, const struct figure *figure)
{
    const char *text = lint->text;
    size_t left = figure->digits, right = figure->digits_end;
    bool tied_left = left > 4 && strchr("/-:", text[left - 1]) &&
                     isdigit((unsigned char)text[left - 2]);
    bool tied_right = strchr("/-:", text[right]) && text[right] &&
                      isdigit((unsigned char)text[right + 1]);
    size_t digits = right - left;

    if (text[right] == ':' || (tied_left && text[left - 1] == ':'))
        return tied_left || tied_right;
    if (tied_left) { /* 2014/15, 2015-03, 03-13, 03/2015 */
        size_t from = left - 1;
        while (from && (isdigit((unsigned char)text[from - 1]) || strchr("/-", text[from - 1])))
            from--;
        return left - 1 - from >= 4 && (digits == 2 || digits == 4);
    }
    if (!tied_right)
        return false;
    size_t to = right;
    while (isdigit((unsigned char)text[to]) || strchr("/-", text[to]))
        if (!text[to])
            break;
        else
            to++;
    return digits == 4 ? figure->value >= 1900 && figure->value < 2100
                       : digits <= 2 && to - left >= 8;
}

/** "Care Act 2014": a name stands before the figure. */
static bool named_before(const struct lint *lint, const struct figure *figure)
{
    size_t at = figure->digits;

    if (at < 2 || lint->text[at - 1] != ' ')
        return false;
    for (at--; at > 0 && isalpha((unsigned char)lint->text[at - 1]);)
        at--;
    return isupper((unsigned char)lint->text[at]) && at > 1 && lint->text[at - 1] == ' ' &&
           !strchr(".?!:", lint->text[at - 2]);
}

/** "Phase 2", "Section 4(2)": the figure belongs to a name. */
static bool is_numbered(const struct lint *lint, const struct lint_sentence *sentence,
                        const struct figure *figure)
{
    static const char things[] =
        "phase|section|article|act|regulation|schedule|paragraph|clause|lot|wave|tier|stage|"
        "level|band|step|part|chapter|version|page|item|question|room|ward|zone|route|grade|key";
    const char *before[2], *after[3];
    const char *text = lint->text + figure->digits;

    if (figure->unit != LINT_COUNT)
        return false;
    if (figure->digits > 1 && text[-1] == '(' && isdigit((unsigned char)text[-2]))
        return true;
    neighbours(sentence, figure, before, after);
    return lint_one_of(before[0], things) && touches_word(lint, figure, true);
}

static bool is_year(const struct lint *lint, const struct lint_sentence *sentence,
                    const struct figure *figure)
{
    const char *before[2], *after[3];

    if (figure->digits_end - figure->digits != 4 || figure->value < 1900 ||
        figure->value >= 2100 || figure->unit != LINT_COUNT)
        return false;
    neighbours(sentence, figure, before, after);
    if (lint_one_of(after[0], people_words) && touches_word(lint, figure, false))
        return false;
    if (!touches_word(lint, figure, true))
        return figure->digits == sentence->start || strchr("(\"/-", lint->text[figure->digits - 1]);
    return lint_one_of(before[0], months) || lint_one_of(before[0], year_words) ||
           named_before(lint, figure);
}

static bool is_day(const struct lint *lint, const struct lint_sentence *sentence,
                   const struct figure *figure)
{
    const char *before[2], *after[3];

    if (figure->value < 1 || figure->value > 31 || figure->decimals ||
        figure->unit != LINT_COUNT)
        return false;
    neighbours(sentence, figure, before, after);
    if (figure->ordinal) {
        for (size_t i = 0; i < sentence->count; i++)
            if (lint_one_of(sentence->words[i].text, months) ||
                lint_one_of(sentence->words[i].text, "century"))
                return true;
        return false;
    }
    if (lint_one_of(after[0], months) && touches_word(lint, figure, false))
        return true;
    if (lint_one_of(after[0], "and|to|or") && lint_one_of(after[1], months)) /* 3 to 5 May */
        return true;
    return lint_one_of(before[0], months) && touches_word(lint, figure, true) &&
           lint->text[figure->digits_end] == ','; /* May 5, 2015 */
}

/* ---- judging ---- */

/** "95% CI": the study's level, named as such. */
static bool is_level(const struct lint *lint, const struct lint_sentence *sentence,
                     const struct figure *figure)
{
    const char *before[2], *after[3];

    if (figure->unit != LINT_PERCENT || fabs(figure->value - 100 * lint->study->level) > 1e-9)
        return false;
    neighbours(sentence, figure, before, after);
    for (size_t i = 0; i < 3; i++)
        if (lint_one_of(after[i], "ci|confidence|interval|intervals|limits|bounds"))
            return true;
    return false;
}

static bool may_stand(struct lint *lint, const struct lint_sentence *sentence,
                      const struct figure *figure)
{
    char before = figure->digits ? lint->text[figure->digits - 1] : ' ';
    char far = figure->digits > 1 ? lint->text[figure->digits - 2] : ' ';

    if (isalpha((unsigned char)before) || (before == '-' && isalpha((unsigned char)far)))
        return true; /* a name: GSE10, COVID-19 */
    return sentence->segment->cited || tied(lint, figure) || is_year(lint, sentence, figure) ||
           is_day(lint, sentence, figure) || is_numbered(lint, sentence, figure) ||
           is_level(lint, sentence, figure) ||
           lint_in_label(lint, figure->digits, figure->digits_end) ||
           lint_in_range(lint, sentence, figure->value);
}

/** Two cells of the sentence whose printed values differ by just the typed figure. */
static const struct cell *rounded_difference(struct lint *lint,
                                             const struct lint_sentence *sentence,
                                             const struct figure *figure,
                                             const struct cell **other)
{
    for (size_t i = 0; i < sentence->cell_count; i++)
        for (size_t k = i + 1; k < sentence->cell_count; k++) {
            const struct cell *a = sentence->cells[i], *b = sentence->cells[k];
            int decimals = narrative_decimals(lint->reading, a->unit);
            if (a->unit != b->unit || a->unit == UNIT_CLIENTS || isnan(a->value) ||
                isnan(b->value) || figure->value == 0)
                continue;
            for (int d = 0; d <= decimals; d += decimals ? decimals : 1) {
                double gap = fabs(render_round(a->value, d) - render_round(b->value, d));
                if (fabs(gap - figure->value) < 1e-9) {
                    *other = b;
                    return a;
                }
            }
        }
    return NULL;
}

static void say_difference(struct lint *lint, const struct figure *figure,
                           const struct cell *a, const struct cell *b)
{
    const char *id = NULL;

    for (size_t i = 0; i < lint->results->cell_count && !id; i++) {
        const struct cell *cell = &lint->results->cells[i];
        if (cell->unit == UNIT_POINTS && strcmp(cell->result, a->result) == 0 &&
            strcmp(cell->row, a->row) == 0)
            id = cell->id;
    }
    lint_find(lint, "rounded-difference", true, figure->start, figure->end,
              "\"%s\" is typed, a difference of rounded numbers (%s and %s); %s%s%s",
              lint_quote(lint, figure->start, figure->end), lint_value(lint, a),
              lint_value(lint, b),
              id ? "the difference before rounding is {{ " : "let the study count it: a result "
                   "`compare: [A, B]`",
              id ? id : "", id ? " }}" : "");
}

static void say_typed(struct lint *lint, const struct lint_sentence *sentence,
                      const struct figure *figure)
{
    const char *typed = lint_quote(lint, figure->start, figure->end), *word;
    const struct cell *near = lint_near(lint, sentence, figure->value, figure->decimals,
                                        figure->unit, &word);
    const char *what;

    if (!near) {
        lint_find(lint, "typed-number", true, figure->start, figure->end,
                  "\"%s\" is typed%s; bind it ({{ CELL }}), cite it ({{ reported \"%s\" | "
                  "source=\"...\" }}) or list it in exceptions.csv with a reason",
                  typed, lint->results ? " and no cell is near it" : "", typed);
        return;
    }
    what = strcmp(word, "n") == 0      ? "counts "
           : strcmp(word, "base") == 0 ? "is of "
                                       : "is ";
    lint_find(lint, "typed-number", true, figure->start, figure->end,
              "\"%s\" is typed; %s %s%s: write {{ %s%s%s }}", typed, near->id, what,
              strcmp(word, "n") == 0 ? render_number(lint->arena, (double)near->numerator, 0,
                                                     NUMBER_PLAIN)
              : strcmp(word, "base") == 0
                  ? render_number(lint->arena, (double)near->base, 0, NUMBER_PLAIN)
                  : lint_value(lint, near),
              near->id, word[0] ? " | " : "", word);
}

void lint_numbers(struct lint *lint, const struct lint_sentence *sentence)
{
    for (size_t at = sentence->start; at < sentence->end;) {
        struct figure figure;
        const struct cell *a, *b = NULL;
        if (!isdigit((unsigned char)lint->text[at])) {
            at++;
            continue;
        }
        take_digits(lint, at, sentence->end, &figure);
        take_unit(lint, &figure);
        at = figure.end > at ? figure.end : at + 1;
        if (may_stand(lint, sentence, &figure))
            continue;
        a = lint->results ? rounded_difference(lint, sentence, &figure, &b) : NULL;
        if (a)
            say_difference(lint, &figure, a, b);
        else
            say_typed(lint, sentence, &figure);
    }
}
