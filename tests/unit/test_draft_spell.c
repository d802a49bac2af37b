// SPDX-License-Identifier: MIT
#include "pipeline/draft/draft_spell.h"
#include "tests/support/check.h"

#include <string.h>

/* Two spellings with their rows: one answer, or two? */
struct pair {
    const char *a;
    long a_rows;
    const char *b;
    long b_rows;
    enum spell_reason reason; /* SPELL_SAME: two answers */
};

static void check_pair(const struct pair *pair)
{
    struct rk_arena *arena = rk_arena_new();
    struct spell_text texts[] = {
        {.text = pair->a, .rows = pair->a_rows, .fixed = -1},
        {.text = pair->b, .rows = pair->b_rows, .fixed = -1},
    };
    struct spell_text turned[] = {texts[1], texts[0]};
    size_t head = pair->a_rows > pair->b_rows ? 0 : 1;

    spell_group(arena, texts, 2);
    spell_group(arena, turned, 2);
    if (texts[1 - head].reason != pair->reason)
        print_error("%s / %s: %s\n", pair->a, pair->b, spell_code(texts[1 - head].reason));
    CHECK_INT(texts[1 - head].reason, pair->reason);
    CHECK_INT(texts[1 - head].of, pair->reason == SPELL_SAME ? 1 - head : head);
    CHECK_INT(texts[head].of, head);
    /* The order of the texts changes nothing. */
    CHECK_INT(turned[head].reason, pair->reason);
    rk_arena_free(arena);
}

static void spellings_of_one_answer_are_grouped(void **state)
{
    static const struct pair pairs[] = {
        {"Yes",                    90, "yes.",                                 5,  SPELL_LETTERS},
        {"GP",                     90, "G.P.",                                 9,  SPELL_LETTERS},
        {"White and Asian",        20, "White & Asian",                        3,  SPELL_LETTERS},
        {"Osteoarthritis",         20, "Osteo-arthritis",                      3,  SPELL_LETTERS},
        {"Housing",                90, "Housng",                               9,  SPELL_TYPING },
        {"Manchester",             90, "Manhcester",                           9,  SPELL_TYPING },
        {"Rheumatoid arthritis",   9,  "Reumatoid arthritis",                  2,  SPELL_TYPING },
        {"Back problems",          9,  "Problems with back",                   2,  SPELL_ORDER  },
        {"Other Asian",            9,  "Asian - Other",                        2,  SPELL_ORDER  },
        {"Engaged",                90, "Eng",                                  40, SPELL_SHORT  },
        {"Black British",          90, "Blk British",                          2,  SPELL_SHORT  },
        {"North Street",           66, "North St.",                            30, SPELL_SHORT  },
        {"Did not attend",         90, "DNA",                                  9,  SPELL_SHORT  },
        {"Mental Health Services", 90, "MH services",                          9,  SPELL_SHORT  },
        {"Salford",                90, "Salford City Council",                 9,  SPELL_SHORT  },
        {"CMHT North",             2,  "Community Mental Health Team (North)", 9,  SPELL_SHORT  },
    };

    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        check_pair(&pairs[i]);
}

static void answers_that_only_look_alike_stay_apart(void **state)
{
    static const struct pair pairs[] = {
        {"1 month",                 90, "7 months",             1,  SPELL_SAME},
        {"Within 4-6 months",       90, "Within 2-3 months",    1,  SPELL_SAME},
        {"Team 1",                  90, "Team 2",               1,  SPELL_SAME},
        {"Male",                    90, "Female",               1,  SPELL_SAME},
        {"Attached",                90, "Unattached",           1,  SPELL_SAME},
        {"Suitable",                90, "Unsuitable",           1,  SPELL_SAME},
        {"Couple",                  42, "Couple with children", 44, SPELL_SAME},
        {"Couple",                  2,  "Couple with children", 44, SPELL_SAME},
        {"White British",           90, "Black British",        1,  SPELL_SAME},
        {"Poor",                    90, "Very poor",            2,  SPELL_SAME},
        {"White and Black African", 11, "WB",                   9,  SPELL_SAME},
        {"Mental health",           50, "Mental health crisis", 49, SPELL_SAME},
        {"Bury",                    90, "Bolton",               1,  SPELL_SAME},
        {"Hull",                    90, "Hall",                 60, SPELL_SAME},
    };

    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        check_pair(&pairs[i]);
}

static void a_text_that_fits_two_answers_stays_by_itself(void **state)
{
    struct rk_arena *arena = rk_arena_new();
    struct spell_text texts[] = {
        {.text = "Not attached - awaiting first appointment", .rows = 90, .fixed = -1},
        {.text = "Not attached - first appointment passed",   .rows = 40, .fixed = -1},
        {.text = "Not attached",                              .rows = 1,  .fixed = -1},
    };

    (void)state;
    spell_group(arena, texts, 3);
    CHECK_INT(texts[2].of, 2);
    rk_arena_free(arena);
}

static void a_text_that_fits_two_spellings_of_one_answer_joins_it(void **state)
{
    struct rk_arena *arena = rk_arena_new();
    struct spell_text texts[] = {
        {.text = "Physical",        .rows = 600, .fixed = -1},
        {.text = "Physical health", .rows = 27,  .fixed = -1},
        {.text = "Phys",            .rows = 26,  .fixed = -1},
    };

    (void)state;
    spell_group(arena, texts, 3);
    CHECK_INT(texts[1].of, 0);
    CHECK_INT(texts[2].of, 0);
    rk_arena_free(arena);
}

static void known_groups_are_never_parted_nor_joined(void **state)
{
    struct rk_arena *arena = rk_arena_new();
    struct spell_text texts[] = {
        {.text = "Yes",   .rows = 90, .fixed = 0 },
        {.text = "TRUE",  .rows = 2,  .fixed = 0 },
        {.text = "No",    .rows = 80, .fixed = 1 },
        {.text = "Maybe", .rows = 1,  .fixed = -1},
    };

    (void)state;
    spell_group(arena, texts, 4);
    CHECK_INT(texts[1].of, 0);
    CHECK_INT(texts[1].reason, SPELL_KNOWN);
    CHECK_INT(texts[2].of, 2);
    CHECK_INT(texts[3].of, 3);
    rk_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spellings_of_one_answer_are_grouped),
        cmocka_unit_test(answers_that_only_look_alike_stay_apart),
        cmocka_unit_test(a_text_that_fits_two_answers_stays_by_itself),
        cmocka_unit_test(a_text_that_fits_two_spellings_of_one_answer_joins_it),
        cmocka_unit_test(known_groups_are_never_parted_nor_joined),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
