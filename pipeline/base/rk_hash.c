// SPDX-License-Identifier: MIT
/* The one door to libsodium. */
#include "pipeline/base/rk_file.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdint.h>
#include <unistd.h>

enum { HASH_BYTES = 32, BLOCK = 64 * 1024 };

static void to_hex(const unsigned char hash[HASH_BYTES], char out[65])
{
    sodium_bin2hex(out, 2 * HASH_BYTES + 1, hash, HASH_BYTES);
}

void rk_hash_bytes(const void *data, size_t bytes, char out[65])
{
    unsigned char hash[HASH_BYTES];

    crypto_generichash(hash, sizeof hash, data, bytes, NULL, 0);
    to_hex(hash, out);
}

struct rk_hasher {
    crypto_generichash_state *state;
};

/* The library wants its state at an address it can divide by 64. */
struct rk_hasher *rk_hasher_new(struct rk_arena *arena)
{
    struct rk_hasher *hasher = RK_NEW(arena, struct rk_hasher);
    uintptr_t at = (uintptr_t)rk_arena_alloc(arena, sizeof *hasher->state + 64, 1);

    hasher->state = (void *)((at + 63) / 64 * 64);
    crypto_generichash_init(hasher->state, NULL, 0, HASH_BYTES);
    return hasher;
}

void rk_hasher_add(struct rk_hasher *hasher, const void *data, size_t bytes)
{
    crypto_generichash_update(hasher->state, data, bytes);
}

void rk_hasher_hex(const struct rk_hasher *hasher, char out[65])
{
    crypto_generichash_state state = *hasher->state;
    unsigned char hash[HASH_BYTES];

    crypto_generichash_final(&state, hash, sizeof hash);
    to_hex(hash, out);
}

void rk_hash_keyed(const unsigned char key[RK_KEY_BYTES], const void *data, size_t bytes,
                   char out[65])
{
    unsigned char hash[HASH_BYTES];

    crypto_generichash(hash, sizeof hash, data, bytes, key, RK_KEY_BYTES);
    to_hex(hash, out);
}

void rk_key_new(unsigned char key[RK_KEY_BYTES])
{
    randombytes_buf(key, RK_KEY_BYTES);
}

static rk_status hash_open_file(struct rk_diag *diag, const char *path, int file,
                                char out[65])
{
    unsigned char hash[HASH_BYTES], block[BLOCK];
    crypto_generichash_state state;
    ssize_t got;

    crypto_generichash_init(&state, NULL, 0, sizeof hash);
    while ((got = read(file, block, sizeof block)) != 0) {
        if (got > 0)
            crypto_generichash_update(&state, block, (unsigned long long)got);
        else if (errno != EINTR)
            return rk_file_fail(diag, path, "read");
    }
    crypto_generichash_final(&state, hash, sizeof hash);
    to_hex(hash, out);
    return RK_OK;
}

rk_status rk_hash_file(struct rk_diag *diag, const char *path, char out[65])
{
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    rk_status status;

    if (file < 0) return rk_file_fail(diag, path, "read");
    status = hash_open_file(diag, path, file, out);
    close(file);
    return status;
}
