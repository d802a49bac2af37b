// SPDX-License-Identifier: MIT
#ifndef TESTS_SUPPORT_PAGES_H
#define TESTS_SUPPORT_PAGES_H

#include "pipeline/base/rk_arena.h"

#include <stdbool.h>

/** A trace (render/trace.h) taken apart: what stands on which page, and where. */
struct seen {
    int page;
    double x, y, size; /**< of a box or picture its width */
    const char *face, *element, *words;
    const char *kind; /**< "text", "box", "line", "link", "anchor", "bookmark" */
};

struct pages {
    struct seen *at;
    size_t count, cap;
    int pages;
    double *width, *height; /**< by page, from 1 */
};

struct pages pages_read(struct rk_arena *arena, const char *trace);
/** First text from `from` on that contains `words`; -1 when there is none. */
long pages_find(const struct pages *pages, const char *words, size_t from);
/** How many texts contain `words`. */
size_t pages_count(const struct pages *pages, const char *words);
/** All text of a page, artifacts included, blanks between lines. */
const char *pages_text(struct rk_arena *arena, const struct pages *pages, int page);
/** Lowest and highest baseline of marked text (no artifacts) on a page; false: none. */
bool pages_extent(const struct pages *pages, int page, double *lowest, double *highest);

#endif
