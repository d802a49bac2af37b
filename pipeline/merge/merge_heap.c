// SPDX-License-Identifier: MIT
#include "pipeline/merge/merge_heap.h"

#include <stdbool.h>

static bool before(const struct merge_heap *heap, size_t i, size_t k)
{
    size_t a = heap->parts[i], b = heap->parts[k];
    int order = heap->compare(heap->context, a, b);

    return order ? order < 0 : a < b;
}

static void swap(struct merge_heap *heap, size_t i, size_t k)
{
    size_t part = heap->parts[i];

    heap->parts[i] = heap->parts[k];
    heap->parts[k] = part;
}

void merge_heap_add(struct merge_heap *heap, size_t part)
{
    size_t at = heap->count++;

    heap->parts[at] = part;
    for (; at && before(heap, at, (at - 1) / 2); at = (at - 1) / 2)
        swap(heap, at, (at - 1) / 2);
}

size_t merge_heap_first(const struct merge_heap *heap)
{
    return heap->parts[0];
}

void merge_heap_sink(struct merge_heap *heap)
{
    for (size_t at = 0, child; (child = 2 * at + 1) < heap->count; at = child) {
        if (child + 1 < heap->count && before(heap, child + 1, child)) child++;
        if (!before(heap, child, at)) return;
        swap(heap, at, child);
    }
}

void merge_heap_drop(struct merge_heap *heap)
{
    swap(heap, 0, --heap->count);
    merge_heap_sink(heap);
}
