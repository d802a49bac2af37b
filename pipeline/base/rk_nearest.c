// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_text.h"

#include <string.h>

enum { LENGTH_MAX = 64 };

/* Characters of a word, ASCII letters in lower case; 0 when it is too long to be a typing
 * error. */
static size_t spell(const char *word, uint32_t out[LENGTH_MAX])
{
    size_t length = 0;

    while (*word) {
        uint32_t c = rk_text_next(&word);

        if (length == LENGTH_MAX) return 0;
        out[length++] = c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
    }
    return length;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Optimal string alignment: insertions, deletions, replacements and swapped neighbours. */
static size_t errors_between(const uint32_t *a, size_t a_length, const uint32_t *b,
                             size_t b_length)
{
    size_t rows[3][LENGTH_MAX + 1];
    size_t *before = rows[0], *last = rows[1], *now = rows[2];

    for (size_t j = 0; j <= b_length; j++)
        last[j] = before[j] = j;
    for (size_t i = 1; i <= a_length; i++) {
        size_t *spare = before;

        now[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            now[j] =
                least(least(last[j], now[j - 1]) + 1, last[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = least(now[j], before[j - 2] + 1);
        }
        before = last;
        last = now;
        now = spare;
    }
    return last[b_length];
}

const char *rk_text_nearest(const char *word, const char *const *candidates, size_t count)
{
    uint32_t wanted[LENGTH_MAX], candidate[LENGTH_MAX];
    size_t length = spell(word, wanted);
    size_t fewest = length / 3 + 1;
    const char *nearest = NULL;

    if (length == 0) return NULL;
    for (size_t i = 0; i < count; i++) {
        size_t other = spell(candidates[i], candidate);
        size_t errors;

        if (other == 0) continue;
        errors = errors_between(wanted, length, candidate, other);
        if (errors < fewest) { /* of equals, the first */
            fewest = errors;
            nearest = candidates[i];
        }
    }
    return nearest;
}
