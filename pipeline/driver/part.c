// SPDX-License-Identifier: MIT
/* reckon run --part 2/7: the first stages on a share of the clients. docs/cluster.md. */
#include "pipeline/contract/part.h"

#include "pipeline/base/rk_cleanup.h"
#include "pipeline/base/rk_file.h"
#include "pipeline/clean/clean_stage.h"
#include "pipeline/contract/hash_book.h"
#include "pipeline/contract/manifest.h"
#include "pipeline/dedupe/dedupe_stage.h"
#include "pipeline/driver/driver.h"

#include <sys/stat.h>

/* Cleans the people source and finds who is who in it, in a folder aside. */
static rk_status find_owners(const struct rk_run *run, struct rk_diag *diag, const char *aside,
                             struct run_part *part, struct dedupe_owners *owners)
{
    struct rk_run other = *run;
    rk_status status;

    rk_remove_tree(aside);
    if (mkdir(aside, 0700) != 0) return rk_file_fail(diag, aside, "make the folder");
    other.out_dir = aside;
    other.quiet = true;
    other.diag = diag;
    other.hashes = NULL;
    other.arena = rk_arena_new();
    part->people_only = true;
    status = clean_stage.work(&other);
    if (status == RK_OK) status = dedupe_owners(&other, owners);
    part->people_only = false;
    rk_arena_free(other.arena);
    rk_remove_tree(aside);
    return status;
}

/* What there is to say the stages say when they do it for good, unless it ends here. */
static rk_status know_owners(struct rk_run *run, struct run_part *part)
{
    const char *aside = rk_run_path(run, ".who", NULL);
    struct dedupe_owners owners = {.arena = run->arena};
    struct rk_diag *silent = rk_diag_new(NULL);
    int ticket = rk_cleanup_add(aside);
    rk_status status = find_owners(run, silent, aside, part, &owners);

    if (status != RK_OK) status = find_owners(run, run->diag, aside, part, &owners);
    rk_diag_free(silent);
    rk_cleanup_drop(ticket);
    RK_TRY(status);
    part->references = owners.references;
    part->owners = owners.parts;
    rk_run_report(run, "part", "%s: who is who in all of the people (%zu references)",
                  part_text(run->arena, part), rk_map_count(owners.references));
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
    if (part_needs_who(part)) RK_TRY(know_owners(run, part));
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
