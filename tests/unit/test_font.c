// SPDX-License-Identifier: MIT
#include "render/font_priv.h"
#include "tests/support/check.h"

#include <stdlib.h>
#include <string.h>

static struct rk_arena *arena;
static struct rk_diag *diag;
static struct fonts *fonts;
static struct font *regular;

static int set_up(void **state)
{
    (void)state;
    arena = rk_arena_new();
    diag = rk_diag_new("test");
    if (fonts_open(arena, diag, &fonts_default, &fonts) != RK_OK) return -1;
    regular = fonts_face(fonts, FONT_REGULAR);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    fonts_close(fonts);
    rk_diag_free(diag);
    rk_arena_free(arena);
    return 0;
}

static const struct font_run *shape(const char *text)
{
    return font_shape(regular, text, strlen(text));
}

static void kerning_draws_letters_together(void **state)
{
    (void)state;
    CHECK(font_width(regular, "AV", 100) <
          font_width(regular, "A", 100) + font_width(regular, "V", 100) - 1);
}

static void widths_grow_with_the_size(void **state)
{
    (void)state;
    CHECK_NEAR(font_width(regular, "Manchester", 20),
               2 * font_width(regular, "Manchester", 10), 1e-9);
    CHECK_NEAR(font_width(regular, "", 10), 0, 0);
}

static void a_line_is_as_wide_as_its_words_and_blanks(void **state)
{
    (void)state;
    CHECK_NEAR(font_width(regular, "two words", 10),
               font_width(regular, "two", 10) + font_width(regular, " ", 10) +
                   font_width(regular, "words", 10),
               1e-4);
}

static void a_ligature_stands_for_all_its_letters(void **state)
{
    const struct font_run *run = shape("fi");
    const struct font_slot *slot = &run->glyphs[0].file->slots[run->glyphs[0].slot];

    (void)state;
    if (run->count == 1) CHECK_INT(slot->bytes, 2);
    run = shape("ti"); /* Carlito has this one */
    CHECK_INT(run->count, 1);
    slot = &run->glyphs[0].file->slots[run->glyphs[0].slot];
    CHECK_TEXT(slot->source, "ti");
}

static void figures_are_equally_wide(void **state)
{
    char digit[2] = "0";

    (void)state;
    for (; *digit <= '9'; ++*digit)
        CHECK_NEAR(font_width(regular, digit, 10), font_width(regular, "8", 10), 1e-9);
}

static void accents_composed_or_not_are_equally_wide(void **state)
{
    (void)state;
    CHECK_NEAR(font_width(regular, "caf\xc3\xa9", 10),
               font_width(regular, "cafe\xcc\x81", 10), 0.01);
}

static void what_carlito_lacks_comes_from_dejavu(void **state)
{
    static const char *const lacking[] = {"\xe2\x9d\x96", "\xe2\x96\xb2", "\xe2\x97\x86",
                                          "\xd9\x85\xd8\xad\xd9\x85\xd8\xaf"};

    (void)state;
    for (size_t i = 0; i < sizeof lacking / sizeof lacking[0]; i++) {
        const struct font_run *run = shape(lacking[i]);

        CHECK(run->count > 0);
        CHECK_HAS(run->glyphs[0].file->name, "DejaVuSans");
    }
    CHECK_INT(fonts_missing(fonts), 0);
}

static void bold_falls_back_on_bold(void **state)
{
    const struct font_run *run =
        font_shape(fonts_face(fonts, FONT_BOLD), "\xe2\x96\xb2", 3);

    (void)state;
    CHECK_HAS(run->glyphs[0].file->name, "DejaVuSans-Bold");
}

static void names_of_many_languages_are_complete(void **state)
{
    static const char *const names[] = {
        "Nguy\xe1\xbb\x85n Th\xe1\xbb\x8b \xc3\x81nh",
        "\xc5\x9awi\xc4\x85tek",
        "\xc5\x81\xc3\xb3"
        "d\xc5\xba",
        "\xce\xa0\xce\xb1\xcf\x80\xce\xb1\xce\xb4\xcf\x8c\xcf\x80\xce\xbf\xcf\x85"
        "\xce\xbb\xce\xbf\xcf\x82",
        "O\xe2\x80\x99"
        "Brien",
        "\xd0\x98\xd0\xb2\xd0\xb0\xd0\xbd\xd0\xbe\xd0\xb2",
        "\xe2\x89\xa4 \xe2\x89\xa5 \xe2\x88\x92"
        " \xe2\x89\xa0 \xe2\x89\x88 \xe2\x86\x92 \xc2\xb2 \xe2\x80\xa6 \xe2\x82\xac"};

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        CHECK(font_width(regular, names[i], 10) > 0);
    CHECK_INT(fonts_missing(fonts), 0);
}

static void blanks_and_invisible_characters_are_never_missing(void **state)
{
    (void)state;
    CHECK_NEAR(font_width(regular, "10\xc2\xa0%", 10),
               font_width(regular, "10", 10) + font_width(regular, " ", 10) +
                   font_width(regular, "%", 10),
               0.2);
    font_width(regular,
               "a\xc2\xad"
               "b\xe2\x80\x8b"
               "c\xe2\x80\x91"
               "d\te\xe2\x80\xaf"
               "f",
               10);
    CHECK_INT(fonts_missing(fonts), 0);
}

static void a_missing_character_is_named_once_with_its_place(void **state)
{
    const char *said;

    (void)state;
    fonts_place(fonts, RK_AT("report.md", 12, 3));
    check_stderr_begin();
    font_width(regular, "smile \xf0\x9f\xab\xa0 again \xf0\x9f\xab\xa0", 10);
    font_width(fonts_face(fonts, FONT_BOLD), "\xf0\x9f\xab\xa0", 10);
    said = check_stderr_end();
    CHECK_INT(fonts_missing(fonts), 1);
    CHECK_HAS(said, "report.md:12:3");
    CHECK_HAS(said, "U+1FAE0");
    CHECK_INT(rk_diag_errors(diag), 1);
}

static void arabic_is_shaped_and_written_leftward(void **state)
{
    const struct font_run *run = shape("\xd9\x85\xd8\xad\xd9\x85\xd8\xaf");
    const struct font_run *meem = shape("\xd9\x85");

    (void)state;
    CHECK(run->leftward);
    CHECK_INT(run->count, 4);
    /* The last glyph is the first letter, in its initial form. */
    CHECK(run->glyphs[3].file->slots[run->glyphs[3].slot].glyph !=
          meem->glyphs[0].file->slots[meem->glyphs[0].slot].glyph);
    CHECK(!shape("Salford")->leftward);
}

static void the_same_text_is_shaped_once(void **state)
{
    (void)state;
    CHECK(shape("Trafford") == shape("Trafford"));
}

static void any_bytes_can_be_shaped(void **state)
{
    unsigned seed = 4711;

    (void)state;
    check_stderr_begin();
    for (int i = 0; i < 400; i++) {
        char text[24] = "";

        for (size_t k = 0; k < sizeof text - 1; k++) {
            seed = seed * 1103515245u + 12345u;
            text[k] = (char)(seed >> 16 | 1);
        }
        CHECK(font_width(regular, text, 10) >= 0);
    }
    check_stderr_end();
}

static void a_font_that_is_not_there_names_its_package(void **state)
{
    struct fonts_choice choice = fonts_default;
    struct fonts *other;

    (void)state;
    choice.face[FONT_ITALIC] = "Carlito-NoSuch.ttf";
    check_stderr_begin();
    CHECK_INT(fonts_open(arena, diag, &choice, &other), RK_WORLD);
    CHECK_HAS(check_stderr_end(), "fonts-crosextra-carlito");
}

static void a_font_of_a_theme_that_is_not_there_names_the_line(void **state)
{
    struct fonts_choice choice = fonts_default;
    struct fonts *other;
    const char *said;

    (void)state;
    choice.face[FONT_REGULAR] = "truetype/Mislaid.ttf";
    choice.place = RK_AT("themes/own.yaml", 3, 1);
    check_stderr_begin();
    CHECK_INT(fonts_open(arena, diag, &choice, &other), RK_WORLD);
    said = check_stderr_end();
    CHECK_HAS(said, "themes/own.yaml:3:1: no font Mislaid.ttf below");
    CHECK_HAS(said, "install it or name another");
}

static void a_file_that_is_no_font_is_refused(void **state)
{
    struct fonts_choice choice = fonts_default;
    struct fonts *other;

    (void)state;
    choice.face[FONT_BOLD] =
        check_write(check_folder(), "bad.ttf", "this is no font at all");
    check_stderr_begin();
    CHECK_INT(fonts_open(arena, diag, &choice, &other), RK_WORLD);
    CHECK_HAS(check_stderr_end(), "bad.ttf");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(kerning_draws_letters_together),
        TEST(widths_grow_with_the_size),
        TEST(a_line_is_as_wide_as_its_words_and_blanks),
        TEST(a_ligature_stands_for_all_its_letters),
        TEST(figures_are_equally_wide),
        TEST(accents_composed_or_not_are_equally_wide),
        TEST(what_carlito_lacks_comes_from_dejavu),
        TEST(bold_falls_back_on_bold),
        TEST(names_of_many_languages_are_complete),
        TEST(blanks_and_invisible_characters_are_never_missing),
        TEST(a_missing_character_is_named_once_with_its_place),
        TEST(arabic_is_shaped_and_written_leftward),
        TEST(the_same_text_is_shaped_once),
        TEST(any_bytes_can_be_shaped),
        TEST(a_font_that_is_not_there_names_its_package),
        TEST(a_font_of_a_theme_that_is_not_there_names_the_line),
        TEST(a_file_that_is_no_font_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
