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

/* Cleans the people source and finds who is who in it, in a folder aside. */
static rk_status tie_people(struct rk_run *run, const char *aside, struct run_part *part,
                            struct part_ties *ties)
{
    rk_status status;

    if (part_reading(part, part->study->people) != PART_WHOLE) return RK_OK;
    rk_remove_tree(aside);
    if (mkdir(aside, 0700) != 0) return rk_file_fail(run->diag, aside, "make the folder");
    run->out_dir = aside;
    part->people_only = true;
    status = clean_stage.work(run);
    if (status == RK_OK) status = dedupe_ties(run, ties);
    part->people_only = false;
    rk_remove_tree(aside);
    return status;
}

static rk_status find_ties(const struct rk_run *run, struct rk_diag *diag, const char *aside,
                           struct run_part *part, struct part_ties *ties)
{
    struct rk_run other = *run;
    rk_status status;

    other.quiet = true;
    other.diag = diag;
    other.hashes = NULL;
    other.arena = rk_arena_new();
    status = clean_ties(&other, ties);
    if (status == RK_OK) status = tie_people(&other, aside, part, ties);
    rk_arena_free(other.arena);
    return status;
}

/* What there is to say the stages say when they do it for good, unless it ends here. */
static rk_status know_ties(struct rk_run *run, struct run_part *part)
{
    const char *aside = rk_run_path(run, ".who", NULL);
    struct part_ties *ties = RK_NEW(run->arena, struct part_ties);
    struct rk_diag *silent = rk_diag_new(NULL);
    int ticket = rk_cleanup_add(aside);
    rk_status status;

    ties->arena = run->arena;
    status = find_ties(run, silent, aside, part, ties);
    if (status != RK_OK) status = find_ties(run, run->diag, aside, part, ties);
    rk_diag_free(silent);
    rk_cleanup_drop(ticket);
    RK_TRY(status);
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
    RK_TRY(driver_alone(run, &clean_stage, manifest_run));
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
