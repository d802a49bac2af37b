// SPDX-License-Identifier: MIT
/* Every method of `reckon stat` against the numbers of other software. With REFERENCE_TABLE
 * set (`make reference`) the counts are printed method by method. */
#include "tests/support/check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "pipeline/base/rk_text.h"
#include "pipeline/driver/stat_priv.h"

/* ---- one row ------------------------------------------------------------------------- */

struct row {
    const char *id, *method, *input, *quantity, *value, *tier;
    double tolerance;
};

static const struct stat_quantity *find(const struct stat_call *call, const char *name)
{
    for (size_t i = 0; i < call->n_quantities; i++)
        if (strcmp(call->quantities[i].name, name) == 0) return &call->quantities[i];
    return NULL;
}

/* NA means declined: the one quantity, or the whole question for a reason in the data. */
static bool is_declined(const struct stat_call *call, const char *quantity)
{
    if (call->state != STAT_ANSWERED) return call->state == STAT_REFUSED;
    const struct stat_quantity *q = find(call, quantity);
    return q && !q->text && isnan(q->value);
}

/* The relative error, or INFINITY where there is no number to compare. */
static double error_of(const struct stat_call *call, const struct row *row)
{
    const struct stat_quantity *q =
        call->state == STAT_ANSWERED ? find(call, row->quantity) : NULL;
    double wanted;

    if (strcmp(row->value, "NA") == 0)
        return is_declined(call, row->quantity) ? 0 : INFINITY;
    if (!q) return INFINITY;
    if (q->text || !rk_text_number(row->value, &wanted))
        return q->text && strcmp(q->text, row->value) == 0 ? 0 : INFINITY;
    if (isnan(q->value)) return INFINITY;
    return fabs(q->value - wanted) / fmax(fabs(wanted), 1e-8);
}

static void show_miss(const struct stat_call *call, const struct row *row)
{
    const struct stat_quantity *q =
        call->state == STAT_ANSWERED ? find(call, row->quantity) : NULL;
    char number[32] = "nothing";

    if (q && !q->text) rk_text_double(number, q->value);
    print_error("%s (%s): expected %s, got %s%s%s\n", row->id, row->tier, row->value,
                q && q->text ? q->text : number, call->reason ? ": " : "",
                call->reason ? call->reason : "");
}

/* ---- a file of rows ------------------------------------------------------------------ */

enum { MUST, SHOULD, MOONSHOT, TIERS };
static const char *const tiers[TIERS] = {"must", "should", "moonshot"};

struct score {
    size_t met[TIERS], asked[TIERS], shown;
    double worst;
    const char *worst_id;
};

static size_t tier_of(const char *name)
{
    size_t t = 0;
    while (t < TIERS - 1 && strcmp(tiers[t], name) != 0)
        t++;
    return t;
}

static void judge(struct score *score, const struct row *row, double error)
{
    bool met = error <= row->tolerance;
    size_t tier = tier_of(row->tier);

    score->asked[tier]++;
    score->met[tier] += met;
    if (met && error > score->worst) {
        score->worst = error;
        score->worst_id = row->id;
    }
}

/* The scores of each method, in the order of their first rows. */
struct board {
    struct rk_map *names;
    struct score *scores;
    struct score all;
};

static void show_score(const char *name, const struct score *score)
{
    print_message("%-36s", name);
    for (size_t t = 0; t < TIERS; t++) {
        char text[32] = "";

        if (score->asked[t])
            snprintf(text, sizeof text, "%zu/%zu", score->met[t], score->asked[t]);
        print_message(" %11s", text);
    }
    print_message("   %.1e  %s\n", score->worst, score->worst > 0 ? score->worst_id : "");
}

static void show_board(const struct board *board)
{
    print_message("\n%-36s %11s %11s %11s   %s\n", "method", tiers[0], tiers[1], tiers[2],
                  "largest relative error, and where");
    for (size_t i = 0; i < rk_map_count(board->names); i++)
        show_score(rk_map_key(board->names, i), &board->scores[i]);
    show_score("all", &board->all);
}

static struct row read_row(const struct rk_csv_table *table, size_t r)
{
    static const char *const names[] = {"id",    "method", "input",  "quantity",
                                        "value", "tier",   "tol_rel"};
    const char *cells[sizeof names / sizeof *names];
    struct row row;

    for (size_t c = 0; c < sizeof names / sizeof *names; c++) {
        long column = rk_csv_column(table, names[c]);
        assert_true(column >= 0);
        cells[c] = table->cells[r * table->columns + (size_t)column];
    }
    row = (struct row){cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], 0};
    assert_true(rk_text_number(cells[6], &row.tolerance));
    return row;
}

/* Rows of one question stand together; the answer to the last one is kept. */
static void ask_all(struct stat_session *session, const char *path, struct board *board)
{
    struct rk_csv_table table;
    struct stat_call *call = NULL;
    const char *method = "", *input = "";

    CHECK_OK(rk_csv_table_read(session->arena, session->diag, path, &table));
    CHECK(table.rows > 0);
    board->names = rk_map_new(session->arena);
    board->scores = RK_ARRAY(session->arena, struct score, table.rows + 1);
    for (size_t r = 0; r < table.rows; r++) {
        struct row row = read_row(&table, r);
        double error;

        if (!call || strcmp(row.method, method) != 0 || strcmp(row.input, input) != 0)
            call = stat_answer(session, session->arena, row.method, row.input);
        method = row.method;
        input = row.input;
        error = error_of(call, &row);
        judge(&board->all, &row, error);
        judge(&board->scores[rk_map_add(board->names, row.method)], &row, error);
        if (error > row.tolerance && board->all.shown++ < 20) show_miss(call, &row);
    }
}

static void check_file(const char *folder, const char *name)
{
    struct rk_arena *arena = rk_arena_new();
    struct rk_diag *diag = rk_diag_new("test_reference");
    struct stat_session session = {.arena = arena,
                                   .diag = diag,
                                   .folder = rk_arena_printf(arena, "%s/", folder),
                                   .sheet_names = rk_map_new(arena)};
    struct board board = {.all = {.worst_id = ""}};

    ask_all(&session, rk_arena_printf(arena, "%s/%s", folder, name), &board);
    print_message("%s:", name);
    for (size_t t = 0; t < TIERS; t++)
        print_message(" %zu of %zu %s", board.all.met[t], board.all.asked[t], tiers[t]);
    print_message("; largest relative error %.1e (%s)\n", board.all.worst,
                  board.all.worst_id);
    if (getenv("REFERENCE_TABLE")) show_board(&board);

    size_t must_asked = board.all.asked[MUST], must_met = board.all.met[MUST];
    size_t should_asked = board.all.asked[SHOULD], should_met = board.all.met[SHOULD];
    rk_diag_free(diag);
    rk_arena_free(arena);
    CHECK_INT(must_met, must_asked);
    CHECK_INT(should_met, should_asked);
}

static void plain_figures_agree_with_other_software(void **state)
{
    (void)state;
    check_file("tests/reference", "statistics.csv");
}

static void disclosure_control_agrees_with_exact_programs(void **state)
{
    (void)state;
    check_file("tests/reference", "disclosure.csv");
}

static void data_sets_agree_with_other_software(void **state)
{
    const char *folder = getenv("REFERENCE_DIR");

    (void)state;
    if (!folder || !*folder) {
        print_message("REFERENCE_DIR is unset: the data sets were not tried\n");
        skip();
    }
    check_file(folder, "open.csv");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_figures_agree_with_other_software),
        cmocka_unit_test(disclosure_control_agrees_with_exact_programs),
        cmocka_unit_test(data_sets_agree_with_other_software),
    };

    setenv("RECKON_SHARE", "config", 0);
    stats_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
