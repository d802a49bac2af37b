// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_text.h"

#include <string.h>

enum { BAD = 0xfffd };

/* A byte is looked at only after the one before it was good: a NUL ends every character, so
 * a NUL-terminated text is never overrun. */
size_t rk_text_decode(const char *text, size_t bytes, uint32_t *out)
{
    static const struct {
        unsigned char low, high;
        size_t length;
        uint32_t least;
    } leads[] = {
        {0xc2, 0xdf, 2, 0x80   },
        {0xe0, 0xef, 3, 0x800  },
        {0xf0, 0xf4, 4, 0x10000}
    };
    const unsigned char *s = (const unsigned char *)text;
    uint32_t c = s[0];

    if (c < 0x80) {
        *out = c;
        return 1;
    }
    for (size_t k = 0; k < 3; k++) {
        if (c < leads[k].low || c > leads[k].high) continue;
        if (leads[k].length > bytes) return 0;
        c &= 0x7fu >> leads[k].length;
        for (size_t i = 1; i < leads[k].length; i++) {
            if ((s[i] & 0xc0) != 0x80) return 0;
            c = (c << 6) | (s[i] & 0x3fu);
        }
        if (c < leads[k].least || (c >= 0xd800 && c < 0xe000) || c > 0x10ffff) return 0;
        *out = c;
        return leads[k].length;
    }
    return 0;
}

bool rk_text_is_utf8(const char *text, size_t bytes)
{
    size_t at = 0;

    while (at < bytes) {
        uint64_t eight;
        uint32_t c;
        size_t length;

        if (bytes - at >= sizeof eight) {
            memcpy(&eight, text + at, sizeof eight);
            if ((eight & UINT64_C(0x8080808080808080)) == 0) {
                at += sizeof eight;
                continue;
            }
        }
        length = rk_text_decode(text + at, bytes - at, &c);
        if (length == 0) return false;
        at += length;
    }
    return true;
}

uint32_t rk_text_next(const char **text)
{
    uint32_t c = 0;
    size_t length;

    if (**text == '\0') return 0;
    length = rk_text_decode(*text, 4, &c);
    *text += length ? length : 1;
    return length ? c : BAD;
}

size_t rk_text_put(char *out, uint32_t character)
{
    uint32_t c = character;

    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xc0 | (c >> 6));
        out[1] = (char)(0x80 | (c & 0x3f));
        return 2;
    }
    if ((c >= 0xd800 && c < 0xe000) || c > 0x10ffff) c = BAD;
    if (c < 0x10000) {
        out[0] = (char)(0xe0 | (c >> 12));
        out[1] = (char)(0x80 | ((c >> 6) & 0x3f));
        out[2] = (char)(0x80 | (c & 0x3f));
        return 3;
    }
    out[0] = (char)(0xf0 | (c >> 18));
    out[1] = (char)(0x80 | ((c >> 12) & 0x3f));
    out[2] = (char)(0x80 | ((c >> 6) & 0x3f));
    out[3] = (char)(0x80 | (c & 0x3f));
    return 4;
}

char *rk_text_repair(struct rk_arena *arena, const char *text)
{
    char *copy = rk_arena_alloc(arena, 3 * strlen(text) + 1, 1);
    char *end = copy;

    while (*text)
        end += rk_text_put(end, rk_text_next(&text));
    return copy;
}

bool rk_text_is_blank(uint32_t c)
{
    static const uint32_t others[] = {0x85,   0xa0,   0x1680, 0x2028, 0x2029,
                                      0x202f, 0x205f, 0x2060, 0x3000, 0xfeff};

    if (c < 0x80) return c == 0x20 || (c >= 0x09 && c <= 0x0d);
    if (c >= 0x2000 && c <= 0x200b) return true;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (c == others[i]) return true;
    return false;
}

/* ASCII and no blank. */
static bool is_plain(char c)
{
    return c > ' ' && c < 0x7f;
}

char *rk_text_trim(char *text)
{
    const char *at = text;
    char *first, *end;

    while (*at) {
        const char *start = at;

        if (!rk_text_is_blank(rk_text_next(&at))) {
            at = start;
            break;
        }
    }
    first = text + (at - text);
    end = first + strlen(first);
    if (end > first && is_plain(end[-1])) return first;
    end = first;
    while (*at)
        if (!rk_text_is_blank(rk_text_next(&at))) end = text + (at - text);
    *end = '\0';
    return first;
}
