// SPDX-License-Identifier: MIT
#include "render/page_priv.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#define PI 3.14159265358979323846

struct colour colour_rgb(unsigned rgb)
{
    return (struct colour){(rgb >> 16 & 255) / 255.0, (rgb >> 8 & 255) / 255.0,
                           (rgb & 255) / 255.0};
}

struct colour colour_mix(struct colour ink, struct colour ground, double share)
{
    return (struct colour){ground.red + share * (ink.red - ground.red),
                           ground.green + share * (ink.green - ground.green),
                           ground.blue + share * (ink.blue - ground.blue)};
}

struct colour colour_tint(struct colour ink, double share)
{
    return colour_mix(ink, (struct colour){1, 1, 1}, share);
}

struct render_page *page_new(struct pdf *pdf, size_t leaf, double width, double height)
{
    struct render_page *page = RK_NEW(pdf->arena, struct render_page);

    page->pdf = pdf;
    page->leaf = leaf;
    page->width = width;
    page->height = height;
    page->out = pdf->content;
    page->out.length = 0;
    page->state.matrix[0] = page->state.matrix[3] = 1;
    page->state.line_width = 1;
    page->line.text.arena = pdf->arena;
    trace_add(pdf->trace, "page %zu %.1f %.1f", leaf + 1, width, height);
    return page;
}

void page_finish(struct render_page *page)
{
    struct pdf *pdf = page->pdf;
    HPDF_Page leaf = pdf->leaves[page->leaf]->page;

    assert(page->depth == 0);
    if (page->open) pdf_put(&page->out, "EMC\n");
    page->open = false;
    if (leaf && page->out.length)
        HPDF_Stream_Write(((HPDF_PageAttr)leaf->attr)->stream, (HPDF_BYTE *)page->out.data,
                          (HPDF_UINT)page->out.length);
    pdf_mix(pdf, page->out.data ? page->out.data : "", page->out.length);
    pdf->content = page->out;
}

double page_width(const struct render_page *page)
{
    return page->width;
}

double page_height(const struct render_page *page)
{
    return page->height;
}

struct font *page_face(const struct render_page *page, enum font_face face)
{
    return fonts_face(page->pdf->fonts, face);
}

/* --- Meaning --- */

void page_tag(struct render_page *page, struct pdf_tag *tag)
{
    page->tag = tag;
}

void page_artifact(struct render_page *page, enum page_artifact kind)
{
    page->tag = NULL;
    page->artifact = kind;
}

static const char *const artifact_words[] = {
    [PAGE_DECORATION] = "<</Type /Layout>>",
    [PAGE_HEADER] = "<</Type /Pagination /Subtype /Header>>",
    [PAGE_FOOTER] = "<</Type /Pagination /Subtype /Footer>>",
    [PAGE_REPEATED] = "<</Type /Pagination>>",
    [PAGE_BACKGROUND] = "<</Type /Page>>",
};

void page_open_content(struct render_page *page)
{
    struct pdf *pdf = page->pdf;
    bool same =
        page->tag == page->open_tag && (page->tag || page->artifact == page->open_artifact);

    if (page->open && same) return;
    if (page->open) pdf_put(&page->out, "EMC\n");
    page->open = true;
    page->open_tag = page->tag;
    page->open_artifact = page->artifact;
    if (!page->tag)
        pdf_putf(&page->out, "/Artifact %s BDC\n", artifact_words[page->artifact]);
    else
        pdf_putf(&page->out, "/%s <</MCID %zu>> BDC\n", pdf_role_name(page->tag->role),
                 pdf_tag_content(pdf, pdf->leaves[page->leaf], page->leaf, page->tag));
}

const char *page_element(const struct render_page *page)
{
    return page->tag ? pdf_role_name(page->tag->role) : "-";
}

/* --- State --- */

void page_save(struct render_page *page)
{
    assert(page->depth < PAGE_SAVED);
    page->saved[page->depth++] = page->state;
    pdf_put(&page->out, "q\n");
}

void page_restore(struct render_page *page)
{
    assert(page->depth > 0);
    page->state = page->saved[--page->depth];
    pdf_put(&page->out, "Q\n");
}

static void put_numbers(struct render_page *page, const double *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++)
        pdf_put_number(&page->out, numbers[i], 2);
}

struct page_point page_where(const struct render_page *page, double x, double y)
{
    const double *m = page->state.matrix;

    return (struct page_point){m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]};
}

/* Puts `step` before what was: a point is first taken by it. */
static void transform(struct render_page *page, const double step[6])
{
    double *m = page->state.matrix, old[6];

    memcpy(old, m, sizeof old);
    for (size_t i = 0; i < 2; i++) {
        m[i] = step[0] * old[i] + step[1] * old[2 + i];
        m[2 + i] = step[2] * old[i] + step[3] * old[2 + i];
        m[4 + i] = step[4] * old[i] + step[5] * old[2 + i] + old[4 + i];
    }
    for (size_t i = 0; i < 6; i++)
        pdf_put_number(&page->out, step[i], i < 4 ? 4 : 2);
    pdf_put(&page->out, "cm\n");
}

void page_move_origin(struct render_page *page, double x, double y, double angle)
{
    double c = cos(angle * PI / 180), s = sin(angle * PI / 180);

    transform(page, (const double[]){c, s, -s, c, x, y});
}

void page_scale(struct render_page *page, double factor)
{
    transform(page, (const double[]){factor, 0, 0, factor, 0, 0});
}

static bool same_colour(struct colour a, struct colour b)
{
    return a.red == b.red && a.green == b.green && a.blue == b.blue;
}

static void put_colour(struct render_page *page, struct colour colour, const char *how)
{
    pdf_put_number(&page->out, colour.red, 3);
    pdf_put_number(&page->out, colour.green, 3);
    pdf_put_number(&page->out, colour.blue, 3);
    pdf_put(&page->out, how);
}

void page_ink(struct render_page *page, struct colour colour)
{
    if (same_colour(page->state.ink, colour)) return;
    page->state.ink = colour;
    put_colour(page, colour, "rg\n");
}

void page_pen(struct render_page *page, struct colour colour)
{
    if (same_colour(page->state.pen, colour)) return;
    page->state.pen = colour;
    put_colour(page, colour, "RG\n");
}

void page_line_width(struct render_page *page, double points)
{
    if (page->state.line_width == points) return;
    page->state.line_width = points;
    pdf_put_number(&page->out, points, 3);
    pdf_put(&page->out, "w\n");
}

void page_dash(struct render_page *page, const double *lengths, size_t count)
{
    assert(count <= PAGE_DASHES);
    if (count == page->state.dashes &&
        (count == 0 || memcmp(lengths, page->state.dash, count * sizeof *lengths) == 0))
        return;
    page->state.dashes = count;
    if (count) memcpy(page->state.dash, lengths, count * sizeof *lengths);
    pdf_put(&page->out, "[");
    put_numbers(page, lengths, count);
    pdf_put(&page->out, "] 0 d\n");
}

void page_line_ends(struct render_page *page, enum page_cap cap, enum page_join join)
{
    if (cap != page->state.cap) pdf_putf(&page->out, "%d J\n", (int)cap);
    if (join != page->state.join) pdf_putf(&page->out, "%d j\n", (int)join);
    page->state.cap = cap;
    page->state.join = join;
}

void page_clip(struct render_page *page, double x, double y, double width, double height)
{
    put_numbers(page, (const double[]){x, y, width, height}, 4);
    pdf_put(&page->out, "re W n\n");
}

/* --- Ways about --- */

void page_anchor(struct render_page *page, const char *label, double y)
{
    trace_add(page->pdf->trace, "anchor %s %.1f", label, y);
    pdf_anchor_add(page->pdf, label, y);
}

void page_link(struct render_page *page, struct pdf_tag *tag, double x, double y,
               double width, double height, const char *target, const char *words)
{
    struct pdf_link link = {
        .tag = tag,
        .left = x,
        .bottom = y,
        .right = x + width,
        .top = y + height,
        .target = target,
        .words = words && *words ? words : target,
    };

    trace_add(page->pdf->trace, "link %.1f %.1f %.1f %.1f %s", x, y, width, height, target);
    pdf_link_add(page->pdf, link);
}

void page_bookmark(struct render_page *page, int level, const char *title, double y)
{
    trace_add(page->pdf->trace, "bookmark %d %.1f \"%s\"", level, y, title);
    pdf_bookmark_add(page->pdf, level, title, y);
}
