// SPDX-License-Identifier: MIT
#ifndef EXTRACT_H
#define EXTRACT_H

#include "pipeline/base/rk_csv.h"

/**
 * A table of an extract, row by row, whatever it is written in: delimited text, a sheet of an
 * .xlsx workbook, an SPSS .sav file. What kind it is, its first bytes say; the end of its name
 * must agree, so that a workbook named .csv is told and not guessed at.
 *
 * Cells of workbooks and .sav files have types. They come as text: numbers plain with `.`,
 * dates as 2015-03-13 or 2015-03-13 09:30:00, truth as TRUE and FALSE, a spreadsheet's errors
 * as it prints them (#N/A). A cell with a value label comes as the label, and its value stands
 * in row.other. The first row of a .sav file is made: names of variables, their labels in
 * row.other.
 */
struct extract;

enum extract_kind { EXTRACT_TEXT, EXTRACT_WORKBOOK, EXTRACT_SAV };

struct extract_options {
    struct rk_csv_options csv; /**< of delimited text */
    const char *sheet;         /**< of a workbook; NULL: its first visible one with cells */
};

/** RK_WORLD: cannot be read. RK_CHECK: none of these kinds, or damaged; RK_STUDY: no such sheet. */
rk_status extract_open(struct rk_arena *arena, struct rk_diag *diag, const char *path,
                       struct extract_options options, struct extract **out) RK_MUST_CHECK;
/** As rk_csv_next. */
bool extract_next(struct extract *extract, struct rk_csv_row *row);
rk_status extract_status(const struct extract *extract) RK_MUST_CHECK;
void extract_close(struct extract *extract);

enum extract_kind extract_kind(const struct extract *extract);
/** How messages call it: the path, for a sheet "path!Sheet1". In the arena of extract_open. */
const char *extract_place(const struct extract *extract);
/** Of delimited text; else ',', as row.raw is written. */
char extract_separator(const struct extract *extract);
/** What it is read as, in words: "windows-1252, separator ;", "sheet Reviews of a workbook". */
const char *extract_words(const struct extract *extract);

/** What a formula is read as that has no value: the program that made it did not calculate. */
#define EXTRACT_NOT_CALCULATED "#NOT_CALCULATED!"
/** A spreadsheet's error value, such as #REF!, or the mark of a formula never calculated? */
bool extract_is_error(const char *text);

/** Sheets of a workbook that are visible and have cells, in its order; count 0 for a file that
 * is no workbook. */
struct extract_sheets {
    const char **names;
    size_t count;
};
rk_status extract_sheets(struct rk_arena *arena, struct rk_diag *diag, const char *path,
                         struct extract_sheets *out) RK_MUST_CHECK;

#endif
