// SPDX-License-Identifier: MIT
#ifndef FRAME_WRITER_H
#define FRAME_WRITER_H

#include "pipeline/base/rk_out.h"
#include "pipeline/contract/frame.h"

/**
 * Rows of 10-clean and 20-people, to NAME.csv and NAME.columns at once. Rows are gathered in
 * blocks, and where a second thread is allowed (rk_run.threads) it writes a block while the
 * next is filled. What is written is the same with any number of threads.
 */
struct frame_writer;

/** A block's values of one column; one of the three, as its type is stored. */
struct frame_block_column {
    int64_t *whole;
    double *number;
    const char **text;
};

struct frame_writer_options {
    struct rk_out *out;
    const char *name;                          /**< of the files, without an ending */
    const struct study_column *const *columns; /**< behind file_line */
    size_t count;
    const char *people; /**< of 20-people: hash of who the people are, else NULL */
    bool linked;        /**< each row has a person */
    const int64_t *places; /**< where people stand in their file, or -1; NULL: as in memory */
};

rk_status frame_writer_open(struct rk_run *run, const struct frame_writer_options *options,
                            struct frame_writer **out) RK_MUST_CHECK;
/** Where the values of the next row go; `row` is its place in the block. */
struct frame_block_column *frame_writer_row(struct frame_writer *writer, size_t *row);
/** A copy of a text that lives as long as the block. */
const char *frame_writer_keep(struct frame_writer *writer, const char *text);
/** "reviews.csv:214", which lives as long. */
const char *frame_writer_place(struct frame_writer *writer, const char *file,
                               const char *line);
/** Ends the row; `file_line` must live until the block is written, see frame_writer_keep. */
void frame_writer_end(struct frame_writer *writer, const char *file_line, int64_t person);
/** Writes rows of a frame in a given order; columns of the same names. */
void frame_writer_frame(struct frame_writer *writer, const struct frame *frame,
                        const size_t *order, size_t rows);
/** Writes what is left and closes both files. Must be called once. */
rk_status frame_writer_close(struct frame_writer *writer) RK_MUST_CHECK;

#endif
