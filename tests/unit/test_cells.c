// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_out.h"
#include "pipeline/contract/cells.h"
#include "pipeline/contract/flow.h"
#include "tests/support/check.h"

#include <math.h>
#include <string.h>
#include <sys/stat.h>

static struct rk_run begin(void)
{
    struct rk_run run = {.program = "test", .out_dir = check_folder(), .study_dir = "."};

    run.arena = rk_arena_new();
    run.diag = rk_diag_new("test");
    return run;
}

static void end(struct rk_run *run)
{
    rk_diag_free(run->diag);
    rk_arena_free(run->arena);
}

/* Two cells of one result, on a base whose parent is the rows read. */
static struct results *some(struct rk_run *run, const char *result, double value)
{
    struct results *results = results_new(run->arena);
    const char *parts[] = {"people|sex=male", "people|sex=female"};
    struct cell *cell;

    results_base(results, "read", "records", 888, "rows read", "", "");
    results_base(results, "all", "clients", 830, "all clients", "read", "not excluded");
    cell = results_cell(results, result, "male", "all", "percent", UNIT_PERCENT);
    cell->row_label = "Men, \"so called\"\nby themselves";
    cell->value = value;
    cell->low = value - 0.1;
    cell->high = value + 1.0 / 3;
    cell->level = 0.95;
    cell->numerator = 300;
    cell->base = 830;
    cell->base_id = "all";
    cell->method = "wilson";
    cell->mark = MARK_LOW;
    cell->row_order = 2;
    results_quantity(results, cell, parts[0], 300, false);
    cell = results_cell(results, result, "all", "all", "count", UNIT_CLIENTS);
    cell->value = 830;
    cell->base_id = "all";
    results_quantity(results, cell, "people", 830, true);
    results_quantity(results, NULL, parts[1], 530, false);
    results_sum(results, "people", parts, 2);
    return results;
}

static struct results *back(struct rk_run *run)
{
    struct results *results = NULL;

    CHECK_OK(results_read(run, "30-results", &results));
    return results;
}

static void what_is_written_reads_back_the_same(void **state)
{
    struct rk_run run = begin();
    struct results *results;
    const struct cell *cell;

    (void)state;
    CHECK_OK(results_write(&run, some(&run, "sex", 36.1445783132530119), "tabulate"));
    results = back(&run);
    CHECK_INT(results->cell_count, 2);
    cell = results_find(results, "sex.male.all.percent");
    CHECK_TEXT(cell->row_label, "Men, \"so called\"\nby themselves");
    CHECK_INT(cell->unit, UNIT_PERCENT);
    CHECK(cell->value == 36.1445783132530119);
    CHECK(cell->high == 36.1445783132530119 + 1.0 / 3);
    CHECK_INT(cell->numerator, 300);
    CHECK_INT(cell->base, 830);
    CHECK_INT(cell->mark, MARK_LOW);
    CHECK_INT(cell->row_order, 2);
    cell = results_find(results, "sex.all.all.count");
    CHECK(isnan(cell->low) && isnan(cell->level));
    CHECK_INT(cell->numerator, -1);
    CHECK_TEXT(results_find_base(results, "all")->parent, "read");
    CHECK_INT(results->quantity_count, 3);
    CHECK_INT(results->sum_count, 1);
    CHECK_INT(results->sums[0].count, 2);
    CHECK_INT(results->link_count, 2);
    end(&run);
}

static void a_value_gives_away_what_its_interval_does(void **state)
{
    struct rk_run run = begin();
    struct results *results = results_new(run.arena);
    struct cell *cell = results_cell(results, "change", "all", "change", "points", UNIT_POINTS);

    (void)state;
    cell->mark = MARK_INTERVAL;
    results_quantity_interval(results, cell, "gained", 4, false);
    results_quantity_interval(results, cell, "first", 30, false);
    results_quantity(results, cell, "first", 30, false);
    CHECK_OK(results_write(&run, results, "change"));
    results = back(&run);
    CHECK_INT(results_find(results, "change.all.change.points")->mark, MARK_INTERVAL);
    CHECK_INT(results->link_count, 2);
    CHECK_TEXT(results->links[0].quantity, "first");
    CHECK_INT(results->links[0].part, LINK_VALUE);
    CHECK_TEXT(results->links[1].quantity, "gained");
    CHECK_INT(results->links[1].part, LINK_INTERVAL);
    end(&run);
}

static void rows_stand_in_the_order_of_their_keys(void **state)
{
    struct rk_run run = begin();
    const char *text;

    (void)state;
    CHECK_OK(results_write(&run, some(&run, "sex", 1), "tabulate"));
    text = check_read(run.out_dir, "30-results/cells.csv");
    CHECK(strstr(text, "sex.all.all.count") < strstr(text, "sex.male.all.percent"));
    text = check_read(run.out_dir, "30-results/quantities.csv");
    CHECK(strstr(text, "people|sex=female") < strstr(text, "people|sex=male"));
    CHECK_HAS(check_read(run.out_dir, "30-results/datapackage.json"),
              "\"primaryKey\": \"cell\"");
    end(&run);
}

static void each_stage_leaves_what_the_other_wrote(void **state)
{
    struct rk_run run = begin();
    struct results *results;

    (void)state;
    CHECK_OK(results_write(&run, some(&run, "sex", 1), "tabulate"));
    CHECK_OK(results_write(&run, some(&run, "belief", 2), "change"));
    results = back(&run);
    CHECK_INT(results->cell_count, 4);
    CHECK_INT(results->quantity_count, 3);
    CHECK_INT(results->sum_count, 1);
    CHECK_INT(results->sums[0].stages, 3);
    CHECK_INT(results->link_count, 4);
    CHECK_OK(results_write(&run, some(&run, "age", 3), "tabulate"));
    results = back(&run);
    CHECK(!results_find(results, "sex.male.all.percent"));
    CHECK(results_find(results, "age.male.all.percent"));
    CHECK_NEAR(results_find(results, "belief.male.all.percent")->value, 2, 0);
    CHECK_OK(results_write(&run, results_new(run.arena), "change"));
    results = back(&run);
    CHECK_INT(results->cell_count, 2);
    CHECK_INT(results->quantity_count, 3);
    end(&run);
}

static void a_stage_writes_over_what_it_cannot_read(void **state)
{
    struct rk_run run = begin();
    const char *said;

    (void)state;
    CHECK_OK(results_write(&run, some(&run, "sex", 1), "tabulate"));
    CHECK_OK(results_write(&run, some(&run, "belief", 2), "change"));
    check_write(run.out_dir, "30-results/quantities.csv", "quantity,count\npeople,830\n");
    check_stderr_begin();
    CHECK_OK(results_write(&run, some(&run, "sex", 3), "tabulate"));
    said = check_stderr_end();
    CHECK_HAS(said, "warning: was written by another version of reckon, or is damaged");
    CHECK_HAS(said, "`reckon change` has to run, too");
    CHECK_INT(back(&run)->cell_count, 2);
    CHECK_NEAR(results_find(back(&run), "sex.male.all.percent")->value, 3, 0);
    end(&run);
}

static void the_order_of_the_stages_does_not_show(void **state)
{
    struct rk_run first = begin(), second = begin();
    static const char *const files[] = {"cells", "bases", "quantities",
                                        "sums",  "links", "stages"};

    (void)state;
    CHECK_OK(results_write(&first, some(&first, "sex", 1), "tabulate"));
    CHECK_OK(results_write(&first, some(&first, "belief", 2), "change"));
    CHECK_OK(results_write(&second, some(&second, "belief", 2), "change"));
    CHECK_OK(results_write(&second, some(&second, "sex", 1), "tabulate"));
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        const char *name = rk_arena_printf(first.arena, "30-results/%s.csv", files[i]);

        CHECK_TEXT(check_read(first.out_dir, name), check_read(second.out_dir, name));
    }
    end(&first);
    end(&second);
}

static void true_results_are_closed_to_others(void **state)
{
    struct rk_run run = begin();
    struct stat info;

    (void)state;
    CHECK_OK(results_write(&run, some(&run, "sex", 1), "tabulate"));
    CHECK_OK(stat(rk_run_path(&run, "30-results", NULL), &info));
    CHECK_INT(info.st_mode & 0777, 0700);
    CHECK_OK(stat(rk_run_path(&run, "30-results", "cells.csv"), &info));
    CHECK_INT(info.st_mode & 0777, 0600);
    end(&run);
}

static void a_base_of_the_same_name_is_the_same_base(void **state)
{
    struct rk_run run = begin();
    struct results *results = some(&run, "sex", 1);

    (void)state;
    results_base(results, "all", "clients", 830, "all clients", "read", "not excluded");
    CHECK_INT(results->base_count, 2);
    CHECK(!results_find(results, "sex.nobody.all.count"));
    CHECK(!results_find_base(results, "nobody"));
    end(&run);
}

/* A damaged file of ours is refused with its place. */
static const struct {
    const char *from, *to, *said;
} damages[] = {
    {"830,,,,",              "many,,,,",            "cells.csv:2:9: \"many\" is not a number"},
    {"percent,36.5",         "procent,36.5",        "unknown unit \"procent\""               },
    {"sex.male.all.percent", "sex.men.all.percent", "does not match its parts"               },
    {"cell,result",          "zelle,result",        "there is no column \"cell\""            },
};

static void a_damaged_file_is_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        struct rk_run run = begin();
        struct results *results;
        char *text, *at;
        char *said;

        CHECK_OK(results_write(&run, some(&run, "sex", 36.5), "tabulate"));
        text = check_read(run.out_dir, "30-results/cells.csv");
        at = strstr(text, damages[i].from);
        if (!at) fail_msg("not in the file: %s", damages[i].from);
        check_write(run.out_dir, "30-results/cells.csv",
                    rk_arena_printf(run.arena, "%.*s%s%s", (int)(at - text), text,
                                    damages[i].to, at + strlen(damages[i].from)));
        check_stderr_begin();
        CHECK_INT(results_read(&run, "30-results", &results), RK_WORLD);
        said = check_stderr_end();
        CHECK_HAS(said, damages[i].said);
        end(&run);
    }
}

static void flow_reads_back_in_its_order(void **state)
{
    struct rk_run run = begin();
    struct flow flow = {.arena = run.arena}, back_again;
    struct rk_csv_writer writer;
    struct rk_out *out;

    (void)state;
    flow_add(&flow, "assessments", "read", "", "rows of the extract", 888);
    flow_add(&flow, "assessments", "excluded", "test_record", "test record", 6);
    flow_add(&flow, "areas", "read", "", NULL, 0);
    CHECK_OK(
        rk_out_begin(run.arena, run.diag, rk_run_path(&run, "10-clean", NULL), true, &out));
    writer = (struct rk_csv_writer){.file = rk_out_open(out, "flow.csv")};
    flow_write(&flow, &writer);
    CHECK_OK(rk_out_commit(out));
    CHECK_OK(flow_read(&run, "10-clean", &back_again));
    CHECK_INT(back_again.count, 3);
    CHECK_TEXT(back_again.steps[2].source, "areas");
    CHECK_INT(flow_rows(&back_again, "assessments", "excluded", "test_record"), 6);
    CHECK_INT(flow_rows(&back_again, "assessments", "read", ""), 888);
    CHECK_INT(flow_rows(&back_again, "assessments", "unique", ""), 0);
    end(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_reads_back_the_same),
        cmocka_unit_test(a_value_gives_away_what_its_interval_does),
        cmocka_unit_test(rows_stand_in_the_order_of_their_keys),
        cmocka_unit_test(each_stage_leaves_what_the_other_wrote),
        cmocka_unit_test(a_stage_writes_over_what_it_cannot_read),
        cmocka_unit_test(the_order_of_the_stages_does_not_show),
        cmocka_unit_test(true_results_are_closed_to_others),
        cmocka_unit_test(a_base_of_the_same_name_is_the_same_base),
        cmocka_unit_test(a_damaged_file_is_refused),
        cmocka_unit_test(flow_reads_back_in_its_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
