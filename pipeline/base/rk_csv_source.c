// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_csv_priv.h"
#include "pipeline/base/rk_file.h"
#include "pipeline/base/rk_text.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { UNDECODABLE = 0xff };

static rk_status look_at_head(struct csv_source *source, enum rk_csv_encoding wanted)
{
    struct stat info;
    const char *kind, *advice;
    long got;

    if (fstat(source->file, &info) == 0 && S_ISDIR(info.st_mode))
        return rk_fail(source->diag, RK_WORLD, RK_AT(source->path, 0, 0),
                       "is a folder, not a file");
    got = csv_read_fully(source->file, source->raw, sizeof source->raw);
    if (got < 0) return rk_file_fail(source->diag, source->path, "read");
    source->raw_used = (size_t)got;
    kind = csv_binary_kind(source->raw, source->raw_used, &advice);
    if (kind)
        return rk_fail(source->diag, RK_CHECK, RK_AT(source->path, 1, 0),
                       "this is %s, not a CSV file; %s", kind, advice);
    return csv_encoding_find(source, wanted);
}

rk_status csv_source_open(struct csv_source *source, struct rk_diag *diag, const char *path,
                          enum rk_csv_encoding encoding)
{
    rk_status status;

    source->diag = diag;
    source->path = path;
    source->file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (source->file < 0) return rk_file_fail(diag, path, "read");
    status = look_at_head(source, encoding);
    if (status != RK_OK) csv_source_close(source);
    return status;
}

void csv_source_close(struct csv_source *source)
{
    if (source->file >= 0) close(source->file);
    source->file = -1;
}

/* Bytes waiting in `raw`, after reading a block if there are none; 0 at the end. */
static size_t waiting(struct csv_source *source)
{
    long got;

    if (source->raw_at < source->raw_used) return source->raw_used - source->raw_at;
    if (source->ended || source->raw_used < sizeof source->raw)
        return 0; /* the block before this one was the last */
    got = csv_read_fully(source->file, source->raw, sizeof source->raw);
    if (got < 0) source->status = rk_file_fail(source->diag, source->path, "read");
    source->raw_at = 0;
    source->raw_used = got > 0 ? (size_t)got : 0;
    return source->raw_used;
}

static size_t copy_utf8(struct csv_source *source, char *out, size_t room)
{
    size_t bytes = waiting(source);

    if (bytes > room) bytes = room;
    memcpy(out, source->raw + source->raw_at, bytes);
    source->raw_at += bytes;
    return bytes;
}

/* Bytes 0x80 to 0x9f; the rest of the code page is Latin-1. 0: not assigned. */
const uint16_t csv_windows_1252[32] = {
    0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017d, 0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178};

/* Where ISO 8859-15 is not Latin-1. */
static uint32_t latin_9(uint32_t c)
{
    static const struct {
        uint32_t byte, character;
    } other[] = {
        {0xa4, 0x20ac}, {0xa6, 0x160}, {0xa8, 0x161}, {0xb4, 0x17d},
        {0xb8, 0x17e},  {0xbc, 0x152}, {0xbd, 0x153}, {0xbe, 0x178},
    };

    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        if (other[i].byte == c) return other[i].character;
    return c >= 0x80 && c < 0xa0 ? 0 : c;
}

static size_t decode_one_byte(struct csv_source *source, char *out, size_t room)
{
    bool western = source->encoding == RK_CSV_ISO_8859_15;
    size_t bytes = waiting(source);
    size_t used = 0;

    if (bytes > room / 3) bytes = room / 3;
    for (size_t i = 0; i < bytes; i++) {
        uint32_t c = (unsigned char)source->raw[source->raw_at++];

        if (western)
            c = latin_9(c);
        else if (c >= 0x80 && c < 0xa0)
            c = csv_windows_1252[c - 0x80];
        if (c == 0 && source->raw[source->raw_at - 1] != '\0')
            out[used++] = (char)UNDECODABLE;
        else
            used += rk_text_put(out + used, c);
    }
    return used;
}

/* One 16-bit unit to UTF-8; a pair is written when its second half comes. */
static size_t put_unit(struct csv_source *source, char *out, unsigned unit)
{
    unsigned high = source->high;
    size_t used = 0;

    source->high = 0;
    if (high && unit >= 0xdc00 && unit < 0xe000)
        return rk_text_put(out, 0x10000 + ((high - 0xd800) << 10) + (unit - 0xdc00));
    if (high) out[used++] = (char)UNDECODABLE;
    if (unit >= 0xd800 && unit < 0xdc00)
        source->high = unit;
    else if (unit >= 0xdc00 && unit < 0xe000)
        out[used++] = (char)UNDECODABLE;
    else
        used += rk_text_put(out + used, unit);
    return used;
}

/* Blocks are even, so only the end of the file can cut a unit in two. */
static size_t decode_utf16(struct csv_source *source, char *out, size_t room)
{
    size_t used = 0;

    do {
        size_t bytes = waiting(source);

        if (bytes < 2) {
            if (bytes == 1 || source->high) out[used++] = (char)UNDECODABLE;
            source->raw_at = source->raw_used;
            source->high = 0;
            break;
        }
        for (; bytes >= 2 && room - used >= 8; bytes -= 2) {
            const unsigned char *raw = (unsigned char *)source->raw + source->raw_at;
            unsigned unit =
                source->big_endian ? raw[0] << 8 | raw[1] : raw[1] << 8 | raw[0];

            source->raw_at += 2;
            used += put_unit(source, out + used, unit);
        }
    } while (used == 0); /* a block of one half of a pair is not the end */
    return used;
}

size_t csv_source_read(struct csv_source *source, char *out, size_t room)
{
    size_t bytes;

    if (source->encoding == RK_CSV_WINDOWS_1252 || source->encoding == RK_CSV_ISO_8859_15)
        bytes = decode_one_byte(source, out, room);
    else if (source->encoding == RK_CSV_UTF16)
        bytes = decode_utf16(source, out, room);
    else
        bytes = copy_utf8(source, out, room);
    source->ended = bytes == 0;
    return bytes;
}
