// SPDX-License-Identifier: MIT
#ifndef RENDER_MARKDOWN_H
#define RENDER_MARKDOWN_H

#include "pipeline/base/rk_arena.h"
#include "render/document.h"

/**
 * CommonMark as a tree; the one door to cmark-gfm. Text comes in runs of one style; what the
 * narrative put in place of numbers and references (see narrative_source.h) is still in it.
 */
enum md_kind {
    MD_DOCUMENT,
    MD_HEADING,
    MD_PARAGRAPH,
    MD_LIST,
    MD_ITEM,
    MD_QUOTE,
    MD_CODE,
    MD_RULE,
    MD_MARKER, /**< an HTML comment on a line of its own: `literal` is what stands in it */
    MD_TABLE,  /**< children: rows, the first one is the head */
    MD_ROW,    /**< children: cells */
    MD_CELL,
    MD_FOOTNOTE, /**< a definition; in the order of first reference */
    MD_OTHER,  /**< something a report has no use for: `literal` names it */
};

struct md_node {
    enum md_kind kind;
    int level;     /**< HEADING */
    bool ordered;  /**< LIST */
    enum doc_align align; /**< CELL: that of its column */
    long start;    /**< LIST: first number */
    size_t line;   /**< first source line, from 1 */
    const char *literal;
    struct doc_text text; /**< HEADING, PARAGRAPH, CELL; a span's footnote counts definitions from 0 */
    struct md_node **children;
    size_t count;
};

/** Parses `text`, whose first line is line `first_line` of the file. Never fails. */
struct md_node *markdown_parse(struct rk_arena *arena, const char *text, size_t first_line);

#endif
