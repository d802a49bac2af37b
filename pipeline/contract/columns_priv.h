// SPDX-License-Identifier: MIT
#ifndef COLUMNS_PRIV_H
#define COLUMNS_PRIV_H

#include "pipeline/contract/columns.h"

/** The last bytes of a column file. */
struct columns_tail {
    uint64_t directory, bytes; /**< where the directory begins, how long it is */
    uint64_t rows;
    uint32_t columns;
    uint32_t order;       /**< COLUMNS_ORDER, as this machine writes it */
    char hash[COLUMNS_HASH]; /**< of the directory */
    char magic[16];
};

#define COLUMNS_MAGIC "reckon columns 2"
enum { COLUMNS_ORDER = 0x01020304 };

/** What the directory says of one column in one block. */
struct columns_chunk {
    uint64_t at, bytes; /**< in the file */
    int64_t least, greatest; /**< WHOLE: the first is what the stored numbers are counted from */
    uint32_t width;     /**< WHOLE: bytes of one, 0 when no row has a value; NUMBER: the same
                             where all are whole, 0 where they are doubles */
    uint32_t rows;
    uint64_t sum;       /**< columns_sum of the bytes */
};

/** Tells bytes that went bad on a disk from those written; no protection from people. */
uint64_t columns_sum(uint64_t sum, const void *data, size_t bytes);

/** A stored whole number with all bits set is a missing one. */
static inline uint64_t columns_missing(uint32_t width)
{
    return width == 8 ? UINT64_MAX : (UINT64_C(1) << (8 * width)) - 1;
}

/** The narrowest number of bytes that numbers up to `span` and a missing one fit into. */
static inline uint32_t columns_width(uint64_t span)
{
    uint32_t width = 1;

    while (width < 8 && span >= columns_missing(width))
        width *= 2;
    return width;
}

#endif
