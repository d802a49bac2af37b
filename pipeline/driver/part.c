// SPDX-License-Identifier: MIT
/* reckon run --part 2/7: the first stages on a share of the clients. docs/cluster.md. */
#include "pipeline/contract/part.h"

#include "pipeline/base/rk_cleanup.h"
#include "pipeline/base/rk_file.h"
#include "pipeline/clean/clean_stage.h"
#include "pipeline/clean/clean_ties.h"
#include "pipeline/contract/hash_book.h"
#include "pipeline/contract/manifest.h"
#include "pipeline/dedupe/dedupe_stage.h"
#include "pipeline/driver/driver.h"

#include <sys/stat.h>

static rk_status work_of(struct rk_run *run, const struct rk_stage *stage)
{
    return stage->work(run);
}

/* Cleans the people source in a folder aside. What there is to say clean says when it does it for
 * good, unless it ends here. */
static rk_status clean_people(const struct rk_run *run, const char *aside, struct run_part *part)
{
    struct rk_run other = *run;
    rk_status status;

    rk_remove_tree(aside);
    if (mkdir(aside, 0700) != 0) return rk_file_fail(run->diag, aside, "make the folder");
    other.out_dir = aside;
    other.quiet = true;
    other.hashes = NULL;
    other.diag = rk_diag_new(NULL);
    part->people_only = true;
    status = driver_alone(&other, &clean_stage, work_of);
    rk_diag_free(other.diag);
    other.diag = run->diag;
    if (status != RK_OK) status = driver_alone(&other, &clean_stage, work_of);
    part->people_only = false;
    return status;
}

/* Who is who must be known of all people before any record finds its part. */
static rk_status begin_people(struct rk_run *run, struct run_part *part, struct part_ties *ties)
{
    const char *aside = rk_run_path(run, ".who", NULL);
    int ticket = rk_cleanup_add(aside);
    rk_status status = clean_people(run, aside, part);

    if (status == RK_OK) status = dedupe_begin(run, aside, ties, &part->begun);
    if (status != RK_OK) part->begun = NULL;
    rk_remove_tree(aside);
    rk_cleanup_drop(ticket);
    return status;
}

static rk_status know_ties(struct rk_run *run, struct run_part *part)
{
    struct part_ties *ties = RK_NEW(run->arena, struct part_ties);
    struct rk_run other = *run;

    ties->arena = run->arena;
    other.diag = rk_diag_new(NULL); /* clean says it all again */
    if (clean_ties(&other, ties) != RK_OK) RK_TRY(clean_ties(run, ties));
    rk_diag_free(other.diag);
    if (part_reading(part, part->study->people) == PART_WHOLE)
        RK_TRY(begin_people(run, part, ties));
    part_ties_settle(ties);
    part->ties = ties;
    if (ties->known_count)
        rk_run_report(run, "part", "%s: %zu references are tied to others and stay together",
                      part_text(run->arena, part), ties->known_count);
    return RK_OK;
}

static rk_status is_done(struct rk_run *run, const char *stage, bool *done)
{
    struct manifest_verdict verdict;

    RK_TRY(manifest_judge(run, manifest_find(stage), &verdict));
    *done = verdict.state == MANIFEST_FRESH;
    return RK_OK;
}

static rk_status run_part(struct rk_run *run, struct run_part *part)
{
    bool cleaned, linked;
    rk_status status;

    RK_TRY(is_done(run, "clean", &cleaned));
    RK_TRY(is_done(run, "dedupe", &linked));
    if (cleaned && linked) {
        rk_run_report(run, "part", "%s: nothing to do: nothing it reads has changed",
                      part_text(run->arena, part));
        return manifest_finish(run);
    }
    if (run->dry_run) {
        rk_run_report(run, "part", "%s would run", part_text(run->arena, part));
        return RK_OK;
    }
    RK_TRY(know_ties(run, part));
    status = driver_alone(run, &clean_stage, manifest_run);
    if (status != RK_OK && part->begun) dedupe_abandon(part->begun);
    RK_TRY(status);
    RK_TRY(driver_alone(run, &dedupe_stage, manifest_run));
    return manifest_finish(run);
}

rk_status driver_run_part(struct rk_run *run)
{
    struct run_part *part = RK_NEW(run->arena, struct run_part);
    rk_status status;

    RK_TRY(part_parse(run, run->part_asked, &part->number, &part->of));
    RK_TRY(study_open(run, &part->study));
    RK_TRY(part_check(run, part->study));
    run->part = part;
    run->whole_dir = run->out_dir;
    run->out_dir = part_folder(run->arena, run->out_dir, part->number, part->of);
    run->hashes = hash_book_new(run->arena);
    run->of_many = true;
    if (!run->dry_run) {
        RK_TRY(rk_run_lock(run));
        if (chmod(run->out_dir, 0700) != 0) return rk_file_fail(run->diag, run->out_dir, "close");
    }
    status = run_part(run, part);
    if (status == RK_OK && !run->dry_run)
        rk_run_report(run, "part", "%s is in %s; when all %ld are made, `reckon merge %s -o %s`",
                      part_text(run->arena, part), run->out_dir, part->of, run->study_dir,
                      run->whole_dir);
    return status;
}
