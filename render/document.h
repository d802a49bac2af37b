// SPDX-License-Identifier: MIT
#ifndef RENDER_DOCUMENT_H
#define RENDER_DOCUMENT_H

#include "pipeline/base/rk_diag.h"

#include <stdbool.h>
#include <stddef.h>

/**
 * A report as a tree of blocks, finished but for its pages: numbers are bound and worded,
 * captions numbered, references resolved to their words. narrative makes it, flow lays it out.
 * Everything lives in the run's arena; every string is UTF-8.
 */

enum doc_style {
    DOC_PLAIN = 0,
    DOC_BOLD = 1,
    DOC_ITALIC = 2,
    DOC_RAISED = 4, /**< superscript */
    DOC_CODE = 8,
};

/** A run of text in one style. */
struct doc_span {
    const char *text;
    unsigned style;      /**< doc_style flags */
    const char *target;  /**< NULL, "#tbl-belief" (a label of this document) or "https://..." */
    long footnote;       /**< -1, or index in doc.notes: `text` is the printed mark */
    const char *cell;    /**< NULL, or the cell this number came from, for receipts */
};

struct doc_text {
    struct doc_span *spans;
    size_t count;
};

enum doc_kind {
    DOC_HEADING,    /**< level 1 to 3; number "5" or "" */
    DOC_PARAGRAPH,  /**< number "22" or "1.3" or "" hangs in the margin */
    DOC_LIST,       /**< items; ordered: numbers come as marks */
    DOC_ITEM,       /**< mark ("", "1.", "a."), children: first a paragraph, then maybe a list */
    DOC_QUOTE,      /**< pull quote: children; attribution */
    DOC_QUOTES,     /**< rows of quote and attribution in two columns: children are DOC_QUOTE */
    DOC_BOX,        /**< caption, children, source */
    DOC_CASE_STUDY, /**< caption, children, source */
    DOC_TABLE,      /**< caption, table, source */
    DOC_FIGURE,     /**< caption, figure, source */
    DOC_COLUMNS,    /**< children side by side (first page) */
    DOC_CALLOUT,    /**< unnumbered shaded block: the verdict, a warning */
    DOC_PAGE_BREAK,
    DOC_CONTENTS,   /**< contents here; level = deepest heading shown */
    DOC_LIST_OF_TABLES,
    DOC_LIST_OF_FIGURES,
};

enum doc_align { DOC_LEFT, DOC_RIGHT, DOC_DECIMAL, DOC_CENTRE };

struct doc_cell {
    struct doc_text text;
    size_t span; /**< columns it covers, at least 1; the covered cells are left out of the row */
};

enum doc_row_role { DOC_ROW_BODY, DOC_ROW_HEAD, DOC_ROW_GROUP, DOC_ROW_TOTAL, DOC_ROW_BASE };

struct doc_row {
    enum doc_row_role role;
    struct doc_cell *cells;
    size_t count;
    int indent; /**< of the first cell: 0, 1, 2 */
};

struct doc_table {
    size_t columns;
    enum doc_align *align; /**< per column; the first is the stub (row headers) */
    struct doc_row *rows;  /**< HEAD rows come first and repeat on each page */
    size_t count;
    struct doc_text *notes; /**< lines under the table, before the source */
    size_t note_count;
};

struct doc_figure {
    const char *draw_path;   /**< draw list of a chart or diagram, 50-charts/<figure>.draw */
    const char *picture;     /**< or a PNG or JPEG file */
    double width_mm;         /**< of a picture; 0: as wide as its pixels need */
    const char *alt;         /**< the finding, in a sentence */
    const char *description; /**< the data in words, longer */
};

struct doc_block {
    enum doc_kind kind;
    int level;
    const char *number; /**< as printed; "" when none */
    const char *label;  /**< "tbl-belief", or NULL; unique in the document */
    const char *mark;
    struct doc_text text;    /**< heading, paragraph */
    const char *caption_kind; /**< "Table 4.1", "Box 3.2", "Case Study 5.1", "Figure 7.1" */
    struct doc_text caption; /**< title; for a chart its headline */
    struct doc_text subtitle; /**< figure: measure, place, period, n */
    struct doc_text source;
    struct doc_text attribution;
    struct doc_block **children;
    size_t count;
    struct doc_table *table;
    struct doc_figure *figure;
    bool page_before; /**< starts a page */
    struct rk_place place;
};

struct doc_note {
    const char *mark;
    struct doc_block **children;
    size_t count;
};

/** Title block, running head, back page. A NULL or empty field is left out. */
struct doc_front {
    const char *logo; /**< a PNG or JPEG file */
    struct rk_place logo_place;
    const char *title, *subtitle, *report_to, *author, *organisation, *date, *version;
    struct doc_text abstract;
    const char **contact; /**< lines of the back page */
    size_t contact_count;
    const char **header;  /**< "Report to|Economy Scrutiny Committee": committee block */
    size_t header_count;
    const char *running_head;
    const char *language; /**< "en-GB" */
    const char *theme;    /**< a file of config/themes without .yaml */
    const char *stamp;    /**< NULL, or printed on every page: "INTERNAL: not masked" */
    const char *subject, *keywords;
};

struct doc {
    struct doc_front front;
    struct doc_block **blocks;
    size_t count;
    struct doc_note *notes;
    size_t note_count;
    const char **attachments; /**< paths of files to attach to the PDF */
    size_t attachment_count;
    long date_days;           /**< creation date written into the PDF: the data's date */
};

#endif
