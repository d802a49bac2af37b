// SPDX-License-Identifier: MIT
#include "render/page_priv.h"

static void put_point(struct render_page *page, double x, double y, const char *how)
{
    pdf_put_number(&page->out, x, 2);
    pdf_put_number(&page->out, y, 2);
    pdf_put(&page->out, how);
}

static const char *paint_operator(enum page_paint paint)
{
    return paint == PAGE_STROKE ? "S\n" : paint == PAGE_FILL ? "f\n" : "B\n";
}

static const char *paint_word(enum page_paint paint)
{
    return paint == PAGE_STROKE ? "stroke" : paint == PAGE_FILL ? "fill" : "fill stroke";
}

static void trace_line(struct render_page *page, double x0, double y0, double x1, double y1)
{
    struct page_point from = page_where(page, x0, y0), to = page_where(page, x1, y1);

    trace_add(page->pdf->trace, "line %.1f %.1f %.1f %.1f", from.x, from.y, to.x, to.y);
}

static void trace_shape(struct render_page *page, const double *xy, size_t points,
                        enum page_paint paint)
{
    struct page_point at = page_where(page, xy[0], xy[1]);

    trace_add(page->pdf->trace, "shape %.1f %.1f %zu %s", at.x, at.y, points,
              paint_word(paint));
}

void page_line(struct render_page *page, double x0, double y0, double x1, double y1)
{
    page_open_content(page);
    trace_line(page, x0, y0, x1, y1);
    put_point(page, x0, y0, "m ");
    put_point(page, x1, y1, "l S\n");
}

static void put_path(struct render_page *page, const double *xy, size_t points)
{
    for (size_t i = 0; i < points; i++)
        put_point(page, xy[2 * i], xy[2 * i + 1], i ? "l " : "m ");
}

void page_polyline(struct render_page *page, const double *xy, size_t points)
{
    if (points < 2) return;
    page_open_content(page);
    trace_shape(page, xy, points, PAGE_STROKE);
    put_path(page, xy, points);
    pdf_put(&page->out, "S\n");
}

void page_polygon(struct render_page *page, const double *xy, size_t points,
                  enum page_paint paint)
{
    if (points < 2) return;
    page_open_content(page);
    trace_shape(page, xy, points, paint);
    put_path(page, xy, points);
    pdf_put(&page->out, "h ");
    pdf_put(&page->out, paint_operator(paint));
}

static void trace_box(struct render_page *page, double x, double y, double width,
                      double height, enum page_paint paint)
{
    struct page_point low = page_where(page, x, y);
    struct page_point high = page_where(page, x + width, y + height);

    trace_add(page->pdf->trace, "box %.1f %.1f %.1f %.1f %s", low.x, low.y, high.x - low.x,
              high.y - low.y, paint_word(paint));
}

void page_rectangle(struct render_page *page, double x, double y, double width,
                    double height, enum page_paint paint)
{
    page_open_content(page);
    trace_box(page, x, y, width, height, paint);
    put_point(page, x, y, "");
    put_point(page, width, height, "re ");
    pdf_put(&page->out, paint_operator(paint));
}

/* Distance of a Bezier curve's control points that makes a quarter of a circle. */
#define QUARTER 0.5522847498

static void put_curve(struct render_page *page, const double at[6])
{
    put_point(page, at[0], at[1], "");
    put_point(page, at[2], at[3], "");
    put_point(page, at[4], at[5], "c ");
}

void page_rounded(struct render_page *page, double x, double y, double width, double height,
                  double radius, enum page_paint paint)
{
    double r = radius, k, right = x + width, top = y + height;

    if (2 * r > width || 2 * r > height) r = (width < height ? width : height) / 2;
    k = r * (1 - QUARTER);
    page_open_content(page);
    trace_box(page, x, y, width, height, paint);
    put_point(page, x + r, y, "m ");
    put_point(page, right - r, y, "l ");
    put_curve(page, (const double[]){right - k, y, right, y + k, right, y + r});
    put_point(page, right, top - r, "l ");
    put_curve(page, (const double[]){right, top - k, right - k, top, right - r, top});
    put_point(page, x + r, top, "l ");
    put_curve(page, (const double[]){x + k, top, x, top - k, x, top - r});
    put_point(page, x, y + r, "l ");
    put_curve(page, (const double[]){x, y + k, x + k, y, x + r, y});
    pdf_put(&page->out, "h ");
    pdf_put(&page->out, paint_operator(paint));
}

static void trace_circle(struct render_page *page, double x, double y,
                         enum page_paint paint)
{
    struct page_point at = page_where(page, x, y);

    trace_add(page->pdf->trace, "shape %.1f %.1f circle %s", at.x, at.y, paint_word(paint));
}

void page_circle(struct render_page *page, double x, double y, double radius,
                 enum page_paint paint)
{
    double r = radius, k = r * QUARTER;

    page_open_content(page);
    trace_circle(page, x, y, paint);
    put_point(page, x + r, y, "m ");
    put_curve(page, (const double[]){x + r, y + k, x + k, y + r, x, y + r});
    put_curve(page, (const double[]){x - k, y + r, x - r, y + k, x - r, y});
    put_curve(page, (const double[]){x - r, y - k, x - k, y - r, x, y - r});
    put_curve(page, (const double[]){x + k, y - r, x + r, y - k, x + r, y});
    pdf_put(&page->out, "h ");
    pdf_put(&page->out, paint_operator(paint));
}
