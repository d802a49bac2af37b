// SPDX-License-Identifier: MIT
#include "render/number.h"

#include "pipeline/base/rk_text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** The shortest decimal of |value| as digits and the position of the point, "0.05" as "5", -1. */
struct decimal {
    char digits[32];
    int count, point;
};

static struct decimal decimal_of(double value)
{
    char text[40];
    struct decimal d = {.count = 0};
    int precision = 1;
    const char *e;

    do
        snprintf(text, sizeof text, "%.*e", precision - 1, fabs(value));
    while (strtod(text, NULL) != fabs(value) && precision++ < 17);
    e = strchr(text, 'e');
    for (const char *p = text; p < e; p++)
        if (*p >= '0' && *p <= '9')
            d.digits[d.count++] = *p;
    d.point = atoi(e + 1) + 1;
    return d;
}

/** One more in the last of the first `keep` (> 0) digits; true when the number grew a digit. */
static bool decimal_up(char *digits, int keep)
{
    int i = keep - 1;

    while (i >= 0 && digits[i] == '9')
        digits[i--] = '0';
    if (i >= 0) {
        digits[i]++;
        return false;
    }
    memmove(digits + 1, digits, (size_t)keep);
    digits[0] = '1';
    return true;
}

double render_round(double value, int decimals)
{
    char text[64];
    struct decimal d;
    int keep;

    if (!isfinite(value) || value == 0)
        return value == 0 ? 0 : value;
    d = decimal_of(value);
    keep = d.point + decimals;
    if (keep >= d.count)
        return value;
    if (keep < 0 || (keep == 0 && d.digits[0] < '5'))
        return 0;
    if (keep == 0) {
        strcpy(d.digits, "1");
        keep = 1;
        d.point++;
    } else if (d.digits[keep] >= '5' && decimal_up(d.digits, keep)) {
        keep++;
        d.point++;
    }
    d.digits[keep] = '\0';
    snprintf(text, sizeof text, "0.%se%d", d.digits, d.point);
    value = copysign(strtod(text, NULL), value);
    return value == 0 ? 0 : value;
}

const char *render_number(struct rk_arena *arena, double value, int decimals,
                          enum number_style style)
{
    double rounded = render_round(value, decimals);
    const char *sign = style == NUMBER_SIZE ? ""
                       : rounded < 0        ? "\u2212"
                       : style == NUMBER_SIGNED && rounded > 0 ? "+"
                                                               : "";
    char digits[64];
    char *out, *o;
    size_t whole;

    if (!isfinite(value))
        return "";
    snprintf(digits, sizeof digits, "%.*f", decimals, fabs(rounded));
    whole = strcspn(digits, ".");
    o = out = rk_arena_alloc(arena, strlen(sign) + 2 * strlen(digits) + 1, 1);
    o += sprintf(o, "%s", sign);
    for (size_t i = 0; digits[i]; i++) {
        if (i && i < whole && (whole - i) % 3 == 0)
            *o++ = ',';
        *o++ = digits[i];
    }
    return out;
}

const char *render_number_word(struct rk_arena *arena, double value)
{
    static const char *const words[] = {"none", "one", "two",   "three", "four", "five",
                                        "six",  "seven", "eight", "nine",  "ten"};

    if (value >= 0 && value <= 10 && value == floor(value))
        return words[(int)value];
    return render_number(arena, value, 0, NUMBER_PLAIN);
}

const char *render_p(struct rk_arena *arena, double p)
{
    if (!isfinite(p))
        return "";
    if (p < 0.001)
        return "p < 0.001";
    return rk_arena_printf(arena, "p = %s",
                           render_number(arena, p, p < 0.1 ? 3 : 2, NUMBER_PLAIN));
}

const char *render_date(struct rk_arena *arena, long days)
{
    static const char *const months[] = {"January", "February", "March",     "April",
                                         "May",     "June",     "July",      "August",
                                         "September", "October", "November", "December"};
    long year;
    int month, day;

    rk_date_civil(days, &year, &month, &day);
    return rk_arena_printf(arena, "%d %s %ld", day, months[month - 1], year);
}
