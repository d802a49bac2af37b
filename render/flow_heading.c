// SPDX-License-Identifier: MIT
#include "render/flow_priv.h"

#include <stdio.h>
#include <string.h>

#define BAR_WIDTH  30.0
#define BAR_HEIGHT 3.2

static bool is_section(const struct doc_block *block)
{
    return block->kind == DOC_HEADING && block->level == 1;
}

/* Whether the section that starts at `block` numbers its paragraphs. */
static bool section_is_numbered(const struct flow *flow, const struct doc_block *block)
{
    size_t at = 0;

    while (at < flow->doc->count && flow->doc->blocks[at] != block)
        at++;
    for (at++; at < flow->doc->count && !is_section(flow->doc->blocks[at]); at++) {
        const struct doc_block *inside = flow->doc->blocks[at];

        if (inside->kind == DOC_PARAGRAPH && inside->number && *inside->number) return true;
    }
    return false;
}

static struct text_style heading_style(const struct flow *flow, int level)
{
    const struct theme_heading *heading = &flow->theme->heading[level - 1];

    return (struct text_style){
        .size = heading->size,
        .leading = heading->leading,
        .ink = level < 3 ? flow->theme->accent : flow->theme->ink,
        .link_ink = flow->theme->accent,
        .heading = true,
    };
}

static void draw_bar(struct emitting *emitting, const struct node *node, double top)
{
    page_artifact(emitting->page, PAGE_DECORATION);
    page_ink(emitting->page, emitting->flow->theme->second);
    page_rectangle(emitting->page, node->x, top - BAR_HEIGHT, BAR_WIDTH, BAR_HEIGHT,
                   PAGE_FILL);
}

static void draw_rule(struct emitting *emitting, const struct node *node, double top)
{
    const double *width = node->data;

    page_artifact(emitting->page, PAGE_DECORATION);
    page_pen(emitting->page, emitting->flow->theme->accent);
    page_dash(emitting->page, NULL, 0);
    page_line_width(emitting->page, 0.8);
    page_line(emitting->page, node->x, top - 3, node->x + *width, top - 3);
}

/* "Section 7" above the title, with a short bar above both: the start of a section is seen
 * when pages are turned. */
static void section_label(struct flow *flow, const struct doc_block *block,
                          struct pdf_tag *tag)
{
    struct text_style style = {
        .size = 11,
        .leading = 17,
        .ink = flow->theme->soft,
        .link_ink = flow->theme->soft,
        .style = DOC_BOLD,
    };
    struct paragraph *label;

    flow_box(flow, BAR_HEIGHT + 6, draw_bar, NULL);
    flow_keep(flow);
    label = flow_lines(flow, flow_words(flow, block->number, DOC_PLAIN), &style, tag, NULL);
    if (label->count) label->lines[label->count - 1].blank = true;
    flow_keep(flow);
}

/* "7" or "4.2" stands left of the title. */
static const struct mark *number_beside(struct flow *flow, const struct doc_block *block,
                                        const struct text_style *style, struct pdf_tag *tag,
                                        double *indent)
{
    struct mark *mark = RK_NEW(flow->arena, struct mark);
    double width;

    *mark = (struct mark){
        .kind = MARK_TEXT,
        .text = block->number,
        .x = flow->x,
        .font = fonts_face(flow->fonts, FONT_HEADING),
        .size = style->size,
        .ink = style->ink,
        .tag = tag,
    };
    width = font_width(mark->font, block->number, style->size) + 0.6 * style->size;
    *indent = width > flow->theme->number_width ? width : flow->theme->number_width;
    return mark;
}

static void title_lines(struct flow *flow, const struct doc_block *block,
                        struct pdf_tag *tag, bool beside)
{
    struct text_style style = heading_style(flow, block->level);
    const struct mark *mark = NULL;
    double indent = 0;

    if (beside) mark = number_beside(flow, block, &style, tag, &indent);
    flow->x += indent;
    flow->width -= indent;
    flow_lines(flow, &block->text, &style, tag, mark);
    flow->x -= indent;
    flow->width += indent;
    if (flow->theme->heading[block->level - 1].rule) {
        double *width = RK_NEW(flow->arena, double);

        *width = flow->width;
        flow_keep(flow);
        flow_box(flow, 6, draw_rule, width);
    }
}

static void open_section(struct flow *flow, const struct doc_block *block,
                         const struct heading *heading)
{
    struct pdf_tag *section = pdf_tag(flow->pdf, NULL, PDF_SECTION);

    section->title = heading->title;
    flow->parent = section;
    flow->numbered = section_is_numbered(flow, block);
}

/* `node` is the first that the heading added: its space, or, where there was space, a line.
 */
static void mark_start(struct flow *flow, struct node *node, const struct heading *heading)
{
    struct node *shown = node, *start;

    while (shown && shown->kind != NODE_BOX)
        shown = shown->next;
    if (!shown) return;
    start = shown->prev && shown->prev->kind == NODE_SPACE ? shown->prev : shown;
    shown->anchor = heading->anchor;
    shown->heading = heading;
    if (heading->block->level > 1) return;
    start->barrier = true;
    start->need = flow->theme->section_room * flow->height;
}

void flow_heading(struct flow *flow, const struct doc_block *block)
{
    static const enum pdf_role roles[] = {PDF_H1, PDF_H2, PDF_H3};
    const struct theme_heading *look = &flow->theme->heading[block->level - 1];
    const struct heading *heading = &flow->headings[flow->headings_met++];
    bool numbered = block->number && *block->number;
    bool above = numbered && block->level == 1 && strchr(block->number, ' ') &&
                 flow->theme->cover != THEME_COVER_BLOCK;
    struct node *before = flow->list->last;
    struct pdf_tag *tag;

    if (block->level == 1) open_section(flow, block, heading);
    tag = pdf_tag(flow->pdf, flow->parent, roles[block->level - 1]);
    flow_space(flow, look->above);
    if (above) section_label(flow, block, tag);
    title_lines(flow, block, tag, numbered && !above);
    flow_place_notes(flow, flow->parent);
    mark_start(flow, before ? before->next : flow->list->first, heading);
    flow_keep(flow);
    flow_space(flow, look->below);
    flow_keep(flow);
}
