// SPDX-License-Identifier: MIT
#ifndef AUDIT_DOC_H
#define AUDIT_DOC_H

#include "pipeline/audit/audit_value.h"
#include "pipeline/base/rk_arena.h"
#include "pipeline/base/rk_diag.h"

/** A published document as anybody can type it: tables and running text that know their
 * line. */

enum { AUDIT_CELL_VALUES = 4 };
enum audit_cell_kind {
    AUDIT_CELL_BLANK,
    AUDIT_CELL_TEXT,
    AUDIT_CELL_NUMBER,
    AUDIT_CELL_DASH,   /**< "-": a zero or nothing, the table does not say which */
    AUDIT_CELL_HIDDEN, /**< "n/a", "[c]", "*", "<5": a number that is not shown */
};

/** One cell as typed. "45 (23.1%)" is two values of the shape "# (#)". */
struct audit_cell {
    const char *text;
    size_t line, column;
    enum audit_cell_kind kind;
    struct audit_value values[AUDIT_CELL_VALUES];
    size_t count;
    const char *shape; /**< the text with # for each number */
};

struct audit_table {
    const char *file;
    size_t line;
    const char *caption; /**< "Table 5.2: ...", "" when it has none */
    const char
        *notes; /**< what stands under it and the directives in braces, "" for none */
    struct audit_cell *cells; /**< row-major */
    size_t rows, columns;
    size_t header_rows;
};

enum audit_block_kind {
    AUDIT_PARAGRAPH,
    AUDIT_HEADING,
    AUDIT_CAPTION,
    AUDIT_ITEM, /**< of a list with bullets */
    AUDIT_NOTE,
};

struct audit_block {
    enum audit_block_kind kind;
    const char *text; /**< line ends kept, so that a place in it has a line */
    size_t line, column;
    size_t indent;
    size_t tables_before; /**< how many tables of the document stand before it */
};

struct audit_doc {
    const char *file;
    bool
        laid_out; /**< the text of a PDF: labels of charts stand in it like lines of text */
    struct audit_table *tables;
    size_t table_count, table_cap;
    struct audit_block *blocks;
    size_t block_count, block_cap;
};

/** Takes the text of one cell apart; `text` must live as long as the cell. */
struct audit_cell audit_cell_parse(struct rk_arena *arena, const char *text, size_t line,
                                   size_t column);

/**
 * Reads a file by its name's end: .csv, .pdf (through pdftotext), anything else as Markdown
 * or plain text. RK_WORLD when it cannot be read, RK_CHECK when it is no text.
 */
rk_status audit_doc_read(struct rk_arena *arena, struct rk_diag *diag, const char *path,
                         struct audit_doc *out) RK_MUST_CHECK;

/** Line and column of the byte `at` in a block's text. */
struct rk_place audit_block_place(const struct audit_doc *doc,
                                  const struct audit_block *block, size_t at);

#endif
