// SPDX-License-Identifier: MIT
#include "render/diagram.h"
#include "tests/support/check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct rk_arena *arena;
static struct rk_diag *diag;
static struct fonts *fonts;

static int set_up(void **state)
{
    (void)state;
    arena = rk_arena_new();
    diag = rk_diag_new("test");
    return fonts_open(arena, diag, &fonts_default, &fonts);
}

static int tear_down(void **state)
{
    (void)state;
    fonts_close(fonts);
    rk_diag_free(diag);
    rk_arena_free(arena);
    return 0;
}

/** Lines parted by `;`. */
static rk_status read(const char *text, struct diagram **out, const char **said)
{
    const char *lines[400];
    size_t count = 0;
    for (char *at = rk_arena_copy(arena, text); *at;) {
        char *next = at + strcspn(at, ";");
        if (*next) *next++ = '\0';
        lines[count++] = at;
        at = next;
    }
    struct rk_diag *fresh = rk_diag_new("test");
    check_stderr_begin();
    rk_status status =
        diagram_parse(arena, fresh, RK_AT("report.md", 50, 1), lines, count, out);
    const char *words = check_stderr_end();
    rk_diag_free(fresh);
    if (said) *said = words;
    return status;
}

static struct chart_draw drawn(const char *text)
{
    struct diagram *diagram;
    struct chart_draw draw;
    CHECK_OK(read(text, &diagram, NULL));
    CHECK_OK(diagram_draw(arena, diag, diagram, fonts, NULL, 0, &draw));
    return draw;
}

static const struct chart_item *text_at(const struct chart_draw *draw, const char *text)
{
    for (size_t i = 0; i < draw->count; i++)
        if (draw->items[i].op == CHART_OP_TEXT && !strcmp(draw->items[i].text, text))
            return &draw->items[i];
    fail_msg("no text \"%s\"", text);
    return NULL;
}

static size_t count_of(const struct chart_draw *draw, enum chart_op op, size_t points)
{
    size_t count = 0;
    for (size_t i = 0; i < draw->count; i++)
        count += draw->items[i].op == op && draw->items[i].at_count == points;
    return count;
}

static void steps_follow_the_arrows(void **state)
{
    struct chart_draw draw = drawn("c -> d; a -> b; b -> c : label; direction: down");
    (void)state;
    double a = text_at(&draw, "a")->at->y, b = text_at(&draw, "b")->at->y;
    double c = text_at(&draw, "c")->at->y, d = text_at(&draw, "d")->at->y;
    CHECK(a > b && b > c && c > d);
    CHECK(text_at(&draw, "label")->at->y > c);
    CHECK_INT(count_of(&draw, CHART_OP_FILL, 3), 3); /* heads */
    CHECK_INT(count_of(&draw, CHART_OP_FILL, 4), 4); /* boxes */
}

static void a_long_chain_reads_to_the_right(void **state)
{
    struct chart_draw draw = drawn("a -> b -> c -> d -> e");
    (void)state;
    CHECK_NEAR(text_at(&draw, "a")->at->y, text_at(&draw, "e")->at->y, 1e-9);
    CHECK(text_at(&draw, "a")->at->x < text_at(&draw, "b")->at->x);
}

static void a_circle_is_drawn_with_one_arrow_backwards(void **state)
{
    struct chart_draw draw = drawn("direction: down; a -> b; b -> c; c -> a");
    (void)state;
    CHECK(text_at(&draw, "a")->at->y > text_at(&draw, "c")->at->y);
    CHECK_INT(count_of(&draw, CHART_OP_FILL, 3), 3);
}

static void a_box_at_the_side_stands_in_the_same_step(void **state)
{
    struct chart_draw draw =
        drawn("read: 888 rows; out: 27 excluded | no consent; read -> kept; read ~> out");
    (void)state;
    CHECK(fabs(text_at(&draw, "888 rows")->at->y - text_at(&draw, "27 excluded")->at->y) <
          20);
    CHECK(text_at(&draw, "27 excluded")->at->x > text_at(&draw, "888 rows")->at->x);
    CHECK(text_at(&draw, "no consent")->size < text_at(&draw, "27 excluded")->size);
}

static void layers_are_as_given_and_have_headings(void **state)
{
    struct chart_draw draw =
        drawn("direction: right; layer Inputs: a, b; layer Outcomes: c; a -> c; b -> c");
    (void)state;
    CHECK_NEAR(text_at(&draw, "a")->at->x, text_at(&draw, "b")->at->x, 1e-9);
    CHECK_NEAR(text_at(&draw, "Inputs")->at->x, text_at(&draw, "a")->at->x, 1e-9);
    CHECK(text_at(&draw, "Outcomes")->at->x > text_at(&draw, "Inputs")->at->x);
}

static void arrows_do_not_cross_when_they_need_not(void **state)
{
    struct chart_draw draw =
        drawn("direction: down; a -> y; b -> x; c -> z; layer One: a, b, c; "
              "layer Two: x, y, z");
    (void)state;
    bool same = (text_at(&draw, "a")->at->x < text_at(&draw, "b")->at->x) ==
                (text_at(&draw, "y")->at->x < text_at(&draw, "x")->at->x);
    CHECK(same);
}

static bool inside(const struct chart_draw *draw)
{
    for (size_t i = 0; i < draw->count; i++)
        for (size_t k = 0; k < draw->items[i].at_count; k++) {
            const struct chart_xy *at = &draw->items[i].at[k];
            if (!(at->x >= -0.5 && at->x <= draw->width + 0.5)) return false;
            if (!(at->y >= -0.5 && at->y <= draw->height + 0.5)) return false;
        }
    return true;
}

static void everything_stays_on_the_page(void **state)
{
    static const char *const texts[] = {
        "a: A",
        "a: A single box with a good many words in it that go on and on and on",
        "a -> b; a -> c; a -> d; a -> e; b -> f; c -> f; d -> f; e -> f; a -> f : straight",
        "direction: right; a -> b; a -> c; b -> d : with a long label on it; c -> d; a -> "
        "d",
        "a ~> b : aside; a -> c; c ~> d; c -> e; e -> a",
        "layer One: a, b, c, d; layer Two: e; a -> e; b -> e; c -> e; d -> e; e -> a : "
        "back",
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct chart_draw draw = drawn(texts[i]);
        if (!inside(&draw)) fail_msg("\"%s\" leaves the page", texts[i]);
    }
}

static void mistakes_name_their_line(void **state)
{
    static const struct {
        const char *text, *said;
    } cases[] = {
        {"a -> b;what is this", "report.md:51:1: neither an arrow" },
        {"a ->",                "an arrow needs a box on its right"},
        {"-> a",                "an arrow needs a box on its left" },
        {"a -> a",              "cannot lead back to its own box"  },
        {"direction: up",       "direction is right or down"       },
        {": words",             "a box needs a name"               },
        {"a:",                  "a box needs words"                },
        {" ",                   "a diagram without boxes"          },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct diagram *diagram;
        const char *said;
        CHECK_INT(read(cases[i].text, &diagram, &said), RK_STUDY);
        CHECK_HAS(said, cases[i].said);
    }
}

static void too_much_for_a_page_says_so(void **state)
{
    const char *text = "a: A box of many words", *chain = "a0";
    struct diagram *diagram;
    struct chart_draw draw;
    (void)state;
    for (int i = 0; i < 30; i++)
        text = rk_arena_printf(arena, "%s;a -> a box of words %d", text, i);
    CHECK_OK(read(text, &diagram, NULL));
    check_stderr_begin();
    CHECK_INT(diagram_draw(arena, diag, diagram, fonts, NULL, 0, &draw), RK_STUDY);
    CHECK_HAS(check_stderr_end(), "too many boxes side by side");
    for (int i = 1; i < 150; i++)
        chain = rk_arena_printf(arena, "%s -> a%d", chain, i);
    CHECK_INT(read(chain, &diagram, NULL), RK_STUDY);
}

static bool near(struct chart_xy a, struct chart_xy b)
{
    return fabs(a.x - b.x) < 0.1 && fabs(a.y - b.y) < 0.1;
}

/* Boxes are lines of five points; whether one of them has `at` on its edge. */
static bool on_a_box(const struct chart_draw *draw, struct chart_xy at)
{
    for (size_t i = 0; i < draw->count; i++) {
        const struct chart_item *box = &draw->items[i];
        double left = INFINITY, right = 0, low = INFINITY, high = 0;

        if (box->op != CHART_OP_LINE || box->at_count != 5) continue;
        for (size_t k = 0; k < 5; k++) {
            left = fmin(left, box->at[k].x), right = fmax(right, box->at[k].x);
            low = fmin(low, box->at[k].y), high = fmax(high, box->at[k].y);
        }
        if (at.x > left - 0.1 && at.x < right + 0.1 && at.y > low - 0.1 &&
            at.y < high + 0.1)
            return true;
    }
    return false;
}

static bool goes_on(const struct chart_draw *draw, size_t line, struct chart_xy at)
{
    for (size_t i = 0; i < draw->count; i++) {
        const struct chart_item *other = &draw->items[i];

        if (i == line || other->op != CHART_OP_LINE || other->at_count == 5) continue;
        if (near(other->at[0], at) || near(other->at[other->at_count - 1], at)) return true;
    }
    return on_a_box(draw, at);
}

static const char winding[] =
    "a -> b -> c -> d -> a; b -> b2 -> d : a label of several words; "
    "c -> a : back again; ";

static void an_arrow_past_several_steps_is_one_line(void **state)
{
    struct chart_draw draw = drawn(winding);

    (void)state;
    for (size_t i = 0; i < draw.count; i++) {
        const struct chart_item *line = &draw.items[i];

        if (line->op != CHART_OP_LINE || line->at_count == 5) continue;
        CHECK(goes_on(&draw, i, line->at[0]));
        CHECK(goes_on(&draw, i, line->at[line->at_count - 1]));
    }
}

/* Whether two upright or level stretches cross, ends left out. */
static bool cross(struct chart_xy a, struct chart_xy b, struct chart_xy c,
                  struct chart_xy d)
{
    double left = fmax(fmin(a.x, b.x), fmin(c.x, d.x)),
           right = fmin(fmax(a.x, b.x), fmax(c.x, d.x));
    double low = fmax(fmin(a.y, b.y), fmin(c.y, d.y)),
           high = fmin(fmax(a.y, b.y), fmax(c.y, d.y));

    return left < right + 0.1 && low < high + 0.1;
}

static void arrows_that_meet_in_one_box_do_not_cross(void **state)
{
    struct chart_draw draw =
        drawn("direction: right; a -> z; b -> z; c -> z; d -> z; e -> z; f -> z; ");

    (void)state;
    for (size_t i = 0; i < draw.count; i++) {
        for (size_t j = i + 1; j < draw.count; j++) {
            const struct chart_item *one = &draw.items[i], *two = &draw.items[j];

            if (one->op != CHART_OP_LINE || one->at_count == 5) continue;
            if (two->op != CHART_OP_LINE || two->at_count == 5) continue;
            for (size_t k = 1; k < one->at_count; k++)
                for (size_t m = 1; m < two->at_count; m++)
                    CHECK(!cross(one->at[k - 1], one->at[k], two->at[m - 1], two->at[m]));
        }
    }
}

static void words_beside_an_arrow_keep_clear_of_the_others(void **state)
{
    struct chart_draw draw = drawn(winding);

    (void)state;
    for (size_t i = 0; i < draw.count; i++) {
        const struct chart_item *words = &draw.items[i];
        struct font *font = fonts_face(fonts, FONT_REGULAR);
        double width, left;

        if (words->op != CHART_OP_TEXT || strlen(words->text) < 3) continue;
        width = font_width(font, words->text, words->size);
        left = words->at->x - (words->align == CHART_RIGHT ? width : 0);
        for (size_t j = 0; j < draw.count; j++) {
            const struct chart_item *line = &draw.items[j];

            for (size_t k = 1; line->op == CHART_OP_LINE && k < line->at_count; k++)
                CHECK(!cross((struct chart_xy){left + 0.5, words->at->y - 2},
                             (struct chart_xy){left + width - 0.5, words->at->y + 2},
                             line->at[k - 1], line->at[k]));
        }
    }
}

static void the_description_names_boxes_and_arrows(void **state)
{
    struct diagram *diagram;
    (void)state;
    CHECK_OK(read("r: Referral | by Jobcentre; r -> a : within 10 days; a ~> l; l: Left",
                  &diagram, NULL));
    CHECK_TEXT(
        diagram_description(arena, diagram),
        "Boxes and arrows. Referral (by Jobcentre) leads to a (within 10 days). a; beside "
        "it Left. Left.");
}

static void a_flow_of_records_lists_who_left_and_why(void **state)
{
    struct rk_run run = {.arena = arena, .diag = diag};
    struct results *results = results_new(arena);
    static const struct {
        const char *column, *label;
        double value;
    } cells[] = {
        {"read",             "read",        888},
        {"excluded",         "excluded",    27 },
        {"excluded/consent", "no consent",  22 },
        {"excluded/test",    "test record", 5  },
        {"duplicates",       "duplicates",  31 },
        {"set_aside",        "set aside",   0  },
        {"unique",           "unique",      830}
    };
    const char **lines, *all = "";
    size_t count;
    (void)state;
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        struct cell *cell =
            results_cell(results, "flow", "people", cells[i].column, "count", UNIT_RECORDS);
        cell->value = cells[i].value;
        cell->column_label = cells[i].label;
        cell->row_label = "People";
    }
    CHECK_OK(diagram_flow(&run, results, RK_NOWHERE, "people", &lines, &count));
    for (size_t i = 0; i < count; i++)
        all = rk_arena_printf(arena, "%s%s\n", all, lines[i]);
    CHECK_TEXT(all, "read: 888 rows read\nunique: 830 kept\nread -> unique\n"
                    "left: Left out | 27 excluded: no consent 22, test record 5; 31 second "
                    "entries\nread ~> left\n");
    check_stderr_begin();
    CHECK_INT(diagram_flow(&run, results, RK_NOWHERE, "nobody", &lines, &count), RK_STUDY);
    check_stderr_end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_follow_the_arrows),
        cmocka_unit_test(a_long_chain_reads_to_the_right),
        cmocka_unit_test(a_circle_is_drawn_with_one_arrow_backwards),
        cmocka_unit_test(a_box_at_the_side_stands_in_the_same_step),
        cmocka_unit_test(layers_are_as_given_and_have_headings),
        cmocka_unit_test(arrows_do_not_cross_when_they_need_not),
        cmocka_unit_test(everything_stays_on_the_page),
        cmocka_unit_test(mistakes_name_their_line),
        cmocka_unit_test(too_much_for_a_page_says_so),
        cmocka_unit_test(an_arrow_past_several_steps_is_one_line),
        cmocka_unit_test(arrows_that_meet_in_one_box_do_not_cross),
        cmocka_unit_test(words_beside_an_arrow_keep_clear_of_the_others),
        cmocka_unit_test(the_description_names_boxes_and_arrows),
        cmocka_unit_test(a_flow_of_records_lists_who_left_and_why),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
