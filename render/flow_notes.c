// SPDX-License-Identifier: MIT
/* Footnotes: laid out when their marks are met, put on pages by flow_pages. */
#include "render/flow_priv.h"

#define NOTE_INDENT 13.0
#define NOTES_GAP   15.0

double flow_notes_gap(const struct flow *flow)
{
    (void)flow;
    return NOTES_GAP;
}

const char *flow_note_anchor(struct flow *flow, size_t note)
{
    return rk_arena_printf(flow->arena, "#rk-note-%zu", note + 1);
}

static const struct mark *note_mark(struct flow *flow, const struct doc_note *note,
                                    struct pdf_tag *tag)
{
    struct mark *mark = RK_NEW(flow->arena, struct mark);

    *mark = (struct mark){
        .kind = MARK_TEXT,
        .text = note->mark,
        .x = flow->x,
        .right = flow->x + NOTE_INDENT - 4,
        .font = fonts_face(flow->fonts, FONT_REGULAR),
        .size = flow->theme->note_size,
        .ink = flow->theme->ink,
        .tag = pdf_tag(flow->pdf, tag, PDF_LABEL),
    };
    return mark;
}

static void note_block(struct flow *flow, const struct doc_block *block,
                       struct pdf_tag *tag, const struct mark *mark)
{
    struct text_style style = flow_style(flow, STYLE_NOTE);

    if (block->kind == DOC_PARAGRAPH)
        flow_lines(flow, &block->text, &style, pdf_tag(flow->pdf, tag, PDF_P), mark);
    else
        flow_block(flow, block);
}

static void lay_out(struct flow *flow, size_t index, struct pdf_tag *parent)
{
    const struct doc_note *source = &flow->doc->notes[index];
    struct note *note = &flow->notes[index];
    double left = flow->theme->left;
    double width = flow->theme->width - left - flow->theme->right;
    struct outer outer = flow_enter(flow, &note->lines, left, width);
    struct pdf_tag *outer_parent = flow->parent;
    const struct mark *mark;

    note->tag = pdf_tag(flow->pdf, parent, PDF_NOTE);
    flow->parent = note->tag;
    mark = note_mark(flow, source, note->tag);
    flow->x += NOTE_INDENT;
    flow->width -= NOTE_INDENT;
    for (size_t i = 0; i < source->count; i++) {
        if (i) flow_space(flow, 2);
        note_block(flow, source->children[i], note->tag, i == 0 ? mark : NULL);
    }
    if (note->lines.first) note->lines.first->anchor = flow_note_anchor(flow, index) + 1;
    note->height = list_height(&note->lines) + 2;
    flow->parent = outer_parent;
    flow_leave(flow, outer);
}

void flow_place_notes(struct flow *flow, struct pdf_tag *parent)
{
    /* A footnote may have footnotes: the queue can grow while it is worked off. */
    for (size_t i = 0; i < flow->met_count; i++) {
        size_t note = flow->met_notes[i];

        if (!flow->notes[note].tag) lay_out(flow, note, parent);
    }
    if (flow->depth == 0) flow->met_count = 0;
}
