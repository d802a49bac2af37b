// SPDX-License-Identifier: MIT
/** Figures in words. A fraction beside its cell is a rounding that the cell must bear out;
 *  alone it is a typed figure. */
#include "render/lint_priv.h"

#include <string.h>

/** What a fraction may be off by, in percentage points, when it says "about" or nothing. */
static const double EXACT = 2.5, AROUND = 5;

static const struct {
    const char *phrase;
    double percent;
} fractions[] = {
    {"half", 50},
    {"a third", 100.0 / 3},
    {"one third", 100.0 / 3},
    {"two thirds", 200.0 / 3},
    {"a quarter", 25},
    {"one quarter", 25},
    {"three quarters", 75},
    {"a fifth", 20},
    {"one fifth", 20},
    {"two fifths", 40},
    {"three fifths", 60},
    {"four fifths", 80},
    {"a tenth", 10},
    {"one tenth", 10},
    {"nine tenths", 90},
};

static const struct {
    const char *words;
    enum { ABOUT, BELOW, ABOVE } sense;
} hedges[] = {
    {"about", ABOUT},       {"around", ABOUT},     {"roughly", ABOUT},   {"some", ABOUT},
    {"approximately", ABOUT}, {"nearly", BELOW},   {"almost", BELOW},    {"under", BELOW},
    {"below", BELOW},       {"less than", BELOW},  {"fewer than", BELOW}, {"just under", BELOW},
    {"over", ABOVE},        {"more than", ABOVE},  {"above", ABOVE},     {"just over", ABOVE},
};

static const char small_numbers[] = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve";
static const char large_numbers[] =
    "thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|"
    "sixty|seventy|eighty|ninety|hundred|hundreds|thousand|thousands|million|millions|dozen|"
    "dozens";
static const char counted[] =
    "clients|people|persons|participants|respondents|records|men|women|percent|percentage|"
    "referrals|reviews";

/** "three quarters of 2014" */
static bool of_a_date(const struct lint *lint, const struct lint_sentence *sentence, size_t next)
{
    return lint_phrase(sentence, next, "of") && lint->text[sentence->words[next].end] == ' ' &&
           lint->text[sentence->words[next].end + 1] >= '0' &&
           lint->text[sentence->words[next].end + 1] <= '9';
}

/** "half a year", "the first half", "half-hearted", "half of 2014" are no shares. */
static bool is_share(const struct lint *lint, const struct lint_sentence *sentence, size_t at,
                     size_t next)
{
    const struct lint_word *last = &sentence->words[next - 1];
    const char *after = next < sentence->count ? sentence->words[next].text : "";
    bool half = strcmp(last->text, "half") == 0;

    if (lint_phrase(sentence, next, "of the way") || lint->text[last->end] == '-' || of_a_date(lint, sentence, next))
        return false;
    if (half)
        return !lint_before(sentence, at, 1, "first|second|last|other|better|next") &&
               !lint_one_of(after, "a|an|year|hour|way|term|day|day's|price");
    if (last->text[strlen(last->text) - 1] == 's')
        return true; /* two thirds */
    return lint_one_of(after, "of|had|have|has|said|say|were|was|are|is|fewer|more|less|higher|"
                              "lower|larger|smaller") ||
           next >= sentence->count || sentence->words[next].token ||
           strchr(".,;:)", lint->text[last->end]);
}

static int hedge_of(const struct lint_sentence *sentence, size_t at, size_t *start)
{
    for (size_t back = 2; back >= 1; back--)
        for (size_t i = 0; i < sizeof hedges / sizeof *hedges; i++)
            if (at >= back && lint_phrase(sentence, at - back, hedges[i].words) == at) {
                *start = at - back;
                return (int)hedges[i].sense;
            }
    *start = at;
    return -1;
}

static bool bears_out(double value, double percent, int hedge)
{
    switch (hedge) {
    case BELOW:
        return value < percent && value > percent - 10;
    case ABOVE:
        return value > percent;
    case ABOUT:
        return fabs(value - percent) <= AROUND;
    default:
        return fabs(value - percent) <= EXACT;
    }
}

/** The percent cell that comes nearest to the fraction among those of the sentence and claim. */
static const struct cell *nearest_share(const struct lint_sentence *sentence, double percent)
{
    const struct lint_segment *segment = sentence->segment;
    const struct cell *best = NULL;

    for (size_t i = 0; i < sentence->cell_count + segment->tested_count; i++) {
        const struct cell *cell = i < sentence->cell_count
                                      ? sentence->cells[i]
                                      : segment->tested[i - sentence->cell_count];
        if (cell->unit != UNIT_PERCENT || isnan(cell->value))
            continue;
        if (!best || fabs(cell->value - percent) < fabs(best->value - percent))
            best = cell;
    }
    return best;
}

static bool has_cell(const struct lint_sentence *sentence)
{
    for (size_t i = 0; i < sentence->count; i++)
        if (sentence->words[i].token && sentence->words[i].token->names_cell)
            return true;
    return false;
}

static void judge_share(struct lint *lint, const struct lint_sentence *sentence, size_t from,
                        size_t to, double percent, int hedge)
{
    size_t start = sentence->words[from].start, end = sentence->words[to - 1].end;
    const struct cell *cell = nearest_share(sentence, percent);
    const char *words = lint_quote(lint, start, end), *word;

    if (cell && bears_out(cell->value, percent, hedge))
        return;
    if (!lint->results && (has_cell(sentence) || sentence->segment->claimed))
        return;
    if (cell) {
        lint_find(lint, "claim", true, start, end,
                  "\"%s\" is not borne out: %s is %s; say it as the cell does", words, cell->id,
                  lint_value(lint, cell));
        return;
    }
    cell = lint_near(lint, sentence, percent, 0, LINT_PERCENT, &word);
    if (cell)
        lint_find(lint, "number-word", true, start, end,
                  "\"%s\" is typed; %s is %s: put {{ %s | whole }} into the sentence", words,
                  cell->id, lint_value(lint, cell), cell->id);
    else
        lint_find(lint, "number-word", true, start, end,
                  "\"%s\" is typed and no cell stands beside it; put the cell into the "
                  "sentence, or cite it ({{ reported \"%s\" | source=\"...\" }})",
                  words, words);
}

/** Takes a fraction at word `at`; the word behind it, or 0. */
static size_t take_fraction(struct lint *lint, const struct lint_sentence *sentence, size_t at)
{
    for (size_t i = 0; i < sizeof fractions / sizeof *fractions; i++) {
        size_t next = lint_phrase(sentence, at, fractions[i].phrase), start;
        if (!next || !is_share(lint, sentence, at, next))
            continue;
        int hedge = hedge_of(sentence, at, &start);
        judge_share(lint, sentence, start, next, fractions[i].percent, hedge);
        return next;
    }
    return 0;
}

/** "one in ten", "nine out of ten". */
static size_t take_odds(struct lint *lint, const struct lint_sentence *sentence, size_t at)
{
    static const char *const names[] = {"one", "two",   "three", "four", "five",
                                        "six", "seven", "eight", "nine", "ten"};
    double part = 0, whole = 0;
    size_t next = lint_phrase(sentence, at, "* in *"), start;

    if (!next)
        next = lint_phrase(sentence, at, "* out of *");
    if (!next)
        return 0;
    for (size_t i = 0; i < 10; i++) {
        part = strcmp(sentence->words[at].text, names[i]) == 0 ? (double)i + 1 : part;
        whole = strcmp(sentence->words[next - 1].text, names[i]) == 0 ? (double)i + 1 : whole;
    }
    if (part <= 0 || whole < 3 || part >= whole)
        return 0;
    int hedge = hedge_of(sentence, at, &start);
    judge_share(lint, sentence, start, next, 100 * part / whole, hedge);
    return next;
}

/** "every other client", "every third caller" are shares, too. */
static size_t take_every(struct lint *lint, const struct lint_sentence *sentence, size_t at)
{
    static const struct {
        const char *phrase;
        double percent;
    } shares[] = {{"every other", 50},  {"every second", 50}, {"every third", 100.0 / 3},
                  {"every fourth", 25}, {"every fifth", 20},  {"every tenth", 10}};
    const size_t count = sizeof shares / sizeof *shares;
    size_t start;

    for (size_t i = 0; i < count; i++) {
        size_t next = lint_phrase(sentence, at, shares[i].phrase);
        if (!next || next >= sentence->count ||
            lint_one_of(sentence->words[next].text, "day|week|month|quarter|year|time|hour|page|"
                                                    "row|line|monday|tuesday|wednesday|thursday|"
                                                    "friday|saturday|sunday"))
            continue;
        int hedge = hedge_of(sentence, at, &start);
        judge_share(lint, sentence, start, next, shares[i].percent, hedge);
        return next;
    }
    return 0;
}

static size_t take_number(struct lint *lint, const struct lint_sentence *sentence, size_t at)
{
    const struct lint_word *word = &sentence->words[at];
    const char *after = at + 1 < sentence->count ? sentence->words[at + 1].text : "";
    bool small = lint_one_of(word->text, small_numbers), large = lint_one_of(word->text, large_numbers);
    size_t to = at + 1;

    if (!large && !(small && (lint_one_of(after, counted) ||
                              lint_phrase(sentence, at + 1, "per cent"))))
        return 0;
    while (to < sentence->count && (lint_one_of(sentence->words[to].text, small_numbers) ||
                                    lint_one_of(sentence->words[to].text, large_numbers)))
        to++;
    lint_find(lint, "number-word", true, word->start, sentence->words[to - 1].end,
              "\"%s\" is typed; bind it ({{ CELL | word }}) or cite it ({{ reported \"%s\" | "
              "source=\"...\" }})",
              lint_quote(lint, word->start, sentence->words[to - 1].end),
              lint_quote(lint, word->start, sentence->words[to - 1].end));
    return to;
}

void lint_number_words(struct lint *lint, const struct lint_sentence *sentence)
{
    size_t at = 0;

    if (sentence->segment->cited || sentence->segment->idle)
        return;
    while (at < sentence->count) {
        size_t next = take_odds(lint, sentence, at);
        if (!next)
            next = take_every(lint, sentence, at);
        if (!next)
            next = take_fraction(lint, sentence, at);
        if (!next)
            next = take_number(lint, sentence, at);
        at = next ? next : at + 1;
    }
}
