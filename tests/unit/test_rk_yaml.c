// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_yaml.h"
#include "tests/support/check.h"

#include <string.h>

static struct rk_arena *arena;
static struct rk_diag *diag;

static int begin(void **state)
{
    (void)state;
    arena = rk_arena_new();
    diag = rk_diag_new("test");
    rk_diag_verbosity(diag, false, true);
    return 0;
}

static int end(void **state)
{
    (void)state;
    rk_diag_free(diag);
    rk_arena_free(arena);
    return 0;
}

static const struct rk_yaml *parsed(const char *text)
{
    struct rk_yaml *root = NULL;

    CHECK_OK(rk_yaml_parse(arena, diag, "study.yaml", text, strlen(text), 1, &root));
    return root;
}

static void every_scalar_stays_the_text_that_was_typed(void **state)
{
    const struct rk_yaml *root =
        parsed("a: No\nb: 012\nc: 3.10\nd: \"yes\"\ne:\nf: ~\ng: 'it''s'\nh: 2015-03-13\n");
    static const char *const texts[] = {"No", "012", "3.10", "yes",
                                        "",   "~",   "it's", "2015-03-13"};

    (void)state;
    CHECK_INT(root->kind, RK_YAML_MAP);
    CHECK_INT(root->count, 8);
    for (size_t i = 0; i < root->count; i++) {
        CHECK_TEXT(root->items[i]->text, texts[i]);
        CHECK_INT(root->items[i]->quoted, i == 3 || i == 6);
    }
}

static void nodes_know_their_line_and_column(void **state)
{
    const struct rk_yaml *root =
        parsed("# comment\nsources:\n  - id: a\n    née: [x, y]\n");
    const struct rk_yaml *item = rk_yaml_get(root, "sources")->items[0];
    const struct rk_yaml *list = rk_yaml_get(item, "née");
    struct rk_yaml *front = NULL;

    (void)state;
    CHECK_INT(root->line, 2);
    CHECK_INT(item->line, 3);
    CHECK_INT(item->column, 5);
    CHECK_INT(list->kind, RK_YAML_LIST);
    CHECK_INT(list->items[1]->line, 4);
    CHECK_INT(list->items[1]->column, 14);
    CHECK_TEXT(rk_yaml_place(list).file, "study.yaml");
    CHECK_OK(rk_yaml_parse(arena, diag, "report.md", "a: b\n", 5, 7, &front));
    CHECK_INT(front->items[0]->line, 7);
    CHECK(rk_yaml_get(NULL, "a") == NULL);
    CHECK(rk_yaml_get(list, "a") == NULL);
    CHECK(rk_yaml_get(root, "source") == NULL);
}

static void what_is_wrong_is_said_with_place_and_advice(void **state)
{
    static const struct {
        const char *text, *place, *words;
    } rows[] = {
        {"",                   ":1:1: ", "keys were expected"                      },
        {"# only a comment\n", ":2:1: ", "keys were expected"                      },
        {"a: 1\na: 2\n",       ":2:1: ", "key \"a\" is there already, on line 1"   },
        {"a:\n\tb: 1\n",       ":2:1: ", "a tab; YAML is indented with blanks only"},
        {"\ta: 1\n",           ":1:1: ", "a tab"                                   },
        {"a: b: c\n",          ":1:5: ", "put the value in quotes"                 },
        {"a: [1, 2\nb: 3\n",   ":2:2: ", "is the list closed?"                     },
        {"a: {x: 1\nb: 3\n",   ":2:2: ", "are the braces closed?"                  },
        {"a: \"open\nb: 3\n",  ":3:1: ",
         "ends inside quotes; close them (what it belongs to "
         "began on line 1)"                                                        },
        {"a: 1\n b: 2\n",      ":2:3: ", "check the indentation"                   },
        {"key:value\nb: 1\n",  ":2:2: ", "and the colon of the line above"         },
        {"a: *x\n",            ":1:4: ", "an alias"                                },
        {"a: &x 1\n",          ":1:4: ", "an anchor"                               },
        {"a: !!str 1\n",       ":1:4: ", "a tag"                                   },
        {"a: &x [1]\n",        ":1:4: ", "an anchor"                               },
        {"a: !m {b: 1}\n",     ":1:4: ", "a tag"                                   },
        {"a: 1\n---\nb: 2\n",  ":2:1: ", "a second document"                       },
        {"[x]: 1\n",           ":1:1: ", "a key must be a plain text"              },
        {"a: @x\n",            ":1:4: ", "in quotes"                               },
        {"a: \"\\q\"\n",       ":1:5: ", "a backslash in double quotes"            },
        {"a: \"\\0\"\n",       ":1:4: ", "a NUL byte"                              },
        {"a: x\nb: \xff\n",    ":2:4: ", "not UTF-8"                               },
        {"a: \x01\n",          ":1:4: ", "control character (U+0001)"              },
        {"abc\ndef: 1\n",      ":2:4: ", ""                                        },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct rk_yaml *root;
        const char *said;

        check_stderr_begin();
        CHECK_INT(rk_yaml_parse(arena, diag, "study.yaml", rows[i].text,
                                strlen(rows[i].text), 1, &root),
                  RK_STUDY);
        said = check_stderr_end();
        CHECK_HAS(said, rows[i].place);
        CHECK_HAS(said, rows[i].words);
        CHECK_HAS(said, "study.yaml:");
    }
}

static void nesting_has_a_limit(void **state)
{
    char text[300];
    struct rk_yaml *root;

    (void)state;
    memset(text, '[', 200);
    memset(text + 200, ']', 99);
    text[299] = '\0';
    check_stderr_begin();
    CHECK_INT(rk_yaml_parse(arena, diag, "study.yaml", text, 299, 1, &root), RK_STUDY);
    CHECK_HAS(check_stderr_end(), "study.yaml:1:65: nested more than 64 deep");
}

static void a_mark_at_the_start_is_no_text(void **state)
{
    (void)state;
    CHECK_TEXT(parsed("\xef\xbb\xbf"
                      "a: 1\r\nb: 2\r\n")
                   ->keys[0]
                   ->text,
               "a");
}

static void values_are_read_as_the_type_that_is_asked_for(void **state)
{
    static const char *const names[] = {"clients", "records", NULL};
    const struct rk_yaml *root = parsed("t: x\nl: 12\nd: 0.95\nb: Yes\nf: false\nday: "
                                        "1970-01-03\nc: records\nmany: [p, q]\none: p\n");
    const char *text = "", **texts = NULL;
    long whole = 0, day = 0;
    double number = 0;
    bool yes = false, no = true;
    int choice = -1;
    size_t errors = rk_diag_errors(diag), count = 0;

    (void)state;
    rk_yaml_text(diag, root, "t", &text);
    rk_yaml_long(diag, root, "l", &whole);
    rk_yaml_double(diag, root, "d", &number);
    rk_yaml_bool(diag, root, "b", &yes);
    rk_yaml_bool(diag, root, "f", &no);
    rk_yaml_date(diag, root, "day", &day);
    rk_yaml_choice(diag, root, "c", names, &choice);
    CHECK_TEXT(text, "x");
    CHECK_INT(whole, 12);
    CHECK_NEAR(number, 0.95, 0);
    CHECK(yes && !no);
    CHECK_INT(day, 2);
    CHECK_INT(choice, 1);
    rk_yaml_texts(arena, diag, root, "many", &texts, &count);
    CHECK_INT(count, 2);
    CHECK_TEXT(texts[1], "q");
    rk_yaml_texts(arena, diag, root, "one", &texts, &count);
    CHECK_INT(count, 1);
    CHECK_TEXT(texts[0], "p");
    CHECK_INT(rk_diag_errors(diag), errors);
}

static void an_absent_or_wrong_value_leaves_what_was_there(void **state)
{
    static const char *const names[] = {"clients", "records", NULL};
    const struct rk_yaml *root =
        parsed("t: [x]\nl: 1.5\nd: much\nb: maybe\nday: 31/02/2015\n"
               "c: client\ntexts: {a: b}\nlist: [a, [b]]\n");
    const char *text = "kept", **texts = NULL, *said;
    long whole = 7, day = 7;
    double number = 7;
    bool flag = true;
    int choice = 7;
    size_t errors = rk_diag_errors(diag), count = 7;

    (void)state;
    check_stderr_begin();
    for (int absent = 0; absent < 2; absent++) {
        const struct rk_yaml *map = absent ? NULL : root;

        rk_yaml_text(diag, map, "t", &text);
        rk_yaml_long(diag, map, "l", &whole);
        rk_yaml_double(diag, map, "d", &number);
        rk_yaml_bool(diag, map, "b", &flag);
        rk_yaml_date(diag, map, "day", &day);
        rk_yaml_choice(diag, map, "c", names, &choice);
        rk_yaml_texts(arena, diag, map, "texts", &texts, &count);
        rk_yaml_texts(arena, diag, map, "list", &texts, &count);
    }
    said = check_stderr_end();
    CHECK_INT(rk_diag_errors(diag), errors + 8);
    CHECK_TEXT(text, "kept");
    CHECK(whole == 7 && day == 7 && number == 7 && flag && choice == 7 && count == 7);
    CHECK_HAS(said, "study.yaml:1:4: t is a list; expected a text");
    CHECK_HAS(said, "study.yaml:2:4: l is \"1.5\"; expected a whole number");
    CHECK_HAS(said, "day is \"31/02/2015\"; expected a date such as 2015-09-30");
    CHECK_HAS(said,
              "c is \"client\"; did you mean \"clients\"? Expected clients or records");
    CHECK_HAS(said, "texts is a map of keys; expected a text or a list of texts");
    CHECK_HAS(said, "study.yaml:8:11: list is a list; expected a text in this list");
}

static void unknown_keys_are_named_with_the_nearest(void **state)
{
    static const char *const known[] = {"id", "columns", "codes", NULL};
    const char *said;

    (void)state;
    check_stderr_begin();
    rk_yaml_known(diag, parsed("id: 1\ncolums: 2\nnonsense: 3\n\"\": 4\n"), known);
    rk_yaml_known(diag, parsed("id: 1\ncodes: 2\n"), known);
    rk_yaml_known(diag, NULL, known);
    said = check_stderr_end();
    CHECK_TEXT(said,
               "test: study.yaml:2:1: unknown key \"colums\"; did you mean \"columns\"?\n"
               "test: study.yaml:3:1: unknown key \"nonsense\"; expected id, columns or "
               "codes\n"
               "test: study.yaml:4:1: unknown key \"\"; expected id, columns or codes\n");
}

static void a_file_is_read_and_a_missing_one_is_the_worlds_fault(void **state)
{
    const char *path = check_write(check_folder(), "study.yaml", "a: 1\n");
    struct rk_yaml *root;

    (void)state;
    CHECK_OK(rk_yaml_read(arena, diag, path, &root));
    CHECK_TEXT(rk_yaml_place(root).file, path);
    check_stderr_begin();
    CHECK_INT(rk_yaml_read(arena, diag, "/no/study.yaml", &root), RK_WORLD);
    check_stderr_end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_scalar_stays_the_text_that_was_typed),
        cmocka_unit_test(nodes_know_their_line_and_column),
        cmocka_unit_test(what_is_wrong_is_said_with_place_and_advice),
        cmocka_unit_test(nesting_has_a_limit),
        cmocka_unit_test(a_mark_at_the_start_is_no_text),
        cmocka_unit_test(values_are_read_as_the_type_that_is_asked_for),
        cmocka_unit_test(an_absent_or_wrong_value_leaves_what_was_there),
        cmocka_unit_test(unknown_keys_are_named_with_the_nearest),
        cmocka_unit_test(a_file_is_read_and_a_missing_one_is_the_worlds_fault),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
