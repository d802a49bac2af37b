// SPDX-License-Identifier: MIT
#include "pipeline/mask/mask_stage.h"

#include "pipeline/base/rk_date.h"
#include "pipeline/contract/study.h"
#include "pipeline/mask/mask_earlier.h"
#include "pipeline/mask/mask_pattern.h"
#include "pipeline/mask/mask_release.h"
#include "pipeline/mask/mask_round.h"
#include "pipeline/mask/mask_select.h"
#include "pipeline/mask/mask_shown.h"

/** Which cells belong to results whose counts are rounded; NULL: none. */
static const bool *rounding_of(const struct study *study, const struct results *results)
{
    bool *rounds = RK_ARRAY(results->arena, bool, results->cell_count + 1), any = false;

    for (size_t i = 0; i < results->cell_count; i++) {
        const struct study_result *result = study_result(study, results->cells[i].result);
        rounds[i] = result && result->mask && result->method == MASKING_ROUND;
        any |= rounds[i];
    }
    return any ? rounds : NULL;
}

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
    struct mask_terms terms;
    struct mask_rounding rounding;
    size_t cells, intervals, rounded;

    RK_TRY(study_open(run, &study));
    RK_TRY(results_read(run, "30-results", &all));
    RK_TRY(mask_select(run, study, all, &results));
    RK_TRY(mask_history_read(run, study, &history));
    terms = (struct mask_terms){study->suppress_below, study->masking.base,
                                run->internal ? NULL : rounding_of(study, results),
                                (size_t)study->masking.work};
    RK_TRY(mask_problem_make_after(run, results, &terms, &history, &problem));
    about = about_of(run, study, results);
    about.round_base = terms.rounds ? terms.base : 0;
    if (run->internal) {
        RK_TRY(mask_release(run, results, &about));
        rk_run_report(run, "mask", "nothing masked: --internal");
        return RK_OK;
    }
    mask_round(problem, &rounding);
    RK_TRY(mask_pattern(problem, &tally));
    rounded = mask_show_rounded(problem, study, all, results);
    mask_show_models(study, results);
    cells = mask_apply(problem, results, &intervals);
    mask_order(study, results);
    RK_TRY(mask_log(run, problem, results));
    RK_TRY(mask_release(run, results, &about));
    rk_run_report(run, "mask",
                  "%zu of %zu cells released; %zu counts below %ld and %zu more that would "
                  "betray them; %zu cells and %zu intervals masked",
                  results->cell_count, all->cell_count, tally.small, study->suppress_below,
                  tally.further, cells, intervals);
    if (tally.cut_off)
        rk_run_report(run, "mask",
                      "the search was ended after %zu steps (masking: work): what was not safe by "
                      "then is, since all beside it is masked, more than need be",
                      tally.work);
    if (terms.rounds)
        rk_run_report(run, "mask",
                      "%zu counts rounded to base %ld in %zu cells, %zu sums hold among them; %zu "
                      "rounded apart; %zu larger ones follow from what is shown exactly",
                      rounding.rounded, terms.base, rounded, rounding.sums, rounding.apart,
                      tally.followed);
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
