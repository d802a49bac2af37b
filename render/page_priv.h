// SPDX-License-Identifier: MIT
#ifndef RENDER_PAGE_PRIV_H
#define RENDER_PAGE_PRIV_H

#include "render/page.h"
#include "render/pdf_priv.h"
#include "render/trace.h"

enum { PAGE_SAVED = 20, PAGE_DASHES = 8 };

/** What the content stream has been told; a setter writes only what differs. */
struct page_state {
    struct colour ink, pen;
    double line_width;
    double dash[PAGE_DASHES];
    size_t dashes;
    enum page_cap cap;
    enum page_join join;
    double matrix[6]; /**< to the page's own coordinates, as PDF's cm has it: for the trace */
};

/** The line of text being written. Positions in points from its start. */
struct page_line {
    struct font_file *file;
    double size, rise;
    double wanted;      /**< where the next glyph belongs */
    double actual;      /**< where the reader will be, given widths and shifts so far */
    bool array, string; /**< inside [ ... ]TJ, inside < ... > */
    struct pdf_bytes text;
    double x, y;
    const char *face;
    double face_size;
};

struct render_page {
    struct pdf *pdf;
    size_t leaf;
    double width, height;
    struct pdf_bytes out;
    struct page_state state, saved[PAGE_SAVED];
    size_t depth;
    struct pdf_tag *tag,
        *open_tag; /**< wanted, and open in the stream; NULL: an artifact */
    enum page_artifact artifact, open_artifact;
    bool open;
    struct page_line line;
};

/** Makes the stream's marked content the wanted one; called before anything is painted. */
void page_open_content(struct render_page *page);
/** A point in the page's own coordinates, whatever was moved, turned or scaled. */
struct page_point {
    double x, y;
};
struct page_point page_where(const struct render_page *page, double x, double y);
const char *page_element(const struct render_page *page);

#endif
