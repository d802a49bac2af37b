// SPDX-License-Identifier: MIT
#ifndef FRAME_STORE_H
#define FRAME_STORE_H

#include "pipeline/contract/columns.h"
#include "pipeline/contract/frame.h"

/**
 * Frames from and to column files (columns.h). A frame of 20-people reads a column when
 * somebody asks for it and not before.
 */

/** Fills a frame from NAME.columns beside `path` (NAME.csv): false when there is none, when
 *  the CSV is not the one it was made of, or when it is not as the study says. Then nothing
 *  has changed and the CSV has to be read. `people`: of 20-people. */
bool frame_store_open(struct rk_run *run, const char *path, bool people,
                      struct frame *frame);
/** Reads a column of such a frame that has not been read yet; for the person of each record
 *  see frame_person. A file that has gone bad meanwhile ends the program (RK_WORLD). */
void frame_store_load(const struct frame *frame, struct frame_column *column);
int32_t *frame_store_person(const struct frame *frame, struct rk_arena *arena);
/** Where its columns go. */
struct rk_arena *frame_store_arena(const struct frame *frame);
/** Rows with an answer, rows that know their person, without reading them; -1 not known. */
long frame_store_present(const struct frame *frame, const struct frame_column *column);
long frame_store_linked(const struct frame *frame);

/** Rows of a frame to write. */
struct frame_store_rows {
    const struct frame *frame;
    const struct frame_column *const *columns;
    size_t width;
    const size_t *order; /**< NULL: all as they are */
    size_t count;
    const char *people; /**< of 20-people: hash of who the people are, else "" */
    bool linked;        /**< each has a person; of people's own rows, their place */
};
/** Writes them into an open file; `hash` is that of their CSV. */
void frame_store_write(struct rk_arena *arena, FILE *out, const struct frame_store_rows *rows,
                       const char *hash);
/** Makes NAME.columns of a frame that was read from `path`; a folder that cannot be written
 *  to stays as it is. */
void frame_store_renew(struct rk_run *run, const char *path, const struct frame *frame);

/** The hash of a CSV that its column file knows: false when there is none, or the CSV may have
 *  changed since and has to be hashed. */
bool frame_store_hash(struct rk_arena *arena, const char *path, char hex[65]);

/** How a type is stored. */
enum columns_kind frame_store_kind(enum column_type type);

#endif
