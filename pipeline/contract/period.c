// SPDX-License-Identifier: MIT
#include "pipeline/contract/period.h"

#include "pipeline/base/rk_text.h"

#include <ctype.h>
#include <string.h>

static const char *const units[] = {"month", "quarter", "year"};
static const long per_year[] = {12, 4, 1};
static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

bool period_unit_parse(const char *word, enum period_unit *out)
{
    for (int i = 0; i < 3; i++) {
        if (strcmp(word, units[i]) == 0) {
            *out = (enum period_unit)i;
            return true;
        }
    }
    return false;
}

long period_of_day(enum period_unit unit, long day)
{
    long year;
    int month, of_month;

    rk_date_civil(day, &year, &month, &of_month);
    return year * per_year[unit] + (month - 1) * per_year[unit] / 12;
}

long period_first_day(enum period_unit unit, long period)
{
    long day = 0;
    int month = (int)(period % per_year[unit] * (12 / per_year[unit])) + 1;
    bool there = rk_date_days(period / per_year[unit], month, 1, &day);

    (void)there;
    return day;
}

char *period_code(struct rk_arena *arena, enum period_unit unit, long period)
{
    long year = period / per_year[unit];
    long part = period % per_year[unit] + 1;

    switch (unit) {
    case PERIOD_MONTH:
        return rk_arena_printf(arena, "%04ld_%02ld", year, part);
    case PERIOD_QUARTER:
        return rk_arena_printf(arena, "%04ldq%ld", year, part);
    default:
        return rk_arena_printf(arena, "%04ld", year);
    }
}

char *period_label(struct rk_arena *arena, enum period_unit unit, long period)
{
    long year = period / per_year[unit];
    long part = period % per_year[unit];

    switch (unit) {
    case PERIOD_MONTH:
        return rk_arena_printf(arena, "%s %ld", months[part], year);
    case PERIOD_QUARTER:
        return rk_arena_printf(arena, "%s-%s %ld", months[part * 3], months[part * 3 + 2],
                               year);
    default:
        return rk_arena_printf(arena, "%ld", year);
    }
}

/* The decimal number of `digits` digits at `text`, or -1. */
static long digits_at(const char *text, int digits)
{
    long number = 0;

    for (int i = 0; i < digits; i++) {
        if (!isdigit((unsigned char)text[i])) return -1;
        number = number * 10 + (text[i] - '0');
    }
    return number;
}

bool period_parse(const char *code, enum period_unit unit, long *out)
{
    static const char *const separators[] = {"_-", "q", ""};
    static const int part_digits[] = {2, 1, 0};
    long year = digits_at(code, 4);
    long part = 1;

    if (year < 1) return false;
    code += 4;
    if (unit != PERIOD_YEAR) {
        if (!*code || !strchr(separators[unit], *code++)) return false;
        part = digits_at(code, part_digits[unit]);
        code += part < 0 ? 0 : part_digits[unit];
    }
    if (*code || part < 1 || part > per_year[unit]) return false;
    *out = year * per_year[unit] + part - 1;
    return true;
}
