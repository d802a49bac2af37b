// SPDX-License-Identifier: MIT
#ifndef QUALITY_DOC_H
#define QUALITY_DOC_H

#include "render/document.h"

#include "pipeline/base/rk_arena.h"

/** A document while it is written, block by block. */
struct quality_doc {
    struct rk_arena *arena;
    struct doc doc;
    size_t cap;
    size_t tables;          /**< numbered so far */
    struct doc_block *into; /**< the table that rows go into */
};

void quality_heading(struct quality_doc *out, int level, const char *words);
/** The next part starts a page, so that no table of the last one comes behind its heading.
 */
void quality_new_page(struct quality_doc *out, int level, const char *heading);
void quality_paragraph(struct quality_doc *out, const char *words);
struct doc_block *quality_callout(struct quality_doc *out, const char *title);
void quality_callout_line(struct quality_doc *out, struct doc_block *callout,
                          const char *words);
/** `align`: a letter a column: l r; `heads` parted by |. Rows follow. */
void quality_table(struct quality_doc *out, const char *caption, const char *align,
                   const char *heads);
void quality_row(struct quality_doc *out, enum doc_row_role role, const char *const *cells,
                 size_t count);
/** A row that names the group of rows under it. */
void quality_group(struct quality_doc *out, const char *words);
void quality_note(struct quality_doc *out, const char *words);
void quality_figure(struct quality_doc *out, const char *caption, const char *draw_path,
                    const char *alt, const char *description);

#endif
