// SPDX-License-Identifier: MIT
#include "render/svg.h"

#include "pipeline/base/rk_text.h"
#include "render/chart_draw_priv.h"

#include <math.h>
#include <string.h>

/** Half the height of capitals in the font size: from a text's middle to its baseline. */
static const double half_capitals = 0.32;

static const char *const anchors[] = {"start", "middle", "end"};
static const char *const styles[] = {"", " font-weight=\"bold\"", " font-style=\"italic\""};

/** Text between or inside tags. XML has no place for control characters: they become
 * blanks. */
static void put_escaped(FILE *file, const char *text)
{
    static const char special[] = "&<>\"'";
    static const char *const names[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};
    uint32_t character;
    while ((character = rk_text_next(&text)) != 0) {
        const char *found = character < 0x80 ? strchr(special, (int)character) : NULL;
        char bytes[4];
        if (found)
            fputs(names[found - special], file);
        else if (character < 0x20 || character == 0x7F || (character & 0xFFFE) == 0xFFFE)
            putc(' ', file);
        else
            fwrite(bytes, 1, rk_text_put(bytes, character), file);
    }
}

static const char *short_number(char out[32], double value)
{
    return rk_text_double(out, round(value * 100) / 100 + 0.0);
}

static void put_attribute(FILE *file, const char *name, double value)
{
    char text[32];
    fprintf(file, " %s=\"%s\"", name, short_number(text, value));
}

/** SVG counts y downwards. */
static void put_points(FILE *file, double height, const struct chart_xy *at, size_t count)
{
    fputs(" points=\"", file);
    for (size_t i = 0; i < count; i++) {
        char x[32], y[32];
        fprintf(file, "%s%s,%s", i ? " " : "", short_number(x, at[i].x),
                short_number(y, height - at[i].y));
    }
    putc('"', file);
}

static void put_line(FILE *file, double height, const struct chart_item *item)
{
    char on[32], off[32];
    fputs("<polyline fill=\"none\"", file);
    fprintf(file, " stroke=\"#%06X\"", item->colour);
    put_attribute(file, "stroke-width", item->width);
    if (item->dash_on > 0)
        fprintf(file, " stroke-dasharray=\"%s,%s\"", short_number(on, item->dash_on),
                short_number(off, item->dash_off));
    put_points(file, height, item->at, item->at_count);
    fputs("/>\n", file);
}

static void put_fill(FILE *file, double height, const struct chart_item *item)
{
    fprintf(file, "<polygon fill=\"#%06X\"", item->colour);
    put_points(file, height, item->at, item->at_count);
    fputs("/>\n", file);
}

static void put_mark(FILE *file, double height, const struct chart_item *item)
{
    struct chart_xy corners[4];
    size_t count = chart_mark_corners(item, corners);
    fputs(count ? "<polygon" : "<circle", file);
    fprintf(file, " fill=\"#%06X\" stroke=\"#%06X\"", item->fill, item->colour);
    put_attribute(file, "stroke-width", item->width);
    if (count) {
        put_points(file, height, corners, count);
    } else {
        put_attribute(file, "cx", item->at->x);
        put_attribute(file, "cy", height - item->at->y);
        put_attribute(file, "r", item->size / 2);
    }
    fputs("/>\n", file);
}

static void put_text(FILE *file, double height, const struct chart_item *item)
{
    fputs("<text", file);
    put_attribute(file, "x", item->at->x);
    put_attribute(file, "y", height - item->at->y + half_capitals * item->size);
    put_attribute(file, "font-size", item->size);
    fprintf(file, " text-anchor=\"%s\"%s fill=\"#%06X\">", anchors[item->align],
            styles[item->face], item->colour);
    put_escaped(file, item->text);
    fputs("</text>\n", file);
}

static void put_head(FILE *file, const struct chart_draw *draw,
                     const struct svg_words *words)
{
    char width[32], height[32];
    short_number(width, draw->width);
    short_number(height, draw->height);
    fprintf(file,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%spt\" height=\"%spt\" "
            "viewBox=\"0 0 %s %s\" role=\"img\" aria-labelledby=\"title desc\" "
            "font-family=\"",
            width, height, width, height);
    fputs("Carlito, Calibri, Arial, sans-serif\">\n<title id=\"title\">", file);
    put_escaped(file, words->title);
    fputs("</title>\n<desc id=\"desc\">", file);
    put_escaped(file, words->description);
    fprintf(file, "</desc>\n<rect width=\"%s\" height=\"%s\" fill=\"#FFFFFF\"/>\n", width,
            height);
}

void svg_write(FILE *file, const struct chart_draw *draw, const struct svg_words *words)
{
    static void (*const writers[])(FILE *, double, const struct chart_item *) = {
        put_line, put_fill, put_mark, put_text};
    put_head(file, draw, words);
    for (size_t i = 0; i < draw->count; i++)
        writers[draw->items[i].op](file, draw->height, &draw->items[i]);
    fputs("</svg>\n", file);
}

rk_status chart_files(struct rk_arena *arena, struct rk_out *out, const char *id,
                      const struct chart_draw *draw, const struct svg_words *words)
{
    FILE *list = rk_out_open(out, rk_arena_printf(arena, "%s.draw", id));
    FILE *picture = rk_out_open(out, rk_arena_printf(arena, "%s.svg", id));
    if (!list || !picture) return RK_WORLD;
    chart_draw_write(list, draw);
    svg_write(picture, draw, words);
    RK_TRY(rk_out_close(out, list));
    return rk_out_close(out, picture);
}
