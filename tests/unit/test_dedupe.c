// SPDX-License-Identifier: MIT
/* Who is who: which rows are one record, which survives, who records are of. */
#include "tests/support/check.h"
#include "tests/support/cleaned.h"

#include "pipeline/contract/frame.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define RULE(text) "      - {" text "}\n"
#define EXACT      RULE("code: exact, match: all, keep: first")
#define SAME       RULE("code: same, match: [client], keep: latest seen")
#define REKEYED    RULE("code: rekeyed, match: [name, born, sex], keep: earliest seen")

/* ---- which rows are one ---- */

static void a_chain_of_rules_makes_one_person(void **state)
{
    struct cleaned cleaned = {.duplicates = EXACT SAME REKEYED,
                              .clients = "W1,Ash,1980-01-01,female,2014-05-01,\n"
                                         "W1,Ash,1980-01-01,female,2014-05-01,\n"
                                         "W1,Elm,1980-01-01,female,2014-06-01,\n"
                                         "W2,ash ,1980-01-01,female,2014-07-01,\n"
                                         "W3,Elm,1980-01-01,female,2014-04-01,\n"
                                         "W4,Fir,1980-01-01,female,2014-04-01,\n"};

    (void)state;
    CHECK_INT(cleaned_run(&cleaned), RK_OK);
    CHECK_INT(cleaned_rows(&cleaned, "people.csv"), 2);
    CHECK_TEXT(cleaned_person(&cleaned, "W3", "seen"), "2014-04-01");
    CHECK_INT(cleaned_flow(&cleaned, "clients", "duplicates", ""), 4);
    CHECK_INT(cleaned_flow(&cleaned, "clients", "duplicates", "exact"), 1);
    CHECK_INT(cleaned_flow(&cleaned, "clients", "duplicates", "same"), 1);
    CHECK_INT(cleaned_flow(&cleaned, "clients", "duplicates", "rekeyed"), 2);
    CHECK_INT(cleaned_flow(&cleaned, "clients", "unique", ""), 2);
    CHECK_TEXT(cleaned_cell(&cleaned, "keys.csv", "reference", "W1", "person"), "W3");
    CHECK_TEXT(cleaned_cell(&cleaned, "keys.csv", "reference", "W2", "person"), "W3");
    CHECK_TEXT(cleaned_cell(&cleaned, "keys.csv", "reference", "W4", "person"), "W4");
    cleaned_end(&cleaned);
}

static void a_brother_and_a_sister_stay_two(void **state)
{
    struct cleaned cleaned = {.duplicates = EXACT SAME REKEYED,
                              .clients = "W1,Ash,1980-01-01,female,2014-05-01,\n"
                                         "W2,Ash,1980-01-01,male,2014-05-01,\n"};

    (void)state;
    CHECK_INT(cleaned_run(&cleaned), RK_OK);
    CHECK_INT(cleaned_rows(&cleaned, "people.csv"), 2);
    CHECK_INT(cleaned_rows(&cleaned, "duplicates.csv"), 0);
    cleaned_end(&cleaned);
}

static void what_is_not_answered_matches_nobody(void **state)
{
    struct cleaned cleaned = {.duplicates = REKEYED,
                              .clients = "W1,Ash,,female,2014-05-01,\n"
                                         "W2,Ash,,female,2014-05-01,\n"
                                         "W3,,1980-01-01,female,2014-05-01,\n"
                                         "W4,,1980-01-01,female,2014-05-01,\n"};

    (void)state;
    CHECK_INT(cleaned_run(&cleaned), RK_OK);
    CHECK_INT(cleaned_rows(&cleaned, "people.csv"), 4);
    cleaned_end(&cleaned);
}

static void exact_means_every_column_and_letter(void **state)
{
    struct cleaned cleaned = {.visit_rules = "    duplicates:\n" EXACT,
                              .clients = "W1,Ash,1980-01-01,female,2014-05-01,\n",
                              .visits = "W1,2014-06-01,1,done,,0.5,,,\n"
                                        "W1,2014-06-01,1,done,,0.50,,,\n"
                                        "W1,2014-06-01,1,done,3,0.5,,,\n"
                                        "W1,2014-06-01,,done,,0.5,1,,\n"
                                        "W1,2014-06-01,,done,,0.5,,1,\n"};

    (void)state;
    CHECK_INT(cleaned_run(&cleaned), RK_OK);
    CHECK_INT(cleaned_rows(&cleaned, "visits.csv"), 4);
    CHECK_INT(cleaned_flow(&cleaned, "visits", "duplicates", "exact"), 1);
    CHECK_HAS(cleaned_file(&cleaned, "duplicates.csv"),
              "visits,exact,visits.csv:2,visits.csv:3,,,,absorbed\n");
    cleaned_end(&cleaned);
}

static void people_with_one_key_are_one_without_any_rule(void **state)
{
    struct cleaned cleaned = {.clients = "W1,Ash,,,2014-05-01,\n"
                                         "W1,Elm,,,2014-06-01,\n"};

    (void)state;
    CHECK_INT(cleaned_run(&cleaned), RK_OK);
    CHECK_INT(cleaned_rows(&cleaned, "people.csv"), 1);
    CHECK_INT(cleaned_flow(&cleaned, "clients", "duplicates", "same_key"), 1);
    cleaned_end(&cleaned);
}

static void a_row_without_key_is_set_aside_unless_it_is_somebody(void **state)
{
    struct cleaned cleaned = {.duplicates =
                                  RULE("code: r, match: [name], keep: first, fill: no"),
                              .clients = ",Ash,,,2014-05-01,\n"
                                         "W1,Ash,,,2014-06-01,7\n"
                                         ",Elm,,,2014-06-01,\n"};

    (void)state;
    CHECK_INT(cleaned_run(&cleaned), RK_OK);
    CHECK_INT(cleaned_rows(&cleaned, "people.csv"), 1);
    CHECK_TEXT(cleaned_person(&cleaned, "W1", "seen"), "2014-05-01");
    CHECK_TEXT(cleaned_person(&cleaned, "W1", "score"), "");
    CHECK_INT(cleaned_flow(&cleaned, "clients", "unlinked", ""), 1);
    CHECK_INT(cleaned_flow(&cleaned, "clients", "unlinked", "no_key"), 1);
    CHECK_HAS(cleaned_file(&cleaned, "unlinked.csv"),
              "clients,clients.csv:4,client,,no_key,");
    cleaned_end(&cleaned);
}

/* ---- which survives ---- */

static void the_rule_says_which_record_survives(void **state)
{
    static const struct {
        const char *rule, *seen;
    } cases[] = {
        {RULE("code: r, match: [client], keep: first"), "2014-06-01"},
        {RULE("code: r, match: [client], keep: last"), ""},
        {RULE("code: r, match: [client], keep: latest seen"), "2014-08-01"},
        {RULE("code: r, match: [client], keep: earliest seen"), "2014-05-01"},
        {RULE("code: r, match: [client], keep: latest score"), "2014-07-01"},
        {RULE("code: r, match: [client], keep: fullest"), "2014-05-01"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char rule[128];
        struct cleaned cleaned = {.clients = "W1,,,,2014-06-01,2\n"
                                             "W1,Ash,1980-01-01,,2014-05-01,1\n"
                                             "W1,,,,2014-08-01,\n"
                                             "W1,,,,2014-07-01,4\n"
                                             "W1,,,female,,3\n"};

        snprintf(rule, sizeof rule, "%.*s, fill: no}\n", (int)strcspn(cases[i].rule, "}"),
                 cases[i].rule);
        cleaned.duplicates = rule;
        CHECK_INT(cleaned_run(&cleaned), RK_OK);
        CHECK_TEXT(cleaned_person(&cleaned, "W1", "seen"), cases[i].seen);
        cleaned_end(&cleaned);
    }
}

static void ties_fall_to_the_lower_key_then_to_the_place(void **state)
{
    struct cleaned cleaned = {
        .duplicates = RULE("code: r, match: [name], keep: latest seen")
            RULE("code: p, match: [born], keep: first"),
        .clients = "W2,Ash,,,2014-05-01,1\nW1,Ash,,,2014-05-01,2\n"
                   "W8,,1980-01-01,,2014-05-01,1\nW7,,1980-01-01,,2014-06-01,2\n"
                   "W7,,1980-01-01,,2014-05-01,3\n"};

    (void)state;
    CHECK_INT(cleaned_run(&cleaned), RK_OK);
    CHECK_INT(cleaned_rows(&cleaned, "people.csv"), 2);
    CHECK_TEXT(cleaned_person(&cleaned, "W1", "score"), "2");
    CHECK_TEXT(cleaned_person(&cleaned, "W7", "score"), "2");
    cleaned_end(&cleaned);
}

static void blanks_are_filled_from_the_next_best_first(void **state)
{
    struct cleaned cleaned = {.duplicates = SAME,
                              .clients = "W1,,,male,2014-05-01,1\n"
                                         "W1,,,,2014-07-01,\n"
                                         "W1,,,female,2014-06-01,\n"};

    (void)state;
    CHECK_INT(cleaned_run(&cleaned), RK_OK);
    CHECK_TEXT(cleaned_person(&cleaned, "W1", "seen"), "2014-07-01");
    CHECK_TEXT(cleaned_person(&cleaned, "W1", "sex"), "female");
    CHECK_TEXT(cleaned_person(&cleaned, "W1", "score"), "1");
    CHECK_TEXT(cleaned_person(&cleaned, "W1", "file_line"), "clients.csv:3");
    CHECK_HAS(cleaned_file(&cleaned, "duplicates.csv"),
              "clients,same,clients.csv:3,clients.csv:4,sex,,female,filled\n");
    CHECK_HAS(cleaned_file(&cleaned, "duplicates.csv"),
              "clients,same,clients.csv:3,clients.csv:2,sex,female,male,conflict\n");
    cleaned_end(&cleaned);
}

static void without_fill_blanks_stay_and_are_told(void **state)
{
    struct cleaned cleaned = {
        .duplicates = RULE("code: same, match: [client], keep: latest seen, fill: no"),
        .clients = "W1,,,male,2014-05-01,1\nW1,,,,2014-07-01,\n"};

    (void)state;
    CHECK_INT(cleaned_run(&cleaned), RK_OK);
    CHECK_TEXT(cleaned_person(&cleaned, "W1", "sex"), "");
    CHECK_HAS(cleaned_file(&cleaned, "duplicates.csv"), ",score,,1,left blank\n");
    cleaned_end(&cleaned);
}

static void private_values_are_in_no_file(void **state)
{
    static const char *const files[] = {"people.csv",   "visits.csv", "duplicates.csv",
                                        "unlinked.csv", "issues.csv", "flow.csv",
                                        "keys.csv",     "start.csv"};
    struct cleaned cleaned = {
        .duplicates = EXACT SAME,
        .points = "  start: {source: clients}\n",
        .derive = "  people:\n    age: {years: [born, seen]}\n",
        .clients =
            "W1,Ashby,1980-01-01,female,2014-05-01,\nW1,Elmer,1981-02-02,,2014-06-01,\n",
        .visits = "W1,2014-06-01,1,done,,,,,\n"};

    (void)state;
    CHECK_INT(cleaned_run(&cleaned), RK_OK);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        const char *text = cleaned_file(&cleaned, files[i]);

        CHECK_LACKS(text, "Ashby");
        CHECK_LACKS(text, "Elmer");
        CHECK_LACKS(text, "1980-01-01");
        CHECK_LACKS(text, "1981-02-02");
    }
    CHECK_TEXT(cleaned_person(&cleaned, "W1", "age"), "33");
    CHECK_HAS(cleaned_file(&cleaned, "duplicates.csv"), ",name,,,conflict\n");
    cleaned_end(&cleaned);
}

/* ---- the order of rows ---- */

enum { MANY = 90 };

static unsigned next(unsigned *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 16;
}

/* Clients with few names, days and references, so that all rules meet. */
static void make_clients(char lines[MANY][80])
{
    static const char *const names[] = {"Ash", "Elm", "Fir", "Oak", "Yew", ""};
    unsigned seed = 7;

    for (int i = 0; i < MANY; i++) {
        unsigned day = next(&seed) % 9, score = next(&seed) % 4;

        snprintf(lines[i], sizeof lines[i], "W%02u,%s,19%02u-01-01,%s,%.*s%.*u,%.*u\n",
                 next(&seed) % 60, names[next(&seed) % 6], 60 + next(&seed) % 8,
                 next(&seed) % 3 ? "female" : "", day ? 9 : 0, "2014-05-0", day ? 1 : 0,
                 day, score ? 1 : 0, score);
    }
}

static void shuffle(char lines[MANY][80], unsigned seed)
{
    for (unsigned i = MANY - 1; i > 0; i--) {
        unsigned other = next(&seed) % (i + 1);
        char line[80];

        memcpy(line, lines[i], sizeof line);
        memcpy(lines[i], lines[other], sizeof line);
        memcpy(lines[other], line, sizeof line);
    }
}

/* The file without its first column, which tells the place. */
static const char *without_place(struct cleaned *cleaned, const char *name)
{
    const char *at = cleaned_file(cleaned, name);
    char *text = rk_arena_alloc(cleaned->run.arena, strlen(at) + 1, 1);

    for (char *to = text; *at;) {
        size_t length = strcspn(at, "\n") + 1, skip = strcspn(at, ",");

        to = mempcpy(to, at + skip, length - skip);
        at += length;
    }
    return text;
}

static const char *run_shuffled(unsigned seed)
{
    static char kept[1 << 18];
    char lines[MANY][80], clients[MANY * 80] = "", visits[MANY * 80] = "";
    struct cleaned cleaned = {
        .duplicates =
            EXACT SAME REKEYED RULE("code: fuller, match: [born, score], keep: fullest"),
        .derive = "  people:\n    last: {from: latest.number}\n    n: {count: visits}\n",
        .points = "  latest: {source: visits, take: latest day}\n",
        .clients = clients,
        .visits = visits};

    make_clients(lines);
    if (seed) shuffle(lines, seed);
    for (int i = 0; i < MANY; i++) {
        strcat(clients, lines[i]);
        snprintf(visits + strlen(visits), 80, "%.3s,2014-06-0%c,%c,done,,,,,\n", lines[i],
                 '1' + lines[i][2] % 2, lines[i][5]);
    }
    for (char *at = visits; *at; at++) /* a letter of a name is no number */
        if (*at >= 'a' && *at <= 'z' && at[-1] == ',' && at[1] == ',') *at = '1' + *at % 9;
    CHECK_INT(cleaned_run(&cleaned), RK_OK);
    snprintf(kept, sizeof kept, "%s\n%s\n%s\n%s\n%s", without_place(&cleaned, "people.csv"),
             without_place(&cleaned, "visits.csv"), without_place(&cleaned, "latest.csv"),
             cleaned_file(&cleaned, "keys.csv"), cleaned_file(&cleaned, "flow.csv"));
    cleaned_end(&cleaned);
    return kept;
}

static void shuffled_rows_change_nothing(void **state)
{
    char *expected = strdup(run_shuffled(0));

    (void)state;
    CHECK_HAS(expected, "clients,duplicates,fuller,");
    CHECK_LACKS(expected, ",0\nclients,unlinked"); /* every rule has something to do */
    for (unsigned seed = 1; seed <= 6; seed++)
        CHECK_TEXT(run_shuffled(seed * 977), expected);
    free(expected);
}

/* Were pairs compared, this would take minutes. */
static void many_rows_of_one_person_take_no_time(void **state)
{
    enum { ROWS = 20000 };
    char *clients = malloc((size_t)ROWS * 32), *at = clients;
    struct cleaned cleaned = {.duplicates = REKEYED};

    (void)state;
    assert_non_null(clients);
    for (int i = 0; i < ROWS; i++)
        at += sprintf(at, "W%d,Ash,1980-01-01,male,,\n", 100000 + i);
    cleaned.clients = clients;
    CHECK_INT(cleaned_run(&cleaned), RK_OK);
    CHECK_INT(cleaned_flow(&cleaned, "clients", "duplicates", "rekeyed"), ROWS - 1);
    CHECK_TEXT(cleaned_cell(&cleaned, "keys.csv", "reference", "W111111", "person"),
               "W100000");
    cleaned_end(&cleaned);
    free(clients);
}

/* ---- records of other sources ---- */

static void records_follow_a_reference_to_its_person(void **state)
{
    struct cleaned cleaned = {.duplicates = REKEYED,
                              .visit_rules = "    duplicates:\n" EXACT,
                              .clients = "W1,Ash,1980-01-01,male,2014-05-01,\n"
                                         "W2,Ash,1980-01-01,male,2014-06-01,\n",
                              .visits = "W2,2014-07-01,1,done,,,,,\n"
                                        "W1,2014-07-01,1,done,,,,,\n"
                                        "W2,2014-08-01,2,done,,,,,\n",
                              .jobs = "J1,W2,2014-09-01\n"};

    (void)state;
    CHECK_INT(cleaned_run(&cleaned), RK_OK);
    CHECK_INT(cleaned_rows(&cleaned, "visits.csv"), 2);
    CHECK_TEXT(cleaned_cell(&cleaned, "visits.csv", "number", "2", "client"), "W1");
    CHECK_TEXT(cleaned_cell(&cleaned, "jobs.csv", "job", "J1", "client"), "W1");
    CHECK_INT(cleaned_flow(&cleaned, "visits", "duplicates", "exact"), 1);
    cleaned_end(&cleaned);
}

static void records_of_nobody_leave_with_a_reason_or_stay(void **state)
{
    struct cleaned cleaned = {.clients = "W1,Ash,1980-01-01,male,2014-05-01,\n",
                              .visit_rules = "    duplicates:\n" EXACT,
                              .visits = "W1,2014-07-01,1,done,,,,,\n"
                                        "W9,2014-07-01,1,done,,,,,\n"
                                        ",2014-08-01,2,done,,,,,\n"
                                        "W9,2014-07-01,1,done,,,,,\n",
                              .jobs = "J1,W9,2014-09-01\nJ2,,2014-09-01\n"};

    (void)state;
    CHECK_INT(cleaned_run(&cleaned), RK_OK);
    CHECK_INT(cleaned_rows(&cleaned, "visits.csv"), 1);
    CHECK_INT(cleaned_flow(&cleaned, "visits", "unlinked", ""), 2);
    CHECK_INT(cleaned_flow(&cleaned, "visits", "unlinked", "unknown_person"), 1);
    CHECK_INT(cleaned_flow(&cleaned, "visits", "unlinked", "no_reference"), 1);
    CHECK_INT(cleaned_rows(&cleaned, "unlinked.csv"), 2);
    CHECK_INT(cleaned_flow(&cleaned, "visits", "duplicates", ""), 1);
    CHECK_INT(cleaned_flow(&cleaned, "visits", "unique", ""), 1);
    CHECK_TEXT(cleaned_cell(&cleaned, "unlinked.csv", "reference", "W9", "file_line"),
               "visits.csv:3");
    CHECK_INT(cleaned_rows(&cleaned, "jobs.csv"), 2);
    CHECK_INT(cleaned_flow(&cleaned, "jobs", "unlinked", ""), 0);
    cleaned_end(&cleaned);
}

static void the_last_of_two_records_with_one_number_is_kept(void **state)
{
    struct cleaned cleaned = {.clients = "W1,,,,,\n",
                              .jobs = "J1,W1,2014-09-02\nJ2,W1,2014-01-01\n"
                                      "J1,W1,2014-09-01\n",
                              .totals = "L1,3.5\nL2,\n"};

    (void)state;
    CHECK_INT(cleaned_run(&cleaned), RK_OK);
    CHECK_TEXT(cleaned_cell(&cleaned, "jobs.csv", "job", "J1", "started"), "2014-09-01");
    CHECK_TEXT(cleaned_cell(&cleaned, "totals.csv", "line", "L1", "value"), "3.5");
    CHECK_INT(cleaned_flow(&cleaned, "totals", "unique", ""), 2);
    cleaned_end(&cleaned);
}

/* ---- the folders ---- */

static void only_the_owner_can_read_people(void **state)
{
    struct cleaned cleaned = {.clients = "W1,Ash,1980-01-01,male,2014-05-01,\n"};
    struct stat info;

    (void)state;
    CHECK_INT(cleaned_run(&cleaned), RK_OK);
    CHECK_OK(stat(rk_run_path(&cleaned.run, "20-people", NULL), &info));
    CHECK_INT(info.st_mode & 0777, 0700);
    CHECK_OK(stat(rk_run_path(&cleaned.run, "20-people", "people.csv"), &info));
    CHECK_INT(info.st_mode & 0777, 0600);
    CHECK_HAS(cleaned_file(&cleaned, "datapackage.json"), "\"unlinked.csv\"");
    cleaned_end(&cleaned);
}

static void a_file_changed_by_hand_is_used_and_told(void **state)
{
    struct cleaned cleaned = {.clients = "W1,Ash,1980-01-01,male,2014-05-01,\n"};

    (void)state;
    CHECK_INT(cleaned_run(&cleaned), RK_OK);
    CHECK_TEXT(cleaned.said, "");
    check_write(
        cleaned.folder, "out/10-clean/clients.csv",
        "file_line,client,name,born,sex,seen,score\nc.csv:2,W1,,,,,\nc.csv:3,W2,,,,,\n");
    CHECK_INT(cleaned_rerun(&cleaned), RK_OK);
    CHECK_HAS(cleaned.said, "2 rows, but clean kept 1");
    CHECK_INT(cleaned_rows(&cleaned, "people.csv"), 2);
    cleaned_end(&cleaned);
}

static void what_is_not_as_the_study_says_keeps_the_last_good_folder(void **state)
{
    static const char *const wrong[] = {
        "file_line,client,name,born,sex,seen\nc.csv:2,W1,,,,\n",
        "file_line,client,name,born,sex,seen,score\nc.csv:2,W1,,,,,many\n",
        "file_line,client,name,born,sex,seen,score\nc.csv:2,W1,,,robot,,\n",
        "client,name,born,sex,seen,score\nW1,,,,,\n",
        "",
    };
    struct cleaned cleaned = {.clients = "W1,Ash,1980-01-01,male,2014-05-01,\n"};

    (void)state;
    CHECK_INT(cleaned_run(&cleaned), RK_OK);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        check_write(cleaned.folder, "out/10-clean/clients.csv", wrong[i]);
        CHECK_INT(cleaned_rerun(&cleaned), RK_WORLD);
        CHECK_HAS(cleaned.said, "10-clean/clients.csv");
        CHECK_INT(cleaned_rows(&cleaned, "people.csv"), 1);
    }
    cleaned_end(&cleaned);
}

static void nobody_at_all_is_an_empty_folder(void **state)
{
    struct cleaned cleaned = {.duplicates = EXACT SAME REKEYED,
                              .derive = "  people:\n    came: {has: latest}\n"
                                        "    q: {period: seen, by: month}\n",
                              .points = "  latest: {source: visits, take: latest day}\n",
                              .visits = "W1,2014-07-01,1,done,,,,,\n"};

    (void)state;
    CHECK_INT(cleaned_run(&cleaned), RK_OK);
    CHECK_INT(cleaned_rows(&cleaned, "people.csv"), 0);
    CHECK_INT(cleaned_rows(&cleaned, "latest.csv"), 0);
    CHECK_INT(cleaned_flow(&cleaned, "visits", "unlinked", ""), 1);
    cleaned_end(&cleaned);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_chain_of_rules_makes_one_person),
        cmocka_unit_test(a_brother_and_a_sister_stay_two),
        cmocka_unit_test(what_is_not_answered_matches_nobody),
        cmocka_unit_test(exact_means_every_column_and_letter),
        cmocka_unit_test(people_with_one_key_are_one_without_any_rule),
        cmocka_unit_test(a_row_without_key_is_set_aside_unless_it_is_somebody),
        cmocka_unit_test(the_rule_says_which_record_survives),
        cmocka_unit_test(ties_fall_to_the_lower_key_then_to_the_place),
        cmocka_unit_test(blanks_are_filled_from_the_next_best_first),
        cmocka_unit_test(without_fill_blanks_stay_and_are_told),
        cmocka_unit_test(private_values_are_in_no_file),
        cmocka_unit_test(shuffled_rows_change_nothing),
        cmocka_unit_test(many_rows_of_one_person_take_no_time),
        cmocka_unit_test(records_follow_a_reference_to_its_person),
        cmocka_unit_test(records_of_nobody_leave_with_a_reason_or_stay),
        cmocka_unit_test(the_last_of_two_records_with_one_number_is_kept),
        cmocka_unit_test(only_the_owner_can_read_people),
        cmocka_unit_test(a_file_changed_by_hand_is_used_and_told),
        cmocka_unit_test(what_is_not_as_the_study_says_keeps_the_last_good_folder),
        cmocka_unit_test(nobody_at_all_is_an_empty_folder),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
