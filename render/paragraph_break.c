// SPDX-License-Identifier: MIT
/* Where lines end: the path through all possible breaks with the fewest demerits. */
#include "render/paragraph_priv.h"

#include <math.h>

/* Demerits, as in TeX: (1 + badness + penalty)^2 for a line, and these for what looks
 * wrong. */
#define RUNT_DEMERITS    40000.0
#define HYPHENS_DEMERITS 30000.0
#define FORCED_DEMERITS  1e12
#define MOST_BADNESS     10000.0

/* A ragged line that falls short by this share of the measure has badness 100. */
#define RAG_SHARE 0.17
/* Gaps of a justified line grow by half and shrink by a quarter with badness 100. */
#define GAP_GROWS   0.5
#define GAP_SHRINKS 0.25
/* A last line shorter than this share of the measure is a runt. */
#define RUNT_SHARE 0.13

struct node {
    size_t at;     /**< item of the break; items->count at the end */
    size_t start;  /**< first item of the line after it */
    size_t before; /**< node at the start of the line that ends here */
    size_t lines;
    double demerits;
    bool hyphen;
};

struct breaking {
    const struct items *items;
    bool justified;
    double width, first_width;
    double *sum, *gaps; /**< widths of all items, of the gaps, before each item */
    struct node *nodes;
    size_t count, cap;
    size_t *active;
    size_t active_count;
};

size_t items_line_start(const struct items *items, size_t after)
{
    size_t start = after;

    if (start < items->count) start++;
    while (start < items->count && items->at[start].kind == ITEM_GAP)
        start++;
    return start;
}

static void add_up(struct breaking *b)
{
    const struct items *items = b->items;

    b->sum = RK_ARRAY(items->arena, double, items->count + 1);
    b->gaps = RK_ARRAY(items->arena, double, items->count + 1);
    for (size_t i = 0; i < items->count; i++) {
        const struct item *item = &items->at[i];
        bool shows = item->kind == ITEM_BOX || item->kind == ITEM_GAP;

        b->sum[i + 1] = b->sum[i] + (shows ? item->width : 0);
        b->gaps[i + 1] = b->gaps[i] + (item->kind == ITEM_GAP ? item->width : 0);
    }
}

static double badness(double ratio)
{
    double bad = 100 * ratio * ratio * ratio;

    return bad < MOST_BADNESS ? bad : MOST_BADNESS;
}

static double line_width(const struct breaking *b, const struct node *from)
{
    return from->lines == 0 ? b->first_width : b->width;
}

/* Badness of the line from a node to item `end`; negative: it does not fit. */
static double line_badness(const struct breaking *b, const struct node *from, size_t end,
                           double hyphen, bool last)
{
    double gaps = b->gaps[end] - b->gaps[from->start];
    double natural = b->sum[end] - b->sum[from->start] + hyphen;
    double width = line_width(b, from), rest = width - natural;

    if (rest < -0.001) {
        if (!b->justified || -rest > gaps * GAP_SHRINKS) return -1;
        return badness(-rest / (gaps * GAP_SHRINKS));
    }
    if (last) return 0;
    if (!b->justified) return badness(rest / (RAG_SHARE * b->width));
    return gaps > 0 ? badness(rest / (gaps * GAP_GROWS)) : MOST_BADNESS;
}

static bool is_runt(const struct breaking *b, const struct node *from, size_t end)
{
    return from->lines > 0 && b->sum[end] - b->sum[from->start] < RUNT_SHARE * b->width;
}

static double demerits(const struct breaking *b, const struct node *from, size_t end,
                       double bad)
{
    const struct item *item = end < b->items->count ? &b->items->at[end] : NULL;
    bool last = !item || item->kind == ITEM_END;
    double total = 1 + bad + (item ? item->penalty : 0);

    total *= total;
    if (last && is_runt(b, from, end)) total += RUNT_DEMERITS;
    if (from->hyphen && item && item->hyphen) total += HYPHENS_DEMERITS;
    return from->demerits + total;
}

static void add_node(struct breaking *b, struct node node)
{
    size_t position = b->count;

    RK_ROOM(b->items->arena, b->nodes, b->count, b->cap);
    b->nodes[b->count++] = node;
    b->active[b->active_count++] = position;
}

/* Drops the nodes from which a line to item `end` is too long even without a hyphen; keeps
 * one. */
static void retire(struct breaking *b, size_t end)
{
    size_t kept = 0, last = b->active[b->active_count - 1];

    for (size_t i = 0; i < b->active_count; i++) {
        const struct node *node = &b->nodes[b->active[i]];

        if (line_badness(b, node, end, 0, false) >= 0) b->active[kept++] = b->active[i];
    }
    if (kept == 0) b->active[kept++] = last;
    b->active_count = kept;
}

/* The best line that ends at item `end`, as a new node. */
static void try_break(struct breaking *b, size_t end)
{
    const struct item *item = end < b->items->count ? &b->items->at[end] : NULL;
    bool forced = !item || item->kind == ITEM_END;
    double hyphen = item && item->hyphen ? item->width : 0;
    double best = INFINITY;
    size_t best_from = 0;

    retire(b, end);
    for (size_t i = 0; i < b->active_count; i++) {
        const struct node *from = &b->nodes[b->active[i]];
        double bad = line_badness(b, from, end, hyphen, forced);
        double total =
            bad >= 0 ? demerits(b, from, end, bad) : from->demerits + FORCED_DEMERITS;

        /* A line that does not fit is taken only when the text leaves nothing else. */
        if (bad < 0 && (b->active_count > 1 || (!forced && item->kind != ITEM_GAP)))
            continue;
        if (total < best) {
            best = total;
            best_from = b->active[i];
        }
    }
    if (forced) b->active_count = isinf(best) ? b->active_count : 0;
    if (isinf(best)) return;
    add_node(b, (struct node){
                    .at = end,
                    .start = items_line_start(b->items, end),
                    .before = best_from,
                    .lines = b->nodes[best_from].lines + 1,
                    .demerits = best,
                    .hyphen = item && item->hyphen,
                });
}

static size_t read_back(const struct breaking *b, size_t **breaks)
{
    size_t node = b->count - 1, lines = b->nodes[node].lines;

    *breaks = RK_ARRAY(b->items->arena, size_t, lines);
    for (size_t i = lines; i > 0; i--, node = b->nodes[node].before)
        (*breaks)[i - 1] = b->nodes[node].at;
    return lines;
}

size_t items_break(const struct items *items, const struct text_style *style, double width,
                   double first_width, size_t **breaks)
{
    struct breaking b = {
        .items = items,
        .justified = style->align == TEXT_JUSTIFIED,
        .width = width,
        .first_width = first_width,
    };

    if (items->count == 0) return 0;
    add_up(&b);
    b.active = RK_ARRAY(items->arena, size_t, items->count + 2);
    add_node(&b, (struct node){0});
    for (size_t i = 0; i < items->count; i++) {
        bool after_box = i > 0 && items->at[i - 1].kind == ITEM_BOX;

        if (items->at[i].kind == ITEM_END || (items->at[i].kind != ITEM_BOX && after_box))
            try_break(&b, i);
    }
    try_break(&b, items->count);
    return read_back(&b, breaks);
}
