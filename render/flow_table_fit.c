// SPDX-License-Identifier: MIT
/* How wide the columns of a table are, and how small its text must be. */
#include "render/flow_table.h"

#include <math.h>
#include <string.h>

/* Columns of numbers grow up to this before the stub gets what is left. */
#define NUMBER_COLUMN 84.0
/* A head may take this many lines before its column grows for it. */
#define HEAD_LINES 2.4
/* Smaller padding than this is not tried. */
#define LEAST_PADDING 2.2
#define SIZE_STEP     0.5
/* Between a number and a text that follows it. */
#define TEXT_GAP 7.0
/* A table of more rows sets them closer. */
enum { LONG_TABLE = 22 };

struct text_style table_style(const struct flow *flow, const struct table_layout *layout,
                              enum doc_row_role role)
{
    struct text_style style = {
        .size = layout->size,
        .leading = layout->leading,
        .ink = flow->theme->ink,
        .link_ink = flow->theme->accent,
    };

    if (role == DOC_ROW_HEAD || role == DOC_ROW_GROUP) style.ink = flow->theme->accent;
    if (role == DOC_ROW_BASE) style.ink = flow->theme->soft;
    if (role == DOC_ROW_HEAD || role == DOC_ROW_GROUP || role == DOC_ROW_TOTAL)
        style.style = DOC_BOLD;
    return style;
}

double table_indent(const struct table_layout *layout, const struct doc_row *row)
{
    return row->indent * 1.1 * layout->size;
}

static bool is_number_char(char c)
{
    return (c >= '0' && c <= '9') || strchr(",+-<>$", c) != NULL;
}

/* Bytes of the leading number up to its point; 0 when the text is no number. */
static size_t whole_bytes(const char *text)
{
    size_t bytes = 0, digits = 0;

    /* A minus sign (U+2212), a pound sign, "<" before a p-value and a thin blank between
     * thousands are part of the number. */
    for (;;) {
        if (text[bytes] && is_number_char(text[bytes])) {
            digits += text[bytes] >= '0' && text[bytes] <= '9';
            bytes++;
        } else if (strncmp(text + bytes, "\xc2\xa3", 2) == 0) {
            bytes += 2;
        } else if (strncmp(text + bytes, "\xe2\x88\x92", 3) == 0 ||
                   strncmp(text + bytes, "\xe2\x80\xaf", 3) == 0 ||
                   strncmp(text + bytes, "\xe2\x80\x89", 3) == 0) {
            bytes += 3;
        } else {
            return digits ? bytes : 0;
        }
    }
}

void table_split_number(struct flow *flow, const struct doc_text *text,
                        const struct text_style *style, double *whole, double *fraction)
{
    double natural = paragraph_measure(&flow->maker, text, style).natural;
    const struct doc_span *span = text->count ? &text->spans[0] : NULL;
    size_t bytes = span && span->text ? whole_bytes(span->text) : 0;
    struct doc_span head;
    struct doc_text part = {&head, 1};

    *whole = natural;
    *fraction = 0;
    if (bytes == 0) return;
    head = *span;
    head.text = rk_arena_copy_n(flow->arena, span->text, bytes);
    *whole = paragraph_measure(&flow->maker, &part, style).natural;
    *fraction = natural - *whole;
}

static void greater(double *most, double value)
{
    if (value > *most) *most = value;
}

static void measure_cell(struct flow *flow, struct table_layout *layout,
                         const struct doc_row *row, const struct doc_cell *cell,
                         size_t column)
{
    struct table_column *c = &layout->columns[column];
    struct text_style style = table_style(flow, layout, row->role);
    struct paragraph_widths widths = paragraph_measure(&flow->maker, &cell->text, &style);
    double indent = column == 0 ? table_indent(layout, row) : 0;
    double whole, fraction;

    if (row->role == DOC_ROW_HEAD) {
        greater(&c->head_natural, widths.natural);
        greater(&c->head_least, widths.least);
        return;
    }
    greater(&c->natural, widths.natural + indent);
    greater(&c->least, (c->text ? widths.least : widths.natural) + indent);
    if (layout->table->align[column] == DOC_DECIMAL && row->role != DOC_ROW_BASE) {
        table_split_number(flow, &cell->text, &style, &whole, &fraction);
        greater(&c->whole, whole);
        greater(&c->fraction, fraction);
    }
}

static void measure(struct flow *flow, struct table_layout *layout)
{
    for (size_t i = 0; i < layout->table->count; i++) {
        const struct doc_row *row = &layout->table->rows[i];
        size_t column = 0;

        if (row->role == DOC_ROW_GROUP) continue;
        for (size_t k = 0; k < row->count && column < layout->table->columns; k++) {
            size_t span = row->cells[k].span ? row->cells[k].span : 1;

            if (span == 1) measure_cell(flow, layout, row, &row->cells[k], column);
            column += span;
        }
    }
    for (size_t i = 0; i < layout->table->columns; i++) {
        struct table_column *c = &layout->columns[i];

        if (layout->table->align[i] == DOC_DECIMAL) {
            greater(&c->natural, c->whole + c->fraction);
            greater(&c->least, c->whole + c->fraction);
        }
    }
}

/* A head wants no more than its share of lines, and never to divide a word. */
static double head_want(const struct table_column *c)
{
    double want = fmax(c->head_least, c->head_natural / HEAD_LINES);

    return want < c->head_natural ? want : c->head_natural;
}

static double want_of(const struct table_column *c)
{
    return fmax(c->natural, head_want(c));
}

static double least_of(const struct table_column *c)
{
    return fmax(c->least, c->head_least);
}

/* --- Choosing size --- */

static double padding_at(const struct flow *flow, double scale, size_t columns)
{
    double padding = flow->theme->table_padding * (columns > 9 ? 0.6 : 1) * scale;

    return padding > LEAST_PADDING ? padding : LEAST_PADDING;
}

static double sum_least(const struct table_layout *layout, double scale, double padding)
{
    double sum = 0;

    for (size_t i = 0; i < layout->table->columns; i++)
        sum += least_of(&layout->columns[i]) * scale + layout->columns[i].gap + 2 * padding;
    return sum;
}

/* The largest size at which the narrowest columns fit; false: none does. */
static bool choose_size(struct flow *flow, struct table_layout *layout, double width)
{
    double full = flow->theme->table_size, least = flow->theme->table_least;

    for (double size = full; size >= least - 0.01; size -= SIZE_STEP) {
        double padding = padding_at(flow, size / full, layout->table->columns);

        layout->size = size;
        layout->padding = padding;
        if (sum_least(layout, size / full, padding) <= width) return true;
    }
    return false;
}

static void scale_columns(struct table_layout *layout, double scale)
{
    for (size_t i = 0; i < layout->table->columns; i++) {
        struct table_column *c = &layout->columns[i];

        c->natural *= scale;
        c->least *= scale;
        c->head_natural *= scale;
        c->head_least *= scale;
        c->whole *= scale;
        c->fraction *= scale;
    }
}

/* --- Sharing out the width --- */

static double sum_widths(const struct table_layout *layout)
{
    double sum = 0;

    for (size_t i = 0; i < layout->table->columns; i++)
        sum += layout->columns[i].width;
    return sum;
}

/* Widens the number columns to `target` as far as the table has room. */
static void grow_numbers(struct table_layout *layout, double target)
{
    double rest = layout->width - sum_widths(layout);

    for (size_t i = 1; i < layout->table->columns; i++) {
        struct table_column *c = &layout->columns[i];
        double grow = fmin(target - c->width, rest);

        if (c->text || grow <= 0) continue;
        c->width += grow;
        rest -= grow;
    }
}

/* All fit as they want to be: numbers get equal columns, the stub and texts the rest. */
static void share_rest(struct table_layout *layout)
{
    double most = 0, rest = layout->width - sum_widths(layout), numbers = 0, texts = 1;

    for (size_t i = 1; i < layout->table->columns; i++) {
        const struct table_column *c = &layout->columns[i];

        texts += c->text;
        numbers += !c->text;
        rest += c->text ? 0 : c->width;
        if (!c->text) greater(&most, c->width);
    }
    if (numbers > 0) grow_numbers(layout, fmin(fmax(most, NUMBER_COLUMN), rest / numbers));
    rest = layout->width - sum_widths(layout);
    for (size_t i = 0; i < layout->table->columns; i++)
        if (i == 0 || layout->columns[i].text) layout->columns[i].width += rest / texts;
}

/* What a column lacks to be as wide as it wants; `heads`: to have its head on one line too.
 */
static double lack_of(const struct table_column *c, bool heads)
{
    if (heads) return fmax(0, c->head_natural - want_of(c));
    return fmax(0, want_of(c) - least_of(c));
}

/* How much more each column may have so that all of `room` is used: those that lack less
 * get what they lack, the others alike. */
static double even_share(const struct table_layout *layout, double room, bool heads)
{
    double low = 0, high = room;

    for (int step = 0; step < 40; step++) {
        double share = (low + high) / 2, used = 0;

        for (size_t i = 0; i < layout->table->columns; i++)
            used += fmin(share, lack_of(&layout->columns[i], heads));
        if (used > room)
            high = share;
        else
            low = share;
    }
    return low;
}

static void widen_heads(struct table_layout *layout)
{
    double share = even_share(layout, layout->width - sum_widths(layout), true);

    for (size_t i = 0; i < layout->table->columns; i++)
        layout->columns[i].width += fmin(share, lack_of(&layout->columns[i], true));
}

/* Some must wrap. */
static void share_missing(struct table_layout *layout)
{
    double least = sum_least(layout, 1, layout->padding);
    double share = even_share(layout, fmax(0, layout->width - least), false);

    for (size_t i = 0; i < layout->table->columns; i++) {
        struct table_column *c = &layout->columns[i];

        c->width = least_of(c) + c->gap + 2 * layout->padding;
        if (least > layout->width)
            c->width *= layout->width / least;
        else
            c->width += fmin(share, lack_of(c, false));
    }
    if (least <= layout->width)
        layout->columns[0].width += layout->width - sum_widths(layout);
}

static void share_out(struct table_layout *layout)
{
    double want = 0;

    for (size_t i = 0; i < layout->table->columns; i++) {
        struct table_column *c = &layout->columns[i];

        c->width = want_of(c) + c->gap + 2 * layout->padding;
        want += c->width;
    }
    if (want > layout->width) {
        share_missing(layout);
        return;
    }
    widen_heads(layout);
    share_rest(layout);
}

/* A head over several columns that is wider than they are widens them alike. */
static void widen_for_spans(struct flow *flow, struct table_layout *layout)
{
    for (size_t i = 0; i < layout->heads; i++) {
        const struct doc_row *row = &layout->table->rows[i];
        struct text_style style = table_style(flow, layout, DOC_ROW_HEAD);
        size_t column = 0;

        for (size_t k = 0; k < row->count; k++) {
            size_t span = row->cells[k].span ? row->cells[k].span : 1;
            double least = 0, have = 0;

            if (span > 1)
                least = paragraph_measure(&flow->maker, &row->cells[k].text, &style).least;
            for (size_t c = column; c < column + span && c < layout->table->columns; c++)
                have +=
                    least_of(&layout->columns[c]) + (c > column ? 2 * layout->padding : 0);
            for (size_t c = column; least > have && c < column + span; c++)
                greater(&layout->columns[c].head_least,
                        least_of(&layout->columns[c]) + (least - have) / (double)span);
            column += span;
        }
    }
}

void table_fit(struct flow *flow, struct table_layout *layout, double width,
               double turned_width)
{
    double full = flow->theme->table_size, x = layout->x;

    layout->size = full;
    layout->leading = 1.27 * full;
    for (size_t i = 1; i < layout->table->columns; i++)
        if (layout->columns[i].text && !layout->columns[i - 1].text)
            layout->columns[i].gap = TEXT_GAP;
    measure(flow, layout);
    layout->width = width;
    if (!choose_size(flow, layout, width) && turned_width > width) {
        layout->turned = true;
        layout->width = turned_width;
        choose_size(flow, layout, turned_width);
    }
    scale_columns(layout, layout->size / full);
    layout->leading = 1.27 * layout->size;
    layout->above = (layout->table->count > LONG_TABLE ? 0.27 : 0.36) * layout->size;
    widen_for_spans(flow, layout);
    share_out(layout);
    for (size_t i = 0; i < layout->table->columns; i++) {
        layout->columns[i].x = x;
        x += layout->columns[i].width;
    }
}
