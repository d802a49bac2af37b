// SPDX-License-Identifier: MIT
#include "render/chart_priv.h"

#include <math.h>

void chart_take(struct chart_plot *plot, struct chart_places *places,
                struct chart_rect rect)
{
    RK_ROOM(plot->arena, places->taken, places->count, places->cap);
    places->taken[places->count++] = rect;
}

bool chart_is_free(const struct chart_places *places, struct chart_rect rect)
{
    for (size_t i = 0; i < places->count; i++) {
        const struct chart_rect *other = &places->taken[i];
        if (rect.left < other->right && other->left < rect.right &&
            rect.bottom < other->top && other->bottom < rect.top)
            return false;
    }
    return true;
}

struct chart_rect chart_text_rect(const struct chart_plot *plot, struct chart_type type,
                                  double x, double y, enum chart_align align,
                                  const char *text)
{
    double width = chart_text_width(plot, type, text);
    double left = align == CHART_LEFT    ? x
                  : align == CHART_RIGHT ? x - width
                                         : x - width / 2;
    return (struct chart_rect){left, y - 0.55 * type.size, left + width,
                               y + 0.55 * type.size};
}

/** A run of labels that touch: where its first one stands, how many there are, and the sum
 * of the places they wanted, each counted from the first. */
struct run {
    double first, wanted;
    size_t count;
};

static void settle(struct run *run, double size, double low, double high)
{
    double span = size * (double)(run->count - 1);
    run->first = run->wanted / (double)run->count;
    run->first = fmax(low, fmin(run->first, high - span));
}

/** Ascending order of y by insertion: labels are few. */
static size_t *ascending(struct rk_arena *arena, const double *y, size_t count)
{
    size_t *order = RK_ARRAY(arena, size_t, count);
    for (size_t i = 0; i < count; i++) {
        size_t at = i;
        for (; at > 0 && y[order[at - 1]] > y[i]; at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
    return order;
}

/* Runs that overlap are joined, and a run stands where its members deviate least (in
 * squares) from where they wanted to be: the pool-adjacent-violators way. */
void chart_spread(struct chart_plot *plot, double *y, size_t count, double size, double low,
                  double high)
{
    struct run *runs = RK_ARRAY(plot->arena, struct run, count + 1);
    size_t *order = ascending(plot->arena, y, count), used = 0, next = 0;
    for (size_t i = 0; i < count; i++) {
        runs[used++] = (struct run){.wanted = y[order[i]], .count = 1};
        settle(&runs[used - 1], size, low, high);
        while (used > 1) {
            struct run *below = &runs[used - 2], *last = &runs[used - 1];
            if (below->first + size * (double)below->count <= last->first) break;
            below->wanted += last->wanted - size * (double)(below->count * last->count);
            below->count += last->count;
            settle(below, size, low, high);
            used--;
        }
    }
    for (size_t r = 0; r < used; r++)
        for (size_t k = 0; k < runs[r].count; k++)
            y[order[next++]] = runs[r].first + size * (double)k;
}
