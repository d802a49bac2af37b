// SPDX-License-Identifier: MIT
#include "render/chart_draw.h"
#include "render/chart_draw_priv.h"
#include "render/svg.h"
#include "tests/support/check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char whole[] = "reckon-draw 1\n"
                            "size 453.54 210\n"
                            "line 0.5 #D9D9D9 - 2 100 20 100 190\n"
                            "line 0.8 #505050 2,1.5 3 300 20 300 190 310 190.25\n"
                            "fill #12436D 4 100 30 240 30 240 41 100 41\n"
                            "mark circle 6 1 #12436D #FFFFFF 240 35\n"
                            "mark down 6 1 #12436D #12436D 240 -35.5\n"
                            "text 8.5 bold right #333333 94 35.5 \"Salford\"\n"
                            "end 6\n";

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

static rk_status parse(const char *text, size_t bytes, struct chart_draw *out)
{
    check_stderr_begin();
    rk_status status = chart_draw_parse(arena, diag, "fig.draw", text, bytes, out);
    check_stderr_end();
    return status;
}

static const char *written(const struct chart_draw *draw)
{
    char *text;
    size_t bytes;
    FILE *file = open_memstream(&text, &bytes);
    chart_draw_write(file, draw);
    fclose(file);
    const char *copy = rk_arena_copy(arena, text);
    free(text);
    return copy;
}

static void what_is_read_is_written_again(void **state)
{
    struct chart_draw draw;
    (void)state;
    CHECK_OK(parse(whole, strlen(whole), &draw));
    CHECK_INT(draw.count, 6);
    CHECK_NEAR(draw.width, 453.54, 0);
    CHECK_NEAR(draw.items[1].dash_off, 1.5, 0);
    CHECK_INT(draw.items[3].shape, CHART_CIRCLE);
    CHECK_TEXT(draw.items[5].text, "Salford");
    CHECK_TEXT(written(&draw), whole);
}

static void a_list_cut_anywhere_is_an_error(void **state)
{
    struct chart_draw draw;
    (void)state;
    for (size_t bytes = 0; bytes < strlen(whole); bytes++)
        CHECK_INT(parse(whole, bytes, &draw), RK_WORLD);
}

static void a_garbled_list_is_an_error(void **state)
{
    static const struct {
        const char *good, *bad;
    } cases[] = {
        {"reckon-draw 1",      "reckon-draw 2"                },
        {"size 453.54 210",    "size 453.54 -1"               },
        {"size 453.54 210",    "size 453.54"                  },
        {"size 453.54 210",    "size nan 210"                 },
        {"size 453.54 210",    "size 0x10 210"                },
        {"line 0.5",           "lime 0.5"                     },
        {"#D9D9D9",            "#d9d9d9"                      },
        {"#D9D9D9",            "#D9D9D"                       },
        {"line 0.5",           "line -0.5"                    },
        {"- 2 100 20 100 190", "- 3 100 20 100 190"           },
        {"- 2 100 20 100 190", "- 1 100 20 100 190"           },
        {"- 2 100 20 100 190", "- 2 100 20 100 1e9"           },
        {"- 2 100 20 100 190", "- 2 100 20 100 inf"           },
        {"- 2 100 20 100 190", "- 99999 100 20 100 190"       },
        {"- 2 100 20 100 190", "- 18446744073709551615 100 20"},
        {"2,1.5",              "2,0"                          },
        {"2,1.5",              "2"                            },
        {"circle",             "blob"                         },
        {"bold",               "heavy"                        },
        {"right",              "centre"                       },
        {"\"Salford\"",        "\"Salford"                    },
        {"\"Salford\"",        "Salford"                      },
        {"\"Salford\"",        "\"Sal\"ford\""                },
        {"\"Salford\"",        "\"Sal\\ford\""                },
        {"\"Salford\"",        "\"Sal\\x00ford\""             },
        {"\"Salford\"",        "\"Sal\\"                      },
        {"\"Salford\"",        "\"Sal\xFF\""                  },
        {"end 6",              "end 5"                        },
        {"end 6",              "end 7"                        },
        {"end 6",              "end 6 6"                      },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct chart_draw draw;
        const char *at = strstr(whole, cases[i].good);
        CHECK(at != NULL);
        const char *text = rk_arena_printf(arena, "%.*s%s%s", (int)(at - whole), whole,
                                           cases[i].bad, at + strlen(cases[i].good));
        CHECK_INT(parse(text, strlen(text), &draw), RK_WORLD);
        CHECK_INT(draw.count, 0);
    }
}

static void the_message_names_file_and_line(void **state)
{
    struct chart_draw draw;
    const char *text = "reckon-draw 1\nsize 10 10\nline 1 red - 2 0 0 1 1\nend 1\n";
    struct rk_diag *fresh = rk_diag_new("test"); /* which has not begun to count repeats */
    (void)state;
    check_stderr_begin();
    CHECK_INT(chart_draw_parse(arena, fresh, "fig.draw", text, strlen(text), &draw),
              RK_WORLD);
    rk_diag_free(fresh);
    CHECK_HAS(check_stderr_end(), "fig.draw:3");
}

static void a_nul_byte_and_more_text_are_errors(void **state)
{
    struct chart_draw draw;
    char text[sizeof whole + 8];
    (void)state;
    memcpy(text, whole, sizeof whole);
    text[20] = '\0';
    CHECK_INT(parse(text, strlen(whole), &draw), RK_WORLD);
    memcpy(text, whole, sizeof whole - 1);
    strcpy(text + sizeof whole - 1, "end 6\n");
    CHECK_INT(parse(text, strlen(text), &draw), RK_WORLD);
}

static void every_text_survives_writing_and_reading(void **state)
{
    static const char *const texts[] = {
        "",
        "plain",
        "\"quotes\" and \\ backslashes",
        "two\nlines\tand\ttabs\r",
        "\x01\x02\x1F\x7F",
        "`touch /tmp/x`",
        "EOD",
        "Nguyễn Świątek ≥ 5",
        "\\x41\\n",
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct chart_draw draw = {.width = 10, .height = 10}, again;
        struct chart_item *item = chart_draw_add(arena, &draw, CHART_OP_TEXT, 1);
        item->text = texts[i];
        item->size = 8;
        const char *text = written(&draw);
        CHECK_OK(parse(text, strlen(text), &again));
        CHECK_TEXT(again.items[0].text, texts[i]);
    }
}

static double area_of(const struct chart_xy *at, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        const struct chart_xy *a = &at[i], *b = &at[(i + 1) % count];
        sum += a->x * b->y - b->x * a->y;
    }
    return fabs(sum) / 2;
}

static void hatching_stays_inside_its_area(void **state)
{
    static const struct chart_xy box[] = {
        {10, 20},
        {50, 20},
        {50, 33},
        {10, 33}
    };
    (void)state;
    for (int kind = 1; kind <= 4; kind++) {
        struct chart_draw draw = {0};
        chart_hatch(arena, &draw, kind, 0x801650, box, 4);
        CHECK(draw.count > 5);
        CHECK_INT(draw.items[0].colour, 0xFFFFFF);
        CHECK_NEAR(area_of(draw.items[0].at, 4), 520, 1e-9);
        for (size_t i = 0; i < draw.count; i++)
            for (size_t k = 0; k < draw.items[i].at_count; k++) {
                CHECK(draw.items[i].at[k].x >= 10 - 1e-9 &&
                      draw.items[i].at[k].x <= 50 + 1e-9);
                CHECK(draw.items[i].at[k].y >= 20 - 1e-9 &&
                      draw.items[i].at[k].y <= 33 + 1e-9);
            }
    }
}

static void an_svg_escapes_what_it_shows(void **state)
{
    struct chart_draw draw = {.width = 100, .height = 50};
    struct chart_item *item = chart_draw_add(arena, &draw, CHART_OP_TEXT, 1);
    const struct svg_words words = {.title = "<b>\"A & B\"</b>", .description = "x\x01]]>"};
    char *text;
    size_t bytes;
    (void)state;
    item->text = "<script>alert('1')</script>\x02&";
    item->size = 8;
    item->at[0] = (struct chart_xy){10, 20};
    FILE *file = open_memstream(&text, &bytes);
    svg_write(file, &draw, &words);
    fclose(file);
    CHECK_LACKS(text, "<script");
    CHECK_LACKS(text, "\x02");
    CHECK_HAS(text, "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp;</text>");
    CHECK_HAS(text, "&lt;b&gt;&quot;A &amp; B&quot;&lt;/b&gt;</title>");
    CHECK_HAS(text, "x ]]&gt;</desc>");
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_read_is_written_again),
        cmocka_unit_test(a_list_cut_anywhere_is_an_error),
        cmocka_unit_test(a_garbled_list_is_an_error),
        cmocka_unit_test(the_message_names_file_and_line),
        cmocka_unit_test(a_nul_byte_and_more_text_are_errors),
        cmocka_unit_test(every_text_survives_writing_and_reading),
        cmocka_unit_test(hatching_stays_inside_its_area),
        cmocka_unit_test(an_svg_escapes_what_it_shows),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
