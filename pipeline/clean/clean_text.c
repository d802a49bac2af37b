// SPDX-License-Identifier: MIT
#include "pipeline/clean/clean_text.h"

#include "pipeline/base/rk_text.h"

#include <string.h>

/* ASCII letters only: references are made of them, and names keep their accents. */
static char *change_case(struct rk_arena *arena, const char *text, char first, char last)
{
    char *copy = rk_arena_copy(arena, text);

    for (char *at = copy; *at; at++)
        if (*at >= first && *at <= last) *at = (char)(*at ^ 0x20);
    return copy;
}

static char *collapse(struct rk_arena *arena, const char *text)
{
    char *copy = rk_arena_alloc(arena, strlen(text) + 2, 1);
    char *out = copy;

    for (const char *at = text; *at;) {
        const char *start = at;

        if (!rk_text_is_blank(rk_text_next(&at))) {
            memcpy(out, start, (size_t)(at - start));
            out += at - start;
        } else if (out > copy && out[-1] != ' ') {
            *out++ = ' ';
        }
    }
    *out = '\0';
    return copy;
}

/* What stands between the quotes of `remove "-"`; a blank stands for every kind of blank.
 */
static char *remove_all(struct rk_arena *arena, const char *text, const char *step)
{
    const char *quoted = step + strcspn(step, "\"'") + 1;
    size_t bytes = strlen(quoted) - 1;
    bool blank = bytes == 1 && *quoted == ' ';
    char *copy = rk_arena_alloc(arena, strlen(text) + 1, 1);
    char *out = copy;

    for (const char *at = text; *at;) {
        const char *start = at;

        if (!blank && strncmp(at, quoted, bytes) == 0) {
            at += bytes;
        } else if (!rk_text_is_blank(rk_text_next(&at)) || !blank) {
            memcpy(out, start, (size_t)(at - start));
            out += at - start;
        }
    }
    *out = '\0';
    return copy;
}

static bool any_between(const char *text, char first, char last)
{
    for (; *text; text++)
        if (*text >= first && *text <= last) return true;
    return false;
}

/* One blank between words and none before them, all of it ASCII. */
static bool is_collapsed(const char *text)
{
    unsigned char last = ' ';

    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;

        if (c >= 0x80 || (c <= ' ' && (c != ' ' || last == ' '))) return false;
        last = c;
    }
    return true;
}

/* Most texts are tidy already, which costs no copy. */
static bool changes(const char *step, const char *text)
{
    switch (*step) {
    case 'u':
        return any_between(text, 'a', 'z');
    case 'l':
        return any_between(text, 'A', 'Z');
    case 'c':
        return !is_collapsed(text);
    default:
        return true;
    }
}

static const char *apply(struct rk_arena *arena, const char *step, const char *text)
{
    if (strcmp(step, "upper") == 0) return change_case(arena, text, 'a', 'z');
    if (strcmp(step, "lower") == 0) return change_case(arena, text, 'A', 'Z');
    if (strcmp(step, "collapse") == 0) return collapse(arena, text);
    return remove_all(arena, text, step);
}

const char *clean_text_tidy(struct rk_arena *arena, const struct study_column *column,
                            const char *text)
{
    const char *tidy = text;

    for (size_t i = 0; i < column->tidy_count; i++)
        if (changes(column->tidy[i], tidy)) tidy = apply(arena, column->tidy[i], tidy);
    return tidy == text || strcmp(tidy, text) == 0 ? text : tidy;
}
