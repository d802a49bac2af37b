// SPDX-License-Identifier: MIT
#include "pipeline/tabulate/tabulate_stage.h"
#include "tests/support/check.h"
#include "tests/support/small_study.h"

#include <math.h>
#include <string.h>

static const struct small_person manchester = {"manchester", "female", "yes", "soon",
                                               "2014-05-01"};
static const struct small_person salford = {"salford", "male", "no", "later", "2014-08-01"};

static struct results *run(struct small_study *small)
{
    return small_run(small, &tabulate_stage, NULL, NULL);
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
    small_people(small, 3, manchester);
    small_people(small, 3, salford);
    for (size_t i = 0; i < 6; i++)
        small_services(small, clients[i].n, clients[i].yes, i + 1, 1,
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
    small_value(r, "c.yes.all.percent", 61.53846153846154);
    small_limits(r, "c.yes.all.percent", 20.81985168584239,
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
    small_value(r, "c.housing.manchester.percent", 0);
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
    small_value(r, "d.yes.all.clients", 4);
    small_value(r, "d.no.all.clients", 4);
    small_value(r, "d.all.all.clients", 6);
    small_value(r, "d.yes.manchester.clients_percent", 100.0 * 2 / 3);
    CHECK_TEXT(cell_unit_name(small_cell(r, "d.yes.all.clients")->unit), "clients");
    small_value(r, "n.manchester.all.count", 3);
    CHECK_TEXT(cell_unit_name(small_cell(r, "n.all.all.count")->unit), "clients");
    small_value(r, "n.all.all.count", 7);
    small_value(r, "orgs.all.all.count", 2);
    CHECK_TEXT(cell_unit_name(small_cell(r, "orgs.all.all.count")->unit), "number");
    /* Four clients have a yes and four a no: those without a yes are not those with a no.
     */
    for (size_t i = 0; i < r->quantity_count; i++)
        CHECK(!strstr(r->quantities[i].id, ".clients|") ||
              !strchr(r->quantities[i].id, '!'));
    small_end(&small);
}

/* Five men with a record each, and a woman with six: between all 11 and the men's five lie
 * six records and one client. A second table leaves out six records of whom nobody knows;
 * nobody has more than six, so there may be one. */
static void behind_a_difference_of_records_stand_as_few_clients_as_may_be(void **state)
{
    static const struct {
        const char *total, *part;
    } rows[] = {
        {"services|type=*|", "services|people.sex=male&type=*|"},
        {"services|type=*|", "services|improving=yes&type=*|"  },
    };
    struct small_study small;
    struct results *r;
    int found = 0;
    (void)state;

    small_begin(&small,
                "  every: {table: type, source: services, unit: records}\n"
                "  men: {table: type, source: services, unit: records, where: sex is "
                "male}\n"
                "  well: {table: type, source: services, unit: records, where: "
                "improving is yes}\n");
    small_people(&small, 5, salford);
    small_people(&small, 1, manchester);
    small_services(&small, 5, 5, 1, 5, "gp");
    small_services(&small, 6, 0, 6, 1, "gp");
    r = run(&small);
    for (size_t i = 0; i < r->sum_count; i++)
        for (size_t k = 0; k < 2; k++) {
            const struct quantity *rest;

            if (strcmp(r->sums[i].total, rows[k].total) ||
                strcmp(r->sums[i].parts[0], rows[k].part))
                continue;
            rest = small_quantity(r, r->sums[i].parts[1]);
            CHECK_INT(rest->value, 6);
            CHECK_INT(rest->people, 1);
            found++;
        }
    CHECK_INT(found, 2);
    small_end(&small);
}

/* ---- made by themselves ---- */

static void the_flow_of_records_adds_up(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    small_begin(&small, "  area: {table: area}\n");
    small_people(&small, 20, manchester);
    small_people(&small, 5, (struct small_person){"", "", "yes", "", ""});
    small_review(&small, 3, "yes", "");
    r = run(&small);
    small_value(r, "flow.assessments.read.count", 35);
    small_value(r, "flow.assessments.excluded/consent.count", 5);
    small_value(r, "flow.assessments.unique.count", 25);
    CHECK_TEXT(small_cell(r, "flow.assessments.excluded/consent.count")->column_label,
               "no consent");
    CHECK(small_is_part(r, "assessments.flow|step=kept|", "people||"));
    small_value(r, "answered.assessments/area.all.percent", 80);
    CHECK(results_find(r, "answered.assessments/client.all.count") == NULL);
    small_value(r, "points.latest.clients.count", 1);
    small_value(r, "points.initial.clients.count", 25);
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

static void a_condition_is_said_in_the_words_of_its_column(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    six_clients(&small, "  t: {table: improving, source: services, where: 'type in [gp, housing]'}\n"
                        "  u: {count: records, source: services, where: 'improving is missing or "
                        "type in [gp, housing]'}\n"
                        "  v: {count: records, source: services, where: 'type in [gp] or improving "
                        "is missing'}\n");
    r = run(&small);
    CHECK_TEXT(results_find_base(r, small_cell(r, "t.all.all.count")->base_id)->sentence,
               "records of the support services database with an answer to “Is it improving "
               "your employability?” and whose type of service is GP or Housing");
    CHECK_HAS(results_find_base(r, small_cell(r, "u.all.all.count")->base_id)->sentence,
              "for which improving is missing or type in [gp, housing]");
    CHECK_HAS(results_find_base(r, small_cell(r, "v.all.all.count")->base_id)->sentence,
              "for which type in [gp] or improving is missing");
    small_end(&small);
}

static void a_result_may_say_in_its_own_words_of_whom(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    small_begin(&small,
                "  t: {table: believe by area, percent: column, base: clients so far}\n");
    small_people(&small, 20, manchester);
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
    small_people(&small, 20, manchester);
    small_people(&small, 12, salford);
    small_review(&small, 2, "yes", "soon");
    r = run(&small);
    CHECK(small_is_linked(r, "by.salford.all.count", "people|area=salford|"));
    CHECK(small_is_linked(r, "only.all.all.count", "people|area=salford|"));
    CHECK(small_is_linked(r, "seen.yes.all.count", "people|latest=a record|"));
    CHECK(small_is_linked(r, "latest.all.all.count", "people|latest=a record|"));
    CHECK(small_is_linked(r, "points.latest.clients.count", "people|latest=a record|"));
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
    small_people(&small, 20, manchester);
    small_people(&small, 3,
                 (struct small_person){"manchester", "male", "", "", "2014-07-01"});
    r = run(&small);
    CHECK(
        small_is_part(r, "people|area=manchester|", "people|area=manchester&sex=female|"));
    CHECK(small_is_part(r, "people|area=manchester|",
                        "people|area=manchester|enrolled < 2014-06-01"));
    CHECK_INT(
        small_quantity(r, "people|area=manchester|not (enrolled < 2014-06-01)")->value, 3);
    CHECK(!small_quantity(r, "people|area=manchester|not (enrolled < 2014-06-01)")->open);
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
        long rest = small_quantity(r, r->sums[i].total)->value;

        for (size_t j = 0; j < r->sums[i].count; j++)
            rest -= small_quantity(r, r->sums[i].parts[j])->value;
        CHECK_INT(rest, 0);
    }
    for (size_t i = 0; i < r->cell_count; i++) {
        const struct cell *cell = &r->cells[i];
        bool counted = false;

        if (cell->unit != UNIT_CLIENTS && cell->unit != UNIT_RECORDS) continue;
        for (size_t j = 0; !counted && j < r->link_count; j++)
            counted = strcmp(r->links[j].cell, cell->id) == 0 &&
                      small_quantity(r, r->links[j].quantity)->value == (long)cell->value;
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(several_records_of_a_client_widen_the_interval),
        cmocka_unit_test(all_or_none_of_the_records_rest_on_the_number_of_clients),
        cmocka_unit_test(a_client_with_several_records_is_counted_once),
        cmocka_unit_test(behind_a_difference_of_records_stand_as_few_clients_as_may_be),
        cmocka_unit_test(the_flow_of_records_adds_up),
        cmocka_unit_test(every_base_hangs_in_a_tree_below_the_rows_read),
        cmocka_unit_test(a_condition_is_said_in_the_words_of_its_column),
        cmocka_unit_test(a_result_may_say_in_its_own_words_of_whom),
        cmocka_unit_test(the_same_people_counted_twice_are_one_quantity),
        cmocka_unit_test(what_lies_between_two_results_is_said),
        cmocka_unit_test(every_sum_adds_up_and_every_count_has_its_quantity),
        cmocka_unit_test(shuffled_rows_change_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
