// SPDX-License-Identifier: MIT
#include "render/paragraph.h"
#include "tests/support/check.h"
#include "tests/support/doc.h"

#include <stdlib.h>
#include <string.h>

static struct write write;
static struct fonts *fonts;
static struct paragraph_maker maker;
static struct text_style style;

static int set_up(void **state)
{
    (void)state;
    write_begin(&write);
    if (fonts_open(write.run.arena, write.run.diag, &fonts_default, &fonts) != RK_OK)
        return -1;
    maker = (struct paragraph_maker){write.run.arena, rk_arena_new(), fonts, NULL};
    style = (struct text_style){.size = 10, .leading = 13};
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    hyphenator_close(maker.hyphenator);
    fonts_close(fonts);
    rk_arena_free(maker.scratch);
    write_end(&write);
    return 0;
}

static struct paragraph *set(const char *words, double width)
{
    struct doc_text *text = RK_NEW(write.run.arena, struct doc_text);

    *text = write_text(&write, words);
    return paragraph_set(&maker, text, &style, width, 0);
}

/* The characters of a line, gaps as blanks. */
static const char *line_text(const struct paragraph *paragraph, size_t line)
{
    const struct paragraph_line *l = &paragraph->lines[line];
    const char *text = "";

    for (size_t i = 0; i < l->count; i++)
        text = rk_arena_printf(write.run.arena, "%s%s", text,
                               l->runs[i].run ? l->runs[i].run->text : " ");
    return text;
}

static const char *whole_text(const struct paragraph *paragraph)
{
    const char *text = "";

    for (size_t i = 0; i < paragraph->count; i++)
        text = rk_arena_printf(write.run.arena, "%s%s%s", text, line_text(paragraph, i),
                               paragraph->lines[i].blank ? " " : "");
    return text;
}

static const char prose[] =
    "Of the 326 clients with a completed review, 315 answered the question on belief both "
    "at "
    "their first assessment and at their latest review. The share who believed that they "
    "could "
    "find and keep a job rose from 37.8% to 45.4%, a change of 7.6 percentage points. Key "
    "workers described the first weeks as the time in which trust is built.";

static void no_line_is_wider_than_its_measure(void **state)
{
    (void)state;
    for (double width = 60; width < 500; width += 13.7) {
        struct paragraph *paragraph = set(prose, width);

        for (size_t i = 0; i < paragraph->count; i++)
            CHECK(paragraph->lines[i].width <= width + 0.01);
    }
}

static void every_word_is_set_once_and_in_order(void **state)
{
    (void)state;
    for (double width = 60; width < 500; width += 41)
        CHECK_TEXT(whole_text(set(prose, width)), prose);
}

static void blanks_count_once(void **state)
{
    (void)state;
    CHECK_TEXT(whole_text(set("  one   two ** three** ", 300)), "one two three");
}

static void empty_text_has_no_lines(void **state)
{
    (void)state;
    CHECK_INT(set("", 100)->count, 0);
    CHECK_INT(set("   ", 100)->count, 0);
}

static void a_last_line_of_one_short_word_is_avoided(void **state)
{
    size_t runts = 0, cases = 0;

    (void)state;
    for (double width = 200; width < 460; width += 3.3) {
        struct paragraph *paragraph = set(prose, width);

        runts += paragraph->lines[paragraph->count - 1].width < 0.1 * width;
        cases++;
    }
    CHECK(cases > 50);
    CHECK_INT(runts, 0);
}

/* Sum of squared shortfalls of all lines but the last: what the eye calls ragged. */
static double ragged(const struct paragraph *paragraph, double width)
{
    double sum = 0;

    for (size_t i = 0; i + 1 < paragraph->count; i++) {
        double rest = width - paragraph->lines[i].width;

        sum += rest * rest * rest;
    }
    return sum;
}

/* First fit, word by word: what the whole-paragraph search must beat or equal. */
static double greedy_ragged(double width)
{
    double line = 0, sum = 0, blank = font_width(fonts_face(fonts, FONT_REGULAR), " ", 10);
    char *words = rk_arena_copy(write.run.arena, prose), *save;

    for (char *word = strtok_r(words, " ", &save); word;
         word = strtok_r(NULL, " ", &save)) {
        double own = font_width(fonts_face(fonts, FONT_REGULAR), word, 10);

        if (line > 0 && line + blank + own > width) {
            sum += (width - line) * (width - line) * (width - line);
            line = own;
        } else {
            line += (line > 0 ? blank : 0) + own;
        }
    }
    return sum;
}

static void breaking_as_a_whole_is_less_ragged_than_first_fit(void **state)
{
    double whole = 0, greedy = 0;

    (void)state;
    for (double width = 150; width < 450; width += 11) {
        whole += ragged(set(prose, width), width);
        greedy += greedy_ragged(width);
    }
    CHECK(whole < 0.98 * greedy);
}

static void a_number_stays_with_its_word_where_that_costs_little(void **state)
{
    size_t parted = 0, lines = 0;

    (void)state;
    for (double width = 200; width < 460; width += 3.3) {
        struct paragraph *paragraph = set(prose, width);

        for (size_t i = 0; i + 1 < paragraph->count; i++, lines++) {
            const char *text = line_text(paragraph, i);
            char last = text[strlen(text) - 1];

            parted += (last >= '0' && last <= '9') || last == '%';
        }
    }
    CHECK(lines > 200 && parted * 16 < lines); /* without care it is one in twelve */
}

static void words_joined_by_a_fixed_blank_stay_together(void **state)
{
    (void)state;
    for (double width = 60; width < 200; width += 7) {
        struct paragraph *paragraph =
            set("The rise is 7.6\xc2\xa0points, from 37.8 to 45.4", width);
        bool whole = false;

        for (size_t i = 0; i < paragraph->count; i++)
            whole = whole || strstr(line_text(paragraph, i), "7.6\xc2\xa0points");
        CHECK(whole);
    }
}

static void references_are_kept_on_one_line(void **state)
{
    (void)state;
    for (double width = 120; width < 300; width += 7) {
        struct paragraph *paragraph = set(
            "As the evaluation shows in some detail, [Table 4.1](#tbl) has the numbers.",
            width);
        bool whole = false;

        for (size_t i = 0; i < paragraph->count; i++)
            whole = whole || strstr(line_text(paragraph, i), "Table 4.1");
        CHECK(whole);
    }
}

static void a_word_wider_than_the_line_is_cut_and_nothing_is_lost(void **state)
{
    char word[201] = "";
    struct paragraph *paragraph;

    (void)state;
    for (size_t i = 0; i < 200; i++)
        word[i] = (char)('a' + i % 26);
    paragraph = set(rk_arena_printf(write.run.arena, "Before %s after", word), 100);
    CHECK(paragraph->count > 8);
    for (size_t i = 0; i < paragraph->count; i++)
        CHECK(paragraph->lines[i].width <= 100.01);
    CHECK_HAS(whole_text(paragraph), word);
}

static void addresses_break_after_their_signs(void **state)
{
    struct paragraph *paragraph =
        set("https://example.org/a/long/path/to/a/page.html?query=yes&more=no", 110);

    (void)state;
    CHECK(paragraph->count > 1);
    for (size_t i = 0; i + 1 < paragraph->count; i++) {
        const char *line = line_text(paragraph, i);

        CHECK(strchr("/.?&=-_:", line[strlen(line) - 1]) != NULL);
    }
}

static void a_line_may_end_after_a_hyphen_but_not_after_a_minus(void **state)
{
    struct paragraph *paragraph;
    double width = font_width(fonts_face(fonts, FONT_REGULAR), "co-", 10) + 2;

    (void)state;
    paragraph = set("co-production", 60);
    CHECK_INT(paragraph->count, 1);
    paragraph = set("co-production", 50);
    CHECK_TEXT(line_text(paragraph, 0), "co-");
    CHECK(!paragraph->lines[0].blank);
    paragraph = set("x -12 y", width);
    for (size_t i = 0; i < paragraph->count; i++)
        CHECK(strcmp(line_text(paragraph, i), "-") != 0);
}

static void a_line_end_in_the_text_ends_the_line(void **state)
{
    struct paragraph *paragraph = set("one two\nthree", 300);

    (void)state;
    CHECK_INT(paragraph->count, 2);
    CHECK_TEXT(line_text(paragraph, 0), "one two");
    CHECK_TEXT(line_text(paragraph, 1), "three");
}

static void styles_choose_faces(void **state)
{
    struct paragraph *paragraph = set("plain **bold** *italic* `code`", 300);
    const struct paragraph_run *runs = paragraph->lines[0].runs;

    (void)state;
    CHECK_TEXT(font_name(runs[0].font), "Carlito");
    CHECK_TEXT(font_name(runs[2].font), "Carlito-Bold");
    CHECK_TEXT(font_name(runs[4].font), "Carlito-Italic");
    CHECK_TEXT(font_name(runs[6].font), "DejaVuSansMono");
}

static void a_footnote_mark_is_raised_and_stays_with_its_word(void **state)
{
    long notes[4];

    (void)state;
    for (double width = 70; width < 200; width += 9) {
        struct paragraph *paragraph =
            set("Some clients came from elsewhere.^1^ They left.", width);

        for (size_t i = 0; i < paragraph->count; i++) {
            const struct paragraph_line *line = &paragraph->lines[i];

            if (paragraph_line_notes(paragraph, i, notes, 4) == 0) continue;
            CHECK_INT(notes[0], 0);
            CHECK_HAS(line_text(paragraph, i), "elsewhere.1");
            CHECK(line->runs[0].rise == 0);
        }
    }
}

static void justified_lines_fill_the_measure(void **state)
{
    struct paragraph *paragraph;

    (void)state;
    style.align = TEXT_JUSTIFIED;
    paragraph = set(prose, 300);
    CHECK(paragraph->count > 3);
    for (size_t i = 0; i + 1 < paragraph->count; i++) {
        const struct paragraph_line *line = &paragraph->lines[i];
        size_t gaps = 0;

        for (size_t k = 0; k < line->count; k++)
            gaps += line->runs[k].run == NULL;
        CHECK_NEAR(line->width + (double)gaps * line->stretch, 300, 0.01);
    }
    CHECK_NEAR(paragraph->lines[paragraph->count - 1].stretch, 0, 0);
}

static void divided_words_show_a_hyphen_and_lose_nothing(void **state)
{
    size_t hyphens = 0;

    (void)state;
    maker.hyphenator = hyphenator_open(write.run.arena, write.run.diag, "en-GB");
    if (!maker.hyphenator) return;
    style.hyphenate = true;
    style.align = TEXT_JUSTIFIED;
    for (double width = 70; width < 200; width += 7) {
        struct paragraph *paragraph =
            set("Evaluation of employment programmes describes characteristics", width);

        for (size_t i = 0; i + 1 < paragraph->count; i++) {
            const char *line = line_text(paragraph, i);

            hyphens += !paragraph->lines[i].blank && line[strlen(line) - 1] == '-';
        }
    }
    CHECK(hyphens > 3);
}

static void words_written_leftward_change_places(void **state)
{
    const char *line = line_text(set("von \xd9\x85\xd8\xad \xd8\xa3\xd8\xad zu", 300), 0);

    (void)state;
    CHECK_TEXT(line, "von \xd8\xa3\xd8\xad \xd9\x85\xd8\xad zu");
}

static void least_width_is_that_of_the_widest_word(void **state)
{
    struct doc_text text = write_text(&write, "a few words and characteristics");
    struct paragraph_widths widths = paragraph_measure(&maker, &text, &style);
    struct font *font = fonts_face(fonts, FONT_REGULAR);

    (void)state;
    CHECK_NEAR(widths.least, font_width(font, "characteristics", 10), 0.001);
    CHECK_NEAR(widths.natural, font_width(font, "a few words and characteristics", 10),
               0.001);
}

static void random_texts_keep_within_random_measures(void **state)
{
    static const char *const parts[] = {"a",
                                        "of",
                                        "clients",
                                        "co-ordination",
                                        "2014\xe2\x80\x93"
                                        "15",
                                        "**bold**",
                                        "[Box 1](#b)",
                                        "and/or",
                                        "\xc5\x81\xc3\xb3"
                                        "d\xc5\xba",
                                        "characteristically"};
    unsigned seed = 99;

    (void)state;
    for (int round = 0; round < 120; round++) {
        const char *words = "";
        double width;
        struct paragraph *paragraph;

        for (int i = 0; i < 40; i++) {
            seed = seed * 1103515245u + 12345u;
            words =
                rk_arena_printf(write.run.arena, "%s %s", words, parts[(seed >> 16) % 10]);
        }
        width = 30 + (seed >> 16) % 300;
        style.align = round % 2 ? TEXT_JUSTIFIED : TEXT_LEFT;
        paragraph = set(words, width);
        for (size_t i = 0; i < paragraph->count; i++) {
            const struct paragraph_line *line = &paragraph->lines[i];
            double gaps = 0;

            for (size_t k = 0; k < line->count; k++)
                gaps += line->runs[k].run == NULL ? line->stretch : 0;
            CHECK(line->width + gaps <= width + 0.01);
        }
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(no_line_is_wider_than_its_measure),
        TEST(every_word_is_set_once_and_in_order),
        TEST(blanks_count_once),
        TEST(empty_text_has_no_lines),
        TEST(a_last_line_of_one_short_word_is_avoided),
        TEST(breaking_as_a_whole_is_less_ragged_than_first_fit),
        TEST(a_number_stays_with_its_word_where_that_costs_little),
        TEST(words_joined_by_a_fixed_blank_stay_together),
        TEST(references_are_kept_on_one_line),
        TEST(a_word_wider_than_the_line_is_cut_and_nothing_is_lost),
        TEST(addresses_break_after_their_signs),
        TEST(a_line_may_end_after_a_hyphen_but_not_after_a_minus),
        TEST(a_line_end_in_the_text_ends_the_line),
        TEST(styles_choose_faces),
        TEST(a_footnote_mark_is_raised_and_stays_with_its_word),
        TEST(justified_lines_fill_the_measure),
        TEST(divided_words_show_a_hyphen_and_lose_nothing),
        TEST(words_written_leftward_change_places),
        TEST(least_width_is_that_of_the_widest_word),
        TEST(random_texts_keep_within_random_measures),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
