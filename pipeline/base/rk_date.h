// SPDX-License-Identifier: MIT
#ifndef RK_DATE_H
#define RK_DATE_H

#include <stdbool.h>

/** Days since 1970-01-01 of a Gregorian date, years 1 to 9999; false if there is no such
 * day. */
bool rk_date_days(long year, int month, int day, long *out);
void rk_date_civil(long days, long *year, int *month, int *day);
/** ISO 8601 calendar date, "2015-03-13", both ways; exactly ten characters. `out` holds 16
 *  bytes and is "" for a day outside the years 1 to 9999, such as RK_NO_VALUE. */
bool rk_date_parse(const char *text, long *out);
char *rk_date_text(char out[16], long days);

#endif
