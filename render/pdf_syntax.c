// SPDX-License-Identifier: MIT
#include "render/pdf_syntax.h"

#include "pipeline/base/rk_text.h"

#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static void make_room(struct pdf_bytes *out, size_t bytes)
{
    size_t cap = out->cap ? out->cap : 256;

    if (out->cap - out->length > bytes) return;
    while (cap - out->length <= bytes)
        cap *= 2;
    out->data = rk_arena_grow(out->arena, out->data, out->length, cap, 1);
    out->cap = cap;
}

void pdf_put_n(struct pdf_bytes *out, const void *data, size_t bytes)
{
    make_room(out, bytes);
    memcpy(out->data + out->length, data, bytes);
    out->length += bytes;
    out->data[out->length] = '\0';
}

void pdf_put(struct pdf_bytes *out, const char *text)
{
    pdf_put_n(out, text, strlen(text));
}

void pdf_putf(struct pdf_bytes *out, const char *format, ...)
{
    char line[256];
    va_list args;
    int length;

    va_start(args, format);
    length = vsnprintf(line, sizeof line, format, args);
    va_end(args);
    if (length >= (int)sizeof line) {
        va_start(args, format);
        pdf_put(out, rk_arena_vprintf(out->arena, format, args));
        va_end(args);
        return;
    }
    pdf_put_n(out, line, (size_t)length);
}

/* Digits of `value` right-aligned before `end`; returns the first. */
static char *digits(char *end, unsigned long value, int least)
{
    for (int written = 0; value || written < least; written++, value /= 10)
        *--end = (char)('0' + value % 10);
    return end;
}

void pdf_put_number(struct pdf_bytes *out, double value, int decimals)
{
    static const long scale[] = {1, 10, 100, 1000, 10000};
    char text[48], *end = text + sizeof text - 1, *first;
    long scaled = isfinite(value) ? lround(value * (double)scale[decimals]) : 0;
    unsigned long size = scaled < 0 ? -(unsigned long)scaled : (unsigned long)scaled;
    unsigned long fraction = size % (unsigned long)scale[decimals];
    int places = decimals;

    *end = ' ';
    first = end;
    if (fraction) {
        for (; fraction % 10 == 0; places--)
            fraction /= 10;
        first = digits(end, fraction, places);
        *--first = '.';
    }
    first = digits(first, size / (unsigned long)scale[decimals], 1);
    if (scaled < 0) *--first = '-';
    pdf_put_n(out, first, (size_t)(end + 1 - first));
}

static bool is_plain(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < 0x20 || (unsigned char)*text >= 0x7f) return false;
    return true;
}

static void put_utf16_unit(struct pdf_bytes *out, unsigned unit)
{
    static const char hex[] = "0123456789ABCDEF";
    char four[4] = {hex[unit >> 12 & 15], hex[unit >> 8 & 15], hex[unit >> 4 & 15],
                    hex[unit & 15]};

    pdf_put_n(out, four, 4);
}

void pdf_put_utf16(struct pdf_bytes *out, const char *utf8, size_t bytes)
{
    const char *end = utf8 + bytes;

    while (utf8 < end) {
        uint32_t c = rk_text_next(&utf8);

        if (c == 0) return;
        if (c > 0xffff) {
            put_utf16_unit(out, 0xd800 + ((c - 0x10000) >> 10));
            c = 0xdc00 + ((c - 0x10000) & 0x3ff);
        }
        put_utf16_unit(out, c);
    }
}

void pdf_put_text(struct pdf_bytes *out, const char *utf8)
{
    if (!is_plain(utf8)) {
        pdf_put(out, "<FEFF");
        pdf_put_utf16(out, utf8, strlen(utf8));
        pdf_put(out, ">");
        return;
    }
    pdf_put(out, "(");
    for (; *utf8; utf8++) {
        if (strchr("()\\", *utf8)) pdf_put(out, "\\");
        pdf_put_n(out, utf8, 1);
    }
    pdf_put(out, ")");
}

void pdf_put_ref(struct pdf_bytes *out, unsigned object)
{
    pdf_putf(out, " %u 0 R", object);
}

void pdf_put_xml(struct pdf_bytes *out, const char *utf8)
{
    for (; *utf8; utf8++) {
        switch (*utf8) {
        case '&':
            pdf_put(out, "&amp;");
            break;
        case '<':
            pdf_put(out, "&lt;");
            break;
        case '>':
            pdf_put(out, "&gt;");
            break;
        case '"':
            pdf_put(out, "&quot;");
            break;
        default:
            if ((unsigned char)*utf8 >= 0x20) pdf_put_n(out, utf8, 1);
        }
    }
}
