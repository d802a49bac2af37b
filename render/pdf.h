// SPDX-License-Identifier: MIT
#ifndef RENDER_PDF_H
#define RENDER_PDF_H

#include "render/font.h"

#include <stdbool.h>
#include <stddef.h>

/**
 * A tagged PDF 1.7 file: pages, structure tree, links, bookmarks, page labels, attachments,
 * metadata. The one door to libharu, which writes objects, streams and the cross-reference;
 * its text layer is not used. The first failure is remembered, what follows does nothing,
 * and pdf_close reports it: no half-made file appears. Same calls, same bytes.
 */
struct pdf;
struct render_page;
struct trace;

/** What the file says about itself. NULL or "" is left out. */
struct pdf_info {
    const char *title, *author, *subject, *keywords;
    const char *language; /**< "en-GB" */
    long date_days;       /**< creation date: the data's date, never the clock's */
    bool claims_ua; /**< writes the PDF/UA-1 identifier: a promise that the user makes */
    bool archive;   /**< PDF/A-1b: version 1.4 and its identifier; then attach nothing */
};

rk_status pdf_open(struct rk_arena *arena, struct rk_diag *diag, struct fonts *fonts,
                   const struct pdf_info *info, struct pdf **out) RK_MUST_CHECK;
/** Everything drawn from now on is also written into `trace`. */
void pdf_trace(struct pdf *pdf, struct trace *trace);
/** A new page at the end; the one before it is finished and must not be drawn on any more.
 */
struct render_page *pdf_page(struct pdf *pdf, double width, double height);
/** Pages so far. */
size_t pdf_page_count(const struct pdf *pdf);
/** From page `first` (counted from 0) on, pages are called i, ii, ... or 1, 2, ... */
void pdf_page_labels(struct pdf *pdf, size_t first, bool roman, const char *prefix);
/** Attaches a file under its base name. RK_WORLD if it cannot be read. */
rk_status pdf_attach(struct pdf *pdf, const char *path,
                     const char *description) RK_MUST_CHECK;
/** The same for a file that is only in memory. */
void pdf_attach_bytes(struct pdf *pdf, const char *name, const char *data, size_t bytes,
                      const char *description);
/** A PNG or JPEG file, its pixels as columns and rows. RK_WORLD when it cannot be read,
 * RK_STUDY at `place` when it is no such picture, is damaged or too large. */
struct pdf_image;
rk_status pdf_image(struct pdf *pdf, struct rk_place place, const char *path,
                    struct pdf_image **out) RK_MUST_CHECK;
double pdf_image_width(const struct pdf_image *image);
double pdf_image_height(const struct pdf_image *image);
/** Finishes and writes the file, whole or not at all; frees in any case. `path` NULL:
 * builds everything and writes nothing. A link that leads nowhere is RK_STUDY. */
rk_status pdf_close(struct pdf *pdf, const char *path) RK_MUST_CHECK;
/** Frees without writing; NULL is fine. */
void pdf_abandon(struct pdf *pdf);

/* --- Structure tree --- */

enum pdf_role {
    PDF_DOCUMENT,
    PDF_SECTION,
    PDF_DIV,
    PDF_H1,
    PDF_H2,
    PDF_H3,
    PDF_P,
    PDF_BLOCK_QUOTE,
    PDF_CAPTION,
    PDF_LIST,
    PDF_LIST_ITEM,
    PDF_LABEL,
    PDF_LIST_BODY,
    PDF_TABLE,
    PDF_TABLE_HEAD,
    PDF_TABLE_BODY,
    PDF_TABLE_ROW,
    PDF_TABLE_HEADER,
    PDF_TABLE_DATA,
    PDF_FIGURE,
    PDF_NOTE,
    PDF_REFERENCE,
    PDF_LINK,
    PDF_CONTENTS,
    PDF_CONTENTS_ITEM,
    PDF_SPAN,
    PDF_ROLES /**< how many there are */
};

enum pdf_scope { PDF_NO_SCOPE, PDF_SCOPE_COLUMN, PDF_SCOPE_ROW };

/** An element; fill the fields in any time before pdf_close. Reading order is the order in
 * which children were made and content was drawn. An element that stays empty is left out,
 * cells excepted. */
struct pdf_tag {
    enum pdf_role role;
    const char *alt;    /**< FIGURE: what it shows */
    const char *actual; /**< text that drawn content stands for: a vector bullet */
    const char *title;  /**< SECTION: its heading */
    enum pdf_scope scope;
    size_t columns; /**< cells: columns spanned; 0 counts as 1 */
    double box[4];  /**< FIGURE: left, bottom, right, top */
    bool numbered;  /**< LIST: with numbers as marks */
    struct pdf_tag_priv *priv;
};

/** `parent` NULL: at the top of the tree. A block: its place is the order of these calls.
 */
struct pdf_tag *pdf_tag(struct pdf *pdf, struct pdf_tag *parent, enum pdf_role role);
/** Part of a line (LINK, REFERENCE): its place among its siblings is the order of drawing.
 */
struct pdf_tag *pdf_tag_inline(struct pdf *pdf, struct pdf_tag *parent, enum pdf_role role);

#endif
