// SPDX-License-Identifier: MIT
#ifndef RK_TEXT_H
#define RK_TEXT_H

#include "pipeline/base/rk_arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** True for well-formed UTF-8 (no overlong forms, surrogates or bytes beyond U+10FFFF). */
bool rk_text_is_utf8(const char *text, size_t bytes);
/** Decodes one character, moves *text past it; U+FFFD for a bad byte; 0 at the end. */
uint32_t rk_text_next(const char **text);
/** Writes one character, returns its bytes (1 to 4). */
size_t rk_text_put(char *out, uint32_t character);

/** In place: white space (Unicode's too) off both ends. Returns the first kept byte. */
char *rk_text_trim(char *text);
/** NFKC, case folded, trimmed, inner white space to one blank: what code matching compares. */
char *rk_text_fold(struct rk_arena *arena, const char *text);
/** NFC and nothing else. */
char *rk_text_nfc(struct rk_arena *arena, const char *text);
/** A label as a code: "White and Asian" to "white_and_asian"; only a-z, 0-9 and _. */
char *rk_text_code(struct rk_arena *arena, const char *label);

/** The candidate with the fewest typing errors (Damerau-Levenshtein, at most a third of the
 *  length), or NULL: for "did you mean". */
const char *rk_text_nearest(const char *word, const char *const *candidates, size_t count);

/** Strict decimal number without regard to locale: "12", "-3.50", "1e3"; the whole text. */
bool rk_text_number(const char *text, double *out);
bool rk_text_integer(const char *text, long *out);
/** Shortest text that reads back as the same double; "" for NAN. `out` holds 32 bytes. */
char *rk_text_double(char out[32], double value);

/** Days since 1970-01-01 of a Gregorian date; false if there is no such day. */
bool rk_date_days(long year, int month, int day, long *out);
void rk_date_civil(long days, long *year, int *month, int *day);
/** ISO 8601 calendar date, "2015-03-13", both ways; `out` holds 16 bytes. */
bool rk_date_parse(const char *text, long *out);
char *rk_date_text(char out[16], long days);

/** The value of a date, whole number or code that is not there. */
#define RK_NO_VALUE INT64_MIN

/** Whole file into the arena (plus a NUL that is not counted); RK_WORLD with a message. */
struct rk_diag;
rk_status rk_file_read(struct rk_arena *arena, struct rk_diag *diag, const char *path,
                       char **out, size_t *bytes) RK_MUST_CHECK;
/** Hex of a 256-bit BLAKE2b hash; `out` holds 65 bytes. */
void rk_hash_bytes(const void *data, size_t bytes, char out[65]);
rk_status rk_hash_file(struct rk_diag *diag, const char *path, char out[65]) RK_MUST_CHECK;

#endif
