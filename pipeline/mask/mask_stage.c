// SPDX-License-Identifier: MIT
#include "pipeline/mask/mask_stage.h"

#include "pipeline/contract/study.h"
#include "pipeline/mask/mask_pattern.h"
#include "pipeline/mask/mask_release.h"
#include "pipeline/mask/mask_select.h"

static rk_status mask_work(struct rk_run *run)
{
    const struct study *study;
    struct results *all, *results;
    struct mask_problem *problem;
    struct mask_tally tally;
    size_t cells, intervals;

    RK_TRY(study_open(run, &study));
    RK_TRY(results_read(run, "30-results", &all));
    RK_TRY(mask_select(run, study, all, &results));
    RK_TRY(mask_problem_make(run, results, study->suppress_below, &problem));
    if (run->internal) {
        RK_TRY(mask_release(run, results));
        rk_run_report(run, "mask", "nothing masked: --internal");
        return RK_OK;
    }
    RK_TRY(mask_pattern(problem, &tally));
    cells = mask_apply(problem, results, &intervals);
    mask_order(study, results);
    RK_TRY(mask_log(run, problem));
    RK_TRY(mask_release(run, results));
    rk_run_report(run, "mask",
                  "%zu of %zu cells released; %zu counts below %ld and %zu more that would "
                  "betray them; %zu cells and %zu intervals masked",
                  results->cell_count, all->cell_count, tally.small, study->suppress_below,
                  tally.further, cells, intervals);
    return RK_OK;
}

const struct rk_stage mask_stage = {
    .name = "mask",
    .summary = "what may be published: small numbers and what would betray them",
    .reads = "OUT/30-results",
    .writes = "OUT/40-release; OUT/35-masking says what was masked and why (private)",
    .examples = "  reckon-mask config/working-well -o out\n"
                "  reckon-mask config/working-well -o out --internal    nothing masked\n",
    .work = mask_work,
};
