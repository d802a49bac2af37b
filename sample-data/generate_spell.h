// SPDX-License-Identifier: MIT
/* How people type: odd spellings, capitals, stray blanks, many ways to leave a cell empty.
 */
#ifndef GENERATE_SPELL_H
#define GENERATE_SPELL_H

#include "sample-data/generate_codes.h"
#include "sample-data/generate_dates.h"
#include "sample-data/generate_random.h"

enum { NONE = -1 }; /* no answer; also: no date, no client */

struct speller {
    struct rng rng;
    uint64_t seed;
    int turn[LIST_COUNT][ORGANISATION_COUNT]; /* the next odd spelling of a code */
    int empty_turn;
    char text[96];
};

void speller_start(struct speller *speller, uint64_t seed);

/** Begins a row: the same kind and number are typed alike in every delivery. */
void speller_row(struct speller *speller, int kind, int number);

/** A code as someone typed it; NONE gives a text that means no answer. Lives until the next
 * call. */
const char *spell(struct speller *speller, const struct code_list *list, int code);

/** A text that means no answer: usually blank. */
const char *spell_missing(struct speller *speller);

/** A date in the usual style, or in one of `n` others in `odd_share` of a thousand cells.
 */
const char *spell_date(struct speller *speller, int date, enum date_style usual,
                       const enum date_style *other, int n, int odd_share);

/** A whole number; NONE gives a text that means no answer. */
const char *spell_number(struct speller *speller, int number);

#endif
