// SPDX-License-Identifier: MIT
#include "render/chart_priv.h"

#include "pipeline/base/rk_text.h"
#include "render/number.h"

#include <math.h>
#include <string.h>

struct chart_type chart_label_type(const struct chart_plot *plot)
{
    return (struct chart_type){plot->style->label_pt, CHART_REGULAR, plot->style->ink};
}

struct chart_type chart_small_type(const struct chart_plot *plot)
{
    return (struct chart_type){plot->style->small_pt, CHART_REGULAR, plot->style->soft_ink};
}

struct chart_type chart_bold(struct chart_type type)
{
    type.face = CHART_BOLD;
    return type;
}

struct chart_type chart_soft(const struct chart_plot *plot, struct chart_type type)
{
    type.colour = plot->style->soft_ink;
    type.face = CHART_REGULAR;
    return type;
}

double chart_text_width(const struct chart_plot *plot, struct chart_type type,
                        const char *text)
{
    static const enum font_face faces[] = {FONT_REGULAR, FONT_BOLD, FONT_ITALIC};
    return font_width(fonts_face(plot->fonts, faces[type.face]), text, type.size);
}

/** Bytes of `word` that fit `width`, at least one character. */
static size_t fitting(const struct chart_plot *plot, struct chart_type type,
                      const char *word, size_t bytes, double width)
{
    size_t fits = 0;
    const char *at = word;
    while (at < word + bytes) {
        rk_text_next(&at);
        size_t upto = (size_t)(at - word);
        const char *head = rk_arena_copy_n(plot->arena, word, upto);
        if (fits && chart_text_width(plot, type, head) > width) break;
        fits = upto;
    }
    return fits;
}

static void end_line(const struct chart_plot *plot, struct chart_type type,
                     struct chart_lines *lines, size_t *cap, const char *text)
{
    RK_ROOM(plot->arena, lines->text, lines->count, *cap);
    lines->text[lines->count++] = text;
    lines->widest = fmax(lines->widest, chart_text_width(plot, type, text));
}

static const char *joined(const struct chart_plot *plot, const char *line, const char *word,
                          size_t bytes)
{
    const char *part = rk_arena_copy_n(plot->arena, word, bytes);
    return line ? rk_arena_printf(plot->arena, "%s %s", line, part) : part;
}

struct chart_lines chart_wrap(const struct chart_plot *plot, struct chart_type type,
                              const char *text, double width)
{
    static const char blanks[] = " \t\n\r";
    struct chart_lines lines = {0};
    const char *line = NULL;
    size_t cap = 0;
    for (text += strspn(text, blanks); *text; text += strspn(text, blanks)) {
        size_t bytes = strcspn(text, blanks);
        const char *longer = joined(plot, line, text, bytes);
        if (chart_text_width(plot, type, longer) <= width) {
            line = longer;
        } else if (line) {
            end_line(plot, type, &lines, &cap, line);
            line = NULL;
            continue;
        } else {
            bytes = fitting(plot, type, text, bytes, width);
            end_line(plot, type, &lines, &cap, rk_arena_copy_n(plot->arena, text, bytes));
        }
        text += bytes;
    }
    if (line || !lines.count) end_line(plot, type, &lines, &cap, line ? line : "");
    return lines;
}

static const char *bare(struct rk_arena *arena, double value, enum cell_unit unit,
                        int decimals)
{
    enum number_style style = unit == UNIT_POINTS ? NUMBER_SIGNED : NUMBER_PLAIN;
    return render_number(arena, value, decimals, style);
}

const char *chart_number(struct rk_arena *arena, double value, enum cell_unit unit,
                         int decimals)
{
    return rk_arena_printf(arena, "%s%s", bare(arena, value, unit, decimals),
                           unit == UNIT_PERCENT ? "%" : "");
}

const char *chart_interval(struct rk_arena *arena, double low, double high,
                           enum cell_unit unit, int decimals)
{
    enum cell_unit plain = unit == UNIT_POINTS ? UNIT_SCORE : unit;
    return rk_arena_printf(arena, "%s to %s", bare(arena, low, plain, decimals),
                           bare(arena, high, plain, decimals));
}
