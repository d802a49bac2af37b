// SPDX-License-Identifier: MIT
#include "pipeline/attack/attack_text.h"

#include "pipeline/base/rk_text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* ---- numbers of a text ---- */

struct number {
    double value;
    int decimals;
    bool percent;
    bool counts;  /**< people or records are counted: "3 clients", "3 of 58", "three people" */
    double of;    /**< "3 of 58": 58; NAN */
};

static const char *const number_words[] = {"one", "two", "three", "four", "five",
                                           "six", "seven", "eight", "nine"};
static const char *const nouns[] = {"client", "people", "person", "record", "participant",
                                    "women", "men", "of ", "respondent", "case"};

static bool begins_word(const char *text, const char *at)
{
    return at == text || !(isalnum((unsigned char)at[-1]) || at[-1] == '.' || at[-1] == '-' ||
                           (unsigned char)at[-1] >= 0x80);
}

/** "358 of 830 clients". */
static double number_of(const char *after)
{
    if (strncmp(after, " of ", 4) != 0 || !isdigit((unsigned char)after[4]))
        return NAN;
    return (double)strtol(after + 4, NULL, 10);
}

static bool counts_people(const char *after)
{
    while (*after == ' ')
        after++;
    for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++)
        if (strncmp(after, nouns[i], strlen(nouns[i])) == 0)
            return true;
    return false;
}

/** A number at `at`; the bytes it takes, 0 when there is none. */
static size_t number_at(const char *text, const char *at, struct number *out)
{
    char *end;

    if (!begins_word(text, at))
        return 0;
    for (size_t i = 0; i < sizeof number_words / sizeof *number_words; i++) {
        size_t n = strlen(number_words[i]);
        if (strncmp(at, number_words[i], n) != 0 || !counts_people(at + n))
            continue;
        *out = (struct number){(double)i + 1, 0, false, true, number_of(at + n)};
        return n;
    }
    if (!isdigit((unsigned char)*at))
        return 0;
    size_t whole = strspn(at, "0123456789"), part = 0;
    if (at[whole] == '.' && isdigit((unsigned char)at[whole + 1]))
        part = strspn(at + whole + 1, "0123456789");
    *out = (struct number){(double)strtol(at, &end, 10), (int)part, false, false, NAN};
    for (size_t i = 0, ten = 10; i < part; i++, ten *= 10)
        out->value += (at[whole + 1 + i] - '0') / (double)ten;
    whole += part ? part + 1 : 0;
    out->percent = at[whole] == '%';
    out->counts = !out->percent && !part && counts_people(at + whole);
    out->of = number_of(at + whole);
    return whole;
}

/* ---- is it what a printed cell says? ---- */

/** A label as a word of its own. */
static const char *find_label(const char *text, const char *label)
{
    size_t n = strlen(label);

    for (const char *at = strstr(text, label); at; at = strstr(at + 1, label))
        if (begins_word(text, at) && !isalnum((unsigned char)at[n]))
            return at;
    return NULL;
}

static bool rounds_to(double value, const struct number *number)
{
    double unit = pow(10, -number->decimals);

    return fabs(fabs(value) - number->value) <= unit / 2 + 1e-9;
}

/** A label, or one of those that it joins with commas: "All, Female". */
static bool names(const char *unit, const char *label)
{
    const char *comma = strstr(label, ", ");

    return find_label(unit, label) || (comma && find_label(unit, comma + 2));
}

static bool says(const struct attack_shown *shown, const struct number *number)
{
    return rounds_to(shown->value, number) || rounds_to(shown->low, number) ||
           rounds_to(shown->high, number);
}

static bool is_explained(const struct attack_facts *facts, const struct attack_release *release,
                         const char *unit, const struct number *number)
{
    for (size_t i = 0; i < release->value_count; i++) {
        const struct attack_shown *shown = &release->values[i];
        if (says(shown, number) &&
            (names(unit, shown->row_label) || names(unit, shown->column_label)))
            return true;
    }
    for (size_t i = 0; i < release->spot_count; i++) {
        const struct attack_spot *spot = &release->spots[i];
        if (spot->of != ATTACK_NONE && attack_is_known(facts, spot->of) &&
            rounds_to(facts->vars[spot->of].low, number))
            return true;
    }
    return false;
}

/* ---- one line or sentence ---- */

struct place {
    const struct attack_facts *facts;
    const struct attack_release *release;
    const struct attack_spot *spot;
    const char *name;
    struct attack_findings *findings;
};

static void report(const struct place *place, const struct number *number)
{
    const struct attack_spot *spot = place->spot;
    struct attack_finding finding = {
        .kind = ATTACK_WORDS,
        .cell = rk_arena_printf(place->findings->arena, "%s.%s.%s", spot->result, spot->row,
                                spot->column),
        .words = place->facts->vars[spot->number].words,
        .place = place->name,
        .low = number->value,
        .high = number->value,
        .percent = number->percent,
        .release = place->release->number,
        .spot = spot,
    };

    attack_find_add(place->findings, &finding);
}

/**
 * Would the number, taken for the count of the place, tell of a few? A percentage of a known base
 * does when it is that of a small count; "358 of 830" does whatever its size when 830 is the base
 * of a masked place.
 */
static bool tells(const struct place *place, const struct number *number, bool line)
{
    double below = (double)place->release->about.suppress_below;
    size_t of = place->spot->of;
    bool known = of != ATTACK_NONE && attack_is_known(place->facts, of);
    double base = known ? place->facts->vars[of].low : NAN;

    if (number->value <= 0)
        return false;
    if (number->percent)
        return !known || (number->value - 0.5 * pow(10, -number->decimals)) * base / 100 < below;
    if (known && number->counts && number->of == base)
        return true;
    return (number->counts || line) && number->decimals == 0 && number->value < below;
}

/** Numbers behind the label. In a table's line a bare small number counts; in a sentence it must
 *  count people or be a percentage. */
static void read_numbers(const struct place *place, const char *unit, const char *from,
                         bool line)
{
    struct number number;

    for (const char *at = from; *at;) {
        size_t bytes = number_at(unit, at, &number);
        if (!bytes) {
            at++;
            continue;
        }
        at += bytes;
        if (tells(place, &number, line) &&
            !is_explained(place->facts, place->release, unit, &number))
            report(place, &number);
    }
}

static bool is_label(const char *label)
{
    size_t letters = 0;

    for (const char *at = label; *at; at++)
        letters += isalpha((unsigned char)*at) != 0;
    return letters >= 3;
}

static void read_unit(struct place *place, const char *unit, bool line)
{
    const struct attack_release *release = place->release;

    if (!strpbrk(unit, "123456789") && !strstr(unit, "client"))
        return;
    for (size_t i = 0; i < release->spot_count; i++) {
        const struct attack_spot *spot = &release->spots[i];
        const char *row = strcmp(spot->row, "all") == 0 ? NULL : spot->row_label;
        const char *column = strcmp(spot->column, "all") == 0 ? NULL : spot->column_label;
        const char *from;
        if (!spot->masked || !row || !is_label(row) || !(from = find_label(unit, row)) ||
            (line && from != unit) || (!line && column && !find_label(unit, column)))
            continue;
        place->spot = spot;
        read_numbers(place, unit, from + strlen(row), line);
    }
}

/* ---- a text ---- */

/** Sentences of a paragraph: ends are a full stop, a question mark or a semicolon and a blank. */
static void read_sentences(struct place *place, char *paragraph)
{
    char *start = paragraph;

    for (char *at = paragraph; *at; at++) {
        if (!(strchr(".?!;", *at) && (at[1] == ' ' || !at[1])))
            continue;
        char kept = at[1];
        at[1] = '\0';
        read_unit(place, start, false);
        at[1] = kept;
        start = at + 1;
    }
    if (*start)
        read_unit(place, start, false);
}

/** Blanks that hold words together become plain ones. */
static char *plain(char *line)
{
    char *to = line;

    for (char *from = line; *from; from++) {
        bool wide = from[0] == (char)0xC2 && from[1] == (char)0xA0;
        *to++ = wide ? ' ' : *from;
        from += wide;
    }
    *to = '\0';
    return line;
}

void attack_text(const struct attack_facts *facts, const struct attack_release *release,
                 const char *text, const char *where, struct attack_findings *findings)
{
    struct place place = {facts, release, NULL, where, findings};
    struct rk_arena *scratch = rk_arena_new();
    size_t bytes = strlen(text), used = 0;
    char *paragraph = RK_ARRAY(scratch, char, bytes + 2);

    for (const char *line = text; *line;) {
        size_t n = strcspn(line, "\n");
        char *own = rk_text_trim(plain(rk_arena_copy_n(scratch, line, n)));
        if (*own && strstr(own, "   ")) {
            read_unit(&place, own, true);
        } else if (*own) {
            used += (size_t)sprintf(paragraph + used, "%s%s", used ? " " : "", own);
        }
        line += n + (line[n] == '\n');
        if ((!*own || !*line) && used) { /* a paragraph ends: prose, no line of a table */
            read_sentences(&place, paragraph);
            used = 0;
        }
    }
    rk_arena_free(scratch);
}
