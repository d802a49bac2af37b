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

static void add_people(struct small_study *small, long n, struct small_person person)
{
    for (long i = 0; i < n; i++)
        small_person(small, person);
}

/** `yes` of `n` records of one type, dealt in turn to people first .. first + people - 1.
 */
static void add_services(struct small_study *small, long n, long yes, size_t first,
                         size_t people, const char *type)
{
    for (long i = 0; i < n; i++)
        small_service(small, first + (size_t)i % people, type, i < yes ? "yes" : "no",
                      "Org");
}

static struct results *run(struct small_study *small)
{
    return small_run(small, &tabulate_stage, NULL, NULL);
}

static void check_value(const struct results *r, const char *id, double value)
{
    CHECK_NEAR(small_cell(r, id)->value, value, 1e-9);
}

static void check_limits(const struct results *r, const char *id, double low, double high)
{
    CHECK_NEAR(small_cell(r, id)->low, low, 1e-9);
    CHECK_NEAR(small_cell(r, id)->high, high, 1e-9);
}

static const struct quantity *quantity(const struct results *r, const char *id)
{
    long at = rk_map_find(r->quantity_index, id);

    if (at < 0) fail_msg("there is no quantity %s", id);
    return &r->quantities[at];
}

static bool is_linked(const struct results *r, const char *cell, const char *id)
{
    for (size_t i = 0; i < r->link_count; i++) {
        if (strcmp(r->links[i].cell, cell) == 0 && strcmp(r->links[i].quantity, id) == 0)
            return true;
    }
    return false;
}

/** Is there a sum with this total and, among others, this part? */
static bool is_part(const struct results *r, const char *total, const char *part)
{
    for (size_t i = 0; i < r->sum_count; i++) {
        for (size_t j = 0; strcmp(r->sums[i].total, total) == 0 && j < r->sums[i].count;
             j++) {
            if (strcmp(r->sums[i].parts[j], part) == 0) return true;
        }
    }
    return false;
}

/* ---- tables ---- */

/* The 2015 report's Table 5.2, with its totals put right. */
static void table_5_2(struct small_study *small, const char *results)
{
    small_begin(small, results);
    add_people(small, 60, manchester);
    add_people(small, 40, salford);
    add_people(small, 15, trafford);
    add_services(small, 665, 488, 1, 60, "gp");
    add_services(small, 391, 114, 61, 40, "gp");
    add_services(small, 151, 126, 101, 15, "housing");
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
        check_value(r, rows[i].id, rows[i].percent);
        CHECK_INT(small_cell(r, rows[i].id)->numerator, rows[i].yes);
        CHECK_INT(small_cell(r, rows[i].id)->base, rows[i].n);
    }
    check_limits(r, "t.salford.yes.percent", 24.8713892166, 33.8462184817); /* R 4.2.2 */
    check_value(r, "t.all.all.v", 0.4440396816895795);
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
    check_value(r, "t.salford.all.count", 391);
    check_value(r, "t.salford.all.percent", 100);
    CHECK_NEAR(small_cell(r, "t.salford.all.percent")->low, NAN, 0);
    CHECK(is_part(r, "services|improving=*&people.area=salford|",
                  "services|improving=yes&people.area=salford|"));
    CHECK(is_part(r, "services|improving=yes&people.area=*|",
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
    add_people(&small, 30, manchester);
    add_people(&small, 10, salford);
    add_people(&small, 20, (struct small_person){"salford", "female", "", "", ""});
    r = run(&small);
    check_value(r, "c.female.salford.percent", 100.0 * 20 / 30);
    check_value(r, "c.female.all.percent", 100.0 * 50 / 60);
    check_value(r, "c.all.salford.percent", 100);
    check_value(r, "n.female.salford.percent", 100.0 * 20 / 60);
    check_value(r, "n.all.salford.percent", 50);
    CHECK(results_find(r, "none.female.salford.percent") == NULL);
    check_value(r, "none.female.salford.count", 20);
    small_end(&small);
}

static void only_the_answered_are_in_a_table_unless_missing_is_shown(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    small_begin(&small, "  one: {table: believe}\n"
                        "  shown: {table: believe, show_missing: yes}\n");
    add_people(&small, 30, manchester);
    add_people(&small, 50, salford);
    add_people(&small, 20, trafford);
    r = run(&small);
    check_value(r, "one.yes.all.percent", 37.5);
    check_value(r, "one.all.all.count", 80);
    check_value(r, "shown.yes.all.percent", 30);
    check_value(r, "shown.missing.all.percent", 20);
    check_value(r, "shown.all.all.count", 100);
    CHECK(results_find(r, "one.missing.all.count") == NULL);
    CHECK(is_part(r, "people||", "people|believe=missing|"));
    CHECK(is_linked(r, "shown.missing.all.count", "people|believe=missing|"));
    small_end(&small);
}

static void the_largest_rows_come_first_when_asked_and_the_rest_can_be_cut(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    small_begin(&small, "  sorted: {table: area, order: count}\n"
                        "  top: {table: area, top: 2}\n");
    add_people(&small, 10, manchester);
    add_people(&small, 30, salford);
    add_people(&small, 20, trafford);
    r = run(&small);
    CHECK_INT(small_cell(r, "sorted.salford.all.count")->row_order, 1);
    CHECK_INT(small_cell(r, "sorted.trafford.all.count")->row_order, 2);
    CHECK_INT(small_cell(r, "sorted.manchester.all.count")->row_order, 3);
    CHECK(small_cell(r, "sorted.all.all.count")->row_order > 3);
    CHECK(results_find(r, "top.manchester.all.count") == NULL);
    check_value(r, "top.all.all.count", 60);
    CHECK(is_part(r, "people|area=*|", "people|area=manchester|"));
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
    add_people(&small, 10, manchester);
    add_people(&small, 10, salford);
    r = run(&small);
    CHECK(results_find(r, "area.outside.all.count") == NULL);
    CHECK(results_find(r, "when.never.outside.count") == NULL);
    check_value(r, "when.never.salford.count", 0);
    check_value(r, "some.salford.all.count", 0);
    small_end(&small);
}

static void a_third_variable_cuts_the_table_in_layers(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    small_begin(&small, "  t: {table: sex by believe by area, percent: row}\n");
    add_people(&small, 30, manchester);
    add_people(&small, 12, (struct small_person){"manchester", "male", "no", "", ""});
    add_people(&small, 18, (struct small_person){"manchester", "male", "yes", "", ""});
    add_people(&small, 10, salford);
    r = run(&small);
    check_value(r, "t.manchester/male.yes.percent", 60);
    check_value(r, "t.manchester/all.yes.percent", 80);
    check_value(r, "t.all/male.yes.percent", 45);
    check_value(r, "t.all.yes.count", 48);
    CHECK_TEXT(small_cell(r, "t.manchester/male.yes.count")->row_label, "Manchester, Male");
    CHECK_TEXT(small_cell(r, "t.manchester/all.all.p")->method, "chi-square-n-1");
    CHECK(small_cell(r, "t.manchester/male.yes.count")->row_order <
          small_cell(r, "t.salford/female.yes.count")->row_order);
    CHECK(is_part(r, "people|area=*&believe=yes&sex=male|",
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
    add_people(&small, 3, (struct small_person){"manchester", "female", "yes", "soon", ""});
    add_people(&small, 1, (struct small_person){"manchester", "male", "yes", "never", ""});
    add_people(&small, 4, (struct small_person){"salford", "male", "no", "later", ""});
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
    add_people(&small, 40, manchester);
    add_people(&small, 7, salford);
    add_people(&small, 5, trafford);
    r = run(&small);
    CHECK_TEXT(cell_mark_name(small_cell(r, "t.manchester.yes.percent")->mark), "");
    CHECK_TEXT(cell_mark_name(small_cell(r, "t.salford.yes.percent")->mark), "low");
    check_value(r, "t.salford.yes.percent", 0);
    CHECK_TEXT(cell_mark_name(small_cell(r, "t.trafford.yes.percent")->mark), "z");
    check_value(r, "t.trafford.yes.percent", NAN);
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
    add_people(&small, 2, manchester);
    add_people(&small, 258, salford);
    r = run(&small);
    check_limits(r, "exact.yes.all.percent", 0.09329355060647024,
                 2.75094647749558607); /* R */
    CHECK_TEXT(small_cell(r, "exact.yes.all.percent")->method, "clopper-pearson");
    CHECK_NEAR(small_cell(r, "none.yes.all.percent")->low, NAN, 0);
    CHECK_NEAR(small_cell(r, "none.yes.all.percent")->level, NAN, 0);
    small_end(&small);
}

/* ---- records and clients ---- */

/* Six clients with 2 of 3, 0 of 1, 3 of 3, 1 of 2, 0 of 2 and 2 of 2 records that say yes.
 */
static void six_clients(struct small_study *small, const char *results)
{
    static const struct {
        long yes, n;
    } clients[] = {
        {2, 3},
        {0, 1},
        {3, 3},
        {1, 2},
        {0, 2},
        {2, 2}
    };

    small_begin(small, results);
    add_people(small, 3, manchester);
    add_people(small, 3, salford);
    for (size_t i = 0; i < 6; i++)
        add_services(small, clients[i].n, clients[i].yes, i + 1, 1,
                     i < 3 ? "gp" : "housing");
}

static void several_records_of_a_client_widen_the_interval(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    six_clients(&small, "  c: {table: improving, source: services, cluster: client}\n"
                        "  n: {table: improving, source: services}\n");
    r = run(&small);
    check_value(r, "c.yes.all.percent", 61.53846153846154);
    check_limits(r, "c.yes.all.percent", 20.81985168584239,
                 90.68550661285615); /* R, by hand */
    CHECK_TEXT(small_cell(r, "c.yes.all.percent")->method, "cluster-logit-t");
    CHECK(small_cell(r, "c.yes.all.percent")->low <
          small_cell(r, "n.yes.all.percent")->low);
    small_end(&small);
}

static void all_or_none_of_the_records_rest_on_the_number_of_clients(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    six_clients(&small, "  c: {table: type by area, source: services, percent: column, "
                        "cluster: client}\n");
    r = run(&small);
    check_value(r, "c.housing.manchester.percent", 0);
    CHECK_NEAR(small_cell(r, "c.housing.manchester.percent")->high, 70.7598,
               1e-3); /* 0 of 3 */
    CHECK_TEXT(small_cell(r, "c.housing.manchester.percent")->method,
               "clopper-pearson-clients");
    CHECK_TEXT(small_cell(r, "c.all.all.p")->method, "rao-scott");
    small_end(&small);
}

static void a_client_with_several_records_is_counted_once(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    six_clients(&small,
                "  d: {table: improving by area, source: services, percent: column, "
                "distinct: client}\n"
                "  n: {count: distinct client, source: services, by: area}\n"
                "  orgs: {count: distinct organisation, source: services}\n");
    small_service(&small, 0, "gp", "yes", "Elsewhere");
    r = run(&small);
    check_value(r, "d.yes.all.clients", 4);
    check_value(r, "d.no.all.clients", 4);
    check_value(r, "d.all.all.clients", 6);
    check_value(r, "d.yes.manchester.clients_percent", 100.0 * 2 / 3);
    CHECK_TEXT(cell_unit_name(small_cell(r, "d.yes.all.clients")->unit), "clients");
    check_value(r, "n.manchester.all.count", 3);
    CHECK_TEXT(cell_unit_name(small_cell(r, "n.all.all.count")->unit), "clients");
    check_value(r, "n.all.all.count", 7);
    check_value(r, "orgs.all.all.count", 2);
    CHECK_TEXT(cell_unit_name(small_cell(r, "orgs.all.all.count")->unit), "number");
    /* Four clients have a yes and four a no: those without a yes are not those with a no. */
    for (size_t i = 0; i < r->quantity_count; i++)
        CHECK(!strstr(r->quantities[i].id, ".clients|") || !strchr(r->quantities[i].id, '!'));
    small_end(&small);
}

/* Five men with a record each, and a woman with six: between all 11 and the men's five lie six
 * records and one client. A second table leaves out six records of whom nobody knows; nobody has
 * more than six, so there may be one. */
static void behind_a_difference_of_records_stand_as_few_clients_as_may_be(void **state)
{
    static const struct {
        const char *total, *part;
    } rows[] = {
        {"services|type=*|", "services|people.sex=male&type=*|"},
        {"services|type=*|", "services|improving=yes&type=*|"},
    };
    struct small_study small;
    struct results *r;
    int found = 0;
    (void)state;

    small_begin(&small, "  every: {table: type, source: services, unit: records}\n"
                        "  men: {table: type, source: services, unit: records, where: sex is "
                        "male}\n"
                        "  well: {table: type, source: services, unit: records, where: "
                        "improving is yes}\n");
    add_people(&small, 5, salford);
    add_people(&small, 1, manchester);
    add_services(&small, 5, 5, 1, 5, "gp");
    add_services(&small, 6, 0, 6, 1, "gp");
    r = run(&small);
    for (size_t i = 0; i < r->sum_count; i++)
        for (size_t k = 0; k < 2; k++) {
            const struct quantity *rest;

            if (strcmp(r->sums[i].total, rows[k].total) || strcmp(r->sums[i].parts[0], rows[k].part))
                continue;
            rest = &r->quantities[rk_map_find(r->quantity_index, r->sums[i].parts[1])];
            CHECK_INT(rest->value, 6);
            CHECK_INT(rest->people, 1);
            found++;
        }
    CHECK_INT(found, 2);
    small_end(&small);
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
    check_value(r, "m.2014q2.score.mean", 14);
    check_limits(r, "m.2014q2.score.mean", 10.07351367704489, 17.92648632295511);
    check_value(r, "m.2014q3.score.sd", 2);
    check_value(r, "m.2015q1.score.median", 7);
    CHECK(results_find(r, "m.2014q4.score.mean") == NULL);
    check_limits(r, "m.all.score.mean", 8.368578078484724, 13.464755254848608);
    check_value(r, "m.first_last.score.difference", 7);
    check_limits(r, "m.first_last.score.difference", 2.46955943649295, 11.53044056350705);
    check_value(r, "m.first_last.score.p", 0.008156170828391861);
    check_value(r, "m.trend.score.slope", -2.308641975308642);
    check_limits(r, "m.trend.score.slope", -3.609157158934761, -1.008126791682523);
    check_value(r, "m.trend.score.p", 2.706798519159301e-03);
    CHECK_TEXT(cell_unit_name(small_cell(r, "m.all.score.mean")->unit), "score");
    small_end(&small);
}

static void one_score_has_a_mean_and_no_spread(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    small_begin(&small, "  m: {mean: score, source: latest_score}\n");
    add_people(&small, 2, manchester);
    small_scores(&small, 1, 20, -1);
    r = run(&small);
    check_value(r, "m.all.score.mean", 20);
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
    add_people(&small, 40, manchester);
    add_people(&small, 58, salford);
    add_people(&small, 20, trafford);
    add_people(&small, 3, (struct small_person){"trafford", "", "", "", "2015-02-11"});
    add_people(&small, 2, (struct small_person){"", "", "", "", "2014-05-02"});
    add_people(&small, 1, (struct small_person){"trafford", "", "", "", "2014-03-31"});
    small_monitoring(&small, "2014-05", "profile", 50);
    small_monitoring(&small, "2014-08", "profile", 100);
    small_monitoring(&small, "2015-02", "profile", 10);
    r = run(&small);
    check_value(r, "m.2014_05.manchester.count", 40);
    check_value(r, "m.2014_05.all.count", 42);
    check_value(r, "m.2014_08.all.cumulative", 100);
    check_value(r, "m.2014_12.all.cumulative", 100);
    check_value(r, "m.2015_02.trafford.count", 20);
    check_value(r, "m.all.all.count", 120);
    check_value(r, "m.2014_08.all.profile_cumulative", 150);
    check_value(r, "m.2014_08.all.ratio", 100.0 / 150);
    CHECK_TEXT(cell_mark_name(small_cell(r, "m.2015_02.all.ratio")->mark), "z");
    CHECK_HAS(small_cell(r, "m.2015_02.all.count")->row_label, "to 10 February 2015");
    CHECK(is_part(r, "people|enrolled=2014_04..2014_08|", "people|enrolled=2014_08|"));
    CHECK(is_part(r, "people|enrolled=2014_05|", "people|area=missing&enrolled=2014_05|"));
    small_end(&small);
}

/* Twelve groups of 20, eleven with 4 and one with 15: limits, shrinkage and overdispersion by
 * the formulas in R. */
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
            small_person(&small,
                         (struct small_person){"salford", "male",
                                               i < (group == 5 ? 15 : 4) ? "yes" : "no", "",
                                               day});
    }
    r = run(&small);
    check_value(r, "f.all.all.groups", 12);
    check_value(r, "f.2011q2.all.percent", 75);
    check_value(r, "f.2011q2.all.limit95", 100.0 * 59 / 240);
    check_limits(r, "f.2011q2.all.limit95", 4.6450773844044377, 42.429009593764974);
    CHECK_NEAR(small_cell(r, "f.2010q1.all.limit998")->high, 54.610015996701634, 1e-9);
    CHECK_NEAR(small_cell(r, "f.2010q1.all.limit998")->level, 0.998, 0);
    check_value(r, "f.2011q2.all.shrunk", 54.774621212121211);
    check_value(r, "f.all.all.overdispersion", 0.22661297874332781);
    CHECK(is_linked(r, "f.2011q2.all.limit95", "people|believe=yes|"));
    CHECK(!is_linked(r, "f.2011q2.all.limit95", "people|believe=yes&quarter=2010q1|"));
    CHECK(is_linked(r, "f.2011q2.all.shrunk", "people|believe=yes&quarter=2010q1|"));
    CHECK_TEXT(cell_mark_name(small_cell(r, "few.salford.all.limit95")->mark), "z");
    CHECK_TEXT(small_cell(r, "few.salford.all.shrunk")->method,
               "too few groups for a league table");
    check_value(r, "few.salford.all.percent", 100.0 * 59 / 240);
    small_end(&small);
}

/* Departments A and B of the Berkeley admissions, women and men: R 4.2.2
 * mantelhaen.test(correct = FALSE); Sato's variance and Breslow-Day-Tarone by the formulas. */
static void layers_are_held_equal(void **state)
{
    static const struct {
        const char *area, *sex;
        int yes, no;
    } rows[] = {{"manchester", "female", 89, 19},
                {"manchester", "male", 512, 313},
                {"salford", "female", 17, 8},
                {"salford", "male", 353, 207}};
    struct small_study small;
    struct results *r;
    (void)state;

    small_begin(&small, "  t: {table: sex by believe by area, percent: row}\n"
                        "  w: {table: sex by when by area}\n");
    for (size_t i = 0; i < 4; i++) {
        struct small_person person = {rows[i].area, rows[i].sex, "yes", "", ""};

        add_people(&small, rows[i].yes, person);
        person.believe = "no";
        add_people(&small, rows[i].no, person);
    }
    r = run(&small);
    CHECK_NEAR(small_cell(r, "t.adjusted.all.p")->value, 8.39341372403632e-05, 1e-12);
    check_value(r, "t.adjusted.all.ratio", 2.351710708757203);
    check_limits(r, "t.adjusted.all.ratio", 1.518828517213701, 3.641321712756036);
    check_value(r, "t.adjusted.all.points", 17.264422302505928);
    check_limits(r, "t.adjusted.all.points", 9.855801716113827, 24.673042888898028);
    CHECK_NEAR(small_cell(r, "t.adjusted.all.homogeneity")->value, 0.09812821242240743, 1e-9);
    CHECK_TEXT(small_cell(r, "t.adjusted.all.p")->method, "mantel-haenszel");
    CHECK_TEXT(cell_mark_name(small_cell(r, "w.adjusted.all.p")->mark), "z");
    small_end(&small);
}

/* Six rows of weights 4, 10, 6, 2, 8 and 0. Svymean's formula: the variance of a mean is
 * G/(G-1) times the sum of squares of w (y - p) / sum w; logit limits with t of G - 1, of the
 * five rows that weigh anything. R 4.2.2: qt(0.975, 4) is 2.7764451051977987. */
static void weighted_shares_count_what_rows_stand_for(void **state)
{
    static const double weight[] = {4, 10, 6, 2, 8, 0};
    static const int female[] = {1, 1, 0, 0, 1, 1};
    struct small_study small;
    struct results *r;
    double total = 0, of_female = 0, squares = 0, p, v = 0, half;
    (void)state;

    small_begin(&small,
                "  w: {table: sex, source: first_score, weight: score}\n"
                "  c: {table: sex by believe, source: first_score, percent: row, weight: score}\n"
                "  m: {mean: score, source: first_score, weight: score}\n");
    for (int i = 0; i < 6; i++) {
        size_t person = small_person(&small, (struct small_person){"salford",
                                                                   female[i] ? "female" : "male",
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
    check_value(r, "w.female.all.count", 4);
    check_value(r, "w.female.all.percent", 100 * p);
    check_limits(r, "w.female.all.percent", 100 / (1 + exp(half - log(p / (1 - p)))),
                 100 / (1 + exp(-half - log(p / (1 - p)))));
    CHECK_TEXT(small_cell(r, "w.female.all.percent")->method, "weighted-logit-t");
    CHECK_INT(small_cell(r, "w.female.all.percent")->numerator, -1);
    check_value(r, "w.all.all.effective", total * total / squares);
    check_value(r, "c.female.yes.percent", 100 * 10.0 / 22);
    CHECK_TEXT(small_cell(r, "c.all.all.p")->method, "rao-scott");
    check_value(r, "m.all.score.mean", squares / total);
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
        size_t person = small_person(&small,
                                     (struct small_person){"salford", "male", "", "", ""});
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

/* Those without an area are nobody where an area is asked for: no sum holds its own total. */
static void a_total_is_no_part_of_itself(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    small_begin(&small, "  few: {compare_groups: believe is yes, by: area, where: area answered}\n"
                        "  area: {table: area by believe}\n"
                        "  sex: {table: sex, where: area is missing}\n");
    add_people(&small, 8, (struct small_person){"salford", "male", "no", "", "2015-01-02"});
    add_people(&small, 6, (struct small_person){"", "male", "yes", "", "2015-01-02"});
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
        add_people(&small, 8, (struct small_person){"salford", "male", "no", "", day});
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
    static const char *const months[] = {"2014-04", "2014-05", "2014-06", "2014-07", "2014-08",
                                         "2014-09", "2014-10", "2014-11", "2014-12", "2015-01"};
    struct small_study small;
    struct results *r;
    (void)state;

    small_begin(&small, "  m: {months: enrolled, by: area, from: 2014-03, to: 2015-03, "
                        "part: 2015-02-10, trend: run}\n"
                        "  short: {months: enrolled, from: 2014-04, to: 2014-08, trend: run}\n");
    for (size_t i = 0; i < 10; i++) {
        char day[11];

        snprintf(day, sizeof day, "%s-05", months[i]);
        add_people(&small, i < 5 ? 20 : 80,
                   (struct small_person){"salford", "male", "", "", day});
    }
    add_people(&small, 500, (struct small_person){"salford", "male", "", "", "2014-03-28"});
    add_people(&small, 500, (struct small_person){"salford", "male", "", "", "2015-02-05"});
    r = run(&small);
    check_value(r, "m.all.all.median", 50);
    check_value(r, "m.all.salford.longest_run", 5);
    check_value(r, "m.all.all.longest_max", 6);
    check_value(r, "m.all.all.crossings", 1);
    check_value(r, "m.all.all.crossings_min", 2);
    check_value(r, "m.all.all.signal", 1);
    CHECK(is_linked(r, "m.all.all.median", "people|enrolled=2014_04|"));
    CHECK(is_linked(r, "m.all.all.median", "people|enrolled=2015_01|"));
    check_value(r, "short.all.all.median", 20);
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
    add_people(&small, 5, manchester);
    small_monitoring(&small, "2014-05", "starts", 20);
    small_monitoring(&small, "2014-06", "starts", 6);
    small_monitoring(&small, "2014-06", "expected", 27);
    r = run(&small);
    check_value(r, "starts.all.all.sum", 26);
    check_value(r, "against.all.all.actual", 26);
    check_value(r, "against.all.all.ratio", 26.0 / 27);
    check_limits(r, "against.all.all.ratio", 0.6290393783554201, 1.4109638549305563);
    check_value(r, "against.all.all.attainment", 2600.0 / 27);
    check_value(r, "against.all.all.shortfall", 100.0 / 27);
    check_value(r, "against.all.all.gap", -1);
    CHECK(is_linked(r, "against.all.all.ratio", "monitoring:value|indicator=starts|"));
    CHECK(!quantity(r, "monitoring:value|indicator=starts|")->open);
    CHECK(quantity(r, "monitoring:value|indicator=expected|")->open);
    small_end(&small);
}

/* Beta(1/2, 1/2) and 3 of 12: R's pbeta(.2, 3.5, 9.5, lower = FALSE), and of the remaining 8
 * at least 3, for 6 of 20, summed from its beta functions. */
static void a_target_has_its_probability_now_and_at_the_end(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    small_begin(&small, "  now: {target: 20, of: believe is yes, by: area}\n"
                        "  end: {target: 30, of: believe is yes, expected: 20}\n"
                        "  past: {target: 30, of: believe is yes, expected: 11}\n");
    for (long i = 0; i < 12; i++)
        small_person(&small,
                     (struct small_person){"salford", "male", i < 3 ? "yes" : "no", "", ""});
    r = run(&small);
    check_value(r, "now.salford.all.probability", 68.829000072375052);
    CHECK_TEXT(small_cell(r, "now.all.all.probability")->method, "beta-posterior");
    CHECK_TEXT(cell_mark_name(small_cell(r, "now.all.all.probability")->mark), "low");
    check_value(r, "end.all.all.reach_probability", 37.511302550993328);
    check_value(r, "end.all.all.expected_total", 3 + 8 * 3.5 / 13);
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
    add_people(&small, 9, manchester);
    add_people(&small, 21, (struct small_person){"manchester", "male", "", "", ""});
    r = run(&small);
    for (size_t i = 0; i < 3; i++)
        check_value(r,
                    rk_arena_printf(small.run.arena, "%s.%s.all.status", rows[i].target,
                                    rows[i].area),
                    rows[i].status);
    check_value(r, "mid.all.all.percent", 30);
    check_value(r, "mid.all.all.gap", 10);
    check_value(r, "mid.all.all.p", 0.1897379022027001); /* R pbinom, mid-p */
    check_value(r, "mid.all.all.target", 20);
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
    add_people(&small, 29, (struct small_person){"salford", "male", "no", "", ""});
    add_people(&small, 11, (struct small_person){"salford", "male", "yes", "", ""});
    for (size_t i = 1; i <= 24; i++)
        small_review(&small, i, i <= 16 ? "yes" : "no", "");
    r = run(&small);
    check_value(r, "c.salford.yes.points", 100.0 * 16 / 24 - 100.0 * 11 / 40);
    CHECK_NEAR(small_cell(r, "c.salford.yes.points")->low, NAN, 0);
    CHECK_INT(small_cell(r, "c.salford.yes.points")->base, -1);
    CHECK_TEXT(cell_unit_name(small_cell(r, "c.salford.yes.points")->unit), "points");
    CHECK(is_linked(r, "c.salford.yes.points", "people|area=salford&latest.believe=yes|"));
    CHECK(is_linked(r, "c.salford.yes.points", "people|area=salford&believe=yes|"));
    small_end(&small);
}

/* ---- made by themselves ---- */

static void the_flow_of_records_adds_up(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    small_begin(&small, "  area: {table: area}\n");
    add_people(&small, 20, manchester);
    add_people(&small, 5, (struct small_person){"", "", "yes", "", ""});
    small_review(&small, 3, "yes", "");
    r = run(&small);
    check_value(r, "flow.assessments.read.count", 35);
    check_value(r, "flow.assessments.excluded/consent.count", 5);
    check_value(r, "flow.assessments.unique.count", 25);
    CHECK_TEXT(small_cell(r, "flow.assessments.excluded/consent.count")->column_label,
               "no consent");
    CHECK(is_part(r, "assessments.flow|step=kept|", "people||"));
    check_value(r, "answered.assessments/area.all.percent", 80);
    CHECK(results_find(r, "answered.assessments/client.all.count") == NULL);
    check_value(r, "points.latest.clients.count", 1);
    check_value(r, "points.initial.clients.count", 25);
    small_end(&small);
}

/* ---- bases and disclosure ---- */

static void every_base_hangs_in_a_tree_below_the_rows_read(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    six_clients(&small,
                "  t: {table: improving by area, source: services, percent: column, "
                "distinct: client, where: type is gp}\n"
                "  m: {mean: score, source: latest_score, by: area}\n");
    r = run(&small);
    for (size_t i = 0; i < r->cell_count; i++) {
        const struct base *base = results_find_base(r, r->cells[i].base_id);
        int depth = 0;

        if (!*r->cells[i].base_id) continue;
        for (; base && *base->parent; depth++)
            base = results_find_base(r, base->parent);
        assert_non_null(base);
        CHECK_HAS(base->id, "step=read");
        CHECK(depth < 10);
    }
    CHECK_TEXT(
        results_find_base(r, "services|improving=*&people.area=salford&type=gp|")->sentence,
        "records of the support services database with an answer to “Is it improving "
        "your employability?” and whose type of service is GP and of clients whose area is "
        "Salford");
    small_end(&small);
}

static void a_result_may_say_in_its_own_words_of_whom(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    small_begin(&small,
                "  t: {table: believe by area, percent: column, base: clients so far}\n");
    add_people(&small, 20, manchester);
    r = run(&small);
    CHECK_TEXT(
        results_find_base(r, small_cell(r, "t.yes.manchester.percent")->base_id)->sentence,
        "clients so far, whose area is Manchester and who answered “Do you believe?”");
    small_end(&small);
}

static void the_same_people_counted_twice_are_one_quantity(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    small_begin(&small, "  by: {table: area}\n"
                        "  only: {count: records, where: area is salford}\n"
                        "  seen: {table: seen}\n"
                        "  latest: {count: records, source: latest}\n");
    add_people(&small, 20, manchester);
    add_people(&small, 12, salford);
    small_review(&small, 2, "yes", "soon");
    r = run(&small);
    CHECK(is_linked(r, "by.salford.all.count", "people|area=salford|"));
    CHECK(is_linked(r, "only.all.all.count", "people|area=salford|"));
    CHECK(is_linked(r, "seen.yes.all.count", "people|latest=a record|"));
    CHECK(is_linked(r, "latest.all.all.count", "people|latest=a record|"));
    CHECK(is_linked(r, "points.latest.clients.count", "people|latest=a record|"));
    small_end(&small);
}

static void what_lies_between_two_results_is_said(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    small_begin(&small, "  areas: {table: area}\n"
                        "  women: {table: area, where: sex is female}\n"
                        "  early: {table: area, where: enrolled < 2014-06-01}\n");
    add_people(&small, 20, manchester);
    add_people(&small, 3,
               (struct small_person){"manchester", "male", "", "", "2014-07-01"});
    r = run(&small);
    CHECK(is_part(r, "people|area=manchester|", "people|area=manchester&sex=female|"));
    CHECK(is_part(r, "people|area=manchester|",
                  "people|area=manchester|enrolled < 2014-06-01"));
    CHECK_INT(quantity(r, "people|area=manchester|not (enrolled < 2014-06-01)")->value, 3);
    CHECK(!quantity(r, "people|area=manchester|not (enrolled < 2014-06-01)")->open);
    small_end(&small);
}

static void every_sum_adds_up_and_every_count_has_its_quantity(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    six_clients(&small,
                "  t: {table: improving by type by area, source: services, percent: row, "
                "distinct: client, cluster: client, show_missing: yes}\n"
                "  m: {months: enrolled, by: sex, from: 2014-04, to: 2015-02}\n"
                "  g: {target: 20, of: believe is yes, by: area}\n");
    r = run(&small);
    for (size_t i = 0; i < r->sum_count; i++) {
        long rest = quantity(r, r->sums[i].total)->value;

        for (size_t j = 0; j < r->sums[i].count; j++)
            rest -= quantity(r, r->sums[i].parts[j])->value;
        CHECK_INT(rest, 0);
    }
    for (size_t i = 0; i < r->cell_count; i++) {
        const struct cell *cell = &r->cells[i];
        bool counted = false;

        if (cell->unit != UNIT_CLIENTS && cell->unit != UNIT_RECORDS) continue;
        for (size_t j = 0; !counted && j < r->link_count; j++)
            counted = strcmp(r->links[j].cell, cell->id) == 0 &&
                      quantity(r, r->links[j].quantity)->value == (long)cell->value;
        if (!counted) fail_msg("%s has no quantity", cell->id);
    }
    small_end(&small);
}

/* ---- order ---- */

static void check_same(const struct results *a, const struct results *b)
{
    CHECK_INT(a->cell_count, b->cell_count);
    for (size_t i = 0; i < a->cell_count; i++) {
        const struct cell *cell = small_cell(b, a->cells[i].id);

        CHECK_NEAR(cell->value, a->cells[i].value, 1e-12 * (1 + fabs(a->cells[i].value)));
        CHECK_NEAR(cell->low, a->cells[i].low, 1e-9);
        CHECK_TEXT(cell->method, a->cells[i].method);
        CHECK_INT(cell->row_order, a->cells[i].row_order);
    }
    CHECK_INT(a->sum_count, b->sum_count);
    CHECK_INT(a->link_count, b->link_count);
}

static void shuffled_rows_change_nothing(void **state)
{
    static const char results[] =
        "  t: {table: improving by type by area, source: services, percent: row, "
        "distinct: client, cluster: client}\n"
        "  n: {count: distinct organisation, source: services, by: area}\n"
        "  m: {mean: score, source: latest_score, by: quarter, trend: yes}\n"
        "  e: {months: enrolled, by: sex, from: 2014-04, to: 2015-02}\n";
    struct small_study small, turned;
    struct results *a, *b;
    (void)state;

    six_clients(&small, results);
    six_clients(&turned, results);
    for (size_t i = 1; i <= 6; i++) {
        small_scores(&small, i, 10 + (int)i, 9);
        small_scores(&turned, i, 10 + (int)i, 9);
    }
    small_reverse(&turned);
    a = run(&small);
    b = run(&turned);
    check_same(a, b);
    small_end(&small);
    small_end(&turned);
}

/* ---- mistakes ---- */

/** The stage stops with RK_STUDY, says `what` and where, and writes nothing. */
static void check_refused(const char *results, const char *what)
{
    struct small_study small;
    const char *said;
    rk_status status;

    small_begin(&small, results);
    add_people(&small, 5, manchester);
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
        cmocka_unit_test(several_records_of_a_client_widen_the_interval),
        cmocka_unit_test(all_or_none_of_the_records_rest_on_the_number_of_clients),
        cmocka_unit_test(a_client_with_several_records_is_counted_once),
        cmocka_unit_test(behind_a_difference_of_records_stand_as_few_clients_as_may_be),
        cmocka_unit_test(means_by_quarter_have_t_limits_and_a_trend),
        cmocka_unit_test(one_score_has_a_mean_and_no_spread),
        cmocka_unit_test(months_add_up_and_a_part_month_is_not_measured),
        cmocka_unit_test(a_sum_stands_against_its_profile),
        cmocka_unit_test(groups_are_compared_by_limits_of_chance),
        cmocka_unit_test(groups_that_agree_whatever_have_no_limits),
        cmocka_unit_test(layers_are_held_equal),
        cmocka_unit_test(weighted_shares_count_what_rows_stand_for),
        cmocka_unit_test(rows_without_any_weight_have_no_share),
        cmocka_unit_test(a_total_is_no_part_of_itself),
        cmocka_unit_test(a_run_chart_leaves_part_months_out),
        cmocka_unit_test(a_target_has_its_probability_now_and_at_the_end),
        cmocka_unit_test(a_target_is_met_missed_or_neither),
        cmocka_unit_test(a_comparison_is_second_less_first_without_an_interval),
        cmocka_unit_test(the_flow_of_records_adds_up),
        cmocka_unit_test(every_base_hangs_in_a_tree_below_the_rows_read),
        cmocka_unit_test(a_result_may_say_in_its_own_words_of_whom),
        cmocka_unit_test(the_same_people_counted_twice_are_one_quantity),
        cmocka_unit_test(what_lies_between_two_results_is_said),
        cmocka_unit_test(every_sum_adds_up_and_every_count_has_its_quantity),
        cmocka_unit_test(shuffled_rows_change_nothing),
        cmocka_unit_test(a_result_that_cannot_be_made_stops_the_stage_with_its_place),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
