// SPDX-License-Identifier: MIT
/* Lines of text as nodes: styles, marks in the margin, elements for links and footnote
 * marks. */
#include "render/flow_priv.h"

#include <string.h>

struct text_style flow_style(const struct flow *flow, enum flow_style style)
{
    const struct theme *theme = flow->theme;
    struct text_style body = {
        .size = theme->size,
        .leading = theme->leading,
        .ink = theme->ink,
        .link_ink = theme->accent,
        .hyphenate = theme->hyphenate,
        .align = theme->justify ? TEXT_JUSTIFIED : TEXT_LEFT,
    };
    struct text_style out = body;

    if (style == STYLE_BODY) return out;
    out.align = TEXT_LEFT;
    switch (style) {
    case STYLE_SMALL:
        out.size = theme->small_size;
        out.ink = theme->soft;
        break;
    case STYLE_NOTE:
        out.size = theme->note_size;
        break;
    case STYLE_CAPTION:
        out.size = theme->caption_size;
        out.style = DOC_BOLD;
        break;
    case STYLE_SUBTITLE:
        out.size = theme->caption_size - 1;
        out.ink = theme->soft;
        break;
    case STYLE_QUOTE:
        out.size = theme->size * 1.14;
        out.style = DOC_ITALIC;
        out.ink = theme->accent;
        break;
    case STYLE_QUOTED:
        out.size = theme->size - 0.8;
        out.style = DOC_ITALIC;
        break;
    case STYLE_CALLOUT:
        out.size = theme->size * 1.09;
        break;
    case STYLE_ATTRIBUTION:
        out.size = theme->small_size + 0.7;
        out.ink = theme->soft;
        break;
    case STYLE_BODY:
        break;
    }
    /* Small text may sit a little closer than running text. */
    out.leading = out.size * (out.size < body.size ? 1.28 : body.leading / body.size);
    return out;
}

const char *flow_plain(struct flow *flow, const struct doc_text *text)
{
    const char *plain = "";

    for (size_t i = 0; i < text->count; i++)
        if (text->spans[i].footnote < 0)
            plain = rk_arena_printf(flow->arena, "%s%s", plain, text->spans[i].text);
    return plain;
}

struct doc_text *flow_words(struct flow *flow, const char *words, unsigned style)
{
    struct doc_text *text = RK_NEW(flow->arena, struct doc_text);

    text->spans = RK_NEW(flow->arena, struct doc_span);
    text->spans[0] = (struct doc_span){.text = words, .style = style, .footnote = -1};
    text->count = 1;
    return text;
}

struct doc_text *flow_joined(struct flow *flow, const char *label, unsigned style,
                             const char *between, const struct doc_text *text)
{
    struct doc_text *joined = RK_NEW(flow->arena, struct doc_text);
    bool both = *label && text->count;

    joined->spans = RK_ARRAY(flow->arena, struct doc_span, text->count + 1);
    joined->spans[0] = (struct doc_span){
        .text = rk_arena_printf(flow->arena, "%s%s", label, both ? between : ""),
        .style = style,
        .footnote = -1,
    };
    for (size_t i = 0; i < text->count; i++)
        joined->spans[i + 1] = text->spans[i];
    joined->count = text->count + 1;
    return joined;
}

/* --- Elements --- */

static bool has_spans_to_tag(const struct doc_text *text)
{
    for (size_t i = 0; i < text->count; i++)
        if (text->spans[i].target || text->spans[i].footnote >= 0) return true;
    return false;
}

static bool same_target(const struct doc_span *a, const struct doc_span *b)
{
    return a->target && b->target && strcmp(a->target, b->target) == 0;
}

static void meet_note(struct flow *flow, size_t note)
{
    if (note >= flow->doc->note_count || flow->notes[note].used) return;
    flow->notes[note].used = true;
    RK_ROOM(flow->arena, flow->met_notes, flow->met_count, flow->met_cap);
    flow->met_notes[flow->met_count++] = note;
}

/* A text of our own in which footnote marks lead to their notes. */
static const struct doc_text *with_note_links(struct flow *flow,
                                              const struct doc_text *text)
{
    struct doc_text *own = RK_NEW(flow->arena, struct doc_text);

    own->count = text->count;
    own->spans = RK_ARRAY(flow->arena, struct doc_span, text->count);
    memcpy(own->spans, text->spans, text->count * sizeof *own->spans);
    for (size_t i = 0; i < own->count; i++) {
        struct doc_span *span = &own->spans[i];

        if (span->footnote < 0) continue;
        span->style |= DOC_RAISED;
        span->target = flow_note_anchor(flow, (size_t)span->footnote);
    }
    return own;
}

void flow_tag_spans(struct flow *flow, struct paragraph *paragraph, struct pdf_tag *tag)
{
    const struct doc_text *text = paragraph->text;

    paragraph->tag = tag;
    if (!has_spans_to_tag(text)) return;
    text = paragraph->text = with_note_links(flow, text);
    paragraph->span_tags = RK_ARRAY(flow->arena, struct pdf_tag *, text->count);
    for (size_t i = 0; i < text->count; i++) {
        const struct doc_span *span = &text->spans[i];
        struct pdf_tag *parent = tag;

        if (!span->target) continue;
        if (i > 0 && span->footnote < 0 && same_target(span, span - 1)) {
            paragraph->span_tags[i] = paragraph->span_tags[i - 1];
            continue;
        }
        if (span->footnote >= 0) {
            parent = pdf_tag_inline(flow->pdf, tag, PDF_REFERENCE);
            meet_note(flow, (size_t)span->footnote);
        }
        paragraph->span_tags[i] = pdf_tag_inline(flow->pdf, parent, PDF_LINK);
    }
}

void flow_note_node(struct flow *flow, struct node *node, const struct paragraph *paragraph,
                    size_t line)
{
    long found[32], *notes;
    size_t count = paragraph_line_notes(paragraph, line, found, 32);

    if (count == 0) return;
    notes = RK_ARRAY(flow->arena, long, node->note_count + count);
    if (node->note_count) memcpy(notes, node->notes, node->note_count * sizeof *notes);
    memcpy(notes + node->note_count, found, count * sizeof *notes);
    node->notes = notes;
    node->note_count += count;
}

/* --- Lines --- */

struct line {
    struct paragraph *paragraph;
    size_t number;
    double baseline;
    const struct mark *mark;
};

static void draw_diamond(struct render_page *page, const struct mark *mark, double baseline)
{
    double r = mark->size * 0.21, x = mark->x + r + 0.5, y = baseline + mark->size * 0.24;
    const double corners[8] = {x, y + r, x + r, y, x, y - r, x - r, y};

    page_ink(page, mark->ink);
    page_polygon(page, corners, 4, PAGE_FILL);
}

static void draw_dash(struct render_page *page, const struct mark *mark, double baseline)
{
    double y = baseline + mark->size * 0.25;

    page_pen(page, mark->ink);
    page_dash(page, NULL, 0);
    page_line_width(page, mark->size * 0.075);
    page_line(page, mark->x + 0.5, y, mark->x + 0.5 + mark->size * 0.5, y);
}

static void draw_mark_text(struct render_page *page, const struct mark *mark,
                           double baseline)
{
    double x = mark->x, width = font_width(mark->font, mark->text, mark->size);

    if (mark->right > 0) x = mark->right - width;
    page_ink(page, mark->ink);
    page_line_begin(page, x, baseline);
    for (const char *text = mark->text; *text;) {
        size_t bytes = strcspn(text, " ");

        if (bytes == 0) bytes = 1;
        page_line_run(page, mark->font, mark->size, 0, font_shape(mark->font, text, bytes));
        text += bytes;
    }
    page_line_gap(page, mark->font, mark->size, 0.2 * mark->size);
    page_line_end(page);
}

static void draw_mark(struct emitting *emitting, const struct mark *mark, double baseline)
{
    if (!emitting->artifact) page_tag(emitting->page, mark->tag);
    if (mark->kind == MARK_TEXT)
        draw_mark_text(emitting->page, mark, baseline);
    else if (mark->kind == MARK_DIAMOND)
        draw_diamond(emitting->page, mark, baseline);
    else if (mark->kind == MARK_DASH)
        draw_dash(emitting->page, mark, baseline);
}

static void draw_line(struct emitting *emitting, const struct node *node, double top)
{
    const struct line *line = node->data;

    if (line->mark) draw_mark(emitting, line->mark, top - line->baseline);
    paragraph_draw(line->paragraph, line->number, emitting->page, node->x,
                   top - line->baseline, emitting->artifact);
}

/* At least two lines of a paragraph stay together at the foot and at the head of a page. */
static void set_line_break(struct flow *flow, size_t number, size_t count)
{
    if (number == 0) return;
    if (number == 1 || number == count - 1)
        flow_keep(flow);
    else
        flow_break_cost(flow, INSIDE_PARAGRAPH);
}

struct paragraph *flow_lines(struct flow *flow, const struct doc_text *text,
                             const struct text_style *style, struct pdf_tag *tag,
                             const struct mark *mark)
{
    struct paragraph *paragraph = paragraph_set(&flow->maker, text, style, flow->width, 0);
    double baseline = paragraph_baseline(&flow->maker, style);

    flow_tag_spans(flow, paragraph, tag);
    for (size_t i = 0; i < paragraph->count; i++) {
        struct line *line = RK_NEW(flow->arena, struct line);
        struct node *node;

        *line = (struct line){paragraph, i, baseline, i == 0 ? mark : NULL};
        set_line_break(flow, i, paragraph->count);
        node = flow_box(flow, style->leading, draw_line, line);
        flow_note_node(flow, node, paragraph, i);
    }
    return paragraph;
}

/* --- Paragraphs --- */

static const struct mark *number_mark(struct flow *flow, const char *number,
                                      struct pdf_tag *tag)
{
    struct mark *mark = RK_NEW(flow->arena, struct mark);

    *mark = (struct mark){
        .kind = MARK_TEXT,
        .text = number,
        .x = flow->x,
        .font = fonts_face(flow->fonts, FONT_REGULAR),
        .size = flow->theme->size,
        .ink = flow->theme->soft,
        .tag = tag,
    };
    return mark;
}

/* "...of these:" before a list or a table belongs to what follows. */
static bool announces(const struct doc_text *text)
{
    const char *last = text->count ? text->spans[text->count - 1].text : "";
    size_t bytes = strlen(last);

    while (bytes && last[bytes - 1] == ' ')
        bytes--;
    return bytes && last[bytes - 1] == ':';
}

void flow_paragraph(struct flow *flow, const struct doc_block *block)
{
    struct text_style style = flow_style(flow, STYLE_BODY);
    struct pdf_tag *tag = pdf_tag(flow->pdf, flow->parent, PDF_P);
    const struct mark *mark = NULL;
    double indent = flow->numbered && flow->depth == 0 ? flow->theme->number_width : 0;
    bool numbered = block->number && *block->number;

    if (numbered && indent == 0) indent = flow->theme->number_width;
    if (numbered) mark = number_mark(flow, block->number, tag);
    flow->x += indent;
    flow->width -= indent;
    flow_lines(flow, &block->text, &style, tag, mark);
    flow->x -= indent;
    flow->width += indent;
    flow_place_notes(flow, flow->parent);
    if (announces(&block->text)) flow_break_cost(flow, 600);
    flow_space(flow, flow->theme->gap);
}
