// SPDX-License-Identifier: MIT
#ifndef RENDER_PARAGRAPH_H
#define RENDER_PARAGRAPH_H

#include "render/document.h"
#include "render/font.h"
#include "render/page.h"

#include <stdbool.h>
#include <stddef.h>

/**
 * Text to lines. Breaks are chosen for the paragraph as a whole (Knuth & Plass 1981,
 * Software: Practice and Experience 11, 1119-1184), ragged by default; a last line of one
 * short word is avoided. Breaks at blanks, after hyphens, dashes and slashes, in addresses,
 * at soft hyphens, by libhyphen when the style wants it, and anywhere in a word that is
 * wider than the line.
 */

enum text_align { TEXT_LEFT, TEXT_MIDDLE, TEXT_RIGHT, TEXT_JUSTIFIED };

/** How a block's text looks. Points. */
struct text_style {
    double size, leading;
    struct colour ink, link_ink;
    unsigned style; /**< doc_style flags added to every span */
    bool heading;   /**< in the heading face */
    bool hyphenate;
    enum text_align align;
};

struct hyphenator;
/** Patterns of a language ("en-GB") from the system's libhyphen dictionaries; NULL after a
 * warning when there are none. */
struct hyphenator *hyphenator_open(struct rk_arena *arena, struct rk_diag *diag,
                                   const char *language);
void hyphenator_close(struct hyphenator *hyphenator);

/** What every paragraph needs. */
struct paragraph_maker {
    struct rk_arena *arena;   /**< where paragraphs live */
    struct rk_arena *scratch; /**< emptied by every call */
    struct fonts *fonts;
    struct hyphenator *hyphenator; /**< or NULL */
};

/** A piece of a line, ready to be painted. */
struct paragraph_run {
    const struct font_run *run; /**< NULL: a gap */
    struct font *font;
    double size, rise, width;
    size_t span;
};

struct paragraph_line {
    struct paragraph_run *runs;
    size_t count;
    double width;   /**< natural, without the blank at a break */
    double stretch; /**< added to every gap of a justified line */
    bool
        blank; /**< broke at a blank: one is written at its end, so that words never fuse */
};

struct pdf_tag;
struct paragraph {
    const struct doc_text *text;
    struct text_style style;
    double width; /**< that it was set to */
    struct paragraph_line *lines;
    size_t count;
    struct pdf_tag *tag;        /**< element of the text; set before drawing */
    struct pdf_tag **span_tags; /**< by span: its own element, or NULL; may be NULL */
};

/** Sets text into lines of `width`. `first_indent` shortens the first line. Never NULL;
 * empty text gives no lines. */
struct paragraph *paragraph_set(const struct paragraph_maker *maker,
                                const struct doc_text *text, const struct text_style *style,
                                double width, double first_indent);

/** How wide text wants to be: on one line, and at its narrowest (its widest unbreakable
 * part). */
struct paragraph_widths {
    double natural, least;
};
struct paragraph_widths paragraph_measure(const struct paragraph_maker *maker,
                                          const struct doc_text *text,
                                          const struct text_style *style);

/** Widest line. */
double paragraph_width(const struct paragraph *paragraph);
/** Distance from the top of a line to its baseline: the font centred in its leading. */
double paragraph_baseline(const struct paragraph_maker *maker,
                          const struct text_style *style);

/** Paints a line, its left end (before alignment) at x. `artifact`: without tags and links,
 * in the page's current artifact: a table head that is repeated. */
void paragraph_draw(const struct paragraph *paragraph, size_t line,
                    struct render_page *page, double x, double baseline, bool artifact);

/** Footnotes whose marks stand in a line: their indexes into `out`, at most `room`; how
 * many. */
size_t paragraph_line_notes(const struct paragraph *paragraph, size_t line, long *out,
                            size_t room);

#endif
