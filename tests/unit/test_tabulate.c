// SPDX-License-Identifier: MIT
#include "pipeline/tabulate/tabulate_stage.h"
#include "tests/support/check.h"
#include "tests/support/small_study.h"

#include <math.h>

static const struct small_person manchester = {"manchester", "female", "yes", "soon",
                                               "2014-05-01"};
static const struct small_person salford = {"salford", "male", "no", "later", "2014-08-01"};
static const struct small_person trafford = {"trafford", "male", "", "never", "2015-02-01"};

static struct results *run(struct small_study *small)
{
    return small_run(small, &tabulate_stage, NULL, NULL);
}

/* ---- tables ---- */

/* The 2015 report's Table 5.2, with its totals put right. */
static void table_5_2(struct small_study *small, const char *results)
{
    small_begin(small, results);
    small_people(small, 60, manchester);
    small_people(small, 40, salford);
    small_people(small, 15, trafford);
    small_services(small, 665, 488, 1, 60, "gp");
    small_services(small, 391, 114, 61, 40, "gp");
    small_services(small, 151, 126, 101, 15, "housing");
}

static void table_5_2_is_reproduced(void **state)
{
    static const struct {
        const char *id;
        double percent;
        long yes, n;
    } rows[] = {
        {"t.manchester.yes.percent", 73.383458646616541, 488, 665 },
        {"t.manchester.no.percent",  26.616541353383459, 177, 665 },
        {"t.salford.yes.percent",    29.156010230179028, 114, 391 },
        {"t.trafford.no.percent",    16.556291390728475, 25,  151 },
        {"t.all.yes.percent",        60.314830157415077, 728, 1207},
        {"t.all.no.percent",         39.685169842584923, 479, 1207},
    };
    struct small_study small;
    struct results *r;
    (void)state;

    table_5_2(&small, "  t: {table: area by improving, source: services, percent: row}\n");
    r = run(&small);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        small_value(r, rows[i].id, rows[i].percent);
        CHECK_INT(small_cell(r, rows[i].id)->numerator, rows[i].yes);
        CHECK_INT(small_cell(r, rows[i].id)->base, rows[i].n);
    }
    small_limits(r, "t.salford.yes.percent", 24.8713892166, 33.8462184817); /* R 4.2.2 */
    small_value(r, "t.all.all.v", 0.4440396816895795);
    CHECK_TEXT(small_cell(r, "t.all.all.p")->method, "chi-square");
    CHECK_TEXT(cell_unit_name(small_cell(r, "t.salford.yes.count")->unit), "records");
    small_end(&small);
}

static void a_row_total_is_the_sum_of_its_row_and_has_no_interval(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    table_5_2(&small, "  t: {table: area by improving, source: services, percent: row}\n");
    r = run(&small);
    small_value(r, "t.salford.all.count", 391);
    small_value(r, "t.salford.all.percent", 100);
    CHECK_NEAR(small_cell(r, "t.salford.all.percent")->low, NAN, 0);
    CHECK(small_is_part(r, "services|improving=*&people.area=salford|",
                        "services|improving=yes&people.area=salford|"));
    CHECK(small_is_part(r, "services|improving=yes&people.area=*|",
                        "services|improving=yes&people.area=salford|"));
    small_end(&small);
}

static void percentages_take_the_direction_that_is_asked_for(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    small_begin(&small, "  c: {table: sex by area, percent: column}\n"
                        "  n: {table: sex by area, percent: total}\n"
                        "  none: {table: sex by area}\n");
    small_people(&small, 30, manchester);
    small_people(&small, 10, salford);
    small_people(&small, 20, (struct small_person){"salford", "female", "", "", ""});
    r = run(&small);
    small_value(r, "c.female.salford.percent", 100.0 * 20 / 30);
    small_value(r, "c.female.all.percent", 100.0 * 50 / 60);
    small_value(r, "c.all.salford.percent", 100);
    small_value(r, "n.female.salford.percent", 100.0 * 20 / 60);
    small_value(r, "n.all.salford.percent", 50);
    CHECK(results_find(r, "none.female.salford.percent") == NULL);
    small_value(r, "none.female.salford.count", 20);
    small_end(&small);
}

static void only_the_answered_are_in_a_table_unless_missing_is_shown(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    small_begin(&small, "  one: {table: believe}\n"
                        "  shown: {table: believe, show_missing: yes}\n");
    small_people(&small, 30, manchester);
    small_people(&small, 50, salford);
    small_people(&small, 20, trafford);
    r = run(&small);
    small_value(r, "one.yes.all.percent", 37.5);
    small_value(r, "one.all.all.count", 80);
    small_value(r, "shown.yes.all.percent", 30);
    small_value(r, "shown.missing.all.percent", 20);
    small_value(r, "shown.all.all.count", 100);
    CHECK(results_find(r, "one.missing.all.count") == NULL);
    CHECK(small_is_part(r, "people||", "people|believe=missing|"));
    CHECK(small_is_linked(r, "shown.missing.all.count", "people|believe=missing|"));
    small_end(&small);
}

static void the_largest_rows_come_first_when_asked_and_the_rest_can_be_cut(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    small_begin(&small, "  sorted: {table: area, order: count}\n"
                        "  top: {table: area, top: 2}\n");
    small_people(&small, 10, manchester);
    small_people(&small, 30, salford);
    small_people(&small, 20, trafford);
    r = run(&small);
    CHECK_INT(small_cell(r, "sorted.salford.all.count")->row_order, 1);
    CHECK_INT(small_cell(r, "sorted.trafford.all.count")->row_order, 2);
    CHECK_INT(small_cell(r, "sorted.manchester.all.count")->row_order, 3);
    CHECK(small_cell(r, "sorted.all.all.count")->row_order > 3);
    CHECK(results_find(r, "top.manchester.all.count") == NULL);
    small_value(r, "top.all.all.count", 60);
    CHECK(small_is_part(r, "people|area=*|", "people|area=manchester|"));
    small_end(&small);
}

static void a_code_that_nobody_has_is_no_row_but_an_answer_nobody_gave_is(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    small_begin(&small, "  area: {table: area}\n"
                        "  when: {table: when by area}\n"
                        "  some: {table: area, where: sex is female}\n");
    small_people(&small, 10, manchester);
    small_people(&small, 10, salford);
    r = run(&small);
    CHECK(results_find(r, "area.outside.all.count") == NULL);
    CHECK(results_find(r, "when.never.outside.count") == NULL);
    small_value(r, "when.never.salford.count", 0);
    small_value(r, "some.salford.all.count", 0);
    small_end(&small);
}

static void a_third_variable_cuts_the_table_in_layers(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    small_begin(&small, "  t: {table: sex by believe by area, percent: row}\n");
    small_people(&small, 30, manchester);
    small_people(&small, 12, (struct small_person){"manchester", "male", "no", "", ""});
    small_people(&small, 18, (struct small_person){"manchester", "male", "yes", "", ""});
    small_people(&small, 10, salford);
    r = run(&small);
    small_value(r, "t.manchester/male.yes.percent", 60);
    small_value(r, "t.manchester/all.yes.percent", 80);
    small_value(r, "t.all/male.yes.percent", 45);
    small_value(r, "t.all.yes.count", 48);
    CHECK_TEXT(small_cell(r, "t.manchester/male.yes.count")->row_label, "Manchester, Male");
    CHECK_TEXT(small_cell(r, "t.manchester/all.all.p")->method, "chi-square-n-1");
    CHECK(small_cell(r, "t.manchester/male.yes.count")->row_order <
          small_cell(r, "t.salford/female.yes.count")->row_order);
    CHECK(small_is_part(r, "people|area=*&believe=yes&sex=male|",
                        "people|area=manchester&believe=yes&sex=male|"));
    small_end(&small);
}

static void small_counts_are_tested_exactly_and_the_method_says_so(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    small_begin(&small, "  two: {table: sex by believe}\n"
                        "  three: {table: when by sex}\n"
                        "  quiet: {table: sex by believe, test: no}\n"
                        "  flat: {table: believe by area, where: area is salford}\n");
    small_people(&small, 3,
                 (struct small_person){"manchester", "female", "yes", "soon", ""});
    small_people(&small, 1,
                 (struct small_person){"manchester", "male", "yes", "never", ""});
    small_people(&small, 4, (struct small_person){"salford", "male", "no", "later", ""});
    r = run(&small);
    CHECK_TEXT(small_cell(r, "two.all.all.p")->method, "chi-square-n-1");
    CHECK_TEXT(small_cell(r, "three.all.all.p")->method, "fisher-freeman-halton");
    CHECK_TEXT(cell_mark_name(small_cell(r, "three.all.all.p")->mark), "low");
    CHECK(results_find(r, "quiet.all.all.p") == NULL);
    CHECK_TEXT(cell_mark_name(small_cell(r, "flat.all.all.p")->mark), "x");
    CHECK_HAS(small_cell(r, "flat.all.all.p")->method, "not computed");
    small_end(&small);
}

static void small_bases_are_marked_and_empty_ones_have_no_percentage(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    small_begin(&small, "  t: {table: area by believe, percent: row}\n"
                        "  nobody: {table: believe, where: area is outside}\n");
    small_people(&small, 40, manchester);
    small_people(&small, 7, salford);
    small_people(&small, 5, trafford);
    r = run(&small);
    CHECK_TEXT(cell_mark_name(small_cell(r, "t.manchester.yes.percent")->mark), "");
    CHECK_TEXT(cell_mark_name(small_cell(r, "t.salford.yes.percent")->mark), "low");
    small_value(r, "t.salford.yes.percent", 0);
    CHECK_TEXT(cell_mark_name(small_cell(r, "t.trafford.yes.percent")->mark), "z");
    small_value(r, "t.trafford.yes.percent", NAN);
    CHECK_TEXT(cell_mark_name(small_cell(r, "t.trafford.yes.count")->mark), "");
    CHECK_TEXT(cell_mark_name(small_cell(r, "nobody.yes.all.percent")->mark), "z");
    small_end(&small);
}

static void intervals_are_of_the_kind_that_is_asked_for(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    small_begin(&small, "  exact: {table: believe, interval: clopper-pearson}\n"
                        "  none: {table: believe, interval: none}\n");
    small_people(&small, 2, manchester);
    small_people(&small, 258, salford);
    r = run(&small);
    small_limits(r, "exact.yes.all.percent", 0.09329355060647024,
                 2.75094647749558607); /* R */
    CHECK_TEXT(small_cell(r, "exact.yes.all.percent")->method, "clopper-pearson");
    CHECK_NEAR(small_cell(r, "none.yes.all.percent")->low, NAN, 0);
    CHECK_NEAR(small_cell(r, "none.yes.all.percent")->level, NAN, 0);
    small_end(&small);
}

/* ---- mistakes ---- */

/** The stage stops with RK_STUDY, says `what` and where, and writes nothing. */
static void check_refused(const char *results, const char *what)
{
    struct small_study small;
    const char *said;
    rk_status status;

    small_begin(&small, results);
    small_people(&small, 5, manchester);
    CHECK(small_run(&small, &tabulate_stage, &status, &said) == NULL);
    CHECK_INT(status, RK_STUDY);
    CHECK_HAS(said, what);
    CHECK_HAS(said, "study.yaml:");
    CHECK(!check_exists(small.folder, "out/30-results/cells.csv"));
    small_end(&small);
}

static void a_result_that_cannot_be_made_stops_the_stage_with_its_place(void **state)
{
    (void)state;
    check_refused("  c: {change: believe, from: initial, to: latest, of_interest: yes}\n"
                  "  d: {table: area}\n"
                  "  bad: {compare: [c, d], measure: percent}\n",
                  "is no table");
    check_refused("  d: {table: area}\n"
                  "  bad: {against: {actual: d.nowhere.all.count, "
                  "profile: d.all.all.count}}\n",
                  "d.nowhere.all.count");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(table_5_2_is_reproduced),
        cmocka_unit_test(a_row_total_is_the_sum_of_its_row_and_has_no_interval),
        cmocka_unit_test(percentages_take_the_direction_that_is_asked_for),
        cmocka_unit_test(only_the_answered_are_in_a_table_unless_missing_is_shown),
        cmocka_unit_test(the_largest_rows_come_first_when_asked_and_the_rest_can_be_cut),
        cmocka_unit_test(a_code_that_nobody_has_is_no_row_but_an_answer_nobody_gave_is),
        cmocka_unit_test(a_third_variable_cuts_the_table_in_layers),
        cmocka_unit_test(small_counts_are_tested_exactly_and_the_method_says_so),
        cmocka_unit_test(small_bases_are_marked_and_empty_ones_have_no_percentage),
        cmocka_unit_test(intervals_are_of_the_kind_that_is_asked_for),
        cmocka_unit_test(a_result_that_cannot_be_made_stops_the_stage_with_its_place),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
