// SPDX-License-Identifier: MIT
/* Lists: marks in a column of their own, two kinds of bullets drawn as vectors. */
#include "render/flow_priv.h"

#include <string.h>

/* Dislike of a page that holds but the first or the last item of a list. */
enum { LONE_ITEM = 120 };

static bool is_ordered(const struct doc_block *list)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->children[i]->mark && *list->children[i]->mark) return true;
    return false;
}

/* Width of the column in which the marks stand. */
static double mark_width(struct flow *flow, const struct doc_block *list)
{
    double widest = flow->theme->list_indent;

    for (size_t i = 0; i < list->count; i++) {
        const char *mark = list->children[i]->mark;
        double width = mark && *mark ? font_width(fonts_face(flow->fonts, FONT_REGULAR),
                                                  mark, flow->theme->size) +
                                           0.5 * flow->theme->size
                                     : 0;

        if (width > widest) widest = width;
    }
    return widest;
}

static const struct mark *item_mark(struct flow *flow, const struct doc_block *item,
                                    int level, struct pdf_tag *tag)
{
    struct mark *mark = RK_NEW(flow->arena, struct mark);

    *mark = (struct mark){
        .kind = level > 1 ? MARK_DASH : MARK_DIAMOND,
        .x = flow->x,
        .font = fonts_face(flow->fonts, FONT_REGULAR),
        .size = flow->theme->size,
        .ink = flow->theme->accent,
        .tag = tag,
    };
    if (item->mark && *item->mark) {
        mark->kind = MARK_TEXT;
        mark->text = item->mark;
        mark->ink = flow->theme->ink;
    } else {
        tag->actual = level > 1 ? "\xe2\x80\x93" : "\xe2\x80\xa2";
    }
    return mark;
}

static void list_in(struct flow *flow, const struct doc_block *block, int level);

/* The first paragraph takes the mark; what follows it hangs below. */
static void item_child(struct flow *flow, const struct doc_block *child, int level,
                       const struct mark **mark)
{
    struct text_style style = flow_style(flow, STYLE_BODY);

    if (child->kind == DOC_LIST) {
        flow_break_cost(flow, LONE_ITEM);
        flow_space(flow, 0.3 * flow->theme->gap);
        list_in(flow, child, level + 1);
        return;
    }
    if (child->kind != DOC_PARAGRAPH) {
        flow_block(flow, child);
        return;
    }
    if (!*mark) flow_space(flow, 0.6 * flow->theme->gap);
    flow_lines(flow, &child->text, &style, pdf_tag(flow->pdf, flow->parent, PDF_P), *mark);
    flow_place_notes(flow, flow->parent);
    *mark = NULL;
}

static void add_item(struct flow *flow, const struct doc_block *item, int level,
                     struct pdf_tag *list, double indent)
{
    struct pdf_tag *outer = flow->parent;
    struct pdf_tag *tag = pdf_tag(flow->pdf, list, PDF_LIST_ITEM);
    const struct mark *mark =
        item_mark(flow, item, level, pdf_tag(flow->pdf, tag, PDF_LABEL));

    flow->parent = pdf_tag(flow->pdf, tag, PDF_LIST_BODY);
    flow->x += indent;
    flow->width -= indent;
    for (size_t i = 0; i < item->count; i++)
        item_child(flow, item->children[i], level, &mark);
    flow->x -= indent;
    flow->width += indent;
    flow->parent = outer;
}

static void list_in(struct flow *flow, const struct doc_block *block, int level)
{
    struct pdf_tag *list = pdf_tag(flow->pdf, flow->parent, PDF_LIST);
    double indent = mark_width(flow, block);

    list->numbered = is_ordered(block);
    flow->depth++;
    for (size_t i = 0; i < block->count; i++) {
        if (i == 1 || (i && i + 1 == block->count)) flow_break_cost(flow, LONE_ITEM);
        if (i) flow_space(flow, (level > 1 ? 0.3 : 0.5) * flow->theme->gap);
        add_item(flow, block->children[i], level, list, indent);
    }
    flow->depth--;
}

/* A list belongs to the words that lead to it. */
enum { BEFORE_LIST = 400 };

void flow_list(struct flow *flow, const struct doc_block *block)
{
    double indent = flow->numbered && flow->depth == 0 ? flow->theme->number_width : 0;

    flow_tie(flow, BEFORE_LIST);
    flow->x += indent;
    flow->width -= indent;
    list_in(flow, block, 1);
    flow->x -= indent;
    flow->width += indent;
    flow_space(flow, flow->theme->gap);
}
