// SPDX-License-Identifier: MIT
#include "pipeline/tabulate/tabulate_behind.h"

#include <string.h>

static long larger(long a, long b)
{
    return a > b ? a : b;
}

/* The most records of one client; 1 where the frame is not of records. */
static long most_of_one(const struct tab_desk *desk, const struct frame *frame)
{
    const int64_t *person = frame_person(frame);
    long most = 1, *of = RK_ARRAY(desk->arena, long, desk->people->rows + 1);

    for (size_t i = 0; person && i < frame->rows; i++)
        if (person[i] >= 0 && ++of[person[i]] > most) most = of[person[i]];
    return most;
}

/* "services" and "outcomes+" are frames; "services.clients" counts people. */
static const struct frame *frame_of(const struct tab_desk *desk, const char *name)
{
    size_t bytes = strcspn(name, "+");
    long at = rk_map_find(desk->frame_names, rk_arena_copy_n(desk->arena, name, bytes));

    return at < 0 || strchr(name, '.') ? NULL : desk->frames[at];
}

void tab_behind_counted(struct tab_desk *desk, const char *quantity, long clients)
{
    results_quantity_people(desk->results, quantity, clients);
    rk_map_add(desk->behind, quantity);
}

long tab_behind_least(const struct tab_desk *desk, const char *name,
                      const struct quantity *whole, const struct quantity *within)
{
    const struct frame *frame = frame_of(desk, name);
    long records = whole->value - within->value, least, most;

    if (!frame || frame == desk->people || records <= 0) return records;
    most = most_of_one(desk, frame);
    least = (records + most - 1) / most;
    if (rk_map_find(desk->behind, whole->id) < 0) return least;
    least = larger(least, whole->people - within->people);
    return larger(least, records - (whole->value - whole->people));
}
