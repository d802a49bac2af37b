// SPDX-License-Identifier: MIT
/*
 * Writes delimited files, in the encoding and with the line ends that the file is known by.
 * Rows are held back until csv_flush, so that a row can be added out of turn: each has a
 * key, and they leave in the order of their keys.
 */
#ifndef GENERATE_CSV_H
#define GENERATE_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum csv_encoding { CSV_UTF8, CSV_UTF8_MARK, CSV_WINDOWS_1252 };

struct csv_style {
    const char *name; /* of the file */
    enum csv_encoding encoding;
    char separator;
    const char *line_end;
};

struct csv_row {
    long key;
    size_t start, length; /* in the bytes held */
};

struct csv_file {
    const struct csv_style *style;
    FILE *file;
    char *path;
    char *part; /* the path while it is being written */
    char *bytes;
    size_t n_bytes, bytes_room, row_start;
    struct csv_row *rows;
    int n_rows, rows_room;
    long flushed; /* rows written so far */
};

/** Opens folder/name.part; on failure says so and ends the program with status 4. */
void csv_open(struct csv_file *csv, const struct csv_style *style, const char *folder);

/** One cell, UTF-8; quoted when it must be. */
void csv_cell(struct csv_file *csv, const char *text);

/** A whole row of cells separated by `|`. */
void csv_cells(struct csv_file *csv, const char *cells);

void csv_row_end(struct csv_file *csv, long key);

/** The row that ended last, once more. */
void csv_repeat(struct csv_file *csv, long key);

/** Writes the rows held back; equal keys leave in the order in which they came. */
void csv_flush(struct csv_file *csv);

/** Flushes and renames the finished file; on failure says so and ends the program with
 * status 4. */
void csv_close(struct csv_file *csv);

#endif
