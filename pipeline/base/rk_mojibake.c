// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_mojibake.h"

#include "pipeline/base/rk_csv_priv.h"
#include "pipeline/base/rk_text.h"

#include <string.h>

/* The byte of windows-1252 that a character was, or 0. What it does not assign came through as
 * the control character of that number. */
static unsigned byte_of(uint32_t character)
{
    if (character == 0) return 0;
    if (character >= 0x80 && character < 0x100) return character;
    for (unsigned i = 0; i < 32; i++)
        if (csv_windows_1252[i] == character) return 0x80 + i;
    return 0;
}

/* Letters of Western and Central Europe, dashes and quotes, the euro, the trade mark. */
static bool is_likely(uint32_t c)
{
    return (c >= 0xa0 && c < 0x180) || (c >= 0x2010 && c <= 0x203a) || c == 0x20ac ||
           c == 0x2122;
}

static bool is_quote(uint32_t c)
{
    return c == 0x2018 || c == 0x2019 || c == 0x201c || c == 0x201d;
}

/* One character of what was UTF-8, at the start of the text: its length, or 0. */
static size_t original(const char *text, uint32_t *out)
{
    char bytes[4];
    const char *at = text;
    uint32_t first = rk_text_next(&at), second = 0;
    size_t length = first >= 0xe0 && first < 0xf0 ? 3 : 2;

    if (first < 0xc2 || first > 0xef) return 0;
    bytes[0] = (char)first;
    for (size_t i = 1; i < length; i++) {
        uint32_t next = *at ? rk_text_next(&at) : 0;
        unsigned byte = byte_of(next);

        if (byte < 0x80 || byte > 0xbf) return 0;
        if (i == 1) second = next;
        bytes[i] = (char)byte;
    }
    if (rk_text_decode(bytes, length, out) != length || !is_likely(*out)) return 0;
    /* a capital before a closing quote may be just that: IRM\u00c3 in quotes */
    if (length == 2 && is_quote(second)) return 0;
    return (size_t)(at - text);
}

/* A capital with a tilde or circumflex and a sign behind it: what repair was not sure of. */
static bool looks_mangled(const char *text)
{
    while (*text) {
        uint32_t c = rk_text_next(&text), next;
        const char *at = text;

        if (c == 0xfffd) return true;
        if (c != 0xc2 && c != 0xc3) continue;
        next = *at ? rk_text_next(&at) : 0;
        if (byte_of(next) >= 0x80 && byte_of(next) <= 0xbf && !is_quote(next)) return true;
    }
    return false;
}

static char *once(struct rk_arena *arena, const char *text)
{
    char *copy = rk_arena_alloc(arena, strlen(text) + 1, 1), *out = copy;
    bool any = false;

    while (*text) {
        uint32_t character;
        size_t bytes = (unsigned char)*text < 0x80 ? 0 : original(text, &character);

        if (bytes) {
            out += rk_text_put(out, character);
            text += bytes;
            any = true;
        } else {
            *out++ = *text++;
        }
    }
    *out = '\0';
    return any ? copy : NULL;
}

static bool is_ascii(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text >= 0x80) return false;
    return true;
}

char *rk_text_unmangle(struct rk_arena *arena, const char *text, bool *doubt)
{
    char *repaired = NULL;

    *doubt = false;
    if (is_ascii(text)) return NULL;
    for (int times = 0; times < 2; times++) {
        char *better = once(arena, repaired ? repaired : text);

        if (!better) break;
        repaired = better;
    }
    *doubt = looks_mangled(repaired ? repaired : text);
    return repaired;
}
