// SPDX-License-Identifier: MIT
#include "pipeline/mask/mask_stage.h"

#include "pipeline/base/rk_date.h"
#include "pipeline/contract/study.h"
#include "pipeline/mask/mask_earlier.h"
#include "pipeline/mask/mask_pattern.h"
#include "pipeline/mask/mask_release.h"
#include "pipeline/mask/mask_select.h"

/** What is promised, and which results are exempt: those of which no count is held to it. */
static struct about about_of(const struct rk_run *run, const struct study *study,
                             const struct results *results)
{
    char *as_at = rk_arena_alloc(run->arena, 1, 16);
    struct about about = {
        .study = study->name,
        .as_at = as_at,
        .suppress_below = study->suppress_below,
        .masked = !run->internal,
    };

    rk_date_text(as_at, study->cut_off);
    mask_exempt(study, results, &about);
    return about;
}

static rk_status mask_work(struct rk_run *run)
{
    const struct study *study;
    struct results *all, *results;
    struct mask_problem *problem;
    struct mask_tally tally;
    struct about about;
    struct mask_history history;
    size_t cells, intervals;

    RK_TRY(study_open(run, &study));
    RK_TRY(results_read(run, "30-results", &all));
    RK_TRY(mask_select(run, study, all, &results));
    RK_TRY(mask_history_read(run, study, &history));
    RK_TRY(mask_problem_make_after(run, results, study->suppress_below, &history, &problem));
    about = about_of(run, study, results);
    if (run->internal) {
        RK_TRY(mask_release(run, results, &about));
        rk_run_report(run, "mask", "nothing masked: --internal");
        return RK_OK;
    }
    RK_TRY(mask_pattern(problem, &tally));
    cells = mask_apply(problem, results, &intervals);
    mask_order(study, results);
    RK_TRY(mask_log(run, problem, results));
    RK_TRY(mask_release(run, results, &about));
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
