// SPDX-License-Identifier: MIT
#ifndef RK_TEXT_H
#define RK_TEXT_H

#include "pipeline/base/rk_arena.h"
#include "pipeline/base/rk_date.h"
#include "pipeline/base/rk_file.h"
#include "pipeline/base/rk_number.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** True for well-formed UTF-8 (no overlong forms, surrogates or bytes beyond U+10FFFF). */
bool rk_text_is_utf8(const char *text, size_t bytes);
/** Decodes the character at the start of `bytes` (at least 1) bytes; its length, 0 for a
 * bad one. */
size_t rk_text_decode(const char *text, size_t bytes, uint32_t *out);
/** Decodes one character, moves *text past it; U+FFFD for a bad byte; 0 (not moved) at the
 * end. */
uint32_t rk_text_next(const char **text);
/** Writes one character, returns its bytes (1 to 4). */
size_t rk_text_put(char *out, uint32_t character);
/** A copy in which every bad byte is U+FFFD. */
char *rk_text_repair(struct rk_arena *arena, const char *text);

/** True for white space, Unicode's too, and for characters of no width such as U+200B. */
bool rk_text_is_blank(uint32_t character);
/** True for an accent or another mark that belongs to the character before it. */
bool rk_text_is_mark(uint32_t character);
/** Letters of any script; of those with two cases, which it is, and the lower of the two.
 */
bool rk_text_is_letter(uint32_t character);
bool rk_text_is_upper(uint32_t character);
bool rk_text_is_lower(uint32_t character);
uint32_t rk_text_lower(uint32_t character);
/** In place: what rk_text_is_blank off both ends. Returns the first kept byte. */
char *rk_text_trim(char *text);
/** NFKC, case folded, trimmed, inner white space to one blank, typographic quotes and
 * dashes to ' " and -, invisible characters gone: what code matching compares. */
char *rk_text_fold(struct rk_arena *arena, const char *text);
/** NFC and nothing else. */
char *rk_text_nfc(struct rk_arena *arena, const char *text);
/** A label as a code: "White and Asian" to "white_and_asian"; only a-z, 0-9 and _. Accents
 * go; a letter of another script becomes "u4e2d", so that no label is lost; never empty. */
char *rk_text_code(struct rk_arena *arena, const char *label);

/** The candidate with the fewest typing errors (Damerau-Levenshtein, at most a third of the
 *  length; letter case is no error), or NULL: for "did you mean". */
const char *rk_text_nearest(const char *word, const char *const *candidates, size_t count);

#endif
