// SPDX-License-Identifier: MIT
/* Shaped runs to text operators. libharu has no TJ, and its text layer cannot kern: the
 * operators are written here, with the pen followed exactly so that rounding never adds up.
 */
#include "render/page_priv.h"

#include <math.h>
#include <string.h>

#define PI 3.14159265358979323846

static void close_string(struct render_page *page)
{
    if (page->line.string) pdf_put(&page->out, ">");
    page->line.string = false;
}

static void close_array(struct render_page *page)
{
    close_string(page);
    if (page->line.array) pdf_put(&page->out, "]TJ ");
    page->line.array = false;
}

static void open_string(struct render_page *page)
{
    if (!page->line.array) pdf_put(&page->out, "[");
    page->line.array = true;
    if (!page->line.string) pdf_put(&page->out, "<");
    page->line.string = true;
}

static void set_font(struct render_page *page, struct font_file *file, double size)
{
    struct page_line *line = &page->line;

    if (line->file == file && line->size == size) return;
    close_array(page);
    pdf_putf(&page->out, "/%s ", pdf_font_resource(page->pdf, page->leaf, file));
    pdf_put_number(&page->out, size, 2);
    pdf_put(&page->out, "Tf ");
    line->file = file;
    line->size = size;
}

static void set_rise(struct render_page *page, double rise)
{
    if (page->line.rise == rise) return;
    close_array(page);
    pdf_put_number(&page->out, rise, 2);
    pdf_put(&page->out, "Ts ");
    page->line.rise = rise;
}

/* Moves the reader to `where` if it would stand visibly elsewhere. TJ shifts are
 * thousandths of the size, to the left. */
static void move_to(struct render_page *page, double where)
{
    struct page_line *line = &page->line;
    double shift = round((where - line->actual) * 1000 / line->size);

    if (shift == 0) return;
    if (!line->array) pdf_put(&page->out, "[");
    line->array = true;
    close_string(page);
    pdf_put_number(&page->out, -shift, 0);
    line->actual += shift * line->size / 1000;
}

static void put_code(struct render_page *page, unsigned code)
{
    static const char hex[] = "0123456789ABCDEF";
    char four[4] = {hex[code >> 12 & 15], hex[code >> 8 & 15], hex[code >> 4 & 15],
                    hex[code & 15]};

    open_string(page);
    pdf_put_n(&page->out, four, 4);
}

static void put_glyph(struct render_page *page, const struct font_glyph *glyph, double size,
                      double rise, double advance)
{
    struct page_line *line = &page->line;

    set_font(page, glyph->file, size);
    set_rise(page, rise + (double)glyph->up * size / 1000);
    move_to(page, line->wanted + (double)glyph->right * size / 1000);
    put_code(page, font_file_code(glyph->file, glyph->slot));
    line->actual += (double)glyph->natural * size / 1000;
    line->wanted += advance;
}

static void begin(struct render_page *page, double x, double y, double angle)
{
    struct page_line *line = &page->line;
    struct pdf_bytes text = line->text;

    page_open_content(page);
    text.length = 0;
    *line = (struct page_line){.text = text, .x = x, .y = y};
    if (angle == 0) {
        pdf_put(&page->out, "BT 1 0 0 1 ");
    } else {
        double c = cos(angle * PI / 180), s = sin(angle * PI / 180);
        const double turn[4] = {c, s, -s, c};

        pdf_put(&page->out, "BT ");
        for (size_t i = 0; i < 4; i++)
            pdf_put_number(&page->out, turn[i], 4);
    }
    pdf_put_number(&page->out, x, 2);
    pdf_put_number(&page->out, y, 2);
    pdf_put(&page->out, "Tm ");
}

void page_line_begin(struct render_page *page, double x, double y)
{
    begin(page, x, y, 0);
}

void page_line_run(struct render_page *page, struct font *font, double size, double rise,
                   const struct font_run *run)
{
    struct page_line *line = &page->line;

    if (!line->face) {
        line->face = font_name(font);
        line->face_size = size;
    }
    if (page->pdf->trace) pdf_put_n(&line->text, run->text, run->bytes);
    for (size_t i = 0; i < run->count; i++)
        put_glyph(page, &run->glyphs[i], size, rise,
                  (double)run->glyphs[i].advance * size / 1000);
}

void page_line_gap(struct render_page *page, struct font *font, double size, double points)
{
    const struct font_run *blank = font_shape(font, " ", 1);

    if (blank->count == 0) return;
    if (page->pdf->trace) pdf_put(&page->line.text, " ");
    put_glyph(page, &blank->glyphs[0], size, 0, points);
}

void page_line_end(struct render_page *page)
{
    struct page_line *line = &page->line;
    struct page_point at = page_where(page, line->x, line->y);

    set_rise(page, 0);
    close_array(page);
    pdf_put(&page->out, "ET\n");
    if (page->pdf->trace && line->text.length)
        trace_add(page->pdf->trace, "text %.1f %.1f %.1f %s %s \"%s\"", at.x, at.y,
                  line->face_size, line->face ? line->face : "-", page_element(page),
                  line->text.data);
}

void page_text_turned(struct render_page *page, struct font *font, double size, double x,
                      double y, double angle, enum page_align align, const char *text)
{
    double width = align == PAGE_LEFT ? 0 : font_width(font, text, size);
    double back = align == PAGE_RIGHT ? width : width / 2;

    if (!*text) return;
    begin(page, x - back * cos(angle * PI / 180), y - back * sin(angle * PI / 180), angle);
    while (*text) {
        size_t bytes = strcspn(text, " ");

        if (bytes == 0) bytes = 1;
        page_line_run(page, font, size, 0, font_shape(font, text, bytes));
        text += bytes;
    }
    page_line_end(page);
}

void page_text(struct render_page *page, struct font *font, double size, double x, double y,
               enum page_align align, const char *text)
{
    page_text_turned(page, font, size, x, y, 0, align, text);
}
