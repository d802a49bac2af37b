// SPDX-License-Identifier: MIT
#include "render/paragraph_priv.h"

#include <string.h>

/* Parts of one word that stay together are shaped as one again: kerning and ligatures
 * across the places where it might have been divided. */
static bool continues(const struct item *before, const struct item *box)
{
    return before->span == box->span && before->font == box->font &&
           before->text + before->bytes == box->text;
}

static void add_run(struct paragraph_line *line, const struct item *item)
{
    line->runs[line->count++] = (struct paragraph_run){
        .run = item->run,
        .font = item->font,
        .size = item->size,
        .rise = item->rise,
        .width = item->width,
        .span = item->span,
    };
}

static void join_run(struct paragraph_line *line, struct item *word,
                     const struct item *part)
{
    struct paragraph_run *run = &line->runs[line->count - 1];

    word->bytes += part->bytes;
    word->run = font_shape(word->font, word->text, word->bytes);
    run->run = word->run;
    run->width = (double)word->run->width * word->size / 1000;
}

static void add_hyphen(struct paragraph_line *line, const struct item *item)
{
    struct item hyphen = *item;

    hyphen.run = font_shape(item->font, "-", 1);
    add_run(line, &hyphen);
}

static size_t shown_items(const struct items *items, size_t start, size_t end)
{
    size_t count = 0;

    for (size_t i = start; i < end; i++)
        count += items->at[i].kind == ITEM_BOX || items->at[i].kind == ITEM_GAP;
    return count;
}

/* Items `start` to `end` as runs. */
static void fill_line(struct rk_arena *arena, const struct items *items, size_t start,
                      size_t end, struct paragraph_line *line)
{
    struct item word = {0};

    line->runs = RK_ARRAY(arena, struct paragraph_run, shown_items(items, start, end) + 1);
    for (size_t i = start; i < end; i++) {
        const struct item *item = &items->at[i];

        if (item->kind == ITEM_BOX && word.bytes && continues(&word, item)) {
            join_run(line, &word, item);
        } else if (item->kind == ITEM_BOX || item->kind == ITEM_GAP) {
            add_run(line, item);
            word = item->kind == ITEM_BOX ? *item : (struct item){0};
        }
    }
    if (end < items->count && items->at[end].hyphen) add_hyphen(line, &items->at[end]);
    line->blank = end < items->count && items->at[end].kind == ITEM_GAP;
    for (size_t i = 0; i < line->count; i++)
        line->width += line->runs[i].width;
}

static void reverse(struct paragraph_run *runs, size_t count)
{
    for (size_t i = 0; i < count / 2; i++) {
        struct paragraph_run swap = runs[i];

        runs[i] = runs[count - 1 - i];
        runs[count - 1 - i] = swap;
    }
}

static bool is_leftward(const struct paragraph_run *run)
{
    return run->run && run->run->leftward;
}

/* Neighbouring words that are written right to left change places; the line as a whole runs
 * left to right (the embedding that names in an English report need, not the whole of UAX
 * 9). */
static void order_line(struct paragraph_line *line)
{
    for (size_t i = 0; i < line->count; i++) {
        size_t end = i + 1;

        if (!is_leftward(&line->runs[i])) continue;
        for (size_t k = end; k < line->count; k++) {
            if (is_leftward(&line->runs[k]))
                end = k + 1;
            else if (line->runs[k].run)
                break;
        }
        reverse(line->runs + i, end - i);
        i = end;
    }
}

static void stretch_line(struct paragraph_line *line, double width)
{
    size_t gaps = 0;

    for (size_t i = 0; i < line->count; i++)
        gaps += line->runs[i].run == NULL;
    if (gaps) line->stretch = (width - line->width) / (double)gaps;
}

struct paragraph *paragraph_set(const struct paragraph_maker *maker,
                                const struct doc_text *text, const struct text_style *style,
                                double width, double first_indent)
{
    struct paragraph *paragraph = RK_NEW(maker->arena, struct paragraph);
    struct items all = items_make(maker, text, style);
    struct items items = items_fit(&all, width - (first_indent > 0 ? first_indent : 0));
    size_t *breaks = NULL, start = 0;

    paragraph->text = text;
    paragraph->style = *style;
    paragraph->width = width;
    paragraph->count = items_break(&items, style, width, width - first_indent, &breaks);
    paragraph->lines = RK_ARRAY(maker->arena, struct paragraph_line, paragraph->count);
    for (size_t i = 0; i < paragraph->count; i++) {
        bool ends = breaks[i] == items.count || items.at[breaks[i]].kind == ITEM_END;
        double measure = i == 0 ? width - first_indent : width;
        struct paragraph_line *line = &paragraph->lines[i];

        fill_line(maker->arena, &items, start, breaks[i], line);
        order_line(line);
        if (style->align == TEXT_JUSTIFIED && (!ends || line->width > measure))
            stretch_line(line, measure);
        start = items_line_start(&items, breaks[i]);
    }
    rk_arena_reset(maker->scratch);
    return paragraph;
}

struct paragraph_widths paragraph_measure(const struct paragraph_maker *maker,
                                          const struct doc_text *text,
                                          const struct text_style *style)
{
    struct items items = items_make(maker, text, style);
    struct paragraph_widths widths = {0, 0};
    double line = 0, part = 0;

    for (size_t i = 0; i < items.count; i++) {
        const struct item *item = &items.at[i];

        if (item->kind == ITEM_END) line = 0;
        if (item->kind != ITEM_BOX)
            part = item->kind == ITEM_GAP && item->penalty ? part + item->width : 0;
        if (item->kind == ITEM_BOX) part += item->width;
        if (item->kind == ITEM_BOX || item->kind == ITEM_GAP) line += item->width;
        if (part > widths.least) widths.least = part;
        if (line > widths.natural) widths.natural = line;
    }
    rk_arena_reset(maker->scratch);
    return widths;
}

double paragraph_width(const struct paragraph *paragraph)
{
    double widest = 0;

    for (size_t i = 0; i < paragraph->count; i++)
        if (paragraph->lines[i].width > widest) widest = paragraph->lines[i].width;
    return widest;
}

double paragraph_baseline(const struct paragraph_maker *maker,
                          const struct text_style *style)
{
    const struct font *font = paragraph_font(maker, style->style, style->heading);
    double ascent = font_ascent(font, style->size),
           descent = font_descent(font, style->size);

    return (style->leading - ascent - descent) / 2 + ascent;
}

size_t paragraph_line_notes(const struct paragraph *paragraph, size_t line, long *out,
                            size_t room)
{
    const struct paragraph_line *l = &paragraph->lines[line];
    size_t count = 0;

    for (size_t i = 0; i < l->count && count < room; i++) {
        long note = paragraph->text->spans[l->runs[i].span].footnote;

        if (l->runs[i].run && note >= 0 && (count == 0 || out[count - 1] != note))
            out[count++] = note;
    }
    return count;
}
