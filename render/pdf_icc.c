// SPDX-License-Identifier: MIT
/* An sRGB colour profile, made here so that no file of another package is needed. Primaries
 * are those of IEC 61966-2-1 adapted to D50 (ICC.1:2001-04). */
#include "render/pdf_priv.h"

#include <math.h>
#include <string.h>

enum { TAGS = 9, HEADER = 128, CURVE_POINTS = 256 };

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

static void put_xyz(struct pdf_bytes *out, const double xyz[3])
{
    pdf_put(out, "XYZ ");
    put_u32(out, 0);
    for (size_t i = 0; i < 3; i++)
        put_fixed(out, xyz[i]);
}

static void put_zeros(struct pdf_bytes *out, size_t count)
{
    for (size_t i = 0; i < count; i++)
        pdf_put_n(out, "", 1);
}

static void put_description(struct pdf_bytes *out)
{
    static const char name[] = "sRGB IEC61966-2.1";

    pdf_put(out, "desc");
    put_u32(out, 0);
    put_u32(out, sizeof name);
    pdf_put_n(out, name, sizeof name);
    put_zeros(out, 4 + 4 + 2 + 1 + 67);
}

static void put_copyright(struct pdf_bytes *out)
{
    pdf_put(out, "text");
    put_u32(out, 0);
    pdf_put_n(out, "No copyright", sizeof "No copyright");
}

static void put_curve(struct pdf_bytes *out)
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

static void put_header(struct pdf_bytes *out, size_t size)
{
    put_u32(out, size);
    put_zeros(out, 4);
    put_u32(out, 0x02100000);
    pdf_put(out, "mntrRGB XYZ ");
    for (int i = 0; i < 6; i++)
        put_u16(out, i == 0 ? 2001 : i == 1 ? 4 : i == 2 ? 1 : 0);
    pdf_put(out, "acsp");
    put_zeros(out, 4 + 4 + 4 + 4 + 8 + 4);
    put_fixed(out, 0.9642);
    put_fixed(out, 1.0);
    put_fixed(out, 0.8249);
    put_zeros(out, HEADER - out->length);
}

static void put_part(struct pdf_bytes *out, size_t part)
{
    static const double xyz[4][3] = {
        {0.9642,  1.0,     0.8249 },
        {0.43607, 0.22249, 0.01392},
        {0.38515, 0.71687, 0.09708},
        {0.14307, 0.06061, 0.71410},
    };

    if (part == 0)
        put_description(out);
    else if (part == 1)
        put_copyright(out);
    else if (part < 6)
        put_xyz(out, xyz[part - 2]);
    else
        put_curve(out);
    put_zeros(out, (4 - out->length % 4) % 4);
}

void pdf_icc_srgb(struct pdf_bytes *out)
{
    static const char names[TAGS][5] = {"desc", "cprt", "wtpt", "rXYZ", "gXYZ",
                                        "bXYZ", "rTRC", "gTRC", "bTRC"};
    struct pdf_bytes parts = {.arena = out->arena};
    size_t start[TAGS], length[TAGS], first = HEADER + 4 + 12 * TAGS;

    /* The three curves are one: the last two entries of the table point to the same bytes.
     */
    for (size_t i = 0; i < TAGS; i++) {
        start[i] = i < 7 ? parts.length : start[6];
        if (i < 7) put_part(&parts, i);
        length[i] = i < 7 ? parts.length - start[i] : length[6];
    }
    put_header(out, first + parts.length);
    put_u32(out, TAGS);
    for (size_t i = 0; i < TAGS; i++) {
        pdf_put(out, names[i]);
        put_u32(out, first + start[i]);
        put_u32(out, length[i]);
    }
    pdf_put_n(out, parts.data, parts.length);
}
