// SPDX-License-Identifier: MIT
/* Figures: caption and headline above, the replayed draw list or a picture, source below. */
#include "render/flow_priv.h"

#include "render/chart_draw.h"

#include <math.h>

#define MM (72 / 25.4)

/* Pixels of a picture to an inch, where the narrative names no width: print wants no fewer. */
#define PIXELS_PER_INCH 150.0

struct figure {
    struct chart_draw draw;
    struct pdf_image *image; /* NULL: the draw list */
    double width, height;    /* before it is scaled */
    double scale;
    struct pdf_tag *tag;
};

static void draw_figure(struct emitting *emitting, const struct node *node, double top)
{
    const struct figure *figure = node->data;
    struct render_page *page = emitting->page;
    double bottom = top - node->height;
    double width = figure->width * figure->scale;
    const double box[4] = {node->x, bottom, node->x + width, top};

    for (size_t i = 0; i < 4; i++)
        figure->tag->box[i] = box[i];
    page_tag(page, figure->tag);
    if (figure->image) {
        page_image(page, figure->image, node->x, bottom, width, node->height);
        return;
    }
    page_save(page);
    if (figure->scale < 1) {
        page_move_origin(page, node->x, bottom, 0);
        page_scale(page, figure->scale);
        chart_replay(&figure->draw, page, 0, 0);
    } else {
        chart_replay(&figure->draw, page, node->x, bottom);
    }
    page_restore(page);
}

static void caption(struct flow *flow, const struct doc_block *block,
                    struct pdf_tag *parent)
{
    struct text_style style = flow_style(flow, STYLE_CAPTION), soft;
    const char *kind = block->caption_kind ? block->caption_kind : "";

    style.ink = flow->theme->accent;
    if (*kind || block->caption.count) {
        flow_lines(flow, flow_joined(flow, kind, DOC_BOLD, ":  ", &block->caption), &style,
                   pdf_tag(flow->pdf, parent, PDF_CAPTION), NULL);
        flow_keep(flow);
    }
    soft = flow_style(flow, STYLE_SUBTITLE);
    if (block->subtitle.count) {
        flow_space(flow, 1.5);
        flow_keep(flow);
        flow_lines(flow, &block->subtitle, &soft, pdf_tag(flow->pdf, parent, PDF_P), NULL);
        flow_keep(flow);
    }
    flow_place_notes(flow, parent);
    flow_space(flow, 6);
    flow_keep(flow);
}

/* Two levels in one text, for readers that speak one only. */
static const char *alternative(struct flow *flow, const struct doc_figure *figure)
{
    const char *alt = figure->alt ? figure->alt : "";
    const char *more = figure->description ? figure->description : "";

    if (!*alt && !*more) return "Figure";
    return rk_arena_printf(flow->arena, "%s%s%s", alt, *alt && *more ? " " : "", more);
}

static rk_status open_drawing(struct flow *flow, const struct doc_figure *wanted,
                              struct figure *out)
{
    RK_TRY(chart_draw_read(flow->arena, flow->diag, wanted->draw_path, &out->draw));
    out->width = out->draw.width;
    out->height = out->draw.height;
    return RK_OK;
}

static rk_status open_picture(struct flow *flow, const struct doc_block *block,
                              struct figure *out)
{
    double pixels;

    RK_TRY(pdf_image(flow->pdf, block->place, block->figure->picture, &out->image));
    pixels = pdf_image_width(out->image);
    out->width = block->figure->width_mm > 0 ? block->figure->width_mm * MM
                                             : pixels * 72 / PIXELS_PER_INCH;
    out->height = out->width * pdf_image_height(out->image) / pixels;
    return RK_OK;
}

static void add_figure(struct flow *flow, const struct doc_block *block, double room)
{
    struct figure *figure = RK_NEW(flow->arena, struct figure);
    rk_status status = block->figure->picture ? open_picture(flow, block, figure)
                                              : open_drawing(flow, block->figure, figure);

    if (status != RK_OK) {
        flow->status = status;
        return;
    }
    figure->scale = fmin(1, fmin(flow->width / figure->width, room / figure->height));
    figure->tag = pdf_tag(flow->pdf, flow->parent, PDF_FIGURE);
    figure->tag->alt = alternative(flow, block->figure);
    flow_box(flow, figure->height * figure->scale, draw_figure, figure);
}

void flow_figure(struct flow *flow, const struct doc_block *block)
{
    struct node *before;
    struct group *group;
    struct list above;

    if (!block->figure || !(block->figure->draw_path || block->figure->picture)) return;
    flow_space(flow, flow->theme->block_gap);
    before = flow->list->last;
    group = group_open(flow, "Figure");
    caption(flow, block, flow->parent);
    above = (struct list){before ? before->next : flow->list->first, NULL};
    add_figure(flow, block, flow->height - list_height(&above) - 40);
    flow_source(flow, block, flow->parent);
    group_close(flow, group);
    if (above.first) above.first->anchor = flow_anchor(flow, block);
    if (group) group->floats = true;
    flow_space(flow, flow->theme->block_gap);
}
