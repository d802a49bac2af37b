// SPDX-License-Identifier: MIT
#include "pipeline/tabulate/tabulate_stage.h"
#include "tests/support/check.h"
#include "tests/support/small_study.h"

#include <math.h>
#include <string.h>

static const struct small_person manchester = {"manchester", "female", "yes", "soon",
                                               "2014-05-01"};
static const struct small_person salford = {"salford", "male", "no", "later", "2014-08-01"};
static const struct small_person trafford = {"trafford", "male", "", "never", "2015-02-01"};

static struct results *run(struct small_study *small)
{
    return small_run(small, &tabulate_stage, NULL, NULL);
}

/* ---- means ---- */

static void cohorts(struct small_study *small, const char *results)
{
    static const struct {
        const char *enrolled;
        int scores[5];
        size_t n;
    } groups[] = {
        {"2014-05-01", {10, 12, 14, 16, 18}, 5},
        {"2014-08-01", {9, 11, 13},          3},
        {"2015-02-01", {8, 6, 10, 4},        4},
    };

    small_begin(small, results);
    for (size_t g = 0; g < 3; g++) {
        for (size_t i = 0; i < groups[g].n; i++)
            small_scores(small,
                         small_person(small, (struct small_person){"salford", "male", "",
                                                                   "", groups[g].enrolled}),
                         groups[g].scores[i], -1);
    }
}

/* R 4.2.2: t.test, sd, median, lm on the scores 1, 2 and 4 (a quarter without anybody keeps
 * its place). */
static void means_by_quarter_have_t_limits_and_a_trend(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    cohorts(&small, "  m: {mean: score, source: latest_score, by: quarter, trend: yes}\n");
    r = run(&small);
    small_value(r, "m.2014q2.score.mean", 14);
    small_limits(r, "m.2014q2.score.mean", 10.07351367704489, 17.92648632295511);
    small_value(r, "m.2014q3.score.sd", 2);
    small_value(r, "m.2015q1.score.median", 7);
    CHECK(results_find(r, "m.2014q4.score.mean") == NULL);
    small_limits(r, "m.all.score.mean", 8.368578078484724, 13.464755254848608);
    small_value(r, "m.first_last.score.difference", 7);
    small_limits(r, "m.first_last.score.difference", 2.46955943649295, 11.53044056350705);
    small_value(r, "m.first_last.score.p", 0.008156170828391861);
    small_value(r, "m.trend.score.slope", -2.308641975308642);
    small_limits(r, "m.trend.score.slope", -3.609157158934761, -1.008126791682523);
    small_value(r, "m.trend.score.p", 2.706798519159301e-03);
    CHECK_TEXT(cell_unit_name(small_cell(r, "m.all.score.mean")->unit), "score");
    small_end(&small);
}

static void one_score_has_a_mean_and_no_spread(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    small_begin(&small, "  m: {mean: score, source: latest_score}\n");
    small_people(&small, 2, manchester);
    small_scores(&small, 1, 20, -1);
    r = run(&small);
    small_value(r, "m.all.score.mean", 20);
    CHECK_NEAR(small_cell(r, "m.all.score.mean")->low, NAN, 0);
    CHECK_TEXT(cell_mark_name(small_cell(r, "m.all.score.sd")->mark), "x");
    small_end(&small);
}

/* ---- months, sums, targets, profiles ---- */

static void months_add_up_and_a_part_month_is_not_measured(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    small_begin(&small, "  m: {months: enrolled, by: area, from: 2014-04, to: 2015-02, "
                        "part: 2015-02-10, profile: {source: monitoring, month: month, "
                        "value: value, where: indicator is profile}}\n");
    small_people(&small, 40, manchester);
    small_people(&small, 58, salford);
    small_people(&small, 20, trafford);
    small_people(&small, 3, (struct small_person){"trafford", "", "", "", "2015-02-11"});
    small_people(&small, 2, (struct small_person){"", "", "", "", "2014-05-02"});
    small_people(&small, 1, (struct small_person){"trafford", "", "", "", "2014-03-31"});
    small_monitoring(&small, "2014-05", "profile", 50);
    small_monitoring(&small, "2014-08", "profile", 100);
    small_monitoring(&small, "2015-02", "profile", 10);
    r = run(&small);
    small_value(r, "m.2014_05.manchester.count", 40);
    small_value(r, "m.2014_05.all.count", 42);
    small_value(r, "m.2014_08.all.cumulative", 100);
    small_value(r, "m.2014_12.all.cumulative", 100);
    small_value(r, "m.2015_02.trafford.count", 20);
    small_value(r, "m.all.all.count", 120);
    small_value(r, "m.2014_08.all.profile_cumulative", 150);
    small_value(r, "m.2014_08.all.ratio", 100.0 / 150);
    CHECK_TEXT(cell_mark_name(small_cell(r, "m.2015_02.all.ratio")->mark), "z");
    CHECK_HAS(small_cell(r, "m.2015_02.all.count")->row_label, "to 10 February 2015");
    CHECK(
        small_is_part(r, "people|enrolled=2014_04..2014_08|", "people|enrolled=2014_08|"));
    CHECK(small_is_part(r, "people|enrolled=2014_05|",
                        "people|area=missing&enrolled=2014_05|"));
    small_end(&small);
}

/* Twelve groups of 20, eleven with 4 and one with 15: limits, shrinkage and overdispersion
 * by the formulas in R. */
static void groups_are_compared_by_limits_of_chance(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    small_begin(&small, "  f: {compare_groups: believe is yes, by: quarter}\n"
                        "  few: {compare_groups: believe is yes, by: area}\n");
    for (int group = 0; group < 12; group++) {
        char day[32];

        snprintf(day, sizeof day, "20%02d-%02d-02", 10 + group / 4, 3 * (group % 4) + 1);
        for (int i = 0; i < 20; i++)
            small_person(&small, (struct small_person){
                                     "salford", "male",
                                     i < (group == 5 ? 15 : 4) ? "yes" : "no", "", day});
    }
    r = run(&small);
    small_value(r, "f.all.all.groups", 12);
    small_value(r, "f.2011q2.all.percent", 75);
    small_value(r, "f.2011q2.all.limit95", 100.0 * 59 / 240);
    small_limits(r, "f.2011q2.all.limit95", 4.6450773844044377, 42.429009593764974);
    CHECK_NEAR(small_cell(r, "f.2010q1.all.limit998")->high, 54.610015996701634, 1e-9);
    CHECK_NEAR(small_cell(r, "f.2010q1.all.limit998")->level, 0.998, 0);
    small_value(r, "f.2011q2.all.shrunk", 54.774621212121211);
    small_value(r, "f.all.all.overdispersion", 0.22661297874332781);
    CHECK(small_is_linked(r, "f.2011q2.all.limit95", "people|believe=yes|"));
    CHECK(
        !small_is_linked(r, "f.2011q2.all.limit95", "people|believe=yes&quarter=2010q1|"));
    CHECK(small_is_linked(r, "f.2011q2.all.shrunk", "people|believe=yes&quarter=2010q1|"));
    CHECK_TEXT(cell_mark_name(small_cell(r, "few.salford.all.limit95")->mark), "z");
    CHECK_TEXT(small_cell(r, "few.salford.all.shrunk")->method,
               "too few groups for a league table");
    small_value(r, "few.salford.all.percent", 100.0 * 59 / 240);
    small_end(&small);
}

/* Departments A and B of the Berkeley admissions, women and men: R 4.2.2
 * mantelhaen.test(correct = FALSE); Sato's variance and Breslow-Day-Tarone by the formulas.
 */
static void layers_are_held_equal(void **state)
{
    static const struct {
        const char *area, *sex;
        int yes, no;
    } rows[] = {
        {"manchester", "female", 89,  19 },
        {"manchester", "male",   512, 313},
        {"salford",    "female", 17,  8  },
        {"salford",    "male",   353, 207}
    };
    struct small_study small;
    struct results *r;
    (void)state;

    small_begin(&small, "  t: {table: sex by believe by area, percent: row}\n"
                        "  w: {table: sex by when by area}\n");
    for (size_t i = 0; i < 4; i++) {
        struct small_person person = {rows[i].area, rows[i].sex, "yes", "", ""};

        small_people(&small, rows[i].yes, person);
        person.believe = "no";
        small_people(&small, rows[i].no, person);
    }
    r = run(&small);
    CHECK_NEAR(small_cell(r, "t.adjusted.all.p")->value, 8.39341372403632e-05, 1e-12);
    small_value(r, "t.adjusted.all.ratio", 2.351710708757203);
    small_limits(r, "t.adjusted.all.ratio", 1.518828517213701, 3.641321712756036);
    small_value(r, "t.adjusted.all.points", 17.264422302505928);
    small_limits(r, "t.adjusted.all.points", 9.855801716113827, 24.673042888898028);
    CHECK_NEAR(small_cell(r, "t.adjusted.all.homogeneity")->value, 0.09812821242240743,
               1e-9);
    CHECK_TEXT(small_cell(r, "t.adjusted.all.p")->method, "mantel-haenszel");
    CHECK_TEXT(cell_mark_name(small_cell(r, "w.adjusted.all.p")->mark), "z");
    small_end(&small);
}

/* Six rows of weights 4, 10, 6, 2, 8 and 0. Svymean's formula: the variance of a mean is
 * G/(G-1) times the sum of squares of w (y - p) / sum w; logit limits with t of G - 1, of
 * the five rows that weigh anything. R 4.2.2: qt(0.975, 4) is 2.7764451051977987. */
static void weighted_shares_count_what_rows_stand_for(void **state)
{
    static const double weight[] = {4, 10, 6, 2, 8, 0};
    static const int female[] = {1, 1, 0, 0, 1, 1};
    struct small_study small;
    struct results *r;
    double total = 0, of_female = 0, squares = 0, p, v = 0, half;
    (void)state;

    small_begin(
        &small,
        "  w: {table: sex, source: first_score, weight: score}\n"
        "  c: {table: sex by believe, source: first_score, percent: row, weight: score}\n"
        "  m: {mean: score, source: first_score, weight: score}\n");
    for (int i = 0; i < 6; i++) {
        size_t person = small_person(
            &small, (struct small_person){"salford", female[i] ? "female" : "male",
                                          i % 2 ? "yes" : "no", "", ""});
        small_scores(&small, person, (int)weight[i], -1);
        total += weight[i];
        of_female += female[i] ? weight[i] : 0;
        squares += weight[i] * weight[i];
    }
    r = run(&small);
    p = of_female / total;
    for (int i = 0; i < 6; i++)
        v += pow(weight[i] * (female[i] - p) / total, 2);
    half = 2.7764451051977987 * sqrt(6.0 / 5 * v) / (p * (1 - p));
    small_value(r, "w.female.all.count", 4);
    small_value(r, "w.female.all.percent", 100 * p);
    small_limits(r, "w.female.all.percent", 100 / (1 + exp(half - log(p / (1 - p)))),
                 100 / (1 + exp(-half - log(p / (1 - p)))));
    CHECK_TEXT(small_cell(r, "w.female.all.percent")->method, "weighted-logit-t");
    CHECK_INT(small_cell(r, "w.female.all.percent")->numerator, -1);
    small_value(r, "w.all.all.effective", total * total / squares);
    small_value(r, "c.female.yes.percent", 100 * 10.0 / 22);
    CHECK_TEXT(small_cell(r, "c.all.all.p")->method, "rao-scott");
    small_value(r, "m.all.score.mean", squares / total);
    CHECK_TEXT(small_cell(r, "m.all.score.mean")->method, "weighted-t");
    small_end(&small);
}

static void rows_without_any_weight_have_no_share(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    small_begin(&small, "  w: {table: sex, source: first_score, weight: score}\n"
                        "  m: {mean: score, source: first_score, weight: score}\n");
    for (int i = 0; i < 3; i++) {
        size_t person =
            small_person(&small, (struct small_person){"salford", "male", "", "", ""});
        small_scores(&small, person, 0, -1);
    }
    r = run(&small);
    CHECK_TEXT(cell_mark_name(small_cell(r, "w.male.all.percent")->mark), "x");
    CHECK_TEXT(small_cell(r, "w.male.all.percent")->method,
               "not computed: no row in it has a weight");
    CHECK_TEXT(cell_mark_name(small_cell(r, "m.all.score.mean")->mark), "x");
    CHECK_TEXT(cell_mark_name(small_cell(r, "w.all.all.effective")->mark), "x");
    small_end(&small);
}

/* Those without an area are nobody where an area is asked for: no sum holds its own total.
 */
static void a_total_is_no_part_of_itself(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    small_begin(&small,
                "  few: {compare_groups: believe is yes, by: area, where: area answered}\n"
                "  area: {table: area by believe}\n"
                "  sex: {table: sex, where: area is missing}\n");
    small_people(&small, 8,
                 (struct small_person){"salford", "male", "no", "", "2015-01-02"});
    small_people(&small, 6, (struct small_person){"", "male", "yes", "", "2015-01-02"});
    r = run(&small);
    CHECK(r->sum_count > 0);
    for (size_t i = 0; i < r->sum_count; i++) {
        for (size_t j = 0; j < r->sums[i].count; j++)
            CHECK(strcmp(r->sums[i].total, r->sums[i].parts[j]) != 0);
    }
    small_end(&small);
}

static void groups_that_agree_whatever_have_no_limits(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    small_begin(&small, "  f: {compare_groups: believe is yes, by: quarter}\n");
    for (int group = 0; group < 10; group++) {
        char day[32];

        snprintf(day, sizeof day, "20%02d-%02d-02", 10 + group / 4, 3 * (group % 4) + 1);
        small_people(&small, 8, (struct small_person){"salford", "male", "no", "", day});
    }
    r = run(&small);
    CHECK_TEXT(cell_mark_name(small_cell(r, "f.2011q2.all.limit95")->mark), "z");
    CHECK_NEAR(small_cell(r, "f.2011q2.all.limit95")->low, NAN, 0);
    CHECK_TEXT(small_cell(r, "f.all.all.overdispersion")->method,
               "nobody, or everybody, in any group");
    small_end(&small);
}

/* Five months of 2 and five of 8: one long run on each side, crossed once. */
static void a_run_chart_leaves_part_months_out(void **state)
{
    static const char *const months[] = {"2014-04", "2014-05", "2014-06", "2014-07",
                                         "2014-08", "2014-09", "2014-10", "2014-11",
                                         "2014-12", "2015-01"};
    struct small_study small;
    struct results *r;
    (void)state;

    small_begin(&small,
                "  m: {months: enrolled, by: area, from: 2014-03, to: 2015-03, "
                "part: 2015-02-10, trend: run}\n"
                "  short: {months: enrolled, from: 2014-04, to: 2014-08, trend: run}\n");
    for (size_t i = 0; i < 10; i++) {
        char day[11];

        snprintf(day, sizeof day, "%s-05", months[i]);
        small_people(&small, i < 5 ? 20 : 80,
                     (struct small_person){"salford", "male", "", "", day});
    }
    small_people(&small, 500,
                 (struct small_person){"salford", "male", "", "", "2014-03-28"});
    small_people(&small, 500,
                 (struct small_person){"salford", "male", "", "", "2015-02-05"});
    r = run(&small);
    small_value(r, "m.all.all.median", 50);
    small_value(r, "m.all.salford.longest_run", 5);
    small_value(r, "m.all.all.longest_max", 6);
    small_value(r, "m.all.all.crossings", 1);
    small_value(r, "m.all.all.crossings_min", 2);
    small_value(r, "m.all.all.signal", 1);
    CHECK(small_is_linked(r, "m.all.all.median", "people|enrolled=2014_04|"));
    CHECK(small_is_linked(r, "m.all.all.median", "people|enrolled=2015_01|"));
    small_value(r, "short.all.all.median", 20);
    CHECK_TEXT(cell_mark_name(small_cell(r, "short.all.all.signal")->mark), "x");
    small_end(&small);
}

/* 26 job starts of the 27 expected: Garwood's limits from R's poisson.test. */
static void a_sum_stands_against_its_profile(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    small_begin(
        &small,
        "  starts: {sum: value, source: monitoring, where: indicator is starts}\n"
        "  expected: {sum: value, source: monitoring, where: indicator is expected, "
        "mask: no, reason: published}\n"
        "  against: {against: {actual: starts.all.all.sum, "
        "profile: expected.all.all.sum}}\n");
    small_people(&small, 5, manchester);
    small_monitoring(&small, "2014-05", "starts", 20);
    small_monitoring(&small, "2014-06", "starts", 6);
    small_monitoring(&small, "2014-06", "expected", 27);
    r = run(&small);
    small_value(r, "starts.all.all.sum", 26);
    small_value(r, "against.all.all.actual", 26);
    small_value(r, "against.all.all.ratio", 26.0 / 27);
    small_limits(r, "against.all.all.ratio", 0.6290393783554201, 1.4109638549305563);
    small_value(r, "against.all.all.attainment", 2600.0 / 27);
    small_value(r, "against.all.all.shortfall", 100.0 / 27);
    small_value(r, "against.all.all.gap", -1);
    CHECK(
        small_is_linked(r, "against.all.all.ratio", "monitoring:value|indicator=starts|"));
    CHECK(!small_quantity(r, "monitoring:value|indicator=starts|")->open);
    CHECK(small_quantity(r, "monitoring:value|indicator=expected|")->open);
    small_end(&small);
}

/* Beta(1/2, 1/2) and 3 of 12: R's pbeta(.2, 3.5, 9.5, lower = FALSE), and of the remaining
 * 8 at least 3, for 6 of 20, summed from its beta functions. */
static void a_target_has_its_probability_now_and_at_the_end(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    small_begin(&small, "  now: {target: 20, of: believe is yes, by: area}\n"
                        "  end: {target: 30, of: believe is yes, expected: 20}\n"
                        "  past: {target: 30, of: believe is yes, expected: 11}\n");
    for (long i = 0; i < 12; i++)
        small_person(
            &small, (struct small_person){"salford", "male", i < 3 ? "yes" : "no", "", ""});
    r = run(&small);
    small_value(r, "now.salford.all.probability", 68.829000072375052);
    CHECK_TEXT(small_cell(r, "now.all.all.probability")->method, "beta-posterior");
    CHECK_TEXT(cell_mark_name(small_cell(r, "now.all.all.probability")->mark), "low");
    small_value(r, "end.all.all.reach_probability", 37.511302550993328);
    small_value(r, "end.all.all.expected_total", 3 + 8 * 3.5 / 13);
    assert_null(results_find(r, "now.all.all.reach_probability"));
    CHECK_TEXT(cell_mark_name(small_cell(r, "past.all.all.reach_probability")->mark), "x");
    CHECK_TEXT(small_cell(r, "past.all.all.expected_total")->method,
               "not computed: there are more clients already than are expected at the end");
    small_end(&small);
}

static void a_target_is_met_missed_or_neither(void **state)
{
    static const struct {
        const char *target, *area;
        double status;
    } rows[] = {
        {"low",  "manchester", 1 },
        {"high", "manchester", -1},
        {"mid",  "manchester", 0 }
    };
    struct small_study small;
    struct results *r;
    (void)state;

    small_begin(&small, "  low: {target: 5, of: believe is yes, by: area}\n"
                        "  mid: {target: 20, of: believe is yes, by: area}\n"
                        "  high: {target: 60, of: believe is yes, by: area}\n");
    small_people(&small, 9, manchester);
    small_people(&small, 21, (struct small_person){"manchester", "male", "", "", ""});
    r = run(&small);
    for (size_t i = 0; i < 3; i++)
        small_value(r,
                    rk_arena_printf(small.run.arena, "%s.%s.all.status", rows[i].target,
                                    rows[i].area),
                    rows[i].status);
    small_value(r, "mid.all.all.percent", 30);
    small_value(r, "mid.all.all.gap", 10);
    small_value(r, "mid.all.all.p", 0.1897379022027001); /* R pbinom, mid-p */
    small_value(r, "mid.all.all.target", 20);
    small_end(&small);
}

static void a_comparison_is_second_less_first_without_an_interval(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    small_begin(&small, "  a: {table: area by believe, source: initial, percent: row}\n"
                        "  b: {table: area by believe, source: latest, percent: row}\n"
                        "  c: {compare: [a, b], measure: percent}\n");
    small_people(&small, 29, (struct small_person){"salford", "male", "no", "", ""});
    small_people(&small, 11, (struct small_person){"salford", "male", "yes", "", ""});
    for (size_t i = 1; i <= 24; i++)
        small_review(&small, i, i <= 16 ? "yes" : "no", "");
    r = run(&small);
    small_value(r, "c.salford.yes.points", 100.0 * 16 / 24 - 100.0 * 11 / 40);
    CHECK_NEAR(small_cell(r, "c.salford.yes.points")->low, NAN, 0);
    CHECK_INT(small_cell(r, "c.salford.yes.points")->base, -1);
    CHECK_TEXT(cell_unit_name(small_cell(r, "c.salford.yes.points")->unit), "points");
    CHECK(small_is_linked(r, "c.salford.yes.points",
                          "people|area=salford&latest.believe=yes|"));
    CHECK(small_is_linked(r, "c.salford.yes.points", "people|area=salford&believe=yes|"));
    small_end(&small);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(means_by_quarter_have_t_limits_and_a_trend),
        cmocka_unit_test(one_score_has_a_mean_and_no_spread),
        cmocka_unit_test(months_add_up_and_a_part_month_is_not_measured),
        cmocka_unit_test(groups_are_compared_by_limits_of_chance),
        cmocka_unit_test(layers_are_held_equal),
        cmocka_unit_test(weighted_shares_count_what_rows_stand_for),
        cmocka_unit_test(rows_without_any_weight_have_no_share),
        cmocka_unit_test(a_total_is_no_part_of_itself),
        cmocka_unit_test(groups_that_agree_whatever_have_no_limits),
        cmocka_unit_test(a_run_chart_leaves_part_months_out),
        cmocka_unit_test(a_sum_stands_against_its_profile),
        cmocka_unit_test(a_target_has_its_probability_now_and_at_the_end),
        cmocka_unit_test(a_target_is_met_missed_or_neither),
        cmocka_unit_test(a_comparison_is_second_less_first_without_an_interval),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
