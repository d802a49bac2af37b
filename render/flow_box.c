// SPDX-License-Identifier: MIT
/* Boxes, case studies and callouts: a frame that may break over pages. */
#include "render/flow_priv.h"

#define PAD_SIDE   13.0
#define PAD_TOP    10.0
#define PAD_BOTTOM 11.0

/* A frame that takes at most this share of a page moves as a whole; a taller one is cut. */
#define WHOLE_SHARE 0.42

static struct frame *frame_for(struct flow *flow, enum doc_kind kind)
{
    struct frame *frame = RK_NEW(flow->arena, struct frame);
    const struct theme *theme = flow->theme;

    *frame = (struct frame){
        .x = flow->x,
        .width = flow->width,
        .fill = kind == DOC_CASE_STUDY ? theme->case_tint : theme->tint,
        .bar = kind == DOC_CASE_STUDY ? theme->case_bar
               : kind == DOC_CALLOUT  ? theme->second
                                      : theme->accent,
        .has_bar = true,
    };
    return frame;
}

/* Nothing follows the last line of a frame but its padding. */
static void drop_last_space(struct flow *flow)
{
    struct node *last = flow->list->last;

    if (last && last->kind == NODE_SPACE && last->region == flow->region)
        list_unlink(flow->list, last, last);
}

static void caption(struct flow *flow, const struct doc_block *block,
                    struct pdf_tag *parent)
{
    struct text_style style = flow_style(flow, STYLE_CAPTION);
    const char *kind = block->caption_kind ? block->caption_kind : "";

    if (!*kind && !block->caption.count) return;
    style.ink = flow->theme->accent;
    flow_lines(flow, flow_joined(flow, kind, DOC_BOLD, ":  ", &block->caption), &style,
               pdf_tag(flow->pdf, parent, PDF_P), NULL);
    flow_place_notes(flow, parent);
    flow_keep(flow);
    flow_space(flow, 0.7 * flow->theme->gap);
    flow_keep(flow);
}

static void children(struct flow *flow, const struct doc_block *block)
{
    flow_blocks(flow, block->children, block->count);
}

/* A callout speaks louder: its paragraphs are set larger. */
static void callout_children(struct flow *flow, const struct doc_block *block)
{
    struct text_style style = flow_style(flow, STYLE_CALLOUT);

    for (size_t i = 0; i < block->count; i++) {
        const struct doc_block *child = block->children[i];

        if (child->kind != DOC_PARAGRAPH) {
            flow_block(flow, child);
            continue;
        }
        flow_lines(flow, &child->text, &style, pdf_tag(flow->pdf, flow->parent, PDF_P),
                   NULL);
        flow_place_notes(flow, flow->parent);
        flow_space(flow, flow->theme->gap);
    }
}

static void framed(struct flow *flow, const struct doc_block *block)
{
    struct region *region = region_open(flow);
    struct pdf_tag *outer = flow->parent;

    region->frame = frame_for(flow, block->kind);
    region->again = PAD_TOP;
    region->foot = PAD_BOTTOM;
    flow->parent = pdf_tag(flow->pdf, outer, PDF_DIV);
    flow->depth++;
    flow->x += PAD_SIDE;
    flow->width -= 2 * PAD_SIDE;
    flow_box(flow, PAD_TOP, NULL, NULL)->anchor = flow_anchor(flow, block);
    flow_keep(flow);
    caption(flow, block, flow->parent);
    if (block->kind == DOC_CALLOUT)
        callout_children(flow, block);
    else
        children(flow, block);
    drop_last_space(flow);
    flow_keep(flow);
    flow_box(flow, PAD_BOTTOM, NULL, NULL);
    flow->x -= PAD_SIDE;
    flow->width += 2 * PAD_SIDE;
    flow->depth--;
    flow->parent = outer;
    region_close(flow, region);
}

void flow_source(struct flow *flow, const struct doc_block *block, struct pdf_tag *parent)
{
    struct text_style style = flow_style(flow, STYLE_SMALL);

    if (!block->source.count) return;
    flow_keep(flow);
    flow_space(flow, 4);
    flow_keep(flow);
    flow_lines(flow, &block->source, &style, pdf_tag(flow->pdf, parent, PDF_P), NULL);
    flow_place_notes(flow, parent);
}

void flow_framed(struct flow *flow, const struct doc_block *block)
{
    struct group *group;
    double gap = flow->theme->block_gap;

    if (block->kind == DOC_CALLOUT) gap *= 0.8;
    flow_space(flow, gap);
    group = group_open(flow, block->kind == DOC_CALLOUT ? "" : "Box");
    framed(flow, block);
    flow_source(flow, block, flow->parent);
    group_close(flow, group);
    if (group)
        group->floats =
            block->kind != DOC_CALLOUT && group->height <= WHOLE_SHARE * flow->height;
    flow_space(flow, gap);
}
