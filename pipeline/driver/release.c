// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_date.h"
#include "pipeline/base/rk_file.h"
#include "pipeline/base/rk_out.h"
#include "pipeline/base/rk_run.h"
#include "pipeline/contract/about.h"
#include "pipeline/contract/folder.h"
#include "pipeline/contract/ledger.h"
#include "pipeline/contract/manifest.h"
#include "pipeline/driver/driver.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char usage[] =
    "reckon release: write down what has gone out, so that the next report is masked with it\n"
    "\n"
    "  reckon release config/working-well -o out --ledger ledger\n"
    "  reckon run config/working-well --data delivery-2 --as-at 2015-09-30 -o out-2 \\\n"
    "      --ledger ledger                             the next wave, masked jointly\n"
    "\n"
    "Do it when a report is sent. Writes LEDGER/AS-AT (private: true counts are in it) and\n"
    "LEDGER/releases.csv: when, which study, how many files, their hash. `ledger: DIR` in\n"
    "study.yaml saves the option. What has gone out cannot be replaced; exit status 1 says so.\n";

/* ---- what is copied ---- */

static const struct {
    const char *from, *to; /**< folders of OUT and of the entry; "" is the entry itself */
    const char *only;      /**< a file of it; NULL: all */
} copies[] = {
    {"40-release", "",      "cells.csv"  },
    {"40-release", "",      "bases.csv"  },
    {"40-release", "",      "release.csv"},
    {"35-masking", "",      "states.csv" },
    {"30-results", "truth", NULL         },
};

static rk_status copy_file(struct rk_run *run, const char *from, const char *to,
                           struct rk_out *out)
{
    char *data;
    size_t bytes;
    FILE *file;

    RK_TRY(rk_file_read(run->arena, run->diag, from, &data, &bytes));
    file = rk_out_open(out, to);
    if (!file)
        return RK_WORLD;
    fwrite(data, 1, bytes, file); /* an error is seen at the commit */
    return RK_OK;
}

static rk_status copy_folder(struct rk_run *run, size_t at, struct rk_out *out)
{
    const char *folder = rk_run_path(run, copies[at].from, NULL);
    struct folder_list files;

    RK_TRY(folder_list(run->arena, run->diag, folder, &files));
    for (size_t i = 0; i < files.count; i++) {
        const char *name = files.names[i];
        if (copies[at].only && strcmp(copies[at].only, name) != 0)
            continue;
        RK_TRY(copy_file(run, rk_arena_printf(run->arena, "%s/%s", folder, name),
                         *copies[at].to
                             ? rk_arena_printf(run->arena, "%s/%s", copies[at].to, name)
                             : name,
                         out));
    }
    return RK_OK;
}

/* ---- what was published ---- */

/** Lines "file,hash" of everything that goes out: the release, the charts and the reports. */
struct published {
    char *text;
    size_t files;
};

static rk_status add_published(struct rk_run *run, const char *name, struct published *out)
{
    char hash[65];

    RK_TRY(rk_hash_file(run->diag, rk_run_path(run, name, NULL), hash));
    out->text = rk_arena_printf(run->arena, "%s%s,%s\n", out->text, name, hash);
    out->files++;
    return RK_OK;
}

static rk_status list_published(struct rk_run *run, const struct study *study,
                                struct published *out)
{
    static const char *const folders[] = {"40-release", "50-charts"};

    *out = (struct published){rk_arena_copy(run->arena, "file,hash\n"), 0};
    for (size_t f = 0; f < 2; f++) {
        struct folder_list files;
        RK_TRY(folder_list(run->arena, run->diag, rk_run_path(run, folders[f], NULL), &files));
        for (size_t i = 0; i < files.count; i++)
            RK_TRY(add_published(
                run, rk_arena_printf(run->arena, "%s/%s", folders[f], files.names[i]), out));
    }
    for (size_t i = 0; i < study->narrative_count; i++)
        RK_TRY(add_published(run, study_report_file(run, study->narratives[i]), out));
    return RK_OK;
}

/* ---- may it be written down? ---- */

/** Only what a run has finished and attacked, and nobody has changed since. */
static rk_status check_fresh(struct rk_run *run)
{
    for (const struct rk_stage *const *s = driver_stages(); *s; s++) {
        struct manifest_verdict verdict;
        RK_TRY(manifest_judge(run, manifest_find((*s)->name), &verdict));
        if (verdict.state != MANIFEST_FRESH)
            return rk_fail(run->diag, RK_CHECK, RK_NOWHERE,
                           "%s: %s is not as a run leaves it (%s); do `reckon run` with the same "
                           "options first",
                           run->out_dir, (*s)->name, verdict.why);
    }
    return RK_OK;
}

/** What is in the ledger already: nothing, or the same. */
static rk_status check_new(struct rk_run *run, const char *entry, const struct published *now,
                           bool *known)
{
    const char *path = rk_arena_printf(run->arena, "%s/files.csv", entry);
    char *text;
    size_t bytes;

    *known = access(path, F_OK) == 0;
    if (!*known)
        return RK_OK;
    RK_TRY(rk_file_read(run->arena, run->diag, path, &text, &bytes));
    if (strcmp(text, now->text) == 0)
        return RK_OK;
    return rk_fail(run->diag, RK_CHECK, RK_AT(path, 0, 0),
                   "another release has gone out as at this date. What is out cannot be taken "
                   "back; if it never went out, remove the folder %s",
                   entry);
}

/* ---- writing ---- */

static rk_status write_entry(struct rk_run *run, const char *entry, const struct published *now)
{
    struct rk_out *out;
    rk_status status = RK_OK;
    FILE *file;

    RK_TRY(rk_out_begin(run->arena, run->diag, entry, true, &out));
    for (size_t i = 0; status == RK_OK && i < sizeof copies / sizeof *copies; i++)
        status = copy_folder(run, i, out);
    file = status == RK_OK ? rk_out_open(out, "files.csv") : NULL;
    if (file)
        fputs(now->text, file);
    if (status == RK_OK)
        status = file ? rk_out_commit(out) : RK_WORLD;
    rk_out_abandon(out);
    return status;
}

static rk_status add_line(struct rk_run *run, const char *folder, const char *as_at,
                          const char **text)
{
    const char *path = rk_arena_printf(run->arena, "%s/%s/files.csv", folder, as_at);
    const char *about_path = rk_arena_printf(run->arena, "%s/%s/release.csv", folder, as_at);
    struct about about;
    char *files, hash[65];
    size_t bytes, lines = 0;

    RK_TRY(about_read(run->arena, run->diag, about_path, &about));
    RK_TRY(rk_file_read(run->arena, run->diag, path, &files, &bytes));
    for (size_t i = 0; i < bytes; i++)
        lines += files[i] == '\n';
    rk_hash_bytes(files, bytes, hash);
    *text = rk_arena_printf(run->arena, "%s%s,%s,%zu,%s\n", *text, as_at, about.study,
                            lines ? lines - 1 : 0, hash);
    return RK_OK;
}

/** releases.csv: the earlier ones and this. */
static rk_status write_list(struct rk_run *run, const struct study *study, const char *as_at)
{
    const char *text = "as_at,study,files,hash\n";
    struct ledger ledger;

    RK_TRY(ledger_open(run, study, &ledger));
    for (size_t i = 0; i < ledger.count; i++)
        RK_TRY(add_line(run, study->ledger, ledger.entries[i].as_at, &text));
    RK_TRY(add_line(run, study->ledger, as_at, &text));
    return rk_out_file(run->diag, rk_arena_printf(run->arena, "%s/releases.csv", study->ledger),
                       text, strlen(text), 0600);
}

static rk_status release(struct rk_run *run, const char **operands)
{
    const struct study *study;
    struct published now;
    const char *entry;
    char as_at[16];
    bool known;

    (void)operands;
    RK_TRY(study_open(run, &study));
    if (!study->ledger)
        return rk_fail(run->diag, RK_USAGE, RK_NOWHERE,
                       "which ledger? Add --ledger DIR, or `ledger: DIR` to study.yaml");
    if (run->internal)
        return rk_fail(run->diag, RK_USAGE, RK_NOWHERE,
                       "an internal run is not for publication, so it cannot be released");
    RK_TRY(check_fresh(run));
    RK_TRY(list_published(run, study, &now));
    rk_date_text(as_at, study->cut_off);
    entry = rk_arena_printf(run->arena, "%s/%s", study->ledger, as_at);
    RK_TRY(check_new(run, entry, &now, &known));
    if (mkdir(study->ledger, 0700) != 0 && errno != EEXIST)
        return rk_file_fail(run->diag, study->ledger, "make");
    if (!known)
        RK_TRY(write_entry(run, entry, &now));
    RK_TRY(write_list(run, study, as_at));
    rk_run_report(run, "release", "%s: %zu files as at %s%s", entry, now.files, as_at,
                  known ? ", as it stood there already" : "");
    return RK_OK;
}

int driver_release(int argc, char **argv)
{
    static const struct driver_verb verb = {"reckon release", usage, "one study", 1, true,
                                            release};

    return driver_verb(argc, argv, &verb);
}
