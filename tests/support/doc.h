// SPDX-License-Identifier: MIT
#ifndef TESTS_SUPPORT_DOC_H
#define TESTS_SUPPORT_DOC_H

#include "pipeline/base/rk_run.h"
#include "render/document.h"

/** Documents written by hand in tests: a builder of blocks on one arena. */
struct write {
    struct rk_run run;
    struct doc doc;
    struct doc_block **into; /**< where blocks go */
    size_t count, cap;
    size_t block_cap, note_cap;
};

/** A run without a study: arena, diag. */
void write_begin(struct write *write);
void write_end(struct write *write);

/** "**bold** *italic* `code` [words](#label) ^1^": spans. ^N^ is the mark of footnote N. */
struct doc_text write_text(struct write *write, const char *words);
struct doc_block *write_block(struct write *write, enum doc_kind kind, const char *words);
struct doc_block *write_heading(struct write *write, int level, const char *number,
                                const char *words);
struct doc_block *write_paragraph(struct write *write, const char *number,
                                  const char *words);
/** Adds a block to another one's children. */
struct doc_block *write_child(struct write *write, struct doc_block *parent,
                              enum doc_kind kind, const char *words);
/** An item with one paragraph. */
struct doc_block *write_item(struct write *write, struct doc_block *list, const char *mark,
                             const char *words);
void write_note(struct write *write, const char *words);
/** `align`: a letter a column: l r d c. */
struct doc_block *write_table(struct write *write, const char *kind, const char *label,
                              const char *caption, const char *align);
/** Cells parted by |; "3:words" spans three columns. */
struct doc_row *write_row(struct write *write, struct doc_block *table,
                          enum doc_row_role role, const char *cells);
struct doc_block *write_figure(struct write *write, const char *kind, const char *label,
                               const char *caption, const char *draw_path);

#endif
