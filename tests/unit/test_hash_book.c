// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_file.h"
#include "pipeline/contract/hash_book.h"
#include "tests/support/check.h"

#include <stdio.h>
#include <string.h>

static void a_file_has_the_hash_of_what_it_holds_now(void **state)
{
    struct rk_arena *arena = rk_arena_new();
    struct rk_diag *diag = rk_diag_new(NULL);
    struct hash_book *book = hash_book_new(arena);
    const char *folder = check_folder(), *path = check_write(folder, "cells.csv", "one");
    char first[65], again[65], grown[65], known[65];

    (void)state;
    CHECK_OK(hash_book_file(book, diag, path, first));
    CHECK_OK(hash_book_file(book, diag, path, again));
    CHECK_TEXT(again, first);
    check_write(folder, "cells.csv", "one and two");
    CHECK_OK(hash_book_file(book, diag, path, grown));
    CHECK_OK(rk_hash_file(diag, path, known));
    CHECK_TEXT(grown, known);
    CHECK(strcmp(grown, first) != 0);
    remove(path);
    CHECK_INT(hash_book_file(book, diag, path, again), RK_WORLD);
    rk_diag_free(diag);
    rk_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_has_the_hash_of_what_it_holds_now),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
