// SPDX-License-Identifier: MIT
#include "pipeline/extract/extract.h"

#include "pipeline/base/rk_file.h"
#include "pipeline/base/rk_text.h"
#include "pipeline/extract/extract_priv.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/* ---- which kind a file is ---- */

static const struct {
    const char *start;
    const char *ends[4]; /* of the name */
    enum extract_kind kind;
    const char *words;
} kinds[] = {
    {"PK\003\004", {".xlsx", ".xlsm", NULL}, EXTRACT_WORKBOOK, "a ZIP file or an Excel workbook"},
    {"$FL2",       {".sav", ".zsav", NULL},  EXTRACT_SAV,      "an SPSS data file"              },
    {"$FL3",       {".sav", ".zsav", NULL},  EXTRACT_SAV,      "an SPSS data file"              },
};
enum { KINDS = sizeof kinds / sizeof *kinds };

static bool ends_in(const char *path, const char *end)
{
    size_t bytes = strlen(path), length = strlen(end);

    return bytes > length && strcasecmp(path + bytes - length, end) == 0;
}

static bool name_says(const char *path, const char *const *ends)
{
    for (; *ends; ends++)
        if (ends_in(path, *ends)) return true;
    return false;
}

static rk_status read_head(struct rk_diag *diag, const char *path, char head[8])
{
    FILE *file = fopen(path, "rbe");
    size_t got;

    memset(head, 0, 8);
    if (!file) return rk_file_fail(diag, path, "read");
    got = fread(head, 1, 8, file);
    fclose(file);
    (void)got; /* a folder or an unreadable file: rk_csv_open says what */
    return RK_OK;
}

/* Text is what is nothing else; a name that promises another kind must keep it. */
static rk_status find_kind(struct rk_diag *diag, const char *path, enum extract_kind *kind)
{
    char head[8];

    *kind = EXTRACT_TEXT;
    RK_TRY(read_head(diag, path, head));
    for (size_t i = 0; i < KINDS; i++) {
        if (memcmp(head, kinds[i].start, 4) != 0) continue;
        *kind = kinds[i].kind;
        if (name_says(path, kinds[i].ends)) return RK_OK;
        return rk_fail(diag, RK_CHECK, RK_AT(path, 1, 0),
                       "this is %s, not a CSV file; let its name end in %s if it is one, else "
                       "open it in a spreadsheet and save the sheet as CSV UTF-8",
                       kinds[i].words, kinds[i].ends[0]);
    }
    for (size_t i = 0; i < KINDS; i++)
        if (name_says(path, kinds[i].ends) && memcmp(head, "\xd0\xcf\x11\xe0", 4) == 0)
            return rk_fail(diag, RK_CHECK, RK_AT(path, 1, 0),
                           "this workbook has a password, or is in the format of before 2007; "
                           "open it and save it as .xlsx without a password");
        else if (name_says(path, kinds[i].ends))
            return rk_fail(diag, RK_CHECK, RK_AT(path, 1, 0),
                           "its name ends in %s, but it is not %s: it is damaged, or is "
                           "something else under this name",
                           kinds[i].ends[0], kinds[i].words);
    return RK_OK;
}

/* ---- delimited text ---- */

static bool text_next(void *reader, struct rk_csv_row *row)
{
    return rk_csv_next(reader, row);
}

static rk_status text_status(const void *reader)
{
    return rk_csv_status(reader);
}

static void text_close(void *reader)
{
    rk_csv_close(reader);
}

static const struct extract_calls text_calls = {text_next, text_status, text_close};

static rk_status text_open(struct rk_arena *arena, struct rk_diag *diag, const char *path,
                           struct rk_csv_options options, struct extract *out)
{
    struct rk_csv *csv;
    char separator[2] = "";

    RK_TRY(rk_csv_open(arena, diag, path, options, &csv));
    out->separator = separator[0] = rk_csv_separator(csv);
    out->calls = &text_calls;
    out->reader = csv;
    out->place = rk_arena_copy(arena, path);
    out->words = rk_arena_printf(arena, "%s (%s), separator %s", rk_csv_encoding_name(csv),
                                 rk_csv_encoding_proof(csv),
                                 *separator == '\t' ? "tab" : separator);
    return RK_OK;
}

/* ---- the calls ---- */

rk_status extract_open(struct rk_arena *arena, struct rk_diag *diag, const char *path,
                       struct extract_options options, struct extract **out)
{
    struct extract *extract = RK_NEW(arena, struct extract);

    *out = extract;
    extract->separator = ',';
    RK_TRY(find_kind(diag, path, &extract->kind));
    switch (extract->kind) {
    case EXTRACT_WORKBOOK:
        return xlsx_open(arena, diag, path, options.sheet, extract);
    case EXTRACT_SAV:
        return sav_open(arena, diag, path, extract);
    default:
        return text_open(arena, diag, path, options.csv, extract);
    }
}

bool extract_next(struct extract *extract, struct rk_csv_row *row)
{
    return extract->calls->next(extract->reader, row);
}

rk_status extract_status(const struct extract *extract)
{
    return extract->calls->status(extract->reader);
}

void extract_close(struct extract *extract)
{
    if (extract->reader) extract->calls->close(extract->reader);
    extract->reader = NULL;
}

enum extract_kind extract_kind(const struct extract *extract)
{
    return extract->kind;
}

const char *extract_place(const struct extract *extract)
{
    return extract->place;
}

char extract_separator(const struct extract *extract)
{
    return extract->separator;
}

const char *extract_words(const struct extract *extract)
{
    return extract->words;
}

rk_status extract_sheets(struct rk_arena *arena, struct rk_diag *diag, const char *path,
                         struct extract_sheets *out)
{
    enum extract_kind kind;

    *out = (struct extract_sheets){NULL, 0};
    RK_TRY(find_kind(diag, path, &kind));
    return kind == EXTRACT_WORKBOOK ? xlsx_sheets(arena, diag, path, out) : RK_OK;
}

bool extract_is_error(const char *text)
{
    static const char *const errors[] = {
        "#N/A",    "#DIV/0!", "#REF!",  "#VALUE!",         "#NAME?",
        "#NUM!",   "#NULL!",  "#SPILL!", "#CALC!",         "#GETTING_DATA",
        "#FIELD!", "#BUSY!",  "#CONNECT!", "#BLOCKED!",    "#UNKNOWN!",
        EXTRACT_NOT_CALCULATED,
    };

    if (*text != '#') return false;
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        if (strcasecmp(text, errors[i]) == 0) return true;
    return false;
}
