// SPDX-License-Identifier: MIT
#ifndef RK_NUMBER_H
#define RK_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

/** The value of a date, whole number or code that is not there. */
#define RK_NO_VALUE INT64_MIN

/** Strict decimal number without regard to locale: "12", "-3.50", ".5", "1e3"; the whole
 * text, without blanks. No hexadecimal, infinity or "nan"; false, too, beyond the largest
 * double. */
bool rk_text_number(const char *text, double *out);
/** Digits with an optional sign; false when it does not fit (or is RK_NO_VALUE). */
bool rk_text_integer(const char *text, long *out);
/** "-12"; `out` holds 32 bytes. */
char *rk_text_long(char out[32], long value);
/** Shortest text that reads back as the same double; "" for NAN, "inf" and "-inf" (which
 *  rk_text_number refuses). Whole numbers below 10^15 have no exponent. `out` holds 32
 * bytes. */
char *rk_text_double(char out[32], double value);

#endif
