// SPDX-License-Identifier: MIT
#include "pipeline/contract/ledger.h"

#include "pipeline/base/rk_date.h"
#include "pipeline/base/rk_file.h"
#include "pipeline/contract/about.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int by_date(const void *a, const void *b)
{
    const struct ledger_entry *x = a, *y = b;

    return strcmp(x->as_at, y->as_at);
}

/** A release of this study, and none that is later than the one at hand: what is told now would
 *  have to be kept from the readers of a report that is out. */
static rk_status check_entry(struct rk_run *run, const struct study *study,
                             const struct ledger_entry *entry)
{
    const char *path = rk_arena_printf(run->arena, "%s/release.csv", entry->folder);
    struct about about;
    char cut_off[16];

    RK_TRY(about_read(run->arena, run->diag, path, &about));
    if (strcmp(about.study, study->name) != 0)
        return rk_fail(run->diag, RK_CHECK, RK_AT(path, 0, 0),
                       "is a release of the study \"%s\", not of \"%s\"; each study has a ledger "
                       "of its own",
                       about.study, study->name);
    if (strcmp(entry->as_at, rk_date_text(cut_off, study->cut_off)) > 0)
        return rk_fail(run->diag, RK_CHECK, RK_AT(entry->folder, 0, 0),
                       "was released as at %s, after the cut-off %s of this run; releases are "
                       "masked in the order of their dates",
                       entry->as_at, cut_off);
    return RK_OK;
}

/** Folders named by a date; the one of the cut-off is this release itself, made again. */
static rk_status read_folder(struct rk_run *run, const struct study *study, DIR *dir,
                             struct ledger *out)
{
    size_t cap = 0;
    char cut_off[16];

    rk_date_text(cut_off, study->cut_off);
    for (struct dirent *entry; (entry = readdir(dir));) {
        long day;
        if (!rk_date_parse(entry->d_name, &day) || strcmp(entry->d_name, cut_off) == 0)
            continue;
        RK_ROOM(run->arena, out->entries, out->count, cap);
        out->entries[out->count++] = (struct ledger_entry){
            rk_arena_copy(run->arena, entry->d_name),
            rk_arena_printf(run->arena, "%s/%s", study->ledger, entry->d_name)};
    }
    if (out->count)
        qsort(out->entries, out->count, sizeof *out->entries, by_date);
    for (size_t i = 0; i < out->count; i++)
        RK_TRY(check_entry(run, study, &out->entries[i]));
    return RK_OK;
}

rk_status ledger_open(struct rk_run *run, const struct study *study, struct ledger *out)
{
    rk_status status;
    DIR *dir;

    *out = (struct ledger){0};
    if (!study->ledger)
        return RK_OK;
    dir = opendir(study->ledger);
    if (!dir && errno == ENOENT) /* nothing has gone out yet */
        return RK_OK;
    if (!dir)
        return rk_file_fail(run->diag, study->ledger, "read");
    status = read_folder(run, study, dir, out);
    closedir(dir);
    return status;
}

static const char *const state_names[] = {"published", "masked", "rounded", "hidden"};

const char *ledger_state_name(enum ledger_state state)
{
    return state_names[state];
}

bool ledger_state_parse(const char *name, enum ledger_state *state)
{
    for (size_t i = 0; i < sizeof state_names / sizeof *state_names; i++)
        if (strcmp(name, state_names[i]) == 0) {
            *state = (enum ledger_state)i;
            return true;
        }
    return false;
}
