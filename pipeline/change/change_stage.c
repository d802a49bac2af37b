// SPDX-License-Identifier: MIT
#include "pipeline/change/change_stage.h"

#include "pipeline/base/rk_progress.h"
#include "pipeline/change/change_kind.h"
#include "pipeline/tabulate/tabulate_adjust.h"
#include "pipeline/tabulate/tabulate_close.h"
#include "pipeline/tabulate/tabulate_kin.h"
#include "pipeline/tabulate/tabulate_merge.h"

#include <string.h>

static rk_status make_result(struct tab_desk *desk, const struct study_result *asked)
{
    struct change change;

    RK_TRY(change_open(desk, asked, &change));
    if (asked->kind == RESULT_TRANSITIONS) return change_transitions(&change);
    if (change.numbers) return change_scores(&change);
    return asked->of_interest ? change_yes_no(&change) : change_categories(&change);
}

/* A result that cannot be made is said; the others are tried, so that all problems come at
 * once. */
static rk_status make_results(struct tab_desk *desk, size_t *made)
{
    rk_status first = RK_OK;

    for (size_t i = 0; i < desk->study->result_count; i++) {
        const struct study_result *asked = &desk->study->results[i];
        rk_status status;

        if (strcmp(study_result_stage(asked), "change") != 0) continue;
        status = tab_merge_make(desk, asked, make_result);
        rk_arena_reset(desk->scratch);
        rk_progress_step(1, 1);
        if (first == RK_OK) first = status;
        if (status != RK_OK && status != RK_STUDY) return status;
        ++*made;
    }
    return first;
}

static bool is_of_tabulate(const struct study *study, const char *result)
{
    const struct study_result *asked = study_result(study, result);

    return !asked || strcmp(study_result_stage(asked), "tabulate") == 0;
}

static void take_counts(const struct tab_desk *desk, const struct results *there,
                        struct results *out)
{
    for (size_t i = 0; i < there->link_count; i++) {
        const struct cell *cell = results_find(there, there->links[i].cell);
        long at = rk_map_find(there->quantity_index, there->links[i].quantity);
        const struct quantity *quantity = &there->quantities[at];

        if (is_of_tabulate(desk->study, cell->result))
            results_quantity(out, NULL, quantity->id, quantity->value, quantity->open);
    }
}

/* The counts that tabulate's cells show, so that what lies between theirs and these is
 * said. The rest of the folder is forgotten at once. */
static struct results *read_others(const struct tab_desk *desk)
{
    struct rk_run reading = *desk->run;
    struct results *there, *out = NULL;

    reading.arena = rk_arena_new();
    if (results_read_again(&reading, &there)) {
        out = results_new(desk->arena);
        take_counts(desk, there, out);
    }
    rk_arena_free(reading.arena);
    return out;
}

static rk_status make_all(struct rk_run *run, struct tab_desk *desk,
                          struct rk_arena *scratch, size_t *made)
{
    RK_TRY(tab_desk_open(run, scratch, desk));
    RK_TRY(tab_merge_open(desk));
    rk_progress_begin("change", "the study", "results", (double)desk->study->result_count);
    RK_TRY(make_results(desk, made));
    tab_adjust(desk);
    tab_merge_tie(desk);
    return RK_OK;
}

static rk_status change(struct rk_run *run)
{
    struct rk_arena *scratch = rk_arena_new();
    struct tab_desk desk;
    const struct results *others;
    size_t made = 0;
    rk_status status = make_all(run, &desk, scratch, &made);

    rk_arena_free(scratch);
    RK_TRY(status);
    others = read_others(&desk);
    tab_close(&desk, others);
    RK_TRY(tab_kin(run, desk.study, desk.results, others));
    RK_TRY(results_write(run, desk.results, "change"));
    rk_run_report(run, "change", "%zu questions; %zu cells, %zu bases", made,
                  desk.results->cell_count, desk.results->base_count);
    return RK_OK;
}

const struct rk_stage change_stage = {
    .name = "change",
    .summary = "compare the same people at two points in time",
    .reads = "OUT/20-people",
    .writes = "OUT/30-results",
    .examples = "  reckon-change config/working-well -o out\n",
    .work = change,
};
