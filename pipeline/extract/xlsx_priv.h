// SPDX-License-Identifier: MIT
#ifndef XLSX_PRIV_H
#define XLSX_PRIV_H

#include "pipeline/extract/extract_priv.h"

/** Parts of a workbook as streams of XML; libzip and expat enter here (xlsx_part.c). Names of
 * elements and attributes come without the prefix of their namespace. */
struct xlsx_zip;
struct xlsx_part;
struct xlsx_xml {
    void (*start)(void *user, const char *name, const char **attributes);
    void (*end)(void *user, const char *name);
    void (*text)(void *user, const char *text, size_t bytes);
    void *user;
};

rk_status xlsx_zip_open(struct rk_arena *arena, struct rk_diag *diag, const char *path,
                        struct xlsx_zip **out) RK_MUST_CHECK;
bool xlsx_zip_has(const struct xlsx_zip *zip, const char *name);
void xlsx_zip_close(struct xlsx_zip *zip);

rk_status xlsx_part_open(struct xlsx_zip *zip, const char *name, struct xlsx_xml xml,
                         struct xlsx_part **out) RK_MUST_CHECK;
/** Parses on until a handler calls xlsx_part_pause (true) or the part ends (false; then see
 * xlsx_part_status). */
bool xlsx_part_go(struct xlsx_part *part);
void xlsx_part_pause(struct xlsx_part *part);
rk_status xlsx_part_status(const struct xlsx_part *part) RK_MUST_CHECK;
void xlsx_part_close(struct xlsx_part *part);
/** A part as a whole. */
rk_status xlsx_part_all(struct xlsx_zip *zip, const char *name, struct xlsx_xml xml) RK_MUST_CHECK;
const char *xlsx_attribute(const char **attributes, const char *name);

/** Text between tags, gathered; `bytes` without the NUL behind it. */
struct xlsx_gather {
    char *text;
    size_t bytes, cap;
};
void xlsx_gather_add(struct xlsx_gather *gather, const char *text, size_t bytes);
/** The text so far, with _x000D_ as the character it stands for. Empties nothing. */
char *xlsx_gather_text(struct xlsx_gather *gather);

/** How a number is meant, from its number format. */
enum xlsx_meaning { XLSX_NUMBER, XLSX_DATE, XLSX_TIME, XLSX_ELAPSED };
struct xlsx_format {
    enum xlsx_meaning meaning;
    int zeros; /**< at least so many figures: 00000 shows 42 as 00042 */
};
struct xlsx_format xlsx_format_of(const char *code);
struct xlsx_format xlsx_format_built_in(long id);
/** A cell's number as people read it; `out` holds 64 bytes. */
const char *xlsx_number_text(char out[64], const char *figures, struct xlsx_format format,
                             bool since_1904);

struct xlsx_sheet {
    const char *name, *part;
    bool hidden;
};

/** A workbook without its rows. */
struct xlsx_book {
    struct rk_arena *arena; /**< its own */
    struct rk_diag *diag;
    const char *path;
    struct xlsx_zip *zip;
    struct xlsx_sheet *sheets;
    size_t sheet_count, sheet_cap;
    bool since_1904;
    struct xlsx_format *formats; /**< of each style */
    size_t format_count, format_cap;
    const char **strings; /**< shared ones */
    size_t string_count, string_cap;
    const char *styles_part, *strings_part; /**< NULL: none */
};

/** Sheets, dates and parts; not yet formats and strings. */
rk_status xlsx_book_open(struct rk_diag *diag, const char *path,
                         struct xlsx_book **out) RK_MUST_CHECK;
rk_status xlsx_book_read_styles(struct xlsx_book *book) RK_MUST_CHECK;
rk_status xlsx_book_read_strings(struct xlsx_book *book) RK_MUST_CHECK;
void xlsx_book_close(struct xlsx_book *book);

#endif
