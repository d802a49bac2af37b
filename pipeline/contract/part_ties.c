// SPDX-License-Identifier: MIT
#include "pipeline/contract/part_ties.h"

#include <stdlib.h>

/* FNV-1a and a last mix. */
uint64_t part_hash(const char *text)
{
    uint64_t hash = UINT64_C(14695981039346656037);

    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
    hash = (hash ^ hash >> 32) * UINT64_C(0xbf58476d1ce4e5b9);
    return hash ^ hash >> 29;
}

void part_ties_add(struct part_ties *ties, uint64_t one, uint64_t other)
{
    if (one == other) return;
    RK_ROOM(ties->arena, ties->ties, ties->count, ties->cap);
    ties->ties[ties->count++] = (struct part_tie){one, other};
}

static int by_value(const void *a, const void *b)
{
    const uint64_t *left = a, *right = b;

    return (*left > *right) - (*left < *right);
}

/* Each reference once, in order. */
static void list_known(struct part_ties *ties)
{
    size_t count = 0;

    ties->known = RK_ARRAY(ties->arena, uint64_t, 2 * ties->count + 1);
    for (size_t i = 0; i < ties->count; i++) {
        ties->known[2 * i] = ties->ties[i].one;
        ties->known[2 * i + 1] = ties->ties[i].other;
    }
    qsort(ties->known, 2 * ties->count, sizeof *ties->known, by_value);
    for (size_t i = 0; i < 2 * ties->count; i++)
        if (!count || ties->known[count - 1] != ties->known[i]) ties->known[count++] = ties->known[i];
    ties->known_count = count;
}

static size_t place_of(const struct part_ties *ties, uint64_t reference, bool *found)
{
    size_t low = 0, high = ties->known_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (ties->known[middle] < reference)
            low = middle + 1;
        else
            high = middle;
    }
    *found = low < ties->known_count && ties->known[low] == reference;
    return low;
}

/* The end of the way up from a place, and the way there shortened. */
static size_t top(size_t *up, size_t place)
{
    while (up[place] != place) {
        up[place] = up[up[place]];
        place = up[place];
    }
    return place;
}

void part_ties_settle(struct part_ties *ties)
{
    bool found;
    size_t *up;

    list_known(ties);
    up = RK_ARRAY(ties->arena, size_t, ties->known_count + 1);
    ties->first = RK_ARRAY(ties->arena, uint64_t, ties->known_count + 1);
    for (size_t i = 0; i < ties->known_count; i++)
        up[i] = i;
    for (size_t i = 0; i < ties->count; i++) {
        size_t one = top(up, place_of(ties, ties->ties[i].one, &found));
        size_t other = top(up, place_of(ties, ties->ties[i].other, &found));

        up[one > other ? one : other] = one > other ? other : one;
    }
    for (size_t i = 0; i < ties->known_count; i++)
        ties->first[i] = ties->known[top(up, i)];
}

uint64_t part_ties_first(const struct part_ties *ties, uint64_t reference)
{
    bool found;
    size_t place = place_of(ties, reference, &found);

    return found ? ties->first[place] : reference;
}
