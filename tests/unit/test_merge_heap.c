// SPDX-License-Identifier: MIT
#include "pipeline/merge/merge_heap.h"
#include "tests/support/check.h"

enum { PARTS = 9, ROWS = 50 };

static int rows[PARTS][ROWS];
static size_t at[PARTS];

static int compare(const void *context, size_t a, size_t b)
{
    (void)context;
    return (rows[a][at[a]] > rows[b][at[b]]) - (rows[a][at[a]] < rows[b][at[b]]);
}

static void rows_of_many_parts_come_in_order_and_equal_ones_by_part(void **state)
{
    size_t parts[PARTS], last_part = 0, count = 0;
    struct merge_heap heap = {.parts = parts, .compare = compare};
    unsigned seed = 1;
    int last = -1;

    (void)state;
    for (size_t part = 0; part < PARTS; part++)
        for (int row = 0; row < ROWS; row++)
            rows[part][row] = (row ? rows[part][row - 1] : 0) + (int)((seed = seed * 1103515245 + 12345) >> 16) % 3;
    for (size_t part = PARTS; part-- > 0;)
        merge_heap_add(&heap, part);
    for (; heap.count; count++) {
        size_t part = merge_heap_first(&heap);
        int row = rows[part][at[part]];

        CHECK(row > last || (row == last && part >= last_part));
        last = row;
        last_part = part;
        if (++at[part] == ROWS)
            merge_heap_drop(&heap);
        else
            merge_heap_sink(&heap);
    }
    CHECK_INT(count, PARTS * ROWS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_of_many_parts_come_in_order_and_equal_ones_by_part),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
