// SPDX-License-Identifier: MIT
/** Sentences that are made: of a whole result, of what would undo a change, of a claim that fails. */
#include "render/narrative.h"
#include "tests/support/check.h"

#include <string.h>

static const char study_yaml[] =
    "reckon: 1\n"
    "study: small\n"
    "title: A small study\n"
    "data: .\n"
    "cut_off: 2015-03-13\n"
    "people: people\n"
    "rules: {unsupported: UNSUPPORTED}\n"
    "sources:\n"
    "  people:\n"
    "    file: people.csv\n"
    "    key: id\n"
    "    columns:\n"
    "      id: {from: Id, type: id}\n"
    "      area: {from: Area, type: code, codes: [North, South, West]}\n"
    "      sure: {from: Sure, type: code, codes: [Yes, No]}\n"
    "  reviews:\n"
    "    file: reviews.csv\n"
    "    link: id\n"
    "    columns:\n"
    "      id: {from: Id, type: id}\n"
    "      sure: {from: Sure, type: code, codes: [Yes, No]}\n"
    "points:\n"
    "  first: {source: people}\n"
    "  last: {source: reviews, take: first}\n"
    "results:\n"
    "  belief: {change: sure, from: first, to: last, of_interest: yes, by: area, title: Belief}\n"
    "  share: {table: area by sure, percent: row, title: Share}\n";

struct bench {
    struct rk_run run;
    struct results *results;
    const char *folder;
};

static struct cell *add(struct bench *bench, const char *result, const char *row,
                        const char *column, const char *measure, enum cell_unit unit,
                        double value, double low, double high)
{
    struct cell *cell = results_cell(bench->results, result, row, column, measure, unit);

    cell->row_label = strcmp(row, "all") == 0     ? "All"
                      : strcmp(row, "north") == 0 ? "North"
                      : strcmp(row, "south") == 0 ? "South"
                                                  : "West";
    cell->column_label = column;
    cell->row_order = row[0] == 'a' ? 9 : row[0] - 'a';
    cell->value = value;
    cell->low = low;
    cell->high = high;
    cell->level = isnan(low) ? NAN : 0.95;
    cell->base = 200;
    cell->numerator = unit == UNIT_PERCENT ? (long)(2 * value) : -1;
    cell->base_id = "pairs";
    return cell;
}

static struct bench set_up(const char *unsupported)
{
    struct bench bench = {.folder = check_folder()};
    char yaml[sizeof study_yaml + 16];
    const char *slot = strstr(study_yaml, "UNSUPPORTED");

    snprintf(yaml, sizeof yaml, "%.*s%s%s", (int)(slot - study_yaml), study_yaml, unsupported,
             slot + strlen("UNSUPPORTED"));
    check_write(bench.folder, "study.yaml", yaml);
    bench.run = (struct rk_run){
        .program = "test",
        .study_dir = bench.folder,
        .out_dir = bench.folder,
        .arena = rk_arena_new(),
        .diag = rk_diag_new("test"),
    };
    bench.results = results_new(bench.run.arena);
    results_base(bench.results, "pairs", "clients", 200, "clients asked twice", "", "");
    add(&bench, "belief", "all", "initial", "percent", UNIT_PERCENT, 40, 33, 47);
    add(&bench, "belief", "all", "latest", "percent", UNIT_PERCENT, 50, 43, 57);
    add(&bench, "belief", "all", "change", "points", UNIT_POINTS, 10, 4, 16);
    add(&bench, "belief", "all", "change", "undo_answers", UNIT_NUMBER, 8, NAN, NAN);
    add(&bench, "belief", "all", "change", "undo_unreviewed", UNIT_NUMBER, 1, NAN, NAN);
    add(&bench, "belief", "all", "change", "undo_duplicates", UNIT_NUMBER, 9, NAN, NAN);
    add(&bench, "belief", "north", "change", "points", UNIT_POINTS, 12, 5, 19);
    add(&bench, "belief", "south", "change", "points", UNIT_POINTS, 2, -5, 9);
    add(&bench, "belief", "west", "change", "points", UNIT_POINTS, 9, -5, 19)->mark = MARK_LOW;
    add(&bench, "share", "all", "yes", "percent", UNIT_PERCENT, 30, 25, 35);
    add(&bench, "share", "north", "yes", "percent", UNIT_PERCENT, 20, 15, 25);
    add(&bench, "share", "south", "yes", "percent", UNIT_PERCENT, 45, 40, 50);
    return bench;
}

static void tear_down(struct bench *bench)
{
    rk_diag_free(bench->run.diag);
    rk_arena_free(bench->run.arena);
}

static const char *spans(struct bench *bench, struct doc_text text)
{
    const char *all = "";

    for (size_t i = 0; i < text.count; i++)
        all = rk_arena_printf(bench->run.arena, "%s%s", all, text.spans[i].text);
    return all;
}

/** What the only paragraph of a report prints. */
static const char *printed(struct bench *bench, const char *text)
{
    struct narrative *narrative;

    check_write(bench->folder, "report.md", text);
    CHECK_OK(narrative_read(&bench->run, bench->results, "report", &narrative));
    for (size_t i = 0; i < narrative->doc.count; i++)
        if (narrative->doc.blocks[i]->kind == DOC_PARAGRAPH)
            return spans(bench, narrative->doc.blocks[i]->text);
    return "";
}

static void what_would_undo_a_change_is_said_in_people(void **state)
{
    struct bench bench = set_up("fail");

    (void)state;
    CHECK_TEXT(printed(&bench, "{{ fragility belief.all.change.points }}\n"),
               "It would take 8 wrong answers, or 1 person not asked twice who had moved the other "
               "way, or 9 double entries among those who moved to undo this.");
    tear_down(&bench);
}

static void a_headline_that_claims_a_clear_change_says_what_would_undo_it(void **state)
{
    static const char *const texts[] = {
        "::: {.callout}\n?? belief.all.change.points excludes 0 : \"Belief rose.\"\n:::\n",
        "::: {.callout fragility=no}\n?? belief.all.change.points excludes 0 : \"Belief "
        "rose.\"\n:::\n",
        "::: {.callout}\nNothing is claimed.\n:::\n",
    };
    static const size_t lines[] = {2, 1, 1};
    struct bench bench = set_up("fail");

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        struct narrative *narrative;
        check_write(bench.folder, "report.md", texts[i]);
        CHECK_OK(narrative_read(&bench.run, bench.results, "report", &narrative));
        const struct doc_block *callout = NULL;
        for (size_t k = 0; k < narrative->doc.count; k++)
            if (narrative->doc.blocks[k]->kind == DOC_CALLOUT)
                callout = narrative->doc.blocks[k];
        assert_non_null(callout);
        CHECK_INT(callout->count, lines[i]);
    }
    tear_down(&bench);
}

static void a_result_is_said_as_a_whole(void **state)
{
    struct bench bench = set_up("fail");

    (void)state;
    CHECK_TEXT(printed(&bench, "It is so: {{ say belief }}.\n"),
               "It is so: overall rose from 40.0% to 50.0%: 10.0 percentage points (95% CI 4.0 to "
               "16.0); a clear change in North; no clear change in South; too few to say, or not "
               "shown, in West.");
    CHECK_TEXT(printed(&bench, "It is so: {{ say share }}.\n"),
               "It is so: 60 of 200, 30.0% (95% CI 25.0% to 35.0%); from 20.0% (North) to 45.0% "
               "(South).");
    tear_down(&bench);
}

static void a_claim_may_rest_on_several_cells(void **state)
{
    struct bench bench = set_up("fail");

    (void)state;
    CHECK_TEXT(printed(&bench, "?? belief.all.change.points > 0 and excludes 0 and "
                               "share.all.yes.percent < 40 : \"Yes\" else \"No\"\n"),
               "Yes");
    CHECK_TEXT(printed(&bench, "?? belief.all.change.points > 0 and excludes 0 and "
                               "share.all.yes.percent > 40 : \"Yes\" else \"No\"\n"),
               "No");
    tear_down(&bench);
}

static void an_unsupported_claim_fails_or_where_the_study_says_so_becomes_honest(void **state)
{
    static const char claim[] =
        "?? belief.south.change.points > 0 and excludes 0 : \"Belief in the south rose.\"\n";
    struct bench strict = set_up("fail"), soft = set_up("soften");
    struct narrative *narrative;

    (void)state;
    check_write(strict.folder, "report.md", claim);
    CHECK_INT(narrative_read(&strict.run, strict.results, "report", &narrative), RK_STUDY);
    CHECK_TEXT(printed(&soft, claim),
               "Belief: no clear change: 2.0 percentage points (95% CI \u22125.0 to 9.0).");
    tear_down(&strict);
    tear_down(&soft);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_would_undo_a_change_is_said_in_people),
        cmocka_unit_test(a_headline_that_claims_a_clear_change_says_what_would_undo_it),
        cmocka_unit_test(a_result_is_said_as_a_whole),
        cmocka_unit_test(a_claim_may_rest_on_several_cells),
        cmocka_unit_test(an_unsupported_claim_fails_or_where_the_study_says_so_becomes_honest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
