// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_run.h"
#include "pipeline/mask/mask_lp.h"
#include "pipeline/mask/mask_pattern.h"
#include "pipeline/mask/mask_release.h"
#include "tests/support/check.h"

#include <string.h>

enum { SIDE = 5 };

/** A run that has nothing but memory and messages. */
static struct rk_run bare_run(void)
{
    return (struct rk_run){.arena = rk_arena_new(), .diag = rk_diag_new("test")};
}

static void end_run(struct rk_run *run)
{
    rk_diag_free(run->diag);
    rk_arena_free(run->arena);
}

static const char *name_of(struct rk_run *run, const char *table, size_t row, size_t column)
{
    return rk_arena_printf(run->arena, "%s|%zu|%zu", table, row, column);
}

/** A table with margins as row and column `n` (the last): cells, quantities and sums. */
static void add_table(struct rk_run *run, struct results *results, const char *table,
                      const long *counts, size_t rows, size_t columns)
{
    long value[SIDE + 1][SIDE + 1] = {{0}};
    const char *parts[SIDE];

    for (size_t r = 0; r < rows; r++)
        for (size_t c = 0; c < columns; c++) {
            value[r][c] = counts[r * columns + c];
            value[r][columns] += value[r][c];
            value[rows][c] += value[r][c];
            value[rows][columns] += value[r][c];
        }
    for (size_t r = 0; r <= rows; r++)
        for (size_t c = 0; c <= columns; c++) {
            struct cell *cell =
                results_cell(results, table, rk_arena_printf(run->arena, "r%zu", r),
                             rk_arena_printf(run->arena, "c%zu", c), "count", UNIT_CLIENTS);
            cell->value = (double)value[r][c];
            cell->numerator = value[r][c];
            results_quantity(results, cell, name_of(run, table, r, c), value[r][c], false);
        }
    for (size_t r = 0; r <= rows; r++) {
        for (size_t c = 0; c < columns; c++)
            parts[c] = name_of(run, table, r, c);
        results_sum(results, name_of(run, table, r, columns), parts, columns);
    }
    for (size_t c = 0; c <= columns; c++) {
        for (size_t r = 0; r < rows; r++)
            parts[r] = name_of(run, table, r, c);
        results_sum(results, name_of(run, table, rows, c), parts, rows);
    }
}

static size_t find(const struct mask_problem *problem, const char *id)
{
    for (size_t i = 0; i < problem->count; i++)
        if (strcmp(problem->unknowns[i].id, id) == 0)
            return i;
    fail_msg("no quantity %s", id);
    return 0;
}

/** An attack of our own, without the pattern's component logic: bounds of one unknown with every
 *  hidden quantity of the problem as a member. */
static struct mask_range attack(struct mask_problem *problem, size_t unknown)
{
    size_t *members = RK_ARRAY(problem->arena, size_t, problem->count + 1), count = 0, at = 0;
    struct mask_range range;

    problem->scratch = problem->arena;
    for (size_t i = 0; i < problem->count; i++)
        if (mask_hidden(problem, i)) {
            if (i == unknown)
                at = count;
            members[count++] = i;
        }
    CHECK_OK(mask_lp_attack(problem, members, count, &at, 1, &range));
    return range;
}

static void an_attacker_solves_a_table_with_one_masked_cell(void **state)
{
    struct rk_run run = bare_run();
    struct results *results = results_new(run.arena);
    struct mask_problem *problem;
    static const long counts[] = {3, 20, 30, 40};

    (void)state;
    add_table(&run, results, "t", counts, 2, 2);
    CHECK_OK(mask_problem_make(&run, results, 5, &problem));
    size_t small = find(problem, "t|0|0");
    problem->unknowns[small].masked = MASK_PRIMARY;
    struct mask_range range = attack(problem, small);
    CHECK_NEAR(range.low, 3, 1e-6);
    CHECK_NEAR(range.high, 3, 1e-6);
    end_run(&run);
}

static void no_small_count_can_be_narrowed_below_the_threshold(void **state)
{
    /* Tables that plain pairing leaves open; the last is Table 4.1's shape in little. */
    static const struct {
        size_t rows, columns;
        long counts[SIDE * SIDE];
    } cases[] = {
        {2, 2, {3, 20, 30, 40}},
        {3, 3, {4, 4, 40, 30, 25, 18, 17, 22, 9}},
        {3, 3, {1, 30, 40, 50, 2, 60, 70, 80, 3}},
        {2, 5, {2, 20, 30, 40, 50, 25, 35, 45, 55, 65}},
        {5, 3, {1, 0, 1, 6, 5, 0, 12, 3, 5, 24, 2, 0, 360, 225, 69}},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct rk_run run = bare_run();
        struct results *results = results_new(run.arena);
        struct mask_problem *problem;
        struct mask_tally tally;
        add_table(&run, results, "t", cases[i].counts, cases[i].rows, cases[i].columns);
        CHECK_OK(mask_problem_make(&run, results, 5, &problem));
        CHECK_OK(mask_pattern(problem, &tally));
        for (size_t k = 0; k < problem->count; k++) {
            if (!mask_is_small(problem, k))
                continue;
            CHECK(problem->unknowns[k].masked != MASK_NO);
            struct mask_range range = attack(problem, k);
            CHECK(range.high - range.low >= 5 - 1e-6);
        }
        end_run(&run);
    }
}

static void tables_that_share_a_count_are_masked_together(void **state)
{
    struct rk_run run = bare_run();
    struct results *results = results_new(run.arena);
    struct mask_problem *problem;
    struct mask_tally tally;
    static const long counts[] = {2, 48, 30, 20};
    const char *parts[] = {"t|0|0", "other"};

    (void)state;
    add_table(&run, results, "t", counts, 2, 2);
    struct cell *total = results_cell(results, "u", "all", "all", "count", UNIT_CLIENTS);
    struct cell *other = results_cell(results, "u", "other", "all", "count", UNIT_CLIENTS);
    results_quantity(results, total, "u", 72, false);
    results_quantity(results, other, "other", 70, false);
    results_sum(results, "u", parts, 2);
    CHECK_OK(mask_problem_make(&run, results, 5, &problem));
    CHECK_OK(mask_pattern(problem, &tally));
    CHECK(problem->unknowns[find(problem, "u")].masked != MASK_NO ||
          problem->unknowns[find(problem, "other")].masked != MASK_NO);
    end_run(&run);
}

static void a_masked_cell_keeps_no_number(void **state)
{
    struct rk_run run = bare_run();
    struct results *results = results_new(run.arena);
    struct mask_problem *problem;
    struct mask_tally tally;
    static const long counts[] = {3, 20, 30, 40};

    (void)state;
    add_table(&run, results, "t", counts, 2, 2);
    struct cell *percent = results_cell(results, "t", "r0", "c0", "percent", UNIT_PERCENT);
    percent->value = 100.0 * 3 / 23;
    percent->low = 1;
    percent->high = 30;
    results_quantity(results, percent, "t|0|0", 3, false);
    CHECK_OK(mask_problem_make(&run, results, 5, &problem));
    CHECK_OK(mask_pattern(problem, &tally));
    CHECK(mask_apply(problem, results) >= 5);
    const struct cell *cell = results_find(results, "t.r0.c0.percent");
    CHECK(isnan(cell->value) && isnan(cell->low) && isnan(cell->high));
    CHECK_INT(cell->numerator, -1);
    CHECK_INT(cell->mark, MARK_MASKED);
    end_run(&run);
}

static void sums_that_do_not_add_up_stop_the_release(void **state)
{
    struct rk_run run = bare_run();
    struct results *results = results_new(run.arena);
    struct mask_problem *problem;
    const char *parts[] = {"a", "b"};

    (void)state;
    results_quantity(results, NULL, "a", 3, false);
    results_quantity(results, NULL, "b", 4, false);
    results_quantity(results, NULL, "total", 8, false);
    results_sum(results, "total", parts, 2);
    check_stderr_begin();
    CHECK_INT(mask_problem_make(&run, results, 5, &problem), RK_CHECK);
    CHECK_HAS(check_stderr_end(), "miss it by 1");
    end_run(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_attacker_solves_a_table_with_one_masked_cell),
        cmocka_unit_test(no_small_count_can_be_narrowed_below_the_threshold),
        cmocka_unit_test(tables_that_share_a_count_are_masked_together),
        cmocka_unit_test(a_masked_cell_keeps_no_number),
        cmocka_unit_test(sums_that_do_not_add_up_stop_the_release),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
