// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_cleanup.h"
#include "pipeline/base/rk_text.h"
#include "pipeline/extract/xlsx_priv.h"

#include <stdlib.h>
#include <string.h>

static const char hidden_row[] = "a hidden row; read as any other";
static const char not_calculated[] = EXTRACT_NOT_CALCULATED;

/* Cells merged over several rows: all of these rows have the value of the first. */
struct merge {
    size_t column, first, last;
    const char *text; /* NULL until the first row is read */
};

/* A sheet is parsed twice: what stands behind the rows (merged cells) concerns the rows. */
struct sheet {
    struct xlsx_book *book;
    const char *part_name;
    struct xlsx_part *part;
    /* found by the first look */
    size_t width; /* of the widest row with something in it */
    struct merge *merges;
    size_t merge_count, merge_cap, merge_at; /* those before merge_at may reach this row */
    /* the row in hand */
    struct extract_row row;
    size_t line;
    bool hidden, ready;
    /* the cell in hand */
    size_t column;
    char type[12];
    struct xlsx_format format;
    bool value, text, formula, phonetic; /* inside <v>, <t>, <rPh>; there is an <f> */
    struct xlsx_gather gather;
};

/* "AB12": column 27 (from 0), line 12. False when it is no such name. */
static bool parse_reference(const char *text, size_t *column, size_t *line)
{
    *column = *line = 0;
    for (; *text >= 'A' && *text <= 'Z' && *column < RK_CSV_COLUMNS_MAX; text++)
        *column = *column * 26 + (size_t)(*text - 'A' + 1);
    for (; *text >= '0' && *text <= '9' && *line < 100000000; text++)
        *line = *line * 10 + (size_t)(*text - '0');
    if (*column == 0 || *column > RK_CSV_COLUMNS_MAX) return false;
    --*column;
    return *text == '\0' || *text == ':';
}

/* ---- cells ---- */

static void begin_cell(struct sheet *sheet, const char **attributes)
{
    const struct xlsx_book *book = sheet->book;
    const char *reference = xlsx_attribute(attributes, "r");
    const char *type = xlsx_attribute(attributes, "t");
    const char *style = xlsx_attribute(attributes, "s");
    size_t column, line;
    long number;

    sheet->column++;
    if (reference && parse_reference(reference, &column, &line)) sheet->column = column + 1;
    snprintf(sheet->type, sizeof sheet->type, "%s", type ? type : "n");
    sheet->format = (struct xlsx_format){XLSX_NUMBER, 0};
    if (style && rk_text_integer(style, &number) && number >= 0 &&
        (size_t)number < book->format_count)
        sheet->format = book->formats[number];
    sheet->gather.bytes = 0;
    sheet->formula = false;
}

/* A date of ISO 8601 as it stands in a strict workbook: midnight goes. */
static const char *iso_text(char *text)
{
    char *midnight = strstr(text, "T00:00:00");

    if (midnight) *midnight = '\0';
    return text;
}

static const char *cell_text(struct sheet *sheet, char number[64])
{
    const struct xlsx_book *book = sheet->book;
    char *text = xlsx_gather_text(&sheet->gather);
    long at;

    if (!*text) return sheet->formula && strcmp(sheet->type, "str") != 0 ? not_calculated : "";
    switch (*sheet->type) {
    case 'n':
        return xlsx_number_text(number, text, sheet->format, book->since_1904);
    case 'b':
        return strcmp(text, "0") == 0 ? "FALSE" : "TRUE";
    case 'd':
        return iso_text(text);
    case 's':
        if (strcmp(sheet->type, "s") != 0) return text;
        return rk_text_integer(text, &at) && at >= 0 && (size_t)at < book->string_count
                   ? book->strings[at]
                   : "#REF!";
    default:
        return text;
    }
}

static void end_cell(struct sheet *sheet)
{
    char number[64];
    const char *text = cell_text(sheet, number);

    if (*text && sheet->column <= RK_CSV_COLUMNS_MAX)
        extract_row_put(&sheet->row, sheet->column - 1, text, NULL);
}

/* ---- rows ---- */

static void begin_row(struct sheet *sheet, const char **attributes)
{
    const char *reference = xlsx_attribute(attributes, "r");
    const char *hidden = xlsx_attribute(attributes, "hidden");
    long line;

    sheet->line++;
    if (reference && rk_text_integer(reference, &line) && line > 0) sheet->line = (size_t)line;
    sheet->hidden = hidden && (strcmp(hidden, "1") == 0 || strcmp(hidden, "true") == 0);
    sheet->column = 0;
    extract_row_clear(&sheet->row);
}

static void on_start(void *user, const char *name, const char **attributes)
{
    struct sheet *sheet = user;

    if (strcmp(name, "c") == 0)
        begin_cell(sheet, attributes);
    else if (strcmp(name, "row") == 0)
        begin_row(sheet, attributes);
    else if (strcmp(name, "v") == 0)
        sheet->value = true;
    else if (strcmp(name, "t") == 0)
        sheet->text = !sheet->phonetic;
    else if (strcmp(name, "rPh") == 0)
        sheet->phonetic = true;
    else if (strcmp(name, "f") == 0)
        sheet->formula = true;
}

static void on_end(void *user, const char *name)
{
    struct sheet *sheet = user;

    if (strcmp(name, "c") == 0) {
        end_cell(sheet);
    } else if (strcmp(name, "row") == 0) {
        sheet->ready = true;
        xlsx_part_pause(sheet->part);
    } else if (strcmp(name, "rPh") == 0) {
        sheet->phonetic = false;
    }
    if (*name == 'v' || *name == 't') sheet->value = sheet->text = false;
}

static void on_text(void *user, const char *text, size_t bytes)
{
    struct sheet *sheet = user;

    if (sheet->value || sheet->text) xlsx_gather_add(&sheet->gather, text, bytes);
}

/* ---- merged cells ---- */

static const char *at_column(const struct sheet *sheet, size_t column)
{
    const struct extract_row *row = &sheet->row;

    return column < row->count && row->cell_at[column]
               ? row->text + row->cell_at[column] - 1
               : "";
}

static void fill_merged(struct sheet *sheet)
{
    while (sheet->merge_at < sheet->merge_count &&
           sheet->merges[sheet->merge_at].first <= sheet->line)
        sheet->merge_at++;
    for (size_t i = sheet->merge_at; i-- > 0;) {
        struct merge *merge = &sheet->merges[i];

        if (merge->last < sheet->line) continue;
        if (merge->first == sheet->line)
            merge->text = rk_arena_copy(sheet->book->arena, at_column(sheet, merge->column));
        else if (merge->text && *merge->text && !*at_column(sheet, merge->column))
            extract_row_put(&sheet->row, merge->column, merge->text, NULL);
    }
}

/* Those that are over leave the front, so that a sheet of many merges stays quick. */
static void drop_past_merges(struct sheet *sheet)
{
    size_t kept = 0;

    if (sheet->merge_at < 64) return;
    for (size_t i = 0; i < sheet->merge_count; i++)
        if (i >= sheet->merge_at || sheet->merges[i].last > sheet->line)
            sheet->merges[kept++] = sheet->merges[i];
    sheet->merge_at -= sheet->merge_count - kept;
    sheet->merge_count = kept;
}

/* ---- the first look ---- */

static void look_start(void *user, const char *name, const char **attributes)
{
    struct sheet *sheet = user;
    const char *reference;
    struct merge merge = {0, 0, 0, NULL};
    size_t column;

    on_start(user, name, attributes);
    if (strcmp(name, "mergeCell") != 0) return;
    reference = xlsx_attribute(attributes, "ref");
    if (!reference || !strchr(reference, ':') ||
        !parse_reference(reference, &merge.column, &merge.first) ||
        !parse_reference(strchr(reference, ':') + 1, &column, &merge.last) ||
        merge.last <= merge.first)
        return;
    RK_ROOM(sheet->book->arena, sheet->merges, sheet->merge_count, sheet->merge_cap);
    sheet->merges[sheet->merge_count++] = merge;
}

/* Only whether a cell has something matters; strings are not read yet. */
static void look_end(void *user, const char *name)
{
    struct sheet *sheet = user;

    if (strcmp(name, "c") == 0 && (sheet->gather.bytes || sheet->formula) &&
        sheet->column > sheet->width && sheet->column <= RK_CSV_COLUMNS_MAX)
        sheet->width = sheet->column;
    if (*name == 'v' || *name == 't') sheet->value = sheet->text = false;
    if (strcmp(name, "rPh") == 0) sheet->phonetic = false;
}

static int by_first_row(const void *a, const void *b)
{
    const struct merge *left = a, *right = b;

    if (left->first != right->first) return left->first < right->first ? -1 : 1;
    return (left->column > right->column) - (left->column < right->column);
}

static rk_status look(struct sheet *sheet)
{
    struct xlsx_xml xml = {look_start, look_end, on_text, sheet};

    RK_TRY(xlsx_part_all(sheet->book->zip, sheet->part_name, xml));
    if (sheet->merge_count)
        qsort(sheet->merges, sheet->merge_count, sizeof *sheet->merges, by_first_row);
    sheet->line = sheet->column = 0;
    extract_row_clear(&sheet->row);
    return RK_OK;
}

/* ---- the calls ---- */

static bool sheet_next(void *reader, struct rk_csv_row *row)
{
    struct sheet *sheet = reader;

    sheet->ready = false;
    while (!sheet->ready)
        if (!xlsx_part_go(sheet->part)) return false;
    if (sheet->merge_count) {
        fill_merged(sheet);
        drop_past_merges(sheet);
    }
    if (sheet->width > sheet->row.count) extract_row_put(&sheet->row, sheet->width - 1, "", NULL);
    extract_row_give(&sheet->row, sheet->line, row);
    row->odd = sheet->hidden && !row->blank ? hidden_row : NULL;
    return true;
}

static rk_status sheet_status(const void *reader)
{
    const struct sheet *sheet = reader;

    return xlsx_part_status(sheet->part);
}

static void sheet_close(void *reader)
{
    struct sheet *sheet = reader;

    xlsx_part_close(sheet->part);
    extract_row_free(&sheet->row);
    free(sheet->gather.text);
    xlsx_book_close(sheet->book);
}

static const struct extract_calls sheet_calls = {sheet_next, sheet_status, sheet_close};

static const char *sheet_names(const struct xlsx_book *book)
{
    const char *text = "";

    for (size_t i = 0; i < book->sheet_count; i++)
        text = rk_arena_printf(book->arena, "%s%s\"%s\"%s", text, i ? ", " : "",
                               book->sheets[i].name, book->sheets[i].hidden ? " (hidden)" : "");
    return text;
}

static rk_status no_sheet(const struct xlsx_book *book, const char *wanted)
{
    const char **names = RK_ARRAY(book->arena, const char *, book->sheet_count + 1);
    const char *nearest;

    for (size_t i = 0; i < book->sheet_count; i++)
        names[i] = book->sheets[i].name;
    nearest = wanted ? rk_text_nearest(wanted, names, book->sheet_count) : NULL;
    if (!wanted)
        return rk_fail(book->diag, RK_CHECK, RK_AT(book->path, 1, 0),
                       "the workbook has no visible sheet of cells");
    return rk_fail(book->diag, RK_STUDY, RK_AT(book->path, 1, 0),
                   "the workbook has no sheet \"%s\"%s%s%s its sheets are %s", wanted,
                   nearest ? "; did you mean \"" : ";", nearest ? nearest : "",
                   nearest ? "\"?" : "", sheet_names(book));
}

/* Has the sheet a cell with something in it? Leaves the sheet looked at. */
static rk_status look_at(struct sheet *sheet, const struct xlsx_sheet *which)
{
    sheet->part_name = which->part;
    sheet->width = sheet->merge_count = 0;
    return look(sheet);
}

static rk_status find_sheet(struct sheet *sheet, const char *wanted,
                            const struct xlsx_sheet **out)
{
    const struct xlsx_book *book = sheet->book;

    for (size_t i = 0; i < book->sheet_count; i++) {
        const struct xlsx_sheet *which = &book->sheets[i];

        if (wanted ? strcmp(which->name, wanted) != 0 : which->hidden) continue;
        RK_TRY(look_at(sheet, which));
        if (!wanted && !sheet->width) continue;
        *out = which;
        return RK_OK;
    }
    return no_sheet(book, wanted);
}

static rk_status open_sheet(struct sheet *sheet, const char *wanted, const char **name)
{
    const struct xlsx_sheet *which = NULL;
    struct xlsx_xml xml = {on_start, on_end, on_text, sheet};

    RK_TRY(find_sheet(sheet, wanted, &which));
    RK_TRY(xlsx_book_read_styles(sheet->book));
    RK_TRY(xlsx_book_read_strings(sheet->book));
    *name = which->name;
    return xlsx_part_open(sheet->book->zip, which->part, xml, &sheet->part);
}

rk_status xlsx_open(struct rk_arena *arena, struct rk_diag *diag, const char *path,
                    const char *wanted, struct extract *out)
{
    struct sheet *sheet = RK_NEW(arena, struct sheet);
    const char *name;
    rk_status status;

    RK_TRY(xlsx_book_open(diag, path, &sheet->book));
    status = open_sheet(sheet, wanted, &name);
    if (status != RK_OK) {
        sheet_close(sheet);
        return status;
    }
    out->calls = &sheet_calls;
    out->reader = sheet;
    out->place = rk_arena_printf(arena, "%s!%s", path, name);
    out->words = rk_arena_printf(arena, "sheet %s of a workbook%s", name,
                                 sheet->book->since_1904 ? ", dates since 1904" : "");
    return RK_OK;
}

rk_status xlsx_sheets(struct rk_arena *arena, struct rk_diag *diag, const char *path,
                      struct extract_sheets *out)
{
    struct sheet *sheet = RK_NEW(arena, struct sheet);
    rk_status status;

    RK_TRY(xlsx_book_open(diag, path, &sheet->book));
    status = RK_OK;
    out->names = RK_ARRAY(arena, const char *, sheet->book->sheet_count + 1);
    for (size_t i = 0; status == RK_OK && i < sheet->book->sheet_count; i++) {
        const struct xlsx_sheet *which = &sheet->book->sheets[i];

        if (which->hidden) continue;
        status = look_at(sheet, which);
        if (sheet->width) out->names[out->count++] = rk_arena_copy(arena, which->name);
    }
    sheet_close(sheet);
    return status;
}
