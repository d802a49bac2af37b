// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_number.h"

#include <float.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *skip_digits(const char *text)
{
    while (*text >= '0' && *text <= '9')
        text++;
    return text;
}

static const char *skip_sign(const char *text)
{
    return *text == '-' || *text == '+' ? text + 1 : text;
}

/* A decimal number in the making: its digits as one whole number while they fit. */
struct decimal {
    uint64_t whole;
    int digits;   /**< without leading zeros; more than 19 do not fit */
    int fraction; /**< of them behind the point */
};

static const char *take_digits(const char *text, struct decimal *decimal)
{
    for (; *text >= '0' && *text <= '9'; text++) {
        decimal->whole = 10 * decimal->whole + (uint64_t)(*text - '0');
        decimal->digits += decimal->digits > 0 || *text != '0';
    }
    return text;
}

/* Digits with at most one point; the first character after them, or NULL without a digit.
 */
static const char *take_decimal(const char *text, struct decimal *decimal)
{
    const char *end = take_digits(text, decimal);
    long digits = end - text;

    if (*end == '.') {
        const char *fraction = end + 1;

        end = take_digits(fraction, decimal);
        decimal->fraction = (int)(end - fraction);
        digits += end - fraction;
    }
    return digits ? end : NULL;
}

/* Powers of ten that a double holds exactly. */
static const double powers[] = {
    1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
};

/*
 * Up to fifteen digits over an exact power of ten: one division of two exact numbers,
 * rounded once, is the nearest double (Clinger 1990, How to read floating point numbers
 * accurately).
 */
static bool is_short(const struct decimal *decimal)
{
    return decimal->digits <= 15 && decimal->fraction <= 22;
}

/* Only this grammar reaches strtod, which would also take "0x1p3", "nan" and leading
 * blanks. */
bool rk_text_number(const char *text, double *out)
{
    struct decimal decimal = {0};
    const char *start = skip_sign(text), *end = take_decimal(start, &decimal);
    double value;

    if (!end) return false;
    if (*end == '\0' && is_short(&decimal)) {
        value = (double)decimal.whole / powers[decimal.fraction];
        *out = *text == '-' ? -value : value;
        return true;
    }
    if (*end == 'e' || *end == 'E') {
        const char *exponent = skip_sign(end + 1);

        end = skip_digits(exponent);
        if (end == exponent) return false;
    }
    if (*end) return false;
    value = strtod(text, NULL); /* nobody calls setlocale: the point is a point */
    if (!isfinite(value)) return false;
    *out = value;
    return true;
}

bool rk_text_integer(const char *text, long *out)
{
    const char *start = skip_sign(text), *end = start;
    bool fits = true;
    long value = 0;

    for (; *end >= '0' && *end <= '9'; end++) /* below zero, where there is more room */
        fits = fits && !__builtin_mul_overflow(value, 10L, &value) &&
               !__builtin_sub_overflow(value, (long)(*end - '0'), &value);
    if (end == start || *end || !fits || value == LONG_MIN) return false;
    *out = *text == '-' ? value : -value;
    return true;
}

char *rk_text_long(char out[32], long value)
{
    unsigned long left = value < 0 ? 0UL - (unsigned long)value : (unsigned long)value;
    char digits[24];
    size_t count = 0, at = 0;

    do
        digits[count++] = (char)('0' + left % 10);
    while (left /= 10);
    if (value < 0) out[at++] = '-';
    while (count)
        out[at++] = digits[--count];
    out[at] = '\0';
    return out;
}

/* Few decimals, as most numbers that people type: "36.5". The number read back decides. */
static bool short_text(char out[32], double value)
{
    double size = fabs(value);
    char *at = out;

    if (!(size >= 1e-3 && size < 1e9)) return false;
    for (int decimals = 1; decimals <= 6; decimals++) {
        double scaled = size * powers[decimals];
        long whole = (long)(scaled + 0.5);

        if ((double)whole / powers[decimals] != size) continue;
        if (value < 0) *at++ = '-';
        rk_text_long(at, whole / (long)powers[decimals]);
        at += strlen(at);
        *at++ = '.';
        for (int k = decimals; k-- > 0;)
            *at++ = (char)('0' + whole / (long)powers[k] % 10);
        *at = '\0';
        return true;
    }
    return false;
}

char *rk_text_double(char out[32], double value)
{
    /* 15 digits always come back unless they are subnormal, which have fewer
     * of their own. */
    int digits = fabs(value) < DBL_MIN && value != 0 ? 1 : 15;

    out[0] = '\0';
    if (isnan(value)) return out;
    if (fabs(value) < 1e15 && value == trunc(value)) {
        if (value != 0 || !signbit(value)) return rk_text_long(out, (long)value);
        snprintf(out, 32, "%.0f", value);
        return out;
    }
    if (short_text(out, value)) return out;
    for (; digits <= 17; digits++) {
        snprintf(out, 32, "%.*g", digits, value);
        if (isinf(value) || digits == 17 || strtod(out, NULL) == value) break;
    }
    return out;
}
