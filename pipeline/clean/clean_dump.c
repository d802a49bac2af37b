// SPDX-License-Identifier: MIT
#include "pipeline/clean/clean_stage.h"

#include "pipeline/base/rk_text.h"
#include "pipeline/clean/clean_date.h"
#include "pipeline/clean/clean_number.h"
#include "pipeline/extract/extract.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * reckon-clean --dump FILE: every cell of a file as the reader sees it, for a look
 * at an extract and for tests that compare readers. What the study would say comes from the
 * environment: KIT_DELIM, KIT_ENCODING, KIT_NOHEADER; for typed cells KIT_FMT, KIT_MISSING
 * (a list), KIT_MIN, KIT_MAX. Rows that cannot be read are said and left out, cells are
 * said and null.
 */

static const char usage[] = "usage: reckon-clean --dump [--sheet NAME] FILE\n"
                            "       reckon-clean --dump --typed FILE date|int|num|text\n";

struct dump {
    struct rk_arena *arena, *scratch;
    struct rk_diag *diag;
    const char *path, *sheet, *type, *format;
    struct rk_map *missing;
    double lowest, highest;
    size_t width; /* cells of the header; 0 before it */
    const char **header;
    size_t kept, away; /* rows */
    long column;       /* of typed cells: "v" */
    bool no_header;
};

static const char *setting(const char *name)
{
    const char *value = getenv(name);

    return value ? value : "";
}

static struct rk_csv_options options_of_environment(void)
{
    struct rk_csv_options options = {RK_CSV_AUTO, 0};
    const char *encoding = setting("KIT_ENCODING"), *separator = setting("KIT_DELIM");

    if (strncmp(encoding, "utf-16", 6) == 0)
        options.encoding = RK_CSV_UTF16;
    else if (strncmp(encoding, "utf-8", 5) == 0)
        options.encoding = RK_CSV_UTF8;
    else if (strcmp(encoding, "iso-8859-15") == 0 || strcmp(encoding, "latin-9") == 0)
        options.encoding = RK_CSV_ISO_8859_15;
    else if (strcmp(encoding, "windows-1252") == 0 || strcmp(encoding, "cp1252") == 0 ||
             strcmp(encoding, "iso-8859-1") == 0 || strcmp(encoding, "latin-1") == 0)
        options.encoding = RK_CSV_WINDOWS_1252;
    options.separator = separator[0];
    return options;
}

/* ---- JSON, which needs no library one way ---- */

static void put_text(const char *text)
{
    putchar('"');
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;

        if (c == '"' || c == '\\')
            printf("\\%c", c);
        else if (c < 0x20)
            printf("\\u%04x", c);
        else
            putchar(c);
    }
    putchar('"');
}

static void put_row(const struct rk_csv_row *row)
{
    putchar('[');
    for (size_t i = 0; i < row->count; i++) {
        if (i) fputs(", ", stdout);
        put_text(row->cells[i]);
    }
    fputs("]\n", stdout);
}

/* The texts of a JSON list of texts, such as ["", "N/A"]. */
static void read_missing(struct dump *dump)
{
    const char *text = setting("KIT_MISSING");

    dump->missing = rk_map_new(dump->arena);
    rk_map_add(dump->missing, "");
    while ((text = strchr(text, '"'))) {
        char *one = rk_arena_alloc(dump->arena, strlen(text) + 1, 1), *out = one;

        for (text++; *text && *text != '"'; text++) {
            text += *text == '\\' && text[1];
            *out++ = *text;
        }
        text += *text == '"';
        rk_map_add(dump->missing, rk_text_fold(dump->arena, one));
    }
}

/* ---- typed cells ---- */

static bool typed_date(const struct dump *dump, const char *text)
{
    struct clean_date date;
    char iso[16];
    long days;

    if (!clean_date_read(text, dump->format, &date) ||
        !clean_date_days(&date, NAN, NAN, 0, &days))
        return false;
    put_text(rk_date_text(iso, days));
    return true;
}

static bool typed_number(const struct dump *dump, const char *text)
{
    bool whole = strcmp(dump->type, "int") == 0, mended;
    double number;
    char plain[32];

    if (!(whole ? clean_integer_read : clean_number_read)(text, &number, &mended) ||
        number < dump->lowest || number > dump->highest)
        return false;
    put_text(rk_text_double(plain, number));
    return true;
}

static bool put_typed(const struct dump *dump, const char *text)
{
    if (strcmp(dump->type, "date") == 0) return typed_date(dump, text);
    if (strcmp(dump->type, "text") != 0) return typed_number(dump, text);
    put_text(text);
    return true;
}

static void dump_cell(struct dump *dump, const struct rk_csv_row *row)
{
    char *text = rk_text_trim(rk_arena_copy(dump->scratch, row->cells[dump->column]));

    if (rk_map_find(dump->missing, rk_text_fold(dump->scratch, text)) >= 0) {
        fputs("null\n", stdout);
    } else if (put_typed(dump, text)) {
        putchar('\n');
    } else {
        fputs("null\n", stdout);
        rk_diag_say(dump->diag, RK_DIAG_WARNING,
                    RK_AT(dump->path, row->line, (size_t)dump->column + 1),
                    "\"%s\" is no %s within its limits; cell emptied", text, dump->type);
    }
}

/* ---- rows ---- */

static rk_status find_typed(struct dump *dump, const struct rk_csv_row *row)
{
    for (size_t i = 0; i < row->count; i++)
        if (strcmp(row->cells[i], "v") == 0) dump->column = (long)i;
    if (dump->column < 0)
        return rk_fail(dump->diag, RK_CHECK, RK_AT(dump->path, row->line, 0),
                       "there is no column \"v\"");
    return RK_OK;
}

/* Blanks at an end, and blanks that nobody sees, keep a heading from being recognised. */
static bool has_odd_blanks(struct dump *dump, const char *heading)
{
    const char *at = heading;

    while (*at) {
        uint32_t c = rk_text_next(&at);

        if (c != ' ' && rk_text_is_blank(c)) return true;
    }
    return strcmp(rk_text_trim(rk_arena_copy(dump->arena, heading)), heading) != 0;
}

static void check_headings(struct dump *dump, const struct rk_csv_row *row)
{
    struct rk_map *names = rk_map_new(dump->arena);

    for (size_t i = 0; i < row->count; i++) {
        struct rk_place place = RK_AT(dump->path, row->line, i + 1);
        const char *name = rk_text_fold(dump->arena, row->cells[i]);
        size_t known = rk_map_count(names);

        if (!*name)
            rk_diag_say(dump->diag, RK_DIAG_WARNING, place, "a column without a heading");
        else if (rk_map_add(names, name) < known)
            rk_diag_say(dump->diag, RK_DIAG_WARNING, place,
                        "a heading that is there twice");
        else if (has_odd_blanks(dump, row->cells[i]))
            rk_diag_say(dump->diag, RK_DIAG_WARNING, place,
                        "a heading with blanks around it or invisible characters in it");
    }
}

static void keep_header(struct dump *dump, const struct rk_csv_row *row)
{
    dump->header = RK_ARRAY(dump->arena, const char *, row->count + 1);
    for (size_t i = 0; i < row->count; i++)
        dump->header[i] = rk_arena_copy(dump->arena, row->cells[i]);
}

static bool is_header_again(const struct dump *dump, const struct rk_csv_row *row)
{
    if (!dump->header || row->count != dump->width || row->count < 2) return false;
    for (size_t i = 0; i < row->count; i++)
        if (strcmp(row->cells[i], dump->header[i]) != 0) return false;
    return true;
}

static rk_status take_header(struct dump *dump, const struct rk_csv_row *row)
{
    dump->width = row->count;
    if (dump->no_header) return RK_OK;
    check_headings(dump, row);
    keep_header(dump, row);
    return dump->type ? find_typed(dump, row) : RK_OK;
}

static bool set_aside(struct dump *dump, const struct rk_csv_row *row)
{
    struct rk_place place = RK_AT(dump->path, row->line, 0);

    if (row->damage)
        rk_diag_say(dump->diag, RK_DIAG_WARNING, place, "%s; row set aside", row->damage);
    else if (dump->width && row->count != dump->width)
        rk_diag_say(dump->diag, RK_DIAG_WARNING, place,
                    "%zu cells where the headings are %zu; row set aside", row->count,
                    dump->width);
    else if (is_header_again(dump, row))
        rk_diag_say(dump->diag, RK_DIAG_WARNING, place, "headings repeated; row set aside");
    else
        return false;
    dump->away++;
    return true;
}

static rk_status dump_row(struct dump *dump, const struct rk_csv_row *row)
{
    bool header = !dump->width;

    if (row->odd)
        rk_diag_say(dump->diag, RK_DIAG_WARNING, RK_AT(dump->path, row->line, 0), "%s",
                    row->odd);
    if (row->unclosed)
        return rk_fail(dump->diag, RK_CHECK, RK_AT(dump->path, row->line, 0),
                       "a quote that is never closed: where does this row end?");
    if (set_aside(dump, row)) return header ? RK_CHECK : RK_OK;
    if (header) RK_TRY(take_header(dump, row));
    if (!dump->type)
        put_row(row);
    else if (!header)
        dump_cell(dump, row);
    dump->kept += !header;
    return RK_OK;
}

static rk_status dump_rows(struct dump *dump, struct extract *extract)
{
    struct rk_csv_row row;
    size_t blank = 0;

    while (extract_next(extract, &row)) {
        rk_arena_reset(dump->scratch);
        if (row.blank && !row.damage && row.count <= 1 && dump->width != 1) {
            if (blank++ == 0)
                rk_diag_say(dump->diag, RK_DIAG_WARNING, RK_AT(dump->path, row.line, 0),
                            "blank rows are passed over");
            continue;
        }
        RK_TRY(dump_row(dump, &row));
    }
    RK_TRY(extract_status(extract));
    if (!dump->width)
        return rk_fail(dump->diag, RK_CHECK, RK_AT(dump->path, 1, 0), "the file is empty");
    if (dump->away > dump->kept)
        return rk_fail(dump->diag, RK_CHECK, RK_AT(dump->path, 1, 0),
                       "few rows have as many cells as the first one: is it the headings?");
    return RK_OK;
}

static rk_status dump_file(struct dump *dump)
{
    struct extract_options options = {options_of_environment(), dump->sheet};
    struct extract *extract;
    rk_status status;

    RK_TRY(extract_open(dump->arena, dump->diag, dump->path, options, &extract));
    dump->path = extract_place(extract);
    status = dump_rows(dump, extract);
    extract_close(extract);
    if (fflush(stdout) != 0 || ferror(stdout))
        return rk_fail(dump->diag, RK_WORLD, RK_NOWHERE, "cannot write to standard output");
    return status;
}

static bool read_arguments(struct dump *dump, int argc, char **argv)
{
    static const char *const types[] = {"date", "int", "num", "text"};

    if (argc == 3 && strcmp(argv[0], "--sheet") == 0) {
        dump->sheet = argv[1];
        argc -= 2;
        argv += 2;
    }
    if (argc == 1) {
        dump->path = argv[0];
        return true;
    }
    if (argc != 3 || strcmp(argv[0], "--typed") != 0) return false;
    dump->path = argv[1];
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strcmp(types[i], argv[2]) == 0) dump->type = types[i];
    return dump->type != NULL;
}

static double limit(const char *name)
{
    double number;

    return rk_text_number(setting(name), &number) ? number : NAN;
}

int clean_dump(int argc, char **argv)
{
    struct dump dump = {.column = -1, .format = "dd/mm/yyyy"};
    rk_status status;

    if (!read_arguments(&dump, argc, argv)) {
        fputs(usage, stderr);
        return RK_USAGE;
    }
    if (*setting("KIT_FMT")) dump.format = setting("KIT_FMT");
    dump.no_header = *setting("KIT_NOHEADER");
    dump.lowest = limit("KIT_MIN");
    dump.highest = limit("KIT_MAX");
    dump.arena = rk_arena_new();
    dump.scratch = rk_arena_new();
    dump.diag = rk_diag_new("reckon-clean");
    rk_diag_verbosity(dump.diag, false, true);
    read_missing(&dump);
    status = dump_file(&dump);
    rk_diag_flush(dump.diag);
    rk_diag_free(dump.diag);
    rk_arena_free(dump.scratch);
    rk_arena_free(dump.arena);
    return status;
}
