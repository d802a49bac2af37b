// SPDX-License-Identifier: MIT
#include "render/chart.h"
#include "tests/support/check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct rk_run run;
static struct results *results;

static void cell(const char *result, const char *row, const char *column,
                 const char *measure, enum cell_unit unit, double value, long base)
{
    struct cell *at = results_cell(results, result, row, column, measure, unit);
    at->value = value;
    at->base = base;
    at->row_label = strcmp(row, "all") ? row : "All clients";
    at->column_label = column;
    at->row_order = (long)results->cell_count;
    at->column_order = (long)results->cell_count;
    if (unit == UNIT_PERCENT) at->numerator = lround(value * (double)base / 100);
    if (unit == UNIT_POINTS) {
        at->low = value - 4;
        at->high = value + 4;
        at->level = 0.95;
    }
}

static void mark(const char *id, enum cell_mark as)
{
    struct cell *at = &results->cells[results_find(results, id) - results->cells];
    at->mark = as;
    if (as == MARK_MASKED) at->value = at->low = at->high = NAN;
}

static int set_up(void **state)
{
    (void)state;
    run = (struct rk_run){.program = "test", .arena = rk_arena_new()};
    run.diag = rk_diag_new("test");
    results = results_new(run.arena);
    static const char *const areas[] = {"manchester", "salford", "trafford", "all"};
    static const double first[] = {38.6, 32.7, 36.8, 36.5}, last[] = {43.7, 44.5, 42.1, 44};
    static const long n[] = {197, 110, 19, 326};
    for (size_t i = 0; i < 4; i++) {
        cell("belief", areas[i], "initial", "percent", UNIT_PERCENT, first[i], n[i]);
        cell("belief", areas[i], "latest", "percent", UNIT_PERCENT, last[i], n[i]);
        cell("belief", areas[i], "change", "points", UNIT_POINTS, last[i] - first[i], n[i]);
        cell("belief", areas[i], "gained", "percent", UNIT_PERCENT, 10, n[i]);
        cell("belief", areas[i], "linked_initial", "percent", UNIT_PERCENT, 30, n[i] + 9);
    }
    mark("belief.trafford.latest.percent", MARK_LOW);
    cell("sex", "female", "all", "count", UNIT_CLIENTS, 400, 830);
    cell("sex", "female", "all", "percent", UNIT_PERCENT, 48.2, 830);
    cell("sex", "male", "all", "count", UNIT_CLIENTS, 430, 830);
    cell("sex", "male", "all", "percent", UNIT_PERCENT, 51.8, 830);
    cell("sex", "all", "all", "count", UNIT_CLIENTS, 830, 830);
    cell("sex", "all", "all", "percent", UNIT_PERCENT, 100, 830);
    cell("help", "manchester/female", "yes", "percent", UNIT_PERCENT, 61, 400);
    cell("help", "manchester/male", "yes", "percent", UNIT_PERCENT, 58, 223);
    cell("help", "salford/female", "yes", "percent", UNIT_PERCENT, 55, 300);
    cell("help", "salford/male", "yes", "percent", UNIT_PERCENT, 50, 105);
    cell("months", "2014_03", "all", "count", UNIT_CLIENTS, 5, -1);
    cell("months", "2014_03", "all", "profile", UNIT_CLIENTS, 10, -1);
    cell("months", "2014_03", "salford", "count", UNIT_CLIENTS, 2, -1);
    cell("months", "2014_04", "all", "count", UNIT_CLIENTS, 30, -1);
    cell("months", "2014_04", "all", "profile", UNIT_CLIENTS, 35, -1);
    cell("months", "2014_04", "salford", "count", UNIT_CLIENTS, 7, -1);
    cell("score", "2014q2", "wsas", "count", UNIT_CLIENTS, 30, 30);
    cell("score", "2014q2", "wsas", "mean", UNIT_SCORE, 21.5, 30);
    cell("score", "2014q3", "wsas", "count", UNIT_CLIENTS, 20, 20);
    cell("score", "2014q3", "wsas", "mean", UNIT_SCORE, 22.5, 20);
    cell("score", "2014q4", "wsas", "mean", UNIT_SCORE, NAN, 0);
    cell("jobs", "all", "all", "percent", UNIT_PERCENT, 4.5, 448);
    cell("jobs", "all", "all", "target", UNIT_PERCENT, 20, -1);
    mark("months.2014_03.salford.count", MARK_MASKED);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    rk_diag_free(run.diag);
    rk_arena_free(run.arena);
    return 0;
}

/** "chart=bars result=sex": keys parted by `|`. */
static rk_status make(const char *keys, struct chart_spec *out, const char **said)
{
    struct chart_key pairs[20];
    struct chart_request request = {
        .id = "fig", .headline = "H", .keys = pairs, .place = RK_AT("report.md", 7, 1)};
    for (char *at = rk_arena_copy(run.arena, keys); *at;) {
        char *next = at + strcspn(at, "|");
        if (*next) *next++ = '\0';
        char *equals = strchr(at, '=');
        *equals = '\0';
        pairs[request.key_count++] = (struct chart_key){at, equals + 1};
        at = next;
    }
    check_stderr_begin();
    rk_status status = chart_from_cells(&run, results, &request, out);
    const char *text = check_stderr_end();
    if (said) *said = text;
    return status;
}

static const struct chart_point *at(const struct chart_spec *spec, const char *group,
                                    const char *series)
{
    for (size_t i = 0; i < spec->point_count; i++)
        if (!strcmp(spec->groups[spec->points[i].group].code, group) &&
            !strcmp(spec->series[spec->points[i].series].code, series))
            return &spec->points[i];
    fail_msg("no point %s, %s", group, series);
    return NULL;
}

static void a_run_of_means_draws_means_and_leaves_out_where_nobody_is(void **state)
{
    struct chart_spec spec;
    (void)state;
    CHECK_OK(make("chart=run|result=score", &spec, NULL));
    CHECK_INT(spec.group_count, 2);
    CHECK_INT(spec.unit, UNIT_SCORE);
    CHECK_NEAR(at(&spec, "2014q3", "wsas")->value, 22.5, 0);
}

static void a_change_is_first_against_latest_with_its_difference_beside_it(void **state)
{
    struct chart_spec spec;
    (void)state;
    CHECK_OK(make("chart=dumbbell|result=belief", &spec, NULL));
    CHECK_INT(spec.group_count, 4);
    CHECK_INT(spec.series_count, 2);
    CHECK_TEXT(spec.series[0].code, "initial");
    CHECK_TEXT(spec.series[1].code, "latest");
    CHECK_NEAR(at(&spec, "salford", "latest")->value, 44.5, 0);
    CHECK_INT(spec.groups[0].n, 197);
    CHECK(spec.groups[2].low && !spec.groups[1].low);
    CHECK(spec.groups[3].total);
    CHECK_TEXT(spec.groups[3].label, "All clients");
    CHECK_TEXT(spec.groups[1].note, "+11.8 (7.8 to 15.8)");
    CHECK_TEXT(spec.note_label, "Change, percentage points (95% CI)");
    CHECK_INT(spec.unit, UNIT_PERCENT);
    CHECK_INT(spec.decimals, 1);
}

static void rows_and_columns_are_those_asked_for_in_their_order(void **state)
{
    struct chart_spec spec;
    (void)state;
    CHECK_OK(make("chart=dumbbell|result=belief|rows=salford, manchester|"
                  "columns=latest linked_initial|head=Now; Before|note=no",
                  &spec, NULL));
    CHECK_INT(spec.group_count, 2);
    CHECK_TEXT(spec.groups[0].code, "salford");
    CHECK_TEXT(spec.series[0].label, "Now");
    CHECK(spec.groups[0].note == NULL);
    CHECK_TEXT(spec.groups[0].base, "n=110 and 119");
}

static void a_total_of_one_hundred_per_cent_is_left_out(void **state)
{
    struct chart_spec spec;
    (void)state;
    CHECK_OK(make("chart=bars|result=sex|sort=largest", &spec, NULL));
    CHECK_INT(spec.group_count, 2);
    CHECK_INT(spec.sort, CHART_LARGEST_FIRST);
    CHECK_INT(spec.groups[0].n, -1); /* one base for all: the subtitle says it */
    CHECK_OK(make("chart=bars|result=sex|show=count", &spec, NULL));
    CHECK_INT(spec.group_count, 2);
    CHECK_INT(spec.decimals, 0);
}

static void bars_in_groups_take_the_series_out_of_the_rows(void **state)
{
    struct chart_spec spec;
    (void)state;
    CHECK_OK(make("chart=grouped|result=help|columns=yes", &spec, NULL));
    CHECK_INT(spec.group_count, 2);
    CHECK_INT(spec.series_count, 2);
    CHECK_NEAR(at(&spec, "salford", "male")->value, 50, 0);
    CHECK(spec.groups[0].base == NULL); /* each bar says its own */
    CHECK(spec.point_bases);
    CHECK_OK(make("chart=bars|result=help|columns=yes|panels=rows", &spec, NULL));
    CHECK_INT(spec.panel_count, 2);
    CHECK_TEXT(spec.panels[1], "salford");
    CHECK_INT(spec.group_count, 2);
}

static void months_show_the_total_with_its_profile_and_hide_what_is_masked(void **state)
{
    struct chart_spec spec;
    (void)state;
    CHECK_OK(make("chart=columns|result=months", &spec, NULL));
    CHECK_INT(spec.series_count, 2);
    CHECK_INT(spec.series[1].role, CHART_PROFILE);
    CHECK_NEAR(at(&spec, "2014_04", "profile")->value, 35, 0);
    CHECK_OK(make("chart=columns|result=months|profile=no|panels=columns", &spec, NULL));
    CHECK_INT(spec.panel_count, 1);
    CHECK_OK(make("chart=columns|result=months|columns=salford", &spec, NULL));
    const struct chart_point *masked = at(&spec, "2014_03", "salford");
    CHECK_INT(masked->mark, MARK_MASKED);
    CHECK(isnan(masked->value));
}

static void a_target_stands_beside_its_actual(void **state)
{
    struct chart_spec spec;
    (void)state;
    CHECK_OK(make("chart=bullet|result=jobs", &spec, NULL));
    CHECK_INT(spec.series_count, 2);
    CHECK_INT(spec.series[1].role, CHART_TARGET);
    CHECK_NEAR(at(&spec, "all", "target")->value, 20, 0);
}

static void a_reference_is_a_cell_a_total_or_a_number(void **state)
{
    struct chart_spec spec;
    (void)state;
    CHECK_OK(make("chart=dots|result=belief|columns=latest|rows=manchester|reference=all",
                  &spec, NULL));
    CHECK_NEAR(spec.reference, 44, 0);
    CHECK_TEXT(spec.reference_label, "All clients 44.0%");
    CHECK_OK(make(
        "chart=dots|result=belief|columns=latest|reference=belief.salford.latest.percent",
        &spec, NULL));
    CHECK_NEAR(spec.reference, 44.5, 0);
    CHECK_OK(make("chart=dots|result=belief|columns=latest|reference=50", &spec, NULL));
    CHECK_TEXT(spec.reference_label, "50.0%");
}

static void transposing_swaps_groups_and_series(void **state)
{
    struct chart_spec spec;
    (void)state;
    CHECK_OK(make("chart=grouped|result=belief|transpose=yes|rows=manchester salford",
                  &spec, NULL));
    CHECK_INT(spec.group_count, 2);
    CHECK_TEXT(spec.groups[0].code, "initial");
    CHECK_TEXT(spec.series[1].code, "salford");
    CHECK_HAS(spec.series[1].label, "(n=110)");
}

static void mistakes_name_the_block_and_the_nearest_word(void **state)
{
    static const struct {
        const char *keys, *said;
    } cases[] = {
        {"chart=dumbell|result=belief",
         "unknown chart \"dumbell\"; did you mean \"dumbbell\"?"                                              },
        {"chart=bars|result=beleif",                     "unknown result \"beleif\"; did you mean \"belief\"?"},
        {"chart=bars|result=sex|rows=femal",             "did you mean \"female\"?"                           },
        {"chart=bars|result=sex|columns=yes",            "unknown column \"yes\"; there is all"               },
        {"chart=bars|result=sex|show=percnt",            "did you mean \"percent\"?"                          },
        {"chart=bars|result=sex|colums=all",
         "unknown key \"colums\"; did you mean \"columns\"?"                                                  },
        {"chart=bars|result=sex|order=up",               "unknown order= \"up\""                              },
        {"chart=bars|result=sex|width=9mm",              "no length between 30mm and 400mm"                   },
        {"chart=bars|result=belief",                     "shows one series and there are 2"                   },
        {"chart=dumbbell|result=belief|columns=initial",
         "shows two columns and there are 1"                                                                  },
        {"chart=dots|result=sex|reference=x",            "neither a number nor a cell"                        },
        {"chart=bars|result=sex|focus=mael",             "did you mean \"male\"?"                             },
        {"chart=grouped|result=sex|head=A; B; C",        "more names than there are series"                   },
        {"result=sex",                                   "it needs a kind"                                    },
        {"chart=bars",                                   "it needs a result"                                  },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct chart_spec spec;
        const char *said;
        struct rk_diag *kept = run.diag;
        run.diag = rk_diag_new("test"); /* no grouping of repeats */
        CHECK_INT(make(cases[i].keys, &spec, &said), RK_STUDY);
        CHECK_HAS(said, cases[i].said);
        CHECK_HAS(said, "report.md:7:1");
        rk_diag_free(run.diag);
        run.diag = kept;
    }
}

static void the_description_has_every_number(void **state)
{
    struct chart_spec spec;
    (void)state;
    CHECK_OK(make("chart=dumbbell|result=belief", &spec, NULL));
    const char *words = chart_description(run.arena, &spec);
    CHECK_HAS(words, "manchester (n=197): initial 38.6%, latest 43.7%");
    CHECK_HAS(words, "trafford (n=19, small base)");
    CHECK_TEXT(chart_alt(run.arena, &spec), "H");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_change_is_first_against_latest_with_its_difference_beside_it),
        cmocka_unit_test(a_run_of_means_draws_means_and_leaves_out_where_nobody_is),
        cmocka_unit_test(rows_and_columns_are_those_asked_for_in_their_order),
        cmocka_unit_test(a_total_of_one_hundred_per_cent_is_left_out),
        cmocka_unit_test(bars_in_groups_take_the_series_out_of_the_rows),
        cmocka_unit_test(months_show_the_total_with_its_profile_and_hide_what_is_masked),
        cmocka_unit_test(a_target_stands_beside_its_actual),
        cmocka_unit_test(a_reference_is_a_cell_a_total_or_a_number),
        cmocka_unit_test(transposing_swaps_groups_and_series),
        cmocka_unit_test(mistakes_name_the_block_and_the_nearest_word),
        cmocka_unit_test(the_description_has_every_number),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
