// SPDX-License-Identifier: MIT
#ifndef RK_FILE_H
#define RK_FILE_H

#include "pipeline/base/rk_arena.h"
#include "pipeline/base/rk_diag.h"

#include <stddef.h>

/** Whole file into the arena (plus a NUL that is not counted). RK_WORLD with a message when
 * it cannot be read, is a folder, or is larger than 256 MiB. */
rk_status rk_file_read(struct rk_arena *arena, struct rk_diag *diag, const char *path,
                       char **out, size_t *bytes) RK_MUST_CHECK;
/** Says why a call on `path` failed: `what` is "read", "write", ...;
 * takes errno. RK_WORLD. */
rk_status rk_file_fail(struct rk_diag *diag, const char *path, const char *what);

/** Hex of a 256-bit BLAKE2b hash; `out` holds 65 bytes. */
void rk_hash_bytes(const void *data, size_t bytes, char out[65]);
rk_status rk_hash_file(struct rk_diag *diag, const char *path, char out[65]) RK_MUST_CHECK;

/** The same hash of what comes piece by piece. */
struct rk_hasher;
struct rk_hasher *rk_hasher_new(struct rk_arena *arena);
void rk_hasher_add(struct rk_hasher *hasher, const void *data, size_t bytes);
/** The hash of all so far; more may follow. */
void rk_hasher_hex(const struct rk_hasher *hasher, char out[65]);

enum { RK_KEY_BYTES = 32 };
/** The same hash under a secret key: who lacks the key can neither make nor undo it. */
void rk_hash_keyed(const unsigned char key[RK_KEY_BYTES], const void *data, size_t bytes,
                   char out[65]);
/** A fresh secret key from the system. The one random value of the project; it never enters
 * an output. */
void rk_key_new(unsigned char key[RK_KEY_BYTES]);

#endif
