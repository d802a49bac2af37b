// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_arena.h"

#include <stdint.h>
#include <string.h>

/* Open addressing over positions + 1 (0: free), never more than half full. */
struct rk_map {
    struct rk_arena *arena;
    const char **keys; /**< in the order of addition */
    uint64_t *hashes;
    size_t count, cap;
    size_t *slots;
    size_t slot_count; /**< a power of two */
};

/* FNV-1a, with a last mix because the slot is taken from the low bits. */
static uint64_t hash_of(const char *key)
{
    uint64_t hash = UINT64_C(14695981039346656037);

    for (; *key; key++)
        hash = (hash ^ (unsigned char)*key) * UINT64_C(1099511628211);
    return hash ^ (hash >> 32);
}

struct rk_map *rk_map_new(struct rk_arena *arena)
{
    struct rk_map *map = RK_NEW(arena, struct rk_map);

    map->arena = arena;
    map->slot_count = 32;
    map->slots = RK_ARRAY(arena, size_t, map->slot_count);
    return map;
}

/* The key's slot, or the free one where it would go. */
static size_t *slot_of(const struct rk_map *map, const char *key, uint64_t hash)
{
    size_t at = (size_t)hash & (map->slot_count - 1);

    while (map->slots[at]) {
        size_t position = map->slots[at] - 1;

        if (map->hashes[position] == hash && strcmp(map->keys[position], key) == 0) break;
        at = (at + 1) & (map->slot_count - 1);
    }
    return &map->slots[at];
}

long rk_map_find(const struct rk_map *map, const char *key)
{
    return (long)*slot_of(map, key, hash_of(key)) - 1;
}

static void widen(struct rk_map *map)
{
    map->slot_count *= 2;
    map->slots = RK_ARRAY(map->arena, size_t, map->slot_count);
    for (size_t i = 0; i < map->count; i++)
        *slot_of(map, map->keys[i], map->hashes[i]) = i + 1;
}

size_t rk_map_add(struct rk_map *map, const char *key)
{
    uint64_t hash = hash_of(key);
    size_t *slot = slot_of(map, key, hash);
    size_t hash_cap = map->cap;

    if (*slot) return *slot - 1;
    RK_ROOM(map->arena, map->hashes, map->count, hash_cap);
    RK_ROOM(map->arena, map->keys, map->count, map->cap);
    map->keys[map->count] = rk_arena_copy(map->arena, key);
    map->hashes[map->count] = hash;
    *slot = ++map->count;
    if (2 * map->count >= map->slot_count) widen(map);
    return map->count - 1;
}

size_t rk_map_count(const struct rk_map *map)
{
    return map->count;
}

const char *rk_map_key(const struct rk_map *map, size_t position)
{
    return map->keys[position];
}
