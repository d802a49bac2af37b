// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_number.h"

#include <errno.h>
#include <float.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

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

/* Only this grammar reaches strtod, which would also take "0x1p3", "nan" and leading
 * blanks. */
static bool is_decimal(const char *text)
{
    const char *whole = skip_sign(text);
    const char *end = skip_digits(whole);
    long digits = end - whole;

    if (*end == '.') {
        const char *fraction = end + 1;

        end = skip_digits(fraction);
        digits += end - fraction;
    }
    if (digits == 0) return false;
    if (*end == 'e' || *end == 'E') {
        const char *exponent = skip_sign(end + 1);

        end = skip_digits(exponent);
        if (end == exponent) return false;
    }
    return *end == '\0';
}

bool rk_text_number(const char *text, double *out)
{
    double value;

    if (!is_decimal(text)) return false;
    value = strtod(text, NULL); /* nobody calls setlocale: the point is a point */
    if (!isfinite(value)) return false;
    *out = value;
    return true;
}

bool rk_text_integer(const char *text, long *out)
{
    const char *digits = skip_sign(text);
    const char *end = skip_digits(digits);
    long value;

    if (end == digits || *end) return false;
    errno = 0;
    value = strtol(text, NULL, 10);
    if (errno == ERANGE || value == LONG_MIN) return false;
    *out = value;
    return true;
}

char *rk_text_double(char out[32], double value)
{
    /* 15 digits always come back unless they are subnormal, which have fewer
     * of their own. */
    int digits = fabs(value) < DBL_MIN && value != 0 ? 1 : 15;

    out[0] = '\0';
    if (isnan(value)) return out;
    if (fabs(value) < 1e15 && value == trunc(value)) {
        snprintf(out, 32, "%.0f", value);
        return out;
    }
    for (; digits <= 17; digits++) {
        snprintf(out, 32, "%.*g", digits, value);
        if (isinf(value) || strtod(out, NULL) == value) break;
    }
    return out;
}
