// SPDX-License-Identifier: MIT
#ifndef DEDUPE_BLOCK_H
#define DEDUPE_BLOCK_H

#include "pipeline/dedupe/dedupe_priv.h"

/** Rows in groups, each a chain in the order of the files. A row is in one group or in
 * none. */
struct dedupe_groups {
    size_t count;
    int32_t *first, *last; /**< rows, by group; a file has fewer than 2^31 */
    int32_t *next;         /**< by row; -1 at the end of a chain */
};

/**
 * Rows that agree in every column of `names`: answered there and equal, texts as a reader
 * sees them (folded). Without `names` in every column of the extract, where blanks agree
 * and texts are equal byte by byte. Hashed and then compared, so that no two values are
 * taken for one; time grows with rows. What is returned lives in `arena`, and so does what
 * it takes to find it.
 */
struct dedupe_groups dedupe_block(const struct dedupe_rows *rows, struct rk_arena *arena,
                                  const char *const *names, size_t count);

#endif
