// SPDX-License-Identifier: MIT
/* Derived variables, points in time, and checks that need people. */
#include "tests/support/check.h"
#include "tests/support/cleaned.h"

#include "pipeline/contract/frame.h"

#include <string.h>

/* ---- time ---- */

static void years_are_birthdays_that_have_been(void **state)
{
    static const struct {
        const char *born, *seen, *years, *months, *days;
    } cases[] = {
        {"1980-05-02", "2014-05-01", "33", "407", "12417"},
        {"1980-05-02", "2014-05-02", "34", "408", "12418"},
        {"1980-02-29", "2014-02-28", "33", "407", "12418"},
        {"1980-02-29", "2014-03-01", "34", "408", "12419"},
        {"2014-05-01", "2014-05-01", "0", "0", "0"},
        {"2014-05-02", "2014-05-01", "", "", "-1"},
        {"", "2014-05-01", "", "", ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char clients[64];
        struct cleaned cleaned = {.derive = "  people:\n"
                                            "    years: {years: [born, seen]}\n"
                                            "    months: {months: [born, seen]}\n"
                                            "    days: {days: [born, seen]}\n"
                                            "    left: {days: [seen, cut_off]}\n"
                                            "    since: {days: [period_start, seen]}\n",
                                  .clients = clients};

        snprintf(clients, sizeof clients, "W1,Ash,%s,,%s,\n", cases[i].born, cases[i].seen);
        CHECK_INT(cleaned_run(&cleaned), RK_OK);
        CHECK_TEXT(cleaned_person(&cleaned, "W1", "years"), cases[i].years);
        CHECK_TEXT(cleaned_person(&cleaned, "W1", "months"), cases[i].months);
        CHECK_TEXT(cleaned_person(&cleaned, "W1", "days"), cases[i].days);
        if (strcmp(cases[i].seen, "2014-05-01") == 0) {
            CHECK_TEXT(cleaned_person(&cleaned, "W1", "left"), "316");
            CHECK_TEXT(cleaned_person(&cleaned, "W1", "since"), "36");
        }
        cleaned_end(&cleaned);
    }
}

static void periods_are_read_back_in_their_order_without_gaps(void **state)
{
    struct cleaned cleaned = {
        .derive = "  people:\n"
                  "    quarter: {period: seen, by: quarter}\n"
                  "    month: {period: seen, by: month}\n"
                  "    year: {period: seen, by: year}\n"
                  "    late: {cases: [{when: quarter is 2015q1, code: yes}]}\n",
        .clients = "W1,,,,2015-01-31,\nW2,,,,2014-04-01,\n"
                   "W3,,,,2014-12-31,\nW4,,,,,\n"};
    const struct frame_column *quarter;
    struct frame *frame;

    (void)state;
    CHECK_INT(cleaned_run(&cleaned), RK_OK);
    CHECK_TEXT(cleaned_person(&cleaned, "W1", "quarter"), "2015q1");
    CHECK_TEXT(cleaned_person(&cleaned, "W1", "late"), "yes");
    CHECK_TEXT(cleaned_person(&cleaned, "W2", "month"), "2014_04");
    CHECK_TEXT(cleaned_person(&cleaned, "W3", "year"), "2014");
    CHECK_TEXT(cleaned_person(&cleaned, "W4", "quarter"), "");
    CHECK_INT(frame_read(&cleaned.run, "20-people", "people", &frame), RK_OK);
    quarter = frame_column(frame, "quarter");
    CHECK_INT(quarter->codes->count, 4);
    CHECK_TEXT(quarter->codes->labels[3], "Jan-Mar 2015");
    CHECK_INT(frame_whole(quarter, 0), 3);
    cleaned_end(&cleaned);
}

/* ---- codes ---- */

static void a_cut_begins_a_band_at_each_of_its_numbers(void **state)
{
    static const struct {
        const char *score, *band;
    } cases[] = {{"-5", "low"},   {"2", "low"},   {"3", "middle"},
                 {"9", "middle"}, {"10", "high"}, {"", ""}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char clients[64];
        struct cleaned cleaned = {.derive =
                                      "  people:\n    band: {cut: score, at: [3, 10], "
                                      "labels: [Low, Middle, High]}\n",
                                  .clients = clients};

        snprintf(clients, sizeof clients, "W1,,,,,%s\n", cases[i].score);
        CHECK_INT(cleaned_run(&cleaned), RK_OK);
        CHECK_TEXT(cleaned_person(&cleaned, "W1", "band"), cases[i].band);
        cleaned_end(&cleaned);
    }
}

static void cases_take_the_first_that_fits_and_recode_what_it_names(void **state)
{
    struct cleaned cleaned = {
        .derive = "  people:\n"
                  "    kind: {cases: [{when: score > 5, code: high}, "
                  "{when: score answered, code: low}]}\n"
                  "    broad: {recode: kind, to: {high: top}}\n"
                  "    woman: {recode: sex, codes: [\"Yes\", \"No\"], to: {female: yes}}\n",
        .clients = "W1,,,female,,6\nW2,,,male,,5\nW3,,,,,\n"};

    (void)state;
    CHECK_INT(cleaned_run(&cleaned), RK_OK);
    CHECK_TEXT(cleaned_person(&cleaned, "W1", "kind"), "high");
    CHECK_TEXT(cleaned_person(&cleaned, "W2", "kind"), "low");
    CHECK_TEXT(cleaned_person(&cleaned, "W3", "kind"), "");
    CHECK_TEXT(cleaned_person(&cleaned, "W1", "broad"), "top");
    CHECK_TEXT(cleaned_person(&cleaned, "W2", "broad"), "");
    CHECK_TEXT(cleaned_person(&cleaned, "W1", "woman"), "yes");
    CHECK_TEXT(cleaned_person(&cleaned, "W2", "woman"), "");
    cleaned_end(&cleaned);
}

static void a_scale_is_scored_by_its_own_rules(void **state)
{
    static const struct {
        const char *items, *total, *metric, *band;
    } cases[] = {
        {"1,1,1", "3", "1.5", "low"},
        {"2,,2", "6", "9.25", "high"}, /* prorated */
        {"2,,1", "4.5", "", "low"},    /* no such row in the table; not yet in the next */
        {"4,4,4", "12", "", "high"},
        {"4,,", "", "", ""}, /* too few */
        {",,", "", "", ""},
        {"0,5,0", "", "", ""}, /* outside the range of an item */
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char visits[64];
        struct cleaned cleaned = {
            .derive = "  visits:\n"
                      "    total: {scale: tiny, items: [i1, i2, i3]}\n"
                      "    metric: {scale: tiny, items: [i1, i2, i3], score: metric}\n"
                      "    band: {band: total, scale: tiny}\n",
            .clients = "W1,,,,,\n",
            .visits = visits};

        snprintf(visits, sizeof visits, "W1,,,,,,%s\n", cases[i].items);
        CHECK_INT(cleaned_run(&cleaned), RK_OK);
        CHECK_TEXT(cleaned_cell(&cleaned, "visits.csv", "client", "W1", "total"),
                   cases[i].total);
        CHECK_TEXT(cleaned_cell(&cleaned, "visits.csv", "client", "W1", "metric"),
                   cases[i].metric);
        CHECK_TEXT(cleaned_cell(&cleaned, "visits.csv", "client", "W1", "band"),
                   cases[i].band);
        cleaned_end(&cleaned);
    }
}

/* ---- points ---- */

static void the_latest_is_by_date_then_by_number(void **state)
{
    struct cleaned cleaned = {
        .points = "  latest: {source: visits, take: latest day, then: number}\n"
                  "  earliest: {source: visits, take: earliest day, then: number}\n",
        .clients = "W1,,,,,\nW2,,,,,\nW3,,,,,\nW4,,,,,\n",
        .visits = "W1,2014-06-01,1,done,1,,,,\n"
                  "W1,2014-07-01,2,done,2,,,,\n"
                  "W1,2014-07-01,3,done,3,,,,\n"
                  "W1,,9,done,4,,,,\n"
                  "W2,,1,done,5,,,,\n"
                  "W2,,2,done,6,,,,\n"
                  "W3,2014-07-01,,done,7,,,,\n"
                  "W3,2014-07-01,1,done,8,,,,\n"};

    (void)state;
    CHECK_INT(cleaned_run(&cleaned), RK_OK);
    CHECK_INT(cleaned_rows(&cleaned, "latest.csv"), 3);
    CHECK_TEXT(cleaned_cell(&cleaned, "latest.csv", "client", "W1", "mood"), "3");
    CHECK_TEXT(cleaned_cell(&cleaned, "latest.csv", "client", "W2", "mood"), "6");
    CHECK_TEXT(cleaned_cell(&cleaned, "latest.csv", "client", "W3", "mood"), "8");
    CHECK_TEXT(cleaned_cell(&cleaned, "earliest.csv", "client", "W1", "mood"), "1");
    CHECK_TEXT(cleaned_cell(&cleaned, "earliest.csv", "client", "W2", "mood"), "5");
    CHECK_TEXT(cleaned_cell(&cleaned, "latest.csv", "client", "W4", "mood"), NULL);
    cleaned_end(&cleaned);
}

static void a_record_taken_into_another_is_at_no_point(void **state)
{
    struct cleaned cleaned = {
        .visit_rules = "    duplicates:\n      - {code: r, match: [client, number], "
                       "keep: earliest day}\n",
        .derive = "  people:\n    visits_made: {count: visits}\n",
        .points = "  latest: {source: visits, take: latest day}\n",
        .clients = "W1,,,,,\n",
        .visits = "W1,2014-08-01,1,done,,,,,\nW1,2014-06-01,1,done,,,,,\n"
                  "W1,2014-07-01,2,done,,,,,\n"};

    (void)state;
    CHECK_INT(cleaned_run(&cleaned), RK_OK);
    CHECK_TEXT(cleaned_cell(&cleaned, "latest.csv", "client", "W1", "number"), "2");
    CHECK_TEXT(cleaned_person(&cleaned, "W1", "visits_made"), "2");
    cleaned_end(&cleaned);
}

static void first_and_last_are_places_in_the_file(void **state)
{
    struct cleaned cleaned = {.points = "  opening: {source: visits, take: first}\n"
                                        "  closing: {source: visits, take: last}\n"
                                        "  any: {source: visits}\n",
                              .clients = "W1,,,,,\n",
                              .visits = "W1,2014-06-01,1,done,5,,,,\n"
                                        "W1,2014-07-01,2,done,9,,,,\n"
                                        "W1,2014-05-01,3,done,4,,,,\n"};

    (void)state;
    CHECK_INT(cleaned_run(&cleaned), RK_OK);
    CHECK_TEXT(cleaned_cell(&cleaned, "opening.csv", "client", "W1", "mood"), "5");
    CHECK_TEXT(cleaned_cell(&cleaned, "any.csv", "client", "W1", "mood"), "5");
    CHECK_TEXT(cleaned_cell(&cleaned, "closing.csv", "client", "W1", "mood"), "4");
    cleaned_end(&cleaned);
}

static void a_point_may_ask_for_derived_variables_and_for_the_person(void **state)
{
    struct cleaned cleaned = {
        .derive = "  people:\n    age: {years: [born, seen]}\n"
                  "  visits:\n    total: {scale: tiny, items: [i1, i2, i3]}\n"
                  "    after: {days: [seen, day]}\n",
        .points = "  adults: {source: clients, where: age >= 18}\n"
                  "  scored: {source: visits, where: total answered, take: latest day}\n"
                  "  grown: {source: visits, where: people.age >= 18, take: latest day}\n"
                  "  worst: {source: visits, take: latest total}\n",
        .clients = "W1,,1980-01-01,,2014-05-01,\nW2,,2000-01-01,,2014-05-01,\n",
        .visits = "W1,2014-06-01,1,done,,,4,4,4\n"
                  "W1,2014-07-01,2,done,,,1,1,1\n"
                  "W1,2014-08-01,3,done,,,,,\n"
                  "W2,2014-07-01,4,done,,,0,0,0\n"};

    (void)state;
    CHECK_INT(cleaned_run(&cleaned), RK_OK);
    CHECK_INT(cleaned_rows(&cleaned, "adults.csv"), 1);
    CHECK_TEXT(cleaned_cell(&cleaned, "scored.csv", "client", "W1", "number"), "2");
    CHECK_TEXT(cleaned_cell(&cleaned, "scored.csv", "client", "W1", "after"), "61");
    CHECK_TEXT(cleaned_cell(&cleaned, "worst.csv", "client", "W1", "number"), "1");
    CHECK_TEXT(cleaned_cell(&cleaned, "grown.csv", "client", "W1", "number"), "3");
    CHECK_TEXT(cleaned_cell(&cleaned, "grown.csv", "client", "W2", "number"), NULL);
    cleaned_end(&cleaned);
}

/* ---- people's variables made from records ---- */

static void people_know_their_records(void **state)
{
    struct cleaned cleaned = {
        .derive =
            "  people:\n"
            "    came: {has: latest}\n"
            "    adult: {has: adults}\n"
            "    visits_made: {count: visits, where: status is done and mood > 1}\n"
            "    mood: {from: latest.mood}\n"
            "    on: {from: latest.day}\n"
            "    month: {from: latest.in_month}\n"
            "    paid: {from: latest.cost}\n"
            "    same: {from: adults.sex}\n"
            "    wait: {days: [seen, on]}\n"
            "    busy: {cases: [{when: visits_made >= 2 and came is yes, code: yes}]}\n"
            "  visits:\n"
            "    in_month: {period: day, by: month}\n",
        .points = "  adults: {source: clients, where: born < 1996-01-01}\n"
                  "  latest: {source: visits, where: status is done, take: latest day}\n",
        .clients = "W1,,1980-01-01,male,2014-05-01,\nW2,,2000-01-01,male,2014-05-01,\n",
        .visits = "W1,2014-08-01,1,booked,3,,,,\n"
                  "W1,2014-06-01,2,done,3,12.5,,,\n"
                  "W1,2014-05-30,3,done,2,,,,\n"
                  "W1,2014-05-29,4,done,1,,,,\n"
                  "W9,2014-07-01,5,done,3,,,,\n"};
    static const char *const expected[][3] = {
        {"came", "yes", "no"}, {"adult", "yes", "no"},   {"visits_made", "2", "0"},
        {"mood", "3", ""},     {"on", "2014-06-01", ""}, {"month", "2014_06", ""},
        {"paid", "12.5", ""},  {"same", "male", ""},     {"wait", "31", ""},
        {"busy", "yes", ""},
    };

    (void)state;
    CHECK_INT(cleaned_run(&cleaned), RK_OK);
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        CHECK_TEXT(cleaned_person(&cleaned, "W1", expected[i][0]), expected[i][1]);
        CHECK_TEXT(cleaned_person(&cleaned, "W2", expected[i][0]), expected[i][2]);
    }
    cleaned_end(&cleaned);
}

static void later_stages_read_what_is_written(void **state)
{
    struct cleaned cleaned = {.duplicates =
                                  "      - {code: r, match: [name], keep: first}\n",
                              .points = "  latest: {source: visits, take: latest day}\n",
                              .derive = "  people:\n    came: {has: latest}\n",
                              .clients = "W1,Ash,,,,1\nW2,Ash,,,,\nW3,Elm,,,,2\n",
                              .visits = "W3,2014-06-01,1,done,,0.1,,,\nW2,,2,done,,,,,\n",
                              .jobs = "J1,W9,\nJ2,W3,\n"};
    struct frame *people, *visits, *latest, *jobs;

    (void)state;
    CHECK_INT(cleaned_run(&cleaned), RK_OK);
    CHECK_INT(frame_read(&cleaned.run, "20-people", "people", &people), RK_OK);
    CHECK_INT(frame_read(&cleaned.run, "20-people", "visits", &visits), RK_OK);
    CHECK_INT(frame_read(&cleaned.run, "20-people", "latest", &latest), RK_OK);
    CHECK_INT(frame_read(&cleaned.run, "20-people", "jobs", &jobs), RK_OK);
    CHECK_INT(people->rows, 2);
    CHECK(frame_column(people, "name") == NULL);
    CHECK_INT(frame_person(visits)[0], 0);
    CHECK_INT(frame_person(visits)[1], 1);
    CHECK_NEAR(frame_column(visits, "cost")->number[1], 0.1, 0);
    CHECK_INT(latest->rows, 2);
    CHECK_INT(frame_person(jobs)[0], -1);
    CHECK_INT(frame_person(jobs)[1], 1);
    cleaned_end(&cleaned);
}

/* ---- checks that need people ---- */

#define CHECKS(severity)                                                              \
    "    duplicates:\n      - {code: exact, match: all, keep: first}\n"               \
    "    checks:\n      - {code: early, when: day < people.seen, severity: " severity \
    ", say: before the first}\n"

static const struct cleaned early = {.clients = "W1,Ash,,,2014-06-01,\n",
                                     .visits = "W1,2014-05-01,1,done,,,,,\n"
                                               "W1,2014-07-01,2,done,,,,,\n"
                                               "W1,2014-05-01,1,done,,,,,\n"
                                               "W9,2014-05-01,3,done,,,,,\n"};

static void a_warning_says_where_and_keeps_the_row(void **state)
{
    struct cleaned cleaned = early;

    (void)state;
    cleaned.visit_rules = CHECKS("warn");
    CHECK_INT(cleaned_run(&cleaned), RK_OK);
    CHECK_HAS(cleaned.said, "visits.csv:2: warning: before the first");
    CHECK_INT(cleaned_rows(&cleaned, "issues.csv"), 1);
    CHECK_HAS(cleaned_file(&cleaned, "issues.csv"),
              "visits.csv,2,,visits,early,,,before the first\n");
    CHECK_INT(cleaned_rows(&cleaned, "visits.csv"), 2);
    cleaned_end(&cleaned);
}

static void a_note_is_only_written_down(void **state)
{
    struct cleaned cleaned = early;

    (void)state;
    cleaned.visit_rules = CHECKS("note");
    CHECK_INT(cleaned_run(&cleaned), RK_OK);
    CHECK_TEXT(cleaned.said, "");
    CHECK_INT(cleaned_rows(&cleaned, "issues.csv"), 1);
    cleaned_end(&cleaned);
}

static void an_emptied_cell_is_written_down_and_never_the_latest(void **state)
{
    struct cleaned cleaned = early;

    (void)state;
    cleaned.visit_rules = CHECKS("empty, column: day");
    cleaned.points = "  first: {source: visits, take: earliest day}\n";
    CHECK_INT(cleaned_run(&cleaned), RK_OK);
    CHECK_HAS(cleaned_file(&cleaned, "issues.csv"),
              "visits.csv,2,day,visits,early,2014-05-01,,before the first\n");
    CHECK_TEXT(cleaned_cell(&cleaned, "visits.csv", "number", "1", "day"), "");
    CHECK_TEXT(cleaned_cell(&cleaned, "first.csv", "client", "W1", "number"), "2");
    cleaned_end(&cleaned);
}

static void a_check_that_stops_writes_nothing(void **state)
{
    struct cleaned cleaned = early;

    (void)state;
    cleaned.visit_rules = CHECKS("stop");
    CHECK_INT(cleaned_run(&cleaned), RK_CHECK);
    CHECK_HAS(cleaned.said, "visits.csv:2: before the first (check \"early\" stops");
    CHECK(!check_exists(cleaned.folder, "out/20-people"));
    cleaned_end(&cleaned);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(years_are_birthdays_that_have_been),
        cmocka_unit_test(periods_are_read_back_in_their_order_without_gaps),
        cmocka_unit_test(a_cut_begins_a_band_at_each_of_its_numbers),
        cmocka_unit_test(cases_take_the_first_that_fits_and_recode_what_it_names),
        cmocka_unit_test(a_scale_is_scored_by_its_own_rules),
        cmocka_unit_test(the_latest_is_by_date_then_by_number),
        cmocka_unit_test(a_record_taken_into_another_is_at_no_point),
        cmocka_unit_test(first_and_last_are_places_in_the_file),
        cmocka_unit_test(a_point_may_ask_for_derived_variables_and_for_the_person),
        cmocka_unit_test(people_know_their_records),
        cmocka_unit_test(later_stages_read_what_is_written),
        cmocka_unit_test(a_warning_says_where_and_keeps_the_row),
        cmocka_unit_test(a_note_is_only_written_down),
        cmocka_unit_test(an_emptied_cell_is_written_down_and_never_the_latest),
        cmocka_unit_test(a_check_that_stops_writes_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
