// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_text.h"
#include "pipeline/extract/xlsx_priv.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { DAY = 86400 };

/* ---- number formats (ECMA-376, part 1, 18.8.30 and 18.8.31) ---- */

static const struct {
    long from, to;
    enum xlsx_meaning meaning;
} built_in[] = {
    {14, 17, XLSX_DATE},    {18, 21, XLSX_TIME}, {22, 22, XLSX_DATE}, {27, 31, XLSX_DATE},
    {32, 35, XLSX_TIME},    {36, 36, XLSX_DATE}, {45, 45, XLSX_TIME}, {46, 46, XLSX_ELAPSED},
    {47, 47, XLSX_TIME},    {50, 54, XLSX_DATE}, {55, 56, XLSX_TIME}, {57, 58, XLSX_DATE},
};

struct xlsx_format xlsx_format_built_in(long id)
{
    for (size_t i = 0; i < sizeof built_in / sizeof *built_in; i++)
        if (id >= built_in[i].from && id <= built_in[i].to)
            return (struct xlsx_format){built_in[i].meaning, 0};
    return (struct xlsx_format){XLSX_NUMBER, 0};
}

/* Past what is printed as it stands: "days", \d, _), *-, [Red]. [h] counts hours: elapsed. */
static const char *skip_literal(const char *at, bool *elapsed)
{
    const char *end;

    switch (*at) {
    case '"':
        end = strchr(at + 1, '"');
        return end ? end + 1 : at + strlen(at);
    case '\\':
    case '_':
    case '*':
        return at[1] ? at + 2 : at + 1;
    case '[':
        end = strchr(at, ']');
        if (!end) return at + strlen(at);
        if (strspn(at + 1, "hmsHMS") == (size_t)(end - at - 1) && end > at + 1) *elapsed = true;
        return end + 1;
    default:
        return at;
    }
}

/* Which letters of dates and times its first section has. */
struct letters {
    bool day_or_year, month, time, elapsed, figures;
};

static struct letters letters_of(const char *code)
{
    struct letters found = {false, false, false, false, false};

    while (*code && *code != ';') {
        const char *next = skip_literal(code, &found.elapsed);
        int letter = tolower((unsigned char)*code);

        if (next > code) {
            code = next;
            continue;
        }
        found.day_or_year = found.day_or_year || letter == 'd' || letter == 'y';
        found.month = found.month || letter == 'm';
        found.time = found.time || letter == 'h' || letter == 's';
        found.figures = found.figures || letter == '#' || letter == '?';
        code++;
    }
    return found;
}

struct xlsx_format xlsx_format_of(const char *code)
{
    struct xlsx_format format = {XLSX_NUMBER, 0};
    size_t zeros = strspn(code, "0");
    struct letters found;

    if (strcasecmp(code, "general") == 0 || strcasecmp(code, "standard") == 0) return format;
    if (zeros > 1 && !code[zeros] && zeros < 20) {
        format.zeros = (int)zeros;
        return format;
    }
    found = letters_of(code);
    if (found.elapsed)
        format.meaning = XLSX_ELAPSED;
    else if (found.day_or_year || (found.month && !found.time && !found.figures))
        format.meaning = XLSX_DATE;
    else if (found.time)
        format.meaning = XLSX_TIME;
    return format;
}

/* ---- numbers as text ---- */

/* As many figures as a spreadsheet shows: 0.1 + 0.2 is 0.3. Long references keep all theirs. */
static const char *plain(char out[64], double number, int zeros)
{
    if (number == floor(number) && fabs(number) < 1e17)
        snprintf(out, 64, "%0*.0f", zeros, number == 0 ? 0.0 : number);
    else
        snprintf(out, 64, "%.15g", number);
    return out;
}

/* Day 60 of 1900, the 29th of February that never was, comes as that: no date. */
static bool put_day(char *out, long long day, bool since_1904)
{
    long unix_day = (long)day + (since_1904 ? -24107 : day > 60 ? -25569 : -25568);

    if (!since_1904 && day == 60)
        strcpy(out, "1900-02-29");
    else
        rk_date_text(out, unix_day);
    return *out != '\0';
}

static const char *moment(char out[64], double number, enum xlsx_meaning meaning,
                          bool since_1904)
{
    long long total, day, second;
    char iso[16] = "", time[32];

    if (!(number >= 0) || number > 3e6) return plain(out, number, 0);
    total = llround(number * DAY);
    day = total / DAY;
    second = total % DAY;
    if (meaning == XLSX_ELAPSED) {
        snprintf(out, 64, "%lld:%02lld:%02lld", total / 3600, second / 60 % 60, second % 60);
        return out;
    }
    snprintf(time, sizeof time, "%02lld:%02lld:%02lld", second / 3600, second / 60 % 60,
             second % 60);
    if (day == 0 && (!since_1904 || meaning == XLSX_TIME)) return strcpy(out, time);
    if (!put_day(iso, day, since_1904)) return plain(out, number, 0);
    snprintf(out, 64, second ? "%s %s" : "%s", iso, time);
    return out;
}

const char *xlsx_number_text(char out[64], const char *figures, struct xlsx_format format,
                             bool since_1904)
{
    double number;

    if (!rk_text_number(figures, &number)) return figures;
    if (format.meaning == XLSX_NUMBER) return plain(out, number, format.zeros);
    return moment(out, number, format.meaning, since_1904);
}
