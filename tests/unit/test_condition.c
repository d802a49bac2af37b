// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_text.h"
#include "pipeline/contract/condition.h"
#include "tests/support/check.h"

#include <math.h>
#include <string.h>

/* The names of the tests: a column of each type, two of some. */
static const struct {
    const char *name;
    enum column_type type;
} columns[] = {
    {"client",  COLUMN_ID     },
    {"seen",    COLUMN_DATE   },
    {"left",    COLUMN_DATE   },
    {"area",    COLUMN_CODE   },
    {"home",    COLUMN_CODE   },
    {"score",   COLUMN_INTEGER},
    {"wage",    COLUMN_NUMBER },
    {"note",    COLUMN_TEXT   },
    {"a",       COLUMN_INTEGER},
    {"b",       COLUMN_NUMBER },
    {"quarter", COLUMN_CODE   },
    {"mood",    COLUMN_CODE   },
};
enum { CLIENT, SEEN, LEFT, AREA, HOME, SCORE, WAGE, NOTE, A, B, QUARTER, MOOD, COLUMNS };

static struct rk_arena *arena;
static struct code_list *areas, *quarters, *moods;
static struct value row[COLUMNS];

static long find(const void *names, const char *name, enum column_type *type,
                 const struct code_list **codes)
{
    (void)names;
    for (long i = 0; i < COLUMNS; i++) {
        if (strcmp(columns[i].name, name) != 0) continue;
        *type = columns[i].type;
        *codes = i == QUARTER ? quarters : i == MOOD ? moods : areas;
        return i;
    }
    return -1;
}

static void list(const void *names, const char *const **out, size_t *count)
{
    static const char *known[COLUMNS];

    (void)names;
    for (size_t i = 0; i < COLUMNS; i++)
        known[i] = columns[i].name;
    *out = known;
    *count = COLUMNS;
}

static struct value get(const void *values, long slot)
{
    return ((const struct value *)values)[slot];
}

static long day(const char *iso)
{
    long days = 0;

    CHECK(rk_date_parse(iso, &days));
    return days;
}

static struct value number(double value)
{
    return (struct value){VALUE_THERE, value, NULL};
}

static struct value text(const char *value)
{
    return (struct value){VALUE_THERE, NAN, value};
}

static int set_up(void **state)
{
    (void)state;
    arena = rk_arena_new();
    areas = code_list_new(arena, "area", "codes/area.csv");
    code_list_add(arena, areas, "salford", "Salford");
    code_list_add(arena, areas, "trafford", "Trafford Borough");
    code_list_add(arena, areas, "2nd", "Second");
    code_list_alias(arena, areas, "Slaford", 0);
    moods = code_list_new(arena, "mood", "study.yaml");
    code_list_add(arena, moods, "low", "Low");
    code_list_add(arena, moods, "high", "High");
    quarters = code_list_new(arena, "quarter", "study.yaml");
    quarters->open = true;
    code_list_add(arena, quarters, "2014q4", "Oct-Dec 2014");
    code_list_add(arena, quarters, "2014q2", "Apr-Jun 2014");
    row[CLIENT] = text("TEST007");
    row[SEEN] = number((double)day("2014-06-30"));
    row[LEFT] = (struct value){VALUE_MISSING, NAN, NULL};
    row[AREA] = number(0);
    row[HOME] = number(1);
    row[SCORE] = number(4);
    row[WAGE] = number(6.5);
    row[NOTE] = text("Job club, then GP");
    row[A] = number(1);
    row[B] = (struct value){VALUE_INVALID, NAN, NULL};
    row[QUARTER] = number(1);
    row[MOOD] = number(0);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    rk_arena_free(arena);
    return 0;
}

static rk_status parse(const char *words, struct condition **out, char **said)
{
    struct condition_scope scope = {.find = find,
                                    .list = list,
                                    .period_start = day("2014-03-26"),
                                    .cut_off = day("2015-03-13")};
    struct rk_diag *diag = rk_diag_new("test");
    rk_status status;

    check_stderr_begin();
    status = condition_parse(arena, diag, RK_AT("study.yaml", 7, 20), words, &scope, out);
    *said = check_stderr_end();
    rk_diag_free(diag);
    return status;
}

static bool holds(const char *words)
{
    struct condition *condition = NULL;
    char *said;

    if (parse(words, &condition, &said) != RK_OK) fail_msg("%s: %s", words, said);
    return condition_holds(condition, get, row);
}

static const char *const true_ones[] = {
    "area is salford",
    "area is not trafford",
    "area in [trafford, salford]",
    "area is in [salford]",
    "area not in [trafford, 2nd]",
    "area is not home",
    "area is \"Salford\"",
    "home is \"trafford borough\"",
    "area < trafford",
    "area answered",
    "left is missing",
    "left is not answered",
    "b is invalid",
    "b is not missing",
    "not b answered",
    "seen < 2015-01-31",
    "seen <= cut_off",
    "seen > period_start",
    "seen is 2014-06-30",
    "cut_off - seen > 200",
    "seen + 30 > 2014-07-15",
    "score >= 3",
    "score is a + 3",
    "score is not a + 4",
    "score is not a - 1 + 5",
    "score in [1, 4]",
    "wage is 6.5",
    "wage > -1",
    "a + 0.1 + 0.2 is 1.3",
    "client begins \"TEST\"",
    "client is 'TEST007'",
    "note contains \"GP\"",
    "client matches \"TEST[0-9]+\"",
    "client matches \"A|TEST...\"",
    "not (area is trafford)",
    "area is trafford or score is 4 and wage is 6.5",
    "(area is trafford or score is 4) and not left answered",
    "quarter is 2014q2",
    "quarter < 2014q3",
    "mood is low",
};

static const char *const false_ones[] = {
    "area is trafford",
    "area not in [salford]",
    "left is 2014-06-30",
    "left is not 2014-06-30",
    "left > 2014-01-01",
    "b is 3",
    "b is not 3",
    "score is a + b",
    "score is not a + b",
    "b in [1, 2]",
    "b not in [1, 2]",
    "b is missing",
    "left is invalid",
    "client begins \"test\"",
    "note contains \"gp\"",
    "client matches \"TEST\"",
    "client matches \"EST007\"",
    "not area is salford",
    "area is salford and score is 5",
    "quarter is 2014q3",
    "quarter > 2014q4",
    "score < 4",
};

static void conditions_that_hold(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof true_ones / sizeof *true_ones; i++)
        if (!holds(true_ones[i])) fail_msg("does not hold: %s", true_ones[i]);
}

static void conditions_that_do_not_hold(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof false_ones / sizeof *false_ones; i++)
        if (holds(false_ones[i])) fail_msg("holds: %s", false_ones[i]);
}

static void no_condition_always_holds(void **state)
{
    const long *slots;

    (void)state;
    CHECK(condition_holds(NULL, get, row));
    CHECK_INT(condition_slots(NULL, &slots), 0);
}

static void a_condition_knows_what_it_asks_for(void **state)
{
    struct condition *condition;
    const long *slots;
    char *said;

    (void)state;
    CHECK_INT(parse("score > 3 and (area is home or score is a + 1)", &condition, &said),
              RK_OK);
    CHECK_INT(condition_slots(condition, &slots), 4);
    CHECK_INT(slots[0], SCORE);
    CHECK_INT(slots[1], AREA);
    CHECK_INT(slots[2], HOME);
    CHECK_INT(slots[3], A);
}

/* Where the mistake is, counted from column 20, and what is said about it. */
static const struct {
    const char *words, *said;
} mistakes[] = {
    {"aera is salford",
     "study.yaml:7:20: there is no column \"aera\"; did you mean \"area\"?"                           },
    {"area is slford",
     "study.yaml:7:28: \"slford\" is not a code of area; did you mean \"salford\"?"                   },
    {"area is Salford",                 "did you mean \"salford\"?"                                   },
    {"area is \"Bolton\"",              "\"Bolton\" is not a code of area"                            },
    {"area is mood",                    "\"mood\" is not a code of area"                              },
    {"area",                            "study.yaml:7:24: expected is, answered"                      },
    {"area = salford",                  "a sign that has no meaning here"                             },
    {"area is",                         "study.yaml:7:27: expected a column or a value, found the end"},
    {"area in salford",                 "expected [ and a list"                                       },
    {"area in [salford",                "expected , or ] in the list"                                 },
    {"score > 2014-01-01",              "a number is compared with a date"                            },
    {"seen > 3",                        "a date is compared with a number"                            },
    {"score begins \"4\"",              "\"begins\" is for text"                                      },
    {"client begins TEST",              "expected a text in quotes"                                   },
    {"client begins \"TEST",            "a quote that is not closed"                                  },
    {"client matches \"T(\"",           "not a regular expression"                                    },
    {"client matches \"T)|(x\"",        "not a regular expression"                                    },
    {"seen + left > 3",                 "a date cannot be added"                                      },
    {"area + 1 is 2",                   "only numbers and dates can be added"                         },
    {"a + b is missing",                "only a column can be missing"                                },
    {"(area is salford",                "expected \")\""                                              },
    {"area is salford home is salford",
     "expected \"and\", \"or\" or the end, found \"home\""                                            },
    {"not",                             "expected a column or a value"                                },
    {"",                                "found the end"                                               },
};

static void a_mistake_is_said_where_it_is(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        struct condition *condition;
        char *said;

        if (parse(mistakes[i].words, &condition, &said) == RK_OK)
            fail_msg("accepted: %s", mistakes[i].words);
        CHECK_HAS(said, mistakes[i].said);
    }
}

static void brackets_may_be_deep_but_not_endless(void **state)
{
    struct condition *condition;
    char words[4096] = "", *said;

    (void)state;
    for (int i = 0; i < 50; i++)
        strcat(words, "(");
    strcat(words, "a is 1");
    for (int i = 0; i < 50; i++)
        strcat(words, ")");
    CHECK(holds(words));
    memset(words, '(', 2000);
    words[2000] = '\0';
    CHECK_INT(parse(words, &condition, &said), RK_STUDY);
    CHECK_HAS(said, "brackets go too deep");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(conditions_that_hold),
        cmocka_unit_test(conditions_that_do_not_hold),
        cmocka_unit_test(no_condition_always_holds),
        cmocka_unit_test(a_condition_knows_what_it_asks_for),
        cmocka_unit_test(a_mistake_is_said_where_it_is),
        cmocka_unit_test(brackets_may_be_deep_but_not_endless),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
