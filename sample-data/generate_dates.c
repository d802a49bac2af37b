// SPDX-License-Identifier: MIT
#include "sample-data/generate_dates.h"

#include <stdio.h>

static const char *const month_names[12] = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

/* Days before 1 March of `year`, counted in a calendar that starts on 1 March 0000. */
static int days_before_march(int year)
{
    return 365 * year + year / 4 - year / 100 + year / 400;
}

int date_of(int year, int month, int day)
{
    int march_year = month > 2 ? year : year - 1;
    int march_month = month > 2 ? month - 3 : month + 9;
    int day_of_year = (153 * march_month + 2) / 5 + day - 1;

    return days_before_march(march_year) + day_of_year - 719468;
}

void date_parts(int date, int *year, int *month, int *day)
{
    int days = date + 719468;
    int guess = days * 400LL / 146097;

    while (days_before_march(guess + 1) <= days)
        guess++;
    while (days_before_march(guess) > days)
        guess--;
    int day_of_year = days - days_before_march(guess);
    int march_month = (5 * day_of_year + 2) / 153;

    *day = day_of_year - (153 * march_month + 2) / 5 + 1;
    *month = march_month < 10 ? march_month + 3 : march_month - 9;
    *year = *month > 2 ? guess : guess + 1;
}

void date_text(int date, enum date_style style, char *text)
{
    int year;
    int month;
    int day;

    date_parts(date, &year, &month, &day);
    const char *name = month_names[month - 1];
    switch (style) {
    case DATE_SLASHED:
        snprintf(text, DATE_TEXT, "%02d/%02d/%04d", day, month, year);
        return;
    case DATE_ISO:
        snprintf(text, DATE_TEXT, "%04d-%02d-%02d", year, month, day);
        return;
    case DATE_SHORT_MONTH:
        snprintf(text, DATE_TEXT, "%02d-%.3s-%02d", day, name, year % 100);
        return;
    case DATE_LONG_MONTH:
        snprintf(text, DATE_TEXT, "%d %s %d", day, name, year);
        return;
    case DATE_EXCEL:
        snprintf(text, DATE_TEXT, "%d", date + 25569);
        return;
    case DATE_SHORT_YEAR:
        snprintf(text, DATE_TEXT, "%02d/%02d/%02d", day, month, year % 100);
        return;
    case DATE_STAMP:
        snprintf(text, DATE_TEXT, "%02d/%02d/%04d 00:00", day, month, year);
        return;
    }
}

/* 0 is Monday: 1 January 1970 was a Thursday. */
static int weekday(int date)
{
    return ((date + 3) % 7 + 7) % 7;
}

int date_weekday(int date)
{
    int day = weekday(date);

    return day > 4 ? date + 7 - day : date;
}

int date_weekday_before(int date)
{
    int day = weekday(date);

    return day > 4 ? date - (day - 4) : date;
}

int date_age(int born, int date)
{
    int year[2];
    int month[2];
    int day[2];

    date_parts(born, &year[0], &month[0], &day[0]);
    date_parts(date, &year[1], &month[1], &day[1]);
    int had_birthday = month[1] > month[0] || (month[1] == month[0] && day[1] >= day[0]);
    return year[1] - year[0] - (had_birthday ? 0 : 1);
}

int date_years_before(int date, int years)
{
    int year;
    int month;
    int day;

    date_parts(date, &year, &month, &day);
    if (month == 2 && day == 29) day = 28;
    return date_of(year - years, month, day);
}
