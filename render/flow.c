// SPDX-License-Identifier: MIT
#include "render/flow_emit.h"

#include "pipeline/base/rk_out.h"
#include "render/seal.h"

#include <string.h>

/* --- What there is, before anything is laid out --- */

const char *flow_anchor(struct flow *flow, const struct doc_block *block)
{
    if (block->label && *block->label) return block->label;
    for (size_t i = 0; i < flow->listed_count; i++)
        if (flow->listed[i].block == block) return flow->listed[i].anchor;
    return NULL;
}

static const char *section_words(struct flow *flow, const struct doc_block *block,
                                 const char *title)
{
    const char *number = block->number ? block->number : "";
    bool word = strchr(number, ' ') != NULL;

    return rk_arena_printf(flow->arena, "%s%s%s", number,
                           !*number ? ""
                           : word   ? ": "
                                    : "  ",
                           title);
}

static void survey_heading(struct flow *flow, const struct doc_block *block)
{
    struct heading *heading;

    RK_ROOM(flow->arena, flow->headings, flow->heading_count, flow->heading_cap);
    heading = &flow->headings[flow->heading_count];
    heading->block = block;
    heading->title = flow_plain(flow, &block->text);
    heading->section = section_words(flow, block, heading->title);
    heading->anchor =
        block->label && *block->label
            ? block->label
            : rk_arena_printf(flow->arena, "rk-heading-%zu", flow->heading_count + 1);
    flow->heading_count++;
}

static void survey_block(struct flow *flow, const struct doc_block *block)
{
    bool captioned = block->kind == DOC_TABLE || block->kind == DOC_FIGURE;

    if (block->kind == DOC_HEADING) survey_heading(flow, block);
    if (captioned && block->caption_kind && *block->caption_kind) {
        RK_ROOM(flow->arena, flow->listed, flow->listed_count, flow->listed_cap);
        flow->listed[flow->listed_count] =
            (struct listed){block, block->label && *block->label
                                       ? block->label
                                       : rk_arena_printf(flow->arena, "rk-listed-%zu",
                                                         flow->listed_count + 1)};
        flow->listed_count++;
    }
    for (size_t i = 0; i < block->count; i++)
        survey_block(flow, block->children[i]);
}

void flow_survey(struct flow *flow)
{
    for (size_t i = 0; i < flow->doc->count; i++) {
        enum doc_kind kind = flow->doc->blocks[i]->kind;

        survey_block(flow, flow->doc->blocks[i]);
        if (kind == DOC_CONTENTS || kind == DOC_LIST_OF_TABLES ||
            kind == DOC_LIST_OF_FIGURES)
            flow->front_end = i + 1;
    }
}

/* --- Blocks to nodes --- */

void flow_block(struct flow *flow, const struct doc_block *block)
{
    fonts_place(flow->fonts, block->place);
    if (block->page_before) flow_new_page(flow);
    switch (block->kind) {
    case DOC_HEADING:
        flow_heading(flow, block);
        break;
    case DOC_PARAGRAPH:
        flow_paragraph(flow, block);
        break;
    case DOC_LIST:
        flow_list(flow, block);
        break;
    case DOC_ITEM:
        flow_blocks(flow, block->children, block->count);
        break;
    case DOC_QUOTE:
        flow_quote(flow, block);
        break;
    case DOC_QUOTES:
        flow_quotes(flow, block);
        break;
    case DOC_BOX:
    case DOC_CASE_STUDY:
    case DOC_CALLOUT:
        flow_framed(flow, block);
        break;
    case DOC_TABLE:
        flow_table(flow, block);
        break;
    case DOC_FIGURE:
        flow_figure(flow, block);
        break;
    case DOC_COLUMNS:
        flow_columns(flow, block);
        break;
    case DOC_PAGE_BREAK:
        flow_new_page(flow);
        break;
    case DOC_CONTENTS:
        flow_contents(flow, block);
        break;
    case DOC_LIST_OF_TABLES:
        flow_listing(flow, block, "Table", flow->theme->tables_title);
        break;
    case DOC_LIST_OF_FIGURES:
        flow_listing(flow, block, "Figure", flow->theme->figures_title);
        break;
    }
}

void flow_blocks(struct flow *flow, struct doc_block *const *blocks, size_t count)
{
    for (size_t i = 0; i < count; i++)
        flow_block(flow, blocks[i]);
}

const char *flow_shorten(struct flow *flow, struct font *font, double size,
                         const char *text, double width)
{
    char *cut;

    if (font_width(font, text, size) <= width) return text;
    for (cut = rk_arena_copy(flow->arena, text); *cut;) {
        char *blank = strrchr(cut, ' ');
        const char *shown;

        if (!blank) break;
        *blank = '\0';
        shown = rk_arena_printf(flow->arena, "%s \xe2\x80\xa6", cut);
        if (font_width(font, shown, size) <= width) return shown;
    }
    return cut;
}

/* --- A document --- */

static rk_status open_pdf(struct flow *flow)
{
    const struct doc_front *front = &flow->doc->front;
    struct pdf_info info = {
        .title = front->title,
        .author = front->author && *front->author ? front->author : front->organisation,
        .subject = front->subject && *front->subject ? front->subject
                                                     : flow_plain(flow, &front->abstract),
        .keywords = front->keywords,
        .language = front->language,
        .date_days = flow->doc->date_days,
        .claims_ua = flow->theme->claims_ua,
        .archive = flow->theme->archive,
    };

    RK_TRY(pdf_open(flow->arena, flow->diag, flow->fonts, &info, &flow->pdf));
    pdf_trace(flow->pdf, flow->trace);
    return RK_OK;
}

void flow_start_list(struct flow *flow, struct list *list)
{
    const struct theme *theme = flow->theme;

    flow->list = list;
    flow->x = theme->left;
    flow->width = theme->width - theme->left - theme->right;
    flow->height = flow_text_height(flow, false);
    flow->next_break = -1;
}

static void front_blocks(struct flow *flow, size_t end)
{
    const struct theme *theme = flow->theme;
    size_t first = flow_first_blocks(flow);

    flow->theme = flow_first_theme(flow);
    if (flow->status != RK_OK) return;
    flow_blocks(flow, flow->doc->blocks, first);
    flow->theme = theme;
    flow_blocks(flow, flow->doc->blocks + first, end - first);
}

static void lay_out(struct flow *flow)
{
    struct list front = {0}, body = {0};
    size_t end = flow->front_end;

    flow_start_list(flow, end ? &front : &body);
    flow_cover(flow);
    if (!flow->parent) flow->parent = pdf_tag(flow->pdf, NULL, PDF_SECTION);
    front_blocks(flow, end);
    if (flow->status != RK_OK) return;
    flow_paginate(flow, &front, true);
    if (end) flow_start_list(flow, &body);
    flow_blocks(flow, flow->doc->blocks + end, flow->doc->count - end);
    flow_paginate(flow, &body, false);
    flow_back(flow);
}

/** What the pages print and the attachments hold goes with a report that has attachments. */
static rk_status seal(struct flow *flow)
{
    char *csv;
    size_t bytes;

    if (!flow->doc->attachment_count || !flow->trace)
        return RK_OK;
    RK_TRY(seal_make(flow->arena, flow->diag, flow->doc, trace_text(flow->trace), &csv, &bytes));
    pdf_attach_bytes(flow->pdf, "seal.csv", csv, bytes,
                     "What the pages print; reckon verify checks it");
    return RK_OK;
}

/** PDF/A-1 allows no attachments. */
static rk_status attach(struct flow *flow)
{
    if (flow->theme->archive) return RK_OK;
    for (size_t i = 0; i < flow->doc->attachment_count; i++)
        RK_TRY(pdf_attach(flow->pdf, flow->doc->attachments[i], NULL));
    return seal(flow);
}

static rk_status make_pages(struct flow *flow)
{
    RK_TRY(open_pdf(flow));
    flow_survey(flow);
    lay_out(flow);
    RK_TRY(flow->status);
    if (fonts_missing(flow->fonts)) return RK_STUDY;
    flow_emit(flow);
    if (fonts_missing(flow->fonts)) return RK_STUDY;
    return attach(flow);
}

static rk_status render(struct rk_run *run, const struct doc *doc,
                        const struct theme *theme, const char *pdf_path,
                        struct trace *trace)
{
    struct flow flow = {
        .run = run,
        .arena = run->arena,
        .diag = run->diag,
        .doc = doc,
        .theme = theme,
        .trace = trace,
        .anchors = rk_map_new(run->arena),
        .notes = RK_ARRAY(run->arena, struct note, doc->note_count),
    };
    rk_status status;

    RK_TRY(fonts_open(run->arena, run->diag, &theme->fonts, &flow.fonts));
    flow.maker = (struct paragraph_maker){
        .arena = run->arena, .scratch = rk_arena_new(), .fonts = flow.fonts};
    if (theme->hyphenate)
        flow.maker.hyphenator = hyphenator_open(
            run->arena, run->diag, doc->front.language ? doc->front.language : "en-GB");
    status = make_pages(&flow);
    if (status == RK_OK)
        status = pdf_close(flow.pdf, pdf_path);
    else
        pdf_abandon(flow.pdf);
    hyphenator_close(flow.maker.hyphenator);
    rk_arena_free(flow.maker.scratch);
    fonts_close(flow.fonts);
    return status;
}

static rk_status read_theme(struct rk_run *run, const struct doc *doc, struct theme *out)
{
    const char *name = doc->front.theme;

    return theme_read(run, name && *name ? name : "evaluation", out);
}

rk_status flow_render(struct rk_run *run, const struct doc *doc, const char *pdf_path)
{
    struct theme theme;

    RK_TRY(read_theme(run, doc, &theme));
    return render(run, doc, &theme, pdf_path, trace_new(run->arena));
}

rk_status flow_render_traced(struct rk_run *run, const struct doc *doc, const char *pdf_path,
                             const char *trace_path)
{
    const char *trace;
    struct theme theme;

    RK_TRY(read_theme(run, doc, &theme));
    RK_TRY(flow_trace(run, doc, &theme, pdf_path, &trace));
    return rk_out_file(run->diag, trace_path, trace, strlen(trace), 0644);
}

rk_status flow_trace(struct rk_run *run, const struct doc *doc, const struct theme *theme,
                     const char *pdf_path, const char **trace)
{
    struct trace *record = trace_new(run->arena);

    RK_TRY(render(run, doc, theme, pdf_path, record));
    *trace = trace_text(record);
    return RK_OK;
}
