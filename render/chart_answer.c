// SPDX-License-Identifier: MIT
#include "render/chart_draw_priv.h"
#include "render/chart_priv.h"

#include "pipeline/base/rk_text.h"

#include <string.h>

/** What one chart printed: from its "chart N" line to the next one's, or to the end. */
struct span {
    const char *start;
    size_t bytes;
    size_t times; /**< how often it was printed; 1 is right */
};

static bool starts_line(const char *text, const char *printed, const char *word)
{
    return (text == printed || text[-1] == '\n') && !strncmp(text, word, strlen(word));
}

static const char *next_chart(const char *from, const char *printed, const char *end)
{
    while (from < end && !starts_line(from, printed, "chart ")) {
        const char *newline = memchr(from, '\n', (size_t)(end - from));
        from = newline ? newline + 1 : end;
    }
    return from;
}

static struct span find_span(const char *printed, size_t bytes, const char *head)
{
    struct span span = {0};
    const char *end = printed + bytes;
    const char *at = next_chart(printed, printed, end);
    while (at < end) {
        const char *next = next_chart(at + 1, printed, end);
        if (!strncmp(at, head, strlen(head))) {
            span.start = at;
            span.bytes = (size_t)(next - at);
            span.times++;
        }
        at = next;
    }
    return span;
}

/** "~0007" to 7, or -1. */
static long token_number(const char *text)
{
    long number;
    if (text[0] != '~' || strspn(text + 1, "0123456789") != strlen(text + 1)) return -1;
    return rk_text_integer(text + 1, &number) ? number : -1;
}

static const char *put_words(const struct chart_plot *plot, struct chart_draw *draw)
{
    bool *seen = RK_ARRAY(plot->arena, bool, plot->token_count + 1);
    size_t found = 0;
    for (size_t i = 0; i < draw->count; i++) {
        struct chart_item *item = &draw->items[i];
        if (item->op != CHART_OP_TEXT) continue;
        long number = token_number(item->text);
        if (number < 0 || (size_t)number >= plot->token_count || seen[number])
            return "gnuplot printed a text that nobody gave it";
        const struct chart_token *token = &plot->tokens[number];
        seen[number] = true;
        found++;
        item->text = token->text;
        item->size = token->type.size;
        item->face = token->type.face;
        item->colour = token->type.colour;
    }
    return found == plot->token_count ? NULL : "labels are missing in what gnuplot printed";
}

static const char *read_records(struct chart_scan *scan, const char *finish,
                                struct chart_draw *draw)
{
    size_t records = 0, length = strlen(finish);
    while (chart_scan_next(scan)) {
        if (!strncmp(scan->at, finish, length)) {
            long announced;
            bool whole = rk_text_integer(scan->at + length, &announced) &&
                         (size_t)announced == records && scan->next == scan->end;
            return whole ? NULL : "gnuplot's picture has lost a part";
        }
        chart_scan_record(scan, draw);
        records++;
    }
    return scan->wrong ? scan->wrong : "gnuplot's picture is cut short";
}

static bool right_size(const struct chart_plot *plot, const struct chart_draw *draw)
{
    double width = draw->width - plot->width, height = draw->height - plot->height;
    return width * width < 0.01 && height * height < 0.01;
}

const char *chart_answer(const struct chart_plot *plot, size_t number, const char *printed,
                         size_t bytes, struct chart_draw *out)
{
    const char *head = rk_arena_printf(plot->arena, "chart %zu\n", number);
    const char *finish = rk_arena_printf(plot->arena, "finish %zu ", number);
    struct span span = find_span(printed, bytes, head);
    memset(out, 0, sizeof *out);
    if (!span.times) return "gnuplot drew nothing";
    if (span.times > 1) return "gnuplot drew it more than once";

    char *copy = rk_arena_copy_n(plot->arena, span.start, span.bytes);
    struct chart_scan scan = {.arena = plot->arena, .next = copy, .end = copy + span.bytes};
    chart_scan_next(&scan);
    if (chart_scan_next(&scan)) chart_scan_size(&scan, out);
    const char *wrong = read_records(&scan, finish, out);
    if (!wrong && !right_size(plot, out)) wrong = "gnuplot's picture has another size";
    return wrong ? wrong : put_words(plot, out);
}
