// SPDX-License-Identifier: MIT
/* `factors` and `time_to`. */
#include "pipeline/tabulate/tabulate_stage.h"
#include "tests/support/check.h"
#include "tests/support/small_study.h"

#include <math.h>
#include <string.h>

/** `n` people, the first `yes` of whom believe; the number of the first. */
static size_t add(struct small_study *small, const char *area, const char *sex, long n,
                  long yes)
{
    size_t first = small->people + 1;

    for (long i = 0; i < n; i++)
        small_person(small, (struct small_person){area, sex, i < yes ? "yes" : "no", "",
                                                  "2014-05-01"});
    return first;
}

static struct results *run(struct small_study *small)
{
    return small_run(small, &tabulate_stage, NULL, NULL);
}

static void check_value(const struct results *r, const char *id, double value)
{
    CHECK_NEAR(small_cell(r, id)->value, value, 1e-7 * fmax(1, fabs(value)));
}

static void check_estimate(const struct results *r, const char *id, double value,
                           double low, double high)
{
    check_value(r, id, value);
    CHECK_NEAR(small_cell(r, id)->low, low, 1e-6 * fmax(1, fabs(low)));
    CHECK_NEAR(small_cell(r, id)->high, high, 1e-6 * fmax(1, fabs(high)));
}

/* ---- factors ---- */

/* Shares 28 of 40, 15 of 30, 12 of 30, 10 of 40. */
static void four_groups(struct small_study *small, const char *results)
{
    small_begin(small, results);
    add(small, "manchester", "female", 40, 28);
    add(small, "manchester", "male", 30, 15);
    add(small, "salford", "female", 30, 12);
    add(small, "salford", "male", 40, 10);
}

/* R 4.2.2: glm restarted from its solution, a numeric gradient for the delta method. */
static void effects_hold_the_others_equal(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    four_groups(&small, "  f: {factors: believe is yes, on: [sex, area]}\n");
    r = run(&small);
    check_estimate(r, "f.sex/male.effect.points", -17.5, -33.3952574225, -1.6047425775);
    check_estimate(r, "f.area/salford.effect.points", -27.5, -43.3952574217,
                   -11.6047425783);
    check_estimate(r, "f.sex/male.odds.ratio", 0.4614548110, 0.2270621424, 0.9378073348);
    check_value(r, "f.area/salford.odds.p", 0.00114580725);
    CHECK_TEXT(small_cell(r, "f.sex/male.effect.points")->method, "logit");
    check_value(r, "f.sex/female.effect.points", 0);
    check_value(r, "f.sex/female.odds.ratio", 1);
    CHECK_TEXT(small_cell(r, "f.sex/female.effect.points")->row_label,
               "Sex: Female (reference)");
    check_value(r, "f.all.clients.count", 140);
    check_value(r, "f.all.yes.count", 65);
    check_value(r, "f.sex/male.clients.count", 70);
    check_value(r, "f.sex/male.yes.percent", 100 * 25.0 / 70);
    small_end(&small);
}

/* One characteristic alone: the difference of two shares with Wald's interval. */
static void the_reference_is_the_one_that_is_named(void **state)
{
    double reach = 1.959963984540054 * 100 * sqrt(0.6 * 0.4 / 60 + 0.3 * 0.7 / 40);
    struct small_study small;
    struct results *r;
    (void)state;

    small_begin(&small, "  f: {factors: believe is yes, on: sex, reference: {sex: male}}\n"
                        "  g: {factors: believe is yes, on: sex}\n");
    add(&small, "manchester", "female", 60, 36);
    add(&small, "manchester", "male", 40, 12);
    r = run(&small);
    check_estimate(r, "f.sex/female.effect.points", 30, 30 - reach, 30 + reach);
    check_value(r, "f.sex/female.odds.ratio", 36.0 / 24 / (12.0 / 28));
    check_value(r, "g.sex/male.effect.points", -30);
    small_end(&small);
}

static void only_those_of_whom_all_is_known_are_in_the_model(void **state)
{
    struct small_study small;
    struct results *r;
    const char *base;
    (void)state;

    four_groups(&small, "  f: {factors: believe is yes, on: [sex, area]}\n");
    small_person(&small, (struct small_person){"salford", "male", "", "", ""});
    small_person(&small, (struct small_person){"salford", "", "yes", "", ""});
    r = run(&small);
    check_value(r, "f.all.clients.count", 140);
    check_value(r, "f.sex/male.effect.points", -17.5);
    base = small_cell(r, "f.sex/male.effect.points")->base_id;
    CHECK_INT(results_find_base(r, base)->n, 140);
    CHECK_HAS(results_find_base(r, base)->sentence,
              "with an answer to all that is compared");
    CHECK_HAS(results_find_base(r, base)->rule, "believe, sex, area");
    small_end(&small);
}

static bool gives_anything(const struct results *r, const char *cell, const char *term)
{
    for (size_t i = 0; i < r->link_count; i++) {
        if (strcmp(r->links[i].cell, cell) == 0 && strstr(r->links[i].quantity, term))
            return true;
    }
    return false;
}

/* With three characteristics an effect hangs on how many there are of every combination of them;
 * but what became of three people it tells all the same. */
static void an_effect_among_several_gives_away_only_few(void **state)
{
    static const char *const areas[] = {"salford", "manchester", "outside"};
    static const char *const quarters[] = {"2014-02-01", "2014-05-01", "2014-08-01", "2014-11-01",
                                           "2015-02-01", "2015-05-01", "2015-08-01", "2015-11-01"};
    struct small_study small;
    struct results *r;
    (void)state;

    small_begin(&small, "  f: {factors: believe is yes, on: [sex, area, quarter]}\n");
    for (int i = 0; i < 240; i++)
        small_person(&small, (struct small_person){
                                 i < 234 ? areas[i % 3] : "trafford", i / 3 % 2 ? "male" : "female",
                                 i * 37 % 101 < 57 && i < 237 ? "yes" : "no", "",
                                 quarters[i / 6 % 8]});
    r = run(&small);
    CHECK(!isnan(small_cell(r, "f.sex/male.effect.points")->value));
    CHECK(!gives_anything(r, "f.sex/male.effect.points", "sex=male"));
    CHECK(!gives_anything(r, "f.sex/male.odds.p", "sex=male"));
    CHECK(gives_anything(r, "f.area/trafford.effect.points", "area=trafford"));
    CHECK(gives_anything(r, "f.area/trafford.odds.ratio", "area=trafford"));
    small_end(&small);
}

/* Twelve combinations and five parameters: the equations of the model and the counts of its groups
 * leave next to nothing open. */
static void an_effect_among_few_combinations_is_as_good_as_its_counts(void **state)
{
    static const char *const quarters[] = {"2014-05-01", "2014-08-01", "2014-11-01"};
    struct small_study small;
    struct results *r;
    (void)state;

    small_begin(&small, "  f: {factors: believe is yes, on: [sex, area, quarter]}\n");
    for (int i = 0; i < 240; i++)
        small_person(&small, (struct small_person){i / 6 % 2 ? "salford" : "trafford",
                                                   i / 3 % 2 ? "male" : "female",
                                                   i * 37 % 101 < 57 ? "yes" : "no", "",
                                                   quarters[i % 3]});
    r = run(&small);
    CHECK(gives_anything(r, "f.sex/male.effect.points", "sex=male"));
    CHECK(gives_anything(r, "f.sex/male.odds.ratio", "sex=male"));
    small_end(&small);
}

static void an_effect_is_linked_to_whom_it_compares(void **state)
{
    static const char known[] =
        "*with an answer to all that is compared; answered: believe, sex";
    static const char *const terms[] = {"sex=male", "believe=yes&sex=male", "sex=female",
                                        "believe=yes&sex=female"};
    struct small_study small;
    struct results *r;
    char id[256];
    (void)state;

    four_groups(&small, "  f: {factors: believe is yes, on: [sex]}\n");
    r = run(&small);
    for (size_t i = 0; i < 4; i++) {
        snprintf(id, sizeof id, "people|%s|%s", terms[i], known);
        CHECK(small_is_linked(r, "f.sex/male.effect.points", id));
        CHECK(small_is_linked(r, "f.sex/male.odds.ratio", id));
    }
    small_end(&small);
}

static void few_events_and_separation_take_firths_penalty(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    small_begin(&small,
                "  few: {factors: believe is yes, on: [sex], where: area is salford}\n"
                "  none: {factors: believe is yes, on: [sex], where: area is "
                "manchester}\n");
    add(&small, "salford", "female", 20, 6);
    add(&small, "salford", "male", 20, 3);
    add(&small, "manchester", "female", 40, 20);
    add(&small, "manchester", "male", 20, 0);
    r = run(&small);
    CHECK_TEXT(small_cell(r, "few.sex/male.odds.ratio")->method, "firth");
    CHECK_TEXT(small_cell(r, "none.sex/male.odds.ratio")->method, "firth");
    CHECK(isfinite(small_cell(r, "none.sex/male.odds.ratio")->value));
    /* Of one yes/no characteristic Firth's estimate adds a half to each count. */
    check_value(r, "none.sex/male.odds.ratio", (0.5 / 20.5) / (20.5 / 20.5));
    small_end(&small);
}

static void check_unavailable(const struct results *r, const char *id, const char *why)
{
    const struct cell *cell = small_cell(r, id);

    CHECK_INT(cell->mark, MARK_NOT_AVAILABLE);
    CHECK_HAS(cell->method, why);
    CHECK(isnan(cell->value));
}

static void what_cannot_be_fitted_says_why(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    small_begin(&small,
                "  one: {factors: believe is yes, on: [sex], where: area is salford}\n"
                "  same: {factors: believe is yes, on: [area], where: area is manchester}\n"
                "  again: {factors: believe is yes, on: [sex, quarter]}\n"
                "  events: {factors: believe is yes, on: [sex, area], where: area is not "
                "salford}\n");
    add(&small, "salford", "female", 10, 10);
    add(&small, "salford", "male", 10, 10);
    add(&small, "manchester", "female", 40, 1);
    for (size_t i = 0; i < 40; i++)
        small_person(&small,
                     (struct small_person){"trafford", "male", "no", "", "2014-09-01"});
    r = run(&small);
    check_unavailable(r, "one.sex/male.effect.points", "all have the same outcome");
    check_unavailable(r, "same.area/manchester.effect.points", "nobody differs");
    check_unavailable(r, "events.sex/male.odds.p", "fewer events than characteristics");
    check_value(r, "one.sex/male.clients.count", 10);
    small_end(&small);
}

static void a_characteristic_that_repeats_another_is_said(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    small_begin(&small, "  f: {factors: believe is yes, on: [sex, area]}\n");
    add(&small, "salford", "female", 60, 40);
    add(&small, "manchester", "male", 60, 20);
    r = run(&small);
    check_unavailable(r, "f.sex/male.effect.points", "repeats");
    small_end(&small);
}

static void a_number_has_an_effect_of_one_more(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    small_begin(
        &small,
        "  f: {factors: people.believe is yes, source: first_score, on: [score]}\n");
    for (size_t i = 0; i < 40; i++) {
        add(&small, "salford", "female", 1, (long)(i % 3 == 0 || i > 25));
        small_scores(&small, i + 1, (int)i, -1);
    }
    r = run(&small);
    CHECK(small_cell(r, "f.score.effect.points")->value > 0);
    CHECK(small_cell(r, "f.score.odds.ratio")->value > 1);
    CHECK(results_find(r, "f.score.yes.count") == NULL);
    small_end(&small);
}

/* Three records of each client that say the same are no more than one: the interval is that
 * of the 60 clients, but for the corrections for few clusters and for parameters. */
static void records_of_a_client_count_as_a_cluster(void **state)
{
    struct small_study small;
    struct results *r;
    const struct cell *cell;
    double p = 2, n = 180, groups = 60, share[] = {20.0 / 30, 10.0 / 30};
    double se = 100 * sqrt((share[0] * (1 - share[0]) + share[1] * (1 - share[1])) / 30);
    (void)state;

    small_begin(&small,
                "  f: {factors: improving is yes, source: services, on: [people.sex], "
                "cluster: client}\n");
    add(&small, "salford", "female", 30, 0);
    add(&small, "salford", "male", 30, 0);
    for (size_t i = 0; i < 180; i++) {
        size_t person = i % 60;

        small_service(&small, person + 1, "gp",
                      person < 20 || (person >= 30 && person < 40) ? "yes" : "no", "Org");
    }
    r = run(&small);
    cell = small_cell(r, "f.sex/male.effect.points");
    CHECK_TEXT(cell->method, "logit-cluster");
    CHECK_INT(cell->base, 180);
    CHECK_NEAR(cell->value, -100.0 / 3, 1e-7);
    se *= sqrt(groups / (groups - 1) * (n - 1) / (n - p));
    CHECK_NEAR(cell->high - cell->value, 1.959963984540054 * se, 1e-6);
    small_end(&small);
}

/* ---- time to an event ---- */

/** `n` people who came on a day and, if `scored`, had their first score on 1 June 2014. */
static void wait_for_score(struct small_study *small, long n, const char *sex,
                           const char *enrolled, bool scored)
{
    for (long i = 0; i < n; i++) {
        size_t person =
            small_person(small, (struct small_person){"salford", sex, "", "", enrolled});

        if (scored) small_scores(small, person, 10, -1);
    }
}

/* Four wait 30 days, two 60; four are followed for 40 days and one to the cut-off. */
static void eleven_wait(struct small_study *small, const char *results)
{
    small_begin(small, results);
    wait_for_score(small, 4, "female", "2014-05-02", true);
    wait_for_score(small, 2, "male", "2014-04-02", true);
    wait_for_score(small, 4, "male", "2015-02-01", false);
    wait_for_score(small, 1, "female", "2014-04-02", false);
}

/* R 4.2.2 survfit(conf.type = "log-log"). */
static void shares_by_a_day_are_kaplan_and_meiers(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    eleven_wait(&small, "  t: {time_to: scored, of: first_score, from: enrolled, "
                        "at: [29, 30, 50, 60, 400]}\n");
    r = run(&small);
    check_value(r, "t.all.d29.percent", 0);
    check_estimate(r, "t.all.d30.percent", 36.3636363636, 15.4836614030, 70.3107901153);
    check_value(r, "t.all.d50.percent", 36.3636363636);
    check_estimate(r, "t.all.d60.percent", 78.7878787879, 41.2021252642, 98.9191482153);
    CHECK_TEXT(small_cell(r, "t.all.d60.percent")->method, "kaplan-meier");
    check_value(r, "t.all.d30.count", 4);
    check_value(r, "t.all.d30.at_risk", 7);
    check_value(r, "t.all.d50.at_risk", 3);
    check_value(r, "t.all.d60.at_risk", 1);
    check_value(r, "t.all.events.count", 6);
    check_value(r, "t.all.median.days", 60);
    CHECK(isnan(
        small_cell(r, "t.all.median.days")->low)); /* its upper limit is not reached */
    check_unavailable(r, "t.all.d400.percent", "nobody was followed that long");
    small_end(&small);
}

static void a_day_gives_away_who_had_the_event_since_the_day_before(void **state)
{
    static const char known[] =
        "people||*whose time can be counted; from enrolled to first_score.scored until "
        "cut_off and first_score.scored ";
    struct small_study small;
    struct results *r;
    char id[256];
    (void)state;

    eleven_wait(&small, "  t: {time_to: scored, of: first_score, from: enrolled, "
                        "at: [30, 60]}\n");
    r = run(&small);
    snprintf(id, sizeof id, "%s31 to 60 days after enrolled", known);
    CHECK(small_is_linked(r, "t.all.d60.percent", id));
    CHECK(small_is_linked(r, "t.all.d60.count", id));
    snprintf(id, sizeof id, "%swithin 60 days of enrolled", known);
    CHECK(small_is_linked(r, "t.all.d60.percent", id));
    small_end(&small);
}

static void nobody_counts_whose_start_is_unknown_or_too_late(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    eleven_wait(&small, "  t: {time_to: scored, of: scores, from: enrolled, at: [60]}\n"
                        "  early: {time_to: scored, of: scores, from: enrolled, "
                        "until: 2014-05-15, at: [10]}\n");
    wait_for_score(&small, 3, "male", "", true);
    wait_for_score(&small, 3, "male", "2014-07-01", true);
    r = run(&small);
    check_value(r, "t.all.followed.count", 11);
    check_value(r, "early.all.followed.count", 7);
    check_value(r, "early.all.events.count", 0);
    CHECK_INT(small_cell(r, "early.all.median.days")->mark, MARK_NOT_APPLICABLE);
    small_end(&small);
}

static void groups_are_compared_by_the_log_rank_test(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    small_begin(&small, "  t: {time_to: scored, of: scores, from: enrolled, by: sex, "
                        "at: [30, 60]}\n");
    for (int i = 0; i < 2; i++) {
        wait_for_score(&small, 10, i ? "male" : "female", "2014-05-02", true);
        wait_for_score(&small, 10, i ? "male" : "female", "2014-06-02", false);
    }
    r = run(&small);
    CHECK_TEXT(small_cell(r, "t.all.all.p")->method, "log-rank");
    CHECK_NEAR(small_cell(r, "t.all.all.p")->value, 1, 1e-9);
    check_value(r, "t.male.d30.count", 10);
    check_value(r, "t.all.d30.count", 20);
    check_value(r, "t.male.d30.percent", 50);
    small_end(&small);
}

/* Without anybody still waiting the cumulative incidence is a plain share; Kaplan and Meier
 * would say 100%. */
static void a_competing_event_ends_the_wait(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    small_begin(&small,
                "  t: {time_to: scored, of: scores, source: latest, from: enrolled, "
                "competing: reviewed, by: sex, at: [30, 300]}\n");
    wait_for_score(&small, 10, "female", "2014-05-02", true);
    wait_for_score(&small, 20, "male", "2014-05-02", true);
    wait_for_score(&small, 10, "female", "2014-05-02", false);
    for (size_t i = 1; i <= 40; i++)
        small_review(&small, i, "yes", "");
    r = run(&small);
    check_value(r, "t.all.d300.percent", 75);
    check_value(r, "t.female.d300.percent", 50);
    check_value(r, "t.all.d300.at_risk", 0);
    CHECK_TEXT(small_cell(r, "t.all.d300.percent")->method, "aalen-johansen");
    CHECK_TEXT(small_cell(r, "t.all.all.p")->method, "gray");
    CHECK(results_find(r, "t.all.median.days") == NULL);
    small_end(&small);
}

static void shuffled_rows_change_no_model(void **state)
{
    static const char results[] = "  f: {factors: believe is yes, on: [sex, area]}\n"
                                  "  t: {time_to: scored, of: scores, from: enrolled, by: "
                                  "sex, at: [10, 40]}\n";
    struct small_study one, two;
    struct results *a, *b;
    (void)state;

    four_groups(&one, results);
    wait_for_score(&one, 9, "male", "2014-05-02", true);
    a = run(&one);
    four_groups(&two, results);
    wait_for_score(&two, 9, "male", "2014-05-02", true);
    small_reverse(&two);
    b = run(&two);
    CHECK_INT(a->cell_count, b->cell_count);
    for (size_t i = 0; i < a->cell_count; i++) {
        CHECK_TEXT(a->cells[i].id, b->cells[i].id);
        CHECK_NEAR(a->cells[i].value, b->cells[i].value, 0);
        CHECK_NEAR(a->cells[i].high, b->cells[i].high, 0);
    }
    small_end(&one);
    small_end(&two);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(effects_hold_the_others_equal),
        cmocka_unit_test(the_reference_is_the_one_that_is_named),
        cmocka_unit_test(only_those_of_whom_all_is_known_are_in_the_model),
        cmocka_unit_test(an_effect_is_linked_to_whom_it_compares),
        cmocka_unit_test(an_effect_among_several_gives_away_only_few),
        cmocka_unit_test(an_effect_among_few_combinations_is_as_good_as_its_counts),
        cmocka_unit_test(few_events_and_separation_take_firths_penalty),
        cmocka_unit_test(what_cannot_be_fitted_says_why),
        cmocka_unit_test(a_characteristic_that_repeats_another_is_said),
        cmocka_unit_test(a_number_has_an_effect_of_one_more),
        cmocka_unit_test(records_of_a_client_count_as_a_cluster),
        cmocka_unit_test(shares_by_a_day_are_kaplan_and_meiers),
        cmocka_unit_test(a_day_gives_away_who_had_the_event_since_the_day_before),
        cmocka_unit_test(nobody_counts_whose_start_is_unknown_or_too_late),
        cmocka_unit_test(groups_are_compared_by_the_log_rank_test),
        cmocka_unit_test(a_competing_event_ends_the_wait),
        cmocka_unit_test(shuffled_rows_change_no_model),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
