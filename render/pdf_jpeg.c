// SPDX-License-Identifier: MIT
/* What a JPEG file says of itself before its first line of pixels: which way up the camera
 * was held, and whether the file ends where it should. */
#include "render/pdf_priv.h"

#include <string.h>

enum { APP1 = 0xe1, START_OF_SCAN = 0xda, END_OF_IMAGE = 0xd9, ORIENTATION = 0x0112 };

struct view {
    const unsigned char *at;
    size_t bytes;
    bool little; /**< of a TIFF header: the low byte comes first */
};

static size_t number(const struct view *view, size_t offset, size_t bytes)
{
    size_t value = 0;

    if (offset > view->bytes || bytes > view->bytes - offset) return 0;
    for (size_t i = 0; i < bytes; i++)
        value = value << 8 | view->at[offset + (view->little ? bytes - 1 - i : i)];
    return value;
}

/* Of "Exif\0\0", a TIFF header and its first directory. */
static int exif_orientation(struct view segment)
{
    struct view tiff;
    size_t at, count;

    if (segment.bytes < 14 || memcmp(segment.at, "Exif\0", 6) != 0) return 1;
    tiff = (struct view){segment.at + 6, segment.bytes - 6, segment.at[6] == 'I'};
    at = number(&tiff, 4, 4);
    count = number(&tiff, at, 2);
    for (size_t i = 0; i < count && i < 512; i++) {
        size_t entry = at + 2 + 12 * i, value = number(&tiff, entry + 8, 2);

        if (number(&tiff, entry, 2) != ORIENTATION) continue;
        return value >= 1 && value <= 8 ? (int)value : 1;
    }
    return 1;
}

static bool ends(const struct view *file, size_t from)
{
    for (size_t i = file->bytes; i-- > from + 1;)
        if (file->at[i] == END_OF_IMAGE && file->at[i - 1] == 0xff) return true;
    return false;
}

struct jpeg_look pdf_jpeg_look(const void *data, size_t bytes)
{
    struct view file = {data, bytes, false};
    struct jpeg_look look = {.orientation = 1};
    size_t at = 2;

    while (at + 4 <= bytes && file.at[at] == 0xff) {
        unsigned marker = file.at[at + 1];
        size_t length = number(&file, at + 2, 2);

        if (marker == 0xff) { /* filling */
            at++;
            continue;
        }
        if (length < 2 || length > bytes - at - 2) break;
        if (marker == APP1 && look.orientation == 1)
            look.orientation =
                exif_orientation((struct view){file.at + at + 4, length - 2, false});
        at += 2 + length;
        if (marker != START_OF_SCAN) continue;
        look.whole = ends(&file, at);
        break;
    }
    return look;
}
