// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_date.h"

enum { YEAR_MIN = 1, YEAR_MAX = 9999, DAYS_IN_400_YEARS = 146097, DAYS_TO_1970 = 719468 };

static bool is_leap(long year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in(long year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return days[month - 1] + (month == 2 && is_leap(year));
}

/* Days before the first of a month in a year that starts in March, where the leap day is
 * last: 0, 31, 61, 92, ... */
static long days_before(long march_month)
{
    return (153 * march_month + 2) / 5;
}

bool rk_date_days(long year, int month, int day, long *out)
{
    long march_year, march_month;

    if (year < YEAR_MIN || year > YEAR_MAX || month < 1 || month > 12 || day < 1 ||
        day > days_in(year, month))
        return false;
    march_year = month > 2 ? year : year - 1;
    march_month = (month + 9) % 12;
    *out = 365 * march_year + march_year / 4 - march_year / 100 + march_year / 400 +
           days_before(march_month) + day - 1 - DAYS_TO_1970;
    return true;
}

void rk_date_civil(long days, long *year, int *month, int *day)
{
    long since = days + DAYS_TO_1970; /* since 1 March of the year 0 */
    long era = (since >= 0 ? since : since - DAYS_IN_400_YEARS + 1) / DAYS_IN_400_YEARS;
    long of_era = since - era * DAYS_IN_400_YEARS;
    long year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    long of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    long march_month = (5 * of_year + 2) / 153;

    *day = (int)(of_year - days_before(march_month) + 1);
    *month = (int)(march_month < 10 ? march_month + 3 : march_month - 9);
    *year = era * 400 + year_of_era + (*month <= 2);
}

static bool read_digits(const char *text, int count, int *out)
{
    *out = 0;
    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9') return false;
        *out = 10 * *out + (text[i] - '0');
    }
    return true;
}

bool rk_date_parse(const char *text, long *out)
{
    int year, month, day;

    return read_digits(text, 4, &year) && text[4] == '-' &&
           read_digits(text + 5, 2, &month) && text[7] == '-' &&
           read_digits(text + 8, 2, &day) && text[10] == '\0' &&
           rk_date_days(year, month, day, out);
}

static void put_digits(char *out, int count, int value)
{
    for (; count-- > 0; value /= 10)
        out[count] = (char)('0' + value % 10);
}

char *rk_date_text(char out[16], long days)
{
    static const long first = -719162, last = 2932896; /* 0001-01-01, 9999-12-31 */
    long year;
    int month, day;

    out[0] = '\0';
    if (days < first || days > last) return out;
    rk_date_civil(days, &year, &month, &day);
    put_digits(out, 4, (int)year);
    out[4] = out[7] = '-';
    put_digits(out + 5, 2, month);
    put_digits(out + 8, 2, day);
    out[10] = '\0';
    return out;
}
