// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_number.h"
#include "pipeline/contract/columns.h"
#include "tests/support/check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 3 * COLUMNS_BLOCK + 17 };

static int64_t whole_at(size_t row)
{
    if (row % 7 == 0) return RK_NO_VALUE;
    if (row < COLUMNS_BLOCK) return (int64_t)(row % 200);
    if (row < 2 * COLUMNS_BLOCK) return 16000 + (int64_t)(row % 400);
    return row % 2 ? INT64_MAX : INT64_MIN + 1;
}

static const char *text_at(size_t row, char out[32])
{
    if (row % 5 == 0) return NULL;
    snprintf(out, 32, row % 3 ? "row %zu" : "", row);
    return out;
}

static const char *write_file(const char *folder, size_t rows)
{
    static const char *const codes[] = {"north", "south"};
    struct rk_arena *arena = rk_arena_new();
    const char *path = check_write(folder, "a.columns", "");
    FILE *out = fopen(path, "w");
    struct columns_writer *writer = columns_new(arena, out);
    char text[32];

    columns_add(writer, "whole", COLUMNS_WHOLE, 4);
    columns_add(writer, "number", COLUMNS_NUMBER, 5);
    columns_add(writer, "text", COLUMNS_TEXT, 6);
    columns_dictionary(writer, 0, codes, 2);
    for (size_t i = 0; i < rows; i++) {
        columns_whole(writer, 0, whole_at(i));
        columns_number(writer, 1, i % 2 ? (double)i / 3 : NAN);
        columns_text(writer, 2, text_at(i, text));
        columns_end(writer);
    }
    columns_finish(writer, "abc", "def");
    fclose(out);
    rk_arena_free(arena);
    return path;
}

static void a_block_is_read_alone(void **state)
{
    struct rk_arena *arena = rk_arena_new();
    struct columns *columns = columns_open(arena, write_file(check_folder(), ROWS));
    int64_t *whole = RK_ARRAY(arena, int64_t, COLUMNS_BLOCK);
    double *number = RK_ARRAY(arena, double, COLUMNS_BLOCK);
    const char **texts = RK_ARRAY(arena, const char *, COLUMNS_BLOCK);
    char text[32];

    (void)state;
    for (size_t block = 0; block < 4; block++) {
        CHECK(columns_block_whole(columns, 0, block, whole));
        CHECK(columns_block_number(columns, 1, block, number));
        CHECK(columns_block_text(columns, 2, block, arena, texts));
        for (size_t i = 0, row; (row = block * COLUMNS_BLOCK + i) < ROWS && i < COLUMNS_BLOCK; i++) {
            CHECK_INT(whole[i], whole_at(row));
            CHECK_NEAR(number[i], row % 2 ? (double)row / 3 : NAN, 0);
            CHECK_TEXT(texts[i], text_at(row, text));
        }
    }
    CHECK(!columns_block_text(columns, 0, 0, arena, texts));
    rk_arena_free(arena);
}

static void what_is_written_is_read_in_blocks_of_any_width(void **state)
{
    struct rk_arena *arena = rk_arena_new();
    struct columns *columns = columns_open(arena, write_file(check_folder(), ROWS));
    int64_t *whole = RK_ARRAY(arena, int64_t, ROWS);
    double *number = RK_ARRAY(arena, double, ROWS);
    const char **texts = RK_ARRAY(arena, const char *, ROWS);
    char text[32];
    size_t count;

    (void)state;
    CHECK(columns != NULL);
    CHECK_INT(columns_rows(columns), ROWS);
    CHECK_TEXT(columns_hash(columns), "abc");
    CHECK_TEXT(columns_other(columns), "def");
    CHECK_INT(columns_find(columns, "text"), 2);
    CHECK_INT(columns_find(columns, "none"), -1);
    CHECK_INT(columns_meaning(columns, 1), 5);
    CHECK_TEXT(columns_codes(columns, 0, &count)[1], "south");
    CHECK_INT(count, 2);
    CHECK_INT(columns_present(columns, 1), ROWS / 2);
    CHECK(columns_read_whole(columns, 0, whole));
    CHECK(columns_read_number(columns, 1, number));
    CHECK(columns_read_text(columns, 2, arena, texts));
    CHECK(!columns_read_whole(columns, 1, whole));
    for (size_t i = 0; i < ROWS; i++) {
        if (whole[i] != whole_at(i)) CHECK_INT(whole[i], whole_at(i));
        if (i % 2 ? number[i] != (double)i / 3 : !isnan(number[i]))
            CHECK_INT(i, -1);
        if (text_at(i, text) ? !texts[i] || strcmp(texts[i], text) != 0 : texts[i] != NULL)
            CHECK_TEXT(texts[i], text_at(i, text));
    }
    rk_arena_free(arena);
}

/* Days, codes, scores held as numbers, and halves. */
static const char *write_small(const char *folder)
{
    static const char *const codes[] = {"north", "south", "west"};
    struct rk_arena *arena = rk_arena_new();
    const char *path = check_write(folder, "b.columns", "");
    FILE *out = fopen(path, "w");
    struct columns_writer *writer = columns_new(arena, out);

    columns_add(writer, "day", COLUMNS_WHOLE, 0);
    columns_add(writer, "code", COLUMNS_WHOLE, 0);
    columns_add(writer, "score", COLUMNS_NUMBER, 0);
    columns_add(writer, "half", COLUMNS_NUMBER, 0);
    columns_dictionary(writer, 1, codes, 3);
    for (int64_t i = 0; i < ROWS; i++) {
        columns_whole(writer, 0, i % 7 ? i - 300 : RK_NO_VALUE);
        columns_whole(writer, 1, i % 3);
        columns_number(writer, 2, i % 5 ? (double)(i % 40) : NAN);
        columns_number(writer, 3, (double)i / 2);
        columns_end(writer);
    }
    columns_finish(writer, "abc", "");
    fclose(out);
    rk_arena_free(arena);
    return path;
}

static void whole_numbers_are_held_in_the_bytes_they_need(void **state)
{
    static const int64_t places[] = {2, 1000, 0};
    struct rk_arena *arena = rk_arena_new();
    struct columns *columns = columns_open(arena, write_small(check_folder()));
    double *score = RK_ARRAY(arena, double, ROWS);
    struct columns_narrow day, code, number, half;

    (void)state;
    CHECK(columns_read_narrow(columns, 0, arena, NULL, 0, &day));
    CHECK(columns_read_narrow(columns, 1, arena, places, 3, &code));
    CHECK(columns_read_narrow(columns, 2, arena, NULL, 0, &number));
    CHECK(columns_read_narrow(columns, 3, arena, NULL, 0, &half));
    CHECK(columns_read_number(columns, 2, score));
    CHECK_INT(day.width, 2);
    CHECK_INT(code.width, 2);
    CHECK_INT(number.width, 1);
    CHECK(!half.values);
    for (int64_t i = 0; i < ROWS; i++) {
        if (columns_narrow_at(&day, (size_t)i) != (i % 7 ? i - 300 : RK_NO_VALUE))
            CHECK_INT(columns_narrow_at(&day, (size_t)i), i - 300);
        if (columns_narrow_at(&code, (size_t)i) != places[i % 3])
            CHECK_INT(columns_narrow_at(&code, (size_t)i), places[i % 3]);
        if (columns_narrow_at(&number, (size_t)i) != (i % 5 ? i % 40 : RK_NO_VALUE))
            CHECK_INT(columns_narrow_at(&number, (size_t)i), i % 40);
        if (i % 5 ? score[i] != (double)(i % 40) : !isnan(score[i])) CHECK_INT(i, -1);
    }
    CHECK(!columns_read_narrow(columns, 1, arena, places, 2, &code));
    rk_arena_free(arena);
}

static void a_file_of_no_rows_is_a_file(void **state)
{
    struct rk_arena *arena = rk_arena_new();
    struct columns *columns = columns_open(arena, write_file(check_folder(), 0));

    (void)state;
    CHECK(columns != NULL);
    CHECK_INT(columns_rows(columns), 0);
    rk_arena_free(arena);
}

/* Cut anywhere, or with any byte of its directory changed, it is no column file. */
static void a_damaged_file_is_refused_and_never_read_beyond_its_end(void **state)
{
    const char *folder = check_folder(), *path = write_file(folder, 100);
    struct rk_arena *arena = rk_arena_new();
    FILE *file = fopen(path, "rb");
    char *bytes = malloc(1 << 16);
    size_t size = fread(bytes, 1, 1 << 16, file);

    (void)state;
    fclose(file);
    for (size_t cut = 0; cut < size; cut += 41)
        CHECK(!columns_open(arena, check_write_n(folder, "cut.columns", bytes, cut)));
    for (size_t back = 1; back < 400; back += 7) {
        struct columns *columns;
        const char *texts[100];

        bytes[size - back] ^= 0x15;
        columns = columns_open(arena, check_write_n(folder, "odd.columns", bytes, size));
        bytes[size - back] ^= 0x15;
        if (columns) columns_read_text(columns, 2, arena, texts); /* never beyond its end */
    }
    bytes[3] ^= 1;
    {
        struct columns *columns =
            columns_open(arena, check_write_n(folder, "odd.columns", bytes, size));
        int64_t whole[100];

        CHECK(columns && !columns_read_whole(columns, 0, whole));
    }
    free(bytes);
    rk_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read_in_blocks_of_any_width),
        cmocka_unit_test(a_block_is_read_alone),
        cmocka_unit_test(whole_numbers_are_held_in_the_bytes_they_need),
        cmocka_unit_test(a_file_of_no_rows_is_a_file),
        cmocka_unit_test(a_damaged_file_is_refused_and_never_read_beyond_its_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
