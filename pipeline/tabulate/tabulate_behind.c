// SPDX-License-Identifier: MIT
#include "pipeline/tabulate/tabulate_behind.h"

#include <string.h>

static long larger(long a, long b)
{
    return a > b ? a : b;
}

static long count_most(const struct frame *frame, size_t people)
{
    struct rk_arena *arena = rk_arena_new();
    const int32_t *person = frame_person_aside(frame, arena);
    uint32_t *of = RK_ARRAY(arena, uint32_t, people + 1);
    long most = 1;

    for (size_t i = 0; person && i < frame->rows; i++)
        if (person[i] >= 0 && ++of[person[i]] > most) most = of[person[i]];
    rk_arena_free(arena);
    return most;
}

/* The most records of one client; 1 where the frame is not of records. Counted once. */
static long most_of_one(struct tab_desk *desk, size_t frame)
{
    while (frame >= desk->most_cap)
        RK_ROOM(desk->arena, desk->most, desk->most_cap, desk->most_cap);
    if (!desk->most[frame])
        desk->most[frame] = count_most(desk->frames[frame], desk->people->rows);
    return desk->most[frame];
}

/* "services" and "outcomes+" are frames; "services.clients" counts people. Else -1. */
static long frame_of(const struct tab_desk *desk, const char *name)
{
    size_t bytes = strcspn(name, "+");
    long at = rk_map_find(desk->frame_names, rk_arena_copy_n(desk->arena, name, bytes));

    return strchr(name, '.') ? -1 : at;
}

void tab_behind_counted(struct tab_desk *desk, const char *quantity, long clients)
{
    results_quantity_people(desk->results, quantity, clients);
    rk_map_add(desk->behind, quantity);
}

long tab_behind_least(struct tab_desk *desk, const char *name,
                      const struct quantity *whole, const struct quantity *within)
{
    long frame = frame_of(desk, name);
    long records = whole->value - within->value, least, most;

    if (frame < 0 || desk->frames[frame] == desk->people || records <= 0) return records;
    most = most_of_one(desk, (size_t)frame);
    least = (records + most - 1) / most;
    if (rk_map_find(desk->behind, whole->id) < 0) return least;
    least = larger(least, whole->people - within->people);
    return larger(least, records - (whole->value - whole->people));
}
