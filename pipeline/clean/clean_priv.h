// SPDX-License-Identifier: MIT
#ifndef CLEAN_PRIV_H
#define CLEAN_PRIV_H

#include "pipeline/base/rk_csv.h"
#include "pipeline/base/rk_out.h"
#include "pipeline/clean/clean_date.h"
#include "pipeline/contract/flow.h"
#include "pipeline/contract/frame_writer.h"
#include "pipeline/contract/part.h"
#include "pipeline/contract/study.h"
#include "pipeline/extract/extract.h"

#include <stddef.h>

/** Which way round figures such as 03/04/2014 are, as the column itself proves. */
enum day_order { ORDER_OPEN, ORDER_DAY_FIRST, ORDER_MONTH_FIRST, ORDER_MIXED };

/** How many dates that could be either are listed with their lines. */
enum { EITHER_LISTED = 10 };

/** What a text of a column of codes came to, remembered for the next time. */
struct known_text {
    int code;   /**< -1 no code, -2 a text that means no answer */
    enum missing_kind kind; /**< of that */
    bool alias; /**< neither the code itself nor its label */
};

/** What a date came to, remembered for the next time. */
enum { CLEAN_DATES_BITS = 10 };
struct known_date {
    char text[16];
    struct clean_date date;
    bool read; /**< else it is none */
};

/** An unknown text of a column that stops the run for it. */
struct unknown_text {
    const char *text;
    long count;
    struct rk_place first;
};

/** A declared column while its source is read. */
struct clean_column {
    const struct study_column *declared;
    struct rk_map *missing; /**< folded texts that mean no answer */
    enum missing_kind *missing_kinds; /**< of each of them */
    size_t missing_cap;
    enum missing_kind blank; /**< kind of an empty cell */
    long kind_of; /**< of a column NAME_missing: the position of NAME, or -1 */
    bool may_miss[256];     /**< first bytes that such a text can have */
    const struct pattern *pattern;
    bool both_orders; /**< its formats allow day first and month first */
    enum day_order order;
    long day_first,
        month_first; /**< cells that prove one order; `either`: read both ways */
    long either;
    struct rk_place first_either;
    long either_lines[EITHER_LISTED];
    long before, after;   /**< positions of those columns, or -1 */
    struct known_date *dates; /**< DATE: by hash of the text; an empty text: none there */
    struct rk_map *texts; /**< CODE: texts met */
    struct known_text *known;
    size_t known_cap;
    struct rk_map *unknown; /**< CODE that stops: texts without a code */
    struct unknown_text *unknowns;
    size_t unknown_cap;
    long cell;              /**< in the rows of the file being read, or -1 */
    const char *heading;    /**< of that cell */
};

/** Cells of a column so far. */
struct clean_counts {
    long invalid, repaired;
    long met; /**< that are an answer, readable or not */
};

/** One cell's verdict. */
struct clean_cell {
    struct value value; /**< as conditions see it */
    bool told;          /**< issues.csv says how it stood */
    bool by_hand;               /**< a person has said what it should be */
    bool pending;       /**< a date of two digits whose century is not settled yet */
    const char *old;    /**< as it stood, trimmed */
    enum missing_kind kind; /**< of a missing value */
};

struct clean_rule {
    struct condition *condition; /**< NULL: not of this stage */
    const char *format; /**< of its message, with a %s for the code: groups repeats */
    long rows;          /**< of an exclusion */
};

/** Why a row cannot be read. */
enum clean_break { BREAK_DAMAGED, BREAK_RAGGED, BREAK_HEADER, BREAK_FOOTER, BREAKS };

/** A table to read: a file, or a sheet of one. */
struct clean_input {
    const char *name;  /**< for outputs, relative to the data folder: "reviews.xlsx!Sheet1" */
    const char *path;  /**< of the file */
    const char *sheet; /**< or NULL */
};

/** Where everything that a stage has to say goes; see clean_ledger.h. */
struct clean_ledger;
/** What it takes to put the input back; see clean_replay.h. */
struct clean_replay;

/** Threads that read its rows; see clean_batch.h. */
struct clean_batches;

/** A source while it is read. */
struct clean_source {
    struct rk_run *run;
    const struct study *study;
    const struct study_source *source;
    struct rk_out *out;
    struct clean_ledger *ledger;
    struct clean_replay *replay;
    struct rk_arena *scratch; /**< emptied for each row */
    struct clean_column *columns;
    struct clean_counts *counts; /**< of each */
    size_t count;
    struct clean_cell *cells; /**< of the row in hand */
    struct clean_rule *exclusions, *checks;
    struct frame_writer *kept;
    enum part_reading reading; /**< which of its rows the part in hand reads */
    size_t owner;              /**< column that says whose they are, where that is asked */
    struct clean_batches *batches; /**< NULL: rows are read one after the other */
    /* the file in hand */
    struct clean_mended *mended; /**< rows that a person has put right */
    struct clean_cells *by_hand; /**< and single cells */
    const struct rk_csv_row *row; /**< in hand, as it stands */
    const struct clean_input *input;
    const char *path; /**< for messages */
    const char *name; /**< for outputs: relative to the data folder */
    bool typed;       /**< its cells have types: dates may be ISO whatever the study's formats */
    const struct rk_csv_row *ahead; /**< its first rows */
    size_t ahead_count;
    bool proving; /**< it is only looked through: what is said, the reading says */
    size_t line;
    size_t width; /**< cells of its header */
    /* counts */
    long read, kept_rows, mended_rows, mended_cells;
    long passed_over; /**< rows of other parts */
    long unknown; /**< cells without a code where that stops the run */
    long broken[BREAKS]; /**< rows that could not be read, by enum clean_break */
    rk_status worst;     /**< of all problems so far */
};

#endif
