// SPDX-License-Identifier: MIT
#ifndef RK_CSV_H
#define RK_CSV_H

#include "pipeline/base/rk_arena.h"
#include "pipeline/base/rk_diag.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/**
 * Rows of a delimited text file that know their file and line. The one door to libcsv: what
 * it decides silently (blank rows, trimmed cells, no line numbers, no UTF-8 check) is
 * undone here.
 */
struct rk_csv;

enum rk_csv_encoding {
    RK_CSV_AUTO,
    RK_CSV_UTF8,
    RK_CSV_WINDOWS_1252,
    RK_CSV_UTF16,
    RK_CSV_ISO_8859_15
};

struct rk_csv_options {
    enum rk_csv_encoding encoding; /**< AUTO: BOM, else valid UTF-8, else windows-1252
                                        or ISO 8859-15, as its bytes prove */
    char separator;                /**< 0: found from the first lines among , ; tab | */
};

/** One record. Cells are NUL-terminated UTF-8 and live until the next rk_csv_next. */
struct rk_csv_row {
    char **cells;
    char **other;       /**< NULL, or another reading of each cell, or NULL: see extract.h */
    size_t count;
    size_t line;        /**< of the record's first character, from 1 */
    bool blank;         /**< nothing but white space in it */
    bool unclosed;      /**< a quote is opened here and never closed */
    const char *damage; /**< NULL, or words for what is structurally wrong with this record:
                           set it aside. A record with broken quotes is its first line only;
                           the lines after it are read as records of their own. */
    const char *odd;    /**< NULL, or words for something unusual that changed no cell */
    const char *raw; /**< the record as it stood, without its line end; raw_bytes of it */
    size_t raw_bytes;
    size_t text_bytes; /**< of all cells with their NULs, which then stand one after the other;
                          0: each stands for itself */
};

/** Beyond these a file is refused: it is no table, or its line ends or
 * quotes are broken. */
enum { RK_CSV_COLUMNS_MAX = 16384, RK_CSV_RECORD_MAX = 16 * 1024 * 1024 };

/** RK_WORLD: cannot be read. RK_CHECK: not a table in text at all (a ZIP, a PDF, ...), says
 *  which and what to do. An empty file opens and has no rows. */
rk_status rk_csv_open(struct rk_arena *arena, struct rk_diag *diag, const char *path,
                      struct rk_csv_options options, struct rk_csv **out) RK_MUST_CHECK;
/** True and fills `row`, or false at the end (then see rk_csv_status). */
bool rk_csv_next(struct rk_csv *csv, struct rk_csv_row *row);
rk_status rk_csv_status(const struct rk_csv *csv) RK_MUST_CHECK;
/** What the file is read as, in words: "windows-1252", "UTF-8 with BOM". */
const char *rk_csv_encoding_name(const struct rk_csv *csv);
/** What proves it: "byte-order mark", "characters beyond ASCII: 12, all of them UTF-8". In
 * the arena of rk_csv_open. */
const char *rk_csv_encoding_proof(const struct rk_csv *csv);
char rk_csv_separator(const struct rk_csv *csv);
void rk_csv_close(struct rk_csv *csv);

/** Records kept in memory until somebody writes them; `used` may be set back. Starts as all 0. */
struct rk_csv_memory {
    char *text;
    size_t used, cap;
};
void rk_csv_memory_free(struct rk_csv_memory *memory);

/** Writing: RFC 4180 with \n line ends; cells are quoted when they need it. Call _cell for
 * each cell and _end for the record, which then is in the file or the memory. */
enum { RK_CSV_GATHER = 1024 };
struct rk_csv_writer {
    FILE *file;
    struct rk_csv_memory *memory; /**< where records go when there is no file */
    bool inside; /**< a record has begun */
    bool
        only_empty; /**< with one empty cell: written as "" so that the line is not blank */
    size_t written;  /**< bytes of records that have ended */
    size_t gathered; /**< bytes of the record that wait to be written */
    char record[RK_CSV_GATHER];
};
void rk_csv_cell(struct rk_csv_writer *writer, const char *text);
/** Words that a person may have typed: where a spreadsheet would take them for a formula, they get an
 *  apostrophe before them, which rk_csv_label_text takes away again. */
void rk_csv_label(struct rk_csv_writer *writer, const char *text);
const char *rk_csv_label_text(const char *cell);
void rk_csv_cell_n(struct rk_csv_writer *writer, const char *text, size_t bytes);
/** A text that needs no quotes: a code, a number, a date. */
void rk_csv_plain(struct rk_csv_writer *writer, const char *text, size_t bytes);
void rk_csv_long(struct rk_csv_writer *writer, long value);
/** Shortest text that reads back; empty for NAN. */
void rk_csv_double(struct rk_csv_writer *writer, double value);
void rk_csv_end(struct rk_csv_writer *writer);

/**
 * A contract file, whole: header first, UTF-8, every row as wide as the header; anything
 * else is an error naming the line. For the files between stages, which are ours.
 */
struct rk_csv_table {
    const char *path;
    const char **names;
    size_t columns;
    char **cells; /**< row-major: cells[row * columns + column] */
    size_t *lines;
    size_t rows;
};
rk_status rk_csv_table_read(struct rk_arena *arena, struct rk_diag *diag, const char *path,
                            struct rk_csv_table *out) RK_MUST_CHECK;
/** Column of a name, or -1. */
long rk_csv_column(const struct rk_csv_table *table, const char *name);

#endif
