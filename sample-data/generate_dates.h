// SPDX-License-Identifier: MIT
/* Dates as day numbers (1 January 1970 is 0) and the ways in which people type them. */
#ifndef GENERATE_DATES_H
#define GENERATE_DATES_H

enum date_style {
    DATE_SLASHED,     /* 05/06/2014 */
    DATE_ISO,         /* 2014-06-05 */
    DATE_SHORT_MONTH, /* 05-Jun-14 */
    DATE_LONG_MONTH,  /* 5 June 2014 */
    DATE_EXCEL,       /* 41795 */
    DATE_SHORT_YEAR,  /* 05/06/14 */
    DATE_STAMP        /* 05/06/2014 00:00 */
};

enum { DATE_TEXT = 48 }; /* room for any style */

int date_of(int year, int month, int day);

void date_parts(int date, int *year, int *month, int *day);

/** Writes the date in the style into `text`, which has room for DATE_TEXT bytes. */
void date_text(int date, enum date_style style, char *text);

/** The date itself, or the Monday after it when it falls on a weekend. */
int date_weekday(int date);

/** The latest weekday that is not after the date. */
int date_weekday_before(int date);

/** Whole years from born to date. */
int date_age(int born, int date);

/** The same day of the month some years earlier; 29 February becomes 28. */
int date_years_before(int date, int years);

#endif
