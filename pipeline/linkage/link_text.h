// SPDX-License-Identifier: MIT
#ifndef LINKAGE_TEXT_H
#define LINKAGE_TEXT_H

#include "pipeline/base/rk_arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Texts as linkage compares them: small letters a-z, digits and single blanks, so that a
 * letter is a byte. Lengths go up to LINK_TEXT_MAX; what is longer is cut. */
enum { LINK_TEXT_MAX = 120 };

struct link_text {
    const char *text; /**< not ended by NUL */
    uint32_t length;
    uint32_t letters; /**< a bit for each that occurs; says early that two texts differ */
};
struct link_text link_text_of(const char *text, size_t length);

/** What is written as one word stays one: "O'Brien" is obrien, "Smith-Jones" smith jones;
 * accents go. Returns the length written to `out`, 0 when nothing is left to compare. */
size_t link_text_words(const char *text, char out[LINK_TEXT_MAX]);
/** The same without blanks: postcodes, numbers, addresses of mail (where @ and . stay). */
size_t link_text_joined(const char *text, char out[LINK_TEXT_MAX]);
/** Digits only, "+44 (0)161 ..." and "0161 ..." the same. */
size_t link_text_digits(const char *text, char out[LINK_TEXT_MAX]);
/** A date in figures to yyyymmdd, year first or last; 0 when it has no eight figures. No
 * check that there is such a day: a mistyped one still resembles the true one. */
size_t link_text_date(const char *text, char out[LINK_TEXT_MAX]);

/**
 * Jaro-Winkler similarity in [0, 1]; 1 for equal texts, 0 when one is empty. Common prefix
 * up to 4 at 0.1 a letter.
 *
 * Source: Winkler (1990), Proc. Section on Survey Research Methods, ASA, 354-359.
 * Checked against: the published pairs MARTHA/MARHTA 0.9611, DWAYNE/DUANE 0.84,
 * DIXON/DICKSONX 0.8133 (tests/unit/test_linkage.c).
 */
double link_jaro_winkler(struct link_text a, struct link_text b);
/** Is it at least `at`? The same answer, sooner. */
bool link_jaro_winkler_holds(struct link_text a, struct link_text b, double at);

/** One typing error or none: a letter wrong, missing, too many, or two neighbours swapped
 * (Damerau 1964). */
bool link_one_error(struct link_text a, struct link_text b);
/** Typing errors between two texts, up to `most` (then most + 1): optimal string alignment. */
int link_errors(struct link_text a, struct link_text b, int most);
/** The one letter in which two texts of one length differ is its neighbour on the keyboard. */
bool link_neighbour_key(struct link_text a, struct link_text b);
/** How many words of the shorter text have a like one (one error at most) in the other, as a
 * share of the words of the longer. */
double link_words_shared(struct link_text a, struct link_text b);

/** How a name sounds: up to four classes of consonants, the first letter by its sound
 * (Knight and Night, Philip and Filip are alike), vowels left out. 0: no letter. */
uint32_t link_sound(struct link_text text);

#endif
