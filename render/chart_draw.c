// SPDX-License-Identifier: MIT
#include "render/chart_draw.h"

#include "pipeline/base/rk_text.h"
#include "render/chart_draw_priv.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

static const char *const ops[] = {"line", "fill", "mark", "text", "hatch"};
static const char *const shapes[] = {"circle", "square", "diamond", "triangle", "down"};
static const char *const faces[] = {"regular", "bold", "italic"};
static const char *const aligns[] = {"left", "middle", "right"};

#define COUNT(array) (sizeof(array) / sizeof *(array))

/** Points of one item, records of one list, points of a coordinate: beyond them it is
 * garbage. */
enum { MOST_POINTS = 100000, MOST_COORDINATE = 100000 };

struct chart_item *chart_draw_add(struct rk_arena *arena, struct chart_draw *draw,
                                  enum chart_op op, size_t points)
{
    RK_ROOM(arena, draw->items, draw->count, draw->cap);
    struct chart_item *item = &draw->items[draw->count++];
    memset(item, 0, sizeof *item);
    item->op = op;
    item->at = RK_ARRAY(arena, struct chart_xy, points);
    item->at_count = points;
    return item;
}

/** The next field of the line, without its blank; "" at the end of the line. */
static char *field(struct chart_scan *scan)
{
    char *start = scan->at;
    while (*scan->at && *scan->at != ' ')
        scan->at++;
    if (*scan->at) *scan->at++ = '\0';
    return start;
}

static void garbled(struct chart_scan *scan, const char *what)
{
    if (!scan->wrong) scan->wrong = what;
}

static double number(struct chart_scan *scan)
{
    double value;
    if (!rk_text_number(field(scan), &value) || !(fabs(value) <= MOST_COORDINATE)) {
        garbled(scan, "a number was expected");
        return 0;
    }
    return value;
}

static double size_number(struct chart_scan *scan)
{
    double value = number(scan);
    if (value < 0) garbled(scan, "a size cannot be negative");
    return value;
}

static size_t whole(struct chart_scan *scan)
{
    long value;
    if (!rk_text_integer(field(scan), &value) || value < 0 || value > MOST_POINTS) {
        garbled(scan, "a whole number was expected");
        return 0;
    }
    return (size_t)value;
}

static int word(struct chart_scan *scan, const char *const *words, size_t count)
{
    const char *given = field(scan);
    for (size_t i = 0; i < count; i++)
        if (!strcmp(given, words[i])) return (int)i;
    garbled(scan, "an unknown word");
    return 0;
}

static int hex_digit(char c)
{
    const char *digits = "0123456789ABCDEF";
    const char *found = c ? strchr(digits, c) : NULL;
    return found ? (int)(found - digits) : -1;
}

static unsigned colour(struct chart_scan *scan)
{
    const char *text = field(scan);
    unsigned value = 0;
    bool good = text[0] == '#' && strlen(text) == 7;
    for (int i = 1; good && i < 7; i++) {
        int digit = hex_digit(text[i]);
        good = digit >= 0;
        value = value * 16 + (unsigned)digit;
    }
    if (!good) garbled(scan, "a colour like #12436D was expected");
    return good ? value : 0;
}

static void dash(struct chart_scan *scan, struct chart_item *item)
{
    char *text = field(scan);
    char *comma = strchr(text, ',');
    if (!strcmp(text, "-")) return;
    if (comma) *comma = '\0';
    if (!comma || !rk_text_number(text, &item->dash_on) ||
        !rk_text_number(comma + 1, &item->dash_off) || !(item->dash_on > 0) ||
        !(item->dash_off > 0) || item->dash_on > 1000 || item->dash_off > 1000)
        garbled(scan, "a dash like 2,1.5 was expected");
}

static void points(struct chart_scan *scan, struct chart_item *item, size_t count,
                   size_t at_least)
{
    if (count < at_least) garbled(scan, "too few points");
    if (scan->wrong) return;
    /* Each coordinate takes two bytes or more: a count that the line cannot hold is a lie.
     */
    if (count > strlen(scan->at)) {
        garbled(scan, "fewer points than announced");
        return;
    }
    item->at = RK_ARRAY(scan->arena, struct chart_xy, count);
    item->at_count = count;
    for (size_t i = 0; i < count && !scan->wrong; i++) {
        item->at[i].x = number(scan);
        item->at[i].y = number(scan);
    }
}

/** One escape after its backslash; the byte it stands for, or -1. */
static int escaped(const char **at)
{
    char kind = *(*at)++;
    if (kind == 'n') return '\n';
    if (kind == 't') return '\t';
    if (kind == '"' || kind == '\\') return kind;
    if (kind != 'x' || hex_digit((*at)[0]) < 0 || hex_digit((*at)[1]) < 0) return -1;
    int byte = hex_digit((*at)[0]) * 16 + hex_digit((*at)[1]);
    *at += 2;
    return byte > 0 ? byte : -1;
}

/** The rest of the line, in quotes; unescaped in place. */
static const char *quoted(struct chart_scan *scan)
{
    const char *at = scan->at;
    char *start = scan->at + 1, *out = start;
    if (*at++ != '"') {
        garbled(scan, "a text in quotes was expected");
        return "";
    }
    while (*at && *at != '"') {
        int byte = (unsigned char)*at++;
        if (byte == '\\') byte = *at ? escaped(&at) : -1;
        if (byte < 0) {
            garbled(scan, "an unknown escape in a text");
            return "";
        }
        *out++ = (char)byte;
    }
    if (at[0] != '"' || at[1] != '\0') garbled(scan, "a text without its closing quote");
    scan->at = scan->at + strlen(scan->at);
    *out = '\0';
    if (!rk_text_is_utf8(start, (size_t)(out - start)))
        garbled(scan, "a text that is not UTF-8");
    return start;
}

static void scan_line(struct chart_scan *scan, struct chart_item *item)
{
    item->width = size_number(scan);
    item->colour = colour(scan);
    dash(scan, item);
    points(scan, item, whole(scan), 2);
}

static void scan_fill(struct chart_scan *scan, struct chart_item *item)
{
    item->colour = colour(scan);
    points(scan, item, whole(scan), 3);
}

static void scan_mark(struct chart_scan *scan, struct chart_item *item)
{
    item->shape = (enum chart_shape)word(scan, shapes, COUNT(shapes));
    item->size = size_number(scan);
    item->width = size_number(scan);
    item->colour = colour(scan);
    item->fill = colour(scan);
    points(scan, item, 1, 1);
}

static void scan_text(struct chart_scan *scan, struct chart_item *item)
{
    item->size = size_number(scan);
    item->face = (enum chart_face)word(scan, faces, COUNT(faces));
    item->align = (enum chart_align)word(scan, aligns, COUNT(aligns));
    item->colour = colour(scan);
    points(scan, item, 1, 1);
    item->text = quoted(scan);
}

/** A hatched area becomes its strokes as soon as it is read: no reader needs to know
 * hatches. */
static void scan_hatch(struct chart_scan *scan, struct chart_draw *draw)
{
    struct chart_item area = {0};
    size_t kind = whole(scan);
    area.colour = colour(scan);
    points(scan, &area, whole(scan), 3);
    if (!scan->wrong)
        chart_hatch(scan->arena, draw, (int)kind, area.colour, area.at, area.at_count);
}

void chart_scan_record(struct chart_scan *scan, struct chart_draw *draw)
{
    static void (*const scanners[])(struct chart_scan *, struct chart_item *) = {
        scan_line, scan_fill, scan_mark, scan_text};
    int op = word(scan, ops, COUNT(ops));
    if (scan->wrong) return;
    if (op == COUNT(scanners))
        scan_hatch(scan, draw);
    else
        scanners[op](scan, chart_draw_add(scan->arena, draw, (enum chart_op)op, 0));
    if (!scan->wrong && *scan->at) garbled(scan, "more fields than the record has");
}

void chart_scan_size(struct chart_scan *scan, struct chart_draw *draw)
{
    if (strcmp(field(scan), "size")) garbled(scan, "the size was expected");
    draw->width = number(scan);
    draw->height = number(scan);
    if (!scan->wrong && (draw->width <= 0 || draw->height <= 0 || *scan->at))
        garbled(scan, "an impossible size");
}

bool chart_scan_next(struct chart_scan *scan)
{
    if (scan->wrong || scan->next >= scan->end) return false;
    char *newline = memchr(scan->next, '\n', (size_t)(scan->end - scan->next));
    scan->line++;
    if (!newline || memchr(scan->next, '\0', (size_t)(newline - scan->next))) {
        garbled(scan, newline ? "a NUL byte" : "a line cut short");
        return false;
    }
    *newline = '\0';
    scan->at = scan->next;
    scan->next = newline + 1;
    return true;
}

/** Reads "end N"; true when the line is one. */
static bool scan_end(struct chart_scan *scan, size_t records)
{
    if (strncmp(scan->at, "end ", 4)) return false;
    field(scan);
    if (whole(scan) != records || *scan->at)
        garbled(scan, "records are missing before this end");
    if (scan->next != scan->end) garbled(scan, "something stands after the end");
    return true;
}

static void scan_all(struct chart_scan *scan, struct chart_draw *draw)
{
    size_t records = 0;
    if (!chart_scan_next(scan) || strcmp(scan->at, "reckon-draw 1")) {
        garbled(scan, "not a draw list of version 1");
        return;
    }
    if (chart_scan_next(scan)) chart_scan_size(scan, draw);
    while (chart_scan_next(scan)) {
        if (scan_end(scan, records)) return;
        chart_scan_record(scan, draw);
        records++;
    }
    garbled(scan, "cut short: the end is missing");
}

rk_status chart_draw_parse(struct rk_arena *arena, struct rk_diag *diag, const char *name,
                           const char *text, size_t bytes, struct chart_draw *out)
{
    char *copy = rk_arena_copy_n(arena, text, bytes);
    struct chart_scan scan = {.arena = arena, .next = copy, .end = copy + bytes};
    memset(out, 0, sizeof *out);
    scan_all(&scan, out);
    if (!scan.wrong) return RK_OK;
    memset(out, 0, sizeof *out);
    return rk_fail(diag, RK_WORLD, RK_AT(name, scan.line, 0),
                   "damaged draw list: %s; make the charts again", scan.wrong);
}

rk_status chart_draw_read(struct rk_arena *arena, struct rk_diag *diag, const char *path,
                          struct chart_draw *out)
{
    char *text;
    size_t bytes;
    RK_TRY(rk_file_read(arena, diag, path, &text, &bytes));
    return chart_draw_parse(arena, diag, path, text, bytes, out);
}

static void put_number(FILE *file, double value)
{
    char text[32];
    rk_text_double(text, round(value * 100) / 100 + 0.0);
    fprintf(file, " %s", text);
}

static void put_points(FILE *file, const struct chart_item *item)
{
    for (size_t i = 0; i < item->at_count; i++) {
        put_number(file, item->at[i].x);
        put_number(file, item->at[i].y);
    }
    putc('\n', file);
}

static void put_quoted(FILE *file, const char *text)
{
    fputs(" \"", file);
    for (; *text; text++) {
        unsigned char byte = (unsigned char)*text;
        if (byte == '"' || byte == '\\')
            fprintf(file, "\\%c", byte);
        else if (byte == '\n' || byte == '\t')
            fputs(byte == '\n' ? "\\n" : "\\t", file);
        else if (byte < 0x20 || byte == 0x7F)
            fprintf(file, "\\x%02X", byte);
        else
            putc(byte, file);
    }
    fputs("\"\n", file);
}

static void put_line(FILE *file, const struct chart_item *item)
{
    put_number(file, item->width);
    fprintf(file, " #%06X", item->colour);
    if (item->dash_on > 0) {
        char on[32], off[32];
        fprintf(file, " %s,%s", rk_text_double(on, item->dash_on),
                rk_text_double(off, item->dash_off));
    } else {
        fputs(" -", file);
    }
    fprintf(file, " %zu", item->at_count);
    put_points(file, item);
}

static void put_item(FILE *file, const struct chart_item *item)
{
    fputs(ops[item->op], file);
    switch (item->op) {
    case CHART_OP_LINE:
        put_line(file, item);
        break;
    case CHART_OP_FILL:
        fprintf(file, " #%06X %zu", item->colour, item->at_count);
        put_points(file, item);
        break;
    case CHART_OP_MARK:
        fprintf(file, " %s", shapes[item->shape]);
        put_number(file, item->size);
        put_number(file, item->width);
        fprintf(file, " #%06X #%06X", item->colour, item->fill);
        put_points(file, item);
        break;
    case CHART_OP_TEXT:
        put_number(file, item->size);
        fprintf(file, " %s %s #%06X", faces[item->face], aligns[item->align], item->colour);
        put_number(file, item->at->x);
        put_number(file, item->at->y);
        put_quoted(file, item->text);
        break;
    }
}

void chart_draw_write(FILE *file, const struct chart_draw *draw)
{
    fputs("reckon-draw 1\nsize", file);
    put_number(file, draw->width);
    put_number(file, draw->height);
    putc('\n', file);
    for (size_t i = 0; i < draw->count; i++)
        put_item(file, &draw->items[i]);
    fprintf(file, "end %zu\n", draw->count);
}
