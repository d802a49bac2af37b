// SPDX-License-Identifier: MIT
/* Periods: codes in order, none left out between the first and the last. */
#include "pipeline/contract/frame_priv.h"
#include "pipeline/contract/period.h"

#include <stdlib.h>
#include <string.h>

enum { GAPS_FILLED_UP_TO = 1200 };

static int by_number(const void *a, const void *b)
{
    const long *left = a;
    const long *right = b;

    return (*left > *right) - (*left < *right);
}

static size_t fill_gaps(struct rk_arena *arena, long **numbers, size_t count)
{
    long span = count ? (*numbers)[count - 1] - (*numbers)[0] + 1 : 0;
    long *all;

    if (span <= 0 || span > GAPS_FILLED_UP_TO) return count;
    all = RK_ARRAY(arena, long, (size_t)span);
    for (long i = 0; i < span; i++)
        all[i] = (*numbers)[0] + i;
    *numbers = all;
    return (size_t)span;
}

bool frame_periods_order(struct rk_arena *arena, struct frame_column *column,
                         const char *const *met, size_t count, int64_t **places)
{
    struct code_list *list = code_list_new(arena, column->codes->name, column->codes->path);
    long *numbers = RK_ARRAY(arena, long, count + 1);
    enum period_unit unit = PERIOD_MONTH;
    size_t all;

    if (!period_unit_parse(column->codes->period, &unit)) return false;
    for (size_t i = 0; i < count; i++)
        if (!period_parse(met[i], unit, &numbers[i])) return false;
    qsort(numbers, count, sizeof *numbers, by_number);
    all = fill_gaps(arena, &numbers, count);
    list->open = true;
    list->period = column->codes->period;
    for (size_t i = 0; i < all; i++)
        code_list_add(arena, list, period_code(arena, unit, numbers[i]),
                      period_label(arena, unit, numbers[i]));
    *places = RK_ARRAY(arena, int64_t, count + 1);
    for (size_t i = 0; i < count; i++)
        (*places)[i] = code_list_find(list, met[i]);
    column->codes = list;
    return true;
}
