// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_cleanup.h"
#include "pipeline/clean/clean_fetch.h"
#include "pipeline/contract/hash_book.h"
#include "pipeline/contract/manifest.h"
#include "pipeline/contract/study.h"
#include "pipeline/driver/driver.h"
#include "pipeline/driver/lint_people.h"
#include "render/chart_stage.h"

#include <stdio.h>
#include <string.h>

static const char usage[] =
    "reckon run: extracts to reports, running the stages that are stale\n"
    "\n"
    "  reckon run config/working-well -o out\n"
    "  reckon run config/working-well --data delivery-2 --as-at 2015-09-30 -o out-2\n"
    "  reckon run config/working-well -o out -n            what would run, and why\n"
    "  reckon run config/working-well -o out --ledger DIR  masked with what was released before\n"
    "  reckon run config/working-well -o out --internal    nothing masked, stamped so\n"
    "  reckon run config/working-well -o out --part 2/7    a seventh of the clients, for\n"
    "                                                      `reckon merge` (docs/cluster.md)\n"
    "\n"
    "A stage is stale when something it reads has changed (by content, not by time). A folder\n"
    "that was changed by hand is used as it is; `reckon STAGE` makes it again.\n"
    "Reads the study and its extracts; writes OUT/10-clean to OUT/50-charts, OUT/NAME.pdf and\n"
    "OUT/run.json.\n";

/** Runs one stage if it must; `again` is set once a stage has run, since the next then reads
 *  something new even before its key is asked for. */
static rk_status run_stage(struct rk_run *run, const struct rk_stage *stage)
{
    struct manifest_verdict verdict;

    RK_TRY(manifest_judge(run, manifest_find(stage->name), &verdict));
    switch (verdict.state) {
    case MANIFEST_FRESH:
        rk_run_report(run, stage->name, "nothing to do: %s", verdict.why);
        return RK_OK;
    case MANIFEST_EDITED:
        rk_diag_say(run->diag, RK_DIAG_WARNING, RK_NOWHERE,
                    "%s: %s; used as it is (`reckon %s` makes it again)",
                    manifest_find(stage->name)->writes ? manifest_find(stage->name)->writes
                                                       : "the report",
                    verdict.why, stage->name);
        return RK_OK;
    case MANIFEST_CLASH:
        return rk_fail(run->diag, RK_CHECK, RK_NOWHERE,
                       "%s: %s; `reckon %s %s -o %s` makes it again and drops the changes",
                       manifest_find(stage->name)->writes ? manifest_find(stage->name)->writes
                                                          : "the report",
                       verdict.why, stage->name, run->study_dir, run->out_dir);
    case MANIFEST_STALE:
        break;
    }
    return manifest_run(run, stage);
}

/** What would run: the first stale stage makes all that read it stale, too. */
static rk_status show_plan(struct rk_run *run)
{
    bool moved = false;

    for (const struct rk_stage *const *s = driver_stages(); *s; s++) {
        struct manifest_verdict verdict;
        const char *what, *why;

        RK_TRY(manifest_judge(run, manifest_find((*s)->name), &verdict));
        moved |= verdict.state == MANIFEST_STALE;
        what = verdict.state == MANIFEST_FRESH ? moved ? "may run" : "fresh"
               : verdict.state == MANIFEST_STALE ? "runs" : "by hand";
        why = verdict.state == MANIFEST_FRESH && moved ? "a stage before it runs" : verdict.why;
        if (!run->json) {
            printf("%-9s %s: %s\n", (*s)->name, what, why);
            continue;
        }
        printf(s == driver_stages() ? "{\"stages\": [\n  {" : ",\n  {");
        driver_json_field("stage", (*s)->name, ", ", stdout);
        driver_json_field("plan", what, ", ", stdout);
        driver_json_field("why", why, "}", stdout);
    }
    if (run->json)
        puts("\n]}");
    return RK_OK;
}

rk_status driver_alone(const struct rk_run *run, const struct rk_stage *stage,
                       rk_status (*work)(struct rk_run *run, const struct rk_stage *stage))
{
    struct rk_run own = *run;
    rk_status status;

    own.arena = rk_arena_new();
    status = work(&own, stage);
    rk_arena_free(own.arena);
    return status;
}

static void list_reports(const struct rk_run *run, const struct study *study)
{
    if (run->json)
        printf("{\"reports\": [");
    for (size_t i = 0; i < study->narrative_count; i++) {
        const char *path =
            rk_run_path(run, study_report_file(run, study->narratives[i]), NULL);
        if (run->json) {
            fputs(i ? ", " : "", stdout);
            driver_json_text(path, stdout);
        } else if (!run->quiet) {
            puts(path);
        }
    }
    if (run->json)
        puts("]}");
}

/** Nobody may be recognised in a quotation or a case study: judged while people are at hand. */
static rk_status check_portraits(struct rk_run *run, const struct study *study)
{
    rk_status status = RK_OK;

    for (size_t i = 0; i < study->narrative_count; i++) {
        struct lint_findings findings;
        RK_TRY(lint_people(run, study->narratives[i], &findings));
        for (size_t k = 0; k < findings.count; k++)
            status = rk_fail(run->diag, RK_CHECK, findings.items[k].place, "%s [%s]",
                             findings.items[k].message, findings.items[k].rule);
    }
    return status;
}

/** Messages of a run scroll by; the last line says where it stopped and what is left. */
static rk_status say_stopped(struct rk_run *run, const struct rk_stage *stage, rk_status status)
{
    const char *writes = manifest_find(stage->name)->writes;

    rk_diag_flush(run->diag);
    rk_run_report(run, "stopped", "at %s, for the reason above; %s/%s is as it was before",
                  stage->name, run->out_dir, writes ? writes : "*.pdf");
    return status;
}

static rk_status run_stages(struct rk_run *run, const struct study *study,
                            const struct rk_stage *const *stages)
{
    RK_TRY(clean_fetch(run));
    for (const struct rk_stage *const *s = stages; *s; s++) {
        rk_status status = *s == &chart_stage ? check_portraits(run, study) : RK_OK;
        if (status == RK_OK)
            status = driver_alone(run, *s, run_stage);
        if (status == RK_OK)
            status = manifest_publish(run, manifest_find((*s)->name));
        if (status != RK_OK)
            return say_stopped(run, *s, status);
    }
    return manifest_finish(run);
}

rk_status driver_run_stages(struct rk_run *run, const struct rk_stage *const *stages)
{
    const char *staged = rk_run_path(run, manifest_staged(run, "30-results"), NULL);
    const struct study *study;
    rk_status status;
    int ticket;

    RK_TRY(study_open(run, &study));
    run->of_many = true;
    rk_remove_tree(staged); /* of a run that was killed */
    ticket = rk_cleanup_add(staged);
    status = run_stages(run, study, stages);
    rk_remove_tree(staged);
    rk_cleanup_drop(ticket);
    if (status == RK_OK)
        list_reports(run, study);
    return status;
}

static rk_status run_all(struct rk_run *run, const char **operands)
{
    const struct study *study;

    (void)operands;
    if (run->part_asked)
        return driver_run_part(run);
    RK_TRY(study_open(run, &study));
    if (run->dry_run)
        return show_plan(run);
    RK_TRY(rk_run_lock(run));
    run->hashes = hash_book_new(run->arena);
    return driver_run_stages(run, driver_stages());
}

int driver_run(int argc, char **argv)
{
    static const struct driver_verb verb = {"reckon run", usage, "one study", 1, true, run_all};

    return driver_verb(argc, argv, &verb);
}
