// SPDX-License-Identifier: MIT
#include "pipeline/merge/merge_parts.h"

#include "pipeline/base/rk_file.h"
#include "pipeline/contract/manifest.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A folder that may be a part. */
struct found {
    const char *folder;
    struct run_part part;
    bool sound;
};

struct finding {
    struct rk_run *run;
    const struct study *study;
    struct found *found;
    size_t count, cap;
    rk_status worst;
};

static void add(struct finding *all, const char *folder)
{
    RK_ROOM(all->run->arena, all->found, all->count, all->cap);
    all->found[all->count++] = (struct found){.folder = folder, .part = {.study = all->study}};
}

static void say(struct finding *all, const char *folder, const char *what)
{
    all->worst = rk_fail(all->run->diag, RK_CHECK, RK_AT(folder, 0, 0), "%s", what);
}

/* ---- where they are ---- */

static rk_status look_in(struct finding *all, const char *out_dir)
{
    DIR *folder = opendir(out_dir);

    if (!folder) return rk_file_fail(all->run->diag, out_dir, "read");
    for (struct dirent *entry; (entry = readdir(folder));)
        if (strncmp(entry->d_name, "part-", strlen("part-")) == 0)
            add(all, rk_arena_printf(all->run->arena, "%s/%s", out_dir, entry->d_name));
    closedir(folder);
    if (all->count) return RK_OK;
    return rk_fail(all->run->diag, RK_CHECK, RK_AT(out_dir, 0, 0),
                   "there is no part here; `reckon run %s -o %s --part 1/4` makes the first of "
                   "four, or name their folders",
                   all->run->study_dir, out_dir);
}

/* ---- is one sound? ---- */

/* The run of a part, as far as files go. */
static struct rk_run run_of(const struct rk_run *run, const struct found *found)
{
    struct rk_run part = *run;

    part.out_dir = found->folder;
    part.whole_dir = run->out_dir;
    part.part = &found->part;
    return part;
}

static bool is_file(struct rk_run *run, const char *folder, const char *name)
{
    return access(rk_arena_printf(run->arena, "%s/%s", folder, name), F_OK) == 0;
}

static rk_status read_part(struct finding *all, struct found *found)
{
    struct rk_run run = run_of(all->run, found);
    const char *text = manifest_text(&run, "part");
    const char *again = "; run it again";

    if (!is_file(all->run, found->folder, "run.json") ||
        is_file(all->run, found->folder, ".run.json"))
        say(all, found->folder,
            rk_arena_printf(all->run->arena, "this part is not through%s", again));
    else if (!text)
        say(all, found->folder, "is no part: it was not made by `reckon run --part`");
    else
        found->sound = true;
    return found->sound ? part_parse(all->run, text, &found->part.number, &found->part.of) : RK_OK;
}

/* Made of this study and these extracts, and as it was made. */
static rk_status hold_against(struct finding *all, struct found *found)
{
    static const char *const stages[] = {"clean", "dedupe"};
    struct rk_run run = run_of(all->run, found);
    struct manifest_verdict verdict = {MANIFEST_FRESH, ""};
    const char *what;

    RK_TRY(manifest_differs(&run, &what));
    if (what) {
        say(all, found->folder,
            rk_arena_printf(all->run->arena, "this part is %s; run it again", what));
        return RK_OK;
    }
    for (size_t i = 0; i < 2 && verdict.state == MANIFEST_FRESH; i++)
        RK_TRY(manifest_judge(&run, manifest_find(stages[i]), &verdict));
    if (verdict.state == MANIFEST_STALE)
        say(all, found->folder,
            rk_arena_printf(all->run->arena,
                            "%s since this part was made (study, extracts, answers, key or "
                            "--links); run it again",
                            verdict.why));
    else if (verdict.state != MANIFEST_FRESH)
        say(all, found->folder, "this part was changed by hand; run it again");
    return RK_OK;
}

/* ---- do they fit together? ---- */

static int by_number(const void *a, const void *b)
{
    const struct found *left = a, *right = b;

    if (left->sound != right->sound) return left->sound ? -1 : 1;
    if (left->part.number != right->part.number)
        return left->part.number < right->part.number ? -1 : 1;
    return strcmp(left->folder, right->folder);
}

static void check_counts(struct finding *all)
{
    const struct found *first = &all->found[0];

    for (size_t i = 1; i < all->count && all->found[i].sound; i++) {
        const struct found *here = &all->found[i];

        if (here->part.of != first->part.of)
            say(all, here->folder,
                rk_arena_printf(all->run->arena,
                                "this is one of %ld parts, but %s is one of %ld; name the folders "
                                "that belong together",
                                here->part.of, first->folder, first->part.of));
        else if (here->part.number == here[-1].part.number)
            say(all, here->folder,
                rk_arena_printf(all->run->arena, "part %ld is there twice, in %s, too",
                                here->part.number, here[-1].folder));
    }
}

static const char *missing_parts(struct finding *all, long of, long *first)
{
    enum { NAMED = 10 };
    const char *text = "";
    long missing = 0;

    for (long number = 1; number <= of; number++) {
        size_t at = 0;

        while (at < all->count && all->found[at].part.number != number)
            at++;
        if (at < all->count) continue;
        if (!missing) *first = number;
        if (missing < NAMED)
            text = rk_arena_printf(all->run->arena, "%s%s%ld", text, missing ? ", " : "", number);
        missing++;
    }
    return missing > NAMED ? rk_arena_printf(all->run->arena, "%s and %ld more", text,
                                             missing - NAMED)
                           : text;
}

static void check_whole(struct finding *all)
{
    const struct found *first = &all->found[0];
    long number = 0;
    const char *missing = missing_parts(all, first->part.of, &number);

    if (*missing)
        all->worst = rk_fail(all->run->diag, RK_CHECK, RK_NOWHERE,
                             "of %ld parts these are missing: %s; `reckon run %s -o %s --part "
                             "%ld/%ld` makes one",
                             first->part.of, missing, all->run->study_dir, all->run->out_dir, number,
                             first->part.of);
}

rk_status merge_parts_open(struct rk_run *run, const char *const *folders, size_t count,
                           struct merge_parts *out)
{
    struct finding all = {.run = run};

    RK_TRY(study_open(run, &all.study));
    RK_TRY(part_check(run, all.study));
    for (size_t i = 0; i < count; i++)
        add(&all, folders[i]);
    if (!count) RK_TRY(look_in(&all, run->out_dir));
    for (size_t i = 0; i < all.count; i++)
        RK_TRY(read_part(&all, &all.found[i]));
    qsort(all.found, all.count, sizeof *all.found, by_number);
    check_counts(&all);
    if (all.worst == RK_OK) check_whole(&all);
    for (size_t i = 0; i < all.count && all.found[i].sound; i++)
        RK_TRY(hold_against(&all, &all.found[i]));
    RK_TRY(all.worst);
    out->count = all.count;
    out->runs = RK_ARRAY(run->arena, struct rk_run, all.count);
    for (size_t i = 0; i < all.count; i++)
        out->runs[i] = run_of(run, &all.found[i]);
    return RK_OK;
}
