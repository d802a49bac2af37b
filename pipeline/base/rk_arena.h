// SPDX-License-Identifier: MIT
#ifndef RK_ARENA_H
#define RK_ARENA_H

#include "pipeline/base/rk_status.h"

#include <stdarg.h>
#include <stddef.h>

/**
 * Memory that lives for a phase: nothing in it is freed singly, so an early return leaks
 * nothing. No call returns NULL. When memory runs out the program says so, removes its
 * unfinished output (rk_out) and exits with RK_WORLD; sizes are checked for overflow. Under
 * AddressSanitizer every object is its own malloc, so that overruns show.
 */
struct rk_arena;

struct rk_arena *rk_arena_new(void);
void rk_arena_free(struct rk_arena *arena);
/** Empties the arena and keeps its memory for the next row. */
void rk_arena_reset(struct rk_arena *arena);

/** `count` objects of `size` bytes, zeroed, aligned for any type. */
void *rk_arena_alloc(struct rk_arena *arena, size_t count, size_t size);
/** A larger zero-padded copy of an array; the old one stays until the arena goes. */
void *rk_arena_grow(struct rk_arena *arena, const void *old, size_t old_count, size_t count,
                    size_t size);
char *rk_arena_copy(struct rk_arena *arena, const char *text);
char *rk_arena_copy_n(struct rk_arena *arena, const char *text, size_t bytes);
char *rk_arena_printf(struct rk_arena *arena, const char *format, ...) RK_PRINTF(2, 3);
char *rk_arena_vprintf(struct rk_arena *arena, const char *format, va_list args);

#define RK_NEW(arena, type) ((type *)rk_arena_alloc((arena), 1, sizeof(type)))
#define RK_ARRAY(arena, type, count) \
    ((type *)rk_arena_alloc((arena), (count), sizeof(type)))

/** Makes room for one more element in an arena array that keeps its capacity in `cap`. */
#define RK_ROOM(arena, array, count, cap)                                               \
    do {                                                                                \
        if ((count) >= (cap)) {                                                         \
            size_t rk_room_cap = (cap) ? 2 * (size_t)(cap) : 16;                        \
            (array) =                                                                   \
                rk_arena_grow((arena), (array), (count), rk_room_cap, sizeof *(array)); \
            (cap) = rk_room_cap;                                                        \
        }                                                                               \
    } while (0)

/** Text to position in the order of first addition; the order never depends on hashing. */
struct rk_map;
struct rk_map *rk_map_new(struct rk_arena *arena);
/** Position of `key`, or -1. */
long rk_map_find(const struct rk_map *map, const char *key);
/** Position of `key`, which is copied and added at the end if it is new. */
size_t rk_map_add(struct rk_map *map, const char *key);
size_t rk_map_count(const struct rk_map *map);
const char *rk_map_key(const struct rk_map *map, size_t position);

#endif
