// SPDX-License-Identifier: MIT
/* The one door to utf8proc. */
#include "pipeline/base/rk_cleanup.h"
#include "pipeline/base/rk_text.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

static char *map(struct rk_arena *arena, const char *text, utf8proc_option_t options)
{
    utf8proc_uint8_t *mapped = NULL;
    utf8proc_ssize_t bytes;
    char *copy;

    if (!rk_text_is_utf8(text, strlen(text))) text = rk_text_repair(arena, text);
    bytes = utf8proc_map((const utf8proc_uint8_t *)text, 0, &mapped,
                         options | UTF8PROC_NULLTERM | UTF8PROC_STABLE);
    if (bytes == UTF8PROC_ERROR_NOMEM || bytes == UTF8PROC_ERROR_OVERFLOW)
        rk_out_of_memory();
    assert(bytes >= 0);
    copy = rk_arena_copy_n(arena, (const char *)mapped, (size_t)bytes);
    free(mapped);
    return copy;
}

static bool is_ascii(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text >= 0x80) return false;
    return true;
}

/* ASCII in lower case without the library: nearly every code is that. */
static char *lower(struct rk_arena *arena, const char *text)
{
    char *copy = rk_arena_copy(arena, text);

    for (char *c = copy; *c; c++)
        if (*c >= 'A' && *c <= 'Z') *c = (char)(*c - 'A' + 'a');
    return copy;
}

/* Quotes and dashes that word processors put in place of the typed ones. */
static uint32_t plain(uint32_t c)
{
    if (c == 0x2018 || c == 0x2019 || c == 0x201b || c == 0x2bc) return '\'';
    if (c >= 0x201c && c <= 0x201f) return '"';
    if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212) return '-';
    return c;
}

/* Blanks off the ends, one between words; in place, the text never grows. */
static char *tidy(char *text)
{
    const char *at = text;
    char *end = text;
    bool gap = false;

    while (*at) {
        uint32_t c = plain(rk_text_next(&at));

        if (rk_text_is_blank(c)) {
            gap = end > text;
            continue;
        }
        if (gap) *end++ = ' ';
        gap = false;
        end += rk_text_put(end, c);
    }
    *end = '\0';
    return text;
}

char *rk_text_fold(struct rk_arena *arena, const char *text)
{
    const utf8proc_option_t options =
        UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;

    return tidy(is_ascii(text) ? lower(arena, text) : map(arena, text, options));
}

char *rk_text_nfc(struct rk_arena *arena, const char *text)
{
    return is_ascii(text) ? rk_arena_copy(arena, text) : map(arena, text, UTF8PROC_COMPOSE);
}

static bool is_between(uint32_t c, utf8proc_category_t first, utf8proc_category_t last)
{
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);

    return category >= first && category <= last;
}

bool rk_text_is_mark(uint32_t c)
{
    return is_between(c, UTF8PROC_CATEGORY_MN, UTF8PROC_CATEGORY_ME);
}

bool rk_text_is_letter(uint32_t c)
{
    return is_between(c, UTF8PROC_CATEGORY_LU, UTF8PROC_CATEGORY_LO);
}

bool rk_text_is_upper(uint32_t c)
{
    return is_between(c, UTF8PROC_CATEGORY_LU, UTF8PROC_CATEGORY_LU);
}

bool rk_text_is_lower(uint32_t c)
{
    return is_between(c, UTF8PROC_CATEGORY_LL, UTF8PROC_CATEGORY_LL);
}

uint32_t rk_text_lower(uint32_t c)
{
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)c);
}

static bool is_letter_or_number(uint32_t c)
{
    return rk_text_is_letter(c) ||
           is_between(c, UTF8PROC_CATEGORY_ND, UTF8PROC_CATEGORY_NO);
}

/* Writes what stands for a character in a code, "" for none; case is folded already. */
static void code_of(uint32_t c, char out[12])
{
    static const struct {
        uint32_t letter;
        const char *code;
    } latin[] = {
        {0xe6,  "ae"},
        {0xf0,  "d" },
        {0xf8,  "o" },
        {0xfe,  "th"},
        {0x111, "d" },
        {0x131, "i" },
        {0x142, "l" },
        {0x153, "oe"},
        {0x127, "h" },
        {0x14b, "ng"}
    };

    out[0] = '\0';
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
        out[0] = (char)c;
        out[1] = '\0';
        return;
    }
    for (size_t i = 0; i < sizeof latin / sizeof *latin; i++)
        if (c == latin[i].letter) strcpy(out, latin[i].code);
    if (!out[0] && c >= 0x80 && is_letter_or_number(c))
        snprintf(out, 12, "u%04x", (unsigned)c);
}

char *rk_text_code(struct rk_arena *arena, const char *label)
{
    const utf8proc_option_t options = UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT |
                                      UTF8PROC_CASEFOLD | UTF8PROC_IGNORE |
                                      UTF8PROC_STRIPMARK;
    const char *at = is_ascii(label) ? lower(arena, label) : map(arena, label, options);
    char *code = rk_arena_alloc(arena, 8 * strlen(at) + 2, 1);
    char *end = code;
    bool gap = false;

    while (*at) {
        uint32_t c = rk_text_next(&at);
        char part[12];

        code_of(c, part);
        if (!part[0]) {
            /* "Don't know" is dont_know: an apostrophe parts no words */
            if (plain(c) != '\'') gap = end > code;
            continue;
        }
        if (gap) *end++ = '_';
        gap = false;
        end = stpcpy(end, part);
    }
    if (end == code) *end++ = '_';
    *end = '\0';
    return code;
}
