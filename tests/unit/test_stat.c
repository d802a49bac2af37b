// SPDX-License-Identifier: MIT
/* `reckon stat`: how a question is read, and how an answer or a refusal comes back. */
#include "tests/support/check.h"

#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "pipeline/driver/stat_priv.h"

/* ---- asking
 * ------------------------------------------------------------------------------- */

static struct rk_arena *arena;
static struct rk_diag *diag;
static struct stat_session session;

static int open_session(void **state)
{
    (void)state;
    arena = rk_arena_new();
    diag = rk_diag_new("test_stat");
    session = (struct stat_session){
        .arena = arena, .diag = diag, .folder = "", .sheet_names = rk_map_new(arena)};
    return 0;
}

static int close_session(void **state)
{
    (void)state;
    rk_diag_free(diag);
    rk_arena_free(arena);
    return 0;
}

static double value_of(const struct stat_call *call, const char *name)
{
    for (size_t i = 0; i < call->n_quantities; i++)
        if (strcmp(call->quantities[i].name, name) == 0) return call->quantities[i].value;
    return NAN;
}

static struct stat_call *ask(const char *method, const char *input)
{
    return stat_answer(&session, arena, method, input);
}

/* A data file in a fresh folder, which questions then look in. */
static void give(const char *name, const char *text)
{
    const char *folder = check_folder();
    check_write(folder, name, text);
    session.folder = rk_arena_printf(arena, "%s/", folder);
}

static char *printed(const struct stat_call *call, enum stat_style style)
{
    char *text = NULL;
    size_t bytes = 0;
    FILE *out = open_memstream(&text, &bytes);

    stat_print(call, "x=55", style, out);
    fclose(out);
    return text;
}

/* ---- keys and values
 * ------------------------------------------------------------------------ */

static void blanks_and_order_of_keys_do_not_matter(void **state)
{
    struct stat_call *call = ask("target_posterior", " target = 0.2 ; n=200;x= 55 ");

    (void)state;
    CHECK_INT(call->state, STAT_ANSWERED);
    CHECK_NEAR(value_of(call, "post_mean"), 0.2761194029850746, 1e-15);
}

static void a_wrong_question_names_the_nearest_right_one(void **state)
{
    static const struct {
        const char *method, *input, *says;
        // clang-format off
    } cases[] = {
        {"targt_posterior", "x=1;n=2;target=0.2", "did you mean \"target_posterior\"?"},
        {"target_posterior", "x=1;n=2;targt=0.2", "did you mean \"target\"?"},
        {"target_posterior", "x=1;n=2", "target is missing"},
        {"target_posterior", "x=one;n=2;target=0.2", "x=one is not a number"},
        {"target_posterior", "x=1.5;n=2;target=0.2", "x=1.5 is not a count"},
        {"target_posterior", "x=-1;n=2;target=0.2", "x=-1 is not a count"},
        {"target_posterior", "x=1;x=1;n=2;target=0.2", "x is given twice"},
        {"target_posterior", "x=1;n=2;target=0.2;conf=95", "conf=95 is not a fraction"},
        {"target_posterior", "x=1;n=2;target=0.2;prior=Beta(0,1)", "is not a prior"},
        {"eb_shrinkage", "x=1,2;n=3", "x has 2 areas, n has 1"},
        {"eb_shrinkage", "x=1,two;n=3,4", "\"two\" is not a number"},
        {"cronbach_alpha", "table=1,2|3", "row 2 has 1 numbers, the first has 2"},
        {"base_from_percentages", "pct=1.234;dp=2", "does not have 2 decimals"},
        {"base_from_percentages", "pct=1.23;dp=2;must_sum_to_n=maybe",
         "neither yes nor no"},
    };
    // clang-format on

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct stat_call *call = ask(cases[i].method, cases[i].input);
        CHECK_INT(call->state, STAT_MISUSED);
        CHECK_HAS(call->reason, cases[i].says);
    }
}

static void a_note_is_always_allowed(void **state)
{
    (void)state;
    CHECK_INT(ask("spc_xmr", "x=1,2,3;note=last month left out")->state, STAT_ANSWERED);
}

static void a_question_without_an_answer_says_why(void **state)
{
    struct stat_call *call = ask("logistic", "y=0,0,0,1,1,1;x=1,2,3,4,5,6");

    (void)state;
    CHECK_INT(call->state, STAT_REFUSED);
    CHECK_HAS(call->reason, "logistic_firth");
}

/* ---- data files
 * ------------------------------------------------------------------------------ */

static const char PEOPLE[] = "id,area,score,age,area-code\n"
                             "1,Salford,4,30,1\n"
                             "2,Bolton,5,41,2\n"
                             "3,Salford,NA,25,1\n"
                             "4,Trafford,2,,3\n"
                             "5,Bolton,1,50,2\n"
                             "6,Trafford,3,38,3\n";

static struct stat_column column_of(struct stat_call *call, const char *expression)
{
    struct stat_column column = stat_column_of(call, expression);
    CHECK(!stat_stopped(call));
    return column;
}

static struct stat_call *about_people(const char *more)
{
    give("people.csv", PEOPLE);
    struct stat_call *call =
        ask("logistic", rk_arena_printf(arena, "data=people.csv;%s", more));
    /* the model itself is not the point: take the call's data and start anew */
    call->state = STAT_ANSWERED;
    call->reason = NULL;
    return call;
}

static void expressions_name_columns_conditions_and_differences(void **state)
{
    struct stat_call *call = about_people("y=score==4;x=age;na=drop");

    (void)state;
    CHECK_NEAR(column_of(call, "score").value[1], 5, 0);
    CHECK(isnan(column_of(call, "score").value[2]));
    CHECK_NEAR(column_of(call, "area==Salford").value[2], 1, 0);
    CHECK_NEAR(column_of(call, "area!=Salford").value[2], 0, 0);
    CHECK_NEAR(column_of(call, "age>=38").value[5], 1, 0);
    CHECK(isnan(column_of(call, "age>=38").value[3]));
    CHECK_NEAR(column_of(call, "score==4.0").value[0], 1, 0); /* the same number */
    CHECK_NEAR(column_of(call, "age-score").value[0], 26, 0);
    CHECK(isnan(column_of(call, "age-score").value[2]));
    CHECK_NEAR(column_of(call, "area-code").value[3], 3, 0); /* a name with a minus in it */
    CHECK_NEAR(column_of(call, "age-area-code").value[1], 39, 0);
}

static void a_filter_keeps_rows_that_answer_it(void **state)
{
    struct stat_call *call = about_people("y=score==4;x=age;na=drop;filter=age>30");

    (void)state;
    CHECK_INT(column_of(call, "score").n, 3); /* a missing age is not above 30 */
    call =
        ask("spc_xmr", "x=1,2;filter=a==b"); /* without a file there is nothing to keep */
    CHECK_INT(call->state, STAT_MISUSED);
}

static void missing_values_must_be_dropped_on_purpose(void **state)
{
    struct stat_call *call;

    (void)state;
    give("people.csv", PEOPLE);
    call = ask("nist_linreg", "data=people.csv;y=score;x=age");
    CHECK_INT(call->state, STAT_MISUSED);
    CHECK_HAS(call->reason, "2 of 6 rows have a missing value; na=drop");
    call = ask("nist_linreg", "data=people.csv;y=score;x=age;na=drop");
    CHECK_INT(call->state, STAT_ANSWERED);
    CHECK_NEAR(value_of(call, "n"), 4, 0);
    CHECK_HAS(ask("nist_linreg", "data=people.csv;y=score;x=age;na=omit")->reason,
              "na=omit");
}

static void names_that_are_not_there_are_told(void **state)
{
    struct stat_call *call;

    (void)state;
    give("people.csv", PEOPLE);
    call = ask("nist_linreg", "data=people.csv;y=scor;x=age");
    CHECK_HAS(call->reason, "no column \"scor\"; did you mean \"score\"?");
    call = ask("nist_linreg", "data=people.csv;y=score;x=area(ref=Saltford);na=drop");
    CHECK_HAS(call->reason, "did you mean \"Salford\"?");
    call = ask("nist_linreg", "data=people.csv;y=area;x=age;na=drop");
    CHECK_HAS(call->reason, "not a column of numbers (line 2");
    call = ask("nist_linreg", "data=nobody.csv;y=area;x=age");
    CHECK_INT(call->state, STAT_NO_FILE);
    call = ask("nist_linreg", "data=people.csv;y=score;x=age;filter=area==Leeds;na=drop");
    CHECK_INT(call->state, STAT_REFUSED);
    CHECK_HAS(call->reason, "no row passes filter=area==Leeds");
}

static void files_are_found_in_the_folder_data_too(void **state)
{
    (void)state;
    give("data/people.csv", PEOPLE);
    CHECK_INT(ask("nist_linreg", "data=people.csv;y=score;x=age;na=drop")->state,
              STAT_ANSWERED);
}

/* ---- groups and terms
 * --------------------------------------------------------------------------- */

static void groups_in_runs_keep_the_order_of_the_file(void **state)
{
    struct stat_call *call;

    (void)state;
    give("runs.csv",
         "g,t,e\nzeta,1,1\nzeta,2,1\nzeta,4,1\nalpha,3,1\nalpha,5,1\nalpha,6,1\n");
    call = ask("logrank", "data=runs.csv;time=t;event=e;group=g");
    CHECK_HAS(call->sentences[0], "zeta");
    give("mixed.csv",
         "g,t,e\nzeta,1,1\nalpha,3,1\nzeta,2,1\nalpha,5,1\nzeta,4,1\nalpha,6,1\n");
    call = ask("logrank", "data=mixed.csv;time=t;event=e;group=g");
    CHECK_HAS(call->sentences[0], "alpha");
    call = ask("logrank", "data=mixed.csv;time=t;event=e;group=g;order=zeta,alpha");
    CHECK_HAS(call->sentences[0], "zeta");
}

static void numbered_groups_stand_in_the_order_of_numbers(void **state)
{
    struct stat_call *call;

    (void)state;
    give("n.csv", "g,t,e\n10,1,1\n10,2,1\n10,4,1\n9,3,1\n9,5,1\n9,6,1\n");
    call = ask("logrank", "data=n.csv;time=t;event=e;group=g");
    CHECK_HAS(call->sentences[0], "9:");
}

static void terms_become_columns_with_a_reference(void **state)
{
    struct stat_call *call;

    (void)state;
    give("people.csv", PEOPLE);
    call = ask("ols_hc_robust",
               "data=people.csv;y=id;x=area(ref=Trafford),area-code(factor:ref=1)");
    CHECK_HAS(call->reason, "repeats the others"); /* the code says what the area says */
    call = ask("ols_hc_robust", "data=people.csv;y=id;x=area(ref=Trafford)");
    CHECK_NEAR(value_of(call, "b_Intercept"), 5, 1e-12);
    CHECK_NEAR(value_of(call, "b_areaSalford"), -3, 1e-12);
    CHECK_NEAR(value_of(call, "b_Bolton"), -1.5, 1e-12);
    call = ask("ols_hc_robust", "data=people.csv;y=id;x=area-code(factor)");
    CHECK_NEAR(value_of(call, "b_area-code3"), 3, 1e-12);
    call = ask("ols_hc_robust", "data=people.csv;y=id;x=area");
    CHECK_NEAR(value_of(call, "b_areaTrafford"), 1.5,
               1e-12); /* Bolton is first by alphabet */
}

static void a_level_without_rows_left_is_no_column(void **state)
{
    struct stat_call *call;

    (void)state;
    give("people.csv", PEOPLE);
    call = ask("ols_hc_robust",
               "data=people.csv;y=id;x=area(ref=Bolton);filter=area!=Salford");
    CHECK_INT(call->state, STAT_ANSWERED);
    CHECK(isnan(value_of(call, "b_areaSalford")));
    CHECK_NEAR(value_of(call, "b_areaTrafford"), 1.5, 1e-12);
}

static void a_range_of_columns_is_every_column_between(void **state)
{
    struct stat_call *call;

    (void)state;
    give("r.csv", "y,x1,x2,x3\n1,1,0,2\n2,0,1,5\n4,1,1,1\n3,0,0,9\n8,2,1,4\n");
    call = ask("nist_linreg", "data=r.csv;y=y;x=x1..x3");
    CHECK(!isnan(value_of(call, "b3")));
    CHECK_HAS(ask("nist_linreg", "data=r.csv;y=y;x=x3..x1")->reason, "not a range");
}

/* ---- what is printed
 * ---------------------------------------------------------------------------- */

static void every_style_prints_the_answer_and_its_source(void **state)
{
    struct stat_call *call = ask("target_posterior", "x=55;n=200;target=0.2");
    char *text = printed(call, STAT_STYLE_TEXT), *csv = printed(call, STAT_STYLE_CSV),
         *json = printed(call, STAT_STYLE_JSON);

    (void)state;
    CHECK_HAS(text, "55 of 200 against a target of 20.0%");
    CHECK_HAS(text, "Source: ");
    CHECK_HAS(csv, "\npost_mean,0.276119402985074");
    CHECK_HAS(json, "\"post_mean\": 0.276119402985074");
    CHECK_HAS(json, "\"source\": \"");
    free(text);
    free(csv);
    free(json);
}

static void a_refusal_prints_its_reason_in_every_style(void **state)
{
    struct stat_call *call = ask("run_chart", "x=");
    char *text = printed(call, STAT_STYLE_TEXT), *csv = printed(call, STAT_STYLE_CSV),
         *json = printed(call, STAT_STYLE_JSON);

    (void)state;
    CHECK_HAS(text, "not computed: ");
    CHECK_HAS(csv, "error,");
    CHECK_HAS(json, "\"error\": ");
    free(text);
    free(csv);
    free(json);
}

static void rounding_follows_the_decimal_people_see(void **state)
{
    static const struct {
        double value;
        int decimals;
        const char *text;
    } cases[] = {
        {0.25,  1, "0.3"         },
        {0.35,  1, "0.4"         },
        {-0.25, 1, "-0.3"        },
        {12.5,  0, "13"          },
        {1.005, 2, "1.01"        },
        {-0.04, 1, "0.0"         },
        {2.675, 2, "2.68"        },
        {NAN,   1, "not computed"},
    };
    struct stat_call *call = ask("spc_xmr", "x=1,2");

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        CHECK_TEXT(stat_fixed(call, cases[i].value, cases[i].decimals), cases[i].text);
    CHECK_TEXT(stat_percent(call, 0.3745), "37.5%");
    CHECK_TEXT(stat_p(call, 0.0004), "p < 0.001");
    CHECK_TEXT(stat_p(call, 0.0341), "p = 0.034");
    CHECK_TEXT(stat_ci_percent(call, 0.1, 0.255), "95% CI 10.0% to 25.5%");
}

static void every_method_describes_itself_and_has_its_own_name(void **state)
{
    size_t n;
    const struct stat_method **all = stat_all(arena, &n);

    (void)state;
    CHECK(n > 20);
    for (size_t i = 0; i < n; i++) {
        const char *nearest = NULL;
        CHECK(all[i]->inputs && all[i]->meaning && all[i]->source && all[i]->ask);
        CHECK(stat_find(all[i]->name, &nearest) == all[i]);
    }
}

/* A question with nothing in it must be refused by every method, never answered or crash.
 */
static void every_method_survives_an_empty_question(void **state)
{
    size_t n;
    const struct stat_method **all = stat_all(arena, &n);

    (void)state;
    for (size_t i = 0; i < n; i++)
        CHECK(ask(all[i]->name, "")->state != STAT_ANSWERED);
}

/* ---- case files
 * ----------------------------------------------------------------------------------- */

static char *answers_to(const char *cases)
{
    const char *folder = check_folder(), *path = check_write(folder, "cases.csv", cases);
    char *text = NULL;
    size_t bytes = 0;
    FILE *out = open_memstream(&text, &bytes);

    check_write(folder, "people.csv", PEOPLE);
    CHECK_OK(stat_cases(&session, path, out));
    fclose(out);
    return text;
}

static void every_row_of_a_case_file_is_answered_under_its_id(void **state)
{
    char *text = answers_to(
        "id,tier,method,input\n"
        "a,must,clinical_cutoff_c,mean_clin=10;sd_clin=2;mean_norm=20;sd_norm=2\n"
        "b,must,clinical_cutoff_c,mean_clin=10;sd_clin=2;mean_norm=20;sd_norm=2\n"
        "c,must,run_chart,x=\n"
        "d,must,run_chrt,\"x=1,2\"\n"
        "e,must,nist_linreg,data=people.csv;y=score;x=age;na=drop\n");

    (void)state;
    CHECK_HAS(text, "id,method,quantity,value\n");
    CHECK_HAS(text, "\na,clinical_cutoff_c,c,15\n");
    CHECK_HAS(text, "\nb,clinical_cutoff_c,c,15\n");
    CHECK_HAS(text, "\nc,run_chart,error,");
    CHECK_HAS(text, "\nd,run_chrt,error,");
    CHECK_HAS(text, "\ne,nist_linreg,n,4\n");
    free(text);
}

static void a_quantity_that_is_not_there_is_written_as_na(void **state)
{
    char *text = answers_to("id,method,input\n1,kaplan_meier,\"time=1,2,3;event=0,0,0\"\n");

    (void)state;
    CHECK_HAS(text, "1,kaplan_meier,median,NA\n");
    CHECK_HAS(text, "1,kaplan_meier,S_t3,1\n");
    free(text);
}

static void a_file_without_the_columns_is_no_case_file(void **state)
{
    const char *path = check_write(check_folder(), "cases.csv", "id,method\n1,run_chart\n");

    (void)state;
    check_stderr_begin();
    CHECK_INT(stat_cases(&session, path, stdout), RK_USAGE);
    CHECK_HAS(check_stderr_end(), "id, method and input");
}

/* ---- the verb
 * -------------------------------------------------------------------------------------- */

/* Runs the verb with its output thrown away; what it says stays readable through *said. */
static int verb(const char *a, const char *b, const char **said)
{
    char program[] = "stat";
    char *first = rk_arena_copy(arena, a), *second = b ? rk_arena_copy(arena, b) : NULL;
    char *argv[] = {program, first, second, NULL};

    fflush(stdout);
    int real = dup(STDOUT_FILENO), nowhere = open("/dev/null", O_WRONLY);
    assert_true(real >= 0 && nowhere >= 0 && dup2(nowhere, STDOUT_FILENO) >= 0);
    check_stderr_begin();
    int status = driver_stat(b ? 3 : 2, argv);
    *said = check_stderr_end();
    fflush(stdout);
    dup2(real, STDOUT_FILENO);
    close(real);
    close(nowhere);
    return status;
}

static void the_exit_status_tells_what_became_of_a_question(void **state)
{
    static const struct {
        const char *first, *second;
        int status;
        const char *says;
        // clang-format off
    } cases[] = {
        {"spc_xmr", "x=1,2,3", RK_OK, ""},
        {"--list", NULL, RK_OK, ""},
        {"--list", "survival", RK_OK, ""},
        {"--help", NULL, RK_OK, ""},
        {"--csv", "run_chart", RK_USAGE, "takes: x"},
        {"spc_xmr", "x=1", RK_CHECK, ""},
        {"spc_xmr", "y=1", RK_USAGE, "does not take"},
        {"spc_xmr", NULL, RK_USAGE, "takes: x"},
        {"spc", "x=1,2", RK_USAGE, "there is no method"},
        {"kaplan_meier", "data=nowhere.csv;time=t;event=e", RK_WORLD, "nowhere.csv"},
        {"--cases", "nowhere.csv", RK_WORLD, "nowhere.csv"},
        {"--wrong", NULL, RK_USAGE, "unrecognized option"},
    };
    // clang-format on

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *said;
        CHECK_INT(verb(cases[i].first, cases[i].second, &said), cases[i].status);
        CHECK_HAS(said, cases[i].says);
    }
}

#define ON_ITS_OWN(test) cmocka_unit_test_setup_teardown(test, open_session, close_session)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_ITS_OWN(blanks_and_order_of_keys_do_not_matter),
        ON_ITS_OWN(a_wrong_question_names_the_nearest_right_one),
        ON_ITS_OWN(a_note_is_always_allowed),
        ON_ITS_OWN(a_question_without_an_answer_says_why),
        ON_ITS_OWN(expressions_name_columns_conditions_and_differences),
        ON_ITS_OWN(a_filter_keeps_rows_that_answer_it),
        ON_ITS_OWN(missing_values_must_be_dropped_on_purpose),
        ON_ITS_OWN(names_that_are_not_there_are_told),
        ON_ITS_OWN(files_are_found_in_the_folder_data_too),
        ON_ITS_OWN(groups_in_runs_keep_the_order_of_the_file),
        ON_ITS_OWN(numbered_groups_stand_in_the_order_of_numbers),
        ON_ITS_OWN(terms_become_columns_with_a_reference),
        ON_ITS_OWN(a_level_without_rows_left_is_no_column),
        ON_ITS_OWN(a_range_of_columns_is_every_column_between),
        ON_ITS_OWN(every_style_prints_the_answer_and_its_source),
        ON_ITS_OWN(a_refusal_prints_its_reason_in_every_style),
        ON_ITS_OWN(rounding_follows_the_decimal_people_see),
        ON_ITS_OWN(every_method_describes_itself_and_has_its_own_name),
        ON_ITS_OWN(every_method_survives_an_empty_question),
        ON_ITS_OWN(every_row_of_a_case_file_is_answered_under_its_id),
        ON_ITS_OWN(a_quantity_that_is_not_there_is_written_as_na),
        ON_ITS_OWN(a_file_without_the_columns_is_no_case_file),
        ON_ITS_OWN(the_exit_status_tells_what_became_of_a_question),
    };

    setenv("RECKON_SHARE", "config", 0);
    stats_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
