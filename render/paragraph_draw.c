// SPDX-License-Identifier: MIT
#include "render/paragraph_priv.h"

#include "render/pdf.h"

#include <string.h>

struct drawing {
    const struct paragraph *paragraph;
    struct render_page *page;
    bool artifact, open;
    double x, baseline;
    size_t span;
};

static const struct doc_span *span_at(const struct drawing *drawing, size_t span)
{
    return &drawing->paragraph->text->spans[span];
}

static struct pdf_tag *tag_of(const struct drawing *drawing, size_t span)
{
    const struct paragraph *p = drawing->paragraph;

    if (p->span_tags && p->span_tags[span]) return p->span_tags[span];
    return p->tag;
}

static struct colour ink_of(const struct drawing *drawing, size_t span)
{
    const struct text_style *style = &drawing->paragraph->style;

    return span_at(drawing, span)->target ? style->link_ink : style->ink;
}

static void close_text(struct drawing *drawing)
{
    if (drawing->open) page_line_end(drawing->page);
    drawing->open = false;
}

/* Opens the text object for a span: element, colour, place. */
static void open_text(struct drawing *drawing, size_t span)
{
    if (drawing->open && drawing->span == span) return;
    if (drawing->open && tag_of(drawing, span) == tag_of(drawing, drawing->span) &&
        !span_at(drawing, span)->target == !span_at(drawing, drawing->span)->target) {
        drawing->span = span;
        return;
    }
    close_text(drawing);
    if (!drawing->artifact) page_tag(drawing->page, tag_of(drawing, span));
    page_ink(drawing->page, ink_of(drawing, span));
    page_line_begin(drawing->page, drawing->x, drawing->baseline);
    drawing->open = true;
    drawing->span = span;
}

static void draw_run(struct drawing *drawing, const struct paragraph_run *run,
                     double stretch)
{
    double width = run->width + (run->run ? 0 : stretch);

    open_text(drawing, run->span);
    if (run->run)
        page_line_run(drawing->page, run->font, run->size, run->rise, run->run);
    else
        page_line_gap(drawing->page, run->font, run->size, width);
    drawing->x += width;
}

/* Spans of one link share an element, or, untagged, a target. */
static bool same_link(const struct paragraph *p, size_t a, size_t b)
{
    if (p->text->spans[a].target == NULL || p->text->spans[b].target == NULL) return false;
    return a == b || (p->span_tags && p->span_tags[a] == p->span_tags[b]);
}

static void underline(struct drawing *drawing, double x, double width)
{
    struct render_page *page = drawing->page;

    page_artifact(page, PAGE_DECORATION);
    page_pen(page, drawing->paragraph->style.link_ink);
    page_dash(page, NULL, 0);
    page_line_width(page, 0.4);
    page_line(page, x, drawing->baseline - 1.6, x + width, drawing->baseline - 1.6);
}

static void draw_link(struct drawing *drawing, size_t span, double x, double width)
{
    const struct paragraph *p = drawing->paragraph;
    const char *target = span_at(drawing, span)->target;

    if (!p->span_tags || !p->span_tags[span]) return;
    page_link(drawing->page, p->span_tags[span], x,
              drawing->baseline - 0.25 * p->style.leading, width, p->style.leading, target,
              span_at(drawing, span)->text);
    if (target[0] != '#') underline(drawing, x, width);
}

/* After the text: clickable areas over the runs of each link. */
static void draw_links(struct drawing *drawing, const struct paragraph_line *line, double x)
{
    for (size_t i = 0; i < line->count;) {
        size_t span = line->runs[i].span, end = i;
        double start = x;

        for (; end < line->count &&
               (end == i || same_link(drawing->paragraph, span, line->runs[end].span));
             end++)
            x += line->runs[end].width + (line->runs[end].run ? 0 : line->stretch);
        if (span_at(drawing, span)->target) draw_link(drawing, span, start, x - start);
        i = end;
    }
}

static double line_start(const struct paragraph *paragraph,
                         const struct paragraph_line *line, double x)
{
    if (paragraph->style.align == TEXT_RIGHT) return x + paragraph->width - line->width;
    if (paragraph->style.align == TEXT_MIDDLE)
        return x + (paragraph->width - line->width) / 2;
    return x;
}

void paragraph_draw(const struct paragraph *paragraph, size_t line,
                    struct render_page *page, double x, double baseline, bool artifact)
{
    const struct paragraph_line *l = &paragraph->lines[line];
    struct drawing drawing = {
        .paragraph = paragraph,
        .page = page,
        .artifact = artifact,
        .x = line_start(paragraph, l, x),
        .baseline = baseline,
    };
    double start = drawing.x;

    for (size_t i = 0; i < l->count; i++)
        draw_run(&drawing, &l->runs[i], l->stretch);
    if (l->blank && drawing.open) {
        const struct paragraph_run *last = &l->runs[l->count - 1];

        page_line_gap(page, last->font, last->size,
                      (double)font_shape(last->font, " ", 1)->width * last->size / 1000);
    }
    close_text(&drawing);
    if (!artifact) draw_links(&drawing, l, start);
}
