// SPDX-License-Identifier: MIT
#ifndef RENDER_PAGE_H
#define RENDER_PAGE_H

#include "render/font.h"

#include <stdbool.h>
#include <stddef.h>

/**
 * Drawing on one page: text, lines, boxes, polygons. Points (1/72 inch), origin at the
 * lower left corner of the page, y upwards, angles in degrees anticlockwise. State
 * (colours, line width, dashes, the tag) stays until it is changed; page_save and
 * page_restore bracket changes. Nothing here fails: the PDF remembers its first failure and
 * pdf_close reports it. Everything drawn also goes into the page's trace, if it has one.
 */
struct render_page;

struct colour {
    double red, green, blue; /**< 0 to 1, sRGB */
};
/** 0xRRGGBB. */
struct colour colour_rgb(unsigned rgb);
/** `share` of `ink` on `ground`, opaque: nothing in the file is transparent. */
struct colour colour_mix(struct colour ink, struct colour ground, double share);
/** `share` of `ink` on white: 0.1 is a pale tint. */
struct colour colour_tint(struct colour ink, double share);

double page_width(const struct render_page *page);
double page_height(const struct render_page *page);
/** The document's faces. */
struct font *page_face(const struct render_page *page, enum font_face face);

/* --- State --- */

/** Saves and brings back colours, lines, clipping and transformation; nests 20
 * deep. */
void page_save(struct render_page *page);
void page_restore(struct render_page *page);
/** Moves the origin to x, y, then turns by `angle`. */
void page_move_origin(struct render_page *page, double x, double y, double angle);

/** Everything that follows is drawn `factor` times as large, from the origin. */
void page_scale(struct render_page *page, double factor);

/** Colour of text and filled shapes. */
void page_ink(struct render_page *page, struct colour colour);
/** Colour of lines. */
void page_pen(struct render_page *page, struct colour colour);
void page_line_width(struct render_page *page, double points);
/** On, off, on, ... in points; count 0: solid. At most 8. */
void page_dash(struct render_page *page, const double *lengths, size_t count);
enum page_cap { PAGE_CAP_BUTT, PAGE_CAP_ROUND, PAGE_CAP_SQUARE };
enum page_join { PAGE_JOIN_MITRE, PAGE_JOIN_ROUND, PAGE_JOIN_BEVEL };
void page_line_ends(struct render_page *page, enum page_cap cap, enum page_join join);
/** What follows shows only inside the rectangle, until page_restore. */
void page_clip(struct render_page *page, double x, double y, double width, double height);

/* --- Shapes --- */

enum page_paint { PAGE_STROKE = 1, PAGE_FILL = 2, PAGE_FILL_STROKE = 3 };

void page_line(struct render_page *page, double x0, double y0, double x1, double y1);
/** `xy` holds x, y of each of `points` points. */
void page_polyline(struct render_page *page, const double *xy, size_t points);
/** Closed; filled by the non-zero winding rule. */
void page_polygon(struct render_page *page, const double *xy, size_t points,
                  enum page_paint paint);
/** x, y is the lower left corner. */
void page_rectangle(struct render_page *page, double x, double y, double width,
                    double height, enum page_paint paint);
void page_rounded(struct render_page *page, double x, double y, double width, double height,
                  double radius, enum page_paint paint);
void page_circle(struct render_page *page, double x, double y, double radius,
                 enum page_paint paint);

/* --- Pictures --- */

struct pdf_image;

/** Fills the rectangle; x, y is its lower left corner. */
void page_image(struct render_page *page, const struct pdf_image *image, double x, double y,
                double width, double height);

/* --- Text --- */

enum page_align { PAGE_LEFT, PAGE_MIDDLE, PAGE_RIGHT };

/** One line of text, its baseline at y; x is its left end, middle or right end. In ink
 * colour. */
void page_text(struct render_page *page, struct font *font, double size, double x, double y,
               enum page_align align, const char *text);
/** The same, turned about x, y. */
void page_text_turned(struct render_page *page, struct font *font, double size, double x,
                      double y, double angle, enum page_align align, const char *text);

/* A line made of shaped runs: begin, runs and gaps from left to right, end. */
void page_line_begin(struct render_page *page, double x, double y);
/** `rise` lifts the run above the baseline (footnote marks). */
void page_line_run(struct render_page *page, struct font *font, double size, double rise,
                   const struct font_run *run);
/** A blank `points` wide: a real space character in the text, so that words never fuse. */
void page_line_gap(struct render_page *page, struct font *font, double size, double points);
void page_line_end(struct render_page *page);

/* --- Meaning --- */

struct pdf_tag;

/** What is drawn from now on belongs to this element of the structure tree. */
void page_tag(struct render_page *page, struct pdf_tag *tag);

enum page_artifact {
    PAGE_DECORATION, /**< rules, shading */
    PAGE_HEADER,     /**< running head */
    PAGE_FOOTER,     /**< page number */
    PAGE_REPEATED,   /**< a table's head again on a later page */
    PAGE_BACKGROUND, /**< cover band, stamp */
};
/** What is drawn from now on means nothing to a reader who does not see it. */
void page_artifact(struct render_page *page, enum page_artifact kind);

/* --- Ways about --- */

/** A place that links can lead to: the top of `label` ("tbl-belief") is at y on this page.
 */
void page_anchor(struct render_page *page, const char *label, double y);
/** Makes the rectangle a link to "#label" or to an address. `tag` is its LINK element;
 * `words` say where it leads. */
void page_link(struct render_page *page, struct pdf_tag *tag, double x, double y,
               double width, double height, const char *target, const char *words);
/** An entry of the reader's sidebar; level 1 to 4. */
void page_bookmark(struct render_page *page, int level, const char *title, double y);

#endif
