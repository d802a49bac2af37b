// SPDX-License-Identifier: MIT
/* Whose value stands, column by column, where records of one person say different things. */
#include "tests/support/check.h"
#include "tests/support/cleaned.h"

#include <stdlib.h>
#include <string.h>

#define RULE(text) "      - {" text "}\n"
#define COLUMNS(name, born, sex, seen, score)                                                  \
    "      client: {from: Client, type: id}\n"                                                 \
    "      name: {from: Name, type: text" name "}\n"                                           \
    "      born: {from: Born, type: date, formats: [yyyy-mm-dd], private: yes" born "}\n"      \
    "      sex: {from: Sex, type: code, codes: [Female, Male]" sex "}\n"                       \
    "      seen: {from: Seen, type: date, formats: [yyyy-mm-dd]" seen "}\n"                    \
    "      score: {from: Score, type: integer" score "}\n"

static const char three[] = "W1,Ann,1980-01-01,female,2014-05-01,1\n"
                            "W1,Anne Marie,1980-01-01,male,2014-07-01,\n"
                            "W1,Ann,,female,2014-06-01,3\n";

static void each_column_takes_the_value_of_its_own_rule(void **state)
{
    static const struct {
        const char *columns, *column, *value;
    } cases[] = {
        {COLUMNS(, , , , ), "sex", "female"},
        {COLUMNS(, , ", take: frequent", , ), "sex", "female"},
        {COLUMNS(, , ", take: latest seen", , ), "sex", "male"},
        {COLUMNS(, , ", take: earliest seen", , ), "sex", "female"},
        {COLUMNS(", take: fullest", , , , ), "name", "Anne Marie"},
        {COLUMNS(", take: frequent", , , , ), "name", "Ann"},
        {COLUMNS(, , , , ", take: latest seen"), "score", "3"}, /* the latest that has one */
        {COLUMNS(, , , , ", take: first"), "score", "1"},
        {COLUMNS(, , , , ", take: last"), "score", "3"},
        {COLUMNS(, , , ", take: latest seen", ), "seen", "2014-07-01"},
        {COLUMNS(, , ", take: [paper*.csv, clients.csv]", , ), "sex", "female"},
        {COLUMNS(, , ", take: kept", , ), "sex", "female"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct cleaned cleaned = {.columns = cases[i].columns,
                                  .duplicates =
                                      RULE("code: r, match: [client], keep: earliest seen"),
                                  .clients = three};

        CHECK_INT(cleaned_run(&cleaned), RK_OK);
        CHECK_TEXT(cleaned_person(&cleaned, "W1", cases[i].column), cases[i].value);
        CHECK_TEXT(cleaned_person(&cleaned, "W1", "file_line"), "clients.csv:2");
        cleaned_end(&cleaned);
    }
}

static void what_was_taken_and_what_disagrees_is_told(void **state)
{
    struct cleaned cleaned = {
        .columns = COLUMNS(", take: fullest", ", take: frequent", ", take: latest seen", , ),
        .duplicates = RULE("code: r, match: [client], keep: earliest seen"),
        .clients = three};
    const char *told;

    (void)state;
    CHECK_INT(cleaned_run(&cleaned), RK_OK);
    told = cleaned_file(&cleaned, "duplicates.csv");
    CHECK_HAS(told, "clients,take,clients.csv:2,clients.csv:3,sex,female,male,taken\n");
    CHECK_HAS(told, "clients,take,clients.csv:2,clients.csv:4,sex,male,female,conflict\n");
    CHECK_HAS(told, "clients,take,clients.csv:2,clients.csv:3,name,Ann,Anne Marie,taken\n");
    CHECK_LACKS(told, "clients,r,clients.csv:2,clients.csv:3,sex");
    CHECK_LACKS(told, "1980"); /* private */
    cleaned_end(&cleaned);
}

/* W2's score was W1's before W1 came to count: filled on the way, it is still one answer. */
static void what_was_filled_on_the_way_counts_once(void **state)
{
    struct cleaned cleaned = {
        .columns = COLUMNS(, , , , ", take: frequent"),
        .duplicates = RULE("code: a, match: [born], keep: earliest seen")
            RULE("code: b, match: [name], keep: earliest seen"),
        .clients = "W1,Ash,1980-01-01,,2014-05-01,\nW2,,1980-01-01,,2014-05-02,4\n"
                   "W3,Ash,,,2014-05-03,7\nW4,Ash,,,2014-05-04,7\n"};

    (void)state;
    CHECK_INT(cleaned_run(&cleaned), RK_OK);
    CHECK_TEXT(cleaned_person(&cleaned, "W1", "score"), "7");
    CHECK_HAS(cleaned_file(&cleaned, "duplicates.csv"), ",clients.csv:2,clients.csv:4,score,,7,filled\n");
    CHECK_HAS(cleaned_file(&cleaned, "duplicates.csv"), ",clients.csv:2,clients.csv:3,score,7,4,conflict\n");
    cleaned_end(&cleaned);
}

static void no_order_of_rows_shows(void **state)
{
    static const char *const rows[] = {"W1,Ann,,female,2014-05-01,1\n", "W1,Ida,,male,,2\n",
                                       "W1,Eve,,male,2014-05-01,2\n", "W1,Una,,female,,1\n"};
    static const char *const value[] = {"Ann", "female", "1"};
    static const char *const column[] = {"name", "sex", "score"};

    (void)state;
    for (size_t turn = 0; turn < 24; turn++) {
        char text[160] = "";
        size_t left[] = {0, 1, 2, 3}, at = turn;
        struct cleaned cleaned = {
            .columns = COLUMNS(", take: fullest", , ", take: frequent", , ", take: latest seen"),
            .clients = text};

        for (size_t n = 4; n > 0; at /= n--) {
            size_t i = at % n;

            strcat(text, rows[left[i]]);
            memmove(&left[i], &left[i + 1], (n - 1 - i) * sizeof *left);
        }
        cleaned.duplicates = RULE("code: r, match: [client], keep: earliest seen");
        CHECK_INT(cleaned_run(&cleaned), RK_OK);
        for (size_t i = 0; i < 3; i++)
            CHECK_TEXT(cleaned_person(&cleaned, "W1", column[i]), value[i]);
        cleaned_end(&cleaned);
    }
}

static void a_rule_that_means_nothing_is_refused(void **state)
{
    static const struct {
        const char *columns, *says;
    } cases[] = {
        {COLUMNS(, , ", take: newest", , ), "study.yaml:15:65: take: \"newest\": expected kept, first"},
        {COLUMNS(, , ", take: latest", , ), "latest COLUMN"},
        {COLUMNS(, , ", take: latest sean", , ), "did you mean \"seen\"?"},
        {COLUMNS(, , ", take: fullest", , ), "\"sex\" is none"},
        {COLUMNS(, , ", take: {a: b}", , ), "take"},
        {"      client: {from: Client, type: id, take: frequent}\n"
         "      name: {from: Name, type: text}\n",
         "says which record it is"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct cleaned cleaned = {.columns = cases[i].columns, .clients = three};

        CHECK_INT(cleaned_run(&cleaned), RK_STUDY);
        CHECK_HAS(cleaned.said, cases[i].says);
        cleaned_end(&cleaned);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_column_takes_the_value_of_its_own_rule),
        cmocka_unit_test(what_was_taken_and_what_disagrees_is_told),
        cmocka_unit_test(what_was_filled_on_the_way_counts_once),
        cmocka_unit_test(no_order_of_rows_shows),
        cmocka_unit_test(a_rule_that_means_nothing_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
