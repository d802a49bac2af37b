// SPDX-License-Identifier: MIT
/* How like two values are, what agreement is worth, and who belongs together. */
#include "tests/support/check.h"

#include "pipeline/linkage/link_cluster.h"
#include "pipeline/linkage/link_tally.h"
#include "pipeline/linkage/link_words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct link_text text(const char *word)
{
    return link_text_of(word, strlen(word));
}

/* ---- values ---- */

static void jaro_winkler_is_as_published(void **state)
{
    static const struct {
        const char *a, *b;
        double value;
    } cases[] = {
        {"martha", "marhta", 0.961111}, /* Winkler 1990 and after */
        {"dwayne", "duane", 0.84},      {"dixon", "dicksonx", 0.813333},
        {"jones", "johnson", 0.832381}, {"abroms", "abrams", 0.922222},
        {"same", "same", 1},            {"abc", "xyz", 0},
        {"", "a", 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        CHECK_NEAR(link_jaro_winkler(text(cases[i].a), text(cases[i].b)), cases[i].value, 1e-6);
        CHECK_NEAR(link_jaro_winkler(text(cases[i].b), text(cases[i].a)), cases[i].value, 1e-6);
        if (cases[i].value > 0)
            CHECK(link_jaro_winkler_holds(text(cases[i].a), text(cases[i].b),
                                          cases[i].value - 1e-6));
        CHECK(!link_jaro_winkler_holds(text(cases[i].a), text(cases[i].b),
                                       cases[i].value + 1e-6));
    }
}

static void typing_errors_are_counted_as_a_typist_makes_them(void **state)
{
    static const struct {
        const char *a, *b;
        int errors;
    } cases[] = {{"smith", "smith", 0},   {"smith", "smyth", 1}, {"smith", "smiht", 1},
                 {"smith", "smit", 1},    {"smith", "ssmith", 1}, {"smith", "snyth", 2},
                 {"smith", "msiht", 2},   {"a", "", 1},          {"", "", 0},
                 {"smith", "jones", 4}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        CHECK_INT(link_errors(text(cases[i].a), text(cases[i].b), 3), cases[i].errors);
        CHECK_INT(link_one_error(text(cases[i].a), text(cases[i].b)), cases[i].errors <= 1);
        CHECK_INT(link_one_error(text(cases[i].b), text(cases[i].a)), cases[i].errors <= 1);
    }
    CHECK(link_neighbour_key(text("ian"), text("uan")));
    CHECK(!link_neighbour_key(text("ian"), text("ean")));
}

static void names_that_sound_alike_have_one_sound(void **state)
{
    (void)state;
    CHECK_INT(link_sound(text("philip")), link_sound(text("filip")));
    CHECK_INT(link_sound(text("knight")), link_sound(text("night")));
    CHECK_INT(link_sound(text("catherine")), link_sound(text("kathryn")));
    CHECK(link_sound(text("smith")) != link_sound(text("jones")));
    CHECK_INT(link_sound(text("12")), 0);
}

static const char *written(size_t (*as)(const char *, char *), const char *from)
{
    static char out[LINK_TEXT_MAX + 1];

    out[as(from, out)] = '\0';
    return out;
}

static void values_are_written_one_way(void **state)
{
    (void)state;
    CHECK_TEXT(written(link_text_words, " O'Brien-Smith "), "obrien smith");
    CHECK_TEXT(written(link_text_words, "Zo\xc3\xab"), "zoe");
    CHECK_TEXT(written(link_text_joined, "M1 1aa"), "m11aa");
    CHECK_TEXT(written(link_text_digits, "+44 (0)161 496 0000"), "1614960000");
    CHECK_TEXT(written(link_text_digits, "0161 4960000"), "1614960000");
    CHECK_TEXT(written(link_text_date, "1931-02-13"), "19310213");
    CHECK_TEXT(written(link_text_date, "13/02/1931"), "19310213");
    CHECK_TEXT(written(link_text_date, "19310231"), "19310231");
    CHECK_TEXT(written(link_text_date, "1931"), "");
}

/* ---- rows ---- */

static const enum link_kind kinds[] = {LINK_GIVEN, LINK_SURNAME, LINK_DATE, LINK_POSTCODE};
enum { KINDS = 4 };

static void make_table(struct link_table *table, struct rk_arena *arena,
                       const char *const (*rows)[KINDS], size_t count)
{
    static const char *const names[KINDS] = {"given", "surname", "born", "postcode"};
    struct link_field *fields = RK_ARRAY(arena, struct link_field, KINDS);

    for (int i = 0; i < KINDS; i++) {
        fields[i] = (struct link_field){.name = names[i], .kind = kinds[i], .frequency = true};
        fields[i].level_count = link_default_levels(kinds[i], fields[i].levels);
    }
    link_table_init(table, arena, count, fields, KINDS);
    for (size_t row = 0; row < count; row++)
        for (size_t c = 0; c < KINDS; c++)
            link_table_put(table, c, row, rows[row][c]);
    link_table_close(table);
}

static enum link_test test_of(const struct link_table *table, link_pattern pattern, size_t c)
{
    return table->columns[c].field->levels[link_answer(pattern, c) - 1].test;
}

static void agreement_is_told_apart(void **state)
{
    static const char *const rows[][KINDS] = {
        {"Robert", "Allen", "1971-06-04", "M1 1AA"}, {"Robet", "Alan", "1971-04-06", "M1 1AB"},
        {"Rob", "Alln", "1971-06-14", "M1 9ZZ"},     {"Allen", "Robert", "1980-12-25", NULL},
        {"Allen", NULL, "1971-07-01", "L9 9XX"},
    };
    struct rk_arena *arena = rk_arena_new();
    struct link_table table;
    link_pattern pattern;

    (void)state;
    make_table(&table, arena, rows, 5);
    pattern = link_compare(&table, 0, 1);
    CHECK_INT(test_of(&table, pattern, 0), LINK_TEST_TYPO);
    CHECK_INT(test_of(&table, pattern, 2), LINK_TEST_DAY_MONTH);
    CHECK_INT(test_of(&table, pattern, 3), LINK_TEST_TYPO);
    pattern = link_compare(&table, 0, 2);
    CHECK_INT(test_of(&table, pattern, 0), LINK_TEST_JARO);
    CHECK_INT(test_of(&table, pattern, 1), LINK_TEST_TYPO);
    CHECK_INT(test_of(&table, pattern, 2), LINK_TEST_TYPO);
    CHECK_INT(test_of(&table, pattern, 3), LINK_TEST_DISTRICT);
    pattern = link_compare(&table, 0, 3);
    CHECK_INT(link_answer(pattern, 0), LINK_SWAPPED);
    CHECK_INT(link_answer(pattern, 1), LINK_MISSING);
    CHECK_INT(link_answer(pattern, 3), LINK_MISSING);
    pattern = link_compare(&table, 0, 4);
    CHECK_INT(link_answer(pattern, 0), LINK_HALF_SWAPPED);
    CHECK_INT(test_of(&table, pattern, 2), LINK_TEST_WITHIN);
    rk_arena_free(arena);
}

/* ---- the model ---- */

static double uniform(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (double)(*state >> 11) / 9007199254740992.0;
}

/* Patterns of `pairs` drawn from known shares: four yes-or-no fields. */
static void draw(struct link_tally *tally, double pairs, double matches, const double *m,
                 const double *u, uint64_t *seed)
{
    for (double i = 0; i < pairs; i++) {
        const double *share = i < matches ? m : u;
        size_t pattern = 0;

        for (size_t c = 0; c < 4; c++)
            if (uniform(seed) >= share[c]) pattern |= (size_t)1 << c;
        tally->counts[pattern]++;
    }
}

static void tally_init(struct link_tally *tally, struct rk_arena *arena)
{
    tally->count = 16;
    tally->patterns = RK_ARRAY(arena, link_pattern, 16);
    tally->counts = RK_ARRAY(arena, double, 16);
    for (size_t i = 0; i < 16; i++)
        for (size_t c = 0; c < 4; c++)
            tally->patterns[i] |= (link_pattern)(i >> c & 1 ? 2 : 1) << (4 * c);
}

static void em_finds_what_the_pairs_were_drawn_from(void **state)
{
    static const double m[] = {0.95, 0.90, 0.85, 0.80}, u[] = {0.02, 0.01, 0.05, 0.10};
    struct rk_arena *arena = rk_arena_new();
    struct link_field fields[4] = {{.name = "a"}, {.name = "b"}, {.name = "c"}, {.name = "d"}};
    struct link_tally all = {0};
    struct link_model model;
    struct link_table table;
    uint64_t seed = 7;

    (void)state;
    for (int i = 0; i < 4; i++) {
        fields[i].kind = LINK_EXACT;
        fields[i].level_count = link_default_levels(LINK_EXACT, fields[i].levels);
    }
    link_table_init(&table, arena, 1001, fields, 4); /* 500,500 pairs */
    tally_init(&all, arena);
    draw(&all, 500500, 4000, m, u, &seed);
    link_model_fit(&model, &table, &all, &all);
    CHECK_NEAR(model.expected[LINK_PERSON] + model.expected[LINK_HOME] +
                   model.expected[LINK_NAMESAKES],
               4000, 400);
    for (size_t c = 0; c < 4; c++)
        CHECK_NEAR(model.share[LINK_OTHERS][c][1], u[c], 0.01);
    rk_arena_free(arena);
}

/* People one and two are there twice, mistyped; the third has a sister in the same home. */
static const char *const town[][KINDS] = {
    {"Nikees", "Tubem", "1987-09-05", "B1 8WC"},   {"Nikes", "Tubem", "1987-09-05", "B1 8WC"},
    {"Loruss", "Kaibrus", "1986-06-13", "L22 4PK"}, {"Kaibrus", "Loruss", "1986-06-13", "L22 4PK"},
    {"Wutull", "Curaird", "1969-05-17", "B29 8RV"}, {"Thaimout", "Curaird", "1972-07-25", "B29 8RV"},
    {"Shoub", "Hatter", "1949-01-19", "S4 4DD"},   {"Berrin", "Folt", "1990-11-30", "W9 1QQ"},
    {"Jeenul", "Marst", "1955-03-08", "M20 2AB"},  {"Kavolt", "Dreen", "1961-12-02", "M8 7TT"},
};
enum { TOWN = sizeof town / sizeof *town };

static void cluster_rows(struct rk_arena *arena, const char *const (*rows)[KINDS], size_t count,
                         struct link_clusters *out, struct link_pairs *pairs)
{
    struct link_table *table = RK_NEW(arena, struct link_table);
    struct link_plan *plan = RK_NEW(arena, struct link_plan);
    struct link_model model;
    struct link_lines lines;

    make_table(table, arena, rows, count);
    link_plan_make(plan, arena, table, NULL, 0);
    link_model_learn(&model, plan);
    link_pairs_find(pairs, arena, plan, &model, -model.prior[LINK_PERSON] - 7);
    link_lines_draw(&lines, pairs, &model, 0.02, 0.02, 0.8);
    link_pairs_judge(pairs, table, &model, &lines);
    link_clusters_make(out, arena, pairs, table, &model);
}

static void few_rows_without_training_are_told_apart(void **state)
{
    struct rk_arena *arena = rk_arena_new();
    struct link_clusters clusters;
    struct link_pairs pairs;

    (void)state;
    cluster_rows(arena, town, TOWN, &clusters, &pairs);
    CHECK_INT(clusters.group[1], 0);
    CHECK_INT(clusters.group[3], 2);
    CHECK_INT(clusters.group[5], 5); /* the sister */
    CHECK_INT(clusters.joined, 2);
    rk_arena_free(arena);
}

static void lines_join_alike_until_a_pair_lies_between_them(void **state)
{
    static const char *const rows[][KINDS] = {{"Nikees", "Tubem", "1987-09-05", "B1 8WC"},
                                              {"Nikees", "Tubem", "1987-09-05", NULL}};
    struct rk_arena *arena = rk_arena_new();
    struct link_table table;
    struct link_model model = {.classes = 2};
    struct link_pair pair = {.a = 0, .b = 1, .weight = 20};
    struct link_pairs pairs = {&pair, 1};
    struct link_lines one = {.same = 12}, near = {.same = 15}, far = {.same = 21};

    (void)state;
    make_table(&table, arena, rows, 2);
    pair.pattern = link_compare(&table, 0, 1);
    CHECK(link_pairs_alike(&pairs, &table, &model, &one, &near));
    CHECK(!link_pairs_alike(&pairs, &table, &model, &one, &far));
    pair.why = LINK_BY_PERSON;
    CHECK(link_pairs_alike(&pairs, &table, &model, &one, &far));
    rk_arena_free(arena);
}

/* a - b - c, where a and c have nothing in common. */
static void a_bridge_between_strangers_is_taken_back(void **state)
{
    static const char *const rows[][KINDS] = {{"Nikees", "Tubem", "1987-09-05", "B1 8WC"},
                                              {"Nikees", "Tubem", NULL, NULL},
                                              {"Nikees", "Tubem", "1949-01-19", "S4 4DD"}};
    struct rk_arena *arena = rk_arena_new();
    struct link_table table;
    struct link_clusters clusters;
    struct link_model model = {.classes = 2};
    struct link_pair list[] = {{.a = 0, .b = 1, .weight = 20, .verdict = LINK_SAME},
                               {.a = 1, .b = 2, .weight = 19, .verdict = LINK_SAME}};
    struct link_pairs pairs = {list, 2};

    (void)state;
    make_table(&table, arena, rows, 3);
    for (int c = 0; c < KINDS; c++)
        for (unsigned answer = 1; answer < 14; answer++)
            model.weight[LINK_PERSON][c][answer] = answer == 1 ? 5 : -10;
    for (int c = 0; c < KINDS; c++)
        model.share[LINK_OTHERS][c][1] = 0.5;
    link_clusters_make(&clusters, arena, &pairs, &table, &model);
    CHECK_INT(clusters.bridges, 1);
    CHECK_INT(clusters.joined, 1);
    rk_arena_free(arena);
}

static void what_a_person_keeps_apart_no_chain_joins(void **state)
{
    static const char *const rows[][KINDS] = {{"A", "B", "1987-09-05", "B1 8WC"},
                                              {"A", "B", "1987-09-05", "B1 8WC"},
                                              {"A", "B", "1987-09-05", "B1 8WC"}};
    struct rk_arena *arena = rk_arena_new();
    struct link_table table;
    struct link_clusters clusters;
    struct link_model model = {.classes = 2};
    struct link_pair list[] = {
        {.a = 0, .b = 1, .weight = 20, .verdict = LINK_SAME},
        {.a = 0, .b = 2, .weight = 30, .verdict = LINK_DIFFERENT, .why = LINK_BY_PERSON},
        {.a = 1, .b = 2, .weight = 19, .verdict = LINK_SAME}};
    struct link_pairs pairs = {list, 3};

    (void)state;
    make_table(&table, arena, rows, 3);
    for (int c = 0; c < KINDS; c++)
        model.share[LINK_OTHERS][c][1] = 0.5;
    link_clusters_make(&clusters, arena, &pairs, &table, &model);
    CHECK_INT(clusters.group[1], 0);
    CHECK_INT(clusters.group[2], 2);
    CHECK_INT(list[2].why, LINK_APART);
    rk_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(jaro_winkler_is_as_published),
        cmocka_unit_test(typing_errors_are_counted_as_a_typist_makes_them),
        cmocka_unit_test(names_that_sound_alike_have_one_sound),
        cmocka_unit_test(values_are_written_one_way),
        cmocka_unit_test(agreement_is_told_apart),
        cmocka_unit_test(em_finds_what_the_pairs_were_drawn_from),
        cmocka_unit_test(few_rows_without_training_are_told_apart),
        cmocka_unit_test(lines_join_alike_until_a_pair_lies_between_them),
        cmocka_unit_test(a_bridge_between_strangers_is_taken_back),
        cmocka_unit_test(what_a_person_keeps_apart_no_chain_joins),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
