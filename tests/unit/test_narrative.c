// SPDX-License-Identifier: MIT
#include "render/narrative.h"
#include "tests/support/check.h"

#include <string.h>

static const char study_yaml[] =
    "reckon: 1\n"
    "study: small\n"
    "title: A small study\n"
    "programme: Small\n"
    "data: .\n"
    "period_start: 2015-01-01\n"
    "cut_off: 2015-03-13\n"
    "people: people\n"
    "sources:\n"
    "  people:\n"
    "    label: Register\n"
    "    file: people.csv\n"
    "    key: id\n"
    "    columns:\n"
    "      id: {from: Id, type: id}\n"
    "      believe: {from: Believe, type: code, codes: [Yes, No], label: Do you believe it?}\n"
    "      area: {from: Area, type: code, codes: [North, South]}\n"
    "results:\n"
    "  belief: {table: area by believe, percent: row}\n"
    "  hope: {table: area by believe, percent: row}\n";

struct bench {
    struct rk_run run;
    struct results *results;
    const char *folder;
};

static void add_share(struct bench *bench, const char *row, const char *label, long n, long base)
{
    struct cell *cell =
        results_cell(bench->results, "belief", row, "yes", "percent", UNIT_PERCENT);

    cell->row_label = label;
    cell->column_label = "Yes";
    cell->value = 100.0 * (double)n / (double)base;
    cell->low = cell->value - 5;
    cell->high = cell->value + 5;
    cell->level = 0.95;
    cell->numerator = n;
    cell->base = base;
    cell->base_id = "answered";
    cell->method = "wilson";
    cell->row_order = strcmp(row, "all") == 0 ? 9 : strcmp(row, "south") == 0;
}

static struct bench set_up(void)
{
    struct bench bench = {.folder = check_folder()};

    check_write(bench.folder, "study.yaml", study_yaml);
    bench.run = (struct rk_run){
        .program = "test",
        .study_dir = bench.folder,
        .out_dir = bench.folder,
        .arena = rk_arena_new(),
        .diag = rk_diag_new("test"),
    };
    bench.results = results_new(bench.run.arena);
    results_base(bench.results, "answered", "clients", 526, "clients who answered", "", "");
    add_share(&bench, "north", "North", 119, 326);
    add_share(&bench, "south", "South", 50, 200);
    add_share(&bench, "all", "All", 169, 526);
    struct cell *hope =
        results_cell(bench.results, "hope", "south", "yes", "percent", UNIT_PERCENT);
    hope->value = 12.5;
    hope->numerator = 25;
    hope->base = 200;
    hope->row_label = "South";
    hope->column_label = "Yes";
    struct cell *masked =
        results_cell(bench.results, "belief", "north", "no", "percent", UNIT_PERCENT);
    masked->mark = MARK_MASKED;
    masked->row_label = "North";
    masked->column_label = "No";
    struct cell *change =
        results_cell(bench.results, "move", "all", "change", "points", UNIT_POINTS);
    change->value = 7.361963;
    change->low = 3.5;
    change->high = 11.2;
    change->level = 0.95;
    change->base = 326;
    change->row_label = change->column_label = "All";
    return bench;
}

static void tear_down(struct bench *bench)
{
    rk_diag_free(bench->run.diag);
    rk_arena_free(bench->run.arena);
}

static rk_status read_text(struct bench *bench, const char *text, struct narrative **out)
{
    check_write(bench->folder, "report.md", text);
    return narrative_read(&bench->run, bench->results, "report", out);
}

static const char *flat(struct bench *bench, struct doc_text text)
{
    const char *all = "";

    for (size_t i = 0; i < text.count; i++)
        all = rk_arena_printf(bench->run.arena, "%s%s", all, text.spans[i].text);
    return all;
}

/** The first block of a kind, in the order of the document. */
static const struct doc_block *block_of(const struct narrative *narrative, enum doc_kind kind)
{
    for (size_t i = 0; i < narrative->doc.count; i++)
        if (narrative->doc.blocks[i]->kind == kind)
            return narrative->doc.blocks[i];
    fail_msg("no block of kind %d", kind);
    return NULL;
}

static void numbers_print_as_the_words_after_the_bar_ask(void **state)
{
    static const struct {
        const char *bound, *printed;
    } cases[] = {
        {"{{ belief.north.yes.percent }}", "36.5%"},
        {"{{ belief.north.yes.percent | bare }}", "36.5"},
        {"{{ belief.north.yes.percent | whole }}", "37%"},
        {"{{belief.north.yes.percent|of}}", "119 of 326"},
        {"{{ belief.north.yes.percent | n }}", "119"},
        {"{{ belief.north.yes.percent | base }}", "326"},
        {"{{ belief.north.yes.percent | full }}", "119 of 326, 36.5% (95% CI 31.5% to 41.5%)"},
        {"{{ belief.north.yes.percent | row }}", "North"},
        {"{{ belief.north.yes.percent | base_words }}", "clients who answered"},
        {"{{ belief.north.no.percent }}", "[c]"},
        {"{{ belief.north.no.percent | of }}", "[c] of [c]"},
        {"{{ move.all.change.points }}", "7.4 percentage points"},
        {"{{ move.all.change.points | plus }}", "+7.4"},
        {"{{ move.all.change.points | ci }}", "7.4 percentage points (95% CI 3.5 to 11.2)"},
        {"{{ belief.north.yes.percent | bigger than belief.south.yes.percent }}", "36.5%"},
        {"{{ study.cut_off }}", "13 March 2015"},
        {"{{ label believe }}", "Do you believe it?"},
        {"{{ reported 532 | source=\"a letter\" }}", "532"},
        {"`{{ not bound }}`", "{{ not bound }}"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct bench bench = set_up();
        struct narrative *narrative;
        CHECK_OK(read_text(&bench, rk_arena_printf(bench.run.arena, "# One\n\n%s\n",
                                                   cases[i].bound),
                           &narrative));
        CHECK_TEXT(flat(&bench, block_of(narrative, DOC_PARAGRAPH)->text), cases[i].printed);
        tear_down(&bench);
    }
}

static void every_mistake_is_named_with_its_place(void **state)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"# One\n\n{{ belief.nroth.yes.percent }}\n",
         "report.md:3:1: there is no cell \"belief.nroth.yes.percent\"; did you mean "
         "\"belief.north.yes.percent\"?"},
        {"# One\n\nA {{ belief.north.yes.percent | hole }}\n", "report.md:3:3: \"hole\" is no way"},
        {"# One\n\nSee @tbl-none.\n", "report.md:3:5: @tbl-none points to nothing"},
        {"# One\n\n::: {.table #tbl-a result=belief}\n:::\n", "(@tbl-a) is never referred to"},
        {"# One\n\n::: {.box title=\"T\"}\nText\n", "report.md:3:1: the block .box is not closed"},
        {"# One\n\n::: {.bax}\nText\n:::\n", "there is no block .bax; did you mean .box?"},
        {"# One\n\nText\n\n:::\n", "report.md:5:1: this ::: closes nothing"},
        {"# One\n\n{{ belief.north\n\nText\n", "report.md:3:1: {{ is not closed"},
        {"# A {#sec-a}\n\nText\n\n# B {#sec-a}\n", "the label \"sec-a\" stands twice"},
        {"# One\n\nText\n\n[^a]: A note.\n", "the footnote [^a] is never called"},
        {"# One\n\n?? move.all.change.points < 0 : \"It fell.\"\n", "do not support the claim"},
        {"---\ntheme: evalation\n---\n\n# One\n\nText.\n",
         ".md:2:8: there is no theme \"evalation\"; did you mean \"evaluation\"?"},
        {"# One\n\n{{ belief.south.yes.percent | bigger than belief.north.yes.percent }}\n",
         "is not bigger than"},
        {"---\ntitel: X\n---\n# One\n", "report.md:2:1: unknown key \"titel\""},
        {"# One\n\n{{ reported 5 }}\n", "says where it is from"},
        {"# One\n\n| A | B |\n| - | - |\n| c | d |\n",
         "report.md:3:1: a table that is typed stands alone in a ::: {.table"},
        {"# One\n\n@tbl-a\n\n::: {.table #tbl-a}\n| A | B |\n| - | - |\n| c | d |\n:::\n",
         "report.md:5:1: a table that is typed has a title"},
        {"# One\n\n@tbl-a\n\n::: {.table #tbl-a title=T}\n| A | B |\n| - | - |\n"
         "| c | {{ belief.nroth.yes.percent }} |\n:::\n",
         "report.md:8:7: there is no cell"},
        {"# One\n\n@fig-a\n\n::: {.figure #fig-a image=none.png title=T alt=A}\n:::\n",
         "there is no picture"},
        {"# One\n\n@fig-a\n\n::: {.figure #fig-a image=\"../none.png\" title=T alt=A}\n:::\n",
         "a picture is a file NAME.png or NAME.jpg beside the narrative"},
        {"# One\n\n@fig-a\n\n::: {.figure #fig-a image=none.png title=T}\n:::\n",
         "a picture has alt="},
        {"---\nlogo: none.png\n---\n\n# One\n\nText.\n", "report.md:2:7: there is no picture"},
        {"# One\n\n@tbl-a\n\n::: {.table #tbl-a result=belief rows=\"nort\"}\n:::\n",
         "belief has no row \"nort\"; did you mean \"north\"?"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct bench bench = set_up();
        struct narrative *narrative;
        check_stderr_begin();
        rk_status status = read_text(&bench, cases[i].text, &narrative);
        rk_diag_flush(bench.run.diag);
        CHECK_HAS(check_stderr_end(), cases[i].message);
        CHECK_INT(status, RK_STUDY);
        tear_down(&bench);
    }
}

static void a_typed_table_has_bound_numbers_groups_and_notes(void **state)
{
    struct bench bench = set_up();
    struct narrative *narrative;

    (void)state;
    CHECK_OK(read_text(&bench,
                       "# One\n\n@tbl-a\n\n::: {.table #tbl-a title=\"Risks\"}\n"
                       "| Risk | Share |\n| --- | --: |\n| First | |\n"
                       "| Few *reviews* | {{ belief.north.yes.percent | whole }} |\n\n"
                       "A note.\n:::\n",
                       &narrative));
    const struct doc_block *block = block_of(narrative, DOC_TABLE);
    const struct doc_table *table = block->table;
    CHECK_TEXT(flat(&bench, block->caption), "Risks");
    CHECK_INT(table->columns, 2);
    CHECK_INT(table->count, 3);
    CHECK_INT(table->align[1], DOC_RIGHT);
    CHECK_INT(table->rows[0].role, DOC_ROW_HEAD);
    CHECK_INT(table->rows[1].role, DOC_ROW_GROUP);
    CHECK_INT(table->rows[1].cells[0].span, 2);
    CHECK_TEXT(flat(&bench, table->rows[2].cells[0].text), "Few reviews");
    CHECK_TEXT(flat(&bench, table->rows[2].cells[1].text), "37%");
    CHECK_INT(table->note_count, 1);
    tear_down(&bench);
}

static void claims_print_what_the_cells_support(void **state)
{
    struct bench bench = set_up();
    struct narrative *narrative;

    (void)state;
    CHECK_OK(read_text(&bench,
                       "# One\n\n?? move.all.change.points > 0 and excludes 0 : \"It rose.\"\n",
                       &narrative));
    CHECK_TEXT(flat(&bench, block_of(narrative, DOC_PARAGRAPH)->text), "It rose.");
    CHECK_OK(read_text(&bench,
                       "# One\n\n?? move.all.change.points > 10 : \"It soared.\" else \"It moved "
                       "by {{ move.all.change.points }}.\"\n",
                       &narrative));
    CHECK_TEXT(flat(&bench, block_of(narrative, DOC_PARAGRAPH)->text),
               "It moved by 7.4 percentage points.");
    tear_down(&bench);
}

static void a_claim_keeps_its_bold_words(void **state)
{
    struct bench bench = set_up();
    struct narrative *narrative;

    (void)state;
    CHECK_OK(read_text(&bench,
                       "# One\n\n?? move.all.change.points > 0 : \"**It rose** at last.\"\n",
                       &narrative));
    const struct doc_text text = block_of(narrative, DOC_PARAGRAPH)->text;
    CHECK_TEXT(text.spans[0].text, "It rose");
    CHECK_INT(text.spans[0].style, DOC_BOLD);
    CHECK_TEXT(flat(&bench, text), "It rose at last.");
    tear_down(&bench);
}

static void where_nothing_is_numbered_tables_count_on_and_sections_follow_at_once(void **state)
{
    struct bench bench = set_up();
    struct narrative *narrative;

    (void)state;
    CHECK_OK(read_text(&bench,
                       "---\nnumbering: none\ncontents: 0\n---\n# One {.plain}\n\nSee @tbl-a and "
                       "@tbl-b.\n\n::: {.table #tbl-a result=belief}\n:::\n\n# Two {.plain}\n\n"
                       "::: {.table #tbl-b result=belief}\n:::\n",
                       &narrative));
    CHECK_TEXT(flat(&bench, block_of(narrative, DOC_PARAGRAPH)->text),
               "See Table 1 and Table 2.");
    for (size_t i = 0; i < narrative->doc.count; i++)
        CHECK(!narrative->doc.blocks[i]->page_before);
    tear_down(&bench);
}

static void a_title_that_the_cells_do_not_support_gives_way_to_its_else(void **state)
{
    static const struct {
        const char *claim, *title;
    } cases[] = {
        {"move.all.change.points > 0",  "It rose"  },
        {"move.all.change.points > 10", "It stayed"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct bench bench = set_up();
        struct narrative *narrative;
        const char *text = rk_arena_printf(
            bench.run.arena,
            "# One\n\nSee @tbl-a.\n\n::: {.table #tbl-a result=belief title=\"It rose\" "
            "claim=\"%s\" else=\"It stayed\"}\n:::\n",
            cases[i].claim);
        CHECK_OK(read_text(&bench, text, &narrative));
        CHECK_TEXT(flat(&bench, block_of(narrative, DOC_TABLE)->caption), cases[i].title);
        tear_down(&bench);
    }
}

static void tables_are_made_of_cells(void **state)
{
    struct bench bench = set_up();
    struct narrative *narrative;

    (void)state;
    CHECK_OK(read_text(&bench,
                       "# One {#sec-one}\n\nSee @tbl-a in @sec-one.\n\n"
                       "::: {.table #tbl-a result=belief columns=\"yes.percent yes.percent.ci "
                       "no.percent\" title=\"Belief by area\"}\n:::\n",
                       &narrative));
    CHECK_TEXT(flat(&bench, block_of(narrative, DOC_PARAGRAPH)->text),
               "See Table 1.1 in Section 1.");
    const struct doc_block *block = block_of(narrative, DOC_TABLE);
    CHECK_TEXT(block->caption_kind, "Table 1.1");
    CHECK_TEXT(flat(&bench, block->caption), "Belief by area");
    CHECK_TEXT(flat(&bench, block->source), "Source: Register, to 13 March 2015");
    const struct doc_table *table = block->table;
    size_t last = table->count - 1;
    CHECK_TEXT(flat(&bench, table->rows[last].cells[0].text), "All");
    CHECK_INT(table->rows[last].role, DOC_ROW_TOTAL);
    CHECK_TEXT(flat(&bench, table->rows[last].cells[1].text), "32.1");
    CHECK_TEXT(flat(&bench, table->rows[last - 2].cells[0].text), "North");
    CHECK_TEXT(flat(&bench, table->rows[last - 2].cells[2].text), "31.5% to 41.5%");
    CHECK_TEXT(flat(&bench, table->rows[last - 2].cells[3].text), "[c]");
    CHECK(table->note_count >= 3);
    CHECK_HAS(flat(&bench, table->notes[table->note_count - 1]), "[c] masked");
    tear_down(&bench);
}

static void a_column_of_another_result_stands_beside_under_a_head_of_both(void **state)
{
    struct bench bench = set_up();
    struct narrative *narrative;

    (void)state;
    CHECK_OK(read_text(&bench,
                       "# One\n\nSee @tbl-a.\n\n::: {.table #tbl-a result=belief base=no "
                       "rows=\"north south\" columns=\"yes.percent hope:yes.percent\" "
                       "head=\"Both > Believe; Both > Hope\"}\n:::\n",
                       &narrative));
    const struct doc_table *table = block_of(narrative, DOC_TABLE)->table;
    CHECK_INT(table->count, 4);
    CHECK_TEXT(flat(&bench, table->rows[0].cells[1].text), "Both");
    CHECK_INT(table->rows[0].cells[1].span, 2);
    CHECK_TEXT(flat(&bench, table->rows[1].cells[2].text), "Hope");
    CHECK_TEXT(flat(&bench, table->rows[2].cells[2].text), "");
    CHECK_TEXT(flat(&bench, table->rows[3].cells[1].text), "25.0");
    CHECK_TEXT(flat(&bench, table->rows[3].cells[2].text), "12.5");
    tear_down(&bench);
}

/* The annex stands before a figure and is still told of what that draws. */
static void the_methods_annex_names_what_is_printed_anywhere_and_its_source(void **state)
{
    struct bench bench = set_up();
    struct narrative *narrative;

    (void)state;
    CHECK_OK(read_text(&bench,
                       "# One\n\nSee @tbl-m and @fig-a.\n\n"
                       "::: {.methods #tbl-m of=methods}\n:::\n\n"
                       "::: {.figure #fig-a chart=bars result=belief columns=yes title=A}\n:::\n",
                       &narrative));
    const struct doc_table *table = block_of(narrative, DOC_TABLE)->table;
    CHECK_INT(table->count, 2);
    CHECK_TEXT(flat(&bench, table->rows[1].cells[0].text), "Wilson");
    CHECK_TEXT(flat(&bench, table->rows[1].cells[2].text), "Wilson (1927), JASA 22, 209-212");
    CHECK_TEXT(flat(&bench, table->rows[1].cells[3].text), "3");
    tear_down(&bench);
}

static void why_there_is_no_figure_is_said_under_the_table_and_in_the_text(void **state)
{
    struct bench bench = set_up();
    struct narrative *narrative;
    struct cell *cell = results_cell(bench.results, "belief", "all", "change", "p", UNIT_P);

    (void)state;
    cell->row_label = "All";
    cell->column_label = "Change";
    cell->mark = MARK_NOT_AVAILABLE;
    cell->method = "not computed: nobody changed the answer";
    CHECK_OK(read_text(&bench,
                       "# One\n\nThe test {{ belief.all.change.p | say }}. See @tbl-a.\n\n"
                       "::: {.table #tbl-a result=belief columns=\"change.p\"}\n:::\n",
                       &narrative));
    CHECK_TEXT(flat(&bench, block_of(narrative, DOC_PARAGRAPH)->text),
               "The test could not be worked out: nobody changed the answer. See Table 1.1.");
    const struct doc_table *table = block_of(narrative, DOC_TABLE)->table;
    CHECK_TEXT(flat(&bench, table->notes[table->note_count - 1]),
               "[x] not available: nobody changed the answer.");
    tear_down(&bench);
}

static void a_probability_is_never_none_or_all(void **state)
{
    struct bench bench = set_up();
    struct narrative *narrative;
    static const struct {
        const char *row;
        double value;
    } rows[] = {{"never", 0.0003}, {"perhaps", 42.04}, {"always", 99.9999}};

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        struct cell *cell = results_cell(bench.results, "goal", rows[i].row, "all",
                                         "probability", UNIT_PERCENT);
        cell->value = rows[i].value;
        cell->base = 300;
    }
    CHECK_OK(read_text(&bench,
                       "{{ goal.never.all.probability }}, {{ goal.perhaps.all.probability }}, "
                       "{{ goal.always.all.probability }}\n",
                       &narrative));
    CHECK_TEXT(flat(&bench, block_of(narrative, DOC_PARAGRAPH)->text), "<0.1%, 42.0%, >99.9%");
    tear_down(&bench);
}

static void paragraphs_sections_and_annexes_are_numbered(void **state)
{
    struct bench bench = set_up();
    struct narrative *narrative;
    static const char *const numbers[] = {"Section 1", "1", "Section 2", "2", "Annex A", ""};
    size_t at = 0;

    (void)state;
    CHECK_OK(read_text(&bench,
                       "---\ncontents: 0\n---\n# One\n\nA.\n\n# Two\n\nB.[^n]\n\n[^n]: Note.\n\n"
                       "# Three {.annex}\n\nC.\n",
                       &narrative));
    for (size_t i = 0; i < narrative->doc.count; i++)
        CHECK_TEXT(narrative->doc.blocks[i]->number, numbers[at++]);
    CHECK_INT(at, 6);
    CHECK_INT(narrative->doc.note_count, 1);
    CHECK_TEXT(flat(&bench, narrative->doc.notes[0].children[0]->text), "Note.");
    tear_down(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_print_as_the_words_after_the_bar_ask),
        cmocka_unit_test(every_mistake_is_named_with_its_place),
        cmocka_unit_test(a_typed_table_has_bound_numbers_groups_and_notes),
        cmocka_unit_test(claims_print_what_the_cells_support),
        cmocka_unit_test(a_claim_keeps_its_bold_words),
        cmocka_unit_test(
            where_nothing_is_numbered_tables_count_on_and_sections_follow_at_once),
        cmocka_unit_test(a_title_that_the_cells_do_not_support_gives_way_to_its_else),
        cmocka_unit_test(tables_are_made_of_cells),
        cmocka_unit_test(a_column_of_another_result_stands_beside_under_a_head_of_both),
        cmocka_unit_test(the_methods_annex_names_what_is_printed_anywhere_and_its_source),
        cmocka_unit_test(why_there_is_no_figure_is_said_under_the_table_and_in_the_text),
        cmocka_unit_test(a_probability_is_never_none_or_all),
        cmocka_unit_test(paragraphs_sections_and_annexes_are_numbered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
