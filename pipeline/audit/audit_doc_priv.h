// SPDX-License-Identifier: MIT
#ifndef AUDIT_DOC_PRIV_H
#define AUDIT_DOC_PRIV_H

#include "pipeline/audit/audit_doc.h"

/** A document while it is read. */
struct audit_reader {
    struct rk_arena *arena;
    struct rk_diag *diag;
    struct audit_doc *doc;
    const char *caption;       /**< the last caption that no table has taken, or NULL */
    const char *waiting;       /**< directives and notes for the next table, "" for none */
    struct audit_table *under; /**< the table that notes now belong to, or NULL */
};

void audit_add_block(struct audit_reader *reader, enum audit_block_kind kind,
                     const char *text, size_t line, size_t column, size_t indent);
/** Rows of cells that wait to become a table. */
struct audit_rows {
    struct audit_cell **rows;
    size_t *counts;
    size_t count, cap, cap2;
};
void audit_rows_add(struct audit_reader *reader, struct audit_rows *rows,
                    struct audit_cell *cells, size_t count);
/** The rows as a table under the last caption; nothing if there are fewer than two rows. */
void audit_add_table(struct audit_reader *reader, const struct audit_rows *rows,
                     size_t line);
/** A note or directive for the table above, or the one to come. */
void audit_add_note(struct audit_reader *reader, const char *text, size_t line);

/** Kind of a line that stands alone. */
bool audit_is_caption(const char *text);
bool audit_is_note(const char *text);
bool audit_is_numbered(const char *text);

rk_status audit_read_csv(struct audit_reader *reader, const char *path);
void audit_read_text(struct audit_reader *reader, char *text);
/** Lines whose columns are set apart by tabs or by two blanks or more, from `first` on; the
 *  number of lines taken, 0 if there is no table here. */
size_t audit_read_layout(struct audit_reader *reader, char **lines, size_t first,
                         size_t count);
/** The text of a PDF through pdftotext -layout, started without a shell. */
rk_status audit_pdf_text(struct rk_arena *arena, struct rk_diag *diag, const char *path,
                         char **text) RK_MUST_CHECK;

#endif
