// SPDX-License-Identifier: MIT
/** `?? belief.all.change.points > 0 and excludes 0 : "Belief rose" else "No clear change"` */
#include "render/narrative_priv.h"

#include "pipeline/base/rk_text.h"

#include <ctype.h>
#include <string.h>

struct claim {
    struct reading *reading;
    struct rk_place place;
    const char *p;
    const struct cell *first; /**< that it tests */
    bool wrong;
};

static void skip_blanks(struct claim *claim)
{
    while (isspace((unsigned char)*claim->p))
        claim->p++;
}

static bool take_word(struct claim *claim, const char *word)
{
    size_t n = strlen(word);

    skip_blanks(claim);
    if (strncmp(claim->p, word, n) != 0)
        return false;
    claim->p += n;
    return true;
}

/** Up to a blank or a colon that ends the test. */
static const char *take_name(struct claim *claim)
{
    const char *start;

    skip_blanks(claim);
    start = claim->p;
    while (*claim->p && !isspace((unsigned char)*claim->p) && *claim->p != ':')
        claim->p++;
    return rk_arena_copy_n(claim->reading->arena, start, (size_t)(claim->p - start));
}

static void claim_error(struct claim *claim, const char *expected)
{
    if (!claim->wrong)
        narrative_error(claim->reading, claim->place, "a claim reads ?? CELL > NUMBER and "
                        "excludes 0 : \"words\"; expected %s at \"%.20s\"",
                        expected, claim->p);
    claim->wrong = true;
}

static double take_number(struct claim *claim)
{
    const char *name = take_name(claim);
    const struct cell *cell;
    double number;

    if (rk_text_number(name, &number))
        return number;
    cell = narrative_cell(claim->reading, name, claim->place);
    claim->wrong |= !cell;
    return cell ? cell->value : NAN;
}

/** The quotes may be straight or curly: Markdown has been here. */
static bool take_quote(struct claim *claim)
{
    return take_word(claim, "\"") || take_word(claim, "\u201c") || take_word(claim, "\u201d");
}

static const char *take_quoted(struct claim *claim)
{
    const char *start;

    if (!take_quote(claim)) {
        claim_error(claim, "words in quotes");
        return "";
    }
    start = claim->p;
    while (*claim->p && *claim->p != '"' && strncmp(claim->p, "\u201d", 3) != 0)
        claim->p++;
    const char *text =
        rk_arena_copy_n(claim->reading->arena, start, (size_t)(claim->p - start));
    if (!take_quote(claim))
        claim_error(claim, "a closing quote");
    return text;
}

/** One condition on a cell; a masked or missing value supports no claim. */
static bool take_test(struct claim *claim, const struct cell *cell)
{
    static const char *const signs[] = {">=", "<=", ">", "<"};

    if (take_word(claim, "excludes 0")) {
        bool clear = cell->low > 0 || cell->high < 0;
        claim->reading->clear = clear ? cell : claim->reading->clear;
        return clear;
    }
    if (take_word(claim, "includes 0"))
        return cell->low <= 0 && cell->high >= 0;
    for (int i = 0; i < 4; i++) {
        if (!take_word(claim, signs[i]))
            continue;
        double than = take_number(claim);
        return i == 0   ? cell->value >= than
               : i == 1 ? cell->value <= than
               : i == 2 ? cell->value > than
                        : cell->value < than;
    }
    claim_error(claim, "one of > < >= <= excludes includes");
    return false;
}

/** After "and" comes another test of the cell, or another cell. */
static bool names_cell(struct claim *claim)
{
    skip_blanks(claim);
    return isalpha((unsigned char)*claim->p) && strncmp(claim->p, "excludes ", 9) != 0 &&
           strncmp(claim->p, "includes ", 9) != 0;
}

static bool take_tests(struct claim *claim)
{
    const struct cell *cell = NULL;
    bool holds = true;

    do {
        if (!cell || names_cell(claim)) {
            cell = narrative_cell(claim->reading, take_name(claim), claim->place);
            claim->first = claim->first ? claim->first : cell;
            claim->wrong |= !cell;
        }
        holds &= !claim->wrong && take_test(claim, cell);
    } while (!claim->wrong && take_word(claim, "and"));
    return holds;
}

const char *narrative_claim(struct reading *reading, const char *line, struct rk_place place)
{
    struct claim claim = {.reading = reading, .place = place, .p = line};
    bool holds, has_other;
    const char *words, *other = "";

    if (!take_word(&claim, "??"))
        return NULL;
    holds = take_tests(&claim);
    if (claim.wrong)
        return NULL;
    if (!take_word(&claim, ":"))
        claim_error(&claim, "a colon");
    words = take_quoted(&claim);
    has_other = take_word(&claim, "else");
    if (has_other)
        other = take_quoted(&claim);
    if (claim.wrong)
        return NULL;
    if (!holds && !has_other && reading->study->unsupported == UNSUPPORTED_SOFTEN)
        return narrative_soft(reading, claim.first);
    if (!holds && !has_other) {
        narrative_error(reading, place,
                        "the cells do not support the claim \"%s\"; word it as they do, or "
                        "give it an else",
                        words);
        return NULL;
    }
    return holds ? words : other;
}
