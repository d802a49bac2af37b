// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_mojibake.h"
#include "tests/support/check.h"

static const struct {
    const char *text, *repaired; /* NULL: left as it is */
    bool doubt;
} texts[] = {
    {"plain",                      NULL,            false},
    {"José",                       NULL,            false},
    {"JosÃ©",                      "José",          false},
    {"JosÃƒÂ©",                    "José",          false}, /* twice */
    {"â€œquotedâ€\xc2\x9d",        "“quoted”",      false},
    {"donâ€™t",                    "don’t",         false},
    {"Â£7.20",                     "£7.20",         false},
    {"cafÃ© and café",             "café and café", false}, /* both in one cell */
    {"Å\xc2\x81ukasz",             "Łukasz",        false},
    {"â‚¬5",                       "€5",            false},
    {"Lotusâ„¢",                    "Lotus™",        false}, /* the last sign of the list */
    {"CAFÉ’s “IRMÃ”",              NULL,            false}, /* a capital and a quote */
    {"JOSÉ”",                      NULL,            false},
    {"ÂµÃŸ",                       "µß",            false},
    {"lost \xef\xbf\xbd letter",   NULL,            true }, /* U+FFFD: too late */
    {"Ã±Â",                        "ñÂ",            false},
};

static void what_was_utf8_is_turned_back_where_that_is_certain(void **state)
{
    struct rk_arena *arena = rk_arena_new();

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        bool doubt;

        CHECK_TEXT(rk_text_unmangle(arena, texts[i].text, &doubt), texts[i].repaired);
        if (doubt != texts[i].doubt) fail_msg("doubt of %s", texts[i].text);
    }
    rk_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_utf8_is_turned_back_where_that_is_certain),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
