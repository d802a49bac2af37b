// SPDX-License-Identifier: MIT
/* Categories that tables show as one: listed by the study, or as many as it takes. */
#include "pipeline/mask/mask_attack.h"
#include "pipeline/mask/mask_pattern.h"
#include "pipeline/tabulate/tabulate_stage.h"
#include "tests/support/check.h"
#include "tests/support/small_study.h"

#include <string.h>

static void add(struct small_study *small, long n, const char *area, const char *when)
{
    for (long i = 0; i < n; i++)
        small_person(small, (struct small_person){area, i % 2 ? "male" : "female", "yes", when,
                                                  "2014-05-01"});
}

static long value_of(const struct results *r, const char *id)
{
    return (long)small_cell(r, id)->value;
}

static bool is_sum(const struct results *r, const char *total, const char *part)
{
    for (size_t i = 0; i < r->sum_count; i++)
        for (size_t j = 0; strcmp(r->sums[i].total, total) == 0 && j < r->sums[i].count; j++)
            if (strcmp(r->sums[i].parts[j], part) == 0) return true;
    return false;
}

static void listed_codes_are_one_category_with_their_label(void **state)
{
    struct small_study small;
    struct results *r;

    (void)state;
    small_begin(&small, "  t: {table: area}\n"
                        "  m: {count: records, by: area}\n"
                        "  w: {table: when, where: area is salford}\n"
                        "masking: {merge: {area: {The rest: [salford, trafford]}}}\n");
    add(&small, 40, "manchester", "soon");
    add(&small, 7, "salford", "later");
    add(&small, 2, "trafford", "never");
    r = small_run(&small, &tabulate_stage, NULL, NULL);
    CHECK_INT(value_of(r, "t.the_rest.all.count"), 9);
    CHECK_TEXT(small_cell(r, "t.the_rest.all.count")->row_label, "The rest");
    CHECK_INT(value_of(r, "m.the_rest.all.count"), 9);
    CHECK(results_find(r, "t.salford.all.count") == NULL);
    CHECK_INT(value_of(r, "w.later.all.count"), 7); /* a condition keeps its code */
    CHECK(is_sum(r, "people|area=the_rest|", "people|area=trafford|"));
    CHECK(is_sum(r, "people|area=the_rest|", "people|area=salford|"));
    small_end(&small);
}

static void the_smallest_are_put_together_until_no_count_is_small(void **state)
{
    struct small_study small;
    struct results *r;

    (void)state;
    small_begin(&small, "  t: {table: area}\n"
                        "masking: {merge: {area: until_safe}}\n");
    add(&small, 40, "manchester", "soon");
    add(&small, 30, "salford", "later");
    add(&small, 4, "trafford", "never");
    add(&small, 3, "outside", "never");
    r = small_run(&small, &tabulate_stage, NULL, NULL);
    CHECK_INT(value_of(r, "t.trafford_or_outside.all.count"), 7);
    CHECK_TEXT(small_cell(r, "t.trafford_or_outside.all.count")->row_label,
               "Trafford or Outside");
    CHECK_INT(value_of(r, "t.salford.all.count"), 30);
    small_end(&small);
}

static void on_a_scale_only_neighbours_are_put_together(void **state)
{
    struct small_study small;
    struct results *r;

    (void)state;
    small_begin(&small, "  t: {table: when}\n"
                        "masking: {merge: {when: until_safe}}\n");
    add(&small, 4, "manchester", "soon"); /* never is smaller than later, and no neighbour */
    add(&small, 30, "salford", "later");
    add(&small, 10, "trafford", "never");
    r = small_run(&small, &tabulate_stage, NULL, NULL);
    CHECK_INT(value_of(r, "t.soon_to_later.all.count"), 34);
    CHECK_INT(value_of(r, "t.never.all.count"), 10);
    small_end(&small);
}

static long draw(unsigned long long *seed, long below)
{
    *seed = *seed * 6364136223846793005ULL + 1442695040888963407ULL;
    return (long)(*seed >> 33) % below;
}

/** Forty random studies: categories add up to everybody, none is small while a third is left, and
 *  with what is masked beside nothing can be narrowed. */
static void of_random_merged_tables_no_cell_is_recovered(void **state)
{
    static const char *const areas[] = {"manchester", "salford", "trafford", "outside"};
    static const char *const whens[] = {"soon", "later", "never"};
    unsigned long long seed = 12;
    size_t small_left = 0, merged = 0, attacked = 0;

    (void)state;
    for (int i = 0; i < 40; i++) {
        struct small_study small;
        struct mask_problem *problem;
        struct mask_tally tally;
        size_t rows = 0, low = 0, unsafe_count;

        small_begin(&small, "  t: {table: area}\n"
                            "  c: {table: area by sex}\n"
                            "  w: {table: when by area}\n"
                            "masking: {merge: {area: until_safe, when: until_safe}}\n");
        for (size_t a = 0; a < 4; a++)
            for (size_t w = 0; w < 3; w++)
                add(&small, draw(&seed, 2) ? draw(&seed, 30) : draw(&seed, 4), areas[a], whens[w]);
        struct results *r = small_run(&small, &tabulate_stage, NULL, NULL);
        long sum = 0;
        for (size_t k = 0; k < r->cell_count; k++) {
            const struct cell *cell = &r->cells[k];
            if (strcmp(cell->result, "t") != 0 || strcmp(cell->measure, "count") != 0 ||
                strcmp(cell->row, "all") == 0)
                continue;
            sum += (long)cell->value;
            rows++;
            low += cell->value > 0 && cell->value < 5;
        }
        CHECK_INT(sum, value_of(r, "t.all.all.count"));
        CHECK(!low || rows <= 2);
        small_left += low;
        merged += rows < 4;
        struct rk_run masking = {.arena = rk_arena_new(), .diag = rk_diag_new(NULL)};
        CHECK_OK(mask_problem_make(&masking, r, 5, &problem));
        CHECK_OK(mask_pattern(problem, &tally));
        problem->scratch = rk_arena_new();
        bool *safe = RK_ARRAY(masking.arena, bool, problem->count + 1);
        size_t *unsafe = RK_ARRAY(masking.arena, size_t, problem->count + 1);
        CHECK_OK(mask_attack(problem, safe, unsafe, NULL, &unsafe_count));
        CHECK_INT(unsafe_count, 0);
        attacked += tally.small;
        rk_arena_free(problem->scratch);
        rk_diag_free(masking.diag);
        rk_arena_free(masking.arena);
        small_end(&small);
    }
    print_message("40 random studies, %zu merged: %zu small counts left in the table, %zu masked in "
                  "all, 0 narrowed\n",
                  merged, small_left, attacked);
    CHECK(merged > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(listed_codes_are_one_category_with_their_label),
        cmocka_unit_test(the_smallest_are_put_together_until_no_count_is_small),
        cmocka_unit_test(on_a_scale_only_neighbours_are_put_together),
        cmocka_unit_test(of_random_merged_tables_no_cell_is_recovered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
