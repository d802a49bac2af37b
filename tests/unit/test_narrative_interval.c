// SPDX-License-Identifier: MIT
#include "pipeline/contract/study.h"
#include "render/narrative_priv.h"
#include "tests/support/check.h"

/** A change whose interval is masked, and a reading that knows nothing else. */
static struct cell masked_interval(void)
{
    return (struct cell){.id = "belief.salford.change.points",
                         .result = "belief",
                         .row = "salford",
                         .column = "change",
                         .measure = "points",
                         .unit = UNIT_POINTS,
                         .value = 9.4,
                         .low = NAN,
                         .high = NAN,
                         .level = NAN,
                         .numerator = -1,
                         .base = 106,
                         .mark = MARK_INTERVAL};
}

static const struct study rules = {.level = 0.95, .small_base = 30, .decimals_points = 1};

static void a_masked_interval_leaves_the_value(void **state)
{
    struct rk_arena *arena = rk_arena_new();
    struct reading reading = {
        .arena = arena, .study = &rules, .results = results_new(arena)};
    struct cell cell = masked_interval();

    (void)state;
    CHECK(narrative_mark(&cell) == NULL);
    CHECK_TEXT(narrative_value(&reading, &cell), "9.4 percentage points");
    CHECK_TEXT(narrative_interval(&reading, &cell), "");
    CHECK_HAS(narrative_say(&reading, &cell), "(95% CI [c])");
    rk_arena_free(arena);
}

static void a_small_base_is_told_though_the_interval_is_masked(void **state)
{
    struct reading reading = {.study = &rules};
    struct cell cell = masked_interval();

    (void)state;
    CHECK(!narrative_is_low(&reading, &cell));
    cell.base = 19;
    CHECK(narrative_is_low(&reading, &cell));
}

/* Not "fell ...: 9.4 (95% CI -12.0 to -6.0)". */
static void a_fall_is_told_by_its_size_and_so_is_its_interval(void **state)
{
    struct rk_arena *arena = rk_arena_new();
    struct reading reading = {
        .arena = arena, .study = &rules, .results = results_new(arena)};
    struct cell cell = masked_interval();

    (void)state;
    cell.mark = MARK_NONE;
    cell.value = -9.4;
    cell.low = -12;
    cell.high = -6;
    cell.level = 0.95;
    CHECK_HAS(narrative_say(&reading, &cell), "fell from");
    CHECK_HAS(narrative_say(&reading, &cell), "9.4 percentage points (95% CI 6.0 to 12.0)");
    rk_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_masked_interval_leaves_the_value),
        cmocka_unit_test(a_fall_is_told_by_its_size_and_so_is_its_interval),
        cmocka_unit_test(a_small_base_is_told_though_the_interval_is_masked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
