// SPDX-License-Identifier: MIT
#include "pipeline/audit/audit_value.h"

#include "pipeline/base/rk_text.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static const double NEAR = 1e-9;

bool audit_meets(double low, double high, double other_low, double other_high)
{
    double room = NEAR * fmax(1, fmax(isfinite(high) ? fabs(high) : 0,
                                      isfinite(low) ? fabs(low) : 0));

    return low <= other_high + room && other_low <= high + room;
}

bool audit_has_whole(double low, double high)
{
    return ceil(low - NEAR * fmax(1, fabs(low))) <=
           floor(high + NEAR * fmax(1, fabs(high)));
}

struct audit_value audit_value_of(double value, int decimals)
{
    double half = 0.5 * pow(10, -decimals);

    return (struct audit_value){
        .value = value, .low = value - half, .high = value + half, .decimals = decimals};
}

static size_t starts(const char *text, const char *prefix)
{
    size_t bytes = strlen(prefix);

    return strncasecmp(text, prefix, bytes) == 0 ? bytes : 0;
}

/** First of `prefixes` that `text` starts with: its bytes and position. */
static size_t starts_any(const char *text, const char *const *prefixes, size_t *which)
{
    for (size_t i = 0; prefixes[i]; i++) {
        size_t bytes = starts(text, prefixes[i]);
        if (bytes) {
            *which = i;
            return bytes;
        }
    }
    return 0;
}

static size_t read_sign(const char *text, struct audit_value *out, double *sign)
{
    static const char *const signs[] = {"+", "-", "\xE2\x88\x92", "\xE2\x80\x93", NULL};
    size_t which = 0, bytes = starts_any(text, signs, &which);

    *sign = bytes && which > 0 ? -1 : 1;
    out->signed_ = bytes > 0;
    return bytes;
}

/** Digits with thousands commas in threes; *value in units. */
static size_t read_whole(const char *text, double *value)
{
    size_t n = 0;

    for (*value = 0; isdigit((unsigned char)text[n]); n++)
        *value = *value * 10 + (text[n] - '0');
    while (n && n <= 3 + 12 && text[n] == ',' && isdigit((unsigned char)text[n + 1]) &&
           isdigit((unsigned char)text[n + 2]) && isdigit((unsigned char)text[n + 3]) &&
           !isdigit((unsigned char)text[n + 4])) {
        for (size_t k = 1; k <= 3; k++)
            *value = *value * 10 + (text[n + k] - '0');
        n += 4;
    }
    return n;
}

static size_t read_decimals(const char *text, double *value, int *decimals)
{
    size_t n = 1;
    double digits = 0;

    *decimals = 0;
    if (text[0] != '.' || !isdigit((unsigned char)text[1])) return 0;
    for (; isdigit((unsigned char)text[n]) && n < 12; n++)
        digits = digits * 10 + (text[n] - '0');
    *decimals = (int)n - 1;
    *value += digits / pow(10, *decimals);
    return n;
}

static size_t read_unit(const char *text, enum audit_unit *unit)
{
    static const struct {
        const char *word;
        enum audit_unit unit;
    } words[] = {
        {"percentage points", AUDIT_POINTS },
        {"percentage point",  AUDIT_POINTS },
        {"percentage-point",  AUDIT_POINTS },
        {"% points",          AUDIT_POINTS },
        {"%-points",          AUDIT_POINTS },
        {"ppts",              AUDIT_POINTS },
        {"pp",                AUDIT_POINTS },
        {"per cent",          AUDIT_PERCENT},
        {"percent ",          AUDIT_PERCENT},
        {"%",                 AUDIT_PERCENT},
    };
    size_t blanks = strspn(text, " \n"), word = starts(text + blanks, "percentage");

    if (word) { /* "points" may stand on the next line */
        size_t gap = strspn(text + blanks + word, " \n");
        size_t points = gap ? starts(text + blanks + word + gap, "points") : 0;
        points = points ? points : gap ? starts(text + blanks + word + gap, "point") : 0;
        if (points) {
            *unit = AUDIT_POINTS;
            return blanks + word + gap + points;
        }
    }
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t bytes = starts(text + blanks, words[i].word);
        if (!bytes) continue;
        if (words[i].unit == AUDIT_POINTS && strlen(words[i].word) < 5 &&
            isalpha((unsigned char)text[blanks + bytes]))
            continue;
        *unit = words[i].unit;
        return blanks + bytes;
    }
    if (starts(text + blanks, "percent") && !isalpha((unsigned char)text[blanks + 7])) {
        *unit = AUDIT_PERCENT;
        return blanks + 7;
    }
    return 0;
}

/** "m", "k", "bn" after an amount of money: powers of ten, and the bytes taken. */
static size_t read_scale(const char *text, int *power)
{
    static const struct {
        const char *word;
        int power;
    } words[] = {
        {"million",  6},
        {" million", 6},
        {"billion",  9},
        {" billion", 9},
        {"bn",       9},
        {"m",        6},
        {"k",        3}
    };

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t bytes = starts(text, words[i].word);
        if (bytes && !isalnum((unsigned char)text[bytes])) {
            *power = words[i].power;
            return bytes;
        }
    }
    return 0;
}

size_t audit_value_read(const char *text, struct audit_value *out)
{
    static const char *const money[] = {"\xC2\xA3", "$", "\xE2\x82\xAC", NULL};
    double sign, value = 0;
    size_t which, bytes, digits, point;

    *out = (struct audit_value){0};
    bytes = read_sign(text, out, &sign);
    size_t coin = starts_any(text + bytes, money, &which);
    bytes += coin;
    digits = read_whole(text + bytes, &value);
    bytes += digits;
    point = read_decimals(text + bytes, &value, &out->decimals);
    if (!digits && !point) return 0;
    *out = (struct audit_value){.value = sign * value,
                                .decimals = out->decimals,
                                .signed_ = out->signed_,
                                .unit = coin ? AUDIT_MONEY : AUDIT_PLAIN};
    bytes += point;
    if (coin) {
        int power = 0;
        bytes += read_scale(text + bytes, &power);
        out->value *= pow(10, power);
        out->decimals -= power;
    }
    out->low = out->value - 0.5 * pow(10, -out->decimals);
    out->high = out->value + 0.5 * pow(10, -out->decimals);
    return bytes + read_unit(text + bytes, &out->unit);
}

static const struct bend {
    const char *words;
    enum audit_sense sense;
} bends[] = {
    {"just over",     AUDIT_OVER },
    {"slightly over", AUDIT_OVER },
    {"more than",     AUDIT_OVER },
    {"over",          AUDIT_OVER },
    {"at least",      AUDIT_OVER },
    {"above",         AUDIT_OVER },
    {"greater than",  AUDIT_OVER },
    {">",             AUDIT_OVER },
    {"exceeding",     AUDIT_OVER },
    {"just under",    AUDIT_UNDER},
    {"fewer than",    AUDIT_UNDER},
    {"less than",     AUDIT_UNDER},
    {"under",         AUDIT_UNDER},
    {"below",         AUDIT_UNDER},
    {"up to",         AUDIT_UNDER},
    {"at most",       AUDIT_UNDER},
    {"<",             AUDIT_UNDER},
    {"almost",        AUDIT_ABOUT},
    {"nearly",        AUDIT_ABOUT},
    {"around",        AUDIT_ABOUT},
    {"about",         AUDIT_ABOUT},
    {"approximately", AUDIT_ABOUT},
    {"circa",         AUDIT_ABOUT},
    {"c.",            AUDIT_ABOUT},
    {"roughly",       AUDIT_ABOUT},
    {"some",          AUDIT_ABOUT},
    {"~",             AUDIT_ABOUT},
    {"approx.",       AUDIT_ABOUT},
    {"well over",     AUDIT_OVER },
    {"\xE2\x89\xA4",  AUDIT_UNDER},
    {"\xE2\x89\xA5",  AUDIT_OVER },
};

static void bend_to(struct audit_value *value, const struct bend *bend)
{
    double step = pow(10, -value->decimals);
    bool just = starts(bend->words, "just") || starts(bend->words, "slightly");

    value->sense = bend->sense;
    if (bend->sense == AUDIT_OVER) {
        value->low = value->value;
        value->high = just ? value->value + step : HUGE_VAL;
    } else if (bend->sense == AUDIT_UNDER) {
        value->low = just ? value->value - step : -HUGE_VAL;
        value->high = value->value;
    } else {
        double room = fmax(2.5 * step, fabs(value->value) * 0.05);
        value->low = value->value - room;
        value->high = value->value + room;
    }
}

void audit_value_bend(const char *text, size_t at, struct audit_value *value)
{
    size_t best = 0;

    while (at && isspace((unsigned char)text[at - 1]))
        at--;
    for (size_t i = 0; i < sizeof bends / sizeof bends[0]; i++) {
        size_t bytes = strlen(bends[i].words);
        bool word = isalpha((unsigned char)bends[i].words[0]);
        if (bytes <= best || bytes > at ||
            strncasecmp(text + at - bytes, bends[i].words, bytes))
            continue;
        if (word && at > bytes && isalnum((unsigned char)text[at - bytes - 1])) continue;
        best = bytes;
        bend_to(value, &bends[i]);
    }
}

int audit_value_word(const char *word, size_t bytes)
{
    static const char *const words[] = {"one",  "two", "three",  "four",
                                        "five", "six", "seven",  "eight",
                                        "nine", "ten", "eleven", "twelve"};

    for (int i = 0; i < 12; i++)
        if (strlen(words[i]) == bytes && strncasecmp(word, words[i], bytes) == 0)
            return i + 1;
    return 0;
}

char *audit_value_text(char out[32], double value, int decimals)
{
    double scale = pow(10, decimals > 0 ? decimals : 0);

    if (!isfinite(value) || fabs(value) > 1e12)
        return strcpy(out, value > 0 ? "any more" : "any less");
    return rk_text_double(out, round(value * scale) / scale);
}
