// SPDX-License-Identifier: MIT
/* Tables: caption, rows as nodes, heads that repeat, notes and source below. */
#include "render/flow_table.h"

#include <math.h>
#include <string.h>

/* A table that takes at most this share of a page moves as a whole; a longer one is cut. */
#define WHOLE_SHARE 0.66
/* A row with more lines than this is cut into slices between which a page may end. */
enum { SLICE_LINES = 12, BETWEEN_ROWS = 20, INSIDE_GROUP = 180, INSIDE_ROW = 200 };
enum { SMALL_GROUP = 8 };
/* Fewer rows than this at the head of a page, alone from the rest, look lost. */
enum { LAST_ROWS = 5, BEFORE_LAST_ROWS = 500 };

/* Part of a row: lines `first` to before `end` of each cell. */
struct slice {
    const struct table_row *row;
    size_t first, end;
    bool starts, ends;
    bool rule_below; /**< hairline to the next row */
    bool last_head, last_row;
};

/* --- Drawing --- */

static void horizontal(struct emitting *emitting, double x, double width, double y,
                       double weight, struct colour colour)
{
    page_artifact(emitting->page, emitting->artifact ? PAGE_REPEATED : PAGE_DECORATION);
    page_pen(emitting->page, colour);
    page_dash(emitting->page, NULL, 0);
    page_line_width(emitting->page, weight);
    page_line(emitting->page, x, y, x + width, y);
}

/* Under a head that spans columns: a rule as wide as they are. */
static void span_rules(struct emitting *emitting, const struct table_row *row,
                       double bottom)
{
    const struct table_layout *layout = row->layout;
    size_t column = 0;

    for (size_t i = 0; i < row->count; i++) {
        size_t span = row->source->cells[i].span ? row->source->cells[i].span : 1;
        const struct table_column *first = &layout->columns[column];
        size_t end = column + span;
        double right = end < layout->table->columns ? layout->columns[end].x
                                                    : layout->x + layout->width;

        if (span > 1 && row->cells[i].paragraph)
            horizontal(emitting, first->x + layout->padding,
                       right - first->x - 2 * layout->padding, bottom, 0.5,
                       emitting->flow->theme->accent);
        column = end < layout->table->columns ? end : layout->table->columns - 1;
    }
}

static void draw_band(struct emitting *emitting, const struct table_row *row, double top,
                      double height)
{
    page_artifact(emitting->page, PAGE_DECORATION);
    page_ink(emitting->page, emitting->flow->theme->tint);
    page_rectangle(emitting->page, row->layout->x, top - height, row->layout->width, height,
                   PAGE_FILL);
}

static void draw_rules(struct emitting *emitting, const struct slice *slice, double top,
                       double height)
{
    const struct table_layout *layout = slice->row->layout;
    const struct theme *theme = emitting->flow->theme;
    double bottom = top - height;
    bool head = slice->row->source->role == DOC_ROW_HEAD;

    if (head && slice->starts && slice->row == layout->rows)
        horizontal(emitting, layout->x, layout->width, top, 1.1, theme->accent);
    if (head && !slice->last_head) span_rules(emitting, slice->row, bottom + 0.5);
    if (slice->last_head)
        horizontal(emitting, layout->x, layout->width, bottom, 0.6, theme->accent);
    if (slice->row->source->role == DOC_ROW_TOTAL && slice->starts)
        horizontal(emitting, layout->x, layout->width, top, 0.6, theme->ink);
    if (slice->last_row)
        horizontal(emitting, layout->x, layout->width, bottom, 1.1, theme->accent);
    else if (slice->rule_below)
        horizontal(emitting, layout->x, layout->width, bottom, 0.35, theme->rule);
}

static void draw_cells(struct emitting *emitting, const struct slice *slice, double top)
{
    const struct table_row *row = slice->row;
    const struct table_layout *layout = row->layout;
    double first_baseline = top - (slice->starts ? layout->above : 0) - layout->baseline;

    if (emitting->artifact) page_artifact(emitting->page, PAGE_REPEATED);
    for (size_t i = 0; i < row->count; i++) {
        const struct table_cell *cell = &row->cells[i];

        for (size_t line = slice->first; cell->paragraph && line < slice->end; line++) {
            double drop = (double)(line - slice->first) + cell->drop;

            if (line >= cell->paragraph->count) break;
            paragraph_draw(cell->paragraph, line, emitting->page, cell->x,
                           first_baseline - drop * layout->leading, emitting->artifact);
            if (emitting->artifact) page_artifact(emitting->page, PAGE_REPEATED);
        }
    }
}

static void draw_slice(struct emitting *emitting, const struct node *node, double top)
{
    const struct slice *slice = node->data;
    enum doc_row_role role = slice->row->source->role;

    if (emitting->flow->theme->table_bands && role == DOC_ROW_GROUP)
        draw_band(emitting, slice->row, top, node->height);
    draw_cells(emitting, slice, top);
    draw_rules(emitting, slice, top, node->height);
}

/* --- Rows --- */

static enum text_align cell_align(const struct table_layout *layout, size_t column,
                                  size_t span, enum doc_row_role role)
{
    enum doc_align align = layout->table->align[column];

    if (role == DOC_ROW_GROUP || column == 0) return TEXT_LEFT;
    if (span > 1 || align == DOC_CENTRE) return TEXT_MIDDLE;
    return align == DOC_LEFT ? TEXT_LEFT : TEXT_RIGHT;
}

static double span_width(const struct table_layout *layout, size_t column, size_t span)
{
    double width = 0;

    for (size_t c = column; c < column + span && c < layout->table->columns; c++)
        width += layout->columns[c].width;
    return width;
}

/* Moves a single-line number so that its point stands under the others. */
static double decimal_shift(struct flow *flow, const struct table_layout *layout,
                            const struct doc_cell *cell, size_t column,
                            const struct text_style *style)
{
    double whole, fraction;

    if (layout->table->align[column] != DOC_DECIMAL) return 0;
    table_split_number(flow, &cell->text, style, &whole, &fraction);
    return fmin(0, fraction - layout->columns[column].fraction);
}

static void set_cell(struct flow *flow, struct table_layout *layout, struct table_row *row,
                     size_t index, size_t column, size_t span)
{
    const struct doc_cell *source = &row->source->cells[index];
    struct table_cell *cell = &row->cells[index];
    struct text_style style = table_style(flow, layout, row->source->role);
    double indent =
        column == 0 ? table_indent(layout, row->source) : layout->columns[column].gap;
    double inner = span_width(layout, column, span) - 2 * layout->padding - indent;

    if (!source->text.count) return;
    style.align = cell_align(layout, column, span, row->source->role);
    cell->x = layout->columns[column].x + layout->padding + indent;
    cell->paragraph = paragraph_set(&flow->maker, &source->text, &style, inner + 0.01, 0);
    if ((row->source->role == DOC_ROW_BODY || row->source->role == DOC_ROW_TOTAL) &&
        cell->paragraph->count == 1)
        cell->x += decimal_shift(flow, layout, source, column, &style);
    if (cell->paragraph->count > row->lines) row->lines = cell->paragraph->count;
}

static void set_row(struct flow *flow, struct table_layout *layout, struct table_row *row)
{
    size_t column = 0;

    row->layout = layout;
    row->count = row->source->count;
    row->cells = RK_ARRAY(flow->arena, struct table_cell, row->count);
    row->lines = 1;
    for (size_t i = 0; i < row->count && column < layout->table->columns; i++) {
        size_t span = row->source->cells[i].span ? row->source->cells[i].span : 1;

        if (row->source->role == DOC_ROW_GROUP) span = layout->table->columns;
        set_cell(flow, layout, row, i, column, span);
        column += span;
    }
    for (size_t i = 0; row->source->role == DOC_ROW_HEAD && i < row->count; i++)
        if (row->cells[i].paragraph)
            row->cells[i].drop = (double)(row->lines - row->cells[i].paragraph->count);
    row->height = (double)row->lines * layout->leading + 2 * layout->above;
}

/* --- Elements --- */

static struct pdf_tag *cell_tag(struct flow *flow, struct pdf_tag *row,
                                enum doc_row_role role, size_t column, size_t span)
{
    bool header = role == DOC_ROW_HEAD || column == 0;
    struct pdf_tag *tag =
        pdf_tag(flow->pdf, row, header ? PDF_TABLE_HEADER : PDF_TABLE_DATA);

    if (header) tag->scope = role == DOC_ROW_HEAD ? PDF_SCOPE_COLUMN : PDF_SCOPE_ROW;
    tag->columns = span;
    return tag;
}

/* The name of a row group stands in the first column, as the header of the rows' row would;
 * the other cells are empty, which keeps the table regular. */
static void tag_row(struct flow *flow, struct table_row *row, struct pdf_tag *parent)
{
    struct pdf_tag *tag = pdf_tag(flow->pdf, parent, PDF_TABLE_ROW);
    size_t column = 0, columns = row->layout->table->columns;
    enum doc_row_role role = row->source->role;

    for (size_t i = 0; i < row->count && column < columns; i++) {
        size_t span = row->source->cells[i].span ? row->source->cells[i].span : 1;
        struct pdf_tag *cell;

        if (role == DOC_ROW_GROUP) span = 1;
        if (span > columns - column) span = columns - column;
        cell = cell_tag(flow, tag, role, column, span);
        if (row->cells[i].paragraph) flow_tag_spans(flow, row->cells[i].paragraph, cell);
        column += span;
    }
    for (; column < columns; column++)
        cell_tag(flow, tag, role, column, 1);
}

static void tag_rows(struct flow *flow, struct table_layout *layout, struct pdf_tag *table)
{
    struct pdf_tag *head = pdf_tag(flow->pdf, table, PDF_TABLE_HEAD);
    struct pdf_tag *body = pdf_tag(flow->pdf, table, PDF_TABLE_BODY);

    for (size_t i = 0; i < layout->table->count; i++)
        tag_row(flow, &layout->rows[i], i < layout->heads ? head : body);
}

/* --- Nodes --- */

static void note_slice(struct flow *flow, struct node *node, const struct slice *slice)
{
    for (size_t i = 0; i < slice->row->count; i++) {
        const struct paragraph *paragraph = slice->row->cells[i].paragraph;

        for (size_t line = slice->first; paragraph && line < slice->end; line++)
            if (line < paragraph->count) flow_note_node(flow, node, paragraph, line);
    }
}

static void add_slice(struct flow *flow, const struct slice *slice)
{
    const struct table_layout *layout = slice->row->layout;
    struct slice *own = RK_NEW(flow->arena, struct slice);
    double height = (double)(slice->end - slice->first) * layout->leading +
                    (slice->starts ? layout->above : 0) + (slice->ends ? layout->above : 0);

    *own = *slice;
    note_slice(flow, flow_box(flow, height, draw_slice, own), slice);
}

/* A rule divides a row from the next where no stronger one does. */
static bool has_rule_below(const struct table_layout *layout, size_t index)
{
    enum doc_row_role role = layout->table->rows[index].role;

    if (role == DOC_ROW_HEAD || index + 1 >= layout->table->count) return false;
    if (role == DOC_ROW_GROUP && layout->table->rows[index + 1].role == DOC_ROW_GROUP)
        return false;
    return layout->table->rows[index + 1].role != DOC_ROW_TOTAL;
}

static void add_row(struct flow *flow, const struct table_layout *layout, size_t index)
{
    const struct table_row *row = &layout->rows[index];
    size_t step =
        row->lines > SLICE_LINES && index >= layout->heads ? SLICE_LINES / 2 : row->lines;

    for (size_t first = 0; first < row->lines; first += step) {
        size_t end = first + step < row->lines ? first + step : row->lines;
        bool ends = end == row->lines;

        if (first) flow_break_cost(flow, INSIDE_ROW);
        add_slice(flow,
                  &(struct slice){
                      .row = row,
                      .first = first,
                      .end = end,
                      .starts = first == 0,
                      .ends = ends,
                      .rule_below = ends && has_rule_below(layout, index),
                      .last_head = ends && layout->heads && index + 1 == layout->heads,
                      .last_row = ends && index + 1 == layout->table->count,
                  });
    }
}

/* Whether the row and the one before it belong to a group of few rows: below a repeated
 * head its name would be missed. */
static bool in_small_group(const struct doc_table *table, size_t index)
{
    size_t first = index, end = index;

    while (first > 0 && table->rows[first].role == DOC_ROW_BODY)
        first--;
    while (end < table->count && table->rows[end].role == DOC_ROW_BODY)
        end++;
    return first < index && table->rows[first].role == DOC_ROW_GROUP &&
           end - first <= SMALL_GROUP;
}

/* Rows that a page break must not part from the row before them. */
static int break_cost(const struct table_layout *layout, size_t index)
{
    const struct doc_row *rows = layout->table->rows;
    size_t body = index - layout->heads, last = layout->table->count - 1;

    if (index <= layout->heads || body < (layout->table->count > 8 ? 3 : 2)) return KEEP;
    if (rows[index - 1].role == DOC_ROW_GROUP || rows[index].role == DOC_ROW_TOTAL ||
        rows[index].role == DOC_ROW_BASE)
        return KEEP;
    if (index == last) return KEEP;
    if (index + LAST_ROWS > layout->table->count) return BEFORE_LAST_ROWS;
    if (in_small_group(layout->table, index)) return INSIDE_GROUP;
    return rows[index].role == DOC_ROW_GROUP ? 0 : BETWEEN_ROWS;
}

static double heads_height(const struct table_layout *layout)
{
    double height = 0;

    for (size_t i = 0; i < layout->heads; i++)
        height += layout->rows[i].height;
    return height;
}

#define CONTINUED_HEIGHT 15.0

/* The head again, below "Table 4.1 (continued)". */
static void draw_again(struct emitting *emitting, const struct node *node, double top)
{
    const struct table_layout *layout = node->data;
    const struct theme *theme = emitting->flow->theme;
    double at = top - CONTINUED_HEIGHT;

    page_artifact(emitting->page, PAGE_REPEATED);
    page_ink(emitting->page, theme->soft);
    page_text(emitting->page, page_face(emitting->page, FONT_REGULAR), theme->small_size,
              layout->x, top - 9, PAGE_LEFT, layout->continued);
    for (size_t i = 0; i < layout->heads; i++) {
        const struct table_row *row = &layout->rows[i];
        struct slice slice = {
            .row = row,
            .end = row->lines,
            .starts = true,
            .ends = true,
            .last_head = i + 1 == layout->heads,
        };
        struct node part = {.height = row->height, .data = &slice};

        draw_slice(emitting, &part, at);
        at -= row->height;
    }
}

static struct table_layout *lay_out(struct flow *flow, const struct doc_block *block)
{
    struct table_layout *layout = RK_NEW(flow->arena, struct table_layout);
    const struct doc_table *table = block->table;
    struct text_style style;
    double turned = flow->depth == 0 && flow->group
                        ? flow->theme->height - flow->theme->left - flow->theme->right
                        : 0;

    layout->table = table;
    layout->x = flow->x;
    layout->columns = RK_ARRAY(flow->arena, struct table_column, table->columns);
    layout->rows = RK_ARRAY(flow->arena, struct table_row, table->count);
    for (size_t i = 0; i < table->columns; i++)
        layout->columns[i].text =
            i == 0 || table->align[i] == DOC_LEFT || table->align[i] == DOC_CENTRE;
    while (layout->heads < table->count && table->rows[layout->heads].role == DOC_ROW_HEAD)
        layout->heads++;
    table_fit(flow, layout, flow->width, turned);
    style = table_style(flow, layout, DOC_ROW_BODY);
    layout->baseline = paragraph_baseline(&flow->maker, &style);
    for (size_t i = 0; i < table->count; i++) {
        layout->rows[i].source = &table->rows[i];
        set_row(flow, layout, &layout->rows[i]);
    }
    layout->continued = rk_arena_printf(flow->arena, "%s (%s)",
                                        block->caption_kind ? block->caption_kind : "Table",
                                        flow->theme->continued);
    return layout;
}

static void table_caption(struct flow *flow, const struct doc_block *block,
                          struct pdf_tag *table)
{
    struct text_style style = flow_style(flow, STYLE_CAPTION), soft;
    const char *kind = block->caption_kind ? block->caption_kind : "";

    if (!*kind && !block->caption.count) return;
    style.ink = flow->theme->accent;
    flow_lines(flow, flow_joined(flow, kind, DOC_BOLD, ":  ", &block->caption), &style,
               pdf_tag(flow->pdf, table, PDF_CAPTION), NULL);
    flow_keep(flow);
    soft = flow_style(flow, STYLE_SUBTITLE);
    if (block->subtitle.count)
        flow_lines(flow, &block->subtitle, &soft, pdf_tag(flow->pdf, table, PDF_P), NULL);
    flow_keep(flow);
    flow_space(flow, 5);
    flow_keep(flow);
}

static void add_rows(struct flow *flow, const struct table_layout *layout)
{
    struct region *region = region_open(flow);

    region->again = CONTINUED_HEIGHT + heads_height(layout);
    region->draw_again = draw_again;
    region->again_data = layout;
    region->foot = 0.5;
    for (size_t i = 0; i < layout->table->count; i++) {
        if (i) flow_break_cost(flow, break_cost(layout, i));
        add_row(flow, layout, i);
    }
    region_close(flow, region);
}

static void table_notes(struct flow *flow, const struct doc_table *table)
{
    struct text_style style = flow_style(flow, STYLE_SMALL);

    for (size_t i = 0; i < table->note_count; i++) {
        flow_keep(flow);
        flow_space(flow, i ? 1.5 : 4);
        flow_keep(flow);
        flow_lines(flow, &table->notes[i], &style, pdf_tag(flow->pdf, flow->parent, PDF_P),
                   NULL);
        flow_place_notes(flow, flow->parent);
    }
}

/* On a landscape page everything about the table is as wide as the table. */
static void table_in(struct flow *flow, const struct doc_block *block, struct group *group)
{
    struct table_layout *layout = lay_out(flow, block);
    struct pdf_tag *table = pdf_tag(flow->pdf, flow->parent, PDF_TABLE);
    double width = flow->width;

    if (layout->turned) flow->width = layout->width;
    table_caption(flow, block, table);
    tag_rows(flow, layout, table);
    flow_place_notes(flow, flow->parent);
    add_rows(flow, layout);
    table_notes(flow, block->table);
    flow_source(flow, block, flow->parent);
    if (group) group->turned = layout->turned;
    flow->width = width;
}

void flow_table(struct flow *flow, const struct doc_block *block)
{
    struct node *before;
    struct group *group;

    if (!block->table || block->table->columns == 0) return;
    flow_space(flow, flow->theme->block_gap);
    before = flow->list->last;
    group = group_open(flow, "Table");
    table_in(flow, block, group);
    group_close(flow, group);
    before = before ? before->next : flow->list->first;
    if (before) before->anchor = flow_anchor(flow, block);
    if (group)
        group->floats = !group->turned && group->height <= WHOLE_SHARE * flow->height;
    flow_space(flow, flow->theme->block_gap);
}
