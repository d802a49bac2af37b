// SPDX-License-Identifier: MIT
#ifndef RENDER_PARAGRAPH_PRIV_H
#define RENDER_PARAGRAPH_PRIV_H

#include "render/paragraph.h"

enum item_kind {
    ITEM_BOX,   /**< a word, or a part of one */
    ITEM_GAP,   /**< a blank; vanishes at a break */
    ITEM_BREAK, /**< inside a word; may show a hyphen */
    ITEM_END,   /**< a line must end here */
};

/** Boxes, glue and penalties. Widths in points. */
struct item {
    enum item_kind kind;
    bool hyphen; /**< BREAK: a hyphen appears */
    int penalty; /**< GAP, BREAK: dislike of a break here; 0 none */
    double width;
    const char *text; /**< BOX: a slice of the span's text */
    size_t bytes;
    const struct font_run *run;
    struct font *font;
    double size, rise;
    size_t span;
};

struct items {
    struct rk_arena *arena;
    struct item *at;
    size_t count, cap;
};

/* paragraph_items.c */
struct items items_make(const struct paragraph_maker *maker, const struct doc_text *text,
                        const struct text_style *style);
/** A copy in which no unbreakable part is wider than `width`. */
struct items items_fit(const struct items *items, double width);
struct item *items_add(struct items *items, enum item_kind kind);
struct font *paragraph_font(const struct paragraph_maker *maker, unsigned style,
                            bool heading);

/* paragraph_break.c: chooses breaks; returns how many, each an item's position, the last
 * one items->count. */
size_t items_break(const struct items *items, const struct text_style *style, double width,
                   double first_width, size_t **breaks);
/** First item of the line after a break. */
size_t items_line_start(const struct items *items, size_t after);

/* paragraph_hyphen.c: places (bytes from the start, ascending) where a word may be divided.
 */
size_t hyphenator_places(struct hyphenator *hyphenator, const char *word, size_t bytes,
                         size_t *places, size_t room);

#endif
