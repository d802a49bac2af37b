// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_file.h"
#include "tests/support/check.h"

#include <string.h>

static void a_file_is_read_whole_with_its_nul_bytes(void **state)
{
    struct rk_arena *arena = rk_arena_new();
    struct rk_diag *diag = rk_diag_new("test");
    const char *folder = check_folder();
    size_t bytes = 9;
    char *text;

    (void)state;
    CHECK_OK(
        rk_file_read(arena, diag, check_write_n(folder, "a", "a\0b", 3), &text, &bytes));
    CHECK_INT(bytes, 3);
    CHECK(memcmp(text, "a\0b", 4) == 0);
    CHECK_OK(rk_file_read(arena, diag, check_write(folder, "b", ""), &text, &bytes));
    CHECK_INT(bytes, 0);
    CHECK_TEXT(text, "");
    /* a size that fstat does not know: the loop has to grow */
    CHECK_OK(rk_file_read(arena, diag, "/proc/self/maps", &text, &bytes));
    CHECK_INT(strlen(text), bytes);
    rk_diag_free(diag);
    rk_arena_free(arena);
}

static void what_cannot_be_read_is_said_once(void **state)
{
    struct rk_arena *arena = rk_arena_new();
    struct rk_diag *diag = rk_diag_new("test");
    const char *folder = check_folder();
    const char *said;
    char hash[65];
    size_t bytes;
    char *text;

    (void)state;
    check_stderr_begin();
    CHECK_INT(rk_file_read(arena, diag, folder, &text, &bytes), RK_WORLD);
    said = check_stderr_end();
    CHECK_HAS(said, "is a folder");
    check_stderr_begin();
    CHECK_INT(rk_file_read(arena, diag, "/no/such/file", &text, &bytes), RK_WORLD);
    CHECK_INT(rk_hash_file(diag, "/no/such/file", hash), RK_WORLD);
    said = check_stderr_end();
    CHECK_TEXT(said, "test: /no/such/file: cannot read: No such file or directory\n"
                     "test: /no/such/file: cannot read: No such file or directory\n");
    rk_diag_free(diag);
    rk_arena_free(arena);
}

/* Checked against: b2sum -l 256 (GNU coreutils 9.1). */
static void hashes_are_blake2b_of_256_bits(void **state)
{
    static const char of_abc[] =
        "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319";
    static const char of_nothing[] =
        "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8";
    struct rk_diag *diag = rk_diag_new("test");
    const char *folder = check_folder();
    char hash[65];

    (void)state;
    rk_hash_bytes("abc", 3, hash);
    CHECK_TEXT(hash, of_abc);
    rk_hash_bytes("", 0, hash);
    CHECK_TEXT(hash, of_nothing);
    CHECK_OK(rk_hash_file(diag, check_write(folder, "abc", "abc"), hash));
    CHECK_TEXT(hash, of_abc);
    rk_diag_free(diag);
}

static void a_keyed_hash_depends_on_the_key(void **state)
{
    unsigned char key[RK_KEY_BYTES] = {0}, other[RK_KEY_BYTES];
    char one[65], two[65];

    (void)state;
    rk_key_new(other);
    CHECK(memcmp(key, other, sizeof key) != 0);
    rk_hash_keyed(key, "abc", 3, one);
    rk_hash_keyed(key, "abc", 3, two);
    CHECK_TEXT(one, two);
    rk_hash_keyed(other, "abc", 3, two);
    CHECK(strcmp(one, two) != 0);
    rk_hash_bytes("abc", 3, two);
    CHECK(strcmp(one, two) != 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_read_whole_with_its_nul_bytes),
        cmocka_unit_test(what_cannot_be_read_is_said_once),
        cmocka_unit_test(hashes_are_blake2b_of_256_bits),
        cmocka_unit_test(a_keyed_hash_depends_on_the_key),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
