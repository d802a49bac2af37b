// SPDX-License-Identifier: MIT
#include "render/chart.h"
#include "render/chart_priv.h"
#include "tests/support/chart_case.h"
#include "tests/support/check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct rk_arena *arena;
/** 50-charts with every one of chart_cases, drawn once. */
static const char *gallery;

static const char *draw_cases(void)
{
    struct chart_spec *specs = RK_ARRAY(arena, struct chart_spec, chart_case_count);
    const char *folder;
    for (size_t i = 0; i < chart_case_count; i++)
        specs[i] = chart_case_spec(arena, &chart_cases[i]);
    CHECK_OK(chart_case_draw(arena, specs, chart_case_count, &folder));
    return folder;
}

static int set_up(void **state)
{
    (void)state;
    arena = rk_arena_new();
    gallery = draw_cases();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    rk_arena_free(arena);
    return 0;
}

static struct chart_draw list_of(const char *folder, const char *id)
{
    struct rk_diag *diag = rk_diag_new("test");
    struct chart_draw draw;
    const char *path = rk_arena_printf(arena, "%s/%s.draw", folder, id);
    CHECK_OK(chart_draw_read(arena, diag, path, &draw));
    rk_diag_free(diag);
    return draw;
}

static bool has_text(const struct chart_draw *draw, const char *text)
{
    for (size_t i = 0; i < draw->count; i++)
        if (draw->items[i].op == CHART_OP_TEXT && !strcmp(draw->items[i].text, text))
            return true;
    return false;
}

/* --- Every kind --- */

static struct chart_rect rect_of(struct fonts *fonts, const struct chart_item *item)
{
    static const enum font_face faces[] = {FONT_REGULAR, FONT_BOLD, FONT_ITALIC};
    struct font *font = fonts_face(fonts, faces[item->face]);
    double width = font_width(font, item->text, item->size);
    double left = item->at->x - (item->align == CHART_RIGHT    ? width
                                 : item->align == CHART_MIDDLE ? width / 2
                                                               : 0);
    /* Capitals and figures; descenders may reach into the line below. */
    double half = font_cap_height(font, item->size) / 2;
    return (struct chart_rect){left, item->at->y - half, left + width, item->at->y + half};
}

static bool overlap(struct chart_rect a, struct chart_rect b)
{
    const double slack = 0.3;
    return a.left < b.right - slack && b.left < a.right - slack &&
           a.bottom < b.top - slack && b.bottom < a.top - slack;
}

static void texts_never_collide_and_stay_on_the_page(void **state)
{
    struct rk_diag *diag = rk_diag_new("test");
    struct fonts *fonts;
    (void)state;
    CHECK_OK(fonts_open(arena, diag, &fonts_default, &fonts));
    for (size_t i = 0; i < chart_case_count; i++) {
        struct chart_draw draw = list_of(gallery, chart_cases[i].id);
        for (size_t a = 0; a < draw.count; a++) {
            if (draw.items[a].op != CHART_OP_TEXT) continue;
            struct chart_rect here = rect_of(fonts, &draw.items[a]);
            if (here.left < -0.1 || here.bottom < -0.1 || here.right > draw.width + 0.1 ||
                here.top > draw.height + 0.1)
                fail_msg("%s: \"%s\" leaves the page", chart_cases[i].id,
                         draw.items[a].text);
            for (size_t b = a + 1; b < draw.count; b++)
                if (draw.items[b].op == CHART_OP_TEXT &&
                    overlap(here, rect_of(fonts, &draw.items[b])))
                    fail_msg("%s: \"%s\" covers \"%s\"", chart_cases[i].id,
                             draw.items[a].text, draw.items[b].text);
        }
    }
    fonts_close(fonts);
    rk_diag_free(diag);
}

static void shapes_stay_on_the_page(void **state)
{
    (void)state;
    for (size_t i = 0; i < chart_case_count; i++) {
        struct chart_draw draw = list_of(gallery, chart_cases[i].id);
        for (size_t a = 0; a < draw.count; a++)
            for (size_t k = 0; k < draw.items[a].at_count; k++) {
                const struct chart_xy *at = &draw.items[a].at[k];
                CHECK(at->x >= -0.1 && at->x <= draw.width + 0.1);
                CHECK(at->y >= -0.1 && at->y <= draw.height + 0.1);
            }
    }
}

static void the_same_charts_are_the_same_bytes(void **state)
{
    const char *first = gallery, *second = draw_cases();
    static const char *const endings[] = {"draw", "svg", "gp"};
    (void)state;
    CHECK(strcmp(first, second) != 0);
    for (size_t i = 0; i < chart_case_count; i++)
        for (size_t k = 0; k < 3; k++) {
            const char *name =
                rk_arena_printf(arena, "%s.%s", chart_cases[i].id, endings[k]);
            char *a = check_read(first, name);
            CHECK(a != NULL && *a);
            CHECK_TEXT(check_read(second, name), a);
        }
}

static void every_number_and_label_is_in_the_picture(void **state)
{
    static const struct {
        const char *id, *text;
    } cases[] = {
        {"bars",           "38.6%"                               },
        {"bars",           "Women"                               },
        {"bars",           " (n=830)"                            },
        {"bars",           "[c]"                                 },
        {"bars-zero",      "no data"                             },
        {"bars-zero",      "0"                                   },
        {"dumbbell",       "43.7%"                               },
        {"dumbbell",       "+11.8 (5.0 to 18.6)"                 },
        {"dumbbell-edges", "0.0%"                                },
        {"dumbbell-edges", "100.0%"                              },
        {"dumbbell-edges", "36.5% (Latest review: [c])"          },
        {"shares-5",       "[c] 6 to 12 months, More than a year"},
        {"bullet",         "4.5%, target 20.0%"                  },
        {"dots",           "20.1 (18.9 to 21.3)"                 },
        {"bars-negative",  "\u22124.2"                           },
        {"columns",        "[c]"                                 },
        {"columns",        "66"                                  },
        {"columns",        "Mar"                                 },
        {"columns",        "2014"                                },
        {"cumulative",     "Profile 490"                         },
        {"slope",          "[c]  Trafford"                       },
        {"multiples",      "Trafford"                            },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct chart_draw draw = list_of(gallery, cases[i].id);
        if (!has_text(&draw, cases[i].text))
            fail_msg("%s lacks \"%s\"", cases[i].id, cases[i].text);
    }
}

/** Widest filled area in one colour. */
static double bar_length(const struct chart_draw *draw, unsigned colour)
{
    double widest = 0;
    for (size_t i = 0; i < draw->count; i++) {
        const struct chart_item *item = &draw->items[i];
        if (item->op != CHART_OP_FILL || item->colour != colour) continue;
        for (size_t k = 1; k < item->at_count; k++)
            widest = fmax(widest, fabs(item->at[k].x - item->at[0].x));
    }
    return widest;
}

static void bars_are_as_long_as_their_values(void **state)
{
    struct chart_case half = {"half", CHART_BARS, UNIT_PERCENT, "A", "S", .values = "50"};
    struct chart_case full = {"full", CHART_BARS, UNIT_PERCENT, "A", "S", .values = "100"};
    struct chart_spec specs[] = {chart_case_spec(arena, &half),
                                 chart_case_spec(arena, &full)};
    const char *folder;
    (void)state;
    for (int i = 0; i < 2; i++) {
        specs[i].axis_high = 100;
        specs[i].hide_values = true;
    }
    CHECK_OK(chart_case_draw(arena, specs, 2, &folder));
    struct chart_draw a = list_of(folder, "half"), b = list_of(folder, "full");
    CHECK_NEAR(bar_length(&a, 0x12436D) * 2, bar_length(&b, 0x12436D), 0.05);
    CHECK(bar_length(&b, 0x12436D) > 300);
}

static void masked_values_leave_no_trace(void **state)
{
    struct chart_case about = {"masked", CHART_BARS, UNIT_CLIENTS,
                               "A|B",    "S",        .values = "37;c"};
    struct chart_spec spec = chart_case_spec(arena, &about);
    struct chart_point points[2];
    const char *folder;
    (void)state;
    memcpy(points, spec.points, sizeof points);
    points[1].value = points[1].high = 3; /* even if somebody left it in */
    spec.points = points;
    CHECK_OK(chart_case_draw(arena, &spec, 1, &folder));
    struct chart_draw draw = list_of(folder, "masked");
    size_t bars = 0;
    for (size_t i = 0; i < draw.count; i++)
        bars += draw.items[i].op == CHART_OP_FILL && draw.items[i].colour == 0x12436D;
    CHECK_INT(bars, 1);
    CHECK(has_text(&draw, "[c]"));
    CHECK(!has_text(&draw, "3"));
    CHECK_LACKS(chart_description(arena, &spec), "3;");
    CHECK_HAS(chart_description(arena, &spec), "B: masked [c]");
}

/* --- Hostile words --- */

static void words_never_reach_gnuplot(void **state)
{
    static const char *const hostile[] = {
        "`touch pwned`",
        "\"; system(\"touch pwned\")",
        "'; system 'touch pwned'; '",
        "x\n!touch pwned\n",
        "\nEOD\nsystem('touch pwned')\n",
        "< touch pwned",
        "@M ~0001 $(touch pwned)",
        "\\",
        "#{}^_%d%s%n",
        "\xE2\x80\xAE"
        "reversed",
        "{/Bold x}_2^2",
    };
    size_t count = sizeof hostile / sizeof *hostile;
    struct chart_group *groups = RK_ARRAY(arena, struct chart_group, count);
    struct chart_point *points = RK_ARRAY(arena, struct chart_point, count);
    struct chart_case about = {"hostile", CHART_BARS, UNIT_CLIENTS,
                               "A",       "S",        .values = "1"};
    struct chart_spec spec = chart_case_spec(arena, &about);
    const char *folder;
    (void)state;
    for (size_t i = 0; i < count; i++) {
        groups[i] = (struct chart_group){.code = "x", .label = hostile[i], .n = -1};
        points[i] = (struct chart_point){.group = i, .value = 10, .low = NAN, .high = NAN};
    }
    spec.groups = groups;
    spec.points = points;
    spec.group_count = spec.point_count = count;
    spec.axis_label = "`touch pwned`";
    spec.headline = "\n!touch pwned";
    check_stderr_begin(); /* U+202E may have no glyph */
    rk_status status = chart_case_draw(arena, &spec, 1, &folder);
    check_stderr_end();
    CHECK_OK(status);
    CHECK(!check_exists(folder, "pwned"));
    CHECK(access("pwned", F_OK) != 0);
    CHECK_LACKS(check_read(folder, "hostile.gp"), "pwned");
    struct chart_draw draw = list_of(folder, "hostile");
    CHECK(has_text(&draw, "`touch pwned`"));
    CHECK(has_text(&draw, "\"; system(\"touch pwned\")"));
    CHECK(has_text(&draw, "@M ~0001 $(touch pwned)"));
    CHECK(has_text(&draw, "\\"));
    CHECK(has_text(&draw, "#{}^_%d%s%n"));
}

static void a_word_of_two_hundred_letters_is_broken(void **state)
{
    char word[201];
    memset(word, 'w', 200);
    word[200] = '\0';
    struct chart_case about = {"word", CHART_BARS,     UNIT_CLIENTS, word,
                               "S",    .values = "12", .n = 5};
    struct chart_spec spec = chart_case_spec(arena, &about);
    const char *folder;
    size_t letters = 0;
    (void)state;
    CHECK_OK(chart_case_draw(arena, &spec, 1, &folder));
    struct chart_draw draw = list_of(folder, "word");
    for (size_t i = 0; i < draw.count; i++)
        if (draw.items[i].op == CHART_OP_TEXT && draw.items[i].text[0] == 'w')
            letters += strlen(draw.items[i].text);
    CHECK_INT(letters, 200);
}

/* --- What cannot be drawn --- */

static void impossible_charts_say_so_and_the_rest_is_drawn(void **state)
{
    struct chart_case good = {"good", CHART_BARS, UNIT_CLIENTS, "A", "S", .values = "1"};
    struct chart_case narrow = {
        "narrow", CHART_GROUPED,       UNIT_CLIENTS,   "A rather long label|B",
        "S|T",    .values = "1 2;3 4", .panels = "P|Q"};
    struct chart_case one_series = {"one-series", CHART_DUMBBELL, UNIT_CLIENTS, "A",
                                    "S",          .values = "1"};
    struct chart_spec specs[3] = {chart_case_spec(arena, &narrow),
                                  chart_case_spec(arena, &one_series),
                                  chart_case_spec(arena, &good)};
    const char *folder;
    (void)state;
    specs[0].width_mm = 40;
    specs[1].place = RK_AT("report.md", 12, 1);
    check_stderr_begin();
    CHECK_INT(chart_case_draw(arena, specs, 3, &folder), RK_STUDY);
    const char *said = check_stderr_end();
    CHECK_HAS(said, "chart narrow: 40 mm is too narrow");
    CHECK_HAS(said, "report.md:12:1");
    CHECK(check_exists(folder, "good.draw"));
    CHECK(!check_exists(folder, "narrow.draw"));
}

static void names_of_files_are_checked(void **state)
{
    static const char *const ids[] = {"", "../x", "a/b", ".hidden", "a b", "A"};
    struct chart_case about = {"x", CHART_BARS, UNIT_CLIENTS, "A", "S", .values = "1"};
    (void)state;
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        struct chart_spec spec = chart_case_spec(arena, &about);
        spec.id = ids[i];
        check_stderr_begin();
        CHECK_INT(chart_case_draw(arena, &spec, 1, NULL), RK_STUDY);
        check_stderr_end();
    }
    struct chart_spec twice[2] = {chart_case_spec(arena, &about),
                                  chart_case_spec(arena, &about)};
    check_stderr_begin();
    CHECK_INT(chart_case_draw(arena, twice, 2, NULL), RK_STUDY);
    CHECK_HAS(check_stderr_end(), "two charts are called x");
}

static void sorting_leaves_totals_at_the_end(void **state)
{
    struct chart_case about = {"sorted",    CHART_BARS, UNIT_CLIENTS,
                               "B|All|A|C", "S",        .values = "2;9;3;-"};
    struct chart_spec spec = chart_case_spec(arena, &about);
    static const char *const order[] = {"A", "B", "C", "All"};
    const char *folder;
    double above = INFINITY;
    (void)state;
    spec.sort = CHART_LARGEST_FIRST;
    CHECK_OK(chart_case_draw(arena, &spec, 1, &folder));
    struct chart_draw draw = list_of(folder, "sorted");
    for (size_t n = 0; n < 4; n++)
        for (size_t i = 0; i < draw.count; i++) {
            const struct chart_item *item = &draw.items[i];
            if (item->op != CHART_OP_TEXT || strcmp(item->text, order[n])) continue;
            CHECK(item->at->y < above);
            above = item->at->y;
        }
}

static void labels_spread_as_little_as_they_must(void **state)
{
    struct chart_plot plot = {.arena = arena};
    double y[] = {50, 52, 10, 51};
    (void)state;
    chart_spread(&plot, y, 4, 10, 0, 100);
    CHECK_NEAR(y[2], 10, 1e-9);
    CHECK_NEAR(y[0], 41, 1e-9);
    CHECK_NEAR(y[3], 51, 1e-9);
    CHECK_NEAR(y[1], 61, 1e-9);
    double edge[] = {99, 99};
    chart_spread(&plot, edge, 2, 10, 0, 100);
    CHECK_NEAR(edge[0], 90, 1e-9);
    CHECK_NEAR(edge[1], 100, 1e-9);
}

static void axes_have_round_ticks(void **state)
{
    static const struct {
        double low, high;
        int most;
        double from, to, step;
    } cases[] = {
        {0,    45,   5, 0,   50,   10 },
        {0,    100,  5, 0,   100,  20 },
        {-9,   11.2, 5, -10, 15,   5  },
        {18.9, 27.5, 5, 18,  28,   2  },
        {0,    0.37, 4, 0,   0.4,  0.1},
        {0,    1585, 5, 0,   2000, 500},
        {7,    7,    4, 6,   8,    0.5},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct chart_axis axis =
            chart_axis_make(cases[i].low, cases[i].high, cases[i].most);
        CHECK_NEAR(axis.low, cases[i].from, 1e-9);
        CHECK_NEAR(axis.high, cases[i].to, 1e-9);
        CHECK_NEAR(axis.step, cases[i].step, 1e-9);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_never_collide_and_stay_on_the_page),
        cmocka_unit_test(shapes_stay_on_the_page),
        cmocka_unit_test(the_same_charts_are_the_same_bytes),
        cmocka_unit_test(every_number_and_label_is_in_the_picture),
        cmocka_unit_test(bars_are_as_long_as_their_values),
        cmocka_unit_test(masked_values_leave_no_trace),
        cmocka_unit_test(words_never_reach_gnuplot),
        cmocka_unit_test(a_word_of_two_hundred_letters_is_broken),
        cmocka_unit_test(impossible_charts_say_so_and_the_rest_is_drawn),
        cmocka_unit_test(names_of_files_are_checked),
        cmocka_unit_test(sorting_leaves_totals_at_the_end),
        cmocka_unit_test(labels_spread_as_little_as_they_must),
        cmocka_unit_test(axes_have_round_ticks),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
