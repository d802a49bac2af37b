// SPDX-License-Identifier: MIT
#ifndef MERGE_HEAP_H
#define MERGE_HEAP_H

#include <stddef.h>

/**
 * Which of many ordered parts has the next row: a binary heap of their numbers. Parts whose rows
 * are equal come in the order of their numbers.
 */
struct merge_heap {
    size_t *parts, count; /**< room for all of them */
    int (*compare)(const void *context, size_t a, size_t b); /**< current rows of two parts */
    const void *context;
};

void merge_heap_add(struct merge_heap *heap, size_t part);
/** The part with the first row; only while count is not 0. */
size_t merge_heap_first(const struct merge_heap *heap);
/** Its row has moved on. */
void merge_heap_sink(struct merge_heap *heap);
/** It has no more rows. */
void merge_heap_drop(struct merge_heap *heap);

#endif
