// SPDX-License-Identifier: MIT
#ifndef RENDER_FLOW_TABLE_H
#define RENDER_FLOW_TABLE_H

#include "render/flow_priv.h"

/** A table on its way to rows of known height. Columns are counted from 0; 0 is the stub.
 */
struct table_column {
    double x, width;       /**< with padding */
    double natural, least; /**< of its cells: on one line, and at the narrowest */
    double head_natural, head_least;
    double whole, fraction; /**< DECIMAL: widest part before and after the point */
    double gap;             /**< free before it: a text after a number */
    bool text;              /**< left or centred: may wrap */
};

struct table_cell {
    struct paragraph *paragraph; /**< NULL: empty */
    double x;                    /**< of the paragraph */
    double drop; /**< lines that stay free above it: heads stand on their foot */
};

struct table_layout;
struct table_row {
    const struct table_layout *layout;
    const struct doc_row *source;
    struct table_cell *cells;
    size_t count, lines;
    double height;
};

struct table_layout {
    const struct doc_table *table;
    double x, width; /**< of the whole */
    double size, padding, above, leading, baseline;
    struct table_column *columns;
    struct table_row *rows;
    size_t heads;          /**< rows that repeat */
    const char *continued; /**< "Table 4.1 (continued)" */
    bool turned;           /**< needs a landscape page */
};

/** Style of a row's text. */
struct text_style table_style(const struct flow *flow, const struct table_layout *layout,
                              enum doc_row_role role);
/** How far a row's first cell is indented. */
double table_indent(const struct table_layout *layout, const struct doc_row *row);
/** Finds size and columns for `width`, or for `turned_width` when that is not enough. */
void table_fit(struct flow *flow, struct table_layout *layout, double width,
               double turned_width);
/** Width of the part of a number before its decimal point, and of the rest. */
void table_split_number(struct flow *flow, const struct doc_text *text,
                        const struct text_style *style, double *whole, double *fraction);

#endif
