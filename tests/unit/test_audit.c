// SPDX-License-Identifier: MIT
#include "pipeline/audit/audit.h"
#include "pipeline/audit/audit_doc.h"
#include "pipeline/audit/audit_lp.h"
#include "tests/support/check.h"

#include <string.h>

static void printed_numbers_are_read_with_their_rounding(void **state)
{
    static const struct {
        const char *text;
        double value, low, high;
        enum audit_unit unit;
    } cases[] = {
        {"1,207",                 1207,  1206.5, 1207.5, AUDIT_PLAIN  },
        {"45.4%",                 45.4,  45.35,  45.45,  AUDIT_PERCENT},
        {"-5",                    -5,    -5.5,   -4.5,   AUDIT_PLAIN  },
        {"+5.07pp",               5.07,  5.065,  5.075,  AUDIT_POINTS },
        {"7.5 percentage points", 7.5,   7.45,   7.55,   AUDIT_POINTS },
        {"\xC2\xA3"
         "1.2m",         1.2e6, 1.15e6, 1.25e6, AUDIT_MONEY  },
        {".50",                   .5,    .495,   .505,   AUDIT_PLAIN  },
        {"30 per cent",           30,    29.5,   30.5,   AUDIT_PERCENT},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct audit_value v;
        CHECK_INT(audit_value_read(cases[i].text, &v), strlen(cases[i].text));
        CHECK_NEAR(v.value, cases[i].value, 1e-9);
        CHECK_NEAR(v.low, cases[i].low, 1e-6);
        CHECK_NEAR(v.high, cases[i].high, 1e-6);
        CHECK_INT(v.unit, cases[i].unit);
    }
    CHECK_INT(audit_value_read("n/a", &(struct audit_value){0}), 0);
}

static void cells_are_taken_apart_by_their_shape(void **state)
{
    static const struct {
        const char *text, *shape;
        enum audit_cell_kind kind;
        size_t count;
    } cases[] = {
        {"45 (23.1%)",          "# (#)",      AUDIT_CELL_NUMBER, 2},
        {"12/40 (30%)",         "#/# (#)",    AUDIT_CELL_NUMBER, 3},
        {"45.2 (39.1 to 51.4)", "# (# to #)", AUDIT_CELL_NUMBER, 3},
        {"3.1 (-2.2 to 4.0)",   "# (# to #)", AUDIT_CELL_NUMBER, 3},
        {"188\xC2\xB9",         "#",          AUDIT_CELL_NUMBER, 1},
        {"**349**",             "#",          AUDIT_CELL_NUMBER, 1},
        {"<5",                  "<#",         AUDIT_CELL_HIDDEN, 1},
        {"n/a",                 "",           AUDIT_CELL_HIDDEN, 0},
        {"[c]",                 "",           AUDIT_CELL_HIDDEN, 0},
        {"-",                   "",           AUDIT_CELL_DASH,   0},
        {"",                    "",           AUDIT_CELL_BLANK,  0},
        {"Salford",             "salford",    AUDIT_CELL_TEXT,   0},
        {"43.64 said Yes",      "# said yes", AUDIT_CELL_NUMBER, 1},
    };
    struct rk_arena *arena = rk_arena_new();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct audit_cell cell = audit_cell_parse(arena, cases[i].text, 1, 2);
        CHECK_INT(cell.kind, cases[i].kind);
        CHECK_INT(cell.count, cases[i].count);
        CHECK_TEXT(cell.shape, cases[i].shape);
    }
    rk_arena_free(arena);
}

static void weights_are_found_where_there_are_some(void **state)
{
    /* The wellbeing bands of a committee report: Manchester, Salford, Trafford and all. */
    static const double low[4][3] = {
        {10.5, 8.5,  5.5 },
        {49.5, 57.5, 28.5},
        {32.5, 22.5, 28.5},
        {5.5,  3.5,  17.5}
    };
    static const double high[4][3] = {
        {11.5, 9.5,  6.5 },
        {50.5, 58.5, 29.5},
        {33.5, 23.5, 29.5},
        {6.5,  4.5,  18.5}
    };
    struct audit_line lines[4] = {
        {low[0], high[0], 8.5,  9.5 },
        {low[1], high[1], 49.5, 50.5},
        {low[2], high[2], 24.5, 25.5},
        {low[3], high[3], 5.5,  6.5 }
    };
    double excess;

    (void)state;
    CHECK(audit_lp_average(lines, 4, 3, &excess));
    CHECK(excess > 0.01 && excess < 0.1);
    CHECK(audit_lp_average(lines, 1, 3, &excess));
    CHECK_NEAR(excess, 0, 1e-9);
}

/** The checks that a document's findings come from, in their order, parted by blanks. */
static const char *checks_of(const char *text)
{
    static char out[256];
    struct rk_arena *arena = rk_arena_new();
    struct rk_diag *diag = rk_diag_new(NULL);
    const char *paths[] = {check_write(check_folder(), "report.md", text)};
    struct audit_findings found;
    struct audit_counts counts;

    out[0] = '\0';
    CHECK_OK(audit_files(arena, diag, paths, 1, NULL, 0, 5, &found, &counts));
    for (size_t i = 0; i < found.count; i++) {
        if (found.items[i].note) continue;
        strncat(out, out[0] ? " " : "", sizeof out - strlen(out) - 1);
        strncat(out, found.items[i].check, sizeof out - strlen(out) - 1);
    }
    rk_diag_free(diag);
    rk_arena_free(arena);
    return out;
}

#define HEAD "Table 1: T\n\n| G | n | % |\n|---|---|---|\n"

static void each_fault_has_its_finding_and_a_sound_text_none(void **state)
{
    static const struct {
        const char *text, *checks;
    } cases[] = {
        {HEAD "| A | 30 | 60 |\n| B | 20 | 40 |\n| Total | 50 | 100 |\n",                   ""   },
        {HEAD "| A | 30 | 60 |\n| B | 20 | 40 |\n| Total | 51 | 100 |\n",                   "sum"},
        {HEAD "| A | 30 | 36 |\n| B | 20 | 20 |\n| C | 50 | 50 |\n| Total | 100 | 100 |\n",
         "hundred percent"                                                                       },
        {HEAD "| A | 17 | 34 |\n| B | 23 | 20 |\n| C | 10 | 46 |\n| Total | 50 | 100 |\n",
         "swapped"                                                                               },
        {"Table 1: T\n\n| G | First % | Last % | Change (pp) |\n|---|---|---|---|\n| A | "
         "20.1 | 25.3 | +5.2 |\n| B | 79.9 | 74.7 | +5.2 |\n",                                                                                  "difference"                                    },
        {"Table 1: T\n\n| G | A (n=7) % |\n|---|---|\n| Yes | 57.1 |\n| No | 41.9 |\n",
         "grim"},
        {"Of 40 people, 12 (30%) came.",                                                                                 ""                                                                                   },
        {"Of 40 people, 12 (33%) came.",                                                                                 "percent"},
        {"It rose from 20% to 30%, by 10 percentage points.",                                                                                 ""                                                              },
        {"It rose from 30% to 20%.",                                                                                 "direction"},
        {"It rose from 20% to 30%, by 12 percentage points.",                                                                                 "difference"                                     },
        {"The 719 clients (406 in A, 240 in B and 73 in C) came.",                                                                                 ""},
        {"The 719 clients (406 in A, 240 in B and 83 in C) came.",                                                                                 "sum"                                     },
        {"Open from 3 May 2015 to 4 April 2015.",                                                                                 "date"          },
        {"On Wednesday 26 March 2014 we met.",                                                                                 ""                                        },
        {"On Monday 26 March 2014 we met.",                                                                                 "date"             },
        {"Five questions are scored from 0 to 8, so total scores range from 0 to 45.",
         "scale"},
        {"There are 12 {visits} visits.\n\nThe 13 {visits} visits were short.",                                                                                 "name"                    },
        {"There are 12 {visits} visits, 24 {= 2 * [visits]} hours.",                                                                                 ""        },
        {"There are 12 {visits} visits, 25 {= 2 * [visits]} hours.",                                                                                 "claim"                    },
        {"Table 1: A\n\nTable 1: B\n",                                                                                 "numbering"                                      },
        {"1. One.\n\n2. Two.\n\n4. Four.\n",                                                                                 "numbering"              },
        {"Table 1: A\n\nTable 2: B\n\nSee Table 3.\n",                                                                                 "reference"                            },
        {"There are three sources:\n\n- a\n- b\n",                                                                                 "list"                  },
        {"A figure of 7.6 (95% CI 3.7 to 11.5) is fine; one of 2.6 (95% CI 3.7 to 11.5) is "
         "not.",                                                                                 "interval"                                                                    },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *checks = checks_of(cases[i].text);
        if (strcmp(checks, cases[i].checks) != 0) print_error("in: %s\n", cases[i].text);
        CHECK_TEXT(checks, cases[i].checks);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(printed_numbers_are_read_with_their_rounding),
        cmocka_unit_test(cells_are_taken_apart_by_their_shape),
        cmocka_unit_test(weights_are_found_where_there_are_some),
        cmocka_unit_test(each_fault_has_its_finding_and_a_sound_text_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
