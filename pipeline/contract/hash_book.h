// SPDX-License-Identifier: MIT
#ifndef CONTRACT_HASH_BOOK_H
#define CONTRACT_HASH_BOOK_H

#include "pipeline/base/rk_run.h"

/**
 * Hashes of the files that a run has looked at, so that a file which one stage writes and
 * two read is hashed once. A file is hashed anew when it is another one, or its size or the
 * time of its last change has moved; nothing outlives the run, so a stage is still judged
 * by content.
 */
struct hash_book;

/** Lives as long as the arena. */
struct hash_book *hash_book_new(struct rk_arena *arena);
/** As rk_hash_file. */
rk_status hash_book_file(struct hash_book *book, struct rk_diag *diag, const char *path,
                         char hex[65]) RK_MUST_CHECK;

#endif
