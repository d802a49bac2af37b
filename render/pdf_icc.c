// SPDX-License-Identifier: MIT
/* An sRGB colour profile, made here so that no file of another package is needed. Primaries
 * are those of IEC 61966-2-1 adapted to D50 (ICC.1:2004-10, as PDF 1.7 has it). The curve
 * is a formula and no table: readers turn it round for every page, and a formula costs them
 * nothing (pdftotext needs a third of the time). PDF/A-1 knows version 2 only: the same
 * with plain texts and a table. */
#include "render/pdf_priv.h"

#include <math.h>
#include <string.h>

enum { TAGS = 10, HEADER = 128, MATRIX = 6, CURVE = 7, CURVE_POINTS = 256 };

static void put_u16(struct pdf_bytes *out, unsigned value)
{
    unsigned char bytes[2] = {(unsigned char)(value >> 8), (unsigned char)value};

    pdf_put_n(out, bytes, 2);
}

static void put_u32(struct pdf_bytes *out, unsigned long value)
{
    put_u16(out, (unsigned)(value >> 16 & 0xffff));
    put_u16(out, (unsigned)(value & 0xffff));
}

/* Signed 15.16 fixed point. */
static void put_fixed(struct pdf_bytes *out, double value)
{
    put_u32(out, (unsigned long)lround(value * 65536));
}

static void put_numbers(struct pdf_bytes *out, const double *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++)
        put_fixed(out, numbers[i]);
}

static void put_xyz(struct pdf_bytes *out, const double xyz[3])
{
    pdf_put(out, "XYZ ");
    put_u32(out, 0);
    put_numbers(out, xyz, 3);
}

static void put_zeros(struct pdf_bytes *out, size_t count)
{
    for (size_t i = 0; i < count; i++)
        pdf_put_n(out, "", 1);
}

/* One text, in American English. */
static void put_text(struct pdf_bytes *out, const char *text)
{
    size_t start = out->length;

    pdf_put(out, "mluc");
    put_u32(out, 0);
    put_u32(out, 1);
    put_u32(out, 12);
    pdf_put(out, "enUS");
    put_u32(out, 2 * strlen(text));
    put_u32(out, out->length + 4 - start);
    for (; *text; text++)
        put_u16(out, (unsigned char)*text);
}

/* "desc" or "text": the one is followed by empty texts in other writings. */
static void put_old_text(struct pdf_bytes *out, const char *kind, const char *text)
{
    bool description = strcmp(kind, "desc") == 0;

    pdf_put(out, kind);
    put_u32(out, 0);
    if (description) put_u32(out, strlen(text) + 1);
    pdf_put_n(out, text, strlen(text) + 1);
    if (description) put_zeros(out, 4 + 4 + 2 + 1 + 67);
}

/* From the white of sRGB, D65, to that of profiles, D50 (Bradford). */
static void put_adaptation(struct pdf_bytes *out)
{
    static const double matrix[9] = {1.047882,  0.022919,  -0.050201, 0.029587, 0.990479,
                                     -0.017059, -0.009232, 0.015076,  0.751678};

    pdf_put(out, "sf32");
    put_u32(out, 0);
    put_numbers(out, matrix, 9);
}

/* ((v + 0.055) / 1.055) ^ 2.4 from 0.04045 up, v / 12.92 below. */
static void put_curve(struct pdf_bytes *out)
{
    static const double numbers[5] = {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045};

    pdf_put(out, "para");
    put_u32(out, 0);
    put_u16(out, 3);
    put_u16(out, 0);
    put_numbers(out, numbers, 5);
}

static void put_old_curve(struct pdf_bytes *out)
{
    pdf_put(out, "curv");
    put_u32(out, 0);
    put_u32(out, CURVE_POINTS);
    for (size_t i = 0; i < CURVE_POINTS; i++) {
        double v = (double)i / (CURVE_POINTS - 1);
        double linear = v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);

        put_u16(out, (unsigned)lround(linear * 65535));
    }
}

static void put_header(struct pdf_bytes *out, size_t size, bool old)
{
    put_u32(out, size);
    put_zeros(out, 4);
    put_u32(out, old ? 0x02400000 : 0x04200000);
    pdf_put(out, "mntrRGB XYZ ");
    for (int i = 0; i < 6; i++)
        put_u16(out, i == 0   ? (old ? 2001 : 2004)
                     : i == 1 ? (old ? 4 : 10)
                     : i == 2 ? 1
                              : 0);
    pdf_put(out, "acsp");
    put_zeros(out, 4 + 4 + 4 + 4 + 8 + 4);
    put_fixed(out, 0.9642);
    put_fixed(out, 1.0);
    put_fixed(out, 0.8249);
    put_zeros(out, HEADER - out->length);
}

static void put_part(struct pdf_bytes *out, size_t part, bool old)
{
    static const char *const texts[2] = {"sRGB IEC61966-2.1", "No copyright"};
    static const double xyz[4][3] = {
        {0.9642,  1.0,     0.8249 },
        {0.43607, 0.22249, 0.01392},
        {0.38515, 0.71687, 0.09708},
        {0.14307, 0.06061, 0.71410},
    };

    if (part < 2 && old)
        put_old_text(out, part ? "text" : "desc", texts[part]);
    else if (part < 2)
        put_text(out, texts[part]);
    else if (part == MATRIX)
        put_adaptation(out);
    else if (part < MATRIX)
        put_xyz(out, xyz[part - 2]);
    else if (old)
        put_old_curve(out);
    else
        put_curve(out);
    put_zeros(out, (4 - out->length % 4) % 4);
}

void pdf_icc_srgb(struct pdf_bytes *out, bool old)
{
    static const char names[TAGS][5] = {"desc", "cprt", "wtpt", "rXYZ", "gXYZ",
                                        "bXYZ", "chad", "rTRC", "gTRC", "bTRC"};
    struct pdf_bytes parts = {.arena = out->arena};
    size_t start[TAGS], length[TAGS], first = HEADER + 4 + 12 * TAGS;

    /* The three curves are one: the last two entries of the table point to the same bytes.
     */
    for (size_t i = 0; i < TAGS; i++) {
        start[i] = i <= CURVE ? parts.length : start[CURVE];
        if (i <= CURVE) put_part(&parts, i, old);
        length[i] = i <= CURVE ? parts.length - start[i] : length[CURVE];
    }
    put_header(out, first + parts.length, old);
    put_u32(out, TAGS);
    for (size_t i = 0; i < TAGS; i++) {
        pdf_put(out, names[i]);
        put_u32(out, first + start[i]);
        put_u32(out, length[i]);
    }
    pdf_put_n(out, parts.data, parts.length);
}
