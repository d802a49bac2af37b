// SPDX-License-Identifier: MIT
/* A thousand linked tables: 334 made-up populations of three attributes, of each the three two-way
 * tables with their margins, one of them with percentages. They are masked, written as they would be published,
 * and attacked by reckon-attack, which knows nothing but the files; and by linear programming with
 * every equation there is. The same with every count rounded to base 5. Also: how many cells are
 * masked, against the fewest there can be. */
#include "pipeline/attack/attack_inputs.h"
#include "pipeline/attack/attack_truth.h"
#include "pipeline/base/rk_csv.h"
#include "pipeline/base/rk_run.h"
#include "pipeline/mask/mask_earlier.h"
#include "pipeline/mask/mask_lp.h"
#include "pipeline/mask/mask_pattern.h"
#include "pipeline/mask/mask_release.h"
#include "pipeline/mask/mask_round.h"
#include "pipeline/mask/mask_shown.h"
#include "pipeline/mask/mask_table.h"
#include "tests/support/check.h"

#include <stdlib.h>
#include <string.h>

enum { STUDIES = 334, UNMASKED = 50, SIDE = 4, THRESHOLD = 5, BASE = 5 };

/** The same numbers on every machine: a linear congruence, upper bits. */
static long draw(unsigned long long *seed, long below)
{
    *seed = *seed * 6364136223846793005ULL + 1442695040888963407ULL;
    return (long)(*seed >> 33) % below;
}

static long draw_count(unsigned long long *seed)
{
    switch (draw(seed, 4)) {
    case 0:
        return draw(seed, 3);
    case 1:
        return draw(seed, 8);
    default:
        return draw(seed, 40);
    }
}

/* ---- a population ---- */

/** counts[a][b][c], with sums at the last place of each. */
struct population {
    size_t sizes[3];
    long counts[SIDE + 1][SIDE + 1][SIDE + 1];
};

static struct population populate(unsigned long long *seed)
{
    struct population p = {.sizes = {2 + (size_t)draw(seed, 3), 2 + (size_t)draw(seed, 3), 2}};

    for (size_t a = 0; a < p.sizes[0]; a++)
        for (size_t b = 0; b < p.sizes[1]; b++)
            for (size_t c = 0; c < p.sizes[2]; c++) {
                long n = draw_count(seed);
                for (int sum = 0; sum < 8; sum++)
                    p.counts[sum & 1 ? p.sizes[0] : a][sum & 2 ? p.sizes[1] : b]
                            [sum & 4 ? p.sizes[2] : c] += n;
            }
    return p;
}

static const char *code(struct rk_run *run, const struct population *p, int axis, size_t at)
{
    return at == p->sizes[axis] ? "*" : rk_arena_printf(run->arena, "%c%zu", "abc"[axis], at);
}

/** "people|a=a1&b=*|": an attribute of which all are taken stands only where it is asked for. */
static const char *name_of(struct rk_run *run, const struct population *p, const size_t at[3],
                           const bool asked[3])
{
    const char *name = "people|", *between = "";

    for (int axis = 0; axis < 3; axis++) {
        if (!asked[axis])
            continue;
        name = rk_arena_printf(run->arena, "%s%s%c=%s", name, between, "abc"[axis],
                               code(run, p, axis, at[axis]));
        between = "&";
    }
    return rk_arena_printf(run->arena, "%s|", name);
}

static const char *quantity_of(struct rk_run *run, const struct population *p,
                               const size_t at[3])
{
    const bool asked[3] = {at[0] < p->sizes[0], at[1] < p->sizes[1], at[2] < p->sizes[2]};

    return name_of(run, p, at, asked);
}

static long count_of(const struct population *p, const size_t at[3])
{
    return p->counts[at[0]][at[1]][at[2]];
}

/* ---- as results ---- */

static const char *label(struct rk_run *run, const struct population *p, int axis, size_t at)
{
    return at == p->sizes[axis] ? "all" : code(run, p, axis, at);
}

/** A cell of the table of `row` by `column`; its base is its row. */
static void add_cell(struct rk_run *run, struct results *results, const struct population *p,
                     int row, int column, const size_t at[3], const char *measure)
{
    const char *table = rk_arena_printf(run->arena, "%c%c", "abc"[row], "abc"[column]);
    bool percent = strcmp(measure, "percent") == 0;
    size_t base_at[3] = {at[0], at[1], at[2]};
    bool asked[3] = {false};
    struct cell *cell = results_cell(results, table, label(run, p, row, at[row]),
                                     label(run, p, column, at[column]), measure,
                                     percent ? UNIT_PERCENT : UNIT_CLIENTS);

    base_at[column] = p->sizes[column];
    asked[row] = asked[column] = true;
    cell->numerator = count_of(p, at);
    cell->base = count_of(p, base_at);
    cell->base_id = name_of(run, p, base_at, asked);
    cell->value = percent ? (cell->base ? 100.0 * (double)cell->numerator / (double)cell->base : NAN)
                          : (double)cell->numerator;
    results_quantity(results, cell, quantity_of(run, p, at), count_of(p, at), false);
    results_quantity(results, cell, quantity_of(run, p, base_at), count_of(p, base_at), false);
    results_base(results, cell->base_id, "clients", cell->base, "clients", "", "");
    /* The base has another name than the count, since all of them are known. */
    results_quantity(results, cell, cell->base_id, cell->base, false);
    const char *same[] = {quantity_of(run, p, base_at)};
    if (strcmp(same[0], cell->base_id) != 0)
        results_sum(results, cell->base_id, same, 1);
}

static void add_tables(struct rk_run *run, struct results *results, const struct population *p)
{
    static const int tables[][2] = {{0, 1}, {0, 2}, {1, 2}};

    for (size_t t = 0; t < 3; t++)
        for (size_t r = 0; r <= p->sizes[tables[t][0]]; r++)
            for (size_t c = 0; c <= p->sizes[tables[t][1]]; c++) {
                size_t at[3] = {p->sizes[0], p->sizes[1], p->sizes[2]};
                at[tables[t][0]] = r;
                at[tables[t][1]] = c;
                add_cell(run, results, p, tables[t][0], tables[t][1], at, "count");
                if (t == 1)
                    add_cell(run, results, p, tables[t][0], tables[t][1], at, "percent");
            }
}

/** Every sum over one attribute, those of the cells that nobody prints with them. */
static void add_sums(struct rk_run *run, struct results *results, const struct population *p)
{
    size_t at[3];

    for (at[0] = 0; at[0] <= p->sizes[0]; at[0]++)
        for (at[1] = 0; at[1] <= p->sizes[1]; at[1]++)
            for (at[2] = 0; at[2] <= p->sizes[2]; at[2]++) {
                results_quantity(results, NULL, quantity_of(run, p, at), count_of(p, at), false);
                for (int axis = 0; axis < 3; axis++) {
                    const char *parts[SIDE];
                    size_t part[3] = {at[0], at[1], at[2]};
                    if (at[axis] < p->sizes[axis])
                        continue;
                    for (size_t i = 0; i < p->sizes[axis]; i++) {
                        part[axis] = i;
                        parts[i] = quantity_of(run, p, part);
                        results_quantity(results, NULL, parts[i], count_of(p, part), false);
                    }
                    results_sum(results, quantity_of(run, p, at), parts, p->sizes[axis]);
                }
            }
}

static struct results *results_of(struct rk_run *run, const struct population *p)
{
    struct results *results = results_new(run->arena);

    add_tables(run, results, p);
    add_sums(run, results, p);
    return results;
}

/* ---- published and attacked ---- */

/** cells.csv as it is published; without the syncs of a stage, since a thousand are written. */
static const char *publish(struct rk_run *run, const struct results *results)
{
    const char *path = check_write(check_folder(), "release/cells.csv", "");
    FILE *file = fopen(path, "w");
    struct rk_csv_writer writer = {.file = file};

    CHECK(file != NULL);
    fputs("cell,result,row,column,measure,row_label,column_label,unit,value,low,high,level,"
          "numerator,base,base_id,method,mark,row_order,column_order\n",
          file);
    for (size_t i = 0; i < results->cell_count; i++) {
        const struct cell *cell = &results->cells[i];
        const char *const words[] = {cell->id,      cell->result, cell->row, cell->column,
                                     cell->measure, cell->row,    cell->column,
                                     cell_unit_name(cell->unit)};
        for (size_t w = 0; w < sizeof words / sizeof *words; w++)
            rk_csv_cell(&writer, words[w]);
        rk_csv_double(&writer, cell->value);
        for (int empty = 0; empty < 3; empty++)
            rk_csv_cell(&writer, "");
        rk_csv_double(&writer, cell->numerator < 0 ? NAN : (double)cell->numerator);
        rk_csv_double(&writer, cell->base < 0 ? NAN : (double)cell->base);
        rk_csv_cell(&writer, cell->base_id);
        rk_csv_cell(&writer, "");
        rk_csv_cell(&writer, cell_mark_name(cell->mark));
        rk_csv_cell(&writer, "1");
        rk_csv_cell(&writer, "1");
        rk_csv_end(&writer);
    }
    CHECK_INT(fclose(file), 0);
    return rk_arena_printf(run->arena, "%.*s", (int)(strrchr(path, '/') - path), path);
}

/** How many of the attack's findings are right. `about`: the release.csv beside the cells. */
static size_t recovered(struct rk_run *run, const struct results *released,
                        struct results *truth, const char *about, size_t *guesses)
{
    struct attack_inputs inputs = {.facts = attack_facts_new(run->arena, run->diag),
                                   .below = THRESHOLD};
    struct attack_findings findings = {.arena = run->arena};
    size_t right = 0;

    check_write(check_folder(), "release/release.csv", about);
    CHECK_OK(attack_take(&inputs, publish(run, released)));
    CHECK_OK(attack_all(&inputs, &findings));
    for (size_t i = 0; i < findings.count; i++)
        right += attack_is_right(&findings.all[i], &truth, THRESHOLD);
    *guesses += findings.count;
    return right;
}

static const char masked_about[] = "key,value,reason\nsuppress_below,5,\n",
                  rounded_about[] = "key,value,reason\nsuppress_below,5,\nround_base,5,\n";

/** Small counts that linear programming with every equation narrows. */
static size_t narrowed(struct mask_problem *problem, size_t *small)
{
    size_t *members = RK_ARRAY(problem->arena, size_t, problem->count + 1), count = 0, bad = 0;
    size_t *wanted = RK_ARRAY(problem->arena, size_t, problem->count + 1), n = 0;
    struct mask_range *ranges = RK_ARRAY(problem->arena, struct mask_range, problem->count + 1);

    problem->scratch = problem->arena;
    for (size_t i = 0; i < problem->count; i++) {
        if (!mask_hidden(problem, i))
            continue;
        if (mask_is_held(problem, i))
            wanted[n++] = count;
        members[count++] = i;
    }
    CHECK_OK(mask_lp_attack(problem, members, count, wanted, n, ranges));
    for (size_t i = 0; i < n; i++)
        bad += ranges[i].high - ranges[i].low < mask_wanted(problem, members[wanted[i]]) - 1e-6;
    *small += n;
    return bad;
}

static void of_a_thousand_linked_tables_no_cell_is_recovered(void **state)
{
    unsigned long long seed = 20151130;
    size_t small = 0, masked = 0, cells = 0, guesses = 0, intervals, apart = 0;

    (void)state;
    for (int i = 0; i < STUDIES; i++) {
        struct rk_run run = {.arena = rk_arena_new(), .diag = rk_diag_new(NULL)};
        struct population p = populate(&seed);
        struct results *truth = results_of(&run, &p), *released = results_of(&run, &p);
        struct mask_problem *problem;
        struct mask_tally tally;

        CHECK_OK(mask_problem_make(&run, released, THRESHOLD, &problem));
        if (i < UNMASKED) /* the attack sees what there is to see */
            apart += recovered(&run, truth, truth, masked_about, &(size_t){0}) > 0;
        CHECK_OK(mask_pattern(problem, &tally));
        masked += mask_apply(problem, released, &intervals);
        cells += released->cell_count;
        CHECK_INT(narrowed(problem, &small), 0);
        CHECK_INT(recovered(&run, released, truth, masked_about, &guesses), 0);
        rk_diag_free(run.diag);
        rk_arena_free(run.arena);
    }
    print_message("%d linked tables: %zu of %zu cells masked, %zu small counts attacked, "
                  "0 recovered (%zu wrong guesses); unmasked, %zu of %d studies fell\n",
                  3 * STUDIES, masked, cells, small, guesses, apart, UNMASKED);
    CHECK(small > 800);
    CHECK(apart > UNMASKED / 2);
}

/* ---- when the search is ended too soon ---- */

static void a_search_that_is_ended_masks_more_and_never_less(void **state)
{
    static const size_t works[] = {1, 40, 150, 0};
    size_t masked[4] = {0}, cut[4] = {0}, small = 0;

    (void)state;
    for (size_t w = 0; w < 4; w++) {
        unsigned long long seed = 1848;
        for (int i = 0; i < 60; i++) {
            struct rk_run run = {.arena = rk_arena_new(), .diag = rk_diag_new(NULL)};
            struct population p = populate(&seed);
            struct results *released = results_of(&run, &p);
            struct mask_terms terms = {.threshold = THRESHOLD, .work = works[w]};
            struct mask_problem *problem;
            struct mask_tally tally;

            CHECK_OK(mask_problem_make_after(&run, released, &terms, &(struct mask_history){0},
                                             &problem));
            CHECK_OK(mask_pattern(problem, &tally));
            CHECK_INT(narrowed(problem, &small), 0);
            masked[w] += tally.small + tally.further;
            cut[w] += tally.cut_off;
            rk_diag_free(run.diag);
            rk_arena_free(run.arena);
        }
    }
    print_message("60 studies within 1, 40, 150 and any number of steps: %zu, %zu, %zu and %zu counts "
                  "masked, ended in %zu, %zu, %zu and %zu, none narrowed\n",
                  masked[0], masked[1], masked[2], masked[3], cut[0], cut[1], cut[2], cut[3]);
    CHECK(masked[0] >= masked[1] && masked[1] >= masked[2] && masked[2] > masked[3]);
    CHECK(cut[0] > 40 && cut[3] == 0);
}

/* ---- rounded ---- */

/** Multiples less than a base away, multiples as they are; true where the sums hold. */
static bool is_well_rounded(const struct mask_problem *problem)
{
    bool holds = true;

    for (size_t i = 0; i < problem->count; i++) {
        const struct mask_unknown *u = &problem->unknowns[i];
        CHECK(!u->rounded || (u->shown % BASE == 0 && labs(u->shown - u->value) < BASE));
    }
    for (size_t e = 0; e < problem->equation_count; e++) {
        const struct mask_equation *equation = &problem->equations[e];
        long rest = problem->unknowns[equation->total].shown;
        bool shown = problem->unknowns[equation->total].rounded;
        for (size_t i = 0; i < equation->count; i++) {
            rest -= problem->unknowns[equation->parts[i]].shown;
            shown = shown && problem->unknowns[equation->parts[i]].rounded;
        }
        holds = holds && (!shown || rest == 0);
    }
    return holds;
}

/** Two of the three tables rounded, or, where `mixed`, one: the others are masked jointly with it. */
static bool *rounds_of(struct rk_run *run, const struct results *results, bool mixed)
{
    bool *rounds = RK_ARRAY(run->arena, bool, results->cell_count + 1);

    for (size_t i = 0; i < results->cell_count; i++)
        rounds[i] = !mixed || strcmp(results->cells[i].result, "ac") == 0;
    return rounds;
}

static void of_a_thousand_rounded_tables_no_cell_is_recovered(void **state)
{
    const struct study study = {.decimals_percent = 1, .decimals_mean = 1};
    unsigned long long seed = 20150313;
    size_t small = 0, rounded = 0, guesses = 0, apart = 0, masked = 0, intervals, narrow = 0;
    double up = 0, down = 0;

    (void)state;
    for (int i = 0; i < STUDIES; i++) {
        struct rk_run run = {.arena = rk_arena_new(), .diag = rk_diag_new(NULL)};
        struct population p = populate(&seed);
        struct results *truth = results_of(&run, &p), *released = results_of(&run, &p);
        struct mask_terms terms = {THRESHOLD, BASE, rounds_of(&run, released, i % 3 == 2), 0};
        struct mask_problem *problem;
        struct mask_rounding rounding;
        struct mask_tally tally;

        CHECK_OK(mask_problem_make_after(&run, released, &terms, &(struct mask_history){0},
                                         &problem));
        mask_round(problem, &rounding);
        CHECK(is_well_rounded(problem) || rounding.apart > 0);
        CHECK_OK(mask_pattern(problem, &tally));
        mask_show_rounded(problem, &study, truth, released);
        masked += mask_apply(problem, released, &intervals);
        narrow += narrowed(problem, &small);
        CHECK_INT(recovered(&run, released, truth, rounded_about, &guesses), 0);
        apart += rounding.apart > 0;
        rounded += rounding.rounded;
        for (size_t u = 0; u < problem->own; u++)
            if (problem->unknowns[u].rounded)
                *(problem->unknowns[u].shown > problem->unknowns[u].value ? &up : &down) +=
                    (double)labs(problem->unknowns[u].shown - problem->unknowns[u].value);
        rk_diag_free(run.diag);
        rk_arena_free(run.arena);
    }
    print_message("%d rounded tables: %zu counts rounded, in %zu of %d studies apart, %zu held, "
                  "0 recovered (%zu wrong guesses), %zu cells masked; %.0f added, %.0f taken off\n",
                  3 * STUDIES, rounded, apart, STUDIES, small, guesses, masked, up, down);
    CHECK_INT(narrow, 0);
    CHECK(rounded > 5000);
}

/* ---- against the fewest ---- */

static size_t pattern_size(struct rk_run *run, const double *value, size_t rows, size_t columns)
{
    struct results *results = results_new(run->arena);
    struct mask_problem *problem;
    struct mask_tally tally;
    const char *parts[SIDE + 1];
    size_t wide = columns + 1;

    for (size_t i = 0; i < (rows + 1) * wide; i++) {
        const char *name = rk_arena_printf(run->arena, "q%zu", i);
        struct cell *cell = results_cell(results, "t", i / wide == rows ? "all" : name,
                                         i % wide == columns ? "all" : name, "count",
                                         UNIT_CLIENTS);
        cell->value = value[i];
        results_quantity(results, cell, name, (long)value[i], i + 1 == (rows + 1) * wide);
    }
    for (size_t r = 0; r <= rows; r++) {
        for (size_t c = 0; c < columns; c++)
            parts[c] = rk_arena_printf(run->arena, "q%zu", r * wide + c);
        results_sum(results, rk_arena_printf(run->arena, "q%zu", r * wide + columns), parts, columns);
    }
    for (size_t c = 0; c <= columns; c++) {
        for (size_t r = 0; r < rows; r++)
            parts[r] = rk_arena_printf(run->arena, "q%zu", r * wide + c);
        results_sum(results, rk_arena_printf(run->arena, "q%zu", rows * wide + c), parts, rows);
    }
    CHECK_OK(mask_problem_make(run, results, THRESHOLD, &problem));
    if (mask_pattern(problem, &tally) != RK_OK)
        return 0;
    CHECK_INT(tally.exact, 1);
    return tally.small + tally.further;
}

static void single_tables_are_masked_as_little_as_can_be(void **state)
{
    unsigned long long seed = 41;
    size_t ours = 0, fewest = 0, best = 0, tables = 0;

    (void)state;
    while (tables < 40) {
        struct rk_run run = {.arena = rk_arena_new(), .diag = rk_diag_new(NULL)};
        size_t rows = 3, columns = 3;
        double counts[9];
        bool pattern[16], any = false;
        for (size_t i = 0; i < rows * columns; i++) {
            counts[i] = (double)draw_count(&seed);
            any = any || (counts[i] > 0 && counts[i] < THRESHOLD);
        }
        struct mask_table table = {.rows = rows, .columns = columns,
                                   .value = mask_table_margins(run.arena, counts, rows, columns)};
        double optimum = any ? mask_table_minimum(run.arena, &table, THRESHOLD, THRESHOLD, false,
                                                  pattern)
                             : NAN;
        size_t size = isnan(optimum) ? 0 : pattern_size(&run, table.value, rows, columns);
        if (size) {
            CHECK((double)size >= optimum - 0.5);
            ours += size;
            fewest += (size_t)optimum;
            best += (double)size < optimum + 0.5;
            tables++;
        }
        rk_diag_free(run.diag);
        rk_arena_free(run.arena);
    }
    print_message("%zu single tables: %zu cells masked, %zu at least (%zu tables at the optimum)\n",
                  tables, ours, fewest, best);
    CHECK_INT(ours, fewest);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_a_thousand_linked_tables_no_cell_is_recovered),
        cmocka_unit_test(a_search_that_is_ended_masks_more_and_never_less),
        cmocka_unit_test(of_a_thousand_rounded_tables_no_cell_is_recovered),
        cmocka_unit_test(single_tables_are_masked_as_little_as_can_be),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
