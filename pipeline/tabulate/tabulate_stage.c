// SPDX-License-Identifier: MIT
#include "pipeline/tabulate/tabulate_stage.h"

#include "pipeline/base/rk_progress.h"
#include "pipeline/tabulate/tabulate_adjust.h"
#include "pipeline/tabulate/tabulate_close.h"
#include "pipeline/tabulate/tabulate_kin.h"
#include "pipeline/tabulate/tabulate_kind.h"
#include "pipeline/tabulate/tabulate_merge.h"

#include <string.h>

typedef rk_status (*tab_kind)(struct tab_desk *desk, const struct study_result *asked);

/* What each kind is made by; `change` makes those that are not here. */
static const struct {
    enum result_kind kind;
    tab_kind make;
    bool refers; /* to cells of other results, so it comes after them */
} kinds[] = {
    {RESULT_TABLE,   tab_table,   false},
    {RESULT_MEAN,    tab_mean,    false},
    {RESULT_COUNT,   tab_count,   false},
    {RESULT_SUM,     tab_total,   false},
    {RESULT_MONTHS,  tab_months,  false},
    {RESULT_TARGET,  tab_target,  false},
    {RESULT_FUNNEL,  tab_funnel,  false},
    {RESULT_FACTORS, tab_factors, false},
    {RESULT_TIME_TO, tab_time_to, false},
    {RESULT_AGAINST, tab_against, true },
    {RESULT_COMPARE, tab_compare, true },
};

static rk_status make_result(struct tab_desk *desk, const struct study_result *asked,
                             bool refers)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (kinds[i].kind == asked->kind && kinds[i].refers == refers)
            return tab_merge_make(desk, asked, kinds[i].make);
    }
    return RK_OK;
}

/* A result that cannot be made is said; the others are tried, so that all problems come at
 * once. */
static rk_status make_results(struct tab_desk *desk, bool refers)
{
    rk_status first = RK_OK;

    for (size_t i = 0; i < desk->study->result_count; i++) {
        rk_status status = make_result(desk, &desk->study->results[i], refers);

        rk_arena_reset(desk->scratch);
        rk_progress_step(1, 1);
        if (first == RK_OK) first = status;
        if (status != RK_OK && status != RK_STUDY) return status;
    }
    return first;
}

static rk_status make_all(struct rk_run *run, struct tab_desk *desk,
                          struct rk_arena *scratch)
{
    RK_TRY(tab_desk_open(run, scratch, desk));
    RK_TRY(tab_merge_open(desk));
    rk_progress_begin("tabulate", "the study", "results", 2 * (double)desk->study->result_count);
    RK_TRY(tab_flow(desk));
    RK_TRY(tab_answered(desk));
    RK_TRY(tab_points(desk));
    RK_TRY(make_results(desk, false));
    RK_TRY(make_results(desk, true));
    tab_adjust(desk);
    tab_merge_tie(desk);
    return RK_OK;
}

static rk_status tabulate(struct rk_run *run)
{
    struct rk_arena *scratch = rk_arena_new();
    struct tab_desk desk;
    rk_status status = make_all(run, &desk, scratch);

    rk_arena_free(scratch);
    RK_TRY(status);
    tab_close(&desk, NULL);
    RK_TRY(tab_kin(run, desk.study, desk.results, NULL));
    RK_TRY(results_write(run, desk.results, "tabulate"));
    tab_merge_report(&desk, "tabulate");
    rk_run_report(run, "tabulate", "%zu clients; %zu cells, %zu bases", desk.people->rows,
                  desk.results->cell_count, desk.results->base_count);
    return RK_OK;
}

const struct rk_stage tabulate_stage = {
    .name = "tabulate",
    .summary = "count, cross-tabulate and average what the study asks for",
    .reads = "OUT/20-people",
    .writes = "OUT/30-results",
    .examples = "  reckon-tabulate config/working-well -o out\n"
                "  reckon-tabulate config/working-well -o out -v    every warning\n",
    .work = tabulate,
};
