// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_csv_priv.h"

#include <string.h>

enum { LINES = 20 };

static const char candidates[] = ",;\t|";

/* Separators in each of the first lines, outside quotes; returns the number of lines. */
static size_t count_lines(const char *text, size_t bytes, char separator,
                          size_t counts[LINES])
{
    bool quoted = false, any = false;
    size_t lines = 0;

    counts[0] = 0;
    for (size_t i = 0; i < bytes && lines < LINES; i++) {
        if (text[i] == '"') quoted = !quoted;
        if (!quoted && (text[i] == '\n' || text[i] == '\r')) {
            lines += any;
            if (lines < LINES) counts[lines] = 0;
            any = false;
            continue;
        }
        any = true;
        counts[lines] += !quoted && text[i] == separator;
    }
    return any && lines < LINES ? lines + 1 : lines;
}

/* How many of the lines have the number of separators that most of them have. */
static size_t agreement(const size_t counts[LINES], size_t lines, size_t *usual)
{
    size_t most = 0;

    *usual = 0;
    for (size_t i = 0; i < lines; i++) {
        size_t alike = 0;

        for (size_t k = 0; counts[i] > 0 && k < lines; k++)
            alike += counts[k] == counts[i];
        if (alike > most || (alike == most && counts[i] > *usual)) {
            most = alike;
            *usual = counts[i];
        }
    }
    return most;
}

char csv_separator_find(const char *text, size_t bytes)
{
    size_t most = 0, most_usual = 0;
    char best = ',';

    for (const char *candidate = candidates; *candidate; candidate++) {
        size_t counts[LINES], usual;
        size_t lines = count_lines(text, bytes, *candidate, counts);
        size_t alike = agreement(counts, lines, &usual);

        if (alike > most || (alike == most && usual > most_usual)) {
            most = alike;
            most_usual = usual;
            best = *candidate;
        }
    }
    return best;
}
