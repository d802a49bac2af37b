// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_csv_priv.h"
#include "pipeline/base/rk_file.h"
#include "pipeline/base/rk_text.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

long csv_read_fully(int file, char *out, size_t bytes)
{
    size_t used = 0;

    while (used < bytes) {
        ssize_t got = read(file, out + used, bytes - used);

        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return -1;
        if (got == 0) break;
        used += (size_t)got;
    }
    return (long)used;
}

static const struct mark {
    const char *start;
    size_t bytes;
    enum rk_csv_encoding encoding;
    bool big_endian;
} marks[] = {
    {"\xef\xbb\xbf", 3, RK_CSV_UTF8,  false},
    {"\xff\xfe",     2, RK_CSV_UTF16, false},
    {"\xfe\xff",     2, RK_CSV_UTF16, true },
};

static bool take_mark(struct csv_source *source)
{
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (source->raw_used < marks[i].bytes ||
            memcmp(source->raw, marks[i].start, marks[i].bytes) != 0)
            continue;
        source->encoding = marks[i].encoding;
        source->big_endian = marks[i].big_endian;
        source->bom = true;
        source->raw_at = marks[i].bytes;
        return true;
    }
    return false;
}

/* In UTF-16 without a mark every second byte of western text is NUL; in no 8-bit text is
 * one. */
static bool looks_utf16(const char *head, size_t bytes, bool *big_endian)
{
    size_t looked = bytes < 512 ? bytes & ~(size_t)1 : 512;
    size_t nuls[2] = {0, 0};

    for (size_t i = 0; i < looked; i++)
        nuls[i % 2] += head[i] == '\0';
    *big_endian = nuls[0] > nuls[1];
    return looked >= 8 && nuls[!*big_endian] > looked * 3 / 8 && nuls[*big_endian] == 0;
}

struct census {
    size_t good, bad; /**< characters beyond ASCII; bytes that are in none */
    size_t windows;   /**< of those, bytes that only windows-1252 gives a sign */
    size_t latin_9;   /**< a euro beside figures, a letter among letters, in ISO 8859-15 only */
};

static bool is_letter(unsigned char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* What a byte that is no UTF-8 says about 8-bit encodings. 0x80 to 0x9f are signs in
 * windows-1252 and nothing in ISO 8859. 0xa4 is the euro in ISO 8859-15, and in windows-1252 a
 * sign that nobody types; the others are letters there and fractions or accents here. */
static void count_bad(struct census *census, const char *text, size_t at, size_t bytes)
{
    static const char letters_there[] = "\xa6\xa8\xb4\xb8\xbc\xbd\xbe";
    unsigned char c = (unsigned char)text[at];
    unsigned char before = at > 0 ? (unsigned char)text[at - 1] : 0;
    unsigned char after = at + 1 < bytes ? (unsigned char)text[at + 1] : 0;
    bool among_letters = is_letter(before) || is_letter(after);

    census->bad++;
    census->windows += c >= 0x80 && c < 0xa0;
    census->latin_9 +=
        among_letters ? strchr(letters_there, text[at]) != NULL && c != 0 : c == 0xa4;
}

/* Counts up to the last byte that may be in an unfinished character; returns how many bytes
 * it took. `last`: nothing follows. */
static size_t count_block(struct census *census, const char *text, size_t bytes, bool last)
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
        if (!last && bytes - at < 4) break;
        length = rk_text_decode(text + at, bytes - at, &c);
        census->good += length > 1;
        if (length == 0) count_bad(census, text, at, bytes);
        at += length ? length : 1;
    }
    return at;
}

/* All of the file, by pread, so that reading starts where it was; a pipe has
 * only its head. */
static rk_status count_file(struct csv_source *source, struct census *census)
{
    char block[CSV_BLOCK];
    off_t offset = (off_t)source->raw_used;
    bool whole = source->raw_used < sizeof source->raw;
    size_t taken = count_block(census, source->raw, source->raw_used, whole);
    size_t kept = source->raw_used - taken;

    memcpy(block, source->raw + taken, kept);
    while (!whole) {
        ssize_t got = pread(source->file, block + kept, sizeof block - kept, offset);

        if (got < 0 && errno == EINTR) continue;
        if (got < 0 && errno == ESPIPE) return RK_OK;
        if (got < 0) return rk_file_fail(source->diag, source->path, "read");
        offset += got;
        whole = got == 0;
        kept += (size_t)got;
        taken = count_block(census, block, kept, whole);
        memmove(block, block + taken, kept - taken);
        kept -= taken;
    }
    return RK_OK;
}

static const char *proof_of(const struct csv_source *source, const struct census *census)
{
    struct rk_arena *arena = source->arena;

    if (source->encoding == RK_CSV_ISO_8859_15)
        return rk_arena_printf(arena,
                               "signs that only it has: %zu; that only windows-1252 has: none",
                               census->latin_9);
    if (source->encoding == RK_CSV_WINDOWS_1252 && census->windows)
        return rk_arena_printf(arena, "signs that only it has: %zu", census->windows);
    if (source->encoding == RK_CSV_WINDOWS_1252)
        return "its letters are the same in ISO 8859-1 and ISO 8859-15";
    if (!census->good && !census->bad) return "every byte is ASCII";
    if (!census->bad)
        return rk_arena_printf(arena, "characters beyond ASCII: %zu, all of them UTF-8",
                               census->good);
    return rk_arena_printf(arena, "characters beyond ASCII: %zu; damaged bytes: %zu",
                           census->good, census->bad);
}

static rk_status guess(struct csv_source *source)
{
    struct census census = {0, 0, 0, 0};

    RK_TRY(count_file(source, &census));
    /* some bad bytes among many good characters are damage, not another encoding */
    source->guessed = census.bad > 0 && census.bad >= census.good;
    if (!source->guessed)
        source->encoding = RK_CSV_UTF8;
    else
        source->encoding = census.latin_9 > 0 && census.windows == 0 ? RK_CSV_ISO_8859_15
                                                                     : RK_CSV_WINDOWS_1252;
    source->proof = proof_of(source, &census);
    return RK_OK;
}

/* "José" declared windows-1252 but written in UTF-8 would become "JosÃ©" and nobody would
 * know. */
static rk_status doubt_1252(struct csv_source *source)
{
    struct census census = {0, 0, 0, 0};

    RK_TRY(count_file(source, &census));
    if (census.good > 0 && census.bad == 0)
        rk_diag_say(
            source->diag, RK_DIAG_WARNING, RK_AT(source->path, 1, 0),
            "declared windows-1252, but every byte of it is valid UTF-8; if accented "
            "letters come out wrong, declare UTF-8");
    return RK_OK;
}

rk_status csv_encoding_find(struct csv_source *source, enum rk_csv_encoding wanted)
{
    struct rk_place top = RK_AT(source->path, 1, 0);
    bool big_endian;

    source->proof = "declared in the study";
    if (take_mark(source)) {
        source->proof = "byte-order mark";
        if (wanted != RK_CSV_AUTO && wanted != source->encoding)
            rk_diag_say(
                source->diag, RK_DIAG_WARNING, top,
                "its byte-order mark says %s, not the declared encoding; read as marked",
                source->encoding == RK_CSV_UTF8 ? "UTF-8" : "UTF-16");
        return RK_OK;
    }
    source->encoding = wanted;
    if (looks_utf16(source->raw, source->raw_used, &big_endian)) {
        rk_diag_say(source->diag, RK_DIAG_WARNING, top,
                    "looks like UTF-16 without a byte-order mark; read as that");
        source->encoding = RK_CSV_UTF16;
        source->big_endian = big_endian;
        source->proof = "every second byte is NUL";
        return RK_OK;
    }
    if (wanted == RK_CSV_AUTO) return guess(source);
    return wanted == RK_CSV_WINDOWS_1252 ? doubt_1252(source) : RK_OK;
}
