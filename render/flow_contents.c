// SPDX-License-Identifier: MIT
/* Contents and lists of tables and figures: leaders, page numbers, links. */
#include "render/flow_priv.h"

#include <math.h>
#include <string.h>

/* Titles stay clear of the page numbers. */
#define NUMBER_ROOM 34.0
#define DOT_STEP    4.2

struct entry {
    struct paragraph *paragraph;
    size_t line;
    double baseline, right;
    const struct mark *mark; /**< number before the title; first line only */
    const char *anchor, *words;
    struct pdf_tag *link;
};

/* Dots stand in columns: they start at a multiple of the step from the right edge. */
static void draw_leader(struct emitting *emitting, double from, double to, double y)
{
    const struct theme *theme = emitting->flow->theme;
    double start = to - floor((to - from) / DOT_STEP) * DOT_STEP;

    if (start >= to) return;
    page_artifact(emitting->page, PAGE_DECORATION);
    page_pen(emitting->page, theme->rule);
    page_line_width(emitting->page, 1);
    page_line_ends(emitting->page, PAGE_CAP_ROUND, PAGE_JOIN_MITRE);
    page_dash(emitting->page, (const double[]){0, DOT_STEP}, 2);
    page_line(emitting->page, start, y, to, y);
    page_line_ends(emitting->page, PAGE_CAP_BUTT, PAGE_JOIN_MITRE);
    page_dash(emitting->page, NULL, 0);
}

static void draw_page(struct emitting *emitting, const struct node *node,
                      const struct entry *entry, double baseline)
{
    struct flow *flow = emitting->flow;
    const char *label = flow_page_label(flow, flow_plan_of(flow, entry->anchor));
    const struct text_style *style = &entry->paragraph->style;
    struct font *font =
        page_face(emitting->page, style->style & DOC_BOLD ? FONT_BOLD : FONT_REGULAR);
    double number = font_width(font, label, style->size);
    double end = node->x + entry->paragraph->lines[entry->line].width;

    draw_leader(emitting, end + 5, entry->right - number - 6, baseline + 0.5);
    page_tag(emitting->page, entry->link);
    page_ink(emitting->page, style->ink);
    page_text(emitting->page, font, style->size, entry->right, baseline, PAGE_RIGHT, label);
}

static void draw_entry_mark(struct emitting *emitting, const struct entry *entry,
                            double baseline)
{
    const struct mark *mark = entry->mark;

    page_tag(emitting->page, entry->link);
    page_ink(emitting->page, mark->ink);
    page_line_begin(emitting->page, mark->x, baseline);
    for (const char *text = mark->text; *text;) {
        size_t bytes = strcspn(text, " ");

        if (bytes == 0) bytes = 1;
        page_line_run(emitting->page, mark->font, mark->size, 0,
                      font_shape(mark->font, text, bytes));
        text += bytes;
    }
    page_line_gap(emitting->page, mark->font, mark->size, 3);
    page_line_end(emitting->page);
}

static void draw_entry(struct emitting *emitting, const struct node *node, double top)
{
    const struct entry *entry = node->data;
    double baseline = top - entry->baseline;
    bool last = entry->line + 1 == entry->paragraph->count;

    if (entry->mark) draw_entry_mark(emitting, entry, baseline);
    /* A blank ends each line: the page number must not fuse with the title. */
    entry->paragraph->lines[entry->line].blank = true;
    paragraph_draw(entry->paragraph, entry->line, emitting->page, node->x, baseline, false);
    if (last) draw_page(emitting, node, entry, baseline);
    page_link(emitting->page, entry->link, entry->mark ? entry->mark->x : node->x,
              top - node->height, entry->right - (entry->mark ? entry->mark->x : node->x),
              node->height, rk_arena_printf(emitting->flow->arena, "#%s", entry->anchor),
              entry->words);
}

struct look {
    struct text_style style;
    double indent, above;
    double number_width;
};

/* One entry: `number` stands before the title in a column of its own. */
static void add_entry(struct flow *flow, struct pdf_tag *contents, const char *number,
                      const char *title, const char *anchor, const struct look *look)
{
    struct pdf_tag *item = pdf_tag(flow->pdf, contents, PDF_CONTENTS_ITEM);
    struct pdf_tag *link = pdf_tag(flow->pdf, item, PDF_LINK);
    double left = look->indent + (*number ? look->number_width : 0);
    struct mark *mark = RK_NEW(flow->arena, struct mark);
    struct paragraph *paragraph;

    paragraph = paragraph_set(&flow->maker, flow_words(flow, title, DOC_PLAIN),
                              &look->style, flow->width - left - NUMBER_ROOM, 0);
    paragraph->tag = link;
    *mark = (struct mark){
        .text = number,
        .x = flow->x + look->indent,
        .font = fonts_face(flow->fonts,
                           look->style.style & DOC_BOLD ? FONT_BOLD : FONT_REGULAR),
        .size = look->style.size,
        .ink = look->style.ink,
    };
    flow_space(flow, look->above);
    for (size_t i = 0; i < paragraph->count; i++) {
        struct entry *entry = RK_NEW(flow->arena, struct entry);

        *entry = (struct entry){
            .paragraph = paragraph,
            .line = i,
            .baseline = paragraph_baseline(&flow->maker, &look->style),
            .right = flow->x + flow->width,
            .mark = i == 0 && *number ? mark : NULL,
            .anchor = anchor,
            .words =
                rk_arena_printf(flow->arena, "%s%s%s", number, *number ? " " : "", title),
            .link = link,
        };
        if (i) flow_keep(flow);
        flow_box(flow, look->style.leading, draw_entry, entry)->x += left;
    }
}

static struct look level_look(const struct flow *flow, int level)
{
    struct look look = {.style = flow_style(flow, STYLE_BODY)};

    look.style.align = TEXT_LEFT;
    look.style.hyphenate = false;
    look.style.size -= level == 1 ? 0.4 : 0.8;
    look.style.leading = 1.31 * look.style.size;
    if (level == 1) {
        look.style.style = DOC_BOLD;
        look.style.ink = flow->theme->accent;
        look.above = 0.45 * flow->theme->leading;
        return look;
    }
    look.indent = level == 2 ? 0 : 14;
    look.above = 0.08 * flow->theme->leading;
    return look;
}

static const char *number_of(const struct doc_block *block)
{
    return block->number ? block->number : "";
}

static double widest_number(struct flow *flow, size_t first, int deepest)
{
    struct font *font = fonts_face(flow->fonts, FONT_BOLD);
    double widest = 0;

    for (size_t i = first; i < flow->heading_count; i++) {
        const struct doc_block *block = flow->headings[i].block;
        double width = font_width(font, number_of(block), flow->theme->size);

        if (block->level <= deepest && width > widest) widest = width;
    }
    return widest > 0 ? widest + 11 : 0;
}

/* The contents themselves stand in bookmarks and running heads, as sections do. */
static const struct heading *contents_heading(struct flow *flow, const char *words)
{
    struct heading *heading = RK_NEW(flow->arena, struct heading);
    struct doc_block *block = RK_NEW(flow->arena, struct doc_block);

    block->kind = DOC_HEADING;
    block->level = 1;
    *heading = (struct heading){.block = block, .title = words, .section = words};
    return heading;
}

static void title(struct flow *flow, const char *words, enum pdf_role role, double scale)
{
    const struct theme_heading *look = &flow->theme->heading[0];
    const struct node *before = flow->list->last;
    struct node *first;
    double size = fmax(look->size * scale, flow->theme->size + 1);
    struct text_style style = {
        .size = size,
        .leading = size * 1.22,
        .ink = flow->theme->accent,
        .heading = true,
    };

    flow_lines(flow, flow_words(flow, words, DOC_PLAIN), &style,
               pdf_tag(flow->pdf, flow->parent, role), NULL);
    first = before ? before->next : flow->list->first;
    if (role == PDF_H1 && first) first->heading = contents_heading(flow, words);
    flow_keep(flow);
    flow_space(flow, 0.6 * flow->theme->leading);
    flow_keep(flow);
}

void flow_contents(struct flow *flow, const struct doc_block *block)
{
    int deepest = block->level > 0 ? block->level : 2;
    double column = widest_number(flow, flow->headings_met, deepest);
    struct pdf_tag *contents;

    /* Under a header block there is room for them. */
    if (flow->theme->cover != THEME_COVER_BLOCK || flow_first_blocks(flow) > 0)
        flow_new_page(flow);
    flow->parent = pdf_tag(flow->pdf, NULL, PDF_SECTION);
    title(flow, flow->theme->contents_title, PDF_H1, 1);
    contents = pdf_tag(flow->pdf, flow->parent, PDF_CONTENTS);
    for (size_t i = flow->headings_met; i < flow->heading_count; i++) {
        const struct heading *heading = &flow->headings[i];
        struct look look = level_look(flow, heading->block->level);

        if (heading->block->level > deepest) continue;
        look.number_width = column;
        if (!*number_of(heading->block) && heading->block->level > 1) look.indent += column;
        if (heading->block->level > 1) flow_break_cost(flow, 30);
        add_entry(flow, contents, number_of(heading->block), heading->title,
                  heading->anchor, &look);
    }
    flow_space(flow, 2 * flow->theme->leading);
}

static double widest_kind(struct flow *flow, const char *kind)
{
    struct font *font = fonts_face(flow->fonts, FONT_REGULAR);
    double widest = 0;

    for (size_t i = 0; i < flow->listed_count; i++) {
        const struct doc_block *block = flow->listed[i].block;
        double width = font_width(font, block->caption_kind, flow->theme->size - 0.5);

        if (strncmp(block->caption_kind, kind, strlen(kind)) == 0 && width > widest)
            widest = width;
    }
    return widest + 11;
}

void flow_listing(struct flow *flow, const struct doc_block *block, const char *kind,
                  const char *words)
{
    struct look look = level_look(flow, 2);
    struct pdf_tag *contents = NULL;

    (void)block;
    look.number_width = widest_kind(flow, kind);
    for (size_t i = 0; i < flow->listed_count; i++) {
        const struct doc_block *listed = flow->listed[i].block;

        if (strncmp(listed->caption_kind, kind, strlen(kind)) != 0) continue;
        if (!contents) {
            title(flow, words, PDF_H2, 0.7);
            contents = pdf_tag(flow->pdf, flow->parent, PDF_CONTENTS);
        }
        add_entry(flow, contents, listed->caption_kind, flow_plain(flow, &listed->caption),
                  flow->listed[i].anchor, &look);
    }
    flow_space(flow, 1.6 * flow->theme->leading);
}
