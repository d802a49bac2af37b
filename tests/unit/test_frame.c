// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_text.h"
#include "pipeline/contract/frame.h"
#include "tests/support/check.h"

#include <math.h>
#include <string.h>

static const char study_yaml[] =
    "reckon: 1\n"
    "study: tiny\n"
    "title: Tiny\n"
    "period_start: 2014-01-01\n"
    "cut_off: 2015-03-13\n"
    "people: clients\n"
    "sources:\n"
    "  clients:\n"
    "    file: clients.csv\n"
    "    key: client\n"
    "    columns:\n"
    "      client: {from: Ref, type: id}\n"
    "      name: {from: Name, type: text, private: yes}\n"
    "      seen: {from: Seen, type: date, formats: [yyyy-mm-dd]}\n"
    "      area: {from: Area, type: code, codes: [North, South]}\n"
    "  visits:\n"
    "    file: visits.csv\n"
    "    link: client\n"
    "    columns:\n"
    "      client: {from: Ref, type: id}\n"
    "      score: {from: Score, type: integer}\n"
    "      wage: {from: Wage, type: number}\n"
    "      area: {from: Area, type: code, codes: [North, South]}\n"
    "derive:\n"
    "  people:\n"
    "    quarter: {period: seen, by: quarter}\n"
    "points:\n"
    "  latest: {source: visits, take: latest score}\n";

static const char people_csv[] = "file_line,client,seen,area,quarter\n"
                                 "a.csv:2,C1,2014-11-30,north,2014q4\n"
                                 "a.csv:3,C2,2014-02-01,,2014q1\n"
                                 "a.csv:4,C3,,south,\n";
static const char visits_csv[] = "file_line,client,score,wage,area\n"
                                 "v.csv:2,C1,3,6.5,south\n"
                                 "v.csv:3,C3,,,\n"
                                 "v.csv:4,C9,-1,1e-3,north\n";

static struct rk_run begin(const char *people, const char *visits)
{
    const char *folder = check_folder();
    struct rk_run run = {.program = "test", .study_dir = folder, .out_dir = folder};

    run.arena = rk_arena_new();
    run.diag = rk_diag_new("test");
    check_write(folder, "study.yaml", study_yaml);
    check_write(folder, "20-people/people.csv", people);
    check_write(folder, "20-people/visits.csv", visits);
    return run;
}

static void end(struct rk_run *run)
{
    rk_diag_free(run->diag);
    rk_arena_free(run->arena);
}

static struct frame *read_frame(struct rk_run *run, const char *name)
{
    struct frame *frame = NULL;

    CHECK_OK(frame_read(run, "20-people", name, &frame));
    return frame;
}

static void values_have_the_types_of_the_study(void **state)
{
    struct rk_run run = begin(people_csv, visits_csv);
    struct frame *people = read_frame(&run, "people"), *visits = read_frame(&run, "visits");

    (void)state;
    CHECK_INT(people->rows, 3);
    CHECK_INT(people->people, 3);
    CHECK(!frame_column(people, "name"));
    CHECK_INT(frame_value(frame_column(people, "seen"), 0).number, 16404);
    CHECK_INT(frame_value(frame_column(people, "seen"), 2).state, VALUE_MISSING);
    CHECK_INT(frame_value(frame_column(people, "area"), 2).number, 1);
    CHECK_TEXT(frame_value(frame_column(visits, "client"), 1).text, "C3");
    CHECK_INT(frame_value(frame_column(visits, "score"), 2).number, -1);
    CHECK_NEAR(frame_value(frame_column(visits, "wage"), 2).number, 0.001, 0);
    CHECK_INT(frame_value(frame_column(visits, "wage"), 1).state, VALUE_MISSING);
    end(&run);
}

static void records_know_their_people(void **state)
{
    struct rk_run run = begin(people_csv, visits_csv);
    struct frame *visits = read_frame(&run, "visits");

    (void)state;
    CHECK(!frame_person(read_frame(&run, "clients")));
    CHECK_INT(visits->persons[0], 0);
    CHECK_INT(visits->persons[1], 2);
    CHECK_INT(visits->persons[2], -1);
    CHECK_INT(visits->people, 3);
    /* the people are read again when their file is another one */
    check_write(run.out_dir, "20-people/people.csv",
                "file_line,client,seen,area,quarter\na.csv:4,C9,,south,\n");
    visits = read_frame(&run, "visits");
    CHECK_INT(visits->persons[0], -1);
    CHECK_INT(visits->persons[2], 0);
    end(&run);
}

static void periods_stand_in_order_without_gaps(void **state)
{
    struct rk_run run = begin(people_csv, visits_csv);
    struct frame *people = read_frame(&run, "people");
    const struct frame_column *quarter = frame_column(people, "quarter");

    (void)state;
    CHECK_INT(quarter->codes->count, 4);
    CHECK_TEXT(quarter->codes->codes[0], "2014q1");
    CHECK_TEXT(quarter->codes->labels[2], "Jul-Sep 2014");
    CHECK_INT(frame_value(quarter, 0).number, 3);
    CHECK_INT(frame_value(quarter, 1).number, 0);
    end(&run);
}

static bool holds(struct rk_run *run, const struct frame_view *view, const char *words,
                  size_t row)
{
    struct condition *condition;

    CHECK_OK(frame_view_condition(run, view, RK_NOWHERE, words, &condition));
    return frame_view_holds(view, condition, row);
}

static void a_record_sees_its_own_columns_before_its_persons(void **state)
{
    struct rk_run run = begin(people_csv, visits_csv);
    struct frame *people = read_frame(&run, "people"), *visits = read_frame(&run, "visits");
    struct frame_view view = {visits, people}, own = {people, people};

    (void)state;
    CHECK(holds(&run, &view, "area is south and people.area is north", 0));
    CHECK(holds(&run, &view, "quarter is 2014q4", 0));
    CHECK(holds(&run, &view, "seen is missing", 1));
    CHECK(holds(&run, &view, "people.area is missing and area is north", 2));
    CHECK(holds(&run, &view, NULL, 2));
    CHECK(holds(&run, &own, "people.area is south and area is south", 2));
    end(&run);
}

static void any_line_end_is_a_line_end(void **state)
{
    struct rk_run run =
        begin(people_csv, "file_line,client,score,wage,area\rv:2,C1,1,,\rv:3,C1,2,,\r"
                          "v:4,C1,3,,\rv:5,C1,4,,\r");

    (void)state;
    CHECK_INT(read_frame(&run, "visits")->rows, 4);
    end(&run);
}

/* What somebody may do to a file by hand, and what is said about it. */
static const struct {
    const char *visits, *said;
} damages[] = {
    {"",                                                     "visits.csv:1: the file is empty"  },
    {"file_line,client,score,wage,area\nv:2,C1,3\n",         "visits.csv:2: a broken row"       },
    {"file_line,client,score,wage,area\nv:2,C1,x,,\n",       "visits.csv:2:3: score: no value that the study knows"},
    {"file_line,client,score,wage,area\nv:2,C1,1.5,,\n",
     "visits.csv:2:3: score: no value that the study knows"                                                        },
    {"file_line,client,score,wage,area\nv:2,C1,,,South\n",
     "visits.csv:2:5: area: no value that the study knows"                                                        },
    {"file_line,client,score,wage,area\nv:2,C1,,nan,\n",
     "visits.csv:2:4: wage: no value that the study knows"                                                        },
    {"file_line,client,score,wage\nv:2,C1,1,\n",             "there is no column \"area\""      },
    {"file_line,client,score,wage,area,more\nv:2,C1,1,,,\n",
     "the study has no column \"more\""                                                         },
    {"file_line,client,score,score,area\nv:2,C1,1,,\n",      "a column is there twice"          },
};

static void a_damaged_file_is_refused_with_its_place(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        struct rk_run run = begin(people_csv, damages[i].visits);
        struct frame *frame;
        char *said;

        check_stderr_begin();
        CHECK_INT(frame_read(&run, "20-people", "visits", &frame), RK_WORLD);
        said = check_stderr_end();
        CHECK_HAS(said, damages[i].said);
        end(&run);
    }
}

static void two_people_with_one_key_are_refused(void **state)
{
    struct rk_run run =
        begin("file_line,client,seen,area,quarter\na:2,C1,,,\na:3,C1,,,\n", visits_csv);
    struct frame *frame;

    (void)state;
    check_stderr_begin();
    CHECK_INT(frame_read(&run, "20-people", "visits", &frame), RK_WORLD);
    CHECK_HAS(check_stderr_end(), "people.csv:3:2: two people have one key");
    end(&run);
}

/* ---- column files ---- */

static void a_frame_read_from_its_column_file_is_the_same(void **state)
{
    struct rk_run run = begin(people_csv, visits_csv);
    const char *out = run.out_dir;
    struct frame *first = read_frame(&run, "people"), *again;
    struct frame *visits = read_frame(&run, "visits");
    long rows;

    (void)state;
    CHECK(!first->store);
    CHECK(check_exists(out, "20-people/people.columns"));
    again = read_frame(&run, "people");
    CHECK(again->store != NULL);
    for (size_t i = 0; i < first->count; i++) {
        const struct frame_column *a = &first->columns[i];
        const struct frame_column *b;

        CHECK(frame_answered(again, a->name, &rows));
        CHECK(again->columns[i].waits);
        b = frame_column(again, a->name);
        for (size_t row = 0; row < first->rows; row++) {
            struct value left = frame_value(a, row), right = frame_value(b, row);

            rows -= left.state == VALUE_THERE;
            CHECK_INT(left.state, right.state);
            CHECK_NEAR(left.number, right.number, 0);
            if (left.text) CHECK_TEXT(left.text, right.text);
        }
        CHECK_INT(rows, 0);
        if (a->codes) CHECK_INT(a->codes->count, b->codes->count);
    }
    CHECK_INT(visits->persons[1], 2);
    visits = read_frame(&run, "visits");
    CHECK(visits->store != NULL);
    CHECK_INT(frame_person(visits)[0], 0);
    CHECK_INT(frame_person(visits)[2], -1);
    CHECK(!frame_all_linked(visits));
    end(&run);
}

static void an_edited_csv_is_read_and_its_column_file_made_again(void **state)
{
    struct rk_run run = begin(people_csv, visits_csv);
    const char *out = run.out_dir;
    struct frame *visits;

    (void)state;
    read_frame(&run, "people");
    read_frame(&run, "visits");
    CHECK_NEAR(frame_value(frame_column(read_frame(&run, "visits"), "score"), 0).number, 3, 0);
    check_write(out, "20-people/visits.csv", "file_line,client,score,wage,area\n"
                                             "v.csv:2,C1,4,6.5,south\n"
                                             "v.csv:3,C3,,,\n"
                                             "v.csv:4,C9,-1,1e-3,north\n");
    visits = read_frame(&run, "visits");
    CHECK(!visits->store);
    CHECK_NEAR(frame_value(frame_column(visits, "score"), 0).number, 4, 0);
    visits = read_frame(&run, "visits");
    CHECK(visits->store != NULL);
    CHECK_NEAR(frame_value(frame_column(visits, "score"), 0).number, 4, 0);
    end(&run);
}

static void a_column_file_of_another_study_or_none_at_all_is_passed_over(void **state)
{
    struct rk_run run = begin(people_csv, visits_csv), other;
    const char *folder = run.out_dir;
    char yaml[sizeof study_yaml + 64];
    char *at;

    (void)state;
    read_frame(&run, "visits");
    strcpy(yaml, study_yaml);
    at = strstr(yaml, "type: integer");
    memcpy(at, "type: text   ", strlen("type: integer"));
    check_write(folder, "study.yaml", yaml);
    other = run;
    other.study = NULL;
    CHECK_TEXT(frame_value(frame_column(read_frame(&other, "visits"), "score"), 0).text, "3");
    check_write(folder, "20-people/visits.columns", "no column file");
    CHECK_TEXT(frame_value(frame_column(read_frame(&other, "visits"), "score"), 0).text, "3");
    end(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_have_the_types_of_the_study),
        cmocka_unit_test(records_know_their_people),
        cmocka_unit_test(periods_stand_in_order_without_gaps),
        cmocka_unit_test(a_record_sees_its_own_columns_before_its_persons),
        cmocka_unit_test(any_line_end_is_a_line_end),
        cmocka_unit_test(a_damaged_file_is_refused_with_its_place),
        cmocka_unit_test(two_people_with_one_key_are_refused),
        cmocka_unit_test(a_frame_read_from_its_column_file_is_the_same),
        cmocka_unit_test(an_edited_csv_is_read_and_its_column_file_made_again),
        cmocka_unit_test(a_column_file_of_another_study_or_none_at_all_is_passed_over),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
