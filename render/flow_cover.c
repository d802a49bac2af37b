// SPDX-License-Identifier: MIT
/* Cover, committee header block, back page. */
#include "render/flow_emit.h"

#include <math.h>
#include <string.h>

/* The band takes the upper part of the page; the title stands on its lower edge. */
#define BAND_SHARE 0.60
#define TITLE_FOOT 54.0
#define BAR_WIDTH  46.0
#define BAR_HEIGHT 4.5

static bool given(const char *text)
{
    return text && *text;
}

/* --- Text stacked without nodes: covers are not flowed --- */

static struct paragraph *set(struct flow *flow, const char *words, double size,
                             double leading, struct colour ink, bool heading, double width)
{
    struct text_style style = {
        .size = size, .leading = leading, .ink = ink, .link_ink = ink, .heading = heading};

    return paragraph_set(&flow->maker, flow_words(flow, words, DOC_PLAIN), &style, width,
                         0);
}

/* Draws a paragraph with its upper edge at `top`; returns its lower edge. */
static double draw(struct emitting *e, struct paragraph *paragraph, struct pdf_tag *tag,
                   double x, double top)
{
    double baseline = paragraph_baseline(&e->flow->maker, &paragraph->style);

    paragraph->tag = tag;
    for (size_t i = 0; i < paragraph->count; i++, top -= paragraph->style.leading)
        paragraph_draw(paragraph, i, e->page, x, top - baseline, false);
    return top;
}

static double height_of(const struct paragraph *paragraph)
{
    return (double)paragraph->count * paragraph->style.leading;
}

/* --- What a cover and a header block both say --- */

struct fact {
    const char *label, *words;
};
enum { FACTS = 4 };

/* The facts that the front matter gives, in order; returns how many. */
static size_t facts_of(const struct doc_front *front, struct fact out[FACTS])
{
    const struct fact all[FACTS] = {
        {"Report to",   front->report_to},
        {"Prepared by", front->author   },
        {"Date",        front->date     },
        {"Version",     front->version  }
    };
    size_t count = 0;

    for (size_t i = 0; i < FACTS; i++)
        if (given(all[i].words)) out[count++] = all[i];
    return count;
}

#define LOGO_HEIGHT (20 * 72 / 25.4)
#define LOGO_WIDTH  (60 * 72 / 25.4)

struct logo {
    struct pdf_image *image;
    double width, height;
};

/* The logo as large as its place allows; false without one. */
static bool open_logo(struct flow *flow, struct logo *out)
{
    const struct doc_front *front = &flow->doc->front;
    double width, height;
    rk_status status;

    if (!given(front->logo)) return false;
    status = pdf_image(flow->pdf, front->logo_place, front->logo, &out->image);
    if (status != RK_OK) {
        flow->status = status;
        return false;
    }
    width = pdf_image_width(out->image);
    height = pdf_image_height(out->image);
    out->width = fmin(LOGO_WIDTH, LOGO_HEIGHT * width / height);
    out->height = out->width * height / width;
    return true;
}

static void draw_logo(struct emitting *e, const struct logo *logo, double x, double bottom)
{
    struct flow *flow = e->flow;
    const char *owner = flow->doc->front.organisation;
    struct pdf_tag *tag = pdf_tag(flow->pdf, flow->cover_tag, PDF_FIGURE);
    const double box[4] = {x, bottom, x + logo->width, bottom + logo->height};

    tag->alt = given(owner) ? rk_arena_printf(flow->arena, "Logo of %s", owner) : "Logo";
    memcpy(tag->box, box, sizeof box);
    page_tag(e->page, tag);
    page_image(e->page, logo->image, x, bottom, logo->width, logo->height);
}

/* --- The cover --- */

static void diamond(struct render_page *page, double x, double y, double r)
{
    const double corners[8] = {x, y + r, x + r, y, x, y - r, x - r, y};

    page_polygon(page, corners, 4, PAGE_FILL);
}

/* A lattice of diamonds that thins out towards the title: the same shape as the list marks.
 */
static void draw_lattice(struct emitting *e, double bottom)
{
    const struct theme *theme = e->flow->theme;
    double step = e->width / 11, r = step / 2;

    page_save(e->page);
    page_clip(e->page, 0, bottom, e->width, e->height - bottom);
    for (int row = 0; row < 9; row++) {
        for (int column = 0; column < 13; column++) {
            double x = e->width - column * step + (row % 2 ? r : 0);
            double y = e->height - row * r;
            int distance = column + row;

            if (distance > 9) continue;
            page_ink(e->page,
                     colour_mix(theme->band_ink, theme->band, 0.20 - 0.018 * distance));
            diamond(e->page, x, y, r * (0.94 - 0.035 * distance));
        }
    }
    page_ink(e->page, theme->second);
    diamond(e->page, e->width - 3 * step, e->height - 4 * r, r * 0.72);
    page_restore(e->page);
}

static void draw_band(struct emitting *e, double bottom)
{
    const struct theme *theme = e->flow->theme;

    page_artifact(e->page, PAGE_BACKGROUND);
    if (theme->cover == THEME_COVER_BAND) {
        page_ink(e->page, theme->band);
        page_rectangle(e->page, 0, bottom, e->width, e->height - bottom, PAGE_FILL);
        draw_lattice(e, bottom);
        return;
    }
    page_pen(e->page, theme->accent);
    page_line_width(e->page, 2);
    page_line(e->page, theme->left, bottom, e->width - theme->right, bottom);
}

/* As many lines as in the whole width, but about equally long: no single word on the last.
 */
static struct paragraph *set_even(struct flow *flow, const char *words, double size,
                                  double leading, struct colour ink, bool heading,
                                  double width)
{
    struct paragraph *best = set(flow, words, size, leading, ink, heading, width),
                     *narrower;

    for (double share = 0.95; share > 0.5 && best->count > 1; share -= 0.05) {
        narrower = set(flow, words, size, leading, ink, heading, share * width);
        if (narrower->count > best->count) break;
        best = narrower;
    }
    return best;
}

/* Title, subtitle and the bar above them, from the foot of the band upwards. */
static void draw_title(struct emitting *e, double bottom)
{
    struct flow *flow = e->flow;
    const struct theme *theme = flow->theme;
    const struct doc_front *front = &flow->doc->front;
    double width = 0.80 * (e->width - theme->left - theme->right), size = 38, top;
    struct paragraph *title = NULL, *subtitle = NULL;

    for (; given(front->title) && size > 20; size -= 3) {
        title =
            set_even(flow, front->title, size, size * 1.13, theme->band_ink, true, width);
        if (title->count <= 4) break;
    }
    if (given(front->subtitle))
        subtitle = set_even(flow, front->subtitle, 16, 21, theme->band_ink, false, width);
    top = bottom + TITLE_FOOT + (title ? height_of(title) : 0) +
          (subtitle ? height_of(subtitle) + 12 : 0);
    page_artifact(e->page, PAGE_BACKGROUND);
    page_ink(e->page, theme->second);
    page_rectangle(e->page, theme->left, top + 16, BAR_WIDTH, BAR_HEIGHT, PAGE_FILL);
    if (title) top = draw(e, title, flow->cover_title, theme->left, top) - 12;
    if (subtitle)
        draw(e, subtitle, pdf_tag(flow->pdf, flow->cover_tag, PDF_P), theme->left, top);
}

/* "Report to", "Author" and so on, side by side under the band. */
static double draw_facts(struct emitting *e, double top)
{
    struct flow *flow = e->flow;
    const struct theme *theme = flow->theme;
    struct fact facts[FACTS];
    size_t count = facts_of(&flow->doc->front, facts);
    double room = e->width - theme->left - theme->right, x = theme->left, lowest = top;

    for (size_t i = 0; i < count; i++) {
        double width = room / (double)(count > 2 ? count : 3), below;
        struct pdf_tag *tag = pdf_tag(flow->pdf, flow->cover_tag, PDF_P);
        struct paragraph *label =
            set(flow, facts[i].label, 9, 13, theme->soft, false, width - 14);

        label->lines[label->count - 1].blank = true;
        below = draw(e, label, tag, x, top);
        below = draw(e, set(flow, facts[i].words, 12, 15.5, theme->ink, false, width - 14),
                     tag, x, below);
        lowest = fmin(lowest, below);
        x += width;
    }
    return lowest;
}

static void draw_abstract(struct emitting *e, double top)
{
    struct flow *flow = e->flow;
    const struct theme *theme = flow->theme;
    double width = 0.84 * (e->width - theme->left - theme->right);
    struct text_style style = flow_style(flow, STYLE_BODY);
    struct paragraph *abstract;

    if (!flow->doc->front.abstract.count) return;
    style.align = TEXT_LEFT;
    style.hyphenate = false;
    abstract = paragraph_set(&flow->maker, &flow->doc->front.abstract, &style, width, 0);
    draw(e, abstract, pdf_tag(flow->pdf, flow->cover_tag, PDF_P), theme->left, top);
}

static void draw_organisation(struct emitting *e)
{
    struct flow *flow = e->flow;
    const struct theme *theme = flow->theme;
    struct paragraph *organisation;
    struct logo logo;

    if (open_logo(flow, &logo))
        draw_logo(e, &logo, e->width - theme->right - logo.width, theme->bottom + 22);
    if (!given(flow->doc->front.organisation)) return;
    organisation = set(flow, flow->doc->front.organisation, 12, 15, theme->accent, true,
                       e->width - theme->left - theme->right);
    page_artifact(e->page, PAGE_BACKGROUND);
    page_pen(e->page, theme->rule);
    page_line_width(e->page, 0.5);
    page_line(e->page, theme->left, theme->bottom + 12, e->width - theme->right,
              theme->bottom + 12);
    draw(e, organisation, pdf_tag(flow->pdf, flow->cover_tag, PDF_P), theme->left,
         theme->bottom + 2);
}

void flow_draw_cover(struct emitting *e)
{
    double bottom = e->height * (1 - BAND_SHARE), below;

    draw_band(e, bottom);
    draw_title(e, bottom);
    below = draw_facts(e, bottom - 34);
    draw_abstract(e, below - 26);
    draw_organisation(e);
}

/* --- The header block of a committee paper --- */

static void rule(struct emitting *e, const struct node *node, double top)
{
    page_artifact(e->page, PAGE_DECORATION);
    page_pen(e->page, e->flow->theme->ink);
    page_dash(e->page, NULL, 0);
    page_line_width(e->page, 0.9);
    page_line(e->page, node->x, top - 2, e->width - e->flow->theme->right, top - 2);
}

#define LABEL_WIDTH 92.0

static void header_line(struct flow *flow, const char *line)
{
    struct text_style style = flow_style(flow, STYLE_BODY);
    struct pdf_tag *tag = pdf_tag(flow->pdf, flow->parent, PDF_P);
    const char *bar = strchr(line, '|');
    struct mark *mark = RK_NEW(flow->arena, struct mark);

    style.align = TEXT_LEFT;
    *mark = (struct mark){
        .kind = MARK_TEXT,
        .text = bar ? rk_arena_printf(flow->arena, "%.*s:", (int)(bar - line), line) : "",
        .x = flow->x,
        .font = fonts_face(flow->fonts, FONT_BOLD),
        .size = style.size,
        .ink = style.ink,
        .tag = tag,
    };
    flow->x += LABEL_WIDTH;
    flow->width -= LABEL_WIDTH;
    flow_lines(flow, flow_words(flow, bar ? bar + 1 : line, DOC_PLAIN), &style, tag, mark);
    flow->x -= LABEL_WIDTH;
    flow->width += LABEL_WIDTH;
    flow_keep(flow);
    flow_space(flow, 4);
}

static void header_logo(struct emitting *e, const struct node *node, double top)
{
    draw_logo(e, node->data, node->x, top - node->height);
}

/* Logo, organisation, title and subtitle, one under the other. */
static void header_title(struct flow *flow)
{
    const struct doc_front *front = &flow->doc->front;
    struct text_style style = {.size = 19,
                               .leading = 23,
                               .ink = flow->theme->ink,
                               .link_ink = flow->theme->ink,
                               .heading = true};
    struct text_style body = flow_style(flow, STYLE_BODY), bold = body;
    struct logo *logo = RK_NEW(flow->arena, struct logo);

    bold.style = DOC_BOLD;
    body.align = TEXT_LEFT;
    if (open_logo(flow, logo)) {
        flow_box(flow, logo->height, header_logo, logo);
        flow_space(flow, 10);
    }
    if (given(front->organisation)) {
        flow_lines(flow, flow_words(flow, front->organisation, DOC_PLAIN), &bold,
                   pdf_tag(flow->pdf, flow->parent, PDF_P), NULL);
        flow_space(flow, 4);
    }
    if (given(front->title))
        flow_lines(flow, flow_words(flow, front->title, DOC_PLAIN), &style,
                   pdf_tag(flow->pdf, flow->parent, PDF_H1), NULL);
    if (given(front->subtitle)) {
        flow_space(flow, 3);
        flow_lines(flow, flow_words(flow, front->subtitle, DOC_PLAIN), &body,
                   pdf_tag(flow->pdf, flow->parent, PDF_P), NULL);
    }
}

/* The writer's own lines; without any, what the front matter knows. */
static void header_lines(struct flow *flow)
{
    const struct doc_front *front = &flow->doc->front;
    struct fact facts[FACTS];
    size_t count = front->header_count ? 0 : facts_of(front, facts);

    for (size_t i = 0; i < count; i++)
        header_line(flow,
                    rk_arena_printf(flow->arena, "%s|%s", facts[i].label, facts[i].words));
    for (size_t i = 0; i < front->header_count; i++)
        header_line(flow, front->header[i]);
}

static void header_block(struct flow *flow)
{
    const struct doc_front *front = &flow->doc->front;
    struct text_style body = flow_style(flow, STYLE_BODY);

    flow->cover_tag = flow->parent = pdf_tag(flow->pdf, NULL, PDF_SECTION);
    header_title(flow);
    flow_space(flow, 8);
    flow_box(flow, 4, rule, NULL);
    flow_space(flow, 6);
    header_lines(flow);
    flow_box(flow, 4, rule, NULL);
    flow_space(flow, 14);
    if (front->abstract.count) {
        flow_lines(flow, &front->abstract, &body, pdf_tag(flow->pdf, flow->parent, PDF_P),
                   NULL);
        flow_place_notes(flow, flow->parent);
        flow_space(flow, flow->theme->gap);
    }
}

void flow_cover(struct flow *flow)
{
    if (flow->theme->cover == THEME_COVER_BLOCK) {
        header_block(flow);
        return;
    }
    flow->cover_tag = pdf_tag(flow->pdf, NULL, PDF_SECTION);
    flow->cover_title = pdf_tag(flow->pdf, flow->cover_tag, PDF_H1);
    flow_plan(flow, PLAN_COVER);
}

/* --- The back page --- */

void flow_back(struct flow *flow)
{
    if (flow->doc->front.contact_count == 0 || flow->theme->cover == THEME_COVER_BLOCK)
        return;
    flow_plan(flow, PLAN_BACK);
}

void flow_draw_back(struct emitting *e)
{
    struct flow *flow = e->flow;
    const struct theme *theme = flow->theme;
    const struct doc_front *front = &flow->doc->front;
    struct pdf_tag *section = pdf_tag(flow->pdf, NULL, PDF_SECTION);
    double width = e->width - theme->left - theme->right;
    double top = theme->bottom + 60 + 15.5 * (double)front->contact_count;

    page_artifact(e->page, PAGE_BACKGROUND);
    page_ink(e->page, theme->band);
    page_rectangle(e->page, 0, e->height - 18, e->width, 18, PAGE_FILL);
    page_ink(e->page, theme->second);
    page_rectangle(e->page, theme->left, top + 14, BAR_WIDTH, BAR_HEIGHT, PAGE_FILL);
    for (size_t i = 0; i < front->contact_count; i++)
        top = draw(e,
                   set(flow, front->contact[i], i ? 11 : 13, 15.5,
                       i ? theme->ink : theme->accent, i == 0, width),
                   pdf_tag(flow->pdf, section, PDF_P), theme->left, top);
}
