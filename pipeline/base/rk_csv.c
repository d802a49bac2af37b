// SPDX-License-Identifier: MIT
/* The one door to libcsv. Bytes come in blocks into `data`; libcsv is fed one line end at a
 * time, so that the line a record begins on is known and a broken record can
 * be read again. */
#include "pipeline/base/rk_cleanup.h"
#include "pipeline/base/rk_csv_priv.h"
#include "pipeline/base/rk_text.h"

#include <assert.h>
#include <csv.h>
#include <stdlib.h>
#include <string.h>

enum { STRICT = CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL, NO_QUOTE = 0xff };

static const char broken_quote[] = "text after a closing quote";
static const char open_quote[] = "a quote that is never closed";
static const char not_utf8[] = "bytes that are not text in this encoding";
static const char has_nul[] = "a NUL byte";
static const char dos_end[] = "a DOS end-of-file mark, not a row";
static const char stray_quote[] = "a quote inside an unquoted cell";
static const char joined[] =
    "a byte-order mark in the middle of the file (were files joined?)";
static const char control[] = "a control character";

struct rk_csv {
    struct csv_source source;
    struct csv_parser parser;
    char separator;
    bool no_shortcut, told_1252;
    rk_status status;

    char *data; /**< decoded bytes; data[start, end) are not consumed yet */
    size_t cap, start, end;
    size_t at;             /**< up to here the record has been parsed */
    size_t line;           /**< of data[start] */
    size_t lines_inside;   /**< line ends inside the record's quotes so far */
    size_t first_line_end; /**< where its first line ends, 0 while that is not known */

    char *text; /**< the record's cells one after the other, each with its NUL */
    size_t text_used, text_cap;
    size_t *offsets; /**< of the cells in text */
    char **cells;
    size_t count, cell_cap;
    bool row_done;
    const char *damage, *odd;
};

static void *resize(void *old, size_t count, size_t size)
{
    void *memory = reallocarray(old, count, size);

    if (!memory) rk_out_of_memory();
    return memory;
}

/* ---- cells ---- */

/* True when every byte is printable ASCII: eight at a time, the rare rest one by one. */
static bool is_plain(const char *text, size_t bytes)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), tops = ones << 7;
    size_t at = 0;

    for (; bytes - at >= 8; at += 8) {
        uint64_t eight;

        memcpy(&eight, text + at, 8);
        /* a top bit, or 0x7f that carries into one, or a byte below 0x20
         * that borrows one */
        if ((eight | (eight + ones) | ((eight - 0x20 * ones) & ~eight)) & tops)
            return false;
    }
    for (; at < bytes; at++)
        if ((unsigned char)text[at] < 0x20 || (unsigned char)text[at] >= 0x7f) return false;
    return true;
}

/* Copies a cell with whatever is no text replaced by U+FFFD, and remembers
 * what that was. */
static size_t copy_checked(struct rk_csv *csv, char *out, const char *text, size_t bytes)
{
    size_t used = 0;

    for (size_t at = 0; at < bytes;) {
        uint32_t c;
        size_t length = rk_text_decode(text + at, bytes - at, &c);

        if (length == 0 || c == 0) {
            csv->damage = length == 0 ? not_utf8 : has_nul;
            used += rk_text_put(out + used, 0xfffd);
            at++;
            continue;
        }
        if (c == 0x7f || (c < 0x20 && c != '\t' && c != '\n' && c != '\r'))
            csv->odd = control;
        memcpy(out + used, text + at, length);
        used += length;
        at += length;
    }
    return used;
}

static void on_cell(void *text, size_t bytes, void *data)
{
    struct rk_csv *csv = data;
    size_t room = csv->text_used + 3 * bytes + 1;
    char *out;

    if (csv->count == RK_CSV_COLUMNS_MAX) {
        csv->count++; /* one too many is enough to know */
        return;
    }
    if (csv->count > RK_CSV_COLUMNS_MAX) return;
    if (csv->count == csv->cell_cap) {
        csv->cell_cap = csv->cell_cap ? 2 * csv->cell_cap : 64;
        csv->offsets = resize(csv->offsets, csv->cell_cap, sizeof *csv->offsets);
        csv->cells = resize(csv->cells, csv->cell_cap, sizeof *csv->cells);
    }
    if (room > csv->text_cap) {
        csv->text_cap = room < CSV_BLOCK ? CSV_BLOCK : 2 * room;
        csv->text = resize(csv->text, csv->text_cap, 1);
    }
    out = csv->text + csv->text_used;
    csv->offsets[csv->count++] = csv->text_used;
    if (bytes && is_plain(text, bytes))
        memcpy(out, text, bytes);
    else if (bytes)
        bytes = copy_checked(csv, out, text, bytes);
    out[bytes] = '\0';
    csv->text_used += bytes + 1;
}

static void on_row(int end, void *data)
{
    struct rk_csv *csv = data;

    (void)end;
    csv->row_done = true;
}

/* ---- bytes ---- */

/* Makes sure that data[at + wanted) is there unless the file ends before. */
static void fill(struct rk_csv *csv, size_t wanted)
{
    while (csv->end - csv->at < wanted && !csv->source.ended) {
        if (csv->start > csv->cap / 2) { /* the front half is used up: move down */
            memmove(csv->data, csv->data + csv->start, csv->end - csv->start);
            csv->at -= csv->start;
            csv->end -= csv->start;
            csv->first_line_end -= csv->first_line_end ? csv->start : 0;
            csv->start = 0;
        }
        if (csv->cap - csv->end < CSV_BLOCK) {
            csv->cap = csv->cap ? 2 * csv->cap : 4 * CSV_BLOCK;
            csv->data = resize(csv->data, csv->cap, 1);
        }
        csv->end +=
            csv_source_read(&csv->source, csv->data + csv->end, csv->cap - csv->end);
    }
}

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

/* Bytes of the line end that begins at `at`; CR CR LF is what a careless copy makes of CR
 * LF. */
static size_t line_end_bytes(struct rk_csv *csv)
{
    const char *at;

    fill(csv, 3);
    at = csv->data + csv->at;
    if (csv->end - csv->at >= 3 && memcmp(at, "\r\r\n", 3) == 0) return 3;
    return csv->end - csv->at >= 2 && memcmp(at, "\r\n", 2) == 0 ? 2 : 1;
}

/* First line end from `from` on in what is there, or `end`. */
static size_t find_line_end(const struct rk_csv *csv, size_t from)
{
    const char *lf = memchr(csv->data + from, '\n', csv->end - from);
    size_t bytes = (lf ? (size_t)(lf - csv->data) : csv->end) - from;
    const char *cr = memchr(csv->data + from, '\r', bytes);

    return cr ? (size_t)(cr - csv->data) : from + bytes;
}

/* ---- libcsv ---- */

static int no_blank(unsigned char c)
{
    (void)c;
    return 0;
}

/* Parses `bytes` from `at` on. False when a quote stands where none may, which is at `at`
 * then. A quote inside an unquoted cell is let through as a character. */
static bool parse(struct rk_csv *csv, size_t bytes)
{
    while (bytes > 0) {
        const char *from = csv->data + csv->at;
        size_t done = csv_parse(&csv->parser, from, bytes, on_cell, on_row, csv);

        csv->at += done;
        bytes -= done;
        if (bytes == 0) return true;
        if (csv_error(&csv->parser) != CSV_EPARSE) rk_out_of_memory();
        if (csv->parser.quoted) return false;
        csv->odd = stray_quote;
        csv_set_opts(&csv->parser, CSV_REPALL_NL);
        done = csv_parse(&csv->parser, csv->data + csv->at, 1, on_cell, on_row, csv);
        csv_set_opts(&csv->parser, STRICT);
        if (done != 1) rk_out_of_memory();
        csv->at++;
        bytes--;
    }
    return true;
}

static void forget_cells(struct rk_csv *csv)
{
    csv_set_opts(&csv->parser, CSV_REPALL_NL);
    csv_fini(&csv->parser, NULL, NULL, NULL);
    csv_set_opts(&csv->parser, STRICT);
    csv->count = 0;
    csv->text_used = 0;
    csv->row_done = false;
}

static bool refuse(struct rk_csv *csv, const char *why)
{
    csv->status = rk_fail(csv->source.diag, RK_CHECK, RK_AT(csv->source.path, csv->line, 0),
                          "%s; refused", why);
    return false;
}

static bool refuse_large(struct rk_csv *csv)
{
    return refuse(csv, "a record of more than 16 MiB: no table, or its line ends are lost");
}

/* The record's quotes are broken. Its first line becomes the record, divided at the
 * separators as if quotes meant nothing; the lines after it are read as if it had not been
 * there. */
static bool read_first_line_only(struct rk_csv *csv, const char *damage)
{
    size_t line_end = csv->first_line_end;

    while (line_end == 0) {
        size_t found = find_line_end(csv, csv->at);

        if (found < csv->end || csv->source.ended)
            line_end = found;
        else if (csv->end - csv->start > RK_CSV_RECORD_MAX)
            return refuse_large(csv);
        else {
            csv->at = csv->end;
            fill(csv, 1);
        }
    }
    forget_cells(csv);
    csv->odd = NULL;
    csv->lines_inside = 0;
    csv->at = csv->start;
    csv_set_opts(&csv->parser, CSV_REPALL_NL);
    csv_set_quote(&csv->parser, NO_QUOTE);
    if (csv_parse(&csv->parser, csv->data + csv->at, line_end - csv->at, on_cell, on_row,
                  csv) != line_end - csv->at)
        rk_out_of_memory();
    csv_fini(&csv->parser, on_cell, on_row, csv);
    csv_set_quote(&csv->parser, CSV_QUOTE);
    csv_set_opts(&csv->parser, STRICT);
    csv->at = line_end;
    csv->damage = damage;
    return true;
}

/* One piece up to a line end or the end of what is there. True while the record goes on. */
static bool read_piece(struct rk_csv *csv)
{
    size_t found = find_line_end(csv, csv->at);

    if (!parse(csv, found - csv->at)) {
        read_first_line_only(csv, broken_quote);
        return false;
    }
    if (found < csv->end) {
        size_t bytes = line_end_bytes(csv); /* may move the data */
        size_t line_end = csv->at;

        parse(csv, 1);
        if (csv->row_done) {
            csv->at = line_end;
            return false;
        }
        if (csv->first_line_end == 0) csv->first_line_end = line_end;
        csv->lines_inside++;
        parse(csv, bytes - 1);
    }
    return true;
}

/* Reads the record at `start` into text and offsets, leaves `at` on its line end. */
static bool read_record(struct rk_csv *csv)
{
    while (read_piece(csv)) {
        if (csv->count > RK_CSV_COLUMNS_MAX) break;
        if (csv->at - csv->start > RK_CSV_RECORD_MAX)
            return csv->first_line_end ? read_first_line_only(csv, open_quote)
                                       : refuse_large(csv);
        fill(csv, 1);
        if (csv->at < csv->end) continue;
        if (csv_fini(&csv->parser, on_cell, on_row, csv) != 0)
            return read_first_line_only(csv, open_quote);
        break;
    }
    return csv->status == RK_OK;
}

/* A line without quotes needs no parser, only its separators found: the same cells, and the
 * greater part of all lines. False when it is not one, or not all there. */
static bool read_plain_line(struct rk_csv *csv)
{
    size_t found = find_line_end(csv, csv->at);
    const char *at = csv->data + csv->at;
    const char *end = csv->data + found;

    if (found == csv->end || csv->no_shortcut || memchr(at, '"', (size_t)(end - at)))
        return false;
    while (at < end || csv->count > 0) {
        const char *next = memchr(at, csv->separator, (size_t)(end - at));
        char *cell = csv->data + (at - csv->data);

        on_cell(cell, (size_t)((next ? next : end) - at), csv);
        if (!next) break;
        at = next + 1;
    }
    csv->at = found;
    csv->row_done = true;
    return true;
}

/* ---- rows ---- */

static bool is_blank(const char *text)
{
    while (*text)
        if (!rk_text_is_blank(rk_text_next(&text))) return false;
    return true;
}

static bool is_dos_end(const struct rk_csv_row *row)
{
    for (size_t i = 0; i < row->raw_bytes; i++)
        if (row->raw[i] != '\x1a') return false;
    return row->raw_bytes > 0;
}

static void fill_row(struct rk_csv *csv, struct rk_csv_row *row)
{
    for (size_t i = 0; i < csv->count; i++)
        csv->cells[i] = csv->text + csv->offsets[i];
    *row = (struct rk_csv_row){
        .cells = csv->cells,
        .count = csv->count,
        .line = csv->line,
        .raw = csv->data + csv->start,
        .raw_bytes = csv->at - csv->start,
        .text_bytes = csv->text_used,
        .unclosed = csv->damage == open_quote,
    };
    row->blank = row->count == 0 ||
                 (row->count == 1 && row->raw[0] != '"' && is_blank(row->cells[0]));
    row->damage = is_dos_end(row) ? dos_end : csv->damage;
    row->odd = csv->odd;
}

/* Says once, where it first matters, that the encoding is a guess. */
static void tell_1252(struct rk_csv *csv)
{
    if (!csv->source.guessed || csv->told_1252) return;
    for (size_t i = csv->start; i < csv->at; i++) {
        if ((unsigned char)csv->data[i] >= 0x80) {
            csv->told_1252 = true;
            rk_diag_say(csv->source.diag, RK_DIAG_WARNING,
                        RK_AT(csv->source.path, csv->line, 0),
                        "not UTF-8; the file is read as %s (%s). Declare its encoding in the "
                        "study to settle it",
                        rk_csv_encoding_name(csv), csv->source.proof);
            return;
        }
    }
}

/* Leaves the record behind and stands at the next one; its line end goes only now, because
 * the row handed out points into the data before it. */
static void begin_record(struct rk_csv *csv)
{
    fill(csv, 3);
    if (csv->at > csv->start || csv->row_done) {
        csv->line += csv->lines_inside;
        if (csv->at < csv->end && is_line_end(csv->data[csv->at])) {
            csv->at += line_end_bytes(csv);
            csv->line++;
        }
    }
    csv->start = csv->at;
    csv->count = 0;
    csv->text_used = 0;
    csv->row_done = false;
    csv->damage = csv->odd = NULL;
    csv->lines_inside = 0;
    csv->first_line_end = 0;
    fill(csv, 3);
    if (csv->line > 1 && csv->end - csv->at >= 3 &&
        memcmp(csv->data + csv->at, "\xef\xbb\xbf", 3) == 0) {
        csv->odd = joined;
        csv->at += 3;
        csv->start += 3;
    }
}

static bool at_end(struct rk_csv *csv)
{
    if (csv->source.status != RK_OK) csv->status = csv->source.status;
    return csv->status != RK_OK || csv->at == csv->end;
}

bool rk_csv_next(struct rk_csv *csv, struct rk_csv_row *row)
{
    if (csv->status != RK_OK) return false;
    begin_record(csv);
    if (at_end(csv)) return false;
    if (!read_plain_line(csv) && !read_record(csv)) return false;
    if (csv->source.status != RK_OK) { /* the record may be cut short */
        csv->status = csv->source.status;
        return false;
    }
    if (csv->count > RK_CSV_COLUMNS_MAX)
        return refuse(csv, "a record of more than 16,384 cells");
    csv->row_done = true;
    fill_row(csv, row);
    tell_1252(csv);
    return true;
}

/* ---- opening ---- */

/* Excel writes "sep=;" as a first line to tell itself; it is no heading. */
static void take_excel_hint(struct rk_csv *csv)
{
    const char *at = csv->data + csv->start;

    if (csv->end - csv->start < 6 || strncasecmp(at, "sep=", 4) != 0 ||
        !is_line_end(at[5]) || is_line_end(at[4]) || at[4] == '"')
        return;
    csv->separator = at[4];
    csv->at = csv->start + 5;
    csv->row_done = true; /* as if it were a record: the next call leaves it behind */
    rk_diag_say(csv->source.diag, RK_DIAG_NOTE, RK_AT(csv->source.path, 1, 0),
                "Excel's separator line; not a row");
}

static const char *separator_name(char separator)
{
    switch (separator) {
    case ',':
        return "comma";
    case ';':
        return "semicolon";
    case '\t':
        return "tab";
    case '|':
        return "bar";
    default:
        return "declared separator";
    }
}

/* A declared separator that the first line lacks, where another divides it, would make one
 * fat column of the file: nobody wants that. */
static void choose_separator(struct rk_csv *csv, char declared)
{
    const char *text = csv->data + csv->at;
    size_t bytes = csv->end - csv->at;
    char found = csv_separator_find(text, bytes);
    size_t first = find_line_end(csv, csv->at) - csv->at;

    if (!csv->separator) csv->separator = found;
    if (!declared || memchr(text, declared, first) || !memchr(text, found, first)) return;
    csv->separator = found;
    rk_diag_say(csv->source.diag, RK_DIAG_WARNING, RK_AT(csv->source.path, csv->line, 0),
                "no %s in its first line; read with the %s as separator",
                separator_name(declared), separator_name(found));
}

rk_status rk_csv_open(struct rk_arena *arena, struct rk_diag *diag, const char *path,
                      struct rk_csv_options options, struct rk_csv **out)
{
    struct rk_csv *csv = resize(NULL, 1, sizeof *csv);
    rk_status status;

    memset(csv, 0, sizeof *csv);
    csv->source.file = -1;
    csv->source.arena = arena;
    *out = NULL;
    status =
        csv_source_open(&csv->source, diag, rk_arena_copy(arena, path), options.encoding);
    if (status != RK_OK) {
        free(csv);
        return status;
    }
    csv->line = 1;
    csv->separator = options.separator;
    if (csv_init(&csv->parser, STRICT) != 0) rk_out_of_memory();
    csv_set_space_func(&csv->parser, no_blank);
    csv_set_blk_size(&csv->parser, CSV_BLOCK);
    fill(csv, CSV_BLOCK);
    if (csv->end > 0) {
        take_excel_hint(csv);
        choose_separator(csv, options.separator);
    } else if (!csv->separator) {
        csv->separator = ',';
    }
    csv_set_delim(&csv->parser, (unsigned char)csv->separator);
    *out = csv;
    return RK_OK;
}

rk_status rk_csv_status(const struct rk_csv *csv)
{
    return csv->status;
}

const char *rk_csv_encoding_name(const struct rk_csv *csv)
{
    const struct csv_source *source = &csv->source;

    switch (source->encoding) {
    case RK_CSV_WINDOWS_1252:
        return "windows-1252";
    case RK_CSV_ISO_8859_15:
        return "ISO 8859-15";
    case RK_CSV_UTF16:
        return source->big_endian ? "UTF-16 big-endian" : "UTF-16 little-endian";
    default:
        return source->bom ? "UTF-8 with BOM" : "UTF-8";
    }
}

const char *rk_csv_encoding_proof(const struct rk_csv *csv)
{
    return csv->source.proof;
}

char rk_csv_separator(const struct rk_csv *csv)
{
    return csv->separator;
}

void csv_no_shortcut(struct rk_csv *csv)
{
    csv->no_shortcut = true;
}

void rk_csv_close(struct rk_csv *csv)
{
    if (!csv) return;
    csv_source_close(&csv->source);
    csv_free(&csv->parser);
    free(csv->data);
    free(csv->text);
    free(csv->offsets);
    free(csv->cells);
    free(csv);
}
