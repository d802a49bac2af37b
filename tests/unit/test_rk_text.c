// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_text.h"
#include "tests/support/check.h"

#include <string.h>

static struct rk_arena *arena;

static int begin(void **state)
{
    (void)state;
    arena = rk_arena_new();
    return 0;
}

static int end(void **state)
{
    (void)state;
    rk_arena_free(arena);
    return 0;
}

/* The table of well-formed byte sequences of the Unicode Standard (3-7), its edges. */
static void only_well_formed_utf8_is_utf8(void **state)
{
    static const struct {
        const char *text;
        bool fine;
    } rows[] = {
        {"",                           true },
        {"plain ASCII of some length", true },
        {"\x7f",                       true },
        {"\xc2\x80",                   true },
        {"\xdf\xbf",                   true },
        {"\xe0\xa0\x80",               true },
        {"\xed\x9f\xbf",               true },
        {"\xee\x80\x80",               true },
        {"\xf0\x90\x80\x80",           true },
        {"\xf4\x8f\xbf\xbf",           true },
        {"12345678\xc3\xa9",           true },
        {"\x80",                       false},
        {"\xc0\xaf",                   false}, /* overlong */
        {"\xc1\xbf",                   false},
        {"\xe0\x9f\xbf",               false},
        {"\xed\xa0\x80",               false}, /* surrogate */
        {"\xf0\x8f\xbf\xbf",           false},
        {"\xf4\x90\x80\x80",           false}, /* beyond U+10FFFF */
        {"\xf5\x80\x80\x80",           false},
        {"\xff",                       false},
        {"\xc3",                       false}, /* cut short */
        {"\xe2\x82",                   false},
        {"\xf0\x9f\x98",               false},
        {"12345678\xe9 after",         false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        CHECK_INT(rk_text_is_utf8(rows[i].text, strlen(rows[i].text)), rows[i].fine);
    CHECK(rk_text_is_utf8("a\0b", 3));
}

static void every_character_survives_writing_and_reading(void **state)
{
    (void)state;
    for (uint32_t c = 1; c <= 0x10ffff; c += c < 0x3000 ? 1 : 61) {
        char text[5] = "";
        const char *at = text;
        size_t bytes = rk_text_put(text, c);

        if (c >= 0xd800 && c < 0xe000) {
            CHECK_INT(rk_text_next(&at), 0xfffd);
            continue;
        }
        CHECK_INT(rk_text_next(&at), c);
        CHECK_INT(at - text, bytes);
        CHECK_INT(rk_text_next(&at), 0);
        CHECK_INT(at - text, bytes);
    }
}

static void bad_bytes_are_replaced_one_by_one(void **state)
{
    (void)state;
    CHECK_TEXT(rk_text_repair(arena, "a\xff\xc3(b\xe2\x82"), "a��(b��");
    CHECK_TEXT(rk_text_repair(arena, "José"), "José");
}

static void trimming_takes_white_space_off_both_ends_only(void **state)
{
    static const struct {
        const char *text, *trimmed;
    } rows[] = {
        {"",                               ""       },
        {"   ",                            ""       },
        {" a b ",                          "a b"    },
        {"\t\r\na\n",                      "a"      },
        {"\xc2\xa0 Łódź \xe2\x80\x83",  "Łódź"},
        {"\xef\xbb\xbfid",                 "id"     },
        {"\xe2\x80\x8bgender\xe2\x80\x8b", "gender" },
        {"\xff ",                          "\xff"   },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        CHECK_TEXT(rk_text_trim(rk_arena_copy(arena, rows[i].text)), rows[i].trimmed);
}

static void folded_texts_are_equal_when_people_mean_the_same(void **state)
{
    static const struct {
        const char *text, *folded;
    } rows[] = {
        {"  White   and\tAsian ",  "white and asian"},
        {"WHITE AND ASIAN",        "white and asian"},
        {"Straße",                "strasse"        },
        {"ÉCOLE",                 "école"         },
        {"e\xcc\x81"
         "cole",          "école"         },
        {"ﬁve",                  "five"           },
        {"Ｎｏ",                 "no"             },
        {"Don’t know",           "don't know"     },
        {"25–34",                "25-34"          },
        {"“yes” − ‛no‟", "\"yes\" - 'no\""},
        {"gen\xe2\x80\x8b"
         "der",           "gender"         },
        {"a\xc2\xa0"
         "b",             "a b"            },
        {"\xff",                   "�"            },
        {"",                       ""               },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        CHECK_TEXT(rk_text_fold(arena, rows[i].text), rows[i].folded);
}

static void nfc_composes_and_changes_nothing_else(void **state)
{
    (void)state;
    CHECK_TEXT(rk_text_nfc(arena, " Jose\xcc\x81 ﬁ "), " José ﬁ ");
    CHECK_TEXT(rk_text_nfc(arena, " Plain  "), " Plain  ");
}

static void a_label_becomes_a_code_and_none_is_lost(void **state)
{
    static const struct {
        const char *label, *code;
    } rows[] = {
        {"White and Asian", "white_and_asian"},
        {"  25 - 34 ",      "25_34"          },
        {"Don't know",      "dont_know"      },
        {"Don’t know",    "dont_know"      },
        {"Łódź",         "lodz"           },
        {"Bjørn Æ ß",    "bjorn_ae_ss"    },
        {"中文",          "u4e2du6587"     },
        {"%",               "_"              },
        {"",                "_"              },
        {"a/b..\\c",        "a_b_c"          },
        {"=1+1",            "1_1"            },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        CHECK_TEXT(rk_text_code(arena, rows[i].label), rows[i].code);
}

static void the_nearest_spelling_is_found_or_none(void **state)
{
    static const char *const keys[] = {"sources", "columns", "codes", "results", "id"};
    static const struct {
        const char *word, *nearest;
    } rows[] = {
        {"colums",   "columns"},
        {"sourcse",  "sources"},
        {"Columns",  "columns"},
        {"reslt",    NULL     },
        {"resluts",  "results"},
        {"entirely", NULL     },
        {"ID",       "id"     },
        {"xy",       NULL     },
        {"",         NULL     },
        {"cods",     "codes"  },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        CHECK_TEXT(rk_text_nearest(rows[i].word, keys, 5), rows[i].nearest);
    CHECK_TEXT(rk_text_nearest("a", keys, 0), NULL);
    CHECK_TEXT(rk_text_nearest("ids", (const char *const[]){"", "id"}, 2), "id");
    CHECK_TEXT(
        rk_text_nearest("averylongwordaverylongwordaverylongwordaverylongwordaverylong"
                        "wordx",
                        keys, 5),
        NULL);
}

static void characters_are_told_apart_by_what_they_are(void **state)
{
    (void)state;
    CHECK(rk_text_is_mark(0x301) && rk_text_is_mark(0x93e) && rk_text_is_mark(0x20dd));
    CHECK(rk_text_is_letter(0x142) && rk_text_is_letter(0x4e2d) && !rk_text_is_letter('1'));
    CHECK(rk_text_is_upper(0x141) && !rk_text_is_upper('a') && !rk_text_is_upper(0x4e2d));
    CHECK(rk_text_is_lower(0xe9) && !rk_text_is_lower('A'));
    CHECK_INT(rk_text_lower(0x141), 0x142);
    CHECK_INT(rk_text_lower('7'), '7');
    CHECK(!rk_text_is_mark('a') && !rk_text_is_mark(0xe9) && !rk_text_is_mark(0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_well_formed_utf8_is_utf8),
        cmocka_unit_test(every_character_survives_writing_and_reading),
        cmocka_unit_test(bad_bytes_are_replaced_one_by_one),
        cmocka_unit_test(trimming_takes_white_space_off_both_ends_only),
        cmocka_unit_test(folded_texts_are_equal_when_people_mean_the_same),
        cmocka_unit_test(nfc_composes_and_changes_nothing_else),
        cmocka_unit_test(a_label_becomes_a_code_and_none_is_lost),
        cmocka_unit_test(the_nearest_spelling_is_found_or_none),
        cmocka_unit_test(characters_are_told_apart_by_what_they_are),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
