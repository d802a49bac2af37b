// SPDX-License-Identifier: MIT
/* Patterns that are known to be unsafe: each is planted in a release, and the attack must find it;
 * beside each stands the same release made safe, in which it finds nothing. */
#include "pipeline/attack/attack_decode.h"
#include "pipeline/attack/attack_inputs.h"
#include "tests/support/check.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define HEADER                                                                             \
    "cell,result,row,column,measure,row_label,column_label,unit,value,low,high,level,"      \
    "numerator,base,base_id,method,mark,row_order,column_order\n"

/* ---- releases in a few words ---- */

/** A cells.csv being written. */
struct sheet {
    char text[65536];
    size_t used;
};

static void begin(struct sheet *sheet)
{
    sheet->used = (size_t)sprintf(sheet->text, HEADER);
}

/** A count; negative: masked. */
static void count_cell(struct sheet *sheet, const char *result, const char *row,
                       const char *column, long value)
{
    sheet->used += (size_t)sprintf(sheet->text + sheet->used, "%s.%s.%s.count,%s,%s,%s,count,"
                                   "Row %s,Column %s,clients,",
                                   result, row, column, result, row, column, row, column);
    if (value >= 0)
        sheet->used += (size_t)sprintf(sheet->text + sheet->used, "%ld,,,,%ld,,,count,,1,1\n",
                                       value, value);
    else
        sheet->used += (size_t)sprintf(sheet->text + sheet->used, ",,,,,,,,c,1,1\n");
}

/** A table with margins, row by row; -1: masked. */
static void table(struct sheet *sheet, const char *result, const long *values, size_t rows,
                  size_t columns)
{
    char row[16], column[16];

    for (size_t r = 0; r <= rows; r++)
        for (size_t c = 0; c <= columns; c++) {
            snprintf(row, sizeof row, r < rows ? "r%zu" : "all", r);
            snprintf(column, sizeof column, c < columns ? "c%zu" : "all", c);
            count_cell(sheet, result, row, column, values[r * (columns + 1) + c]);
        }
}

/** Any other cell: numbers as text, "" for none. */
static void cell(struct sheet *sheet, const char *result, const char *row, const char *measure,
                 const char *unit, const char *numbers, const char *base, const char *base_id,
                 const char *mark)
{
    sheet->used += (size_t)sprintf(
        sheet->text + sheet->used, "%s.%s.all.%s,%s,%s,all,%s,Row %s,All,%s,%s,%s,%s,,%s,1,1\n",
        result, row, measure, result, row, measure, row, unit, numbers, base, base_id, mark);
}

struct attack {
    struct rk_arena *arena;
    struct rk_diag *diag;
    struct attack_inputs inputs;
    struct attack_findings findings;
};

static const char *release(const struct sheet *sheet, const char *name)
{
    char file[64];

    snprintf(file, sizeof file, "%s/cells.csv", name);
    const char *path = check_write(check_folder(), file, sheet->text);
    char *folder = strdup(path);
    *strrchr(folder, '/') = '\0';
    return folder;
}

static struct attack attack_open(void)
{
    struct attack attack = {.arena = rk_arena_new(), .diag = rk_diag_new(NULL)};

    attack.inputs = (struct attack_inputs){
        .facts = attack_facts_new(attack.arena, attack.diag), .below = 5};
    attack.findings.arena = attack.arena;
    return attack;
}

static void attack_close(struct attack *attack)
{
    rk_diag_free(attack->diag);
    rk_arena_free(attack->arena);
}

/** Attacks one or two releases; the findings of `kind`, and the range of the first of them. */
static size_t found(const struct sheet *first, const struct sheet *second, enum attack_kind kind,
                    double range[2])
{
    struct attack attack = attack_open();
    const struct sheet *sheets[] = {first, second};
    size_t count = 0;

    for (size_t i = 0; i < 2 && sheets[i]; i++) {
        const char *folder = release(sheets[i], i ? "second" : "first");
        CHECK_OK(attack_take(&attack.inputs, folder));
        free((char *)(uintptr_t)folder);
    }
    CHECK_OK(attack_all(&attack.inputs, &attack.findings));
    for (size_t i = 0; i < attack.findings.count; i++) {
        const struct attack_finding *finding = &attack.findings.all[i];
        if (finding->kind != kind)
            continue;
        if (!count++ && range) {
            range[0] = finding->low;
            range[1] = finding->high;
        }
    }
    attack_close(&attack);
    return count;
}

static size_t found_in_table(const long *values, size_t rows, size_t columns, double range[2])
{
    static struct sheet sheet;

    begin(&sheet);
    table(&sheet, "t", values, rows, columns);
    return found(&sheet, NULL, ATTACK_NARROWED, range);
}

/* ---- one table ---- */

static void a_single_masked_cell_of_a_row_is_found(void **state)
{
    double range[2];
    static const long unsafe[] = {-1, 20, 23, 30, 40, 70, 33, 60, 93};
    static const long safe[] = {-1, -1, 23, -1, -1, 70, 33, 60, 93};

    (void)state;
    CHECK_INT(found_in_table(unsafe, 2, 2, range), 1);
    CHECK_NEAR(range[0], 3, 1e-6);
    CHECK_NEAR(range[1], 3, 1e-6);
    CHECK_INT(found_in_table(safe, 2, 2, NULL), 0);
}

/* Each row has two masked cells, and each column; but a column's total is 4. */
static void a_small_total_narrows_its_parts(void **state)
{
    static const long unsafe[] = {-1, -1, 40, -1, -1, 70, 4, 106, 110};
    static const long safe[] = {-1, -1, 40, -1, -1, 70, -1, -1, 110};

    (void)state;
    CHECK(found_in_table(unsafe, 2, 2, NULL) > 0);
    CHECK_INT(found_in_table(safe, 2, 2, NULL), 0);
}

static void a_zero_that_is_printed_leaves_the_total_to_one_cell(void **state)
{
    double range[2];
    static const long unsafe[] = {-1, 0, 0, -1, 20, 30, 40, 90, 22, 30, 40, 92};

    (void)state;
    CHECK(found_in_table(unsafe, 2, 3, range) > 0);
    CHECK_NEAR(range[0], 2, 1e-6);
}

/* The first row's masked cells add up to 0, so they are zeros; the third follows. */
static void a_zero_that_is_implied_is_used(void **state)
{
    double range[2];
    static const long unsafe[] = {-1, -1, 30, 30, -1, -1, 40, 43, 3, 0, 70, 73};

    (void)state;
    CHECK(found_in_table(unsafe, 2, 3, range) > 0);
}

/* ---- more than one table ---- */

static void two_tables_with_one_total_are_subtracted(void **state)
{
    static struct sheet sheet;
    double range[2];

    (void)state;
    /* The base of both is everybody asked; one table has all, the other all but those who left. */
    begin(&sheet);
    cell(&sheet, "a", "yes", "count", "clients", "60,,,,60", "100", "people|x=*|", "");
    cell(&sheet, "a", "no", "count", "clients", "37,,,,37", "100", "people|x=*|", "");
    cell(&sheet, "a", "other", "count", "clients", ",,,,", "100", "people|x=*|", "c");
    CHECK_INT(found(&sheet, NULL, ATTACK_NARROWED, range), 1);
    CHECK_NEAR(range[0], 3, 1e-6);
    /* The same with the third count printed elsewhere, as the base of another table. */
    begin(&sheet);
    cell(&sheet, "a", "yes", "count", "clients", "60,,,,60", "100", "people|x=*|", "");
    cell(&sheet, "a", "no", "count", "clients", ",,,,", "100", "people|x=*|", "c");
    cell(&sheet, "a", "other", "count", "clients", ",,,,", "100", "people|x=*|", "c");
    CHECK_INT(found(&sheet, NULL, ATTACK_NARROWED, NULL), 0);
    cell(&sheet, "b", "all", "count", "clients", "37,,,,37", "37", "people|x=no|", "");
    CHECK(found(&sheet, NULL, ATTACK_NARROWED, range) > 0);
    CHECK_NEAR(range[0], 3, 1e-6);
}

static void a_base_that_is_the_sum_of_others_is_used(void **state)
{
    static struct sheet sheet;
    double range[2];

    (void)state;
    begin(&sheet);
    cell(&sheet, "a", "north", "percent", "percent", "50,,,,10", "20", "people|area=north&x=*|", "");
    cell(&sheet, "a", "south", "percent", "percent", ",,,,", "", "people|area=south&x=*|", "c");
    cell(&sheet, "a", "west", "percent", "percent", "50,,,,15", "30", "people|area=west&x=*|", "");
    cell(&sheet, "a", "all", "percent", "percent", "50,,,,27", "54", "people|area=*&x=*|", "");
    CHECK(found(&sheet, NULL, ATTACK_NARROWED, range) > 0);
}

static void columns_that_add_up_in_every_row_are_found_out(void **state)
{
    static struct sheet sheet;
    double range[2];
    static const long rows[][3] = {{30, 12, 18}, {41, 20, 21}, {55, 25, 30}, {23, 20, -1}};

    (void)state;
    begin(&sheet);
    for (size_t r = 0; r < 4; r++) {
        char row[8];
        snprintf(row, sizeof row, "r%zu", r);
        count_cell(&sheet, "a", row, "asked", rows[r][0]);
        count_cell(&sheet, "a", row, "kept", rows[r][1]);
        count_cell(&sheet, "a", row, "left", rows[r][2]);
    }
    CHECK_INT(found(&sheet, NULL, ATTACK_NARROWED, range), 1);
    CHECK_NEAR(range[0], 3, 1e-6);
}

/* ---- other numbers ---- */

static void a_percentage_betrays_its_count(void **state)
{
    static struct sheet sheet;
    double range[2];

    (void)state;
    begin(&sheet);
    cell(&sheet, "a", "few", "count", "clients", ",,,,", "40", "people|x=*|", "c");
    CHECK_INT(found(&sheet, NULL, ATTACK_NARROWED, NULL), 0);
    cell(&sheet, "a", "few", "percent", "percent", "7.5,,,,", "40", "people|x=*|", "");
    CHECK(found(&sheet, NULL, ATTACK_PRINTED, NULL) + found(&sheet, NULL, ATTACK_NARROWED, range) >
          0);
    CHECK_NEAR(range[0], 3, 1e-6);
}

/* 2/39 in lowest terms is all that 5.128205128205128% can be of a base below 78. */
static void a_percentage_betrays_its_base_as_well(void **state)
{
    static struct sheet sheet;
    long n, d;

    (void)state;
    CHECK(attack_fraction(5.128205128205128 / 100, 1000000, &n, &d));
    CHECK_INT(n, 2);
    CHECK_INT(d, 39);
    CHECK(!attack_fraction(0.3183098861837907, 1000000, &n, &d)); /* 1/pi is no fraction */
    begin(&sheet);
    cell(&sheet, "a", "all", "count", "clients", "45,,,,45", "45", "people|x=*|", "");
    cell(&sheet, "a", "few", "count", "clients", ",,,,", "", "people|x=*&y=*|", "c");
    cell(&sheet, "a", "few", "percent", "percent", "5.128205128205128,,,,", "", "people|x=*&y=*|",
         "");
    CHECK_INT(found(&sheet, NULL, ATTACK_NARROWED, NULL), 0);
}

static void all_but_a_few_are_found(void **state)
{
    static struct sheet sheet;
    double range[2];

    (void)state;
    begin(&sheet);
    cell(&sheet, "a", "yes", "percent", "percent", "98.27586206896551,,,,57", "58", "people|x=*|",
         "");
    CHECK_INT(found(&sheet, NULL, ATTACK_REST, range), 1);
    CHECK_NEAR(range[0], 1, 1e-6);
    begin(&sheet);
    cell(&sheet, "a", "yes", "percent", "percent", "100,,,,58", "58", "people|x=*|", "");
    CHECK_INT(found(&sheet, NULL, ATTACK_REST, NULL), 0);
}

/* The interval of 3 of 20 (Wilson, 95%): its value and its base are hidden. */
static void an_interval_betrays_a_tiny_group(void **state)
{
    static struct sheet sheet;
    double range[2];

    (void)state;
    begin(&sheet);
    cell(&sheet, "a", "few", "percent", "percent", ",5.237,36.042,0.95,", "",
         "people|x=*|", "c");
    CHECK_INT(found(&sheet, NULL, ATTACK_NARROWED, NULL), 0); /* rounded: nothing comes out whole */
    begin(&sheet);
    cell(&sheet, "a", "few", "percent", "percent",
         ",5.236874589621659,36.041886474075696,0.95,", "", "people|x=*|", "c");
    CHECK(found(&sheet, NULL, ATTACK_NARROWED, range) > 0);
    CHECK_NEAR(range[0], 3, 1e-6);
}

/** Any cell of a table: numbers as text, "" for none. */
static void statistic(struct sheet *sheet, const char *result, const char *column,
                      const char *measure, const char *numbers, const char *base,
                      const char *method, const char *mark)
{
    sheet->used += (size_t)sprintf(
        sheet->text + sheet->used, "%s.all.%s.%s,%s,all,%s,%s,Row all,%s,%s,%s,%s,people|x=*|,%s,%s,1,1\n",
        result, column, measure, result, column, measure, column,
        strcmp(measure, "count") ? "p" : "clients", numbers, base, method, mark);
}

/* Four hidden counts with one way to move between them, 0 to 6; chi-square is 5.2205 at 4 and 2 only. */
static void a_test_that_is_printed_betrays_its_table(void **state)
{
    static const long values[] = {-1, -1, 20, 26, -1, -1, 40, 73, 11, 9, 33, 53, 38, 21, 93, 152};
    static const struct {
        const char *method, *measure, *value;
    } rows[] = {
        {"chi-square", "p", "0.2654083585391929,,,,"}, /* R chisq.test */
        {"cramers-v", "v", "0.06309121619292017,,,,"}, /* Bergsma's formula in R */
    };
    static struct sheet sheet;
    double range[2];

    (void)state;
    CHECK_INT(found_in_table(values, 3, 3, NULL), 0);
    for (size_t i = 0; i < 2; i++) {
        begin(&sheet);
        table(&sheet, "t", values, 3, 3);
        statistic(&sheet, "t", "all", rows[i].measure, rows[i].value, "152", rows[i].method, "");
        CHECK(found(&sheet, NULL, ATTACK_NARROWED, range) > 0);
        CHECK_NEAR(range[0], 4, 1e-6);
        CHECK_NEAR(range[1], 4, 1e-6);
    }
}

/* 20 of 60 at first, 30 at last. That 12 gained it and 2 lost it is nowhere in print, but McNemar's
 * p (mid-p) of 12 and 2 is 0.0073852539. */
static void a_change_with_its_test_betrays_who_lost(void **state)
{
    static struct sheet sheet;
    double range[2];

    (void)state;
    begin(&sheet);
    statistic(&sheet, "b", "initial", "count", "20,,,,20", "60", "count", "");
    statistic(&sheet, "b", "latest", "count", "30,,,,30", "60", "count", "");
    CHECK_INT(found(&sheet, NULL, ATTACK_NARROWED, NULL), 0);
    statistic(&sheet, "b", "change", "p", "0.00738525390625,,,,", "60", "mcnemar-midp", "");
    CHECK_INT(found(&sheet, NULL, ATTACK_NARROWED, range), 1);
    CHECK_NEAR(range[0], 2, 1e-6);
}

static void intervals_of_means_events_and_clusters_tell_how_many(void **state)
{
    struct attack_limits four = {10, 10 - 3.182446305284263 * 3 / 2, 10 + 3.182446305284263 * 3 / 2,
                                 0.95}; /* R qt(0.975, 3) */
    struct attack_limits three_events = {0.5, 0.1031120204826003, 1.4612121782903873, 0.95}; /* R poisson.test(3)/6 */
    struct attack_limits none = {0, 0, 70.75982261787134, 0.95},
                         all = {100, 29.24017738212866, 100, 0.95};
    struct attack attack = attack_open();
    struct attack_facts *facts = attack.inputs.facts;
    size_t base = attack_var(facts, "n", "n", ""), count = attack_var(facts, "k", "k", "");

    (void)state;
    attack_mean(facts, base, 3, &four);
    CHECK_NEAR(facts->vars[base].low, 4, 1e-9);
    attack_garwood(facts, count, &three_events);
    CHECK_NEAR(facts->vars[count].low, 3, 1e-9);
    CHECK_INT(attack_clients(&none), 3);
    CHECK_INT(attack_clients(&all), 3);
    none.high = 70.7;
    CHECK_INT(attack_clients(&none), 0);
    attack_close(&attack);
}

static void a_mean_of_a_tiny_group_is_found(void **state)
{
    static struct sheet sheet;

    (void)state;
    begin(&sheet);
    cell(&sheet, "a", "few", "mean", "score", "21.5,,,,", "2", "people|x=*|", "");
    cell(&sheet, "a", "many", "mean", "score", "20.5,,,,", "20", "people|y=*|", "");
    CHECK_INT(found(&sheet, NULL, ATTACK_AVERAGE, NULL), 1);
}

static void a_small_count_in_print_is_found(void **state)
{
    static struct sheet sheet;

    (void)state;
    begin(&sheet);
    count_cell(&sheet, "a", "few", "all", 4);
    count_cell(&sheet, "a", "none", "all", 0);
    count_cell(&sheet, "a", "five", "all", 5);
    CHECK_INT(found(&sheet, NULL, ATTACK_PRINTED, NULL), 1);
}

/* ---- two releases ---- */

static void one_client_between_two_releases_is_found(void **state)
{
    static struct sheet first, second;
    static const long before[] = {30, 40, 70, 50, 20, 70, 80, 60, 140};
    static const long one_more[] = {30, 40, 70, 51, 20, 71, 81, 60, 141};
    static const long many_more[] = {36, 45, 81, 50, 27, 77, 86, 72, 158};

    (void)state;
    begin(&first);
    table(&first, "t", before, 2, 2);
    begin(&second);
    table(&second, "t", one_more, 2, 2);
    CHECK(found(&first, &second, ATTACK_GROWN, NULL) >= 1);
    begin(&second);
    table(&second, "t", many_more, 2, 2);
    CHECK_INT(found(&first, &second, ATTACK_GROWN, NULL), 0);
}

/* Masked in the first release and printed in the second, one client later in all. */
static void a_later_release_does_not_undo_an_earlier_one(void **state)
{
    static struct sheet first, second;
    static const long before[] = {-1, -1, 70, -1, -1, 70, 40, 100, 140};
    static const long after[] = {5, 66, 71, 36, 34, 70, 41, 100, 141};

    (void)state;
    begin(&first);
    table(&first, "t", before, 2, 2);
    CHECK_INT(found(&first, NULL, ATTACK_NARROWED, NULL), 0);
    begin(&second);
    table(&second, "t", after, 2, 2);
    CHECK(found(&first, &second, ATTACK_NARROWED, NULL) > 0);
}

/* ---- words ---- */

static size_t found_in_words(const char *words)
{
    static struct sheet sheet;
    struct attack attack = attack_open();
    size_t count = 0;

    begin(&sheet);
    cell(&sheet, "a", "Salford", "count", "clients", ",,,,", "58", "people|x=*|", "c");
    cell(&sheet, "a", "Bolton", "count", "clients", "20,,,,20", "58", "people|x=*|", "");
    cell(&sheet, "a", "Leeds", "count", "clients", ",,,,", "58", "people|x=*|", "c");
    const char *folder = release(&sheet, "words");
    CHECK_OK(attack_take(&attack.inputs, folder));
    free((char *)(uintptr_t)folder);
    CHECK_OK(attack_take(&attack.inputs, check_write(check_folder(), "words.txt", words)));
    CHECK_OK(attack_all(&attack.inputs, &attack.findings));
    for (size_t i = 0; i < attack.findings.count; i++)
        count += attack.findings.all[i].kind == ATTACK_WORDS;
    attack_close(&attack);
    return count;
}

static void a_sentence_that_gives_a_masked_number_is_found(void **state)
{
    static const struct {
        const char *words;
        size_t found;
    } cases[] = {
        {"Of those in Row Salford, 3 clients found work.", 1},
        {"In Row Salford three clients found work.", 1},
        {"Row Salford is small: 5.2% found work.", 1},
        {"Row Salford has 14 of 58 clients.", 1},            /* masked for the sake of another */
        {"Row Salford is small. In Row Bolton, 20 clients found work.", 0},
        {"Row Salford and its 3 offices are described in section 4.", 0},
        {"Horizontal bars. Row Salford: 4 clients; Row Bolton: 20 clients.", 1}, /* a chart */
        {"Row Salford      3      5.2%", 1},                 /* a line of a table, one place */
        {"Row Salford      [c]      [c]", 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if ((found_in_words(cases[i].words) > 0) != (cases[i].found > 0))
            print_message("case %zu: %s\n", i, cases[i].words);
        CHECK_INT(found_in_words(cases[i].words) > 0, cases[i].found > 0);
    }
}

/* ---- tables as anyone publishes them ---- */

static size_t found_in_csv(const char *text)
{
    struct attack attack = attack_open();
    size_t count;

    CHECK_OK(attack_take(&attack.inputs, check_write(check_folder(), "table.csv", text)));
    CHECK_OK(attack_all(&attack.inputs, &attack.findings));
    count = attack.findings.count;
    attack_close(&attack);
    return count;
}

static void a_table_of_anyone_is_attacked(void **state)
{
    (void)state;
    CHECK_INT(found_in_csv("Area,Yes,No,Total\nNorth,*,20,23\nSouth,30,40,70\nTotal,33,60,93\n"), 1);
    CHECK_INT(found_in_csv("Area,Yes,No,Total\nNorth,*,*,23\nSouth,*,*,70\nTotal,33,60,93\n"), 0);
    /* "<5" twice with a sum of 8 is 4 and 4. */
    CHECK_INT(found_in_csv("Area,Yes,No,Other,Total\nNorth,<5,<5,40,48\nSouth,30,25,18,73\n"), 2);
    CHECK_INT(found_in_csv("Area,Yes,Share\nNorth,3,12%\nSouth,30,40%\n"), 1);
    /* Percentages of the row, rounded, give the first away; the second is 5 of 40 or so. */
    CHECK_INT(found_in_csv("Area,Yes,%,No,Total\nNorth,*,11.5,*,26\nSouth,30,41.1,43,73\n"
                           "West,11,20.8,42,53\nEast,*,13,*,40\nMid,20,50,20,40\n"
                           "Total,69,29.7,163,232\n"),
              1);
    /* The chi-square below a table leaves one of seven. */
    CHECK_INT(found_in_csv("Area,Yes,Maybe,No,Total\nNorth,*,*,20,26\nSouth,*,*,40,73\n"
                           "West,11,9,33,53\nTotal,38,21,93,152\nchi-square,5.22,,,\n"),
              2);
}

static void what_is_no_table_is_refused(void **state)
{
    struct attack attack = attack_open();

    (void)state;
    CHECK_INT(attack_take(&attack.inputs, check_write(check_folder(), "w.csv", "a,b\nx,y\n")),
              RK_CHECK);
    CHECK_INT(attack_take(&attack.inputs, "/nowhere/at/all"), RK_WORLD);
    CHECK_INT(attack_take(&attack.inputs, check_folder()), RK_WORLD);
    attack_close(&attack);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_single_masked_cell_of_a_row_is_found),
        cmocka_unit_test(a_small_total_narrows_its_parts),
        cmocka_unit_test(a_zero_that_is_printed_leaves_the_total_to_one_cell),
        cmocka_unit_test(a_zero_that_is_implied_is_used),
        cmocka_unit_test(two_tables_with_one_total_are_subtracted),
        cmocka_unit_test(a_base_that_is_the_sum_of_others_is_used),
        cmocka_unit_test(columns_that_add_up_in_every_row_are_found_out),
        cmocka_unit_test(a_percentage_betrays_its_count),
        cmocka_unit_test(a_percentage_betrays_its_base_as_well),
        cmocka_unit_test(all_but_a_few_are_found),
        cmocka_unit_test(an_interval_betrays_a_tiny_group),
        cmocka_unit_test(a_test_that_is_printed_betrays_its_table),
        cmocka_unit_test(a_change_with_its_test_betrays_who_lost),
        cmocka_unit_test(intervals_of_means_events_and_clusters_tell_how_many),
        cmocka_unit_test(a_mean_of_a_tiny_group_is_found),
        cmocka_unit_test(a_small_count_in_print_is_found),
        cmocka_unit_test(one_client_between_two_releases_is_found),
        cmocka_unit_test(a_later_release_does_not_undo_an_earlier_one),
        cmocka_unit_test(a_sentence_that_gives_a_masked_number_is_found),
        cmocka_unit_test(a_table_of_anyone_is_attacked),
        cmocka_unit_test(what_is_no_table_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
