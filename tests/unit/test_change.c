// SPDX-License-Identifier: MIT
#include "pipeline/change/change_stage.h"
#include "pipeline/tabulate/tabulate_stage.h"
#include "tests/support/check.h"
#include "tests/support/small_study.h"

#include <math.h>
#include <string.h>

/** `n` people of an area who said one thing at first and another at review. */
static void add_pairs(struct small_study *small, long n, const char *area, const char *from,
                      const char *to)
{
    for (long i = 0; i < n; i++) {
        size_t person = small_person(
            small, (struct small_person){area, "female", from, "", "2014-05-01"});

        small_review(small, person, to, "");
    }
}

/** The same of the ordered question. */
static void add_moves(struct small_study *small, long n, const char *from, const char *to)
{
    for (long i = 0; i < n; i++) {
        size_t person =
            small_person(small, (struct small_person){i % 2 ? "salford" : "manchester",
                                                      "male", "", from, ""});

        small_review(small, person, "", to);
    }
}

static struct results *run(struct small_study *small)
{
    return small_run(small, &change_stage, NULL, NULL);
}

/* ---- yes/no ---- */

static const char by_area[] =
    "  belief: {change: believe, from: initial, to: latest, of_interest: yes, by: area}\n";

/* The 2015 report's Table 7.1: 76 to 86 of 197, 38 to 48 of 110, 5 to 9 of 19. */
static void table_7_1(struct small_study *small, const char *results)
{
    static const struct {
        const char *area;
        long yy, yn, ny, nn;
    } areas[] = {
        {"manchester", 60, 16, 26, 95},
        {"salford",    30, 8,  18, 54},
        {"trafford",   5,  0,  4,  10}
    };

    small_begin(small, results);
    for (size_t i = 0; i < 3; i++) {
        add_pairs(small, areas[i].yy, areas[i].area, "yes", "yes");
        add_pairs(small, areas[i].yn, areas[i].area, "yes", "no");
        add_pairs(small, areas[i].ny, areas[i].area, "no", "yes");
        add_pairs(small, areas[i].nn, areas[i].area, "no", "no");
    }
}

static void table_7_1_is_reproduced_with_changes_taken_before_rounding(void **state)
{
    static const struct {
        const char *area;
        double initial, latest, points;
        long n;
    } rows[] = {
        {"manchester", 38.578680203045686, 43.654822335025379, 5.076142131979695, 197},
        {"salford",    34.545454545454547, 43.636363636363633, 9.090909090909092, 110},
        {"trafford",   26.315789473684209, 47.368421052631582, 21.05263157894737, 19 },
        {"all",        36.503067484662574, 43.865030674846622, 7.361963190184049, 326},
    };
    struct small_study small;
    struct results *r;
    (void)state;

    table_7_1(&small, by_area);
    r = run(&small);
    for (size_t i = 0; i < 4; i++) {
        const char *area = rk_arena_printf(small.run.arena, "belief.%s.", rows[i].area);

        small_value(r, rk_arena_printf(small.run.arena, "%sinitial.percent", area),
                    rows[i].initial);
        small_value(r, rk_arena_printf(small.run.arena, "%slatest.percent", area),
                    rows[i].latest);
        small_value(r, rk_arena_printf(small.run.arena, "%schange.points", area),
                    rows[i].points);
        CHECK_INT(
            small_cell(r, rk_arena_printf(small.run.arena, "%schange.points", area))->base,
            rows[i].n);
    }
    CHECK_TEXT(cell_unit_name(small_cell(r, "belief.all.change.points")->unit), "points");
    small_end(&small);
}

static void few_pairs_have_tangos_interval_and_many_newcombes(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    table_7_1(&small, by_area);
    r = run(&small);
    CHECK_TEXT(small_cell(r, "belief.manchester.change.points")->method, "newcombe-paired");
    CHECK_TEXT(small_cell(r, "belief.trafford.change.points")->method, "tango");
    CHECK_TEXT(cell_mark_name(small_cell(r, "belief.trafford.change.points")->mark), "low");
    CHECK_TEXT(small_cell(r, "belief.trafford.change.p")->method, "mcnemar-midp");
    small_value(r, "belief.trafford.change.p", 0.0625); /* 4 gained, none lost */
    small_end(&small);
}

static void nobody_and_one_person_have_no_interval(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    small_begin(&small, by_area);
    add_pairs(&small, 1, "salford", "no", "yes");
    add_pairs(&small, 3, "trafford", "no", "");
    r = run(&small);
    small_value(r, "belief.salford.change.points", 100);
    CHECK_NEAR(small_cell(r, "belief.salford.change.points")->low, NAN, 0);
    CHECK_TEXT(cell_mark_name(small_cell(r, "belief.trafford.change.points")->mark), "z");
    CHECK_TEXT(cell_mark_name(small_cell(r, "belief.trafford.initial.percent")->mark), "z");
    small_value(r, "belief.trafford.linked_initial.count", 0);
    small_end(&small);
}

static void nobody_changed_is_p_one(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    small_begin(&small, by_area);
    add_pairs(&small, 20, "salford", "no", "no");
    add_pairs(&small, 20, "salford", "yes", "yes");
    r = run(&small);
    small_value(r, "belief.all.change.p", 1);
    small_value(r, "belief.all.change.points", 0);
    small_end(&small);
}

/* 10 of them left the review blank, 5 the first form, and 30 were never reviewed. */
static void blanks(struct small_study *small, const char *results)
{
    small_begin(small, results);
    add_pairs(small, 20, "salford", "yes", "yes");
    add_pairs(small, 25, "salford", "no", "yes");
    add_pairs(small, 5, "salford", "no", "no");
    add_pairs(small, 6, "salford", "yes", "");
    add_pairs(small, 4, "salford", "no", "");
    add_pairs(small, 5, "salford", "", "yes");
    for (long i = 0; i < 30; i++)
        small_person(small, (struct small_person){"salford", "male", "yes", "", ""});
}

static void the_three_bases_are_never_mixed(void **state)
{
    static const struct {
        const char *column;
        long yes, base;
    } rows[] = {
        {"initial",        20, 50},
        {"latest",         45, 50},
        {"gained",         25, 50},
        {"lost",           0,  50},
        {"stayed_yes",     20, 50},
        {"stayed_no",      5,  50},
        {"linked_initial", 26, 65},
        {"linked_latest",  50, 65},
        {"each_initial",   26, 60},
        {"each_latest",    50, 55},
    };
    struct small_study small;
    struct results *r;
    (void)state;

    blanks(&small, by_area);
    r = run(&small);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct cell *cell =
            small_cell(r, rk_arena_printf(small.run.arena, "belief.salford.%s.percent",
                                          rows[i].column));

        CHECK_INT(cell->numerator, rows[i].yes);
        CHECK_INT(cell->base, rows[i].base);
        CHECK_NEAR(cell->value, 100.0 * (double)rows[i].yes / (double)rows[i].base, 1e-12);
    }
    small_value(r, "belief.salford.linked_change.points", 100.0 * 24 / 65);
    small_value(r, "belief.salford.each_change.points", 100.0 * 50 / 55 - 100.0 * 26 / 60);
    CHECK_NEAR(small_cell(r, "belief.salford.each_change.points")->low, NAN, 0);
    CHECK_INT(small_cell(r, "belief.salford.each_change.points")->base, -1);
    small_end(&small);
}

/* Counted either way: 6 yes and 4 no without an answer at review, 30 more yes without one.
 */
static void bounds_count_whoever_is_missing_either_way(void **state)
{
    static const char yes[] = "people|area=salford&believe=yes|";
    struct small_study small;
    struct results *r;
    const struct cell *cell;
    (void)state;

    blanks(&small, by_area);
    r = run(&small);
    small_value(r, "belief.salford.bounds_linked.points", 50);
    small_limits(r, "belief.salford.bounds_linked.points", 100.0 * 19 / 60,
                 100.0 * 29 / 60);
    small_value(r, "belief.all.bounds_all.points", 50);
    small_limits(r, "belief.all.bounds_all.points", -100.0 * 11 / 90, 100.0 * 29 / 90);
    cell = small_cell(r, "belief.salford.bounds_all.points");
    CHECK_INT(cell->base, 90);
    CHECK_TEXT(cell->method, "manski");
    CHECK_NEAR(cell->level, NAN, 0);
    CHECK_TEXT(results_find_base(r, cell->base_id)->sentence,
               "clients whose area is Salford and who answered “Do you believe?”");
    assert_true(small_is_linked(r, cell->id, yes));
    CHECK_INT(small_quantity(r, yes)->value, 56);
    assert_true(small_is_part(r, "people|believe=yes|", yes));
    small_end(&small);
}

/* Holm over the areas and everybody, and over two results: R's p.adjust does the same. */
static void tests_of_a_family_are_adjusted_together(void **state)
{
    static const char *const rows[] = {"manchester", "salford", "trafford", "all"};
    struct small_study small;
    struct results *r;
    double p[4], smallest = 1;
    (void)state;

    table_7_1(&small,
              "  belief: {change: believe, from: initial, to: latest, of_interest: yes, "
              "by: area, adjust: holm}\n"
              "  one: {change: believe, from: initial, to: latest, of_interest: yes, "
              "adjust: bh, family: two}\n"
              "  two: {change: believe, from: initial, to: latest, of_interest: no, "
              "adjust: bh, family: two}\n");
    r = run(&small);
    for (size_t i = 0; i < 4; i++) {
        p[i] =
            small_cell(r, rk_arena_printf(small.run.arena, "belief.%s.change.p", rows[i]))
                ->value;
        smallest = p[i] < smallest ? p[i] : smallest;
    }
    CHECK_NEAR(smallest, p[3], 0);
    small_value(r, "belief.all.change.p_adjusted", 4 * p[3]);
    small_value(r, "belief.manchester.change.p_adjusted",
                fmax(p[0], fmax(2 * fmin(p[0], p[2]), 3 * p[1])));
    small_value(r, "belief.all.change.family_size", 4);
    CHECK_TEXT(small_cell(r, "belief.all.change.p_adjusted")->method, "holm");
    CHECK_INT(small_cell(r, "belief.all.change.p_adjusted")->base, 326);
    CHECK(small_is_linked(r, "belief.all.change.p_adjusted",
                          "people|area=trafford&believe=no&latest.believe=yes|"));
    small_value(r, "two.all.change.family_size", 2);
    small_value(r, "two.all.change.p_adjusted", p[3]);
    small_end(&small);
}

/* WSAS runs from 0 to 40. Two pairs (20 to 10, 12 to 14), and first scores of 30 and 6
 * alone: nobody linked is without a second score. */
static void scores_without_a_second_could_be_anywhere_on_the_scale(void **state)
{
    static const int scores[][2] = {
        {20, 10},
        {12, 14},
        {30, -1},
        {6,  -1}
    };
    struct small_study small;
    struct results *r;
    (void)state;

    small_begin(&small, "  c: {change: score, from: first_score, to: latest_score}\n");
    for (int i = 0; i < 4; i++)
        small_scores(
            &small,
            small_person(&small, (struct small_person){"salford", "male", "", "", ""}),
            scores[i][0], scores[i][1]);
    r = run(&small);
    small_value(r, "c.all.change.mean", -4);
    small_value(r, "c.all.bounds_linked.mean", -4);
    CHECK_NEAR(small_cell(r, "c.all.bounds_linked.mean")->low, -4, 1e-12);
    small_value(r, "c.all.bounds_all.mean", -4);
    CHECK_NEAR(small_cell(r, "c.all.bounds_all.mean")->low, (-8 - 36) / 4.0, 1e-12);
    CHECK_NEAR(small_cell(r, "c.all.bounds_all.mean")->high, (-8 + 80 - 36) / 4.0, 1e-12);
    CHECK_INT(small_cell(r, "c.all.bounds_all.mean")->base, 4);
    CHECK_TEXT(small_cell(r, "c.all.bounds_all.mean")->method, "manski");
    CHECK_NEAR(small_cell(r, "c.all.bounds_all.mean")->level, NAN, 0);
    small_end(&small);
}

static void bounds_of_nobody_and_of_few_are_said_to_be_so(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    small_begin(&small, by_area);
    add_pairs(&small, 12, "salford", "yes", "");
    add_pairs(&small, 12, "trafford", "no", "yes");
    r = run(&small);
    CHECK_TEXT(cell_mark_name(small_cell(r, "belief.salford.bounds_all.points")->mark),
               "z");
    CHECK_NEAR(small_cell(r, "belief.salford.bounds_all.points")->low, NAN, 0);
    CHECK_TEXT(cell_mark_name(small_cell(r, "belief.trafford.bounds_all.points")->mark),
               "low");
    small_limits(r, "belief.trafford.bounds_all.points", 100, 100);
    small_end(&small);
}

static void bases_say_of_whom_and_hang_below_each_other(void **state)
{
    struct small_study small;
    struct results *r;
    const struct base *base;
    (void)state;

    blanks(&small, by_area);
    r = run(&small);
    base = results_find_base(r, small_cell(r, "belief.salford.change.points")->base_id);
    CHECK_TEXT(
        base->sentence,
        "clients whose area is Salford and who answered “Do you believe?” at the initial "
        "assessment and at the latest review");
    base = results_find_base(r, base->parent);
    CHECK_INT(base->n, 50);
    base = results_find_base(r, base->parent);
    CHECK_TEXT(base->sentence, "clients with a latest review");
    base = results_find_base(r, base->parent);
    CHECK_TEXT(base->id, "people||");
    small_end(&small);
}

static void the_flow_and_its_margins_are_all_said(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    blanks(&small, by_area);
    r = run(&small);
    CHECK(small_is_part(r, "people|area=salford&believe=yes&latest.believe=*|",
                        "people|area=salford&believe=yes&latest.believe=no|"));
    CHECK(small_is_part(r, "people|area=salford&believe=*&latest.believe=yes|",
                        "people|area=salford&believe=no&latest.believe=yes|"));
    CHECK(small_is_part(r, "people|believe=*&latest.believe=*|",
                        "people|area=salford&believe=*&latest.believe=*|"));
    CHECK_INT(
        small_quantity(r, "people|area=salford&believe=yes&latest.believe=missing|")->value,
        6);
    CHECK(small_is_part(r, "people|area=salford&believe=yes&latest=a record|",
                        "people|area=salford&believe=yes&latest.believe=missing|"));
    CHECK(small_is_linked(r, "belief.salford.change.points",
                          "people|area=salford&believe=no&latest.believe=yes|"));
    CHECK(small_is_linked(r, "belief.salford.initial.percent",
                          "people|area=salford&believe=*&latest.believe=*|"));
    small_end(&small);
}

static void every_sum_adds_up(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    blanks(&small,
           "  belief: {change: believe, from: initial, to: latest, of_interest: yes, by: "
           "area}\n"
           "  when: {change: when, from: initial, to: latest, by: sex}\n"
           "  moves: {transitions: when, from: initial, to: latest}\n"
           "  score: {change: score, from: first_score, to: latest_score, by: area}\n");
    add_moves(&small, 9, "soon", "later");
    add_moves(&small, 4, "never", "unsure");
    for (size_t i = 1; i < 20; i++)
        small_scores(&small, i, 20, i % 3 ? 15 + (int)i : -1);
    r = run(&small);
    CHECK(r->sum_count > 100);
    for (size_t i = 0; i < r->sum_count; i++) {
        long rest = small_quantity(r, r->sums[i].total)->value;

        for (size_t j = 0; j < r->sums[i].count; j++)
            rest -= small_quantity(r, r->sums[i].parts[j])->value;
        CHECK_INT(rest, 0);
    }
    small_end(&small);
}

/* ---- categories ---- */

/* 35, 5, 0 | 15, 20, 5 | 10, 5, 5: reference values of other software on the same flow. */
static void ordered_flow(struct small_study *small, const char *results)
{
    static const char *const codes[] = {"soon", "later", "never"};
    static const long flow[3][3] = {
        {35, 5,  0},
        {15, 20, 5},
        {10, 5,  5}
    };

    small_begin(small, results);
    for (size_t i = 0; i < 3; i++) {
        for (size_t j = 0; j < 3; j++)
            add_moves(small, flow[i][j], codes[i], codes[j]);
    }
}

static void categories_change_one_by_one_and_as_a_whole(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    ordered_flow(&small, "  when: {change: when, from: initial, to: latest}\n");
    r = run(&small);
    small_value(r, "when.soon.change.points", 20);
    small_limits(r, "when.soon.change.points", 9.605804687182945, 29.60944470917);
    small_value(r, "when.soon.initial.count", 40);
    small_value(r, "when.soon.latest.count", 60);
    small_value(r, "when.soon.gained.count", 25);
    small_value(r, "when.soon.lost.count", 5);
    small_value(r, "when.all.initial.count", 100);
    CHECK_TEXT(small_cell(r, "when.all.change.p")->method, "stuart-maxwell");
    CHECK(small_cell(r, "when.all.change.p")->value < 0.001);
    CHECK(small_cell(r, "when.soon.change.p_holm")->value >
          small_cell(r, "when.soon.change.p")->value);
    CHECK_TEXT(cell_mark_name(small_cell(r, "when.unsure.change.p_holm")->mark), "z");
    CHECK(small_is_part(r, "people|latest.when=*&when=*|",
                        "people|latest.when=*&when=later|"));
    small_end(&small);
}

/* Sooner is better: 30 moved to a sooner answer, 10 to a later one. */
static void moving_towards_the_better_end_of_the_scale_is_improving(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    ordered_flow(&small, "  when: {change: when, from: initial, to: latest}\n");
    add_moves(&small, 8, "unsure", "soon");
    r = run(&small);
    small_value(r, "when.all.improved.count", 30);
    small_value(r, "when.all.worse.count", 10);
    small_value(r, "when.all.same.percent", 60);
    small_value(r, "when.all.net.points", 20);
    CHECK_NEAR(small_cell(r, "when.all.net.p")->value, 0.001450491014111325, 1e-12);
    CHECK_INT(small_cell(r, "when.all.improved.percent")->base, 100);
    CHECK_INT(small_cell(r, "when.soon.change.points")->base, 108);
    small_end(&small);
}

static void groups_have_rows_for_each_category(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    ordered_flow(&small, "  when: {change: when, from: initial, to: latest, by: area}\n");
    r = run(&small);
    CHECK_INT(small_cell(r, "when.salford/soon.initial.count")->base +
                  small_cell(r, "when.manchester/soon.initial.count")->base,
              100);
    small_value(r, "when.all/soon.change.points", 20);
    CHECK_TEXT(small_cell(r, "when.salford.change.p")->method, "stuart-maxwell");
    small_value(r, "when.all.improved.count", 30);
    CHECK(small_cell(r, "when.salford/never.latest.count")->row_order <
          small_cell(r, "when.salford.change.p")->row_order);
    CHECK(small_cell(r, "when.salford.change.p")->row_order <
          small_cell(r, "when.all/soon.latest.count")->row_order);
    small_end(&small);
}

static void transitions_are_shares_of_the_row_and_sum_to_the_change(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    ordered_flow(&small, "  moves: {transitions: when, from: initial, to: latest}\n"
                         "  when: {change: when, from: initial, to: latest}\n");
    r = run(&small);
    small_value(r, "moves.later.soon.count", 15);
    small_value(r, "moves.later.soon.percent", 37.5);
    small_value(r, "moves.later.all.count", 40);
    small_value(r, "moves.all.soon.percent", 60);
    CHECK(small_is_part(r, "people|latest.when=soon&when=!soon|",
                        "people|latest.when=soon&when=later|"));
    CHECK(small_is_linked(r, "when.soon.gained.count",
                          "people|latest.when=soon&when=!soon|"));
    CHECK(small_is_part(
        r,
        "people|latest.when=*&when=*|neither answer stands apart from the scale and "
        "the answer improved",
        "people|latest.when=soon&when=never|"));
    small_end(&small);
}

/* ---- scores ---- */

static void eight_scores(struct small_study *small, const char *results)
{
    static const int initial[] = {20, 25, 30, 18, 22, 27, 35, 15};
    static const int latest[] = {15, 25, 24, 20, 16, 20, 30, 10};

    small_begin(small, results);
    for (size_t i = 0; i < 8; i++)
        small_scores(
            small,
            small_person(small, (struct small_person){"salford", "male", "", "", ""}),
            initial[i], latest[i]);
}

static const char scores[] = "  s: {change: score, from: first_score, to: latest_score}\n";

/* R 4.2.2: t.test(paired = TRUE); d_av by its closed form. */
static void scores_have_a_paired_t_and_a_named_effect_size(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    eight_scores(&small, scores);
    r = run(&small);
    small_value(r, "s.all.change.mean", -4);
    small_limits(r, "s.all.change.mean", -6.681231877354316, -1.318768122645685);
    CHECK_NEAR(small_cell(r, "s.all.change.p")->value, 0.00962792472538, 1e-12);
    small_value(r, "s.all.effect.d", -0.6182657678757271);
    CHECK_TEXT(small_cell(r, "s.all.effect.d")->method, "d-av");
    small_value(r, "s.all.initial.mean", 24);
    small_value(r, "s.all.improved.count", 6); /* lower is better */
    small_value(r, "s.all.same.count", 1);
    small_value(r, "s.all.worse.count", 1);
    small_value(r, "s.all.net.points", 62.5);
    small_end(&small);
}

static void who_was_scored_once_has_not_stayed_the_same(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    eight_scores(&small, scores);
    for (int i = 0; i < 4; i++)
        small_scores(
            &small,
            small_person(&small, (struct small_person){"salford", "male", "", "", ""}), 40,
            -1);
    r = run(&small);
    CHECK_INT(small_cell(r, "s.all.change.mean")->base, 8);
    small_value(r, "s.all.same.count", 1);
    CHECK_INT(small_cell(r, "s.all.each_initial.mean")->base, 8);
    CHECK_INT(small_cell(r, "s.all.each_change.mean")->base, -1);
    small_end(&small);
}

/* ---- beside tabulate ---- */

static void results_of_tabulate_stay_and_what_lies_between_is_said(void **state)
{
    struct small_study small;
    struct results *r;
    (void)state;

    blanks(&small, "  areas: {table: area}\n"
                   "  belief: {change: believe, from: initial, to: latest, of_interest: "
                   "yes, by: area}\n");
    small_run(&small, &tabulate_stage, NULL, NULL);
    CHECK_OK(change_stage.work(&small.run));
    CHECK_OK(results_read(&small.run, "30-results", &r));
    small_value(r, "areas.salford.all.count", 95);
    small_value(r, "belief.salford.initial.count", 20);
    CHECK(small_is_part(r, "people|area=salford|", "people|area=salford&latest=a record|"));
    CHECK_INT(small_quantity(r, "people|area=salford&latest=no record|")->value, 30);
    small_end(&small);
}

static void shuffled_rows_change_nothing(void **state)
{
    static const char results[] =
        "  belief: {change: believe, from: initial, to: latest, of_interest: yes, by: "
        "area}\n"
        "  when: {change: when, from: initial, to: latest, by: sex}\n"
        "  s: {change: score, from: first_score, to: latest_score}\n";
    struct small_study small, turned;
    struct results *a, *b;
    (void)state;

    table_7_1(&small, results);
    table_7_1(&turned, results);
    for (size_t i = 1; i <= 50; i++) {
        small_scores(&small, i, 10 + (int)i % 9, (int)i % 13);
        small_scores(&turned, i, 10 + (int)i % 9, (int)i % 13);
    }
    small_reverse(&turned);
    a = run(&small);
    b = run(&turned);
    CHECK_INT(a->cell_count, b->cell_count);
    CHECK_INT(a->sum_count, b->sum_count);
    for (size_t i = 0; i < a->cell_count; i++) {
        const struct cell *cell = small_cell(b, a->cells[i].id);

        CHECK_NEAR(cell->value, a->cells[i].value, 1e-12 * (1 + fabs(a->cells[i].value)));
        CHECK_NEAR(cell->low, a->cells[i].low, 1e-9);
        CHECK_INT(cell->base, a->cells[i].base);
    }
    small_end(&small);
    small_end(&turned);
}

static void a_person_s_own_answer_is_no_answer_at_another_point(void **state)
{
    struct small_study small;
    const char *said;
    rk_status status;
    (void)state;

    small_begin(&small, "  bad: {change: sex, from: initial, to: latest}\n");
    add_pairs(&small, 5, "salford", "no", "yes");
    CHECK(small_run(&small, &change_stage, &status, &said) == NULL);
    CHECK_INT(status, RK_STUDY);
    CHECK_HAS(said, "study.yaml:");
    small_end(&small);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(table_7_1_is_reproduced_with_changes_taken_before_rounding),
        cmocka_unit_test(few_pairs_have_tangos_interval_and_many_newcombes),
        cmocka_unit_test(nobody_and_one_person_have_no_interval),
        cmocka_unit_test(nobody_changed_is_p_one),
        cmocka_unit_test(the_three_bases_are_never_mixed),
        cmocka_unit_test(bounds_count_whoever_is_missing_either_way),
        cmocka_unit_test(tests_of_a_family_are_adjusted_together),
        cmocka_unit_test(scores_without_a_second_could_be_anywhere_on_the_scale),
        cmocka_unit_test(bounds_of_nobody_and_of_few_are_said_to_be_so),
        cmocka_unit_test(bases_say_of_whom_and_hang_below_each_other),
        cmocka_unit_test(the_flow_and_its_margins_are_all_said),
        cmocka_unit_test(every_sum_adds_up),
        cmocka_unit_test(categories_change_one_by_one_and_as_a_whole),
        cmocka_unit_test(moving_towards_the_better_end_of_the_scale_is_improving),
        cmocka_unit_test(groups_have_rows_for_each_category),
        cmocka_unit_test(transitions_are_shares_of_the_row_and_sum_to_the_change),
        cmocka_unit_test(scores_have_a_paired_t_and_a_named_effect_size),
        cmocka_unit_test(who_was_scored_once_has_not_stayed_the_same),
        cmocka_unit_test(results_of_tabulate_stay_and_what_lies_between_is_said),
        cmocka_unit_test(shuffled_rows_change_nothing),
        cmocka_unit_test(a_person_s_own_answer_is_no_answer_at_another_point),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
