// SPDX-License-Identifier: MIT
#include "render/theme.h"
#include "tests/support/check.h"

#include <string.h>

static struct rk_arena *arena;
static struct rk_diag *diag;

static int set_up(void **state)
{
    (void)state;
    arena = rk_arena_new();
    diag = rk_diag_new("test");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    rk_diag_free(diag);
    rk_arena_free(arena);
    return 0;
}

static rk_status read_text(const char *text, struct theme *theme, const char **said)
{
    const char *path = check_write(check_folder(), "mine.yaml", text);
    rk_status status;

    check_stderr_begin();
    status = theme_read_file(arena, diag, path, theme);
    rk_diag_flush(diag);
    *said = check_stderr_end();
    return status;
}

static void the_shipped_themes_are_sound(void **state)
{
    static const char *const names[] = {"archive", "brief", "evaluation", "council",
                                        "print"};

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct theme theme;
        struct fonts *fonts;

        CHECK_OK(theme_read_file(arena, diag,
                                 rk_arena_printf(arena, "config/themes/%s.yaml", names[i]),
                                 &theme));
        CHECK_OK(fonts_open(arena, diag, &theme.fonts, &fonts));
        fonts_close(fonts);
    }
}

static void what_a_theme_leaves_out_has_a_default(void **state)
{
    struct theme theme;
    const char *said;

    (void)state;
    CHECK_OK(read_text("text: {size: 10}\n", &theme, &said));
    CHECK_NEAR(theme.size, 10, 0);
    CHECK_NEAR(theme.leading, 15, 0);
    CHECK_NEAR(theme.width, 595.28, 0.01);
    CHECK_TEXT(theme.contents_title, "Contents");
    CHECK(!theme.claims_ua);
}

static bool same_colour(struct colour a, struct colour b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

static void the_defaults_are_the_evaluation_theme(void **state)
{
    struct theme plain, theme;

    (void)state;
    CHECK_OK(theme_read_file(arena, diag, "config/themes/archive.yaml", &plain));
    CHECK_OK(theme_read_file(arena, diag, "config/themes/evaluation.yaml", &theme));
    CHECK(plain.archive && !theme.archive);
    CHECK_NEAR(plain.block_gap, theme.block_gap, 0);
    CHECK_NEAR(plain.bottom, theme.bottom, 1e-9);
    CHECK_INT(memcmp(plain.heading, theme.heading, sizeof plain.heading), 0);
    CHECK(same_colour(plain.rule, theme.rule) && same_colour(plain.tint, theme.tint) &&
          same_colour(plain.accent, theme.accent) && same_colour(plain.ink, theme.ink));
}

static void millimetres_become_points(void **state)
{
    struct theme theme;
    const char *said;

    (void)state;
    CHECK_OK(
        read_text("paper: {left_mm: 25.4}\ncover: block\ncolours: {accent: \"#801650\"}\n",
                  &theme, &said));
    CHECK_NEAR(theme.left, 72, 1e-9);
    CHECK_INT(theme.cover, THEME_COVER_BLOCK);
    CHECK_NEAR(theme.accent.red, 128 / 255.0, 1e-9);
}

static void all_that_is_wrong_is_said_at_once_with_its_place(void **state)
{
    struct theme theme;
    const char *said;

    (void)state;
    CHECK_INT(read_text("text: {sise: 10, leading: 200}\n"
                        "colours: {accent: blue}\n"
                        "cover: bands\n"
                        "paper: {width_mm: 100}\n"
                        "tabels: {}\n",
                        &theme, &said),
              RK_STUDY);
    CHECK_HAS(said, "mine.yaml:1:");
    CHECK_HAS(said, "sise");
    CHECK_HAS(said, "\"size\"");
    CHECK_HAS(said, "leading is 200");
    CHECK_HAS(said, "blue");
    CHECK_HAS(said, "bands");
    CHECK_HAS(said, "tabels");
    CHECK_HAS(said, "margins");
}

static void colours_that_cannot_be_read_are_refused(void **state)
{
    struct theme theme;
    const char *said;

    (void)state;
    CHECK_INT(read_text("colours: {soft: \"#AAAAAA\"}\n", &theme, &said), RK_STUDY);
    CHECK_HAS(said, "soft on white");
    CHECK_HAS(said, "2.32");
}

static void contrast_is_that_of_the_guidelines(void **state)
{
    static const struct {
        unsigned rgb;
        double contrast;
    } cases[] = {
  /* On white, as the Government Analysis Function publishes them for its palette. */
        {0x12436d, 10.25},
        {0x28a197, 3.17 },
        {0x801650, 9.77 },
        {0xf46a25, 3.03 },
        {0,        21   },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        CHECK_NEAR(theme_contrast(colour_rgb(cases[i].rgb), colour_rgb(0xffffff)),
                   cases[i].contrast, 0.01);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_shipped_themes_are_sound),
        TEST(what_a_theme_leaves_out_has_a_default),
        TEST(the_defaults_are_the_evaluation_theme),
        TEST(millimetres_become_points),
        TEST(all_that_is_wrong_is_said_at_once_with_its_place),
        TEST(colours_that_cannot_be_read_are_refused),
        TEST(contrast_is_that_of_the_guidelines),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
