// SPDX-License-Identifier: MIT
#include "pipeline/clean/clean_date.h"

#include "pipeline/base/rk_text.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *const month_names[] = {
    "january", "february", "march",     "april",   "may",      "june",
    "july",    "august",   "september", "october", "november", "december",
};

static bool take_digits(const char **text, size_t least, size_t most, long *out)
{
    size_t count = 0;

    *out = 0;
    while (count < most && isdigit((unsigned char)(*text)[count]))
        *out = *out * 10 + ((*text)[count++] - '0');
    *text += count;
    return count >= least;
}

/* A month by its name or the first letters of it; "Sept" is customary. */
static bool take_month(const char **text, int *month)
{
    size_t letters = 0;

    while (isalpha((unsigned char)(*text)[letters]))
        letters++;
    for (int i = 0; letters >= 3 && i < 12; i++) {
        bool whole = strlen(month_names[i]) == letters;
        bool brief = letters == 3 || (i == 8 && letters == 4);

        if ((whole || brief) && strncasecmp(*text, month_names[i], letters) == 0) {
            *month = i + 1;
            *text += letters;
            return true;
        }
    }
    return false;
}

/* One part of a format: a run of one letter, read as such. */
static bool take_part(const char **text, char letter, size_t length, struct clean_date *out)
{
    long number = 0;
    bool fine;

    if (letter == 'm' && length >= 3) return take_month(text, &out->month);
    fine = take_digits(text, length, length == 1 ? 2 : length, &number);
    if (letter == 'd')
        out->day = (int)number;
    else if (letter == 'm')
        out->month = (int)number;
    else
        out->year = number;
    out->two_digit = out->two_digit || (letter == 'y' && length == 2);
    return fine;
}

/* 05-Mar-14 is also written 05 Mar 14 and 05/Mar/14, but figures alone keep their sign. */
static bool take_separator(const char **text, char separator, bool named_month)
{
    const char *start = *text;

    if (separator == ' ') {
        while (**text == ' ' || **text == ',')
            ++*text;
        return *text > start;
    }
    if (**text != separator && !(named_month && (**text == ' ' || **text == '/')))
        return false;
    ++*text;
    return true;
}

static bool take_zone(const char **text)
{
    long number;

    if (**text == 'Z') {
        ++*text;
        return true;
    }
    if (**text != '+' && **text != '-') return true;
    ++*text;
    if (!take_digits(text, 2, 2, &number)) return false;
    if (**text == ':') ++*text;
    return !**text || take_digits(text, 2, 2, &number);
}

static bool take_half_day(const char **text)
{
    const char *at = *text + (**text == ' ');

    if (!strchr("aApP", *at) || !*at || !strchr("mM", at[1]) || !at[1]) return true;
    *text = at + 2;
    return true;
}

/* Nothing, or a time of day: hh:mm, hh:mm:ss, hh:mm:ss.fff, with am or pm, with a zone. */
static bool take_time(const char **text)
{
    long hour, minute, second = 0, fraction;

    while (**text == ' ' || **text == 'T')
        ++*text;
    if (!**text) return true;
    if (!take_digits(text, 1, 2, &hour) || *(*text)++ != ':' ||
        !take_digits(text, 2, 2, &minute))
        return false;
    if (**text == ':') {
        ++*text;
        if (!take_digits(text, 2, 2, &second)) return false;
        if (**text == '.') {
            ++*text;
            take_digits(text, 1, 9, &fraction);
        }
    }
    return hour <= 24 && minute < 60 && second <= 60 && take_half_day(text) &&
           take_zone(text) && !**text;
}

/* Day 1 is 1900-01-01, and day 60 the 29th of February 1900 that never was. */
static bool read_serial(const char *text, bool since_1904, struct clean_date *out)
{
    double number;
    long days;

    if (!isdigit((unsigned char)*text) || !rk_text_number(text, &number) || number < 1 ||
        number >= 2958466)
        return false;
    days = (long)floor(number);
    if (days == 60 && !since_1904) return false;
    days += since_1904 ? -24107 : days > 60 ? -25569 : -25568;
    rk_date_civil(days, &out->year, &out->month, &out->day);
    out->serial = true;
    return true;
}

static bool is_day(const struct clean_date *date)
{
    long days;

    /* 29/02/00 is a day in one century and not in another: 2000 decides nothing yet. */
    return rk_date_days(date->two_digit ? 2000 + date->year : date->year, date->month,
                        date->day, &days);
}

/* "Wed 5 March 2014", "Wednesday, 5 March 2014": the day of the week says nothing new. */
static const char *behind_weekday(const char *text)
{
    static const char *const days[] = {"monday", "tuesday",  "wednesday", "thursday",
                                       "friday", "saturday", "sunday"};
    size_t letters = 0;

    while (isalpha((unsigned char)text[letters]))
        letters++;
    for (int i = 0; letters >= 3 && i < 7; i++)
        if (letters <= strlen(days[i]) && strncasecmp(text, days[i], letters) == 0)
            return text + letters + strspn(text + letters, "., ");
    return text;
}

bool clean_date_read(const char *text, const char *format, struct clean_date *out)
{
    bool named_month = strstr(format, "mmm") != NULL;

    *out = (struct clean_date){0, 0, 0, false, false};
    if (strncmp(format, "excel", 5) == 0) return read_serial(text, format[5] != '\0', out);
    text = behind_weekday(text);
    while (*format) {
        size_t length = 1;

        if (!strchr("dmy", *format)) {
            if (!take_separator(&text, *format++, named_month)) return false;
            continue;
        }
        while (format[length] == *format)
            length++;
        if (!take_part(&text, *format, length, out)) return false;
        format += length;
    }
    if (*text && *text != ' ' && *text != 'T') return false;
    return take_time(&text) && is_day(out);
}

int clean_date_order(const char *format)
{
    bool figures = strpbrk(format, "/-") && !strstr(format, "mmm");

    if (!figures || *format == 'y') return 0;
    return *format == 'd' ? 1 : -1;
}

static bool within(double day, double lowest, double highest)
{
    return !(day < lowest) && !(day > highest);
}

bool clean_date_days(const struct clean_date *date, double lowest, double highest,
                     long near, long *out)
{
    bool found = false, inside = false;

    if (!date->two_digit) return rk_date_days(date->year, date->month, date->day, out);
    for (long century = 1800; century <= 2100; century += 100) {
        long days;
        bool fits;

        if (!rk_date_days(century + date->year, date->month, date->day, &days)) continue;
        fits = within((double)days, lowest, highest);
        if (found &&
            (inside > fits || (inside == fits && labs(days - near) >= labs(*out - near))))
            continue;
        found = true;
        inside = fits;
        *out = days;
    }
    return found;
}
