// SPDX-License-Identifier: MIT
/* Pull quotes, quotes in two columns, and blocks side by side. */
#include "render/flow_priv.h"

#define COLUMN_GAP 18.0

static void attribution(struct flow *flow, const struct doc_block *block,
                        struct pdf_tag *parent)
{
    struct text_style style = flow_style(flow, STYLE_ATTRIBUTION);

    if (!block->attribution.count) return;
    flow_keep(flow);
    flow_space(flow, 3);
    flow_keep(flow);
    flow_lines(flow, &block->attribution, &style, pdf_tag(flow->pdf, parent, PDF_P), NULL);
}

static void quoted(struct flow *flow, const struct doc_block *block, enum flow_style look)
{
    struct text_style style = flow_style(flow, look);
    struct pdf_tag *quote = pdf_tag(flow->pdf, flow->parent, PDF_BLOCK_QUOTE);

    for (size_t i = 0; i < block->count; i++) {
        const struct doc_block *child = block->children[i];

        if (i) flow_space(flow, 0.6 * flow->theme->gap);
        if (child->kind == DOC_PARAGRAPH)
            flow_lines(flow, &child->text, &style, pdf_tag(flow->pdf, quote, PDF_P), NULL);
        else
            flow_block(flow, child);
    }
    if (block->text.count)
        flow_lines(flow, &block->text, &style, pdf_tag(flow->pdf, quote, PDF_P), NULL);
    attribution(flow, block, quote);
    flow_place_notes(flow, flow->parent);
}

/* A thick rule runs beside the lines of a pull quote: a frame without a fill. */
static const struct frame *beside(struct flow *flow)
{
    struct frame *frame = RK_NEW(flow->arena, struct frame);

    *frame = (struct frame){
        .x = flow->x,
        .width = flow->width,
        .fill = {1, 1, 1},
        .bar = flow->theme->second,
        .has_bar = true,
    };
    return frame;
}

void flow_quote(struct flow *flow, const struct doc_block *block)
{
    double indent = flow->numbered && flow->depth == 0 ? flow->theme->number_width : 0;
    struct region *region;

    flow_space(flow, flow->theme->block_gap);
    region = region_open(flow);
    flow->x += indent;
    flow->width -= 2 * indent;
    region->frame = beside(flow);
    flow->depth++;
    flow->x += 15;
    flow->width -= 15;
    flow_box(flow, 1, NULL, NULL);
    flow_keep(flow);
    quoted(flow, block, STYLE_QUOTE);
    flow_keep(flow);
    flow_box(flow, 2, NULL, NULL);
    flow->x -= 15 + indent;
    flow->width += 15 + 2 * indent;
    flow->depth--;
    region_close(flow, region);
    flow_space(flow, flow->theme->block_gap);
}

/* --- Side by side --- */

static void draw_columns(struct emitting *emitting, const struct node *node, double top)
{
    for (size_t i = 0; i < node->part_count; i++)
        list_draw(emitting, &node->parts[i], top);
}

static void collect_notes(struct flow *flow, struct node *node, const struct list *list)
{
    for (const struct node *part = list->first; part; part = part->next) {
        long *notes;

        if (!part->note_count) continue;
        notes = RK_ARRAY(flow->arena, long, node->note_count + part->note_count);
        for (size_t i = 0; i < node->note_count; i++)
            notes[i] = node->notes[i];
        for (size_t i = 0; i < part->note_count; i++)
            notes[node->note_count + i] = part->notes[i];
        node->notes = notes;
        node->note_count += part->note_count;
    }
}

/* Columns that no page could hold follow each other. */
static void stack(struct flow *flow, struct list *lists, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        for (struct node *node = lists[i].first, *next; node; node = next) {
            next = node->next;
            node->region = flow->region;
            list_append(flow->list, node);
        }
        flow_space(flow, flow->theme->gap);
    }
}

static void add_columns(struct flow *flow, struct list *lists, size_t count)
{
    double height = 0;
    struct node *node;

    for (size_t i = 0; i < count; i++) {
        double own = list_height(&lists[i]);

        if (own > height) height = own;
    }
    if (height > 0.9 * flow->height) {
        stack(flow, lists, count);
        return;
    }
    node = flow_box(flow, height, draw_columns, NULL);
    node->parts = lists;
    node->part_count = count;
    for (size_t i = 0; i < count; i++)
        collect_notes(flow, node, &lists[i]);
}

static double column_width(const struct flow *flow, size_t count)
{
    return (flow->width - COLUMN_GAP * (double)(count - 1)) / (double)count;
}

static void quote_pair(struct flow *flow, struct doc_block *const *quotes, size_t count)
{
    struct list *lists = RK_ARRAY(flow->arena, struct list, 2);
    double width = column_width(flow, 2);

    for (size_t i = 0; i < count; i++) {
        double x = flow->x + (double)i * (width + COLUMN_GAP);
        struct outer outer = flow_enter(flow, &lists[i], x, width);

        quoted(flow, quotes[i], STYLE_QUOTED);
        flow_leave(flow, outer);
    }
    add_columns(flow, lists, 2);
}

void flow_quotes(struct flow *flow, const struct doc_block *block)
{
    for (size_t i = 0; i < block->count; i += 2) {
        if (i) flow_space(flow, 1.3 * flow->theme->gap);
        quote_pair(flow, block->children + i, block->count - i < 2 ? 1 : 2);
    }
    flow_space(flow, flow->theme->gap);
}

void flow_columns(struct flow *flow, const struct doc_block *block)
{
    size_t count = block->count ? block->count : 1;
    struct list *lists = RK_ARRAY(flow->arena, struct list, count);
    double width = column_width(flow, count);

    for (size_t i = 0; i < block->count; i++) {
        double x = flow->x + (double)i * (width + COLUMN_GAP);
        struct outer outer = flow_enter(flow, &lists[i], x, width);

        flow_block(flow, block->children[i]);
        flow_leave(flow, outer);
    }
    add_columns(flow, lists, count);
    flow_space(flow, flow->theme->gap);
}
