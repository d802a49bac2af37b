// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_arena.h"
#include "tests/support/check.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void memory_is_zeroed_aligned_and_apart(void **state)
{
    struct rk_arena *arena = rk_arena_new();
    char *last = NULL;

    (void)state;
    for (size_t bytes = 0; bytes < 3000; bytes += 7) {
        char *one = rk_arena_alloc(arena, bytes, 1);

        CHECK_INT((uintptr_t)one % _Alignof(max_align_t), 0);
        CHECK(one != last);
        for (size_t i = 0; i < bytes; i++)
            CHECK_INT(one[i], 0);
        memset(one, 0xaa, bytes);
        last = one;
    }
    rk_arena_free(arena);
}

static void a_reset_arena_gives_zeroed_memory_again(void **state)
{
    struct rk_arena *arena = rk_arena_new();

    (void)state;
    for (int round = 0; round < 50; round++) {
        for (int i = 0; i < 40; i++) {
            char *one = rk_arena_alloc(arena, 1000, 1);

            CHECK(one[0] == 0 && one[999] == 0);
            memset(one, 0x55, 1000);
        }
        rk_arena_reset(arena);
    }
    rk_arena_free(arena);
}

static void objects_larger_than_a_chunk_are_whole(void **state)
{
    struct rk_arena *arena = rk_arena_new();
    char *small = rk_arena_copy(arena, "small");
    char *large = rk_arena_alloc(arena, 3, 1024 * 1024);
    char *after = rk_arena_copy(arena, "after");

    (void)state;
    memset(large, 1, 3 * 1024 * 1024);
    CHECK_TEXT(small, "small");
    CHECK_TEXT(after, "after");
    rk_arena_reset(arena);
    CHECK_TEXT(rk_arena_copy(arena, "again"), "again");
    rk_arena_free(arena);
}

static void growing_keeps_the_old_and_zeroes_the_new(void **state)
{
    struct rk_arena *arena = rk_arena_new();
    long *numbers = NULL;
    size_t count = 0, cap = 0;

    (void)state;
    for (long i = 0; i < 1000; i++) {
        RK_ROOM(arena, numbers, count, cap);
        CHECK_INT(numbers[count], 0);
        numbers[count++] = i;
    }
    for (long i = 0; i < 1000; i++)
        CHECK_INT(numbers[i], i);
    rk_arena_free(arena);
}

static void printf_takes_texts_of_any_length(void **state)
{
    struct rk_arena *arena = rk_arena_new();
    char *long_text = rk_arena_alloc(arena, 5001, 1);

    (void)state;
    memset(long_text, 'x', 5000);
    CHECK_TEXT(rk_arena_printf(arena, "%d-%s", 7, "b"), "7-b");
    CHECK_TEXT(rk_arena_printf(arena, "%s", ""), "");
    CHECK_INT(strlen(rk_arena_printf(arena, "<%s>", long_text)), 5002);
    CHECK_TEXT(rk_arena_copy_n(arena, "abcdef", 3), "abc");
    rk_arena_free(arena);
}

/* Exit status and message of a child that asks for more than there is. */
static int ask_too_much(size_t count, size_t size, char *said, size_t room)
{
    int ends[2], status;
    ssize_t bytes;
    pid_t child;

    CHECK_INT(pipe(ends), 0);
    child = fork();
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        rk_arena_alloc(rk_arena_new(), count, size);
        check_exit(0);
    }
    close(ends[1]);
    bytes = read(ends[0], said, room - 1);
    said[bytes > 0 ? bytes : 0] = '\0';
    close(ends[0]);
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void a_size_that_overflows_ends_the_program_with_a_message(void **state)
{
    char said[256];

    (void)state;
    CHECK_INT(ask_too_much(SIZE_MAX / 2, 3, said, sizeof said), RK_WORLD);
    CHECK_HAS(said, "out of memory");
    CHECK_INT(ask_too_much(SIZE_MAX, 1, said, sizeof said), RK_WORLD);
    CHECK_HAS(said, "out of memory");
}

static void a_map_keeps_the_order_of_addition(void **state)
{
    struct rk_arena *arena = rk_arena_new();
    struct rk_map *map = rk_map_new(arena);
    char key[32];

    (void)state;
    CHECK_INT(rk_map_find(map, "key 0"), -1);
    for (int i = 0; i < 5000; i++) {
        snprintf(key, sizeof key, "key %d", i * 7919 % 5000);
        CHECK_INT(rk_map_add(map, key), i);
    }
    for (int i = 0; i < 5000; i++) {
        snprintf(key, sizeof key, "key %d", i * 7919 % 5000);
        CHECK_INT(rk_map_add(map, key), i);
        CHECK_INT(rk_map_find(map, key), i);
        CHECK_TEXT(rk_map_key(map, (size_t)i), key);
    }
    CHECK_INT(rk_map_count(map), 5000);
    CHECK_INT(rk_map_find(map, ""), -1);
    CHECK_INT(rk_map_add(map, ""), 5000);
    CHECK_INT(rk_map_find(map, ""), 5000);
    rk_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_zeroed_aligned_and_apart),
        cmocka_unit_test(a_reset_arena_gives_zeroed_memory_again),
        cmocka_unit_test(objects_larger_than_a_chunk_are_whole),
        cmocka_unit_test(growing_keeps_the_old_and_zeroes_the_new),
        cmocka_unit_test(printf_takes_texts_of_any_length),
        cmocka_unit_test(a_size_that_overflows_ends_the_program_with_a_message),
        cmocka_unit_test(a_map_keeps_the_order_of_addition),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
