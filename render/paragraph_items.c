// SPDX-License-Identifier: MIT
/* Spans to boxes, gaps and places where a line may end. */
#include "render/paragraph_priv.h"

#include "pipeline/base/rk_text.h"

#include <string.h>

/* Dislike of a break, in the currency of Knuth & Plass: 50 is a hyphen, 1000 is nearly
 * never. */
enum {
    AFTER_HYPHEN = 50,
    AFTER_DASH = 30,
    BETWEEN_NUMBERS = 300,
    IN_ADDRESS = 80,
    DIVIDED = 60,
    AFTER_NUMBER = 30, /* "13 March", "95% CI", "315 clients" */
    IN_REFERENCE = 700,
    ANYWHERE = 400,
};

/* A raised mark: smaller and higher. */
#define RAISED_SIZE 0.64
#define RAISED_RISE 0.34
#define CODE_SIZE   0.88

struct item *items_add(struct items *items, enum item_kind kind)
{
    RK_ROOM(items->arena, items->at, items->count, items->cap);
    items->at[items->count] = (struct item){.kind = kind};
    return &items->at[items->count++];
}

struct font *paragraph_font(const struct paragraph_maker *maker, unsigned style,
                            bool heading)
{
    bool bold = style & DOC_BOLD, italic = style & DOC_ITALIC;

    if (style & DOC_CODE) return fonts_face(maker->fonts, FONT_CODE);
    if (heading && !italic) return fonts_face(maker->fonts, FONT_HEADING);
    if (bold && italic) return fonts_face(maker->fonts, FONT_BOLD_ITALIC);
    return fonts_face(maker->fonts, bold ? FONT_BOLD : italic ? FONT_ITALIC : FONT_REGULAR);
}

/* What the pieces of one span have in common. */
struct piece {
    const struct paragraph_maker *maker;
    struct items *items;
    struct font *font;
    double size, rise;
    size_t span;
    bool hyphenate, address, reference;
};

static void add_box(const struct piece *piece, const char *text, size_t bytes)
{
    struct item *box;

    if (bytes == 0) return;
    box = items_add(piece->items, ITEM_BOX);
    box->text = text;
    box->bytes = bytes;
    box->font = piece->font;
    box->size = piece->size;
    box->rise = piece->rise;
    box->span = piece->span;
    box->run = font_shape(piece->font, text, bytes);
    box->width = (double)box->run->width * piece->size / 1000;
}

static void add_break(const struct piece *piece, int penalty, bool hyphen)
{
    struct item *item = items_add(piece->items, ITEM_BREAK);

    item->penalty = penalty;
    item->hyphen = hyphen;
    item->font = piece->font;
    item->size = piece->size;
    item->span = piece->span;
    if (hyphen)
        item->width = (double)font_shape(piece->font, "-", 1)->width * piece->size / 1000;
}

/* Letters only get here. */
static void add_word(const struct piece *piece, const char *text, size_t bytes)
{
    size_t places[32], done = 0;
    size_t count = piece->hyphenate ? hyphenator_places(piece->maker->hyphenator, text,
                                                        bytes, places, 32)
                                    : 0;

    for (size_t i = 0; i < count; i++) {
        add_box(piece, text + done, places[i] - done);
        add_break(piece, DIVIDED, true);
        done = places[i];
    }
    add_box(piece, text + done, bytes - done);
}

static bool is_leftward(uint32_t c)
{
    return (c >= 0x0590 && c <= 0x08ff) || (c >= 0xfb1d && c <= 0xfdff) ||
           (c >= 0xfe70 && c <= 0xfefe);
}

static bool is_ideograph(uint32_t c)
{
    return (c >= 0x2e80 && c <= 0x9fff) || (c >= 0xac00 && c <= 0xd7a3) ||
           (c >= 0xf900 && c <= 0xfaff) || (c >= 0x20000 && c <= 0x3ffff);
}

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

/* Dislike of a break between `at` and `after`, which follows it; -1: none is possible. */
static int break_between(const struct piece *piece, uint32_t before, uint32_t at,
                         uint32_t after)
{
    bool word_before = font_is_letter(before) || is_digit(before);

    if (at == 0x200b) return 0;
    if (!after) return -1;
    if (is_ideograph(at) && is_ideograph(after)) return 0;
    if (piece->address && at < 0x80 && strchr("/.?&=_-@:#%", (int)at) && after != '/')
        return IN_ADDRESS;
    if ((at == '-' || at == 0x2010) && word_before && font_is_letter(after))
        return AFTER_HYPHEN;
    if (at == 0x2013 || at == 0x2014)
        return is_digit(before) && is_digit(after) ? BETWEEN_NUMBERS : AFTER_DASH;
    if (at == '/' && word_before && font_is_letter(after)) return AFTER_HYPHEN;
    return -1;
}

/* A word between blanks: cut where it may break and where the direction of writing turns.
 */
static void add_token(const struct piece *piece, const char *text, size_t bytes)
{
    const char *end = text + bytes, *start = text, *next = text;
    uint32_t before = 0, at, after;

    for (const char *here = text; here < end; here = next, before = at) {
        const char *ahead;
        int penalty;

        at = rk_text_next(&next);
        ahead = next;
        after = next < end ? rk_text_next(&ahead) : 0;
        penalty = break_between(piece, before, at, after);
        if (at == 0x00ad || at == 0x200b) {
            add_word(piece, start, (size_t)(here - start));
            add_break(piece, at == 0x00ad ? AFTER_HYPHEN : 0, at == 0x00ad);
            start = next;
        } else if (penalty >= 0) {
            add_word(piece, start, (size_t)(next - start));
            add_break(piece, penalty, false);
            start = next;
        } else if (after && is_leftward(at) != is_leftward(after)) {
            add_word(piece, start, (size_t)(next - start));
            start = next;
        }
    }
    add_word(piece, start, (size_t)(end - start));
}

/* Whether the box before is a number that the next word may belong to. */
static bool after_number(const struct items *items)
{
    const struct item *last = &items->at[items->count - 1];
    const char *next = last->text;
    uint32_t end = 0;

    if (last->kind != ITEM_BOX || last->rise != 0) return false;
    while (next < last->text + last->bytes) {
        end = rk_text_next(&next);
        if (font_is_letter(end)) return false;
    }
    return is_digit(end) || end == '%';
}

static void add_gap(const struct piece *piece)
{
    struct items *items = piece->items;
    int penalty;
    struct item *gap;

    if (items->count == 0 || items->at[items->count - 1].kind == ITEM_GAP ||
        items->at[items->count - 1].kind == ITEM_END)
        return;
    penalty = piece->reference ? IN_REFERENCE : after_number(items) ? AFTER_NUMBER : 0;
    gap = items_add(items, ITEM_GAP);
    gap->font = piece->font;
    gap->size = piece->size;
    gap->span = piece->span;
    gap->penalty = penalty;
    gap->width = (double)font_shape(piece->font, " ", 1)->width * piece->size / 1000;
}

/* "https://example.org/a/b", "a@example.org", "40-release/cells.csv" */
static bool is_address(const char *text, size_t bytes)
{
    size_t slashes = 0;

    for (size_t i = 0; i < bytes; i++) {
        if (text[i] == '@' || (text[i] == ':' && i + 2 < bytes && text[i + 1] == '/'))
            return true;
        slashes += text[i] == '/';
    }
    return slashes > 1 || (bytes > 4 && memcmp(text, "www.", 4) == 0);
}

static void add_span(struct piece *piece, const struct doc_span *span)
{
    const char *text = span->text ? span->text : "";

    while (*text) {
        size_t bytes = strcspn(text, " \t\n");

        if (bytes) {
            piece->address = is_address(text, bytes);
            add_token(piece, text, bytes);
        } else if (*text == '\n') {
            items_add(piece->items, ITEM_END);
            bytes = 1;
        } else {
            add_gap(piece);
            bytes = 1;
        }
        text += bytes;
    }
}

struct items items_make(const struct paragraph_maker *maker, const struct doc_text *text,
                        const struct text_style *style)
{
    struct items items = {.arena = maker->scratch};

    for (size_t i = 0; i < text->count; i++) {
        const struct doc_span *span = &text->spans[i];
        unsigned flags = span->style | style->style;
        struct piece piece = {
            .maker = maker,
            .items = &items,
            .font = paragraph_font(maker, flags, style->heading),
            .size = style->size,
            .span = i,
            .hyphenate = style->hyphenate && !(flags & DOC_CODE),
            .reference = span->target && span->target[0] == '#' && strlen(span->text) < 24,
        };

        if (flags & DOC_CODE) piece.size *= CODE_SIZE;
        if (flags & DOC_RAISED) {
            piece.rise = RAISED_RISE * style->size;
            piece.size *= RAISED_SIZE;
        }
        add_span(&piece, span);
    }
    while (items.count && items.at[items.count - 1].kind == ITEM_GAP)
        items.count--;
    return items;
}

/* Copies a box letter by letter with a break after each. */
static void chop(struct items *out, const struct item *box)
{
    const char *end = box->text + box->bytes, *start = box->text, *next = start;

    while (start < end) {
        const char *ahead;
        struct item *part;

        rk_text_next(&next);
        for (ahead = next; ahead < end; next = ahead)
            if (!font_is_mark(rk_text_next(&ahead))) break;
        part = items_add(out, ITEM_BOX);
        *part = *box;
        part->text = start;
        part->bytes = (size_t)(next - start);
        part->run = font_shape(box->font, start, part->bytes);
        part->width = (double)part->run->width * box->size / 1000;
        if (next < end) items_add(out, ITEM_BREAK)->penalty = ANYWHERE;
        start = next;
    }
}

static size_t part_end(const struct items *items, size_t start, double *width)
{
    size_t end = start;

    *width = 0;
    for (; end < items->count && items->at[end].kind == ITEM_BOX; end++)
        *width += items->at[end].width;
    return end;
}

struct items items_fit(const struct items *items, double width)
{
    struct items out = {.arena = items->arena};
    double part;

    for (size_t i = 0; i < items->count;) {
        size_t end = part_end(items, i, &part);

        for (; i < end; i++) {
            if (part > width)
                chop(&out, &items->at[i]);
            else
                *items_add(&out, ITEM_BOX) = items->at[i];
        }
        if (i < items->count) {
            *items_add(&out, ITEM_BOX) = items->at[i];
            i++;
        }
    }
    return out;
}
