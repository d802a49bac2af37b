// SPDX-License-Identifier: MIT
/* reckon purge: what is about people leaves an output folder; what was published stays. */
#include "pipeline/base/rk_cleanup.h"
#include "pipeline/base/rk_file.h"
#include "pipeline/base/rk_run.h"
#include "pipeline/driver/driver.h"

#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char usage[] =
    "reckon purge: remove personal data and unmasked numbers from an output folder\n"
    "\n"
    "  reckon purge out             when a report is final\n"
    "  reckon purge out -n          what would be removed\n"
    "\n"
    "Removes the numbered folders that only their owner can open (10-clean, 20-people, 30-results,\n"
    "35-masking, 60-attack and the like, half-made ones included) and the parts of `reckon run\n"
    "--part`. Keeps the reports, 40-release, 50-charts and run.json. The extracts are not in OUT: they are yours to keep or remove. Copies\n"
    "in backups and on the disk's free blocks are out of its reach.\n";

/* "part-2-of-7": made by `reckon run --part`. */
static bool is_part(const char *name)
{
    return strncmp(name, "part-", strlen("part-")) == 0 && isdigit((unsigned char)name[5]);
}

/* "10-clean" or ".10-clean.new": made by a stage. */
static bool is_numbered(const char *name)
{
    name += *name == '.';
    return isdigit((unsigned char)name[0]) && isdigit((unsigned char)name[1]) && name[2] == '-';
}

static bool is_private(const char *path)
{
    struct stat about;

    return lstat(path, &about) == 0 && S_ISDIR(about.st_mode) && !(about.st_mode & 077);
}

static bool has_run(struct rk_run *run, const char *folder)
{
    return access(rk_arena_printf(run->arena, "%s/run.json", folder), F_OK) == 0 ||
           access(rk_arena_printf(run->arena, "%s/.run.json", folder), F_OK) == 0;
}

/* An output folder, or one that holds nothing but parts so far. */
static bool is_ours(struct rk_run *run, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (is_part(names[i]) &&
            has_run(run, rk_arena_printf(run->arena, "%s/%s", run->out_dir, names[i])))
            return true;
    return has_run(run, run->out_dir);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static rk_status list(struct rk_run *run, const char ***names, size_t *count)
{
    DIR *folder = opendir(run->out_dir);
    size_t cap = 0;

    *names = NULL;
    *count = 0;
    if (!folder) return rk_file_fail(run->diag, run->out_dir, "read");
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (!is_part(entry->d_name) && !is_numbered(entry->d_name)) continue;
        if (!is_private(rk_arena_printf(run->arena, "%s/%s", run->out_dir, entry->d_name)))
            continue;
        RK_ROOM(run->arena, *names, *count, cap);
        (*names)[(*count)++] = rk_arena_copy(run->arena, entry->d_name);
    }
    closedir(folder);
    if (*count) qsort(*names, *count, sizeof **names, by_name);
    return RK_OK;
}

static rk_status work(struct rk_run *run, const char **operands)
{
    const char **names;
    size_t count;

    run->out_dir = operands[0];
    if (access(run->out_dir, F_OK) != 0) return rk_file_fail(run->diag, run->out_dir, "read");
    RK_TRY(list(run, &names, &count));
    if (!is_ours(run, names, count))
        return rk_fail(run->diag, RK_USAGE, RK_AT(run->out_dir, 0, 0),
                       "is no output folder: there is no run.json in it; nothing is removed");
    if (!run->dry_run) RK_TRY(rk_run_lock(run));
    for (size_t i = 0; i < count; i++) {
        const char *path = rk_arena_printf(run->arena, "%s/%s", run->out_dir, names[i]);

        if (!run->dry_run && !rk_remove_tree(path)) return rk_file_fail(run->diag, path, "remove");
        if (!run->quiet) printf("%s %s\n", path, run->dry_run ? "would be removed" : "removed");
    }
    if (!count && !run->quiet) printf("%s holds no folder with people\n", run->out_dir);
    return RK_OK;
}

int driver_purge(int argc, char **argv)
{
    static const struct driver_verb verb = {
        "reckon purge", usage, "one output folder", 1, false, work};

    return driver_verb(argc, argv, &verb);
}
