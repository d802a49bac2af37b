// SPDX-License-Identifier: MIT
/* Inputs typed in the question: numbers, lists, tables, strata. */
#include "pipeline/driver/stat_priv.h"

#include <limits.h>
#include <math.h>
#include <string.h>

#include "pipeline/base/rk_text.h"

struct stat_words stat_split(struct stat_call *call, const char *text, char separator)
{
    struct stat_words words = {NULL, 1};
    for (const char *c = text; *c; c++)
        words.n += *c == separator;
    words.word = STAT_NEW(call, words.n, const char *);

    char *rest = rk_arena_copy(call->arena, text);
    for (size_t i = 0; i < words.n; i++) {
        char *end = strchr(rest, separator);
        if (end) *end = '\0';
        words.word[i] = rk_text_trim(rest);
        if (end) rest = end + 1;
    }
    return words;
}

bool stat_read_number(const char *text, double *out)
{
    if (!*text || strcmp(text, "NA") == 0 || strcmp(text, "NaN") == 0) {
        *out = NAN;
        return true;
    }
    return rk_text_number(text, out);
}

double stat_number_or(struct stat_call *call, const char *key, double otherwise)
{
    return stat_has(call, key) ? stat_number(call, key) : otherwise;
}

double stat_number(struct stat_call *call, const char *key)
{
    const char *text = stat_text(call, key);
    double value = 0;

    if (text && !rk_text_number(text, &value))
        stat_misuse(call, "%s=%s is not a number", key, text);
    return value;
}

long stat_count_or(struct stat_call *call, const char *key, long otherwise)
{
    return stat_has(call, key) ? stat_count(call, key) : otherwise;
}

/* 12 and 12.0 and 1.2e1 count the same things. */
static bool whole(double value, long *out)
{
    if (!(fabs(value) <= 9007199254740992.0) || value != floor(value)) return false;
    *out = (long)value;
    return true;
}

long stat_count(struct stat_call *call, const char *key)
{
    double value = stat_number(call, key);
    long count = 0;

    if (!whole(value, &count) || count < 0)
        stat_misuse(call, "%s=%s is not a count (0, 1, 2, ...)", key,
                    stat_text_or(call, key, ""));
    return count;
}

double stat_conf(struct stat_call *call)
{
    double conf = stat_number_or(call, "conf", 0.95);
    if (!(conf > 0 && conf < 1)) {
        stat_misuse(call, "conf=%s is not a fraction between 0 and 1, such as 0.95",
                    stat_text_or(call, "conf", ""));
        return 0.95;
    }
    return conf;
}

bool stat_yes(struct stat_call *call, const char *key, bool otherwise)
{
    static const struct {
        const char *word;
        bool yes;
    } words[] = {
        {"yes",   true },
        {"no",    false},
        {"true",  true },
        {"false", false},
        {"1",     true },
        {"0",     false}
    };

    if (!stat_has(call, key)) return otherwise;
    const char *text = stat_text(call, key);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].word, text) == 0) return words[i].yes;
    stat_misuse(call, "%s=%s is neither yes nor no", key, text);
    return otherwise;
}

struct stat_words stat_words(struct stat_call *call, const char *key)
{
    const char *text = stat_text(call, key);
    return text ? stat_split(call, text, ',') : (struct stat_words){NULL, 0};
}

static struct stat_vector read_vector(struct stat_call *call, const char *key,
                                      const char *text)
{
    struct stat_words words = stat_split(call, text, ',');
    struct stat_vector vector = {STAT_NEW(call, words.n, double), words.n};

    for (size_t i = 0; i < words.n; i++)
        if (!*words.word[i] || !stat_read_number(words.word[i], &vector.value[i]))
            stat_misuse(call, "%s: \"%s\" is not a number (for a missing one write NA)",
                        key, words.word[i]);
    return vector;
}

struct stat_vector stat_numbers(struct stat_call *call, const char *key)
{
    const char *text = stat_text(call, key);
    /* "x=" is a list of nothing, not a list of one blank. */
    if (!text || !*text) return (struct stat_vector){STAT_NEW(call, 1, double), 0};
    return read_vector(call, key, text);
}

long *stat_counts(struct stat_call *call, const char *key, size_t *n)
{
    struct stat_vector vector = stat_numbers(call, key);
    long *counts = STAT_NEW(call, vector.n, long);

    for (size_t i = 0; i < vector.n; i++)
        if (!whole(vector.value[i], &counts[i]))
            stat_misuse(call, "%s: number %zu is not a whole number", key, i + 1);
    *n = vector.n;
    return counts;
}

static struct stat_table read_table(struct stat_call *call, const char *key,
                                    const char *text)
{
    struct stat_words rows = stat_split(call, text, '|');
    struct stat_table table = {NULL, rows.n, 0};

    for (size_t r = 0; r < rows.n; r++) {
        struct stat_vector row = read_vector(call, key, rows.word[r]);
        if (r == 0) {
            table.cols = row.n;
            table.cell = STAT_NEW(call, rows.n * row.n, double);
        }
        if (row.n != table.cols) {
            stat_misuse(call, "%s: row %zu has %zu numbers, the first has %zu", key, r + 1,
                        row.n, table.cols);
            break;
        }
        memcpy(table.cell + r * table.cols, row.value, row.n * sizeof *row.value);
    }
    return table;
}

struct stat_table stat_table(struct stat_call *call, const char *key)
{
    const char *text = stat_text(call, key);
    return text ? read_table(call, key, text) : (struct stat_table){NULL, 0, 0};
}

struct stat_strata stat_strata(struct stat_call *call, const char *key)
{
    const char *text = stat_text(call, key);
    if (!text) return (struct stat_strata){NULL, 0};

    struct stat_words parts = stat_split(call, text, '/');
    struct stat_strata strata = {STAT_NEW(call, parts.n, struct stat_table), parts.n};
    for (size_t i = 0; i < parts.n; i++)
        strata.table[i] = read_table(call, key, parts.word[i]);
    return strata;
}
