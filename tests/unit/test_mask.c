// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_run.h"
#include "pipeline/mask/mask_earlier.h"
#include "pipeline/mask/mask_lp.h"
#include "pipeline/mask/mask_pattern.h"
#include "pipeline/mask/mask_release.h"
#include "pipeline/mask/mask_round.h"
#include "pipeline/mask/mask_select.h"
#include "tests/support/check.h"

#include <stdlib.h>
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
    size_t intervals;
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
    CHECK(mask_apply(problem, results, &intervals) >= 5);
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

/* ---- intervals ---- */

/** Four flows of a group, the shares at both points, and the change between these. */
struct group {
    long gained, lost, yes, no;
};
enum { FLOWS = 4 };
static const char *const flow_names[FLOWS] = {"gained", "lost", "yes", "no"};

static const char *group_name(struct rk_run *run, const char *group, const char *what)
{
    return rk_arena_printf(run->arena, "%s|%s", group, what);
}

static void add_count(struct rk_run *run, struct results *results, const char *group,
                      const char *what, long value)
{
    struct cell *cell = results_cell(results, "change", group, what, "count", UNIT_CLIENTS);

    cell->value = (double)value;
    cell->numerator = value;
    results_quantity(results, cell, group_name(run, group, what), value, false);
}

static void add_group(struct rk_run *run, struct results *results, const char *group,
                      struct group g)
{
    const long flow[FLOWS] = {g.gained, g.lost, g.yes, g.no};
    const char *first[] = {group_name(run, group, "yes"), group_name(run, group, "lost")};
    const char *last[] = {group_name(run, group, "yes"), group_name(run, group, "gained")};
    const char *all[FLOWS];

    add_count(run, results, group, "first", g.yes + g.lost);
    add_count(run, results, group, "last", g.yes + g.gained);
    add_count(run, results, group, "base", g.yes + g.lost + g.gained + g.no);
    struct cell *points = results_cell(results, "change", group, "change", "points", UNIT_POINTS);
    points->value = 1;
    points->low = -1;
    points->high = 3;
    points->level = 0.95;
    results_quantity(results, points, group_name(run, group, "first"), g.yes + g.lost, false);
    results_quantity(results, points, group_name(run, group, "last"), g.yes + g.gained, false);
    for (size_t i = 0; i < FLOWS; i++) {
        all[i] = group_name(run, group, flow_names[i]);
        results_quantity_interval(results, points, all[i], flow[i], false);
    }
    results_sum(results, group_name(run, group, "first"), first, 2);
    results_sum(results, group_name(run, group, "last"), last, 2);
    results_sum(results, group_name(run, group, "base"), all, FLOWS);
}

static void add_groups(struct rk_run *run, struct results *results, const struct group *groups,
                       size_t count)
{
    static const char *const whats[] = {"gained", "lost", "yes", "no", "first", "last", "base"};
    struct group sum = {0, 0, 0, 0};
    const char **parts = RK_ARRAY(run->arena, const char *, count);

    for (size_t i = 0; i < count; i++) {
        add_group(run, results, rk_arena_printf(run->arena, "g%zu", i), groups[i]);
        sum.gained += groups[i].gained;
        sum.lost += groups[i].lost;
        sum.yes += groups[i].yes;
        sum.no += groups[i].no;
    }
    add_group(run, results, "all", sum);
    for (size_t k = 0; k < sizeof whats / sizeof *whats; k++) {
        for (size_t i = 0; i < count; i++)
            parts[i] = group_name(run, rk_arena_printf(run->arena, "g%zu", i), whats[k]);
        results_sum(results, group_name(run, "all", whats[k]), parts, count);
    }
}

static void an_interval_is_masked_and_its_value_stays(void **state)
{
    struct rk_run run = bare_run();
    struct results *results = results_new(run.arena);
    struct mask_problem *problem;
    struct mask_tally tally;
    size_t intervals;
    /* As in the sample: the zero is known from the interval alone, so it need not stay known. */
    static const struct group groups[] = {{28, 9, 58, 90}, {20, 10, 28, 48}, {4, 0, 5, 10}};

    (void)state;
    add_groups(&run, results, groups, 3);
    CHECK_OK(mask_problem_make(&run, results, 5, &problem));
    CHECK_OK(mask_pattern(problem, &tally));
    CHECK_INT(mask_apply(problem, results, &intervals), 0);
    CHECK_INT(intervals, 2);
    const struct cell *small = results_find(results, "change.g2.change.points");
    CHECK_INT(small->mark, MARK_INTERVAL);
    CHECK_NEAR(small->value, 1, 0);
    CHECK(isnan(small->low) && isnan(small->high) && isnan(small->level));
    const struct cell *all = results_find(results, "change.all.change.points");
    CHECK_INT(all->mark, MARK_NONE);
    CHECK_NEAR(all->low, -1, 0);
    end_run(&run);
}

/* ---- what the study releases ---- */

static struct results *select_from(struct rk_run *run, struct results *results,
                                   const struct study_result *asked, size_t count)
{
    struct study study = {.results = RK_ARRAY(run->arena, struct study_result, count + 1),
                          .result_count = count};
    struct results *selected;

    for (size_t i = 0; i < count; i++)
        study.results[i] = asked[i];
    CHECK_OK(mask_select(run, &study, results, &selected));
    return selected;
}

static void only_released_columns_are_published(void **state)
{
    struct rk_run run = bare_run();
    struct results *results = results_new(run.arena), *selected;
    struct mask_problem *problem;
    struct mask_tally tally;
    static const long counts[] = {3, 20, 30, 40};
    const char *columns[] = {"c1"};
    const struct study_result asked[] = {{.name = "t",
                                          .release = RELEASE_COLUMNS,
                                          .released = columns,
                                          .released_count = 1},
                                         {.name = "u", .release = RELEASE_NONE}};

    (void)state;
    add_table(&run, results, "t", counts, 2, 2);
    add_table(&run, results, "u", counts, 2, 2);
    selected = select_from(&run, results, asked, 2);
    CHECK_INT(selected->cell_count, 3);
    CHECK_INT(selected->link_count, 3);
    CHECK(results_find(selected, "t.r0.c1.count") != NULL);
    CHECK(results_find(selected, "t.r0.c0.count") == NULL);
    CHECK_OK(mask_problem_make(&run, selected, 5, &problem));
    CHECK_OK(mask_pattern(problem, &tally));
    CHECK_INT(tally.small, 0);
    CHECK_INT(tally.further, 0);
    end_run(&run);
}

static void only_bases_of_released_cells_are_published(void **state)
{
    struct rk_run run = bare_run();
    struct results *results = results_new(run.arena), *selected;
    struct mask_problem *problem;
    struct mask_tally tally;
    size_t intervals;
    const struct study_result asked[] = {{.name = "u", .release = RELEASE_NONE}};

    (void)state;
    results_base(results, "read", "records", 900, "rows read", "", "");
    results_base(results, "people", "clients", 800, "clients", "read", "kept");
    results_base(results, "others", "clients", 70, "others", "read", "kept");
    results_quantity(results, NULL, "read", 900, false);
    struct cell *t = results_cell(results, "t", "a", "all", "percent", UNIT_PERCENT);
    t->base_id = "people";
    t->base = 800;
    results_quantity(results, t, "people", 800, false);
    struct cell *u = results_cell(results, "u", "a", "all", "percent", UNIT_PERCENT);
    u->base_id = "others";
    u->base = 70;
    results_quantity(results, u, "others", 70, false);
    selected = select_from(&run, results, asked, 1);
    CHECK_INT(selected->base_count, 2);
    CHECK_OK(mask_problem_make(&run, selected, 5, &problem));
    CHECK_OK(mask_pattern(problem, &tally));
    CHECK_INT(mask_apply(problem, selected, &intervals), 0);
    CHECK_INT(results_find_base(selected, "people")->n, 800);
    CHECK_INT(results_find_base(selected, "read")->n, -1);
    end_run(&run);
}

static void a_column_that_a_result_has_not_cannot_be_released(void **state)
{
    struct rk_run run = bare_run();
    struct results *results = results_new(run.arena), *selected;
    static const long counts[] = {3, 20, 30, 40};
    const char *columns[] = {"c3"};
    struct study_result asked = {.name = "t",
                                 .release = RELEASE_COLUMNS,
                                 .released = columns,
                                 .released_count = 1};
    struct study study = {.results = &asked, .result_count = 1};

    (void)state;
    add_table(&run, results, "t", counts, 2, 2);
    check_stderr_begin();
    CHECK_INT(mask_select(&run, &study, results, &selected), RK_STUDY);
    CHECK_HAS(check_stderr_end(), "no column \"c3\"");
    end_run(&run);
}

static void a_masked_row_stands_behind_the_ranked_ones(void **state)
{
    struct rk_run run = bare_run();
    struct results *results = results_new(run.arena);
    struct study_result asked = {.name = "t", .order_by_count = true};
    struct study study = {.results = &asked, .result_count = 1};
    static const char *const rows[] = {"large", "hidden", "middle"};

    (void)state;
    for (long i = 0; i < 3; i++) {
        struct cell *cell = results_cell(results, "t", rows[i], "all", "count", UNIT_CLIENTS);
        cell->row_order = i + 1;
        cell->mark = i == 1 ? MARK_MASKED : MARK_NONE;
    }
    mask_order(&study, results);
    CHECK_INT(results->cells[0].row_order, 1);
    CHECK_INT(results->cells[2].row_order, 3);
    CHECK(results->cells[1].row_order > 3);
    end_run(&run);
}

/* ---- many studies ---- */

/** The same numbers on every machine: a linear congruence, upper bits. */
static long draw(unsigned long long *seed, long below)
{
    *seed = *seed * 6364136223846793005ULL + 1442695040888963407ULL;
    return (long)(*seed >> 33) % below;
}

/** Mostly small, sometimes large, as real tables are. */
static long draw_count(unsigned long long *seed)
{
    switch (draw(seed, 4)) {
    case 0:
        return draw(seed, 5);
    case 1:
        return draw(seed, 12);
    default:
        return draw(seed, 60);
    }
}

/** Two tables over the same rows, groups that change, and, of some studies, no column. */
static struct results *random_study(struct rk_run *run, unsigned long long *seed)
{
    struct results *results = results_new(run->arena);
    long first[SIDE * SIDE], second[SIDE * 2];
    struct group groups[3];
    size_t rows = 2 + (size_t)draw(seed, 3), columns = 2 + (size_t)draw(seed, 3);

    for (size_t r = 0; r < rows; r++) {
        long sum = 0;
        for (size_t c = 0; c < columns; c++)
            sum += first[r * columns + c] = draw_count(seed);
        second[2 * r] = sum ? draw(seed, sum + 1) : 0;
        second[2 * r + 1] = sum - second[2 * r];
    }
    add_table(run, results, "a", first, rows, columns);
    add_table(run, results, "b", second, rows, 2);
    for (size_t r = 0; r <= rows; r++) {
        const char *same[] = {name_of(run, "b", r, 2)};
        results_sum(results, name_of(run, "a", r, columns), same, 1);
    }
    for (size_t i = 0; i < 3; i++)
        groups[i] = (struct group){draw_count(seed), draw_count(seed), draw_count(seed),
                                   draw_count(seed)};
    add_groups(run, results, groups, 3);
    return results;
}

/** What a reader of the released cells knows; everything else he does not. */
static void forget_all_but_the_release(struct mask_problem *problem,
                                       const struct results *released)
{
    for (size_t i = 0; i < problem->count; i++) {
        problem->unknowns[i].published = true;
        problem->unknowns[i].masked = MASK_PRIMARY;
    }
    for (size_t i = 0; i < released->link_count; i++) {
        const struct cell_link *link = &released->links[i];
        const struct cell *cell = results_find(released, link->cell);
        bool told = link->part == LINK_VALUE ? cell->mark != MARK_MASKED : !isnan(cell->low);
        if (told)
            problem->unknowns[find(problem, link->quantity)].masked = MASK_NO;
    }
}

static void of_a_hundred_random_studies_no_small_count_is_narrowed(void **state)
{
    unsigned long long seed = 20150313;
    size_t small = 0, intervals, masked = 0;

    (void)state;
    for (int i = 0; i < 100; i++) {
        struct rk_run run = bare_run();
        struct results *all = random_study(&run, &seed), *results;
        const char *columns[] = {"c0", "c1", "c2"};
        const struct study_result asked[] = {
            {.name = i % 2 ? "a" : "none",
             .release = i % 4 == 1 ? RELEASE_NONE : RELEASE_COLUMNS,
             .released = columns,
             .released_count = 2},
        };
        struct mask_problem *problem, *attacked;
        struct mask_tally tally;

        results = select_from(&run, all, asked, 1);
        CHECK_OK(mask_problem_make(&run, results, 5, &problem));
        CHECK_OK(mask_problem_make(&run, results, 5, &attacked));
        CHECK_OK(mask_pattern(problem, &tally));
        masked += mask_apply(problem, results, &intervals);
        bool *is_small = RK_ARRAY(run.arena, bool, problem->count + 1);
        for (size_t k = 0; k < problem->count; k++)
            is_small[k] = mask_is_small(attacked, k);
        forget_all_but_the_release(attacked, results);
        for (size_t k = 0; k < problem->count; k++) {
            if (!is_small[k])
                continue;
            CHECK(attacked->unknowns[k].masked != MASK_NO);
            struct mask_range range = attack(attacked, k);
            CHECK(range.high - range.low >= 5 - 1e-6);
            small++;
        }
        end_run(&run);
    }
    CHECK(small > 500);
    CHECK(masked > small);
}

static void the_pattern_is_the_same_every_time(void **state)
{
    struct mask_tally tallies[2];

    (void)state;
    for (int i = 0; i < 2; i++) {
        unsigned long long seed = 7;
        struct rk_run run = bare_run();
        struct mask_problem *problem;
        CHECK_OK(mask_problem_make(&run, random_study(&run, &seed), 5, &problem));
        CHECK_OK(mask_pattern(problem, &tallies[i]));
        end_run(&run);
    }
    CHECK_INT(tallies[0].further, tallies[1].further);
    CHECK_INT(tallies[0].programmes, tallies[1].programmes);
}

static void what_no_one_needs_is_not_masked(void **state)
{
    struct rk_run run = bare_run();
    struct results *results = results_new(run.arena);
    struct mask_problem *problem;
    struct mask_tally tally;
    static const long counts[] = {3, 20, 30, 40};

    (void)state;
    add_table(&run, results, "t", counts, 2, 2);
    CHECK_OK(mask_problem_make(&run, results, 5, &problem));
    CHECK_OK(mask_pattern(problem, &tally));
    CHECK_INT(tally.small, 1);
    CHECK_INT(tally.further, 3); /* the fewest there are: a row and a column each need another */
    CHECK_INT(problem->unknowns[find(problem, "t|2|2")].masked, MASK_NO);
    end_run(&run);
}

/* Nine and eight are released, the one that is left is not, and follows all the same. */
static void a_small_count_that_follows_from_released_ones_is_protected(void **state)
{
    struct rk_run run = bare_run();
    struct results *results = results_new(run.arena);
    struct mask_problem *problem;
    struct mask_tally tally;
    const char *parts[] = {"yes", "no"};

    (void)state;
    struct cell *all = results_cell(results, "t", "r", "all", "count", UNIT_RECORDS);
    struct cell *yes = results_cell(results, "t", "r", "yes", "count", UNIT_RECORDS);
    results_quantity(results, all, "all", 9, false);
    results_quantity(results, yes, "yes", 8, false);
    results_quantity(results, NULL, "no", 1, false);
    results_sum(results, "all", parts, 2);
    CHECK_OK(mask_problem_make(&run, results, 5, &problem));
    CHECK_OK(mask_pattern(problem, &tally));
    CHECK(problem->unknowns[find(problem, "all")].masked != MASK_NO ||
          problem->unknowns[find(problem, "yes")].masked != MASK_NO);
    end_run(&run);
}

/* Nobody prints how many left: of six, five at most have moved and five at most have left, so one
 * to five have left. With `open` the totals are published as they are, and nothing can be done. */
static enum mask_reason reason_for_unprinted(bool open)
{
    struct rk_run run = bare_run();
    struct results *results = results_new(run.arena);
    struct mask_problem *problem;
    struct mask_tally tally;
    enum mask_reason reason;
    static const struct {
        const char *row, *total, *parts[2];
        long n, counts[2];
    } printed[] = {{"a", "gone", {"left", "moved"}, 6, {2, 4}},
                   {"b", "early", {"left", "stayed"}, 5, {2, 3}},
                   {"c", "far", {"moved", "near"}, 5, {4, 1}}};

    for (size_t i = 0; i < 3; i++) {
        results_quantity(results,
                         results_cell(results, "t", printed[i].row, "all", "count", UNIT_CLIENTS),
                         printed[i].total, printed[i].n, open);
        for (size_t k = 0; k < 2; k++)
            results_quantity(results, NULL, printed[i].parts[k], printed[i].counts[k], false);
        results_sum(results, printed[i].total, (const char *const *)printed[i].parts, 2);
    }
    CHECK_OK(mask_problem_make(&run, results, 5, &problem));
    CHECK(!mask_is_small(problem, find(problem, "left")));
    CHECK_OK(mask_pattern(problem, &tally));
    if (!open) {
        struct mask_range range = attack(problem, find(problem, "left"));
        CHECK(range.high - range.low >= 5 - 1e-6);
        CHECK(tally.further > 0);
    }
    reason = problem->unknowns[find(problem, "left")].masked;
    end_run(&run);
    return reason;
}

static void a_small_count_that_is_narrowed_and_not_printed_is_protected(void **state)
{
    (void)state;
    CHECK_INT(reason_for_unprinted(false), MASK_PRIMARY);
    CHECK_INT(reason_for_unprinted(true), MASK_NO);
}

/* 791 say No, 788 of those in the figure by sex do (1,966 less 1,178): three are left out, by way of
 * a count that nobody prints. The equation that tells of them has no printed part. */
static void a_small_count_two_subtractions_away_is_protected(void **state)
{
    struct rk_run run = bare_run();
    struct results *results = results_new(run.arena);
    struct mask_problem *problem;
    struct mask_tally tally;
    static const struct {
        const char *row, *id;
        long n;
    } printed[] = {{"a", "no", 791}, {"b", "base", 1966}, {"c", "yes", 1178}};
    const char *of_no[] = {"no in figure", "left out"}, *of_base[] = {"yes", "no in figure"};

    (void)state;
    for (size_t i = 0; i < 3; i++)
        results_quantity(results,
                         results_cell(results, "t", printed[i].row, "all", "count",
                                      UNIT_RECORDS),
                         printed[i].id, printed[i].n, false);
    results_quantity(results, NULL, "no in figure", 788, false);
    results_quantity(results, NULL, "left out", 3, false);
    results_sum(results, "no", of_no, 2);
    results_sum(results, "base", of_base, 2);
    CHECK_OK(mask_problem_make(&run, results, 5, &problem));
    CHECK_OK(mask_pattern(problem, &tally));
    struct mask_range range = attack(problem, find(problem, "left out"));
    CHECK(range.high - range.low >= 5 - 1e-6);
    end_run(&run);
}

/* Thirty records of two clients are as easy to find as two clients are. */
static void many_records_of_few_people_are_a_small_count(void **state)
{
    struct rk_run run = bare_run();
    struct results *results = results_new(run.arena);
    struct mask_problem *problem;
    struct mask_tally tally;
    static const long counts[] = {30, 20, 40, 50};

    (void)state;
    add_table(&run, results, "t", counts, 2, 2);
    results_quantity_people(results, "t|0|0", 2);
    CHECK_OK(mask_problem_make(&run, results, 5, &problem));
    CHECK_OK(mask_pattern(problem, &tally));
    CHECK_INT(problem->unknowns[find(problem, "t|0|0")].masked, MASK_PRIMARY);
    CHECK_INT(problem->unknowns[find(problem, "t|1|1")].masked != MASK_NO ||
                  problem->unknowns[find(problem, "t|0|1")].masked != MASK_NO ||
                  problem->unknowns[find(problem, "t|0|2")].masked != MASK_NO,
              true);
    end_run(&run);
}

/** Three twos that must look alike (each with a 3 in a published 5) and, with a 9, come to 15: no
 *  multiples of 5 within 5 of each do. */
static void what_cannot_be_rounded_and_add_up_is_rounded_each_for_itself(void **state)
{
    static const struct {
        const char *id;
        long value;
        bool open;
    } counts[] = {{"a", 2, false}, {"b", 2, false}, {"c", 2, false},   {"d", 3, false},
                  {"e", 9, false}, {"five", 5, true}, {"fifteen", 15, true}};
    static const char *const sums[][5] = {
        {"five", "a", "d"}, {"five", "b", "d"}, {"five", "c", "d"}, {"fifteen", "a", "b", "c", "e"}};
    struct rk_run run = bare_run();
    struct results *results = results_new(run.arena);
    bool rounds[7];
    struct mask_problem *problem;
    struct mask_rounding rounding;

    (void)state;
    for (size_t i = 0; i < 7; i++) {
        struct cell *cell = results_cell(results, "t", counts[i].id, "all", "count", UNIT_CLIENTS);
        cell->value = (double)counts[i].value;
        results_quantity(results, cell, counts[i].id, counts[i].value, counts[i].open);
        rounds[i] = true;
    }
    for (size_t i = 0; i < 4; i++)
        results_sum(results, sums[i][0], &sums[i][1], sums[i][3] ? 4 : 2);
    CHECK_OK(mask_problem_make_after(&run, results, &(struct mask_terms){5, 5, rounds, 0},
                                     &(struct mask_history){0}, &problem));
    mask_round(problem, &rounding);
    CHECK_INT(rounding.rounded, 5);
    CHECK_INT(rounding.apart, 5);
    for (size_t i = 0; i < 5; i++) {
        CHECK_INT(problem->unknowns[i].shown % 5, 0);
        CHECK(labs(problem->unknowns[i].shown - problem->unknowns[i].value) < 5);
    }
    end_run(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_small_count_that_follows_from_released_ones_is_protected),
        cmocka_unit_test(a_small_count_that_is_narrowed_and_not_printed_is_protected),
        cmocka_unit_test(a_small_count_two_subtractions_away_is_protected),
        cmocka_unit_test(many_records_of_few_people_are_a_small_count),
        cmocka_unit_test(an_attacker_solves_a_table_with_one_masked_cell),
        cmocka_unit_test(no_small_count_can_be_narrowed_below_the_threshold),
        cmocka_unit_test(tables_that_share_a_count_are_masked_together),
        cmocka_unit_test(a_masked_cell_keeps_no_number),
        cmocka_unit_test(sums_that_do_not_add_up_stop_the_release),
        cmocka_unit_test(an_interval_is_masked_and_its_value_stays),
        cmocka_unit_test(only_released_columns_are_published),
        cmocka_unit_test(only_bases_of_released_cells_are_published),
        cmocka_unit_test(a_column_that_a_result_has_not_cannot_be_released),
        cmocka_unit_test(a_masked_row_stands_behind_the_ranked_ones),
        cmocka_unit_test(of_a_hundred_random_studies_no_small_count_is_narrowed),
        cmocka_unit_test(the_pattern_is_the_same_every_time),
        cmocka_unit_test(what_no_one_needs_is_not_masked),
        cmocka_unit_test(what_cannot_be_rounded_and_add_up_is_rounded_each_for_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
