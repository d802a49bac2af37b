// SPDX-License-Identifier: MIT
#include "sample-data/generate_spell.h"

#include <assert.h>
#include <ctype.h>
#include <stdio.h>
#include <string.h>

void speller_start(struct speller *speller, uint64_t seed)
{
    memset(speller, 0, sizeof *speller);
    speller->seed = seed;
    speller_row(speller, 0, 0);
}

void speller_row(struct speller *speller, int kind, int number)
{
    rng_start(&speller->rng, speller->seed, (uint64_t)kind << 32 | (uint32_t)number);
}

/* Copies the part of `words` (separated by `|`) that is at `position`, counted round and
 * round. */
static void take_word(const char *words, int position, char *text, size_t room)
{
    int count = 1;

    for (const char *c = words; *c; c++)
        count += *c == '|';
    for (position %= count; position > 0; position--)
        words = strchr(words, '|') + 1;
    size_t length = strcspn(words, "|");
    assert(length < room);
    memcpy(text, words, length);
    text[length] = 0;
}

static void change_case(char *text, int (*change)(int))
{
    for (char *c = text; *c; c++) {
        if ((unsigned char)*c < 0x80) *c = (char)change((unsigned char)*c);
    }
}

static void widen_first_blank(char *text)
{
    char *blank = strchr(text, ' ');

    if (blank) memmove(blank + 1, blank, strlen(blank) + 1);
}

/* Capitals, small letters, blanks before, after and within, and the no-break space of web
 * forms. */
static void make_untidy(struct speller *speller)
{
    char *text = speller->text;
    size_t length = strlen(text);

    switch (rng_below(&speller->rng, 6)) {
    case 0:
        change_case(text, toupper);
        break;
    case 1:
        change_case(text, tolower);
        break;
    case 2:
        memmove(text + 1, text, length + 1);
        text[0] = ' ';
        break;
    case 3:
        memcpy(text + length, "\xC2\xA0", 3);
        break;
    case 4:
        memcpy(text + length, "  ", 3);
        break;
    default:
        widen_first_blank(text);
        break;
    }
}

const char *spell(struct speller *speller, const struct code_list *list, int code)
{
    if (code == NONE) return spell_missing(speller);
    assert(code >= 0 && code < list->n);
    const struct code *entry = &list->codes[code];

    if (*entry->odd && rng_chance(&speller->rng, list->odd_share)) {
        int turn = speller->turn[list->id][code]++;

        take_word(entry->odd, turn, speller->text, sizeof speller->text);
        return speller->text;
    }
    snprintf(speller->text, sizeof speller->text, "%s", entry->label);
    if (rng_chance(&speller->rng, 50)) make_untidy(speller);
    return speller->text;
}

const char *spell_missing(struct speller *speller)
{
    if (rng_chance(&speller->rng, 550)) return "";
    take_word("N/A|-|Not asked|n/a|Not recorded|NULL|not asked", speller->empty_turn++,
              speller->text, sizeof speller->text);
    return speller->text;
}

const char *spell_date(struct speller *speller, int date, enum date_style usual,
                       const enum date_style *other, int n, int odd_share)
{
    enum date_style style = usual;

    if (n > 0 && rng_chance(&speller->rng, odd_share))
        style = other[rng_below(&speller->rng, n)];
    date_text(date, style, speller->text);
    return speller->text;
}

const char *spell_number(struct speller *speller, int number)
{
    if (number == NONE) return spell_missing(speller);
    snprintf(speller->text, sizeof speller->text, "%d", number);
    return speller->text;
}
