// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_arena.h"
#include "pipeline/base/rk_cleanup.h"

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK_FIRST = 16 * 1024, CHUNK_LAST = 1024 * 1024 };

#if !defined(__has_feature) /* clang says it this way, gcc the other */
#define __has_feature(feature) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
static const bool one_chunk_each = true;
#else
static const bool one_chunk_each = false;
#endif

/* Chunks stand in the order of use; those behind `current` are empty and wait for reuse. */
struct chunk {
    struct chunk *next;
    size_t capacity, used;
    max_align_t data[];
};

struct rk_arena {
    struct chunk *first, *current;
    size_t chunk_bytes; /**< of the next chunk: doubles, so that big arenas have few */
};

static void *get_memory(size_t bytes)
{
    void *memory = malloc(bytes);

    if (!memory) rk_out_of_memory();
    return memory;
}

struct rk_arena *rk_arena_new(void)
{
    struct rk_arena *arena = get_memory(sizeof *arena);

    *arena = (struct rk_arena){.chunk_bytes = CHUNK_FIRST};
    return arena;
}

static void free_chunks(struct chunk *chunk)
{
    while (chunk) {
        struct chunk *next = chunk->next;

        free(chunk);
        chunk = next;
    }
}

void rk_arena_free(struct rk_arena *arena)
{
    if (!arena) return;
    free_chunks(arena->first);
    free(arena);
}

void rk_arena_reset(struct rk_arena *arena)
{
    struct chunk **at = &arena->first;

    while (*at) { /* one giant row must not hold its memory for the rest of the run */
        struct chunk *chunk = *at;

        chunk->used = 0;
        if (one_chunk_each || chunk->capacity > CHUNK_LAST) {
            *at = chunk->next;
            free(chunk);
        } else {
            at = &chunk->next;
        }
    }
    arena->current = arena->first;
}

/* Where the next object would start in a chunk; chunk->data itself is aligned
 * for any type. */
static size_t next_offset(const struct chunk *chunk)
{
    const size_t align = _Alignof(max_align_t);

    return (chunk->used + align - 1) / align * align;
}

static bool has_room(const struct chunk *chunk, size_t bytes)
{
    size_t offset = chunk ? next_offset(chunk) : 0;

    return chunk && offset <= chunk->capacity && bytes <= chunk->capacity - offset;
}

static struct chunk *new_chunk(struct rk_arena *arena, size_t bytes)
{
    size_t capacity = bytes;
    struct chunk *chunk;

    if (bytes > SIZE_MAX / 2) rk_out_of_memory();
    if (!one_chunk_each && capacity < arena->chunk_bytes) {
        capacity = arena->chunk_bytes;
        if (arena->chunk_bytes < CHUNK_LAST) arena->chunk_bytes *= 2;
    }
    chunk = get_memory(sizeof *chunk + capacity);
    chunk->capacity = capacity;
    chunk->used = 0;
    return chunk;
}

static struct chunk *chunk_for(struct rk_arena *arena, size_t bytes)
{
    struct chunk **after;

    if (has_room(arena->current, bytes) && !one_chunk_each) return arena->current;
    after = arena->current ? &arena->current->next : &arena->first;
    if (!has_room(*after, bytes) || one_chunk_each) {
        struct chunk *chunk = new_chunk(arena, bytes);

        chunk->next = *after;
        *after = chunk;
    }
    arena->current = *after;
    return arena->current;
}

static void *take(struct rk_arena *arena, size_t bytes)
{
    struct chunk *chunk = chunk_for(arena, bytes ? bytes : 1);
    size_t offset = next_offset(chunk);

    chunk->used = offset + (bytes ? bytes : 1);
    return (char *)chunk->data + offset;
}

static size_t multiply(size_t count, size_t size)
{
    size_t bytes;

    if (__builtin_mul_overflow(count, size, &bytes)) rk_out_of_memory();
    return bytes;
}

void *rk_arena_alloc(struct rk_arena *arena, size_t count, size_t size)
{
    size_t bytes = multiply(count, size);

    return memset(take(arena, bytes), 0, bytes);
}

void *rk_arena_grow(struct rk_arena *arena, const void *old, size_t old_count, size_t count,
                    size_t size)
{
    size_t kept = multiply(old_count, size);
    size_t bytes = multiply(count, size);
    char *grown;

    assert(old_count <= count);
    grown = take(arena, bytes);
    if (kept) memcpy(grown, old, kept);
    memset(grown + kept, 0, bytes - kept);
    return grown;
}

char *rk_arena_copy_n(struct rk_arena *arena, const char *text, size_t bytes)
{
    char *copy;

    if (bytes == SIZE_MAX) rk_out_of_memory();
    copy = take(arena, bytes + 1);
    if (bytes) memcpy(copy, text, bytes);
    copy[bytes] = '\0';
    return copy;
}

char *rk_arena_copy(struct rk_arena *arena, const char *text)
{
    return rk_arena_copy_n(arena, text, strlen(text));
}

char *rk_arena_vprintf(struct rk_arena *arena, const char *format, va_list args)
{
    char brief[256];
    va_list again;
    char *text;
    int bytes;

    va_copy(again, args);
    bytes = vsnprintf(brief, sizeof brief, format, args);
    if (bytes < 0) rk_out_of_memory();
    if ((size_t)bytes < sizeof brief) {
        text = rk_arena_copy_n(arena, brief, (size_t)bytes);
    } else {
        text = take(arena, (size_t)bytes + 1);
        vsnprintf(text, (size_t)bytes + 1, format, again);
    }
    va_end(again);
    return text;
}

char *rk_arena_printf(struct rk_arena *arena, const char *format, ...)
{
    va_list args;
    char *text;

    va_start(args, format);
    text = rk_arena_vprintf(arena, format, args);
    va_end(args);
    return text;
}
