// SPDX-License-Identifier: MIT
#ifndef CONTRACT_COLUMNS_H
#define CONTRACT_COLUMNS_H

#include "pipeline/base/rk_number.h"
#include "pipeline/base/rk_out.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/**
 * Column files: what a CSV of 10-clean or 20-people says, as numbers, so that the next stage
 * need not parse the text again. NAME.columns beside NAME.csv; the CSV is the contract, and
 * the column file holds only as long as the CSV has the hash that is written in it.
 *
 * A file is a run of blocks of up to COLUMNS_BLOCK rows, then a directory, then where the
 * directory is (docs/contracts.md has the bytes). Numbers are in the order of this machine;
 * a file of another is not read.
 */
enum { COLUMNS_BLOCK = 8192, COLUMNS_HASH = 64 };

enum columns_kind {
    COLUMNS_WHOLE,  /**< dates as days, whole numbers, codes as places in a dictionary */
    COLUMNS_NUMBER, /**< doubles; NAN is missing */
    COLUMNS_TEXT,   /**< bytes without a NUL in them */
};

/** Writing, a row at a time: one value of each column in turn, then columns_end. */
struct columns_writer;

struct columns_writer *columns_new(struct rk_arena *arena, FILE *out);
/** All columns before the first row; `meaning` is the caller's, and comes back. The
 *  dictionary of codes may be given later. */
void columns_add(struct columns_writer *writer, const char *name, enum columns_kind kind,
                 int meaning);
void columns_dictionary(struct columns_writer *writer, size_t column,
                        const char *const *codes, size_t count);
void columns_whole(struct columns_writer *writer, size_t column, int64_t value);
void columns_number(struct columns_writer *writer, size_t column, double value);
void columns_text(struct columns_writer *writer, size_t column, const char *text);
void columns_end(struct columns_writer *writer);
/** The last block and the directory. `hash` is that of the CSV in hex; `other` that of the
 *  CSV which a column of places refers to, or "". What was not written, the stream knows. */
void columns_finish(struct columns_writer *writer, const char *hash, const char *other);

/** Reading. */
struct columns;

/** Opens NAME.columns; NULL when there is none or it is no whole column file of this
 *  machine: then the CSV is read, and nothing is said. No file stays open. */
struct columns *columns_open(struct rk_arena *arena, const char *path);
const char *columns_hash(const struct columns *columns);
const char *columns_other(const struct columns *columns);
size_t columns_rows(const struct columns *columns);
/** Column of a name, or -1. */
long columns_find(const struct columns *columns, const char *name);
size_t columns_count(const struct columns *columns);
const char *columns_name(const struct columns *columns, size_t column);
enum columns_kind columns_kind(const struct columns *columns, size_t column);
int columns_meaning(const struct columns *columns, size_t column);
/** Rows that have a value. */
size_t columns_present(const struct columns *columns, size_t column);
/** The codes of a column, or NULL. */
const char *const *columns_codes(const struct columns *columns, size_t column,
                                 size_t *count);
/** All values of a column, `out` with room for all rows; false when the file is damaged. */
bool columns_read_whole(const struct columns *columns, size_t column, int64_t *out);
bool columns_read_number(const struct columns *columns, size_t column, double *out);
/** Whole numbers in as few bytes as hold them all: counted from `least`, all bits set where
 *  missing. */
struct columns_narrow {
    const void *values; /**< NULL: none */
    int64_t least;
    uint32_t width; /**< bytes of one: 1, 2 or 4 */
};
static inline int64_t columns_narrow_at(const struct columns_narrow *narrow, size_t row)
{
    uint32_t value, missing = UINT32_MAX >> (32 - 8 * narrow->width);

    if (narrow->width == 1)
        value = ((const uint8_t *)narrow->values)[row];
    else if (narrow->width == 2)
        value = ((const uint16_t *)narrow->values)[row];
    else
        value = ((const uint32_t *)narrow->values)[row];
    return value == missing ? RK_NO_VALUE : narrow->least + value;
}
/** Values of a column so, into the arena, of COLUMNS_NUMBER too when all are whole; `values` is
 *  NULL when they do not fit into 4 bytes. `places` (or NULL) are what its codes, `codes` many,
 *  stand for; false when the file is damaged. */
bool columns_read_narrow(const struct columns *columns, size_t column, struct rk_arena *arena,
                         const int64_t *places, size_t codes, struct columns_narrow *out);
/** Texts go into the arena; NULL where missing. */
bool columns_read_text(const struct columns *columns, size_t column, struct rk_arena *arena,
                       const char **out);

/** The same of one block: rows from block * COLUMNS_BLOCK on, as many as a block or as are left. */
bool columns_block_whole(const struct columns *columns, size_t column, size_t block, int64_t *out);
bool columns_block_number(const struct columns *columns, size_t column, size_t block, double *out);
bool columns_block_text(const struct columns *columns, size_t column, size_t block,
                        struct rk_arena *arena, const char **out);

#endif
