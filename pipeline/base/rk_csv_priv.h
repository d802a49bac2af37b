// SPDX-License-Identifier: MIT
#ifndef RK_CSV_PRIV_H
#define RK_CSV_PRIV_H

#include "pipeline/base/rk_csv.h"

#include <stdint.h>

enum { CSV_BLOCK = 64 * 1024 };

/** A file as a stream of UTF-8, whatever it is encoded in. Bytes that cannot be decoded
 * come out as 0xff, which is never UTF-8: the reader of records finds them there, with
 * their line. */
struct csv_source {
    struct rk_diag *diag;
    const char *path;
    int file;
    enum rk_csv_encoding encoding; /**< never AUTO after csv_source_open */
    bool big_endian, bom;
    bool guessed; /**< windows-1252 or ISO 8859-15 because it is not UTF-8; nobody said so */
    const char *proof; /**< of the encoding, in words */
    struct rk_arena *arena;
    bool ended;
    rk_status status;
    unsigned high; /**< UTF-16: a first half whose second is in the next block, or 0 */
    size_t raw_at, raw_used;
    char raw[CSV_BLOCK];
};

/** Bytes 0x80 to 0x9f in windows-1252; 0: not assigned. */
extern const uint16_t csv_windows_1252[32];

rk_status csv_source_open(struct csv_source *source, struct rk_diag *diag, const char *path,
                          enum rk_csv_encoding encoding) RK_MUST_CHECK;
/** Up to `room` bytes (at least 16) of UTF-8; 0 at the end or after an
 * error (see status). */
size_t csv_source_read(struct csv_source *source, char *out, size_t room);
void csv_source_close(struct csv_source *source);

/** read() until `bytes` are there or the file ends; EINTR is no error. -1 with errno. */
long csv_read_fully(int file, char *out, size_t bytes);

/** What a file is that is no text, from its first bytes ("a ZIP or Excel workbook"), or
 * NULL; `advice` says what to do about it. */
const char *csv_binary_kind(const char *head, size_t bytes, const char **advice);

/** The encoding of a text whose user said nothing (or `wanted`), from its mark, else all
 * its bytes. Sets encoding, bom, big_endian, guessed and raw_at; may warn. */
rk_status csv_encoding_find(struct csv_source *source,
                            enum rk_csv_encoding wanted) RK_MUST_CHECK;

/** The separator among , ; tab | that divides most of the first lines alike;
 * ',' when none. */
char csv_separator_find(const char *text, size_t bytes);

/** For tests: every record through libcsv, also those without quotes. */
void csv_no_shortcut(struct rk_csv *csv);

#endif
