// SPDX-License-Identifier: MIT
#ifndef CLEAN_DATE_H
#define CLEAN_DATE_H

#include <stdbool.h>
#include <stddef.h>

/** A date as a cell writes it. */
struct clean_date {
    long year; /**< 0 to 99 when two_digit */
    int month, day;
    bool two_digit;
    bool serial; /**< came as a spreadsheet's number of a day */
};

/** Reads the whole of `text` as `format` ("dd/mm/yyyy", "d mmmm yyyy", "excel", ...); a
 * time behind it is allowed and dropped. False when it is not of the format or there is no
 * such day. */
bool clean_date_read(const char *text, const char *format, struct clean_date *out);

/** Does the format put the day before the month, in figures, so that another could read it
 * the other way round? 1 day first, -1 month first, 0 no. */
int clean_date_order(const char *format);

/** Days since 1970-01-01. For two digits: the century in which the date lies within the
 * limits and nearest to `near`; without any within them, the nearest. Limits are days, or
 * NAN. */
bool clean_date_days(const struct clean_date *date, double lowest, double highest,
                     long near, long *out);

#endif
