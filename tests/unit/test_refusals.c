// SPDX-License-Identifier: MIT
/* What cannot be answered is refused: a mark, a reason in words, and never a number that is none. */
#include "pipeline/change/change_stage.h"
#include "pipeline/tabulate/tabulate_stage.h"
#include "tests/support/check.h"
#include "tests/support/small_study.h"

#include <math.h>
#include <string.h>

static const char results_yaml[] =
    "  mean: {mean: score, source: latest_score, by: people.sex, trend: yes}\n"
    "  clustered: {table: people.sex by improving, source: services, percent: row, cluster: "
    "client}\n"
    "  layers: {table: sex by believe by area, percent: row}\n"
    "  factors: {factors: believe is yes, on: [sex, area]}\n"
    "  records: {factors: improving is yes, source: services, on: type, cluster: client}\n"
    "  target: {target: 20, of: believe is yes, by: area, expected: 2}\n"
    "  funnel: {compare_groups: believe is yes, by: area}\n"
    "  wait: {time_to: reviewed, of: latest, from: enrolled, by: sex, at: [30, 3000]}\n"
    "  months: {months: enrolled, from: 2014-04, to: 2014-06, trend: run}\n"
    "  score: {change: score, from: first_score, to: latest_score}\n"
    "  belief: {change: believe, from: initial, to: latest, of_interest: yes, adjust: holm}\n"
    "  when: {change: when, from: initial, to: latest}\n";

static void add(struct small_study *small, long n, struct small_person person)
{
    for (long i = 0; i < n; i++)
        small_person(small, person);
}

static bool is_refused(const struct cell *cell)
{
    return cell->mark == MARK_NOT_AVAILABLE || cell->mark == MARK_NOT_APPLICABLE;
}

/* Of every cell there is either a number or a mark with a reason. */
static void check_all(const struct results *r)
{
    CHECK(r->cell_count > 0);
    for (size_t i = 0; i < r->cell_count; i++) {
        const struct cell *cell = &r->cells[i];

        if (isnan(cell->value) != is_refused(cell) || isinf(cell->value) ||
            isnan(cell->low) != isnan(cell->high) ||
            (is_refused(cell) && (!cell->method || strlen(cell->method) < 5)))
            fail_msg("%s: %g, mark \"%s\", \"%s\"", cell->id, cell->value,
                     cell_mark_name(cell->mark), cell->method);
    }
}

static struct results *run_both(struct small_study *small)
{
    check_all(small_run(small, &tabulate_stage, NULL, NULL));
    small_forget(small);
    struct results *r = small_run(small, &change_stage, NULL, NULL);
    check_all(r);
    return r;
}

static void check_refused(const struct results *r, const char *id, const char *reason)
{
    CHECK(is_refused(small_cell(r, id)));
    CHECK_HAS(small_cell(r, id)->method, reason);
}

static void nobody_at_all_has_marks_with_reasons(void **state)
{
    struct small_study small;
    (void)state;

    small_begin(&small, results_yaml);
    run_both(&small);
    small_end(&small);
}

static void too_few_are_told_so(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    small_begin(&small, results_yaml);
    small_person(&small, (struct small_person){"salford", "male", "yes", "soon", "2014-05-01"});
    small_scores(&small, 1, 20, 12);
    small_service(&small, 1, "gp", "yes", "A");
    small_review(&small, 1, "yes", "soon");
    r = run_both(&small);
    check_refused(r, "score.all.change.p", "fewer than two people changed");
    check_refused(r, "score.all.effect.d", "fewer than two people");
    small_end(&small);
    small_begin(&small, results_yaml);
    small_person(&small, (struct small_person){"salford", "male", "yes", "soon", "2014-05-01"});
    small_scores(&small, 1, 20, 12);
    r = small_run(&small, &tabulate_stage, NULL, NULL);
    check_refused(r, "mean.all.score.sd", "one score only");
    check_refused(r, "mean.first_last.score.difference", "fewer than two scores");
    check_refused(r, "mean.trend.score.slope", "too few groups");
    small_end(&small);
}

static void where_nothing_varies_nothing_is_tested(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    small_begin(&small, results_yaml);
    for (size_t i = 1; i <= 12; i++) {
        small_person(&small, (struct small_person){"salford", i % 2 ? "male" : "female", "yes",
                                                   "soon", "2014-05-01"});
        small_scores(&small, i, 20, 18);
        small_review(&small, i, "yes", "soon");
    }
    r = small_run(&small, &tabulate_stage, NULL, NULL);
    check_all(r);
    check_refused(r, "factors.sex/female.effect.points", "all have the same outcome");
    check_refused(r, "layers.all.all.p", "fewer than two rows or two columns");
    check_refused(r, "mean.first_last.score.p", "nobody differs");
    small_forget(&small);
    r = small_run(&small, &change_stage, NULL, NULL);
    check_all(r);
    check_refused(r, "score.all.change.p", "all by the same amount");
    check_refused(r, "when.all.change.p", "nobody changed");
    CHECK_NEAR(small_cell(r, "belief.all.change.p")->value, 1, 0);
    small_end(&small);
}

/* Everybody in one area believes, nobody in the other: a plain model has no end. */
static void a_characteristic_that_settles_the_outcome_is_penalised_or_refused(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    small_begin(&small, results_yaml);
    add(&small, 30, (struct small_person){"salford", "male", "yes", "", ""});
    add(&small, 30, (struct small_person){"manchester", "male", "no", "", ""});
    add(&small, 30, (struct small_person){"salford", "female", "yes", "", ""});
    add(&small, 30, (struct small_person){"manchester", "female", "no", "", ""});
    for (size_t i = 1; i <= 60; i++)
        small_service(&small, i, i <= 30 ? "gp" : "housing", i <= 30 ? "yes" : "no", "A");
    r = small_run(&small, &tabulate_stage, NULL, NULL);
    check_all(r);
    CHECK_TEXT(small_cell(r, "factors.area/salford.odds.ratio")->method, "firth");
    check_refused(r, "records.type/housing.effect.points", "settles the outcome");
    small_end(&small);
}

static void records_of_one_client_have_no_interval(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    small_begin(&small, results_yaml);
    small_person(&small, (struct small_person){"salford", "male", "yes", "", "2014-05-01"});
    for (int i = 0; i < 40; i++)
        small_service(&small, 1, i % 3 ? "gp" : "housing", i % 2 ? "yes" : "no", "A");
    r = small_run(&small, &tabulate_stage, NULL, NULL);
    check_all(r);
    CHECK_NEAR(small_cell(r, "clustered.male.yes.percent")->value, 50, 1e-12);
    CHECK_NEAR(small_cell(r, "clustered.male.yes.percent")->low, NAN, 0);
    check_refused(r, "clustered.all.all.p", "fewer than two rows");
    check_refused(r, "records.type/housing.effect.points", "too few clients");
    small_end(&small);
}

/* Women in one area only, men in the other only. */
static void layers_without_both_groups_say_so(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    small_begin(&small, results_yaml);
    for (int i = 0; i < 40; i++)
        small_person(&small, (struct small_person){i % 2 ? "salford" : "manchester",
                                                   i % 2 ? "male" : "female",
                                                   i % 3 ? "yes" : "no", "", ""});
    r = small_run(&small, &tabulate_stage, NULL, NULL);
    check_all(r);
    check_refused(r, "layers.adjusted.all.p", "no layer has both groups");
    check_refused(r, "layers.adjusted.all.points", "no layer has both groups");
    check_refused(r, "layers.adjusted.all.homogeneity", "fewer than two layers");
    check_refused(r, "factors.sex/male.effect.points", "repeats others");
    check_refused(r, "target.all.all.reach_probability", "more clients already");
    small_end(&small);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_at_all_has_marks_with_reasons),
        cmocka_unit_test(too_few_are_told_so),
        cmocka_unit_test(where_nothing_varies_nothing_is_tested),
        cmocka_unit_test(a_characteristic_that_settles_the_outcome_is_penalised_or_refused),
        cmocka_unit_test(records_of_one_client_have_no_interval),
        cmocka_unit_test(layers_without_both_groups_say_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
